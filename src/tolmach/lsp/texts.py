"""The texts that are open in an editor: what each is called, in which format it is read, and what stands in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from tolmach.files import load_table
from tolmach.lsp.positions import Change, Lines
from tolmach.text import formats


@dataclass(frozen=True)
class OpenText:
    """A text as the editor shows it, saved or not; `language_id` is what the editor takes it for."""

    uri: str
    language_id: str
    version: int
    lines: Lines

    @property
    def path(self) -> Path | None:
        """Where the file stands; None for a text that is no file."""
        return path_of(self.uri)

    @property
    def name(self) -> str:
        """The path, or what else it is called, with an ending that a format is known by; "" where there is none."""
        path = self.path
        name = str(path) if path else _last_part(self.uri)
        if PurePosixPath(name).suffix.lower() in formats.by_suffix():
            return name
        ending = load_table(__package__, "languages.toml")["endings"].get(self.language_id, "")
        return f"{name}{ending}" if ending else ""

    def changed(self, changes: Iterable[Change], version: int) -> OpenText:
        """The text after these changes."""
        return replace(self, version=version, lines=self.lines.changed(changes))


def path_of(uri: str) -> Path | None:
    """The file that a URI names; None for what is no file, or no URI.

    >>> path_of("untitled:Untitled-1"), path_of("http://[")
    (None, None)
    """
    try:
        parts = urlsplit(uri)
    except ValueError:
        return None
    if parts.scheme != "file" or not parts.path:
        return None
    server = f"//{parts.netloc}" if parts.netloc and parts.netloc != "localhost" else ""
    path = Path(url2pathname(f"{server}{parts.path}"))
    return path if path.is_absolute() and path.name and "\0" not in path.name else None


def _last_part(uri: str) -> str:
    try:
        path = urlsplit(uri).path
    except ValueError:
        path = ""
    return PurePosixPath(unquote(path).replace("\0", "")).name or "untitled"
