"""Russian base forms that are still declined: found by the other form of the name in the same texts.

A foreign name that no list holds may be read as a nominative where it stands in another case: `Йирачека` of `Йирачек`,
`Пельте` of `Пельта`. Where one name is in the paradigm of another one, the two are one name. Man and woman (Петров and
Петрова) are not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from tolmach.morphology import paradigm
from tolmach.names.variants import bearers
from tolmach.names.variants.gathering import Name

_BEGINNING = 3  # letters that no ending changes
_ENDING = 2  # letters by which a word and its form may be apart, from the shorter one's end


def undeclined(names: Sequence[Name]) -> list[Name]:
    """The names without those that are a case of another one, which takes over all that was seen of them."""
    blocks: dict[tuple[str, ...], list[Name]] = {}
    for name in names:
        if _is_russian(name):
            blocks.setdefault(tuple(word[:_BEGINNING] for word in name.base.split()), []).append(name)
    gone: set[tuple[str, str]] = set()
    for block in blocks.values():
        if len(block) > 1:
            gone |= _absorbed(block)
    left = [name for name in names if name.key not in gone]
    _rebase(left)
    return left


def _is_russian(name: Name) -> bool:
    return name.base[0] > "\u0400" and any(language.startswith("ru") for language in name.languages)


def _absorbed(block: list[Name]) -> set[tuple[str, str]]:
    gone: set[tuple[str, str]] = set()
    ordered = sorted(block, key=lambda one: (-one.count, len(one.base), one.base))
    for name, base in list(_pairs(ordered)):
        kind = _common_kind(name, base)
        if name.key in gone or base.key in gone or not kind or not _is_case(name.base, base.base, kind):
            continue
        gone.add(name.key)
        base.absorb(name)
        base.kind = kind
    return gone


def _common_kind(left: Name, right: Name) -> str:
    """The kind that two names may both have; nothing where they are different things."""
    if "other" in (left.kind, right.kind):
        return right.kind if left.kind == "other" else left.kind
    return left.kind if left.kind == right.kind else ""


def _pairs(ordered: Sequence[Name]) -> Iterator[tuple[Name, Name]]:
    """A name and what may be its base; where each may be a form of the other, the more frequent one is the base."""
    for place, name in enumerate(ordered):
        for other in ordered[:place]:
            if _are_near(name.base, other.base):
                turned = _is_case(other.base, name.base, name.kind) and not _is_case(name.base, other.base, name.kind)
                yield (other, name) if turned else (name, other)


def _are_near(left: str, right: str) -> bool:
    return all(_shared(one, other) >= min(len(one), len(other)) - _ENDING for one, other in _side_by_side(left, right))


def _side_by_side(left: str, right: str) -> Iterator[tuple[str, str]]:
    return zip(left.split(), right.split(), strict=True)


def _shared(left: str, right: str) -> int:
    return next((place for place, (one, other) in enumerate(zip(left, right, strict=False)) if one != other), len(left))


def _is_case(form: str, base: str, kind: str) -> bool:
    if kind == "person" and (bearers.couple(form, base) or _given_differ(form, base)):
        return False
    return form != base and form in _cases(base, kind)


def _given_differ(left: str, right: str) -> bool:
    """Are two given names at the beginning, Александр and Александра?"""
    first, second = left.split()[0], right.split()[0]
    return first != second and bearers.is_given(first) and bearers.is_given(second)


@lru_cache(maxsize=1 << 14)
def _cases(base: str, kind: str) -> frozenset[str]:
    genders = ("m", "f") if kind == "person" else ("",)
    tables = (paradigm.table(paradigm.lexeme(base, "ru", kind, gender), "ru") for gender in genders)
    return frozenset(form for table in tables for forms in table.singular.values() for form in forms)


def _rebase(names: Sequence[Name]) -> None:
    """Set names right whose surname is a case of that of another one.

    `Вацлава Гампла` beside `Гампл`, `Ротшильда` beside `Меер Амшел Ротшильд`.
    """
    people = [name for name in names if name.kind == "person" and _is_russian(name)]
    alone = {name.base for name in people if " " not in name.base}
    last = {name.base.split()[-1] for name in people if " " in name.base}
    by_beginning: dict[str, list[str]] = {}
    for surname in sorted(alone | last):
        by_beginning.setdefault(surname[:_BEGINNING], []).append(surname)
    for name in people:
        own = name.base.split()[-1]
        sure = alone if " " in name.base else last
        for surname in by_beginning[own[:_BEGINNING]] if own not in sure else ():
            if surname in sure and _are_near(own, surname) and _is_case(own, surname, "person"):
                name.base = _with_surname(name.base, surname) if " " in name.base else surname
                break


def _with_surname(full: str, surname: str) -> str:
    found = (base.form for base in paradigm.bases(full, "ru", "person") if base.form.split()[-1] == surname)
    return next(found, None) or " ".join((*map(_without_ending, full.split()[:-1]), surname))


def _without_ending(given: str) -> str:
    """What an unknown given name is beside a surname in another case than the nominative: Бен of Бена."""
    found = (given[:-cut] for cut in range(1, _ENDING + 1) if len(given) - cut > 1)
    return next((base for base in found if _is_case(given, base, "person")), given)
