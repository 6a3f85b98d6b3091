"""Every rule is proved by its own examples."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tolmach.glossary.find import Finder
from tolmach.glossary.load import load as load_glossary
from tolmach.glossary.model import Glossary
from tolmach.glossary.parse import parse
from tolmach.glossary.validate import unmarked
from tolmach.lint import rule as rules
from tolmach.lint import runner
from tolmach.lint.rule import Example, Position, Problem, Rule, Run, UnitView, View
from tolmach.text.model import Document, Passage, Span, Unit

ROOT = Path(__file__).parents[1]
EXAMPLES = [
    pytest.param(name, example, good, id=f"{name}-{'good' if good else 'bad'}-{number}")
    for name in rules.names()
    for good in (False, True)
    for number, example in enumerate(rules.load(name).good if good else rules.load(name).bad)
]


def _finder(content: str) -> Finder:
    concepts, wrong = parse(content.encode(), "example.toml")
    assert wrong == []
    return Finder(Glossary({concept.id: concept for concept in concepts}))


def _problems(rule: Rule, example: Example) -> tuple[list[Problem], list[Span]]:
    finder = _finder(example.glossary)
    text, wanted = unmarked(example.text)
    view = View(Passage(text, example.language), finder, Position("0.txt"))
    if rule.review is not None:
        document = Document("0.txt", "0", "plain", text, (view.passage,))
        others = {name: one for name in rules.names() if (one := rules.load(name)).default}
        found = (one for one in runner.check(document, others, finder) if others[one.rule] is rule)
        return [Problem(one.span, one.message) for one in found], wanted
    if rule.survey is not None and example.target is not None:
        pairs = ((text, example.target), *example.others)
        units = [
            Unit(number, str(number), Passage(one, example.language), Passage(other, example.target_language), number)
            for number, (one, other) in enumerate(pairs)
        ]
        document = Document("0.po", "0", "po", "", units=tuple(units))
        position = Position("0.po", 0, 0, "target")
        return list(rule.survey(Run(lambda: [document], finder))(View(units[0].target, finder, position))), wanted
    if rule.survey is not None:
        documents = [
            Document(f"{number}.txt", str(number), "plain", one, (Passage(one, example.language),))
            for number, one in enumerate((text, *example.beside))
        ]
        return list(rule.survey(Run(lambda: documents, finder))(view)), wanted
    if example.target is None:
        assert rule.check is not None
        return list(rule.check(view)), wanted
    target = Passage(example.target, example.target_language)
    assert rule.check_unit is not None
    unit = Unit(0, "1", view.passage, target, 1)
    return list(rule.check_unit(UnitView(unit, view, View(target, finder)))), wanted


@pytest.mark.parametrize(("name", "example", "good"), EXAMPLES)
def test_the_examples_of_a_rule_come_out_as_it_says(name: str, example: Example, good: bool) -> None:
    found, wanted = _problems(rules.load(name), example)
    if good:
        assert found == []
    elif example.target is None:
        assert [problem.span for problem in found] == wanted
        assert wanted
    else:
        assert found


def test_the_files_tell_which_rules_are_on_by_default() -> None:
    on = rules.default_names()
    assert on == tuple(name for name in rules.names() if rules.load(name).default)
    assert 5 < len(on) < len(rules.names())


@pytest.mark.parametrize("name", rules.names())
def test_a_rule_explains_itself(name: str) -> None:
    rule = rules.load(name)
    assert rule.bad
    assert len(rule.good) >= len(rule.bad)
    assert rule.summary.endswith(".")
    assert rule.why.endswith(".")
    assert rule.fix.endswith(".")
    assert rule.check or rule.check_unit or rule.survey or rule.review


@pytest.mark.parametrize("name", rules.names())
def test_messages_are_one_line_and_name_what_is_written(name: str) -> None:
    rule = rules.load(name)
    for example in rule.bad:
        text, _spans = unmarked(example.text if example.target is None else example.target)
        for problem in _problems(rule, example)[0]:
            written = text[problem.span.start : problem.span.end]
            assert "\n" not in problem.message
            assert " ".join(written.split()) in problem.message or not written


UNITS = tomllib.loads((ROOT / "tests" / "cases" / "units.toml").read_text(encoding="utf-8"))["unit"]


@cache
def _house() -> Finder:
    return Finder(load_glossary([ROOT / "glossary"]))


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: f"{unit['source']} → {unit['target']}")
def test_terms_that_a_translation_lacks(unit: dict[str, Any]) -> None:
    source, target = Passage(unit["source"], "de"), Passage(unit["target"], unit.get("target_language", "ru"))
    views = UnitView(Unit(0, "1", source, target, 1), View(source, _house()), View(target, _house()))
    check = rules.load("term-missing").check_unit
    assert check is not None
    assert [problem.concept for problem in check(views)] == unit["missing"]


@pytest.mark.parametrize(
    ("source", "target", "certain"),
    [
        ("Lawrow schwieg.", "Он молчал.", False),
        ("Lawrow schwieg.", "Министр молчал.", True),
        ("Lawrow schwieg, er war müde.", "Он молчал.", True),
        ("In Bischkek schwieg man.", "Они молчали.", True),
    ],
)
def test_a_pronoun_for_a_person_is_only_a_hint(source: str, target: str, *, certain: bool) -> None:
    left, right = Passage(source, "de"), Passage(target, "ru")
    views = UnitView(Unit(0, "1", left, right, 1), View(left, _house()), View(right, _house()))
    check = rules.load("term-missing").check_unit
    assert check is not None
    assert [problem.certain for problem in check(views)] == [certain]


def test_more_units_are_right_than_wrong() -> None:
    assert sum(not unit["missing"] for unit in UNITS) > len(UNITS) / 2


def test_a_forbidden_spelling_in_a_target_is_reported_whatever_the_source_says() -> None:
    finder = _finder(
        '[[concept]]\nid = "odkb"\nkind = "organisation"\n[[concept.de]]\nform = "ODKB"\nstatus = "preferred"\n'
        '[[concept.ru]]\nform = "ОДБК"\nstatus = "forbidden"\n'
    )
    texts = (("Die ODKB tagte.", "ОДБК заседала."), ("Man tagte.", "ОДБК заседала."), ("Man tagte.", "Заседали."))
    units = [
        Unit(number, str(number), Passage(one, "de"), Passage(other, "ru"), number)
        for number, (one, other) in enumerate(texts)
    ]
    document = Document("a.po", "a", "po", "", units=tuple(units))
    found = runner.check(document, {"forbidden-term": rules.load("forbidden-term")}, finder)
    assert [one.entry.index for one in found if one.entry] == [0, 1]
