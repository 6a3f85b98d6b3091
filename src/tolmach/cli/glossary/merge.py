"""`tolmach glossary merge`: several glossaries made into one file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from tolmach.cli.show import note, show_error
from tolmach.errors import TolmachError
from tolmach.messages import _, plural

if TYPE_CHECKING:
    from tolmach.glossary.merge import Conflict, Prefer
    from tolmach.glossary.model import Concept


@click.command(
    help=_(
        "Make one glossary of several files or folders. Concepts of one id are put together; where their decisions "
        "exclude each other, each conflict is reported, nothing is written and the exit code is 1."
    ),
    short_help=_("Make one glossary of several."),
    epilog=_("Example: tolmach glossary merge house.toml client.toml --output all.toml"),
)
@click.argument("paths", nargs=-1, required=True, metavar=_("PATH..."))
@click.option(
    "--prefer",
    type=click.Choice(["first", "last"]),
    help=_("In a conflict take the whole concept of the first or of the last glossary."),
)
@click.option("--output", type=click.Path(path_type=Path), metavar=_("FILE"), help=_("Write to a file."))
def merge(paths: tuple[str, ...], prefer: str | None, output: Path | None) -> int:
    """Merge and write, or report the conflicts."""
    from tolmach.files import write_atomic
    from tolmach.glossary import merge as merging
    from tolmach.glossary.load import STARTER, load

    layers = [tuple(load([one if one == STARTER else Path(one)]).everything.concepts.values()) for one in paths]
    found = merging.merge(layers, cast("Prefer", prefer or ""))
    problems = [*map(_problem, found.conflicts), *found.contradictions]
    for problem in problems:
        show_error(problem)
    if problems:
        note(_("nothing was written"))
        return 1
    text = "\n".join(_texts(found.concepts))
    if output is None:
        click.echo(text, nl=False)
    else:
        write_atomic(output, text)
        told = plural("{count} concept", "{count} concepts", len(found.concepts))
        click.echo(_("wrote {path}: {what}").format(path=output, what=told), err=True)
    return 0


def _problem(conflict: Conflict) -> TolmachError:
    first, second = conflict.first, conflict.second
    if conflict.before:
        told = _("{id}: {about}: {before} in {place}, {after} here").format(
            id=second.id,
            about=conflict.about,
            before=conflict.before,
            after=conflict.after,
            place=f"{first.path}:{first.line}",
        )
    else:
        told = f"{second.id}: {conflict.about} ({first.path}:{first.line})"
    hint = _("decide in one of the files, or say --prefer first or --prefer last")
    return TolmachError(told, path=second.path, line=second.line or None, hint=hint)


def _texts(concepts: Iterable[Concept]) -> Iterator[str]:
    """The concepts as text: as it stands in their files where nothing was added, comments inside included."""
    from tolmach.glossary import edit, written

    @cache
    def pieces(path: str) -> dict[str, edit.Piece]:
        try:
            found = edit.read(Path(path))
        except TolmachError:
            return {}
        return {piece.concept.id: piece for piece in found.pieces}

    for concept in concepts:
        piece = pieces(concept.path).get(concept.id)
        if piece is None:
            yield written.text(concept)
        else:
            text = piece.text.replace("\r\n", "\n")
            same = edit.values(piece.concept) == edit.values(concept)
            yield text if same else edit.revised(text, piece.concept, concept)


COMMAND = merge
