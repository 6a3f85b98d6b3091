"""Names that were translated by mistake («Повар» for Cook, «Еды» for Essen), found by the lexicon."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tolmach.text.bitext.words import stemmer, translations
from tolmach.translate.enforce.heard import family_name
from tolmach.translate.enforce.known import readings
from tolmach.translate.enforce.model import Term
from tolmach.translate.enforce.rendering import MEANT, Rendering, Work, settle
from tolmach.translate.enforce.word_class import russian_class

# In German every noun has a capital, so that nothing tells a name.
_LANGUAGES = ("en", "ru")


def by_meaning(works: Iterable[Work]) -> None:
    """Take a word with a capital within a sentence that is what the name means as a common word."""
    for work in works:
        for group in work.open if work.language in _LANGUAGES else ():
            term = family_name(group.term) or group.term
            place = next(_places(work, term), None)
            if place is not None:
                group.term = term
                like = readings(work.target.words[place], work.language, "term")
                span = work.target.span(place, place)
                settle(work, group, Rendering(place, place, span, "alignment", False, like))


def _places(work: Work, term: Term) -> Iterator[int]:
    language = work.pair.source_language
    if term.kind in MEANT or not term.source.isalpha() or not term.source.istitle():
        return
    meanings = translations(language, work.language).get(stemmer(language).stem(term.source), frozenset())
    stems = stemmer(work.language)
    for place, word in enumerate(work.target.words if meanings else ()):
        if (
            word.istitle()
            and stems.stem(word) in meanings
            and work.target.free(place, place)
            and not work.target.starts_label(place)
            and (work.language != "ru" or russian_class(word) == "noun")
        ):
            yield place
