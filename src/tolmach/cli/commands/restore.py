"""`tolmach restore`: from a transcribed name to its likely originals, one line for each line."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, BinaryIO

import click

from tolmach.cli.options import language_code
from tolmach.errors import TolmachError
from tolmach.messages import _

if TYPE_CHECKING:
    from tolmach.transcription.restore import Original

_KINDS = ("person", "place", "organisation", "office", "event", "term", "other")


@click.command(
    help=_(
        "Find the likely originals of transcribed names, the likeliest first, set apart by tabs. An empty line means: no "
        "transcription of anything, but an ordinary word or a Western name. Without TEXT, names are read from standard "
        "input, one a line."
    ),
    short_help=_("Find the originals of transcribed names."),
    epilog=_("Example: tolmach restore --from de --to ru Tokajew Schtscherbakow"),
)
@click.argument("text", nargs=-1)
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
@click.option("--kind", type=click.Choice(_KINDS), help=_("Prefer names of this kind."))
@click.option("--top", type=click.IntRange(1, 100), default=5, show_default=True, help=_("Most originals to show."))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "jsonl"]),
    default="text",
    show_default=True,
    help=_("Output format; jsonl gives the probability and the systems of each original."),
)
def restore(text: tuple[str, ...], source: str, target: str, kind: str | None, top: int, form: str) -> None:
    """Write the originals of every name."""
    from tolmach.transcription import knowledge
    from tolmach.transcription import restore as restoration

    readers, language = source.partition("-")[0], target.partition("-")[0]
    knowledge.load(language)
    names = text or _lines(sys.stdin.buffer)
    if form == "jsonl":
        find = partial(restoration.restore, source=readers, target=language, kind=kind, top=top)
        lines: Iterable[str] = (_record(name, find(name)) for name in names)
    else:
        lines = (
            "\t".join(original for original, _chance in restoration.likely(name, readers, language, kind, top))
            for name in names
        )
    for line in lines:
        click.echo(line)


def _lines(stream: BinaryIO) -> Iterator[str]:
    """The lines of a stream in UTF-8, a byte order mark aside; raises TolmachError for the line that is not."""
    for number, line in enumerate(stream, 1):
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            raise TolmachError(
                _("not UTF-8"),
                path=_("standard input"),
                line=number,
                hint=_("convert it: iconv -f windows-1252 -t utf-8 FILE"),
            ) from None
        yield text.rstrip("\r\n")


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
