"""Verbs and adjectives that are terms in German: the form of the replaced word is carried over, where that is safe."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from tolmach.files import load_table
from tolmach.morphology.lexeme import Lexeme
from tolmach.text.model import Span
from tolmach.translate.enforce.choice import Change, Choice, Task
from tolmach.translate.enforce.written import fitted

_SURE, _LIKELY, _DOUBTFUL, _OTHER_SORT = 0.9, 0.75, 0.3, 0.1
_ENDINGS = ("en", "em", "er", "es", "e")
_NEAR = 60  # code points
_WORD = re.compile(r"\w+")


def is_small(lexeme: Lexeme) -> bool:
    """Is the term a verb or an adjective (one word in small letters)?"""
    return lexeme.text.islower() and " " not in lexeme.text and lexeme.kind in ("term", "other", "")


def ranked(task: Task) -> tuple[Choice, ...]:
    """The form of the old word carried over to the term; the base form with little confidence where that fails."""
    found = list(_verb(task) if _is_verb(task.lexeme.text) else _adjective(task))
    return tuple(found) or (_choice(task, task.lexeme.text, _OTHER_SORT),)


@cache
def _tables() -> dict[str, Any]:
    return load_table("tolmach.translate.enforce", "german_verbs.toml")


def _is_verb(text: str) -> bool:
    return text.endswith(("en", "eln", "ern")) and text not in _tables()["no_verbs"]


def _choice(task: Task, form: str, confidence: float, *others: Change) -> Choice:
    written = fitted(form, task.text, task.span)
    return Choice(written, (Change(task.span, written), *others), "", "", confidence)


def _adjective(task: Task) -> Iterator[Choice]:
    if task.old[:1].islower():
        ending = next((end for end in _ENDINGS if task.old.endswith(end) and len(task.old) > len(end) + 2), "")
        stem = task.lexeme.text
        yield _choice(task, stem.removesuffix("e") + ending if ending else stem, _LIKELY if ending else _DOUBTFUL)


def _prefix(verb: str) -> str:
    """The prefix that finite forms put to the end («an» of «anlegen»)."""
    return next(
        (prefix for prefix in _tables()["separable"] if verb.startswith(prefix) and len(verb) > len(prefix) + 3), ""
    )


def _verb(task: Task) -> Iterator[Choice]:
    old, small = task.old, task.old.lower()
    if " " in old or not old:
        return
    before = _WORD.findall(task.text[max(0, task.span.start - _NEAR) : task.span.start])
    after = _WORD.findall(task.text[task.span.end : task.span.end + _NEAR])
    if old[:1].isupper() and not small.endswith(("en", "ern", "eln")):
        return
    if participle := _participle_ending(small, before, after):
        yield _choice(task, _participle(task.lexeme.text) + participle.removeprefix("-"), _LIKELY)
    elif small.endswith(("en", "ern", "eln")):
        yield from _infinitive(task, before, after)
    elif small.endswith("t"):
        yield from _third_person(task, after)


def _infinitive(task: Task, before: list[str], after: list[str]) -> Iterator[Choice]:
    verb, small = task.lexeme.text, task.old.lower()
    prefix, old_prefix = _prefix(verb), _prefix(small)
    if old_prefix and small.removeprefix(old_prefix).startswith("zu"):
        yield _choice(task, f"{prefix}zu{verb.removeprefix(prefix)}" if prefix else f"zu {verb}", _SURE)
    elif before and before[-1] == "zu" and prefix:
        start = task.text.rfind("zu", 0, task.span.start)
        form = f"{prefix}zu{verb.removeprefix(prefix)}"
        yield _choice(task, form, _SURE, Change(Span(start, task.span.start), ""))
    else:
        finite = (bool(after) and after[0] in ("Sie", "wir")) or (bool(before) and before[-1] in ("Sie", "sie", "wir"))
        yield _choice(task, verb, _DOUBTFUL if finite and prefix else _SURE)


def _third_person(task: Task, after: list[str]) -> Iterator[Choice]:
    verb = task.lexeme.text
    prefix = _prefix(verb)
    strong: dict[str, str] = _tables()["third_person"]
    base = verb.removeprefix(prefix)
    form = prefix + strong.get(base, _stem(base) + _t(_stem(base)))
    # In a main clause the prefix goes to the end, which is not to be found safely.
    ends = not after or task.text[task.span.end : task.span.end + 1] in (",", ".", ";", ":")
    yield _choice(task, form, _LIKELY if not prefix or ends else _DOUBTFUL)


def _participle_ending(old: str, before: list[str], after: list[str]) -> str:
    """«-» when the old word is a bare participle, «-en» and so on when it declines; nothing when it is none."""
    stem = next((old.removesuffix(end) for end in _ENDINGS if old.endswith("t" + end)), "")
    if stem and (_looks_participle(stem) or (before[-1:] and before[-1] in _tables()["articles"])):
        return "-" + old.removeprefix(stem)
    auxiliary = set(_tables()["auxiliaries"])
    helped = (bool(after) and after[0] in auxiliary) or bool(auxiliary & set(before[-8:]))
    bare = old.endswith("t") or old in _tables()["participles"].values()
    return "-" if bare and (helped or old.startswith("ge") or _looks_participle(old)) else ""


def _looks_participle(word: str) -> bool:
    prefix = _prefix(word)
    return word.endswith("t") and (word.startswith("ge") or word.removeprefix(prefix).startswith("ge"))


def _participle(verb: str) -> str:
    prefix = _prefix(verb)
    base = verb.removeprefix(prefix)
    strong: dict[str, str] = _tables()["participles"]
    if base in strong:
        return prefix + strong[base]
    stem = _stem(base)
    bare = base.startswith(tuple(_tables()["inseparable"])) or base.endswith("ieren")
    return prefix + ("" if bare else "ge") + stem + _t(stem)


def _stem(verb: str) -> str:
    return verb.removesuffix("en") if verb.endswith("en") else verb.removesuffix("n")


def _t(stem: str) -> str:
    return "et" if stem.endswith(("t", "d", "chn", "ffn", "gn", "tm", "dm")) else "t"
