"""What makes variants fast and small changes no answer: shares, processes, the temporary file, bounded counts."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from functools import partial
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support import run_program
from tolmach.errors import TolmachError
from tolmach.names.mentions.tally import Tally
from tolmach.names.variants.find import Choice, Group, find, gather
from tolmach.names.variants.gathering import Gathering, Name, Occurrence
from tolmach.names.variants.reading import collect, learn
from tolmach.names.variants.spill import Spill
from tolmach.text import formats
from tolmach.text.model import Document
from tolmach.text.shares import Share, documents, shares
from tolmach.text.sources import File, read

TEXTS = {
    "a.txt": "Präsident Kassym-Schomart Tokajew flog nach Minsk. Tokajews Reise nach Weißrussland war kurz.",
    "b.txt": "Kassym-Jomart Tokayev traf in Minsk Karim Massimow. Belarus lobte Tokayev, Massimow schwieg.",
    "c.txt": "Der frühere Geheimdienstchef Karim Maximow sprach mit der Agentur RIA Nowosti in Nur-Sultan.",
    "d.txt": "Das Bündnis OVKS tagte in Astana. Die OVKS und Karim Massimow, so Tokajew, seien in Astana einig.",
}


def cut(folder: Path, *names: str, size: int = 4_000_000) -> list[Share]:
    return list(shares((File(folder / name, name, "de", True) for name in names), size))


def answer(folder: Path, order: tuple[str, ...], jobs: int) -> list[Group]:
    readers = [partial(documents, share) for share in cut(folder, *order)]
    found = find(
        lambda: (one for reader in readers for one in reader()), Choice(consistent=True), shares=readers, jobs=jobs
    )
    return list(found)


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("jobs", [1, 2, 3, 9])
def test_neither_processes_nor_their_order_change_the_answer(jobs: int, texts: Path) -> None:
    wanted = answer(texts, tuple(TEXTS), 1)
    assert any(len(group.forms) > 1 for group in wanted)
    orders = list(permutations(TEXTS))
    for order in orders[:: 1 if jobs == 1 else 12]:
        assert answer(texts, order, jobs) == wanted
    assert not multiprocessing.active_children()


def test_every_unreadable_text_is_told_by_all_processes(texts: Path) -> None:
    (texts / "b.txt").write_bytes("Größe".encode("cp1252"))
    (texts / "d.txt").write_bytes(b"\0\1")
    told = [run_program("variants", ".", "--jobs", jobs, folder=texts) for jobs in ("1", "3")]
    assert told[0] == told[1]
    assert told[0].code == 2 and "b.txt" in told[0].errors and "d.txt" in told[0].errors
    assert not multiprocessing.active_children()


def leave() -> list[Document]:
    os._exit(1)


def test_a_process_that_ends_too_early_is_told() -> None:
    with pytest.raises(TolmachError, match="too early"):
        gather(list, shares=[leave, list], jobs=2)
    assert not multiprocessing.active_children()


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX systems")
def test_an_interruption_ends_all_processes_and_leaves_nothing(texts: Path) -> None:
    (texts / "large.txt").write_text("\n\n".join(TEXTS.values()) * 40_000, encoding="utf-8")
    folder = texts / "temporary"
    folder.mkdir()
    command = [sys.executable, "-m", "tolmach", "variants", ".", "--lang", "de", "--jobs", "2", "--format", "json"]
    program = subprocess.Popen(
        command,
        cwd=texts,
        stderr=subprocess.PIPE,
        env={**os.environ, "LANGUAGE": "en", "TMPDIR": str(folder)},
        start_new_session=True,
    )
    time.sleep(1.5)
    os.killpg(program.pid, signal.SIGINT)
    _output, errors = program.communicate(timeout=30)
    assert program.returncode == 130
    assert errors.decode("utf-8").split() == ["interrupted"]
    with pytest.raises(ProcessLookupError):
        os.killpg(program.pid, 0)
    assert not list(folder.iterdir())


def gathered(texts: Path, kept: int) -> Gathering:
    from tolmach.names.mentions.find import Corpus

    corpus, found = Corpus(), Gathering(kept=kept)
    blocks = [block for share in cut(texts, *TEXTS) for block in documents(share)]
    for block in blocks:
        learn(block, corpus)
    for block in blocks:
        collect(block, corpus, found)
    return found


def places(found: Gathering) -> dict[tuple[str, str], list[Occurrence]]:
    return {name.key: list(found.occurrences([name])) for name in found.names()}


def test_occurrences_on_disk_are_those_in_memory(
    texts: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("spilled")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    kept, spilled = gathered(texts, 10**6), gathered(texts, 2)
    assert sum(map(len, places(kept).values())) > 10
    assert not any(name.spilled for name in kept.names())
    assert any(name.spilled for name in spilled.names())
    assert places(spilled) == places(kept)
    for one in (found for every in places(spilled).values() for found in every):
        assert (texts / one.path).read_text(encoding="utf-8")[one.start : one.end] == one.text
    spilled.close()
    assert not list(folder.iterdir())


def test_what_two_have_gathered_is_one(texts: Path) -> None:
    whole, first, second = gathered(texts, 10**6), Gathering(kept=3), gathered(texts, 2)
    first.merge(*second.export())
    assert places(first) == places(whole)
    first.merge(*second.export())
    assert {name.key: name.count for name in first.names()} == {name.key: 2 * name.count for name in whole.names()}
    assert {key: len(found) for key, found in places(first).items()} == {
        key: 2 * len(found) for key, found in places(whole).items()
    }


@given(st.lists(st.tuples(st.integers(0, 3), st.lists(st.integers(0, 2**63), max_size=5)), max_size=20))
def test_spilled_lists_keep_what_they_are_given(pieces: list[tuple[int, list[int]]]) -> None:
    from array import array

    spill = Spill()
    known, wanted = [0] * 4, [[] for _list in range(4)]  # type: list[int], list[list[int]]
    for number, piece in pieces:
        known[number] = spill.append(known[number], array("Q", piece))
        wanted[number].append(piece)
    for number in range(4):
        assert [list(piece) for piece in spill.read(known[number])][::-1] == wanted[number]
    spill.close()


NAMES = ("Tokajew", "Minsk", "Belarus", "Rat", "Staat", "Astana", "Lew", "Putin", "Kiew", "Riga", "Ost", "West")
words = st.lists(st.sampled_from(NAMES))


@settings(max_examples=200)
@given(st.lists(words, min_size=1, max_size=5), st.integers(1, 14), st.randoms())
def test_counts_depend_on_what_is_counted_alone(parts: list[list[str]], limit: int, chance: object) -> None:
    whole, exact = Tally(limit, columns=64), Counter(word for part in parts for word in part)
    whole.update(exact.elements())
    merged = Tally(limit, columns=64)
    for part in sorted(parts, key=len):
        one = Tally(limit, columns=64)
        for word in part:
            one.update([word])
        merged.merge(one)
    for word in (*exact, "Unbekannt"):
        assert merged[word] == whole[word] >= exact[word]
        assert len(exact) > limit or whole[word] == exact[word]


def test_counts_take_no_more_memory_than_is_allowed() -> None:
    tally = Tally(limit=1000, columns=1 << 12)
    for number in range(50_000):
        tally.update([f"Wort{number}", "Tokajew"])
    assert len(tally._exact) <= 1000
    assert 50_000 <= tally["Tokajew"] < 50_200


@pytest.mark.parametrize("begin", [b"", b"\xef\xbb\xbf"])
def test_a_large_text_in_stretches_is_the_same_text(begin: bytes, tmp_path: Path) -> None:
    sentence = "Präsident Tokajew flog \u201enach Minsk\u201c. Токаев летел. "
    text = "".join(f"{number} {sentence}" + ("\n\n" if number % 7 else " ") for number in range(30_000))
    (tmp_path / "large.txt").write_bytes(begin + text.encode("utf-8"))
    stretches = cut(tmp_path, "large.txt", size=1000)
    assert len(stretches) > 3
    found = [block for share in stretches for block in documents(share)]
    assert found == list(formats.read(read(stretches[0].file)))
    assert "".join(block.text for block in found) == text


@pytest.mark.parametrize("content", ["Größe \0 ".encode(), "Größe ".encode("cp1252"), "Größe ".encode("utf-16")])
def test_what_cannot_be_cut_is_read_as_a_whole(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "large.txt").write_bytes(content * 1000)
    assert [share.end for share in cut(tmp_path, "large.txt", size=1000)] == [0]


def test_a_text_that_changes_meanwhile_is_told(tmp_path: Path) -> None:
    place = tmp_path / "large.txt"
    place.write_text("Größe. " * 1000, encoding="utf-8")
    (share,) = cut(tmp_path, "large.txt", size=1000)
    place.write_bytes("Größe. ".encode("cp1252") * 1000)
    with pytest.raises(TolmachError, match="changed"):
        list(documents(share))
    place.unlink()
    with pytest.raises(TolmachError, match="cannot read"):
        list(documents(share))


def test_the_text_report_keeps_no_occurrences() -> None:
    found = gather(list, occurrences=False)
    assert list(found.occurrences([Name("Minsk", "place")])) == []
