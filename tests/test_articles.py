"""Names in whole articles: found, put together, and nothing put together that is not one (cases/articles.toml)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import pytest

from tolmach.names.variants.find import Choice, find
from tolmach.text.model import Document, Passage

FOLDER = Path(__file__).parent / "cases"
CORPORA = tomllib.loads((FOLDER / "articles.toml").read_text(encoding="utf-8"))["corpus"]
MARK = re.compile(r"\[([^\]|]+)\|([^\]|?]+)(\?)?\]")


@dataclass(frozen=True)
class Marked:
    """A name in a text, and the thing that it names."""

    path: str
    start: int
    end: int
    text: str
    entity: str
    optional: bool


def read(number: int, marked: str) -> tuple[Document, list[Marked]]:
    path, plain, place, found = f"{number}.txt", "", 0, []
    unwrapped = " ".join(marked.split())
    for mark in MARK.finditer(unwrapped):
        plain += unwrapped[place : mark.start()]
        found.append(Marked(path, len(plain), len(plain) + len(mark[1]), mark[1], mark[2], bool(mark[3])))
        plain += mark[1]
        place = mark.end()
    plain += unwrapped[place:]
    return Document(path=path, id=path, format="plain", text=plain, passages=(Passage(plain, "de"),)), found


def overlapping(names: list[Marked], path: str, start: int, end: int) -> Iterator[Marked]:
    return (one for one in names if one.path == path and min(end, one.end) > max(start, one.start))


@pytest.mark.parametrize("corpus", CORPORA, ids=[corpus["title"] for corpus in CORPORA])
def test_names_of_articles(corpus: dict[str, list[str]]) -> None:
    documents, names = [], []
    for number, text in enumerate(corpus["texts"]):
        document, found = read(number, text)
        documents.append(document)
        names += found
    groups = list(find(lambda: documents, Choice(consistent=True)))
    group_of: dict[Marked, str] = {}
    wrong = []
    for group in groups:
        for form in group.forms:
            for one in form.occurrences:
                meant = list(overlapping(names, one.path, one.start, one.end))
                group_of.update((name, group.id) for name in meant)
                if not meant:
                    wrong.append(one.text)
    wanted = [name for name in names if not name.optional]
    assert len(set(wanted) & set(group_of)) >= 0.95 * len(wanted)
    assert len(wrong) <= 0.05 * len(names), wrong
    pairs = list(combinations(sorted({(name.text, name.entity, group_of.get(name, "")) for name in wanted}), 2))
    merged = [(one[0], other[0]) for one, other in pairs if one[1] != other[1] and one[2] == other[2] != ""]
    assert not merged
    same = [(one[0], other[0], one[2] == other[2] != "") for one, other in pairs if one[1] == other[1]]
    assert sum(together for *_pair, together in same) >= 0.85 * len(same), [pair for pair in same if not pair[2]]
