"""Evaluations of drafts as a table, as JSON and as lines with tabs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tolmach.cli.show import visible
from tolmach.files import version
from tolmach.messages import _
from tolmach.text.columns import width
from tolmach.translate.evaluate import STATUSES, Evaluation, changes, signatures

_QUALITY = ("BLEU", "chrF", "chrF2++")


@dataclass(frozen=True, slots=True)
class System:
    """The drafts of one engine or setting: each document, and all of a language together."""

    name: str
    documents: tuple[Evaluation, ...]
    sums: tuple[Evaluation, ...]


def as_table(systems: Sequence[System]) -> Iterator[str]:
    """The lines of a table for people."""
    heading = [_("drafts"), *_QUALITY, _("terms"), _("preferred"), _("right form"), _("consistent"), _("told")]
    for system in systems:
        rows = [[visible(system.name), *heading]]
        rows += [_row(one) for one in (*system.documents, *system.sums)]
        if not any(one.told for one in system.sums):
            rows = [row[:-1] for row in rows]
        if not any(one.terms for one in system.sums):
            rows = [row[:5] for row in rows]
        yield from _aligned(rows)
        yield from _changes(systems[0], system)
        yield ""
    yield from (f"{name}: {signature}" for name, signature in signatures().items())


def _row(one: Evaluation) -> list[str]:
    quality = one.quality()
    told = ", ".join(f"{one.told[status]} {status}" for status in STATUSES if one.told[status])
    return [
        visible(f"{one.document} ({one.language})" if one.language else one.document),
        f"{len(one.drafts)}/{one.sentences}",
        *(f"{quality[name]:.1f}" if name in quality else "-" for name in _QUALITY),
        str(one.terms),
        *("-" if share is None else f"{share:.3f}" for share in (one.success, one.right_form, one.consistency)),
        told or "-",
    ]


def _aligned(rows: list[list[str]]) -> Iterator[str]:
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        first, *others = (" " * (size - width(cell)) + cell for cell, size in zip(row, widths, strict=True))
        yield "  ".join([row[0] + " " * (len(first) - len(row[0])), *others]).rstrip()


def _changes(first: System, system: System) -> Iterator[str]:
    for before, after in zip(first.sums, system.sums, strict=False):
        changed = changes(before, after) if system is not first and before.language == after.language else None
        if changed is not None:
            mended, harmed = changed
            yield _("{language}: beside {first}, {mended} terms mended, {harmed} harmed ({rate:.1f} per 1,000)").format(
                language=after.language,
                first=visible(first.name),
                mended=mended,
                harmed=harmed,
                rate=1000 * harmed / max(1, after.terms),
            )


def as_json(systems: Sequence[System]) -> str:
    """One JSON object."""
    listed = [
        {
            "drafts": system.name,
            "documents": list(map(_object, system.documents)),
            "sums": [_object(one) | _changed(systems[0], one) for one in system.sums],
        }
        for system in systems
    ]
    answer = {"schema": "tolmach.evaluate/1", "version": version(), "systems": listed, "signatures": signatures()}
    return json.dumps(answer, ensure_ascii=False, indent=2)


def _object(one: Evaluation) -> dict[str, Any]:
    return {
        "document": one.document,
        "language": one.language,
        "sentences": one.sentences,
        "drafted": len(one.drafts),
        "quality": {name: round(score, 3) for name, score in one.quality().items()},
        "terms": one.terms,
        "preferred": _rounded(one.success),
        "right_form": _rounded(one.right_form),
        "consistency": _rounded(one.consistency),
        "told": {status: one.told[status] for status in STATUSES},
    }


def _changed(first: System, one: Evaluation) -> dict[str, int]:
    for before in first.sums:
        changed = changes(before, one) if before is not one and before.language == one.language else None
        if changed is not None:
            return {"mended": changed[0], "harmed": changed[1]}
    return {}


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def as_lines(systems: Sequence[System]) -> Iterator[str]:
    """Lines with tabs, the first of which names the columns."""
    columns = (
        "document",
        "language",
        "sentences",
        "drafted",
        *_QUALITY,
        "terms",
        "preferred",
        "right_form",
        "consistency",
        *STATUSES,
    )
    yield "\t".join(("drafts", *columns))
    for system in systems:
        for one in (*system.documents, *system.sums):
            found = _object(one)
            values = found | found["quality"] | found["told"]
            cells = [system.name, *map(values.get, columns)]
            yield "\t".join("" if cell is None else visible(str(cell)) for cell in cells)
