"""Names that nobody has decided about and that the drafts of a document render in more than one way.

They are reported, not changed: which rendering is right is for the house to say.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tolmach.config import primary
from tolmach.glossary.find import Finder
from tolmach.morphology.lexeme import Lexeme
from tolmach.morphology.paradigm import forms
from tolmach.text.model import Span
from tolmach.translate.conventions.edit import Change
from tolmach.translate.conventions.paragraph import Draft
from tolmach.translate.enforce.derived import is_derived
from tolmach.translate.enforce.sound import Answer, Ear, Question

_WORD = re.compile(r"[^\W\d_]+(?:[-\u2019'][^\W\d_]+)*")
_KINDS = ("person", "place")
_LEAST = 2  # sentences that name it
_SHORTEST = 4  # letters
_SURE = 0.5
_POSSESSIVE = re.compile(r"['\u2019]s?$")


@dataclass(frozen=True, slots=True)
class _Rendering:
    """What stands for a name in a sentence: as it is written, and its base forms."""

    number: int
    written: str
    bases: frozenset[str]


def remarks(drafts: Sequence[Draft], source_language: str, target_language: str, finder: Finder) -> dict[int, Change]:
    """For each sentence (by its number) with a rendering that most of the others do not have: which one they have."""
    language = primary(target_language)
    named = _named(drafts, source_language, finder)
    words = {number: _words(drafts[number].text, language, finder) for numbers in named.values() for number in numbers}
    ear = Ear()
    asked = {
        (name, kind, number): [Question(name, name, kind, word, language) for word in words[number]]
        for (name, kind), numbers in named.items()
        for number in numbers
    }
    ear.listen(question for questions in asked.values() for question in questions)
    found: dict[int, Change] = {}
    for (name, kind), numbers in named.items():
        heard = (_best(number, asked[name, kind, number], ear) for number in numbers)
        for one, usual in _outsiders([one for one in heard if one], kind, language):
            note = f"{name} is also written {usual}"
            found.setdefault(one.number, Change("name", one.written, "", made=False, note=note))
    return found


def _named(drafts: Sequence[Draft], language: str, finder: Finder) -> dict[tuple[str, str], list[int]]:
    """The names without a decision, with their kind, and the sentences that have them, where these are several."""
    from tolmach.names.mentions.find import Corpus, mentions

    corpus = Corpus()
    for draft in drafts:
        corpus.add(draft.source, language)
    named: dict[tuple[str, str], dict[int, None]] = defaultdict(dict)
    for number, draft in enumerate(drafts):
        decided = [hit.span for hit in finder.find(draft.source, language)]
        for mention in mentions(draft.source, language, corpus):
            name = mention.base.rpartition(" ")[2] if mention.kind == "person" else mention.base
            span = Span(mention.start, mention.end)
            usable = mention.kind in _KINDS and len(name) >= _SHORTEST and " " not in name
            if usable and draft.text and not any(span.overlaps(one) for one in decided):
                named[name, mention.kind][number] = None
    return {name: list(numbers) for name, numbers in named.items() if len(numbers) >= _LEAST}


def _words(text: str, language: str, finder: Finder) -> list[str]:
    """The words with a capital that are none of the house's terms."""
    decided = [hit.span for hit in finder.find(text, language)]
    found = (word for word in _WORD.finditer(text) if word[0][0].isupper())
    free = (word[0] for word in found if not any(Span(*word.span()).overlaps(one) for one in decided))
    return list(dict.fromkeys(_POSSESSIVE.sub("", word) for word in free))


def _best(number: int, questions: Iterable[Question], ear: Ear) -> _Rendering | None:
    answers = [(ear.answer(question), question.word) for question in questions]
    best, word = max(answers, key=lambda pair: pair[0].score, default=(Answer(), ""))
    if best.score < _SURE:
        return None
    return _Rendering(number, word, frozenset({word, *(base.form for base in best.readings)}))


def _outsiders(renderings: Sequence[_Rendering], kind: str, language: str) -> Iterator[tuple[_Rendering, str]]:
    """The renderings that share no base form with the largest group of them, each with what that group writes."""
    groups: list[list[_Rendering]] = []
    for one in renderings:
        kin = [group for group in groups if any(_is_same(one, other, kind, language) for other in group)]
        groups = [group for group in groups if group not in kin] + [[one, *(other for group in kin for other in group)]]
    if len(groups) < _LEAST:
        return
    groups.sort(key=lambda group: (-len(group), min(one.number for one in group)))
    usual = Counter(base for one in groups[0] for base in one.bases).most_common()
    for group in groups[1:]:
        for one in group:
            yield one, min((base for base, count in usual if count == usual[0][1]), key=len)


def _is_same(one: _Rendering, other: _Rendering, kind: str, language: str) -> bool:
    """May both be forms of one word, or the one an adjective made of the other?"""
    if one.bases & other.bases or one.written.casefold() == other.written.casefold():
        return True
    pairs = ((one.written, other.written), (other.written, one.written))
    return any(
        second in _forms(first, kind, language) or is_derived(second, first, language) for first, second in pairs
    )


def _forms(word: str, kind: str, language: str) -> set[str]:
    lexemes = (Lexeme(word, kind), Lexeme(word, kind, number="pl"))
    return {form.text for one in lexemes for form in forms(one, language)}
