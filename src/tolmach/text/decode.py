"""From the bytes of a file to its text."""

from __future__ import annotations

import codecs

from tolmach.errors import TolmachError
from tolmach.messages import _

_SAMPLE = 65_536


def decode(content: bytes, path: str) -> str:
    """The text of a UTF-8 file, or of a UTF-16 file that says so by its byte order mark.

    The mark is dropped and not counted; line ends stay as they are. Raises TolmachError for an empty file, for one
    that is no text and for one in another encoding, naming the likely one.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = _utf16(content, path)
    else:
        _refuse_binary(content.find(b"\0"), path)
        text = _utf8(content, path)
    refuse_empty(text, path)
    return text


def refuse_empty(text: str, path: str) -> None:
    """Raise TolmachError when the text has nothing but blanks."""
    if not text or text.isspace():
        raise TolmachError(_("the file is empty"), path=path, hint=_("put some text into it or leave it out"))


def _utf8(content: bytes, path: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        encoding = _likely_encoding(content)
        raise TolmachError(
            _("not UTF-8 (looks like {encoding})").format(encoding=encoding),
            path=path,
            line=content.count(b"\n", 0, error.start) + 1,
            hint=_("convert it: iconv -f {encoding} -t utf-8 FILE > NEW-FILE").format(encoding=encoding),
        ) from None


def _utf16(content: bytes, path: str) -> str:
    try:
        text = content.decode("utf-16")
    except UnicodeDecodeError as error:
        raise TolmachError(
            _("damaged UTF-16 text at byte {offset}").format(offset=error.start),
            path=path,
            hint=_("save it as UTF-8"),
        ) from None
    _refuse_binary(text.find("\0"), path)
    return text


def _refuse_binary(offset: int, path: str) -> None:
    if offset >= 0:
        raise TolmachError(
            _("this is no text file (NUL byte at offset {offset})").format(offset=offset),
            path=path,
            hint=_("save it as plain text in UTF-8, or leave it out"),
        )


def _likely_encoding(content: bytes) -> str:
    from charset_normalizer import from_bytes

    # Western and Cyrillic eight-bit code pages only: among all encodings the guess for a short text is a lottery.
    pages = ["cp1252", "cp1251", "koi8_r", "cp866"]
    # A few foreign bytes in a long text: look at the place where they stand, not at the start.
    first = next((place for place, byte in enumerate(content) if byte > 127), 0)
    best = from_bytes(content[max(0, first - 1000) : first + _SAMPLE], cp_isolation=pages).best()
    return _ICONV_NAMES.get(best.encoding if best else "cp1252", "windows-1252")


_ICONV_NAMES = {"cp1252": "windows-1252", "cp1251": "windows-1251", "koi8_r": "koi8-r", "cp866": "cp866"}
