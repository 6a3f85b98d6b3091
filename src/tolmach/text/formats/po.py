"""PO, the translation format of gettext."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath

from tolmach.errors import TolmachError, raise_all
from tolmach.messages import _
from tolmach.text import detect
from tolmach.text.decode import Decoded, decoded, refuse_empty
from tolmach.text.exchange import Aligned, Notes, Returned
from tolmach.text.formats import Edit, Format, Source, _blocks, _po
from tolmach.text.model import Document, Passage, Unit

_CHARSET = re.compile(rb"Content-Type:[^\"\n]*(?:\"\s*\")?[^\"\n]*charset=([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_GUESSED_FROM = 50  # entries
_PLACES_OF_CODES = 2  # folders above the file: en/x.po, en/LC_MESSAGES/x.po


def read(source: Source) -> Iterator[Document]:
    """The messages as units, one per plural form; obsolete ones are passed over, `fuzzy` ones are drafts.

    The id of a unit is its context, else its number (from 1), with the number of the plural form in brackets.
    Languages come from the header (`Language`, `X-Source-Language`), else from the caller, the folder (`en/x.po`) or
    the name (`x.en.po`), else they are guessed. Raises TolmachError with all malformed lines.
    """
    po = _decode(source)
    entries = _entries(source, po)
    header = _header(entries)
    entries = [entry for entry in entries if not entry.is_header]
    languages = _languages(source, header, entries)
    yield from _blocks.of_units(source, po.text, "po", _units(entries, languages))


def rewrite(source: Source, edits: Sequence[Edit]) -> tuple[bytes, tuple[Edit, ...]]:
    """The file with the edits made, and those that could not be; its lines stay wrapped as they are."""
    from tolmach.text.formats import _edits

    po = _decode(source)
    messages = (entry for entry in _entries(source, po) if not entry.is_header)
    units = [(entry, form) for entry in messages for form in sorted(entry.forms)]
    changes: list[_edits.Change | None] = []
    for edit in edits:
        number, side = edit.entry or (-1, "target")
        if not 0 <= number < len(units):
            changes.append(None)
            continue
        entry, form = units[number]
        strings = entry.source(form) if side == "source" else entry.forms[form]
        passage = _po.written(strings, po.text, _charset_of_escapes(po))
        changes.append(_edits.change_side(passage, edit, _po.escaped, across=True))
    return _edits.write(source.content, po, edits, changes)


def _entries(source: Source, po: Decoded) -> list[_po.Entry]:
    problems: list[TolmachError] = []
    entries = list(_po.entries(po.text, _charset_of_escapes(po), source.path, problems))
    raise_all(problems)
    return entries


def _charset_of_escapes(po: Decoded) -> str:
    return "utf-8" if po.encoding.startswith("utf") else po.encoding


def _decode(source: Source) -> Decoded:
    found = _CHARSET.search(source.content[:65_536])
    charset = found[1].decode("ascii") if found else "utf-8"
    if charset.upper() == "CHARSET":
        charset = "utf-8"
    try:
        name = codecs.lookup(charset).name
        if name in ("utf-8", "ascii") or source.content.startswith(
            (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
        ):
            return decoded(
                source.content, source.path, guess=found is None, configured="" if found else source.encoding
            )
        text = source.content.decode(name)
    except (LookupError, ValueError):
        raise TolmachError(
            _("the content is not in the encoding its header names: {charset}").format(charset=charset),
            path=source.path,
            hint=_("correct charset in the header, or convert the file: msgconv -t UTF-8"),
        ) from None
    refuse_empty(text, source.path)
    return Decoded(text, name)


def _header(entries: list[_po.Entry]) -> dict[str, str]:
    header = next((entry.forms[0].text() for entry in entries if entry.is_header and 0 in entry.forms), "")
    pairs = (line.partition(":") for line in header.split("\n"))
    return {name.strip().lower(): value.strip() for name, _colon, value in pairs}


def _languages(source: Source, header: dict[str, str], entries: list[_po.Entry]) -> tuple[str, str]:
    sample = entries[:_GUESSED_FROM]
    return (
        _tag(header.get("x-source-language", ""))
        or source.source_language
        or _guess(entry.text("msgid") or "" for entry in sample),
        _tag(header.get("language", ""))
        or source.language
        or _from_place(source.path)
        or _guess(entry.forms[number].text() for entry in sample for number in entry.forms),
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


def _units(entries: list[_po.Entry], languages: tuple[str, str]) -> Iterator[tuple[Unit, int]]:
    index = 0
    for number, entry in enumerate(entries, 1):
        context = entry.text("msgctxt")
        for form in sorted(entry.forms):
            name = str(number) if context is None else context
            unit_id = name if "msgid_plural" not in entry.fields else f"{name}[{form}]"
            yield _unit(index, unit_id, entry, form, languages), entry.end
            index += 1


def _unit(index: int, unit_id: str, entry: _po.Entry, form: int, languages: tuple[str, str]) -> Unit:
    target = entry.forms[form].text()
    return Unit(
        index,
        unit_id,
        Passage(entry.source(form).text(), languages[0]),
        Passage(target, languages[1]),
        entry.forms[form].line,
        "untranslated" if not target else "draft" if "fuzzy" in entry.flags else "reviewed",
    )


def write(units: Iterable[Aligned], languages: Sequence[str], notes: Notes) -> Iterator[bytes]:
    """The units as a file of this format, piece by piece."""
    from tolmach.text.formats import _po_exchange

    return _po_exchange.write(units, languages, notes)


def back(source: Source) -> Returned:
    """The units of a file of this format that this program wrote and others have worked on."""
    from tolmach.text.formats import _po_exchange

    entries = _entries(source, _decode(source))
    return _po_exchange.back(_header(entries), (entry for entry in entries if not entry.is_header))


FORMAT = Format((".po", ".pot"), read, bilingual=True, rewrite=rewrite, write=write, back=back)
