"""One glossary file: TOML into concepts, every problem reported with its line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, get_args

from tolmach.errors import TolmachError
from tolmach.files import parse_toml
from tolmach.glossary.model import Concept, Designation, Examples, Homograph, Kind, State, Status, Validity
from tolmach.messages import _

_LANGUAGE = re.compile(r"[a-z]{2,3}")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_FILE_KEYS = ("title", "description", "licence", "concept")


@dataclass
class _Reader:
    """Reads the tables of one file and collects its problems."""

    path: str
    lines: dict[tuple[int, str, int], int]
    problems: list[TolmachError] = field(default_factory=list)

    def complain(self, message: str, place: tuple[int, str, int], hint: str = "") -> None:
        line = self.lines.get(place) or self.lines.get((place[0], "", 0))
        self.problems.append(TolmachError(message, path=self.path, line=line, hint=hint or _("see glossary/README.md")))

    def fields(
        self, table: Mapping[str, Any], checks: Mapping[str, Callable[[Any], Any]], place: tuple[int, str, int]
    ) -> dict[str, Any]:
        """The known keys of a table, each checked and converted; unknown keys and wrong values are problems."""
        result: dict[str, Any] = {}
        for key, value in table.items():
            if key not in checks:
                hint = _("known: {keys}").format(keys=", ".join(sorted(checks)))
                if isinstance(value, list) and value and isinstance(value[0], dict):
                    hint = _(
                        'languages are two small letters: [[concept.de]]; a region is written as variety = "de-CH"'
                    )
                self.complain(_("unknown key {key}").format(key=repr(key)), place, hint)
                continue
            try:
                result[key] = checks[key](value)
            except (ValueError, TypeError) as error:
                self.complain(_("bad value for {key}: {reason}").format(key=key, reason=error), place)
        return result


def parse(content: bytes, path: str) -> tuple[list[Concept], list[TolmachError]]:
    """The concepts of a glossary file and all its problems."""
    try:
        tables = parse_toml(content, path)
    except TolmachError as error:
        return [], [error]
    reader = _Reader(path, _lines(content.decode("utf-8-sig")))
    for key in tables:
        if key not in _FILE_KEYS:
            reader.problems.append(
                TolmachError(
                    _("unknown key {key}").format(key=repr(key)),
                    path=path,
                    hint=_("known: {keys}").format(keys=", ".join(_FILE_KEYS)),
                )
            )
    entries = tables.get("concept", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        reader.problems.append(
            TolmachError(_("concepts are written as [[concept]]"), path=path, hint=_("see glossary/README.md"))
        )
        return [], reader.problems
    return _concepts(reader, entries), reader.problems


def build(
    tables: Iterable[Mapping[str, Any]], path: str, lines: Mapping[tuple[int, str, int], int]
) -> tuple[list[Concept], list[TolmachError]]:
    """The concepts that such tables say, wherever they come from, and all their problems.

    `lines` has where each table stands: (number of the concept, language, number of the designation), with the language
    "" for the concept itself.
    """
    reader = _Reader(path, dict(lines))
    return _concepts(reader, tables), reader.problems


def _concepts(reader: _Reader, tables: Iterable[Mapping[str, Any]]) -> list[Concept]:
    found = (_concept(reader, table, number) for number, table in enumerate(tables))
    return [concept for concept in found if concept is not None]


def _lines(content: str) -> dict[tuple[int, str, int], int]:
    """Line of each table: (concept number, language, designation number) → line; language "" is the concept itself."""
    lines: dict[tuple[int, str, int], int] = {}
    concept = -1
    counts: dict[str, int] = {}
    for number, line in enumerate(content.split("\n"), 1):
        found = re.match(r"\s*\[\[\s*concept(?:\.(\w+))?\s*\]\]", line)
        if not found:
            continue
        if found[1] is None:
            concept += 1
            counts = {}
            lines[concept, "", 0] = number
        else:
            lines[concept, found[1], counts.get(found[1], 0)] = number
            counts[found[1]] = counts.get(found[1], 0) + 1
    return lines


def _concept(reader: _Reader, table: Mapping[str, Any], number: int) -> Concept | None:
    place = (number, "", 0)
    languages = [key for key in table if _LANGUAGE.fullmatch(key) and isinstance(table[key], list)]
    values = reader.fields({key: value for key, value in table.items() if key not in languages}, _CONCEPT, place)
    for key in ("id", "kind"):
        if key not in table:
            reader.complain(_("the concept has no {key}").format(key=key), place)
    designations = {language: tuple(_designations(reader, table[language], number, language)) for language in languages}
    if not languages:
        reader.complain(
            _("the concept has no designation in any language"), place, _("add [[concept.de]] with form and status")
        )
    if "id" not in values or "kind" not in values:
        return None
    line = reader.lines.get(place, 0)
    return Concept(designations=designations, path=reader.path, line=line, **values)


def _designations(reader: _Reader, tables: list[Any], number: int, language: str) -> Iterator[Designation]:
    for index, table in enumerate(tables):
        place = (number, language, index)
        if not isinstance(table, dict):
            reader.complain(_("a designation is a table: [[concept.{language}]]").format(language=language), place)
            continue
        values = reader.fields(table, _DESIGNATION, place)
        if "status" not in table:
            reader.complain(
                _("the designation has no status"), place, _("one of preferred, admitted, deprecated, forbidden")
            )
        if "form" not in table and "given" not in table:
            reader.complain(_("the designation has no form"), place)
        if values.get("homograph") == "word" and not values.get("near"):
            reader.complain(_("a homograph of kind word needs near"), place)
        if "status" in values:
            yield Designation(**{"form": "", **values})


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(_("text expected"))
    if not value.strip() or value != value.strip():
        raise ValueError(_("empty, or blanks around it"))
    return value


def _name(value: Any) -> str:
    name = _text(value)
    if not any(sign.isalnum() for sign in name) or any(unicodedata.category(sign) == "Cc" for sign in name):
        raise ValueError(_("letters expected, all on one line"))
    return name


def _names(value: Any) -> tuple[str, ...]:
    return tuple(_name(entry) for entry in _texts(value))


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError(_("a list of texts expected"))
    return tuple(_text(entry) for entry in value)


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(_("true or false expected"))
    return value


def _one_of(*choices: str) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        if value not in choices:
            raise ValueError(_("one of {choices} expected").format(choices=", ".join(choices)))
        return str(value)

    return check


def _status(value: Any) -> Status:
    return Status(_one_of(*(status.value for status in Status))(value))


def _id(value: Any) -> str:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise ValueError(_("small letters, digits and single hyphens expected"))
    return value


def _by_language(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not all(_LANGUAGE.fullmatch(key) for key in value):
        raise TypeError(_("a table of language codes expected"))
    return {key: _text(text) for key, text in value.items()}


def _examples(value: Any) -> dict[str, Examples]:
    if not isinstance(value, dict):
        raise TypeError(_("a table of languages expected"))
    result = {}
    for language, lists in value.items():
        if not isinstance(lists, dict) or set(lists) - {"ok", "flag"}:
            raise ValueError(_("ok and flag expected"))
        examples = Examples(_texts(lists.get("ok", [])), _texts(lists.get("flag", [])))
        if any("[" not in text or "]" not in text for text in examples.flag):
            raise ValueError(_("in flag, brackets must mark what is unwanted"))
        result[language] = examples
    return result


def _share(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(_("a number expected"))
    if not 0 <= value <= 1:
        raise ValueError(_("a number from 0 to 1 expected"))
    return float(value)


def _counts(value: Any) -> tuple[tuple[str, int], ...]:
    if not isinstance(value, dict) or not all(type(count) is int and count > 0 for count in value.values()):
        raise TypeError(_('a table of texts and counts expected: { "a.txt" = 9 }'))
    return tuple(value.items())


def _validities(value: Any) -> tuple[Validity, ...]:
    if not isinstance(value, list):
        raise TypeError(_("a list of { from = date, until = date } expected"))
    return tuple(_validity(stretch) for stretch in value)


def _validity(stretch: Any) -> Validity:
    if not isinstance(stretch, dict) or not stretch or set(stretch) - {"from", "until"}:
        raise ValueError(_("from and until expected"))
    first, last = stretch.get("from"), stretch.get("until")
    if any(day is not None and type(day) is not date for day in (first, last)):
        raise TypeError(_("dates are written 2019-03-23, without quotation marks"))
    if first and last and last < first:
        raise ValueError(_("the range is upside down"))
    return Validity(first, last)


_CONCEPT: dict[str, Callable[[Any], Any]] = {
    "id": _id,
    "kind": _one_of(*get_args(Kind)),
    "gender": _one_of("m", "f"),
    "original": _by_language,
    "note": _text,
    "definition": _text,
    "sources": _texts,
    "state": _one_of(*get_args(State)),
    "confidence": _share,
    "do_not_translate": _truth,
    "examples": _examples,
}
_DESIGNATION: dict[str, Callable[[Any], Any]] = {
    "form": _name,
    "status": _status,
    "given": _name,
    "patronymic": _name,
    "system": _text,
    "reason": _text,
    "source": _text,
    "variety": _text,
    "gender": _one_of("m", "f", "n"),
    "number": _one_of("sg", "pl"),
    "indeclinable": _truth,
    "valid": _validities,
    "forms": _names,
    "keeps": _names,
    "keeps_quoted_after": _names,
    "homograph": _one_of(*get_args(Homograph)),
    "near": _names,
    "found": _counts,
}
