"""The forms by which a term is recognised in a target sentence without guessing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from tolmach.config import primary
from tolmach.morphology.lexeme import Base, BaseCase, Form, Lexeme
from tolmach.morphology.paradigm import bases, forms, lexeme
from tolmach.translate.enforce.model import Term
from tolmach.translate.enforce.sentence import Sentence, key, words_of

LANGUAGES = ("de", "en", "ru")
_REMEMBERED = 1 << 14
_WORDS_REMEMBERED = 1 << 16
_PROPER = frozenset({"Name", "Surn", "Patr", "Geox", "Orgn"})
_SHORTEST_LEFT = 3
_ENDING = 2
_WOMANLY = ("а", "я")
_HISSING = ("s", "x", "z", "ch", "sh")
_NAMES = ("person", "place", "organisation")
_APOSTROPHES = ("'", "\u2019")
# Forms to be found are named by OpenCorpora's cases in every language, readings by those of the language.
_CASES: dict[str, dict[str, BaseCase]] = defaultdict(
    dict, {"de": {"nomn": "nom", "gent": "gen"}, "en": {"nomn": "nom", "gent": "poss"}}
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One form as the keys of its words, with what it may be a form of.

    `wanted` says that it is one of the form wanted, `left` that the source form was left as it is.
    """

    keys: tuple[str, ...]
    readings: tuple[Base, ...]
    wanted: bool
    left: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a form of a term stands: the first and the last of its words."""

    first: int
    last: int
    entry: Entry


class Known:
    """All known forms of a term, by the key of their first word, the longest first."""

    __slots__ = ("_by_first", "_language", "capital")

    def __init__(self, entries: Iterable[Entry], language: str, *, capital: bool) -> None:
        self._by_first: dict[str, list[Entry]] = {}
        self._language = language
        self.capital = capital
        for entry in entries:
            self._by_first.setdefault(entry.keys[0], []).append(entry)
        for found in self._by_first.values():
            found.sort(key=lambda entry: (-len(entry.keys), not entry.wanted))

    def places(self, sentence: Sentence, *, capital: bool | None = None) -> Iterator[Place]:
        """Where a form stands in words that are not spoken for; names only with a capital unless `capital` is False."""
        by_first, keys = self._by_first, sentence.keys
        needed = self.capital if capital is None else capital
        for first, one in enumerate(keys):
            if one in by_first:
                yield from self._at(sentence, first, by_first[one], needed)

    def _at(self, sentence: Sentence, first: int, entries: list[Entry], capital: bool) -> Iterator[Place]:
        for entry in entries:
            last = first + len(entry.keys) - 1
            if tuple(sentence.keys[first : last + 1]) != entry.keys or not sentence.free(first, last):
                continue
            if (first == last or sentence.joined(first, last)) and (
                not capital or self._is_name(sentence.words[first])
            ):
                yield Place(first, last, entry)
                return

    def _is_name(self, word: str) -> bool:
        """Is the word written like the term, so that «china» is not taken for China?"""
        return not word[0].islower() or (self._language == "ru" and not _is_common(word))


def _is_common(word: str) -> bool:
    from tolmach.morphology.russian_lexicon import is_common_word

    return is_common_word(word)


@lru_cache(_REMEMBERED)
def known(term: Term, source_language: str, target_language: str) -> Known:
    """The known forms of a term in its target language: those wanted, those of other renderings, those of the source.

    `term.span` should be None, so that the answer can be remembered.
    """
    language = primary(target_language)
    capital = term.kind != "term" and term.target[:1].isupper() and not term.target.isupper()
    wanted = {entry.keys: entry for entry in _entries(target_lexeme(term, language), language, wanted=True)}
    for entry in _other_entries(term, language):
        wanted.setdefault(entry.keys, entry)
    for others, right in ((term.admitted, True), (term.also, False)):
        for other in others:
            for entry in _entries(lexeme(other, language, term.kind), language, wanted=right):
                wanted.setdefault(entry.keys, entry)
    for entry in _left_entries(term, primary(source_language), language):
        wanted.setdefault(entry.keys, replace(entry, left=True))
    return Known(wanted.values(), language, capital=capital)


def _other_entries(term: Term, language: str) -> Iterator[Entry]:
    """Forms of a person's name that are right for a woman or a family, where nothing tells who it is."""
    if term.kind not in ("", "person") or term.lexeme is not None:
        return
    if language == "ru" and " " in term.target and term.target.partition(" ")[0].endswith(_WOMANLY):
        yield from _entries(lexeme(term.target, language, "person", "f"), language, wanted=True)
    if language == "en" and term.kind and term.target.isalpha() and term.target.istitle():
        ending = "es" if term.target.endswith(_HISSING) else "s"
        yield Entry((key(term.target + ending),), (Base(term.target, "nom", "", "pl"),), wanted=True)


@lru_cache(_REMEMBERED)
def source_forms(source: str, kind: str, language: str) -> Known:
    """The forms by which a term is recognised in its source sentence."""
    base = primary(language)
    return Known(_entries(lexeme(source, base, kind), base, wanted=True), base, capital=False)


def target_lexeme(term: Term, language: str, instead_of: Sequence[Base] = ()) -> Lexeme:
    """What is known of the inflection of the form wanted; of a bare name also by the one that it takes the place of."""
    if term.lexeme is not None:
        return term.lexeme
    kind, gender = term.kind, ""
    if language == "ru" and instead_of and kind in ("", "person", "place"):
        kind, gender = _as_in_dictionary(instead_of[0].form, term)
    return lexeme(term.target, language, kind, gender)


def _as_in_dictionary(name: str, term: Term) -> tuple[str, str]:
    """Kind and gender of a name that the dictionary knows («Гейдельберг», «Изабель»), as far as they are certain."""
    from tolmach.morphology.russian_lexicon import known as in_dictionary

    kind, small = term.kind, key(name)
    parses = [parse for parse in in_dictionary(name.lower()) if key(parse.normal_form) == small]
    tags = [parse.tag for parse in parses if _PROPER & set(parse.tag.grammemes)]
    if tags and not kind and all("Geox" in tag for tag in tags):
        kind = "place"
    genders = {str(tag.gender) for tag in tags}
    given = kind in ("", "person") and tags and all("Name" in tag for tag in tags)
    # «Исабель» is a woman like «Изабель»; «Тони» is none like «Таня».
    if given and len(genders) == 1 and small[-_ENDING:] == key(term.target)[-_ENDING:]:
        return kind, {"masc": "m", "femn": "f"}.get(genders.pop(), "")
    return kind, ""


def _entries(one: Lexeme, language: str, *, wanted: bool) -> Iterator[Entry]:
    found: dict[tuple[str, ...], list[Base]] = {}
    for form in forms(one, language):
        # The word without «'s» is found anyway, and what follows it stays.
        if _apostrophes(form.text) > _apostrophes(one.text):
            continue
        if keys := words_of(form.text):
            found.setdefault(keys, []).append(base_of(form, one, language))
    yield from (Entry(keys, tuple(dict.fromkeys(readings)), wanted) for keys, readings in found.items())


def base_of(form: Form, one: Lexeme, language: str) -> Base:
    """A form of a lexeme as a reading: its base form with the case as the language names it."""
    return Base(one.text, _CASES[language].get(form.case, form.case), "", form.number)


def _apostrophes(text: str) -> int:
    return sum(map(text.count, _APOSTROPHES))


def _left_entries(term: Term, source_language: str, language: str) -> Iterator[Entry]:
    """The source form left as it is, or with an ending of either language."""
    if key(term.source) == key(term.target) or (term.kind == "term" and len(term.source) <= _SHORTEST_LEFT):
        return
    if language != source_language and language in LANGUAGES and language != "ru":
        # «Zelenskys» in a German sentence is a genitive, no English plural.
        yield from _entries(lexeme(term.source, language, term.kind), language, wanted=False)
    yield from _entries(lexeme(term.source, source_language, term.kind), source_language, wanted=False)


@lru_cache(_WORDS_REMEMBERED)
def readings(word: str, language: str, kind: str = "") -> tuple[Base, ...]:
    """The base forms a printed word may have; only itself in a language without rules.

    >>> [(one.form, one.case) for one in readings("Билькента", "ru")][0]
    ('Билькент', 'gent')
    """
    if language not in LANGUAGES or (language == "ru" and word.isascii()):
        return (Base(word, "nom"),)
    return bases(word, language, kind if kind in _NAMES else "")
