"""`tolmach variants`: which spellings in the texts are the same name, found without a glossary."""

from __future__ import annotations

import gc
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tolmach.cli.options import kind_option, language_code, load_config, source_paths
from tolmach.cli.show import note, visible
from tolmach.config import primary
from tolmach.errors import TolmachError, raise_all
from tolmach.messages import _, plural

if TYPE_CHECKING:
    from tolmach.config import Config
    from tolmach.names.variants.find import Form, Group
    from tolmach.text.model import Document
    from tolmach.text.sources import File

SCHEMA = "tolmach.variants/1"
# Names of files that are no UTF-8 hold lone surrogates, which JSON can only write as escapes.
_SURROGATE = re.compile("[\ud800-\udfff]")
_SELDOM = (50_000, 20, 100)
_SHOWN = 3
"""At most so many sources of a form are named in the text report."""


@click.command(
    help=_(
        "Find spellings that are the same name, without any glossary.\n\nPATH is a file or a folder; without one the "
        "configured sources are read. For every name that is written in several ways the report shows who writes what, "
        "what each form is (another system, an exonym, an old name, a habit, a likely error), and a proposal."
    ),
    short_help=_("Find spellings that are the same name."),
    epilog=_("Example: tolmach variants seeds --lang de"),
)
@click.argument("paths", nargs=-1, metavar=_("[PATH]..."))
@click.option("--all", "consistent", is_flag=True, help=_("Also list names with one spelling only."))
@click.option(
    "--min-confidence",
    "confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    metavar="X",
    help=_("Leave out groups less certain than X (0 to 1)."),
)
@kind_option
@click.option(
    "--lang",
    "language",
    callback=language_code,
    metavar=_("CODE"),
    help=_("Language of the texts; default: configuration, name, content."),
)
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
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help=_("How the groups are written."),
)
def variants(
    paths: tuple[str, ...],
    consistent: bool,
    confidence: float,
    kind: str | None,
    language: str | None,
    jobs: int,
    no_occurrences: bool,
    style: str,
) -> None:
    """Write the groups."""
    from tolmach.names.variants.find import Choice, find
    from tolmach.names.variants.reading import LANGUAGES
    from tolmach.text.shares import documents
    from tolmach.text.shares import shares as cut

    if language and primary(language) not in LANGUAGES:
        raise TolmachError(
            _("names are not found in {language}").format(language=language),
            hint=_("the languages are {codes}").format(codes=", ".join(LANGUAGES)),
        )
    settings = load_config()
    files = _files(paths, settings)
    # The text report says in which sources a form stands, not where.
    occurrences = style != "text" and not no_occurrences
    choice = Choice(consistent=consistent, kind=kind, confidence=confidence, occurrences=occurrences)
    shares = [partial(documents, share, language) for share in cut(files)]
    groups = find(lambda: _documents(shares), choice, shares=shares, jobs=jobs)
    # What is read stays to the end: looking for rubbish in it again and again takes a tenth of the time.
    gc.set_threshold(*_SELDOM)
    for line in _json(groups) if style == "json" else _report(groups):
        click.echo(line)


def _files(paths: Sequence[str], settings: Config) -> list[File]:
    """The monolingual files of the paths; what is wrong with paths is raised at once."""
    from tolmach.text import formats, sources

    problems: list[TolmachError] = []
    found = []
    for file in sources.find(source_paths(paths, settings), settings, problems.append):
        if not formats.for_path(str(file.path)).bilingual:
            found.append(file)
        elif file.named:
            problems.append(
                TolmachError(
                    _("this file is bilingual"),
                    path=file.path,
                    hint=_("give texts in one language, or a folder of them"),
                )
            )
    raise_all(problems)
    if not found:
        raise TolmachError(_("there are no texts"), hint=_("name files or folders with texts"))
    return found


def _documents(shares: Iterable[Callable[[], Iterable[Document]]]) -> Iterator[Document]:
    """The documents of all shares; raises every unreadable file at once, at the end."""
    problems: list[TolmachError] = []
    for share in shares:
        try:
            yield from share()
        except TolmachError as problem:
            problems.append(problem)
    raise_all(problems)


def _json(groups: Iterable[Group]) -> Iterator[str]:
    """The document that measuring scripts read, one group a line."""
    yield f'{{"schema": {json.dumps(SCHEMA)}, "groups": ['
    line = ""
    for group in groups:
        if line:
            yield f"{line},"
        line = _SURROGATE.sub(_escape, json.dumps(_plain(group), ensure_ascii=False))
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
