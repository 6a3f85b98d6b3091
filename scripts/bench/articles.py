"""The reviewed translations of the articles with garbled names, to be repaired and measured.

    .venv/bin/python scripts/bench/articles.py FOLDER
    cp -r FOLDER/drafts FOLDER/repaired
    tolmach repair FOLDER/repaired/*/*.po
    tolmach evaluate FOLDER/drafts FOLDER/repaired --reference translations

Half of the names and terms of the glossary are written as engines write them: left in the source's letters or in
English, misspelt, transcribed otherwise, as the glossary does not want it. Everything else is perfect, so that these
are no drafts of an engine: they show what repairing does to the names of articles, and that it leaves the rest alone.
"""

import random
import sys
from pathlib import Path

from ablation_sets import HOUSE, _respelled

from tolmach.files import write_atomic
from tolmach.glossary.find import Finder
from tolmach.glossary.load import load
from tolmach.memory import po

ROOT = Path(__file__).resolve().parents[2]
SHARE = 0.5


def garbled(text, language, finder, rng):
    """The text with half of its names and terms in another spelling."""
    for hit in sorted(finder.find(text, language), key=lambda hit: -hit.span.start):
        written = text[hit.span.start : hit.span.end]
        new = _other(hit, written, language, rng) if rng.random() < SHARE else written
        text = text[: hit.span.start] + new + text[hit.span.end :]
    return text


def _other(hit, written, language, rng):
    unwanted = [one.form for one in hit.concept.designations[language] if one.form and not one.status.wanted]
    ways = [lambda: rng.choice(unwanted)] if unwanted else []
    if hit.concept.kind in ("person", "place") and language in HOUSE["misspelt"]:
        foreign = next(
            (one.form for one in hit.concept.wanted("en" if language == "ru" else "de") if one.form), written
        )
        ways += [lambda: foreign]
        ways += [lambda way=way: _respelled(written, HOUSE[way][language]) for way in ("misspelt", "transcribed")]
    return rng.choice(ways)() if ways else written


def main(folder):
    """Write the garbled translations as drafts."""
    finder, rng = Finder(load([str(ROOT / "glossary")])), random.Random(7)
    for path in sorted((ROOT / "translations").glob("??/*.po")):
        file = po.read(path)
        for entry in file:
            if entry.msgstr and not entry.fuzzy:
                entry.msgstr = garbled(entry.msgstr, path.parent.name, finder, rng)
                entry.flags.append("fuzzy")
        target = folder / "drafts" / path.relative_to(ROOT / "translations")
        target.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(target, po.render(file))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
