"""`tolmach restore`: from a transcribed name to its likely originals, one line for each line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

import click

from tolmach.cli.batch import answer
from tolmach.cli.options import kind_option, language_code
from tolmach.messages import _

if TYPE_CHECKING:
    from tolmach.transcription.restore import Original

_Wanted = tuple[str, str, str | None, int]  # readers, language of the originals, kind, most originals


@click.command(
    help=_(
        "Find the likely originals of transcribed names, the likeliest first, set apart by tabs. An empty line means: "
        "no transcription of anything, but an ordinary word or a Western name. Without TEXT, names are read from "
        "standard input, one a line."
    ),
    short_help=_("Find the originals of transcribed names."),
    epilog=_("Example: tolmach restore --from de --to ru Tokajew Schtscherbakow"),
)
@click.argument("texts", metavar="[TEXT]...", nargs=-1)
@click.option(
    "--from",
    "source",
    callback=language_code,
    metavar=_("CODE"),
    default="de",
    show_default=True,
    help=_("Language of the readers whom the spelling is for: de, en, or und for any other."),
)
@click.option(
    "--to",
    "target",
    callback=language_code,
    metavar=_("CODE"),
    default="ru",
    show_default=True,
    help=_("Language of the originals: ru, uk, be, kk …"),
)
@kind_option
@click.option("--top", type=click.IntRange(1, 100), default=5, show_default=True, help=_("Most originals to show."))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "jsonl"]),
    default="text",
    show_default=True,
    help=_("Output format; jsonl gives the probability and the systems of each original."),
)
def restore(texts: tuple[str, ...], source: str, target: str, kind: str | None, top: int, form: str) -> None:
    """Write the originals of every name."""
    from tolmach.transcription.restoration import knowledge

    readers, language = source.partition("-")[0], target.partition("-")[0]
    knowledge.load(language)
    answer(texts, partial(_records if form == "jsonl" else _rows, (readers, language, kind, top)))


def _rows(wanted: _Wanted, names: Sequence[str], _first: int) -> Iterator[str]:
    from tolmach.transcription.restore import likely

    return ("\t".join(original for original, _chance in likely(name, *wanted)) for name in names)


def _records(wanted: _Wanted, names: Sequence[str], _first: int) -> Iterator[str]:
    from tolmach.transcription.restore import restore as originals

    return (_record(name, originals(name, *wanted)) for name in names)


def _record(name: str, originals: Iterable[Original]) -> str:
    found = [
        {
            "original": original.text,
            "probability": round(original.probability, 4),
            "system": original.system,
            "systems": original.systems,
        }
        for original in originals
    ]
    return json.dumps({"text": name, "originals": found}, ensure_ascii=False)


COMMAND = restore
