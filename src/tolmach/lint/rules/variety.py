"""A spelling of another variety of the language: ß in Swiss texts, British beside American spelling."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from tolmach.config import primary
from tolmach.files import load_table
from tolmach.lint.rule import Example, Fix, Problem, Rule, View
from tolmach.messages import _
from tolmach.text.model import Span

_LETTERS = re.compile(r"[^\W\d_]+")
_SHORTEST = 4
_SMALL = r"(?<![^\W_]){}(?![^\W_])"
_SWISS = ("de-CH", "de-LI")
_GERMAN = ("de-DE", "de-AT", "de-LU", "de-BE")
_FEW = 3  # words with ss and none with ß: nobody forgot anything


def check(view: View) -> Iterator[Problem]:
    """Report the spellings of the variety that the text is not in, or that is in the minority."""
    if view.language in _SWISS:
        yield from _swiss(view)
    elif primary(view.language) == "de":
        yield from _german(view)
    elif primary(view.language) == "en":
        yield from _english(view)


def _table(language: str) -> dict[str, Any]:
    found: dict[str, Any] = load_table("tolmach.lint.rules", "variety.toml")[language]
    return found


def _swiss(view: View) -> Iterator[Problem]:
    for span in _words_with(view.text, "\u00df"):
        word = view.text[span.start : span.end]
        instead = word.replace("\u00df", "SS" if word.replace("\u00df", "").isupper() else "ss")
        # A name in capitals only at its beginning may be a person's, who keeps it.
        known = _sharp().search(instead) is not None and instead.lower() not in _keeps()
        certain = word[0].islower() or known
        yield _problem(view, span, instead, _("Swiss German has no ß"), "safe" if certain else "unsafe")


def _german(view: View) -> Iterator[Problem]:
    text = view.text
    found = list(_lacking(text))
    if found and (len(found) < _FEW or "\u00df" in text or view.language in _GERMAN):
        for span in found:
            word = text[span.start : span.end]
            instead = _like(_sharp().sub(lambda stem: stem[0].replace("ss", "\u00df", 1), word), word)
            yield _problem(view, span, instead, _("German has ß after a long vowel"), "unsafe")
    if "\u00df" not in text:
        return
    for match in _old().finditer(text):
        instead = _like(_reformed()[match[0].lower()], match[0])
        why = _("spelling before 1996")
        yield _problem(view, Span(*match.span()), instead, why, "unsafe" if match[0][0].isupper() else "safe")


def _lacking(text: str) -> Iterator[Span]:
    """The words with ss that are written with ß in Germany and Austria."""
    return (span for span in _words_with(text, "ss") if _lacks_sharp(text[span.start : span.end]))


def _words_with(text: str, letters: str) -> Iterator[Span]:
    done = 0
    while (place := text.find(letters, done)) >= 0:
        start = place
        while start > done and text[start - 1].isalpha():
            start -= 1
        found = _LETTERS.match(text, place)
        done = found.end() if found else place + 1
        yield Span(start, done)


@lru_cache(maxsize=1 << 12)
def _lacks_sharp(word: str) -> bool:
    if word.lower() in _keeps() and (word[0].isupper() or len(word) < _SHORTEST):
        return False
    return _sharp().search(word) is not None


def _like(instead: str, written: str) -> str:
    return instead[:1].upper() + instead[1:] if written[0].isupper() else instead


@cache
def _sharp() -> re.Pattern[str]:
    stems = sorted(_table("de")["sharp"], key=len, reverse=True)
    return re.compile("|".join(f"^{stem[1:]}" if stem[0] == "^" else stem for stem in stems), re.IGNORECASE)


@cache
def _keeps() -> frozenset[str]:
    return frozenset(_table("de")["keeps"])


@cache
def _reformed() -> dict[str, str]:
    return dict(pair.split() for pair in _table("de")["old"])


@cache
def _old() -> re.Pattern[str]:
    return re.compile(_SMALL.format(f"(?i:{'|'.join(_reformed())})"))


def _english(view: View) -> Iterator[Problem]:
    pairs = _pairs()
    found = [match for match in _english_word().finditer(view.text) if match[0] in pairs]
    if not found:
        return
    counts = Counter(pairs[match[0]][1] for match in found)
    table = _table("en")
    wanted = next((name for name in ("american", "british") if view.language in table[name]), "")
    if not wanted:
        if len(counts) < 2:
            return
        # Of equally many the text goes on as it begins.
        wanted = counts.most_common(1)[0][0]
    oxford = re.compile(table["oxford"])
    # Oxford spelling is British with -ize throughout.
    mixed = any(oxford.search(match[0]) and pairs[match[0]][1] == "british" for match in found)
    for match in found:
        instead, variety = pairs[match[0]]
        if variety == wanted or (wanted == "british" and not mixed and oxford.search(match[0])):
            continue
        why = _("American spelling") if variety == "american" else _("British spelling")
        yield _problem(view, Span(*match.span()), instead, why, "unsafe")


@cache
def _pairs() -> dict[str, tuple[str, str]]:
    """Each word, its form in the other variety, and its own variety; names (with a capital) are not among them."""
    found: dict[str, tuple[str, str]] = {}
    for row in _table("en")["pairs"]:
        british, american, endings = row.split()
        for ending in endings.replace("-", "").split("|"):
            found[british + ending] = (american + ending, "british")
            found[american + ending] = (british + ending, "american")
    return found


@cache
def _english_word() -> re.Pattern[str]:
    stems = sorted({row.split()[place] for row in _table("en")["pairs"] for place in (0, 1)}, key=len, reverse=True)
    return re.compile(rf"(?<![\w.@/-])(?:{'|'.join(stems)})[a-z]*(?![\w@/]|\.\w)")


def _problem(view: View, span: Span, instead: str, why: str, fix: Fix) -> Problem:
    message = _("{written}: {why}; write {instead}").format(
        written=view.text[span.start : span.end], why=why, instead=instead
    )
    return Problem(span, message, "", (instead,), fix)


RULE = Rule(
    summary="A spelling of another variety of the language than the text is in.",
    why=(
        "Swiss texts have no ß, German and Austrian ones have it after long vowels; an English text is British or "
        "American. Where the language names no region (en), the majority decides."
    ),
    bad=(
        Example("Die [Straße] ist lang.", language="de-CH"),
        Example("Die [Strasse] ist länger als der Fuß.", language="de-DE"),
        Example("Er sagte, [daß] es groß ist.", language="de"),
        Example("The colour of the [center] and its neighbours.", language="en"),
    ),
    good=(
        Example("Die Strasse ist lang.", language="de-CH"),
        Example("Die Straße muss lang sein, dass es reicht. Frau Weiss kam aus Strassburg.", language="de-DE"),
        Example("Die Strasse ist gross, weiss und heiss.", language="de"),
        Example("The colour of the neighbours’ theatre. The Kennedy Center reopened.", language="en"),
    ),
    severity="hint",
    fix="Safe for ß in Swiss words and for old spellings in small letters; unsafe where a name may be meant.",
    check=check,
    options=("language_of",),
    default=False,
)
