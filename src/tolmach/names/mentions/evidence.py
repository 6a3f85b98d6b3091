"""What speaks for and against a doubtful word being a name, where it stands and in the texts of the run."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from tolmach.morphology import paradigm
from tolmach.names.mentions.bases import Bases
from tolmach.names.mentions.german import ends_in
from tolmach.names.mentions.letters import likeness
from tolmach.names.mentions.lists import (
    ACRONYM,
    CITY,
    FOREIGN,
    GENITIVE,
    GIVEN,
    NAME,
    NOUN,
    OFFICE,
    ORDINARY,
    PERSON,
    PLACE,
    SURNAME,
    TOWN,
    WORD,
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

_OPENING = re.compile("(?:^|[.!?:;\u2026\\n\u2013\u2022(]|\\d[.)])[\\s\"\u201e\u201c\u201a\u00ab\u00bb'(\u2013-]*$")
_BEFORE = re.compile("([\\w.-]+)[\\s\"\u201e\u201c\u201a\u00ab\u00bb'(\u2039\u203a]*$")
_AFTER = re.compile("[\"\u201c\u201d\u00ab\u00bb'\u2018\u2019)\u2039\u203a]?,?[ \\n](\\w+)")
_INFLECTED = re.compile("(?:en|er|ern|es)$")
# A lone unknown word as the last sentence of a paragraph is whom a picture is from.
_CREDIT = re.compile("(?:[.!?]|\n\n)[ \n]$")
_SAID = ORDINARY | NAME | GIVEN | SURNAME
_KNOWN = FOREIGN | SURNAME | GIVEN | CITY
_BUILT = _SAID | CITY | TOWN | FOREIGN
_UPPER = "[A-Z\u00c0-\u00de\u0100-\u024f\u0400-\u042f]"
_OWNED = re.compile("(?:s|.['\u2019])[ \\n]([A-Z\u00c4\u00d6\u00dc][\\w-]+)")
_SHOUTED = re.compile("\\b[A-ZÄÖÜ]{2,} [A-ZÄÖÜ]{2,}")
_RIGHT = re.compile('["\u201c\u201d\u00ab\u00bb)]?[ \\n](?:[a-zäöüß]+e[nrsm]?[ \\n])?["\u201e\u00ab\u00bb]?[A-ZÄÖÜ]')
_RELATIVE = re.compile(", (?:die|der|das|den|dem) $")  # die Regierung, die Monti bildet
_SURNAME_ENDING = re.compile("(?:ян|[оеё]в|ин|швили|дзе|енко|[оеи]вич|чук|ский)(?:а|у|ом|ым|е|ой|ого|ому|им)?$")
_GENITIVE = re.compile("[^sxzß]s$")
_OF = re.compile("(\\w+) (?:von|of) $")
_AMONG = re.compile("\\b[Ii]m \\w+ischen $")  # im iranischen Tschabahar
# An adjective that is not one of a place: ein neuer …, unlike im südukrainischen ….
_DESCRIBED = re.compile(
    "[ \\n](?P<determiner>[a-z]+)(?:[ \\n](?:sehr|ganz|so|noch|nicht))?[ \\n]\\w+(?<!isch)(?:e|en|er|em|es)[ \\n]$"
)
_CONTEXT = 32
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
        self._bases = Bases(language, words, corpus)
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
        before = text[max(0, start - _CONTEXT) : start]
        is_opener = not piece.before and _OPENING.search(before) is not None
        if piece.doubt == INSIDE:
            is_name = not _is_unit(text, start, end) if piece.kinds & ACRONYM else not is_opener
            return piece.kind if is_name else ""
        if piece.office:
            return "person"
        if _CREDIT.search(before) and _is_line_end(text, end) and not piece.kinds & ORDINARY:
            return "organisation"
        word = piece.before or _last(before)
        if piece.doubt == PLACED:
            return "place" if word in listed_as_is(self._language, "place_prepositions") else ""
        is_noun = word[:1].isupper() or self._language != "de"
        role = self._role(word) if is_noun and not is_opener else ""
        if role:
            return role
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
        if word.islower() and self._words.kinds(word) & OFFICE:
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

    def base(self, name: str, kind: str) -> str:
        """The base form of a name as printed."""
        return self._bases.base(name, kind)

    def base_here(self, text: str, start: int, end: int, kind: str, base: str) -> str:
        """The base form where a name stands: with an s at its end that cannot be, or must be, the genitive's.

        In Chan Junis, sagte Demirtas, Demirtas sagte, gegen Fábregas; but not: in Maduros Partei, die Rede Assads.
        """
        name = text[start:end]
        if self._language != "de" or name[-1:] != "s" or base.isupper():
            return base
        last = re.split("[ -]", name)[-1]
        if base == name:
            is_owner = kind == "person" and text[end : end + 1] == " " and self._is_owner(text, end)
            return name[:-1] if is_owner and self._may_lose_s(last) else base
        is_owner = _RIGHT.match(text, end) and self._words.kinds(last[:-1]) & NAME  # in Nepals südlichen Ebenen
        is_placed = kind == "place" and not is_owner and self._is_placed(text, start, end)
        return name if base + "s" == name and (is_placed or self._is_governed(text, start, end, last)) else base

    def _is_placed(self, text: str, start: int, end: int) -> bool:
        word = _last(text[max(0, start - _CONTEXT) : start])
        return word in listed_as_is(self._language, "place_prepositions") and not text[end + 1 : end + 2].isupper()

    def _may_lose_s(self, last: str) -> bool:
        is_listed = folded(last) in lexicon()["surname"] or self._words.kinds(last) & NAME
        return not is_listed and _GENITIVE.search(last) is not None

    def _is_governed(self, text: str, start: int, end: int, last: str) -> bool:
        if _RIGHT.match(text, end):
            return False
        before, language = text[max(0, start - _CONTEXT) : start], self._language
        word = _last(before)
        if any(word in listed_as_is(language, key) for key in ("place_prepositions", "governing", "speech")):
            return True
        after = _AFTER.match(text, end)
        is_verb = after is not None and after[1] in listed_as_is(language, "speech")
        if (is_verb or text[end : end + 1] == ",") and _OPENING.search(before) is not None:
            return True
        stem = last[:-1]
        if self._corpus.words[stem] or self._words.kinds(stem) & NAME:
            return False
        if word in listed_as_is(language, "determiners"):
            return word[-1] not in "sr" or word == "das"
        if word in listed_as_is(language, "genitive_after"):
            return False
        kinds = self._words.kinds(word)
        return not (word[:1].isupper() and kinds & NOUN and not kinds & OFFICE) or bool(self._role(word))

    def _role(self, before: str) -> str:
        """The kind of a name after a noun that says what it is."""
        plain = folded(before)
        kinds = self._words.kinds(before)
        if not kinds & (NOUN | WORD) or kinds & GENITIVE:
            return ""
        if ends_in(plain, listed(self._language, "places_follow")):
            return "place"
        return "organisation" if ends_in(plain, listed(self._language, "organisations_follow")) else ""

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
        after = _AFTER.match(text, end)
        if word in speech or (after and after[1] in speech):
            score += weights["speech"]
        score += weights["office"] * (word.islower() and bool(self._words.kinds(word) & OFFICE))
        score += weights["naming"] * (word in listed_as_is(self._language, "naming"))
        score += weights["owner"] * self._is_owner(text, end)
        # Only names are genitives without an article: die Entscheidung Nauers.
        is_owning = text[end - 1] == "s" and word[:1].isupper() and self._words.kinds(word) & NOUN
        return score + weights["owning"] * bool(is_owning)

    def _is_owner(self, text: str, end: int) -> bool:
        """Is it rather a genitive before what belongs to it: Nauers Rede?"""
        owned = _OWNED.match(text, end - 1)
        return owned is not None and bool(self._words.kinds(owned[1]) & (NOUN | OFFICE))

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
            score += weights["inflected"] * bool(_INFLECTED.search(last)) + weights["long"] * (len(last) > 13)
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
def listed_as_is(language: str, key: str) -> frozenset[str]:
    """One list of words of the table, as it is written."""
    return frozenset(table(language)[key].split())


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


def _last(before: str) -> str:
    found = _BEFORE.search(before)
    return found[1] if found else ""


def _is_unit(text: str, start: int, end: int) -> bool:
    """Does an acronym stand behind a number (70 HUF) or in a line of capitals, or is it a word among others?"""
    if text[max(0, start - 2) : start - 1].isdigit() and text[start - 1 : start] in " \u00a0\u202f":
        return True
    line = text[max(0, start - 30) : start].rpartition("\n")[2] + " " + text[end : end + 30].partition("\n")[0]
    if folded(text[start:end]) in lexicon()["de.word"] and _SHOUTED.search(text[max(0, start - 30) : end + 30]):
        return True
    letters = [letter for letter in line if letter.isalpha()]
    return len(letters) > 8 and sum(letter.isupper() for letter in letters) > 0.8 * len(letters)
