"""All reporters on the same findings, one golden file each, and what their readers demand."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from support import run_program
from tolmach.errors import TolmachError
from tolmach.lint import reporter as reporters
from tolmach.lint.excerpt import Excerpt, excerpt, underlined
from tolmach.lint.reporter import Report
from tolmach.lint.runner import Entry, Finding, Suppressed
from tolmach.text.columns import visible, width
from tolmach.text.model import Span

HOUSE = str(Path(__file__).parent / "cases" / "cli_house.toml")
GOLDEN = Path(__file__).parent / "golden" / "findings"
HOSTILE = "Toqajew\u202e<b>\x1b[31m\"&]]>'\uffff\n::error::%0A"


def finding(**values: object) -> Finding:
    told: dict[str, object] = {
        "rule": "deprecated-term",
        "severity": "warning",
        "path": "Berichte/Über uns 50 %, a:b.txt",
        "language": "de",
        "span": Span(30, 38),
        "line": 2,
        "column": 11,
        "text": "Toqajews",
        "message": "Toqajews: write Tokajews (from the Kazakh spelling)",
        "concept": "tokayev",
        "replacements": ("Tokajews",),
        "fix": "safe",
        "fingerprint": "00112233445566aa",
    }
    return Finding(**(told | values))  # type: ignore[arg-type]


PLAIN = finding()
KNOWN = finding(
    span=Span(40, 53), column=21, text="Weißrusslands", message="Weißrusslands: write Belarus\u2019",
    concept="belarus", replacements=("Belarus\u2019",), fingerprint="00112233445566bb", baselined=True,
)  # fmt: skip
BROKEN = finding(
    span=Span(60, 75), line=3, column=1, text="Kassym-\nToqajew", message="Kassym- Toqajew: write Tokajew [sic](x) {0}",
    fix="unsafe", replacements=("Tokajew", "Tokajews"), fingerprint="00112233445566cc",
)  # fmt: skip
FOREIGN = finding(
    rule="forbidden-term", severity="error", path="b.md", span=Span(0, 31), line=1, column=1, text=HOSTILE,
    message=f"{HOSTILE}: 50 %", concept="odkb", replacements=(), fix="none", fingerprint="00112233445566dd",
)  # fmt: skip
MISSING = finding(
    rule="term-missing", path="c_ru_de.po", span=Span(0, 0), line=12, column=1, text="", concept="odkb",
    message="ОДКБ is missing: ODKB", replacements=(), fix="none", fingerprint="00112233445566ee",
    entry=Entry(1, "s/1, <2>", "target", "ОДКБ молчала.", "Man schwieg."),
)  # fmt: skip
PARAGRAPH = finding(severity="hint", path="d.docx", span=Span(5, 13), line=4, column=6, fingerprint="00112233445566ff")
REPORT = Report(
    [PLAIN, KNOWN, BROKEN, FOREIGN, MISSING, PARAGRAPH],
    6,
    "0.1.0",
    "888c2e0c8489",
    ("deprecated-term", "forbidden-term", "term-missing"),
    excerpts={
        PLAIN: Excerpt("In 北京\tsprach и\u0306 ", "Toqajews", " Sohn."),
        KNOWN: Excerpt("an ", "Weißrusslands", " Grenze"),
        FOREIGN: Excerpt("", HOSTILE.partition("\n")[0] + "…", ""),
        MISSING: Excerpt("", "", "Man schwieg."),
    },
    compared=True,
    suppressed=[
        finding(path="e.txt", fingerprint="0011223344556600", suppressed=Suppressed("text", "as spoken")),
        finding(path="e.txt", fingerprint="0011223344556611", suppressed=Suppressed("text")),
        finding(path="f.txt", fingerprint="0011223344556622", suppressed=Suppressed("configuration"), rule="quotes"),
    ],
)
NOTHING = Report([], 2, "0.1.0", "888c2e0c8489", ("deprecated-term",))
LINES = [name for name in reporters.names() if reporters.load(name).annotate is None]


def written(name: str, report: Report = REPORT) -> str:
    return "".join(f"{line}\n" for line in reporters.load(name).write(report))


@pytest.mark.parametrize("name", LINES)
def test_the_report_is_the_golden_one(name: str) -> None:
    """After an intended change look at what `written(name)` gives and keep it as the new golden report."""
    assert written(name) == (GOLDEN / f"{name}.golden").read_text(encoding="utf-8")


def test_every_reporter_has_a_golden_file() -> None:
    assert sorted(path.stem for path in GOLDEN.iterdir()) == sorted(LINES)


@pytest.mark.parametrize("name", LINES)
def test_a_report_without_findings(name: str) -> None:
    text = written(name, NOTHING)
    if name in ("github", "jsonl"):
        assert text == ""
    elif name in ("text", "statistics"):
        assert text == "no findings in 2 files\n"
    elif name in ("checkstyle", "junit"):
        ElementTree.fromstring(text)
    elif name in ("json", "sarif"):
        json.loads(text)
    elif name == "gitlab":
        assert json.loads(text) == []
    else:
        assert "no findings in 2 files" in text


# Text


@pytest.mark.parametrize(
    ("line", "word", "carets"),
    [
        ("Toqajew schwieg.", "Toqajew", 0),
        ("In 北京 schwieg Toqajew.", "Toqajew", 16),
        ("и\u0306е\u0308 Тоқаев", "Тоқаев", 3),
        ("\U0001f600 Toqajew", "Toqajew", 3),
        ("\tToqajew", "Toqajew", 4),
        ("ab\tToqajew", "Toqajew", 4),
        ("北\tToqajew", "Toqajew", 4),
        ("a\x1bb Toqajew", "Toqajew", 7),
        ("a\u200db Toqajew", "Toqajew", 3),
        ("\U0001f468\u200d\U0001f469\u200d\U0001f467 Toqajew", "Toqajew", 3),  # a family
        ("\U0001f44d\U0001f3fd \u2764\ufe0f Toqajew", "Toqajew", 6),
        ("\u2764\ufe0f\u200d\U0001f525 Toqajew", "Toqajew", 3),
        ("ﾄｶｴﾌ Toqajew", "Toqajew", 5),
        ("ＡＢ Toqajew", "Toqajew", 5),
    ],
)
def test_the_carets_stand_under_the_word(line: str, word: str, carets: int) -> None:
    start = line.index(word)
    shown, marks = underlined(excerpt(line, Span(start, start + len(word))))
    assert marks == " " * carets + "^" * width(word)
    assert "\t" not in shown and "\x1b" not in shown


@given(
    st.text("a \t北\u0301\x1b\U0001f600", max_size=60),
    st.text("b\t京", min_size=1, max_size=60),
    st.text("c \u202e", max_size=60),
    st.integers(1, 80),
)
@example("\x1b北", "bbbbbb\t\t\t\t\t\t", "\u202e\u202e", 46)
def test_a_narrow_terminal_shows_less(before: str, text: str, after: str, columns: int) -> None:
    shown, marks = underlined(Excerpt(before, text, after), columns)
    # The finding itself gets eight columns at least.
    assert width(shown) <= max(columns, 8)
    assert width(marks) <= max(columns, 8)


def test_colors_change_no_words() -> None:
    colored = written("text", replace(REPORT, colored=True))
    assert colored.count("\x1b[") == colored.count("\x1b[0m") * 2 > 0
    assert re.sub(r"\x1b\[[0-9;]+m", "", colored) == written("text")


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [
        ("a\r\nToqajew kam.\r\nb", Span(3, 10), Excerpt("", "Toqajew", " kam.")),
        ("Kassym-\nToqajew", Span(0, 15), Excerpt("", "Kassym-…", "")),
        ("Kassym-\r\nToqajew", Span(0, 16), Excerpt("", "Kassym-…", "")),
        ("eins\nzwei", Span(4, 4), Excerpt("eins", "", "")),
        ("", Span(0, 0), Excerpt("", "", "")),
    ],
)
def test_the_excerpt_is_one_line(text: str, span: Span, expected: Excerpt) -> None:
    assert excerpt(text, span) == expected


def test_long_lines_are_cut_between_words() -> None:
    text = "Dies ist ein langer Absatz ohne Ende. " * 5000
    found = excerpt(text, Span(38 * 100, 38 * 100 + 4))
    assert found.text == "Dies"
    assert found.before.startswith("… ") and found.after.endswith(" …")
    assert len(found.before) + len(found.after) < 110


@given(st.text(max_size=80), st.data())
def test_the_excerpt_quotes_the_text(text: str, drawn: st.DataObject) -> None:
    start = drawn.draw(st.integers(0, len(text)))
    end = drawn.draw(st.integers(start, len(text)))
    found = excerpt(text, Span(start, end))
    if "\n" not in text[start:end]:
        assert found.text == text[start:end]
    assert found.text.rstrip("…") in text
    shown, marks = underlined(found)
    assert visible(shown) == shown
    assert marks.strip(" ") == "^" * len(marks.strip(" ")) != ""


def test_lines_are_shown_when_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a_de.txt").write_text("Gestern sprach\nin 北京 Toqajews Sohn.", encoding="utf-8")
    done = run_program("check", "a_de.txt", "--glossary", HOUSE, "--show-source", folder=tmp_path)
    assert done.output == (
        "a_de.txt:2:7: warning: Toqajews: write Tokajews (from the Kazakh spelling) [deprecated-term]\n"
        "    in 北京 Toqajews Sohn.\n"
        "            ^^^^^^^^\n"
        "1 warning in 1 file\n"
    )


# Machines


def test_json_lines_are_the_findings_of_the_json_report() -> None:
    lines = [json.loads(line) for line in written("jsonl").splitlines()]
    assert lines == json.loads(written("json"))["findings"]
    assert [one["baselined"] for one in lines] == [False, True, False, False, False, False]


def test_json_tells_what_was_mended() -> None:
    report = json.loads(written("json", Report([], 1, "0.1.0", "8", fixed=[PLAIN])))
    assert [one["text"] for one in report["fixed"]] == ["Toqajews"]
    assert report["summary"] == {"error": 0, "warning": 0, "hint": 0}


def unescaped(text: str, *, value: bool) -> str:
    for code, sign in ((("%3A", ":"), ("%2C", ",")) if value else ()) + (("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        text = text.replace(code, sign)
    return text


def test_workflow_commands_are_read_back() -> None:
    lines = written("github").splitlines()
    assert len(lines) == len(list(REPORT.open))
    for line, one in zip(lines, REPORT.open, strict=True):
        found = re.fullmatch(r"::(error|warning|notice) ([^\n]*?)::(.*)", line)
        assert found
        properties = dict(part.split("=", 1) for part in found[2].split(","))
        assert unescaped(properties["file"], value=True) == one.path
        assert properties["title"] == one.rule
        assert unescaped(found[3], value=False) == f"{visible_lines(one.message)} [{one.rule}]"
    assert "line" not in dict(part.split("=", 1) for part in lines[-1].split("::")[1].split(" ", 1)[1].split(","))


def visible_lines(text: str) -> str:
    return "\n".join(map(visible, text.split("\n")))


def test_code_quality_has_what_gitlab_asks_for() -> None:
    again = Report([PLAIN, PLAIN, finding(path="b.md")], 2, "0.1.0", "888c2e0c8489")
    for report in (REPORT, again):
        issues = json.loads(written("gitlab", report))
        assert [issue["location"]["path"] for issue in issues] == [one.path for one in report.open]
        assert len({issue["fingerprint"] for issue in issues}) == len(issues)
        for issue, one in zip(issues, report.open, strict=True):
            assert issue.keys() == {"description", "check_name", "fingerprint", "severity", "location"}
            assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
            assert 1 <= issue["location"]["lines"]["begin"] <= issue["location"]["lines"]["end"]
            assert (issue["description"], issue["check_name"]) == (one.message, one.rule)


@pytest.mark.parametrize("name", ["checkstyle", "junit"])
def test_xml_is_well_formed_and_counts(name: str) -> None:
    root = ElementTree.fromstring(written(name))
    if name == "checkstyle":
        severities = [element.get("severity") for element in root.iter("error")]
        assert severities == ["warning", "ignore", "warning", "error", "warning", "info"]
        assert [element.get("name") for element in root] == list(dict.fromkeys(one.path for one in REPORT.findings))
    else:
        assert {key: root.get(key) for key in ("tests", "failures", "skipped")} == {
            "tests": "6", "failures": "4", "skipped": "1",
        }  # fmt: skip
        assert len(list(root.iter("testcase"))) == 6
        assert len(list(root.iter("failure"))) == 4
        assert len(list(root.iter("skipped"))) == 1


class Tags(HTMLParser):
    """The tags of a page, and the language of each quotation."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Remember the tag."""
        self.tags.append(tag)


def test_the_page_has_no_foreign_markup() -> None:
    page = written("html")
    tags = Tags()
    tags.feed(page)
    assert not {"script", "b", "img", "link"} & set(tags.tags)
    assert tags.tags.count("li") == 6
    assert "\u202e" not in page and "\x1b" not in page


# Documents and statistics


def test_statistics_stand_alone_or_beside_a_file(tmp_path: Path) -> None:
    (tmp_path / "a_de.txt").write_text("Toqajews Sohn, Toqajews Sohn, die ODBK", encoding="utf-8")
    common = ("check", "a_de.txt", "--glossary", HOUSE, "--statistics")
    table = (
        "count  files  rule             what\n"
        "    2      1  deprecated-term  Toqajews → Tokajews\n"
        "    1      1  forbidden-term   ODBK → ODKB\n"
        "\n"
        "1 error, 2 warnings in 1 file\n"
    )
    alone = run_program(*common, folder=tmp_path)
    assert (alone.code, alone.output) == (1, table)
    beside = run_program(*common, "--format", "jsonl", "--output", "r.jsonl", folder=tmp_path)
    assert (beside.code, beside.output) == (1, table)
    assert len((tmp_path / "r.jsonl").read_text(encoding="utf-8").splitlines()) == 3
    both = run_program(*common, "--format", "json", folder=tmp_path)
    assert (both.code, both.output) == (2, "")
    assert "--output" in both.errors


def test_comments_are_for_one_word_document() -> None:
    from tolmach.text.formats import Source

    annotate = reporters.load("docx-comments").annotate
    assert annotate is not None
    with pytest.raises(TolmachError, match="only a Word document"):
        annotate(Source("a.txt", "a", b"Toqajew"), [])
    assert list(reporters.load("docx-comments").write(REPORT)) == []


def test_addresses_lead_back_to_their_files() -> None:
    log = json.loads(written("sarif"))
    for result, one in zip(log["runs"][0]["results"], [*REPORT.findings, *REPORT.suppressed], strict=True):
        place = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert unquote(place["uri"]) == one.path
        assert re.fullmatch(r"[A-Za-z0-9/._~%-]+", place["uri"])
        assert place["uriBaseId"] == "SRCROOT"


@pytest.mark.parametrize("name", LINES)
def test_names_of_files_that_are_no_utf8(name: str, tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"\xff\n_de.txt")).write_text("Toqajew", encoding="utf-8")
    common = ("check", ".", "--glossary", HOUSE, "--format", name)
    for _again in range(2):
        done = run_program(*common, "--output", "report", "--baseline", "k.json", "--write-baseline", folder=tmp_path)
        assert done.code == 0, done.errors
    (tmp_path / "report").read_bytes().decode("utf-8")
    assert run_program(*common, "--output", "report", folder=tmp_path).code == 1
    assert len((tmp_path / "k.json").read_text(encoding="utf-8").splitlines()) == 3
