"""A directive that tells the linter to ignore something that is not there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tolmach.lint import rule as rules
from tolmach.lint.rule import Example, Problem, Rule

if TYPE_CHECKING:
    from tolmach.lint.suppress import Review

_GLOSSARY = """
[[concept]]
id = "belarus"
kind = "place"
[[concept.de]]
form = "Belarus"
status = "preferred"
[[concept.de]]
form = "Weißrussland"
status = "deprecated"
"""


def review(seen: Review) -> Iterator[Problem]:
    """Report each suppression, or each rule that one names, for which nothing was found."""
    from tolmach.lint.suppress import find, unused

    document = seen.document
    return unused(find(document.text, document.format, document.line), seen.findings, seen.ran, rules.names())


RULE = Rule(
    summary="A suppression for which there is nothing to suppress, or that names a rule that does not exist.",
    why="What was ignored once and corrected later hides the next mistake on the same line.",
    bad=(
        Example("In Belarus taute es. [# tolmach: ignore deprecated-term]", glossary=_GLOSSARY),
        Example("Aus Weißrussland kam er. [# tolmach: ignore deprecated-terms (alt)]", glossary=_GLOSSARY),
    ),
    good=(
        Example("Aus Weißrussland kam er. # tolmach: ignore deprecated-term (so in der Quelle)", glossary=_GLOSSARY),
        Example("In Belarus taute es. # tolmach: ignore inconsistent-name", glossary=_GLOSSARY),
        Example("Man liest in der Anleitung von tolmach: ignore ist ein Befehl.", glossary=_GLOSSARY),
    ),
    severity="warning",
    fix="None: a person takes the directive out.",
    review=review,
)
