"""How a model is best asked: in the spelling of a name that it knows, and what its own word for a term is.

A model has seen «Tokayev» more often than «Tokajew», whatever language the sentence around it is in. A sentence whose
names did not come out right is asked again with other spellings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from tolmach.config import primary
from tolmach.text.model import Span
from tolmach.translate.enforce.inflect import choices
from tolmach.translate.enforce.known import source_forms, target_lexeme
from tolmach.translate.enforce.model import Term
from tolmach.translate.enforce.rendering import MEANT
from tolmach.translate.enforce.sentence import Sentence, key
from tolmach.translate.engine import Decoder, Request

_MORE_WORDS = 2  # that a rendering may have beyond those of the term
_SHORTEST = 3  # letters of a rendering
_SIGNS = " .,;:!?\u2026\"'\u00ab\u00bb\u201e\u201c\u201d"
_LATIN = 0x250


@dataclass(slots=True)
class OwnWords:
    """What a model makes of terms that stand alone; names are left out, they are known by their sound."""

    decoder: Decoder
    _known: dict[Term, tuple[str, ...]] = field(default_factory=dict)

    def learn(self, terms: Iterable[Term]) -> None:
        """Ask the model about the terms it has not been asked about."""
        plain = (replace(term, span=None) for term in terms if term.kind in MEANT)
        new = [term for term in dict.fromkeys(plain) if term not in self._known]
        found = self.decoder.hypotheses(Request(term.source) for term in new)
        for term, texts in zip(new, found, strict=True):
            self._known[term] = _rendering(term, texts[0] if texts else "")

    def added(self, terms: Sequence[Term]) -> tuple[Term, ...]:
        """The terms with what the model makes of them among their other renderings."""
        own = (self._known.get(replace(term, span=None), ()) for term in terms)
        return tuple(
            replace(term, also=(*term.also, *words)) if words else term for term, words in zip(terms, own, strict=True)
        )


def _rendering(term: Term, alone: str) -> tuple[str, ...]:
    """What the model wrote for the term alone, if it can be a rendering."""
    text = alone.strip(_SIGNS)
    if not text or key(text) in (key(term.target), key(term.source)):
        return ()
    fits = len(text) >= _SHORTEST and text.count(" ") <= term.source.count(" ") + _MORE_WORDS
    return (text,) if fits else ()


def respelled(text: str, term: Term, language: str) -> Iterator[str]:
    """The sentence with the term in each other spelling that its script has, endings and all."""
    for spelling in _spellings(term):
        changes = sorted(_changes(text, term, spelling, language), key=lambda change: -change[0].start)
        new = text
        for span, written in changes:
            new = new[: span.start] + written + new[span.end :]
        if new != text:
            yield new


def _spellings(term: Term) -> tuple[str, ...]:
    """Other spellings of a name; what is translated and not transcribed has none."""
    if term.kind in MEANT:
        return ()
    return tuple(
        dict.fromkeys(
            one
            for one in (*term.spellings, term.target)
            if one != term.source and _is_latin(one) == _is_latin(term.source)
        )
    )


def _changes(text: str, term: Term, spelling: str, language: str) -> Iterator[tuple[Span, str]]:
    begin, end = (term.span.start, term.span.end) if term.span else (0, len(text))
    words = Sentence(text[begin:end])
    lexeme = target_lexeme(Term(spelling, spelling, term.kind), primary(language))
    for place in source_forms(term.source, term.kind, language).places(words):
        span = words.span(place.first, place.last).shifted(begin)
        found = choices(text, span, lexeme, language, like=place.entry.readings)
        yield from ((change.span, change.text) for change in found[0].changes)


def _is_latin(text: str) -> bool:
    return all(ord(letter) < _LATIN for letter in text if letter.isalpha())
