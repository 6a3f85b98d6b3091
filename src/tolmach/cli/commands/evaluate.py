"""`tolmach evaluate`: how good drafts are beside reviewed translations."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tolmach.cli.options import Existing, glossary_option, language_code, load_config, load_shelf
from tolmach.messages import _

if TYPE_CHECKING:
    from tolmach.translate.trials import Trials


@click.command(
    help=_(
        "Compare drafts with reviewed translations: BLEU, chrF and chrF2++ as sacrebleu measures them, how many terms "
        "of the glossary stand in the preferred form, how many in the very form of the reviewed translation, and how "
        "consistent they are.\n\nDRAFTS and the reference are PO files, folders of PO files, or plain texts with one "
        "sentence a line. With several DRAFTS each is set beside the first: before and after a repair, for example."
    ),
    short_help=_("Measure drafts beside reviewed translations."),
    epilog=_("Example: tolmach evaluate drafts/ru --reference translations/ru"),
)
@click.argument("drafts", nargs=-1, required=True, metavar=_("DRAFTS..."), type=Existing(folders=True))
@click.option(
    "--reference",
    required=True,
    type=Existing(folders=True),
    help=_("The reviewed translations."),
)
@click.option(
    "--source",
    type=Existing(),
    help=_("The sentences that plain texts are translated from."),
)
@click.option(
    "--from",
    "source_language",
    callback=language_code,
    metavar=_("CODE"),
    help=_("Language of --source (default: de)."),
)
@click.option("--to", "target_language", callback=language_code, metavar=_("CODE"), help=_("Language of plain texts."))
@glossary_option
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json", "tsv"]),
    default="text",
    show_default=True,
    help=_("A table, one object, or lines with tabs."),
)
def evaluate(
    drafts: tuple[Path, ...],
    reference: Path,
    source: Path | None,
    source_language: str | None,
    target_language: str | None,
    glossary: tuple[str, ...],
    style: str,
) -> None:
    """Write what was measured."""
    from tolmach.cli import evaluation
    from tolmach.translate import trials
    from tolmach.translate.evaluate import evaluate as measured
    from tolmach.translate.evaluate import together

    finder = load_shelf(glossary, load_config()).finder()
    known = finder if len(finder.glossary) else None
    systems = []
    for path in drafts:
        documents: Iterable[Trials]
        if reference.is_dir() or reference.suffix == ".po":
            documents = trials.of_files(path, reference)
        else:
            if target_language is None:
                raise click.UsageError(_("name the language of plain texts with --to"))
            documents = [trials.of_lines(path, reference, source, (source_language or "de", target_language))]
        judged = tuple(measured(documents, known))
        sums = tuple(together(judged, _("all"))) if len(judged) > 1 else judged
        systems.append(evaluation.System(path.as_posix(), judged if len(judged) > 1 else (), sums))
    if style == "json":
        click.echo(evaluation.as_json(systems))
    else:
        lines = evaluation.as_table(systems) if style == "text" else evaluation.as_lines(systems)
        click.echo("\n".join(lines))


COMMAND = evaluate
