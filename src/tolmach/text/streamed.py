"""Translation memories (TMX) of any size, read once from beginning to end in bounded memory.

`formats.tmx` reads a file as a whole, because edits need to know where everything stands; here only the texts are
wanted. Nothing that the file declares is loaded: no entities, no DTD, no network.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple
from xml.parsers import expat

from tolmach.config import primary
from tolmach.errors import TolmachError
from tolmach.files import load_table, reason
from tolmach.messages import _
from tolmach.text.formats._xml import language_tag, named_encoding
from tolmach.text.model import REPLACED

_STEP = 1 << 18
_HEAD = 400
LONGEST = 100_000
"""Code points of a text; a longer one is no sentence of a memory and is passed over."""
_LONGEST_TAG = 64 << 20
_DEEPEST = 200


class Texts(NamedTuple):
    """A text and its translation, and the line (from 1) where the translation begins; `id` is that of the unit."""

    source: str
    target: str
    line: int
    id: str


def tmx(path: Path, source_language: str, target_language: str) -> Iterator[Texts]:
    """The pairs of a TMX file from one language into the other, whatever their region.

    Of several texts in the source language the one with exactly that code is taken. Raises TolmachError (path, line)
    for a file that cannot be read, is not well-formed, is no TMX or declares entities.
    """
    collector = _Collector(path, source_language, target_language)
    try:
        with path.open("rb") as stream:
            for chunk in _recoded(stream, path):
                yield from collector.fed(chunk)
            yield from collector.fed(b"", last=True)
    except OSError as error:
        raise TolmachError(
            _("cannot read the file: {reason}").format(reason=reason(error)),
            path=path,
            hint=_("check the name and your permissions"),
        ) from None


def _recoded(stream: BinaryIO, path: Path) -> Iterator[bytes]:
    """The content in UTF-8, piece by piece."""
    head = stream.read(_HEAD)
    mark, encoding = named_encoding(head)
    line = 1
    try:
        decoder = None if _is_utf8(encoding) else codecs.getincrementaldecoder(encoding)()
        chunk = head[len(mark) :]
        while chunk:
            yield chunk if decoder is None else decoder.decode(chunk).encode("utf-8")
            line += chunk.count(b"\n")
            chunk = stream.read(_STEP)
        if decoder is not None:
            yield decoder.decode(b"", True).encode("utf-8")
    except (UnicodeError, LookupError):
        raise TolmachError(
            _("the content is not in the encoding of the file: {encoding}").format(encoding=encoding),
            path=path,
            line=line,
            hint=_("correct the encoding in the first line, or save the file as UTF-8"),
        ) from None


def _is_utf8(encoding: str) -> bool:
    # decoding proves that it is an encoding of text, which the name of a compression is not
    b"    ".decode(encoding, "replace")
    return codecs.lookup(encoding).name in ("utf-8", "ascii")


class _Variant(NamedTuple):
    language: str
    text: str
    line: int


class _Collector:
    """Gathers the pairs from what the parser (expat) tells of the file."""

    def __init__(self, path: Path, source: str, target: str) -> None:
        self._path = path
        self._source, self._target = language_tag(source), primary(target)
        self._inline = {name: frozenset(values) for name, values in load_table(*_TABLE).items()}
        self._found: list[Texts] = []
        self._variants: list[_Variant] = []
        self._id = self._language = ""
        self._line = self._depth = self._fed = 0
        # the text of the open segment; None outside of one. `_silent` counts the open elements that show nothing.
        self._text: list[str] | None = None
        self._length = self._silent = 0
        self._open: list[int] = []
        self._parser = expat.ParserCreate("utf-8")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._refuse_declarations
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.SkippedEntityHandler = self._skipped

    def fed(self, chunk: bytes, *, last: bool = False) -> list[Texts]:
        """The pairs that are complete after this piece of the file."""
        self._fed += len(chunk)
        try:
            self._parser.Parse(chunk, last)
        except expat.ExpatError as error:
            raise self._problem(
                _("this is not well-formed XML: {reason}").format(reason=expat.ErrorString(error.code)),
                _("export the file again, or mend it in an XML editor"),
                error.lineno,
            ) from None
        if self._fed - self._parser.CurrentByteIndex > _LONGEST_TAG:
            raise self._problem(_("a tag without an end"), _("export the file again, or mend it in an XML editor"))
        found, self._found = self._found, []
        return found

    def _problem(self, message: str, hint: str, line: int = 0) -> TolmachError:
        return TolmachError(message, path=self._path, line=line or self._parser.CurrentLineNumber, hint=hint)

    def _refuse_declarations(self, _name: str, _system: str | None, _public: str | None, own: int) -> None:
        if own:
            raise self._problem(
                _("the file declares entities or elements of its own"),
                _("remove the part in [ ] of <!DOCTYPE>; do not use files of unknown origin"),
            )

    def _start(self, name: str, known: dict[str, str]) -> None:
        self._depth += 1
        if self._depth == 1 and name != "tmx":
            hint = _("name the file by what it is, or export it as TMX 1.4")
            raise self._problem(_("this is no TMX, but <{name}>").format(name=name), hint)
        if self._depth > _DEEPEST:
            raise self._problem(
                _("its elements are nested more than {count} deep").format(count=_DEEPEST),
                _("do not use files of unknown origin"),
            )
        if self._text is not None:
            self._start_inline(name, known)
        elif name == "seg":
            self._text, self._length = [], 0
        elif name == "tuv":
            self._language = language_tag(known.get("xml:lang") or known.get("lang", ""))
            self._line = self._parser.CurrentLineNumber
        elif name == "tu":
            self._id, self._variants = known.get("tuid", ""), []

    def _start_inline(self, name: str, known: dict[str, str]) -> None:
        if self._silent or name in self._inline["codes"]:
            self._silent += 1
        elif name in self._inline["objects"]:
            self._silent += 1
            if known.get("ctype", known.get("type", "")) not in self._inline["formatting"]:
                self._take(REPLACED)
        else:
            # what holds nothing stands for something, unless it only says how text looks
            self._open.append(-1 if name in self._inline["transparent"] else self._length)

    def _characters(self, text: str) -> None:
        if self._text is not None and not self._silent:
            self._take(text)

    def _skipped(self, _name: str, _is_parameter: bool) -> None:
        self._characters(REPLACED)

    def _take(self, text: str) -> None:
        self._length += len(text)
        if self._text is not None and self._length <= LONGEST:
            self._text.append(text)

    def _end(self, name: str) -> None:
        self._depth -= 1
        if self._text is not None:
            self._end_within(name)
        elif name == "tu":
            self._finish()

    def _end_within(self, name: str) -> None:
        if self._silent:
            self._silent -= 1
        elif self._open:
            if self._open.pop() == self._length:
                self._take(REPLACED)
        else:
            if self._text is not None and self._length <= LONGEST:
                self._variants.append(_Variant(self._language, "".join(self._text), self._line))
            self._text = None

    def _finish(self) -> None:
        sources = [one for one in self._variants if primary(one.language) == primary(self._source)]
        if sources:
            source = next((one for one in sources if one.language == self._source), sources[0])
            for one in self._variants:
                if primary(one.language) == self._target and one is not source and one.text.strip():
                    self._found.append(Texts(source.text, one.text, one.line, self._id))
        self._variants = []


_TABLE = ("tolmach.text.formats", "tmx.toml")
