"""What the commands that propose concepts share: the file they go into, and what the user is told."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tolmach.cli.options import cache_folder, glossary_layers
from tolmach.cli.show import note, visible
from tolmach.errors import TolmachError
from tolmach.messages import _, plural

if TYPE_CHECKING:
    from tolmach.config import Config
    from tolmach.glossary.adoption import Adoption
    from tolmach.glossary.find import Finder
    from tolmach.glossary.model import Concept

_SHOWN = 20
"""At most so many new spellings of decided names are told."""

into_option = click.option(
    "--into",
    type=click.Path(path_type=Path),
    metavar=_("FILE"),
    help=_(
        "Write the proposals into this glossary file, new or not; what is decided there stays. Default: print them."
    ),
)


def place(into: Path | None, names: tuple[str, ...], settings: Config) -> Finder:
    """The matcher of the glossary that decides; without any configuration that of none: the house has no other yet."""
    from tolmach.glossary.cache import Shelf

    if into is not None and (into.is_dir() or into.suffix != ".toml"):
        raise TolmachError(
            _("proposals go into a file that ends in .toml"),
            path=into,
            hint=_("for example --into glossary/names.toml"),
        )
    layers = glossary_layers(names, settings) if names or settings.glossary else ()
    return Shelf(layers, cache_folder()).finder()


def print_new(found: Sequence[Concept], home: Finder, read: Sequence[str]) -> Adoption:
    """Print the proposals that the glossary does not know yet as TOML."""
    from tolmach.glossary import written
    from tolmach.glossary.adoption import adopt

    adoption = adopt(found, home, (), read)
    if adoption.added:
        click.echo("\n".join(map(written.text, adoption.added)), nl=False)
    return adoption


def write_into(
    into: Path,
    found: Sequence[Concept],
    home: Finder,
    read: Sequence[str],
    layers: Sequence[Path] = (),
    *,
    again: bool = False,
) -> Adoption:
    """Merge the proposals into the file; nobody else of us writes into its folder meanwhile.

    `layers` are the files and folders that are in force. With `again` a proposal takes the place of a rejected concept
    with its id.
    """
    from tolmach.files import locked, write_atomic
    from tolmach.glossary import edit
    from tolmach.glossary.adoption import adopt

    with locked(into.parent):
        before = edit.read(into)
        own = [concept for concept in before.concepts if not (again and concept.state == "rejected")]
        adoption = adopt(found, home, own, read, lambda concept: in_folder_of(concept, into, layers))
        after = before.put((*adoption.updated, *adoption.added))
        if after.text != before.text:
            write_atomic(into, after.text)
    return adoption


def layers_of(names: Sequence[str], settings: Config) -> list[Path]:
    """The files and folders that the options name, else the configured ones."""
    return [Path(name) for name in names] or [settings.locate(name) for name in settings.glossary]


def in_folder_of(concept: Concept, into: Path, layers: Sequence[Path]) -> bool:
    """Does the concept stand in the file itself, or in a folder that is a layer with it?"""
    path, file = Path(concept.path).resolve(), into.resolve()
    return path == file or any(
        layer.resolve() in path.parents and layer.resolve() in file.parents for layer in layers if layer.is_dir()
    )


def say_next(adoption: Adoption, into: Path | None, *, found_any: bool, consistent: bool) -> None:
    """Tell what came of it, and how to go on."""
    for one in adoption.spellings[:_SHOWN]:
        told = _("{id} ({place}) is decided, but says nothing of {form}, which stands {times} in these texts")
        where = f"{one.concept.path}:{one.concept.line}"
        times = plural("{count} time", "{count} times", one.count)
        note(told.format(id=one.concept.id, place=where, form=one.form, times=times))
    if (rest := len(adoption.spellings) - _SHOWN) > 0:
        note(plural("{count} more spelling of this sort", "{count} more spellings of this sort", rest))
    click.echo(visible("; ".join(_counts(adoption))), err=True)
    if not found_any and not consistent:
        click.echo(_("no name is written in several ways; --all proposes the others, too"), err=True)
    if into is not None and (adoption.added or adoption.updated):
        click.echo(_("next: {command}").format(command=review_of(into)), err=True)
    elif adoption.added:
        click.echo(_("next: add --into FILE to keep them, then `tolmach glossary review FILE`"), err=True)


def _counts(adoption: Adoption) -> list[str]:
    told = [plural("{count} proposal", "{count} proposals", len(adoption.added))]
    if count := len(adoption.updated):
        told.append(plural("{count} brought up to date", "{count} brought up to date", count))
    if count := adoption.known:
        told.append(plural("{count} name is decided already", "{count} names are decided already", count))
    if count := adoption.rejected:
        told.append(plural("{count} was turned down before", "{count} were turned down before", count))
    if count := adoption.elsewhere:
        told.append(plural("{count} waits in another file", "{count} wait in another file", count))
    return told


def review_of(path: Path) -> str:
    """The command that asks about the proposals in this file."""
    return f"tolmach glossary review {shlex.quote(str(path))}"
