"""Settings: `tolmach.toml`, or `[tool.tolmach]` in pyproject.toml, found upwards from the working directory."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal, get_args

from tolmach.errors import TolmachError, raise_all
from tolmach.files import Limits, parse_toml, read_bytes
from tolmach.messages import _, unknown

FILE_NAME = "tolmach.toml"
PROJECT = "pyproject.toml"
LANGUAGE_CODE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_LARGEST = 1_000_000
Severity = Literal["error", "warning", "hint"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)


@dataclass(frozen=True)
class Config:
    """What the configuration file says; paths in it count from `folder`, the folder of the file (None: no file found).

    `glossary` names the layers, `sources` the texts to translate, `translations` the folder of their PO files,
    `languages` the source language and then the target languages, `language_of` gives languages to path patterns
    (`"seeds/*.txt" = "de"`, see `text.globs`), `encoding_of` encodings. `exclude` are patterns of what is passed over
    in folders, as .gitignore files are with `gitignore`. `ignore_in` and `severity_in` say of the rules what holds in
    some files only. `transcription` is the style of transcribed names (`duden`, `wikipedia`, the last part of a
    system's id; empty: the usual system of the languages), `limits` the largest inputs. Of several patterns that fit,
    the first counts.
    """

    folder: Path | None = None
    path: Path | None = None
    glossary: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    translations: str = "translations"
    languages: tuple[str, ...] = ("de", "en", "ru")
    language_of: Mapping[str, str] = field(default_factory=dict)
    encoding_of: Mapping[str, str] = field(default_factory=dict)
    exclude: tuple[str, ...] = ()
    gitignore: bool = True
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    ignore_in: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    severity_in: Mapping[str, Mapping[str, Severity]] = field(default_factory=dict)
    transcription: str = ""
    limits: Limits = field(default_factory=Limits)

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


def error(settings: Config, message: str, *names: str, hint: str | None = None) -> TolmachError:
    """What is wrong with the configuration, at the line on which these names (a key, what stands below it) stand."""
    if settings.path is None:
        return TolmachError(message, hint=hint)
    text = read_bytes(settings.path).decode("utf-8-sig", "replace")
    return TolmachError(message, path=_shown(settings.path), line=_line(text, names), hint=hint)


def _line(text: str, names: Sequence[str]) -> int | None:
    """The line on which the first of the names is a key; of the others, the one after that on which they stand."""
    place = max(text.find("[tool.tolmach"), 0)
    for number, name in enumerate(names):
        written = re.escape(name) if number else re.sub("[-_]", "[-_]", name)
        before, after = ("", "") if number else (r"^[^#\n=]*?", r"(?=[\"']?\s*[=.\]])")
        found = re.compile(rf"{before}(?<![\w-]){written}(?![\w-]){after}", re.MULTILINE).search(text, place)
        if found is None:
            return text.count("\n", 0, place) + 1 if number else None
        place = found.end() if number == 0 else found.start()
    return text.count("\n", 0, place) + 1


def _parsed(path: Path) -> dict[str, Any]:
    return parse_toml(read_bytes(path), _shown(path))


def _shown(path: Path) -> Path:
    """The path as short as it can be said in the working directory."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


class _WrongError(Exception):
    """A value that cannot be: why, and the names below its key under which it stands."""

    def __init__(self, reason: str, *below: str) -> None:
        super().__init__(reason)
        self.below = below


def _read(path: Path, table: Any) -> Config:
    if not isinstance(table, dict):
        hint = _("write [tool.tolmach] above the settings")
        raise TolmachError(_("tolmach must be a table"), path=_shown(path), hint=hint)
    settings = Config(folder=path.parent, path=path)
    values: dict[str, Any] = {}
    problems: list[TolmachError] = []
    for key, value in table.items():
        name = key.replace("-", "_")
        if name not in KEYS:
            problems.append(error(settings, _("unknown key {key}").format(key=repr(key)), key, hint=_no_key(key)))
            continue
        if name in values:
            problems.append(
                error(settings, _("{key} stands here twice").format(key=name), key, hint=_("leave one of them out"))
            )
        try:
            values[name] = KEYS[name].read(value)
        except _WrongError as wrong:
            message = _("bad value for {key}: {reason}").format(key=key, reason=wrong)
            hint = _("example: {key} = {example}").format(key=key, example=KEYS[name].example)
            problems.append(error(settings, message, key, *wrong.below, hint=hint))
    raise_all(problems)
    return replace(settings, **values)


def _no_key(key: str) -> str:
    if key == "tool":
        return _("in {file} the keys stand without [tool.tolmach]").format(file=FILE_NAME)
    return unknown(key.replace("-", "_"), sorted(KEYS))


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise _WrongError(_("text expected"))
    return value


def _texts(value: Any) -> tuple[str, ...]:
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list):
        raise _WrongError(_("a list of texts expected"))
    return tuple(_text(entry) for entry in values)


def _switch(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _WrongError(_("true or false expected"))
    return value


def _code(value: Any) -> str:
    code = _text(value)
    if not LANGUAGE_CODE.fullmatch(code):
        raise _WrongError(_("{code} is no language code").format(code=repr(code)), code)
    return code


def _codes(value: Any) -> tuple[str, ...]:
    return tuple(_code(entry) for entry in _texts(value))


def _encoding(value: Any) -> str:
    name = _text(value)
    with suppress(UnicodeError):
        try:
            b"a".decode(name)
        except LookupError:
            raise _WrongError(_("{name} is no encoding").format(name=repr(name)), name) from None
    found = codecs.lookup(name).name
    # Without a byte order mark these would mean «as this computer has it».
    return f"{found}-le" if found in ("utf-16", "utf-32") else found


def _severity(value: Any) -> str:
    if value not in SEVERITIES:
        choices = ", ".join(SEVERITIES)
        reason = _("one of {choices} expected, not {wrong}").format(choices=choices, wrong=value)
        raise _WrongError(reason, str(value))
    return str(value)


def _table(read: Callable[[Any], Any], expected: str) -> Callable[[Any], dict[str, Any]]:
    """A reader of tables whose values are read by `read`; `expected` says what stands there."""

    def table(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise _WrongError(expected)
        found = {}
        for key, entry in value.items():
            try:
                found[key] = read(entry)
            except _WrongError as wrong:
                raise _WrongError(str(wrong), key, *wrong.below) from None
        return found

    return table


def _by_path(read: Callable[[Any], Any]) -> Callable[[Any], dict[str, Any]]:
    """A reader of tables by path patterns."""
    inner = _table(read, _("a table with path patterns expected"))

    def table(value: Any) -> dict[str, Any]:
        found = inner(value)
        for pattern in found:
            if pattern.startswith("!") or not pattern.strip("/\\"):
                raise _WrongError(_("{pattern} is no path pattern").format(pattern=repr(pattern)), pattern)
        return found

    return table


def _limits(value: Any) -> Limits:
    if not isinstance(value, dict):
        raise _WrongError(_("a table of limits expected"))
    names = [one.name for one in fields(Limits)]
    for name, megabytes in value.items():
        if name not in names:
            raise _WrongError(unknown(name, names), name)
        if type(megabytes) is not int or not 0 < megabytes <= _LARGEST:
            raise _WrongError(_("a number of MB from 1 to {largest} expected").format(largest=_LARGEST), name)
    return Limits(**value)


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the configuration: what reads its value, and an example of one (TOML)."""

    read: Callable[[Any], Any]
    example: str


KEYS = {
    "glossary": Key(_texts, '["starter", "glossary"]'),
    "sources": Key(_texts, '["texts"]'),
    "translations": Key(_text, '"translations"'),
    "languages": Key(_codes, '["de", "en", "ru"]'),
    "language_of": Key(_by_path(_code), '{ "texts/ru/**" = "ru", "*.txt" = "de" }'),
    "encoding_of": Key(_by_path(_encoding), '{ "archive/**" = "windows-1251" }'),
    "exclude": Key(_texts, '["drafts/", "*.bak.txt"]'),
    "gitignore": Key(_switch, "false"),
    "select": Key(_texts, '["all"]'),
    "ignore": Key(_texts, '["term-missing"]'),
    "severity": Key(_table(_severity, _("a table of rules expected")), '{ "deprecated-term" = "error" }'),
    "ignore_in": Key(_by_path(_texts), '{ "archive/**" = ["quotes", "dashes"] }'),
    "severity_in": Key(
        _by_path(_table(_severity, _("a table of rules expected"))), '{ "archive/**" = { "outdated-name" = "hint" } }'
    ),
    "transcription": Key(_text, '"duden"'),
    "limits": Key(_limits, "{ file = 1024 }"),
}
"""All keys, by name; in a file a hyphen may stand for `_`."""
