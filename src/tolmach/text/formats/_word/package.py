"""The parts of a Word document (ECMA-376 part 2): which they are, how they are linked, the languages they name."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tolmach.errors import TolmachError
from tolmach.messages import _
from tolmach.text.formats import Source, _expat, _zip
from tolmach.text.formats._expat import Part
from tolmach.text.formats._office.languages import tag as language_tag
from tolmach.text.formats._office.read import Run, Story
from tolmach.text.formats._word import read as word_read
from tolmach.text.formats._word.names import Styles, attribute, short

# Behind the body; comments are not read.
_STORIES = ("header", "footer", "footnotes", "endnotes")


@dataclass(frozen=True, slots=True)
class Link:
    """A relationship of a part: its id, the last word of its type, and the part that it leads to."""

    id: str
    kind: str
    target: str


@dataclass(frozen=True, slots=True)
class Package:
    """A Word document: its archive, the name of its body, its stories in the order they are read, its language."""

    archive: _zip.Archive
    body: str
    links: tuple[Link, ...]
    stories: tuple[Story, ...]
    language: str
    references: dict[tuple[str, str], Run]


def opened(source: Source) -> tuple[_zip.Archive, str]:
    """The archive of the document in this file and the name of its body; raises TolmachError when it is none."""
    archive = _zip.load(source.content, source.path)
    body = next((link.target for link in _links(archive, "") if link.kind == "officeDocument"), "")
    if not body:
        raise TolmachError(
            _("this archive is no Word document"), path=source.path, hint=_("save it as .docx, or correct its ending")
        )
    return archive, body


def load(source: Source) -> Package:
    """The document in this file; raises TolmachError when it is none."""
    archive, body = opened(source)
    links = tuple(_links(archive, body))
    names = [body, *(link.target for kind in _STORIES for link in links if link.kind == kind)]
    styles = next((link.target for link in links if link.kind == "styles" and archive.has(link.target)), "")
    known = _styles(_expat.part(styles, archive.read(styles), source.path), source.path) if styles else Styles()
    stories: list[Story] = []
    references: dict[tuple[str, str], Run] = {}
    for name in dict.fromkeys(names):
        story, found = word_read.read(_expat.part(name, archive.read(name), source.path), source.path, known)
        stories.append(story)
        references.update(found)
    return Package(archive, body, links, tuple(stories), known.default, references)


def links_of(name: str) -> str:
    """The name of the part that holds the relationships of a part (of the package itself for an empty name)."""
    folder, _slash, file = name.rpartition("/")
    return posixpath.join(folder, "_rels", f"{file}.rels")


def elements(part: Part, path: str) -> list[tuple[str, dict[str, str], int]]:
    """The start tags of a small file: local name, attributes, place."""
    return [(name.rpartition(" ")[2], attributes, place) for name, attributes, place in _expat.tags(part, path)]


def _links(archive: _zip.Archive, name: str) -> Iterator[Link]:
    place = links_of(name)
    if name and not archive.has(place):
        return
    for element, attributes, _place in elements(_expat.part(place, archive.read(place), archive.path), archive.path):
        if element == "Relationship" and attributes.get("TargetMode") != "External":
            # A target counts from the folder of the part, one with a slash from the package.
            target = posixpath.normpath(posixpath.join("/", posixpath.dirname(name), attributes.get("Target", "")))
            kind = attributes.get("Type", "").rpartition("/")[2]
            yield Link(attributes.get("Id", ""), kind, target.lstrip("/"))


def _styles(part: Part, path: str) -> Styles:
    default, style, standard = "", "", ""
    own: dict[str, str] = {}
    parents: dict[str, str] = {}
    for name, attributes, _place in _of_word(elements(part, path)):
        if name == "style":
            style = attribute(attributes, "w:styleId")
            is_standard = attribute(attributes, "w:default") in ("1", "true", "on")
            standard = style if is_standard and attribute(attributes, "w:type") == "paragraph" else standard
        elif name == "basedOn":
            parents[style] = attribute(attributes, "w:val")
        elif name == "lang":
            own[style] = language_tag(attribute(attributes, "w:val"))
            default = default or ("" if style else own[style])
    default = own.get(standard, "") or default
    resolved = {style: _inherited(style, own, parents) for style in {*own, *parents}}
    return Styles(default, {style: code for style, code in resolved.items() if code and code != default})


def _of_word(found: Iterable[tuple[str, dict[str, str], int]]) -> Iterator[tuple[str, dict[str, str], int]]:
    """Without the languages of theme and template that have no name of their own."""
    return (entry for entry in found if entry[0] != "lang" or any(short(key) == "w:val" for key in entry[1]))


def _inherited(style: str, own: dict[str, str], parents: dict[str, str]) -> str:
    """The language of the style or of the nearest one that it is based on; a circle ends it."""
    seen: set[str] = set()
    while style not in seen and not own.get(style):
        seen.add(style)
        style = parents.get(style, "")
    return own.get(style, "")
