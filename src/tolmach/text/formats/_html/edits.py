"""Changing the text of HTML pages."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import partial
from html.entities import codepoint2name
from typing import NamedTuple

from tolmach.text.decode import Decoded
from tolmach.text.formats import Edit, _edits
from tolmach.text.model import Passage, Span

_NOT_BARE = re.compile(r"[\s\"'=`>]")  # what no attribute without quotation marks holds
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


class Texts(NamedTuple):
    """What is read of a page, and where the attributes stand that are among it."""

    passages: Sequence[Passage]
    descriptions: Sequence[Span]


def rewrite(content: bytes, page: Decoded, texts: Texts, edits: Sequence[Edit]) -> tuple[bytes, tuple[Edit, ...]]:
    """The page with the edits made, and those that could not be; tags stay."""
    places = _edits.Places(texts.passages)
    escape = partial(_escaped, page, texts.descriptions)
    changes = [places.change(edit, escape, across=True) for edit in edits]
    kept = [found if found and not found.takes("<", page.text) else None for found in changes]
    return _edits.write(content, page, edits, kept)


def _escaped(page: Decoded, descriptions: Sequence[Span], text: str, place: int) -> str | None:
    """The text as the page writes it: with references for what is markup and for what its encoding may lack."""
    if "\n" in text or "\r" in text or _edits.opens(page.text, place):
        return None
    number = bisect_right(descriptions, Span(place, len(page.text) + 1)) - 1
    described = number >= 0 and place <= descriptions[number].end
    quote = page.text[descriptions[number].start - 1] if described else ""
    if described and quote not in "\"'" and _NOT_BARE.search(text):
        return None
    escaped = text.translate(_ESCAPES)
    if quote:
        escaped = escaped.replace(quote, "&quot;" if quote == '"' else "&#39;")
    encoding = "ascii" if page.text.isascii() else page.encoding
    return "".join(sign if _can_hold(encoding, sign) else _reference(sign) for sign in escaped)


def _can_hold(encoding: str, sign: str) -> bool:
    return encoding.startswith("utf") or sign.encode(encoding, "ignore") != b""


def _reference(sign: str) -> str:
    name = codepoint2name.get(ord(sign))
    return f"&{name};" if name else f"&#{ord(sign)};"
