"""`tolmach check`: spellings that the glossary does not want, concepts that a translation lacks."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tolmach.cli.options import glossary_option, language_code, load_config, load_glossary, source_paths
from tolmach.cli.show import note, visible
from tolmach.errors import TolmachError, raise_all
from tolmach.messages import _

if TYPE_CHECKING:
    from tolmach.config import Config
    from tolmach.glossary.find import Finder
    from tolmach.lint.rule import Rule
    from tolmach.lint.runner import Finding, Side
    from tolmach.text.formats import Source


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
    type=click.Choice(["error", "warning", "hint"]),
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
    "--format", "reporter", default="text", show_default=True, metavar=_("NAME"), help=_("Report format: text or json.")
)
@click.option("--output", type=click.Path(path_type=Path), help=_("Write the report to a file."))
@click.option(
    "--stdin-filename", default="stdin.txt", metavar=_("NAME"), help=_("Name (and so format) of standard input.")
)
def check(
    paths: tuple[str, ...],
    glossary: tuple[str, ...],
    language: str | None,
    select: str | None,
    ignore: str | None,
    severity: str,
    side: str,
    reporter: str,
    output: Path | None,
    stdin_filename: str,
) -> int:
    """Run the check and return the exit code."""
    from importlib.metadata import version

    from tolmach.glossary.find import Finder
    from tolmach.lint import reporter as reporters
    from tolmach.lint import runner
    from tolmach.text import formats

    settings = load_config()
    chosen = reporters.load(reporter)
    rules = _rules(select, ignore, settings)
    found = load_glossary(glossary, settings)
    finder = Finder(found)
    findings: list[runner.Finding] = []
    files = 0
    problems: list[TolmachError] = []
    for source in _sources(paths, settings, language, stdin_filename, problems):
        files += 1
        try:
            for document in formats.read(source):
                findings += runner.check(document, rules, finder, _side(side))
        except TolmachError as error:
            problems.append(error)
    raise_all([*problems, *_failing_examples(finder)])
    if not files:
        raise TolmachError(_("there is nothing to check: all files are empty"), hint=_("name files with text"))
    report = reporters.Report(_with_severities(findings, settings), files, version("tolmach"), found.hash)
    _write(list(chosen.write(report)), output, raw=reporter != "text")
    worst = ("error", "warning", "hint").index(severity)
    return int(any(report.count(level) for level in ("error", "warning", "hint")[: worst + 1]))


def _side(side: str) -> Side:
    return "source" if side == "source" else "both" if side == "both" else "target"


def _rules(select: str | None, ignore: str | None, settings: Config) -> dict[str, Rule]:
    from tolmach.lint import rule

    wanted = _split(select) or settings.select
    unwanted = _split(ignore) or settings.ignore
    for name in (*wanted, *unwanted, *settings.severity):
        if name != "all" or name in unwanted:
            rule.load(name)
    every = {name: rule.load(name) for name in rule.names()}
    if "all" in wanted:
        chosen = every
    elif wanted:
        chosen = {name: every[name] for name in wanted}
    else:
        chosen = {name: one for name, one in every.items() if one.default}
    return {name: one for name, one in chosen.items() if name not in unwanted}


def _split(names: str | None) -> tuple[str, ...]:
    return tuple(name.strip() for name in (names or "").split(",") if name.strip())


def _with_severities(findings: list[Finding], settings: Config) -> list[Finding]:
    from dataclasses import replace

    levels = settings.severity
    return [
        replace(finding, severity=levels[finding.rule]) if finding.rule in levels else finding for finding in findings
    ]


def _failing_examples(finder: Finder) -> Iterator[TolmachError]:
    """The glossary's own examples in the languages that were just needed: one that fails them decides nothing."""
    from tolmach.glossary.validate import failing_examples

    for language in finder.languages:
        yield from failing_examples(finder, language)


def _sources(
    paths: tuple[str, ...], settings: Config, language: str | None, stdin_name: str, problems: list[TolmachError]
) -> Iterator[Source]:
    """Everything to check; what cannot be read is added to `problems`, so that all is reported at once."""
    from tolmach.text import formats

    if "-" in paths:
        yield formats.Source(stdin_name, Path(stdin_name).stem, sys.stdin.buffer.read(), language)
    named = tuple(path for path in paths if path != "-")
    if not named and paths:
        return
    for file, folder, content in _contents(source_paths(named, settings), problems):
        if not content.strip() and file not in map(Path, named):
            note(_("{path} is empty").format(path=file))
            continue
        relative = file.relative_to(folder).with_suffix("").as_posix()
        yield formats.Source(str(file), relative, content, language or _configured_language(file, settings))


def _configured_language(file: Path, settings: Config) -> str | None:
    """The language of the first pattern that fits the path, as the user named it or as seen from the configuration."""
    from fnmatch import fnmatch

    names = [file.as_posix()]
    if settings.folder is not None and (resolved := file.resolve()).is_relative_to(settings.folder.resolve()):
        names.append(resolved.relative_to(settings.folder.resolve()).as_posix())
    fitting = (code for pattern, code in settings.language_of.items() if any(fnmatch(name, pattern) for name in names))
    return next(fitting, None)


def _contents(paths: list[Path], problems: list[TolmachError]) -> Iterator[tuple[Path, Path, bytes]]:
    from tolmach.files import read_bytes
    from tolmach.text import formats

    seen: set[Path] = set()
    for path in paths:
        try:
            found = list(formats.find_files([path]))
        except TolmachError as error:
            problems.append(error)
            continue
        for file, folder in found:
            if file.resolve() in seen:
                continue
            seen.add(file.resolve())
            try:
                content = read_bytes(file)
            except TolmachError as error:
                problems.append(error)
                continue
            yield file, folder, content


def _write(lines: list[str], output: Path | None, *, raw: bool) -> None:
    from tolmach.files import write_atomic

    shown = lines if raw else [visible(line) for line in lines]
    if output:
        # Names of files that are no UTF-8 come out as the escapes that stand on the screen, too.
        write_atomic(output, ("\n".join(shown) + "\n").encode("utf-8", "backslashreplace"))
        return
    for line in shown:
        click.echo(line)


COMMAND = check
