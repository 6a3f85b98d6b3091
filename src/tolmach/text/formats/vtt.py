"""WebVTT, the subtitles of web pages (W3C)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby, pairwise
from math import nan

from tolmach.errors import TolmachError
from tolmach.messages import _
from tolmach.text import detect
from tolmach.text.decode import decode, decoded
from tolmach.text.formats import Edit, Format, Rendering, Source
from tolmach.text.formats._prose import passages
from tolmach.text.formats._subtitles import cues as subtitles_cues
from tolmach.text.formats._subtitles import speech
from tolmach.text.formats._subtitles.cues import Cue, Line, seconds
from tolmach.text.model import Document, Passage

_HEADER = re.compile(r"WEBVTT(?=[ \t\r\n]|$)")
_LANGUAGE = re.compile(r"^Language:[ \t]*([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)[ \t]*\r?$", re.MULTILINE)
_HEAD_END = re.compile(r"\r?\n\r?\n|\Z")
_TIME = r"(?:\d{1,4}:)?\d{1,2}:\d{1,2}\.\d{1,3}"
_TIMES = re.compile(rf"\s*(?P<start>{_TIME})[ \t]*-->[ \t]*(?P<end>{_TIME})")
_PLACE = re.compile(r"(?<=\s)(?:vertical|region):\S+")
# Where lines begin says how many of them there are, too; only the halves of the picture are told apart.
_ABOVE = re.compile(r"\sline:(?:[0-4]?\d(?:\.\d+)?%|[0-7](?![\d.%]))")
_NO_CUE = re.compile(r"(?:NOTE|STYLE|REGION)(?=\s|$)")
_MARKUP = re.compile(
    r"(?P<entity>&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,8});)"
    r"|(?P<voice><v(?:[ .\t][^<>]*)?>)"
    r"|(?P<foreign><rt[^<>]*>[^<>]*(?:</rt>|$)|<lang[ .\t][^<>]*>[^<>]*(?:</lang>|$))|<[^<>]*>"
)
_NAMED = 2  # lines to the times of a cue that has a name
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def read(source: Source) -> Iterator[Document]:
    """The words of all cues as one document; its language is what its head, the caller or the name says, or a guess.

    Left out are notes, styles, the names of speakers, words in another language and the small letters above a word.
    Raises TolmachError for a file without the first line `WEBVTT`.
    """
    text = decode(source.content, source.path, source.encoding)
    _refuse_other(text, source.path)
    yield Document(source.path, source.id, "vtt", text, passages=_passages(text, source))


def rewrite(source: Source, edits: Sequence[Edit]) -> tuple[bytes, tuple[Edit, ...]]:
    """The file with the edits made, and those that could not be; tags, times and line breaks stay."""
    from tolmach.text.formats import _edits

    text = decoded(source.content, source.path, configured=source.encoding)
    _refuse_other(text.text, source.path)
    places = _edits.Places(_passages(text.text, source))
    escape = partial(_written, text.text)
    changes = [places.change(edit, escape, across=True) if edit.text.strip() else None for edit in edits]
    kept = [found if found and not found.takes("<", text.text) else None for found in changes]
    return _edits.write(source.content, text, edits, kept)


def render(source: Source, renderings: Sequence[Rendering], language: str) -> tuple[bytes, tuple[Rendering, ...]]:
    """The file with these sentences, spread over its cues, and those that could not be put in place."""
    from tolmach.text.formats import _rendering
    from tolmach.text.formats._edits import Splice
    from tolmach.text.formats._subtitles import rendering

    text = decoded(source.content, source.path, configured=source.encoding)
    _refuse_other(text.text, source.path)
    manner = rendering.Manner(_MARKUP, _escaped, (_language(text.text, source) or "", language))
    splices, left = rendering.splices(text.text, list(cues(text.text)), renderings, manner)
    if named := _named(text.text):
        splices.append(Splice(*named.span(1), language))
    return _rendering.encoded(text, _rendering.replaced(text.text, splices)), left


def remark(source: Source) -> str:
    """What a translator should know of the file: how many cues are too short to be read, how many lines too long."""
    return subtitles_cues.remark(cues(decode(source.content, source.path, source.encoding)), _MARKUP)


def _escaped(new: str) -> str | None:
    return None if "\n" in new or "\r" in new else new.translate(_ESCAPES)


def _written(text: str, new: str, place: int) -> str | None:
    from tolmach.text.formats import _edits

    # An empty line would end the cue.
    if "\n" in new or "\r" in new or _edits.opens(text, place):
        return None
    return new.translate(_ESCAPES)


def _refuse_other(text: str, path: str) -> None:
    if not _HEADER.match(text):
        raise TolmachError(
            _("this is not WebVTT"),
            path=path,
            line=1,
            hint=_("the first line must be WEBVTT; name other subtitles .srt"),
        )


def _passages(text: str, source: Source) -> tuple[Passage, ...]:
    language = _language(text, source)
    return passages(speech.blocks(list(cues(text)), _MARKUP, language), language)


def _language(text: str, source: Source) -> str | None:
    named = _named(text)
    return named[1] if named else source.language or detect.from_name(source.path)


def _named(text: str) -> re.Match[str] | None:
    """The language that the head of a file names."""
    return _LANGUAGE.search(text, 0, _HEAD_END.search(text).start())  # type: ignore[union-attr]


def cues(text: str) -> Iterator[Cue]:
    """The cues of a file."""
    parts = groupby(subtitles_cues.lines(text), key=lambda line: line.text == "")
    for number, lines in enumerate(list(lines) for blank, lines in parts if not blank):
        if number and not _NO_CUE.match(lines[0].text):
            yield from _cues(lines)


def _cues(lines: list[Line]) -> Iterator[Cue]:
    """The cues of lines without an empty one among them: times begin another cue (WebVTT, 6.1, collect a block)."""
    # The times stand on the first line, or on the second where the cue has a name.
    places = [place for place, line in enumerate(lines) if "-->" in line.text]
    if places and places[0] < _NAMED:
        for place, end in pairwise((*places, len(lines))):
            yield _cue(lines[place].text, lines[place + 1 : end])


def _cue(written: str, words: list[Line]) -> Cue:
    times = _TIMES.match(written)
    start, end = (seconds(times["start"]), seconds(times["end"])) if times else (nan, nan)
    place = " ".join(["above" if _ABOVE.search(written) else "", *_PLACE.findall(written)])
    return Cue(start, end, words, place)


FORMAT = Format((".vtt",), read, rewrite=rewrite, render=render, remark=remark)
