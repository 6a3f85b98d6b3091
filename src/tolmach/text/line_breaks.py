"""Where the lines of a subtitle end, and how a sentence is spread over several of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from tolmach.config import primary
from tolmach.files import load_table
from tolmach.text.model import Span

LINE = 42
"""The letters of a line, and the two lines of a subtitle, that broadcasters ask for (see line_breaks.toml)."""
LINES = 2

_WORD = re.compile(r"[^ ]+")
_STOP = re.compile(r"[.!?\u2026][\"')\u00bb\u201c\u201d\u2019]*\Z")
_SHORTENED = re.compile(r"(?:[^\W\d_a-zа-яё]|\d+|\w\.\w)\.")  # «A.», «5.», «z.B.»; others stand in the lists
_PAUSE = re.compile(r"[,;:][\"')\u00bb\u201c\u201d\u2019]*\Z")
_DASH = re.compile(r"[-\u2013\u2014]")
_EDGE = re.compile(r"\A[\"'(\u00ab\u201e\u201c\u2018]+|[\"')\u00bb\u201c\u201d\u2019]+\Z")
_NEAR = 8  # words around the right place among which a better one is looked for
_TOLERANCE = 0.35  # of a part's length, by which another length is worth a better place
_SLACK = 12.0  # letters of another length that any part may have for it
_CROWDED = 6.0  # letters too many that cost as much as a bad place
_UNEVEN = 25.0  # letters by which two lines differ that cost as much as a bad place
_HOPELESS = 4.0  # a part of so wrong a length is not worth a look at its lines
_SCRAPS = (0.0, 1.5, 0.7)  # what it costs to cut so many words off a clause
_SHORT = 4  # letters of a word whose ending says nothing
_TOO_LONG = 2.5  # what it costs that a line is too long, however little
_INNER = 0.4  # of what the break within a cue costs, counts where the cue is to end


def spread(text: str, weights: Sequence[int], language: str, whole: Sequence[Span] = ()) -> list[Span]:
    """The parts of a sentence, one for each of the weights and about as long as they say, without outer blanks.

    Parts end where a line may end; the stretches that are `whole` (terms) are parted only where there is no other way.
    A text of fewer words than there are parts is not parted: each of them is all of it.

    >>> text = "The president spoke in Almaty, the largest city of Kazakhstan."
    >>> [text[part.start : part.end] for part in spread(text, [30, 31], "en")]
    ['The president spoke in Almaty,', 'the largest city of Kazakhstan.']
    """
    words = [Span(*found.span()) for found in _WORD.finditer(text)]
    if len(words) < len(weights):
        return [Span(0, len(text))] * len(weights)
    ends = _places(text, words, [max(weight, 1) for weight in weights], _Breaks(text, words, language, whole))
    return [Span(words[first].start, words[last - 1].end) for first, last in pairwise((0, *ends, len(words)))]


def wrapped(text: str, language: str, whole: Sequence[Span] = (), line: int = LINE) -> list[int]:
    """The blanks of a text at which a new line begins: none where it fits into one `line`, else one.

    >>> wrapped("The president of Kazakhstan will not yield to the demands.", "en")
    [27]
    """
    words = [Span(*found.span()) for found in _WORD.finditer(text)]
    if len(text) <= line or len(words) < LINES:
        return []
    breaks = _Breaks(text, words, language, whole)
    return [words[_second_line(words, 0, len(words), breaks, line)[1]].start - 1]


def _second_line(words: Sequence[Span], first: int, end: int, breaks: _Breaks, line: int = LINE) -> tuple[float, int]:
    """What it costs to write these words in two lines, and with which the second of them begins."""
    return min(
        (breaks.cost(number) + _unevenness(words[number - 1].end - words[first].start, last, line), number)
        for number in range(first + 1, end)
        for last in [words[end - 1].end - words[number].start]
    )


def _unevenness(first: int, second: int, line: int) -> float:
    crowded = max(first - line, 0) + max(second - line, 0)
    # Of two ways alike, the upper line is the shorter one.
    return (_TOO_LONG + crowded / _CROWDED * 2 if crowded else 0.0) + ((first - second + 1) / _UNEVEN) ** 2


def _places(text: str, words: Sequence[Span], weights: Sequence[int], breaks: _Breaks) -> list[int]:
    """The numbers of the words that the second and later parts begin with."""
    share = len(text) / sum(weights)
    ideals = [weight * share for weight in weights]
    right = _right_places(words, list(accumulate(ideals))[:-1])
    # The cheapest way to each place of the boundary before, and from which place of the one before that it came.
    ways: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for number, place in enumerate((*right, len(words)), 1):
        least, most = number, len(words) - len(weights) + number
        last = number == len(weights)
        near = [len(words)] if last else range(max(place - _NEAR, least), min(place + _NEAR, most) + 1)
        ideal = ideals[number - 1]
        ways.append({})
        for end in near:
            own = 0.0 if last else breaks.cost(end)
            ways[-1][end] = min(
                (cost + own + _misfit(words, start, end, ideal, breaks), start)
                for start, (cost, _before) in ways[-2].items()
                if start < end
            )
    found = [len(words)]
    for way in reversed(ways[1:]):
        found.append(way[found[-1]][1])
    return found[-2:0:-1]


def _right_places(words: Sequence[Span], ends: Sequence[float]) -> list[int]:
    """For each end of a part the nearest beginning of a word, one after the other."""
    found: list[int] = []
    number = 0
    for left, end in zip(range(len(ends), 0, -1), ends, strict=True):
        number += 1
        while number < len(words) - left and abs(words[number + 1].start - end) <= abs(words[number].start - end):
            number += 1
        found.append(min(number, len(words) - left))
        number = found[-1]
    return found


def _misfit(words: Sequence[Span], start: int, end: int, ideal: float, breaks: _Breaks) -> float:
    length = words[end - 1].end - words[start].start
    found = ((length - ideal) / max(_TOLERANCE * ideal, _SLACK)) ** 2
    if length > LINE and end - start > 1 and found < _HOPELESS:
        found += _INNER * _second_line(words, start, end, breaks)[0]
    return found + max(length - LINE * LINES, 0) / _CROWDED


class _Breaks:
    """What it costs to end a line before the word of a number."""

    def __init__(self, text: str, words: Sequence[Span], language: str, whole: Sequence[Span]) -> None:
        self._words = [text[word.start : word.end] for word in words]
        self._lists = _lists(primary(language))
        self._inner = {
            number for number, word in enumerate(words) if any(one.start < word.start < one.end for one in whole)
        }
        self._known: dict[int, float] = {}

    def cost(self, number: int) -> float:
        """From 0, a good place, to about 8."""
        if number not in self._known:
            self._known[number] = self._cost(number)
        return self._known[number]

    def _cost(self, number: int) -> float:
        before, after = self._words[number - 1], self._words[number]
        # A line that begins with a dash would seem to be another speaker's.
        found = 4.0 if _DASH.fullmatch(after) else 0.0
        if number in self._inner:
            found += 3.0
        if self._stops(before):
            return found
        if _PAUSE.search(before) or _DASH.fullmatch(before):
            # «Serik Djussenbajew, 71, Fischer»
            return found + (1.5 if after[:1].isdigit() and _PAUSE.search(after) else 0.2)
        return found + self._scraps(number) + self._bond(number)

    def _bond(self, number: int) -> float:
        """How much the word goes with the one before it."""
        lists = self._lists
        last, first = _bare(self._words[number - 1]), _bare(self._words[number])
        low, begins = last.lower(), first.lower() in lists.opening
        if low in lists.opening or not any(map(str.isalnum, last)) or f"{low} {first.lower()}" in lists.pairs:
            return 3.0
        if low in lists.leading:
            return 3.0 if not begins else 1.2 if low in lists.pronouns else 2.0
        if first.lower() in lists.closing or (first.lower() in lists.pronouns and self._ends_phrase(number)):
            return 2.5
        if begins:
            return 0.5
        if last[:1].isdigit():
            return 2.0
        counted = first[:1].isdigit() and self._ends_phrase(number)  # «ISO 9», but not «30 000 Leute»
        if number > 1 and last[:1].isupper() and (counted or first[:1].isupper()):
            return 2.0 if lists.capitals else 2.6
        if self._describes(last, first):
            return 1.8
        # Outside German a capital begins a name, and before it stands a title or a noun that has it.
        return 1.3 if not lists.capitals and first[:1].isupper() and first != "I" else 1.0

    def _ends_phrase(self, number: int) -> bool:
        """Is nothing of the word's own behind it: «him | in», but not «his house»?"""
        if _PAUSE.search(self._words[number]) or _STOP.search(self._words[number]) or number + 1 == len(self._words):
            return True
        return _bare(self._words[number + 1]).lower() in self._lists.opening

    def _describes(self, last: str, first: str) -> bool:
        """Is it an adjective before its noun, as far as the letters say?"""
        # A capital is that of a name such as «Kazakhstan» or «Зеленский»; German says by it what is a noun.
        if len(last) <= _SHORT or not last[:1].islower() or not last.endswith(self._lists.endings):
            return False
        return not self._lists.capitals or first[:1].isupper()

    def _scraps(self, number: int) -> float:
        """What it costs to cut one or two words off a clause."""
        behind = next((n for n in (1, 2) if n < number and self._pauses(number - n - 1)), 0)
        ahead = next((n for n in (1, 2) if number + n < len(self._words) and self._pauses(number + n - 1)), 0)
        return max(_SCRAPS[behind], _SCRAPS[ahead])

    def _pauses(self, number: int) -> bool:
        word = self._words[number]
        return bool(_PAUSE.search(word) or _DASH.fullmatch(word) or self._stops(word))

    def _stops(self, word: str) -> bool:
        """Does a sentence end with the word?"""
        if not _STOP.search(word):
            return False
        return not _SHORTENED.fullmatch(word) and _bare(word).lower() not in self._lists.leading


def _bare(word: str) -> str:
    return _EDGE.sub("", word)


class _Lists(NamedTuple):
    """Words by where they like to stand in a line, as `line_breaks.toml` explains."""

    opening: frozenset[str]
    leading: frozenset[str]
    pronouns: frozenset[str]
    closing: frozenset[str]
    pairs: frozenset[str]
    endings: tuple[str, ...]
    capitals: bool


@cache
def _lists(language: str) -> _Lists:
    table = load_table("tolmach.text", "line_breaks.toml").get(language, {})
    opening, leading, pronouns, closing, pairs = (
        frozenset(table.get(name, ())) for name in ("opening", "leading", "pronouns", "closing", "pairs")
    )
    endings = tuple(table.get("endings", ()))
    return _Lists(opening, leading, pronouns, closing, pairs, endings, table.get("capitals", False))
