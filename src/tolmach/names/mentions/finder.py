"""Reads the runs of capital words of one language: which of them are names, of what kind, and in what base form.

Most words need no decision: the runs of capital words are read once each, what is in doubt there is weighed where it
stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tolmach.names.mentions import long
from tolmach.names.mentions.capitals import CapitalReader
from tolmach.names.mentions.evidence import Judge
from tolmach.names.mentions.foreign import family_of
from tolmach.names.mentions.lists import ACRONYM, CITY, FOREIGN, NAME, ORDINARY
from tolmach.names.mentions.runs import Reader, is_long_head
from tolmach.names.mentions.tokens import DOUBT, LONG, RUN, Piece, starters, stem
from tolmach.names.mentions.words import Words

if TYPE_CHECKING:
    from tolmach.names.mentions.find import Corpus

_MANY = 300_000  # runs, words, pairs remembered
_LONGEST = 200  # letters of a run that is worth remembering
_NARROW, _WIDE = 45, 130  # letters in the lines of a wrapped text
_JOINT = 7  # letters between names that are joined
_BLANK = (" ", "\n")
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as it stands in a text; all offsets are code points of the text that was given.

    `start:end` is the name with its ending but without a compound's tail, `outer_start:outer_end` the printed word;
    `base` is the form a dictionary has, `kind` person, place, organisation, term or other, `office` a title that
    stands before it. An acronym beside its long form has it as `long_form`, and the other way round.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    text: str
    base: str
    kind: str
    office: str = ""
    long_form: str = ""


def runs(text: str) -> Iterator[tuple[str, int]]:
    """The runs of capital words of a text and where they begin; one goes on in the next line of a wrapped text only."""
    for match in RUN.finditer(text):
        run = match[0]
        if "\n" not in run:
            yield run, match.start()
            continue
        start = match.start()
        for part in _broken(text, start, run):
            yield part, start
            start += len(part) + 1


def _broken(text: str, start: int, run: str) -> Iterator[str]:
    """The parts of a run that break off at the end of a short or very long line: a heading, a line of its own."""
    first = 0
    for place, sign in enumerate(run):
        if sign == "\n":
            at = start + place
            if not _NARROW <= at - (text.rfind("\n", 0, at) + 1) <= _WIDE:
                yield run[first:place]
                first = place + 1
    yield run[first:]


class Finder:
    """Finds the mentions of one language with the evidence of one corpus."""

    def __init__(self, language: str, corpus: Corpus) -> None:
        self.language = language
        self._corpus = corpus
        self._words = Words(language)
        self.judge = Judge(language, self._words, corpus)
        reader = Reader if language == "de" else CapitalReader
        self._asked: list[str] = []
        self._early = reader(self._words, self._note)
        self._reader = reader(self._words, self.judge.is_kin)
        self._first: dict[str, tuple[tuple[Piece, ...], tuple[str, ...]]] = {}
        self._pieces: dict[str, tuple[Piece, ...]] = {}
        self._bases: dict[tuple[str, str], str] = {}
        self._openers: dict[str, bool] = {}
        self._size = 0

    def _note(self, word: str) -> bool:
        """Of nobody is known yet whether he is kin; whoever is asked for may be so after the first pass."""
        self._asked.append(word)
        return False

    def full_names(self, text: str) -> Iterator[str]:
        """The persons with full names in a text as printed, as far as their runs were not met before."""
        found: set[str] = set()
        for match in RUN.finditer(text):
            run = match[0]
            if "\n" in run:
                found.update(_broken(text, match.start(), run))
            else:
                found.add(run)
        for run in found:
            # A full name has a blank.
            if run not in self._first and not run.isalpha():
                yield from self._read_persons(run)

    def _read_first(self, run: str) -> tuple[Piece, ...]:
        """The pieces of a run as long as nobody is kin; remembered together with all for whom that was asked."""
        if len(self._first) > _MANY:
            self._first.clear()
        self._asked.clear()
        found = tuple(self._early.read(run))
        if len(run) < _LONGEST:
            self._first[run] = found, tuple(self._asked)
        return found

    def _read_persons(self, run: str) -> Iterator[str]:
        for piece in self._read_first(run):
            name = run[piece.start : piece.end]
            is_person = piece.kind == "person" or (
                piece.doubt == DOUBT
                and not piece.kind
                and (piece.kinds & FOREIGN or piece.office or not piece.kinds & (ORDINARY | NAME | CITY | ACRONYM))
            )
            if is_person and (" " in name or piece.office):
                yield name

    def surnames(self, name: str) -> Iterator[str]:
        """The surname of a person by the full name as printed, and without its article."""
        self._renew()
        base = self._base(name, "person")
        if family := family_of(base):
            yield family
        surname = re.split(r"[ \n\u00a0.]", base)[-1]
        if surname:
            yield surname
        if surname[:1].islower():
            yield surname.partition("-")[2]  # Baschar al-Assad is Assad, too

    def find(self, text: str) -> Iterator[Mention]:
        """The mentions of a text, in order, not overlapping."""
        self._renew()
        return long.joined(text, self._found(text))

    def _renew(self) -> None:
        """Read and weigh everything anew if the corpus has grown."""
        if self._size == self._corpus.size:
            return
        self._size = self._corpus.size
        self._pieces.clear()
        self._bases.clear()
        self._openers.clear()
        self.judge.forget()

    def _found(self, text: str) -> Iterator[Mention]:
        covered = 0
        last: Mention | None = None
        waiting: list[tuple[int, Piece]] = []  # doubtful ones, each joined to the next
        for offset, piece in self._stretches(text):
            start = offset + piece.start
            if start < covered:
                continue
            beside = last.kind if last and _are_joined(text, last.outer_end, start) else ""
            mention = self._mention(text, offset, piece, beside)
            if mention is None:
                if waiting and not _are_joined(text, waiting[-1][0] + waiting[-1][1].outer_end, start):
                    waiting = []
                if piece.doubt == DOUBT:
                    waiting.append((offset, piece))
                continue
            if waiting:
                yield from self._waited(text, waiting, mention)
                waiting = []
            covered = mention.end
            last = mention
            yield mention

    def _stretches(self, text: str) -> Iterator[tuple[int, Piece]]:
        """All pieces of a text with the offsets of their runs; no run where a whole name stands in brackets."""
        enclosed = self._enclosed(text)
        pieces_of = self._pieces
        for run, offset in runs(text):
            pieces = pieces_of.get(run)
            if pieces is None:
                pieces = self._read(run)
            if not pieces:
                continue
            while enclosed and enclosed[0].end <= offset:
                yield 0, enclosed.pop(0)
            if not (enclosed and enclosed[0].start <= offset):
                yield from ((offset, piece) for piece in pieces)
        yield from ((0, piece) for piece in enclosed)

    def _enclosed(self, text: str) -> list[Piece]:
        """The names of several words that brackets or quotation marks show to be such, in order."""
        spans = set(long.in_brackets(text)) if "(" in text else set()
        if long.has_quotes(text):
            spans.update(long.in_quotes(text, self.language))
        return [Piece(start, end, start, end, "organisation") for start, end in sorted(spans)]

    def _waited(self, text: str, waiting: list[tuple[int, Piece]], mention: Mention) -> list[Mention]:
        """Those before a mention that are joined to it, as far as this makes them names: Magna, Alcoa und Rio Tinto."""
        found: list[Mention] = []
        start = mention.outer_start
        for offset, piece in reversed(waiting):
            if not _are_joined(text, offset + piece.outer_end, start):
                break
            joined = self._mention(text, offset, piece, mention.kind)
            if joined is None or joined.end > start:
                break
            found.append(joined)
            start = joined.outer_start
        return found[::-1]

    def _whole(self, text: str, start: int, end: int, kind: str, office: str) -> Mention:
        return Mention(start, end, start, end, text[start:end], self._base(text[start:end], kind), kind, office)

    def _read(self, run: str) -> tuple[Piece, ...]:
        if len(self._pieces) > _MANY:
            self._pieces.clear()
        found = self._reread(run)
        if len(run) < _LONGEST:
            self._pieces[run] = found
        return found

    def _reread(self, run: str) -> tuple[Piece, ...]:
        """The pieces of a run, as they were in the first pass where nobody in question has proved to be kin."""
        known = self._first.pop(run, None)
        if known is not None and not any(map(self.judge.is_kin, known[1])):
            return known[0]
        return tuple(self._reader.read(run))

    def _mention(self, text: str, offset: int, piece: Piece, beside: str) -> Mention | None:
        start, end = offset + piece.start, offset + piece.end
        kind = piece.kind
        if (piece.doubt or text[end : end + 1] in _BLANK) and self._opens(text[start:end]):
            longer = long.extended(text, start, self.language)
            if longer is not None:
                end, kind = longer
                return self._whole(text, start, end, kind, piece.office if kind == "person" else "")
        if piece.doubt:
            kind = self.judge.kind(text, start, end, piece, beside) if piece.doubt != LONG else ""
            if not kind:
                return None
        name = text[start:end]
        base = self.judge.bases.here(text, start, end, kind, self._base(name, kind))
        return Mention(
            start,
            end,
            offset + piece.outer_start,
            offset + piece.outer_end,
            name,
            base,
            kind,
            piece.office,
        )

    def _opens(self, name: str) -> bool:
        """May a longer name begin with it that goes on in small letters: Bosnien und Herzegowina, Rat für …?"""
        found = self._openers.get(name)
        if found is None:
            first = name.split()[0].strip(".")
            is_head = self.language == "de" and is_long_head(first)
            found = self._openers[name] = is_head or stem(first) in starters(self.language)
        return found

    def _base(self, name: str, kind: str) -> str:
        key = (name, kind)
        found = self._bases.get(key)
        if found is None:
            if len(self._bases) > _MANY:
                self._bases.clear()
            found = self._bases[key] = self.judge.bases.base(" ".join(name.split()), kind)
        return found


def _are_joined(text: str, end: int, start: int) -> bool:
    """Is what ends at `end` joined to what begins at `start`: Mitrovica und Zvečan?"""
    return 0 <= start - end <= _JOINT and text[end:start].strip() in ("und", ",", "oder", "/", "-", "–", "&")
