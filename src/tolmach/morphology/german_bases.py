"""From a printed German form back to the base: genitives, compounds with a tail, declined attributes, adjectives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from tolmach.files import load_table
from tolmach.morphology import german_genders
from tolmach.morphology.german import declines_attribute, starts_attribute
from tolmach.morphology.german_compounds import is_adjective_tail, is_compound_prefix
from tolmach.morphology.german_genders import Gender
from tolmach.morphology.lexeme import Base, BaseCase

_APOSTROPHES = ("'", "’", "\u2018", "`", "\u00b4")
_ARTICLES = ("der ", "die ", "das ", "des ", "dem ", "den ")
_ENDING_BY_GENDER = {"m": "er", "f": "e", "n": "es", "pl": "e"}
_ATTRIBUTE_ENDINGS = ("e", "en", "er", "es", "em")
_LONG_NAME = 7  # letters: Merker, Nauer are persons
_SHORT_NOUN = 4  # letters
_PHRASE_KINDS = ("organisation", "event", "office", "term")


def bases(text: str, kind: str = "", gender: str = "") -> tuple[Base, ...]:
    """The base forms a printed German form may have, best first.

    >>> [(base.form, base.case) for base in bases("Tokajews")]
    [('Tokajew', 'gen'), ('Tokajews', 'nom'), ('Tokajew', 'nom')]
    >>> bases("Hans")[0].form, bases("Maas’")[0].form, bases("Tokajew-Regierung")[0].tail
    ('Hans', 'Maas', '-Regierung')
    """
    article = next((word for word in _ARTICLES if text.startswith(word)), "")
    rest = text.removeprefix(article)
    found = list(dict.fromkeys(_found(rest, kind))) or [Base(text, "nom")]
    if article == "die " and found[0].case == "gen":
        found.sort(key=lambda base: base.number != "pl")
    return tuple(found)


def _tables() -> dict[str, Any]:
    return load_table("tolmach.morphology", "german_bases.toml")


def _found(text: str, kind: str) -> Iterator[Base]:
    for undone in (_apostrophe, _compound, _possessive_adjective):
        found = list(undone(text))
        yield from found
        if found:
            return
    words = text.split(" ")
    if len(words) > 1:
        yield from _phrase(words, kind)
    else:
        yield from _word(text, kind)


def _apostrophe(text: str) -> Iterator[Base]:
    """«Belarus’», against the rules «Tokajew's», and «Putin’schen»."""
    if text.isalpha():
        return
    for mark in _APOSTROPHES:
        if mark not in text:
            continue
        if text.endswith(mark):
            yield Base(text.removesuffix(mark), "gen")
        if text.endswith(mark + "s"):
            yield Base(text.removesuffix(mark + "s"), "gen")
        for ending in _tables()["adjectives"]["personal"]:
            if text.endswith(mark + ending):
                yield Base(text.removesuffix(mark + ending), "adj")


def _compound(text: str) -> Iterator[Base]:
    """«ODKB-Staaten», «Warschauer-Pakt-Einheiten», «Ukrainekrieg», «russlandfreundlich»."""
    first, hyphen, last = text.rpartition("-")
    acronym = first.isupper() and len(first) > 1
    if hyphen and first and _is_tail(last, acronym=acronym) and not is_compound_prefix(first.lower()):
        if last.lower() in _tables()["tails"]["of_two"] and "-" in first:
            yield Base(text, "nom")
        if last.lower() in _tables()["tails"]["own_names"] and _is_place_adjective(first):
            yield Base(f"{first} {last}", "nom")
        else:
            yield Base(_joined(first), "nom", f"-{last}")
        if not acronym:
            yield Base(text, "nom")
    elif not hyphen and " " not in text:
        name = next((name for name in _names_before_tail(text)), "")
        if name:
            yield Base(name, "nom", text[len(name) :])


def _is_place_adjective(word: str) -> bool:
    """«Warschauer» in «Warschauer-Pakt», which is the name itself."""
    return "-" not in word and word.endswith("er") and not declines_attribute(word) and len(word) > _LONG_NAME


def _is_tail(word: str, *, acronym: bool = False) -> bool:
    """Is it a noun that ends compounds («Regierung»)? After an acronym every noun does."""
    if not word or word.isupper() or " " in word:
        return False
    if word.islower():
        return is_adjective_tail(word.replace("ß", "ss"))
    return acronym or _ends_compound(word.lower())


def _ends_compound(noun: str) -> bool:
    if noun.endswith(tuple(_tables()["tails"]["no_tails"])):
        return False
    ends, sizes = _tail_ends()
    return noun in _whole_tails() or any(noun[-size:] in ends for size in sizes)


def _may_end_compound(word: str) -> bool:
    """Is there a tail at the end of the word, wherever it begins?"""
    return not _all_tails().isdisjoint([word[cut:] for cut in range(3, len(word))])


@cache
def _all_tails() -> frozenset[str]:
    return _whole_tails() | _tail_ends()[0]


@cache
def _whole_tails() -> frozenset[str]:
    tails = _tables()["tails"]
    return frozenset(noun + ending for noun in tails["nouns"] for ending in tails["inflection"])


@cache
def _tail_ends() -> tuple[frozenset[str], tuple[int, ...]]:
    """The ends of nouns that end compounds, and how long they are: there are too many for `endswith`."""
    rules = _tables()["tails"]
    long = [noun for noun in rules["nouns"] if len(noun) >= rules["whole_below"]]
    ends = frozenset((*rules["suffixes"], *(noun + ending for noun in long for ending in rules["inflection"])))
    return ends, tuple(sorted({len(end) for end in ends}))


def _joined(name: str) -> str:
    """The name before a tail: hyphens stand for blanks in «Warschauer-Pakt-» and before a family name."""
    parts = name.split("-")
    if len(parts) > 1 and parts[0].endswith(("er", "e")) and len(parts[0]) > 4 and _ends_compound(parts[-1].lower()):
        return " ".join(parts)
    if len(parts) > 1 and parts[-1].endswith(tuple(_tables()["transcribed"]["persons"])) and parts[0][:1].isupper():
        return "-".join(parts[:-1]) + " " + parts[-1]
    if name.endswith("s") and name[:-1].lower().endswith(tuple(_tables()["phrase"]["strong_es"])):
        return name[:-1]
    if parts[0] in _tables()["tails"]["blank_after"]:
        return name.replace("-", " ", 1)
    return name


def _names_before_tail(word: str) -> Iterator[str]:
    """Names that begin a closed compound, the longest first."""
    capital = word[:1].upper() + word[1:]
    names, whole, endings, persons = _closed()
    if word.startswith(whole) or not (word[:1].islower() or _may_end_compound(word.lower())):
        return
    for cut in range(len(word) - 3, 2, -1):
        name = capital[:cut]
        known = name in names or (cut > 5 and name.lower().endswith(endings))
        if not known and not (cut > 5 and len(word) - cut > 5 and name.endswith(persons)):
            continue
        tail = word[cut:].lower()
        if is_adjective_tail(tail.replace("ß", "ss")) if word[:1].islower() else _ends_compound(tail):
            yield name


@cache
def _closed() -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    rules = _tables()["closed"]
    return frozenset(rules["names"]), tuple(rules["whole"]), tuple(rules["endings"]), tuple(rules["persons"])


def _possessive_adjective(text: str) -> Iterator[Base]:
    """«Tokajewschen»; adjectives of countries keep their own base: «belarussischer»."""
    if not text.endswith(_adjective_endings()):
        return
    for ending in _tables()["adjectives"]["common"]:
        if text[:1].islower() and text.endswith(ending) and " " not in text:
            yield Base(text.removesuffix(ending) + "isch", "adj")
            return
    for ending in _tables()["adjectives"]["personal"]:
        name = text.removesuffix(ending)
        known = name in _tables()["adjectives"]["names"] or name.endswith(tuple(_tables()["transcribed"]["persons"]))
        if name != text and name[:1].isupper() and known:
            yield Base(name, "adj")


@cache
def _adjective_endings() -> tuple[str, ...]:
    adjectives = _tables()["adjectives"]
    return tuple(dict.fromkeys((*adjectives["common"], *adjectives["personal"])))


def _word(word: str, kind: str) -> Iterator[Base]:
    if word.isupper() and len(word) > 1:
        yield Base(word, "nom")
    elif word.endswith("s") and word[:-1].isupper() and len(word) > 2:
        yield Base(word[:-1], "gen")
    else:
        yield from _genitive(word, kind)
        yield from _inhabitant(word)


def _genitive(word: str, kind: str) -> Iterator[Base]:
    """The word without its genitive ending, and as it stands: which comes first is told by its last letters."""
    as_printed = Base(word, "nom")
    strong = "" if word in _own_s() else _strong(word)
    short = len(word) < _SHORT_NOUN and word[:-1] not in _tables()["names_in_s"]["bases_with_s"]
    if not word.endswith("s") or short:
        yield as_printed
    elif strong and kind != "person":
        yield from (Base(strong, "gen"), as_printed)
    elif _ends_in_s(word):
        yield as_printed
        if (not word.endswith("ss") and word not in _own_s()) or word in _tables()["names_in_s"]["family"]:
            yield Base(word[:-1], "gen")
    else:
        yield from (Base(word[:-1], "gen"), as_printed)
        if kind in ("", "person"):
            yield Base(word[:-1], "nom", "", "pl")


def _strong(word: str) -> str:
    """The noun without -es («Paktes», «Kongresses»); nothing when it has no such ending."""
    noun = word.removesuffix("es")
    known = noun.lower().endswith(tuple(_tables()["phrase"]["strong_es"])) or noun.endswith("ss")
    return noun if noun != word and known and len(noun) > 2 else ""


def _ends_in_s(word: str) -> bool:
    """Does the name end in s of itself («Hans», «Vilnius», «Papadopoulos»)?"""
    lists = _tables()["names_in_s"]
    if word in _own_s() or word.endswith(tuple(lists["sure_endings"])):
        return True
    base = word[:-1]
    if base in lists["bases_with_s"] or base.endswith(tuple(_tables()["transcribed"]["persons"])):
        return False
    return word.endswith((*lists["endings"], *_long_nouns()))


@cache
def _own_s() -> frozenset[str]:
    lists = _tables()["names_in_s"]
    return frozenset(name for key in ("given", "family", "place", "organisation", "nouns") for name in lists[key])


@cache
def _long_nouns() -> tuple[str, ...]:
    # «Machtkreis» ends in a noun, «Wolgas» does not end in «Gas».
    return tuple(noun.lower() for noun in _tables()["names_in_s"]["nouns"] if len(noun) > _SHORT_NOUN)


def _inhabitant(word: str) -> Iterator[Base]:
    """«Moskauer» may belong to Moskau."""
    city = word.removesuffix("er")
    if city != word and (city in _tables()["closed"]["names"] or city.endswith(("burg", "grad", "sk", "zk"))):
        yield Base(city, "adj")


def _phrase(words: Sequence[str], kind: str) -> Iterator[Base]:
    """Several words: a person’s last name takes the ending, a term’s attributes decline, too."""
    if " ".join(words) in _own_s():
        yield Base(" ".join(words), "nom")
        return
    end = head_place(words) + 1
    head, gender = words[end - 1], phrase_gender(words)
    if not gender and kind not in _PHRASE_KINDS:
        end = len(words)
    term = words[0][:1].isupper() and (gender or kind in _PHRASE_KINDS)
    if kind == "person" or not term:
        heads = list(_genitive(words[-1], kind))
        yield from (Base(" ".join((*words[:-1], base.form)), base.case, "", base.number) for base in heads)
        return
    for base in _heads(head, kind, gender):
        attributes = [_attribute(word, gender or "m") for word in words[: end - 1]]
        changed = attributes != list(words[: end - 1])
        whole = " ".join((*attributes, base.form, *words[end:]))
        cases: tuple[BaseCase, ...] = ("gen", "dat") if changed and base.case == "nom" else (base.case,)
        yield from (Base(whole, case, "", "pl" if gender == "pl" else "sg") for case in cases)
        if changed and base.case == "gen":
            return


def head_place(words: Sequence[str]) -> int:
    """Where the head stands: after the declined attributes, before what belongs to it («des …», «für …»)."""
    for place, word in enumerate(words):
        if not word.endswith(_ATTRIBUTE_ENDINGS) or (place + 1 < len(words) and starts_attribute(words[place + 1])):
            return place
    return len(words) - 1


def phrase_gender(words: Sequence[str]) -> str:
    """The gender of the head (see `head_gender`); nothing after a given name («Viktor», «Peter Lenz»)."""
    rules, place = _tables()["phrase"], head_place(words)
    if " ".join(words[place + 1 :]) in rules["plural_before"]:
        return "pl"
    name_after = place == 0 and len(words) > 1 and words[1][:1].isupper()
    if words[0] in rules["given"] or (name_after and not words[0].lower().endswith(tuple(rules["before_names"]))):
        return ""
    return head_gender(words[place])


def _heads(head: str, kind: str, gender: str) -> Iterator[Base]:
    if gender == "pl" and not german_genders.is_plural(head):
        yield Base(head.removesuffix("n"), "dat")
    elif gender in ("f", "pl"):
        yield Base(head, "nom")
    elif strong := _strong(head):
        yield from (Base(strong, "gen"), Base(head, "nom"))
    else:
        yield from (base for base in _genitive(head, kind) if base.number == "sg")


def head_gender(noun: str) -> Gender:
    """The gender of a noun known to end names of organisations and places, also in the genitive; else nothing."""
    return german_genders.gender(noun, _strong(noun) or noun.removesuffix("s"))


def _attribute(word: str, gender: str) -> str:
    """The attribute in the nominative without an article: «Eurasischen» → «Eurasische» before a feminine noun."""
    for ending in ("en", "em", "er"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2 and word[:1].isupper():
            if ending == "er" and (gender in ("m", "n", "") or not declines_attribute(word)):
                return word
            return stem + _ENDING_BY_GENDER[gender]
    return word
