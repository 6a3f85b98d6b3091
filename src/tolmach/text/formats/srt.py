"""SubRip, the plainest format of subtitles: number, times, words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

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

_TIME = r"\d{1,3}:\d{1,2}:\d{1,2}[,.:]\d{1,3}"  # a colon before the last digits is a mistake, but no word
_TIMES = re.compile(rf"\s*(?P<start>{_TIME})\s*-->\s*(?P<end>{_TIME})(?:\s|$)")
_NUMBER = re.compile(r"\s*\d+\s*")
_MARKUP = re.compile(r"(?P<break><br ?/?>)|</?(?:[bius]|font)(?:\s[^<>]*)?>|\{\\[^{}]*\}|\{/?[biu]\}", re.IGNORECASE)
_POSITION = re.compile(r"\{\\an?\d{1,2}\}")
_NO_TEXT = re.compile(r"[\r\n]|\{\\|\{/?[biu]\}", re.IGNORECASE)
_NO_WORDS = re.compile(r"[<>\r\n]|\{\\|-->")


def read(source: Source) -> Iterator[Document]:
    """The words of all cues as one document; its language is what the caller or the file name says, or a guess.

    Raises TolmachError for a file that does not begin with a cue.
    """
    text = decode(source.content, source.path, source.encoding)
    yield Document(source.path, source.id, "srt", text, passages=_passages(text, source.path, _language(source)))


def rewrite(source: Source, edits: Sequence[Edit]) -> tuple[bytes, tuple[Edit, ...]]:
    """The file with the edits made, and those that could not be; tags, times and line breaks stay."""
    from tolmach.text.formats import _edits

    text = decoded(source.content, source.path, configured=source.encoding)
    places = _edits.Places(_passages(text.text, source.path, _language(source)))
    escape = partial(_written, text.text)
    changes = [places.change(edit, escape, across=True) for edit in edits]
    kept = [found if found and not found.takes("<", text.text) else None for found in changes]
    return _edits.write(source.content, text, edits, kept)


def _written(text: str, new: str, place: int) -> str | None:
    from tolmach.text.formats import _edits

    # The format has no way to write a bracket that is no tag.
    return None if _NO_WORDS.search(new) or _edits.opens(text, place) else new


def render(source: Source, renderings: Sequence[Rendering], language: str) -> tuple[bytes, tuple[Rendering, ...]]:
    """The file with these sentences, spread over its cues, and those that could not be put in place."""
    from tolmach.text.formats import _rendering
    from tolmach.text.formats._subtitles import rendering

    text = decoded(source.content, source.path, configured=source.encoding)
    manner = rendering.Manner(_MARKUP, _sayable, (_language(source) or "", language))
    splices, left = rendering.splices(text.text, list(cues(text.text, source.path)), renderings, manner)
    return _rendering.encoded(text, _rendering.replaced(text.text, splices)), left


def remark(source: Source) -> str:
    """What a translator should know of the file: how many cues are too short to be read, how many lines too long."""
    text = decode(source.content, source.path, source.encoding)
    return subtitles_cues.remark(cues(text, source.path), _MARKUP)


def _sayable(new: str) -> str | None:
    return None if "<" in new or "-->" in new or _NO_TEXT.search(new) else new


def _language(source: Source) -> str | None:
    return source.language or detect.from_name(source.path)


def _passages(text: str, path: str, language: str | None) -> tuple[Passage, ...]:
    return passages(speech.blocks(list(cues(text, path)), _MARKUP, language), language)


def cues(text: str, path: str) -> Iterator[Cue]:
    """The cues of a file; raises TolmachError where there is none, or words before the first."""
    times: re.Match[str] | None = None
    before: list[Line] = []
    for line in subtitles_cues.lines(text):
        found = _TIMES.match(line.text)
        if not found:
            before.append(line)
            continue
        words = _without_number(before)
        if times is not None:
            yield _cue(times, words)
        elif words:
            raise _no_cue(path, words[0].number)
        times, before = found, []
    if times is None:
        raise _no_cue(path, 1)
    yield _cue(times, _words(before))


def _cue(times: re.Match[str], words: list[Line]) -> Cue:
    place = _POSITION.search(words[0].text) if words else None
    return Cue(seconds(times["start"]), seconds(times["end"]), words, place[0] if place else "")


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


FORMAT = Format((".srt",), read, rewrite=rewrite, render=render, remark=remark)
