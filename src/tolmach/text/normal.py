"""Text as the matcher compares it, with the way back to what is written.

Two spellings that differ only in writing are made equal: letter case, ß and ss, composed and decomposed letters, soft hyphens, kinds of
blanks, hyphens and apostrophes, е and ё, line breaks (with and without hyphenation), letters of the other script in one word.
A blank and a hyphen inside a compound become the same sign, because German writes «Nursultan-Nasarbajew-Flughafen».
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

import regex

from tolmach.text.model import Span

# One code point for one: cheap to replace, offsets stay. U+0130 is the only letter whose lower case is longer than itself.
_SAME_LENGTH = (
    ("\u0130", "I"),
    ("\u00a0", " "),
    ("\u202f", " "),
    ("\u2007", " "),
    ("\u2009", " "),
    ("\t", " "),
    ("\u2010", "-"),
    ("\u2011", "-"),
    ("\u2212", "-"),
    ("\u2019", "'"),
    ("\u02bc", "'"),
    ("\u00b4", "'"),
    ("`", "'"),
    ("\u0451", "\u0435"),
)

# What changes the length; a paragraph break stays a line feed, so that no term reaches across it.
_WITHOUT_MARKS = r"""
      (?P<paragraph> [ ]*+ \r?\n [ ]*+ (?: \r?\n [ ]*+ )++ )
    | (?P<hyphenated> (?<=\p{L}) [\u00ad-] [ ]*+ \r?\n [ ]*+ (?=\p{L}) )
    | (?P<line> [ ]*+ \r?\n [ ]*+ | [ ]{2,}+ )
    | (?P<sharp> \u00df )
    | (?P<nothing> [\u00ad\u200b\u200c\u200d\u2060\ufeff]++ )
    """
_CHANGES = regex.compile(_WITHOUT_MARKS, regex.VERBOSE)
_CHANGES_WITH_MARKS = regex.compile(_WITHOUT_MARKS + r"| (?P<marked> \p{L} \p{M}++ )", regex.VERBOSE)
_MARK = re.compile("[\u0300-\u036f]")
_STRESS = ("\u0301", "\u0300")

_LATIN_TO_CYRILLIC = dict(zip("aceopxyiu\u0456", "\u0430\u0441\u0435\u043e\u0440\u0445\u0443\u0456\u0438\u0456", strict=True))
_LATIN_TO_CYRILLIC.update(zip("bhkmt", "\u0432\u043d\u043a\u043c\u0442", strict=True))
_CYRILLIC_TO_LATIN = dict(zip("\u0430\u0441\u0435\u043e\u0440\u0445\u0443\u0456\u0458\u0455\u0501", "aceopxyijsd", strict=True))
_CYRILLIC_TO_LATIN.update(zip("\u0432\u043d\u043a\u043c\u0442", "bhkmt", strict=True))
_MIXED = regex.compile(r"\p{L}*(?:[a-z\u00e0-\u024f][\u0400-\u052f]|[\u0400-\u052f][a-z\u00e0-\u024f])\p{L}*")
_CYRILLIC = regex.compile(r"[\u0400-\u052f]")


@dataclass(frozen=True, slots=True)
class Normal:
    """Normalised `text`; `written` leads a stretch of it back to the original."""

    text: str
    _norm_starts: tuple[int, ...]
    _pieces: tuple[tuple[int, int, int, int], ...]

    def written(self, span: Span) -> Span:
        """Where in the original `span` of the normalised text is written."""
        return Span(self._start(span.start), self._end(span.end))

    def _start(self, place: int) -> int:
        index = bisect_right(self._norm_starts, place) - 1
        if index < 0:
            return place
        _first, last, start, end = self._pieces[index]
        return start if place < last else end + place - last

    def _end(self, place: int) -> int:
        index = bisect_right(self._norm_starts, place - 1) - 1
        if index < 0:
            return place
        _first, last, _start, end = self._pieces[index]
        return end if place <= last else end + place - last


def normalise(text: str) -> Normal:
    """The text for comparing.

    >>> normalise("Wei\\u00dfrussland-\\nReise").text, normalise("Kirgi-\\nstan").text
    ('weissrussland reise', 'kirgistan')
    """
    changed = text
    for written, plain in _SAME_LENGTH:
        if written in changed:
            changed = changed.replace(written, plain)
    changed = changed.lower().replace("\u0451", "\u0435")
    parts: list[str] = []
    pieces: list[tuple[int, int, int, int]] = []
    done = length = 0
    changes = _CHANGES_WITH_MARKS if _MARK.search(changed) else _CHANGES
    for change in changes.finditer(changed):
        start, end = change.span()
        replacement = _replacement(change, text)
        if start > done:
            parts.append(changed[done:start])
            length += start - done
        pieces.append((length, length + len(replacement), start, end))
        parts.append(replacement)
        length += len(replacement)
        done = end
    parts.append(changed[done:])
    joined = _one_script("".join(parts))
    # A dash between blanks and a hyphen that ends or begins a word («Handels- und») join nothing.
    joined = joined.replace(" -", " \u2013").replace("- ", "\u2013 ").replace("-", " ")
    return Normal(joined, tuple(piece[0] for piece in pieces), tuple(pieces))


def _replacement(change: regex.Match[str], text: str) -> str:
    kind = change.lastgroup
    if kind == "paragraph":
        return "\n"
    if kind == "hyphenated":
        # «Nur-/Sultan» keeps its hyphen, «Kirgi-/stan» is one word: after a hyphen German and Russian keep the capital.
        return "-" if text[change.end()].isupper() else ""
    if kind == "line":
        return " "
    if kind == "sharp":
        return "ss"
    if kind == "nothing":
        return ""
    composed = unicodedata.normalize("NFC", change.group())
    for mark in _STRESS:
        composed = composed.replace(mark, "")
    return composed.replace("\u0451", "\u0435")


def _one_script(text: str) -> str:
    """Write words that mix Latin and Cyrillic letters in the script most of their letters belong to."""
    if not _CYRILLIC.search(text) or not (found := list(_MIXED.finditer(text))):
        return text
    parts: list[str] = []
    done = 0
    for word in found:
        cyrillic = len(_CYRILLIC.findall(word.group()))
        table = _LATIN_TO_CYRILLIC if 2 * cyrillic > len(word.group()) else _CYRILLIC_TO_LATIN
        parts += (text[done : word.start()], "".join(table.get(letter, letter) for letter in word.group()))
        done = word.end()
    return "".join((*parts, text[done:]))
