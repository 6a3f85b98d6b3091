"""What the rules about designations share: the form to write instead of an unwanted one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tolmach.config import primary
from tolmach.glossary.boundaries import joint
from tolmach.glossary.find import Hit
from tolmach.glossary.model import Concept, Designation, Status
from tolmach.glossary.patterns import given_lexeme, lexeme
from tolmach.lint.rule import Fix, Problem, View
from tolmach.messages import _
from tolmach.morphology.german import is_adjective_tail, share_head, takes_article
from tolmach.morphology.lexeme import Form
from tolmach.morphology.paradigm import right_forms
from tolmach.text.model import Span

_APOSTROPHES = "'\u2019"
_BEFORE = 30
# Concepts that German names with common nouns.
_NAMES = ("person", "place")
_NOUNS = ("term", "office", "event", "other")


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
    if part.designation.homograph and hit.given is None:
        return False
    if hit.designation.is_acronym and view.text[hit.span.end - 1] == ".":
        # The last full stop of «O.D.B.K.» may be that of the sentence as well.
        return False
    base = primary(view.language)
    if base == "de":
        if not _agrees_in_german(hit, part, preferred):
            return False
        return bool(hit.tail) or _has_article(part.designation, hit) == _has_article(preferred, hit)
    return base != "ru" or hit.concept.kind == "person" or _agrees_in_russian(view, hit, part, preferred)


def _has_article(designation: Designation, hit: Hit) -> bool:
    """Does the German name of a place stand with an article («die Volksrepublik China»)?"""
    if takes_article(designation.form):
        return True
    if hit.concept.kind != "place" or " " not in designation.form:
        return False
    from tolmach.morphology.german_bases import phrase_gender

    return bool(phrase_gender(designation.form.split(" ")))


def _agrees_in_german(hit: Hit, part: _Part, preferred: Designation) -> bool:
    """Is it a name without an article, an acronym, or a noun of the same gender that stands in the singular?"""
    kind, old = hit.concept.kind, part.designation
    if kind in _NAMES or (old.is_acronym and preferred.is_acronym) or (hit.tail and not hit.closed):
        return True
    if hit.closed:
        return kind not in _NOUNS and not joint(hit.tail)
    before = after = "same"
    if not share_head(old.form, preferred.form):
        # Its tables are large.
        from tolmach.morphology.german_bases import phrase_gender

        before, after = (phrase_gender(one.form.split(" ")) for one in (old, preferred))
    if kind not in _NOUNS:
        return before == after or not (before and after)
    singular = all(form.number == "sg" and (" " in old.form or not form.ending) for form in hit.forms)
    return before == after and bool(before) and singular


def _agrees_in_russian(view: View, hit: Hit, part: _Part, preferred: Designation) -> bool:
    """Same gender as before, or no adjective and no verb whose form depends on it."""
    from tolmach.morphology.russian import agrees_before, gender

    before, after = (gender(lexeme(one, hit.concept)) for one in (part.designation, preferred))
    if before == after:
        return True
    word = _word_before(view, part)
    nominative = any(form.case == "nomn" for form in _likely_forms(view, hit, part))
    return not nominative and not (word and agrees_before(word))


def _word_before(view: View, part: _Part) -> str:
    window = view.text[max(0, part.span.start - _BEFORE) : part.span.start]
    words = window.split()
    return words[-1] if words and window[-1:].isspace() else ""


def _likely_forms(view: View, hit: Hit, part: _Part) -> tuple[Form, ...]:
    """The forms that the hit may be after the preposition before it: «в Кыргызстан» is no nominative."""
    if not view.language.startswith("ru"):
        return hit.forms
    from tolmach.morphology.russian import governed

    cases = governed(_word_before(view, part))
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
    shouted = len(letters) > 1 and all(character.isupper() or character == "\u00df" for character in letters)
    # «USA» is written so in any text.
    shouted = shouted and not part.designation.is_acronym
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
    if hit.concept.kind not in _NAMES:
        tail = tail[len(joint(hit.tail)) :]
    rest = tail if tail.isupper() else tail[:1].upper() + tail[1:]
    return Span(hit.span.start, end), tuple(f"{text}-{rest}" for text in texts)
