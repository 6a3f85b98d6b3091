"""Lines that `check --fix` mends or leaves alone, with the words that depend on a name: tests/cases/fixes.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from office import archive, member, word_members
from support import run_program
from tolmach.morphology import adjectives, function_words

CASES = tomllib.loads((Path(__file__).parent / "cases" / "fixes.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", ["de", "en", "ru"])
def test_lines_are_mended_once_and_for_all(language: str, tmp_path: Path) -> None:
    lines = CASES[language]
    (tmp_path / "house.toml").write_text(CASES["glossary"], encoding="utf-8")
    path = tmp_path / "a.txt"
    path.write_text("\n\n".join(line[0] for line in lines) + "\n", encoding="utf-8")
    for _run in range(2):
        run_program("check", "a.txt", "--fix", "--lang", language, "--glossary", "house.toml", folder=tmp_path)
        assert path.read_text(encoding="utf-8").rstrip("\n").split("\n\n") == [line[-1] for line in lines]


@pytest.mark.parametrize(
    ("written", "old", "new", "language", "right"),
    [
        ("a", "Kiev", "Odesa", "en", "an"),
        ("an", "ODKB", "CSTO", "en", "a"),
        ("an", "Alma-Ata", "Ukraine", "en", "a"),
        ("a", "NATO", "SCO", "en", "an"),
        ("a", "Eurasian Union", "EAEU", "en", "an"),
        ("an", "Uzbek", "Ugandan", "en", "a"),
        ("an", "hour", "house", "en", "a"),
        # Who writes so has reasons of their own.
        ("an", "historian", "house", "en", "an"),
        ("the", "Kiev", "Odesa", "en", "the"),
        ("в", "Лемберге", "Львове", "ru", "во"),
        ("во", "Франции", "Галлии", "ru", "в"),
        ("в", "Минске", "Львове", "ru", "во"),
        ("в", "Киеве", "Вене", "ru", "в"),
        ("с", "Данией", "Швецией", "ru", "со"),
        ("с", "Данией", "Сирией", "ru", "с"),
        ("о", "Киеве", "Одессе", "ru", "об"),
        ("о", "Киеве", "Ереване", "ru", "о"),
        ("об", "Украине", "России", "ru", "о"),
        ("из", "Киева", "Львова", "ru", "из"),
        ("в", "Германии", "ФРГ", "ru", "в"),
        ("об", "США", "ООН", "ru", "об"),
        ("a", "Russian bank", "Uruguayan bank", "en", "a"),
        ("a", "Russian flat", "Ufa flat", "en", "an"),
        ("an", "FSB officer", "KGB officer", "en", "a"),
        ("a", "KGB base", "NATO base", "en", "a"),
        ("in", "Kiew", "Odessa", "de", "in"),
    ],
)
def test_function_words_fit_what_follows(written: str, old: str, new: str, language: str, right: str) -> None:
    assert function_words.before(written, old, new, language) == right


@pytest.mark.parametrize(
    ("name", "kind", "text", "language", "stands"),
    [
        ("Казахстан", "place", "Казахстанские власти", "ru", True),
        ("Россия", "place", "российская армия", "ru", True),
        ("Путин", "person", "путинского режима", "ru", True),
        ("Китай", "place", "о китайской стене", "ru", True),
        ("Донецк", "place", "донецкие власти", "ru", True),
        ("Китай", "place", "кит и кот", "ru", False),
        ("Россия", "place", "россияне ушли", "ru", False),
        ("Корея", "place", "северокорейская армия", "ru", False),
        ("Совет", "organisation", "советская армия", "ru", False),
        ("Armenia", "place", "the Armenian army", "en", True),
        ("Kyrgyzstan", "place", "Kyrgyz voters", "en", True),
        ("Oman", "place", "many women", "en", False),
        ("Russia", "place", "the Belorussian army", "en", False),
        ("Kasachstan", "place", "die kasachischen Behörden", "de", True),
        ("Minsk", "place", "der Minsker Prozess", "de", True),
        ("Armenien", "place", "arme Leute", "de", False),
        ("Kasachstan", "place", "казахский", "fr", False),
    ],
)
def test_adjectives_of_names(name: str, kind: str, text: str, language: str, *, stands: bool) -> None:
    assert adjectives.stands(name, kind, text, language) is stands


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("a.html", '<p lang="en">A <b>Swaziland</b> coin, <em>a\nSwaziland</em>.',
         '<p lang="en">An <b>Eswatini</b> coin, <em>an\nEswatini</em>.'),
        ("a_en.md", "A **Swaziland** coin, *a Swaziland* coin, `a Swaziland`.",
         "An **Eswatini** coin, *an Eswatini* coin, `a Swaziland`."),
        ("a_ru.md", "Он жил в **Лемберге** и в _Минске_.", "Он жил во **Львове** и в _Минске_."),
    ],
)  # fmt: skip
def test_markup_between_a_function_word_and_the_name_stays(name: str, before: str, after: str, tmp_path: Path) -> None:
    (tmp_path / "house.toml").write_text(CASES["glossary"], encoding="utf-8")
    (tmp_path / name).write_text(before, encoding="utf-8")
    run_program("check", name, "--fix", "--glossary", "house.toml", folder=tmp_path)
    assert (tmp_path / name).read_text(encoding="utf-8") == after


def test_a_name_in_bold_stays_so_in_a_document_of_words(tmp_path: Path) -> None:
    bold = "<w:r><w:rPr><w:b/></w:rPr><w:t>{}</w:t></w:r>"
    body = '<w:p><w:r><w:t xml:space="preserve">It is {} </w:t></w:r>{}</w:p>'
    (tmp_path / "house.toml").write_text(CASES["glossary"], encoding="utf-8")
    path = tmp_path / "a.docx"
    path.write_bytes(archive(word_members(body.format("a", bold.format("Swaziland")))))
    run_program("check", "a.docx", "--fix", "--lang", "en", "--glossary", "house.toml", folder=tmp_path)
    assert body.format("an", bold.format("Eswatini")) in member(path.read_bytes(), "word/document.xml").decode()
