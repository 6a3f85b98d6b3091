"""`tolmach memory import`: reviewed translations from bilingual files into the house's PO files."""  # noqa: N999

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tolmach.cli.options import Existing, language_code, language_codes, load_config, translations_option
from tolmach.cli.show import note, visible
from tolmach.errors import TolmachError
from tolmach.messages import _, plural

if TYPE_CHECKING:
    from tolmach.memory.incoming import Tally

_FOLDER = "memory"
_NAME = re.compile(r"[\w][\w .+-]{0,100}")
_SHOWN = 5  # conflicts


@click.command(
    name="import",
    help=_(
        "Bring the reviewed translations of bilingual files (TMX, XLIFF, PO, TSV) into a PO file of the house, "
        "translations/LANGUAGE/memory/NAME.po.\n\n"
        "What the house has is never replaced: the same again and contradictions are counted and told. For more than "
        "some 100,000 units leave the file as it is and name it with `translate --memory`."
    ),
    short_help=_("Bring translations in from TMX, XLIFF, PO or TSV."),
    epilog=_("Example: tolmach memory import agency.tmx --into agency"),
)
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar=_("FILE..."),
    type=Existing(),
)
@click.option("--into", "name", metavar=_("NAME"), help=_("Name of the PO file. Default: that of the file."))
@click.option(
    "--from",
    "source",
    callback=language_code,
    metavar=_("CODE"),
    help=_("Language of the sources. Default: the configured one."),
)
@click.option("--to", "targets", help=_("Languages of the translations. Default: the configured ones."))
@translations_option
@click.option("--dry-run", is_flag=True, help=_("Only say what would be done."))
def import_(
    files: tuple[Path, ...],
    name: str | None,
    source: str | None,
    targets: str | None,
    translations: Path | None,
    dry_run: bool,
) -> None:
    """Bring the files in, one after the other, and say what became of their units."""
    from tolmach.memory.files import entries_of
    from tolmach.memory.incoming import bring
    from tolmach.memory.lookup import Memory

    settings = load_config()
    first, *configured = settings.languages
    source = source or first
    languages = language_codes(targets, _("for example --to en,ru")) if targets else tuple(configured)
    folder = translations or settings.locate(settings.translations)
    for file in files:
        units = 0
        for language in languages:
            if language == source:
                continue
            path = folder / language / _FOLDER / f"{_checked(name or file.stem)}.po"
            house = Memory.open(folder, source, language)
            tally = bring(path, source, language, entries_of(file, source, language), house, write=not dry_run)
            found = tally.added + tally.same + tally.drafts + len(tally.conflicts)
            units += found
            if found:
                _tell(path, tally, dry_run=dry_run)
        if not units:
            raise TolmachError(
                _("no translations from {source} into {targets} in this file").format(
                    source=source, targets=", ".join(languages)
                ),
                path=file,
                hint=_("name the languages with --from and --to"),
            )


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise TolmachError(
            _("{name} cannot be the name of a file of the memory").format(name=repr(name)),
            hint=_("give a plain name with --into, without folder and ending"),
        )
    return name


def _tell(path: Path, tally: Tally, *, dry_run: bool) -> None:
    added = _("{count} to import") if dry_run else _("{count} imported")
    parts = [added.format(count=tally.added)]
    if tally.same:
        parts.append(_("{count} known").format(count=tally.same))
    if tally.conflicts:
        parts.append(plural("{count} contradiction left out", "{count} contradictions left out", len(tally.conflicts)))
    if tally.drafts:
        parts.append(plural("{count} draft left out", "{count} drafts left out", tally.drafts))
    click.echo(visible(f"{path.as_posix()}: {', '.join(parts)}"))
    for one in tally.conflicts[:_SHOWN]:
        place = f"{one.entry.path}:{one.entry.line}: {one.entry.source}"
        note(_("{place}: {other}; the house has: {kept}").format(place=place, other=one.entry.target, kept=one.kept))
    if len(tally.conflicts) > _SHOWN:
        note(_("and {count} contradictions more").format(count=len(tally.conflicts) - _SHOWN))


COMMAND = import_
