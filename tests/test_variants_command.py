"""`tolmach variants`: the promised JSON, what each form is, and the report for people."""

from __future__ import annotations

import json
import os
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from support import Outcome, run_program

ROOT = Path(__file__).resolve().parent.parent
CLASSES = {"main", "system", "exonym", "renaming", "spelling", "error"}


def run(folder: Path, *arguments: str) -> Outcome:
    done = run_program("variants", *arguments, folder=folder)
    assert done.code == 0, done.errors
    return done


def groups(folder: Path, *arguments: str) -> list[dict[str, Any]]:
    answer = json.loads(run(folder, *arguments, "--format", "json").output)
    assert answer["schema"] == "tolmach.variants/1"
    found: list[dict[str, Any]] = answer["groups"]
    return found


def forms(found: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {form["form"]: form for group in found for form in group["forms"]}


def together(found: list[dict[str, Any]]) -> list[set[str]]:
    return [{form["form"] for form in group["forms"]} for group in found]


@pytest.fixture(scope="module")
def seeds() -> list[dict[str, Any]]:
    return groups(ROOT, "seeds", "--lang", "de", "--all")


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(
        "Präsident Aleksandar Vučić sprach in Belgrad mit Milorad Dodik. Am Abend reiste Vučić nach Nur-Sultan.\n",
        encoding="utf-8",
    )
    (tmp_path / "b.txt").write_text(
        "In Belgrad empfing Präsident Aleksandar Vucic den Gast aus Astana. Danach flog Dodik nach Moskau.\n",
        encoding="utf-8",
    )
    return tmp_path


def test_seeds_keep_the_promise(seeds: list[dict[str, Any]]) -> None:
    assert [group["id"] for group in seeds] == [f"g{number}" for number in range(1, len(seeds) + 1)]
    for group in seeds:
        assert set(group) == {"id", "kind", "confidence", "original", "reasons", "forms", "proposal"}
        assert 0 < group["confidence"] <= 1
        assert group["forms"][0]["classification"] == "main"
        assert group["proposal"]
        assert len(group["forms"]) == 1 or group["reasons"]
        for form in group["forms"]:
            assert form["classification"] in CLASSES
            assert form["reason"]
            assert form["count"] == sum(form["sources"].values()) == len(form["occurrences"])


def test_occurrences_quote_the_files(seeds: list[dict[str, Any]]) -> None:
    contents: dict[str, str] = {}
    for form in forms(seeds).values():
        for place in form["occurrences"]:
            text = contents.setdefault(place["path"], (ROOT / place["path"]).read_text(encoding="utf-8-sig"))
            assert text[place["start"] : place["end"]] == place["text"]


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("Tokajew", "main"),
        ("Kassym-Schomart Tokajew", "main"),
        ("Toqajew", "system"),
        ("Qassym-Schomart Toqajew", "system"),
        ("Kassym-Jomart Tokajew", "system"),
        ("ODBK", "error"),
        ("ODKB", "exonym"),
        ("Karim Maximow", "error"),
        ("Karim Massimow", "main"),
        ("Weißrussland", "exonym"),
        ("Kirgistan", "exonym"),
        ("Organisation des Vertrages über kollektive Sicherheit", "spelling"),
        ("Organisation des Vertrags über kollektive Sicherheit", "main"),
        ("Wladimir Putin", "main"),
        ("Kasachstan", "main"),
    ],
)
def test_classes_in_the_seeds(seeds: list[dict[str, Any]], form: str, expected: str) -> None:
    assert forms(seeds)[form]["classification"] == expected


def test_originals_and_proposals(seeds: list[dict[str, Any]]) -> None:
    tokajew = next(group for group in seeds if group["forms"][0]["form"] == "Tokajew")
    assert tokajew["original"] == {"ru": "Токаев", "kk": "Тоқаев"}
    assert tokajew["proposal"] == {"de": "Tokajew", "en": "Tokayev", "ru": "Токаев"}
    assert [form["systems"][0] for form in tokajew["forms"] if form["form"] in ("Tokajew", "Toqajew")] == [
        "ru-de-wikipedia",
        "kk-de",
    ]
    assert {"de": "OVKS", "en": "CSTO", "ru": "ОДКБ"} in [group["proposal"] for group in seeds]


def test_one_given_name_is_no_link(seeds: list[dict[str, Any]]) -> None:
    assert not [found for found in together(seeds) if {"Alexander Lukaschenko", "Alexander Podrabinek"} <= found]


def test_without_all_only_what_varies() -> None:
    shown = groups(ROOT, "seeds", "--lang", "de")
    assert {"Tokajew", "Toqajew"} <= forms(shown).keys()
    assert "Kasachstan" not in forms(shown)
    # a full name and its surname are no variants of each other
    assert "Putin" not in forms(shown)


def test_the_order_of_the_files_does_not_matter() -> None:
    files = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "seeds").glob("*.txt"))[2:]
    answers = {run(ROOT, *order, "--lang", "de", "--format", "json").output for order in permutations(files)}
    assert len(answers) == 1


def test_a_renaming_has_dates_and_accents_are_a_habit(texts: Path) -> None:
    found = groups(texts, ".", "--lang", "de")
    assert {"Vučić", "Aleksandar Vučić", "Aleksandar Vucic"} in together(found)
    assert forms(found)["Aleksandar Vucic"]["classification"] == "spelling"
    old = [form for form in forms(found).values() if form["classification"] == "renaming"]
    assert [form["form"] for form in old] in (["Astana"], ["Nur-Sultan"])
    assert "2022" in old[0]["reason"] or "2019" in old[0]["reason"]


def test_options_choose_groups(texts: Path) -> None:
    everything = groups(texts, ".", "--lang", "de", "--all")
    places = groups(texts, ".", "--lang", "de", "--all", "--kind", "place")
    assert {group["kind"] for group in places} == {"place"}
    assert forms(places).keys() == {form for group in everything if group["kind"] == "place" for form in forms([group])}
    sure = groups(texts, ".", "--lang", "de", "--all", "--min-confidence", "0.99")
    assert 0 < len(sure) < len(everything)
    assert all(group["confidence"] >= 0.99 for group in sure)


def test_without_occurrences_the_counts_stay(texts: Path) -> None:
    full, bare = (groups(texts, ".", "--lang", "de", "--all", *more) for more in ((), ("--no-occurrences",)))
    assert all(not form["occurrences"] for form in forms(bare).values())
    for form in forms(full).values():
        form["occurrences"] = []
    assert full == bare


def test_offsets_count_in_the_file_behind_markup(tmp_path: Path) -> None:
    page = (
        "<p>Pr&auml;sident <b>Wladimir Putin</b> flog nach Wei&szlig;russland.</p>\n<p>In Belarus sprach Putin.</p>\n"
    )
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    found = forms(groups(tmp_path, "a.html", "--lang", "de", "--all"))
    places = [page[place["start"] : place["end"]] for form in found.values() for place in form["occurrences"]]
    assert {"Wladimir Putin", "Wei&szlig;russland", "Belarus", "Putin"} <= set(places)
    assert found["Weißrussland"]["occurrences"][0]["text"] == "Wei&szlig;russland"


def test_text_report_is_one_block_a_group(texts: Path) -> None:
    report = run(texts, ".", "--lang", "de").output
    blocks = report.strip("\n").split("\n\n")
    assert len(blocks) == len(groups(texts, ".", "--lang", "de"))
    block = next(block for block in blocks if "Vucic" in block)
    assert block.startswith(("Vučić", "Aleksandar Vučić"))
    assert "a.txt 1" in block
    assert "because:" in block


def test_report_shows_control_characters_as_escapes(texts: Path) -> None:
    (texts / "a.txt").rename(texts / "a\x1b[31m.txt")
    report = run(texts, ".", "--lang", "de").output
    assert "\x1b" not in report
    assert "a\\x1b[31m.txt" in report


def test_nothing_found_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Gestern hat es den ganzen Tag geregnet.\n", encoding="utf-8")
    done = run(tmp_path, "a.txt", "--lang", "de")
    assert done.output == ""
    assert "no name" in done.errors
    assert groups(tmp_path, "a.txt", "--lang", "de") == []


@pytest.mark.parametrize(
    ("name", "content"), [("a.po", 'msgid "Tokajew"\nmsgstr "Tokayev"\n'), ("a.txt", "Tokajew \udcff"), ("b.xyz", "x")]
)
def test_what_cannot_be_read_is_said_in_two_lines(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_bytes(content.encode("utf-8", "surrogateescape"))
    for style in ("text", "json"):
        done = run_program("variants", name, "--lang", "de", "--format", style, folder=tmp_path)
        assert (done.code, done.output) == (2, "")
        assert done.errors.startswith("error: ") and "\nhint: " in done.errors


def test_a_text_is_never_overwritten(texts: Path) -> None:
    before = (texts / "a.txt").read_bytes()
    done = run_program("variants", ".", "--lang", "de", "--output", "a.txt", folder=texts)
    assert (done.code, done.output) == (2, "")
    assert "this is one of the texts" in done.errors
    assert (texts / "a.txt").read_bytes() == before


def test_what_can_be_read_only_once_is_refused(tmp_path: Path) -> None:
    make = getattr(os, "mkfifo", None)
    if make is None:
        pytest.skip("needs named pipes")
    make(tmp_path / "pipe.txt")
    done = run_program("variants", "pipe.txt", "--lang", "de", folder=tmp_path)
    assert done.code == 2
    assert "no ordinary file" in done.errors


def test_a_text_of_a_byte_order_mark_alone_is_empty(texts: Path) -> None:
    before = groups(texts, ".", "--lang", "de")
    (texts / "c.txt").write_bytes(b"\xef\xbb\xbf")
    assert groups(texts, ".", "--lang", "de") == before


def test_only_known_languages(texts: Path) -> None:
    done = run_program("variants", ".", "--lang", "fr", folder=texts)
    assert (done.code, done.output) == (2, "")
    assert "de, en, ru" in done.errors


def test_missing_files_and_no_files(tmp_path: Path) -> None:
    assert run_program("variants", "nowhere.txt", folder=tmp_path).code == 2
    assert run_program("variants", ".", folder=tmp_path).code == 2
