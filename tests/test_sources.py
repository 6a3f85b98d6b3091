"""Which files are texts, what they are called, and which language the configuration gives them."""

import io
from pathlib import Path

import pytest

from support import run_program
from tolmach.config import Config
from tolmach.errors import TolmachError
from tolmach.text import sources


def write(folder: Path, **texts: str) -> None:
    for name, text in texts.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def ids(*paths: Path, roots: tuple[Path, ...] = ()) -> list[str]:
    return [file.id for file in sources.find(paths, Config(sources=tuple(map(str, roots))))]


def test_ids_are_paths_below_the_configured_folder_or_the_one_named(tmp_path: Path) -> None:
    write(tmp_path, lage_txt="Lage", sub__7_1_22_txt="Nasarbajew schwieg.")
    assert ids(tmp_path) == ["lage", "sub/7.1.22"]
    assert ids(tmp_path / "sub") == ["7.1.22"]
    assert ids(tmp_path / "sub", roots=(tmp_path,)) == ["sub/7.1.22"]
    assert ids(tmp_path / "sub" / "7.1.22.txt", roots=(tmp_path,)) == ["sub/7.1.22"]
    assert ids(tmp_path / "lage.txt", roots=(tmp_path / "lage.txt",)) == ["lage"]


def test_a_file_is_found_once(tmp_path: Path) -> None:
    write(tmp_path, lage_txt="Lage")
    (tmp_path / "link.txt").symlink_to(tmp_path / "lage.txt")
    assert ids(tmp_path, tmp_path / "lage.txt", tmp_path / "." / "link.txt") == ["lage"]


def test_a_link_to_a_file_elsewhere_is_called_as_the_link(tmp_path: Path) -> None:
    write(tmp_path, elsewhere__lage_txt="Lage")
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "link.txt").symlink_to(tmp_path / "elsewhere" / "lage.txt")
    found = list(sources.texts(sources.find([tmp_path / "texts"], Config()), "de", tmp_path))
    assert [(text.id, text.path) for text in found] == [("link", "texts/link.txt")]


def test_all_paths_that_lead_nowhere_are_reported_and_the_others_found(tmp_path: Path) -> None:
    write(tmp_path, lage_txt="Lage")
    problems: list[TolmachError] = []
    paths = [tmp_path / "a.txt", tmp_path / "lage.txt", tmp_path / "b.txt"]
    assert [file.id for file in sources.find(paths, Config(), problems.append)] == ["lage"]
    assert [problem.path for problem in problems] == [str(paths[0]), str(paths[2])]
    with pytest.raises(TolmachError, match="no such file"):
        list(sources.find(paths, Config()))


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("texts/a.txt", "ru"),
        ("texts/sub/a.txt", None),
        ("texts/sub/deep/a.md", "en"),
        ("sub/a.md", None),
        ("texts/ch.txt", "de-CH"),
        ("a.txt", None),
        ("texts/a.md", "en"),
        ("other/texts/a.txt", None),
    ],
)
def test_the_first_pattern_that_fits_gives_the_language(path: str, language: str | None, tmp_path: Path) -> None:
    settings = Config(
        folder=tmp_path, language_of={"texts/ch.txt": "de-CH", "texts/*.txt": "ru", "texts/**/*.md": "en"}
    )
    assert sources.language_of(tmp_path / path, settings) == language


def test_sentences_have_ids_and_repeats_their_number(tmp_path: Path) -> None:
    write(tmp_path, lage_txt="Lage\n\nTokajew sprach. Tokajew sprach.\n")
    (text,) = sources.texts(sources.find([tmp_path], Config()), "de")
    assert [one.text for one in text.segments] == ["Lage", "Tokajew sprach.", "Tokajew sprach."]
    assert text.segments[2].id == f"{text.segments[1].id}-2"


def test_in_a_folder_only_texts_in_the_language_are_taken(tmp_path: Path) -> None:
    write(tmp_path, a_txt="Lage", b_txt="Обстановка", ch_txt="Strasse", leer_txt=" \n", alt_po='msgid ""\nmsgstr ""\n')
    settings = Config(folder=tmp_path, language_of={"b.txt": "ru", "ch.txt": "de-CH"})
    found = sources.texts(sources.find([tmp_path], settings), "de")
    assert [(text.id, text.language) for text in found] == [("a", "de"), ("ch", "de")]


@pytest.mark.parametrize(
    ("name", "message"), [("b.txt", "in ru, not in de"), ("leer.txt", "empty"), ("alt.po", "bilingual already")]
)
def test_a_file_that_is_named_must_be_a_text_in_the_language(name: str, message: str, tmp_path: Path) -> None:
    write(tmp_path, b_txt="Обстановка", leer_txt=" \n", alt_po='msgid ""\nmsgstr ""\n')
    settings = Config(folder=tmp_path, language_of={"b.txt": "ru"})
    with pytest.raises(TolmachError, match=message):
        list(sources.texts(sources.find([tmp_path / name], settings), "de"))


def test_a_folder_without_a_text_in_the_language_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, b_txt="Обстановка", leer_txt=" \n", alt_po='msgid ""\nmsgstr ""\n')
    with pytest.raises(TolmachError, match="no texts in de"):
        list(sources.texts(sources.find([tmp_path], Config(folder=tmp_path, language_of={"b.txt": "ru"})), "de"))


def test_two_texts_with_one_id_are_an_error(tmp_path: Path) -> None:
    write(tmp_path, a__lage_txt="Lage", b__lage_txt="Lage")
    with pytest.raises(TolmachError, match="same translation file"):
        list(sources.texts(sources.find([tmp_path / "a", tmp_path / "b"], Config()), "de"))


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("check", "texts/b.txt"), 0),
        (("translate", "texts", "--to", "en", "--engine", "memory"), 0),
        (("translate", "texts/b.txt", "--to", "en", "--engine", "memory"), 2),
        (("parallel", "texts", "--output", "out"), 0),
        (("parallel", "b", "--output", "out"), 2),
    ],
)
def test_every_command_knows_the_configured_language(arguments: tuple[str, ...], code: int, tmp_path: Path) -> None:
    write(tmp_path, texts__a_txt="Lage", texts__b_txt="Minsk")
    (tmp_path / "tolmach.toml").write_text(
        'sources = ["texts"]\nlanguage_of = { "texts/b.txt" = "ru" }\n', encoding="utf-8"
    )
    done = run_program(*arguments, "--glossary", "none", folder=tmp_path)
    assert done.code == code, done.errors
    assert ("in ru, not in de" in done.errors) == (code == 2)
    assert "b.po" not in done.output
    assert "b.html" not in done.output


def test_standard_input_has_the_language_of_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tolmach.toml").write_text('language_of = { "texts/*" = "ru" }\n', encoding="utf-8")
    (tmp_path / "glossary.toml").write_text(
        '[[concept]]\nid = "minsk"\nkind = "place"\n[[concept.ru]]\nform = "Minsk"\nstatus = "forbidden"\n'
        'reason = "other letters"\n[[concept.ru]]\nform = "Минск"\nstatus = "preferred"\n',
        encoding="utf-8",
    )
    for name, code in (("texts/a.txt", 1), ("a.txt", 0)):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"Minsk ist eine Stadt, und das ist gut so.")))
        done = run_program("check", "-", "--stdin-filename", name, "--glossary", "glossary.toml", folder=tmp_path)
        assert done.code == code, done


def test_the_language_in_a_name_decides_where_nothing_else_does(tmp_path: Path) -> None:
    made = ("rede.de.txt", "rede.en.txt", "lage_ru.txt", "lage.txt", "rede.en.po", "interview_es.txt")
    for name in made:
        (tmp_path / name).write_text("Minsk.\n", encoding="utf-8")
    settings = Config(folder=tmp_path, language_of={"interview_es.txt": "de"})
    files = list(sources.find([tmp_path], settings))
    assert [text.id for text in sources.texts(files, "de")] == ["interview_es", "lage", "rede.de"]
    assert [file.id for file in sources.named_otherwise(files, "de")] == ["lage_ru", "rede.en"]
    assert [text.id for text in sources.texts(files, "en")] == ["lage", "rede.en"]
    named = list(sources.find([tmp_path / "rede.en.txt"], settings))
    assert sources.named_otherwise(named, "de") == []
    with pytest.raises(TolmachError, match="this text is in en, not in de"):
        sources.texts(named, "de")


def test_what_is_left_out_of_a_folder_is_told(tmp_path: Path) -> None:
    for name in ("rede.de.txt", "rede.en.txt"):
        (tmp_path / name).write_text("Minsk.\n", encoding="utf-8")
    told = "note: left out, for their names say another language than de: rede.en.txt\n"
    for command in ("translate", "parallel"):
        arguments = ("--to", "en", "--engine", "memory") if command == "translate" else ()
        done = run_program(command, ".", *arguments, "--glossary", "none", folder=tmp_path)
        assert done.code == 0 and told in done.errors and "rede.en.po" not in done.output
    assert told not in run_program("parallel", "rede.de.txt", "--glossary", "none", folder=tmp_path).errors
