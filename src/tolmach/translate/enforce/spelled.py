"""How a model is best asked: the spelling of a name that it renders as the house wants, and its own word for a term.

A model has seen «Tokayev» more often than «Tokajew», whatever language the sentence around it is in. Which spelling it
knows is asked once for each term, in a few sentences that say nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from tolmach.config import primary
from tolmach.files import load_table
from tolmach.text.model import Span
from tolmach.translate.enforce.inflect import choices
from tolmach.translate.enforce.known import known, source_forms, target_lexeme
from tolmach.translate.enforce.model import Term
from tolmach.translate.enforce.rendering import MEANT
from tolmach.translate.enforce.sentence import Sentence, key
from tolmach.translate.engine import Decoder, Request

_MORE_WORDS = 2  # that a rendering may have beyond those of the term
_SHORTEST = 3  # letters of a rendering
_SIGNS = " .,;:!?\u2026\"'\u00ab\u00bb\u201e\u201c\u201d"


@dataclass(frozen=True, slots=True)
class Asked:
    """A sentence as the model gets it, and its terms with what the model makes of them alone."""

    text: str
    terms: tuple[Term, ...]


@dataclass(slots=True)
class Speller:
    """Knows of each term how a model is best asked for it; `spellings` gives those a name has in other languages."""

    decoder: Decoder
    source_language: str
    target_language: str
    rewrite: bool = True
    listen: bool = True
    _best: dict[Term, str] = field(default_factory=dict)
    _own: dict[Term, tuple[str, ...]] = field(default_factory=dict)

    def learn(self, terms: Iterable[Term]) -> None:
        """Ask the model about the terms it has not been asked about."""
        new = [term for term in dict.fromkeys(map(_plain, terms)) if term not in self._own]
        if not new:
            return
        probes = [probe for term in new for probe in self._probes(term)]
        found = list(self.decoder.hypotheses(Request(probe.text) for probe in probes))
        rendered = {probe: texts[0] if texts else "" for probe, texts in zip(probes, found, strict=True)}
        for term in new:
            self._judge(term, rendered)

    def _probes(self, term: Term) -> Iterator[_Probe]:
        if self.listen:
            yield _Probe(term, "", term.source)
        spellings = self._spellings(term)
        if self.rewrite and len(spellings) > 1:
            for spelling in spellings:
                for frame in _frames(self.source_language):
                    yield _Probe(term, spelling, frame.format(name=spelling))

    def _spellings(self, term: Term) -> tuple[str, ...]:
        """The term's own spelling first, then others in its script: names keep theirs, what is translated has none."""
        if term.kind in MEANT or " " in term.source:
            return (term.source,)
        others = (one for one in (*term.spellings, term.target) if one.isascii() or not term.source.isascii())
        latin = (one for one in others if _is_latin(one) == _is_latin(term.source))
        return tuple(dict.fromkeys((term.source, *latin)))

    def _judge(self, term: Term, rendered: dict[_Probe, str]) -> None:
        forms = known(term, self.source_language, self.target_language)
        right: dict[str, int] = dict.fromkeys(self._spellings(term), 0)
        for probe in self._probes(term):
            if probe.spelling:
                places = forms.places(Sentence(rendered[probe]))
                right[probe.spelling] += any(place.entry.wanted for place in places)
        # of equals the first, which is the term as it is
        self._best[term] = max(right, key=lambda spelling: right[spelling])
        alone = rendered.get(_Probe(term, "", term.source), "")
        self._own[term] = _rendering(term, alone)

    def asked(self, text: str, terms: Sequence[Term]) -> Asked:
        """The sentence with its names spelled as the model knows them; `terms` have their places in it."""
        changes: list[tuple[Span, str]] = []
        for term in terms:
            best = self._best.get(_plain(term), term.source)
            if best != term.source:
                changes += self._change(text, term, best)
        told = tuple(replace(term, also=(*term.also, *self._own.get(_plain(term), ()))) for term in terms)
        for span, new in sorted(changes, key=lambda change: -change[0].start):
            text = text[: span.start] + new + text[span.end :]
        return Asked(text, told)

    def _change(self, text: str, term: Term, spelling: str) -> Iterator[tuple[Span, str]]:
        """The name written in the other spelling, with its endings, wherever the term stands."""
        begin, end = (term.span.start, term.span.end) if term.span else (0, len(text))
        words = Sentence(text[begin:end])
        lexeme = target_lexeme(Term(spelling, spelling, term.kind), primary(self.source_language))
        for place in source_forms(term.source, term.kind, self.source_language).places(words):
            span = words.span(place.first, place.last).shifted(begin)
            found = choices(text, span, lexeme, self.source_language, like=place.entry.readings)
            yield from ((change.span, change.text) for change in found[0].changes)


@dataclass(frozen=True, slots=True)
class _Probe:
    term: Term
    spelling: str
    text: str


def _plain(term: Term) -> Term:
    """The term without its place, so that it is the same in every sentence."""
    return replace(term, span=None) if term.span is not None else term


def _is_latin(text: str) -> bool:
    return all(ord(letter) < 0x250 for letter in text if letter.isalpha())


def _rendering(term: Term, alone: str) -> tuple[str, ...]:
    """What the model wrote for the term alone, if it can be a rendering."""
    text = alone.strip(_SIGNS)
    if not text or key(text) in (key(term.target), key(term.source)):
        return ()
    fits = len(text) >= _SHORTEST and text.count(" ") <= term.source.count(" ") + _MORE_WORDS
    return (text,) if fits else ()


def _frames(language: str) -> tuple[str, ...]:
    return _all_frames().get(primary(language), ())


@cache
def _all_frames() -> dict[str, tuple[str, ...]]:
    return {language: tuple(frames) for language, frames in load_table(__package__, "probes.toml").items()}
