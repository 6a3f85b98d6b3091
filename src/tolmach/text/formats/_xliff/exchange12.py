"""Writing XLIFF 1.2 for programs that know nothing newer, and reading what has become of it.

A unit is called `s1`, `s2` …, the sentence id is its `resname`, the checksum stands in `extradata`, which no program
shows. Terms are notes: marked in the text they would be tags that a translator has to put into the translation.
Source: XLIFF 1.2 (OASIS, 1 February 2008), clauses 2.2 and 3.2.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from xml.etree import ElementTree

from tolmach.text.exchange import Aligned, Notes, Returned, Term, attribute, base_of, content, state_of
from tolmach.text.formats import Source, _elements, _xml

_CORE = "{urn:oasis:names:tc:xliff:document:1.2}"
_CODES = frozenset(("bpt", "ept", "it", "ph"))
_STATES = {"reviewed": "signed-off", "draft": "needs-translation"}
_REVIEWED = ("translated", "signed-off", "final")


def write(units: Iterable[Aligned], languages: Sequence[str], notes: Notes) -> Iterator[bytes]:
    """The units as XLIFF 1.2 from the first language into the second; what XML cannot hold is U+FFFD."""
    source, target = languages
    terms = {term.id: term for term in notes.terms}
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">\n'
        f"<file original={attribute(notes.document)} source-language={attribute(source)} "
        f'target-language={attribute(target)} datatype="plaintext" xml:space="preserve" tool-id="tolmach">\n'
        f'<header><tool tool-id="tolmach" tool-name="tolmach" tool-version={attribute(notes.version)}/>'
        f"<note>{content(notes.signature or notes.version)}</note></header>\n<body>\n"
    ).encode()
    for number, unit in enumerate(units, 1):
        yield "".join(_unit(number, unit, source, target, terms)).encode()
    yield b"</body>\n</file>\n</xliff>\n"


def _unit(number: int, unit: Aligned, source: str, target: str, terms: Mapping[str, Term]) -> Iterator[str]:
    state = unit.states.get(target, "missing")
    approved = "yes" if state == "reviewed" else "no"
    base = f" extradata={attribute(unit.bases[target])}" if target in unit.bases else ""
    yield f'<trans-unit id="s{number}" resname={attribute(unit.id)} approved="{approved}"{base}>\n'
    yield f"<source>{content(unit.texts.get(source, ''))}</source>\n"
    if state in _STATES:
        yield f'<target state="{_STATES[state]}">{content(unit.texts.get(target, ""))}</target>\n'
    for concept in dict.fromkeys(concept for _span, concept in unit.marks.get(source, ())):
        if concept in terms:
            yield f'<note from="tolmach">{content(terms[concept].explained(source, target))}</note>\n'
    yield "</trans-unit>\n"


def back(source: Source) -> Returned:
    """The units of an XLIFF 1.2 file of ours. Raises TolmachError for malformed files."""
    units: list[Aligned] = []
    languages = ("", "")
    for opened, element in _elements.opened_and_closed(source):
        if opened and element.tag == f"{_CORE}file":
            said = (element.get(f"{side}-language", "") for side in ("source", "target"))
            languages = (_xml.language_tag(next(said)), _xml.language_tag(next(said)))
        elif not opened and element.tag == f"{_CORE}trans-unit":
            units.append(_returned(element, *languages))
            element.clear()
    return Returned(languages[0], languages[1:], tuple(units))


def _returned(unit: ElementTree.Element, source: str, target: str) -> Aligned:
    translation = unit.find(f"{_CORE}target")
    texts = {
        source: _elements.words(unit.find(f"{_CORE}source"), _CODES),
        target: _elements.words(translation, _CODES),
    }
    said = "" if translation is None else translation.get("state", "")
    confirmed = said in _REVIEWED if said else unit.get("approved") == "yes"
    state = state_of(texts[target], reviewed=confirmed)
    base = base_of(unit.get("extradata", ""))
    bases = {target: base} if base else {}
    return Aligned(unit.get("resname", ""), texts, {target: state}, bases, place=unit.get("id", ""))
