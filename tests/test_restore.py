"""Restoring originals: known names are found, the system is named, ordinary words and Western names get no answer."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support import run_program
from tolmach.errors import TolmachError
from tolmach.transcription import restore as restoring
from tolmach.transcription import system
from tolmach.transcription.restoration import knowledge
from tolmach.transcription.restore import is_transcription, restore

CASES: dict[str, Any] = tomllib.loads(
    (Path(__file__).parent / "cases" / "restore_names.toml").read_text(encoding="utf-8")
)


def rows(name: str) -> list[tuple[str, str, str | None, str, str]]:
    return [
        (group["source"], group["target"], group.get("kind"), written, wanted)
        for group in CASES[name]
        for written, wanted in group["names"]
    ]


@pytest.mark.parametrize(("source", "target", "kind", "written", "original"), rows("first"))
def test_the_original_comes_first(source: str, target: str, kind: str, written: str, original: str) -> None:
    assert [found.text for found in restore(written, source, target, kind)][:1] == [original]


@pytest.mark.parametrize(("source", "target", "kind", "written", "original"), rows("among"))
def test_the_original_is_among_the_first_five(source: str, target: str, kind: str, written: str, original: str) -> None:
    assert original in [found.text for found in restore(written, source, target, kind)]


@pytest.mark.parametrize(("source", "target", "kind", "written", "name"), rows("system"))
def test_the_system_that_explains_the_spelling_is_named(
    source: str, target: str, kind: None, written: str, name: str
) -> None:
    best = restore(written, source, target, kind)[0]
    assert name in best.systems
    assert best.system == best.systems[0]


@pytest.mark.parametrize(("list_name", "most"), [("german", 0.02), ("western", 0.05), ("english", 0.05)])
def test_what_is_no_transcription_gets_no_answer(list_name: str, most: float) -> None:
    words = CASES["nothing"][list_name].split()
    answered = [word for word in words if restore(word, "en" if list_name == "english" else "de")]
    assert len(answered) <= most * len(words), answered


def test_the_quick_answer_tells_names_from_words() -> None:
    words = [word for name in ("german", "western", "english") for word in CASES["nothing"][name].split()]
    names = [written for _s, target, kind, written, _o in rows("first") if kind == "person" and " " not in written]
    assert sum(map(is_transcription, words)) <= 0.05 * len(words)
    assert sum(map(is_transcription, names)) >= 0.95 * len(names)
    assert not any(map(is_transcription, ("", "Т", "Токаев", "1999", "x" * 10_000, "東京", "-")))


@pytest.mark.parametrize("kind", [None, "person"])
def test_a_full_name_of_the_west_gets_no_answer(kind: str | None) -> None:
    for name in ("Angela Merkel", "Barack Obama", "Emmanuel Macron", "Hans-Dietrich Genscher", "Jean-Claude Juncker"):
        assert restore(name, "de", "ru", kind) == (), name


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "-",
        "'",
        "5",
        "Токаев",
        "Tok\u0430jew",
        "x" * 10_000,
        "Tokajew " * 1000,
        "東京",
        "\u0301",
        "T\u0301\u0301",
    ],
)
def test_what_is_no_name_in_latin_letters_gets_no_answer(text: str) -> None:
    assert restore(text) == ()


def test_letter_case_and_signs_are_kept() -> None:
    assert restore("tokajew")[0].text == "токаев"
    assert restore("Tokajew, Kassym-Schomart")[0].text == "Токаев, Касым-Жомарт"
    assert restore('"Tokajew"')[0].text == "Токаев"
    assert restore("Tok\u00adajew") == restore("Tokajew")


def test_probabilities_fall_and_stay_below_one() -> None:
    for source, target, kind, written, _original in rows("first"):
        chances = [found.probability for found in restore(written, source, target, kind, top=10)]
        assert chances == sorted(chances, reverse=True)
        assert 0 < sum(chances) <= 1.000001


def test_top_limits_the_answers() -> None:
    assert len(restore("Sacharowa", top=2)) == 2
    assert restore("Tokajew", top=2) == restore("Tokajew", top=5)[:2]


def test_every_language_that_can_be_restored_has_a_system() -> None:
    sources = {one.source for one in system.systems()}
    assert {"ru", "uk", "be", "kk", "ky", "tg", "hy", "ka", "mn"} <= set(knowledge.languages()) <= sources


def test_an_unknown_language_is_an_error_that_names_the_known_ones() -> None:
    with pytest.raises(TolmachError) as caught:
        restore("Tokajew", "de", "xx")
    assert "ru" in (caught.value.hint or "")


def test_what_our_systems_write_leads_back() -> None:
    originals = [original for _s, target, kind, _w, original in rows("first") if target == "ru" and kind == "person"]
    asked = found = named = 0
    for one in system.systems():
        if one.source == "ru":
            source = one.target if one.target in ("de", "en") else "und"
            for original in originals:
                answers = restore(one.transcribe(original), source, "ru", "person", 3)
                asked += 1
                found += original.replace("ё", "е") in [answer.text.replace("ё", "е") for answer in answers]
                named += any(one.id in answer.systems for answer in answers[:1])
    assert found >= 0.9 * asked
    assert named >= 0.9 * asked


def test_what_was_learned_is_what_the_builder_wrote() -> None:
    folder = resources.files("tolmach.transcription.restoration")
    sums = dict(reversed(line.split()) for line in folder.joinpath("SHA256SUMS").read_text("utf-8").splitlines())
    written = {entry.name: entry.read_bytes() for entry in folder.iterdir() if entry.name.endswith(".bin")}
    assert sums == {name: hashlib.sha256(content).hexdigest() for name, content in written.items()}
    assert sum(map(len, written.values())) < 6_000_000


def test_a_file_is_read_as_it_was_written() -> None:
    known = knowledge.load("mn")
    assert knowledge.unpack(knowledge.pack(known)) == known


@settings(max_examples=200)
@given(st.text(max_size=60))
def test_any_text_gets_at_most_five_answers_of_one_line(text: str) -> None:
    found = restoring.likely(text, "de", "ru", None, 5)
    assert len(found) <= 5
    assert all("\t" not in original and "\n" not in original for original, _chance in found if "\n" not in text)


@settings(max_examples=100)
@given(st.text("abcdefghijklmnopqrstuvwxyzäöüß'šžč", min_size=1, max_size=45))
def test_any_word_is_answered_in_its_own_letters(word: str) -> None:
    for original, chance in restoring.likely(word, "de", "ru", None, 5):
        assert 0 <= chance <= 1
        assert set(original) <= set("абвгдеёжзийклмнопрстуфхцчшщъыьэюя") | {"'", '"'}


def answered(folder: Path, *arguments: str, stdin: str | bytes | None = None) -> list[str]:
    done = run_program("restore", *arguments, folder=folder, stdin=stdin)
    assert (done.code, done.errors) == (0, "")
    return done.output.split("\n")[:-1]


def test_one_line_out_for_one_line_in(tmp_path: Path) -> None:
    lines = answered(
        tmp_path, "--from", "de", "--to", "ru", stdin="Tokajew\n\nRegierung\r\nNasarbajew\n" + "x" * 10_000
    )
    assert [line.split("\t")[0] for line in lines] == ["Токаев", "", "", "Назарбаев", ""]
    assert all(len(line.split("\t")) <= 5 for line in lines)


def test_the_names_of_the_command_line_and_the_number_of_answers(tmp_path: Path) -> None:
    assert answered(tmp_path, "--top", "1", "--kind", "person", "Tokajew", "Merkel") == ["Токаев", ""]


def test_lines_of_json_carry_probabilities_and_systems(tmp_path: Path) -> None:
    first, second = map(json.loads, answered(tmp_path, "--format", "jsonl", stdin="Tokajew\nMerkel\n"))
    assert first["text"] == "Tokajew"
    assert first["originals"][0]["original"] == "Токаев"
    assert first["originals"][0]["system"] == "ru-de-wikipedia"
    assert 0 < first["originals"][0]["probability"] <= 1
    assert second == {"text": "Merkel", "originals": []}


def test_foreign_bytes_are_refused_with_their_line(tmp_path: Path) -> None:
    done = run_program("restore", folder=tmp_path, stdin=b"Tokajew\nM\xfcller\n")
    assert done.code == 2
    assert ":2:" in done.errors
    assert "hint: " in done.errors


@pytest.mark.parametrize("arguments", [("--to", "xx"), ("--top", "0"), ("--kind", "animal"), ("--format", "xml")])
def test_wrong_options_are_user_errors(arguments: tuple[str, ...], tmp_path: Path) -> None:
    done = run_program("restore", *arguments, "Tokajew", folder=tmp_path)
    assert done.code == 2
    assert "hint: " in done.errors


@pytest.mark.parametrize("written", ["Tokajew", "Prokofjew", "Kuleba", "Rostow", "Putin", "Alijew"])
def test_nothing_is_shown_that_no_name_is_written_like(written: str) -> None:
    shown = [found.text for found in restore(written, top=100)]
    assert shown
    assert not [text for text in shown if re.search("[аеёиоуыэюяй][ьъ]|[ьъ][ьъ]|вь$", text)]


def test_a_rare_reading_stands_behind_the_prominent_name() -> None:
    assert [found.text for found in restore("Sacharowa", kind="person")] == ["Захарова", "Сахарова"]


@pytest.mark.parametrize("name", ["Pankow", "Treptow", "Bülow", "Virchow", "Güstrow", "Schwerin", "Warnow", "Machnow"])
def test_eastern_german_names_get_no_answer(name: str) -> None:
    assert restore(name) == ()


def test_the_system_for_another_language_is_named() -> None:
    assert [restore(name)[0].system for name in ("Toqajew", "Dschaparow", "Zichanouskaja")] == [
        "kk-de",
        "ky-de",
        "be-de",
    ]
