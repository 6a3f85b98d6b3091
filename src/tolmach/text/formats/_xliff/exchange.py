"""Writing XLIFF 2.1, and reading what has become of it.

A unit is called `s1`, `s2` …, the sentence id is its name. Terms are marked in the source and explained by the
glossary module, as far as they occur in the unit: XLIFF has no glossary of a whole file. Marks in a translation would
be tags that a translator has to keep; some programs add a new text to one that has any. Whoever confirms a translation
sets its state to `translated`, so a draft is `initial`, with the sub-state `tolmach:draft`. The checksum is metadata:
programs show a translator every note.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from xml.etree import ElementTree

from tolmach.text.exchange import Aligned, Notes, Returned, Term, attribute, base_of, content, pieces, state_of
from tolmach.text.formats import Source, _elements, _xml
from tolmach.text.model import Span

_CORE = "{urn:oasis:names:tc:xliff:document:2.0}"
_CODES = frozenset(("ph", "sc", "ec", "sm", "em"))
_METADATA = "urn:oasis:names:tc:xliff:metadata:2.0"
_BASE = "tolmach-from"
_STATES = {
    "reviewed": 'state="reviewed"',
    "draft": 'state="initial" subState="tolmach:draft"',
    "missing": 'state="initial"',
}
_REVIEWED = ("translated", "reviewed", "final")


def write(units: Iterable[Aligned], languages: Sequence[str], notes: Notes) -> Iterator[bytes]:
    """The units as XLIFF 2.1 from the first language into the second; what XML cannot hold is a `cp`."""
    source, target = languages
    terms = {term.id: term for term in notes.terms}
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" xmlns:gls="urn:oasis:names:tc:xliff:glossary:2.0" '
        f'xmlns:mda="{_METADATA}" version="2.1" srcLang={attribute(source)} trgLang={attribute(target)}>\n'
        f'<file id="f1" original={attribute(notes.document)} canResegment="no" xml:space="preserve">\n'
        f'<notes><note category="tolmach">{content(notes.signature or notes.version)}</note></notes>\n'
    ).encode()
    number = 0
    for number, unit in enumerate(units, 1):
        yield "".join(_unit(number, unit, source, target, terms)).encode()
    if not number:
        # a file has one unit at least
        yield b'<unit id="s1" translate="no"><segment><source></source></segment></unit>\n'
    yield b"</file>\n</xliff>\n"


def _unit(number: int, unit: Aligned, source: str, target: str, terms: Mapping[str, Term]) -> Iterator[str]:
    marks = unit.marks.get(source, ())
    yield f'<unit id="s{number}" name={attribute(unit.id)}>\n'
    yield from _glossary([concept for _span, concept in marks], terms, source, target)
    if target in unit.bases:
        meta = f'<mda:meta type="{_BASE}">{unit.bases[target]}</mda:meta>'
        yield f"<mda:metadata><mda:metaGroup>{meta}</mda:metaGroup></mda:metadata>\n"
    yield f"<segment {_STATES[unit.states.get(target, 'missing')]}>\n"
    yield f"<source>{_marked(unit.texts.get(source, ''), marks)}</source>\n"
    if unit.texts.get(target):
        yield f"<target>{_content(unit.texts[target])}</target>\n"
    yield "</segment>\n</unit>\n"


def _marked(text: str, marks: Iterable[tuple[Span, str]]) -> str:
    """The text with its terms marked."""
    done, written = 0, []
    for number, (span, _concept) in enumerate(marks, 1):
        inside = _content(text[span.start : span.end])
        written += [_content(text[done : span.start]), f'<mrk id="m{number}" type="term">{inside}</mrk>']
        done = span.end
    return "".join(written) + _content(text[done:])


def _content(text: str) -> str:
    return "".join(
        f'<cp hex="{ord(piece):04X}"/>' if illegal % 2 else content(piece) for illegal, piece in enumerate(pieces(text))
    )


def _glossary(marked: Sequence[str], terms: Mapping[str, Term], source: str, target: str) -> Iterator[str]:
    """The terms of a unit, each at its first mark."""
    known = (terms[concept] for concept in dict.fromkeys(marked) if concept in terms)
    entries = "".join(
        _entry(term, marked.index(term.id) + 1, source, target) for term in known if term.forms.get(source)
    )
    if entries:
        yield f"<gls:glossary>\n{entries}</gls:glossary>\n"


def _entry(term: Term, mark: int, source: str, target: str) -> str:
    translations = "".join(f"<gls:translation>{content(form)}</gls:translation>" for form in term.forms.get(target, ()))
    definition = f"<gls:definition>{content(term.definition)}</gls:definition>" if term.definition else ""
    return (
        f'<gls:glossEntry ref="#m{mark}"><gls:term>{content(term.forms[source][0])}</gls:term>'
        f"{translations}{definition}</gls:glossEntry>\n"
    )


def back(source: Source) -> Returned:
    """The units of an XLIFF 2 file of ours, the segments of each put together again.

    A unit is reviewed when all its segments are at least `translated`. Raises TolmachError for malformed files.
    """
    units: list[Aligned] = []
    languages = ("", "")
    for opened, element in _elements.opened_and_closed(source):
        if opened and element.tag == f"{_CORE}xliff":
            languages = (_xml.language_tag(element.get("srcLang", "")), _xml.language_tag(element.get("trgLang", "")))
        elif not opened and element.tag == f"{_CORE}unit":
            if element.get("translate") != "no":
                units.append(_returned(element, *languages))
            element.clear()
    return Returned(languages[0], languages[1:], tuple(units))


def _returned(unit: ElementTree.Element, source: str, target: str) -> Aligned:
    parts = [part for part in unit if part.tag in (f"{_CORE}segment", f"{_CORE}ignorable")]
    sides = [
        "".join(_elements.words(part.find(_CORE + side), _CODES) for part in parts) for side in ("source", "target")
    ]
    segments = [part for part in parts if part.tag == f"{_CORE}segment"]
    state = state_of(sides[1], reviewed=all(map(_is_confirmed, segments)))
    said = (meta for meta in unit.iter(f"{{{_METADATA}}}meta") if meta.get("type") == _BASE)
    base = next((base_of(meta.text or "") for meta in said), "")
    bases = {target: base} if base else {}
    texts = {source: sides[0], target: sides[1]}
    return Aligned(unit.get("name", ""), texts, {target: state}, bases, place=unit.get("id", ""))


def _is_confirmed(segment: ElementTree.Element) -> bool:
    # What Poedit still marks «needs work» is `translated` with the sub-state `poedit:fuzzy`.
    return segment.get("state", "initial") in _REVIEWED and not segment.get("subState", "").endswith(":fuzzy")
