"""Sentence pairs as JSON lines: read from standard input in windows, answered in order."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from tolmach.cli.batch import blocks
from tolmach.config import LANGUAGE_CODE
from tolmach.errors import TolmachError
from tolmach.messages import _
from tolmach.translate.enforce.model import Outcome, Pair, Repaired, Term

if TYPE_CHECKING:
    from tolmach.glossary.find import Finder
    from tolmach.translate.enforce.repair import Repair

_LARGEST = 1 << 24  # characters of a window
_TEXTS = ("source", "target", "source_lang", "target_lang")


def answer(work: Repair, finder: Callable[[], Finder]) -> None:
    """Write an object for each line of standard input; the glossary is loaded when a line needs it."""
    reader = Reader(finder)
    for number, lines in _windows(work.window):
        pairs = [reader.pair(line, number + place) for place, line in enumerate(lines)]
        sys.stdout.write("".join(f"{_line(one)}\n" for one in work.batch(pairs)))
        sys.stdout.flush()


def _windows(size: int) -> Iterator[tuple[int, list[str]]]:
    """The lines in windows, each with the number of its first line."""
    number, waiting, weight = 1, list[str](), 0
    for block in blocks():
        for line in block:
            waiting.append(line)
            weight += len(line)
            if len(waiting) == size or weight > _LARGEST:
                yield number, waiting
                number, waiting, weight = number + len(waiting), [], 0
    if waiting:
        yield number, waiting


def _line(repaired: Repaired) -> str:
    return json.dumps(
        {"target": repaired.target, "terms": [told(one) for one in repaired.outcomes]}, ensure_ascii=False
    )


def told(outcome: Outcome) -> dict[str, Any]:
    """What became of a term, as an object."""
    answer: dict[str, Any] = {
        "source": outcome.term.source,
        "target": outcome.term.target,
        "status": outcome.status,
        "before": outcome.before,
        "after": outcome.after,
        "step": outcome.step,
    }
    if outcome.span is not None:
        answer |= {"start": outcome.span.start, "end": outcome.span.end}
    if outcome.term.id:
        answer["concept"] = outcome.term.id
    if outcome.note:
        answer["note"] = outcome.note
    return answer


class Reader:
    """Makes pairs of lines; `finder` is called when a line needs the terms of the glossary."""

    def __init__(self, finder: Callable[[], Finder]) -> None:
        self._load = finder
        self._finder: Finder | None = None

    def pair(self, line: str, number: int) -> Pair:
        """The pair that a line tells; raises TolmachError with the number of a malformed line."""
        row = _object(line, number)
        source, target, source_language, target_language = (_text(row, name, number) for name in _TEXTS)
        for code in (source_language, target_language):
            if not LANGUAGE_CODE.fullmatch(code):
                raise _wrong(_("{code} is no language code").format(code=repr(code)), number)
        kind = _text(row, "kind", number, "")
        if row.get("terms") is None:
            terms = self._of_glossary(source, source_language, target_language)
        else:
            terms = tuple(_terms(row["terms"], kind, number))
        return Pair(source, target, source_language, target_language, terms)

    def _of_glossary(self, source: str, source_language: str, target_language: str) -> tuple[Term, ...]:
        from tolmach.translate.enforce.terms import of_glossary

        if self._finder is None:
            self._finder = self._load()
        return of_glossary(self._finder, source, source_language, target_language)


def _terms(listed: object, kind: str, number: int) -> Iterator[Term]:
    if not isinstance(listed, list):
        raise _wrong(_("terms is no list"), number)
    for one in listed:
        if not isinstance(one, dict):
            raise _wrong(_("a term is no object"), number)
        source, target = (_text(one, name, number).strip() for name in ("source", "target"))
        if not source or not target:
            raise _wrong(_("a term is empty"), number)
        yield Term(
            source, target, _text(one, "kind", number, kind), _text(one, "id", number, ""), also=_also(one, number)
        )


def _also(term: dict[str, Any], number: int) -> tuple[str, ...]:
    listed = term.get("also") or ()
    if not isinstance(listed, list | tuple) or not all(isinstance(one, str) for one in listed):
        raise _wrong(_("also is no list of texts"), number)
    return tuple(one for one in listed if one.strip())


def _object(line: str, number: int) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else _("nested too deeply")
        raise _wrong(_("not JSON: {reason}").format(reason=reason), number) from None
    if not isinstance(row, dict):
        raise _wrong(_("the line is no JSON object"), number)
    return row


def _text(row: dict[str, Any], name: str, number: int, default: str | None = None) -> str:
    value = row.get(name, default)
    if not isinstance(value, str):
        raise _wrong(_("{name} is missing or no text").format(name=name), number)
    return value


def _wrong(message: str, number: int) -> TolmachError:
    return TolmachError(
        message,
        path=_("standard input"),
        line=number,
        hint=_("a line is an object with source, target, source_lang, target_lang and perhaps terms"),
    )
