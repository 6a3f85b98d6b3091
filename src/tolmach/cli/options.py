"""Options that several commands share, and what the configuration says when they are missing."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tolmach import config
from tolmach.cli.show import note
from tolmach.errors import TolmachError, raise_all
from tolmach.files import use_limits
from tolmach.messages import _

if TYPE_CHECKING:
    from tolmach.glossary.cache import Shelf
    from tolmach.glossary.model import Glossary


class Existing(click.Path):
    """A path to something that is there; what is wrong with it is told as that of every other input is."""

    def __init__(self, *, folders: bool = False) -> None:
        super().__init__(path_type=Path)
        self.folders = folders

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path; raises TolmachError where nothing is there, or a folder in place of a file."""
        path = Path(value)
        if not path.exists():
            raise TolmachError(_("no such file or folder"), path=path, hint=_("check the name"))
        if path.is_dir() and not self.folders:
            raise TolmachError(_("this is a folder"), path=path, hint=_("name a file in it"))
        return super().convert(value, param, ctx)


glossary_option = click.option(
    "--glossary",
    "glossary",
    multiple=True,
    metavar="PATH",
    help=_(
        "Glossary file or folder, `starter` or `none`; repeat it for layers, the later wins. Default: the configured "
        "one."
    ),
)

config_option = click.option(
    "--config",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar=_("FILE"),
    help=_("Use this configuration instead of the one found from here upwards."),
)
packages_option = click.option(
    "--packages",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="ARGOS_PACKAGES_DIR",
    help=_("Folder of the translation packages (default: argostranslate's)."),
)
translations_option = click.option(
    "--translations", type=click.Path(file_okay=False, path_type=Path), help=_("Folder of the PO files.")
)
targets_option = click.option(
    "--to", "targets", help=_("Languages to translate into, separated by commas. Default: the configured ones.")
)
memory_option = click.option(
    "--memory",
    "memories",
    multiple=True,
    type=Existing(),
    metavar=_("FILE"),
    help=_("Bilingual file (TMX, PO, XLIFF, TSV) of any size to look up; repeatable."),
)
kind_option = click.option(
    "--kind",
    type=click.Choice(["person", "place", "organisation", "office", "event", "term", "other"]),
    help=_("What the names are names of."),
)


def is_language(code: str) -> bool:
    """Is this the code of a language that there is, perhaps with a region: `de`, `de-CH`, `sah`?"""
    from tolmach.text.detect import is_code

    if not config.LANGUAGE_CODE.fullmatch(code):
        return False
    name = config.primary(code)
    if is_code(name):
        return True
    from babel import Locale

    return name in Locale("en").languages


def language_code(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    """The value of an option that is a language code, perhaps with a region: `de`, `de-CH`."""
    if value is not None and not is_language(value):
        raise click.BadParameter(_("{code} is no language code (de, en, ru, kk, de-CH …)").format(code=repr(value)))
    return value


text_language_option = click.option(
    "--lang",
    "language",
    callback=language_code,
    metavar=_("CODE"),
    help=_("Language of the texts; default: configuration, name, content."),
)
original_option = click.option(
    "--from",
    "source",
    callback=language_code,
    metavar=_("CODE"),
    help=_("Language of the texts. Default: the first of the configured ones."),
)
place_option = click.option("--output", type=click.Path(path_type=Path), help=_("Folder, or file for a single text."))
output_option = click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar=_("FILE"),
    help=_("Write to this file instead of standard output."),
)
confidence_option = click.option(
    "--min-confidence",
    "confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    metavar="X",
    help=_("Leave out groups less certain than X (0 to 1)."),
)


def language_codes(names: str, hint: str) -> tuple[str, ...]:
    """The languages in a list with commas, each once; raises TolmachError with the hint for what is no code."""
    codes = tuple(dict.fromkeys(code.strip() for code in names.split(",") if code.strip()))
    for code in codes:
        if not is_language(code):
            raise TolmachError(_("{code} is no language code").format(code=repr(code)), hint=hint)
    if not codes:
        raise TolmachError(_("no languages are named"), hint=hint)
    return codes


def target_codes(names: str | None, source: str, settings: config.Config) -> tuple[str, ...]:
    """The languages to translate into: those named, else the configured ones; raises TolmachError for none."""
    hint = _("for example --from de --to en,ru")
    if names is not None:
        targets = language_codes(names, hint)
    else:
        targets = tuple(code for code in settings.languages if code != source)
    if not targets or source in targets:
        raise TolmachError(
            _("nothing to translate from {source} into {targets}").format(source=source, targets=", ".join(targets)),
            hint=hint,
        )
    return targets


def words(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    """Text from the command line that is text: bytes that are no UTF-8 and mere blanks are refused."""
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise click.BadParameter(_("this is not UTF-8: {text}").format(text=ascii(value))) from None
    if not value.strip():
        raise click.BadParameter(_("this is empty"))
    return value


def load_config(path: Path | None = None) -> config.Config:
    """The configuration in that file; without one the configuration in force in the working directory."""
    settings = config.load(path) if path else config.find(Path.cwd())
    use_limits(settings.limits)
    return settings


def load_glossary(names: tuple[str, ...], settings: config.Config) -> Glossary:
    """The glossary that the options name, else the configured one, else the starter (saying so on stderr)."""
    from tolmach.glossary.load import load

    return load(glossary_layers(names, settings))


def load_shelf(names: tuple[str, ...], settings: config.Config) -> Shelf:
    """The same glossary as it is kept compiled; cheaper than `load_glossary` for commands that search texts."""
    from tolmach.glossary.cache import Shelf

    return Shelf(glossary_layers(names, settings), cache_folder())


def glossary_layers(names: tuple[str, ...], settings: config.Config) -> Sequence[str | Path]:
    """The layers that the options name, else the configured ones, else the starter (saying so on stderr)."""
    from tolmach.glossary.load import NONE, STARTER

    if names:
        return names
    if settings.glossary:
        return [name if name in (STARTER, NONE) else settings.locate(name) for name in settings.glossary]
    note(_("no glossary is configured; using the shipped starter glossary (`tolmach init` writes a configuration)"))
    return [STARTER]


def cache_folder() -> Path | None:
    """Where the platform wants what can be made anew; None where it has no place for it."""
    named = Path(os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or "")
    if named.is_absolute():
        return named / "tolmach"
    try:
        home = Path.home()
    except RuntimeError:
        return None
    below = "Library/Caches" if sys.platform == "darwin" else ".cache"
    return home / below / "tolmach" if home.is_absolute() else None


def source_paths(paths: Sequence[str], settings: config.Config) -> list[Path]:
    """The paths the user named, else the configured sources; raises TolmachError when there are neither."""
    if paths:
        return [Path(path) for path in paths]
    if settings.sources:
        configured = [settings.locate(name) for name in settings.sources]
        missing = [path for path in configured if not os.path.lexists(path)]
        hint = _("the configuration names it as a source: create it, or correct `sources`")
        raise_all([TolmachError(_("no such file or folder"), path=path, hint=hint) for path in missing])
        return configured
    raise TolmachError(
        _("no texts are named"),
        hint=_("name files or folders, or configure sources in {file}").format(file=config.FILE_NAME),
    )
