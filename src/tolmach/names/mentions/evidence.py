"""What speaks for and against a doubtful word being a name, where it stands and in the texts of the run."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from tolmach.morphology import paradigm
from tolmach.names.mentions.bases import Bases
from tolmach.names.mentions.beside import (
    CONTEXT,
    is_owner,
    last_word,
    listed_as_is,
    next_word,
    opens_sentence,
    role,
)
from tolmach.names.mentions.german import ends_in
from tolmach.names.mentions.letters import likeness
from tolmach.names.mentions.lists import (
    ACRONYM,
    CITY,
    FOREIGN,
    GIVEN,
    NAME,
    NOUN,
    OFFICE,
    ORDINARY,
    PERSON,
    PLACE,
    SURNAME,
    TOWN,
    folded,
    lexicon,
    listed,
    table,
)
from tolmach.names.mentions.tokens import INSIDE, PLACED, Piece
from tolmach.names.mentions.words import Words, is_english

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tolmach.names.mentions.find import Corpus

_INFLECTED = re.compile("(?:en|er|ern|es)$")
# A lone unknown word as the last sentence of a paragraph is whom a picture is from.
_CREDIT = re.compile("(?:[.!?]|\n\n)[ \n]$")
_SAID = ORDINARY | NAME | GIVEN | SURNAME
_KNOWN = FOREIGN | SURNAME | GIVEN | CITY
_BUILT = _SAID | CITY | TOWN | FOREIGN
_UPPER = "[A-Z\u00c0-\u00de\u0100-\u024f\u0400-\u042f]"
_SHOUTED = re.compile("\\b[A-ZÄÖÜ]{2,} [A-ZÄÖÜ]{2,}")
_RELATIVE = re.compile(", (?:die|der|das|den|dem) $")  # die Regierung, die Monti bildet
_SURNAME_ENDING = re.compile("(?:ян|[оеё]в|ин|швили|дзе|енко|[оеи]вич|чук|ский)(?:а|у|ом|ым|е|ой|ого|ому|им)?$")
_OF = re.compile("(\\w+) (?:von|of) $")
_AMONG = re.compile("\\b[Ii]m \\w+ischen $")  # im iranischen Tschabahar
# An adjective that is not one of a place: ein neuer …, unlike im südukrainischen ….
_DESCRIBED = re.compile(
    "[ \\n](?P<determiner>[a-z]+)(?:[ \\n](?:sehr|ganz|so|noch|nicht))?[ \\n]\\w+(?<!isch)(?:e|en|er|em|es)[ \\n]$"
)
_CREDITED = 4
_RARELY = 4  # nobody stands right after in, nach, aus: one in so many makes a place
_LEAST, _MOST, _ENGLISH, _BORDER = -1.5, 2.5, 0.5, 0.5  # what letters can say


class Judge:
    """Weighs the evidence for doubtful words."""

    def __init__(self, language: str, words: Words, corpus: Corpus) -> None:
        self._language = language
        self._words = words
        self._corpus = corpus
        self._types: dict[str, tuple[float, str]] = {}
        self._weights: Mapping[str, float] = table(language)["weights"]
        self.bases = Bases(language, words, corpus)
        self._articled, self._placed = _patterns(language)

    def forget(self) -> None:
        """Weigh every word anew: the corpus has grown."""
        self._types.clear()

    def articled(self, text: str) -> list[str]:
        """Every capital word after an article or the like."""
        return self._articled.findall(text)

    def placed(self, text: str) -> list[str]:
        """Every capital word right after a preposition of place."""
        return self._placed.findall(text)

    def is_kin(self, word: str) -> bool:
        """Has the word, perhaps declined, been met as the surname in a full name?"""
        surnames = self._corpus.surnames
        if word in surnames or (word.endswith("s") and word[:-1] in surnames):
            return True
        return self._language == "ru" and any(base in surnames for base in _persons(word, "ru"))

    def kind(self, text: str, start: int, end: int, piece: Piece, beside: str) -> str:
        """The kind of a doubtful piece, empty if it is no name; `beside` is the kind of a name joined to it."""
        before = text[max(0, start - CONTEXT) : start]
        is_opener = not piece.before and opens_sentence(before)
        if piece.doubt == INSIDE:
            is_name = not _is_unit(text, start, end) if piece.kinds & ACRONYM else not is_opener
            return piece.kind if is_name else ""
        if piece.office:
            return "person"
        if _CREDIT.search(before[-_CREDITED:]) and _is_line_end(text, end) and not piece.kinds & ORDINARY:
            return "organisation"
        word = piece.before or last_word(before)
        if piece.doubt == PLACED:
            return "place" if word in listed_as_is(self._language, "place_prepositions") else ""
        is_noun = word[:1].isupper() or self._language != "de"
        named = role(word, self._words) if is_noun and not is_opener else ""
        if named:
            return named
        score, kind = self._type(text[start:end], piece)
        described = None if piece.before else _DESCRIBED.search(before)
        if described and described["determiner"] in listed_as_is(self._language, "determiners"):
            score += self._weights["described"]
        score += self._beside(word, before, text, end) + self._weights["coordinated"] * bool(beside)
        if not is_opener:
            score += self._weights["inside"]
        elif not (piece.kinds & _KNOWN or " " in text[start:end] or self.is_kin(text[start:end])):
            score += self._weights["opener"]
        if score < self._weights["bar"]:
            return ""
        return piece.kind or self._kind_here(text[start:end], kind, word, before, beside)

    def _kind_here(self, name: str, kind: str, word: str, before: str, beside: str) -> str:
        """The kind of a name by what it usually is and what stands beside it."""
        if kind == "organisation" or self.is_kin(name):
            return kind
        is_named = word in listed_as_is(self._language, "naming")
        if is_named or (word.islower() and self._words.kinds(word) & OFFICE):
            return "person"
        if beside in ("place", "organisation") and " " not in name:
            return beside
        if kind in ("person", "other") and not self._words.kinds(name.split()[0]) & GIVEN:
            return self._kind_after(name, kind, word, before)
        return kind

    def _kind_after(self, name: str, kind: str, word: str, before: str) -> str:
        language = self._language
        found = _OF.search(before)
        if word in listed_as_is(language, "place_prepositions") or _AMONG.search(before):
            return "place"
        if found and ends_in(folded(found[1]), listed(language, "places_of")):
            return "place"
        is_articled = word.lower() in listed_as_is(language, "determiners")
        return "organisation" if is_articled and not self._words.kinds(name.split()[0]) & SURNAME else kind

    def _beside(self, word: str, before: str, text: str, end: int) -> float:
        weights = self._weights
        if word in listed_as_is(self._language, "determiners"):
            return weights["relative"] if _RELATIVE.search(before) else weights["article"]
        score = 0.0
        if word in listed_as_is(self._language, "place_prepositions"):
            score += weights["place"]
        elif word in listed_as_is(self._language, "prepositions"):
            score += weights["preposition"]
        speech = listed_as_is(self._language, "speech")
        if word in speech or next_word(text, end) in speech:
            score += weights["speech"]
        score += weights["office"] * (word.islower() and bool(self._words.kinds(word) & OFFICE))
        score += weights["naming"] * (word in listed_as_is(self._language, "naming"))
        score += weights["owner"] * is_owner(text, end, self._words)
        # Only names are genitives without an article: die Entscheidung Nauers.
        is_owning = text[end - 1] == "s" and word[:1].isupper() and self._words.kinds(word) & NOUN
        return score + weights["owning"] * bool(is_owning)

    def _letters(self, words: list[str], kinds: list[int]) -> float:
        """What the letters of the words say that no list and no build speaks for."""
        if not self._weights["letters"]:
            return 0.0
        unknown = [word for word, kind in zip(words, kinds, strict=True) if not kind & _BUILT and word.isalpha()]
        return self._weights["letters"] * sum(map(self._likeness, unknown)) / max(1, len(unknown))

    def _likeness(self, word: str) -> float:
        plain = folded(word)
        said = max(_LEAST, min(_MOST, likeness(plain) - _BORDER))
        if said < 0 and _ends_as(plain, listed(self._language, "town_endings")):
            return 0.0
        return min(said, _ENGLISH) if is_english(plain) else said

    def _type(self, name: str, piece: Piece) -> tuple[float, str]:
        """What is said for the word wherever it stands, and its likeliest kind."""
        found = self._types.get(name)
        if found is None:
            found = self._types[name] = self._weigh(name, piece)
        return found

    def _weigh(self, name: str, piece: Piece) -> tuple[float, str]:
        weights, corpus = table(self._language)["weights"], self._corpus
        words = name.split()
        last = words[-1]
        kinds = [self._words.kinds(word) | piece.kinds * (word == last) for word in words]
        together = 0
        for kind in kinds:
            together |= kind
        score = weights["foreign"] * bool(together & FOREIGN) + weights["town"] * bool(together & TOWN)
        score += weights["city"] * bool(together & (CITY | PLACE))
        score += weights["listed"] * bool(together & (SURNAME | GIVEN)) + weights["several"] * (len(words) > 1)
        score += self._letters(words, kinds)
        kin = self.is_kin(last)
        score += weights["kin"] * kin
        is_full = len(words) > 1 and kinds[0] & GIVEN and kinds[-1] & SURNAME
        is_close = self.is_kin(last) or (len(words) > 1 and kinds[0] & GIVEN)
        share = weights["small_kin"] if is_close else 1.0
        score += weights["full"] * bool(is_full) + weights["small"] * bool(kinds[-1] & ORDINARY and not is_full) * share
        score += weights["unknown"] * (not together & _SAID)
        forms = [last, last[:-1]] if last.endswith("s") else [last, last + "s"]
        count = sum(corpus.words[form] for form in forms)
        articled = sum(corpus.articled[form] for form in forms)
        small = corpus.words[last.lower()]
        if count > 1:
            score += weights["bare"] * (not articled) + weights["genitive"] * all(corpus.words[form] for form in forms)
            score += weights["repeated"]
        if articled and not (kin and not kinds[-1] & ORDINARY):
            score += weights["often"] * min(1.0, 3 * articled / max(1, count))
        if small and last[0].isupper():
            score += weights["small"] * min(1.0, 10 * small / (count or 1))
        if not together & FOREIGN:
            is_town = _ends_as(folded(last), listed(self._language, "town_endings"))
            score += weights["inflected"] * bool(not is_town and _INFLECTED.search(last))
            score += weights["long"] * (len(last) > 13)
        likely = self._likely(name, together, kin)
        return score, "person" if likely == "other" and len(words) > 1 else likely

    def _is_english(self, name: str) -> bool:
        """Is an English word, nobody's name, among the words of a name: Algoma Steel?"""
        *first, last = name.split()
        if self._language != "de" or not first or self._words.kinds(first[0]) & GIVEN:
            return False
        return is_english(folded(last)) and not self._words.kinds(last) & (GIVEN | SURNAME)

    def _likely(self, name: str, kinds: int, kin: bool) -> str:
        last = name.split()[-1]
        if kin:
            return "place" if kinds & PLACE and self._corpus.placed[last] else "person"
        if kinds & PLACE:
            return "place"
        if last.isupper() or self._is_english(name):
            return "organisation"
        if " " in name:
            kinds = self._words.kinds(last)
        placed, count = self._corpus.placed[last], self._corpus.words[last]
        if (kinds & (CITY | TOWN) and not kinds & (SURNAME | GIVEN)) or _RARELY * placed >= count > 0:
            return "place"
        is_person = kinds & (SURNAME | GIVEN | FOREIGN | PERSON) or _SURNAME_ENDING.search(last)
        return "person" if is_person else "other"


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    determiners = table(language)["determiners"].split()
    both = _grouped({*determiners, *(word.capitalize() for word in determiners)})
    places = _grouped(set(table(language)["place_prepositions"].split()))
    capital = rf"({_UPPER}[^\W\d_]+\b)"
    # In Yoons Partei it is no place.
    alone = f"(?!(?<=s)[ \\n]{_UPPER})"
    return re.compile(rf"\b(?:{both})[ \n]{capital}"), re.compile(rf"\b(?:{places})[ \n]{capital}{alone}")


def _grouped(words: set[str]) -> str:
    """Alternatives by their first letter, which is tried once for all."""
    firsts: dict[str, list[str]] = {}
    for word in sorted(words):
        firsts.setdefault(word[0], []).append(word[1:])
    return "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in firsts.items())


def _is_line_end(text: str, end: int) -> bool:
    return text[end : end + 2].removeprefix(".")[:1] in ("", "\n")


@lru_cache(1 << 14)
def _persons(word: str, language: str) -> tuple[str, ...]:
    return tuple(base.form for base in paradigm.bases(word, language, "person"))


def _ends_as(plain: str, endings: frozenset[str]) -> bool:
    return any(plain[cut:] in endings for cut in range(2, len(plain) - 1))


def _is_unit(text: str, start: int, end: int) -> bool:
    """Does an acronym stand behind a number (70 HUF) or in a line of capitals, or is it a word among others?"""
    if text[max(0, start - 2) : start - 1].isdigit() and text[start - 1 : start] in " \u00a0\u202f":
        return True
    line = text[max(0, start - 30) : start].rpartition("\n")[2] + " " + text[end : end + 30].partition("\n")[0]
    if folded(text[start:end]) in lexicon()["de.word"] and _SHOUTED.search(text[max(0, start - 30) : end + 30]):
        return True
    letters = [letter for letter in line if letter.isalpha()]
    return len(letters) > 8 and sum(letter.isupper() for letter in letters) > 0.8 * len(letters)
