"""How good drafts are: beside reviewed translations, in numbers that can be got again.

Quality is measured by sacrebleu, whose signatures tell how. A term counts where both the source and the reviewed
translation have it, found by the matcher that everything else uses.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from tolmach.errors import TolmachError
from tolmach.glossary.model import Status
from tolmach.messages import _
from tolmach.translate.enforce.model import Pair
from tolmach.translate.enforce.repair import Repair
from tolmach.translate.enforce.terms import of_glossary
from tolmach.translate.trials import Trial, Trials

if TYPE_CHECKING:
    from tolmach.glossary.find import Finder
    from tolmach.glossary.hit import Hit

STATUSES = ("kept", "repaired", "inserted", "missing")
_STATUS = re.compile(rf": ({'|'.join(STATUSES)}) \(")
_WANTED = "\x00"  # all preferred forms of a concept are one rendering, long and short ones alike


@dataclass(frozen=True, slots=True)
class Judged:
    """A concept of a sentence: how often it is expected and right, and which forms are those of the reference."""

    concept: str
    expected: int
    right: int
    forms: tuple[str, ...]


@dataclass(slots=True)
class Evaluation:
    """What was found out about the drafts of a document, or of several taken together."""

    document: str
    language: str
    drafts: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    sentences: int = 0
    judged: list[tuple[Judged, ...]] = field(default_factory=list)
    renderings: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    told: Counter[str] = field(default_factory=Counter)

    def add(self, other: Evaluation) -> None:
        """Take another document in."""
        self.drafts += other.drafts
        self.references += other.references
        self.sentences += other.sentences
        self.judged += other.judged
        self.told += other.told
        for concept, seen in other.renderings.items():
            self.renderings[concept] += seen

    @property
    def terms(self) -> int:
        """How often a term is expected."""
        return sum(one.expected for line in self.judged for one in line)

    @property
    def success(self) -> float | None:
        """The share of terms that stand in the preferred form, whatever the inflection."""
        return _share(sum(one.right for line in self.judged for one in line), self.terms)

    @property
    def right_form(self) -> float | None:
        """The share of terms that stand in the very form that the reviewed translation has."""
        return _share(sum(len(one.forms) for line in self.judged for one in line), self.terms)

    @property
    def consistency(self) -> float | None:
        """Of concepts that stand there more than once, the share that their most frequent rendering has."""
        repeated = [seen for seen in self.renderings.values() if seen.total() > 1]
        return _share(sum(max(seen.values()) for seen in repeated), sum(seen.total() for seen in repeated))

    def quality(self) -> dict[str, float]:
        """BLEU, chrF and chrF2++ of the sentences that have a draft."""
        if not self.drafts:
            return {}
        return {name: metric.corpus_score(self.drafts, [self.references]).score for name, metric in _metrics().items()}


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


@cache
def _metrics() -> dict[str, Any]:
    try:
        from sacrebleu.metrics.bleu import BLEU
        from sacrebleu.metrics.chrf import CHRF
    except ImportError:
        raise TolmachError(
            _("evaluating needs {package}").format(package="sacrebleu"), hint="pip install 'tolmach[evaluate]'"
        ) from None
    return {"BLEU": BLEU(), "chrF": CHRF(), "chrF2++": CHRF(word_order=2)}


def signatures() -> dict[str, str]:
    """What to tell of each measure, so that others can get the same number again.

    They are complete once something was measured.
    """
    return {name: str(metric.get_signature()) for name, metric in _metrics().items()}


def evaluate(documents: Iterable[Trials], finder: Finder | None) -> Iterator[Evaluation]:
    """One evaluation for each document; without `finder` nothing is said of terms.

    Raises TolmachError when sacrebleu is not installed.
    """
    _metrics()
    for one in documents:
        drafted = [trial for trial in one.trials if trial.draft]
        yield Evaluation(
            one.document,
            one.target_language,
            [trial.draft for trial in drafted],
            [trial.reference for trial in drafted],
            len(one.trials),
            [tuple(_judged(finder, trial, one)) for trial in drafted] if finder else [],
            _renderings(finder, one) if finder else {},
            Counter(status for trial in drafted for status in _STATUS.findall(trial.note)),
        )


def together(evaluations: Iterable[Evaluation], name: str) -> Iterator[Evaluation]:
    """The documents of each language as one."""
    sums: dict[str, Evaluation] = {}
    for one in evaluations:
        sums.setdefault(one.language, Evaluation(name, one.language)).add(one)
    yield from sums.values()


def changes(before: Evaluation, after: Evaluation) -> tuple[int, int] | None:
    """How many terms are in the right form that were not, and how many no longer are; None for other sentences."""
    if before.references != after.references:
        return None
    mended = harmed = 0
    for old_line, new_line in zip(before.judged, after.judged, strict=True):
        for old, new in zip(old_line, new_line, strict=True):
            mended += (Counter(new.forms) - Counter(old.forms)).total()
            harmed += (Counter(old.forms) - Counter(new.forms)).total()
    return mended, harmed


def _judged(finder: Finder, trial: Trial, one: Trials) -> Iterator[Judged]:
    reference = _by_concept(finder.find(trial.reference, one.target_language))
    draft = _by_concept(finder.find(trial.draft, one.target_language))
    source = _by_concept(finder.find(trial.source, one.source_language)) if trial.source else None
    for concept, hits in reference.items():
        expected = len(hits) if source is None else min(len(hits), len(source.get(concept, ())))
        if expected:
            found = draft.get(concept, [])
            wanted, written = _forms(hits, trial.reference), _forms(found, trial.draft)
            right = min(expected, sum(map(_is_preferred, found)))
            yield Judged(concept, expected, right, tuple((wanted & written).elements())[:expected])


def _by_concept(hits: Sequence[Hit]) -> dict[str, list[Hit]]:
    found: dict[str, list[Hit]] = defaultdict(list)
    for hit in hits:
        if hit.certain:
            found[hit.concept.id].append(hit)
    return found


def _forms(hits: Sequence[Hit], text: str) -> Counter[str]:
    return Counter(" ".join(text[hit.span.start : hit.span.end].casefold().split()) for hit in hits)


def _is_preferred(hit: Hit) -> bool:
    given = hit.given_name
    return hit.designation.status is Status.PREFERRED and (given is None or given.status is Status.PREFERRED)


def _renderings(finder: Finder, one: Trials) -> dict[str, Counter[str]]:
    """What stands for each concept, found as repairing finds it: by known forms and by sound."""
    pairs = [
        Pair(
            trial.source,
            trial.draft,
            one.source_language,
            one.target_language,
            of_glossary(finder, trial.source, one.source_language, one.target_language),
        )
        for trial in one.trials
        if trial.source and trial.draft
    ]
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for work in Repair().search(pairs):
        if work is None:
            continue
        for group in work.groups:
            for found in group.found:
                form = found.like[0].form if found.like else work.target.text[found.span.start : found.span.end]
                concept = f"{group.term.id} {group.term.target}"
                seen[concept][_WANTED if found.right else form] += found.step in ("form", "sound")
    return {concept: +renderings for concept, renderings in seen.items() if +renderings}
