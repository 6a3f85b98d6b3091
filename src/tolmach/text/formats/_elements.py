"""The elements of an XML file one by one, for reading what comes back without keeping all of it."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree

from tolmach.text.formats import Source, _xml

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def opened_and_closed(source: Source) -> Iterator[tuple[bool, ElementTree.Element]]:
    """Each element when it is opened (True: with its attributes only) and closed (with what it holds).

    Raises TolmachError for what is not well-formed and for declared entities, before anything is read.
    """
    xml = _xml.load(source)
    parser = ElementTree.XMLParser(encoding="utf-8")
    for event, element in ElementTree.iterparse(BytesIO(xml.text.encode("utf-8")), ("start", "end"), parser):
        yield event == "start", element


def words(element: ElementTree.Element | None, codes: frozenset[str]) -> str:
    """What a reader sees of an element: without what its children called `codes` hold."""
    if element is None:
        return ""
    return "".join(_words(element, codes))


def _words(element: ElementTree.Element, codes: frozenset[str]) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        name = child.tag.rpartition("}")[2]
        if name == "cp":
            yield _character(child.get("hex", ""))
        elif name not in codes:
            yield from _words(child, codes)
        yield child.tail or ""


def _character(hexadecimal: str) -> str:
    try:
        return chr(int(hexadecimal, 16))
    except (ValueError, OverflowError):
        return "\ufffd"
