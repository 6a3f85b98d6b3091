"""The messages of a PO file, and where each of their strings is written."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tolmach.errors import TolmachError
from tolmach.messages import _
from tolmach.text.formats._prose import Block
from tolmach.text.model import Passage

_STATEMENT = re.compile(
    r"""(?P<keyword>msgctxt|msgid_plural|msgid|msgstr(?:\[(?P<form>\d{1,3})\])?)?\s*
        (?P<strings>(?:"(?:[^"\\]|\\.)*"\s*)+)""",
    re.VERBOSE,
)
_KEYWORDS = ("", "msgctxt", "msgid", "msgid_plural", "msgstr")
_KEYWORD = re.compile(r"^[a-z_]+")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ESCAPE = re.compile(r"((?:\\(?:[0-7]{1,3}|x[0-9A-Fa-f]{1,2}))+)|\\(.)")
_ESCAPED_BYTE = re.compile(r"\\(?:([0-7]{1,3})|x([0-9A-Fa-f]{1,2}))")
_SIGNS = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v", '"': '"', "\\": "\\"}
_NO_TEXT = re.compile("[\\x00-\\x1f\\x7f\\x85\u2028\u2029]")
_ESCAPED_SIGNS = {sign: f"\\{letter}" for letter, sign in _SIGNS.items()}


class _SyntaxError(Exception):
    """What is wrong with a line."""


@dataclass(slots=True)
class Strings:
    """The strings of a keyword, which are one text: what they say, where they are written, and their first line."""

    line: int
    texts: list[str] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)

    def text(self) -> str:
        """What is read."""
        return "".join(self.texts)


@dataclass(slots=True)
class Entry:
    """One message while it is read; `fields` by keyword, `msgstr[N]` by its number."""

    flags: set[str] = field(default_factory=set)
    comments: list[str] = field(default_factory=list)  # the extracted ones, with their sign
    fields: dict[str, Strings] = field(default_factory=dict)
    forms: dict[int, Strings] = field(default_factory=dict)
    begins: int = 0
    end: int = 0
    open: Strings | None = None  # what a bare string continues
    seen: set[str] = field(default_factory=set)  # its keywords, those on malformed lines, too
    spoilt: bool = False

    def text(self, keyword: str) -> str | None:
        """What the strings of a keyword say; None where it is missing."""
        return self.fields[keyword].text() if keyword in self.fields else None

    @property
    def is_header(self) -> bool:
        """Is this the message that describes the file?"""
        return self.text("msgid") == "" and "msgctxt" not in self.fields

    def source(self, form: int) -> Strings:
        """What the translation number `form` translates."""
        # The first form translates the singular, unless the language has one form for all numbers.
        plural = "msgid_plural" in self.fields and (form > 0 or len(self.forms) == 1)
        return self.fields["msgid_plural" if plural else "msgid"]


def entries(text: str, charset: str, path: str, problems: list[TolmachError]) -> Iterator[Entry]:
    """The messages of the file `path`; what is wrong with it is added to `problems`."""
    entry, end = Entry(), 0
    for number, line in enumerate(io.StringIO(text, newline="\n"), 1):
        end += len(line)
        statement = line.strip()
        if not statement or statement.startswith("#~"):
            continue
        if _begins_next(entry, statement):
            yield from _finished(entry, path, problems)
            entry = Entry()
        try:
            _take(entry, statement, end - len(line) + line.index(statement), number, charset)
        except _SyntaxError as error:
            if not entry.spoilt:  # what follows in the same message is often a consequence
                problems.append(TolmachError(str(error), path=path, line=number, hint=_("msgfmt -c FILE explains it")))
            entry.spoilt = True
        entry.end = end
    yield from _finished(entry, path, problems)


def _begins_next(entry: Entry, statement: str) -> bool:
    if statement.startswith("#"):
        return "msgstr" in entry.seen
    return statement.startswith(("msgctxt", "msgid")) and "_plural" not in statement[:12] and "msgid" in entry.seen


def _finished(entry: Entry, path: str, problems: list[TolmachError]) -> Iterator[Entry]:
    if entry.forms:
        yield entry
    elif entry.fields and not entry.spoilt:
        problems.append(
            TolmachError(_("a message without msgstr"), path=path, line=entry.begins, hint=_('add: msgstr ""'))
        )


def _take(entry: Entry, statement: str, place: int, number: int, charset: str) -> None:
    """Add a line to the entry, which begins at `place`; raises _SyntaxError."""
    if statement.startswith("#"):
        if statement.startswith("#,"):
            entry.flags.update(flag.strip() for flag in statement[2:].split(","))
        elif statement.startswith("#."):
            entry.comments.append(statement)
        return
    entry.seen.update(_KEYWORD.findall(statement))
    found = _STATEMENT.fullmatch(statement)
    if found is None:
        raise _SyntaxError(_complaint(statement))
    if found["keyword"]:
        _open_field(entry, found["keyword"], found["form"], number)
    if entry.open is None:
        raise _SyntaxError(_("a string that belongs to no message"))
    for string in _STRING.finditer(statement, found.start("strings")):
        entry.open.texts.append(unescape(string[1], charset))
        entry.open.places.append((place + string.start(1), place + string.end(1)))


def _complaint(statement: str) -> str:
    word = statement.partition(" ")[0].partition('"')[0]
    if word.partition("[")[0] not in _KEYWORDS:
        return _("unknown keyword: {word}").format(word=word[:40])
    if _STRING.search(statement):
        return _('something outside the quotation marks (one inside must be written \\")')
    return _("a string without its closing quotation mark")


def _open_field(entry: Entry, keyword: str, form: str | None, number: int) -> None:
    entry.begins = entry.begins or number
    if keyword.startswith("msgstr"):
        place = int(form or 0)
        if "msgid" not in entry.fields:
            raise _SyntaxError(_("msgstr without msgid"))
        if (form is None) == ("msgid_plural" in entry.fields):
            raise _SyntaxError(_("msgstr[N] and msgid_plural belong together"))
        if place in entry.forms:
            raise _SyntaxError(_("a second {keyword} for one message").format(keyword=keyword))
        entry.open = entry.forms.setdefault(place, Strings(number))
        return
    if keyword == "msgid_plural" and "msgid" not in entry.fields:
        raise _SyntaxError(_("msgid_plural without msgid"))
    if keyword in entry.fields:
        raise _SyntaxError(_("a second {keyword} for one message").format(keyword=keyword))
    entry.open = entry.fields.setdefault(keyword, Strings(number))


def unescape(string: str, charset: str) -> str:
    """What a string says; raises _SyntaxError for an unknown escape."""
    if "\\" not in string:
        return string

    def sign(found: re.Match[str]) -> str:
        if found[1] is None:
            if found[2] not in _SIGNS:
                raise _SyntaxError(_("unknown escape: \\{sign}").format(sign=found[2]))
            return _SIGNS[found[2]]
        numbers = (
            int(octal, 8) if octal else int(hexadecimal, 16) for octal, hexadecimal in _ESCAPED_BYTE.findall(found[1])
        )
        try:
            return bytes(numbers).decode(charset)
        except ValueError:
            raise _SyntaxError(_("not a character: {escape}").format(escape=found[1])) from None

    return _ESCAPE.sub(sign, string)


def written(strings: Strings, text: str, charset: str) -> Passage:
    """What the strings say, with where each code point of it is written in the `text` of the file."""
    block = Block()
    for start, end in strings.places:
        for found in _ESCAPE.finditer(text, start, end):
            block.add(text[start : found.start()], start)
            block.add_written(unescape(found.group(), charset), *found.span())
            start = found.end()
        block.add(text[start:end], start)
    return Passage(block.text(), "", strings.places[0][0], block.starts, block.ends)


def escaped(text: str, _place: int) -> str | None:
    """The text as it stands in a string; None for what no string can hold."""
    string = "".join(_ESCAPED_SIGNS.get(sign, sign) for sign in text)
    return None if _NO_TEXT.search(string) else string
