"""Words beside an aligned rendering that belong to it though no word of the term answers to them.

«рабочий процесс» for «workflow», «панель запуска» for «launchpad»: where only the second word was found, the first one
must not be left. It belongs to the rendering if it answers to no other word of the source that says something.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from tolmach.text.bitext.words import Word, translations
from tolmach.translate.enforce.function_words import is_function_word
from tolmach.translate.enforce.word_class import is_attribute, is_genitive, is_head

_CLAIMED = 0.3
_AS_GOOD = 0.6


def grown(
    first: int,
    last: int,
    source: Sequence[Word],
    target: Sequence[Word],
    rows: range,
    links: NDArray[np.float64],
    languages: tuple[str, str],
) -> tuple[int, int]:
    """The first and the last word of the rendering of a noun with what belongs to it, as words of the alignment."""
    language, known = languages[1], translations(*languages)
    telling = [
        place
        for place, word in enumerate(source[: len(links)])
        if place not in rows and not is_function_word(word.text, languages[0])
    ]
    if any(_is_unanswered(place, links) for place in telling if place in (rows.start - 1, rows.stop)):
        return first, last
    claimed = _claimed(telling, source, target, links, known)
    meant = {one for place in telling for one in known.get(source[place].stem, ())}

    def is_open(place: int) -> bool:
        if not 0 <= place < len(claimed) or is_function_word(target[place].text, language):
            return False
        return float(claimed[place]) < _CLAIMED and target[place].stem not in meant

    while (
        is_open(first - 1)
        and _is_beside(target[first - 1], target[first])
        and (
            is_attribute(target[first - 1].text, target[first].text, language)
            or (is_head(target[first - 1].text, language) and is_genitive(target[first].text, language))
        )
    ):
        first -= 1
    while (
        is_open(last + 1)
        and _is_beside(target[last], target[last + 1])
        and is_genitive(target[last + 1].text, language)
    ):
        last += 1
    return first, last


def _claimed(
    telling: Sequence[int],
    source: Sequence[Word],
    target: Sequence[Word],
    links: NDArray[np.float64],
    known: Mapping[str, frozenset[str]],
) -> NDArray[np.float64]:
    """How surely each word of the translation answers to another word of the source that says something."""
    # What a word of the source answers to better elsewhere it does not claim.
    best = np.where(links >= _AS_GOOD * links.max(axis=1, keepdims=True), links, 0)
    for place in telling:
        usual = [word.stem in known.get(source[place].stem, ()) for word in target[: links.shape[1]]]
        if any(usual):
            best[place] *= usual
    claimed: NDArray[np.float64] = best[telling].max(axis=0) if telling else np.zeros(links.shape[1])
    return claimed


def _is_unanswered(place: int, links: NDArray[np.float64]) -> bool:
    """Does no word of the translation answer to a word of the source, so that the one in question might?"""
    return float(links[place].max(initial=0.0)) < _CLAIMED


def _is_beside(left: Word, right: Word) -> bool:
    return right.start - left.end == 1
