"""HTML pages in another language: sentences among tags, descriptions of pictures, its language and encoding."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tolmach.config import primary
from tolmach.text.decode import Decoded
from tolmach.text.formats import Rendering, _edits, _marked, _rendering
from tolmach.text.formats._composed import composed
from tolmach.text.formats._html.scan import CHARSET, FRONT
from tolmach.text.formats._splices import Splices
from tolmach.text.model import Passage, Span

_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_KEPT = re.compile(r"<a\b|\s(?:id|name|href)\s*=", re.IGNORECASE)
_CONTENT_LANGUAGE = re.compile(
    r"<meta\b(?=[^>]*http-equiv\s*=\s*[\"']?content-language)[^>]*?\bcontent\s*=\s*[\"']?(?P<name>[\w-]+)",
    re.IGNORECASE,
)
_HEAD = re.compile(r"<head(?:\s[^>]*)?>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was read: passages, pairs of tags, and where attributes with descriptions and languages stand."""

    decoded: Decoded
    passages: Sequence[Passage]
    pairs: Sequence[_marked.Pair]
    descriptions: Sequence[Span]
    languages: Iterable[Span]


def render(page: Page, renderings: Iterable[Rendering], language: str) -> tuple[bytes, tuple[Rendering, ...]]:
    """The page with these sentences in the language, and those that could not be put in place."""
    splices, pairs = Splices(page.decoded.text), _marked.Pairs(page.pairs)
    # From the end: what stands within another sentence (a description, a foreign word) is taken along with that.
    ordered = sorted(renderings, key=lambda one: one.span, reverse=True)
    found, left = _marked.found_in(page.passages, ordered)
    _name_language(page, splices, {primary(place.passage.language) for _one, place in found}, language)
    for one, place in found:
        if one.text != one.source and not _put(page, splices, pairs, place, one, language):
            left.append(one)
    return _encoded(page.decoded, splices), tuple(left)


def _put(
    page: Page,
    splices: Splices[str],
    pairs: _marked.Pairs,
    place: _edits.Place,
    rendering: Rendering,
    language: str,
) -> bool:
    """Write a sentence."""
    number = bisect_right(page.descriptions, Span(rendering.span.start, len(page.decoded.text) + 1)) - 1
    if number >= 0 and rendering.span.end <= page.descriptions[number].end:
        return splices.add(*_described(page, page.descriptions[number], rendering))
    found = _marked.marked(place, pairs, splices, lambda written: written.startswith("<"))
    pieces = composed(rendering, found, (place.passage.language, language), _escaped, _keeps)
    return splices.add(found.extent, "".join(" " if piece is None else piece for piece in pieces))


def _escaped(text: str) -> list[str]:
    return [_ESCAPES.get(sign, sign) for sign in text]


def _keeps(mark: _marked.Mark) -> bool:
    return _KEPT.search(mark.begin) is not None


def _described(page: Page, attribute: Span, rendering: Rendering) -> tuple[Span, str]:
    """A description in its attribute, which gets quotation marks where it had none."""
    quote = page.decoded.text[attribute.start - 1]
    written = "".join(_escaped(rendering.text))
    if quote in "\"'":
        return rendering.span, written.replace(quote, "&quot;" if quote == '"' else "&#39;")
    return rendering.span, '"' + written.replace('"', "&quot;") + '"'


def _name_language(page: Page, splices: Splices[str], spoken: set[str], language: str) -> None:
    """Say that the page is in the language now, where it names that of its own sentences."""
    text = page.decoded.text
    named = {*page.languages, *(Span(*found.span("name")) for found in _CONTENT_LANGUAGE.finditer(text))}
    for span in named:
        own = primary(text[span.start : span.end].strip().lower().replace("_", "-"))
        if own in spoken and own != primary(language):
            splices.add(span, language)


def _encoded(decoded: Decoded, splices: Splices[str]) -> bytes:
    """The page in its encoding, or in UTF-8, and then it says so."""
    text = splices.raw(Span(0, len(splices.content)))
    declared = list(CHARSET.finditer(text, 0, FRONT))
    head = _HEAD.search(text)
    if decoded.text.isascii() and not declared and not text.isascii() and head:
        # Browsers take a page that does not name its encoding for one of their own old ones.
        text = f'{text[: head.end()]}<meta charset="utf-8">{text[head.end() :]}'
    elif _rendering.encoding_for(decoded, text) != decoded.encoding or _is_wrong(decoded, declared):
        for found in reversed(declared):
            text = f"{text[: found.start('name')]}utf-8{text[found.end('name') :]}"
    return _rendering.encoded(decoded, text)


def _is_wrong(decoded: Decoded, declared: Sequence[re.Match[str]]) -> bool:
    """Does a page in plain ASCII name another encoding than UTF-8, which it is written in from now on?"""
    return decoded.encoding == "utf-8" and any(not found["name"].lower().startswith("utf") for found in declared)
