"""Do the designations say the truth about their transcription system?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from tolmach.config import primary
from tolmach.errors import TolmachError
from tolmach.glossary.model import Concept, Designation, Glossary
from tolmach.messages import _
from tolmach.transcription.established import fold
from tolmach.transcription.house import writer
from tolmach.transcription.system import System, load, names


def untrue_systems(glossary: Glossary) -> Iterator[TolmachError]:
    """A problem for every designation whose `system` does not write it so from the concept's original."""
    for concept in glossary.concepts.values():
        for language, designations in concept.designations.items():
            for designation in designations:
                if designation.system and (problem := _problem(concept, designation, language)):
                    yield TolmachError(
                        f"{concept.id}: {designation.full}: {problem}",
                        path=concept.path,
                        line=concept.line or None,
                        hint=_("`tolmach transcribe --list` names the systems; leave out what no system explains"),
                    )


def _problem(concept: Concept, designation: Designation, language: str) -> str:
    if designation.system not in names():
        return _("there is no system {name}").format(name=designation.system)
    system = load(designation.system)
    if primary(system.target) != language:
        return _("{name} does not write {language}").format(name=system.id, language=language)
    original = concept.original.get(system.source)
    if original is None:
        return _("the concept has no original in {language}").format(language=system.source)
    written = _words(system, original)
    # a given name is often older than any system (Ilham, Maria); the family name is what the entry vouches for
    form = designation.form or designation.given
    if strange := [word for word in form.split() if _bare(word) not in written]:
        return _("{name} does not write {word}, but {written}").format(
            name=system.id, word=strange[0], written=system.transcribe(original)
        )
    return ""


def _words(system: System, original: str) -> frozenset[str]:
    """The words that the system writes for the original, and the established forms of its given names, folded."""
    parts = writer(system.source, system.target, "person").parts
    known = [parts[fold(word)][0] for word in original.split() if fold(word) in parts]
    return frozenset(_bare(word) for word in (*system.transcribe(original).split(), *known))


def _bare(word: str) -> str:
    return word.strip("«»„“”\"‚‘',.()").casefold()


def explaining(concept: Concept, entry: Designation, language: str, candidates: Iterable[str]) -> str:
    """The first of the systems that writes the designation just so from the concept's original; "" where none does."""
    fitting = (name for name in candidates if name and not _problem(concept, replace(entry, system=name), language))
    return next(fitting, "")


def truthful(concept: Concept) -> Concept:
    """The concept without the systems that do not write its forms of its originals."""
    designations = {
        language: tuple(
            replace(entry, system=explaining(concept, entry, language, [entry.system])) if entry.system else entry
            for entry in entries
        )
        for language, entries in concept.designations.items()
    }
    return replace(concept, designations=designations)
