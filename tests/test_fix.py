"""Mending: what is safe, nothing else, no other byte; the second run has nothing to do."""

from __future__ import annotations

import json
import os
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from office import accepted, archive, member, odf_members, records, rejected, word_members
from support import Outcome, run_program
from tolmach.errors import TolmachError
from tolmach.lint import fix
from tolmach.lint.runner import Finding
from tolmach.text.formats import Source
from tolmach.text.model import Span

HOUSE = str(Path(__file__).parent / "cases" / "cli_house.toml")
WORDS = ("Toqajews", "Tokajews")


def check(folder: Path, *arguments: str) -> Outcome:
    return run_program("check", *arguments, "--glossary", HOUSE, folder=folder)


def lines(*rows: str) -> bytes:
    """The rows as a file with a byte order mark and CRLF."""
    return b"\xef\xbb\xbf" + "".join(f"{row}\r\n" for row in rows).encode()


# One file of each format, with a byte order mark, CRLF and inline markup; the word stands once where it may be mended.
XLIFF_1 = lines(
    '<?xml version="1.0"?>',
    '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file source-language="ru"',
    '  target-language="de" original="a" datatype="plaintext"><body>',
    '<trans-unit id="1"  translate="yes"><source>Это <g id="1">сын</g> Токаева.</source>',
    '<target state="translated">Das ist <g id="1">Toqajews</g> Sohn &amp; Erbe.</target></trans-unit>',
    "</body></file></xliff>",
)
XLIFF_2 = lines(
    '<?xml version="1.0"?>',
    '<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="ru" trgLang="de"><file id="f">',
    '<unit id="1"><segment id="s" ><source>Это сын <pc id="1">Токаева</pc>.</source>',
    '<target>Das ist <pc id="1">Toqajews</pc> Sohn.</target></segment></unit></file></xliff>',
)
TMX = lines(
    '<?xml version="1.0" ?>',
    '<tmx version="1.4"><header srclang="ru" segtype="sentence"   adminlang="en" datatype="x" o-tmf="x"',
    '  creationtool="x" creationtoolversion="1"/><body><tu>',
    '<tuv xml:lang="ru"><seg>Это сын Токаева.</seg></tuv>',
    '<tuv xml:lang="de"><seg>Das ist <bpt i="1">&lt;b></bpt>Toqajews<ept i="1">&lt;/b></ept> Sohn.</seg></tuv>',
    "</tu></body></tmx>",
)
TEXTS = {
    "a_de.txt": lines("Gestern  sprach\t Toqajews Sohn. ", "", "Toqajew.pdf liegt bei."),
    "a_de.md": lines("---", "author: Toqajew", "---", "Ein **Toqajews** `Toqajew` [Sohn](x/Toqajew)  ", "*  Ende"),
    "a.html": lines('<p lang="de" title=Toqajew>Ein <b>Toqajews</b>', "<!-- Toqajew --><code>Toqajew</code> &szlig;"),
    "a_de.srt": lines("1", "00:00:01,000 --> 00:00:02,500", "- Das ist <i>Toqajews</i> Sohn."),
    "a_de.vtt": lines("WEBVTT", "", "00:01.000 --> 00:02.500 align:start", "Das ist <i>Toqajews</i> Sohn."),
    "a_ru_de.po": lines(
        'msgid ""', 'msgstr ""', '"Language: de\\n"', '"X-Source-Language: ru\\n"', "", "#, c-format",
        'msgid "Это сын "', '"<b>Токаева</b>."', 'msgstr ""', '"Das ist "', '"<b>Toqajews</b> %s"', '" Sohn.\\n"', "",
        "# Toqajew",
    ),
    "a_ru_de.tsv": lines("Токаева сын.\tEs ist Toqajews Sohn. ", "Да.\tJa."),
    "a_ru_de.csv": lines('"Токаева ""сын""","Es ist  Toqajews ""Sohn"""', "Да,Ja"),
    "a.xlf": XLIFF_1,
    "b.xlf": XLIFF_2,
    "a.tmx": TMX,
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_one_word_is_mended_and_no_other_byte(name: str, tmp_path: Path) -> None:
    before = TEXTS[name]
    path = tmp_path / name
    path.write_bytes(before)
    old, new = (word.encode() for word in WORDS)
    assert before.count(old) == 1
    done = check(tmp_path, name, "--fix")
    assert (done.code, done.errors) == (0, "")
    assert done.output == f"{name}: 1 fixed\nno findings in 1 file; 1 fixed\n"
    assert path.read_bytes() == before.replace(old, new)
    again = check(tmp_path, name, "--fix")
    assert again.output == "no findings in 1 file; 0 fixed\n"
    assert path.read_bytes() == before.replace(old, new)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "windows-1252"])
def test_the_encoding_stays(encoding: str, tmp_path: Path) -> None:
    text = "Gestern sprach über die größten Übel der Präsident Toqajew.\r\nDanach schwieg er – müde.\r\n"
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    (tmp_path / "a_de.txt").write_bytes((mark + text).encode(encoding))
    assert check(tmp_path, "a_de.txt", "--fix").code == 0
    expected = (mark + text.replace("Toqajew", "Tokajew")).encode(encoding)
    assert (tmp_path / "a_de.txt").read_bytes() == expected


PARAGRAPH = '<w:p><w:r><w:t xml:space="preserve">Gestern sprach </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>Toqajews</w:t></w:r><w:r><w:t xml:space="preserve"> Sohn.</w:t></w:r></w:p>'  # noqa: E501
ODF_PARAGRAPH = '<text:p>Gestern sprach <text:span text:style-name="T9">Toqajews</text:span> Sohn.</text:p>'
DOCUMENTS = {
    "a.docx": ("word/document.xml", archive(word_members(PARAGRAPH))),
    "a.odt": ("content.xml", archive(odf_members(ODF_PARAGRAPH), stored=("mimetype",))),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_other_parts_of_a_document_stay(name: str, tmp_path: Path) -> None:
    part, before = DOCUMENTS[name]
    path = tmp_path / name
    path.write_bytes(before)
    assert check(tmp_path, name, "--fix").code == 0
    after = path.read_bytes()
    old, new = (word.encode() for word in WORDS)
    assert member(after, part) == member(before, part).replace(old, new)
    assert {key: value for key, value in records(after).items() if key != part} == {
        key: value for key, value in records(before).items() if key != part
    }
    assert check(tmp_path, name, "--fix").output == "no findings in 1 file; 0 fixed\n"
    assert path.read_bytes() == after


def test_tracked_changes_are_for_the_editor_to_accept(tmp_path: Path) -> None:
    before = DOCUMENTS["a.docx"][1]
    for name, (_part, content) in DOCUMENTS.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "b_de.txt").write_text("Toqajew", encoding="utf-8")
    done = check(tmp_path, ".", "--fix", "--track")
    assert done.code == 1
    assert "a.docx: 1 fixed\na.odt: 1 fixed\n" in done.output
    assert (tmp_path / "b_de.txt").read_text(encoding="utf-8") == "Toqajew"
    body = (tmp_path / "a.docx").read_bytes()
    assert rejected(body) == rejected(before)
    assert accepted(body) == accepted(before).replace(*WORDS)
    assert b"tracked-changes" in member((tmp_path / "a.odt").read_bytes(), "content.xml")
    assert "2 fixed" not in check(tmp_path, ".", "--fix", "--track").output
    assert (tmp_path / "a.docx").read_bytes() == body
    assert check(tmp_path, ".", "--track").code == 2


def test_findings_become_comments_in_a_copy(tmp_path: Path) -> None:
    before = DOCUMENTS["a.docx"][1]
    (tmp_path / "a.docx").write_bytes(before)
    done = check(tmp_path, "a.docx", "--format", "docx-comments", "--output", "b.docx")
    assert (done.code, done.output) == (1, "")
    assert (tmp_path / "a.docx").read_bytes() == before
    comments = member((tmp_path / "b.docx").read_bytes(), "word/comments.xml").decode()
    assert "write Tokajews (from the Kazakh spelling) [deprecated-term]" in comments
    assert comments.count("<w:comment ") == 1
    assert check(tmp_path, "a.docx", "--format", "docx-comments").code == 2
    (tmp_path / "c.docx").write_bytes(before)
    assert check(tmp_path, ".", "--format", "docx-comments", "--output", "d.docx").code == 2
    assert not (tmp_path / "d.docx").exists()


# What is mended, what is not


def mended(text: str, folder: Path, *arguments: str) -> str:
    (folder / "a_de.txt").write_bytes(text.encode())
    assert check(folder, "a_de.txt", "--fix", *arguments).code in (0, 1)
    once = (folder / "a_de.txt").read_bytes()
    check(folder, "a_de.txt", "--fix", *arguments)
    assert (folder / "a_de.txt").read_bytes() == once
    return once.decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Toqajews Sohn", "Tokajews Sohn"),
        ("die Toqajew-Rede", "die Tokajew-Rede"),
        ("TOQAJEW SPRICHT", "TOKAJEW SPRICHT"),
        ("Toqajew'sche Worte", "Tokajew'sche Worte"),
        ("Qassym-Schomart Toqajew", "Kassym-Schomart Tokajew"),
        ("ODBK, ODBK. ODBK!", "ODKB, ODKB. ODKB!"),
        ("Tokajews Sohn", None),
        ("https://example.org/Toqajew", None),
        ("Toqajew.pdf", None),
        ("Toqajewa schwieg.", None),
    ],
)
def test_words_are_mended_in_their_form(before: str, after: str | None, tmp_path: Path) -> None:
    assert mended(before, tmp_path) == (before if after is None else after)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a_de.txt", "„Wir grüßen Toqajew“, schrieb er."),
        ("a_de.txt", "Er schrieb: «Wir grüßen Toqajew.»"),
        ("a_de.txt", '"Toqajew muss gehen", riefen sie.'),
        ("a_de.txt", "»" + "Sehr lange Rede, dies. " * 90 + "Toqajew schwieg.«"),
        ("a_de.md", "> Wir grüßen\nToqajew.\n\nDanach."),
        ("a_de.md", "*„Wir grüßen* Toqajew“, schrieb er."),
        ("a_de.html", "<blockquote cite=x><p>Wir <q>grüßen</q> Toqajew.</p></blockquote>"),
        ("a_de.html", "<p>Er schrieb: <q>Wir grüßen Toqajew.</q></p>"),
        ("a_de.html", "<p>&bdquo;Wir gr&uuml;&szlig;en Toqajew&ldquo;, schrieb er.</p>"),
        ("a_ru_de.tsv", "«Привет, Токаев!»\t„Hallo, Toqajew!“"),
    ],
)
def test_quotations_are_left_unless_told(name: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    done = check(tmp_path, name, "--fix")
    assert done.code == 1 and done.output.endswith("1 warning in 1 file; 0 fixed\n")
    assert path.read_text(encoding="utf-8") == text
    assert check(tmp_path, name, "--fix", "--fix-quotations").code == 0
    assert path.read_text(encoding="utf-8") == text.replace("Toqajew", "Tokajew")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a_de.txt", "„Wir grüßen“, schrieb Toqajew."),
        ("a_de.txt", 'Der 5" große Toqajew schwieg.'),
        ("a_de.txt", "Er sagte: „Nein.\n\nToqajew schwieg."),
        ("a_de.md", "> Wir grüßen.\n\nToqajew schwieg."),
        ("a_de.md", "5 > 3, so Toqajew."),
        ("a_de.html", "<q>Ja</q></q> Toqajew <quote>schwieg</quote>"),
        ("a_ru_de.tsv", "Токаев: «Да»\tToqajew: „Ja“"),
    ],
)
def test_what_stands_beside_a_quotation_is_mended(name: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    check(tmp_path, name, "--fix")
    assert path.read_text(encoding="utf-8") == text.replace("Toqajew", "Tokajew")


def test_what_is_ignored_known_or_unchanged_stays(tmp_path: Path) -> None:
    text = "Toqajew und die ODBK.\n"
    assert mended(text, tmp_path, "--ignore", "forbidden-term") == "Tokajew und die ODBK.\n"
    (tmp_path / "a_de.txt").write_text(text, encoding="utf-8")
    check(tmp_path, "a_de.txt", "--baseline", "k.json", "--write-baseline")
    assert mended(f"{text}Toqajews Sohn.\n", tmp_path, "--baseline", "k.json") == f"{text}Tokajews Sohn.\n"


def test_a_known_finding_beside_a_mended_one_stays_known(tmp_path: Path) -> None:
    (tmp_path / "a_de.txt").write_text("Die ODBK tagte.\n", encoding="utf-8")
    check(tmp_path, "a_de.txt", "--baseline", "k.json", "--write-baseline")
    (tmp_path / "a_de.txt").write_text("Toqajew kam.\nDie ODBK tagte.\nToqajews Sohn.\n", encoding="utf-8")
    done = check(tmp_path, "a_de.txt", "--baseline", "k.json", "--fix", "--format", "json")
    report = json.loads(done.output)
    assert (done.code, len(report["fixed"])) == (0, 2)
    (left,) = report["findings"]
    assert (left["text"], left["line"], left["baselined"]) == ("ODBK", 2, True)


def test_what_remains_is_reported_where_it_stands_now(tmp_path: Path) -> None:
    (tmp_path / "a_de.txt").write_text("Qassym-Schomart Toqajew kam.\nEr kam in Weißrussland an.", encoding="utf-8")
    found = json.loads(check(tmp_path, "a_de.txt", "--format", "json").output)["findings"]
    safe = sum(one["fix"] == "safe" for one in found)
    done = check(tmp_path, "a_de.txt", "--fix", "--format", "json")
    report = json.loads(done.output)
    assert len(report["fixed"]) == safe >= 1
    assert len(report["findings"]) == len(found) - safe
    assert done.code == bool(report["findings"])
    text = (tmp_path / "a_de.txt").read_text(encoding="utf-8")
    for one in report["findings"]:
        assert text[one["start"] : one["end"]] == one["text"]


def test_rules_about_a_whole_run_are_asked_again(tmp_path: Path) -> None:
    (tmp_path / "a_de.txt").write_text("Herr Massimow und Toqajew. " * 3 + "Herr Masimow kam.", encoding="utf-8")
    done = check(tmp_path, "a_de.txt", "--select", "all", "--fix", "--format", "json")
    text = (tmp_path / "a_de.txt").read_text(encoding="utf-8")
    for one in json.loads(done.output)["findings"]:
        assert text[one["start"] : one["end"]] == one["text"]


# The difference


def test_the_difference_is_shown_and_nothing_written(tmp_path: Path) -> None:
    rows = [f"Zeile {number}.\n" for number in range(20)]
    rows[1], rows[12], rows[19] = "Toqajew kam.\n", "Die ODBK.\n", "Toqajews Sohn"
    before = "".join(rows).encode()
    (tmp_path / "a_de.txt").write_bytes(before)
    done = check(tmp_path, "a_de.txt", "--diff")
    assert done.code == 1
    assert (tmp_path / "a_de.txt").read_bytes() == before
    assert done.output == (
        "--- a_de.txt\n+++ a_de.txt\n"
        "@@ -1,5 +1,5 @@\n Zeile 0.\n-Toqajew kam.\n+Tokajew kam.\n Zeile 2.\n Zeile 3.\n Zeile 4.\n"
        "@@ -10,11 +10,11 @@\n Zeile 9.\n Zeile 10.\n Zeile 11.\n-Die ODBK.\n+Die ODKB.\n Zeile 13.\n Zeile 14.\n"
        " Zeile 15.\n Zeile 16.\n Zeile 17.\n Zeile 18.\n"
        "-Toqajews Sohn\n\\ No newline at end of file\n+Tokajews Sohn\n\\ No newline at end of file\n"
    )
    assert check(tmp_path, "a_de.txt", "--diff", "--fix").output == done.output
    assert (tmp_path / "a_de.txt").read_bytes() == before


def test_git_can_apply_the_difference(tmp_path: Path) -> None:
    import subprocess

    rows = "".join(f"Zeile {number}, die ODBK.\r\n\n" for number in range(9)) + "Toqajew"
    (tmp_path / "a_de.txt").write_bytes(rows.encode())
    (tmp_path / "a.patch").write_bytes(check(tmp_path, "a_de.txt", "--diff").output.encode())
    subprocess.run(["git", "apply", "-p0", "a.patch"], cwd=tmp_path, check=True, capture_output=True)
    assert (tmp_path / "a_de.txt").read_bytes() == rows.replace("ODBK", "ODKB").replace("Toqajew", "Tokajew").encode()


def test_the_difference_of_a_document_and_of_standard_input(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(DOCUMENTS["a.docx"][1])
    done = check(tmp_path, "a.docx", "--diff")
    assert "-Gestern sprach Toqajews Sohn.\n+Gestern sprach Tokajews Sohn.\n" in done.output
    common = ("check", "-", "--lang", "de", "--glossary", HOUSE)
    given_text = run_program(*common, "--diff", folder=tmp_path, stdin="Toqajew\n")
    assert given_text.output.endswith("@@ -1 +1 @@\n-Toqajew\n+Tokajew\n")
    refused = run_program(*common, "--fix", folder=tmp_path, stdin="Toqajew\n")
    assert (refused.code, refused.output) == (2, "")


# Files that must not be written


def test_a_read_only_file_stays(tmp_path: Path) -> None:
    for name in ("a_de.txt", "b_de.txt"):
        (tmp_path / name).write_text("Toqajew", encoding="utf-8")
    (tmp_path / "a_de.txt").chmod(0o444)
    done = check(tmp_path, ".", "--fix")
    assert done.code == 2
    assert "a_de.txt: the file is read-only" in done.errors
    assert "b_de.txt: 1 fixed\n1 warning in 2 files; 1 fixed\n" in done.output
    assert (tmp_path / "a_de.txt").read_text(encoding="utf-8") == "Toqajew"
    assert (tmp_path / "b_de.txt").read_text(encoding="utf-8") == "Tokajew"


def test_links_and_modes_stay(tmp_path: Path) -> None:
    (tmp_path / "real_de.txt").write_text("Toqajew", encoding="utf-8")
    (tmp_path / "real_de.txt").chmod(0o640)
    (tmp_path / "link_de.txt").symlink_to("real_de.txt")
    assert check(tmp_path, "link_de.txt", "--fix").code == 0
    assert (tmp_path / "link_de.txt").is_symlink()
    assert (tmp_path / "real_de.txt").read_text(encoding="utf-8") == "Tokajew"
    assert (tmp_path / "real_de.txt").stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link_de.txt", "real_de.txt"]


def test_a_file_without_safe_findings_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "a_de.txt"
    path.write_text("Tokajew kam.", encoding="utf-8")
    os.utime(path, (1, 1))
    check(tmp_path, "a_de.txt", "--fix")
    assert path.stat().st_mtime == 1


# Parts


def finding(start: int, end: int, text: str, new: str = "Tokajew", **values: Any) -> Finding:
    told: dict[str, Any] = {
        "rule": "deprecated-term", "severity": "warning", "path": "a.txt", "language": "de", "span": Span(start, end),
        "line": 1, "column": start + 1, "text": text, "message": "m", "concept": "c", "replacements": (new,),
        "fix": "safe", "fingerprint": "f",
    }  # fmt: skip
    return Finding(**(told | values))


SOURCE = Source("a.txt", "a", b"abcdefgh", "de")


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        ([finding(0, 3, "abc", "X")], b"Xdefgh"),
        ([finding(0, 3, "abc", "X"), finding(2, 5, "cde", "Y")], b"Xdefgh"),
        ([finding(2, 5, "cde", "Y"), finding(0, 3, "abc", "X")], b"Xdefgh"),
        ([finding(0, 3, "abc", "X"), finding(3, 5, "de", "Y")], b"XYfgh"),
        ([finding(0, 3, "abc", "X", fix="unsafe"), finding(3, 5, "de", "Y")], b"abcYfgh"),
        ([finding(0, 3, "abc", "X", baselined=True)], b"abcdefgh"),
        ([finding(0, 3, "abc", replacements=())], b"abcdefgh"),
        ([finding(0, 3, "abc", "")], b"defgh"),
    ],
)
def test_the_first_of_two_that_overlap_is_mended(findings: list[Finding], expected: bytes) -> None:
    change = fix.fixed(SOURCE, findings)
    assert change.content == expected
    assert (change.findings == ()) == (expected == SOURCE.content)


@pytest.mark.parametrize(
    "wrong", [finding(0, 3, "abd"), finding(6, 9, "ghi"), finding(90, 92, "ab")], ids=["other", "cut", "beyond"]
)
def test_findings_of_another_content_are_refused(wrong: Finding) -> None:
    with pytest.raises(TolmachError, match="changed since"):
        fix.fixed(SOURCE, [finding(0, 2, "ab"), wrong])


def test_a_locked_unit_is_left_alone(tmp_path: Path) -> None:
    locked = XLIFF_1.replace(b'translate="yes"', b'translate="no" ')
    (tmp_path / "a.xlf").write_bytes(locked)
    check(tmp_path, "a.xlf", "--fix")
    assert (tmp_path / "a.xlf").read_bytes() == locked


PIECES = st.lists(
    st.sampled_from(["Toqajew", "Toqajews", "die ODBK-Rede", "Weißrusslands", "sprach", "„", "“", "\n", "\r\n\r\n",
                     "北京", "Qassym-Schomart Toqajew", "WEISSRUSSLAND", "и\u0306", "<b>", "`", "*", "Toqa\u00adjew",
                     "Toqa-\njew"]),
    max_size=14,
)  # fmt: skip


@given(PIECES, st.sampled_from(["a.txt", "a.md", "a.html"]))
def test_mending_twice_changes_nothing(pieces: list[str], name: str) -> None:
    from tolmach.glossary.find import Finder
    from tolmach.glossary.load import load
    from tolmach.lint import rule, runner
    from tolmach.text.formats import read

    finder = Finder(load([Path(HOUSE)]))
    rules = {one: rule.load(one) for one in ("deprecated-term", "forbidden-term")}
    source = Source(name, "a", ("Es " + " ".join(pieces)).encode(), "de")

    def once(given_source: Source) -> fix.Fixed:
        found = [one for document in read(given_source) for one in runner.check(document, rules, finder)]
        return fix.fixed(given_source, found)

    change = once(source)
    again = once(replace(source, content=change.content))
    assert again.content == change.content
    assert (change.content == source.content) == (list(fix.difference(change)) == [])


def test_the_difference_of_a_large_text() -> None:
    """Compared as the standard library does it, this would take hours."""
    before = "".join(f"Zeile {number} und Toqajew\n" for number in range(200_000))
    content = before.encode()
    change = fix.Fixed(Source("a.txt", "a", content, "de"), content.replace(b"Toqajew", b"Tokajew"), ())
    assert sum(1 for _line in fix.difference(change)) == 400_003


def test_documents_are_zip_archives_afterwards(tmp_path: Path) -> None:
    for name, (_part, content) in DOCUMENTS.items():
        (tmp_path / name).write_bytes(content)
    check(tmp_path, ".", "--fix")
    for name in DOCUMENTS:
        with zipfile.ZipFile(tmp_path / name) as opened:
            assert opened.testzip() is None


def test_the_report_is_not_written_over_a_text(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(DOCUMENTS["a.docx"][1])
    for form in ("docx-comments", "sarif"):
        done = check(tmp_path, "a.docx", "--format", form, "--output", "../" + tmp_path.name + "/a.docx")
        assert done.code == 2 and "this is one of the texts" in done.errors
    assert (tmp_path / "a.docx").read_bytes() == DOCUMENTS["a.docx"][1]


@pytest.mark.parametrize(
    ("name", "text", "mended"),
    [
        ("a.txt", 'Er sagte "ja" und "nein, so nicht".\n', "Er sagte „ja“ und „nein, so nicht“.\n"),
        ("a.txt", 'Er rief: „Er hat "ja" gesagt.“\n', "Er rief: „Er hat ‚ja‘ gesagt.“\n"),
        (
            "a.html",
            '<p lang="de">Er sagte "ja" und ging.</p>\n',
            '<p lang="de">Er sagte &bdquo;ja&ldquo; und ging.</p>\n',
        ),
        ("a.md", '> Er sagte "ja" und ging.\n', '> Er sagte "ja" und ging.\n'),
        ("a_de.po", 'msgid "a"\nmsgstr "Sie sagt \\"ja\\"."\n', 'msgid "a"\nmsgstr "Sie sagt „ja“."\n'),
    ],
)
def test_quotation_marks_are_mended_in_pairs(name: str, text: str, mended: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8", newline="")
    options = ("--lang", "de", "--glossary", "none", "--select", "quotes", "--fix")
    assert run_program("check", name, *options, folder=tmp_path).code == 0
    assert (tmp_path / name).read_text(encoding="utf-8") == mended
    again = run_program("check", name, *options, folder=tmp_path)
    assert "0 fixed" in again.output


def test_no_half_of_a_pair_of_quotation_marks_is_mended(tmp_path: Path) -> None:
    text = '| "Ja", rief sie | b |\n|---|---|\n| c | Er rief "nein". |\n'
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    run_program("check", "a.md", "--lang", "de", "--glossary", "none", "--select", "quotes", "--fix", folder=tmp_path)
    for line in (tmp_path / "a.md").read_text(encoding="utf-8").splitlines():
        assert line.count("„") == line.count("“")
