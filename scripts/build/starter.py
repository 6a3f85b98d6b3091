"""Write the places of the starter glossary: territories.toml and places.toml, and nationalities.toml.

    uv run python scripts/build/starter.py

The tables of exonyms, CLDR and scripts/build/starter/ say what stands there. Run it after changing any of them; the
tests compare. Persons and bodies have a builder of their own, starter_people.py.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import starter_nationalities
import starter_places
import starter_territories
from starter_toml import document, write

from tolmach.glossary.model import Concept, Designation, Examples, Status

_CAUTION = "common spellings are accepted side by side, only slips and outdated names are not wanted"
_UNWANTED: dict[str, Any] = tomllib.loads(
    (Path(__file__).resolve().parent / "starter" / "unwanted.toml").read_text(encoding="utf-8")
)


def contents() -> dict[str, str]:
    """The text of every file that this builder writes, by its name."""
    return {
        "territories.toml": _document(
            "Territories", "States and other territories of the world in German, English and Russian", _territories()
        ),
        "places.toml": _document(
            "Places", "Cities, regions, lands and waters of the fifteen successor states of the USSR", _places()
        ),
        "nationalities.toml": _document(
            "Nationalities", "Peoples and citizens in German, English and Russian", _nationalities()
        ),
    }


def _document(title: str, description: str, concepts: Sequence[Concept]) -> str:
    return document(title, f"{description}; {_CAUTION}", concepts)


def _territories() -> list[Concept]:
    return [_with_unwanted(concept, _UNWANTED) for concept in starter_territories.concepts()]


def _places() -> list[Concept]:
    return [_with_unwanted(concept, _UNWANTED) for concept in starter_places.concepts()]


def _nationalities() -> list[Concept]:
    return [_with_unwanted(concept, starter_nationalities.CURATED) for concept in starter_nationalities.concepts()]


def _with_unwanted(concept: Concept, listed: Mapping[str, Any]) -> Concept:
    """The concept with the unwanted spellings that are listed for it, and their examples."""
    entries: list[dict[str, Any]] = listed.get(concept.id, [])
    designations, examples = dict(concept.designations), dict(concept.examples)
    for entry in entries:
        language, spellings = entry["language"], entry["spellings"]
        details: dict[str, Any] = {key: tuple(entry[key]) for key in ("near", "keeps", "forms") if key in entry}
        details |= {key: entry[key] for key in ("reason", "homograph") if key in entry}
        wanted = (one for one in designations[language] if one.form not in spellings)
        unwanted = (Designation(form, Status.DEPRECATED, **details) for form in spellings)
        designations[language] = (*wanted, *unwanted)
        known = examples.get(language, Examples())
        examples[language] = Examples(known.ok + tuple(entry["ok"]), known.flag + tuple(entry["flag"]))
    return replace(concept, designations=designations, examples=examples)


def main() -> None:
    """Write the files."""
    write(contents())


if __name__ == "__main__":
    main()
