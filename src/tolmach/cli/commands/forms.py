"""`tolmach forms`: a name or term → its forms, and with `--reverse` a printed form → its base."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from tolmach.cli.batch import answer
from tolmach.cli.options import kind_option
from tolmach.messages import _

if TYPE_CHECKING:
    from tolmach.morphology.lexeme import Base, Table

# In German and English these cells always are lists, since several forms are right.
_LISTS = ("gen", "compound", "adjective", "poss")


@click.command(
    help=_("Inflect names and terms: one JSON object a line with the forms of each line of the input."),
    short_help=_("Inflect a name or term, or find its base form."),
    epilog=_("Example: tolmach forms --lang ru --kind person Токаев"),
)
@click.argument("text", nargs=-1)
@click.option(
    "--lang", "language", type=click.Choice(["ru", "de", "en"]), required=True, help=_("Language of the names.")
)
@kind_option
@click.option("--gender", type=click.Choice(["m", "f"]), help=_("Gender of the person (default: guessed)."))
@click.option("--reverse", is_flag=True, help=_("Find the base forms of printed forms, the best first."))
def forms(text: tuple[str, ...], language: str, kind: str | None, gender: str | None, reverse: bool) -> None:
    """Write one JSON object a line."""
    from unicodedata import normalize

    from tolmach.morphology.paradigm import bases, lexeme, table

    def records(lines: Sequence[str], _number: int) -> Iterator[str]:
        for line in lines:
            written = normalize("NFC", line.strip())
            name = " ".join(written.split())
            if reverse:
                record = _reverse_record(written, bases(name, language, kind or "", gender or ""))
            else:
                record = _record(written, table(lexeme(name, language, kind or "", gender or ""), language))
            yield json.dumps(record, ensure_ascii=False)

    answer(text, records)


def _record(text: str, table: Table) -> dict[str, Any]:
    record: dict[str, Any] = {"text": text, "forms": _cells(table.singular)}
    if table.plural:
        record["plural"] = _cells(table.plural)
    admitted = {case: list(forms[1:]) for case, forms in table.singular.items() if forms[1:] and case not in _LISTS}
    if admitted:
        record["admitted"] = admitted
    if table.gender:
        record["gender"] = table.gender
    return record


def _cells(forms: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    return {case: list(texts) if case in _LISTS else texts[0] for case, texts in forms.items()}


def _reverse_record(text: str, found: Iterable[Base]) -> dict[str, Any]:
    return {
        "text": text,
        "bases": [
            {"form": base.form, "case": base.case, "tail": base.tail}
            | ({"number": base.number} if base.number == "pl" else {})
            for base in found
        ],
    }


COMMAND = forms
