"""Large memories: read as they are written by programs, indexed once, looked up as small ones are."""

import os
import random
import sqlite3
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tolmach.errors import TolmachError
from tolmach.memory import indexing, store
from tolmach.memory.lookup import Memory
from tolmach.memory.model import Entry
from tolmach.memory.store import Store
from tolmach.text import formats, streamed
from tolmach.text.identity import fold

CASES = tomllib.loads((Path(__file__).parent / "cases" / "memory_tmx.toml").read_text(encoding="utf-8"))
UNIT = '<tu><tuv xml:lang="de"><seg>{}</seg></tuv><tuv xml:lang="ru"><seg>{}</seg></tuv></tu>\n'
SENTENCES = [
    ("Präsident Tokajew sprach am Montag in Astana.", "Президент Токаев выступил в понедельник в Астане."),
    ("Präsident Tokajew sprach am Montag in Almaty.", "Президент Токаев выступил в понедельник в Алма-Ате."),
    ("Der Außenminister reiste nach Taschkent.", "Министр иностранных дел отправился в Ташкент."),
    ("Ja.", "Да."),
]


def why(case: dict[str, str]) -> str:
    return case["why"]


def written(path: Path, pairs: list[tuple[str, str]]) -> Path:
    body = "".join(UNIT.format(*pair) for pair in pairs)
    path.write_text(f'<tmx version="1.4"><header srclang="de"/><body>\n{body}</body></tmx>', encoding="utf-8")
    return path


@pytest.fixture
def tmx(tmp_path: Path) -> Path:
    return written(tmp_path / "large.tmx", SENTENCES)


def opened(tmx: Path, reports: list[str] | None = None) -> Store:
    return Store(tmx, "de", "ru", tmx.parent / "cache", None if reports is None else reports.append)


@pytest.fixture
def indexed(tmx: Path) -> Iterator[Store]:
    one = opened(tmx)
    yield one
    one.close()


def index_of(tmx: Path) -> Path:
    (place,) = (tmx.parent / "cache").rglob("*.sqlite")
    return place


# reading


@pytest.mark.parametrize("case", CASES["file"], ids=why)
def test_files_are_read_as_programs_write_them(case: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "x.tmx"
    path.write_bytes(case["text"].encode(case.get("encoding", "utf-8")))
    found = list(streamed.tmx(path, "de", case["to"]))
    assert [[one.source, one.target] for one in found] == case["units"]
    # the slow way, which knows where everything stands, finds the same
    slow = [
        (unit.source.text, unit.target.text, unit.line)
        for document in formats.read(formats.Source("x.tmx", "x", path.read_bytes(), case["to"], "de"))
        for unit in document.units
        if unit.target.text.strip() and unit.target.language[:2] == case["to"] and unit.source.language[:2] == "de"
    ]
    assert [(one.source, one.target, one.line) for one in found] == slow


@pytest.mark.parametrize("case", CASES["hostile"], ids=why)
def test_hostile_files_are_refused_and_leave_no_index(case: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "x.tmx"
    path.write_bytes(case["text"].encode(case.get("encoding", "utf-8")))
    with pytest.raises(TolmachError) as raised:
        Store(path, "de", "ru", tmp_path / "cache")
    assert case["says"] in str(raised.value)
    assert raised.value.hint
    assert not [place for place in (tmp_path / "cache").rglob("*") if place.is_file()]


def test_deep_nesting_is_refused_and_endless_text_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "deep.tmx"
    path.write_text(f"<tmx><body>{'<x>' * 5000}{'</x>' * 5000}</body></tmx>", encoding="utf-8")
    with pytest.raises(TolmachError, match="nested"):
        list(streamed.tmx(path, "de", "ru"))
    path = written(tmp_path / "long.tmx", [("x" * (streamed.LONGEST + 1), "Длинно."), ("Ja.", "Да.")])
    assert [one.source for one in streamed.tmx(path, "de", "ru")] == ["Ja."]


@given(st.lists(st.tuples(st.text("aß <&]>\"'\u00a0я\n", min_size=1), st.text("aя <&>\u2028", min_size=1)), max_size=5))
def test_the_fast_reader_finds_what_the_slow_one_does(pairs: list[tuple[str, str]]) -> None:
    from xml.sax.saxutils import escape

    content = "".join(UNIT.format(*map(escape, pair)) for pair in pairs)
    document = f"<tmx><header srclang='de'/><body>{content}</body></tmx>".encode()
    collector = streamed._Collector(Path("x.tmx"), "de", "ru")
    # in pieces of all sizes
    found = [one for place in range(len(document)) for one in collector.fed(document[place : place + 1])]
    assert [(one.source, one.target) for one in found] == [pair for pair in pairs if pair[1].strip()]


# looking up


@pytest.mark.parametrize("fts", [True, False])
def test_an_index_answers_as_a_small_memory_does(tmx: Path, fts: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "has_fts", lambda: fts)
    large = Memory(stores=[opened(tmx)])
    small = Memory(Entry("", *pair, True, tmx.as_posix(), line) for line, pair in enumerate(SENTENCES, 2))
    for asked in (
        *(source for source, _target in SENTENCES),
        "Nein.",
        "Präsident  Tokajew sprach\nam Montag in Astana.",
    ):
        assert large.exact(asked) == small.exact(asked)
    for asked in (
        "Präsident Putin sprach am Montag in Astana.",
        "Der Außenminister reiste nach Bischkek.",
        "Nein.",
        "…",
    ):
        assert large.fuzzy(asked, 0.6) == small.fuzzy(asked, 0.6)
    for part in ("tokajew", "AM MONTAG IN", "reiste nach Tasch", "nirgends", "Präsident Tokajew sprach"):
        assert large.containing(part) == small.containing(part)
    assert [one.line for one in large.containing("sprach am", most=1)] == [2]


def test_the_houses_own_translations_and_reviewed_ones_come_first(tmx: Path) -> None:
    own = Entry("lage#1", "Ja.", "Именно.", True, "translations/ru/lage.po")
    draft = Entry("lage#1", "Ja.", "Ага.", False, "translations/ru/lage.po")
    found = Memory([own], [opened(tmx)]).exact("Ja.", "lage#1")
    assert found is not None and found.target == "Именно."
    found = Memory([draft], [opened(tmx)]).exact("Ja.", "lage#1")
    assert found is not None and found.target == "Да."


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(st.text(max_size=40))
def test_any_text_may_be_asked_for(indexed: Store, text: str) -> None:
    same = [source for source, _target in SENTENCES if fold(source) == fold(text)]
    assert (indexed.exact(text) is not None) == bool(same)
    assert all(score >= 0.5 for score, _entry in indexed.similar(text, 0.5, 3))
    assert all(fold(text).casefold() in one.source.casefold() for one in indexed.containing(text, 3))


def test_a_very_long_text_may_be_asked_for(indexed: Store) -> None:
    text = " ".join(f"wort{number}" for number in range(20_000))
    assert (indexed.exact(text), indexed.similar(text, 0.5, 3), indexed.containing(text, 3)) == (None, [], [])


def test_words_in_very_many_sentences_do_not_hide_the_similar_one(tmp_path: Path) -> None:
    many = [(f"Der Präsident sprach mit dem Minister {number}.", f"{number}") for number in range(3000)]
    tmx = written(tmp_path / "many.tmx", [*many, ("Der Präsident sprach mit dem Minister Kasachstans.", "Да.")])
    found = opened(tmx).similar("Der Präsident sprach mit dem Minister Usbekistans.", 0.8, 1)
    assert [entry.target for _score, entry in found] == ["Да."]


# the index on disk


def test_an_index_is_made_once_and_anew_when_the_file_changes(tmx: Path) -> None:
    reports: list[str] = []
    opened(tmx, reports).close()
    opened(tmx, reports).close()
    assert len(reports) == 1
    written(tmx, [("Nein.", "Нет.")])
    changed = opened(tmx, reports)
    assert len(reports) == 2
    assert (len(changed), changed.exact("Ja.")) == (1, None)
    Store(tmx, "ru", "de", tmx.parent / "cache", reports.append).close()
    assert len(reports) == 3


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + bytes(8000)])
def test_what_is_no_index_is_replaced(tmx: Path, content: bytes) -> None:
    opened(tmx).close()
    index_of(tmx).write_bytes(content)
    assert len(opened(tmx)) == len(SENTENCES)


@pytest.mark.parametrize("seed", range(25))
def test_a_damaged_index_is_made_anew_or_answers_rightly(tmx: Path, seed: int) -> None:
    opened(tmx).close()
    place, chance = index_of(tmx), random.Random(seed)
    content = bytearray(place.read_bytes())
    for _time in range(8):
        start, length = chance.randrange(100, len(content)), chance.choice([1, 30, 1000])
        content[start : start + length] = chance.randbytes(length)
    place.write_bytes(content)
    one = opened(tmx)
    assert all("sprach" in entry.source for entry in one.containing("sprach", 3))
    for source, target in SENTENCES:
        found = one.exact(source)
        assert found is None or found.target == target
    assert [entry.target for _score, entry in one.similar("Präsident Putin sprach am Montag in Astana.", 0.7, 1)] in (
        [],
        [SENTENCES[0][1]],
    )


def test_a_changed_row_is_noticed(tmx: Path) -> None:
    opened(tmx).close()
    place = index_of(tmx)
    place.write_bytes(place.read_bytes().replace("Министр".encode(), "Монастр".encode()))
    found = opened(tmx).exact(SENTENCES[2][0])
    assert found is not None and found.target == SENTENCES[2][1]


def test_an_index_of_another_version_is_made_anew(tmx: Path) -> None:
    opened(tmx).close()
    place = index_of(tmx)
    connection = sqlite3.connect(place)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    assert len(opened(tmx)) == len(SENTENCES)


def test_leftovers_of_a_killed_run_are_cleared_away(tmx: Path) -> None:
    opened(tmx).close()
    place = index_of(tmx)
    (place.parent / "0a1b.tmp").write_bytes(b"half")
    place.unlink()
    opened(tmx).close()
    assert [one.name for one in place.parent.iterdir()] == [place.name]


def test_without_a_place_to_keep_it_an_index_is_made_for_the_run(tmx: Path, tmp_path: Path) -> None:
    one = Store(tmx, "de", "ru", None)
    assert len(one) == len(SENTENCES)
    one.close()
    blocked = tmp_path / "file"
    blocked.write_text("no folder", encoding="utf-8")
    other = Store(tmx, "de", "ru", blocked)
    assert len(other) == len(SENTENCES)
    other.close()


def test_only_the_indexes_used_last_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_MOST", 2)
    for number in range(4):
        tmx = written(tmp_path / f"{number}.tmx", [(f"Satz {number}.", "Да.")])
        Store(tmx, "de", "ru", tmp_path / "cache").close()
        os.utime(
            max((tmp_path / "cache").rglob("*.sqlite"), key=lambda place: place.stat().st_mtime_ns), (number, number)
        )
    assert len(list((tmp_path / "cache").rglob("*.sqlite"))) == 2


def test_processes_at_the_same_time_make_one_index(tmx: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from tolmach.memory.store import Store\n"
        "one = Store(Path(sys.argv[1]), 'de', 'ru', Path(sys.argv[2]), print)\n"
        "print(one.exact('Ja.').target)"
    )
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(tmx), str(tmx.parent / "cache")],
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        )
        for _run in range(3)
    ]
    outputs = [run.communicate(timeout=60)[0] for run in runs]
    assert [output.splitlines()[-1] for output in outputs] == ["Да."] * 3
    assert sum("indexing" in output for output in outputs) == 1


def test_a_file_that_is_not_there_or_not_bilingual_is_named(tmp_path: Path) -> None:
    with pytest.raises(TolmachError, match="cannot read"):
        Store(tmp_path / "nowhere.tmx", "de", "ru", None)
    (tmp_path / "a.txt").write_text("Ja.", encoding="utf-8")
    with pytest.raises(TolmachError, match="no translations"):
        Store(tmp_path / "a.txt", "de", "ru", None)


@pytest.mark.skipif(sys.platform != "linux", reason="reads what Linux tells of a process")
def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    words = [f"Wort{number}" for number in range(5000)]
    sizes = {}
    code = (
        "import sys; from pathlib import Path; from tolmach.memory.store import Store\n"
        "one = Store(Path(sys.argv[1]), 'de', 'ru', None); one.similar('Wort1 Wort2 Wort3', 0.7, 3); one.close()\n"
        "print(Path('/proc/self/status').read_text().partition('VmHWM:')[2].split()[0])"
    )
    for count in (20_000, 80_000):
        pairs = [(" ".join(words[(n * k) % 5000] for k in range(1, 9)), f"Перевод {n}") for n in range(count)]
        tmx = written(tmp_path / f"{count}.tmx", pairs)
        done = subprocess.run(
            [sys.executable, "-c", code, str(tmx)], capture_output=True, text=True, check=True, timeout=120
        )
        sizes[count] = int(done.stdout)
    # kilobytes: the file grows by 7 MB, and reading it as a whole would take many times that
    assert sizes[80_000] - sizes[20_000] < 40_000
