"""`tolmach glossary list`: the concepts, one a line."""

from __future__ import annotations

from typing import get_args

import click

from tolmach.cli.options import glossary_option, language_codes, load_config, load_glossary
from tolmach.cli.show import visible
from tolmach.config import primary
from tolmach.glossary.model import Kind, State
from tolmach.messages import _


@click.command(
    name="list",
    help=_("List the concepts: id, kind and the house's forms, separated by tabs."),
    short_help=_("List the concepts with the house's forms."),
    epilog=_("Example: tolmach glossary list --kind person"),
)
@glossary_option
@click.option("--kind", type=click.Choice(get_args(Kind)), help=_("Only concepts of this kind."))
@click.option(
    "--state",
    type=click.Choice(get_args(State)),
    default="decided",
    show_default=True,
    help=_("Concepts in this state."),
)
@click.option("--languages", help=_("Languages to show. Default: the configured ones."))
def list_(glossary: tuple[str, ...], kind: str | None, state: str, languages: str | None) -> None:
    """List the concepts of the glossary in force."""
    settings = load_config()
    hint = _("for example --languages de,en,ru")
    codes = settings.languages if languages is None else language_codes(languages, hint)
    found = load_glossary(glossary, settings)
    concepts = found.concepts if state == "decided" else found.undecided
    for concept in sorted(concepts.values(), key=lambda one: (one.kind, one.id)):
        if kind in (None, concept.kind) and concept.state == state:
            forms = (concept.preferred(primary(language)) for language in codes)
            cells = (concept.id, concept.kind, *(form.full if form else "" for form in forms))
            click.echo("\t".join(map(visible, cells)))


COMMAND = list_
