"""Where the lines of a subtitle end, and how a sentence is spread over several of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import accumulate, pairwise

from tolmach.config import primary
from tolmach.files import load_table
from tolmach.text.model import Span

LINE = 42
"""The letters of a line, and the two lines of a subtitle, that broadcasters ask for (see line_breaks.toml)."""
LINES = 2

_WORD = re.compile(r"[^ ]+")
_STOP = re.compile(r"[.!?\u2026][\"')\u00bb\u201c\u201d\u2019]*\Z")
_PAUSE = re.compile(r"[,;:][\"')\u00bb\u201c\u201d\u2019]*\Z")
_DASH = re.compile(r"[-\u2013\u2014]")
_EDGE = re.compile(r"\A[\"'(\u00ab\u201e\u201c\u2018]+|[\"')\u00bb\u201c\u201d\u2019]+\Z")
_NEAR = 8  # words around the right place among which a better one is looked for
_TOLERANCE = 0.35  # of a part's length, by which another length is worth a better place
_SLACK = 12.0  # letters of another length that any part may have for it
_CROWDED = 6.0  # letters too many that cost as much as a bad place
_UNEVEN = 25.0  # letters by which two lines differ that cost as much as a bad place


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

    def cost(number: int) -> float:
        first, second = words[number - 1].end, len(text) - words[number].start
        crowded = max(first - line, 0) + max(second - line, 0)
        return breaks.cost(number) + crowded / _CROWDED * 2 + ((first - second) / _UNEVEN) ** 2

    return [words[min(range(1, len(words)), key=cost)].start - 1]


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
                (cost + own + _misfit(words[end - 1].end - words[start].start, ideal), start)
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


def _misfit(length: int, ideal: float) -> float:
    crowded = max(length - LINE * LINES, 0)
    return ((length - ideal) / max(_TOLERANCE * ideal, _SLACK)) ** 2 + crowded / _CROWDED


class _Breaks:
    """What it costs to end a line before the word of a number."""

    def __init__(self, text: str, words: Sequence[Span], language: str, whole: Sequence[Span]) -> None:
        self._words = [text[word.start : word.end] for word in words]
        self._opening, self._leading = _lists(primary(language))
        self._inner = {
            number for number, word in enumerate(words) if any(one.start < word.start < one.end for one in whole)
        }

    def cost(self, number: int) -> float:
        """From 0, a good place, to about 4."""
        before, after = self._words[number - 1], self._words[number]
        # A line that begins with a dash would seem to be another speaker's.
        found = 4.0 if _DASH.fullmatch(after) else 0.0
        if number in self._inner:
            found += 3.0
        if _STOP.search(before):
            return found
        if _PAUSE.search(before) or _DASH.fullmatch(before):
            return found + 0.2
        last, first = _bare(before), _bare(after)
        if last.lower() in self._leading or last.lower() in self._opening or not any(map(str.isalnum, last)):
            return found + 3.0
        if first.lower() in self._opening:
            return found + 0.5
        together = (last[:1].isupper() and first[:1].isupper() and number > 1) or last[:1].isdigit()
        return found + (2.0 if together else 1.0)


def _bare(word: str) -> str:
    return _EDGE.sub("", word)


@cache
def _lists(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words that like to begin a line, and those that never end one."""
    table = load_table("tolmach.text", "line_breaks.toml").get(language, {})
    return frozenset(table.get("opening", ())), frozenset(table.get("leading", ()))
