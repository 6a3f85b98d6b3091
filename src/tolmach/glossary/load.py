"""Loading glossaries: files and folders into one `Glossary`, layer over layer."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import as_file, files
from itertools import combinations
from pathlib import Path

from tolmach.errors import TolmachError, raise_all
from tolmach.files import read_bytes
from tolmach.glossary.model import Concept, Designation, Glossary, Status
from tolmach.glossary.parse import parse
from tolmach.messages import _

STARTER = "starter"
NONE = "none"
_EXCHANGED = frozenset((".csv", ".mtf", ".po", ".tbx", ".tsv", ".utf8", ".xlsx", ".xml"))


def load(names: str | Path | Sequence[str | Path]) -> Glossary:
    """The glossary made of the named layers, or of a single one; a later one overrides an earlier one by concept id.

    A name is a TOML file, a folder of them, `starter` (shipped with the program) or `none` (no concepts). Raises
    TolmachError carrying every problem of every file: syntax, unknown keys, contradictions within a layer.

    The state of the last layer that has a concept counts, but no proposal takes the place of a decision.
    """
    concepts: dict[str, Concept] = {}
    undecided: dict[str, Concept] = {}
    problems: list[TolmachError] = []
    digest = hashlib.sha256()
    names = [names] if isinstance(names, str | Path) else names
    for name in names:
        layer: list[Concept] = []
        for path, content in contents(str(name)):
            digest.update(content)
            found, wrong = parse(content, path)
            layer += found
            problems += wrong
        problems += contradictions(layer)
        _lay(layer, concepts, undecided)
    raise_all(problems)
    title = ", ".join(Path(str(name)).name or str(name) for name in names)
    return Glossary(concepts, title, digest.hexdigest()[:12], undecided)


def _lay(layer: Iterable[Concept], concepts: dict[str, Concept], undecided: dict[str, Concept]) -> None:
    for concept in layer:
        if concept.state == "decided":
            concepts[concept.id] = concept
            undecided.pop(concept.id, None)
        else:
            undecided[concept.id] = concept
            if concept.state == "rejected":
                concepts.pop(concept.id, None)


def contents(name: str) -> Iterator[tuple[str, bytes]]:
    """Path (as shown to the user) and content of each file of a layer; raises TolmachError where there is none."""
    if name == NONE:
        return
    if name == STARTER:
        with as_file(files(__package__).joinpath("starter")) as folder:
            for path in sorted(folder.glob("*.toml")):
                yield f"starter/{path.name}", read_bytes(path)
        return
    path = Path(name)
    if not path.exists():
        raise TolmachError(_("no such glossary"), path=path, hint=_("a TOML file, a folder of them, starter or none"))
    found = [path]
    if path.suffix.lower() in _EXCHANGED:
        raise TolmachError(
            _("a glossary is written in TOML; this is a file of another program"),
            path=path,
            hint=_("tolmach glossary import {path} --into names.toml").format(path=path),
        )
    if path.is_dir():
        found = sorted(file for file in path.rglob("*.toml") if not file.name.startswith("."))
        if not found:
            raise TolmachError(
                _("no glossary files in this folder"), path=path, hint=_("tolmach init writes a first one")
            )
    for file in found:
        yield str(file), read_bytes(file)


def contradictions(layer: Sequence[Concept]) -> list[TolmachError]:
    """What cannot be true at once within one layer; what a proposal says against a decision is for people to weigh."""
    decided = [concept for concept in layer if concept.state == "decided"]
    meant = [concept for concept in layer if concept.state != "rejected"]
    return [*_repeated_ids(layer), *_preferred_twice(meant), *_forms_in_conflict(decided)]


def _complaint(concept: Concept, message: str, hint: str) -> TolmachError:
    return TolmachError(f"{concept.id}: {message}", path=concept.path, line=concept.line or None, hint=hint)


def _repeated_ids(layer: Iterable[Concept]) -> Iterator[TolmachError]:
    seen: dict[str, Concept] = {}
    for concept in layer:
        if concept.id in seen:
            first = seen[concept.id]
            yield _complaint(
                concept,
                _("this id stands also in {path}:{line}").format(path=first.path, line=first.line),
                _("merge the two or give one another id"),
            )
        seen.setdefault(concept.id, concept)


def _preferred_twice(layer: Iterable[Concept]) -> Iterator[TolmachError]:
    for concept in layer:
        for language, designations in concept.designations.items():
            preferred = [entry for entry in designations if entry.status is Status.PREFERRED and entry.form]
            for first, second in combinations(preferred, 2):
                if _compete(first, second):
                    yield _complaint(
                        concept,
                        _("two preferred forms in {language}: {first} and {second}").format(
                            language=language, first=first.form, second=second.form
                        ),
                        _("make one of them admitted, or give ranges in which they are valid"),
                    )


def _compete(first: Designation, second: Designation) -> bool:
    if first.is_acronym != second.is_acronym or first.variety != second.variety:
        return False
    return not first.valid or any(second.valid_during(stretch) for stretch in first.valid)


def _forms_in_conflict(layer: Iterable[Concept]) -> Iterator[TolmachError]:
    """A form may be wanted in several concepts only as a homograph, and never be wanted here and unwanted there."""
    wanted: dict[tuple[str, str], tuple[Concept, Designation]] = {}
    unwanted: list[tuple[str, Concept, Designation]] = []
    for concept in layer:
        for language, designations in concept.designations.items():
            for entry in designations:
                if not entry.form or entry.homograph:
                    continue
                key = (language, entry.full)
                if not entry.status.wanted:
                    unwanted.append((language, concept, entry))
                elif entry.status is Status.PREFERRED and key in wanted and wanted[key][0].id != concept.id:
                    yield _clash(concept, entry, wanted[key][0], _("preferred here and in {other}"))
                else:
                    wanted.setdefault(key, (concept, entry))
    for language, concept, entry in unwanted:
        other = wanted.get((language, entry.full))
        if other:
            yield _clash(concept, entry, other[0], _("unwanted here, but wanted in {other}"))


def _clash(concept: Concept, entry: Designation, other: Concept, message: str) -> TolmachError:
    place = f"{other.id} ({other.path}:{other.line})"
    return _complaint(
        concept, f"{entry.full}: " + message.format(other=place), _("decide for one, or mark it as a homograph")
    )
