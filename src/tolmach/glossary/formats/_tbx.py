"""TBX (ISO 30042): writing version 3 in both styles and its forerunner MARTIF (version 2), and reading all of them.

What TBX-Basic has a data category for stands in it; the rest has categories of our own, `x-tolmach-…` (style DCA) or
elements of the namespace urn:tolmach:tbx (style DCT), which other programs pass over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from tolmach.errors import TolmachError
from tolmach.files import load_table
from tolmach.glossary.formats import Entry, Incoming, Outgoing, all_of
from tolmach.glossary.formats._termbase import Draft, Language, Property, Term, drafts, entries
from tolmach.glossary.formats._xml import Node, element, parse
from tolmach.glossary.model import Concept, Designation, Status
from tolmach.messages import _

DIALECT = "TBX-Tolmach"
_CORE = "urn:iso:std:iso:30042:ed-2"
_OURS = "urn:tolmach:tbx"
_PREFIX = "x-tolmach-"
_NAMESPACES = {
    "min": "http://www.tbxinfo.net/ns/min",
    "basic": "http://www.tbxinfo.net/ns/basic",
    "tolmach": _OURS,
}
_GROUPS = ("descripGrp", "adminGrp", "termNoteGrp", "transacGrp", "termGrp")
_SOURCE = "<fileDesc><sourceDesc><p>tolmach</p></sourceDesc></fileDesc>"
_VERSION_3 = ("conceptEntry", "langSec", "termSec")
_MARTIF = ("termEntry", "langSet", "tig")
# Version 3, version 2, and TBX-Min of 2013.
_ENTRIES = ("conceptEntry", "termEntry", "entry")
_SECTIONS = ("langSec", "langSet", "langGroup")
_TERMS = ("termSec", "tig", "ntig", "termGroup")
Style = Literal["dca", "dct", "martif"]


def write(concepts: Sequence[Concept], style: Style, dialect: str) -> bytes:
    """The concepts as TBX; of the dialect TBX-Basic what that has categories for."""
    writer = _Writer(style, dialect)
    first, last = _martif_frame(dialect) if style == "martif" else _frame(style, dialect)
    inner = (line for draft in drafts(concepts) for line in writer.concept(draft))
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', *first, "<text><body>", *inner, "</body></text>", last, ""]
    return "\n".join(lines).encode()


def _frame(style: Style, dialect: str) -> tuple[tuple[str, ...], str]:
    spaces = {"": _CORE} | (_NAMESPACES if style == "dct" else {})
    if dialect != DIALECT:
        spaces.pop("tolmach", None)
    named = " ".join(f'xmlns{":" if key else ""}{key}="{space}"' for key, space in spaces.items())
    head = (
        f'<tbx type="{dialect}" style="{style}" xml:lang="en" {named}>',
        f"<tbxHeader>{_SOURCE}</tbxHeader>",
    )
    return head, "</tbx>"


def _martif_frame(dialect: str) -> tuple[tuple[str, ...], str]:
    # No DOCTYPE: a program would look for the file that it names.
    head = (
        f'<martif type="{dialect}" xml:lang="en">',
        f'<martifHeader>{_SOURCE}<encodingDesc><p type="XCSURI">TBXBasicXCSV02.xcs</p></encodingDesc></martifHeader>',
    )
    return head, "</martif>"


class _Writer:
    """Writes the properties in one style and dialect."""

    def __init__(self, style: Style, dialect: str) -> None:
        self.style = style
        self.entry, self.section, self.sub = _MARTIF if style == "martif" else _VERSION_3
        self.own = dialect == DIALECT
        tables = load_table(__package__, "tbx.toml")
        self.categories = {level: tables[level] for level in ("concept", "term")}
        self.values = tables["written"]

    def concept(self, draft: Draft) -> Iterator[str]:
        # An XML id must not begin with a digit.
        name = f"_{draft.id}" if draft.id[0].isdigit() else draft.id
        yield f'<{self.entry} id="{name}">'
        yield from self._properties("concept", draft.properties)
        for language in draft.languages:
            # A language section must have a term.
            if not language.terms:
                yield from self._properties("concept", language.properties, language.code)
        for language in (one for one in draft.languages if one.terms):
            yield f'<{self.section} xml:lang="{language.code}">'
            yield from self._properties("language", language.properties)
            for term in language.terms:
                yield from self._term(term)
            yield f"</{self.section}>"
        yield f"</{self.entry}>"

    def _term(self, term: Term) -> Iterator[str]:
        yield f"<{self.sub}>"
        yield element("term", term.text)
        if Designation(term.text, Status.PREFERRED).is_acronym:
            yield self._category("termNote", "termType", "basic", "acronym")
        yield from self._properties("term", term.properties)
        yield f"</{self.sub}>"

    def _properties(self, level: str, properties: list[Property], language: str = "") -> Iterator[str]:
        known = self.categories.get(level, {})
        tags = {key: tag for key, (tag, _category, _space) in known.items()}
        # The term notes must stand before everything else that is said of a term.
        for key, text in sorted(
            properties, key=lambda one: level == "term" and tags.get(one[0], "") not in ("", "termNote")
        ):
            if self.style == "martif" and (key, text) == ("status", Status.PREFERRED.value):
                continue
            if key not in known:
                if self.own:
                    yield self._own("termNote" if level == "term" else "descrip", key, text, language)
                continue
            tag, category, space = known[key]
            value = self.values.get(key, {}).get(text, text)
            yield element(tag, text) if tag == "note" else self._category(tag, category, space, value)
            if key == "status" and text == Status.FORBIDDEN.value and self.own:
                yield self._own("termNote", "forbidden", "true")

    def _own(self, tag: str, key: str, text: str, language: str = "") -> str:
        name = key.replace("_", "-")
        said = {"xml__lang": language} if language else {}
        if self.style == "dct":
            return element(f"tolmach:{name}", text, **said)
        return element(tag, text, type=f"{_PREFIX}{name}", **said)

    def _category(self, tag: str, category: str, space: str, text: str) -> str:
        return element(f"{space}:{category}", text) if self.style == "dct" else element(tag, text, type=category)


# Reading


def read(source: Incoming) -> list[Entry]:
    """The concepts of a TBX file of any dialect; raises TolmachError for what is no TBX."""
    root = parse(source.content, source.path)
    if root.name not in ("tbx", "martif", "TBX"):
        raise TolmachError(
            _("this is no TBX file: it begins with <{name}>").format(name=root.name),
            path=source.path,
            line=root.line,
            hint=_("name its format with --format"),
        )
    own = root.attributes.get("type") == DIALECT
    return entries(_draft(node, own=own) for node in root.below(*_ENTRIES))


def _draft(node: Node, *, own: bool) -> Draft:
    name = node.attributes.get("id", "").removeprefix("_")
    draft = Draft(node.line, name if own else "", list(_properties(_leaves(node, "concept"), "concept", own=own)))
    for section in node.named(*_SECTIONS):
        language = Language(section.language, list(_properties(_leaves(section, "concept"), "concept", own=own)))
        language.terms = [_read_term(one, own=own) for one in section.named(*_TERMS)]
        draft.languages.append(language)
    # What is said of a language without a term stands beside the sections.
    said: dict[str, list[Node]] = {}
    for child in node.children if own else ():
        if child.language and child.name not in _SECTIONS:
            said.setdefault(child.language, []).append(child)
    for code, children in said.items():
        draft.languages.append(Language(code, list(_properties(children, "concept", own=own))))
    return draft


def _read_term(node: Node, *, own: bool) -> Term:
    term = next(node.below("term"), None)
    found = Term(term.text if term else "", node.line, list(_properties(_leaves(node, "term"), "term", own=own)))
    if ("forbidden", "true") in found.properties:
        found.properties = [(key, text) for key, text in found.properties if key not in ("status", "forbidden")]
        found.properties.append(("status", Status.FORBIDDEN.value))
    return found


def _properties(found: Iterable[Node], level: str, *, own: bool) -> Iterator[Property]:
    """The properties by the keys of the glossary format; those it has no key for are passed over."""
    tables = load_table(__package__, "tbx.toml")
    keys = {category: key for key, (_tag, category, _space) in tables[level].items()} | tables["other"][level]
    for child in found:
        category = child.attributes.get("type") or child.name
        if category.startswith(_PREFIX) or child.namespace == _OURS:
            if own:
                yield category.removeprefix(_PREFIX).replace("-", "_"), child.text
        elif category in keys:
            key, text = keys[category], child.text
            meant = tables["read"].get(key, {}).get(text.strip(), "" if key in tables["read"] else text)
            if meant:
                yield key, meant


def _leaves(node: Node, level: str) -> Iterator[Node]:
    for child in node.children:
        if child.name in _GROUPS:
            inner = list(_leaves(child, level))
            # The source of an example is not that of the term.
            yield from inner if level == "concept" or child.name == "termGrp" else inner[:1]
        elif not child.children or child.name not in (*_SECTIONS, *_TERMS):
            yield child


def outgoing(concepts: Sequence[Concept], style: Style = "dca") -> Outgoing:
    """The file in our own dialect, with every designation in it."""
    return Outgoing(write(concepts, style, DIALECT), all_of(concepts))
