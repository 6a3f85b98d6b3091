"""Texts that are too large to be in memory: which encoding they are in is found first, then they come in pieces."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice
from pathlib import Path

from tolmach.errors import TolmachError
from tolmach.files import reason
from tolmach.messages import _
from tolmach.text import decode

LARGE = 32_000_000
"""From so many bytes on a file is read in pieces, where its format can be."""

_PIECE = 1 << 20  # bytes
_BEFORE, _SAMPLE = 1 << 16, 1 << 22  # bytes that show the encoding: before the first that is no UTF-8, and in all


@dataclass(frozen=True)
class Stream:
    """A file to be read in pieces; `path`, `id`, the languages and the `configured` encoding are those of a `Source`.

    `size` is how many bytes of it are in memory at once.
    """

    path: str
    id: str
    language: str | None = None
    source_language: str | None = None
    configured: str = ""
    size: int = _PIECE

    def pieces(self) -> Iterator[str]:
        """The text, without its byte order mark; raises TolmachError for what `decode.decoded` refuses."""
        found = self.encoding
        decoder = codecs.getincrementaldecoder(found.encoding)()
        try:
            for chunk in self._read(len(found.mark)):
                yield decoder.decode(chunk)
            yield decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            raise TolmachError(
                _("the file has changed while it was read"), path=self.path, hint=_("run the command again")
            ) from None

    @cached_property
    def encoding(self) -> decode.Decoded:
        """How the text is encoded (without any of it): all of it is read once to be sure."""
        start = next(self._read(0), b"")
        mark, encoding = next(((mark, name) for mark, name in decode.MARKS if start.startswith(mark)), (b"", "utf-8"))
        if self.configured.startswith(("utf-16", "utf-32")) and not mark:
            encoding = self.configured
        fault = self._fault(len(mark), encoding)
        if fault is None:
            return decode.Decoded("", encoding, mark)
        if encoding != "utf-8":
            raise decode.damaged(encoding, fault.place - len(mark), self.path)
        if self.configured and not mark:
            return self._as_configured()
        sample = b"".join(islice(self._read(max(0, fault.place - _BEFORE)), _SAMPLE // self.size + 1))
        found = decode.eight_bit(sample, self.path, fault.line, guess=not mark)
        if self._fault(0, found.encoding) is not None:
            decode.eight_bit(sample, self.path, fault.line, guess=False)
        return decode.Decoded("", found.encoding)

    def _as_configured(self) -> decode.Decoded:
        fault = self._fault(0, self.configured)
        if fault is not None:
            raise decode.not_as_configured(self.configured, self.path, fault.line)
        return decode.Decoded("", self.configured)

    def _fault(self, start: int, encoding: str) -> _Fault | None:
        """The first place that cannot be decoded; raises TolmachError for what is empty or no text."""
        decoder = codecs.getincrementaldecoder(encoding)()
        place, line, letters, blank = start, 1, start, True
        for chunk in chain(self._read(start), [b""]):
            waiting = len(decoder.getstate()[0])
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                return _Fault(place - waiting + error.start, line + error.object.count(b"\n", 0, error.start))
            if "\0" in text:
                decode.refuse_binary(letters + text.index("\0"), self.path)
            blank = blank and (not text or text.isspace())
            place, line, letters = place + len(chunk), line + text.count("\n"), letters + len(text)
        decode.refuse_empty("" if blank else encoding, self.path)
        return None

    def _read(self, start: int) -> Iterator[bytes]:
        """The bytes from `start` on, in pieces."""
        try:
            with Path(self.path).open("rb") as stream:
                stream.seek(start)
                while chunk := stream.read(self.size):
                    yield chunk
        except OSError as error:
            raise TolmachError(
                _("cannot read the file: {reason}").format(reason=reason(error)),
                path=self.path,
                hint=_("check the name and your permissions"),
            ) from None


@dataclass(frozen=True, slots=True)
class _Fault:
    """Where a file is not in the encoding that it seemed to be in: its byte, from 0, and its line, from 1."""

    place: int
    line: int
