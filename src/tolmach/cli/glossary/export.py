"""`tolmach glossary export`: the glossary as other programs take it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tolmach import plugins
from tolmach.cli.options import glossary_option, language_codes, load_config, load_glossary
from tolmach.cli.show import note, visible
from tolmach.config import primary
from tolmach.errors import TolmachError
from tolmach.messages import _, plural

if TYPE_CHECKING:
    from tolmach.config import Config
    from tolmach.glossary.formats import Format
    from tolmach.glossary.model import Concept

FORMATS = "tolmach.glossary.formats"


@click.command(
    help=_(
        "Write the glossary in the format of another program. What the format has no place for is counted and told. "
        "Formats that know no proposals get only what is decided."
    ),
    short_help=_("Write the glossary for another program."),
    epilog=_("Example: tolmach glossary export --format deepl --languages de,ru --output deepl.csv"),
)
@click.option(
    "--format", "name", required=True, type=click.Choice(plugins.names(FORMATS)), help=_("Format of the file.")
)
@click.option(
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar=_("FILE"),
    help=_("File to write."),
)
@click.option("--languages", metavar=_("CODES"), help=_("Languages, the source first. Default: the configured ones."))
@glossary_option
def export(name: str, output: Path, languages: str | None, glossary: tuple[str, ...]) -> None:
    """Write the file and tell what it does not have."""
    from tolmach.files import write_atomic
    from tolmach.glossary import formats

    settings = load_config()
    form = formats.load(name)
    codes = _languages(form, languages, settings)
    found = load_glossary(glossary, settings)
    concepts = tuple((found.everything if "state" in form.head else found).concepts.values())
    if languages:
        concepts = tuple(_only(concept, codes) for concept in concepts)
        concepts = tuple(concept for concept in concepts if concept.designations)
    if not concepts:
        raise TolmachError(_("there are no concepts to write"), hint=_("name a glossary with --glossary"))
    out = form.write(concepts, codes)
    write_atomic(output, out.content)
    count = len({key for key, _language, _entry in out.used})
    told = plural("{count} concept", "{count} concepts", count)
    click.echo(visible(f"{output.as_posix()}: {told}"))
    lost = formats.losses(form, concepts, out)
    if waiting := 0 if "state" in form.head else len(found.undecided):
        note(
            plural(
                "{count} concept is not decided and left out", "{count} concepts are not decided and left out", waiting
            )
        )
    _tell(form, lost)


def _languages(form: Format, languages: str | None, settings: Config) -> tuple[str, ...]:
    hint = _("for example --languages de,ru")
    codes = language_codes(languages, hint) if languages else settings.languages
    if form.languages and len(codes) != form.languages:
        raise TolmachError(_("{format} takes exactly two languages").format(format=form.title), hint=hint)
    return codes


def _only(concept: Concept, codes: Sequence[str]) -> Concept:
    wanted = {primary(code) for code in codes}
    designations = {code: entries for code, entries in concept.designations.items() if code in wanted}
    examples = {code: found for code, found in concept.examples.items() if code in wanted}
    return replace(concept, designations=designations, examples=examples)


def _tell(form: Format, lost: Counter[str]) -> None:
    from tolmach.glossary.model import Status
    from tolmach.glossary.words import status_word

    left = [f"{status_word(status)} ({lost.pop(status.value)})" for status in Status if status.value in lost]
    if concepts := lost.pop("concept", 0):
        note(
            plural(
                "{count} concept has nothing that this format could hold",
                "{count} concepts have nothing that this format could hold",
                concepts,
            )
        )
    if left:
        note(_("designations left out: {counts}").format(counts=", ".join(left)))
    if lost:
        keys = ", ".join(f"{key} ({count})" for key, count in sorted(lost.items()))
        note(_("{format} does not keep: {keys}").format(format=form.title, keys=keys))


COMMAND = export
