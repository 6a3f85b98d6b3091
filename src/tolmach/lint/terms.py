"""What the rules about designations share: the form to write instead of an unwanted one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tolmach.config import primary
from tolmach.glossary.boundaries import joint
from tolmach.glossary.hit import Hit
from tolmach.glossary.model import Concept, Designation, Status
from tolmach.glossary.patterns import given_lexeme, lexeme
from tolmach.lint.agreement import NAMES, NOUNS, holds, with_function_word, word_before
from tolmach.lint.rule import Fix, Problem, View
from tolmach.messages import _
from tolmach.morphology.german import shows_genitive
from tolmach.morphology.german_compounds import is_adjective_tail
from tolmach.morphology.lexeme import Form
from tolmach.morphology.paradigm import right_forms
from tolmach.text.model import Span

_APOSTROPHES = "'\u2019"
_INITIAL = re.compile(r"(?<![\w.])(?<!\. )(?P<letter>[^\W\d_])\.[ \u00a0]?\Z")
_REACH = 8


def unwanted(view: View, status: Status) -> Iterator[Problem]:
    """A problem for every form in the passage whose designation has that status."""
    kind = f"{view.language} {status.value}"
    yield from view.finder.recent.of(view.text, kind, lambda: tuple(_unwanted(view, status)))


def _unwanted(view: View, status: Status) -> Iterator[Problem]:
    for hit in view.doubtful_hits:
        for part in _unwanted_parts(hit, status):
            yield _problem(view, hit, part)


def preferred_for(concept: Concept, instead_of: Designation, language: str) -> Designation | None:
    """The preferred designation of the same length (acronym or long form), else any preferred one."""
    base = primary(language)
    found = concept.preferred(base, acronym=instead_of.is_acronym)
    return found or concept.preferred(base)


def instead_of(view: View, hit: Hit, preferred: Designation) -> tuple[str, ...]:
    """The forms of `preferred` that may stand where the hit stands, written as it is: case, capitals, apostrophe."""
    part = _Part(hit.span, hit.designation, family=True, given=hit.given is not None)
    return _written_like(view, hit, part, _right_texts(view, hit, part, preferred))


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


def _problem(view: View, hit: Hit, part: _Part) -> Problem:
    preferred = preferred_for(hit.concept, hit.designation, view.language)
    span, replacements = part.span, tuple[str, ...]()
    if preferred:
        replacements = _written_like(view, hit, part, _right_texts(view, hit, part, preferred))
        if hit.closed:
            span, replacements = _opened_compound(view, hit, replacements)
        span, replacements = with_function_word(view.text, span, replacements, view.language)
    written = " ".join(view.text[span.start : span.end].split())
    reason = f" ({part.designation.reason})" if part.designation.reason else ""
    instead = replacements[0] if replacements else (preferred.form if preferred else "")
    message = _("{written} is not a spelling of this house{reason}").format(written=written, reason=reason)
    if instead:
        message = _("{written}: write {instead}{reason}").format(written=written, instead=instead, reason=reason)
    fix: Fix = "none"
    if replacements and preferred:
        fix = "safe" if len(replacements) == 1 and hit.certain and _is_safe(view, hit, part, preferred) else "unsafe"
    return Problem(span, message, hit.concept.id, replacements, fix, hit.certain)


def _is_safe(view: View, hit: Hit, part: _Part, preferred: Designation) -> bool:
    """May the replacement be put in without asking: is the name certain, and do the words around it still agree?"""
    if part.designation.homograph and hit.given is None and not _has_own_initial(view, hit, part):
        return False
    if hit.designation.is_acronym and view.text[hit.span.end - 1] == ".":
        # The last full stop of «O.D.B.K.» may be that of the sentence as well.
        return False
    if hit.tail and primary(view.language) == "de":
        # A hyphen keeps the parts of a compound apart; without one nouns are joined by letters of their own.
        return not hit.closed or (hit.concept.kind not in NOUNS and not joint(hit.tail))
    forms = _likely_forms(view, hit, part)
    return holds(view.text, part.span.start, part.designation, preferred, hit.concept, forms, view.language)


def _has_own_initial(view: View, hit: Hit, part: _Part) -> bool:
    """Does the initial of the person stand before the family name («K. Maximow»)?"""
    initial = _INITIAL.search(view.text, max(0, part.span.start - _REACH), part.span.start)
    designations = hit.concept.designations.get(primary(view.language), ())
    return initial is not None and any(entry.given.startswith(initial["letter"]) for entry in designations)


def _likely_forms(view: View, hit: Hit, part: _Part) -> tuple[Form, ...]:
    """The forms that the hit may be after the word before it: «в Кыргызстан» is no nominative, «des Rats» no plural."""
    language, before = primary(view.language), word_before(view.text, part.span.start)
    if language == "de" and shows_genitive(before):
        return tuple(form for form in hit.forms if form.case == "gent") or hit.forms
    if language != "ru":
        return hit.forms
    from tolmach.morphology.russian import governed

    cases = governed(before)
    return tuple(form for form in hit.forms if form.case in cases) or hit.forms


def _right_texts(view: View, hit: Hit, part: _Part, preferred: Designation) -> tuple[str, ...]:
    base = primary(view.language)
    found: dict[str, None] = {}
    for like in _likely_forms(view, hit, part):
        given = _right_given(hit, preferred, like, base) if part.given else ("",)
        family = right_forms(lexeme(preferred, hit.concept), like, base) if part.family else ("",)
        found.update(dict.fromkeys(" ".join(filter(None, (first, last))) for first in given for last in family))
    return tuple(text for text in found if text)


def _right_given(hit: Hit, preferred: Designation, like: Form, language: str) -> tuple[str, ...]:
    if not preferred.given or language != "ru":
        return (preferred.given,)
    return right_forms(given_lexeme(preferred.given, hit.concept), like, language)


def _written_like(view: View, hit: Hit, part: _Part, texts: tuple[str, ...]) -> tuple[str, ...]:
    """The texts with the capitals, apostrophes and hyphens that the written form shows."""
    written = view.text[part.span.start : part.span.end]
    apostrophe = next((sign for sign in _APOSTROPHES if sign in written), "")
    letters = [character for character in written if character.isalpha()]
    # Acronyms are in capitals anyway, without the endings that may hang on them.
    shouted = not part.designation.is_acronym and len(letters) > 1
    shouted = shouted and all(character.isupper() or character == "\u00df" for character in letters)
    result: dict[str, None] = {}
    for text in texts:
        if apostrophe:
            text = text.replace("'", apostrophe).replace("\u2019", apostrophe)
        if hit.tail and not hit.closed:
            # «Eurasische-Wirtschaftsunion-Gipfel»
            text = text.replace(" ", "-")
        if shouted:
            text = text.upper()
        elif hit.prefixed or (written[:1].islower() and (hit.closed or part.designation.form[:1].isupper())):
            text = text[:1].lower() + text[1:]
        result[text] = None
    return tuple(result)


def _opened_compound(view: View, hit: Hit, texts: tuple[str, ...]) -> tuple[Span, tuple[str, ...]]:
    """A closed compound gets a hyphen when its name changes (Weißrusslandreise → Belarus-Reise), an adjective none."""
    end = hit.span.end
    while end < len(view.text) and (view.text[end].isalnum() or view.text[end] == "\u00ad"):
        end += 1
    tail = view.text[hit.span.end : end].replace("\u00ad", "")
    if is_adjective_tail(hit.tail):
        return Span(hit.span.start, end), tuple(text + tail for text in texts)
    if hit.concept.kind not in NAMES:
        tail = tail[len(joint(hit.tail)) :]
    rest = tail if tail.isupper() else tail[:1].upper() + tail[1:]
    return Span(hit.span.start, end), tuple(f"{text}-{rest}" for text in texts)
