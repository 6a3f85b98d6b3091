"""What each rule reports and what it leaves alone, in own sentences: tests/cases/rules_<rule>.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tolmach.glossary.find import Finder
from tolmach.glossary.model import Glossary
from tolmach.glossary.parse import parse
from tolmach.glossary.validate import unmarked
from tolmach.lint import rule as rules
from tolmach.lint.rule import Position, Problem, Rule, Run, UnitView, View
from tolmach.text.model import Document, Passage, Span, Unit

FOLDER = Path(__file__).parent / "cases"
FILES = {
    path.stem.removeprefix("rules_").replace("_", "-"): tomllib.loads(path.read_text(encoding="utf-8"))
    for path in sorted(FOLDER.glob("rules_*.toml"))
}
CASES = [
    pytest.param(name, case, id=f"{name}-{kind}-{number}")
    for name, table in FILES.items()
    for kind in ("bad", "good")
    for number, case in enumerate(table[kind])
]
FEWEST_BAD, FEWEST_GOOD = 8, 12


@cache
def finder(content: str) -> Finder:
    concepts, wrong = parse(content.encode(), "cases.toml")
    assert wrong == []
    return Finder(Glossary({concept.id: concept for concept in concepts}))


def problems(rule: Rule, case: dict[str, Any], glossary: str) -> tuple[list[Problem], list[Span], str]:
    """The problems, the stretches marked in the text that is judged, and that text."""
    judged, marks = unmarked(case["target"] if "target" in case else case["text"])
    known = finder(case.get("glossary", glossary))
    if "target" in case:
        source = Passage(case["source"], case.get("source_language", "de"))
        target = Passage(judged, case.get("target_language", "ru"))
        unit = Unit(0, "1", source, target, 1)
        if rule.survey:
            others = [
                Unit(
                    number,
                    str(number),
                    Passage(one[0], source.language),
                    Passage(one[1], target.language),
                    number,
                )
                for number, one in enumerate(case.get("beside", ()), 1)
            ]
            document = Document("0.po", "0", "po", "", units=(unit, *others))
            check = rule.survey(Run(lambda: [document], known))
            position = Position("0.po", 0, 0, "target")
            return list(check(View(target, known, position))), marks, judged
        assert rule.check_unit
        return list(rule.check_unit(UnitView(unit, View(source, known), View(target, known)))), marks, judged
    assert rule.check
    return list(rule.check(View(Passage(judged, case["language"]), known))), marks, judged


@pytest.mark.parametrize(("name", "case"), CASES)
def test_exactly_the_marked_stretches_are_reported(name: str, case: dict[str, Any]) -> None:
    found, marks, judged = problems(rules.load(name), case, FILES[name].get("glossary", ""))
    missing = case.get("missing", 0)
    assert [one.span for one in found if one.span.end] == marks, [one.message for one in found]
    assert sum(not one.span.end for one in found) == missing
    for one in found:
        assert "\n" not in one.message
    if "instead" in case:
        assert [one.replacements[0] if one.replacements else "" for one in found] == case["instead"]
    if "fix" in case:
        assert {one.fix for one in found} == {case["fix"]}
    assert judged == judged.strip("\n")


@pytest.mark.parametrize("name", FILES)
def test_bad_cases_are_reported_and_good_ones_are_more(name: str) -> None:
    bad, good = FILES[name]["bad"], FILES[name]["good"]
    assert len(bad) >= FEWEST_BAD
    assert len(good) >= FEWEST_GOOD
    assert len(good) > len(bad)
    for case in bad:
        assert "[" in case.get("target", case.get("text", "")) or case.get("missing")
    for case in good:
        assert "[" not in case.get("target", case.get("text", ""))
        assert not case.get("missing")


@pytest.mark.parametrize("name", FILES)
def test_a_safe_fix_leaves_nothing_to_report(name: str) -> None:
    rule = rules.load(name)
    for case in FILES[name]["bad"]:
        found, _marks, judged = problems(rule, case, FILES[name].get("glossary", ""))
        safe = [one for one in found if one.fix == "safe"]
        if not safe or len(safe) != len(found):
            continue
        for one in reversed(safe):
            judged = judged[: one.span.start] + one.replacements[0] + judged[one.span.end :]
        key = "target" if "target" in case else "text"
        assert problems(rule, {**case, key: judged}, FILES[name].get("glossary", ""))[0] == []
