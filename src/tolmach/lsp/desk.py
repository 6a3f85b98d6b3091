"""What the server knows of the texts that are open; asked from one thread only."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tolmach.lsp.house import Houses, Note, Report
from tolmach.lsp.reading import Placed, Reading, read
from tolmach.lsp.texts import OpenText


class Desk:
    """Reads each state of a text once; `report` and `note` are told of settings and glossaries (see `Houses`)."""

    def __init__(self, cache: Path | None, report: Report, note: Note) -> None:
        self.folders: Sequence[Path] = ()
        self._houses = Houses(cache, report, note)
        self._readings: dict[str, Reading] = {}

    def read(self, text: OpenText) -> Reading | None:
        """The text under the settings of its folder, or for what is no file those of the first workspace folder."""
        path = text.path
        home = path.parent if path else next(iter(self.folders), Path.cwd())
        house = self._houses.of(home)
        if house is None:
            return None
        known = self._readings.get(text.uri)
        if known is None or known.text is not text or known.house is not house:
            found = read(text, house)
            if found is None:
                return None
            known = self._readings[text.uri] = found
        return known

    def check(self, text: OpenText) -> tuple[Reading, Sequence[Placed]] | None:
        """The same with its findings; then the glossary is tried by its own examples."""
        reading = self.read(text)
        if reading is None:
            return None
        found = reading.findings
        self._houses.prove(reading.house)
        return reading, found

    def forget(self, uri: str) -> None:
        """Let a closed text go."""
        self._readings.pop(uri, None)
