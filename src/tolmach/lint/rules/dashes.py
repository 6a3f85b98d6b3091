"""A hyphen where a dash belongs, or the dash of another language."""

from __future__ import annotations

from collections.abc import Iterator

from tolmach.config import primary
from tolmach.lint.languages import language_name
from tolmach.lint.rule import Example, Problem, Rule, View
from tolmach.messages import _
from tolmach.text.dashes import misplaced


def check(view: View) -> Iterator[Problem]:
    """Report the signs between words and between the numbers of a range that the language writes otherwise."""
    for one in misplaced(view.text, view.language):
        message = _("{written} is no dash in {language}: write {instead}").format(
            written=one.sign, language=language_name(primary(view.language)), instead=one.instead.strip()
        )
        yield Problem(one.span, message, "", (one.instead,), "safe" if one.safe else "unsafe")


RULE = Rule(
    summary="A hyphen in place of a dash, or a dash that the language does not use.",
    why="German sets an en dash with blanks, Russian an em dash, ranges of numbers an en dash without blanks.",
    bad=(
        Example("Er kam [-] und ging.", language="de"),
        Example("Er kam [—] und ging.", language="de"),
        Example("Москва [-] столица России.", language="ru"),
        Example("Die Jahre 2014[-]2022.", language="de"),
    ),
    good=(
        Example("Er kam – und ging. Handels- und Zollunion.", language="de"),
        Example("Москва — столица России, 2014—2022 годы, 5-6 дней.", language="ru"),
        Example("The T-72 – 46 tonnes – came; it went—slowly—on.", language="en"),
        Example("Tel. 030-123456, 2022-01-05, 5 - 3 = 2, COVID-19.", language="de"),
    ),
    severity="hint",
    fix="Safe between words, unsafe between numbers.",
    check=check,
    default=False,
)
