"""What `tolmach check` finds in the sentences of a parallel document, noted beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tolmach.config import Config
    from tolmach.glossary.find import Finder
    from tolmach.lint.rule import Side
    from tolmach.parallel.document import Notice, ParallelDocument
    from tolmach.text.model import Document


def with_findings(document: ParallelDocument, finder: Finder, settings: Config) -> ParallelDocument:
    """The document with the findings of the rules that are on, in its columns; each is said once of a sentence."""
    from tolmach.lint import runner
    from tolmach.lint.rule import Run, choose
    from tolmach.parallel.document import Notice

    noted: defaultdict[int, list[Notice]] = defaultdict(list)
    for code in document.languages:
        side: Side = "source" if code == document.original else "target"
        units = _bilingual(document, code)
        rules = runner.surveyed(choose(settings), Run(lambda units=units: [units], finder, side))  # type: ignore[misc]
        for found in runner.check(units, rules, finder, side):
            if found.entry is not None:
                noted[found.entry.index].append(Notice(code, found.severity, found.rule, found.message))
    rows = (replace(row, notices=tuple(dict.fromkeys(noted[number]))) for number, row in enumerate(document.rows))
    return replace(document, rows=tuple(rows))


def _bilingual(document: ParallelDocument, code: str) -> Document:
    """The originals with their translations into this language; with none, if it is that of the original."""
    from tolmach.text.model import Document, Passage, Unit

    def units() -> Iterator[Unit]:
        for number, row in enumerate(document.rows):
            source, target = row.cells[document.original], row.cells[code]
            is_original = code == document.original
            yield Unit(
                number,
                row.id,
                Passage(source.text, document.original),
                Passage("" if is_original else target.text, code),
                number + 1,
                "untranslated" if is_original or target.state == "missing" else target.state,
            )

    return Document(document.id, document.id, "po", "", units=tuple(units()))
