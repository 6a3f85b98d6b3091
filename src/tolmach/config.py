"""Settings: `tolmach.toml`, or `[tool.tolmach]` in pyproject.toml, found upwards from the working directory."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

from tolmach.errors import TolmachError, raise_all
from tolmach.files import parse_toml, read_bytes
from tolmach.messages import _

FILE_NAME = "tolmach.toml"
PROJECT = "pyproject.toml"
LANGUAGE_CODE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
Severity = Literal["error", "warning", "hint"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)


@dataclass(frozen=True)
class Config:
    """What the configuration file says; paths in it count from `folder`, the folder of the file (None: no file found).

    `glossary` names the layers, `sources` the texts to translate, `translations` the folder of their PO files,
    `languages` the source language and then the target languages, `language_of` gives languages to path patterns
    (`"seeds/*.txt" = "de"`), `transcription` is the style of transcribed names (`duden`, `wikipedia`, the last part of
    a system's id; empty: the usual system of the languages).
    """

    folder: Path | None = None
    path: Path | None = None
    glossary: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    translations: str = "translations"
    languages: tuple[str, ...] = ("de", "en", "ru")
    language_of: Mapping[str, str] = field(default_factory=dict)
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    transcription: str = ""

    def locate(self, name: str) -> Path:
        """A path of the configuration, seen from the working directory."""
        path = Path(name)
        if path.is_absolute() or self.folder is None:
            return path
        joined = self.folder / path
        try:
            return joined.relative_to(Path.cwd())
        except ValueError:
            return joined


def primary(code: str) -> str:
    """The language without its variety: `de` for `de-CH`."""
    return code.partition("-")[0].lower()


def find(start: Path) -> Config:
    """The configuration in force in the folder `start`; raises TolmachError for a malformed one."""
    for folder in (start, *start.parents):
        own = folder / FILE_NAME
        if own.is_file():
            return _read(own, _parsed(own))
        project = folder / PROJECT
        if project.is_file() and (table := _of_project(project)) is not None:
            return _read(project, table)
    return Config()


def load(path: Path) -> Config:
    """The configuration in that file, a pyproject.toml or one of our own; raises TolmachError for a malformed one."""
    table = _of_project(path) if path.name == PROJECT else _parsed(path)
    return _read(path, {} if table is None else table)


def _of_project(path: Path) -> Any:
    """The table in a pyproject.toml that is meant for us; None without one."""
    tools = _parsed(path).get("tool", {})
    return tools.get("tolmach") if isinstance(tools, dict) else None


def _parsed(path: Path) -> dict[str, Any]:
    return parse_toml(read_bytes(path), path)


def _read(path: Path, table: Any) -> Config:
    if not isinstance(table, dict):
        raise TolmachError(_("tolmach must be a table"), path=path, hint=_("write [tool.tolmach] above the settings"))
    values: dict[str, Any] = {}
    problems: list[TolmachError] = []
    for key, value in table.items():
        check = _KEYS.get(key.replace("-", "_"))
        if check is None:
            problems.append(
                TolmachError(
                    _("unknown key {key}").format(key=repr(key)),
                    path=path,
                    hint=_("known: {keys}").format(keys=", ".join(sorted(_KEYS))),
                )
            )
            continue
        try:
            values[key.replace("-", "_")] = check(value)
        except (TypeError, ValueError) as error:
            message = _("bad value for {key}: {reason}").format(key=key, reason=error)
            hint = _("example: {key} = {example}").format(key=key, example=_EXAMPLES[key.replace("-", "_")])
            problems.append(TolmachError(message, path=path, hint=hint))
    raise_all(problems)
    return Config(folder=path.parent, path=path, **values)


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise TypeError(_("text expected"))
    return value


def _texts(value: Any) -> tuple[str, ...]:
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list):
        raise TypeError(_("a list of texts expected"))
    return tuple(_text(entry) for entry in values)


def _code(value: Any) -> str:
    code = _text(value)
    if not LANGUAGE_CODE.fullmatch(code):
        raise ValueError(_("{code} is no language code").format(code=repr(code)))
    return code


def _codes(value: Any) -> tuple[str, ...]:
    return tuple(_code(entry) for entry in _texts(value))


def _code_table(value: Any) -> dict[str, str]:
    return {key: _code(entry) for key, entry in _table(value).items()}


def _table(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        raise TypeError(_("a table of texts expected"))
    return {str(key): _text(entry) for key, entry in value.items()}


def _severities(value: Any) -> dict[str, str]:
    table = _table(value)
    if wrong := sorted(set(table.values()).difference(SEVERITIES)):
        raise ValueError(
            _("one of {choices} expected, not {wrong}").format(choices=", ".join(SEVERITIES), wrong=", ".join(wrong))
        )
    return table


_KEYS: dict[str, Callable[[Any], Any]] = {
    "glossary": _texts,
    "sources": _texts,
    "translations": _text,
    "languages": _codes,
    "language_of": _code_table,
    "select": _texts,
    "ignore": _texts,
    "severity": _severities,
    "transcription": _text,
}
_EXAMPLES = {
    "glossary": '["starter", "glossary"]',
    "sources": '["texts"]',
    "translations": '"translations"',
    "languages": '["de", "en", "ru"]',
    "language_of": '{ "texts/*.txt" = "de" }',
    "select": '["all"]',
    "ignore": '["term-missing"]',
    "severity": '{ "deprecated-term" = "error" }',
    "transcription": '"duden"',
}
