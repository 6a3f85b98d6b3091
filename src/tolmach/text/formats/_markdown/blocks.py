"""The blocks of a Markdown text: paragraphs, headings, entries, cells, each as it is written."""

from __future__ import annotations

import io
import re
from array import array
from dataclasses import dataclass, field
from typing import Literal

from tolmach.text.formats import _inline

_FRONT_MATTER = re.compile(r"(?:---|\+\+\+)[ \t]*\r?\n")
_FRONT_MATTER_END = re.compile(r"^(?:---|\.\.\.|\+\+\+)[ \t]*\r?$", re.MULTILINE)
# «[Frage]: Wer sind Sie?» defines nothing: of a link only an address may follow, and its title.
_ADDRESS = r"[ \t]*+(?:<[^<>\n]*+>|[^\s<]\S*+)?+[ \t]*+(?:[\"'(][^\n]*+)?\r?$"
_DEFINITION = re.compile(
    rf"^[ \t>]{{0,12}}\[(\^[^\[\]\n]{{1,999}}+|[^\^\[\]\n][^\[\]\n]{{0,998}}+(?=\]:{_ADDRESS}))\]:", re.MULTILINE
)
_LINE_DEFINITION = re.compile(
    rf"\[(?P<label>\^[^\[\]]{{1,999}}|[^\^\[\]][^\[\]]{{0,998}}+(?=\]:{_ADDRESS}))\]:[ \t]*+(?P<rest>.*)"
)
_TITLE = re.compile(r"(?:\"[^\"]*\"|'[^']*'|\([^()]*\))$")
_QUOTE = re.compile(r" {0,3}> ?")
_ENTRY = re.compile(
    r"(?P<marker>[-*+]|(?P<number>\d{1,9})[.)])(?P<blank>[ \t]{1,4}(?=\S)|[ \t]|$)(?P<task>\[[ xX]\][ \t])?"
)
_FENCE = re.compile(r"(?P<fence>`{3,}(?=[^`]*$)|~{3,})")
_HEADING = re.compile(r"#{1,6}(?=[ \t]|$)[ \t]*+")
_ATTRIBUTES = re.compile(r"[ \t]*\{[#.:][^{}]{0,200}\}$")
_UNDERLINE = re.compile(r"(?:=+|-+)$")
_TABLE_RULE = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?$")
_CELL = re.compile(r"(?:[^|\\`]|\\.|`+[^`]*`+|`)+|\\", re.DOTALL)
_NOTE = 4  # columns by which the further lines of a note are indented
_ALERT = re.compile(r"\[![A-Za-z]+\][+-]?\s*$")  # what GitHub and others begin a warning with: `> [!NOTE]`
_DEPTH = 50  # quotes and lists in one another; more is an attack, and each costs a look at the line
_RAW = re.compile(r"<(?P<name>script|pre|style|textarea|template|svg)(?![\w-])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Container:
    """A block quote (`indent` 0), or a list entry or note, whose lines are indented by so many columns."""

    indent: int = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as it is written, and whether it is a cell of a table, the line of a heading, or other text."""

    written: _inline.Written
    kind: Literal["text", "cell", "line"] = "text"


@dataclass(slots=True)
class _Reader:
    """What has been read so far."""

    text: str
    found: list[Paragraph] = field(default_factory=list)
    containers: list[_Container] = field(default_factory=list)
    paragraph: list[tuple[str, int]] = field(default_factory=list)
    fence: str = ""
    until: str = ""  # what ends the comment or script that stands open
    in_table: bool = False
    awaited: str = ""  # what may still follow of a definition: "address", "title"
    in_note: bool = False
    matched: int = 0  # how many of the containers the line names; the text of others goes on in it


def paragraphs(text: str) -> list[Paragraph]:
    """The paragraphs, headings, list entries and table cells; never fails, whatever the text holds."""
    reader = _Reader(text)
    start = front_matter(text)
    for line in io.StringIO(text[start:], newline="\n"):
        _take_line(reader, line.rstrip(), start)
        start += len(line)
    _end_paragraph(reader)
    return reader.found


def labels(text: str) -> frozenset[str]:
    """The names under which addresses and footnotes are defined."""
    return frozenset(map(_inline.label, _DEFINITION.findall(text)))


def front_matter(text: str) -> int:
    """Where the front matter ends (0 when there is none)."""
    opening = _FRONT_MATTER.match(text)
    closing = _FRONT_MATTER_END.search(text, opening.end()) if opening else None
    return closing.end() if closing else 0


def _take_line(reader: _Reader, line: str, start: int) -> None:
    place, matched = _match_containers(reader.containers, line)
    if matched < len(reader.containers):
        reader.fence = reader.until = ""
    if reader.fence:
        if line[place:].strip().startswith(reader.fence) and not line[place:].strip().strip(reader.fence[0]):
            reader.fence = ""
        return
    if reader.until:
        end = line.lower().find(reader.until, place)
        if end < 0:
            return
        place, reader.until = end + len(reader.until), ""
    if not line[place:].strip():
        _end_paragraph(reader)
        if matched < len(reader.containers) and reader.containers[matched].indent == 0:
            del reader.containers[matched:]
        return
    opened = _open_containers(reader, line, place, matched)
    _take_content(reader, line[opened:], start + opened)


def _match_containers(containers: list[_Container], line: str) -> tuple[int, int]:
    """How far into the line the marks of the open containers reach, and how many of them go on."""
    place = 0
    for number, container in enumerate(containers):
        if container.indent == 0:
            quote = _QUOTE.match(line, place)
            if quote is None:
                return place, number
            place = quote.end()
        elif place < len(line):
            width, end = _indentation(line, place, container.indent)
            if width < container.indent:
                return place, number
            place = end
    return place, len(containers)


def _indentation(line: str, place: int, limit: int) -> tuple[int, int]:
    """The columns of blanks from `place` on (tabs stand every four columns), up to `limit`, and where they end."""
    width = 0
    while width < limit and place < len(line) and line[place] in " \t":
        width += 4 - width % 4 if line[place] == "\t" else 1
        place += 1
    return width, place


def _open_containers(reader: _Reader, line: str, place: int, matched: int) -> int:
    """Open the quotes and list entries that begin in the line; return where its content begins."""
    closed = matched < len(reader.containers)
    width, content = _indentation(line, place, 4)
    while matched < _DEPTH:
        if width >= 4 or _is_rule(line[content:]):
            break
        quote, entry = _QUOTE.match(line, place), _ENTRY.match(line, content)
        if quote is None and (entry is None or (reader.paragraph and not closed and not _interrupts(entry))):
            break
        _end_paragraph(reader)
        del reader.containers[matched:]
        closed = False
        if quote is not None:
            reader.containers.append(_Container())
            place = quote.end()
        elif entry is not None:
            reader.containers.append(_Container(width + len(entry["marker"]) + max(1, len(entry["blank"]))))
            place = entry.end()
        matched += 1
        width, content = _indentation(line, place, 4)
    if closed and (not reader.paragraph or _begins_block(line[content:])):
        _end_paragraph(reader)
        del reader.containers[matched:]
    reader.matched = matched
    return place


def _interrupts(entry: re.Match[str]) -> bool:
    """May this list entry follow a paragraph without a blank line? «1986. Ein Jahr» must not."""
    return entry["number"] in (None, "1") and entry.end("blank") > entry.end("marker")


def _begins_block(content: str) -> bool:
    """Does the line end a paragraph above it, even where the marks of its container are left out?"""
    return bool(_HEADING.match(content) or _FENCE.match(content) or _is_rule(content))


def _is_rule(content: str) -> bool:
    signs = content.replace(" ", "").replace("\t", "")
    return len(signs) >= 3 and signs[0] in "*-_" and not signs.strip(signs[0])


def _take_content(reader: _Reader, line: str, start: int) -> None:
    """Take what a line holds within its containers."""
    width, place = _indentation(line, 0, 4)
    if width >= 4 and not reader.paragraph:
        return
    content = line[place:].lstrip()
    start += len(line) - len(content)
    if not content:
        _end_paragraph(reader)
    elif not (
        _takes_mark(reader, content, start) or _takes_markup(reader, content) or _takes_table(reader, content, start)
    ):
        _take_prose(reader, content, start)


def _takes_mark(reader: _Reader, content: str, start: int) -> bool:
    """Headings, their underlines, rules and fences."""
    heading = _HEADING.match(content)
    if heading is not None:
        _end_paragraph(reader)
        title = _ATTRIBUTES.sub("", content[heading.end() :])
        bare = title.rstrip("#")
        title = bare.rstrip() if not bare or bare[-1] in " \t" else title
        _emit(reader, [(title, start + heading.end())], "line")
    elif (fence := _FENCE.match(content)) is not None:
        reader.fence = fence["fence"]
    elif not (_is_rule(content) or (reader.paragraph and _UNDERLINE.match(content) and not reader.in_table)):
        return False
    _end_paragraph(reader)
    return True


def _takes_markup(reader: _Reader, content: str) -> bool:
    """Comments and scripts that reach over several lines."""
    raw = _RAW.match(content)
    closing = "-->" if content.startswith("<!--") else f"</{raw['name'].lower()}>" if raw else ""
    if not closing or closing in content.lower():
        return False
    _end_paragraph(reader)
    reader.until = closing
    return True


def _takes_table(reader: _Reader, content: str, start: int) -> bool:
    if reader.in_table:
        _take_cells(reader, content, start)
        return True
    heads = reader.paragraph[-1:]
    if not heads or "|" not in content or not _TABLE_RULE.match(content) or "|" not in heads[0][0]:
        return False
    reader.paragraph.pop()
    _end_paragraph(reader)
    _take_cells(reader, *heads[0])
    reader.in_table = True
    return True


def _take_cells(reader: _Reader, content: str, start: int) -> None:
    for cell in _CELL.finditer(content):
        text = cell.group().strip()
        if text:
            offset = len(cell.group()) - len(cell.group().lstrip())
            _emit(reader, [(text, start + cell.start() + offset)], "cell")


def _take_prose(reader: _Reader, content: str, start: int) -> None:
    definition = _definition(reader, content)
    if definition is not None:
        _end_paragraph(reader)
    if definition is not None and definition["label"].startswith("^"):
        reader.in_note = True
        del reader.containers[reader.matched :]
        reader.containers.append(_Container(_NOTE))
        content, start = definition["rest"], start + definition.start("rest")
    elif definition is not None:
        reader.awaited = "title" if definition["rest"].strip() else "address"
        return
    elif reader.awaited == "address" and not reader.paragraph and " " not in content:
        reader.awaited = "title"
        return
    elif not reader.paragraph and ((reader.awaited and _TITLE.match(content)) or _ALERT.match(content)):
        return
    reader.awaited = ""
    if content:
        reader.paragraph.append((content, start))


def _definition(reader: _Reader, content: str) -> re.Match[str] | None:
    """A definition that begins here; it ends the note above it, that of a note any paragraph."""
    found = _LINE_DEFINITION.match(content)
    is_open = bool(reader.paragraph) and not reader.in_note
    return None if found is None or (is_open and not found["label"].startswith("^")) else found


def _end_paragraph(reader: _Reader) -> None:
    if reader.paragraph:
        _emit(reader, reader.paragraph)
        reader.paragraph = []
    reader.in_table = reader.in_note = False
    reader.awaited = ""


def _emit(reader: _Reader, lines: list[tuple[str, int]], kind: Literal["text", "cell", "line"] = "text") -> None:
    starts, ends = array("I"), array("I")
    soft: set[int] = set()
    for number, (line, start) in enumerate(lines):
        if number:
            # Two blanks end a line; after a hyphen a word may go on.
            if not reader.text.startswith("  ", ends[-1]) and reader.text[ends[-1] - 1] not in "-\u2010":
                soft.add(len(starts))
            starts.append(ends[-1])
            ends.append(start)
        starts.extend(range(start, start + len(line)))
        ends.extend(range(start + 1, start + len(line) + 1))
    written = _inline.Written("\n".join(line for line, _start in lines), starts, ends, frozenset(soft))
    reader.found.append(Paragraph(written, kind))
