"""`tolmach glossary import`: a colleague's list, beside what the house has decided."""  # noqa: N999

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tolmach import plugins
from tolmach.cli.glossary.export import FORMATS
from tolmach.cli.incoming import record, show_broken, show_left_out, show_plan, show_problems
from tolmach.cli.options import Existing, glossary_layers, glossary_option, kind_option, language_codes, load_config
from tolmach.cli.proposals import in_folder_of, layers_of, review_of
from tolmach.cli.show import note
from tolmach.errors import TolmachError
from tolmach.glossary.load import STARTER
from tolmach.messages import _, plural

if TYPE_CHECKING:
    from tolmach.config import Config
    from tolmach.glossary.formats import Found
    from tolmach.glossary.incoming import Plan
    from tolmach.glossary.merge import Conflict
    from tolmach.glossary.model import Concept

_ENDINGS = {".mtf": "multiterm", ".xml": "multiterm", ".txt": "omegat", ".utf8": "omegat"}


def _encoding(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str:
    try:
        return codecs.lookup(value).name if value else ""
    except LookupError:
        raise click.BadParameter(_("there is no encoding called {name}").format(name=repr(value))) from None


@click.command(
    name="import",
    help=_(
        "Bring the terms of a file of another program into a glossary file. Shown is what would come; with --into it "
        "is written, as proposals that `tolmach glossary review` asks about.\n\n"
        "What is decided stays. Concepts that contradict it are named and left out, and the exit code is 1."
    ),
    short_help=_("Bring terms in from the file of another program."),
    epilog=_("Example: tolmach glossary import terms.tbx --into glossary/colleague.toml"),
)
@click.argument("file", metavar=_("FILE"), type=Existing())
@click.option(
    "--format",
    "name",
    type=click.Choice(plugins.names(FORMATS)),
    help=_("Format of the file. Default: the one its ending says."),
)
@click.option(
    "--languages", metavar=_("CODES"), help=_("Languages of the columns, where the file does not name them: de,ru.")
)
@click.option("--encoding", callback=_encoding, help=_("Encoding of a text file. Default: UTF-8, or a sure guess."))
@kind_option
@click.option(
    "--into", type=click.Path(dir_okay=False, path_type=Path), metavar=_("FILE"), help=_("Glossary file, new or not.")
)
@click.option("--decided", is_flag=True, help=_("Take the terms over as decided, in the state they have in the file."))
@glossary_option
@click.option("--dry-run", is_flag=True, help=_("Only show what would come."))
@click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar=_("FILE"),
    help=_("Write everything that is found, conflicts and rows that were not read too, to this file as JSON."),
)
def import_(
    file: Path,
    name: str | None,
    languages: str | None,
    encoding: str,
    kind: str | None,
    into: Path | None,
    decided: bool,
    glossary: tuple[str, ...],
    dry_run: bool,
    report: Path | None,
) -> int:
    """Show what would come, and write it."""
    from tolmach.files import read_bytes
    from tolmach.glossary import formats

    settings = load_config()
    form = formats.load(name or _format(file))
    codes = language_codes(languages, _("for example --languages de,ru")) if languages else ()
    content = read_bytes(file, "glossary")
    found = formats.read(form, formats.Incoming(content, str(file), codes, encoding), kind or "term")
    if not found.concepts:
        show_left_out(found.left_out)
        raise TolmachError(
            _("no terms were found in this file"), path=file, hint=_("check its format and the languages")
        )
    if into is not None and into.suffix != ".toml":
        raise TolmachError(
            _("proposals go into a file that ends in .toml"),
            path=into,
            hint=_("for example --into glossary/names.toml"),
        )
    home = _Home(settings, glossary, into, report)
    return _bring(found, home, decided=decided, write=into is not None and not dry_run)


def _format(file: Path) -> str:
    ending = file.suffix.lower()
    name = _ENDINGS.get(ending, ending.removeprefix("."))
    if name not in plugins.names(FORMATS):
        raise TolmachError(
            _("the ending does not tell the format"),
            path=file,
            hint=_("name it with --format: {names}").format(names=", ".join(plugins.names(FORMATS))),
        )
    return name


@dataclass(frozen=True)
class _Home:
    """The glossary that the terms come to: what the command line and the configuration say of it."""

    settings: Config
    names: tuple[str, ...]
    into: Path | None
    report: Path | None


def _bring(found: Found, home: _Home, *, decided: bool, write: bool) -> int:
    from contextlib import nullcontext

    from tolmach.files import locked, write_atomic
    from tolmach.glossary import edit, incoming
    from tolmach.glossary.load import contradictions, load

    into, names, settings = home.into, home.names, home.settings
    known = load(glossary_layers(names, settings)).everything.concepts if names or settings.glossary else {}
    layers = layers_of(names, settings)
    with locked(into.parent) if into is not None and write else nullcontext():
        before = edit.read(into) if into is not None else edit.GlossaryFile(Path())

        # A preview without a file shows what would come into a new one of the house.
        place = into or next((layer / "new.toml" for layer in reversed(layers) if layer.is_dir()), None)

        def in_layer(concept: Concept) -> bool:
            return place is not None and in_folder_of(concept, place, layers)

        plan = incoming.plan(found, known, before.concepts, in_layer, decided=decided)
        after = before.put(plan.written)
        contradictory = contradictions(after.concepts)
        problems = [*map(_problem, plan.conflicts), *plan.contradictory, *contradictory]
        broken = list(incoming.broken_tests({**known, **{one.id: one for one in before.concepts}}, plan.written))
        refused = bool(contradictory) or (decided and bool(broken))
        if write and into is not None and not refused and after.text != before.text:
            write_atomic(into, after.text)
    if home.report is not None:
        write_atomic(home.report, record(found, plan, [*plan.contradictory, *contradictory], broken))
    show_plan(plan)
    show_left_out(found.left_out)
    show_problems([*problems, *(broken if decided else ())])
    show_broken(() if decided else broken)
    _tell(plan, len(found.left_out), into, write=write, refused=refused)
    return int(bool(problems) or refused)


def _problem(conflict: Conflict) -> TolmachError:
    ours, theirs = conflict.first, conflict.second
    place = f"{ours.path}:{ours.line}"
    told = f"{ours.id}: {conflict.about} ({place})"
    if conflict.before:
        told = _("{id}: {about}: {before} in {place}, {after} here").format(
            id=ours.id, about=conflict.about, before=conflict.before, after=conflict.after, place=place
        )
    hint = _("the concept is left out: decide in one of the files and import it again")
    if ours.path.startswith(f"{STARTER}/"):
        hint = _("the concept is left out: your glossary wins over the starter; decide there, with the same id")
    return TolmachError(told, path=theirs.path, line=theirs.line or None, hint=hint)


def _tell(plan: Plan, left_out: int, into: Path | None, *, write: bool, refused: bool) -> None:
    parts = [plural("{count} new", "{count} new", len(plan.added))]
    counts = (
        (len(plan.changed), _("{count} changed")),
        (plan.same, _("{count} known")),
        (len({one.second.id for one in plan.conflicts}), _("{count} in conflict")),
        (plan.rejected, _("{count} turned down before")),
        (left_out, _("{count} not read")),
    )
    parts += [text.format(count=count) for count, text in counts if count]
    click.echo("; ".join(parts), err=True)
    if refused:
        note(_("nothing was written"))
    elif not write and plan.written:
        note(_("nothing was written: --into FILE writes it") if into is None else _("nothing was written: a dry run"))
    elif into is not None and any(one.state == "proposed" for one in plan.written):
        click.echo(_("next: {command}").format(command=review_of(into)), err=True)


COMMAND = import_
