"""`tolmach variants`: which spellings in the texts are the same name, found without a glossary."""

from __future__ import annotations

import gc
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tolmach.cli import texts
from tolmach.cli.options import (
    confidence_option,
    glossary_option,
    kind_option,
    language_code,
    load_config,
    output_option,
    text_language_option,
)
from tolmach.cli.show import note, visible
from tolmach.errors import TolmachError
from tolmach.messages import _, plural

if TYPE_CHECKING:
    from tolmach.names.variants.find import Choice, Form, Group
    from tolmach.text.model import Document
    from tolmach.text.sources import File

SCHEMA = "tolmach.variants/1"
TABLES = ("tsv", "xlsx")
"""The formats that are a list of names with the forms of the house."""
# Names of files that are no UTF-8 hold lone surrogates, which JSON can only write as escapes.
_SURROGATE = re.compile("[\ud800-\udfff]")
_SELDOM = (50_000, 20, 100)
_SHOWN = 3
"""At most so many sources of a form are named in the text report."""


@click.command(
    help=_(
        "Find spellings that are the same name, without any glossary.\n\nPATH is a file or a folder; without one the "
        "configured sources are read. For every name that is written in several ways the report shows who writes what, "
        "what each form is (another system, an exonym, an old name, a habit, a likely error), and a proposal. "
        "With `--kind term` recurring terms are found instead of names."
    ),
    short_help=_("Find spellings that are the same name."),
    epilog=_("Example: tolmach variants seeds --lang de"),
)
@click.argument("paths", nargs=-1, metavar=_("[PATH]..."))
@click.option("--all", "consistent", is_flag=True, help=_("Also list names with one spelling only."))
@confidence_option
@kind_option
@text_language_option
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    metavar="N",
    help=_("Read the texts with so many processes."),
)
@click.option("--no-occurrences", is_flag=True, help=_("Count only; do not say where each form stands."))
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json", "html", *TABLES]),
    default="text",
    show_default=True,
    help=_("How the groups are written; tsv and xlsx are the list of all names with the forms of the target language."),
)
@click.option(
    "--to",
    "target",
    callback=language_code,
    metavar=_("CODE"),
    help=_("Target language of the list of names (tsv, xlsx); default: the first other configured one."),
)
@output_option
@glossary_option
def variants(
    paths: tuple[str, ...],
    consistent: bool,
    confidence: float,
    kind: str | None,
    language: str | None,
    jobs: int,
    no_occurrences: bool,
    style: str,
    target: str | None,
    output: Path | None,
    glossary: tuple[str, ...],
) -> None:
    """Write the groups."""
    from tolmach.names.variants.find import Choice

    texts.names_language(language)
    _refuse_strays(style, target, output, glossary)
    settings = load_config()
    files = texts.files(paths, settings)
    texts.spare((file.path for file in files), output)
    choice = Choice(
        consistent=consistent or style in TABLES,
        kind=kind,
        confidence=confidence,
        # The text report says in which sources a form stands, not where.
        occurrences=not (no_occurrences or style in (*TABLES, "text")),
    )
    # What is read stays to the end: looking for rubbish in it again and again takes a tenth of the time.
    gc.set_threshold(*_SELDOM)
    groups = _groups(files, language, choice, jobs)
    if style in TABLES:
        from tolmach.cli import joblist

        place = joblist.Place(_language_of(files, language), target, glossary, settings)
        _write(joblist.table(groups, [str(file.path) for file in files], place, style), output)
    elif style == "html":
        _write(_page(groups, files, language), output)
    else:
        _write(_json(groups) if style == "json" else _report(groups), output)


def _groups(files: Sequence[File], language: str | None, choice: Choice, jobs: int) -> Iterator[Group]:
    """The groups of names, or of terms, which one process finds."""

    def read() -> Iterator[Document]:
        return texts.documents(files, language)

    if choice.kind == "term":
        from tolmach.names.terms import find as terms

        return terms.find(read, choice)
    from tolmach.names.variants.find import find

    return find(read, choice, shares=texts.shares(files, language) if jobs > 1 else (), jobs=jobs)


def _refuse_strays(style: str, target: str | None, output: Path | None, glossary: tuple[str, ...]) -> None:
    """Refuse options that mean nothing in the format."""
    if style not in TABLES and (target or glossary):
        raise TolmachError(
            _("--to and --glossary belong to the list of names"), hint=_("add --format tsv or --format xlsx")
        )
    if style == "xlsx" and output is None:
        raise TolmachError(_("a spreadsheet is not written to standard output"), hint=_("add --output names.xlsx"))


def _write(lines: Iterable[str] | bytes, output: Path | None) -> None:
    """Write to the file, all or nothing, or line by line to standard output."""
    from tolmach.files import write_atomic

    if output is not None:
        write_atomic(output, lines if isinstance(lines, bytes) else "".join(f"{line}\n" for line in lines))
    elif not isinstance(lines, bytes):
        for line in lines:
            click.echo(line)


def _page(groups: Iterable[Group], files: Sequence[File], language: str | None) -> Iterator[str]:
    """The page of `tolmach report`, without findings and glossary."""
    from importlib.metadata import version

    from tolmach.report.build import build
    from tolmach.report.page import page

    corpus = build(groups, lambda: texts.documents(files, language), [str(file.path) for file in files])
    yield page(corpus, version("tolmach")).removesuffix("\n")


def _language_of(files: Iterable[File], language: str | None) -> Callable[[str], str]:
    """What tells the language of the text with a path: the option, else the beginning of the text."""
    by_path = {str(file.path): file for file in files}

    @cache
    def told(path: str) -> str:
        for document in texts.documents([by_path[path]], language):
            found = max(document.passages, key=lambda passage: len(passage.text), default=None)
            if found is not None:
                return found.language
        return ""

    return told


def _json(groups: Iterable[Group]) -> Iterator[str]:
    """The document that measuring scripts read, one group a line."""
    lines = (_SURROGATE.sub(_escape, json.dumps(_plain(group), ensure_ascii=False)) for group in groups)
    line = next(lines, "")  # before anything is written: unreadable texts are told by an error alone
    yield f'{{"schema": {json.dumps(SCHEMA)}, "groups": ['
    for following in lines:
        yield f"{line},"
        line = following
    if line:
        yield line
    yield "]}"


def _escape(surrogate: re.Match[str]) -> str:
    return f"\\u{ord(surrogate[0]):04x}"


def _plain(group: Group) -> dict[str, object]:
    return {
        "id": group.id,
        "kind": group.kind,
        "confidence": group.confidence,
        "original": dict(group.original),
        "reasons": list(group.reasons),
        "forms": [_plain_form(form) for form in group.forms],
        "proposal": dict(group.proposal),
    }


def _plain_form(form: Form) -> dict[str, object]:
    return {
        "form": form.form,
        "count": form.count,
        "sources": dict(form.sources),
        "systems": list(form.systems),
        "classification": form.classification,
        "reason": form.reason,
        "occurrences": [
            {"path": one.path, "start": one.start, "end": one.end, "text": one.text} for one in form.occurrences
        ],
    }


def _report(groups: Iterable[Group]) -> Iterator[str]:
    """One block a group: its heading, a line for each form, the proposal."""
    number = 0
    for number, group in enumerate(groups, start=1):
        if number > 1:
            yield ""
        yield from map(visible, _block(group))
    if not number:
        note(_("no name is written in several ways"))


def _block(group: Group) -> Iterator[str]:
    heading = _("{form}  ({kind}, confidence {confidence})")
    yield heading.format(form=group.forms[0].form, kind=_kind(group.kind), confidence=f"{group.confidence:.2f}")
    width = max(len(form.form) for form in group.forms)
    for form in group.forms:
        count = plural("{count} time", "{count} times", form.count).format(count=form.count)
        yield f"    {form.form:<{width}}  {_word(form.classification)}: {form.reason}"
        yield f"    {'':<{width}}  {count}: {_sources(form)}"
    if len(group.proposal) > 1:
        told = " · ".join(f"{code} {form}" for code, form in group.proposal)
        yield _("    proposal: {forms}").format(forms=told)
    for reason in group.reasons:
        yield _("    because: {reason}").format(reason=reason)


def _sources(form: Form) -> str:
    ordered = sorted(form.sources, key=lambda source: (-source[1], source[0]))
    names = [f"{Path(path).name} {count}" for path, count in ordered[:_SHOWN]]
    more = len(ordered) - len(names)
    rest = [plural("{count} more text", "{count} more texts", more).format(count=more)] if more else []
    return ", ".join(names + rest)


def _kind(kind: str) -> str:
    return {
        "person": _("person"),
        "place": _("place"),
        "organisation": _("organisation"),
        "term": _("term"),
    }.get(kind, _("other"))


def _word(classification: str) -> str:
    return {
        "main": _("main form"),
        "system": _("another system"),
        "exonym": _("exonym"),
        "renaming": _("renaming"),
        "spelling": _("spelling"),
    }.get(classification, _("probable error"))


COMMAND = variants
