"""Repairing translations from Russian and English into German: genitives, compounds, articles."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tolmach.translate.enforce.model import Pair, Term
from tolmach.translate.enforce.repair import repair

CASES: dict[str, Any] = tomllib.loads(
    (Path(__file__).parent / "cases" / "into_german.toml").read_text(encoding="utf-8")
)
ROWS = [(code, *row) for code, name in (("ru", "russian"), ("en", "english")) for row in CASES[name]]


def terms(written: str) -> tuple[Term, ...]:
    return tuple(map(term, written.split("; ")))


def term(written: str) -> Term:
    names, kind, *also = (part.strip() for part in written.split("|"))
    source, target = names.split(" → ")
    return Term(source, target, kind, also=tuple(also[0].split(", ")) if also else ())


def repaired(row: Sequence[str], target: str = "") -> str:
    language, source, draft, _expected, written = row
    (answer,) = repair([Pair(source, target or draft, language, "de", terms(written))])
    return answer.target


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[2])
def test_case(row: Sequence[str]) -> None:
    expected = row[3] or row[2]
    assert repaired(row) == expected
    assert repaired(row, expected) == expected


@pytest.mark.parametrize("row", CASES["known_failures"], ids=lambda row: row[2])
@pytest.mark.xfail(strict=True)
def test_known_failure(row: Sequence[str]) -> None:
    assert repaired(row) == row[3]


@pytest.mark.parametrize("row", [*ROWS, *CASES["known_failures"]], ids=lambda row: row[2])
def test_what_is_right_stays(row: Sequence[str]) -> None:
    expected = row[3] or row[2]
    assert repaired(row, expected) == expected
