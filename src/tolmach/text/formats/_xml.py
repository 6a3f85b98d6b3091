"""XML files as text with exact offsets: decoded, proved well-formed, then scanned tag by tag.

The parser (expat) only judges; nothing it knows of is loaded: no entities, no DTD, no network. What it accepts is
scanned by a pattern, because tags must be known by their place in the file.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.parsers import expat

from tolmach.errors import TolmachError
from tolmach.messages import _
from tolmach.text.decode import MARKS, refuse_empty
from tolmach.text.formats import Source

_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]{0,40})["']""")
_WITHOUT_MARK = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_STEP = 1 << 20
_TOKEN = re.compile(
    r"""
      < (?P<close> /? ) (?P<name> [^\s/>!?]++ ) (?P<attributes> (?: [^"'>]++ | "[^"]*+" | '[^']*+' )*+ ) >
    | <!-- .*? -->
    | <!\[CDATA\[ (?P<cdata> .*? ) \]\]>
    | <\? .*? \?>
    | <! [^>]*+ >
    """,
    re.VERBOSE | re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""([^\s=]++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)')""")
_REFERENCE = re.compile(r"&(?:#(?P<decimal>[0-9]++)|#x(?P<hexadecimal>[0-9A-Fa-f]++)|(?P<name>[^;#]++));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}

Token = re.Match[str]


@dataclass(frozen=True, slots=True)
class Xml:
    """A well-formed XML file: its text without the byte order mark, line ends as written, and how it is encoded."""

    text: str
    encoding: str
    mark: bytes


def load(source: Source) -> Xml:
    """The text of an XML file in any encoding that it declares.

    Raises TolmachError for what is not well-formed, with its line, and for a file that declares entities.
    """
    xml = _decode(source)
    refuse_empty(xml.text, source.path)
    _judge(xml, source)
    return xml


def named_encoding(head: bytes) -> tuple[bytes, str]:
    """The byte order mark of a file and the encoding that its first bytes name, UTF-8 where they name none."""
    mark, encoding = next(((mark, name) for mark, name in MARKS if head.startswith(mark)), (b"", ""))
    encoding = encoding or next((name for start, name in _WITHOUT_MARK if head.startswith(start)), "")
    declared = _DECLARED.search(head[:400])
    return mark, encoding or (declared[1].decode("ascii") if declared else "utf-8")


def _decode(source: Source) -> Xml:
    content = source.content
    mark, encoding = named_encoding(content[:400])
    try:
        return Xml(content[len(mark) :].decode(encoding), codecs.lookup(encoding).name, mark)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, len(mark) + error.start) + 1
    except (LookupError, ValueError):
        line = 1
    raise TolmachError(
        _("the content is not in the encoding of the file: {encoding}").format(encoding=encoding),
        path=source.path,
        line=line,
        hint=_("correct the encoding in the first line, or save the file as UTF-8"),
    )


def _judge(xml: Xml, source: Source) -> None:
    parser = expat.ParserCreate("utf-8")

    def refuse_declarations(_name: str, _system: str | None, _public: str | None, has_internal_subset: int) -> None:
        if has_internal_subset:
            raise TolmachError(
                _("the file declares entities or elements of its own"),
                path=source.path,
                line=parser.CurrentLineNumber,
                hint=_("remove the part in [ ] of <!DOCTYPE>; do not use files of unknown origin"),
            )

    parser.StartDoctypeDeclHandler = refuse_declarations
    try:
        if xml.encoding == "utf-8":
            parser.Parse(memoryview(source.content)[len(xml.mark) :], True)
        else:
            for start in range(0, len(xml.text), _STEP):
                parser.Parse(xml.text[start : start + _STEP].encode("utf-8"), False)
            parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise TolmachError(
            _("this is not well-formed XML: {reason}").format(reason=expat.ErrorString(error.code)),
            path=source.path,
            line=error.lineno,
            hint=_("export the file again, or mend it in an XML editor"),
        ) from None


def is_empty(tag: Token) -> bool:
    """Is the tag an element without content, `<x/>`?"""
    return tag["attributes"].endswith("/")


class Reader(Iterator[Token]):
    """The tags, comments, CDATA sections and instructions of a well-formed text, in order.

    A tag has the groups `close` ("/" for an end tag), `name` and `attributes`, a CDATA section has the group `cdata`.
    `place` is where the last one ends.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0
        self._found = _TOKEN.finditer(text)

    def __next__(self) -> Token:
        token = next(self._found)
        self.place = token.end()
        return token

    def skip(self, tag: Token) -> None:
        """Read on to the end of the element that `tag` opens."""
        for child in self.children(tag):
            if not is_empty(child):
                self._skip_open()

    def _skip_open(self) -> None:
        depth = 1
        for token in self:
            if token["name"] is None:
                continue
            if token["close"]:
                depth -= 1
            elif not is_empty(token):
                depth += 1
            if not depth:
                return

    def children(self, tag: Token) -> Iterator[Token]:
        """The tags that open the children of the element that `tag` opens.

        Whoever takes one must read on to its end before asking for the next.
        """
        if is_empty(tag):
            return
        for token in self:
            if token["name"] is None:
                continue
            if token["close"]:
                return
            yield token


def attributes(tag: Token) -> dict[str, str]:
    """The attributes of a tag by their names as written (with their prefixes)."""
    return {name: unescape(double or single) for name, double, single in _ATTRIBUTE.findall(tag["attributes"])}


def unescape(written: str) -> str:
    """The written text with its references resolved; those to unknown entities stay."""
    if "&" not in written:
        return written
    return _REFERENCE.sub(lambda found: resolve(found.group()) or found.group(), written)


def resolve(reference: str) -> str:
    """What a reference (`&amp;`, `&#228;`) stands for; nothing for an unknown entity."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return ""
    if found["name"]:
        return _NAMED.get(found["name"], "")
    # expat has refused numbers that are no characters
    return chr(int(found["decimal"]) if found["decimal"] else int(found["hexadecimal"], 16))


def language_tag(written: str) -> str:
    """A language as files name it (`EN-us`, `de_DE`) as BCP 47: `en-US`, `de-DE`."""
    language, hyphen, region = written.strip().replace("_", "-").partition("-")
    return language.lower() + hyphen + (region.upper() if len(region) == 2 else region)


class Lines:
    """On which line an offset stands; cheap for offsets that grow."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._offset = 0
        self._line = 1

    def at(self, offset: int) -> int:
        """The line of the offset, from 1."""
        if offset < self._offset:
            return self._line - self._text.count("\n", offset, self._offset)
        self._line += self._text.count("\n", self._offset, offset)
        self._offset = offset
        return self._line
