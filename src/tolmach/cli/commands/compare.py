"""`tolmach compare`: are two spellings one name?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import click

from tolmach.cli.batch import answer
from tolmach.cli.options import kind_option, language_codes
from tolmach.cli.show import visible
from tolmach.errors import TolmachError
from tolmach.messages import _


@click.command(
    help=_(
        "Say how likely two spellings, in any language or script, are one name: the probability, the verdict (same, "
        "different, unsure) and the reason, set apart by tabs. Without A and B, pairs are read from standard input, "
        "one a line, the sides set apart by a tab."
    ),
    short_help=_("Say whether two spellings are one name."),
    epilog=_("Example: tolmach compare Tokajew Токаев"),
)
@click.argument("sides", metavar="[A B]", nargs=-1)
@kind_option
@click.option(
    "--languages",
    metavar=_("CODES"),
    help=_("Languages whose transcription systems the reason may name, with commas: de,ru. Default: all."),
)
def compare(sides: tuple[str, ...], kind: str | None, languages: str | None) -> None:
    """Write one comparison for each pair."""
    if len(sides) not in (0, 2):
        raise click.UsageError(_("give two spellings, or none and the pairs on standard input"))
    codes = language_codes(languages, _("for example --languages de,ru")) if languages is not None else ()
    pairs = ["\t".join(" ".join(side.split()) for side in sides)] if sides else []
    answer(pairs, partial(_written, kind, codes))


def _written(kind: str | None, codes: tuple[str, ...], lines: Sequence[str], number: int) -> Iterator[str]:
    from tolmach.names.compare import compare_all

    pairs = [_pair(line, place) for place, line in enumerate(lines, number)]
    for comparison in compare_all(pairs, kind, codes):
        yield f"{comparison.score:.4f}\t{comparison.verdict}\t{visible(comparison.reason)}"


def _pair(line: str, number: int) -> tuple[str, str]:
    left, tab, right = line.partition("\t")
    if not tab:
        raise TolmachError(
            _("there is no tab between the two spellings"),
            path=_("standard input"),
            line=number,
            hint=_("a line is A, a tab, B"),
        )
    return left, right


COMMAND = compare
