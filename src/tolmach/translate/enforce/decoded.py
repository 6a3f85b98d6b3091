"""Repairs with the help of the model that wrote the draft.

What `repair` does without one is done first. Then the model judges: which form it finds likeliest in a place, whether
another of its hypotheses has a term that this one lacks, how it would go on after a term that was put right. A repair
that it finds far less likely than its own words is not made but told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from math import inf, log

from rapidfuzz.distance import Postfix, Prefix

from tolmach.translate.enforce import repair
from tolmach.translate.enforce.inflect import Choice
from tolmach.translate.enforce.model import Outcome, Pair, Repaired
from tolmach.translate.enforce.rendering import begin
from tolmach.translate.enforce.repair import Doubt, Repair, Writing, changed, with_missing, writing
from tolmach.translate.enforce.spelled import respelled
from tolmach.translate.engine import Decoder, Request, Scored

# What of the whole may be left out, to see what it is good for.
STEPS = repair.STEPS | {"spelling", "alone", "form", "alternatives", "again", "margin"}
_SURE = 0.9  # a form of this confidence needs no judge
_WEIGHT = 6.0  # of the confidence, against the model's score (natural logarithms both)
_RESPELLED = 2  # other spellings tried for a sentence: most names have one
_COUNT = 4  # hypotheses asked for: as many as the beam has anyway
_NOTE = "the model finds the repaired sentence unlikely"
_MARGIN = 16.0  # by how much the rest of a sentence may become less likely
_ENDING = 4  # letters by which words may differ when they agree with another one


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

    def _repaired(self, pairs: Sequence[Pair], *, guess: bool = True) -> list[Repaired]:
        works = self.repair.search(pairs)
        for work in works:
            for group in work.groups if work and not guess else ():
                group.found = [one for one in group.found if one.right or one.step == "form"]
        done = self._write(
            {place: writing(work, self.repair.steps) for place, work in enumerate(works) if work is not None}, pairs
        )
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
            Scored(drafts[place].source, changed(doubts[place].text, choice.changes))
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
            for (place, request), texts in zip(asked, found, strict=True)
            for text in texts
            if text != drafts[place].target
            and (
                (request.count == 1 and _missing(answers[place]))
                or _may_be_better(replace(drafts[place], target=text), answers[place])
            )
        )
        self._take_better(drafts, answers, list(dict.fromkeys(candidates)), likelier=False)

    def _requests(self, draft: Pair, answer: Repaired) -> Iterator[Request]:
        wrong = [one.term for one in answer.outcomes if one.status != "kept"]
        if "alternatives" in self.steps and _missing(answer):
            yield Request(draft.source, count=_COUNT)
        if "spelling" in self.steps:
            texts = (text for term in wrong for text in respelled(draft.source, term, draft.source_language))
            yield from map(Request, islice(dict.fromkeys(texts), _RESPELLED))

    def _decode_again(self, drafts: Sequence[Pair], answers: list[Repaired]) -> None:
        """Where a term was put right, let the model go on from there, if it finds the whole likelier then."""
        places = [place for place, answer in enumerate(answers) if _first_repaired(answer) is not None]
        requests = [Request(drafts[place].source, start=_start(answers[place])) for place in places]
        found = self.decoder.hypotheses(requests)
        candidates = [
            (place, texts[0])
            for place, texts in zip(places, found, strict=True)
            if texts and texts[0] != answers[place].target and _says_the_same(answers[place], texts[0])
        ]
        self._take_better(drafts, answers, candidates, likelier=True)

    def _take_better(
        self, drafts: Sequence[Pair], answers: list[Repaired], candidates: Sequence[tuple[int, str]], *, likelier: bool
    ) -> None:
        """Take other texts in which fewer terms are missing or guessed; with `likelier` also those with as few that
        the model finds likelier."""
        pairs = [replace(drafts[place], target=text) for place, text in candidates]
        new = [
            (place, answer)
            for (place, _text), answer in zip(candidates, self._repaired(pairs), strict=True)
            if likelier or _lacking(answer) < _lacking(answers[place])
        ]
        # what has fewer than the old one is taken whatever the model thinks of the old one
        old = [(place, answers[place]) for place in dict.fromkeys(place for place, _answer in new)]
        asked = old + new if likelier else new
        scores = self.decoder.scores(Scored(drafts[place].source, answer.target) for place, answer in asked)
        scored = zip(asked, scores, strict=True)
        best = {place: (*_lacking(answer), -inf) for place, answer in old}
        if likelier:
            best = {place: (*_lacking(answer), -score) for (place, answer), score in islice(scored, len(old))}
        for (place, answer), score in scored:
            rank = (*_lacking(answer), -score)
            if rank < best[place] and not (likelier and _written(answer) != _written(answers[place])):
                best[place] = rank
                answers[place] = Repaired(answer.target, tuple(map(_told, answers[place].outcomes, answer.outcomes)))

    def _refuse(self, drafts: Sequence[Pair], answers: list[Repaired]) -> None:
        """Take back guesses after which the model finds the rest of the sentence far less likely than it was.

        Known forms are no guesses. How likely the name itself is does not count: few models have seen it.
        """
        guessed = [place for place, answer in enumerate(answers) if any(map(_is_guess, answer.outcomes))]
        asked = [
            Scored(drafts[place].source, text, since)
            for place in guessed
            for text, since in _rests(drafts[place].target, answers[place].target)
        ]
        scores = self.decoder.scores(asked)
        unlikely = []
        for place in guessed:
            before, after = islice(scores, 2)
            if after < before - self.margin:
                unlikely.append(place)
        again = self._repaired([drafts[place] for place in unlikely], guess=False)
        for place, answer in zip(unlikely, again, strict=True):
            answers[place] = Repaired(answer.target, tuple(map(_refused, answers[place].outcomes, answer.outcomes)))


def _rests(before: str, after: str) -> tuple[tuple[str, int], tuple[str, int]]:
    """Both texts with the place from which on they are the same."""
    same = Postfix.similarity(before, after)
    # whole words, so that both rests are cut into the same pieces
    blank = before.find(" ", len(before) - same)
    rest = len(before) - blank if blank >= 0 else 0
    return (before, len(before) - rest), (after, len(after) - rest)


def _may_be_better(other: Pair, answer: Repaired) -> bool:
    """Do known forms show more terms in the other draft? Nothing else is worth the time."""
    return sum(group.open for group in begin(other).groups) < sum(_lacking(answer))


def _missing(answer: Repaired) -> int:
    return sum(one.status == "missing" for one in answer.outcomes)


def _lacking(answer: Repaired) -> tuple[int, int]:
    """How many terms are missing, and how many are only guessed; the less the better."""
    return _missing(answer), sum(map(_is_guess, answer.outcomes))


def _first_repaired(answer: Repaired) -> Outcome | None:
    found = [one for one in answer.outcomes if one.status == "repaired" and one.span is not None]
    return min(found, key=lambda one: one.span.end if one.span else 0, default=None)


def _says_the_same(answer: Repaired, other: str) -> bool:
    """Are both the same words and signs, but for endings after the first term that was put right?"""
    end = len(_start(answer))
    left, right = answer.target.split(), other.split()
    if other[end : end + 1].isalpha() or _signs(answer.target) != _signs(other):
        return False
    return len(left) == len(right) and all(
        Prefix.similarity(one, two) >= max(1, max(len(one), len(two)) - _ENDING)
        for one, two in zip(left, right, strict=True)
    )


def _signs(text: str) -> list[str]:
    return [sign for sign in text if not sign.isalnum()]


def _written(answer: Repaired) -> list[str]:
    """The forms in which the terms stand."""
    return [one.after for one in answer.outcomes]


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


def _is_guess(outcome: Outcome) -> bool:
    return outcome.status == "repaired" and outcome.step != "form"


def _refused(old: Outcome, new: Outcome) -> Outcome:
    return replace(new, before=old.before, note=_NOTE) if _is_guess(old) and new.status == "missing" else new
