"""From texts to drafts in PO files.

Sentence by sentence it is asked: has a person translated it, has the memory the same sentence, is the draft in the file
still what the engine would write? Only the rest is translated. What is done is saved every now and then, and when a run
is broken off; the next run goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from tolmach.memory.lookup import Memory
from tolmach.memory.merge import merge, path_of
from tolmach.memory.model import Entry, Row
from tolmach.text.identity import checksum, fold
from tolmach.text.model import Segment
from tolmach.text.sources import Text
from tolmach.translate.adapt import Adapter
from tolmach.translate.conventions.edit import Change
from tolmach.translate.document import Manner, Sentence, changed, polish
from tolmach.translate.enforce.enforced import Enforced, Task
from tolmach.translate.enforce.model import Outcome as TermOutcome
from tolmach.translate.enforce.model import Repaired, Term, told
from tolmach.translate.enforce.terms import as_written, of_glossary, on_the_way
from tolmach.translate.job import Job, Outcome, Told

SAVE_EVERY = 200
_TOGETHER = 1024

Progress = Callable[[str, int, int], None]


def run(texts: Iterable[Text], job: Job, progress: Progress | None = None) -> Iterator[Outcome]:
    """Translate the texts; gives the outcome of each document and language when it is written.

    A language that another one is translated through is translated, too. `progress` is told language, sentences done
    and sentences to do. Raises TolmachError when the engine cannot translate; what was done until then is saved.
    """
    stages = [_Stage(job, language, via) for language, via in _order(job)]
    for group in _groups(texts):
        written: dict[str, dict[str, _Line]] = {job.source: {}}
        for stage in stages:
            works = [stage.plan(text, written) for text in group]
            stage.draft(works, progress)
            written[stage.language] = {line.segment.id: line for work in works for line in work.lines}
            yield from (work.outcome(stage.language) for work in works)


def _order(job: Job) -> list[tuple[str, str | None]]:
    """The languages to translate into, each with the one it is translated through, which comes before it."""
    order: dict[str, str | None] = {}
    for target in job.targets:
        via = job.engine.pivot(job.source, target)
        if via is not None:
            order.setdefault(via, None)
        order[target] = via
    return sorted(order.items(), key=lambda pair: pair[1] is not None)


def _groups(texts: Iterable[Text]) -> Iterator[list[Text]]:
    """Texts taken together, so that many short ones fill the engine's batches."""
    group: list[Text] = []
    size = 0
    for text in texts:
        group.append(text)
        size += len(text.segments)
        if size >= _TOGETHER:
            yield group
            group, size = [], 0
    if group:
        yield group


@dataclass(slots=True)
class _Line:
    """A sentence on its way: what the engine gets (nothing: no need), and what stands or will stand in the file."""

    segment: Segment
    signature: str
    asked: str = ""
    before: str = ""
    after: str = ""
    terms: tuple[Term, ...] = ()
    text: str = ""
    fate: str = "empty"
    fresh: bool = False
    outcomes: tuple[TermOutcome, ...] = ()
    changes: tuple[Change, ...] = ()
    draft: Repaired | None = None

    def row(self) -> Row:
        target = self.text if self.fresh else ""
        note = "; ".join(filter(None, (told(self.outcomes), changed(self.changes)))) if self.fresh else ""
        return Row(self.segment.id, self.segment.text, self.segment.line, target, self.signature, note)


@dataclass(slots=True)
class _Work:
    """A document in one target language."""

    document: Text
    path: Path
    lines: list[_Line] = field(default_factory=list)
    polished: int = 0

    def polish(self, manner: Manner) -> None:
        """Go through the document as a whole, when it has got new drafts since the last time."""
        drafted = sum(line.draft is not None for line in self.lines)
        if drafted == self.polished:
            return
        self.polished = drafted
        sentences = [
            Sentence(
                line.segment.text,
                line.draft.target if line.draft else line.text,
                line.draft.outcomes if line.draft else (),
                line.asked,
                line.segment.paragraph,
                fixed=line.draft is None,
            )
            for line in self.lines
        ]
        for line, polished in zip(self.lines, polish(sentences, manner), strict=True):
            if line.draft is not None:
                line.text, line.outcomes, line.changes = polished.draft, polished.outcomes, polished.changes

    def outcome(self, language: str) -> Outcome:
        fates = [line.fate for line in self.lines]
        told = (Told(one.segment.id, one.segment.text, one.text, one.outcomes, one.changes) for one in self.lines)
        return Outcome(
            self.path,
            language,
            remembered=fates.count("remembered"),
            drafted=fates.count("drafted"),
            unchanged=fates.count("unchanged"),
            empty=fates.count("empty"),
            terms=tuple(one for one in told if one.outcomes or one.changes),
            adapted=fates.count("adapted"),
        )


class _Stage:
    """The way from the source language into one target language, perhaps through another."""

    def __init__(self, job: Job, language: str, via: str | None) -> None:
        self.language = language
        self._job = job
        self._via = via
        self._signature = job.engine.signature(via or job.source, language)
        also = job.also(language) if job.also is not None else ()
        stores = job.stores(language) if job.stores is not None else ()
        self._memory = Memory.open(job.folder, job.source, language, also, stores)
        self._adapter = Adapter(self._memory, job.finder, job.source, language, job.fuzzy)
        self._drafts: dict[tuple[str, str], Repaired] = {}
        self._enforced = Enforced(job.engine, via or job.source, language, job.steps)

    def plan(self, text: Text, written: dict[str, dict[str, _Line]]) -> _Work:
        """Which sentences of the document need the engine, and what the others get."""
        work = _Work(text, path_of(self._job.folder, self.language, text.id))
        first = written.get(self._via or "", {})
        asked = [self._asked(segment, first.get(segment.id)) for segment in text.segments]
        for segment, before, now, after in zip(text.segments, ["", *asked], asked, [*asked[1:], ""], strict=False):
            work.lines.append(self._line(segment, now, work.path, first.get(segment.id)))
            work.lines[-1].before, work.lines[-1].after = before, after
        return work

    def _asked(self, segment: Segment, first: _Line | None) -> str:
        return segment.text if self._via is None else first.text if first else ""

    def _terms(self, segment: Segment, first: _Line | None) -> tuple[Term, ...]:
        finder, source = self._job.finder, self._job.source
        if finder is None:
            return ()
        if self._via is None:
            return of_glossary(finder, segment.text, source, self.language)
        terms = on_the_way(finder, segment.text, source, self._via, self.language)
        return as_written(terms, first.outcomes) if first else terms

    def _line(self, segment: Segment, asked: str, path: Path, first: _Line | None) -> _Line:
        terms = self._terms(segment, first) if self._job.engine.drafts else ()
        line = _Line(segment, self._signed(asked, terms), asked, terms=terms)
        own = self._memory.entry(segment.id)
        if own is not None and (own.path != path.as_posix() or fold(own.source) != fold(segment.text)):
            own = None
        if own is not None:
            line.text, line.fate = own.target, "remembered" if own.reviewed else "unchanged"
        if own is not None and (own.reviewed or self._still_good(own, line.signature)):
            line.asked = ""
        else:
            self._remember(line)
        return line

    def _signed(self, asked: str, terms: tuple[Term, ...]) -> str:
        """What the draft depends on: a decision about other terms does not make it stale."""
        via = f" via {self._via} {checksum(asked)}" if self._via is not None else ""
        decided = "\n".join(f"{term.source}\t{term.target}\t{term.also}" for term in terms)
        manner = "" if self._job.conventions else "; no conventions"
        return f"{self._signature}{via}{manner}" + (f"; terms {checksum(decided)}" if terms else "")

    def _still_good(self, own: Entry, signature: str) -> bool:
        """A draft by the same means, or one that a person has changed."""
        return not self._job.force and own.signature in (signature, "")

    def _remember(self, line: _Line) -> None:
        """Take over the same sentence from elsewhere, when a person or this very engine has translated it."""
        match = self._memory.exact(line.segment.text, line.segment.id)
        if match is None or not (match.reviewed or (match.signature == line.signature and not self._job.force)):
            self._adapt(line)
            return
        line.text, line.asked, line.fresh = match.target, "", True
        line.fate = "remembered" if match.reviewed else "drafted"
        if match.reviewed:
            line.signature = f"memory {match.id or Path(match.path).name}"

    def _adapt(self, line: _Line) -> None:
        """Take over a similar sentence that a person has translated, made to fit."""
        if (found := self._adapter.adapted(line.segment.text)) is not None:
            line.text, line.asked, line.fresh, line.fate = found.target, "", True, "adapted"
            line.signature, line.outcomes = found.signature, found.outcomes

    def draft(self, works: list[_Work], progress: Progress | None) -> None:
        """Translate what needs it and write the files; what is done is saved even when the engine is stopped."""
        open_lines: dict[tuple[str, str], list[_Line]] = {}
        for work in works:
            for line in work.lines:
                if line.asked:
                    open_lines.setdefault((line.asked, line.signature), []).append(line)
        if self._job.dry_run:
            self._foresee(chain.from_iterable(open_lines.values()))
            return
        try:
            self._translate(open_lines, works, progress)
        finally:
            self._save(works)

    def _foresee(self, lines: Iterable[_Line]) -> None:
        """Mark what would be drafted; a sentence stands for its own draft where another language builds on it."""
        for line in lines:
            if self._job.engine.drafts:
                line.text, line.fate = line.segment.text, "drafted"

    def _translate(
        self, open_lines: dict[tuple[str, str], list[_Line]], works: list[_Work], progress: Progress | None
    ) -> None:
        for key in [key for key in open_lines if key in self._drafts]:
            self._fill(open_lines.pop(key), self._drafts[key])
        tasks = (Task(key[0], lines[0].terms, lines[0].before, lines[0].after) for key, lines in open_lines.items())
        next_save = SAVE_EVERY
        for done, (key, draft) in enumerate(zip(open_lines, self._enforced.translate(tasks), strict=True), 1):
            self._drafts[key] = draft
            self._fill(open_lines[key], draft)
            if progress is not None:
                progress(self.language, done, len(open_lines))
            if done == next_save:
                self._save(works)
                # ever rarer, so that saving a huge document does not take longer than translating it
                next_save = done + max(SAVE_EVERY, done // 2)

    def _fill(self, lines: list[_Line], draft: Repaired) -> None:
        for line in lines:
            if draft.target:
                line.text, line.fate, line.fresh, line.outcomes = draft.target, "drafted", True, draft.outcomes
                line.draft = draft

    def _save(self, works: list[_Work]) -> None:
        manner = Manner(self._job.source, self.language, self._via, self._job.finder, conventions=self._job.conventions)
        for work in works:
            work.polish(manner)
            rows = [line.row() for line in work.lines]
            source, text = self._job.source, work.document.path
            merge(work.path, source, self.language, text, rows, force=self._job.force)
