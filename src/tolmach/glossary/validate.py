"""The self-tests of a glossary: every concept's own examples, run through the one matcher."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tolmach.errors import TolmachError
from tolmach.glossary.find import Finder
from tolmach.glossary.model import Concept
from tolmach.messages import _
from tolmach.text.model import Span

_MARKS = re.compile(r"[\[\]]")


def failing_examples(finder: Finder, language: str) -> Iterator[TolmachError]:
    """A problem for every example in `language` that does not come out as its concept says."""
    for concept in finder.glossary.concepts.values():
        examples = concept.examples.get(language)
        if examples is None:
            continue
        for text in examples.ok:
            found = [
                text[span.start : span.end] for span, certain in _unwanted(finder, concept, text, language) if certain
            ]
            if found:
                yield _failure(
                    concept, _("example ok: {text}").format(text=text), _("flagged: {found}").format(found=found[0])
                )
        for marked in examples.flag:
            if problem := _flag_problem(finder, concept, marked, language):
                yield _failure(concept, _("example flag: {text}").format(text=marked), problem)


def _flag_problem(finder: Finder, concept: Concept, marked: str, language: str) -> str:
    text, wanted = unmarked(marked)
    found = [span for span, _certain in _unwanted(finder, concept, text, language)]
    for span in wanted:
        if not any(span.overlaps(other) for other in found):
            return _("not flagged: {text}").format(text=text[span.start : span.end])
    for span in found:
        if not any(span.overlaps(other) for other in wanted):
            return _("flagged: {found}").format(found=text[span.start : span.end])
    return ""


def unmarked(marked: str) -> tuple[str, list[Span]]:
    """The text without its brackets, and the stretches that stood in them.

    >>> unmarked("Das [Toqajew]-Lager")
    ('Das Toqajew-Lager', [Span(start=4, end=11)])
    """
    text, spans, opened, done = "", [], None, 0
    for sign in _MARKS.finditer(marked):
        text += marked[done : sign.start()]
        done = sign.end()
        if sign.group() == "[":
            opened = len(text)
        elif opened is not None:
            spans.append(Span(opened, len(text)))
            opened = None
    return text + marked[done:], spans


def _unwanted(finder: Finder, concept: Concept, text: str, language: str) -> Iterator[tuple[Span, bool]]:
    for hit in finder.find(text, language):
        if hit.concept.id == concept.id and not hit.wanted:
            yield hit.span, hit.certain


def _failure(concept: Concept, example: str, reason: str) -> TolmachError:
    return TolmachError(
        f"{concept.id}: {example}: {reason}",
        path=concept.path,
        line=concept.line or None,
        hint=_("mend the example or the designations of the concept"),
    )
