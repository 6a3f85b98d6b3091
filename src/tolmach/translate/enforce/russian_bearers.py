"""Whom a name belongs to, as the words beside it tell: a person after a given name, a woman after a woman's name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tolmach.morphology.lexeme import Lexeme
from tolmach.morphology.russian_lexicon import is_given_name, known
from tolmach.morphology.russian_persons import names_of
from tolmach.translate.enforce.russian_words import Word, word_list

_PERSONAL = ("Name", "Surn", "Patr")
_MENS = ("ов", "ев", "ёв", "ин", "ын", "ский", "цкий")
_TITLE_FAR = 4  # words


def refined(lexeme: Lexeme, before: Sequence[Word], after: Sequence[Word]) -> Lexeme:
    """The lexeme with the kind and gender that its neighbours show, where it does not tell them itself.

    Surnames of women that do not decline are known only so («Сюзи Менкес», «журналистке Менкес»).
    """
    if " " in lexeme.text or not lexeme.text[:1].isupper() or lexeme.indeclinable or lexeme.acronym:
        return lexeme
    if lexeme.kind in ("organisation", "place", "other", "") and _is_person(lexeme, before, after):
        lexeme = replace(lexeme, kind="person", number="")
    if lexeme.kind != "person" or lexeme.gender:
        return lexeme
    if before and _is_place(lexeme, before[0]):
        return replace(lexeme, kind="place")
    found = _gender(before, after)
    if found == "f" and lexeme.text.endswith(_MENS) and not _follows_given(before):
        # a woman's surname would have another form
        return lexeme
    return replace(lexeme, gender=found) if found else lexeme


def _is_person(lexeme: Lexeme, before: Sequence[Word], after: Sequence[Word]) -> bool:
    near = before[0].facts if before else None
    if near is not None and (near.name == "Name" and before[0].text[:1].isupper()):
        return True
    if near is not None and near.lemma in word_list("appositions", "titles"):
        return True
    if not after or not after[0].text[:1].isupper() or lexeme.kind == "place":
        return (
            bool(after)
            and after[0].facts.name == "Surn"
            and after[0].text[:1].isupper()
            and is_given_name(lexeme.text.lower())
        )
    return after[0].facts.name in _PERSONAL


def _is_place(lexeme: Lexeme, near: Word) -> bool:
    """«в Баямоне», «город Баямон»: no name of a person that is known."""
    lemma = near.facts.lemma
    stands = lemma in ("в", "во") or any(lemma in word_list("appositions", name) for name in ("same", "places"))
    return stands and not known(lexeme.text.lower())


def _gender(before: Sequence[Word], after: Sequence[Word]) -> str:
    """`m` or `f` by the given name or title before a surname, else by the verb beside it; nothing when none tells."""
    if _follows_given(before):
        return _gender_of_given(before[0])
    for word in before[:_TITLE_FAR]:
        facts = word.facts
        if facts.sort == "noun" and facts.person and facts.lemma not in word_list("appositions", "relations"):
            return "f" if facts.gender == "f" and not facts.name else ""
        if facts.sort not in ("latin", "initial"):
            break
    return _by_verb(before, after)


def _follows_given(before: Sequence[Word]) -> bool:
    return bool(before) and before[0].text[:1].isupper() and before[0].facts.sort in ("noun", "unknown")


def _gender_of_given(word: Word) -> str:
    facts = word.facts
    if facts.name == "Name" and facts.known and facts.gender in ("m", "f"):
        return facts.gender
    if facts.name in ("Geox", "Surn", "Orgn") and facts.known:
        return ""
    return _listed(word.text)


def _listed(text: str) -> str:
    """By the lists of given names; an unknown word in -а may be an oblique form of a man's name («Златана»)."""
    small = text.lower()
    return "f" if small in names_of("women") else "m" if small in names_of("men") else ""


def _by_verb(before: Sequence[Word], after: Sequence[Word]) -> str:
    """«Меркель заявила», «сказала Клинтон»: only a verb right beside the name and no other noun there."""
    first = before[0] if before else None
    starts = first is None or first.facts.sort in ("sign", "conjunction")
    if after and after[0].facts.sort == "verb" and after[0].facts.verb == "f" and starts:
        return "f"
    said = first is not None and first.facts.sort == "verb" and first.facts.verb == "f"
    ends = not after or after[0].facts.sort == "sign"
    opened = len(before) > 1 and before[1].facts.sort == "sign"
    return "f" if said and ends and opened else ""
