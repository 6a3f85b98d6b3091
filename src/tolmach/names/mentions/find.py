"""Finds names of persons, places and organisations in running text, with exact offsets and base forms.

No model of a language is at hand, so evidence is added up: what a word is by the lists, how it is built, what stands
beside it, and how it stands elsewhere in the texts of the run (`Corpus`). Most words need no decision: the runs of
capital words are read once each (`runs`), what is in doubt there is weighed where it stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from tolmach.config import primary
from tolmach.names.mentions import long
from tolmach.names.mentions.capitals import CapitalReader
from tolmach.names.mentions.evidence import Judge
from tolmach.names.mentions.foreign import family_of
from tolmach.names.mentions.lists import FOREIGN
from tolmach.names.mentions.runs import Reader, is_long_head
from tolmach.names.mentions.tokens import DOUBT, LONG, RUN, Piece, starters, stem
from tolmach.names.mentions.words import Words

__all__ = ["Corpus", "Mention", "mentions"]

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


@dataclass
class Corpus:
    """What a first pass over all texts of a run has seen of their words; it grows with the vocabulary only."""

    words: Counter[str] = field(default_factory=Counter)
    articled: Counter[str] = field(default_factory=Counter)
    placed: Counter[str] = field(default_factory=Counter)
    surnames: Counter[str] = field(default_factory=Counter)
    size: int = 0
    _finders: dict[str, Finder] = field(default_factory=dict, repr=False)

    def add(self, text: str, language: str) -> None:
        """Note the words of one more text."""
        finder = self.finder(language)
        self.size += len(text)
        self.words.update(_LETTERS.findall(text))
        self.articled.update(finder.judge.articled(text))
        self.placed.update(finder.judge.placed(text))
        for run, _offset in runs(text):
            if run.isalpha():
                continue  # a full name has a blank
            for surname in finder.surnames(run):
                self.surnames[surname] += 1

    def merge(self, other: Corpus) -> None:
        """Take over what another corpus has seen."""
        self.size += other.size
        for mine, theirs in (
            (self.words, other.words),
            (self.articled, other.articled),
            (self.placed, other.placed),
            (self.surnames, other.surnames),
        ):
            mine.update(theirs)

    def __reduce__(self) -> tuple[type[Corpus], tuple[object, ...]]:
        # What the finders remember is not worth sending to another process.
        return Corpus, (self.words, self.articled, self.placed, self.surnames, self.size)

    def finder(self, language: str) -> Finder:
        """The finder for a language, which remembers what it has read."""
        base = primary(language)
        if base not in self._finders:
            self._finders[base] = Finder(base, self)
        return self._finders[base]


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
        self._early = reader(self._words, lambda word: False)
        self._reader = reader(self._words, self.judge.is_kin)
        self._surnames: dict[str, tuple[str, ...]] = {}
        self._pieces: dict[str, tuple[Piece, ...]] = {}
        self._bases: dict[tuple[str, str], str] = {}
        self._openers: dict[str, bool] = {}
        self._size = 0

    def surnames(self, run: str) -> tuple[str, ...]:
        """The surnames of the persons with full names in a run."""
        found = self._surnames.get(run)
        if found is None:
            if len(self._surnames) > _MANY:
                self._surnames.clear()
            found = tuple(self._read_surnames(run))
            if len(run) < _LONGEST:
                self._surnames[run] = found
        return found

    def _read_surnames(self, run: str) -> Iterator[str]:
        for piece in self._early.read(run):
            is_long = " " in run[piece.start : piece.end]
            is_person = piece.kind == "person" or (
                piece.doubt == DOUBT and not piece.kind and (piece.kinds & FOREIGN or piece.office)
            )
            if is_person and (is_long or piece.office):
                base = self._base(run[piece.start : piece.end], "person")
                if family := family_of(base):
                    yield family
                surname = re.split(r"[ \n\u00a0.]", base)[-1]
                if surname:
                    yield surname
                if surname[:1].islower():
                    yield surname.partition("-")[2]  # Baschar al-Assad is Assad, too

    def find(self, text: str) -> Iterator[Mention]:
        """The mentions of a text, in order, not overlapping."""
        if self._size != self._corpus.size:
            self._forget()
        return long.joined(text, self._found(text))

    def _forget(self) -> None:
        """Read and weigh everything anew: the corpus has grown."""
        self._size = self._corpus.size
        self._pieces.clear()
        self._bases.clear()
        self._openers.clear()
        self.judge.forget()

    def _found(self, text: str) -> Iterator[Mention]:
        covered = 0
        last: Mention | None = None
        waiting: list[tuple[int, Piece]] = []  # doubtful ones, each joined to the next
        brackets = sorted({*long.in_brackets(text)} | {*long.in_quotes(text, self.language)}) if _encloses(text) else []
        pieces_of = self._pieces
        for run, offset in runs(text):
            pieces = pieces_of.get(run)
            if pieces is None:
                pieces = self._read(run)
            if not pieces:
                continue
            while brackets and brackets[0][1] <= offset:
                yield self._whole(text, *brackets.pop(0), "organisation")
            if brackets and brackets[0][0] <= offset:
                continue
            for piece in pieces:
                if offset + piece.start < covered:
                    continue
                beside = last.kind if last and _are_joined(text, last.outer_end, offset + piece.start) else ""
                mention = self._mention(text, offset, piece, beside)
                if mention is not None:
                    if waiting:
                        yield from self._waited(text, waiting, mention)
                        waiting = []
                    covered = mention.end
                    last = mention
                    yield mention
                elif piece.doubt == DOUBT:
                    if waiting and not _are_joined(
                        text, waiting[-1][0] + waiting[-1][1].outer_end, offset + piece.start
                    ):
                        waiting = []
                    waiting.append((offset, piece))

        for start, end in brackets:
            yield self._whole(text, start, end, "organisation")

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

    def _whole(self, text: str, start: int, end: int, kind: str) -> Mention:
        return Mention(start, end, start, end, text[start:end], self._base(text[start:end], kind), kind)

    def _read(self, run: str) -> tuple[Piece, ...]:
        if len(self._pieces) > _MANY:
            self._pieces.clear()
        found = tuple(self._reader.read(run))
        if len(run) < _LONGEST:
            self._pieces[run] = found
        return found

    def _mention(self, text: str, offset: int, piece: Piece, beside: str) -> Mention | None:
        start, end = offset + piece.start, offset + piece.end
        kind = piece.kind
        if (piece.doubt or text[end : end + 1] in _BLANK) and self._opens(text[start:end]):
            longer = long.extended(text, start, self.language)
            if longer is not None:
                end, kind = longer
                return self._whole(text, start, end, kind)
        if piece.doubt:
            kind = self.judge.kind(text, start, end, piece, beside) if piece.doubt != LONG else ""
            if not kind:
                return None
        name = text[start:end]
        base = self._base(name, kind)
        if base + "s" == name and self.judge.is_governed(text, start, end):
            base = name
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
            found = self._bases[key] = self.judge.base(" ".join(name.split()), kind)
        return found


def _encloses(text: str) -> bool:
    return "(" in text or long.has_quotes(text)


def _are_joined(text: str, end: int, start: int) -> bool:
    """Is what ends at `end` joined to what begins at `start`: Mitrovica und Zvečan?"""
    return 0 <= start - end <= _JOINT and text[end:start].strip() in ("und", ",", "oder", "/", "-", "–", "&")


def mentions(text: str, language: str, corpus: Corpus) -> Iterator[Mention]:
    """The names in a text, in order, not overlapping, with what the corpus of the run says of its words.

    >>> corpus = Corpus()
    >>> text = "Präsident Kassym-Schomart Tokajew flog nach Minsk. Tokajews Reise war kurz."
    >>> corpus.add(text, "de")
    >>> [(mention.base, mention.kind) for mention in mentions(text, "de", corpus)]
    [('Kassym-Schomart Tokajew', 'person'), ('Minsk', 'place'), ('Tokajew', 'person')]
    """
    return corpus.finder(language).find(text)
