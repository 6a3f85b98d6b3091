"""A spelling that the glossary forbids."""

from __future__ import annotations

from collections.abc import Iterator

from tolmach.glossary.model import Status
from tolmach.lint.rule import Example, Problem, Rule, View, doubtful_places
from tolmach.lint.terms import unwanted

_GLOSSARY = """
[[concept]]
id = "odkb"
kind = "organisation"
[[concept.de]]
form = "ODKB"
status = "preferred"
[[concept.de]]
form = "ODBK"
status = "forbidden"
reason = "letters transposed"
"""


def check(view: View) -> Iterator[Problem]:
    """Report every form of a forbidden designation."""
    return unwanted(view, Status.FORBIDDEN)


RULE = Rule(
    summary="A form of a spelling that the glossary forbids.",
    why="It is wrong in every context: a slip, an insult, or a name that no longer holds.",
    bad=(Example("Die [ODBK] tagte.", glossary=_GLOSSARY), Example("Ein [ODBK]-Beschluss fehlt.", glossary=_GLOSSARY)),
    good=(
        Example("Die ODKB tagte.", glossary=_GLOSSARY),
        Example("Die Odbk tagte.", glossary=_GLOSSARY),
        Example("Siehe odbk.example.org und ODBK.pdf.", glossary=_GLOSSARY),
    ),
    severity="error",
    fix="Safe where one form fits.",
    check=check,
    places=doubtful_places,
)
