"""The right form of a wanted term for its place in a sentence, with what has to change around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tolmach.config import primary
from tolmach.morphology.lexeme import Base, Lexeme
from tolmach.text.model import Span
from tolmach.translate.enforce.choice import Change, Choice, Task
from tolmach.translate.enforce.written import fitted

__all__ = ["Change", "Choice", "choices"]

_MOST = 4  # choices worth telling
_LONGEST = 200  # code points of a name or term
_WINDOW = 400  # code points to either side that can matter
_UNKNOWN = 0.3  # confidence where nothing is known of the language


def choices(
    sentence: str,
    span: Span,
    lexeme: Lexeme,
    language: str,
    *,
    like: Sequence[Base] = (),
    source: str = "",
    source_span: Span | None = None,
    source_language: str = "",
) -> tuple[Choice, ...]:
    """The forms of `lexeme` that can stand for the words at `span`, the likeliest first; never none.

    `like` are readings of those words where they are a form of a known rendering; the source sentence helps where the
    words themselves tell nothing. A low confidence says: better leave it and report.

    >>> best = choices("Это политика Obama.", Span(13, 18), Lexeme("Обама", "person", "m"), "ru")[0]
    >>> best.form, best.case
    ('Обамы', 'gent')
    """
    span = Span(max(0, min(span.start, len(sentence))), max(0, span.start, min(span.end, len(sentence))))
    if not lexeme.text.strip() or len(lexeme.text) > _LONGEST or span.end > len(sentence):
        return (_plain(sentence, span, lexeme),)
    begin, end = _window(sentence, span)
    task = Task(
        sentence[begin:end], span.shifted(-begin), lexeme, tuple(like), source, source_span, source_language
    )  # fmt: skip
    found = _by_language(task, language)
    if begin:
        found = tuple(
            replace(choice, changes=tuple(Change(one.span.shifted(begin), one.text) for one in choice.changes))
            for choice in found
        )
    return found


def _window(sentence: str, span: Span) -> tuple[int, int]:
    """Sentences stay whole; of what is longer than any sentence a window is enough."""
    if len(sentence) <= 2 * _WINDOW:
        return 0, len(sentence)
    begin = max(0, span.start - _WINDOW)
    blank = sentence.find(" ", begin, span.start)
    return (blank + 1 if begin and blank >= 0 else begin), min(len(sentence), span.end + _WINDOW)


def _plain(sentence: str, span: Span, lexeme: Lexeme) -> Choice:
    form = fitted(lexeme.text, sentence, span)
    return Choice(form, (Change(span, form),), "", "sg", _UNKNOWN)


def _by_language(task: Task, language: str) -> tuple[Choice, ...]:
    # Each language loads its own rules and dictionary, so only the one that is asked for is imported.
    base = primary(language)
    if base == "ru":
        from tolmach.translate.enforce import russian

        return russian.ranked(task)[:_MOST]
    if base == "en":
        from tolmach.translate.enforce import english

        return english.ranked(task)[:_MOST]
    if base == "de":
        from tolmach.translate.enforce import german

        return german.ranked(task)[:_MOST]
    return (_plain(task.text, task.span, task.lexeme),)
