"""The Word table of a parallel document as a word processor opens, changes and saves it."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

from office import W

_BODY = "word/document.xml"
_PLACES = {"id": 0, "base": 0, "source": 1, "target": 2}
_CODES = {"id": re.compile(r"(?<=tolmach-row:)\S+"), "base": re.compile(r"(?<= en=)[a-z]?[0-9a-f]{8}")}


def q(name: str) -> str:
    """The full name of an element or attribute."""
    return f"{{{W}}}{name}"


class WordTable:
    """The rows of the table of a document in German and English; each of its cells keeps its paragraphs."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with zipfile.ZipFile(path) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.body = ElementTree.fromstring(self.parts[_BODY])
        self.table = next(self.body.iter(q("tbl")))
        self.heading, *self.rows = self.table.findall(q("tr"))

    def _cell(self, row: ElementTree.Element, what: str) -> ElementTree.Element:
        return row.findall(q("tc"))[_PLACES[what]]

    def _code(self, row: ElementTree.Element, what: str) -> ElementTree.Element:
        return next(text for text in self._cell(row, what).iter(q("t")) if "tolmach-row:" in (text.text or ""))

    def get(self, row: ElementTree.Element, what: str) -> str:
        if what in _CODES:
            found = _CODES[what].search(self._code(row, what).text or "")
            return found[0] if found else ""
        return "".join(text.text or "" for text in self._cell(row, what).findall(q("p"))[0].iter(q("t")))

    def set(self, row: ElementTree.Element, what: str, text: str) -> None:
        if what in _CODES:
            place = self._code(row, what)
            place.text = _CODES[what].sub(text, place.text or "")
            return
        line = self._cell(row, what).findall(q("p"))[0]
        for run in line.findall(q("r")):
            line.remove(run)
        ElementTree.SubElement(ElementTree.SubElement(line, q("r")), q("t")).text = text

    def confirm(self, row: ElementTree.Element, *, reviewed: bool) -> None:
        """Take the word that marks a draft away, or write it."""
        cell = self._cell(row, "target")
        for label in cell.findall(q("p"))[1:]:
            cell.remove(label)
        if not reviewed:
            line = ElementTree.SubElement(cell, q("p"))
            ElementTree.SubElement(ElementTree.SubElement(line, q("r")), q("t")).text = "draft"

    def save(self) -> None:
        for row in self.table.findall(q("tr"))[1:]:
            self.table.remove(row)
        self.table.extend(self.rows)
        self.parts[_BODY] = ElementTree.tostring(self.body)
        with zipfile.ZipFile(self.path, "w") as archive:
            for name, content in self.parts.items():
                archive.writestr(name, content)
