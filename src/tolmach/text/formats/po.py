"""PO, the translation format of gettext."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePath

from tolmach.errors import TolmachError, raise_all
from tolmach.messages import _
from tolmach.text import detect
from tolmach.text.decode import decode, refuse_empty
from tolmach.text.formats import Format, Source, _blocks
from tolmach.text.model import Document, Passage, Unit

_CHARSET = re.compile(rb"Content-Type:[^\"\n]*(?:\"\s*\")?[^\"\n]*charset=([A-Za-z0-9_.:-]+)", re.IGNORECASE)
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
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_GUESSED_FROM = 50  # entries
_PLACES_OF_CODES = 2  # folders above the file: en/x.po, en/LC_MESSAGES/x.po


class _SyntaxError(Exception):
    """What is wrong with a line."""


@dataclass(slots=True)
class _Entry:
    """One message while it is read; `fields` by keyword, `msgstr[N]` by its number."""

    flags: set[str] = field(default_factory=set)
    fields: dict[str, list[str]] = field(default_factory=dict)
    forms: dict[int, list[str]] = field(default_factory=dict)
    begins: int = 0
    line: int = 0
    form_lines: dict[int, int] = field(default_factory=dict)
    end: int = 0
    open: list[str] | None = None  # what a bare string continues
    seen: set[str] = field(default_factory=set)  # its keywords, those on malformed lines, too
    spoilt: bool = False

    def text(self, keyword: str) -> str | None:
        return "".join(self.fields[keyword]) if keyword in self.fields else None

    def form(self, number: int) -> str:
        return "".join(self.forms[number])

    @property
    def is_header(self) -> bool:
        return self.text("msgid") == "" and "msgctxt" not in self.fields


def read(source: Source) -> Iterator[Document]:
    """The messages as units, one per plural form; obsolete ones are passed over, `fuzzy` ones are drafts.

    The id of a unit is its context, else its number (from 1), with the number of the plural form in brackets.
    Languages come from the header (`Language`, `X-Source-Language`), else from the caller, the folder (`en/x.po`) or
    the name (`x.en.po`), else they are guessed. Raises TolmachError with all malformed lines.
    """
    text, charset = _decode(source)
    problems: list[TolmachError] = []
    entries = list(_entries(text, charset, source.path, problems))
    raise_all(problems)
    header = _header(entries)
    entries = [entry for entry in entries if not entry.is_header]
    languages = _languages(source, header, entries)
    yield from _blocks.of_units(source, text, "po", _units(entries, languages))


def _decode(source: Source) -> tuple[str, str]:
    found = _CHARSET.search(source.content[:65_536])
    charset = found[1].decode("ascii") if found else "utf-8"
    if charset.upper() == "CHARSET":
        charset = "utf-8"
    try:
        name = codecs.lookup(charset).name
        if name in ("utf-8", "ascii") or source.content.startswith(
            (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
        ):
            return decode(source.content, source.path), "utf-8"
        text = source.content.decode(name)
    except (LookupError, ValueError):
        raise TolmachError(
            _("the content is not in the encoding its header names: {charset}").format(charset=charset),
            path=source.path,
            hint=_("correct charset in the header, or convert the file: msgconv -t UTF-8"),
        ) from None
    refuse_empty(text, source.path)
    return text, name


def _entries(text: str, charset: str, path: str, problems: list[TolmachError]) -> Iterator[_Entry]:
    entry, end = _Entry(), 0
    for number, line in enumerate(io.StringIO(text, newline="\n"), 1):
        end += len(line)
        statement = line.strip()
        if not statement or statement.startswith("#~"):
            continue
        if _begins_next(entry, statement):
            yield from _finished(entry, path, problems)
            entry = _Entry()
        try:
            _take(entry, statement, number, charset)
        except _SyntaxError as error:
            if not entry.spoilt:  # what follows in the same message is often a consequence
                problems.append(TolmachError(str(error), path=path, line=number, hint=_("msgfmt -c FILE explains it")))
            entry.spoilt = True
        entry.end = end
    yield from _finished(entry, path, problems)


def _begins_next(entry: _Entry, statement: str) -> bool:
    if statement.startswith("#"):
        return "msgstr" in entry.seen
    return statement.startswith(("msgctxt", "msgid")) and "_plural" not in statement[:12] and "msgid" in entry.seen


def _finished(entry: _Entry, path: str, problems: list[TolmachError]) -> Iterator[_Entry]:
    if entry.forms:
        yield entry
    elif entry.fields and not entry.spoilt:
        problems.append(
            TolmachError(_("a message without msgstr"), path=path, line=entry.begins, hint=_('add: msgstr ""'))
        )


def _take(entry: _Entry, statement: str, number: int, charset: str) -> None:
    """Add a line to the entry; raises _SyntaxError."""
    if statement.startswith("#"):
        if statement.startswith("#,"):
            entry.flags.update(flag.strip() for flag in statement[2:].split(","))
        return
    entry.seen.update(_KEYWORD.findall(statement))
    found = _STATEMENT.fullmatch(statement)
    if found is None:
        raise _SyntaxError(_complaint(statement))
    if found["keyword"]:
        _open_field(entry, found["keyword"], found["form"], number)
    if entry.open is None:
        raise _SyntaxError(_("a string that belongs to no message"))
    entry.open.extend(_unescape(string, charset) for string in _STRING.findall(found["strings"]))


def _complaint(statement: str) -> str:
    word = statement.partition(" ")[0].partition('"')[0]
    if word.partition("[")[0] not in _KEYWORDS:
        return _("unknown keyword: {word}").format(word=word[:40])
    if _STRING.search(statement):
        return _('something outside the quotation marks (one inside must be written \\")')
    return _("a string without its closing quotation mark")


def _open_field(entry: _Entry, keyword: str, form: str | None, number: int) -> None:
    entry.begins = entry.begins or number
    if keyword.startswith("msgstr"):
        place = int(form or 0)
        if "msgid" not in entry.fields:
            raise _SyntaxError(_("msgstr without msgid"))
        if (form is None) == ("msgid_plural" in entry.fields):
            raise _SyntaxError(_("msgstr[N] and msgid_plural belong together"))
        if place in entry.forms:
            raise _SyntaxError(_("a second {keyword} for one message").format(keyword=keyword))
        entry.form_lines[place] = number
        entry.open = entry.forms.setdefault(place, [])
        return
    if keyword == "msgid_plural" and "msgid" not in entry.fields:
        raise _SyntaxError(_("msgid_plural without msgid"))
    if keyword in entry.fields:
        raise _SyntaxError(_("a second {keyword} for one message").format(keyword=keyword))
    entry.open = entry.fields.setdefault(keyword, [])


def _unescape(string: str, charset: str) -> str:
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


def _header(entries: list[_Entry]) -> dict[str, str]:
    header = next((entry.form(0) for entry in entries if entry.is_header and 0 in entry.forms), "")
    pairs = (line.partition(":") for line in header.split("\n"))
    return {name.strip().lower(): value.strip() for name, _colon, value in pairs}


def _languages(source: Source, header: dict[str, str], entries: list[_Entry]) -> tuple[str, str]:
    sample = entries[:_GUESSED_FROM]
    return (
        _tag(header.get("x-source-language", ""))
        or source.source_language
        or _guess(entry.text("msgid") or "" for entry in sample),
        _tag(header.get("language", ""))
        or source.language
        or _from_place(source.path)
        or _guess(entry.form(number) for entry in sample for number in entry.forms),
    )


def _tag(value: str) -> str:
    """A locale such as `de_CH.UTF-8` as a language tag: `de-CH`."""
    tag = re.split("[.@]", value)[0].strip().replace("_", "-")
    return tag if _LANGUAGE_TAG.fullmatch(tag) else ""


def _from_place(path: str) -> str:
    place = PurePath(path.replace("\\", "/"))
    folders = [parent.name.replace("_", "-") for parent in list(place.parents)[:_PLACES_OF_CODES]]
    return next((name for name in folders if detect.is_code(name)), "") or detect.from_name(path) or ""


def _guess(texts: Iterable[str]) -> str:
    return detect.guess(" ".join(texts))


def _units(entries: list[_Entry], languages: tuple[str, str]) -> Iterator[tuple[Unit, int]]:
    index = 0
    for number, entry in enumerate(entries, 1):
        context = entry.text("msgctxt")
        for form in sorted(entry.forms):
            name = str(number) if context is None else context
            unit_id = name if "msgid_plural" not in entry.fields else f"{name}[{form}]"
            yield _unit(index, unit_id, entry, form, languages), entry.end
            index += 1


def _unit(index: int, unit_id: str, entry: _Entry, form: int, languages: tuple[str, str]) -> Unit:
    # The first form translates the singular, unless the language has one form for all numbers.
    singular = form == 0 and (len(entry.forms) > 1 or "msgid_plural" not in entry.fields)
    source = entry.text("msgid" if singular else "msgid_plural") or ""
    target = entry.form(form)
    return Unit(
        index,
        unit_id,
        Passage(source, languages[0]),
        Passage(target, languages[1]),
        entry.form_lines[form],
        "untranslated" if not target else "draft" if "fuzzy" in entry.flags else "reviewed",
    )


FORMAT = Format((".po", ".pot"), read, bilingual=True)
