"""`tolmach memory find`: the same sentence, similar ones with what differs, and those that contain a text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tolmach.cli.options import (
    language_code,
    language_codes,
    load_config,
    memory_option,
    translations_option,
    words,
)
from tolmach.cli.show import visible
from tolmach.messages import _

if TYPE_CHECKING:
    from tolmach.memory.lookup import Memory
    from tolmach.memory.model import Entry, Match
    from tolmach.text.model import Span


@click.command(
    help=_(
        "Look a text up among the translated sentences: the same sentence, then similar ones, in which [old → new] "
        "marks what differs, then those that contain the text."
    ),
    short_help=_("Find the same, similar and containing sentences."),
    epilog=_("Example: tolmach memory find 'Präsident Tokajew sprach in Astana.' --to ru"),
)
@click.argument("text", callback=words)
@click.option(
    "--from",
    "source",
    callback=language_code,
    metavar=_("CODE"),
    help=_("Language of the text. Default: the configured one."),
)
@click.option("--to", "targets", help=_("Languages of the translations. Default: the configured ones."))
@click.option(
    "--minimum",
    type=click.FloatRange(0.3, 1),
    default=0.7,
    show_default=True,
    metavar="X",
    help=_("Least similarity of a sentence."),
)
@click.option(
    "--best", type=click.IntRange(0), default=5, show_default=True, help=_("Most sentences of each kind to show.")
)
@memory_option
@translations_option
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help=_("Output format.")
)
def find(
    text: str,
    source: str | None,
    targets: str | None,
    minimum: float,
    best: int,
    memories: tuple[Path, ...],
    translations: Path | None,
    form: str,
) -> None:
    """Show what the memory has for the text, language by language."""
    from tolmach.cli.memories import small, stores
    from tolmach.memory.lookup import Memory

    settings = load_config()
    first, *configured = settings.languages
    language = source or first
    codes = language_codes(targets, _("for example --to ru")) if targets else tuple(configured)
    folder = translations or settings.locate(settings.translations)
    answers: list[_Answer] = []
    for target in codes:
        if target != language:
            also, large = small(memories, language, target), stores(memories, language, target)
            answers.append(_answer(Memory.open(folder, language, target, also, large), text, target, minimum, best))
    if form == "json":
        record = {"schema": "tolmach.memory/1", "text": text, "results": [_record(text, one) for one in answers]}
        click.echo(json.dumps(record, ensure_ascii=False, indent=1))
        return
    shown = [line for answer in answers for line in _lines(text, answer)]
    for line in shown or [_("nothing like it in the memory")]:
        click.echo(visible(line))


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the memory of one language has."""

    language: str
    exact: Match | None
    similar: tuple[Match, ...]
    containing: tuple[Entry, ...]


def _answer(memory: Memory, text: str, language: str, minimum: float, best: int) -> _Answer:
    exact = memory.exact(text)
    similar = tuple(one for one in memory.fuzzy(text, minimum, best + 1) if one.score < 1)[:best]
    told = {(one.source, one.target) for one in (*similar, *([exact] if exact else ()))}
    containing = (one for one in memory.containing(text, best + len(told)) if (one.source, one.target) not in told)
    return _Answer(language, exact, similar, tuple(containing)[:best])


def _lines(text: str, answer: _Answer) -> Iterator[str]:
    if answer.exact is not None:
        yield from _pair(_("the same"), answer.exact.source, answer.exact, answer.language)
    for match in answer.similar:
        yield from _pair(f"{match.score:.2f}", _marked(text, match), match, answer.language)
    for entry in answer.containing:
        yield from _pair(_("contains it"), entry.source, entry, answer.language)


def _pair(what: str, source: str, found: Match | Entry, language: str) -> Iterator[str]:
    state = "" if found.reviewed else _(" (draft)")
    yield f"{what}{state}  {found.path}"
    yield f"    {source}"
    yield f"    {language}: {found.target}"


def _marked(text: str, match: Match) -> str:
    """The remembered sentence with what differs: [there → here]."""
    parts: list[str] = []
    place = 0
    for one in match.differences:
        there = match.source[one.found.start : one.found.end].strip()
        here = text[one.asked.start : one.asked.end].strip()
        parts += [match.source[place : one.found.start], f"[{there} \u2192 {here}]"]
        place = one.found.end
    return "".join([*parts, match.source[place:]])


def _record(text: str, answer: _Answer) -> dict[str, Any]:
    return {
        "language": answer.language,
        "exact": None if answer.exact is None else _match(text, answer.exact),
        "fuzzy": [_match(text, match) for match in answer.similar],
        "concordance": [
            {"source": one.source, "target": one.target, "reviewed": one.reviewed, "path": one.path, "line": one.line}
            for one in answer.containing
        ],
    }


def _match(text: str, match: Match) -> dict[str, Any]:
    return {
        "score": round(match.score, 4),
        "source": match.source,
        "target": match.target,
        "reviewed": match.reviewed,
        "path": match.path,
        "id": match.id,
        "differences": [
            {"asked": _stretch(text, one.asked), "found": _stretch(match.source, one.found)}
            for one in match.differences
        ],
    }


def _stretch(text: str, span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": text[span.start : span.end]}


COMMAND = find
