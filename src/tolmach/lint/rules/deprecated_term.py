"""A spelling that the glossary marks as deprecated."""

from __future__ import annotations

from collections.abc import Iterator

from tolmach.glossary.model import Status
from tolmach.lint.rule import Example, Problem, Rule, View, doubtful_places
from tolmach.lint.terms import unwanted

_GLOSSARY = """
[[concept]]
id = "tokayev"
kind = "person"
gender = "m"
[[concept.de]]
form = "Tokajew"
status = "preferred"
[[concept.de]]
form = "Toqajew"
status = "deprecated"
"""


def check(view: View) -> Iterator[Problem]:
    """Report every form of a deprecated designation."""
    return unwanted(view, Status.DEPRECATED)


RULE = Rule(
    summary="A form of a spelling that the glossary marks as deprecated.",
    why="One person, place or organisation under two spellings looks like two; readers lose the thread.",
    bad=(
        Example("[Toqajews] Sprecher schwieg.", glossary=_GLOSSARY),
        Example("Ein [Toqajew]-Porträt hing im Saal.", glossary=_GLOSSARY),
        Example("[TOQAJEW] SPRICHT", glossary=_GLOSSARY),
    ),
    good=(
        Example("Tokajews Sprecher schwieg.", glossary=_GLOSSARY),
        Example("Siehe https://example.org/Toqajew und Toqajew.pdf.", glossary=_GLOSSARY),
        Example("Der Film „Toqajew“ lief im Winter.", glossary=_GLOSSARY),
        Example("Toqajewa schwieg.", glossary=_GLOSSARY),
    ),
    severity="warning",
    fix="Safe where one form fits; ambiguous names and cases are only proposed.",
    check=check,
    places=doubtful_places,
)
