"""The base form of a name as printed, by its endings, the lists, and the other forms in the texts of the run."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from tolmach.morphology import paradigm
from tolmach.names.mentions.beside import (
    CONTEXT,
    is_owner,
    last_word,
    listed_as_is,
    next_word,
    opens_sentence,
    role,
)
from tolmach.names.mentions.lists import (
    CITY,
    GIVEN,
    NAME,
    NOUN,
    OFFICE,
    STOP,
    SURNAME,
    folded,
    known_names,
    lexicon,
    table,
)
from tolmach.names.mentions.tokens import stem
from tolmach.names.mentions.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tolmach.names.mentions.find import Corpus

_OWN_S = re.compile("(?:[eu]s|ss|akis|[ai]dis|oulos|skis|ergis|itis|ras|sos|kos)$")  # Spanish, Greek, Baltic
_AFTER_VOWEL = re.compile("[aeiouy]s$")
_ACRONYM_S = re.compile("[A-Z\u00c4\u00d6\u00dc]{2,6}s")
_SLAVIC = re.compile("(?:[оеё]в|[иы]н|[оеё]ва|[иы]на|[сц]кий|[сц]кая|ич|енко|чук|юк|ц|дзе|швили|[вн]ой)$")
_SOFT_PLACE = re.compile("[бвгджзклмнпрстфхцчшщ][яь]$")
_UNDECLINED = re.compile("[иуеэюоы]$")
_SOFT = re.compile("(?:ь|й .*|[иуеыо] .*)$")

_RIGHT = re.compile('["\u201c\u201d\u00ab\u00bb)]?[ \\n](?:[a-zäöüß]+e[nrsm]?[ \\n])?["\u201e\u00ab\u00bb]?[A-ZÄÖÜ]')
_GENITIVE = re.compile("[^sxzß]s$")


class Bases:
    """Finds base forms with the evidence of a corpus."""

    def __init__(self, language: str, words: Words, corpus: Corpus) -> None:
        self._language = language
        self._words = words
        self._corpus = corpus

    def base(self, name: str, kind: str) -> str:
        """The base form of a name as printed."""
        if _ACRONYM_S.fullmatch(name):
            return name[:-1]
        is_known = self._language != "ru" and folded(name) in known_names(self._language)
        if name.isupper() or is_known or name in known_forms(self._language):
            return name
        if " " in name and (listed := known_phrases(self._language).get(tuple(map(stem, re.findall(r"\w+", name))))):
            return listed
        if self._language == "en" and "'" not in name and "\u2019" not in name:
            return name  # the possessive is cut off already, and a plural is the name's own
        found = paradigm.bases(name, self._language, kind if kind in ("person", "place", "organisation") else "")
        whole = [base for base in found if not base.tail]
        best = whole[0].form if whole else name
        if self._language == "ru" and kind == "place":
            best = self._russian_place(name, [base.form for base in whole]) or best
        if self._language == "ru" and kind == "person":
            best = self._russian(name, [base.form for base in whole])
        if (
            kind != "organisation"
            and name == best + "es"
            and not (self._corpus.words[best] or self._words.kinds(best) & (NOUN | NAME))
        ):
            return name  # Sócrates
        if kind == "organisation" and self._is_foreign(name.split(), best.split()):
            return name
        if name == best + "s" and self._is_part_of_name(name, best):
            return name
        return best

    def here(self, text: str, start: int, end: int, kind: str, base: str) -> str:
        """The base form where a name stands: with an s at its end that cannot be, or must be, the genitive's.

        In Chan Junis, sagte Demirtas, Demirtas sagte, gegen Fábregas; but not: in Maduros Partei, die Rede Assads.
        """
        name = text[start:end]
        if self._language != "de" or name[-1:] != "s" or base.isupper():
            return base
        last = re.split("[ -]", name)[-1]
        if base == name:
            owns = kind == "person" and text[end : end + 1] == " " and is_owner(text, end, self._words)
            return name[:-1] if owns and self._may_lose_s(last) else base
        owns_place = _RIGHT.match(text, end) and self._words.kinds(last[:-1]) & NAME  # in Nepals südlichen Ebenen
        is_placed = kind == "place" and not owns_place and self._is_placed(text, start, end)
        return name if base + "s" == name and (is_placed or self._is_governed(text, start, end, last)) else base

    def _is_placed(self, text: str, start: int, end: int) -> bool:
        word = last_word(text[max(0, start - CONTEXT) : start])
        return word in listed_as_is(self._language, "place_prepositions") and not text[end + 1 : end + 2].isupper()

    def _may_lose_s(self, last: str) -> bool:
        is_listed = folded(last) in lexicon()["surname"] or self._words.kinds(last) & NAME
        return not is_listed and _GENITIVE.search(last) is not None

    def _is_governed(self, text: str, start: int, end: int, last: str) -> bool:
        if _RIGHT.match(text, end):
            return False
        before, language = text[max(0, start - CONTEXT) : start], self._language
        word = last_word(before)
        if any(word in listed_as_is(language, key) for key in ("place_prepositions", "governing", "speech")):
            return True
        is_verb = next_word(text, end) in listed_as_is(language, "speech")
        if (is_verb or text[end : end + 1] == ",") and opens_sentence(before):
            return True
        stem = last[:-1]
        if self._corpus.words[stem] or self._words.kinds(stem) & NAME:
            return False
        if word in listed_as_is(language, "determiners"):
            return word[-1] not in "sr" or word == "das"
        if word in listed_as_is(language, "genitive_after"):
            return False
        kinds = self._words.kinds(word)
        return not (word[:1].isupper() and kinds & NOUN and not kinds & OFFICE) or bool(role(word, self._words))

    def _is_foreign(self, words: list[str], bases: list[str]) -> bool:
        """Has a word before the last one lost an s that is no German genitive: Convios Consulting?"""
        pairs = zip(words[:-1], bases, strict=False)
        return any(word in (f"{base}s", f"{base}'s") and not self._words.kinds(base) & NOUN for word, base in pairs)

    def _russian_place(self, name: str, forms: list[str]) -> str:
        if " " in name:
            return ""
        known = [form for form in forms if folded(form) in known_names("ru")]
        attested = [form for form in forms if form != name and self._corpus.words[form.split()[-1]]]
        hard = sorted((form for form in forms if not _SOFT_PLACE.search(form)), key=lambda form: form[-1] in "аеиоу")
        return next(iter(known or attested or hard), "")

    def _russian(self, name: str, forms: list[str]) -> str:
        """The base form of a person's name: by known given names, the other forms in the texts, Slavic endings."""
        if not forms:
            return name
        given = [form for form in forms if " " in form and self._words.kinds(form.split()[0]) & GIVEN]
        last = name.split()[-1]
        kin = [form for form in given or forms if " " not in form and form in self._corpus.surnames]
        attested = [form for form in given or forms if self._corpus.words[form.split()[-1]] and form != name]
        likely = kin or [form for form in (given or forms)[:1] if _SLAVIC.search(form)] or attested
        if likely:
            return likely[0]
        kept = [form for form in given if form.split()[-1] == last]
        if _UNDECLINED.search(name):  # Санду, Такаити, Ругинене: no Slavic surname, and no other form anywhere
            return (kept or [name])[0]
        declined = (given or forms)[0]
        return name if not given and " " in name and _SOFT.search(declined) else declined

    def _is_part_of_name(self, name: str, best: str) -> bool:
        """Does the s at the end rather belong to the name than make the genitive (Morales, Mitsotakis; not Obamas)?"""
        last = re.split("[ -]", best)[-1]
        kinds = self._words.kinds(last)
        if self._corpus.words[last] or (kinds & (NAME | GIVEN | SURNAME | CITY) and not kinds & STOP):
            return False
        if _OWN_S.search(name):
            return True
        # Who is only met with an s, but more than once, is called so.
        return _AFTER_VOWEL.search(name) is not None and self._corpus.words[last + "s"] > 1


@cache
def known_phrases(language: str) -> Mapping[tuple[str, ...], str]:
    """The names of several words in the table, by the stems of their words."""
    phrases = table(language).get("phrases", {})
    return {tuple(map(stem, re.findall(r"\w+", name))): name for names in phrases.values() for name in names}


@cache
def known_forms(language: str) -> frozenset[str]:
    """The established names of several words, as they are written."""
    from tolmach.transcription.established import rows

    return frozenset(row.form for row in rows() if row.target == language and " " in row.form)
