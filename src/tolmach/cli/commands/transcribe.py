"""`tolmach transcribe`: names in another alphabet, by the usual or by a named system."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tolmach.cli.batch import answer
from tolmach.cli.options import kind_option, language_code, load_config
from tolmach.cli.show import visible
from tolmach.config import primary
from tolmach.errors import TolmachError
from tolmach.messages import _

if TYPE_CHECKING:
    from tolmach.transcription.established import Established
    from tolmach.transcription.house import Writer
    from tolmach.transcription.system import System

_SCRIPT = len("Latn")
_NARROW = 30  # columns: in fewer the authority of a system cannot be read


@click.command(
    help=_(
        "Write names in another alphabet. Without --system established forms (Москва: Moskau, Александр: Alexander) "
        "win over the usual system for the two languages; with it the system alone decides. Without TEXT, names are "
        "read from standard input, one a line."
    ),
    short_help=_("Write names in another alphabet."),
    epilog=_("Example: tolmach transcribe --from ru --to de 'Касым-Жомарт Токаев'"),
)
@click.argument("texts", metavar="[TEXT]...", nargs=-1)
@click.option("--from", "source", callback=language_code, metavar=_("CODE"), help=_("Language of the names."))
@click.option(
    "--to",
    "target",
    callback=language_code,
    metavar=_("CODE"),
    help=_("Language of the readers, or an alphabet such as kk-Latn."),
)
@click.option("--system", "name", metavar=_("ID|FILE.toml"), help=_("Transcription system; `--list` names them."))
@kind_option
@click.option("--explain", is_flag=True, help=_("Show the rule behind every piece of the name."))
@click.option("--list", "listed", is_flag=True, help=_("List the systems with their authorities."))
def transcribe(
    texts: tuple[str, ...],
    source: str | None,
    target: str | None,
    name: str | None,
    kind: str | None,
    explain: bool,
    listed: bool,
) -> None:
    """Write one transcription for each text."""
    if listed:
        for line in _listing(source, target):
            click.echo(line)
        return
    writer = _writer(source, target, name, kind)
    answer(texts, partial(_explained if explain else _written, writer))


def _writer(source: str | None, target: str | None, name: str | None, kind: str | None) -> Writer:
    from tolmach.transcription.house import Writer, writer
    from tolmach.transcription.system import load

    if name:
        system = load(Path(name) if name.endswith(".toml") else name)
        _refuse_other_languages(system, source, target)
        return Writer(system)
    if not (source and target):
        raise TolmachError(
            _("the languages are missing"), hint=_("say --from ru --to de, or --system ru-de-duden; --list shows all")
        )
    return writer(primary(source), _readers(target), kind, load_config().transcription)


def _readers(code: str) -> str:
    """The language of the readers; an alphabet (kk-Latn) is part of it, a region (de-CH) is not."""
    _language, _dash, variety = code.partition("-")
    return code if len(variety) == _SCRIPT else primary(code)


def _refuse_other_languages(system: System, source: str | None, target: str | None) -> None:
    if (primary(source or system.source), _readers(target or system.target)) != (system.source, system.target):
        raise TolmachError(
            _("{system} writes {source} for {target}").format(
                system=system.id, source=system.source, target=system.target
            ),
            hint=_("leave --from and --to out, or name another system"),
        )


def _written(writer: Writer, lines: Sequence[str], _number: int) -> Iterable[str]:
    return map(writer.write, lines)


def _explained(writer: Writer, lines: Sequence[str], _number: int) -> Iterator[str]:
    """One line for each name: what it becomes, and why, word by word and piece by piece."""
    for line in lines:
        reasons = (_reason(*piece) for piece in writer.pieces(line))
        yield f"{visible(writer.write(line))}\t{visible('; '.join(reasons))}"


def _reason(original: str, form: str, authority: Established | System) -> str:
    from tolmach.transcription.established import Established

    if isinstance(authority, Established):
        relations = {"exonym": _("exonym"), "established": _("established form"), "native": _("native name")}
        relation = relations[authority.relation]
        native = f" {authority.form}" if authority.relation == "native" else ""
        return f"{original} → {form} ({relation}{native}: {authority.authority})"
    steps = ", ".join(
        f"{step.source} → {step.target or '–'}{f' ({step.clause})' if step.clause else ''}"
        for step in authority.explain(original).steps
    )
    return f"{authority.id}: {steps}" if steps else ""


def _listing(source: str | None, target: str | None) -> Iterator[str]:
    """A table of the systems, one a line, the usual one of each pair of languages marked; folded on a terminal."""
    from tolmach.transcription.system import systems

    chosen = [
        system
        for system in systems()
        if source in (None, system.source) and (target is None or target in (system.target, primary(system.target)))
    ]
    if not chosen:
        raise TolmachError(
            _("no transcription system writes {source} for {target}").format(
                source=source or "*", target=target or "*"
            ),
            hint=_("`tolmach transcribe --list` shows them all"),
        )
    width = max(len(system.id) for system in chosen)
    widest = max(len(system.title) for system in chosen)
    for system in chosen:
        line = f"{'*' if system.default else ' '} {system.id:{width}}  {system.title:{widest}}  {system.authority}"
        yield from _folded(line, width + widest + 6)
    if any(system.default for system in chosen):
        yield ""
        yield _("* the usual system of its pair of languages")


def _folded(line: str, indent: int) -> list[str]:
    """The line as it fits the terminal, the last column under itself; as it is where nobody looks on."""
    columns = shutil.get_terminal_size().columns
    if not sys.stdout.isatty() or columns < indent + _NARROW:
        return [line]
    return textwrap.wrap(line, columns, subsequent_indent=" " * indent, break_long_words=False)


COMMAND = transcribe
