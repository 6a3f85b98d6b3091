"""XML read into a small tree that knows its lines, and written; no entities, no DTD, no network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from tolmach.errors import TolmachError
from tolmach.glossary.formats._fields import hide, show
from tolmach.messages import _

_DEEPEST = 100
XML_LANG = "http://www.w3.org/XML/1998/namespace lang"


@dataclass(slots=True)
class Node:
    """An element: its name without the namespace, the namespace, and where it begins."""

    name: str
    namespace: str
    attributes: dict[str, str]
    line: int
    children: list[Node] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All the text inside."""
        return show("".join(self.pieces))

    @property
    def language(self) -> str:
        """What `xml:lang` says."""
        return self.attributes.get(XML_LANG, "") or self.attributes.get("lang", "")

    def named(self, *names: str) -> Iterator[Node]:
        """The children of these names."""
        return (child for child in self.children if child.name in names)

    def below(self, *names: str) -> Iterator[Node]:
        """The elements of these names anywhere inside, but not within one another."""
        for child in self.children:
            if child.name in names:
                yield child
            else:
                yield from child.below(*names)


class _Builder:
    """Builds the tree; every open element gets the text, so that markup inside a text does not interrupt it."""

    def __init__(self, path: str, *, keep: bool = True) -> None:
        self.path = path
        self.keep = keep
        self.root: Node | None = None
        self.open: list[Node] = []
        self.parser = expat.ParserCreate(None, " ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._declared
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = lambda _name: self.open.pop()
        self.parser.CharacterDataHandler = self._text

    def refuse(self, message: str, hint: str) -> TolmachError:
        return TolmachError(message, path=self.path, line=self.parser.CurrentLineNumber, hint=hint)

    def _declared(self, _name: str, _system: str | None, _public: str | None, has_internal_subset: int) -> None:
        if has_internal_subset:
            raise self.refuse(
                _("the file declares entities or elements of its own"),
                _("remove the part in [ ] of <!DOCTYPE>; do not use files of unknown origin"),
            )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _blank, local = name.rpartition(" ")
        node = Node(local, namespace, attributes, self.parser.CurrentLineNumber)
        if len(self.open) >= _DEEPEST:
            raise self.refuse(_("elements are nested too deeply"), _("export the file again"))
        if not self.open:
            self.root = node
        elif self.keep:
            self.open[-1].children.append(node)
        self.open.append(node)

    def _text(self, text: str) -> None:
        # Markup inside a text belongs to it.
        for node in self.open[-3:] if self.keep else ():
            node.pieces.append(text)


def parse(content: bytes, path: str) -> Node:
    """The root element; raises TolmachError with the line for what is not well-formed or declares entities."""
    return _parsed(content, _Builder(path))


def judge(content: bytes, path: str) -> None:
    """Raise TolmachError as `parse` does, without keeping anything of a large file."""
    _parsed(content, _Builder(path, keep=False))


def _parsed(content: bytes, builder: _Builder) -> Node:
    try:
        builder.parser.Parse(content, True)
    except expat.ExpatError as error:
        raise TolmachError(
            _("this is not well-formed XML: {reason}").format(reason=expat.ErrorString(error.code)),
            path=builder.path,
            line=error.lineno,
            hint=_("export the file again, or mend it in an XML editor"),
        ) from None
    except (LookupError, ValueError):
        # expat asks Python for the encoding that the file declares, which may be none or one of several bytes
        raise builder.refuse(_("the file is in an unknown encoding"), _("save it as UTF-8")) from None
    if builder.root is None:
        raise builder.refuse(_("the file is empty"), _("export the file again"))
    return builder.root


def element(name: str, text: str, **attributes: str) -> str:
    """An element with text as XML, on one line; `__` in the name of an attribute stands for a colon."""
    written = "".join(f" {key.replace('__', ':')}={quoteattr(value)}" for key, value in attributes.items())
    return f"<{name}{written}>{escape(hide(text), {chr(13): '&#13;'})}</{name}>"
