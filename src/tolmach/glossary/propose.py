"""From names found in texts to concepts that wait for a decision: what a glossary could say of them, and why.

A proposal is no decision. It says which form the house's transcription system or the tables of established names give,
which forms stand in the texts, how often and where, and what is wrong with those that the house would not write.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import cast, get_args

from tolmach.config import primary
from tolmach.glossary import people
from tolmach.glossary.model import Concept, Designation, Kind, Status
from tolmach.glossary.provenance import explained, sources
from tolmach.glossary.spellings import (
    Spelling,
    equal,
    found,
    joined,
    judged,
    spellings,
    stretches,
)
from tolmach.glossary.suggestion import Suggestion, suggest
from tolmach.names.variants import bearers
from tolmach.names.variants.find import LANGUAGES, Group
from tolmach.transcription.established import fold, native
from tolmach.transcription.house import default, has_system
from tolmach.transcription.renderings import language_of_letters
from tolmach.transcription.system import load, names

_ORDER = tuple(Status)
_KINDS = get_args(Kind)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})
_NO_SLUG = re.compile(r"[^a-z0-9]+")
_LONGEST_SLUG = 60
_LAST_LATIN = "\u024f"
_LATIN = frozenset(("de", "en"))
_NAMED = ("main", "exonym", "renaming")
"""Spellings of these classes may be looked up to learn what the whole group means."""


@dataclass(frozen=True)
class House:
    """For whom is proposed: the languages of the glossary and the style of transcription (`duden`; "" is the usual).

    `language_of` tells the language of the text with a path, `name_of` how the path is written in the glossary.
    """

    languages: tuple[str, ...] = LANGUAGES
    style: str = ""
    language_of: Callable[[str], str] = field(default=lambda _path: "de")
    name_of: Callable[[str], str] = str


def propose(group: Group, house: House) -> Concept:
    """The concept that a group of spellings makes, proposed; its id is not compared with any other."""
    seen = spellings(group, lambda path: primary(house.language_of(path)), house.name_of)
    kind = cast(Kind, group.kind) if group.kind in _KINDS else "other"
    return _proposed(seen, kind, house, group.original, group.confidence)


def propose_form(form: str, language: str, kind: Kind, house: House) -> Concept:
    """The concept that one spelling makes, in the language given or, for Cyrillic letters, in theirs; proposed.

    >>> concept = propose_form("Токаев", "ru", "person", House(("de", "en"), "duden"))
    >>> [(code, entry.form, entry.system) for code, entries in concept.designations.items() for entry in entries]
    [('de', 'Tokajew', 'ru-de-duden'), ('en', 'Tokayev', 'ru-en-wikipedia'), ('ru', 'Токаев', '')]
    """
    code = language_of_letters(form) or language
    seen = Spelling(form, code, "main", (), {})
    suggestions = [suggest(form, code, target, kind, house.style) for target in house.languages if target != code]
    return _proposed([seen], kind, house, (), min((one.probability for one in suggestions if one.form), default=0.0))


def _proposed(
    seen: Sequence[Spelling], kind: Kind, house: House, known: Iterable[tuple[str, str]], confidence: float
) -> Concept:
    form_for = partial(_suggestion, kind=kind, style=house.style)
    drafted = people.drafted if kind == "person" else _drafted
    drafts, original = drafted(seen, tuple(map(primary, house.languages)), form_for)
    telling = tuple(one for one in seen if one.classification == "system")
    systems = tuple(dict.fromkeys(name for one in telling for name in one.systems if name in names()))
    # Elsewhere a scholarly or foreign system that happens to write the form so explains nothing.
    heard = {load(name).source for name in systems}
    own = native(original["ru"], "ru", kind) if "ru" in original else None
    for language, text in known:
        is_written = any(language_of_letters(one.form) == language for one in seen)
        if is_written or language in heard or (own and own.target == language):
            original.setdefault(language, text)
    bare = Concept("x", kind, {}, original=original, state="proposed", confidence=round(confidence, 2))
    if kind == "person":
        bare = replace(bare, gender=people.gender(original))
    whole = explained(replace(bare, designations=_ordered(drafts)), systems, house.style)
    texts = {path for one in seen for path in one.sources}
    return replace(whole, id=slug_of(whole), sources=tuple(sources(whole, len(texts))))


def _suggestion(spelling: Spelling, language: str, *, kind: str, style: str) -> Suggestion:
    """The form for a language in the house's style, also where the spelling found is of that very language."""
    source = language_of_letters(spelling.form) or spelling.language
    own = suggest(spelling.form, source, language, kind, style)
    if source in _LATIN and language not in _LATIN - {source} and own.original:
        # Only between German and English the tables say that a name merely looks Russian (Petr Fiala).
        (other,) = _LATIN - {source}
        if not suggest(spelling.form, source, other, kind, style).original:
            return Suggestion(spelling.form if language == source else "")
    if source != language or not style or not own.original:
        return own
    code, original = own.original[0]
    usual, styled = (suggest(original, code, language, kind, one) for one in ("", style))
    return replace(own, form=styled.form) if styled.system and usual.form == own.form else own


def _drafted(
    seen: Sequence[Spelling], languages: Sequence[str], form_for: Callable[[Spelling, str], Suggestion]
) -> tuple[dict[str, list[Designation]], dict[str, str]]:
    """The designations of a place, an organisation or a term by language, long forms apart from short ones."""
    drafts: dict[str, list[Designation]] = {}
    original: dict[str, str] = {}
    renamed = any(one.classification == "renaming" for one in seen)
    for is_short in (False, True):
        own = [one for one in seen if one.is_short is is_short]
        if not own:
            continue
        ranked = _ranked(own, renamed=renamed)
        for language in dict.fromkeys((*languages, *(one.language for one in own))):
            suggestion = _grounded(ranked, language, form_for)
            for code, text in suggestion.original:
                original.setdefault(code, text)
            there = [one for one in own if one.language == language]
            form = _of_length(suggestion, is_short=is_short)
            if there and (not form or not (suggestion.original or any(equal(one.form, form) for one in there))):
                form = _ranked(there, renamed=renamed)[0].form
            if form:
                drafts.setdefault(language, []).extend(_designations(form, there, language, renamed=renamed))
    return {language: _one_preferred(entries) for language, entries in drafts.items()}, original


def _ranked(spellings: Sequence[Spelling], *, renamed: bool) -> list[Spelling]:
    """The spellings with the one that speaks for the group first: where the place was renamed, today's name."""

    def rank(one: Spelling) -> tuple[bool, bool, int]:
        dates = stretches(one.form, one.language) if renamed else ()
        is_past = bool(dates) and all(stretch.last for stretch in dates)
        is_main = one.classification == "main"
        return is_past, not (is_main or dates), -one.count if is_main else 0

    return sorted(spellings, key=rank)


def _grounded(ranked: Sequence[Spelling], language: str, form_for: Callable[[Spelling, str], Suggestion]) -> Suggestion:
    """The suggestion for the first of the spellings, or for the next one whose original is known."""
    first = form_for(ranked[0], language)
    others = (form_for(one, language) for one in ranked[1:] if one.classification in _NAMED)
    return first if first.original else next((one for one in others if one.original), first)


def _of_length(suggestion: Suggestion, *, is_short: bool) -> str:
    """The form; where it is an acronym though the spellings are none, a long one of the name (United States, US)."""
    if is_short or not suggestion.form or not Designation(suggestion.form, Status.PREFERRED).is_acronym:
        return suggestion.form
    long = (form for form in suggestion.alternatives if " " in form and not form.endswith(")"))
    return next(long, suggestion.form)


def _designations(form: str, own: Sequence[Spelling], language: str, *, renamed: bool) -> Iterator[Designation]:
    """The form to prefer, with what stands for it in the texts, and the others."""
    same = [one for one in own if equal(one.form, form)]
    counts = found(_together(same).sources) if same else ()
    valid = stretches(form, language) if renamed else ()
    yield Designation(form, Status.PREFERRED, valid=valid, found=counts)
    for spelling in own:
        if spelling not in same:
            if renamed and spelling.classification == "main" and stretches(spelling.form, language):
                spelling = replace(spelling, classification="renaming")
            entry = judged(spelling, spelling.form, _meant(spelling, own) or form)
            is_given = not entry.status.wanted and bearers.is_given(spelling.form)
            yield replace(entry, homograph="given-name" if is_given else None)


def _meant(spelling: Spelling, own: Sequence[Spelling]) -> str:
    """For a misspelt acronym: the one of the same letters."""
    if spelling.classification != "error" or not spelling.is_short:
        return ""
    letters = sorted(spelling.form)
    return next((one.form for one in own if one is not spelling and sorted(one.form) == letters), "")


def _together(parts: Sequence[Spelling]) -> Spelling:
    whole = parts[0]
    for part in parts[1:]:
        whole = joined(whole, part)
    return whole


def _one_preferred(entries: Iterable[Designation]) -> list[Designation]:
    """The entries with one preferred long form and one preferred short form, each form once."""
    kept: dict[str, Designation] = {}
    lengths: set[bool] = set()
    for entry in entries:
        if fold(entry.form) in kept:
            continue
        if entry.status is Status.PREFERRED and entry.is_acronym in lengths:
            entry = replace(entry, status=Status.ADMITTED, valid=())
        if entry.status is Status.PREFERRED:
            lengths.add(entry.is_acronym)
        kept[fold(entry.form)] = entry
    return list(kept.values())


def _ordered(drafts: Mapping[str, Sequence[Designation]]) -> dict[str, tuple[Designation, ...]]:
    return {
        language: tuple(sorted(entries, key=lambda one: (_ORDER.index(one.status), not one.form)))
        for language, entries in drafts.items()
        if entries
    }


def slug_of(concept: Concept, *, full: bool = False) -> str:
    """An id made of the English form, else of the German or any other one; of a person the family name, or all of it.

    >>> slug_of(Concept("", "place", {"de": (Designation("Sankt Pölten", Status.PREFERRED),)}))
    'sankt-poelten'
    """
    languages = (*(code for code in ("en", "de") if code in concept.designations), *concept.designations)
    forms = (
        entry.full if full else entry.form for code in languages for entry in concept.designations[code] if entry.form
    )
    return next(filter(None, map(_ascii, forms)), "") or "name"


def _ascii(form: str) -> str:
    language = language_of_letters(form)
    if language and has_system(language, "en"):
        form = default(language, "en").transcribe(form)
    plain = unicodedata.normalize("NFKD", form.lower().translate(_UMLAUTS))
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign) and sign not in "'\u2019\u02bc")
    return _NO_SLUG.sub("-", letters)[:_LONGEST_SLUG].strip("-")
