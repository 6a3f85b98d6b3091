"""Compiled glossaries on disk: the same findings with and without them, whatever has become of the files."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Iterator
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import Outcome, run_program
from tolmach.files import version
from tolmach.glossary import rows, sections
from tolmach.glossary.cache import Shelf
from tolmach.glossary.find import Finder
from tolmach.glossary.hit import Hit
from tolmach.glossary.load import STARTER, load
from tolmach.glossary.model import Concept, Designation, Examples, Status, Validity

ROOT = Path(__file__).parents[1]
HOUSE = ROOT / "glossary"
TEXTS = {path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))}
NOTHING = hashlib.sha256(b"").hexdigest().encode()
TOQAJEW = """
[[concept]]
id = "tokayev"
kind = "person"
[[concept.de]]
form = "Tokajew"
status = "preferred"
[[concept.de]]
form = "Toqajew"
status = "deprecated"
"""


def kept(*layers: str | Path, folder: Path, texts: tuple[tuple[str, str], ...]) -> Finder:
    """The finder of a second run: the first one has compiled what the texts need."""
    shelf = Shelf(layers, folder)
    first = shelf.finder()
    for text, language in texts:
        first.find(text, language)
    assert shelf.prove(first) == []
    return Shelf(layers, folder).finder()


@pytest.mark.parametrize(
    ("layers", "languages"), [((HOUSE,), ("de", "en", "ru", "fr")), ((STARTER, HOUSE), ("de", "fr"))]
)
def test_what_was_kept_finds_the_same(
    layers: tuple[str | Path, ...], languages: tuple[str, ...], tmp_path: Path
) -> None:
    fresh = Finder(load(layers))
    texts = tuple((text, language) for text in TEXTS.values() for language in languages)
    stored = kept(*layers, folder=tmp_path, texts=texts)
    assert sum(len(fresh.find(text, language)) for text, language in texts) > 100
    for text, language in texts:
        assert stored.find(text, language) == fresh.find(text, language)
        assert stored.find(text, language, nested=True) == fresh.find(text, language, nested=True)
    assert stored.compiled == ()
    assert (stored.glossary.name, stored.glossary.hash) == (fresh.glossary.name, fresh.glossary.hash)
    assert dict(stored.glossary.concepts) == dict(fresh.glossary.concepts)
    assert list(stored.glossary.concepts) == list(fresh.glossary.concepts)
    assert stored.glossary.undecided == fresh.glossary.undecided


def test_homographs_and_full_names_are_judged_alike(tmp_path: Path) -> None:
    cases = json.dumps(TEXTS) + (ROOT / "tests" / "cases" / "find.toml").read_text(encoding="utf-8")
    stored = kept(HOUSE, folder=tmp_path, texts=(("", "de"), ("", "ru")))
    fresh = Finder(load([HOUSE]))
    for language in ("de", "ru"):
        assert stored.find(cases, language) == fresh.find(cases, language)


def test_many_rows_stay_in_their_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sections, "_IN_MEMORY", 0)
    fresh = Finder(load([HOUSE]))
    stored = kept(HOUSE, folder=tmp_path, texts=tuple((text, "de") for text in TEXTS.values()))
    for path in tmp_path.iterdir():
        path.unlink()
    for text in TEXTS.values():
        assert stored.find(text, "de") == fresh.find(text, "de")
    assert dict(stored.glossary.concepts) == dict(fresh.glossary.concepts)


def test_many_rows_that_are_corrupt_are_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sections, "_IN_MEMORY", 0)
    text = TEXTS[next(iter(TEXTS))]
    kept(HOUSE, folder=tmp_path, texts=((text, "de"),))
    for path in tmp_path.iterdir():
        content = path.read_bytes()
        for place in range(len(content) // 2, len(content), len(content) // 9):
            path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
            finder = Shelf([HOUSE], tmp_path).finder()
            assert finder.find(text, "de") == Finder(load([HOUSE])).find(text, "de")
            assert finder.compiled or path.name.count(".") == 1
        path.write_bytes(content)


def check(folder: Path, *arguments: str) -> Outcome:
    (folder / "a_de.txt").write_text("Präsident Toqajew schwieg, Toqajews Sohn auch.", encoding="utf-8")
    (folder / "house.toml").write_text(TOQAJEW, encoding="utf-8") if not (folder / "house.toml").exists() else None
    layers = arguments or ("--glossary", "house.toml")
    return run_program("check", "a_de.txt", *layers, "--format", "json", folder=folder)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of compiled glossaries in a cache folder of the test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "tolmach"


def test_the_report_is_the_same_byte_for_byte(cache: Path, tmp_path: Path) -> None:
    first, second = check(tmp_path), check(tmp_path)
    assert first == second
    assert first.code == 1
    assert len(list(cache.glob("*.compiled"))) == 2
    if os.name == "posix":
        assert stat.S_IMODE(cache.stat().st_mode) == 0o700


def _spoiled(content: bytes) -> Iterator[bytes]:
    yield b""
    yield b"\x80\x04c__builtin__\nexec\n"
    yield content[: len(content) // 2]
    yield content + b"x"
    yield content.replace(b"Tokajew", b"Tokajex")
    for place in range(0, len(content), max(1, len(content) // 23)):
        yield content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def test_what_is_corrupt_is_made_anew(cache: Path, tmp_path: Path) -> None:
    expected = check(tmp_path)
    for path in sorted(cache.iterdir()):
        content = path.read_bytes()
        for spoiled in _spoiled(content):
            path.write_bytes(spoiled)
            assert check(tmp_path) == expected
            path.unlink(missing_ok=True)
        path.write_bytes(content)


def test_a_corrupt_file_is_replaced(cache: Path, tmp_path: Path) -> None:
    check(tmp_path)
    (language,) = cache.glob("*.de.compiled")
    content = language.read_bytes()
    language.write_bytes(b"nonsense")
    check(tmp_path)
    assert language.read_bytes() == content


def test_a_well_formed_file_of_nonsense_is_passed_over(cache: Path, tmp_path: Path) -> None:
    expected = check(tmp_path)
    for path in cache.iterdir():
        content = path.read_bytes()
        magic = content[: content.index(b"\n") + 1]
        for head in (
            b"{}",
            b"[1]",
            b"x",
            b'{"concepts": 9}',
            b'{"name": [-1, ""]}',
            b'{"automaton": [0, "%s"]}' % NOTHING,
        ):
            line = head + b"\n"
            path.write_bytes(magic + hashlib.sha256(line).hexdigest().encode() + line)
            assert check(tmp_path) == expected
        path.write_bytes(content)


@pytest.mark.parametrize("place", ["file", "folder"])
def test_where_nothing_can_be_kept_nothing_is_said(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cache").write_text("a file, no folder", encoding="utf-8")
    if place == "folder":
        (tmp_path / "cache").unlink()
        (tmp_path / "cache").mkdir(mode=0o500)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for _run in range(2):
        done = check(tmp_path)
        assert (done.code, done.errors) == (1, "")


def test_another_content_is_another_glossary(cache: Path, tmp_path: Path) -> None:
    assert check(tmp_path).code == 1
    (tmp_path / "house.toml").write_text(TOQAJEW.replace("deprecated", "admitted"), encoding="utf-8")
    assert check(tmp_path).code == 0
    (tmp_path / "house.toml").write_text(TOQAJEW, encoding="utf-8")
    assert check(tmp_path).code == 1
    assert len(list(cache.glob("*.compiled"))) == 4


def test_layers_are_told_apart_by_their_order(cache: Path, tmp_path: Path) -> None:
    (tmp_path / "client.toml").write_text(TOQAJEW.replace("deprecated", "admitted"), encoding="utf-8")
    house, client = ("--glossary", "house.toml"), ("--glossary", "client.toml")
    check(tmp_path)
    for _run in range(2):
        assert check(tmp_path, *house, *client).code == 0
        assert check(tmp_path, *client, *house).code == 1


def test_a_glossary_that_fails_its_examples_is_never_kept(cache: Path, tmp_path: Path) -> None:
    wrong = TOQAJEW.replace(
        'kind = "person"', 'kind = "person"\nexamples = { de = { flag = ["Der [Kreml] schwieg."] } }'
    )
    (tmp_path / "house.toml").write_text(wrong, encoding="utf-8")
    for _run in range(2):
        done = check(tmp_path)
        assert done.code == 2
        assert "not flagged: Kreml" in done.errors
    assert not cache.exists()


def test_a_malformed_glossary_is_reported_every_time(cache: Path, tmp_path: Path) -> None:
    (tmp_path / "house.toml").write_text(TOQAJEW.replace('"deprecated"', '"wrong"'), encoding="utf-8")
    first, second = check(tmp_path), check(tmp_path)
    assert first == second
    assert first.code == 2


def test_only_the_newest_files_are_left(cache: Path, tmp_path: Path) -> None:
    for number in range(16):
        (tmp_path / "house.toml").write_text(TOQAJEW + f"# {number}\n", encoding="utf-8")
        assert check(tmp_path).code == 1
    assert len(list(cache.glob("*.compiled"))) == 24
    assert check(tmp_path).code == 1


def test_a_language_that_is_a_path_is_not_kept(cache: Path, tmp_path: Path) -> None:
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: ../../../evil\\n"\n\n'
    (tmp_path / "a.po").write_text(header + 'msgid "a"\nmsgstr "Toqajew"\n', encoding="utf-8")
    check(tmp_path)
    run_program("check", "a.po", "--glossary", "house.toml", folder=tmp_path)
    assert not list(tmp_path.rglob("*evil*"))
    assert all(path.parent == cache for path in tmp_path.rglob("*.compiled"))


def test_no_glossary_leaves_no_file(cache: Path, tmp_path: Path) -> None:
    assert check(tmp_path, "--glossary", "none").code == 0
    assert not cache.exists()


def test_the_version_is_that_of_the_package() -> None:
    for name in ("tolmach", "click", "rapidfuzz"):
        assert version(name) == metadata.version(name)
    with pytest.raises(metadata.PackageNotFoundError):
        version("no-such-package")


@pytest.mark.parametrize("name", ["starter", "house"])
def test_a_second_check_parses_and_compiles_nothing(
    name: str, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    layer = str(HOUSE) if name == "house" else STARTER
    first = check(tmp_path, "--glossary", layer)

    def refuse(*_arguments: object) -> None:
        raise AssertionError("parsed or compiled again")

    monkeypatch.setattr("tolmach.glossary.load.parse", refuse)
    monkeypatch.setattr("tolmach.glossary.index.compile_patterns", refuse)
    assert check(tmp_path, "--glossary", layer) == first
    assert len(list(cache.glob("*.compiled"))) == 2


# Rows

TEXT = st.text(alphabet=st.characters(exclude_categories=()), max_size=12)
DAYS = st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1))
DESIGNATIONS = st.builds(
    Designation,
    TEXT,
    st.sampled_from(Status),
    given=TEXT,
    reason=TEXT,
    indeclinable=st.booleans(),
    valid=st.lists(st.builds(Validity, DAYS, DAYS), max_size=2).map(tuple),
    forms=st.lists(TEXT, max_size=3).map(tuple),
    homograph=st.sampled_from([None, "word", "family-name"]),
    found=st.lists(st.tuples(TEXT, st.integers(1, 99)), max_size=2).map(tuple),
)
CONCEPTS = st.builds(
    Concept,
    TEXT,
    st.sampled_from(["person", "term"]),
    st.dictionaries(st.sampled_from(["de", "ru"]), st.lists(DESIGNATIONS, max_size=3).map(tuple), max_size=2),
    original=st.dictionaries(st.sampled_from(["kk", "ru"]), TEXT, max_size=2),
    sources=st.lists(TEXT, max_size=2).map(tuple),
    confidence=st.floats(0, 1),
    examples=st.dictionaries(st.just("de"), st.builds(Examples, st.lists(TEXT, max_size=2).map(tuple)), max_size=1),
    path=TEXT,
    line=st.integers(0, 99),
)


@given(CONCEPTS)
def test_a_row_is_its_concept(concept: Concept) -> None:
    row = rows.written(concept)
    assert rows.concept(row) == concept
    assert b"\n" not in row


@pytest.mark.parametrize("layer", [HOUSE, STARTER], ids=["house", "starter"])
def test_all_concepts_survive(layer: Any) -> None:
    for concept in load([layer]).everything.concepts.values():
        assert rows.concept(rows.written(concept)) == concept


def test_hits_are_told_apart() -> None:
    # Equality of hits is what the tests above lean on.
    concept = rows.concept(rows.written(Concept("a", "term", {"de": (Designation("A", Status.PREFERRED),)})))
    finder = Finder(load([HOUSE]))
    (first, *_rest) = finder.find("Toqajew und Tokajew", "de")
    assert isinstance(first, Hit)
    assert first.concept != concept
    assert _rest != [first]
