"""`tolmach check`: spellings that the glossary does not want, concepts that a translation lacks."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tolmach.cli.options import glossary_option, language_code, load_config, load_glossary, source_paths
from tolmach.cli.show import note, visible
from tolmach.config import SEVERITIES
from tolmach.errors import TolmachError, raise_all
from tolmach.messages import _

if TYPE_CHECKING:
    from tolmach.config import Config, Severity
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
    severity: Severity,
    side: Side,
    reporter: str,
    output: Path | None,
    stdin_filename: str,
) -> int:
    """Run the check and return the exit code."""
    from importlib.metadata import version

    from tolmach.glossary.find import Finder
    from tolmach.lint import reporter as reporters

    settings = load_config()
    chosen = reporters.load(reporter)
    rules = _rules(select, ignore, settings)
    found = load_glossary(glossary, settings)
    finder = Finder(found)
    problems: list[TolmachError] = []
    checked = [
        _findings(source, rules, finder, side, problems)
        for source in _sources(paths, settings, language, stdin_filename, problems)
    ]
    raise_all([*problems, *_failing_examples(finder)])
    if not checked:
        raise TolmachError(_("there is nothing to check: all files are empty"), hint=_("name files with text"))
    findings = _with_severities(chain.from_iterable(checked), settings)
    report = reporters.Report(findings, len(checked), version("tolmach"), found.hash)
    _write(list(chosen.write(report)), output, raw=reporter != "text")
    return int(any(report.count(level) for level in SEVERITIES[: SEVERITIES.index(severity) + 1]))


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


def _findings(
    source: Source, rules: dict[str, Rule], finder: Finder, side: Side, problems: list[TolmachError]
) -> list[Finding]:
    """The findings in one file; why it cannot be read is added to `problems`."""
    from tolmach.lint import runner
    from tolmach.text import formats

    try:
        return [finding for document in formats.read(source) for finding in runner.check(document, rules, finder, side)]
    except TolmachError as problem:
        problems.append(problem)
        return []


def _with_severities(findings: Iterable[Finding], settings: Config) -> list[Finding]:
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
    from tolmach.text import sources
    from tolmach.text.formats import Source

    if "-" in paths:
        given = language or sources.language_of(Path(stdin_name), settings)
        yield Source(stdin_name, Path(stdin_name).stem, sys.stdin.buffer.read(), given)
    named = tuple(path for path in paths if path != "-")
    if not named and paths:
        return
    for file in sources.find(source_paths(named, settings), settings, problems.append):
        try:
            source = sources.read(file, language)
        except TolmachError as problem:
            problems.append(problem)
            continue
        if source.content.strip() or file.named:
            yield source
        else:
            note(_("{path} is empty").format(path=file.path))


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
