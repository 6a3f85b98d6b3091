"""Where the forms of a proposal come from: the systems that write them, and those who vouch for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tolmach.glossary.model import Concept, Designation, Status
from tolmach.glossary.spellings import authorities, equal, with_system
from tolmach.glossary.systems import explaining
from tolmach.transcription.established import fold, forms, native
from tolmach.transcription.house import default, has_system
from tolmach.transcription.system import System, load

_LAST_LATIN = "\u024f"
_LATIN = ("de", "en")


def explained(concept: Concept, systems: Sequence[str], style: str) -> Concept:
    """The concept with the system of each form that one writes, and the originals that matter: its own, and theirs.

    `systems` are those that explain spellings of it in the texts, `style` the one of the house.
    """
    telling = [name for name in systems if load(name).source in concept.original]
    designations = {
        language: tuple(
            with_system(entry, _system(concept, entry, language, systems, style), telling) for entry in entries
        )
        for language, entries in concept.designations.items()
    }
    used = {load(entry.system).source for entries in designations.values() for entry in entries if entry.system}
    russian = concept.original.get("ru", "")
    own = native(russian, "ru", concept.kind) if russian else None
    if own:
        used.add(own.target)
    original = {code: text for code, text in concept.original.items() if code in used or code == "ru"}
    return replace(concept, designations=designations, original=original or dict(concept.original))


def _system(concept: Concept, entry: Designation, language: str, seen: Sequence[str], style: str) -> str:
    """The system that writes the form: the house's own, if it does, else one of those that explain the group."""
    latin = (text for text in concept.original.values() if text[:1] <= _LAST_LATIN)
    if entry.is_acronym or language in concept.original or any(entry.form in text.split() for text in latin):
        return ""
    usual = [default(code, language, style) for code in concept.original if has_system(code, language)]
    candidates = (*(one.id for one in usual if _writes(one, entry.form, concept)), *seen)
    return "" if _is_borrowed(concept, entry, language) else explaining(concept, entry, language, candidates)


def _writes(system: System, form: str, concept: Concept) -> bool:
    """Does the system itself write the form so, without any help from tables?"""
    return set(fold(form).split()) <= set(fold(system.transcribe(concept.original[system.source])).split())


def _is_borrowed(concept: Concept, entry: Designation, language: str) -> bool:
    """Is the form one of a name that Russian only borrowed, so that no system leads from Russian to it?

    That is so where the name has an own language that no system reads, and where the tables give forms that German and
    English share (Nairobi) or that the systems do not write (Madagascar).
    """
    russian = concept.original.get("ru", "")
    own = native(russian, "ru", concept.kind) if russian else None
    if own or not russian:
        return own is not None and not has_system(own.target, "de")
    if concept.kind == "person" or not any(equal(row.form, entry.form) for row in forms(russian, "ru", language)):
        return False
    preferred = {language: concept.preferred(language) for language in _LATIN}
    written = {language: default("ru", language).transcribe(russian) for language in _LATIN}
    printed = [entry.form for entry in preferred.values() if entry]
    return len(set(printed)) < len(printed) or any(
        entry and entry.form != written[language] for language, entry in preferred.items()
    )


def sources(concept: Concept, texts: int) -> Iterator[str]:
    """Who vouches for the forms to prefer: systems and tables; and from how many texts the concept is proposed."""
    yield "proposed by tolmach" + (f" from {texts} {'text' if texts == 1 else 'texts'}" if texts else "")
    named: list[str] = []
    originals = tuple(concept.original.values())
    for language, entries in concept.designations.items():
        for entry in entries:
            if entry.status is Status.PREFERRED and entry.system:
                named.append(load(entry.system).authority)
            elif entry.status is Status.PREFERRED:
                named += authorities(entry.full, language, originals)
    yield from dict.fromkeys(named)
