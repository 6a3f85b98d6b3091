"""`tolmach check`: spellings that the glossary does not want, concepts that a translation lacks."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from copy import copy
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tolmach.cli.handling import Handling
from tolmach.cli.handling import options as handling_options
from tolmach.cli.options import (
    config_option,
    glossary_option,
    language_code,
    load_config,
    load_shelf,
    source_paths,
)
from tolmach.cli.show import note
from tolmach.cli.texts import spare
from tolmach.config import SEVERITIES
from tolmach.errors import TolmachError, raise_all
from tolmach.files import read_stream
from tolmach.messages import _

if TYPE_CHECKING:
    from tolmach.cli.checking import Task
    from tolmach.cli.findings import Checked, Texts
    from tolmach.config import Config, Severity
    from tolmach.lint.rule import Side
    from tolmach.text.formats import Source
    from tolmach.text.model import Document
    from tolmach.text.sources import File, Reading


@click.command(
    help=_(
        "Check texts against the glossary.\n\nPATH is a file, a folder or - for standard input; without one the "
        "configured sources are checked. The exit code is 1 when there are findings of the severity asked for, 2 for "
        "unreadable input."
    ),
    epilog=_("Example: tolmach check seeds --glossary glossary"),
)
@click.argument("paths", nargs=-1, metavar=_("[PATH]..."))
@glossary_option
@config_option
@click.option(
    "--lang",
    "language",
    callback=language_code,
    metavar=_("CODE"),
    help=_("Language of plain texts; default: configuration, name, content."),
)
@click.option(
    "--select", metavar=_("RULES"), help=_("Run these rules (comma-separated, or all) instead of the default ones.")
)
@click.option("--ignore", metavar=_("RULES"), help=_("Do not run these rules."))
@click.option(
    "--severity",
    type=click.Choice(SEVERITIES),
    default="warning",
    show_default=True,
    help=_("Exit with 1 from this severity up."),
)
@click.option(
    "--side",
    type=click.Choice(["source", "target", "both"]),
    default="target",
    show_default=True,
    help=_("Side of bilingual files that rules about one language judge."),
)
@click.option(
    "--format",
    "reporter",
    default="text",
    show_default=True,
    metavar=_("NAME"),
    help=_(
        "Report format: text, json, jsonl, sarif, github, gitlab, checkstyle, junit, html, statistics, docx-comments."
    ),
)
@click.option(
    "--force-exclude",
    is_flag=True,
    help=_("Leave out what the configuration excludes even where it is named (for hooks that name every file)."),
)
@click.option("--output", type=click.Path(path_type=Path), help=_("Write the report to a file."))
@click.option(
    "--stdin-filename", default="stdin.txt", metavar=_("NAME"), help=_("Name (and so format) of standard input.")
)
@click.option(
    "--pass-empty", is_flag=True, help=_("Empty files that are named are no error, as in folders (for hooks).")
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    metavar=_("N"),
    help=_("Share the work among so many processes."),
)
@handling_options
def check(
    paths: tuple[str, ...],
    glossary: tuple[str, ...],
    config: Path | None,
    language: str | None,
    select: str | None,
    ignore: str | None,
    severity: Severity,
    side: Side,
    reporter: str,
    force_exclude: bool,
    output: Path | None,
    stdin_filename: str,
    pass_empty: bool,
    jobs: int,
    **handling: Any,
) -> int:
    """Run the check and return the exit code."""
    from tolmach.cli.checking import Task
    from tolmach.cli.findings import handle
    from tolmach.cli.jobs import available
    from tolmach.cli.publication import Publication
    from tolmach.lint.rule import choose

    settings = load_config(config)
    wanted = Handling(**handling)
    _refuse_mending_input(wanted, paths)
    publication = Publication(reporter, output, wanted)
    rules = choose(settings, _split(select), _split(ignore), note)
    shelf = load_shelf(glossary, settings)
    finder = shelf.finder()
    problems: list[TolmachError] = []
    if force_exclude and paths:
        paths = _not_excluded(paths, settings)
        if not paths:
            note(_("all files are excluded by the configuration"))
            return 0
    texts = _Texts(paths, settings, language, stdin_filename, problems.append, pass_empty=pass_empty)
    spare(map(Path, texts.paths), publication.output)
    task = Task(texts, rules, finder, side, suppressed=publication.wants_suppressed, line=publication.line)
    look = partial(_look, task=task, jobs=available(jobs), problems=problems)
    checked = look(texts)
    # One broken file does not hide what was found in the others; a baseline without its findings would be wrong.
    unusable = problems if wanted.write_baseline or not checked.files else ()
    raise_all([*unusable, *shelf.prove(finder)])
    if not checked.files and not pass_empty:
        raise TolmachError(_("there is nothing to check: all files are empty"), hint=_("name files with text"))
    outcome = handle(checked, wanted, texts, look, problems.append)
    report = outcome.report(wanted, finder.glossary.hash, quotes=publication.quotes)
    publication.write(report, texts)
    raise_all(problems)
    counts = any(report.count(level) for level in SEVERITIES[: SEVERITIES.index(severity) + 1])
    return int(counts and not wanted.exit_zero)


def _not_excluded(paths: tuple[str, ...], settings: Config) -> tuple[str, ...]:
    from tolmach.text import walk

    return tuple(path for path in paths if path == "-" or not walk.is_excluded(Path(path), settings))


def _refuse_mending_input(wanted: Handling, paths: tuple[str, ...]) -> None:
    if wanted.fix and not wanted.diff and "-" in paths:
        raise TolmachError(_("standard input cannot be mended"), hint=_("use --diff, or name a file"))


def _look(texts: Texts, *, task: Task, jobs: int, problems: list[TolmachError]) -> Checked:
    """Check the texts as the task says; what cannot be read is added to `problems`."""
    from tolmach.cli import checking
    from tolmach.cli.findings import Checked
    from tolmach.lint import runner
    from tolmach.lint.rule import Run
    from tolmach.lint.spool import divided

    ready = runner.surveyed(task.rules, Run(texts.documents, task.finder, task.side))
    checked = checking.check(replace(task, texts=texts, rules=ready), jobs)
    problems += checked.problems
    kept, hidden = divided(checked.findings) if task.suppressed else (checked.findings, ())
    return Checked(kept, checked.files, tuple(texts.paths), tuple(ready), texts.documents, hidden)


def _split(names: str | None) -> tuple[str, ...]:
    return tuple(name.strip() for name in (names or "").split(",") if name.strip())


class _Texts:
    """Everything to check; may be read several times, standard input as well."""

    def __init__(
        self,
        paths: tuple[str, ...],
        settings: Config,
        language: str | None,
        stdin_name: str,
        report: Callable[[TolmachError], None],
        *,
        pass_empty: bool,
    ) -> None:
        from tolmach.text import sources

        self._language, self._pass_empty = language, pass_empty
        self._left_out = frozenset[str]()
        self._given: Source | None = None
        if "-" in paths:
            self._given = _standard_input(stdin_name, language, settings)
        named = tuple(path for path in paths if path != "-")
        self._files: list[File] = []
        if named or not paths:
            self._files = list(sources.find(source_paths(named, settings), settings, report))

    @property
    def paths(self) -> list[str]:
        """The names of all of them."""
        given = [] if self._given is None else [self._given.path]
        return [*given, *(str(file.path) for file in self._files)]

    def only(self, paths: Collection[str]) -> _Texts:
        """Those with these names; `documents` are still all of them."""
        chosen = copy(self)
        chosen._left_out = frozenset(self.paths) - frozenset(paths)
        return chosen

    def source(self, path: str) -> Source:
        """The one with that name, read anew."""
        from tolmach.text import sources

        if self._given is not None and path == self._given.path:
            return self._given
        return sources.read(next(file for file in self._files if str(file.path) == path), self._language)

    def readings(
        self, report: Callable[[TolmachError], None], wanted: Callable[[int, int], bool]
    ) -> Iterator[tuple[int, Reading]]:
        """The texts that are not empty, one by one; see `checking.Texts`."""
        from tolmach.text import sources

        if self._given is not None and not self._left_out and wanted(0, len(self._given.content)):
            yield 0, sources.reading_of(self._given)
        for number, file in enumerate(self._files, 1):
            if str(file.path) in self._left_out:
                continue
            if not wanted(number, 0) and not wanted(number, sources.size_of(file.path)):
                continue
            try:
                reading = sources.reading(file, self._language)
            except TolmachError as problem:
                if wanted(number, 0):
                    report(problem)
                continue
            if not reading.empty or (file.named and not self._pass_empty):
                yield number, reading
            elif wanted(number, 0):
                note(_("{path} is empty").format(path=file.path))

    def documents(self) -> Iterator[Document]:
        """The documents of all files; what cannot be read is passed over here and reported by the check itself."""
        from tolmach.text import sources

        if self._given is not None:
            with suppress(TolmachError):
                yield from sources.reading_of(self._given).documents()
        for file in self._files:
            with suppress(TolmachError):
                yield from sources.reading(file, self._language).documents()


def _standard_input(name: str, language: str | None, settings: Config) -> Source:
    from tolmach.text import sources
    from tolmach.text.formats import Source

    path = Path(name)
    known, encoding = sources.language_of(path, settings), sources.encoding_of(path, settings)
    return Source(name, path.stem, read_stream(sys.stdin.buffer, name), language or known, encoding=encoding)


COMMAND = check
