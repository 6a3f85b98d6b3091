"""Old texts: a baseline knows their findings, `--changed-since` looks at changed lines only."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import Outcome, run_program
from tolmach.lint import baseline, changed
from tolmach.lint.baseline import Known, Scope
from tolmach.lint.changed import Lines
from tolmach.lint.runner import Finding
from tolmach.text.model import Span

HOUSE = str(Path(__file__).parent / "cases" / "cli_house.toml")
OLD = "Toqajew schwieg.\nDie ODBK tagte.\nIn Weißrussland auch.\n"


def check(folder: Path, *arguments: str) -> Outcome:
    return run_program("check", *(arguments or (".",)), "--lang", "de", "--glossary", HOUSE, folder=folder)


def written(folder: Path, *arguments: str) -> list[str]:
    """The words of the findings that count."""
    done = check(folder, *arguments, "--format", "jsonl")
    assert done.code in (0, 1), done.errors
    found = [json.loads(line) for line in done.output.splitlines()]
    return [one["text"] for one in found if not one["baselined"]]


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A folder with an old text whose findings stand in `known.json`."""
    (tmp_path / "a.txt").write_text(OLD, encoding="utf-8")
    done = check(tmp_path, ".", "--baseline", "known.json", "--write-baseline")
    assert (done.code, done.output) == (0, "no findings in 1 file; 3 more in the baseline\n")
    assert done.errors == "note: 3 findings in the baseline\n"
    return tmp_path


# A baseline


@pytest.mark.parametrize(
    ("text", "new"),
    [
        (OLD, []),
        (f"Neu.\n{OLD}", []),
        (f"Neu.\n\n\n{OLD}\nAlt.\n", []),
        (OLD.replace("\n", "\nDazwischen.\n"), []),
        (OLD.replace("\n", "\r\n"), []),
        (f"\ufeff{OLD}", []),
        ("".join(reversed(OLD.splitlines(keepends=True))), []),
        (OLD.replace("Die ODBK tagte.\n", ""), []),
        (f"{OLD}Toqajew kam.\n", ["Toqajew"]),
        (f"{OLD}Toqajew schwieg.\n", ["Toqajew"]),
        (OLD.replace("Toqajew schwieg", "Toqajews Sohn schwieg"), ["Toqajews"]),
        (OLD.replace("Die ODBK", "Und die ODBK"), ["ODBK"]),
    ],
)
def test_what_the_baseline_knows_does_not_count(text: str, new: list[str], old: Path) -> None:
    (old / "a.txt").write_bytes(text.encode())
    assert written(old, ".", "--baseline", "known.json") == new
    assert check(old, ".", "--baseline", "known.json").code == bool(new)


def test_known_findings_are_marked_in_reports_for_machines(old: Path) -> None:
    (old / "a.txt").write_text(f"{OLD}Toqajew kam.\n", encoding="utf-8")
    report = json.loads(check(old, ".", "--baseline", "known.json", "--format", "json").output)
    assert [one["baselined"] for one in report["findings"]] == [True, True, True, False]
    assert report["summary"] == {"error": 0, "warning": 1, "hint": 0}
    shown = check(old, ".", "--baseline", "known.json").output
    assert shown == (
        "a.txt:4:1: warning: Toqajew: write Tokajew (from the Kazakh spelling) [deprecated-term]\n"
        "1 warning in 1 file; 3 more in the baseline\n"
    )


def test_stale_entries_are_reported_and_dropped(old: Path) -> None:
    (old / "a.txt").write_text("Die ODBK tagte.\n", encoding="utf-8")
    done = check(old, ".", "--baseline", "known.json")
    assert done.code == 0
    assert done.errors.splitlines() == [
        "note: a.txt: Weißrussland [deprecated-term] is in the baseline, but no longer in the text",
        "note: a.txt: Toqajew [deprecated-term] is in the baseline, but no longer in the text",
        "note: 2 entries of the baseline are stale; --write-baseline drops them",
    ]
    check(old, ".", "--baseline", "known.json", "--write-baseline")
    assert [one.text for one in baseline.load(old / "known.json")] == ["ODBK"]
    assert check(old, ".", "--baseline", "known.json").errors == ""


@pytest.mark.parametrize(
    "arguments",
    [("b.txt",), ("a.txt", "--select", "deprecated-term"), ("a.txt", "--ignore", "deprecated-term")],
    ids=["another file", "some rules", "without a rule"],
)
def test_what_was_not_looked_for_is_not_stale_and_stays(arguments: tuple[str, ...], old: Path) -> None:
    (old / "b.txt").write_text("Tokajew.", encoding="utf-8")
    before = (old / "known.json").read_bytes()
    assert check(old, *arguments, "--baseline", "known.json").errors == ""
    check(old, *arguments, "--baseline", "known.json", "--write-baseline")
    assert (old / "known.json").read_bytes() == before


def test_entries_of_a_file_that_is_gone_are_stale(old: Path) -> None:
    (old / "b.txt").write_text("Tokajew.", encoding="utf-8")
    (old / "a.txt").unlink()
    assert "3 entries of the baseline are stale" in check(old, ".", "--baseline", "known.json").errors


def test_a_baseline_is_found_from_any_folder(old: Path) -> None:
    (old / "below").mkdir()
    for path in ("../a.txt", str(old / "a.txt"), ".././a.txt"):
        assert written(old / "below", path, "--baseline", "../known.json") == []


def test_a_baseline_is_sorted_and_the_same_again(old: Path) -> None:
    (old / "Ä b.txt").write_text("Toqajew und\n  Toqajew.", encoding="utf-8")
    check(old, ".", "--baseline", "known.json", "--write-baseline")
    first = (old / "known.json").read_bytes()
    check(old, "a.txt", "Ä b.txt", "--baseline", "known.json", "--write-baseline")
    assert (old / "known.json").read_bytes() == first
    lines = first.decode().splitlines()
    assert lines[0] == '{"schema": "tolmach.baseline/1", "findings": ['
    assert lines[1:-1] == sorted(lines[1:-1])
    assert len(lines) == 7 and first.endswith(b"]}\n")


def test_tables_and_their_rows_may_move(tmp_path: Path) -> None:
    rows = ["ОДКБ молчала.\tMan schwieg.", "Токаев молчал.\tToqajew schwieg."]
    table = tmp_path / "a_ru_de.tsv"
    table.write_text("\n".join(rows) + "\n", encoding="utf-8")
    check(tmp_path, ".", "--baseline", "known.json", "--write-baseline")
    table.write_text("\n".join(["Всё.\tAlles.", *reversed(rows)]) + "\n", encoding="utf-8")
    assert written(tmp_path, ".", "--baseline", "known.json") == []


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "null", '{"schema": "other/1", "findings": []}', '{"schema": "tolmach.baseline/1"}',
     '{"schema": "tolmach.baseline/1", "findings": [{"path": "a"}]}',
     '{"schema": "tolmach.baseline/1", "findings": [{"path": 1, "rule": "a", "fingerprint": "b"}]}',
     '{"schema": "tolmach.baseline/1", "findings": 7}', "\udcff"],
)  # fmt: skip
def test_what_is_no_baseline(content: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(OLD, encoding="utf-8")
    (tmp_path / "known.json").write_bytes(content.encode("utf-8", "surrogateescape"))
    for extra in ((), ("--write-baseline",)):
        done = check(tmp_path, "a.txt", "--baseline", "known.json", *extra)
        assert (done.code, done.output) == (2, "")
        assert done.errors.startswith("error: known.json")
        assert "--write-baseline" in done.errors or "hint:" in done.errors


def test_a_missing_baseline_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(OLD, encoding="utf-8")
    done = check(tmp_path, "a.txt", "--baseline", "known.json")
    assert (done.code, done.output) == (2, "")
    assert done.errors == "error: known.json: there is no such file\nhint: --write-baseline writes a first one\n"
    assert check(tmp_path, "a.txt", "--write-baseline").code == 2


def test_exit_zero(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(OLD, encoding="utf-8")
    assert check(tmp_path, "a.txt").code == 1
    done = check(tmp_path, "a.txt", "--exit-zero")
    assert done.code == 0 and "1 error, 2 warnings" in done.output
    assert check(tmp_path, "b.txt", "--exit-zero").code == 2


FINDINGS = st.lists(
    st.builds(
        Finding,
        rule=st.sampled_from(["deprecated-term", "forbidden-term"]),
        severity=st.just("warning"), path=st.sampled_from(["a.txt", "ü b/c.txt"]), language=st.just("de"),
        span=st.just(Span(0, 1)), line=st.integers(1, 9), column=st.just(1),
        text=st.text(max_size=4), message=st.just("m"),
        concept=st.just("c"), replacements=st.just(()), fix=st.just("none"), fingerprint=st.sampled_from("abc"),
    ),
    max_size=12,
)  # fmt: skip
SCOPE = Scope(Path(), ("a.txt", "ü b/c.txt"), ("deprecated-term", "forbidden-term"))


@given(FINDINGS, FINDINGS)
def test_each_entry_knows_one_finding(before: list[Finding], after: list[Finding]) -> None:
    known = baseline.renewed(before, (), SCOPE)
    marked = baseline.mark(after, known, SCOPE)
    keys = [(one.path, one.fingerprint) for one in before]
    for key in set(keys):
        found = [one.baselined for one in marked.findings if (one.path, one.fingerprint) == key]
        assert sum(found) == min(len(found), keys.count(key))
        assert found == sorted(found, reverse=True)
    assert len(marked.stale) + sum(one.baselined for one in marked.findings) == len(before)
    assert not any(one.baselined for one in marked.findings if (one.path, one.fingerprint) not in keys)


@given(FINDINGS)
def test_a_baseline_is_read_as_it_was_written(findings: list[Finding]) -> None:
    known = sorted(baseline.renewed(findings, (), SCOPE))
    table = json.loads(baseline.dump(reversed(known)))
    assert [Known(*one.values()) for one in table["findings"]] == known


# Changed lines


def git(folder: Path, *arguments: str) -> None:
    names = ("-c", "user.name=Tester", "-c", "user.email=tester@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *names, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with one committed text, with settings that change the looks of differences."""
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    for setting in ("color.ui=always", "diff.noprefix=true", "diff.context=5", "diff.interHunkContext=9"):
        git(tmp_path, "config", *setting.split("="))
    (tmp_path / "a b.txt").write_text(OLD, encoding="utf-8")
    commit(tmp_path, "first")
    return tmp_path


def commit(folder: Path, tag: str) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", tag)
    git(folder, "tag", tag)


def test_only_changed_lines_count(repository: Path) -> None:
    assert written(repository, ".", "--changed-since", "first") == []
    text = f"Toqajews Sohn.\n{OLD}++ Weißrusslands Grenze.\n"
    (repository / "a b.txt").write_text(text, encoding="utf-8")
    expected = ["Toqajews", "Weißrusslands"]
    assert written(repository, ".", "--changed-since", "first") == expected
    git(repository, "add", "--all")
    assert written(repository, ".", "--changed-since", "first") == expected
    commit(repository, "second")
    assert written(repository, ".", "--changed-since", "first") == expected
    assert written(repository, ".", "--changed-since", "HEAD~1") == expected
    assert written(repository, ".", "--changed-since", "second") == []
    assert check(repository, ".", "--changed-since", "second").code == 0


def test_a_line_that_is_gone_changes_none(repository: Path) -> None:
    (repository / "a b.txt").write_text(OLD.replace("Die ODBK tagte.\n", ""), encoding="utf-8")
    assert written(repository, ".", "--changed-since", "HEAD") == []


def test_new_and_renamed_files(repository: Path) -> None:
    git(repository, "mv", "a b.txt", 'ü "c"\t.txt')
    assert written(repository, ".", "--changed-since", "HEAD") == []
    (repository / 'ü "c"\t.txt').write_text(f"{OLD}Toqajews Sohn.\n", encoding="utf-8")
    assert written(repository, ".", "--changed-since", "HEAD") == ["Toqajews"]
    (repository / "neu.txt").write_text("Kam\nToqajew", encoding="utf-8")
    assert sorted(written(repository, ".", "--changed-since", "HEAD")) == ["Toqajew", "Toqajews"]
    (repository / ".gitignore").write_text("neu.txt\n", encoding="utf-8")
    assert written(repository, ".", "--changed-since", "HEAD") == ["Toqajews"]


def test_a_branch_is_compared_with_where_it_began(repository: Path) -> None:
    git(repository, "checkout", "--quiet", "-b", "topic")
    (repository / "a b.txt").write_text(f"{OLD}Toqajews Sohn.\n", encoding="utf-8")
    commit(repository, "ours")
    git(repository, "checkout", "--quiet", "main")
    (repository / "a b.txt").write_text(OLD.replace("Toqajew", "Tokajew"), encoding="utf-8")
    commit(repository, "theirs")
    git(repository, "checkout", "--quiet", "topic")
    assert written(repository, ".", "--changed-since", "main") == ["Toqajews"]


def test_from_a_folder_below(repository: Path) -> None:
    (repository / "below").mkdir()
    (repository / "below" / "b.txt").write_text("Toqajew", encoding="utf-8")
    (repository / "a b.txt").write_text(f"{OLD}Toqajews Sohn.\n", encoding="utf-8")
    assert written(repository / "below", "b.txt", "../a b.txt", "--changed-since", "HEAD") == ["Toqajew", "Toqajews"]


def test_a_text_that_git_takes_for_binary_is_changed_as_a_whole(repository: Path) -> None:
    path = repository / "w.txt"
    path.write_bytes(OLD.encode("utf-16"))
    commit(repository, "wide")
    assert written(repository, ".", "--changed-since", "HEAD") == []
    path.write_bytes(f"{OLD}Neu.\n".encode("utf-16"))
    assert written(repository, ".", "--changed-since", "HEAD") == ["Toqajew", "ODBK", "Weißrussland"]


def test_units_of_a_translation(repository: Path) -> None:
    head = 'msgid ""\nmsgstr "Language: de\\n"\n\n'
    units = ["ОДКБ молчала.", "Токаев молчал."]
    targets = ["Man schwieg.", "Toqajew schwieg."]

    def save(sources: list[str], translations: list[str]) -> None:
        rows = (f'msgid "{one}"\nmsgstr "{two}"\n\n' for one, two in zip(sources, translations, strict=True))
        (repository / "a_ru_de.po").write_text(head + "".join(rows), encoding="utf-8")

    save(units, targets)
    commit(repository, "translated")
    assert written(repository, ".", "--changed-since", "HEAD") == []
    save(units, [targets[0], "Toqajew schwieg wieder."])
    assert written(repository, ".", "--changed-since", "HEAD") == ["Toqajew"]
    save(["ОДКБ опять молчала.", units[1]], targets)
    assert written(repository, ".", "--changed-since", "HEAD") == [""]


@pytest.mark.parametrize("revision", ["nothing", "--output=x", "-h", "first nope", "", "HEAD:a b.txt"])
def test_unknown_revisions(revision: str, repository: Path) -> None:
    done = check(repository, ".", f"--changed-since={revision}")
    assert (done.code, done.output) == (2, "")
    assert "git knows no revision" in done.errors
    assert not (repository / "x").exists()


def test_without_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    (tmp_path / "a.txt").write_text(OLD, encoding="utf-8")
    done = check(tmp_path, "a.txt", "--changed-since", "HEAD")
    assert done.code == 2 and "not a git repository" in done.errors
    monkeypatch.setenv("PATH", os.devnull)
    done = check(tmp_path, "a.txt", "--changed-since", "HEAD")
    assert done.code == 2 and "git is not installed" in done.errors


def test_a_baseline_needs_all_lines(repository: Path) -> None:
    done = check(repository, ".", "--baseline", "k.json", "--write-baseline", "--changed-since", "HEAD")
    assert done.code == 2
    assert not (repository / "k.json").exists()


@pytest.mark.parametrize(
    ("diff", "expected"),
    [
        (b"", []),
        (b"--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n", [("x", Lines(((1, 1),)))]),
        (b"--- a/x\n+++ b/x\n@@ -1,2 +0,0 @@\n-a\n-b\n", [("x", Lines(()))]),
        (b"--- a/x\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n", []),
        (b"+++ b/x\n@@ -0,0 +1,2 @@\n+++ b/y\n+@@ -1 +1 @@\n@@ -9 +11 @@\n-a\n+b", [("x", Lines(((1, 2), (11, 11))))]),
        (
            b"+++ b/x\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n+++ b/z\n",
            [("x", Lines(((1, 1),))), ("z", Lines(()))],
        ),
        (b'+++ "b/\\303\\274 \\"\\t\\\\.txt"\n', [('ü "\t\\.txt', Lines(()))]),
        (b"+++ b/a b.txt\t\n", [("a b.txt", Lines(()))]),
    ],
)  # fmt: skip
def test_differences_are_parsed(diff: bytes, expected: list[tuple[str, Lines]]) -> None:
    assert list(changed.parse(diff)) == expected


@given(st.sets(st.integers(1, 30), max_size=8), st.integers(1, 30), st.integers(0, 5))
def test_lines_touch_what_they_share(lines: set[int], first: int, more: int) -> None:
    stretches = Lines(tuple((line, line) for line in sorted(lines)))
    assert stretches.touch(first, first + more) == bool(lines & set(range(first, first + more + 1)))
