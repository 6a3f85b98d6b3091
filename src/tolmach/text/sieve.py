"""Where a text may have one of many patterns, found on its bytes a hundred times faster than by normalising it.

The bytes are folded so that capitals, small letters and kinds of blanks are the same, which takes one pass; then one
automaton looks for the patterns, and another for all signs that `normal.normalise` changes by more than that. What they
find is a superset: places to look at closely. Where they find nothing, there is nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import product
from typing import Any, NamedTuple

from tolmach.text.normal import signs
from tolmach.text.utf8 import encoded

_SHARP = "\u00df".encode()
_MOST_WRITINGS = 32
_SHORTEST = 3
# Capitals whose small letter is another's: dotted I, Kelvin, Angstrom, sharp S.
_OTHER_CAPITALS = "\u0130\u212a\u212b\u1e9e"
# Two signs that are folded to blanks, and yet no unusual writing of one: a paragraph break, a dash, a list.
_HARMLESS = frozenset((b"\n\n", b" -", b"- ", b"\n-", b"--", b"\t-", b"-\t"))
_BLANKS = (b"", b" ", b"\n", b"\t")
# A line end that may stand within a name: before a small letter, or among capitals.
_LINE_IN_WORD = re.compile(rb"\n(?:(?<=\S\n)(?=[a-z\x80-\xff])|(?<=\S\n)(?<![a-z].\n)(?<![a-z]\n)(?=[A-Z]))")
_WORD, _RUN = re.compile(rb"[^ \n]*"), re.compile(rb" *")
_WIDEST = 4  # bytes of a code point
_MARKS = (b"\xcc", b"\xcd")
# The first bytes of Greek, Cyrillic and, beside ASCII, Latin letters, folded; then the bytes that may follow.
_GREEK, _CYRILLIC = (b"\xce", b"\xcf"), (b"\xd0", b"\xd2", b"\xd3", b"\xd4")
_LATIN = tuple(bytes([lead]) for lead in range(0xC3, 0xCA))
_ASCII = tuple(bytes([letter]) for letter in b"abcdefghijklmnopqrstuvwxyz")
_FOREIGN = tuple(bytes([lead]) for lead in range(0xCD, 0xD5))
_ALIKE_DIGITS = (b"0", b"3")
_FOLLOWING = tuple(bytes([byte]) for byte in range(0x80, 0xC0) if not byte & 0x20)


class Sieve(NamedTuple):
    """The patterns of one language as an automaton over folded bytes.

    `bounded` says of each pattern whether no letter may stand beside it; what is searched for may begin up to `skipped`
    code points into the whole pattern. The longest of them has so many code points.
    """

    automaton: Any
    bounded: bytes
    skipped: int
    longest: int

    def regular(self, folded: bytes) -> Iterator[int]:
        """Where a pattern stands that is written in the usual way."""
        for start, end, number in self.automaton.find_overlapping(folded):
            if not self.bounded[number] or not (_goes_on(folded, start - 1) or _goes_on(folded, end)):
                yield start


class Places(NamedTuple):
    """Where to look closely, and where unusual signs stand: both counted in code points, in order."""

    everywhere: list[int]
    unusual: list[int]


def places(text: str, sieves: Iterable[Sieve]) -> Places:
    """Where in `text` to look closely: there is a place for every pattern in it, see `places_by_sieve`."""
    found, unusual = places_by_sieve(text, sieves)
    return Places(sorted({place for places in found for place in places}), unusual)


def places_by_sieve(text: str, sieves: Iterable[Sieve]) -> tuple[list[list[int]], list[int]]:
    """Where in `text` to look closely for the patterns of each sieve, and where unusual signs stand.

    It is the beginning of the pattern, or of what is searched for within it; where the pattern is written in an unusual
    way, with soft hyphens for one, there is a place for each of the unusual signs instead, and for a word that is
    broken over two lines the end of the first.
    """
    asked = list(sieves)
    if all(sieve.automaton is None for sieve in asked):
        return [[] for _sieve in asked], []
    content = encoded(text)
    folded = content.translate(_table())
    line_ends, words = _over_lines(content)
    runs, unusual = _irregular(content, folded)
    found = [
        _found(sieve, folded, line_ends, words).union(unusual, _over_runs(sieve, content, folded, runs))
        if sieve.automaton is not None
        else set()
        for sieve in asked
    ]
    unusual.update(start for start, _end in runs)
    counted = dict(_counted(content, sorted(unusual.union(*found))))
    return [sorted(counted[place] for place in places) for places in found], sorted(map(counted.__getitem__, unusual))


def _found(sieve: Sieve, folded: bytes, line_ends: list[int], words: bytes) -> set[int]:
    found = set(sieve.regular(folded))
    if words:
        hits = sieve.automaton.find_overlapping(words)
        found.update(line_ends[words.count(b"\0", 0, end)] for _start, end, _number in hits)
    return found


def _over_runs(sieve: Sieve, content: bytes, folded: bytes, runs: list[tuple[int, int]]) -> set[int]:
    """The runs of blanks around which a pattern would stand if they were one blank or, over a line end, none."""
    reach = _WIDEST * sieve.longest
    parts: list[bytes] = []
    begins, joints = [0], list[tuple[int, int, int]]()
    for start, end in runs:
        before = b" ".join(folded[max(0, start - reach) : start].split())
        after = b" ".join(folded[end : end + reach].split())
        for joint in (b" ", b"") if b"\n" in content[start:end] else (b" ",):
            place = begins[-1] + len(before)
            parts += (before, joint, after, b"\0")
            joints.append((place, place + len(joint), start))
            begins.append(place + len(joint) + len(after) + 1)
    found: set[int] = set()
    for start, end, _number in sieve.automaton.find_overlapping(b"".join(parts)) if parts else ():
        first, last, run = joints[bisect_right(begins, start) - 1]
        if start < first and end > last:
            found.add(run)
    return found


def _over_lines(content: bytes) -> tuple[list[int], bytes]:
    """Line ends, and what stands directly on both sides of each, folded: «Kirgi» above «stan» may be one word."""
    line_ends = [found.start() for found in _LINE_IN_WORD.finditer(content)]
    both = (_before(content, place) + _WORD.match(content, place + 1)[0] for place in line_ends)  # type: ignore[index]
    # Line ends are folded to blanks, so the words must be apart by something else, which a text may have, too.
    words = b"\0".join(word.replace(b"\0", b"\1") for word in both)
    return line_ends, words.translate(_table())


def _before(content: bytes, place: int) -> bytes:
    """The word that ends at the place."""
    start = max(content.rfind(b" ", 0, place), content.rfind(b"\n", 0, place)) + 1
    return content[start:place]


def side_by_side(text: str) -> list[int]:
    """Where letters of two scripts may stand side by side, Latin, Greek and Cyrillic.

    Also where one of the latter two stands beside a mark, or a digit that looks like a letter. A text in Latin letters
    has no such place.
    """
    content = encoded(text)
    if not any(lead in content for lead in _FOREIGN):
        return []
    folded = content.translate(_table())
    automata = (_mixed_automaton(), _beside_automaton())
    found = {start for automaton in automata for start, _end, _number in automaton.find_overlapping(folded)}
    return [place for _offset, place in _counted(content, sorted(found))]


def build(patterns: Iterable[tuple[str, bool]]) -> Sieve | None:
    """The sieve of normalised patterns, each with whether it is bounded; None where one of them is too odd for it."""
    found: dict[bytes, bool] = {}
    skipped = longest = 0
    for pattern, bounded in patterns:
        start, end, writings = _searched(pattern)
        if end - start < min(_SHORTEST, len(pattern)):
            return None
        # Where only a part is searched for, the letters beside it may belong to the pattern.
        bounded = bounded and end - start == len(pattern)
        skipped, longest = max(skipped, start), max(longest, len(pattern))
        for writing in writings:
            found[writing] = found.get(writing, True) and bounded
    kept = dict(_needed(found))
    return Sieve(_automaton(kept) if kept else None, bytes(kept.values()), skipped, longest)


def _automaton(patterns: Iterable[bytes]) -> Any:
    from daachorse import DoubleArrayAhoCorasick

    return DoubleArrayAhoCorasick(list(patterns))


def _needed(found: dict[bytes, bool]) -> Iterator[tuple[bytes, bool]]:
    """Those that do not begin with another that is found wherever it stands."""
    last: bytes | None = None
    for writing in sorted(found):
        if last is None or not writing.startswith(last):
            yield writing, found[writing]
            if not found[writing]:
                last = writing


def _searched(pattern: str) -> tuple[int, int, set[bytes]]:
    """The longest stretch of the pattern that can be written in a few ways only, and these, folded."""
    letters = [_writings(letter) for letter in pattern]
    best, start, count = (0, 0), 0, 1
    for end, writings in enumerate(letters, 1):
        if not writings:
            start, count = end, 1
            continue
        # Two s may be one letter.
        count *= len(writings) * (1 + (pattern[end - 2 : end] == "ss"))
        while count > _MOST_WRITINGS:
            start, count = start + 1, 1
            for place in range(start, end):
                count *= len(letters[place]) * (1 + (place > start and pattern[place - 1 : place + 1] == "ss"))
        whole = _without_half_letters(pattern, start, end)
        if whole[1] - whole[0] > best[1] - best[0]:
            best = whole
    rows = product(*(letters[place] for place in range(*best)))
    return *best, {writing for row in rows for writing in _sharp_or_not(b"".join(row))}


def _without_half_letters(pattern: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without an s at its ends that may be half of a letter: «weiss» may be written «weiß»."""
    while start < end and pattern[start - 1 : start + 1] == "ss":
        start += 1
    while start < end and pattern[end - 1 : end + 1] == "ss":
        end -= 1
    return start, end


def _sharp_or_not(writing: bytes) -> Iterator[bytes]:
    """The writing with each ss as it is, and as one letter."""
    head, pair, rest = writing.partition(b"ss")
    if not pair:
        yield writing
        return
    for ending in _sharp_or_not(rest):
        yield head + pair + ending
        yield head + _SHARP.translate(_table()) + ending
    if rest.startswith(b"s"):
        for ending in _sharp_or_not(rest[1:]):
            yield head + b"s" + _SHARP.translate(_table()) + ending


@cache
def _writings(letter: str) -> tuple[bytes, ...]:
    """The folded bytes of all signs that `normalise` reads as the letter; none where that is not known."""
    if letter == " ":
        return (b" ",)
    if letter in "\t\n\r-" or (letter >= "\u0180" and not "\u0400" <= letter < "\u0530"):
        return ()
    alike = {letter, *signs(letter)}
    written = {sign for one in alike for sign in (one, one.upper()) if len(sign) == 1 and sign.lower() in alike}
    return tuple(sorted({sign.encode().translate(_table()) for sign in written}))


@cache
def _table() -> bytes:
    """Folds bytes: capitals of ASCII, Latin-1 and basic Cyrillic, and the kinds of ASCII blanks and hyphens."""
    table = bytearray(range(256))
    for byte in range(0x80, 0xC0):
        # Capitals and small letters differ in this bit: \u00c4 and \u00e4, \u0410 and \u0430.
        table[byte] = byte & ~0x20
    # \u0420 and \u0440 differ in the first byte.
    table[0xD1] = 0xD0
    for sign in b"\t\n\r-":
        table[sign] = 0x20
    return bytes(table).lower()


def _goes_on(folded: bytes, place: int) -> bool:
    """Does a letter or digit stand there, as far as ASCII goes?"""
    return 0 <= place < len(folded) and folded[place] < 0x80 and folded[place : place + 1].isalnum()


def _irregular(content: bytes, folded: bytes) -> tuple[list[tuple[int, int]], set[int]]:
    """Runs of blanks, and where other signs stand that `normalise` does not read one by one."""
    exactly, dashes = _unusual()
    runs: list[tuple[int, int]] = []
    found: set[int] = set()
    last = 0
    for start, end, _number in _unusual_automaton().find_overlapping(folded):
        written = content[start:end]
        if written in dashes:
            if content[start - 1 : start] not in _BLANKS and content[end : end + 1] not in _BLANKS:
                found.add(start)
        elif written in exactly:
            found.add(start)
        elif start >= last and end - start == 2 and folded[start] == 0x20 and written not in _HARMLESS:
            last = _RUN.match(folded, start).end()  # type: ignore[union-attr]
            if b"-" in content[max(0, start - 1) : last]:
                found.add(start)
            else:
                runs.append((start, last))
    if any(lead in folded for lead in (*_GREEK, *_CYRILLIC)):
        found.update(start for start, _end, _number in _mixed_automaton().find_overlapping(folded))
    return runs, found


@cache
def _unusual() -> tuple[frozenset[bytes], frozenset[bytes]]:
    """Signs that are not read one by one, and dashes, which may join words."""
    read_alike = {sign for plain in (" ", "-") for sign in signs(plain) if not sign.isascii()}
    exactly = {sign.encode() for sign in (*read_alike, *signs("invisible"), *_OTHER_CAPITALS)}
    return frozenset((*exactly, *_MARKS)), frozenset(sign.encode() for sign in signs("dashes"))


@cache
def _unusual_automaton() -> Any:
    exactly, dashes = _unusual()
    return _automaton({sign.translate(_table()) for sign in (*exactly, *dashes)} | {b"  "})


@cache
def _mixed_automaton() -> Any:
    """Letters of two scripts side by side, Latin, Greek and Cyrillic."""
    foreign = (*_GREEK, *_CYRILLIC)
    greek, cyrillic, latin = (
        [lead + byte for lead in leads for byte in _FOLLOWING] for leads in (_GREEK, _CYRILLIC, _LATIN)
    )
    pairs = (
        product((*_ASCII, *latin), foreign),
        product((*greek, *cyrillic), (*_ASCII, *_LATIN)),
        product(greek, _CYRILLIC),
        product(cyrillic, _GREEK),
    )
    return _automaton(first + second for some in pairs for first, second in some)


@cache
def _beside_automaton() -> Any:
    """Greek and Cyrillic letters beside marks and digits, and rare Greek ones, which begin as marks do, beside any."""
    rare = _MARKS[1]
    foreign = (*_GREEK, *_CYRILLIC, rare)
    beside = (*_ALIKE_DIGITS, *(mark + byte for mark in _MARKS for byte in _FOLLOWING))
    letters = [lead + byte for lead in foreign for byte in _FOLLOWING]
    latin = [lead + byte for lead in _LATIN for byte in _FOLLOWING]
    pairs = (
        product(beside, foreign),
        product(letters, (*_ALIKE_DIGITS, *_MARKS)),
        product((*_ASCII, *latin), (rare,)),
        product((rare + byte for byte in _FOLLOWING), (*_ASCII, *_LATIN)),
    )
    return _automaton({first + second for some in pairs for first, second in some})


def _counted(content: bytes, places: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Each of the places (in order), and how many code points stand before it."""
    done = count = 0
    for place in places:
        count += len(content[done:place].decode("utf-8", "surrogatepass"))
        done = place
        yield place, count
