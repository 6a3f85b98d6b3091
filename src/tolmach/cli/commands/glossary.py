"""`tolmach glossary`: look at glossaries and validate them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import click

from tolmach.cli.options import glossary_option, language_codes, load_config, load_glossary
from tolmach.cli.show import show_error, visible
from tolmach.config import primary
from tolmach.errors import TolmachError
from tolmach.glossary.model import Kind
from tolmach.messages import _, plural


@click.group(help=_("Look at glossaries and validate them."), epilog=_("Example: tolmach glossary validate glossary"))
def glossary() -> None:
    """Group the glossary commands."""


@glossary.command(
    help=_(
        "Report every problem of a glossary: syntax, contradictions, failing examples, wrong transcription systems. "
        "Exit code 1 when there are any."
    ),
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
    problems += untrue_systems(found)
    for problem in problems:
        show_error(problem)
    if not problems:
        click.echo(plural("{count} concept, no problems", "{count} concepts, no problems", len(found)))
    return int(bool(problems))


@glossary.command(
    name="list",
    help=_("List the concepts: id, kind and the house's forms, separated by tabs."),
    epilog=_("Example: tolmach glossary list --kind person"),
)
@glossary_option
@click.option("--kind", type=click.Choice(get_args(Kind)), help=_("Only concepts of this kind."))
@click.option("--languages", help=_("Languages to show. Default: the configured ones."))
def list_(glossary: tuple[str, ...], kind: str | None, languages: str | None) -> None:
    """List the concepts of the glossary in force."""
    settings = load_config()
    hint = _("for example --languages de,en,ru")
    codes = settings.languages if languages is None else language_codes(languages, hint)
    found = load_glossary(glossary, settings)
    for concept in sorted(found.concepts.values(), key=lambda one: (one.kind, one.id)):
        if kind in (None, concept.kind):
            forms = (concept.preferred(primary(language)) for language in codes)
            cells = (concept.id, concept.kind, *(form.full if form else "" for form in forms))
            click.echo("\t".join(map(visible, cells)))


@glossary.command(
    help=_("Show all that the glossary says of a concept."),
    epilog=_("Example: tolmach glossary show tokayev --format json"),
)
@click.argument("concept_id", metavar=_("ID"))
@glossary_option
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help=_("Output format.")
)
def show(concept_id: str, glossary: tuple[str, ...], form: str) -> None:
    """Show one concept."""
    from tolmach.cli.cards import as_lines, as_record
    from tolmach.glossary.card import card

    found = load_glossary(glossary, load_config())
    if concept_id not in found.concepts:
        near = _nearest(concept_id, list(found.concepts))
        raise TolmachError(
            _("no concept {id} in the glossary").format(id=repr(concept_id)),
            hint=_("did you mean {near}?").format(near=near) if near else _("tolmach glossary list shows them all"),
        )
    concept = found.concepts[concept_id]
    shown = card(concept, sorted(concept.designations))
    if form == "json":
        click.echo(json.dumps(as_record(shown), ensure_ascii=False, indent=1))
        return
    for line in as_lines(shown):
        click.echo(visible(line))


def _nearest(name: str, known: list[str]) -> str:
    import difflib

    return ", ".join(difflib.get_close_matches(name, known, 3))


COMMAND = glossary
