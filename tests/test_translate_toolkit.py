"""What the translate-toolkit (the reader of Weblate, Virtaal, Pootle) finds in our files, and what it makes of them."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest

from test_exchange import DOCUMENTS, back, files
from test_parallel import article
from tolmach.parallel.document import ParallelDocument
from tolmach.text.exchange import legal, pieces

pytest.importorskip("translate", reason="translate-toolkit is not installed")

# name of the format, module and class of the toolkit
READERS = {
    "po": ("pypo", "pofile"),
    "tmx": ("tmx", "tmxfile"),
    "xliff": ("xliff2", "Xliff2File"),
    "xliff12": ("xliff", "Xliff1File"),
}
FORMATS = pytest.mark.parametrize("name", READERS)


def parsed(name: str, content: bytes) -> Any:
    module, reader = READERS[name]
    return getattr(import_module(f"translate.storage.{module}"), reader).parsestring(content)


def units(store: Any) -> list[Any]:
    return [unit for unit in store.units if unit.source and not unit.isheader()]


def written(text: str, name: str) -> str:
    """The text as the format can hold it; the toolkit shows no `cp` of XLIFF 2."""
    if name == "po":
        return text.replace("\0", "\ufffd")
    return "".join(pieces(text)[::2]) if name == "xliff" else legal(text)


@DOCUMENTS
@FORMATS
def test_it_reads_every_sentence_with_its_translation_and_state(document: ParallelDocument, name: str) -> None:
    for ending, content in files(document, name).items():
        language = "en" if name == "tmx" else ending.split(".")[1]
        store = parsed(name, content)
        found = units(store)
        assert [str(unit.source) for unit in found] == [written(row.cells["de"].text, name) for row in document.rows]
        cells = [row.cells[language] for row in document.rows]
        assert [str(unit.target or "") for unit in found] == [written(cell.text, name) for cell in cells]
        if name != "tmx":
            assert store.gettargetlanguage() == language
            assert [unit.isfuzzy() for unit in found if unit.target] == [
                cell.state == "draft" for cell in cells if cell.text
            ]


@DOCUMENTS
@FORMATS
def test_what_it_writes_is_what_we_wrote(document: ParallelDocument, name: str) -> None:
    for ending, content in files(document, name).items():
        assert back(name, ending, bytes(parsed(name, content))) == back(name, ending, content)


@FORMATS
def test_what_it_confirms_and_changes_comes_back(name: str) -> None:
    ending, content = next(iter(files(article(), name).items()))
    store = parsed(name, content)
    first, draft, *_rest = units(store)
    first.target = "Tokayev in Almaty"
    if name != "tmx":
        draft.markfuzzy(False)
    returned = back(name, ending, bytes(store)).units
    assert [unit.id for unit in returned] == [row.id for row in article().rows]
    assert returned[0].texts["en"] == "Tokayev in Almaty"
    assert [returned[0].states["en"], returned[1].states["en"]] == [
        "reviewed",
        "draft" if name == "tmx" else "reviewed",
    ]
    assert [unit.bases["en"] for unit in returned] == [unit.bases["en"] for unit in back(name, ending, content).units]
