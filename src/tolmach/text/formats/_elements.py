"""The elements of an XML file one by one, for reading what comes back without keeping all of it."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree

from tolmach.errors import TolmachError
from tolmach.messages import _
from tolmach.text.formats import Source, _xml

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_DEEPEST = 200


def opened_and_closed(source: Source) -> Iterator[tuple[bool, ElementTree.Element]]:
    """Each element when it is opened (True: with its attributes only) and closed (with what it holds).

    Raises TolmachError for what is not well-formed, for declared entities, before anything is read, and for elements
    that are nested more than 200 deep.
    """
    xml = _xml.load(source)
    parser = ElementTree.XMLParser(encoding="utf-8")
    depth = 0
    try:
        for event, element in ElementTree.iterparse(BytesIO(xml.text.encode("utf-8")), ("start", "end"), parser):
            depth += 1 if event == "start" else -1
            if depth > _DEEPEST:
                raise TolmachError(
                    _("its elements are nested more than {count} deep").format(count=_DEEPEST),
                    path=source.path,
                    hint=_("do not use files of unknown origin"),
                )
            yield event == "start", element
    except ElementTree.ParseError as error:
        # prefixes without a namespace and unknown entities, which `load` has no eye for
        raise TolmachError(
            _("this is not well-formed XML: {reason}").format(reason=error.msg.partition(":")[0]),
            path=source.path,
            line=error.position[0],
            hint=_("export the file again, or mend it in an XML editor"),
        ) from None


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
        character = chr(int(hexadecimal, 16))
    except (ValueError, OverflowError):
        return "\ufffd"
    # a text with half a pair cannot be written
    return "\ufffd" if "\ud800" <= character <= "\udfff" else character
