"""What the rules about designations share: the form to write instead of an unwanted one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tolmach.glossary.find import Hit
from tolmach.glossary.model import Concept, Designation, Status
from tolmach.glossary.patterns import given_lexeme, lexeme
from tolmach.lint.rule import Fix, Problem, Severity, View
from tolmach.messages import _
from tolmach.morphology.paradigm import right_forms
from tolmach.text.model import Span


def unwanted(view: View, status: Status, severity: Severity) -> Iterator[Problem]:
    """A problem for every form in the passage whose designation has that status."""
    for hit in view.hits:
        for part in _unwanted_parts(hit, status):
            yield _problem(view, hit, part, severity)


@dataclass(frozen=True, slots=True)
class _Part:
    span: Span
    designation: Designation
    family: bool
    given: bool


def _unwanted_parts(hit: Hit, status: Status) -> Iterator[_Part]:
    """The family name, the given name or, when neither is wanted, the whole name."""
    family = hit.designation.status is status
    given = hit.given_name is not None and hit.given_name.status is status
    if hit.given is None or (family and given):
        if family:
            yield _Part(hit.span, hit.designation, family=True, given=given)
    elif family:
        yield _Part(Span(hit.given.end + 1, hit.span.end), hit.designation, family=True, given=False)
    elif given and hit.given_name:
        yield _Part(hit.given, hit.given_name, family=False, given=True)


def _problem(view: View, hit: Hit, part: _Part, severity: Severity) -> Problem:
    preferred = preferred_for(hit.concept, hit.designation, view.language)
    span, replacements = part.span, ()
    if preferred:
        span, replacements = _replacements(view, hit, part, preferred)
    written = view.text[part.span.start : part.span.end]
    reason = f" ({part.designation.reason})" if part.designation.reason else ""
    instead = replacements[0] if replacements else (preferred.form if preferred else "")
    message = _("{written} is not this house's spelling{reason}").format(written=_one_line(written), reason=reason)
    if instead:
        message = _("{written}: write {instead}{reason}").format(written=_one_line(written), instead=instead, reason=reason)
    fix: Fix = "none"
    if replacements:
        fix = "safe" if len(replacements) == 1 and hit.certain and not part.designation.homograph else "unsafe"
    return Problem(span, message, severity if hit.certain else "hint", hit.concept.id, replacements, fix)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def preferred_for(concept: Concept, instead_of: Designation, language: str) -> Designation | None:
    """The preferred designation of the same length (acronym or long form), else any preferred one."""
    base = language.split("-")[0]
    found = concept.preferred(base, acronym=instead_of.is_acronym)
    return found or concept.preferred(base)


def _replacements(view: View, hit: Hit, part: _Part, preferred: Designation) -> tuple[Span, tuple[str, ...]]:
    base = view.language.split("-")[0]
    written = view.text[part.span.start : part.span.end]
    found: dict[str, None] = {}
    for like in hit.forms:
        given = _right_given(hit, preferred, like.case, base) if part.given else ("",)
        family = right_forms(lexeme(preferred, hit.concept), like, base) if part.family else ("",)
        found.update(dict.fromkeys(" ".join(filter(None, (first, last))) for first in given for last in family))
    texts = [_with_capitals(text, written) for text in found if text]
    if hit.closed:
        return _opened_compound(view, hit, texts)
    return part.span, tuple(texts)


def _right_given(hit: Hit, preferred: Designation, case: str, language: str) -> tuple[str, ...]:
    if not preferred.given:
        return ("",)
    likes = [like for like in hit.forms if like.case == case]
    if language != "ru":
        return (preferred.given,)
    return right_forms(given_lexeme(preferred.given, hit.concept), likes[0], language)


def _opened_compound(view: View, hit: Hit, texts: list[str]) -> tuple[Span, tuple[str, ...]]:
    """A closed compound is written with a hyphen when its name changes: Weißrusslandreise → Belarus-Reise."""
    end = hit.span.end
    while end < len(view.text) and (view.text[end].isalnum() or view.text[end] == "\u00ad"):
        end += 1
    tail = view.text[hit.span.end : end].replace("\u00ad", "")
    rest = tail if tail.isupper() else tail[:1].upper() + tail[1:]
    return Span(hit.span.start, end), tuple(f"{text}-{rest}" for text in texts)


def _with_capitals(text: str, written: str) -> str:
    letters = [character for character in written if character.isalpha()]
    shouted = len(letters) > 1 and all(character.isupper() or character == "ß" for character in letters)
    return text.upper() if shouted else text
