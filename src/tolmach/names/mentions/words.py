"""What single words say: ordinary, office, name of a person, place or organisation; by lists and by their build."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache

from tolmach.names.mentions.german import ends_in, is_adjective, is_certain_noun, is_demonym, is_noun, is_office
from tolmach.names.mentions.lists import (
    ACRONYM,
    ADJECTIVE,
    CITY,
    DEMONYM,
    FOREIGN,
    GENITIVE,
    GIVEN,
    HEAD,
    NAME,
    NOUN,
    OFFICE,
    ORDINARY,
    ORGANISATION,
    PERSON,
    PLACE,
    STOP,
    SURNAME,
    TOWN,
    WORD,
    folded,
    given_names,
    is_town,
    known_names,
    lexicon,
    listed,
    table,
)

_MANY = 400_000  # words remembered
_LONG, _LONGEST = 9, 80  # letters
_KNOWN = NAME | GIVEN | SURNAME | CITY | TOWN
_ACRONYM = re.compile(
    r"[A-ZÄÖÜ\u0410-\u042f]{2,7}|[A-Z]{2,5}s|[A-Z]{1,3}[a-z]{1,2}[A-Z]{1,3}|[A-Z][0-9]{1,2}|[A-Z]{2,4}[0-9]"
)
_ROMAN = re.compile("(?=[IVXL])(?:X{0,3})(?:IX|IV|V?I{0,3})$|XL|XXX")
_STRANGE = re.compile(
    "[\u00c0-\u00c3\u00c5-\u00d5\u00d8-\u00db\u00dd\u00e0-\u00e3\u00e5-\u00f5\u00f8-\u00fb\u00fd\u0100-\u024f]"
    "|q(?!u)|aou|ou[aei]|[aeiou]{4}|^[NM][bdgkpz][aeiou]|dsch|tsch|chw|schtsch|^[Kk]h|^[Dd]zh|^[Zz]h|aa|[^c]kk|y[aeiou]|[bdgklmnprstvwz]y$|oo|ee[^r]w|^Mc[A-Z]|^O'"
)
_ENGLISH_ENDING = re.compile("(?<=...)(?:s|es|ies|ed|d|ing|ings|ly|er|ers|ness|able)$")
_ADJECTIVE = re.compile("(?:isch|lich)e[nrsm]?$")
_ENGLISH = re.compile("(?:[ts]ion|ment|ness|ity|ism|ist|ing|ous|ive|able|ence|ance|ship|hood|tial|ical|ology)s?$")


@dataclass
class Words:
    """What is known of the words of a language, each looked up once."""

    language: str
    _known: dict[str, int] = field(default_factory=dict)

    def kinds(self, word: str) -> int:
        """The sum of the kinds (NOUN, GIVEN, PLACE …) of a word as printed, its ending taken off if need be."""
        found = self._known.get(word)
        if found is None:
            if len(self._known) > _MANY:
                self._known.clear()
            found = self._known[word] = self._look(word)
        return found

    def _look(self, word: str) -> int:
        if len(word) > _LONGEST:
            return NOUN
        plain = folded(word)
        found = self._named(word, plain) | self._ordinary(plain)
        if found & ACRONYM and found & (NOUN | STOP | WORD) and len(word) > 3:
            found &= ~ACRONYM  # EURO, in capitals for show
        if len(word) > 1 and _ROMAN.fullmatch(word):
            found |= STOP
        if found & NOUN and found & (FOREIGN | SURNAME | GIVEN) and len(plain) < _LONG and not is_certain_noun(plain):
            found &= ~NOUN  # Barsani is no compound of Bar and Sani
        if found & ADJECTIVE and found & (FOREIGN | SURNAME | GIVEN) and not _is_known_adjective(plain):
            found &= ~(WORD | ADJECTIVE)  # Boualem is no form of an adjective in -al
        if found & NOUN and plain in lexicon()["en.word"] and not is_certain_noun(plain):
            found &= ~NOUN  # Keystone is no compound of Key and Stone
        if found & GIVEN and found & NOUN and plain not in lexicon()["de.noun"]:
            found &= ~NOUN  # Volker is no plural of Volk
        return found if found & (NAME | GIVEN) else self._without_ending(word, plain, found)

    def _without_ending(self, word: str, plain: str, found: int) -> int:
        """The kinds of what may be the genitive of a known name: Kasachstans, Kremls."""
        for ending in ("'s", "s", "'"):
            stem = plain.removesuffix(ending)
            if stem == plain or len(stem) < 4:
                continue
            base = self._named(word[: len(stem)], stem)
            if base & _KNOWN and not found & ORDINARY:
                return found | base | GENITIVE
            is_weak = stem in listed(self.language, "weak")
            if base & NAME and not is_weak and not found & (STOP | NAME | GIVEN | SURNAME):
                return (found | base | GENITIVE) & ~(NOUN | WORD)
        return found

    def _named(self, word: str, plain: str) -> int:
        lists = lexicon()
        found = known_names(self.language).get(plain, 0) or self._part_of_place(plain)
        found |= GIVEN * (plain in lists["given"] or plain in given_names())
        found |= SURNAME * (plain in lists["surname"]) | CITY * (plain in lists["city"])
        if is_acronym(word):
            found |= ACRONYM
        elif len(plain) > 2:
            found |= FOREIGN * (
                is_foreign(word) and not (self.language == "de" and is_english(plain))
            ) | TOWN * is_town(plain)
        return found

    def _part_of_place(self, plain: str) -> int:
        """PLACE for Nordsyrien, Ostukraine."""
        if self.language != "de":
            return 0
        if not plain.startswith(_directions()):
            return 0
        rests = (plain.removeprefix(direction) for direction in _directions())
        return next((known_names("de").get(rest, 0) & PLACE for rest in rests if rest != plain and len(rest) > 3), 0)

    def _ordinary(self, plain: str) -> int:
        if self.language != "de":
            return self._small(plain)
        if "-" in plain:
            return STOP * (plain in listed("de", "stop")) | DEMONYM * (plain in listed("de", "demonyms"))
        found = STOP * (plain in listed("de", "stop"))
        found |= OFFICE * is_office(plain) | HEAD * ends_in(plain, listed("de", "heads"))
        found |= ADJECTIVE * is_adjective(plain)
        found |= DEMONYM * is_demonym(plain)
        if is_noun(plain):
            found |= NOUN
        if plain in lexicon()["de.word"] or found & ADJECTIVE:
            found |= WORD
        return found

    def _small(self, plain: str) -> int:
        found = 0
        for kind, key in ((STOP, "stop"), (OFFICE, "offices"), (HEAD, "heads"), (DEMONYM, "demonyms")):
            found |= kind * (plain in listed(self.language, key))
        if self.language == "ru":
            return found | russian_kinds(plain)
        found |= DEMONYM * (plain.removesuffix("s") in listed(self.language, "demonyms"))
        return found | WORD * is_english(plain)


@cache
def _directions() -> tuple[str, ...]:
    return tuple(table("de")["directions_solid"].split())


def _is_known_adjective(plain: str) -> bool:
    return plain in lexicon()["de.word"] or _ADJECTIVE.search(plain) is not None


@lru_cache(1 << 16)
def is_english(plain: str) -> bool:
    """Is it an English word, or made of one with a common ending?

    >>> is_english("protesters"), is_english("tokayev")
    (True, False)
    """
    words = lexicon()["en.word"]
    if plain in words or (len(plain) > 7 and _ENGLISH.search(plain)):
        return True
    ending = _ENGLISH_ENDING.search(plain)
    return ending is not None and any(plain[: ending.start()] + rest in words for rest in ("", "e", "y"))


def russian_kinds(plain: str) -> int:
    """What the Russian dictionary says: an ordinary word, or a name of a person, a place, an organisation."""
    from tolmach.morphology.russian_lexicon import known

    found = 0
    named = {"Name": GIVEN, "Surn": SURNAME | PERSON, "Geox": PLACE, "Orgn": ORGANISATION, "Patr": SURNAME}
    for parse in known(plain):
        tags = parse.tag.grammemes
        kind = next((kind for tag, kind in named.items() if tag in tags), WORD)
        found |= kind
    return found


def is_acronym(word: str) -> bool:
    """Two to six capitals, or capitals and a digit, but no Roman number.

    >>> is_acronym("ODKB"), is_acronym("XIV"), is_acronym("Odkb")
    (True, False, False)
    """
    return _ACRONYM.fullmatch(word) is not None and _ROMAN.fullmatch(word) is None


def is_foreign(word: str) -> bool:
    """Is a word written as no German or English word is, or as a transcription?"""
    from tolmach.transcription.restore import is_transcription

    return bool(_STRANGE.search(word)) or is_transcription(word)
