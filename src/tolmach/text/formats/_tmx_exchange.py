"""Writing TMX 1.4b, and reading what has become of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from xml.etree import ElementTree

from tolmach.text.exchange import STATES, Aligned, Notes, Returned, State, attribute, base_of, content
from tolmach.text.formats import Source, _elements, _xml

_CODES = frozenset(("bpt", "ept", "it", "ph", "ut"))
_STATE, _BASE = "x-state", "x-from"


def write(units: Iterable[Aligned], languages: Sequence[str], notes: Notes) -> Iterator[bytes]:
    """The units as TMX 1.4b, each in all languages it has; of a document also states, and a missing one is empty.

    Characters that XML does not allow are written as U+FFFD.
    """
    yield "".join(_head(languages, notes)).encode()
    for unit in units:
        yield "".join(_unit(unit, languages, notes)).encode()
    yield b"</body>\n</tmx>\n"


def _head(languages: Sequence[str], notes: Notes) -> Iterator[str]:
    source = notes.source if notes.source in languages else languages[0]
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
    yield (
        f'<header creationtool="tolmach" creationtoolversion={attribute(notes.version)} '
        f'segtype="{"paragraph" if notes.paragraphs else "sentence"}" o-tmf="PO" '
        f'adminlang="en" srclang={attribute(source)} datatype="plaintext"'
    )
    if notes.document:
        yield f">\n<note>{content(notes.signature)}</note>\n"
        yield f'<prop type="x-document">{content(notes.document)}</prop>\n</header>\n'
    else:
        yield "/>\n"
    yield "<body>\n"


def _unit(unit: Aligned, languages: Sequence[str], notes: Notes) -> Iterator[str]:
    name = f" tuid={attribute(unit.id)}" if unit.id else ""
    yield f"<tu{name}>\n"
    if unit.note:
        yield f"<note>{content(unit.note)}</note>\n"
    for language in languages:
        if language in unit.texts:
            about = "".join(_properties(unit, language)) if notes.document else ""
            text = content(unit.texts[language])
            yield f"<tuv xml:lang={attribute(language)}>{about}<seg>{text}</seg></tuv>\n"
    yield "</tu>\n"


def _properties(unit: Aligned, language: str) -> Iterator[str]:
    if language in unit.states:
        yield f'<prop type="{_STATE}">{unit.states[language]}</prop>'
    if language in unit.bases:
        yield f'<prop type="{_BASE}">{unit.bases[language]}</prop>'


def back(source: Source) -> Returned:
    """The units of a TMX file with their ids, states and the checksums of what they were made from.

    A translation of which nothing is said has no state. Raises TolmachError for malformed files.
    """
    units: list[Aligned] = []
    original = ""
    for opened, element in _elements.opened_and_closed(source):
        if opened and element.tag == "header":
            original = _xml.language_tag(element.get("srclang", ""))
        elif not opened and element.tag == "tu":
            units.append(_returned(element, original, len(units) + 1))
            element.clear()
    languages = dict.fromkeys(language for unit in units for language in unit.texts)
    original = original if original in languages else next(iter(languages), "")
    return Returned(original, tuple(language for language in languages if language != original), tuple(units))


def _returned(unit: ElementTree.Element, original: str, number: int) -> Aligned:
    texts: dict[str, str] = {}
    states: dict[str, State] = {}
    bases: dict[str, str] = {}
    for variant in unit.iter("tuv"):
        language = _xml.language_tag(variant.get(_elements.LANGUAGE, variant.get("lang", "")))
        texts[language] = _elements.words(variant.find("seg"), _CODES)
        if language == original:
            continue
        said = {prop.get("type"): prop.text or "" for prop in variant.iter("prop")}
        state = next((state for state in STATES if state == said.get(_STATE)), None)
        if state:
            states[language] = state
        base = base_of(said.get(_BASE, ""))
        if base:
            bases[language] = base
    return Aligned(unit.get("tuid", ""), texts, states, bases, place=str(number))
