"""`tolmach glossary validate`: every problem of a glossary."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from tolmach.cli.options import glossary_option, load_config, load_glossary
from tolmach.cli.show import show_error
from tolmach.errors import TolmachError
from tolmach.messages import _, plural


@click.command(
    help=_(
        "Report every problem of a glossary: syntax, contradictions, failing examples, wrong transcription systems. "
        "Exit code 1 when there are any."
    ),
    short_help=_("Report every problem of a glossary."),
    epilog=_("Example: tolmach glossary validate glossary"),
)
@click.argument("paths", nargs=-1, metavar=_("[PATH]..."))
@glossary_option
def validate(paths: tuple[str, ...], glossary: tuple[str, ...]) -> int:
    """Validate the named layers, else the configured ones."""
    from tolmach.glossary.find import Finder
    from tolmach.glossary.load import NONE, STARTER
    from tolmach.glossary.systems import untrue_systems
    from tolmach.glossary.validate import failing_examples

    for path in paths:
        if path not in (STARTER, NONE) and not Path(path).exists():
            raise TolmachError(
                _("no such glossary"), path=path, hint=_("a TOML file, a folder of them, starter or none")
            )
    try:
        found = load_glossary((*paths, *glossary), load_config())
    except TolmachError as error:
        show_error(error)
        return 1
    finder = Finder(found)
    languages = sorted({language for concept in found.concepts.values() for language in concept.examples})
    problems = [problem for language in languages for problem in failing_examples(finder, language)]
    problems += [*untrue_systems(found), *untrue_systems(replace(found, concepts=found.undecided))]
    for problem in problems:
        show_error(problem)
    if not problems:
        waiting = sum(concept.state == "proposed" for concept in found.undecided.values())
        told = [plural("{count} concept, no problems", "{count} concepts, no problems", len(found))]
        if waiting:
            told.append(plural("{count} proposal to review", "{count} proposals to review", waiting))
        click.echo("; ".join(told))
    return int(bool(problems))


COMMAND = validate
