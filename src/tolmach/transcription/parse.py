"""What can be wrong with the tables of a transcription system's file."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from tolmach.messages import _

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?")
_TEXTS = {"title", "from", "to", "authority"}
_OPTIONAL = {"capitals", "default", "extends", "samples", "letters", "rules", "attested", "exceptions", "note"}
_RULE_KEYS = {"source", "target", "after", "before", "clause"}


def complaints(table: Mapping[str, Any], shipped: Collection[str]) -> Iterator[str]:
    """What is wrong with the tables of a system file; `shipped` are the ids of the systems it may extend."""
    for key in sorted(table.keys() - _TEXTS - _OPTIONAL):
        yield _("unknown key {key}").format(key=repr(key))
    for key in sorted(_TEXTS):
        if not isinstance(table.get(key), str) or not table[key].strip():
            yield _("{key} is missing or no text").format(key=repr(key))
        elif key in ("from", "to") and not _LANGUAGE.fullmatch(table[key]):
            yield _("{key} = {value} is no language (ru, de, kk-Latn)").format(key=key, value=repr(table[key]))
    yield from _wrong_types(table)
    if "extends" in table and table["extends"] not in shipped:
        yield _("extends: there is no shipped system {name}").format(name=repr(table["extends"]))
    yield from _letter_complaints(table)
    for number, rule in enumerate(_list(table.get("rules")), 1):
        yield from _rule_complaints(rule, number)
    yield from _sample_complaints(table)


def _letter_complaints(table: Mapping[str, Any]) -> Iterator[str]:
    letters, capitals = table.get("letters", {}), table.get("capitals", {})
    if not isinstance(letters, dict) or not isinstance(capitals, dict):
        return
    for letter, target in (*letters.items(), *capitals.items()):
        if len(letter) != 1 or letter.lower() != letter or not isinstance(target, str):
            yield _("letters: {letter} is not one small letter with its text").format(letter=repr(letter))
    if not letters and "extends" not in table:
        yield _("there are no letters")


def _sample_complaints(table: Mapping[str, Any]) -> Iterator[str]:
    for name in ("samples", "exceptions"):
        width = 2 if name == "samples" else 3
        if not all(_texts(row, width) for row in _list(table.get(name))):
            yield _("{name}: every row has {width} texts").format(name=name, width=width)
    for part in _list(table.get("attested")):
        if not isinstance(part, dict) or part.keys() != {"source", "samples"} or not isinstance(part["source"], str):
            yield _("every [[attested]] has a source and samples")
        elif not all(_texts(row, 2) for row in _list(part["samples"])):
            yield _("{name}: every row has {width} texts").format(name="attested", width=2)


def _wrong_types(table: Mapping[str, Any]) -> Iterator[str]:
    kinds = {"default": bool, "extends": str, "samples": list, "letters": dict, "rules": list}
    kinds |= {"capitals": dict, "attested": list, "exceptions": list, "note": str}
    for key, kind in kinds.items():
        if key in table and not isinstance(table[key], kind):
            yield _("{key} has the wrong type").format(key=repr(key))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _texts(row: Any, width: int) -> bool:
    return isinstance(row, list) and len(row) == width and all(isinstance(text, str) for text in row)


def _rule_complaints(rule: Any, number: int) -> Iterator[str]:
    if not isinstance(rule, dict) or not all(isinstance(value, str) for value in rule.values()):
        yield _("rule {number}: source, target, after, before, clause are texts").format(number=number)
        return
    if unknown := sorted(rule.keys() - _RULE_KEYS):
        yield _("rule {number}: unknown key {key}").format(number=number, key=repr(unknown[0]))
        return
    if not rule.get("source") or "target" not in rule:
        yield _("rule {number}: source or target is missing").format(number=number)
        return
    try:
        re.compile(rule_pattern(rule["source"], rule.get("after", ""), rule.get("before", "")))
    except re.error as error:
        yield _("rule {number}: the context is no regular expression of fixed length: {reason}").format(
            number=number, reason=error
        )


def rule_pattern(source: str, after: str, before: str) -> str:
    """The regular expression of a rule's source in its context, for a word of small letters."""
    left = "|".join(f"(?<={context}{re.escape(source)})" for context in after.split("|"))
    right = f"(?={before})" if before else ""
    return f"{re.escape(source)}{f'(?:{left})' if after else ''}{right}"
