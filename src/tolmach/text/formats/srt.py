"""SubRip, the plainest format of subtitles: number, times, words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from tolmach.errors import TolmachError
from tolmach.messages import _
from tolmach.text import detect
from tolmach.text.decode import decode, decoded
from tolmach.text.formats import Edit, Format, Source, _subtitles
from tolmach.text.formats._prose import Block, passages
from tolmach.text.formats._subtitles import Line
from tolmach.text.model import Document

_TIME = r"\d{1,3}:\d{1,2}:\d{1,2}[,.]\d{1,3}"
_TIMES = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s|$)")
_NUMBER = re.compile(r"\s*\d+\s*")
_MARKUP = re.compile(r"(?P<break><br ?/?>)|</?(?:[biu]|font)(?:\s[^<>]*)?>|\{\\[^{}]*\}|\{/?[biu]\}", re.IGNORECASE)
_NO_WORDS = re.compile(r"[<>\r\n]|\{\\|-->")


def read(source: Source) -> Iterator[Document]:
    """The words of all cues as one document; its language is what the caller or the file name says, or a guess.

    Raises TolmachError for a file that does not begin with a cue.
    """
    text = decode(source.content, source.path, source.encoding)
    language = source.language or detect.from_name(source.path)
    yield Document(source.path, source.id, "srt", text, passages=passages(_blocks(text, source.path), language))


def rewrite(source: Source, edits: Sequence[Edit]) -> tuple[bytes, tuple[Edit, ...]]:
    """The file with the edits made, and those that could not be; tags, times and line breaks stay."""
    from tolmach.text.formats import _edits

    text = decoded(source.content, source.path, configured=source.encoding)
    places = _edits.Places(passages(_blocks(text.text, source.path), "und"))
    escape = partial(_written, text.text)
    changes = [places.change(edit, escape, across=True) for edit in edits]
    kept = [found if found and not found.takes("<", text.text) else None for found in changes]
    return _edits.write(source.content, text, edits, kept)


def _written(text: str, new: str, place: int) -> str | None:
    from tolmach.text.formats import _edits

    # The format has no way to write a bracket that is no tag.
    return None if _NO_WORDS.search(new) or _edits.opens(text, place) else new


def _blocks(text: str, path: str) -> Iterator[Block]:
    cue: list[Line] | None = None
    before: list[Line] = []
    for line in _subtitles.lines(text):
        if not _TIMES.match(line.text):
            before.append(line)
            continue
        words = _without_number(before)
        if cue is not None:
            yield _subtitles.block(words, _MARKUP)
        elif words:
            raise _no_cue(path, words[0].number)
        cue, before = before, []
    if cue is None:
        raise _no_cue(path, 1)
    yield _subtitles.block(_words(before), _MARKUP)


def _without_number(lines: list[Line]) -> list[Line]:
    """The words of a cue, of which the number of the next one is the last line."""
    return _words(lines[:-1] if lines and _NUMBER.fullmatch(lines[-1].text) else lines)


def _words(lines: list[Line]) -> list[Line]:
    # A blank line among the words is a mistake, but players show what follows.
    return [line for line in lines if line.text.strip()]


def _no_cue(path: str, line: int) -> TolmachError:
    return TolmachError(
        _("no subtitle begins here"),
        path=path,
        line=line,
        hint=_("before its words stands a line such as 00:00:01,000 --> 00:00:04,000"),
    )


FORMAT = Format((".srt",), read, rewrite=rewrite)
