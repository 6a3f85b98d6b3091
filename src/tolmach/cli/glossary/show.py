"""`tolmach glossary show`: the card of one concept."""

from __future__ import annotations

import json

import click

from tolmach.cli.options import glossary_option, load_config, load_glossary
from tolmach.cli.show import visible
from tolmach.errors import TolmachError
from tolmach.messages import _


@click.command(
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

    found = load_glossary(glossary, load_config()).everything
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


COMMAND = show
