"""A concept of the source that the target does not name in the house's form."""

from __future__ import annotations

from collections.abc import Iterator

from tolmach.config import primary
from tolmach.glossary.hit import Hit
from tolmach.glossary.model import Designation
from tolmach.lint.renderings import is_rendered, may_be_a_pronoun
from tolmach.lint.rule import Example, Problem, Rule, UnitView
from tolmach.messages import _
from tolmach.text.model import Span

_GLOSSARY = """
[[concept]]
id = "kyrgyzstan"
kind = "place"
[[concept.de]]
form = "Kirgisistan"
status = "preferred"
[[concept.ru]]
form = "Киргизия"
status = "preferred"
"""


def check_unit(view: UnitView) -> Iterator[Problem]:
    """Report each concept of the source once that the target lacks."""
    if not view.unit.target.text.strip() or view.unit.state == "untranslated":
        return
    source_language, target_language = (primary(side.language) for side in (view.source, view.target))
    reported = set()
    for hit in view.source.hits:
        concept = hit.concept
        expected = _expected(hit, source_language, target_language)
        # What is not to be translated has a rule of its own.
        if concept.id in reported or not hit.certain or not expected or concept.do_not_translate:
            continue
        reported.add(concept.id)
        if any(_renders(found, hit, expected) for found in view.target.nested_hits):
            continue
        if is_rendered(hit, view.source, view.target, expected):
            continue
        written = " ".join(view.source.text[hit.span.start : hit.span.end].split())
        forms = ", ".join(dict.fromkeys(entry.form for entry in expected))
        message = _("the source has {written}, the target no form of {forms}").format(written=written, forms=forms)
        yield Problem(Span(0, 0), message, concept.id, certain=not may_be_a_pronoun(hit, view.source, view.target))


def _expected(hit: Hit, source_language: str, target_language: str) -> tuple[Designation, ...]:
    """The designations of the target language that may stand for the hit: of its time and of its length.

    Where the source language has both an acronym and a long form, the author chose one, and the target follows; but
    an acronym may be written out, and «USA» and «United States» are equally common names of a country.
    """
    expected = hit.concept.wanted(target_language)
    lengths = {entry.is_acronym for entry in hit.concept.wanted(source_language)}
    if len(lengths) > 1 and hit.concept.kind != "place" and not hit.designation.is_acronym:
        expected = tuple(entry for entry in expected if not entry.is_acronym) or expected
    stretches = hit.designation.valid
    in_force = (entry for entry in expected if not stretches or any(entry.valid_during(when) for when in stretches))
    return tuple(in_force) or expected


def _renders(found: Hit, hit: Hit, expected: tuple[Designation, ...]) -> bool:
    # A form that is unwanted in the target is reported by its own rule; saying so twice helps nobody.
    return found.concept.id == hit.concept.id and (found.designation in expected or not found.designation.status.wanted)


RULE = Rule(
    summary="The source names a concept, the target has none of its allowed forms.",
    why="A name left out, not translated or rendered by another word is the commonest fault of a translation memory.",
    bad=(
        Example("In Kirgisistan blieb es ruhig.", glossary=_GLOSSARY, target="Всё было спокойно."),
        Example("Kirgisistans Grenze ist lang.", glossary=_GLOSSARY, target="Граница Kirgisistan длинна."),
    ),
    good=(
        Example("In Kirgisistan blieb es ruhig.", glossary=_GLOSSARY, target="В Киргизии было спокойно."),
        Example("Kirgisische Soldaten kamen.", glossary=_GLOSSARY, target="Прибыли киргизские солдаты."),
        Example("Kirgisistans Grenze ist lang.", glossary=_GLOSSARY, target="Киргизская граница длинна."),
        Example("In Kirgisistan blieb es ruhig.", glossary=_GLOSSARY, target=""),
    ),
    severity="warning",
    fix="None: where the name belongs is for a translator to say.",
    check_unit=check_unit,
)
