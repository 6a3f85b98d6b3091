"""Text as the matcher compares it, with the way back to what is written.

Two spellings that differ only in writing are made equal: letter case, ß and ss, composed and decomposed letters, soft
hyphens, kinds of blanks, hyphens and apostrophes, е and ё, line breaks (with and without hyphenation), letters of
another script in one word. A blank and a hyphen inside a compound become the same sign, because German writes
«Nursultan-Nasarbajew-Flughafen». A paragraph break stays, so that no term reaches across it.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from tolmach.files import load_table
from tolmach.text.model import Span

# Changes of length, each with the signs without one of which it cannot occur: most texts need one or two of them.
# Runs are possessive, and of many marks on one letter only the first are composed, so that hostile texts stay linear.
_CHANGES = {
    "sharp": ("\u00df", "\u00df"),
    "hyphenated": ("\n", r"(?<=[^\W\d_])[\u00ad-]++\ *+\r?\n\ *+(?=[^\W\d_])"),
    "paragraph": ("\n", r"(?<![\n\r\ ])\ *+\r?\n(?:\ *+\r?\n)++\ *+"),
    "line": ("\n", r"(?<!\ )\ *+\r?\n\ *+"),
    "blanks": ("\u0020\u0020", r"\ {2,}+"),
    "nothing": ("", "[{invisible}]++"),
    "marked": ("", r"[^\W\d_][\u0300-\u036f]++"),
}
_LETTER_WITH_MARKS = 5
_MARKS = re.compile("[\u0300-\u036f]")
# Stress marks, as dictionaries set them, are no part of the spelling.
_STRESS = re.compile("[\u0300\u0301]")
_OTHER_SCRIPT = re.compile("[\u0370-\u052f]")
_MIXED = re.compile(
    "[a-z\u00e0-\u024f][\u0370-\u052f]|[\u0370-\u052f][a-z\u00e0-\u024f]|[\u0370-\u03ff][\u0400-\u052f]|[\u0400-\u052f][\u0370-\u03ff]"
)
_OPENING = "\u201e\u201c\u201a\u2018\u00ab\u00bb\"'([/"
_LETTERS = re.compile(r"[^\W\d_]*+")


@dataclass(frozen=True, slots=True)
class Normal:
    """Normalised `text`; `written` leads a stretch of it back to the original."""

    text: str
    _norm_starts: Sequence[int]
    _pieces: Sequence[tuple[int, int, int]]
    _shift: int = 0

    def written(self, span: Span) -> Span:
        """Where in the original the (not empty) `span` of the normalised text is written."""
        return Span(self.start(span.start), self.end(span.end))

    def start(self, place: int) -> int:
        """Where the code point at `place` of the normalised text begins in the original."""
        index = bisect_right(self._norm_starts, place) - 1
        if index < 0:
            return place + self._shift
        last, start, end = self._pieces[index]
        return self._shift + (start if place < last else end + place - last)

    def end(self, place: int) -> int:
        """Where the code point before `place` of the normalised text ends in the original."""
        index = bisect_right(self._norm_starts, place - 1) - 1
        if index < 0:
            return place + self._shift
        last, _start, end = self._pieces[index]
        return self._shift + (end if place <= last else end + place - last)


def normalise(text: str, begins: int = 0) -> Normal:
    """The text for comparing; it may be a part of the original that `begins` so many code points into it.

    >>> normalise("Wei\\u00dfrussland-\\nReise").text, normalise("Kirgi-\\nstan").text
    ('weissrussland reise', 'kirgistan')
    """
    changed = _same_length(text)
    if not _unusual().search(changed):
        return Normal(_without_hyphens(_one_script(changed)), (), (), begins)
    parts: list[str] = []
    pieces: list[tuple[int, int, int]] = []
    starts: list[int] = []
    done = length = 0
    for start, end, replacement in _changes(changed, text):
        parts += (changed[done:start], replacement)
        length += start - done
        starts.append(length)
        length += len(replacement)
        pieces.append((length, start, end))
        done = end
    parts.append(changed[done:])
    return Normal(_joined(_one_script("".join(parts))), starts, pieces, begins)


def normalise_usual(text: str, begins: int = 0) -> Normal:
    """What `normalise` makes of a text without unusual signs (see `sieve.places`), in much less time."""
    changed = _same_length(text)
    if "\n\n" in changed:
        return normalise(text, begins)
    changed = _without_hyphens(changed.replace("\n", " "))
    parts = changed.split("\u00df")
    if len(parts) == 1:
        return Normal(changed, (), (), begins)
    place = 0
    starts: list[int] = []
    pieces: list[tuple[int, int, int]] = []
    for number, part in enumerate(parts[:-1]):
        place += len(part)
        starts.append(place + number)
        pieces.append((place + number + 2, place, place + 1))
        place += 1
    return Normal("ss".join(parts), starts, pieces, begins)


def words_over_lines(text: str) -> Iterator[tuple[Span, str]]:
    """The last letters of each line with the first of the next, where these may be one word; folded and joined.

    In capitals a hyphen may stand between them, because nothing tells then whether it would stay.

    >>> [joined for _span, joined in words_over_lines("aus Kirgi\\nstan, NACH KIRGI-\\nSTAN")]
    ['kirgistan', 'kirgistan']
    """
    if "\n" not in text:
        return
    place = 0
    for line, following in pairwise(text.split("\n")):
        begin, place = place, place + len(line) + 1
        before, after = line.rstrip().rpartition(" ")[2], following.lstrip().partition(" ")[0]
        before = before.lstrip(_OPENING)
        if not before[:1].isupper() or not (after[:1].islower() or (after[:1].isupper() and before.isupper())):
            continue
        ending = _LETTERS.match(after).group()  # type: ignore[union-attr]
        start = begin + len(line.rstrip()) - len(before)
        end = place + len(following) - len(following.lstrip()) + len(ending)
        yield Span(start, end), (before.rstrip("-") + ending).lower().replace("\u00df", "ss")


@cache
def signs(name: str) -> str:
    """The signs that are read as the letter `name`, the `dashes`, or the `invisible` signs."""
    tables = _tables()
    return str(tables["same"].get(name, "") or tables.get(name, {}).get("signs", ""))


def _tables() -> dict[str, Any]:
    return load_table("tolmach.text", "normal.toml")


@cache
def _unusual() -> re.Pattern[str]:
    """All that changes more than one letter for another: most words of most texts have none of it."""
    return re.compile(f"[\\n\u00df\u0300-\u036f{signs('invisible')}{signs('dashes')}]|\\x20\\x20")


@cache
def _same() -> tuple[tuple[str, str], ...]:
    return tuple((sign, plain) for plain, signs in _tables()["same"].items() for sign in signs)


def _same_length(text: str) -> str:
    # U+0130 is the only letter whose lower case is longer than itself.
    if text.isascii():
        return text.lower().replace("\t", " ").replace("`", "'")
    lowered = text.replace("\u0130", "I").lower()
    for sign, plain in _same():
        if sign in lowered:
            lowered = lowered.replace(sign, plain)
    return lowered


@cache
def _pattern(kinds: tuple[str, ...]) -> re.Pattern[str]:
    invisible = _tables()["invisible"]["signs"]
    alternatives = (f"(?P<{kind}>{_CHANGES[kind][1].replace('{invisible}', invisible)})" for kind in kinds)
    # The lookahead makes it three times as fast: few places begin with one of these signs.
    first = "" if "marked" in kinds else f"(?=[\\r\\n\\ \u00df{invisible}-])"
    return re.compile(f"{first}(?:{'|'.join(alternatives)})")


def _changes(changed: str, text: str) -> Iterator[tuple[int, int, str]]:
    """The changes of length, in order: start, end, replacement."""
    present = {
        "nothing": any(sign in changed for sign in _tables()["invisible"]["signs"]),
        "marked": _MARKS.search(changed) is not None,
    }
    kinds = tuple(kind for kind, (sign, _) in _CHANGES.items() if (sign in changed if sign else present[kind]))
    for change in _pattern(kinds).finditer(changed) if kinds else ():
        start, end = change.span()
        yield start, end, _replacement(change.lastgroup, change.group(), text[end : end + 1])


def _replacement(kind: str | None, found: str, following: str) -> str:
    if kind == "marked":
        composed = unicodedata.normalize("NFC", found[:_LETTER_WITH_MARKS])
        return _STRESS.sub("", composed).replace("\u0451", "\u0435")
    if kind == "hyphenated":
        # «Nur-/Sultan» keeps its hyphen, «Kirgi-/stan» is one word: after a hyphen German and Russian keep the capital.
        return "-" if following.isupper() else ""
    return {"sharp": "ss", "paragraph": "\n", "line": " ", "blanks": " "}.get(kind or "", "")


def _joined(text: str) -> str:
    """Hyphens in compounds as blanks; a hyphen that ends a word («Handels- und») or stands between blanks as a dash."""
    for dash in _tables()["dashes"]["signs"]:
        if dash in text:
            text = re.sub(rf"{dash}(?<=[^\W\d_]{dash})(?=[^\W\d_])", "-", text)
    return _without_hyphens(text)


def _without_hyphens(text: str) -> str:
    if "-" not in text:
        return text
    return text.replace(" -", " \u2013").replace("- ", "\u2013 ").replace("-", " ")


@cache
def _lookalikes() -> tuple[dict[int, str], dict[int, str]]:
    """Tables into Latin and into Cyrillic."""
    rows = [row.split() for row in _tables()["lookalikes"]["letters"]]
    to_latin = {ord(sign): latin for latin, *others in rows for sign in others if sign != "-"}
    to_cyrillic = {
        ord(sign): cyrillic
        for latin, cyrillic, greek in rows
        if cyrillic != "-"
        for sign in (latin, greek)
        if sign != "-"
    }
    return to_latin, to_cyrillic


def _one_script(text: str) -> str:
    """Write words that mix scripts in the one that most of their letters belong to, Latin or Cyrillic."""
    if not _OTHER_SCRIPT.search(text):
        return text
    parts: list[str] = []
    done = 0
    for pair in _MIXED.finditer(text):
        start = pair.start()
        if start < done:
            continue
        while start > done and text[start - 1].isalpha():
            start -= 1
        end = _LETTERS.match(text, pair.start()).end()  # type: ignore[union-attr]
        parts += (text[done:start], _in_one_script(text[start:end]))
        done = end
    return "".join((*parts, text[done:]))


def _in_one_script(word: str) -> str:
    cyrillic = sum("\u0400" <= letter <= "\u052f" for letter in word)
    latin = sum(letter < "\u0250" for letter in word)
    to_latin, to_cyrillic = _lookalikes()
    return word.translate(to_cyrillic if cyrillic > latin else to_latin)
