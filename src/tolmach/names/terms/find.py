"""Recurring terms across texts, found without any glossary, with the spellings in which they stand.

Every text is read twice, as for names. A term is a noun with its adjectives and what a genitive or a preposition joins
to it, or a compound; names are none. All spellings of a term that the rules of its language leave to the writer are one
group.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tolmach.messages import _
from tolmach.names.terms.gathering import Gathered, Variant, gather
from tolmach.names.terms.languages import rules
from tolmach.names.terms.model import ARTICLE, OPEN, Forms
from tolmach.names.terms.spelling import differences, fold_word
from tolmach.names.terms.termhood import c_values
from tolmach.names.variants.find import LANGUAGES, Choice, Form, Group
from tolmach.names.variants.relation import Classification
from tolmach.text.model import Document

_SMALL = re.compile("^[a-zäöü]|-[a-zäöü]")
_LONG = 3
"""A term of so many words is mostly a fixed one, in which an article is a choice."""
_LEAST = 3.0
"""The C-value from which a phrase in one spelling is a term."""
_GENITIVE = re.compile("[^ ]+ des [^ ]+")
_LEAST_OF_GENITIVE = 6.0
"""The same for two bare nouns (Ende des Krieges): most of them are made for the occasion."""
_SPELLINGS, _ARTICLES, _TERM = 0.97, 0.9, 0.8
"""How sure spellings are one term, forms with and without an article, and a phrase in one spelling is a term."""


@dataclass(frozen=True)
class _Spelling:
    """A base form with the variants that have it."""

    label: str
    variants: tuple[Variant, ...]

    @property
    def count(self) -> int:
        return sum(variant.count for variant in self.variants)

    @property
    def text(self) -> str:
        """The variant that stands for all."""
        return max(self.variants, key=lambda one: (one.count, one.text)).text


@dataclass(frozen=True)
class _Term:
    language: str
    key: str
    spellings: tuple[_Spelling, ...]

    @property
    def count(self) -> int:
        return sum(spelling.count for spelling in self.spellings)


def find(read: Callable[[], Iterable[Document]], choice: Choice) -> Iterator[Group]:
    """The groups of terms in the documents, the most frequent first; `read` is called twice.

    Terms with one spelling only come along if `choice.consistent` says so.
    """
    gathered = gather(read, LANGUAGES, several=not choice.consistent, occurrences=choice.occurrences)
    terms = [_term(*place, found, gathered) for place, found in gathered.terms.items()]
    single = {term.key for term in terms if " " not in term.key and len(term.spellings) > 1}
    values = _values(terms) if choice.consistent else {}
    chosen = [term for term in terms if _is_wanted(term, single, values)]
    chosen.sort(key=lambda term: (-term.count, term.language, term.key))
    groups = (_group(f"g{number}", term) for number, term in enumerate(chosen, start=1))
    yield from (group for group in groups if group.confidence >= choice.confidence)


def _term(language: str, key: str, found: Sequence[Variant], gathered: Gathered) -> _Term:
    """The variants of a key by their base forms, the most frequent first; what differs only in its ending is one."""
    by_label: dict[str, list[Variant]] = defaultdict(list)
    for variant in sorted(found, key=lambda one: one.text):
        by_label[rules(language).label(variant.text, Forms(variant.surfaces, variant.articles, gathered.words))].append(
            variant
        )
    spellings = [_Spelling(label, tuple(variants)) for label, variants in by_label.items()]
    solid = max((one.count for one in spellings if OPEN not in one.text), default=0)
    # Two nouns may stand beside each other by chance; that they are one word is told by the word.
    spellings = [one for one in spellings if OPEN not in one.text or one.count < solid] or spellings
    spellings.sort(key=lambda one: (_is_faulty(one, language), -one.count, "ß" not in one.label, one.label))
    return _Term(language, key, tuple(_told_apart(spellings, language)))


def _told_apart(spellings: Sequence[_Spelling], language: str) -> Iterator[_Spelling]:
    """The spellings of which each differs from the first in its spelling, not only in its ending."""
    first, *others = spellings
    same = [other for other in others if not _differ(other, first, language)]
    yield _Spelling(first.label, tuple(variant for one in (first, *same) for variant in one.variants))
    yield from (other for other in others if other not in same)


def _is_faulty(spelling: _Spelling, language: str) -> bool:
    """Is it a German compound written apart, or a noun (or a part of one after a hyphen) in a small letter?"""
    if language != "de":
        return False
    return OPEN in spelling.text or (" " not in spelling.text and _SMALL.search(spelling.text) is not None)


def _differ(one: _Spelling, other: _Spelling, language: str) -> bool:
    """Do two spellings differ, other than by an article that grammar rather than the term decides about?"""
    left, right = one.text, other.text
    if one.variants[0].words < _LONG:
        left, right = (text.replace(f" {ARTICLE}", "") for text in (left, right))
    return any(differences(left, right, language))


def _values(terms: Iterable[_Term]) -> Mapping[tuple[str, str], float]:
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for term in terms:
        counts[term.language][term.key] = term.count
    return {(language, key): value for language, found in counts.items() for key, value in c_values(found).items()}


def _is_wanted(term: _Term, single: set[str], values: Mapping[tuple[str, str], float]) -> bool:
    if term.count < 2 or all(OPEN in spelling.text for spelling in term.spellings):
        return False
    if len(term.spellings) > 1 and not _is_repeated(term, single):
        return True
    text = term.spellings[0].text
    is_built = " " in text or rules(term.language).is_compound(text)
    least = _LEAST_OF_GENITIVE if _GENITIVE.fullmatch(text) else _LEAST
    return is_built and values.get((term.language, term.key), 0.0) >= least


def _is_repeated(term: _Term, single: set[str]) -> bool:
    """Is a phrase spelled in several ways only because one of its words is?"""
    if " " not in term.key:
        return False
    texts = [[word for word in spelling.text.split(" ") if word != ARTICLE] for spelling in term.spellings]
    differing = {fold_word(words[0], term.language) for words in zip(*texts, strict=True) if len(set(words)) > 1}
    has_article = len({ARTICLE in spelling.text.split(" ") for spelling in term.spellings}) > 1
    return not has_article and differing <= single


def _group(identity: str, term: _Term) -> Group:
    main, *others = term.spellings
    reason = _("the most frequent form") if others else _("the only form")
    forms = [_form(main, "main", reason)]
    for other in sorted(others, key=lambda one: (-one.count, one.label)):
        forms.append(_form(other, *_classified(other, main, term.language)))
    reasons = tuple(dict.fromkeys(form.reason for form in forms[1:]))
    return Group(identity, "term", _confidence(term), (), reasons, tuple(forms), ((term.language, main.label),))


def _classified(spelling: _Spelling, main: _Spelling, language: str) -> tuple[Classification, str]:
    told = "; ".join(dict.fromkeys(differences(spelling.text, main.text, language)))
    reason = _("{difference}: {main}").format(difference=told, main=main.label)
    if _is_faulty(spelling, language) and not _is_faulty(main, language):
        return "error", _("probably an error ({reason})").format(reason=reason)
    return "spelling", reason


def _confidence(term: _Term) -> float:
    if len(term.spellings) == 1:
        return _TERM
    articles = {ARTICLE in spelling.text.split(" ") for spelling in term.spellings}
    return _ARTICLES if len(articles) > 1 else _SPELLINGS


def _form(spelling: _Spelling, classification: Classification, reason: str) -> Form:
    sources: dict[str, int] = defaultdict(int)
    for variant in spelling.variants:
        for path, count in variant.sources.items():
            sources[path] += count
    occurrences = sorted(one for variant in spelling.variants for one in variant.occurrences)
    return Form(
        spelling.label,
        spelling.count,
        tuple(sorted(sources.items())),
        (),
        classification,
        reason,
        tuple(occurrences),
    )
