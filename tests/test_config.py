"""The configuration: each key is documented and read, mistakes are told with their line, patterns say what is where."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from support import run_program
from tolmach import config
from tolmach.config import KEYS, Config
from tolmach.errors import TolmachError
from tolmach.files import Limits, use_limits
from tolmach.lint import rule
from tolmach.text import formats, sources
from tolmach.text.formats import Edit
from tolmach.text.model import Span

PAGE = (Path(__file__).parents[1] / "docs" / "configuration.md").read_text(encoding="utf-8")
HOUSE = str(Path(__file__).parent / "cases" / "cli_house.toml")


def configured(folder: Path, content: str, name: str = "tolmach.toml") -> Config:
    (folder / name).write_text(content, encoding="utf-8")
    return config.find(folder)


def test_every_key_has_a_chapter_with_an_example(tmp_path: Path) -> None:
    chapters = dict(re.findall(r"^### (\w+)\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL))
    assert set(chapters) == set(KEYS) == set(re.findall(r"^\| \[(\w+)\]", PAGE, re.MULTILINE))
    for key, chapter in chapters.items():
        (example,) = re.findall(r"```toml\n(.*?)```", chapter, re.DOTALL)
        assert list(tomllib.loads(example)) == [key]
        settings = configured(tmp_path, example)
        assert getattr(settings, key) != getattr(Config(), key) or key in ("languages", "glossary")
        rule.choose(settings)


def test_the_examples_of_hints_are_right(tmp_path: Path) -> None:
    assert set(KEYS) == set(Config.__dataclass_fields__) - {"folder", "path"}
    settings = configured(tmp_path, "".join(f"{key} = {one.example}\n" for key, one in KEYS.items()))
    rule.choose(settings)


def test_the_first_example_is_a_configuration(tmp_path: Path) -> None:
    example = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)[0]
    settings = configured(tmp_path, example)
    assert settings.ignore_in == {"texts/archive/**": ("quotes", "dashes")}
    in_project = re.sub(r"^\[(\w+)\]", r"[tool.tolmach.\1]", f"[tool.tolmach]\n{example}", flags=re.MULTILINE)
    (tmp_path / "deep").mkdir()
    other = configured(tmp_path / "deep", in_project, "pyproject.toml")
    assert [getattr(other, key) for key in KEYS] == [getattr(settings, key) for key in KEYS]


@pytest.mark.parametrize(
    ("content", "line", "message", "hint"),
    [
        ('sources = []\nglosary = "none"\n', 2, "unknown key 'glosary'", "did you mean glossary?"),
        ("ignore-inn = {}\n", 1, "unknown key 'ignore-inn'", "did you mean ignore_in?"),
        ("[tool.tolmach]\nselect = []\n", 1, "unknown key 'tool'", "without [tool.tolmach]"),
        ("select = []\n\nselect-rules = []\n", 3, "unknown key 'select-rules'", "there are: "),
        ("ignore-in = {}\nignore_in = {}\n", 1, "ignore_in stands here twice", "leave one"),
        ("gitignore = 'no'\n", 1, "true or false expected", "gitignore = false"),
        ('language_of = { "*.txt" = "de", "*_ru.txt" = "Russian" }\n', 1, "'Russian' is no language", "example: "),
        ('[language_of]\n"*.txt" = "de"\n"*_ru.txt" = "Russian"\n', 3, "'Russian' is no language", "example: "),
        ('[encoding_of]\n"a/**" = "cp1251"\n"b/**" = "cyrillic1"\n', 3, "'cyrillic1' is no encoding", "windows-1251"),
        ('[encoding_of]\n"a/**" = "rot13"\n', 2, "'rot13' is no encoding", "example: "),
        ('[ignore_in]\n"a/**" = []\n"!b" = ["quotes"]\n', 3, "'!b' is no path pattern", "example: "),
        ('[ignore_in]\n"a/**" = [1]\n', 2, "text expected", "example: "),
        ('ignore_in = ["quotes"]\n', 1, "a table with path patterns expected", "example: "),
        ('[severity_in]\n"a/**" = "hint"\n', 2, "a table of rules expected", "example: "),
        ('[severity_in."a/**"]\nquotes = "hint"\ndashes = "hints"\n', 3, "not hints", "example: "),
        ("[severity]\nquotes = 'none'\n", 2, "not none", "example: "),
        ("limits = 5\n", 1, "a table of limits expected", "limits = { file = 1024 }"),
        ("[limits]\nfile = 5\nparts = 5\n", 3, "did you mean part?", "example: "),
        ("[limits]\nfile = 0\n", 2, "from 1 to 1000000", "example: "),
        ("[limits]\nfile = true\n", 2, "from 1 to 1000000", "example: "),
        ("[limits]\nfile = 1.5\n", 2, "from 1 to 1000000", "example: "),
        ("[limits]\nfile = 1000001\n", 2, "from 1 to 1000000", "example: "),
        ("\nselect = ['quots']\n", 2, "there is no rule called quots", "did you mean quotes?"),
        ("ignore = ['all']\n", 1, "there is no rule called all", "there are: "),
        ("[severity]\ndashes = 'hint'\nquote = 'hint'\n", 3, "there is no rule called quote", "did you mean quotes?"),
        ("[ignore_in]\n'a/**' = ['all', 'dash']\n", 2, "there is no rule called dash", "there are: "),
        ("[severity_in.'a/**']\nquots = 'hint'\n", 2, "there is no rule called quots", "did you mean quotes?"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["tolmach.toml", "pyproject.toml"])
def test_mistakes_are_told_with_their_line(
    content: str, line: int, message: str, hint: str, name: str, tmp_path: Path
) -> None:
    if name == "pyproject.toml":
        if "[tool" in content:
            return
        content = "[tool.ruff]\nselect = []\n[tool.tolmach]\n" + re.sub(r"^\[", "[tool.tolmach.", content, flags=re.M)
        line += 3
    with pytest.raises(TolmachError) as raised:
        rule.choose(configured(tmp_path, content, name))
    (error,) = raised.value.all()
    assert message in error.message
    assert hint in (error.hint or "")
    assert (error.path, error.line) == (str(tmp_path / name), line)


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Minsk", encoding="utf-8")
    (tmp_path / "tolmach.toml").write_text(
        "glossary = 3\nsource = []\n[severity]\nquotes = 'fatal'\n", encoding="utf-8"
    )
    done = run_program("check", "a.txt", folder=tmp_path)
    assert done.code == 2
    assert [line.split(": ")[1] for line in done.errors.splitlines() if line.startswith("error")] == [
        "tolmach.toml:1", "tolmach.toml:2", "tolmach.toml:4",
    ]  # fmt: skip


# Rules by path


def found(folder: Path, *arguments: str) -> list[tuple[str, str, str]]:
    done = run_program("check", "--format", "json", *arguments, folder=folder)
    assert done.code in (0, 1), done.errors
    findings = json.loads(done.output)["findings"]
    return sorted((Path(one["path"]).name, one["rule"], one["severity"]) for one in findings)


PATHS = ("a_de.txt", "press/b_de.txt", "archive/c_de.txt", "archive/1999/d_de.txt", "my/archive/e_de.txt")
SETTINGS = f"""
glossary = [{HOUSE!r}]
sources = ["."]
severity = {{ forbidden-term = "warning" }}
ignore_in = {{ "archive/**" = ["deprecated-term"] }}
severity_in = {{ "press/**" = {{ deprecated-term = "error" }}, "archive/1999" = {{ forbidden-term = "hint" }} }}
"""


def test_rules_hold_by_path(tmp_path: Path) -> None:
    for name in PATHS:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("Toqajew von der ODBK", encoding="utf-8")
    (tmp_path / "tolmach.toml").write_text(SETTINGS, encoding="utf-8")
    expected = [
        ("a_de.txt", "deprecated-term", "warning"),
        ("a_de.txt", "forbidden-term", "warning"),
        ("b_de.txt", "deprecated-term", "error"),
        ("b_de.txt", "forbidden-term", "warning"),
        ("c_de.txt", "forbidden-term", "warning"),
        ("d_de.txt", "forbidden-term", "hint"),
        ("e_de.txt", "deprecated-term", "warning"),
        ("e_de.txt", "forbidden-term", "warning"),
    ]
    assert found(tmp_path) == expected
    assert found(tmp_path, "--jobs", "2") == expected
    # The folder of the configuration counts, not the working directory.
    assert found(tmp_path / "archive", "1999") == [("d_de.txt", "forbidden-term", "hint")]
    assert found(tmp_path / "press", str(tmp_path / "archive" / "c_de.txt")) == [
        ("c_de.txt", "forbidden-term", "warning")
    ]


def test_what_is_ignored_by_path_is_not_mended_and_not_in_a_baseline(tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    text = tmp_path / "archive" / "c_de.txt"
    text.write_text("Toqajew schwieg.", encoding="utf-8")
    (tmp_path / "tolmach.toml").write_text(SETTINGS, encoding="utf-8")
    assert run_program("check", "--fix", folder=tmp_path).code == 0
    assert text.read_text(encoding="utf-8") == "Toqajew schwieg."
    done = run_program("check", "--baseline", "known.json", "--write-baseline", folder=tmp_path)
    assert "0 findings in the baseline" in done.errors
    assert run_program("check", "--statistics", folder=tmp_path).output == "no findings in 1 file\n"


def test_a_directive_is_needed_also_where_the_configuration_ignores_the_rule(tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    text = tmp_path / "archive" / "c_de.txt"
    (tmp_path / "tolmach.toml").write_text(SETTINGS, encoding="utf-8")
    text.write_text("Toqajew schwieg. # tolmach: ignore deprecated-term", encoding="utf-8")
    assert found(tmp_path) == []
    text.write_text("Tokajew schwieg. # tolmach: ignore deprecated-term", encoding="utf-8")
    assert found(tmp_path) == [("c_de.txt", "unused-suppression", "warning")]


def test_all_rules_are_ignored_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "a_de.txt").write_text("Toqajew, ODBK # tolmach: ignore quotes, quots", encoding="utf-8")
    (tmp_path / "tolmach.toml").write_text(
        f"glossary = [{HOUSE!r}]\nselect = ['all']\nignore_in = {{ 'a_*' = ['all'] }}\n", encoding="utf-8"
    )
    assert found(tmp_path, "a_de.txt") == []


def test_some_rules_are_never_errors_in_any_file(tmp_path: Path) -> None:
    settings = configured(tmp_path, '[severity_in."a/**"]\ninconsistent-name = "error"\n')
    notes: list[str] = []
    chosen = rule.choose(settings, ["inconsistent-name"], (), notes.append)["inconsistent-name"]
    assert chosen.grade(str(tmp_path / "a" / "b.txt")) == "warning"
    assert len(notes) == 1


# Encodings by path


RUSSIAN = "Президент Токаев выступил в Алма-Ате."


@pytest.mark.parametrize(
    ("name", "encoding", "content"),
    [
        ("old/a.txt", "cp1251", RUSSIAN.encode("cp1251")),
        ("old/b.md", "cp1251", RUSSIAN.encode("cp1251")),
        ("old/c.html", "cp1251", b"<meta charset=latin1><p>" + RUSSIAN.encode("cp1251")),
        ("old/d.txt", "cp1251", "\ufeff".encode() + RUSSIAN.encode()),
        ("old/e.txt", "cp1251", RUSSIAN.encode()),
        ("wide/f.txt", "utf-16-le", RUSSIAN.encode("utf-16-le")),
        ("wide/g.txt", "utf-16-le", RUSSIAN.encode("utf-16")),
        ("dos/h.txt", "cp866", RUSSIAN.encode("cp866")),
    ],
)
def test_the_encoding_of_a_file_is_configured(name: str, encoding: str, content: bytes, tmp_path: Path) -> None:
    settings = configured(
        tmp_path, '[encoding_of]\n"old/**" = "windows-1251"\n"wide/**" = "utf-16"\n"dos/**" = "cp866"\n'
    )
    path = tmp_path / name
    path.parent.mkdir()
    path.write_bytes(content)
    (file,) = sources.find([path], settings)
    assert file.encoding == encoding
    source = sources.read(file)
    (document,) = formats.read(source)
    assert RUSSIAN in document.text
    start = document.text.index("Токаев")
    mended, refused = formats.rewrite(source, [Edit(Span(start, start + 6), "Назарбаев")])
    assert not refused
    written = "utf-8" if name in ("old/d.txt", "old/e.txt") else encoding
    assert mended == content.replace("Токаев".encode(written), "Назарбаев".encode(written))


def test_a_wrong_encoding_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"Minsk\nGr\x81\xf6\xdfe\n")
    (tmp_path / "tolmach.toml").write_text('glossary = "none"\nencoding_of = { "*" = "cp1252" }\n', encoding="utf-8")
    done = run_program("check", "a.txt", folder=tmp_path)
    assert done.code == 2
    assert done.errors.splitlines() == [
        "error: a.txt:2: not cp1252, as the configuration says",
        "hint: correct encoding_of in the configuration",
    ]


# The style of transcriptions


@pytest.mark.parametrize(
    ("text", "style", "glossary", "proposed"),
    [
        ("Then Khrushchev came to power.", "", "none", []),
        ("Then Chruschtschow came to power.", "", "none", ["Khrushchev"]),
        ("Dann kam Khrushchev an die Macht.", "duden", "none", ["Chruschtschow"]),
        ("Dann kam Khrushchev an die Macht.", "wikipedia", "none", ["Chruschtschow"]),
        ("Dann sprach Mischustin im Kreml.", "din1460", "none", ["Mišustin"]),
        ("Dann sprach Mischustin im Kreml.", "duden", "none", []),
        ("Dann sprach Mischustin im Kreml.", "din1460", "g.toml", []),
    ],
)
def test_the_configured_style_counts_where_the_glossary_says_none(
    text: str, style: str, glossary: str, proposed: list[str], tmp_path: Path
) -> None:
    (tmp_path / "g.toml").write_text(
        '[[concept]]\nid = "tokayev"\nkind = "person"\noriginal = { ru = "Токаев" }\n'
        '[[concept.de]]\nform = "Tokajew"\nstatus = "preferred"\nsystem = "ru-de-duden"\n',
        encoding="utf-8",
    )
    line = f"transcription = '{style}'\n" if style else ""
    (tmp_path / "tolmach.toml").write_text(f"glossary = '{glossary}'\n{line}", encoding="utf-8")
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    language = "en" if text.startswith("Then") else "de"
    done = run_program(
        "check", "a.txt", "--lang", language, "--select", "transcription-system", "--format", "json", folder=tmp_path
    )
    assert done.code == 0, done.errors
    assert [one["replacements"][0] for one in json.loads(done.output)["findings"]] == proposed


def test_a_style_that_no_system_has_is_an_error(tmp_path: Path) -> None:
    settings = configured(tmp_path, "glossary = 'none'\ntranscription = 'dudn'\n")
    with pytest.raises(TolmachError, match="has the style 'dudn'") as raised:
        rule.choose(settings, ["transcription-system"])
    assert raised.value.line == 2
    rule.choose(settings, ["quotes"])


@pytest.fixture
def usual_limits() -> Iterator[None]:
    yield
    use_limits(Limits())


@pytest.mark.usefixtures("usual_limits")
def test_limits_are_those_that_are_configured(tmp_path: Path) -> None:
    """A file one byte too large is refused with the name of the limit, and read when that is raised."""
    (tmp_path / "a.txt").write_bytes(b"Minsk\n" + b" " * (1 << 20))
    (tmp_path / "words.csv").write_bytes(b"language,form\nde,Minsk\n" + b"\n" * (1 << 20))
    for limits, code in (("{ file = 1, glossary = 1 }", 2), ("{ file = 2, glossary = 2 }", 0)):
        configured(tmp_path, f'glossary = "none"\nlimits = {limits}\n')
        checked = run_program("check", "a.txt", folder=tmp_path)
        piped = run_program("check", "-", folder=tmp_path, stdin=(tmp_path / "a.txt").read_text(encoding="utf-8"))
        brought = run_program("glossary", "import", "words.csv", folder=tmp_path)
        assert (checked.code, piped.code, brought.code) == (code, code, code)
        for done, name in ((checked, "file"), (piped, "file"), (brought, "glossary")):
            assert ("the file is larger than 1 MB" in done.errors) == bool(code)
            assert (f"raise {name} of limits in the configuration" in done.errors) == bool(code)
