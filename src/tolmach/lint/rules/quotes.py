"""Quotation marks that are not those of the language."""

from __future__ import annotations

from collections.abc import Iterator

from tolmach.lint.languages import language_name
from tolmach.lint.rule import Example, Problem, Rule, View
from tolmach.messages import _
from tolmach.text import quotation_marks
from tolmach.text.model import Span


def check(view: View) -> Iterator[Problem]:
    """Report each mark of a quotation that is none of the language; what opens and never closes is let pass."""
    usage = quotation_marks.usage(view.language)
    if usage is None:
        return
    for start, end in quotation_marks.paragraphs(view.text):
        yield from _in_paragraph(view.text, start, end, usage)


def _in_paragraph(text: str, start: int, end: int, usage: quotation_marks.Usage) -> Iterator[Problem]:
    pairs, sure = quotation_marks.pairs(text, start, end)
    for pair in sorted(pairs, key=lambda one: one.start):
        right = quotation_marks.replaced(text, pair, usage)
        for place, mark in zip((pair.start, pair.end), right, strict=False):
            if text[place] != mark:
                admitted = usage.inner if pair.inner else usage.outer
                message = _("{written} is not how {language} quotes: write {instead}").format(
                    written=text[place],
                    language=language_name(usage.language),
                    instead=admitted[0][0] + "\u2026" + admitted[0][1],
                )
                yield Problem(Span(place, place + 1), message, "", (mark,), "safe" if sure else "unsafe")


RULE = Rule(
    summary="Quotation marks that the language, or its variety, does not use.",
    why=(
        "German quotes „so“ (or »so«), Swiss German «so», English “so” or ‘so’, Russian «so»; a mark of another "
        "language is the trace of a copy or of a machine."
    ),
    bad=(
        Example('Er sagte ["]Nein["] und ging.', language="de"),
        Example("Er sagte [“]Nein[”] und ging.", language="de"),
        Example("Er sagte [„]Nein[“] und ging.", language="de-CH"),
        Example("Он сказал [“]нет[”] и ушёл.", language="ru"),
    ),
    good=(
        Example("Er sagte „Nein, sie rief ‚halt‘“ und ging.", language="de"),
        Example("Er sagte »Nein« und ging. Das ist Klaus’ Haus.", language="de"),
        Example("Er sagte «Nein» und ging.", language="de-CH"),
        Example("He said “no” to the boys’ mother, who read ‘War and Peace’.", language="en"),
        Example('Der Schirm misst 24" und 6\' 2".', language="de"),
    ),
    severity="hint",
    fix="Safe where every mark of the paragraph has its partner.",
    check=check,
    options=("language_of",),
    default=False,
)
