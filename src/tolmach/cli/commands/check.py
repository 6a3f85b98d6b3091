"""`tolmach check`: spellings that the glossary does not want, concepts that a translation lacks."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tolmach.cli.options import glossary_option, load_config, load_glossary, source_paths
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
        "Check texts against the glossary.\n\nPATH is a file, a folder or - for standard input; without one the configured "
        "sources are checked. The exit code is 1 when there are findings of the severity asked for, 2 for unreadable input."
    ),
    epilog=_("Example: tolmach check seeds --glossary glossary"),
)
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@glossary_option
@click.option(
    "--lang", "language", metavar="CODE", help=_("Language of plain texts; default: configuration, name, content.")
)
@click.option(
    "--select", metavar="RULES", help=_("Run these rules (comma-separated, or all) instead of the default ones.")
)
@click.option("--ignore", metavar="RULES", help=_("Do not run these rules."))
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
    "--format", "reporter", default="text", show_default=True, metavar="NAME", help=_("Report format: text or json.")
)
@click.option("--output", type=click.Path(path_type=Path), help=_("Write the report to a file."))
@click.option(
    "--stdin-filename", default="stdin.txt", metavar="NAME", help=_("Name (and so format) of standard input.")
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
    for source in _sources(paths, settings, language, stdin_filename):
        files += 1
        for document in formats.read(source):
            findings += runner.check(document, rules, finder, _side(side))
    _prove(finder)
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
    for name in (*wanted, *unwanted):
        if name != "all":
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


def _prove(finder: Finder) -> None:
    """Run the glossary's own examples in the languages that were just needed: a glossary that fails them decides
    nothing."""
    from tolmach.glossary.validate import failing_examples

    raise_all([problem for language in finder.languages for problem in failing_examples(finder, language)])


def _sources(paths: tuple[str, ...], settings: Config, language: str | None, stdin_name: str) -> Iterator[Source]:
    from fnmatch import fnmatch

    from tolmach.files import read_bytes
    from tolmach.text import formats

    if "-" in paths:
        yield formats.Source(stdin_name, Path(stdin_name).stem, sys.stdin.buffer.read(), language)
    named = tuple(path for path in paths if path != "-")
    if not named and paths:
        return
    for file, folder in formats.find_files(source_paths(named, settings)):
        content = read_bytes(file)
        if not content.strip() and file not in map(Path, named):
            note(_("{path} is empty").format(path=file))
            continue
        relative = file.relative_to(folder).with_suffix("").as_posix()
        by_path = next(
            (code for pattern, code in settings.language_of.items() if fnmatch(file.as_posix(), pattern)), None
        )
        yield formats.Source(str(file), relative, content, language or by_path)


def _write(lines: list[str], output: Path | None, *, raw: bool) -> None:
    from tolmach.files import write_atomic

    shown = lines if raw else [visible(line) for line in lines]
    if output:
        write_atomic(output, "\n".join(shown) + "\n")
        return
    for line in shown:
        click.echo(line)


COMMAND = check
