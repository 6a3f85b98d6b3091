"""The manual of the rules, written from the rules themselves: for the terminal, as Markdown and as JSON."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import Any

from tolmach.config import KEYS
from tolmach.lint.rule import Example, Rule

_BRACKETS = "what is reported stands in brackets"


def safety(rule: Rule) -> str:
    """How far `--fix` mends what the rule finds: `safe`, `unsafe` (proposed only) or `none`."""
    return rule.fix.split()[0].strip(":,.").lower()


def record(name: str, rule: Rule) -> dict[str, Any]:
    """The rule as a JSON object."""
    return {
        "id": name,
        "severity": rule.severity,
        "gravest": rule.gravest,
        "default": rule.default,
        "fix": safety(rule),
        "what": rule.summary,
        "why": rule.why,
        "fix_note": rule.fix,
        "options": list(rule.options),
        "bad": [_record(one) for one in rule.bad],
        "good": [_record(one) for one in rule.good],
    }


def _record(example: Example) -> dict[str, Any]:
    found: dict[str, Any] = {"language": example.language, "text": example.text}
    if example.target is not None:
        found |= {"target_language": example.target_language, "target": example.target}
    if example.others:
        found["others"] = [{"text": text, "target": target} for text, target in example.others]
    if example.beside:
        found["beside"] = list(example.beside)
    if example.glossary:
        found["glossary"] = example.glossary.strip()
    return found


def table(rules: dict[str, Rule]) -> Iterator[str]:
    """One line for each rule: its id, its severity, whether it is on by default, its fixes, what it finds."""
    heads = ("rule", "severity", "on", "fix", "what")
    rows = [
        (name, one.severity, "yes" if one.default else "no", safety(one), one.summary) for name, one in rules.items()
    ]
    widths = [max(len(row[column]) for row in (heads, *rows)) for column in range(4)]
    for row in (heads, *rows):
        yield "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[4]])


def text(name: str, rule: Rule) -> Iterator[str]:
    """The rule for a reader at a terminal."""
    yield f"{name} ({_state(rule)})"
    yield ""
    yield f"What: {rule.summary}"
    yield f"Why:  {rule.why}"
    yield f"Fix:  {rule.fix}"
    for head, examples in (("Reported", rule.bad), ("Not reported", rule.good)):
        yield ""
        yield f"{head} ({_BRACKETS}):" if examples is rule.bad and not _is_bilingual(rule) else f"{head}:"
        for example in examples:
            yield f"  {_shown(example)}"
    if named := _glossary(rule):
        yield ""
        yield f"Glossary of the examples: {named}"
    yield ""
    yield f"Severity: {_severities(rule)}"
    for key in rule.options:
        yield f"Configuration: {key} = {KEYS[key].example}"
    yield f"Leave a place alone: tolmach: ignore {name} (why)"
    yield f'Leave files alone, in the configuration: ignore_in = {{ "archive/**" = ["{name}"] }}'


def markdown(name: str, rule: Rule, level: str = "##") -> Iterator[str]:
    """The rule as a chapter of a page."""
    yield f"{level} {name}"
    yield ""
    yield f"{rule.summary} *({_state(rule)})*"
    yield ""
    yield f"**Why:** {rule.why}"
    yield ""
    yield f"**Fix:** {rule.fix}"
    for head, examples in (("Reported", rule.bad), ("Not reported", rule.good)):
        yield ""
        yield f"**{head}**" + (f" ({_BRACKETS})" if examples is rule.bad and not _is_bilingual(rule) else "")
        yield ""
        for example in examples:
            yield f"- {_shown(example, quote='`')}"
    if named := _glossary(rule):
        yield ""
        yield f"Glossary of the examples: {named}."
    yield ""
    yield f"**Severity:** {_severities(rule)}."
    for key in rule.options:
        yield ""
        yield f"**Configuration:** `{key} = {KEYS[key].example}`"


def page(rules: dict[str, Rule]) -> Iterator[str]:
    """The whole manual as one page of Markdown, `docs/rules.md`."""
    opening = files(__package__).joinpath("manual.md").read_text(encoding="utf-8")
    before, after = opening.rstrip("\n").split("\n<!-- table -->\n")
    yield from before.split("\n")
    yield "| rule | severity | on by default | fix | what it finds |"
    yield "|---|---|---|---|---|"
    for name, rule in rules.items():
        on = "yes" if rule.default else "no"
        yield f"| [{name}](#{name}) | {rule.severity} | {on} | {safety(rule)} | {rule.summary} |"
    yield from after.split("\n")
    for name, rule in rules.items():
        yield ""
        yield from markdown(name, rule)


def _state(rule: Rule) -> str:
    return f"{rule.severity}, {'on by default' if rule.default else 'off by default'}, fix: {safety(rule)}"


def _severities(rule: Rule) -> str:
    limit = f", never graver than {rule.gravest}" if rule.gravest != "error" else ""
    return f"{rule.severity} unless the configuration says otherwise{limit}"


def _is_bilingual(rule: Rule) -> bool:
    return any(example.target is not None for example in rule.bad)


def _shown(example: Example, quote: str = "") -> str:
    pairs: Sequence[tuple[str, str | None]] = ((example.text, example.target), *example.others)
    shown = "; ".join(
        f"{quote}{one}{quote}" if other is None else f"{quote}{one}{quote} \u2192 {quote}{other}{quote}"
        for one, other in pairs
    )
    beside = "".join(f"; in another text: {quote}{one}{quote}" for one in example.beside)
    languages = example.language if example.target is None else f"{example.language} \u2192 {example.target_language}"
    return f"{languages}: {shown}{beside}"


def _glossary(rule: Rule) -> str:
    """The designations of the glossaries of all examples, with their statuses."""
    found = [name for example in (*rule.bad, *rule.good) for name in _glossary_names(example)]
    return ", ".join(dict.fromkeys(found))


def _glossary_names(example: Example) -> Iterator[str]:
    for concept in tomllib.loads(example.glossary).get("concept", ()):
        for value in concept.values():
            if isinstance(value, list):
                yield from (
                    f"{one['form']} ({one['status']})" for one in value if isinstance(one, dict) and "form" in one
                )
