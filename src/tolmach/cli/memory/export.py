"""`tolmach memory export`: the house's translations as TMX or as a table."""

from __future__ import annotations

from pathlib import Path

import click

from tolmach.cli.options import language_codes, load_config, translations_option
from tolmach.cli.show import visible
from tolmach.errors import TolmachError
from tolmach.messages import _, plural


@click.command(
    help=_(
        "Write the house's reviewed translations to a TMX 1.4b file or to a table (TSV), a sentence in all languages "
        "as one unit."
    ),
    short_help=_("Write the translations as TMX or TSV."),
    epilog=_("Example: tolmach memory export --to house.tmx --languages de,en,ru"),
)
@click.option(
    "--to",
    "target",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar=_("FILE"),
    help=_("File to write, ending in .tmx or .tsv."),
)
@click.option("--languages", help=_("Source language, then the others. Default: the configured ones."))
@click.option("--drafts", is_flag=True, help=_("Write drafts, too."))
@translations_option
def export(target: Path, languages: str | None, drafts: bool, translations: Path | None) -> None:
    """Write the file and say how many units it has."""
    from tolmach.files import version, write_atomic
    from tolmach.memory.outgoing import gathered
    from tolmach.text import formats
    from tolmach.text.exchange import Notes

    settings = load_config()
    hint = _("for example --languages de,en,ru")
    codes = settings.languages if languages is None else language_codes(languages, hint)
    if len(codes) < 2:
        raise TolmachError(_("one language is no translation"), hint=hint)
    if target.suffix.lower() not in (".tmx", ".tsv"):
        raise TolmachError(_("no translations are written in this format"), path=target, hint=_("known: .tmx .tsv"))
    units = list(gathered(translations or settings.locate(settings.translations), codes, drafts=drafts))
    if not units:
        raise TolmachError(
            _("there are no reviewed translations from {source} into {targets}").format(
                source=codes[0], targets=", ".join(codes[1:])
            ),
            hint=_("review some, or name others with --languages and --translations; --drafts takes drafts, too"),
        )
    write = formats.for_path(str(target)).write
    if write is not None:
        write_atomic(target, write(units, codes, Notes(version())))
    click.echo(visible(f"{target.as_posix()}: {plural('{count} unit', '{count} units', len(units))}"))


COMMAND = export
