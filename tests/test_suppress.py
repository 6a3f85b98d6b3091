"""Suppressions: which lines and rules a directive is about, in every format, and which are not needed."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import run_program
from tolmach.lint.suppress import Suppression, divide, find, unused

CASES = tomllib.loads((Path(__file__).parent / "cases" / "suppressions.toml").read_text(encoding="utf-8"))["case"]

GLOSSARY = """
[[concept]]
id = "tokayev"
kind = "person"
[[concept.de]]
form = "Tokajew"
status = "preferred"
[[concept.de]]
form = "Toqajew"
status = "deprecated"
"""


@dataclass(frozen=True)
class Seen:
    rule: str
    line: int


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_a_directive_is_about_these_lines(case: dict[str, Any], end: str) -> None:
    text = case["text"].replace("\n", end)
    found = find(text, case["format"])
    assert [[list(one.rules), one.first, one.last] for one in found] == case["found"]
    for one in found:
        assert "tolmach" in text[one.span.start : one.span.end]
        assert text.count("\n", 0, one.span.start) + 1 == one.line


def test_many_texts_look_like_a_directive_and_have_none() -> None:
    assert sum(not case["found"] for case in CASES) > len(CASES) / 3


def test_lines_count_from_the_first_line_of_a_block() -> None:
    (one,) = find("Toqajew # tolmach: ignore quotes", "plain", 41)
    assert (one.first, one.last, one.line) == (41, 41, 41)


@given(
    st.text(alphabet="ab \n#<!-->tolmach:ignoreffon()`,", max_size=80),
    st.sampled_from(["plain", "markdown", "html", "po"]),
)
def test_any_text_can_be_read(text: str, form: str) -> None:
    for one in find(text, form):
        assert 1 <= one.first <= one.last <= text.count("\n") + 1
        assert 0 <= one.span.start < one.span.end <= len(text)


SEEN = st.lists(st.builds(Seen, st.sampled_from(["quotes", "dashes", "variety"]), st.integers(1, 9)), max_size=9)
SUPPRESSIONS = st.lists(
    st.builds(
        lambda rules, first, more: Suppression(tuple(rules), first, first + more, find_span(), first),
        st.lists(st.sampled_from(["quotes", "dashes", "variety"]), max_size=2, unique=True),
        st.integers(1, 9),
        st.one_of(st.integers(0, 3), st.integers(90, 120)),
    ),
    max_size=5,
)


def find_span() -> Any:
    return find("# tolmach: ignore", "plain")[0].span


@given(SEEN, SUPPRESSIONS)
def test_findings_are_kept_or_hidden_and_used_ones_are_not_reported(
    seen: list[Seen], all_of: list[Suppression]
) -> None:
    kept, hidden = divide(seen, all_of)
    assert sorted([*kept, *(one for one, _by in hidden)], key=repr) == sorted(seen, key=repr)
    assert all(by.covers(one.rule, one.line) for one, by in hidden)
    assert not any(by.covers(one.rule, one.line) for one in kept for by in all_of)
    names = ("quotes", "dashes", "variety")
    reported = list(unused(all_of, seen, names, names))
    needed = [one for one in all_of if any(one.covers(other.rule, other.line) for other in seen)]
    assert len(all_of) - len(needed) <= len(reported) <= len(all_of)


def test_rules_that_did_not_run_are_not_judged() -> None:
    (one,) = find("a # tolmach: ignore quotes, dashes, quotas", "plain")
    known = ("quotes", "dashes")
    assert [problem.message for problem in unused([one], [], ["quotes"], known)] == [
        "# tolmach: ignore quotes, dashes, quotas: there is no rule called quotas",
        "# tolmach: ignore quotes, dashes, quotas: nothing to ignore here for quotes",
    ]
    assert [problem.message for problem in unused([one], [Seen("quotes", 1)], known, known)] == [
        "# tolmach: ignore quotes, dashes, quotas: there is no rule called quotas",
        "# tolmach: ignore quotes, dashes, quotas: nothing to ignore here for dashes",
    ]


def test_suppressed_findings_are_not_reported_and_idle_directives_are(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text(
        "Aus Toqajews Rede. # tolmach: ignore deprecated-term (wie gesprochen)\n"
        "Toqajew ging.\n\nTokajew blieb. # tolmach: ignore deprecated-term\n",
        encoding="utf-8",
    )
    (tmp_path / "g.toml").write_text(GLOSSARY, encoding="utf-8")
    done = run_program("check", "a.txt", "--lang", "de", "--glossary", "g.toml", "--format", "json", folder=tmp_path)
    found = [(one["rule"], one["line"], one["text"]) for one in json.loads(done.output)["findings"]]
    assert found == [
        ("deprecated-term", 2, "Toqajew"),
        ("unused-suppression", 4, "# tolmach: ignore deprecated-term"),
    ]
