"""`tolmach glossary review`: decide about proposals in the terminal."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tolmach.cli.options import load_config
from tolmach.config import primary
from tolmach.errors import TolmachError
from tolmach.messages import _

if TYPE_CHECKING:
    from tolmach.config import Config
    from tolmach.glossary.model import Concept


@click.command(
    help=_(
        "Decide about the proposals of a glossary file, one by one, with single keys; ? explains them. Every decision "
        "is written at once, so that you can stop at any time and go on another day. Without FILE the configured "
        "glossary file that has proposals is taken."
    ),
    short_help=_("Decide about proposals, with single keys."),
    epilog=_("Example: tolmach glossary review glossary/names.toml"),
)
@click.argument("file", type=click.Path(path_type=Path), required=False, metavar=_("[FILE]"))
def review(file: Path | None) -> None:
    """Review until nothing is left or the user quits."""
    from tolmach.cli import review as terminal
    from tolmach.glossary import edit
    from tolmach.glossary import review as steps
    from tolmach.glossary.propose import House
    from tolmach.names.variants.find import LANGUAGES

    settings = load_config()
    path = file or _waiting_file(settings)
    if not path.is_file():
        raise TolmachError(
            _("there is no such file"), path=path, hint=_("tolmach glossary propose texts --into FILE writes one")
        )
    others = tuple(_others(path, settings))
    found = edit.read(path)
    state = steps.begin(found.concepts, others)
    if not state.at:
        click.echo(_("{path} has no proposals").format(path=path))
        return
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise TolmachError(
            _("a review needs a terminal"),
            hint=_('run it in a terminal window; or edit the file: a concept without state = "proposed" is decided'),
        )
    codes = tuple(dict.fromkeys(code for one in settings.languages if (code := primary(one)) in LANGUAGES))
    house = House(codes or LANGUAGES, settings.transcription)
    with terminal.alone(path):
        session = terminal.Session(path, settings.folder or Path(), house, others, found, state)
        terminal.run(session)
    click.clear()
    click.echo(terminal.summary(session, found.concepts))
    click.echo(_("check your texts: {command}").format(command=_check(path, settings)))


def _waiting_file(settings: Config) -> Path:
    """The one configured file that has proposals; raises TolmachError where there is none or more than one."""
    found = [path for path in _configured(settings) if any(one.state == "proposed" for one in _concepts(path))]
    if len(found) == 1:
        return found[0]
    if found:
        raise TolmachError(
            _("several files have proposals: {files}").format(files=", ".join(map(str, found))),
            hint=_("name one of them"),
        )
    raise TolmachError(
        _("no configured glossary has proposals"), hint=_("tolmach glossary propose texts --into FILE writes some")
    )


def _configured(settings: Config) -> Iterator[Path]:
    from tolmach.glossary.load import NONE, STARTER

    for name in settings.glossary:
        if name not in (STARTER, NONE):
            path = settings.locate(name)
            yield from sorted(path.rglob("*.toml")) if path.is_dir() else [path]


def _concepts(path: Path) -> list[Concept]:
    from tolmach.files import read_bytes
    from tolmach.glossary.parse import parse

    return parse(read_bytes(path), str(path))[0]


def _others(path: Path, settings: Config) -> Iterator[Concept]:
    """The concepts of the other files of its layer, which the file must not contradict."""
    for name in settings.glossary:
        folder = settings.locate(name)
        if folder.is_dir() and folder.resolve() in path.resolve().parents:
            for other in sorted(folder.rglob("*.toml")):
                if other.resolve() != path.resolve():
                    yield from _concepts(other)


def _check(path: Path, settings: Config) -> str:
    if any(path.resolve() == one.resolve() for one in _configured(settings)):
        return "tolmach check"
    return f"tolmach check TEXTS --glossary {shlex.quote(str(path))}"


COMMAND = review
