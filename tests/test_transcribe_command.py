"""`tolmach transcribe`: established forms, systems, explanations, and the promise of one line for one line."""

import subprocess
import sys
from pathlib import Path

import pytest

from support import run_program
from tolmach.transcription.house import default, transcribe
from tolmach.transcription.system import systems


def written(folder: Path, *arguments: str, stdin: str | bytes = "") -> list[str]:
    done = run_program("transcribe", *arguments, folder=folder, stdin=stdin)
    assert (done.code, done.errors) == (0, "")
    return done.output.split("\n")[:-1]


@pytest.mark.parametrize(
    ("kind", "original", "form"),
    [
        ("place", "Москва", "Moskau"),
        ("place", "МОСКВА", "MOSKAU"),
        ("place", "москва", "moskau"),
        ("place", "ЮАР", "Südafrika"),
        ("person", "Си Цзиньпин", "Xi Jinping"),
        ("place", " Москва ", " Moskau "),
        ("person", "Александр\u00a0 Токаев", "Alexander\u00a0 Tokajew"),
        ("person", "Ангела Меркель", "Angela Merkel"),
        ("place", "Московка", "Moskowka"),
        ("place", "Новая Москва", "Nowaja Moskwa"),
        ("person", "Москва", "Moskwa"),
        ("person", "Александр Лукашенко", "Alexander Lukaschenko"),
        ("person", "Александров", "Alexandrow"),
        ("place", "Александровск", "Alexandrowsk"),
        ("place", "Кызылорда", "Qysylorda"),
        ("person", "Касым-Жомарт Токаев", "Kassym-Schomart Tokajew"),
    ],
)
def test_established_forms_win_over_the_usual_system(kind: str, original: str, form: str) -> None:
    assert transcribe(original, "ru", "de", kind) == form


def test_a_script_without_capitals_has_its_exonyms() -> None:
    assert transcribe("თბილისი", "ka", "de", "place") == "Tiflis"


def test_a_named_system_alone_decides(tmp_path: Path) -> None:
    assert written(tmp_path, "--system", "ru-de-duden", "Москва") == ["Moskwa"]
    assert written(tmp_path, "--from", "ru", "--to", "de", "Москва") == ["Moskau"]


def test_the_style_of_the_configuration_chooses_the_system(tmp_path: Path) -> None:
    assert written(tmp_path, "--from", "ru", "--to", "de", "Аксаков") == ["Aksakow"]
    (tmp_path / "tolmach.toml").write_text('transcription = "duden"\n', encoding="utf-8")
    assert written(tmp_path, "--from", "ru", "--to", "de", "Аксаков") == ["Axakow"]
    assert default("kk", "de", "duden").id == "kk-de"


def test_a_region_does_not_matter_and_an_unknown_style_is_an_error(tmp_path: Path) -> None:
    assert written(tmp_path, "--from", "ru-RU", "--to", "de-CH", "Щербаков") == ["Schtscherbakow"]
    assert written(tmp_path, "--from", "kk", "--to", "kk-Latn", "Қостанай") == ["Qostana\u0131"]
    (tmp_path / "tolmach.toml").write_text('transcription = "klingon"\n', encoding="utf-8")
    done = run_program("transcribe", "--from", "ru", "--to", "de", "x", folder=tmp_path)
    assert (done.code, done.output) == (2, "")
    assert "no transcription system has the style 'klingon'" in done.errors


def test_one_line_out_for_one_line_in(tmp_path: Path) -> None:
    lines = "Токаев\n\nЖомарт\r\nTokajew 5\nЩ\u2028Ю"
    assert written(tmp_path, "--from", "ru", "--to", "de", stdin=lines) == [
        "Tokajew",
        "",
        "Schomart",
        "Tokajew 5",
        "Schtsch\u2028Ju",
    ]
    assert written(tmp_path, "--from", "ru", "--to", "de", stdin="") == []
    assert written(tmp_path, "--from", "ru", "--to", "de", "Нижний\nНовгород") == ["Nischni Nowgorod"]


def test_the_answer_comes_before_the_next_question() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "tolmach", "transcribe", "--system", "kk-de"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as program:
        assert program.stdin and program.stdout
        for original, form in (("Тоқаев", "Toqajew"), ("Мәсімов", "Mässimow")):
            program.stdin.write(f"{original}\n")
            program.stdin.flush()
            assert program.stdout.readline() == f"{form}\n"
        program.stdin.close()
        assert program.wait() == 0


def test_explanations_name_rules_and_authorities(tmp_path: Path) -> None:
    (line,) = written(tmp_path, "--from", "ru", "--to", "de", "--explain", "Александр Токаев")
    form, why = line.split("\t")
    assert form == "Alexander Tokajew"
    assert why.startswith("Александр → Alexander (established form: ")
    assert "; ru-de-wikipedia: Т → T, " in why
    assert "е → je (" in why
    (line,) = written(tmp_path, "--from", "ru", "--to", "de", "--kind", "place", "--explain", "Москва")
    assert line.startswith("Moskau\tМосква → Moskau (exonym: ")
    (line,) = written(tmp_path, "--from", "ru", "--to", "de", "--kind", "place", "--explain", "Каратау")
    assert line.startswith("Qaratau\tКаратау → Qaratau (native name Қаратау: ")


@pytest.mark.parametrize(
    ("original", "form"),
    [
        ("Яворський", "Jaworskyj"),
        ("Богдан Новицький", "Bogdan Nowyzkyj"),
        ("Касым-Жомарт Тоқаев", "Kassym-Schomart Toqajew"),
        ("Ціханоўская", "Zichanouskaja"),
        ("Яворский", "Jaworski"),
        ("Васька", "Waska"),
        ("Тимошенко", "Timoschenko"),
        ("Tokajew", "Tokajew"),
    ],
)
def test_words_that_are_no_russian_spelling_are_written_from_their_own_language(original: str, form: str) -> None:
    assert transcribe(original, "ru", "de", "person") == form


def test_the_list_names_every_system_with_its_authority(tmp_path: Path) -> None:
    text = "\n".join(written(tmp_path, "--list"))
    for system in systems():
        assert f" {system.id} " in text
        assert system.title in text
        assert system.authority in text
    narrowed = written(tmp_path, "--list", "--from", "kk")
    assert narrowed and all(" kk-" in line for line in narrowed[:-2])


@pytest.mark.parametrize(
    ("arguments", "stdin", "message"),
    [
        (("x",), "", "the languages are missing"),
        (("--from", "ru", "--to", "sw", "x"), "", "no transcription system writes ru for sw"),
        (("--system", "ru-xx", "x"), "", "no transcription system called 'ru-xx'"),
        (("--system", "missing.toml", "x"), "", "missing.toml: cannot read"),
        (("--system", "kk-de", "--from", "ru", "x"), "", "kk-de writes kk for de"),
        (("--from", "ru", "--to", "de"), b"\xd0\xa2\n\xff\n", "standard input:2: not UTF-8"),
        (("--from", "ru", "--to", "de"), b"a" * (2 << 20), "standard input:1: a line is longer"),
        (("--from", "Russian", "--to", "de", "x"), "", "no language code"),
        (("--list", "--from", "sw"), "", "no transcription system writes sw for *"),
    ],
)
def test_user_errors_are_one_line_and_a_hint(
    arguments: tuple[str, ...], stdin: str | bytes, message: str, tmp_path: Path
) -> None:
    done = run_program("transcribe", *arguments, folder=tmp_path, stdin=stdin)
    assert (done.code, done.output) == (2, "")
    first, second = done.errors.splitlines()
    assert message in first
    assert second.startswith("hint: ")


def test_a_name_of_unknown_kind_may_be_a_person() -> None:
    assert transcribe("Виноградов", "ru", "de") == "Winogradow"
    assert transcribe("Костанай", "ru", "pl", "place") == "Kostanaj"


def test_native_names_lead_from_russian_through_their_own_language() -> None:
    assert transcribe("Костанай", "ru", "de", "place") == "Qostanai"
    assert transcribe("Костанай", "ru", "de", "person") == "Kostanai"
