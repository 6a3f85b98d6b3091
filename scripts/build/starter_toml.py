"""Write concepts as a TOML file of the starter glossary; the builders starter*.py share it.

    text = document("Media", "…", concepts)     # what the file holds, to compare
    write({"media.toml": text})                 # … or to commit

The file is read back before it is written, so that what stands there is what the builder meant.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from tolmach.errors import raise_all
from tolmach.files import write_atomic
from tolmach.glossary.model import Concept, Designation, Validity
from tolmach.glossary.parse import parse

STARTER = Path(__file__).resolve().parents[2] / "src" / "tolmach" / "glossary" / "starter"
LANGUAGES = ("de", "en", "ru")
_TEXTS = ("system", "reason", "source", "variety", "gender", "number", "homograph")
_LISTS = ("forms", "keeps", "keeps_quoted_after", "near")


def document(title: str, description: str, concepts: Sequence[Concept]) -> str:
    """The text of a glossary file with these concepts, in their order.

    Raises TolmachError for whatever the program could not read or would read otherwise.
    """
    head = [f"title = {_text(title)}", f"description = {_text(description)}", 'licence = "MIT"']
    content = "\n".join([*head, *(line for concept in concepts for line in _concept(concept))]) + "\n"
    found, problems = parse(content.encode("utf-8"), "starter")
    raise_all(problems)
    if [replace(concept, path="", line=0) for concept in found] != [*concepts]:
        changed = [concept.id for concept, written in zip(concepts, found, strict=True) if not _same(concept, written)]
        raise ValueError(f"not read as written: {', '.join(changed)}")
    return content


def write(contents: Mapping[str, str]) -> None:
    """Put each content into its file of the starter glossary."""
    for name, content in contents.items():
        write_atomic(STARTER / name, content)
        print(f"{name}: {content.count('[[concept]]')} concepts")


def _same(concept: Concept, written: Concept) -> bool:
    return concept == replace(written, path="", line=0)


def _concept(concept: Concept) -> Iterator[str]:
    yield from ("", "[[concept]]", f"id = {_text(concept.id)}", f"kind = {_text(concept.kind)}")
    if concept.gender:
        yield f"gender = {_text(concept.gender)}"
    if concept.original:
        names = ", ".join(f"{language} = {_text(name)}" for language, name in concept.original.items())
        yield f"original = {{ {names} }}"
    for key in ("note", "definition"):
        if value := getattr(concept, key):
            yield f"{key} = {_text(value)}"
    yield from _list("sources", concept.sources)
    if concept.do_not_translate:
        yield "do_not_translate = true"
    for language, designations in concept.designations.items():
        for designation in designations:
            yield from ("", f"[[concept.{language}]]", *_designation(designation))
    for language, examples in concept.examples.items():
        yield from ("", f"[concept.examples.{language}]", *_list("ok", examples.ok), *_list("flag", examples.flag))


def _designation(designation: Designation) -> Iterator[str]:
    for key in ("form", "given", "patronymic"):
        if value := getattr(designation, key):
            yield f"{key} = {_text(value)}"
    yield f"status = {_text(designation.status.value)}"
    for key in _TEXTS:
        if value := getattr(designation, key):
            yield f"{key} = {_text(value)}"
    if designation.indeclinable:
        yield "indeclinable = true"
    if designation.valid:
        yield f"valid = [{', '.join(_stretch(stretch) for stretch in designation.valid)}]"
    for key in _LISTS:
        yield from _list(key, getattr(designation, key))


def _stretch(stretch: Validity) -> str:
    ends: tuple[tuple[str, date | None], ...] = (("from", stretch.first), ("until", stretch.last))
    return f"{{ {', '.join(f'{key} = {day.isoformat()}' for key, day in ends if day)} }}"


def _list(key: str, values: Iterable[str]) -> Iterator[str]:
    if written := ", ".join(map(_text, values)):
        yield f"{key} = [{written}]"


def _text(value: str) -> str:
    # A JSON string is a TOML basic string as long as it holds no DEL, which no name does.
    return json.dumps(value, ensure_ascii=False)
