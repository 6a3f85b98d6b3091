"""Which concept of a glossary some spellings of a name belong to: where what texts show meets what a house decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tolmach.glossary.find import Finder
from tolmach.glossary.hit import Hit
from tolmach.glossary.model import Concept
from tolmach.glossary.surroundings import fold
from tolmach.text.model import Span


def concept_of(forms: Iterable[tuple[str, str]], finder: Finder, kind: str = "") -> Concept | None:
    """The one concept that these spellings, pairs of language and base form, are names of; None where it is not one.

    Arguments and rules are those of `concepts_of`.
    """
    found = concepts_of(forms, finder, kind)
    return found[0] if len(found) == 1 else None


def concepts_of(forms: Iterable[tuple[str, str]], finder: Finder, kind: str = "") -> tuple[Concept, ...]:
    """Every concept that one of these spellings (language, base form) is a name of, in the order of the glossary.

    A designation of any status counts, and the full name of a person; it must be the whole spelling. A language of ""
    stands for all of the glossary. Where one of the concepts is of the `kind` given, those of other kinds do not count;
    a person does not count whose given name is another one than that of a full name among the spellings.
    """
    pairs = list(dict.fromkeys(forms))
    found: dict[str, list[Hit]] = {}
    for language, form in pairs:
        for code in [language] if language else _languages(finder):
            for hit in _whole(form, code, finder):
                found.setdefault(hit.concept.id, []).append(hit)
    certain = {key for key, hits in found.items() if any(hit.certain for hit in hits)}
    written = [form for _language, form in pairs]
    wanted = certain or set(found)
    # A walk through the glossary for every name of a long list would take longer than finding the names.
    keys = [key for key in finder.glossary.concepts if key in wanted] if len(wanted) > 1 else wanted
    concepts = [finder.glossary.concepts[key] for key in keys]
    concepts = [concept for concept in concepts if not _is_namesake(concept, found[concept.id], written)]
    of_kind = [concept for concept in concepts if concept.kind == kind]
    return tuple(of_kind or concepts)


def _languages(finder: Finder) -> list[str]:
    return sorted({code for concept in finder.glossary.concepts.values() for code in concept.designations})


def _whole(form: str, language: str, finder: Finder) -> Iterator[Hit]:
    """What all of the form is a name of."""
    text = form.strip()
    for hit in finder.find(text, language, nested=True):
        if hit.span == Span(0, len(text)) and not hit.tail and not hit.prefixed and _is_base(hit):
            yield hit


def _is_base(hit: Hit) -> bool:
    """Is it found in its base form? «Алиева» is a woman's name and the genitive of a man's; «Ильхама Алиева» is not."""
    if hit.given:
        return True
    only = "sg" if hit.concept.kind == "person" and hit.designation.number != "pl" else ""
    return any(form.case == "nomn" and only in ("", form.number) for form in hit.forms)


def _is_namesake(concept: Concept, hits: Sequence[Hit], written: Iterable[str]) -> bool:
    """Is it a person of whom only the family name was found, where the spellings name somebody else in full?"""
    if concept.kind != "person" or any(hit.given for hit in hits):
        return False
    families = {hit.designation.form for hit in hits}
    ends = tuple(f" {fold(family)}" for family in families)
    full = [form for form in written if fold(form).endswith(ends)]
    names = sorted(_full_names(concept, families)) if full else []
    return bool(names) and not any(_same_person(form, name) for form in full for name in names)


def _full_names(concept: Concept, families: Iterable[str]) -> Iterator[str]:
    """The full names the glossary gives a person; an entry for the given name alone goes with each family name."""
    for entry in (entry for found in concept.designations.values() for entry in found if entry.given):
        yield from (entry.full,) if entry.form else (f"{entry.full} {family}" for family in families)


def _same_person(left: str, right: str) -> bool:
    from tolmach.names.compare import SAME, compare

    return compare(left, right, "person").score >= SAME
