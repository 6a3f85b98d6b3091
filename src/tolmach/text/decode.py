"""From the bytes of a file to its text."""

from __future__ import annotations

import codecs
from contextlib import suppress
from dataclasses import dataclass

from tolmach.errors import TolmachError
from tolmach.messages import _

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""The byte order marks, the longer ones first: that of UTF-32 begins as that of UTF-16 does."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, the encoding it is written in (Python's name), and the byte order mark before it."""

    text: str
    encoding: str
    mark: bytes = b""


def decode(content: bytes, path: str, configured: str = "") -> str:
    """The text of a file; see `decoded`."""
    return decoded(content, path, configured=configured).text


def decoded(content: bytes, path: str, declared: str = "", *, guess: bool = True, configured: str = "") -> Decoded:
    """The text of a file, and how it is encoded.

    That is what a byte order mark says (UTF-8, -16, -32), else UTF-8, else what is `configured`, else what the file
    itself has `declared`, else with `guess` the eight-bit encoding it is surely in. The mark is dropped and not
    counted; line ends stay as they are. Raises TolmachError for an empty file, for one that is no text and for one in
    an unknown encoding, naming the likely one.
    """
    mark, encoding = next(((mark, name) for mark, name in MARKS if content.startswith(mark)), (b"", ""))
    if configured.startswith(("utf-16", "utf-32")) and not mark:
        encoding = configured
    if encoding.startswith(("utf-16", "utf-32")):
        found = Decoded(_wide(content[len(mark) :], encoding, path), encoding, mark)
    else:
        refuse_binary(content.find(b"\0"), path)
        found = _narrow(content[len(mark) :], mark, path, declared, configured, guess=guess and not mark)
    refuse_empty(found.text, path)
    return found


def refuse_empty(text: str, path: str) -> None:
    """Raise TolmachError when the text has nothing but blanks."""
    if not text or text.isspace():
        raise TolmachError(_("the file is empty"), path=path, hint=_("put some text into it or leave it out"))


def _narrow(content: bytes, mark: bytes, path: str, declared: str, configured: str, *, guess: bool) -> Decoded:
    try:
        return Decoded(content.decode("utf-8"), "utf-8", mark)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
    if not mark and configured:
        return Decoded(_as_configured(content, configured, path), configured)
    if not mark and declared:
        with suppress(LookupError, ValueError):
            return Decoded(content.decode(declared), codecs.lookup(declared).name)
    return eight_bit(content, path, line, guess=guess)


def _as_configured(content: bytes, encoding: str, path: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise not_as_configured(encoding, path, content.count(b"\n", 0, error.start) + 1) from None


def not_as_configured(encoding: str, path: str, line: int) -> TolmachError:
    """What is wrong with a text that is not in the encoding that the configuration names."""
    return TolmachError(
        _("not {encoding}, as the configuration says").format(encoding=encoding),
        path=path,
        line=line,
        hint=_("correct encoding_of in the configuration"),
    )


def eight_bit(content: bytes, path: str, line: int, *, guess: bool) -> Decoded:
    """The text of a file that is no UTF-8, as `line` shows; raises TolmachError unless its encoding is sure."""
    from tolmach.text import encodings

    if encodings.is_damaged_utf8(content):
        raise TolmachError(
            _("damaged UTF-8 text"),
            path=path,
            line=line,
            hint=_("mend this line in an editor and save the file as UTF-8"),
        )
    found = encodings.guess(content)
    if guess and found.sure:
        return Decoded(content.decode(found.codec), found.codec)
    raise TolmachError(
        _("not UTF-8 (looks like {encoding})").format(encoding=found.name),
        path=path,
        line=line,
        hint=_("convert it: iconv -f {encoding} -t utf-8 FILE > NEW-FILE").format(encoding=found.name),
    )


def _wide(content: bytes, encoding: str, path: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise damaged(encoding, error.start, path) from None
    refuse_binary(text.find("\0"), path)
    return text


def damaged(encoding: str, offset: int, path: str) -> TolmachError:
    """What is wrong with a text in UTF-16 or UTF-32 that cannot be decoded."""
    return TolmachError(
        _("damaged {encoding} text at byte {offset}").format(encoding=encoding[:6].upper(), offset=offset),
        path=path,
        hint=_("save it as UTF-8"),
    )


def refuse_binary(offset: int, path: str) -> None:
    """Raise TolmachError when there is a NUL at the offset: a negative one says that there is none."""
    if offset >= 0:
        raise TolmachError(
            _("this is no text file (NUL byte at offset {offset})").format(offset=offset),
            path=path,
            hint=_("save it as plain text in UTF-8, or leave it out"),
        )
