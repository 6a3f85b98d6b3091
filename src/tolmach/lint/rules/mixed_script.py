"""A word whose letters come from two scripts, as when a Latin «o» stands in a Russian name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from tolmach.config import primary
from tolmach.files import load_table
from tolmach.glossary.find import Finder
from tolmach.lint.rule import Example, Fix, Problem, Rule, View
from tolmach.messages import _
from tolmach.text.model import Span
from tolmach.text.sieve import side_by_side

_LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0259"
_GREEK = "\u0370-\u03ff"
_CYRILLIC = "\u0400-\u052f"
_LETTERS = rf"[{_LATIN}{_GREEK}{_CYRILLIC}]"
# Two letters of different scripts side by side; looked for from the letters that are rare in the text.
_FOREIGN = re.compile(rf"[{_GREEK}{_CYRILLIC}]++")
_LATIN_OR_GREEK = re.compile(rf"[{_LATIN}{_GREEK}]++")
_WORD = re.compile(rf"(?:{_LETTERS}[\u0300-\u036f]*+)++")
_LETTER = re.compile(_LETTERS)
_DIGIT = re.compile(rf"(?<=[{_CYRILLIC}])[03](?=[{_CYRILLIC}]{{2}})|(?<=[{_CYRILLIC}]{{2}})[03](?=[{_CYRILLIC}])")
_DIGIT_WORD = re.compile(rf"[{_CYRILLIC}03]{{1,60}}+")
_ROMAN = re.compile("[IVXLCDM]+")
_LONGEST_ENDING = 4
_LONGEST = 30  # letters of a word before a digit, and half of those of any word
_SHORTEST = 4  # letters of a word in which a Greek letter or a digit is a slip and no formula
_RUSSIAN = frozenset(map(chr, (*range(0x0410, 0x0450), 0x0401, 0x0451)))
_CYRILLIC_LANGUAGES = frozenset(("ru", "uk", "be", "kk", "ky", "tg", "bg", "sr", "mk", "mn"))


@dataclass(frozen=True)
class _Knowledge:
    """Tables into each script, and what is written in two scripts on purpose."""

    into: dict[str, dict[str, str]]
    digits: dict[str, tuple[str, str]]
    names: frozenset[str]
    indexes: frozenset[str]
    ordinals: frozenset[str]


@cache
def _knowledge() -> _Knowledge:
    table = load_table("tolmach.lint.rules", "mixed_script.toml")
    rows = [row.split() for row in table["lookalikes"]]
    places = {"LATIN": 0, "CYRILLIC": 1}
    into = {
        script: {letter: row[place] for row in rows if row[place] != "-" for letter in row if letter != "-"}
        for script, place in places.items()
    }
    digits = {row.split()[0]: (row.split()[1], row.split()[2]) for row in table["digits"]}
    sets = (frozenset(table[name]) for name in ("names", "indexes", "ordinals"))
    return _Knowledge(into, digits, *sets)


def places(text: str, _finder: Finder, _languages: Iterable[str]) -> list[int]:
    """Where letters of two scripts, or digits and Cyrillic letters, stand side by side."""
    return side_by_side(text)


def check(view: View) -> Iterator[Problem]:
    """Report each word in which letters of two scripts stand, and Cyrillic words with a digit for a letter."""
    text = view.text
    if text.isascii():
        return
    russian = primary(view.language) in _CYRILLIC_LANGUAGES
    rare = _LATIN_OR_GREEK if russian else _FOREIGN
    done = 0
    for found in rare.finditer(text):
        if found.start() < done or not _has_neighbour(text, found.start(), found.end()):
            continue
        span = _word(text, found.start(), done)
        done = span.end
        yield from _judged(view, span, russian=russian)
    for digit in _DIGIT.finditer(text) if russian else ():
        yield from _with_digit(text, digit.start())


def _has_neighbour(text: str, start: int, end: int) -> bool:
    """Does a letter (of another script, because the run is as long as it can be) stand beside the run?"""
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    return any(sign and (sign.isalpha() or "\u0300" <= sign <= "\u036f") for sign in (before, after))


def _word(text: str, place: int, done: int) -> Span:
    start = place
    while start > done and (_LETTER.match(text, start - 1) or "\u0300" <= text[start - 1] <= "\u036f"):
        start -= 1
    found = _WORD.match(text, start)
    return Span(start, found.end() if found else place)


def _judged(view: View, span: Span, *, russian: bool) -> Iterator[Problem]:
    word = view.text[span.start : span.end]
    if len(word) > 2 * _LONGEST:
        return
    scripts = [(letter, _script(letter)) for letter in word if letter.isalpha()]
    kinds = {script for _letter, script in scripts}
    if len(kinds) < 2 or _is_meant(word, scripts, russian=russian) or _is_protected(view.text, span):
        return
    if ("GREEK" in kinds and not _is_greek_slip(scripts)) or _is_within_unwanted(view, span):
        return
    script, certain = _meant(scripts, russian=russian)
    table = _knowledge().into[script]
    if primary(view.language) == "de":
        # A beta is what old keyboards and scanners make of the sharp s.
        table = {**table, "\u03b2": "\u00df", "\u0392": "\u00df"}
    if script == "CYRILLIC" and primary(view.language) == "ru":
        # \u0456 and \u04bb look right and are no Russian letters.
        table = {letter: other for letter, other in table.items() if other in _RUSSIAN}
    wrong = {letter for letter, own in scripts if own != script}
    written = all(letter in table for letter in wrong)
    # Only the letters of the other scripts are exchanged.
    instead = "".join(table[letter] if letter in wrong else letter for letter in word) if written else ""
    fix: Fix = "none" if not written else "safe" if certain else "unsafe"
    yield Problem(span, _message(word, scripts, instead), "", (instead,) if written else (), fix)


def _script(letter: str) -> str:
    if "\u0400" <= letter <= "\u052f":
        return "CYRILLIC"
    return "GREEK" if "\u0370" <= letter <= "\u03ff" else "LATIN"


def _is_meant(word: str, scripts: list[tuple[str, str]], *, russian: bool) -> bool:
    """Is it no slip: a Latin stem with a Russian ending, a Roman number, an index, a name in two scripts?"""
    known = _knowledge()
    if word.casefold() in known.names:
        return True
    parts = ["".join(letter for letter, _own in group) for _own, group in groupby(scripts, key=lambda one: one[1])]
    if len(parts) != 2:
        return False
    stem, ending = parts
    foreign = min(map(len, parts)) > 1 and all(map(_is_foreign, parts))
    if foreign and not (scripts[0][1] == "CYRILLIC" and ending.islower()):
        return True
    if scripts[0][1] == "CYRILLIC":
        return False
    if len(stem) == 1:
        return scripts[0][1] == "GREEK" or ending in known.indexes or (_is_roman(stem) and ending in known.ordinals)
    if _is_roman(stem) and ending in known.ordinals:
        return True
    return ending.islower() and (stem.isupper() or (russian and _is_foreign(stem) and len(ending) <= _LONGEST_ENDING))


def _is_roman(part: str) -> bool:
    return _ROMAN.fullmatch(part) is not None


def _is_foreign(part: str) -> bool:
    """Has the part letters that look like none of the other script, so that it is meant as it is?"""
    other = "LATIN" if _script(part[0]) == "CYRILLIC" else "CYRILLIC"
    return not all(letter in _knowledge().into[other] for letter in part)


def _is_greek_slip(scripts: list[tuple[str, str]]) -> bool:
    into = _knowledge().into["LATIN"]
    return len(scripts) >= _SHORTEST and all(
        letter in into or letter == "\u03b2" for letter, script in scripts if script == "GREEK"
    )


def _is_protected(text: str, span: Span) -> bool:
    from tolmach.text.untouchable import spans

    first, last = max(0, span.start - 200), span.end + 200
    return any(one.shifted(first).overlaps(span) for one in spans(text[first:last]))


def _is_within_unwanted(view: View, span: Span) -> bool:
    """Is the word one of several of an unwanted term, which is replaced as a whole?"""
    return any(hit.span != span and hit.span.contains(span) and not hit.wanted for hit in view.doubtful_hits)


def _meant(scripts: list[tuple[str, str]], *, russian: bool) -> tuple[str, bool]:
    """The script that the word is meant in, and whether its letters leave no doubt."""
    into = _knowledge().into
    sure = {
        script
        for letter, script in scripts
        if letter not in into["LATIN" if script == "CYRILLIC" else "CYRILLIC"] and script != "GREEK"
    }
    if len(sure) == 1:
        return sure.pop(), True
    cyrillic = sum(script == "CYRILLIC" for _letter, script in scripts)
    latin = sum(script == "LATIN" for _letter, script in scripts)
    if cyrillic == latin:
        return ("CYRILLIC" if russian else "LATIN"), False
    return ("CYRILLIC" if cyrillic > latin else "LATIN"), not sure and abs(cyrillic - latin) > 1


def _message(word: str, scripts: list[tuple[str, str]], instead: str) -> str:
    groups = [
        ("".join(letter for letter, _own in group), own) for own, group in groupby(scripts, key=lambda one: one[1])
    ]
    fewest = min((own for _part, own in groups), key=lambda own: sum(script == own for _letter, script in scripts))
    shown = " + ".join(f"{part} {_script_name(own)}" for part, own in groups)
    named = ", ".join(dict.fromkeys(_named(letter) for letter, own in scripts if own == fewest))
    if instead:
        return _("{written} mixes scripts: {letters} ({names}); write {instead} in one script").format(
            written=word, letters=shown, names=named, instead=instead
        )
    return _("{written} mixes scripts: {letters} ({names})").format(written=word, letters=shown, names=named)


def _script_name(script: str) -> str:
    return {"LATIN": _("Latin"), "CYRILLIC": _("Cyrillic"), "GREEK": _("Greek")}[script]


def _named(letter: str) -> str:
    return f"U+{ord(letter):04X} {unicodedata.name(letter, '')}".strip()


def _with_digit(text: str, place: int) -> Iterator[Problem]:
    start = place
    while start and place - start < _LONGEST and _DIGIT_WORD.match(text, start - 1):
        start -= 1
    found = _DIGIT_WORD.match(text, start)
    word = found[0] if found else ""
    letters = [sign for sign in word if sign.isalpha()]
    beside = text[start - 1 : start] + text[start + len(word) : start + len(word) + 1]
    if len(letters) < _SHORTEST or len(word) - len(letters) != 1 or any(sign.isalnum() for sign in beside):
        return
    digit = text[place]
    small, capital = _knowledge().digits[digit]
    upper = all(letter.isupper() for letter in letters)
    if not upper and not all(letter.islower() for letter in letters[1:]):
        return
    instead = word.replace(digit, capital if upper else small)
    message = _("{written}: the digit {digit} stands for a letter; write {instead}").format(
        written=word, digit=digit, instead=instead
    )
    yield Problem(Span(start, start + len(word)), message, "", (instead,), "unsafe", certain=False)


RULE = Rule(
    summary="A word that mixes letters of two scripts, such as a Latin letter in a Russian name.",
    why=(
        "It looks right and is not: no search, no glossary and no screen reader finds a «Токаев» with a Latin o. "
        "Words that are written so on purpose (Wi-Fi-роутер, SMSка, Tкип, XXго) stay."
    ),
    bad=(
        Example("Президент [Т\u006fкаев] выступил.", language="ru"),
        Example("Саммит [O\u0414\u041a\u0411] прошёл.", language="ru"),
        Example("Präsident [Tok\u0430jew] sprach.", language="de"),
    ),
    good=(
        Example("Wi-Fi-роутер, COVID-19-ограничения, СИЗО-1 и T-72.", language="ru"),
        Example("Тоқаев, Київ, Ўзбекистон и Сўм.", language="ru"),
        Example("Der Wert von Δt und 5 \u03bcm, auf Russisch мкм.", language="de"),
    ),
    severity="warning",
    fix="Safe where the letters that look like none of the other script show which script is meant.",
    check=check,
    places=places,
)
