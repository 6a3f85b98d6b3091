"""`tolmach init`: a configuration and a first house glossary."""

from __future__ import annotations

import sys
from importlib.resources import files
from pathlib import Path

import click

from tolmach.cli.options import language_codes
from tolmach.errors import TolmachError
from tolmach.files import write_atomic
from tolmach.messages import _

_STYLES = ("duden", "wikipedia")
_KYIV = ("kyjiw", "kiew")


@click.command(
    help=_(
        "Write tolmach.toml and a first house glossary into the working directory. Asks on a terminal what the options "
        "do not say; elsewhere the defaults hold. Existing files are never overwritten."
    ),
    short_help=_("Write a configuration and a first house glossary."),
    epilog=_("Example: tolmach init --languages de,en,ru --style duden --sources texts"),
)
@click.option("--languages", help=_("Source language and target languages, e.g. de,en,ru."))
@click.option("--style", type=click.Choice(_STYLES), help=_("Transcription of names in German texts."))
@click.option("--kyiv", type=click.Choice(_KYIV), help=_("German name of the capital of Ukraine."))
@click.option("--sources", help=_("Folder of the texts."))
@click.option("--glossary", "glossary", default="glossary", show_default=True, help=_("Folder of the house glossary."))
def init(languages: str | None, style: str | None, kyiv: str | None, sources: str | None, glossary: str) -> None:
    """Write the two files and say so."""
    asked = sys.stdin.isatty()
    languages = languages or _ask(asked, _("Languages (source first)"), "de,en,ru")
    style = style or _ask(asked, _("Transcription of names: duden or wikipedia"), "duden", _STYLES)
    kyiv = kyiv or _ask(asked, _("Capital of Ukraine in German: kyjiw or kiew"), "kyjiw", _KYIV)
    sources = sources or _ask(asked, _("Folder of the texts"), "texts")
    settings, house = Path("tolmach.toml"), Path(glossary) / "house.toml"
    for path in (settings, house):
        if path.exists():
            raise TolmachError(
                _("this file exists already"), path=path, hint=_("edit it; init never overwrites anything")
            )
    codes = _codes(languages)
    write_atomic(house, _house(kyiv))
    write_atomic(settings, _settings(codes, style, sources, glossary))
    for path in (settings, house):
        click.echo(_("wrote {path}").format(path=path))
    click.echo(_("next: put texts into {folder}, run `tolmach check`").format(folder=sources), err=True)


def _codes(languages: str) -> tuple[str, ...]:
    hint = _("for example --languages de,en,ru")
    codes = language_codes(languages, hint)
    if len(codes) < 2:
        raise TolmachError(_("one source and one target language are needed"), hint=hint)
    return codes


def _ask(asked: bool, question: str, default: str, choices: tuple[str, ...] = ()) -> str:
    if not asked:
        return default
    kind = click.Choice(choices) if choices else str
    return str(click.prompt(question, default=default, type=kind, err=True))


def _settings(languages: tuple[str, ...], style: str, sources: str, glossary: str) -> str:
    import tomlkit

    document = tomlkit.document()
    document.add("languages", tomlkit.item(languages))
    document.add("transcription", tomlkit.item(style))
    document.add("glossary", tomlkit.item(["starter", glossary]))
    document.add("sources", tomlkit.item([sources]))
    document.add("translations", tomlkit.item("translations"))
    return tomlkit.dumps(document)


def _house(kyiv: str) -> str:
    decided = files("tolmach.cli").joinpath("house", f"{kyiv}.toml").read_text(encoding="utf-8")
    heading = _("The decisions of this house; they win over the starter glossary.")
    return f"# {heading}\n{decided}"


COMMAND = init
