"""Base forms that are still inflected: found by the other form that stands elsewhere in the same texts.

`Oberste Gerichtshof` after an article and `Oberster Gerichtshof` are one form; so are `UN-Sicherheitsrats` and
`UN-Sicherheitsrat`, and the persons `Pol Pots` and `Pol Pot`. A genitive inside a name (Vertrags, Vertrages) is a
spelling of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from tolmach.files import load_table
from tolmach.names.variants.gathering import Name

_FEWEST = 4  # letters of a stem
_PERSON = "person"
_BODIES = frozenset(("organisation", "term", "other"))


def uninflected(names: Iterable[Name]) -> list[Name]:
    """The names without those that are an inflected form of another one, which takes over all that was seen of them."""
    found = list(names)
    by_stem: dict[tuple[str, tuple[str, ...]], list[Name]] = {}
    for name in found:
        if stems := _stems(name):
            by_stem.setdefault((name.kind, stems), []).append(name)
    absorbed: set[tuple[str, str]] = set()
    for group in by_stem.values():
        if len(group) > 1:
            absorbed |= _absorbed(group)
    return _surnames([name for name in found if name.key not in absorbed])


def _surnames(names: list[Name]) -> list[Name]:
    """The names without the genitives of surnames that some full name has: `Maksimovics` beside `Marko Maksimovic`."""
    by_base = {name.base: name for name in names if name.kind == _PERSON}
    known = {base.split()[-1] for base in by_base if " " in base}
    gone: set[tuple[str, str]] = set()
    for base, name in by_base.items():
        stem = base.removesuffix("s")
        if base == stem or " " in base or not _is_german(name) or base in known or stem not in known:
            continue
        if stem not in by_base:
            name.base = stem
        else:
            by_base[stem].absorb(name)
            gone.add(name.key)
    return [name for name in names if name.key not in gone]


def _absorbed(group: list[Name]) -> set[tuple[str, str]]:
    """Merge the names of one stem that are forms of each other; the keys of those that are gone."""
    ordered = sorted(group, key=lambda one: (-one.count, *_rank(one.base), one.base))
    gone: set[tuple[str, str]] = set()
    for place, name in enumerate(ordered):
        for base in ordered[:place]:
            if base.key not in gone and _is_form(name.base, base.base):
                base.absorb(name)
                gone.add(name.key)
                break
    return gone


def _rank(base: str) -> tuple[int, int]:
    """Of equally frequent forms the strong nominative is the base: Oberster, Europäisches before Oberste."""
    last = base.split()[0]
    return (0 if last.endswith(("er", "es")) else 1), len(base)


def _is_form(inflected: str, base: str) -> bool:
    """Do two names differ in the endings of adjectives and the genitive of the last word alone?"""
    first, second = inflected.split(), base.split()
    if len(first) != len(second):
        return False
    *adjectives, noun = zip(first, second, strict=True)
    return all(one == other or _are_adjectives(one, other) for one, other in adjectives) and (
        noun[0] == noun[1] or noun[0] in (f"{noun[1]}s", f"{noun[1]}es") or noun[1] in (f"{noun[0]}s", f"{noun[0]}es")
    )


def _are_adjectives(one: str, other: str) -> bool:
    return any(
        one.endswith(first) and other.endswith(second) and one.removesuffix(first) == other.removesuffix(second)
        for first in _endings()
        for second in _endings()
        if len(one) - len(first) >= _FEWEST
    )


@cache
def _endings() -> tuple[str, ...]:
    return tuple(load_table("tolmach.names.variants", "variants.toml")["adjective_endings"])


def _stems(name: Name) -> tuple[str, ...]:
    """What all forms of a German name share; nothing for other languages and for names of one plain word."""
    words = name.base.split()
    if not _is_german(name):
        return ()
    if name.kind == _PERSON:
        return (*words[:-1], words[-1].removesuffix("s")) if len(words) > 1 else ()
    if name.kind not in _BODIES:
        return ()
    if len(words) < 2 and "-" not in name.base:
        return ()
    return (*(_stem(word) for word in words[:-1]), words[-1].removesuffix("s").removesuffix("e"))


def _is_german(name: Name) -> bool:
    return any(language.startswith("de") for language in name.languages)


def _stem(word: str) -> str:
    found = (word.removesuffix(ending) for ending in _endings() if word.endswith(ending))
    stem = next(found, word)
    return stem if len(stem) >= _FEWEST else word
