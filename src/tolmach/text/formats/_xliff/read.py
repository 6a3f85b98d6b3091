"""The segments of an XLIFF file, with their sides, states and locks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from tolmach.errors import TolmachError
from tolmach.files import load_table
from tolmach.messages import _
from tolmach.text.formats import Source, _content, _xml
from tolmach.text.formats._content import Content, Element

_NO = ("", "no", "false", "0")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a program marks locked and confirmed segments; `prefix` (with its colon) is that of its own attributes."""

    prefix: str
    state: str
    reviewed: frozenset[str]
    inline: _content.Inline


@dataclass(frozen=True, slots=True)
class Pair:
    """A segment: its two sides, where it stands in the file and what is said of it.

    `target` is None where there is none yet. A `locked` pair is never changed, nor is the source of one that is written
    `twice`. `place` is where its target begins, `end` where its unit ends.
    """

    id: str
    source: Content
    target: Content | None
    languages: tuple[str, str]
    place: int
    end: int
    reviewed: bool
    locked: bool
    twice: bool = False


@dataclass(slots=True)
class File:
    """An XLIFF file while it is read; `translated` says for each open file and group whether its units are."""

    xml: _xml.Xml
    prefix: str
    version: int
    dialect: Dialect
    languages: tuple[str, str]
    reader: _xml.Reader
    translated: list[bool] = field(default_factory=lambda: [True])


@dataclass(slots=True)
class _Side:
    """A side of a unit: its text, its language, where it begins and what is said of it."""

    element: Element | None = None
    language: str = ""
    place: int = 0
    state: str = ""

    def whole(self) -> Content | None:
        """All its text, None where there is no such side."""
        return self.element.whole() if self.element else None

    def segments(self) -> dict[str, Content]:
        """The segments marked in it, by their ids."""
        return self.element.segments if self.element else {}


def load(source: Source) -> File:
    """The file, ready to be read; raises TolmachError for what is no XLIFF 1 or 2."""
    xml = _xml.load(source)
    root = next(token for token in _xml.Reader(xml.text) if token["name"])
    prefix, colon, name = root["name"].rpartition(":")
    known = _xml.attributes(root)
    version = known.get("version", "")
    if name != "xliff" or version[:1] not in ("1", "2"):
        raise TolmachError(
            _("this is no XLIFF 1 or 2, but <{name} version={version}>").format(name=name, version=version),
            path=source.path,
            line=_xml.Lines(xml.text).at(root.start()),
            hint=_("name the file by what it is, or export it as XLIFF 1.2"),
        )
    languages = (known.get("srcLang", ""), known.get("trgLang", ""))
    return File(xml, prefix + colon, int(version[0]), _dialect(known), languages, _xml.Reader(xml.text))


def _dialect(root: dict[str, str]) -> Dialect:
    """The dialect by the namespaces that the root declares."""
    prefixes = {value: name.removeprefix("xmlns:") for name, value in root.items() if name.startswith("xmlns:")}
    table = load_table("tolmach.text.formats", "xliff.toml")["dialects"]
    found = [(name, prefixes[one["namespace"]]) for name, one in table.items() if one["namespace"] in prefixes]
    return _load_dialect(*(found or [("xliff", "")])[0])


@cache
def _load_dialect(name: str, prefix: str) -> Dialect:
    table = load_table("tolmach.text.formats", "xliff.toml")
    own, common = table["dialects"][name], table["dialects"]["xliff"]
    inline = _content.Inline.of_table(table["inline"], own.get("signs", ""))
    colon = f"{prefix}:" if prefix else ""
    return Dialect(colon, colon + own["state"], frozenset([*own["reviewed"], *common["reviewed"]]), inline)


def pairs(file: File) -> Iterator[Pair]:
    """The segments of the file, in order."""
    reader = file.reader
    for token in reader:
        name = (token["name"] or "").removeprefix(file.prefix)
        if name in ("file", "group"):
            _enter_or_leave(file, token, name)
        elif name in ("header", "skeleton") and not token["close"]:
            reader.skip(token)
        elif name == "trans-unit" and not token["close"]:
            yield from _unit(file, token)
        elif name == "unit" and not token["close"]:
            yield from _unit_of_segments(file, token)


def _enter_or_leave(file: File, tag: _xml.Token, name: str) -> None:
    if tag["close"]:
        file.translated.pop()
        return
    known = _xml.attributes(tag)
    if name == "file" and file.version == 1:
        file.languages = (known.get("source-language", ""), known.get("target-language", ""))
    if not _xml.is_empty(tag):
        file.translated.append(_is_translated(file, known))


def _is_translated(file: File, known: dict[str, str]) -> bool:
    return known["translate"] != "no" if "translate" in known else file.translated[-1]


def _is_locked(file: File, known: dict[str, str]) -> bool:
    # Every program has a name space of its own for this.
    locked = any(name.rpartition(":")[2] == "locked" and value.lower() not in _NO for name, value in known.items())
    return locked or not _is_translated(file, known)


def _side(file: File, tag: _xml.Token) -> _Side:
    known = _xml.attributes(tag)
    element = _content.read(file.reader, tag, file.dialect.inline, file.prefix)
    return _Side(element, known.get("xml:lang", ""), tag.start(), known.get("state", ""))


def _languages(file: File, sides: dict[str, _Side]) -> tuple[str, str]:
    return sides["source"].language or file.languages[0], sides["target"].language or file.languages[1]


def _unit(file: File, tag: _xml.Token) -> Iterator[Pair]:
    """The segments of a trans-unit (1.2): those marked in it, else the whole."""
    known = _xml.attributes(tag)
    sides = {"source": _Side(), "seg-source": _Side(), "target": _Side()}
    definitions: dict[str, dict[str, str]] = {}
    for child in file.reader.children(tag):
        name = child["name"].removeprefix(file.prefix)
        if name in sides:
            sides[name] = _side(file, child)
        elif name == f"{file.dialect.prefix}seg-defs":
            definitions = _definitions(file, child)
        else:
            file.reader.skip(child)
    target, named = sides["target"], known.get("id", "")
    state = known.get(file.dialect.state) or target.state or known.get("approved", "yes")
    whole = _pair(file, tag, named, sides, state, known)
    marked = sides["seg-source"].segments() or sides["source"].segments()
    if not marked:
        yield whole
    for mid in dict.fromkeys([*marked, *target.segments()] if marked else ()):
        segment = replace(
            whole,
            id=f"{named}/{mid}",
            source=marked.get(mid, Content()),
            target=target.segments().get(mid),
            twice=bool(sides["seg-source"].element),
        )
        yield _as_defined(file, segment, definitions.get(mid))


def _definitions(file: File, tag: _xml.Token) -> dict[str, dict[str, str]]:
    """What Trados Studio says of each segment, by its id."""
    found: dict[str, dict[str, str]] = {}
    for definition in file.reader.children(tag):
        said = _xml.attributes(definition)
        found[said.get("id", "")] = said
        file.reader.skip(definition)
    return found


def _as_defined(file: File, pair: Pair, said: dict[str, str] | None) -> Pair:
    if said is None:
        return pair
    locked = said.get("locked", "").lower() not in _NO
    return replace(pair, reviewed=said.get("conf", "") in file.dialect.reviewed, locked=pair.locked or locked)


def _unit_of_segments(file: File, tag: _xml.Token) -> Iterator[Pair]:
    """The segments of a unit (2.x)."""
    known = _xml.attributes(tag)
    found: list[Pair] = []
    for child in file.reader.children(tag):
        if child["name"].removeprefix(file.prefix) == "segment":
            found.append(_segment(file, child, known))
        else:
            file.reader.skip(child)
    named = known.get("id", "")
    for number, pair in enumerate(found, 1):
        name = named if len(found) == 1 else f"{named}/{pair.id or number}"
        yield replace(pair, id=name, end=file.reader.place)


def _segment(file: File, tag: _xml.Token, unit: dict[str, str]) -> Pair:
    known = _xml.attributes(tag)
    sides = {"source": _Side(), "target": _Side()}
    for child in file.reader.children(tag):
        name = child["name"].removeprefix(file.prefix)
        if name in sides:
            sides[name] = _side(file, child)
        else:
            file.reader.skip(child)
    said = {**unit, **known}
    state = said.get(file.dialect.state) or said.get("state", "initial")
    if said.get("subState", "").endswith(":fuzzy"):
        # Poedit, of a translation that still needs work
        state = "initial"
    return _pair(file, tag, known.get("id", ""), sides, state, said)


def _pair(file: File, tag: _xml.Token, named: str, sides: dict[str, _Side], state: str, said: dict[str, str]) -> Pair:
    target = sides["target"]
    return Pair(
        named,
        sides["source"].whole() or Content(),
        target.whole(),
        _languages(file, sides),
        target.place or tag.start(),
        file.reader.place,
        state in file.dialect.reviewed,
        _is_locked(file, said),
    )
