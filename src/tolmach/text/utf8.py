"""Texts in UTF-8, for those who look at bytes."""

from __future__ import annotations

_last = ("", b"")


def encoded(text: str) -> bytes:
    """The text in UTF-8, lone surrogates as they would be; quick for the text asked for last.

    Several look at the same large text one after the other.
    """
    global _last
    known, content = _last
    if known is not text:
        content = text.encode("utf-8", "surrogatepass")
        _last = (text, content)
    return content
