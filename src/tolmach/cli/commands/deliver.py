"""`tolmach deliver`: translated texts in the format of their originals."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from tolmach.cli import outputs
from tolmach.cli.options import (
    glossary_option,
    load_config,
    load_shelf,
    original_option,
    place_option,
    target_codes,
    targets_option,
    translations_option,
)
from tolmach.cli.show import visible
from tolmach.errors import TolmachError, raise_all
from tolmach.messages import _


@click.command(
    "deliver",
    help=_(
        "Write translated texts in the format of their originals: film.srt becomes film.en.srt.\n\n"
        "A sentence without a translation stays as it is. Without PATH, the configured sources."
    ),
    epilog=_("Example: tolmach deliver film.srt --to en,ru"),
)
@click.argument("names", nargs=-1, metavar=_("[PATH or document id]..."))
@targets_option
@original_option
@click.option("--reviewed", is_flag=True, help=_("Take reviewed translations only, no drafts."))
@place_option
@translations_option
@glossary_option
def deliver(
    names: tuple[str, ...],
    targets: str | None,
    source: str | None,
    reviewed: bool,
    output: Path | None,
    translations: Path | None,
    glossary: tuple[str, ...],
) -> None:
    """Write one file a text and language, print where it is and say how much of it is translated."""
    from tolmach.cli import delivery
    from tolmach.files import write_atomic
    from tolmach.text import formats, sources

    settings = load_config()
    original = source or settings.languages[0]
    codes = target_codes(targets, original, settings)
    folder = translations or settings.locate(settings.translations)
    files = outputs.files(names, settings)
    texts = list(sources.opened(files, original))
    outputs.tell_passed_over(files, original)
    for file, _text in texts:
        formats.renderer(str(file.path))
    places = delivery.places((file for file, _text in texts), original, codes, output or folder / "delivered")
    shelf = load_shelf(glossary, settings)
    finder = shelf.finder()
    house = outputs.house(original, codes, folder, finder)
    problems: list[TolmachError] = []
    for file, text in texts:
        for code in codes:
            found, path = delivery.deliver(text, original, code, house, reviewed=reviewed), places[file.id, code]
            if found.sentences and len(found.untranslated) == found.sentences:
                problems.append(_untranslated(file.path, code, reviewed=reviewed))
                continue
            write_atomic(path, found.content)
            click.echo(visible(path.as_posix()))
            remark = formats.for_path(text.path).remark
            about = remark(replace(text, content=found.content, language=code)) if remark else ""
            click.echo(visible(f"{path.as_posix()}: {', '.join(filter(None, (found.told(), about)))}"), err=True)
            for line in found.remaining(text.path):
                click.echo(visible(line), err=True)
    raise_all(problems)
    # `check` and `glossary validate` say what is wrong with examples.
    shelf.prove(finder)


def _untranslated(path: Path, language: str, *, reviewed: bool) -> TolmachError:
    hint = _("without --reviewed, drafts are taken, too") if reviewed else _("`tolmach translate` makes drafts")
    return TolmachError(
        _("no sentence of this text is translated into {language}").format(language=language), path=path, hint=hint
    )


COMMAND: click.Command = deliver
