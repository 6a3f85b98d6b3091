"""What must stay as it is in running text: web and mail addresses, file names and paths, handles, placeholders."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, cached_property

from tolmach.files import load_table
from tolmach.text.model import Span

# Typographic double quotation marks and angle brackets end an address as a blank does.
_BOUNDS = ' \\t\\n\\r\\f\\v\u00a0\u2009\u202f\u2028\u2029\\x1c-\\x1f\\x85<>"\u00ab\u00bb\u201c-\u201f\ufffc'
_BOUND = re.compile(f"[{_BOUNDS}]")
_CHUNK = re.compile(f"[^{_BOUNDS}]*+")

# Cheap: one of these signs must stand somewhere in every address, path, name or placeholder.
_ANCHOR = re.compile(r"[@/\\{%]|\.(?=[^\W\d_][^\W_]{1,7}(?!\w)|7z\b)")

# Longer stretches without a blank are no words; there all are looked for at once, so that hostile texts stay linear.
_LONG = 300

_EXACT = re.compile(
    r"""
      (?P<address> (?<![^\W_]) [A-Za-z][A-Za-z0-9+]{1,14}:// [^\s]++           # https://example.org/x
                 | (?<![\w.]) [Ww]{3}\. [^\s.]++ \. [^\s]++ )                    # www.example.org
    | (?P<mail> (?<![\w.+-]) [\w.+-]++ @ [\w-]++ (?: \.[\w-]++ )++
                (?: : [\w.~-]*+ / [^\s]++ )? )                              # git@example.org:team/texts.git
    | (?P<handle> (?<![\w.+@-]) @ \w [\w.]*+ (?: @ [\w-]++ (?: \.[\w-]++ )++ )? )
    | (?P<placeholder>
          \$? \{ (?: [A-Za-z_][A-Za-z0-9_.\[\]]{0,60}+ | \d{0,3} ) (?: ! [rsa] )? (?: : [^{}\s]{0,20}+ )? \}
        | (?<! [\w%] ) % (?: \( \w{1,60} \) | \d \$ )? [-+#0]? \d{0,3} (?: \. \d{1,3} )? [sdifgxu@] (?!\w) )
    | (?P<path> (?<![\w./\\~-]) (?: [A-Za-z]: (?= [\\/]\w ) )? [\w./\\~-]++ )
    """,
    re.VERBOSE,
)
_CLOSING = ".,;:!?\u2026'\u2018\u2019*_)]}"
_BRACKETS = {")": "(", "]": "[", "}": "{"}
# A tag with attributes that is still open: what stands in one is code also where markup is written as text.
_OPEN_TAG = re.compile(r"<[A-Za-z][\w:-]*+\s[^<>]*=[^<>]*$")
_TAG_END = re.compile(r"[^<>]{0,300}>")
_TAG_REACH = 300
_ROOTED = re.compile(r"(?:\.{1,2}|~)[/\\]\w|/[\w.-]*\w[\w.-]*/\w|[A-Za-z]:[\\/]|\\\\\w+\\\w")


def spans(text: str) -> list[Span]:
    """The stretches that no rule may judge and no fix may change, in order, not overlapping.

    Punctuation of the sentence around them is not part of them. Hashtags are words and not among them, nor are
    slashes between words.

    >>> [(span.start, span.end) for span in spans("Kirgistan/Usbekistan: siehe docs/Toqajew.txt.")]
    [(28, 44)]
    """
    found: list[Span] = []
    done = 0
    while (anchor := _ANCHOR.search(text, done)) is not None:
        start, end = _chunk(text, done, anchor.start())
        found.extend(_in_chunk(text, start, end))
        done = max(end, anchor.end())
    return found


class Untouchable:
    """The untouchable stretches of a text, looked for only where somebody asks."""

    def __init__(self, text: str) -> None:
        self._text = text

    def touches(self, span: Span) -> bool:
        """Does the span share a code point with one of them, or stand in a tag?"""
        if self._is_in_tag(span):
            return True
        start = self._text.rfind(" ", 0, span.start) + 1
        end = self._text.find(" ", span.end)
        end = len(self._text) if end < 0 else end
        if end - start <= _LONG:
            # A blank ends all of them.
            return any(one.shifted(start).overlaps(span) for one in spans(self._text[start:end]))
        index = bisect_right(self._ends, span.start)
        return index < len(self._spans) and self._spans[index].start < span.end

    def _is_in_tag(self, span: Span) -> bool:
        opening = self._text.rfind("<", max(0, span.start - _TAG_REACH), span.start)
        return (
            opening >= 0
            and _OPEN_TAG.match(self._text[opening : span.start]) is not None
            and _TAG_END.match(self._text, span.end) is not None
        )

    @cached_property
    def _spans(self) -> list[Span]:
        return spans(self._text)

    @cached_property
    def _ends(self) -> list[int]:
        return [span.end for span in self._spans]


def _chunk(text: str, done: int, place: int) -> tuple[int, int]:
    """The stretch without blanks and quotation marks around `place`, not reaching back before `done`."""
    start = place
    while start > done and not _BOUND.match(text, start - 1):
        start -= 1
    end = _CHUNK.match(text, place)
    return start, end.end() if end else place


def _in_chunk(text: str, start: int, end: int) -> Iterator[Span]:
    place = start
    while (found := _EXACT.search(text, place, end)) is not None:
        stop = found.end()
        if found.lastgroup == "path":
            stop = _path_end(text, found.start(), stop, end)
        elif found.lastgroup != "placeholder":
            stop = _without_closing(text, found.start(), stop)
        if stop > found.start():
            yield Span(found.start(), stop)
        place = max(stop, found.end()) if found.lastgroup == "path" else max(stop, found.start() + 1)


def _path_end(text: str, start: int, stop: int, end: int) -> int:
    """Where the path, file name or bare web address that begins at `start` ends; `start` itself when there is none."""
    written = text[start:stop].rstrip(".-~_")
    last = max(written.rfind("/"), written.rfind("\\")) + 1
    name = _file_name().match(written, last)
    if name is not None:
        return start + name.end()
    domain = _domain().match(written)
    if domain is not None:
        if domain.end() == len(written) and text[stop : stop + 1] not in (":", "?", "#"):
            return start + domain.end()
        if text[start + domain.end() : start + domain.end() + 1] in ("/", ":", "?", "#"):
            return _without_closing(text, start, end)
        return start + domain.end()
    return start + len(written) if _ROOTED.match(written) else start


def _without_closing(text: str, start: int, stop: int) -> int:
    """`stop` moved before the punctuation of the sentence; a closing bracket stays when it was opened inside."""
    open_inside = {closing: text.count(opening, start, stop) for closing, opening in _BRACKETS.items()}
    closed_inside = {closing: text.count(closing, start, stop) for closing in _BRACKETS}
    while stop > start and (sign := text[stop - 1]) in _CLOSING:
        if sign in _BRACKETS:
            if closed_inside[sign] <= open_inside[sign]:
                break
            closed_inside[sign] -= 1
        stop -= 1
    return stop


@cache
def _endings(name: str) -> str:
    return "|".join(load_table("tolmach.text", "untouchable.toml")[name])


@cache
def _file_name() -> re.Pattern[str]:
    # «Bericht.pdf-Anhang»: the name ends before the hyphen.
    endings = _endings("files")
    return re.compile(rf"-*+(?=\w)[\w-]*(?:\.[\w-]+)*?\.(?:{endings}|{endings.upper()})(?=-|$)")


@cache
def _domain() -> re.Pattern[str]:
    return re.compile(rf"(?:[^\W_](?:[\w-]*[^\W_])?\.)+(?:{_endings('domains')})(?=[-/]|$)")
