"""TMX, the exchange format of translation memories: sentences, each in two or more languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from tolmach.errors import TolmachError
from tolmach.files import load_table
from tolmach.messages import _
from tolmach.text.exchange import Aligned, Notes, Returned
from tolmach.text.formats import Edit, Format, Source, _blocks, _content, _splice, _xml
from tolmach.text.formats._content import Content
from tolmach.text.model import Document, Passage, Unit

_LANGUAGE = re.compile(r"""<tuv\s[^>]*?lang\s*=\s*["']([^"'<>]*)["']""")
_ALL = "*all*"  # any language of a unit may be its source


@dataclass(frozen=True, slots=True)
class _Variant:
    """A unit in one language, and where it begins."""

    language: str
    content: Content
    place: int


@dataclass(frozen=True, slots=True)
class _Pair:
    """A source and one of its translations; `end` is where the unit of both ends."""

    id: str
    source: _Variant
    target: _Variant
    end: int


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The languages asked for, as far as the file has them; empty: that of the header, and all others."""

    source: str
    target: str


def read(source: Source) -> Iterator[Document]:
    """The pairs as units, in blocks: the source of each unit with each of its translations.

    The source is in the language that the caller asks for, else in that of the unit or the header, else the first one;
    a target language asked for leaves the others out, unless the file lacks it. The id is that of the unit, else its
    number (from 1). Raises TolmachError for malformed files.
    """
    xml = _xml.load(source)
    yield from _blocks.of_units(source, xml.text, "tmx", _units(source, xml))


def rewrite(source: Source, edits: Sequence[Edit]) -> tuple[bytes, tuple[Edit, ...]]:
    """The file with the edits made, and those that could not be; tags stay."""
    xml = _xml.load(source)
    sides = (_splice.Sides(pair.source.content, pair.target.content) for pair in _pairs(source, xml))
    return _splice.rewrite(source, xml, sides, edits)


def _units(source: Source, xml: _xml.Xml) -> Iterator[tuple[Unit, int]]:
    lines = _xml.Lines(xml.text)
    for index, pair in enumerate(_pairs(source, xml)):
        first, second = (Passage(side.content.text(), side.language) for side in (pair.source, pair.target))
        unit = Unit(
            index,
            pair.id,
            first,
            second,
            lines.at(pair.target.place),
            "reviewed" if second.text.strip() else "untranslated",
        )
        yield unit, pair.end


def _pairs(source: Source, xml: _xml.Xml) -> Iterator[_Pair]:
    reader = _xml.Reader(xml.text)
    wanted = _wanted(source, xml.text)
    declared, number = "", 0
    _check_root(source, reader)
    for token in reader:
        if token["close"] or token["name"] not in ("header", "tu"):
            continue
        known = _xml.attributes(token)
        if token["name"] == "header":
            declared = known.get("srclang", "")
            reader.skip(token)
            continue
        number += 1
        variants = list(_variants(reader, token))
        first = _source_of(variants, wanted, known.get("srclang", declared)) if variants else None
        for target in variants:
            if first and target is not first and _is_in(target.language, wanted.target):
                yield _Pair(known.get("tuid", str(number)), first, target, reader.place)


def _source_of(variants: list[_Variant], wanted: _Wanted, declared: str) -> _Variant:
    """The variant in the language asked for or declared, else the first that is not asked for as a target."""
    language = wanted.source or ("" if declared == _ALL else _xml.language_tag(declared))
    able = [one for one in variants if not wanted.target or not _is_in(one.language, wanted.target)] or variants
    for one in able:
        if one.language == language:
            return one
    return next((one for one in able if language and _is_in(one.language, language)), able[0])


def _check_root(source: Source, reader: _xml.Reader) -> None:
    root = next(token for token in reader if token["name"])
    if root["name"] != "tmx":
        raise TolmachError(
            _("this is no TMX, but <{name}>").format(name=root["name"]),
            path=source.path,
            line=_xml.Lines(reader.text).at(root.start()),
            hint=_("name the file by what it is, or export it as TMX 1.4"),
        )


def _wanted(source: Source, text: str) -> _Wanted:
    present = {_xml.language_tag(code) for code in _LANGUAGE.findall(text)}
    asked = (_xml.language_tag(code or "") for code in (source.source_language, source.language))
    return _Wanted(*(code if any(_is_in(one, code) for one in present) else "" for code in asked))


def _is_in(language: str, wanted: str) -> bool:
    """Is it the language wanted, in whatever region? Nothing wanted is any language."""
    return not wanted or language.partition("-")[0] == wanted.partition("-")[0]


def _variants(reader: _xml.Reader, tag: _xml.Token) -> Iterator[_Variant]:
    for child in reader.children(tag):
        if child["name"] != "tuv":
            reader.skip(child)
            continue
        known = _xml.attributes(child)
        language = _xml.language_tag(known.get("xml:lang") or known.get("lang", ""))
        for part in reader.children(child):
            if part["name"] == "seg":
                yield _Variant(language, _content.read(reader, part, _inline()).whole(), child.start())
            else:
                reader.skip(part)


@cache
def _inline() -> _content.Inline:
    return _content.Inline.of_table(load_table("tolmach.text.formats", "tmx.toml"))


def write(units: Iterable[Aligned], languages: Sequence[str], notes: Notes) -> Iterator[bytes]:
    """The units as a file of this format, piece by piece."""
    from tolmach.text.formats import _tmx_exchange

    return _tmx_exchange.write(units, languages, notes)


def back(source: Source) -> Returned:
    """The units of a file of this format that this program wrote and others have worked on."""
    from tolmach.text.formats import _tmx_exchange

    return _tmx_exchange.back(source)


FORMAT = Format((".tmx",), read, bilingual=True, rewrite=rewrite, write=write, back=back)
