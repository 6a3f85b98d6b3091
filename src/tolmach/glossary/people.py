"""The names of a person as a glossary has them: family names with the given names beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from tolmach.glossary.model import Designation, Status
from tolmach.glossary.spellings import Spelling, equal, found, joined, judged
from tolmach.glossary.suggestion import Suggestion
from tolmach.morphology import russian_persons
from tolmach.morphology.lexeme import Lexeme
from tolmach.names.variants import bearers

_UMLAUTS = "äöüßÄÖÜ\u1e9e"
_GREEK = "\u0370"
Suggest = Callable[[Spelling, str], Suggestion]


@dataclass(frozen=True, slots=True)
class Parts:
    """A person's name in two parts; `given` is empty where only the family name, or a name of another order, stands."""

    given: str
    family: str

    @property
    def full(self) -> str:
        """Both parts."""
        return f"{self.given} {self.family}".strip()


def split(name: str, families: Sequence[str] = ()) -> Parts:
    """The parts of a name, given the family names that stand alone elsewhere; particles go with the family name.

    >>> split("Kassym-Schomart Tokajew"), split("Ursula von der Leyen")
    (Parts(given='Kassym-Schomart', family='Tokajew'), Parts(given='Ursula', family='von der Leyen'))
    >>> split("Xi Jinping", ["Xi"])
    Parts(given='', family='Xi Jinping')
    """
    if any(bearers.may_begin(name, short) and not bearers.may_bear(name, short) for short in families):
        return Parts("", name)
    if name in families or name[:1].islower():
        return Parts("", name)
    known = [short for short in families if name.endswith(f" {short}")]
    if known:
        family = max(known, key=len)
        return Parts(name.removesuffix(family).strip(), family)
    words = name.split()
    start = len(words) - 1
    while start > 1 and words[start - 1][:1].islower():
        start -= 1
    return Parts(" ".join(words[:start]), " ".join(words[start:])) if start > 0 else Parts("", name)


def gender(original: Mapping[str, str]) -> Literal["m", "f", ""]:
    """The gender that the Russian name shows, if it does."""
    guess = russian_persons.gender(Lexeme(original["ru"], "person")) if "ru" in original else ""
    return "m" if guess == "m" else "f" if guess == "f" else ""


@dataclass
class _Family:
    """A family name as it was found: with which given names, and how it stands to the main form."""

    spelling: Spelling
    givens: dict[str, Spelling] = field(default_factory=dict)


def drafted(
    spellings: Sequence[Spelling], languages: Sequence[str], suggest: Suggest
) -> tuple[dict[str, list[Designation]], dict[str, str]]:
    """The designations of a person by language, and the originals; `suggest` proposes the form for a language."""
    shorts = [one.form for one in spellings if not bearers.is_full(one.form)]
    lead = _lead(spellings, shorts)
    lead = _attested(lead, [one for one in spellings if one.language == "ru"], shorts, suggest) or lead
    wanted_parts = split(lead.form, shorts)
    drafts: dict[str, list[Designation]] = {}
    original: dict[str, str] = {}
    for language in dict.fromkeys((*languages, *(one.language for one in spellings))):
        suggestion = suggest(lead, language)
        for code, text in suggestion.original:
            original.setdefault(code, text)
        own = [one for one in spellings if one.language == language]
        # What merely stays as in the source gives way to what the texts of the language have.
        is_known = bool(suggestion.form) and not (own and (not suggestion.original or _are_native(own, suggestion)))
        target = _split_like(suggestion.form, wanted_parts) if is_known else None
        target = _with_own_given(target, own, shorts)
        if target is not None:
            drafts[language] = list(_designations(own, target, shorts))
            if language == "ru" and own:
                original.setdefault(language, drafts[language][0].full)
    return drafts, original


def _lead(spellings: Sequence[Spelling], shorts: Sequence[str]) -> Spelling:
    """The full name with the main family name, if the texts have one, else the main form."""
    main = spellings[0]
    family = split(main.form, shorts).family
    full = [one for one in spellings if (parts := split(one.form, shorts)).given and _is_part(family, parts.family)]
    full = [one for one in full if not split(one.form, shorts).given.endswith(".")]
    return min(full, key=lambda one: (one.classification != "main", -one.count, one.form), default=main)


def _is_part(family: str, whole: str) -> bool:
    """Is it the family name, or what follows its article: Assad, al-Assad?"""
    return family == whole or (whole[:1].islower() and whole.endswith(f"-{family}"))


def _attested(lead: Spelling, russian: Sequence[Spelling], shorts: Sequence[str], suggest: Suggest) -> Spelling | None:
    """The full name that Russian texts have, where the one restored from other letters is not just that one."""
    full = [one for one in russian if one.classification == "main" and split(one.form, shorts).given]
    restored = suggest(lead, "ru").form if full and lead not in russian else ""
    family = restored.rpartition(" ")[2]
    same = [one for one in full if one.form != restored and one.form.endswith(f" {family}")]
    return max(same, key=lambda one: one.count) if family and same and len(same) == len(full) else None


def _are_native(own: Sequence[Spelling], suggestion: Suggestion) -> bool:
    """Do the texts spell the name with letters of a Latin alphabet that no system writes (Rychtář)?"""
    main = next((one.form for one in own if one.classification == "main"), "")
    return bool(suggestion.system) and any(sign > "\x7f" and sign not in _UMLAUTS for sign in main if sign < _GREEK)


def _with_own_given(target: Parts | None, own: Sequence[Spelling], shorts: Sequence[str]) -> Parts | None:
    """The parts with the given name that the texts have: given names are older than any system (Maria, not Marija)."""
    if not own:
        return target
    lead = split(_lead(own, shorts).form, shorts)
    if target is None:
        return lead
    if any(equal(split(one.form, shorts).given, target.given) for one in own):
        return target
    return replace(target, given=lead.given) if lead.given and equal(lead.family, target.family) else target


def _split_like(name: str, like: Parts) -> Parts:
    """The parts of a name in another language: as many words of family name as the original has, where that fits."""
    words = name.split()
    family = len(like.family.split())
    if not like.given or len(words) <= family:
        return Parts("", name) if not like.given else split(name)
    return Parts(" ".join(words[:-family]), " ".join(words[-family:]))


def _designations(own: Sequence[Spelling], target: Parts, shorts: Sequence[str]) -> Iterator[Designation]:
    families = _families(own, shorts)
    main = next((one for name, one in families.items() if equal(name, target.family)), None)
    given, patronymic = target.given, ""
    if main:
        longer = (name for name in main.givens if given and name.startswith(f"{given} "))
        patronymic = next(longer, "").removeprefix(given).strip()
    sources = found(main.spelling.sources) if main else ()
    yield Designation(target.family, Status.PREFERRED, given=given, patronymic=patronymic, found=sources)
    for name, family in families.items():
        if family is main:
            continue
        first, *_others = [*sorted(family.givens, key=lambda one: -family.givens[one].count), ""]
        entry = judged(family.spelling, name, target.family)
        is_part = _is_part(name, target.family) and (not first or equal(first, given))
        if target.family.startswith(f"{name} ") or is_part:
            entry = replace(entry, status=Status.ADMITTED, reason=f"short for {target.family}")
        # A misspelt name is most often that of somebody else.
        is_other = family.spelling.classification == "error"
        yield replace(entry, given=first, homograph="family-name" if is_other else None)
    if main and given:
        yield from _given_names(main, given, patronymic)


def _given_names(main: _Family, given: str, patronymic: str) -> Iterator[Designation]:
    """The spellings of the given name that stand beside the main family name."""
    for name, spelling in main.givens.items():
        if equal(name, given) or name.endswith(".") or (patronymic and name == f"{given} {patronymic}"):
            continue
        entry = judged(spelling, name, given)
        if not entry.status.wanted:
            yield replace(entry, form="", given=name)


def _families(own: Sequence[Spelling], shorts: Sequence[str]) -> dict[str, _Family]:
    """The family names of one language, the main one first, each with its given names."""
    found_families: dict[str, _Family] = {}
    for spelling in sorted(own, key=lambda one: bearers.is_full(one.form)):
        parts = split(spelling.form, shorts)
        name = next((known for known in found_families if equal(known, parts.family)), parts.family)
        family = found_families.get(name)
        if family is None:
            family = found_families[name] = _Family(spelling)
        else:
            family.spelling = joined(family.spelling, spelling)
        if parts.given:
            family.givens[parts.given] = spelling
    return found_families
