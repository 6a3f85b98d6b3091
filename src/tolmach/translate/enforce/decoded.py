"""Repairs with the help of the model that wrote the draft.

What `repair` does without one is done first. Then the model judges: which form it finds likeliest in a place, whether
another of its hypotheses has a term that this one lacks, how it would go on after a term that was put right. A repair
that it finds far less likely than its own words is not made but told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from math import log

from tolmach.translate.enforce.inflect import Choice
from tolmach.translate.enforce.model import Outcome, Pair, Repaired, Status
from tolmach.translate.enforce.repair import Doubt, Repair, Writing, changed, with_missing, writing
from tolmach.translate.enforce.spelled import respelled
from tolmach.translate.engine import Decoder, Request

# What of the whole may be left out, to see what it is good for.
STEPS = frozenset({"spelling", "alone", "form", "alternatives", "again", "margin"})
_SURE = 0.9  # a form of this confidence needs no judge
_WEIGHT = 3.0  # of the confidence, against the model's score (natural logarithms both)
_COUNT = 6  # hypotheses asked for
_NOTE = "the model finds the repaired sentence unlikely"
_MARGIN = 14.0  # by how much a repaired name may be less likely than what the model wrote, per term


@dataclass(slots=True)
class Enforcement:
    """Puts the terms of one model's drafts right."""

    decoder: Decoder
    repair: Repair
    steps: frozenset[str] = STEPS
    insert: bool = False
    margin: float = _MARGIN
    weight: float = _WEIGHT

    def batch(self, drafts: Sequence[Pair]) -> list[Repaired]:
        """One answer for each draft; they are looked at together."""
        answers = self._repaired(drafts)
        self._other_hypotheses(drafts, answers)
        if "again" in self.steps:
            self._decode_again(drafts, answers)
        if "margin" in self.steps:
            self._refuse(drafts, answers)
        return list(map(with_missing, answers)) if self.insert else answers

    def _repaired(self, pairs: Sequence[Pair]) -> list[Repaired]:
        works = self.repair.search(pairs)
        done = self._write({place: writing(work) for place, work in enumerate(works) if work is not None}, pairs)
        return [done.get(place) or Repaired(pair.target) for place, pair in enumerate(pairs)]

    def _write(self, steps: dict[int, Writing], drafts: Sequence[Pair]) -> dict[int, Repaired]:
        """Write all sentences at the same pace, so that the model judges their doubts together."""
        done: dict[int, Repaired] = {}
        picked: dict[int, int | None] = dict.fromkeys(steps)
        while picked:
            doubts: dict[int, Doubt] = {}
            for place, choice in picked.items():
                try:
                    doubts[place] = next(steps[place]) if choice is None else steps[place].send(choice)
                except StopIteration as end:
                    done[place] = end.value
            picked = dict(self._picked(doubts, drafts))
        return done

    def _picked(self, doubts: dict[int, Doubt], drafts: Sequence[Pair]) -> dict[int, int | None]:
        """The choice for each doubt: the model's score and the confidence together."""
        picked: dict[int, int | None] = dict.fromkeys(doubts, 0)
        open_doubts = [place for place, doubt in doubts.items() if self._is_open(doubt.choices)]
        asked = [
            (drafts[place].source, changed(doubts[place].text, choice.changes))
            for place in open_doubts
            for choice in doubts[place].choices
        ]
        scores = self.decoder.scores(asked)
        for place in open_doubts:
            choices = doubts[place].choices
            judged = [
                score + self.weight * log(max(choice.confidence, 1e-4))
                for score, choice in zip(islice(scores, len(choices)), choices, strict=True)
            ]
            picked[place] = judged.index(max(judged))
        return picked

    def _is_open(self, choices: Sequence[Choice]) -> bool:
        return "form" in self.steps and len(choices) > 1 and choices[0].confidence < _SURE

    def _other_hypotheses(self, drafts: Sequence[Pair], answers: list[Repaired]) -> None:
        """Where a term did not come out right, take the likeliest other draft in which it does.

        Other drafts are further hypotheses and those for the sentence with the name in another spelling.
        """
        asked = [
            (place, request)
            for place, answer in enumerate(answers)
            for request in self._requests(drafts[place], answer)
        ]
        found = self.decoder.hypotheses(request for _place, request in asked)
        candidates = (
            (place, text)
            for (place, _request), texts in zip(asked, found, strict=True)
            for text in texts
            if text != drafts[place].target
        )
        self._take_better(drafts, answers, list(dict.fromkeys(candidates)))

    def _requests(self, draft: Pair, answer: Repaired) -> Iterator[Request]:
        wrong = [one.term for one in answer.outcomes if one.status != "kept"]
        if "alternatives" in self.steps and _missing(answer):
            yield Request(draft.source, count=_COUNT)
        if "spelling" in self.steps:
            for term in wrong:
                yield from map(Request, respelled(draft.source, term, draft.source_language))

    def _decode_again(self, drafts: Sequence[Pair], answers: list[Repaired]) -> None:
        """Where a term was put right, let the model go on from there, if it finds the whole likelier then."""
        places = [place for place, answer in enumerate(answers) if _first_repaired(answer) is not None]
        requests = [Request(drafts[place].source, start=_start(answers[place])) for place in places]
        found = self.decoder.hypotheses(requests)
        candidates = [
            (place, texts[0])
            for place, texts in zip(places, found, strict=True)
            if texts and texts[0] != answers[place].target
        ]
        self._take_better(drafts, answers, candidates)

    def _take_better(
        self, drafts: Sequence[Pair], answers: list[Repaired], candidates: Sequence[tuple[int, str]]
    ) -> None:
        """Take other texts where fewer terms are missing, or as few and the model finds the text likelier."""
        pairs = [replace(drafts[place], target=text) for place, text in candidates]
        new = [(place, answer) for (place, _text), answer in zip(candidates, self._repaired(pairs), strict=True)]
        old = dict.fromkeys(place for place, _answer in new)
        scored = iter(
            self.decoder.scores(
                [(drafts[place].source, answers[place].target) for place in old]
                + [(drafts[place].source, answer.target) for place, answer in new]
            )
        )
        best = {place: (_missing(answers[place]), -score) for place, score in zip(old, scored, strict=False)}
        for (place, answer), score in zip(new, scored, strict=True):
            if (_missing(answer), -score) < best[place]:
                best[place] = (_missing(answer), -score)
                outcomes = map(_told, answers[place].outcomes, answer.outcomes)
                answers[place] = Repaired(answer.target, tuple(outcomes))

    def _refuse(self, drafts: Sequence[Pair], answers: list[Repaired]) -> None:
        """Leave the draft as it was where the model finds the repaired one far less likely."""
        changed_places = [place for place, answer in enumerate(answers) if answer.target != drafts[place].target]
        asked = [
            (drafts[place].source, text)
            for place in changed_places
            for text in (drafts[place].target, answers[place].target)
        ]
        scores = self.decoder.scores(asked)
        for place in changed_places:
            before, after = islice(scores, 2)
            repaired = sum(one.status != "kept" for one in answers[place].outcomes)
            if after < before - self.margin * max(1, repaired):
                answers[place] = _refused(drafts[place], answers[place])


def _missing(answer: Repaired) -> int:
    return sum(one.status == "missing" for one in answer.outcomes)


def _first_repaired(answer: Repaired) -> Outcome | None:
    found = [one for one in answer.outcomes if one.status == "repaired" and one.span is not None]
    return min(found, key=lambda one: one.span.end if one.span else 0, default=None)


def _start(answer: Repaired) -> str:
    """The translation up to the end of the first term that was put right."""
    one = _first_repaired(answer)
    return answer.target[: one.span.end] if one and one.span else ""


def _told(old: Outcome, new: Outcome) -> Outcome:
    """What to tell of a term when another text was taken: how it came to be right."""
    if new.status != "kept" or old.status == "kept":
        return new
    if old.status == "missing":
        return replace(new, status="repaired", before="", step="alternative")
    return replace(new, status=old.status, before=old.before, step=old.step)


def _refused(pair: Pair, answer: Repaired) -> Repaired:
    """The draft as it was; its repairs are told as missing."""
    return Repaired(pair.target, tuple(map(_left, answer.outcomes)))


def _left(outcome: Outcome) -> Outcome:
    if outcome.status == "missing":
        return outcome
    # where it stood in the draft is not known any more
    status: Status = "kept" if outcome.status == "kept" else "missing"
    return replace(outcome, status=status, after=outcome.before, span=None, note=_NOTE)
