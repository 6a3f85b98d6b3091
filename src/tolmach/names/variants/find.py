"""Variants of names across texts, found without a glossary: read, gather, cluster, classify, propose.

Every text is read twice: once for the statistics that tell a name from a word, once for the names. What is kept in
memory is bounded by the number of distinct names; the places where they stand, if these are asked for, go to disk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from tolmach.names.variants.classification import classify, is_usual, main_form
from tolmach.names.variants.cluster import Cluster, cluster
from tolmach.names.variants.comparisons import prepare
from tolmach.names.variants.explanation import alone, restored
from tolmach.names.variants.gathering import Gathering, Name, Occurrence
from tolmach.names.variants.reading import LANGUAGES, Share, collect, learn
from tolmach.names.variants.relation import Class, Classification
from tolmach.text.model import Document
from tolmach.transcription.established import Established, established, native, originals
from tolmach.transcription.house import transcribe
from tolmach.transcription.renderings import language_of_letters, renderings

__all__ = ["LANGUAGES", "Choice", "Form", "Group", "find", "gather", "propose"]

_LIKELY = 0.5
_BLOCK = 256  # clusters that are prepared at once


@dataclass(frozen=True, slots=True)
class Form:
    """A base form, how often it stands in which source, what it is beside the main form and why."""

    form: str
    count: int
    sources: tuple[tuple[str, int], ...]
    systems: tuple[str, ...]
    classification: Classification
    reason: str
    occurrences: tuple[Occurrence, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """All forms of one name, the main one first, with originals and a proposal by language."""

    id: str
    kind: str
    confidence: float
    original: tuple[tuple[str, str], ...]
    reasons: tuple[str, ...]
    forms: tuple[Form, ...]
    proposal: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Which groups are wanted, and whether with the places where their names stand."""

    consistent: bool = False
    kind: str | None = None
    confidence: float = 0.0
    occurrences: bool = True


def find(
    read: Callable[[], Iterable[Document]], choice: Choice, *, shares: Sequence[Share] = (), jobs: int = 1
) -> Iterator[Group]:
    """The groups of names in the documents, the most frequent first; `read` is called twice.

    Groups with one spelling only, short and full names aside, come along if `choice.consistent` says so. With
    several `jobs` each of so many processes takes some of the `shares`, which can be pickled and together give the
    documents of `read`; the groups are the same.
    """
    gathered = gather(read, occurrences=choice.occurrences, shares=shares, jobs=jobs)
    try:
        yield from _groups(gathered, choice)
    finally:
        gathered.close()


def _groups(gathered: Gathering, choice: Choice) -> Iterator[Group]:
    number = 0
    wanted = (found for found in cluster(gathered.names()) if _is_wanted(found, choice))
    while block := [(found, main_form(found)) for found in islice(wanted, _BLOCK)]:
        prepare((found.names, main) for found, main in block)
        for found, main in block:
            classes = list(classify(found, main))
            if choice.consistent or any(one.classification != "main" for _name, one in classes):
                number += 1
                yield _group(f"g{number}", found, classes, gathered)


def _is_wanted(found: Cluster, choice: Choice) -> bool:
    if found.confidence < choice.confidence or choice.kind not in (None, _kind(found)):
        return False
    return choice.consistent or len(found.names) > 1


def gather(
    read: Callable[[], Iterable[Document]], *, occurrences: bool = True, shares: Sequence[Share] = (), jobs: int = 1
) -> Gathering:
    """The names in the documents, counted; see `find`."""
    if min(jobs, len(shares)) > 1:
        from tolmach.names.variants import crew

        return crew.gather(shares, min(jobs, len(shares)), occurrences=occurrences)
    from tolmach.names.mentions.find import Corpus

    corpus = Corpus()
    for document in read():
        learn(document, corpus)
    gathered = Gathering(occurrences=occurrences)
    for document in read():
        collect(document, corpus, gathered)
    return gathered


def _kind(found: Cluster) -> str:
    return next((name.kind for name in found.names if name.kind != "other"), "other")


def _group(identity: str, found: Cluster, classes: list[tuple[Name, Class]], gathered: Gathering) -> Group:
    kind = _kind(found)
    original, proposal = propose(classes[0][0], kind)
    for _name, one in classes:
        for explanation in one.explanations:
            original.setdefault(explanation.language, explanation.original)
    reasons = tuple(dict.fromkeys(link.reason for link in found.links))
    forms = tuple(_form(name, one, kind, gathered) for name, one in classes)
    ordered = sorted(forms[1:], key=lambda one: (one.classification != "main", -one.count, one.form))
    return Group(
        identity,
        kind,
        found.confidence,
        tuple(original.items()),
        reasons,
        (forms[0], *ordered),
        tuple(proposal.items()),
    )


def _form(name: Name, one: Class, kind: str, gathered: Gathering) -> Form:
    return Form(
        name.base,
        name.count,
        tuple(sorted(name.sources.items())),
        _systems(name.base, one, kind),
        one.classification,
        one.reason,
        tuple(gathered.occurrences([name])),
    )


def _systems(base: str, one: Class, kind: str) -> tuple[str, ...]:
    """The system that writes the form: of a pair that explains both the second, else what restoration says."""
    if one.system:
        return (one.system,)
    return tuple(dict.fromkeys(found.system.id for found in alone(base, kind)[:1]))


def propose(main: Name, kind: str) -> tuple[dict[str, str], dict[str, str]]:
    """The original of a name by language, and the forms to write in German, English and Russian.

    Established names come from the tables, transcriptions from restoration and the house's systems; for names of
    other countries nothing but the form itself is proposed.
    """
    language = max(main.languages, key=lambda code: (main.languages[code], code), default="de").partition("-")[0]
    original = main.base
    if not language_of_letters(original):
        rows = [row for row in originals(original, language) if kind in (row.kind, "other")]
        if rows:
            return _from_table(sorted(rows, key=lambda row: row.source != "ru"), original, language)
        likely = restored(original, kind, language)
        if not likely or likely[0].probability < _LIKELY:
            return {}, {language: original}
        original = likely[0].text
    known = kind if kind != "other" else None
    found = renderings(original, LANGUAGES, known, top=1)[0]
    if found.original == original:
        return {found.language: original}, dict(found.forms)
    # The name is a base form already: Рыбакина is a woman, no genitive of Рыбакин.
    written = {code: transcribe(original, found.language, code, known) for code in LANGUAGES if code != found.language}
    return {found.language: original}, {**written, found.language: original}


def _from_table(rows: list[Established], base: str, language: str) -> tuple[dict[str, str], dict[str, str]]:
    """The originals of all rows that write a name so, and what the tables write for them today."""
    original: dict[str, str] = {}
    for row in rows:
        original.setdefault(row.source, row.original)
    if "ru" in original and (own := native(original["ru"], "ru", rows[0].kind)):
        original.setdefault(own.target, own.form)
    first = rows[0]
    proposal = {}
    for code in ("de", "en"):
        if found := established(first.original, first.source, code, first.kind):
            proposal[code] = found.form
    if is_usual(base, language):
        proposal[language] = base
    if "ru" in original:
        proposal["ru"] = original["ru"]
    return original, proposal
