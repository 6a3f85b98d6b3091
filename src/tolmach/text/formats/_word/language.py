"""The languages that a Word document names, when its text becomes one in another language."""

from __future__ import annotations

import re
from collections.abc import Collection

from tolmach.config import primary
from tolmach.text.formats import _expat
from tolmach.text.formats._office.languages import tag
from tolmach.text.formats._word import package as word_package
from tolmach.text.locales import locale

_VALUE = re.compile(rb"(?<=:val=)(\"[^\"]*\"|'[^']*')")
# Elements that stand behind the language in the properties of a run (ECMA-376 part 1, 17.3.2.28).
_BEHIND = rb"<[\w.-]*:?(?:eastAsianLayout|specVanish|oMath|rPrChange)\b"


def of_run(properties: bytes, first: bytes, language: str, *, told: bool) -> bytes:
    """The properties of a run (nothing, or `w:rPr` with the prefix `first`) with the language where they name one.

    `told`: they must name it.
    """
    found = re.search(rb"<%blang\b[^>]*>" % first, properties)
    code = locale(language).encode()
    if found is not None:
        value = _VALUE.search(found[0])
        if value is None or primary(tag(value[0][1:-1].decode())) == primary(language):
            return properties
        return properties[: found.start()] + _VALUE.sub(b'"%b"' % code, found[0], count=1) + properties[found.end() :]
    if not told:
        return properties
    name = b'<%blang %bval="%b"/>' % (first, first, code)
    if not properties or properties.endswith(b"/>"):
        return b"<%brPr>%b</%brPr>" % (first, name, first)
    behind = re.search(_BEHIND, properties)
    place = behind.start() if behind else properties.rindex(b"</")
    return properties[:place] + name + properties[place:]


def styles(package: word_package.Package, path: str, spoken: Collection[str], language: str) -> dict[str, bytes]:
    """The part with the styles, in which what names one of the languages names that one instead."""
    name = next((link.target for link in package.links if link.kind == "styles"), "")
    if not package.archive.has(name):
        return {}
    part = _expat.part(name, package.archive.read(name), path)
    splices: list[_expat.Splice] = []
    for element, _attributes, place in word_package.elements(part, path):
        end = part.tag(place)[0]
        value = _VALUE.search(part.content, place, end) if element == "lang" else None
        if value and primary(tag(value[0][1:-1].decode())) in spoken:
            splices.append((value.start(), value.end(), b'"%b"' % language.encode()))
    return {name: part.spliced(splices)} if splices else {}
