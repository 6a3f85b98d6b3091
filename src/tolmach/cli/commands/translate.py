"""`tolmach translate`: drafts by machine, into PO files."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from tolmach.cli.options import glossary_option, load_config, load_glossary, source_paths
from tolmach.errors import TolmachError
from tolmach.messages import _, plural

if TYPE_CHECKING:
    from tolmach.memory.model import Entry
    from tolmach.translate.pipeline import Outcome

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_PATH = click.Path(path_type=Path)
_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command(
    "translate",
    help=_(
        "Translate texts into PO files, sentence by sentence, as drafts marked fuzzy.\n\n"
        "What a person has reviewed is never changed, and only new or changed sentences are translated. "
        "Without PATH, the configured sources. An interrupted run goes on where it stopped."
    ),
    epilog=_("Example: tolmach translate seeds --to en,ru --engine argos"),
)
@click.argument("paths", nargs=-1, metavar=_("[PATH …]"))
@click.option(
    "--to", "targets", help=_("Languages to translate into, separated by commas. Default: the configured ones.")
)
@click.option("--from", "source", help=_("Language of the texts. Default: the configured one, else de."))
@click.option("--engine", "engine_name", default="argos", show_default=True, help=_("What translates: argos, memory."))
@glossary_option
@click.option(
    "--memory", "memories", multiple=True, type=_PATH, help=_("Bilingual file (TMX, PO) to look up; repeatable.")
)
@click.option("--translations", type=_FOLDER, help=_("Folder of the PO files."))
@click.option("--force", is_flag=True, help=_("Make all drafts again; reviewed translations stay."))
@click.option("--dry-run", is_flag=True, help=_("Only say what would be done."))
@click.option("--threads", type=click.IntRange(0), default=0, help=_("Threads to use (0: as many as there are cores)."))
@click.option("--compute-type", default="auto", show_default=True, help=_("How the model computes: int8, float32 …"))
@click.option(
    "--device", type=click.Choice(["cpu", "cuda"]), default="cpu", show_default=True, help=_("Where it computes.")
)
@click.option(
    "--batch-tokens", type=click.IntRange(0), default=0, help=_("Size of a batch in tokens (0: fits the device).")
)
@click.option(
    "--packages",
    type=_FOLDER,
    envvar="ARGOS_PACKAGES_DIR",
    help=_("Folder of the translation packages (default: argostranslate's)."),
)
def translate(
    paths: tuple[str, ...],
    targets: str | None,
    source: str | None,
    engine_name: str,
    glossary: tuple[str, ...],
    memories: tuple[Path, ...],
    translations: Path | None,
    force: bool,
    dry_run: bool,
    threads: int,
    compute_type: str,
    device: Literal["cpu", "cuda"],
    batch_tokens: int,
    packages: Path | None,
) -> None:
    """Write the drafts and say for each file how many there are."""
    from tolmach.translate import engine, pipeline, texts

    house = _house(paths, source, targets, translations, glossary)
    settings = engine.Settings((packages,) if packages else (), threads, compute_type, device, batch_tokens)
    job = pipeline.Job(
        source=house.source,
        targets=house.targets,
        folder=house.translations,
        engine=engine.create(engine_name, settings),
        glossary=house.glossary,
        force=force,
        dry_run=dry_run,
        also=lambda language: _remembered(memories, house.source, language),
    )
    found = texts.read(house.paths, house.source, house.roots, house.base)
    for outcome in pipeline.run(found, job, _progress if sys.stderr.isatty() else None):
        click.echo(_line(outcome, dry_run))


@dataclass(frozen=True, slots=True)
class _House:
    """What options and configuration say together; document ids count from `roots`, references from `base`."""

    source: str
    targets: tuple[str, ...]
    paths: Sequence[Path]
    roots: Sequence[Path]
    base: Path | None
    translations: Path
    glossary: str


def _house(
    paths: tuple[str, ...],
    source: str | None,
    targets: str | None,
    translations: Path | None,
    glossary: tuple[str, ...],
) -> _House:
    settings = load_config()
    language = source or settings.languages[0]
    wanted = targets.split(",") if targets is not None else [code for code in settings.languages if code != language]
    decided = load_glossary(glossary, settings)
    return _House(
        source=language,
        targets=_targets(wanted, language),
        paths=source_paths(paths, settings),
        roots=[settings.locate(name) for name in settings.sources],
        base=settings.folder,
        translations=translations or settings.locate(settings.translations),
        glossary=decided.hash if len(decided) else "",
    )


def _targets(given: Sequence[str], source: str) -> tuple[str, ...]:
    targets = tuple(dict.fromkeys(code.strip() for code in given if code.strip()))
    for code in (source, *targets):
        if not _LANGUAGE.fullmatch(code):
            raise TolmachError(
                _("not a language code: {code}").format(code=repr(code)), hint=_("for example --from de --to en,ru")
            )
    if not targets or source in targets:
        raise TolmachError(
            _("nothing to translate from {source} into {targets}").format(source=source, targets=", ".join(targets)),
            hint=_("for example --from de --to en,ru"),
        )
    return targets


def _remembered(memories: Iterable[Path], source: str, target: str) -> Iterator[Entry]:
    from tolmach.memory.files import entries_of

    return chain.from_iterable(entries_of(path, source, target) for path in memories)


def _line(outcome: Outcome, dry_run: bool) -> str:
    drafted = _("{count} to draft") if dry_run else _("{count} drafted")
    parts = [
        _("{count} from memory").format(count=outcome.remembered),
        drafted.format(count=outcome.drafted),
    ]
    if outcome.unchanged:
        parts.append(plural("{count} draft unchanged", "{count} drafts unchanged", outcome.unchanged))
    if outcome.empty:
        parts.append(_("{count} empty").format(count=outcome.empty))
    return f"{outcome.path.as_posix()}: {', '.join(parts)}"


def _progress(language: str, done: int, total: int) -> None:
    click.echo(f"\r{language} {done}/{total}", err=True, nl=done == total)


COMMAND: click.Command = translate
