"""A name that stays as it is in every language, and does not stand so in the target."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tolmach.config import primary
from tolmach.glossary.model import Concept
from tolmach.lint.rule import Example, Problem, Rule, UnitView
from tolmach.messages import _
from tolmach.text.model import Span

_GLOSSARY = """
[[concept]]
id = "rt-de"
kind = "organisation"
do_not_translate = true
[[concept.de]]
form = "RT DE"
status = "preferred"
"""
_BLANKS = re.compile(r"[\s\u00a0]+")


def check_unit(view: UnitView) -> Iterator[Problem]:
    """Report each such name of the source once that the target does not have letter by letter."""
    if not view.unit.target.text.strip() or view.unit.state == "untranslated":
        return
    target = _folded(view.unit.target.text)
    reported = set()
    for hit in view.source.hits:
        if not hit.concept.do_not_translate or not hit.certain or not hit.wanted or hit.concept.id in reported:
            continue
        reported.add(hit.concept.id)
        allowed = _allowed(hit.concept, hit.designation.full, primary(view.target.language))
        if any(_stands(form, target) for form in allowed):
            continue
        written = " ".join(view.source.text[hit.span.start : hit.span.end].split())
        message = _("{written} is not translated: the target must have {form}").format(
            written=written, form=" / ".join(allowed)
        )
        yield Problem(Span(0, 0), message, hit.concept.id)


def _allowed(concept: Concept, own: str, target: str) -> tuple[str, ...]:
    """What may stand in the target: the name of the source and what the glossary wants in the target's language."""
    return tuple(dict.fromkeys((own, *(entry.full for entry in concept.wanted(target)))))


def _folded(text: str) -> str:
    return _BLANKS.sub(" ", text)


def _stands(form: str, target: str) -> bool:
    """Does the form stand in the target, with an ending or in a compound at most («RT-DE-Bericht», «Google's»)?"""
    shape = re.escape(_folded(form)).replace("\\ ", "[ -]")
    return re.search(rf"(?<![^\W_]){shape}(?![^\W\d_]{{3}})", target) is not None


RULE = Rule(
    summary="A name that the glossary says is not to be translated, and the target writes otherwise or leaves out.",
    why="Titles, brands and code words are found again only as they are written; КАРЕНИНА is not KARENINA.",
    bad=(
        Example("Das meldet RT DE.", glossary=_GLOSSARY, target="Об этом сообщает РТ ДЕ."),
        Example("Das meldet RT DE.", glossary=_GLOSSARY, target="This is what Rt De says.", target_language="en"),
    ),
    good=(
        Example("Das meldet RT DE.", glossary=_GLOSSARY, target="Об этом сообщает RT DE."),
        Example("Ein RT-DE-Bericht.", glossary=_GLOSSARY, target="An RT DE report.", target_language="en"),
        Example("Das meldet RT DE.", glossary=_GLOSSARY, target=""),
    ),
    severity="error",
    fix="None: where the name belongs is for a translator to say.",
    check_unit=check_unit,
)
