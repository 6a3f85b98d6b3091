"""A program of somebody else that uses the public interface: it is type-checked strictly and runs."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import tolmach


def complaints(text: str | bytes, house: tolmach.Glossary, path: str) -> Iterator[str]:
    """What is wrong, line by line."""
    findings: list[tolmach.Finding] = tolmach.check(text, house, language="de", path=path, ignore=["mixed-script"])
    for finding in findings:
        place: tuple[int, int] = finding.span.start, finding.span.end
        first: str = finding.replacements[0] if finding.replacements else ""
        source: str | None = finding.entry.source if finding.entry else None
        yield f"{finding.path}:{finding.line}:{finding.column} {place} {finding.text} {first} {source}"


def mended(text: str, house: tolmach.Glossary) -> str:
    """The text with all safe replacements."""
    for finding in reversed(tolmach.check(text, house, select=("all",), side="both")):
        if finding.fix == "safe":
            text = text[: finding.span.start] + finding.replacements[0] + text[finding.span.end :]
    return text


def told(names: list[str]) -> Iterator[str]:
    """What the program says about a glossary."""
    try:
        house = tolmach.load_glossary(names)
    except tolmach.TolmachError as error:
        hint: str | None = error.hint
        yield f"{error} ({hint})"
        return
    concept: tolmach.Concept = house.concepts["tokayev"]
    wanted: tolmach.Designation | None = concept.preferred("de")
    ids: list[str] = [hit.concept.id for hit in tolmach.Finder(house).find("Tokajew", "de")]
    yield f"{wanted.form if wanted else ''} {ids} {mended('Toqajews Sohn', house)}"
    yield from complaints("*Toqajew* schwieg.", house, "a.md")


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in told(sys.argv[1:]))
