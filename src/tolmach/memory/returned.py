"""Translations that come back from other programs, brought into the PO file of their document.

Each sentence is judged by its id, its source text and the checksum of the translation that was handed out, so that
nothing lands beside another sentence and nothing newer is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from tolmach.errors import TolmachError
from tolmach.files import locked, write_atomic
from tolmach.memory import po
from tolmach.memory.merge import merged, same_languages
from tolmach.memory.model import Row
from tolmach.messages import _
from tolmach.text.exchange import Aligned, legal
from tolmach.text.exchange import base as _base
from tolmach.text.identity import checksum, fold

if TYPE_CHECKING:
    import polib

_LOST = re.compile(r"\?{2,}")
_NOTHING = checksum("")
_TOGETHER = re.compile("([\u00a0\u2007\u202f])")
Kind = Literal[
    "changed", "confirmed", "same", "older", "doubted", "emptied", "deleted", "repeated",
    "conflict", "weaker", "duplicate", "unknown", "altered", "moved", "shifted", "garbled",
]  # fmt: skip
TAKEN: tuple[Kind, ...] = ("changed", "confirmed")
REFUSED: tuple[Kind, ...] = ("conflict", "weaker", "duplicate", "unknown", "altered", "moved", "shifted", "garbled")
SPOILING: tuple[Kind, ...] = ("moved", "shifted", "garbled")
"""Where a row stands beside another sentence, or has lost letters, others may, too: nothing of such a file is taken."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to become of a row that came back.

    Taken: `changed` text, `confirmed` draft. Left as it is: the `same`, an `older` translation than the house has, a
    reviewed one that is marked as a draft now (`doubted`), an `emptied` one, a sentence `deleted` from the file, a row
    `repeated` word by word. Refused: a `conflict` (both sides have changed), a draft in place of what is reviewed
    (`weaker`), rows with one id that contradict each other (`duplicate`), an `unknown` id, an `altered` source text,
    the translation (`moved`) or the source (`shifted`) of another sentence, a translation with question marks for
    letters (`garbled`: saved in an encoding without them).
    `house` is the translation that the house has, `reviewed` whether a person stands for the one that came back.
    """

    kind: Kind
    unit: Aligned
    house: str = ""
    text: str = ""
    reviewed: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A document that translations come back for.

    `rows` are its sentences and `text` is the name of its file; without them the PO file at `path` says what they are.
    """

    path: Path
    source: str
    target: str
    text: str = ""
    rows: tuple[Row, ...] = field(default=(), repr=False)


def bring_back(document: Document, units: Sequence[Aligned], *, write: bool) -> list[Verdict]:
    """Judge what came back of the document and, if it is to be written, take what can be taken.

    Nothing is written when nothing is taken, or when rows are `moved`, `shifted` or `garbled`. Raises TolmachError for
    a malformed PO file, one that is translated from another language, and where there is neither the text nor such a
    file.
    """
    if not write:
        return list(judge(_sentences(_opened(document)), units, document))
    with locked(document.path.parent):
        file = _opened(document)
        sentences = _sentences(file)
        verdicts = list(judge(sentences, units, document))
        taken = [verdict for verdict in verdicts if verdict.kind in TAKEN]
        if taken and not any(verdict.kind in SPOILING for verdict in verdicts):
            for verdict in taken:
                _take(sentences[verdict.unit.id], verdict)
            write_atomic(document.path, po.render(file))
    return verdicts


def _opened(document: Document) -> polib.POFile:
    old = po.read(document.path) if document.path.exists() else None
    if old is not None:
        same_languages(old, document.path, document.source)
    if document.rows:
        return merged(old, po.new_file(document.source, document.target), document.text, document.rows)
    if old is None:
        raise TolmachError(
            _("neither the text nor a translation of it is there"),
            path=document.path,
            hint=_("name the text with --text"),
        )
    return old


def _sentences(file: polib.POFile) -> dict[str, polib.POEntry]:
    return {entry.msgctxt: entry for entry in file if entry.msgctxt and not entry.obsolete}


def _take(entry: polib.POEntry, verdict: Verdict) -> None:
    entry.msgstr = on_one_line(verdict.text)
    if verdict.reviewed:
        po.set_reviewed(entry)
    elif not entry.fuzzy:
        entry.flags.append("fuzzy")


def on_one_line(text: str) -> str:
    r"""The translation as a PO file gets it: folded, but blanks that keep words together stay.

    U+0000, which ends a text there, is U+FFFD.

    >>> on_one_line("5\u00a0%  of\nall")
    '5\xa0% of all'
    """
    parts = _TOGETHER.split(text.replace("\0", "\ufffd"))
    return "".join(part if place % 2 else fold(part) for place, part in enumerate(parts)).strip()


def judge(sentences: Mapping[str, polib.POEntry], units: Sequence[Aligned], document: Document) -> Iterator[Verdict]:
    """What is to become of each row, in their order, and of the sentences that have none."""
    said: dict[str, set[tuple[str | None, ...]]] = {}
    for unit in units:
        said.setdefault(unit.id, set()).add(_said(unit, document))
    met: set[str] = set()
    strangers = _Strangers(sentences, units, document)
    for unit in units:
        if unit.id not in sentences:
            yield Verdict("unknown", unit, text=unit.texts.get(document.target, ""))
        elif len(said[unit.id]) > 1:
            yield Verdict("duplicate", unit, sentences[unit.id].msgstr, unit.texts.get(document.target, ""))
        elif unit.id in met:
            yield Verdict("repeated", unit)
        else:
            met.add(unit.id)
            yield strangers.verdict(unit) or _verdict(sentences[unit.id], unit, document)
    for name, entry in sentences.items():
        if name not in said:
            yield Verdict("deleted", Aligned(name, {document.source: entry.msgid}), entry.msgstr)


def _said(unit: Aligned, document: Document) -> tuple[str | None, ...]:
    texts = (_plain(unit.texts.get(code, "")) for code in (document.source, document.target))
    return (*texts, unit.states.get(document.target))


def _plain(text: str) -> str:
    """The text as it can be compared with one that was in a file of another format."""
    return fold(legal(text))


def _verdict(entry: polib.POEntry, unit: Aligned, document: Document) -> Verdict:
    """The verdict on a row that stands beside its own sentence."""
    text, state = unit.texts.get(document.target, ""), unit.states.get(document.target)
    stands = bool(entry.msgstr) and not entry.fuzzy
    reviewed = stands if state is None else state == "reviewed"
    return Verdict(_kind(entry, unit, document, stands=stands, reviewed=reviewed), unit, entry.msgstr, text, reviewed)


def _kind(entry: polib.POEntry, unit: Aligned, document: Document, *, stands: bool, reviewed: bool) -> Kind:
    """What the row is, where a person stands for the house's translation, and for the one that came back, or not."""
    house, text = _plain(entry.msgstr), _plain(unit.texts.get(document.target, ""))
    base = unit.bases.get(document.target, "")
    # as it was handed out, and nobody has confirmed or doubted it
    as_given = base[1:] == checksum(text) and reviewed == base.startswith("r")
    if text == house:
        return _of_the_same(text, base, stands=stands, reviewed=reviewed)
    if not text:
        return "emptied"
    if _is_garbled(entry.msgid, house, text):
        return "garbled"
    if not house:
        return "changed"
    if po.is_ours(entry):
        # what a person has done comes before what a machine has, however new that is
        return "older" if as_given else "changed"
    if base[1:] == checksum(text):
        return "older"
    # confirming a draft is work, too
    if base not in (_base(house, reviewed=True), _base(house, reviewed=stands)):
        return "conflict"
    return "weaker" if stands and not reviewed else "changed"


def _is_garbled(source: str, house: str, text: str) -> bool:
    """Does the text have question marks in the places of letters of the house, or for all letters?"""
    if len(_LOST.findall(text)) > 1 and not _has_letters(text) and _has_letters(source):
        return True
    changed = [(own, other) for own, other in zip(house, text, strict=False) if own != other]
    lost = all(other == "?" and own.isalpha() and not own.isascii() for own, other in changed)
    return len(house) == len(text) and bool(changed) and lost


def _has_letters(text: str) -> bool:
    return any(map(str.isalpha, text))


def _of_the_same(text: str, base: str, *, stands: bool, reviewed: bool) -> Kind:
    """The verdict on the translation that the house has: only what was done in the file itself counts."""
    given_reviewed = base.startswith("r") and base[1:] == checksum(text)
    if not text or reviewed == stands:
        return "same"
    if reviewed:
        return "older" if given_reviewed else "confirmed"
    return "doubted" if given_reviewed else "same"


class _Strangers:
    """Finds rows that have the source or the translation of another sentence."""

    def __init__(self, sentences: Mapping[str, polib.POEntry], units: Sequence[Aligned], document: Document) -> None:
        self._document = document
        self._sources = {name: _plain(entry.msgid) for name, entry in sentences.items()}
        self._known = set(self._sources.values())
        self._houses = {name: checksum(legal(entry.msgstr)) for name, entry in sentences.items() if entry.msgstr}
        self._owners: dict[str, set[str]] = {}
        for name, house in self._houses.items():
            self._owners.setdefault(house, set()).add(self._sources[name])
        self._left: dict[str, set[str]] = {}
        kept = set()
        for unit in units:
            base = self._base(unit)
            if not base or unit.id not in self._sources:
                continue
            if self._returned(unit) == base:
                kept.add(base)
            else:
                # its translation has gone, and may stand elsewhere
                self._left.setdefault(base, set()).add(self._sources[unit.id])
        for base in kept:
            # still where it was, so whoever has the same has not got it from a wrong row
            self._left.pop(base, None)

    def verdict(self, unit: Aligned) -> Verdict | None:
        """The verdict on a row with something of another sentence; None where all is its own."""
        text = unit.texts.get(self._document.target, "")
        source = _plain(unit.texts.get(self._document.source, ""))
        if source != self._sources[unit.id]:
            return Verdict("shifted" if source in self._known else "altered", unit, text=text)
        returned = self._returned(unit)
        elsewhere = self._left.get(returned, set()) - {source}
        if text.strip() and elsewhere and returned not in (self._base(unit), self._houses.get(unit.id)):
            return Verdict("moved", unit, text=text)
        if text.strip() and self._is_given_for_another(unit):
            return Verdict("moved", unit, text=text)
        return None

    def _is_given_for_another(self, unit: Aligned) -> bool:
        """Has a sentence without a translation got the cells of another one, checksum and all?"""
        base = self._base(unit)
        if base is None or unit.id in self._houses:
            return False
        owners = self._owners.get(base, set())
        return bool(owners) and self._sources[unit.id] not in owners

    def _returned(self, unit: Aligned) -> str:
        return checksum(legal(unit.texts.get(self._document.target, "")))

    def _base(self, unit: Aligned) -> str | None:
        base = unit.bases.get(self._document.target, "")[1:] or self._houses.get(unit.id)
        return None if base == _NOTHING else base
