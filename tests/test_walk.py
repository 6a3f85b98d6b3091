"""Which files of a folder are texts: patterns mean what they mean to git, and what is no text is passed over."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support import run_program
from tolmach.config import Config
from tolmach.text import globs, walk

FILES = (
    "a.txt",
    "ab.txt",
    "b/a.txt",
    "b/c/a.txt",
    "b/c/d.md",
    "c/b/ab.txt",
    "c/d.md",
    "d/a b.txt",
    "d/#a.txt",
    "d/!a.txt",
)
PIECES = st.sampled_from(
    ["[b-d]", "a", "b", "c", "d", "*", "**", "/", "?", ".txt", ".md", "[ab]", "[!a]", "\\a", " ", "#", "!"]
)
PATTERNS = st.lists(
    st.tuples(st.sampled_from(["", "!", "/"]), st.lists(PIECES, min_size=1, max_size=5)).map(
        lambda pair: pair[0] + "".join(pair[1])
    ),
    min_size=1,
    max_size=3,
)


def made(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("Minsk", encoding="utf-8")


def walked(folder: Path, config: Config | None = None) -> list[str]:
    found = walk.files(folder, config or Config(folder=folder))
    return sorted(path.relative_to(folder).as_posix() for path in found)


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tree")
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    made(folder, *FILES)
    return folder


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)
@given(outer=PATTERNS, inner=PATTERNS)
def test_what_git_ignores_is_passed_over(tree: Path, outer: list[str], inner: list[str]) -> None:
    (tree / ".gitignore").write_text("\n".join(outer), encoding="utf-8")
    (tree / "b" / ".gitignore").write_text("\n".join(inner), encoding="utf-8")
    listed = subprocess.run(
        ["git", "-c", "core.excludesFile=", "ls-files", "-z", "--others", "--exclude-standard"],
        cwd=tree, check=True, capture_output=True,
    )  # fmt: skip
    named = {name for name in listed.stdout.decode().split("\0") if name and not name.endswith(".gitignore")}
    assert set(walked(tree)) == named, (outer, inner)
    below = {name.removeprefix("b/") for name in named if name.startswith("b/")}
    # A folder that is named is looked into even where git ignores it.
    if not below <= set(walked(tree / "b")):
        raise AssertionError((outer, inner))


def test_outside_of_a_working_tree_gitignore_is_a_file_as_any_other(tmp_path: Path) -> None:
    made(tmp_path, "a.txt", "b.txt")
    (tmp_path / ".gitignore").write_text("a.txt\n", encoding="utf-8")
    assert walked(tmp_path) == ["a.txt", "b.txt"]
    (tmp_path / ".git").mkdir()
    assert walked(tmp_path) == ["b.txt"]
    assert walked(tmp_path, Config(folder=tmp_path, gitignore=False)) == ["a.txt", "b.txt"]
    assert walked(tmp_path, Config(folder=tmp_path, exclude=("!a.txt", "b.*"))) == ["a.txt"]
    (tmp_path / ".git" / "info").mkdir()
    (tmp_path / ".git" / "info" / "exclude").write_text("# mine\nb.txt\n", encoding="utf-8")
    assert walked(tmp_path) == []
    for folder in (tmp_path, tmp_path / ".git"):
        done = run_program("check", str(tmp_path), "--glossary", "none", folder=folder)
        assert done.code == 2
        assert "ignored by git" in done.errors.splitlines()[0]


def test_what_other_programs_put_there_is_passed_over(tmp_path: Path) -> None:
    kept = ("a.txt", "~a.txt", "sub/a.docx", "my_node_modules/a.md", "node_modules.txt", "venv.md")
    made(
        tmp_path, *kept, "~$a.docx", ".~lock.rede.odt#", ".DS_Store", "._a.txt", ".git/a.txt", ".venv/a.md",
        "node_modules/x/README.md", "sub/venv/a.txt", "sub/__pycache__/a.txt", "__MACOSX/a.txt", ".hidden.md",
    )  # fmt: skip
    assert walked(tmp_path) == sorted(kept)
    assert walked(tmp_path / "node_modules") == ["x/README.md"]


def test_a_lock_file_that_is_named_is_an_error(tmp_path: Path) -> None:
    made(tmp_path, "a.txt", "~$a.docx", ".~lock.a.odt#")
    assert run_program("check", ".", "--glossary", "none", folder=tmp_path).output == "no findings in 1 file\n"
    for name in ("~$a.docx", ".~lock.a.odt#"):
        done = run_program("check", name, "--glossary", "none", folder=tmp_path)
        assert done.code == 2, done
        assert name in done.errors.splitlines()[0]


def test_excluded_files_may_be_named(tmp_path: Path) -> None:
    made(tmp_path, "texts/a.txt", "texts/drafts/b.txt", "texts/c.bak.txt")
    (tmp_path / "tolmach.toml").write_text(
        'glossary = "none"\nsources = ["texts"]\nexclude = ["drafts/", "*.bak.txt"]\n', encoding="utf-8"
    )
    assert "in 1 file\n" in run_program("check", folder=tmp_path).output
    assert "in 1 file\n" in run_program("check", ".", folder=tmp_path / "texts").output
    assert "in 1 file\n" in run_program("check", "texts/drafts", folder=tmp_path).output
    named = ("check", "texts/drafts/b.txt", "texts/c.bak.txt")
    assert "in 2 files\n" in run_program(*named, folder=tmp_path).output
    done = run_program(*named, "--force-exclude", folder=tmp_path)
    assert (done.code, done.output, done.errors) == (0, "", "note: all files are excluded by the configuration\n")
    assert "in 1 file\n" in run_program(*named, "texts/a.txt", "--force-exclude", folder=tmp_path).output
    assert "in 1 file\n" in run_program("check", "--force-exclude", folder=tmp_path).output


@pytest.mark.parametrize(
    ("pattern", "fitting", "others"),
    [
        ("archive/**", ["archive/a.txt", "archive/1999/a.txt"], ["archive", "archives/a.txt", "old/archive/a.txt"]),
        ("archive", ["archive/a.txt", "old/archive/a.txt", "archive"], ["archive.txt", "my archive/a.txt"]),
        ("archive/", ["archive/a.txt", "old/archive/a.txt"], ["archive", "archives/a.txt"]),
        ("/archive", ["archive/a.txt"], ["old/archive/a.txt"]),
        ("texts/*.txt", ["texts/a.txt"], ["texts/1999/a.txt", "more/texts/a.txt", "texts/a.txt.md"]),
        ("texts/**/*.txt", ["texts/a.txt", "texts/1999/12/a.txt"], ["a.txt", "texts/1999/a.md"]),
        ("**/old/*.txt", ["old/a.txt", "x/y/old/a.txt"], ["old/x/a.txt", "cold/a.txt"]),
        ("*_ru.txt", ["a_ru.txt", "texts/deep/a_ru.txt"], ["a_ru.txt.md", "ru.txt"]),
        ("*.{md,html}", ["a.md", "b/c.html"], ["a.txt", "a.mdx", "a.{md,html}"]),
        ("old\\**", ["old/a.txt", "old/b/c.txt"], ["older/a.txt"]),
        ("./old/a?.txt", ["old/ab.txt"], ["old/a.txt", "old/a/.txt", "old/abc.txt"]),
        ("[0-9]*.txt", ["1.txt", "x/2022.txt"], ["a1.txt", "x/a/1.md"]),
        ("[!a]b", ["bb", "[b", "x/cb"], ["ab", "/b", "b"]),
        ("a[b", ["a[b"], ["ab", "a"]),
        ("(a|b)+.txt", ["(a|b)+.txt"], ["a.txt", "ab.txt"]),
    ],
)
def test_a_pattern_means(pattern: str, fitting: list[str], others: list[str]) -> None:
    assert [name for name in fitting if not globs.fits(name, pattern)] == []
    assert [name for name in others if globs.fits(name, pattern)] == []


@given(st.text(alphabet="ab*?[]!^-/\\{},. ", max_size=12), st.text(alphabet="ab/[]. ", max_size=12))
def test_any_pattern_can_be_read(pattern: str, name: str) -> None:
    assert globs.fits(name, pattern) in (True, False)
    globs.glob(pattern, escapes=True)


def test_pages_that_the_program_has_written_are_no_texts(tmp_path: Path) -> None:
    made(tmp_path, "a/parallel/b.txt", "translations/en/b.po", "translations/parallel/b.html", "po/parallel/b.html")
    kept = ["a/parallel/b.txt", "po/parallel/b.html", "translations/en/b.po"]
    assert walked(tmp_path) == kept
    assert walked(tmp_path, Config(folder=tmp_path, translations="po")) == [
        "a/parallel/b.txt", "translations/en/b.po", "translations/parallel/b.html",
    ]  # fmt: skip
    settings = Config(folder=tmp_path)
    named = walk.files(tmp_path / "translations" / "parallel", settings)
    assert [path.name for path in named] == ["b.html"]
    wanted = Config(folder=tmp_path, exclude=("!translations/parallel/",))
    assert walked(tmp_path, wanted) == sorted([*kept, "translations/parallel/b.html"])
