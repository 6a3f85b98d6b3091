"""`tolmach translate`: drafts by machine, into PO files."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, Literal

import click

from tolmach.cli.options import (
    glossary_option,
    language_code,
    load_config,
    load_shelf,
    memory_option,
    packages_option,
    source_paths,
    target_codes,
    targets_option,
    translations_option,
)
from tolmach.cli.show import visible
from tolmach.files import write_atomic
from tolmach.messages import _, plural

if TYPE_CHECKING:
    from tolmach.translate.job import Outcome


@click.command(
    "translate",
    help=_(
        "Translate texts into PO files, sentence by sentence, as drafts marked fuzzy.\n\n"
        "What a person has reviewed is never changed, and only new or changed sentences are translated. "
        "Without PATH, the configured sources. An interrupted run goes on where it stopped."
    ),
    epilog=_("Example: tolmach translate seeds --to en,ru --engine argos"),
)
@click.argument("paths", nargs=-1, metavar=_("[PATH]..."))
@targets_option
@click.option(
    "--from",
    "source",
    callback=language_code,
    metavar=_("CODE"),
    help=_("Language of the texts. Default: the configured one, else de."),
)
@click.option(
    "--engine", "engine_name", default="argos", show_default=True, help=_("What translates: argos, ct2, chat, memory.")
)
@glossary_option
@memory_option
@click.option(
    "--fuzzy",
    type=click.FloatRange(0, 1),
    default=0.85,
    show_default=True,
    metavar="X",
    help=_(
        "Take over the translation of a sentence at least so similar when only numbers, dates and names of the "
        "glossary differ (0: never)."
    ),
)
@translations_option
@click.option("--force", is_flag=True, help=_("Make all drafts again; reviewed translations stay."))
@click.option(
    "--no-conventions",
    "conventions",
    flag_value=False,
    default=True,
    help=_("Leave quotation marks, dashes and numbers as the engine writes them."),
)
@click.option("--dry-run", is_flag=True, help=_("Only say what would be done."))
@click.option("--threads", type=click.IntRange(0), default=0, help=_("Threads to use (0: as many as there are cores)."))
@click.option("--compute-type", default="auto", show_default=True, help=_("How the model computes: int8, float32 …"))
@click.option(
    "--device",
    type=click.Choice(["auto", "cpu", "cuda"]),
    default="auto",
    show_default=True,
    help=_("Where it computes; auto: on a graphics card where there is one."),
)
@click.option(
    "--batch-tokens", type=click.IntRange(0), default=0, help=_("Size of a batch in tokens (0: fits the device).")
)
@click.option(
    "--model",
    "models",
    multiple=True,
    metavar=_("MODEL"),
    help=_("Model: for ct2 a folder, or de-en=FOLDER, repeatable; for chat the name the server knows it by."),
)
@click.option("--url", default="", help=_("Address of the server for the engine chat."))
@click.option("--allow-remote", is_flag=True, help=_("Let the engine chat send texts to another computer."))
@click.option(
    "--report",
    type=click.Path(path_type=Path),
    help=_("Write a JSON file that tells what became of each term in each new draft."),
)
@packages_option
def translate(
    paths: tuple[str, ...],
    targets: str | None,
    source: str | None,
    engine_name: str,
    glossary: tuple[str, ...],
    memories: tuple[Path, ...],
    fuzzy: float,
    translations: Path | None,
    force: bool,
    conventions: bool,
    dry_run: bool,
    threads: int,
    compute_type: str,
    device: Literal["auto", "cpu", "cuda"],
    batch_tokens: int,
    models: tuple[str, ...],
    url: str,
    allow_remote: bool,
    report: Path | None,
    packages: Path | None,
) -> None:
    """Write the drafts and say for each file how many there are."""
    from tolmach.cli.memories import small, stores
    from tolmach.text import sources
    from tolmach.translate import engine, pipeline
    from tolmach.translate.job import Job

    settings = load_config()
    language = source or settings.languages[0]
    texts = sources.texts(sources.find(source_paths(paths, settings), settings), language, settings.folder)
    finder = load_shelf(glossary, settings).finder()
    machine = engine.Settings(
        packages=(packages,) if packages else (),
        models=models,
        threads=threads,
        compute_type=compute_type,
        device=device,
        batch_tokens=batch_tokens,
        url=url,
        remote=allow_remote,
    )
    job = Job(
        source=language,
        targets=target_codes(targets, language, settings),
        folder=translations or settings.locate(settings.translations),
        engine=engine.create(engine_name, machine),
        finder=finder if len(finder.glossary) else None,
        force=force,
        dry_run=dry_run,
        also=lambda target: small(memories, language, target),
        stores=lambda target: stores(memories, language, target),
        fuzzy=fuzzy,
        conventions=conventions,
    )
    told: list[dict[str, Any]] = []
    for outcome in pipeline.run(texts, job, _Progress() if sys.stderr.isatty() else None):
        click.echo(visible(_line(outcome, dry_run)))
        if report is not None:
            told += _told(outcome)
    if report is not None:
        write_atomic(report, json.dumps(told, ensure_ascii=False, indent=1) + "\n")


def _told(outcome: Outcome) -> Iterator[dict[str, Any]]:
    """What became of the terms and what else was changed, one object for each sentence that has any."""
    from tolmach.cli.pairs import told

    for one in outcome.terms:
        yield {
            "sentence": one.sentence,
            "language": outcome.language,
            "source": one.source,
            "target": one.target,
            "terms": list(map(told, one.outcomes)),
            "changes": [asdict(change) for change in one.changes],
        }


def _line(outcome: Outcome, dry_run: bool) -> str:
    drafted = _("{count} to draft") if dry_run else _("{count} drafted")
    parts = [
        _("{count} from memory").format(count=outcome.remembered),
        drafted.format(count=outcome.drafted),
    ]
    if outcome.adapted:
        parts.append(_("{count} adapted from memory").format(count=outcome.adapted))
    if outcome.unchanged:
        parts.append(plural("{count} draft unchanged", "{count} drafts unchanged", outcome.unchanged))
    if outcome.empty:
        parts.append(_("{count} empty").format(count=outcome.empty))
    if any(sentence.outcomes for sentence in outcome.terms):
        parts.append(_terms(outcome))
    return f"{outcome.path.as_posix()}: {', '.join(parts)}"


def _terms(outcome: Outcome) -> str:
    """What became of the terms of the new drafts, in words."""
    statuses = Counter(one.status for sentence in outcome.terms for one in sentence.outcomes)
    named = (
        (statuses["kept"], _("{count} kept")),
        (statuses["repaired"] + statuses["inserted"], _("{count} repaired")),
        (statuses["missing"], _("{count} missing")),
    )
    counts = ", ".join(text.format(count=count) for count, text in named if count)
    return _("terms: {counts}").format(counts=counts)


class _Progress:
    """Tells on one line how far a language is, how fast it goes and how long it will take."""

    def __init__(self) -> None:
        self._language = ""
        self._started = 0.0

    def __call__(self, language: str, done: int, total: int) -> None:
        """Tell of so many sentences done."""
        if language != self._language or done == 1:
            self._language, self._started = language, monotonic()
        seconds = monotonic() - self._started
        told = f"{language} {done}/{total}"
        if seconds > 1 and done > 1:
            rate = (done - 1) / seconds
            left = timedelta(seconds=round((total - done) / rate))
            told += "  " + _("{rate} sentences/s, {left} left").format(rate=f"{rate:.1f}", left=left)
        click.echo(f"\r{told}\x1b[K", err=True, nl=done == total)


COMMAND: click.Command = translate
