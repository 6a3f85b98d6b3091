"""The language server as an editor meets it: a process that is spoken to over its standard input and output."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolmach.glossary.card import Card
from tolmach.lsp import cards
from tolmach.lsp.positions import Change, Encoding, Lines, Position, whole
from tolmach.lsp.reading import changes
from tolmach.lsp.texts import OpenText, path_of

PATIENCE = 60
HOUSE = """\
[[concept]]
id = "tokayev"
kind = "person"
note = "President of *Kazakhstan* since 2019"
original = { ru = "Касым-Жомарт Токаев" }
[[concept.de]]
form = "Tokajew"
given = "Kassym-Schomart"
status = "preferred"
[[concept.de]]
form = "Toqajew"
status = "deprecated"
reason = "from the Kazakh spelling"
[[concept.ru]]
form = "Токаев"
status = "preferred"
[[concept.ru]]
form = "Тоқаев"
status = "deprecated"

[[concept]]
id = "belarus"
kind = "place"
[[concept.de]]
form = "Belarus"
status = "preferred"
[[concept.de]]
form = "Weißrussland"
status = "forbidden"
"""
SETTINGS = 'glossary = ["glossary.toml"]\nlanguage_of = { "*.txt" = "de", "*.md" = "de" }\n'
Message = dict[str, Any]


class Editor:
    """An editor of the smallest kind: it sends messages, keeps what comes and answers what it is asked."""

    def __init__(self, folder: Path) -> None:
        environment = {**os.environ, "LANGUAGE": "en", "PYTHONWARNINGS": "error"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tolmach", "lsp"],
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self._arrived: queue.Queue[Message] = queue.Queue()
        self._kept: list[Message] = []
        self._opened: list[Any] = []
        self._number = 0
        self.errors = b""
        self._threads = [threading.Thread(target=listen, daemon=True) for listen in (self._listen, self._read_errors)]
        for thread in self._threads:
            thread.start()

    def _listen(self) -> None:
        stream = self.process.stdout
        assert stream
        while line := stream.readline():
            assert line.startswith(b"Content-Length: "), line
            while stream.readline() != b"\r\n":
                pass
            message = json.loads(stream.read(int(line.split(b":")[1])))
            if "id" in message and "method" in message:
                self.write({"id": message["id"], "result": None})
            self._arrived.put(message)

    def _read_errors(self) -> None:
        assert self.process.stderr
        self.errors = self.process.stderr.read()

    def write(self, message: Message) -> None:
        self.write_raw(json.dumps({"jsonrpc": "2.0", **message}).encode())

    def write_raw(self, body: bytes) -> None:
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def wait(self, wanted: Callable[[Message], bool]) -> Message:
        """The first message of that kind; the others are kept for later."""
        for message in self._kept:
            if wanted(message):
                self._kept.remove(message)
                return message
        while True:
            message = self._arrived.get(timeout=PATIENCE)
            if wanted(message):
                return message
            self._kept.append(message)

    def notify(self, method: str, params: Any) -> None:
        if method == "textDocument/didOpen":
            self._opened.append(params["textDocument"]["uri"])
        self.write({"method": method, "params": params})

    def ask(self, method: str, params: Any) -> Any:
        """The result of a request."""
        answer = self.answer(self.request(method, params))
        assert "error" not in answer, answer
        return answer["result"]

    def request(self, method: str, params: Any) -> int:
        self._number += 1
        self.write({"id": self._number, "method": method, "params": params})
        return self._number

    def answer(self, number: int) -> Message:
        return self.wait(lambda message: message.get("id") == number and "method" not in message)

    def notice(self, method: str) -> Any:
        return self.wait(lambda message: message.get("method") == method)["params"]

    def initialize(self, *folders: Path, encodings: list[str] | None = None, **capabilities: Any) -> Any:
        result = self.ask(
            "initialize",
            {
                "processId": None,
                "rootUri": None,
                "workspaceFolders": [{"uri": folder.as_uri(), "name": folder.name} for folder in folders],
                "capabilities": {
                    "general": {"positionEncodings": encodings or ["utf-16"]},
                    "textDocument": {"hover": {"contentFormat": ["markdown", "plaintext"]}},
                    **capabilities,
                },
            },
        )
        self.notify("initialized", {})
        return result["capabilities"]

    def open(self, uri: str, text: str, language: str = "plaintext") -> list[Message]:
        """Open a text and wait for its findings."""
        document = {"uri": uri, "languageId": language, "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})
        return self.findings(uri)

    def close_all(self) -> None:
        """Close all texts and forget what has been said of them."""
        for uri in self._opened:
            self.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
        self._opened.clear()
        self.answer(self.request("no/such/request", {}))
        self._kept.clear()

    def change(self, uri: str, version: int, *changes: Message) -> None:
        document = {"uri": uri, "version": version}
        self.notify("textDocument/didChange", {"textDocument": document, "contentChanges": list(changes)})

    def findings(self, uri: str, version: int | None = None) -> list[Message]:
        """The next findings published for a text (of that version)."""

        def fits(message: Message) -> bool:
            params = message.get("params") or {}
            published = message.get("method") == "textDocument/publishDiagnostics" and params["uri"] == uri
            return published and version in (None, params.get("version"))

        found: list[Message] = self.wait(fits)["params"]["diagnostics"]
        return found

    def at(self, method: str, uri: str, line: int, character: int) -> Any:
        place = {"line": line, "character": character}
        return self.ask(f"textDocument/{method}", {"textDocument": {"uri": uri}, "position": place})

    def actions(self, uri: str, line: int, character: int, *only: str) -> list[Message]:
        place = {"line": line, "character": character}
        context: Message = {"diagnostics": [], **({"only": list(only)} if only else {})}
        params = {"textDocument": {"uri": uri}, "range": {"start": place, "end": place}, "context": context}
        result: list[Message] = self.ask("textDocument/codeAction", params)
        return result

    def leave(self) -> int:
        """Say goodbye properly; the exit code."""
        self.ask("shutdown", None)
        self.notify("exit", None)
        return self.wait_for_end()

    def hang_up(self) -> int:
        assert self.process.stdin
        self.process.stdin.close()
        return self.wait_for_end()

    def wait_for_end(self) -> int:
        code = self.process.wait(PATIENCE)
        for thread in self._threads:
            thread.join(PATIENCE)
        return code


@contextmanager
def editing(folder: Path) -> Iterator[Editor]:
    editor = Editor(folder)
    try:
        yield editor
    finally:
        if editor.process.poll() is None:
            editor.process.kill()
        editor.wait_for_end()
        for stream in (editor.process.stdin, editor.process.stdout, editor.process.stderr):
            assert stream
            stream.close()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Editor]]:
    """A folder and an editor in it, for all tests that change neither settings nor glossary."""
    folder = house(tmp_path_factory.mktemp("shared") / "house", HOUSE)
    with editing(folder) as one:
        one.initialize(folder)
        yield folder, one


@pytest.fixture
def folder(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A folder with settings and glossary: that of the editor, where the test has one."""
    if "editor" in request.fixturenames:
        found: Path = request.getfixturevalue("shared")[0]
        return found
    return house(tmp_path / "house", HOUSE)


@pytest.fixture
def editor(shared: tuple[Path, Editor]) -> Iterator[Editor]:
    """An editor without open texts."""
    yield shared[1]
    shared[1].close_all()


def house(folder: Path, glossary: str) -> Path:
    folder.mkdir()
    write(folder / "glossary.toml", glossary)
    write(folder / "tolmach.toml", SETTINGS)
    return folder


def write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def spots(found: list[Message]) -> list[tuple[str, int, int, int]]:
    """Rule, line and columns of findings on one line each."""
    result = []
    for one in found:
        start, end = one["range"]["start"], one["range"]["end"]
        assert start["line"] == end["line"]
        result.append((one.get("code", ""), start["line"], start["character"], end["character"]))
    return result


def applied(text: str, uri: str, action: Message) -> str:
    """The text after a code action, as an editor applies it."""
    lines = Lines(text)
    edits = action["edit"]["changes"][uri]
    places = [
        tuple(
            lines.offset(Position(one["range"][end]["line"], one["range"][end]["character"]))
            for end in ("start", "end")
        )
        for one in edits
    ]
    for (start, end), one in sorted(zip(places, edits, strict=True), key=lambda pair: pair[0], reverse=True):
        text = f"{text[:start]}{one['newText']}{text[end:]}"
    return text


def uri_of(folder: Path, name: str) -> str:
    return (folder / name).as_uri()


def test_what_the_server_can_do(folder: Path) -> None:
    with editing(folder) as editor:
        found = editor.initialize(folder)
        assert editor.leave() == 0
    assert found["positionEncoding"] == "utf-16"
    assert found["textDocumentSync"]["change"] == 2
    assert found["textDocumentSync"]["openClose"] is True
    assert found["hoverProvider"] and found["definitionProvider"]
    assert found["codeActionProvider"]["codeActionKinds"] == ["quickfix", "source.fixAll.tolmach"]
    assert editor.errors == b""


@pytest.mark.parametrize(
    ("encodings", "chosen", "start"),
    [(["utf-8", "utf-16"], "utf-8", 5), (["utf-32"], "utf-32", 2), (["utf-16"], "utf-16", 3), (["utf-7"], "utf-16", 3)],
)
def test_positions_in_the_encoding_agreed_on(encodings: list[str], chosen: str, start: int, folder: Path) -> None:
    uri = uri_of(folder, "a.txt")
    with editing(folder) as editor:
        assert editor.initialize(folder, encodings=encodings)["positionEncoding"] == chosen
        found = editor.open(uri, "\U0001f600 Toqajew sprach.")
        assert spots(found) == [("deprecated-term", 0, start, start + 7)]
        assert editor.at("hover", uri, 0, start + 6)["range"] == found[0]["range"]


def test_findings_as_they_are_shown(editor: Editor, folder: Path) -> None:
    found = editor.open(uri_of(folder, "a.txt"), "Toqajews Rede.\nWeißrussland schwieg. Tokajew nicht.\n")
    assert spots(found) == [("deprecated-term", 0, 0, 8), ("forbidden-term", 1, 0, 12)]
    first, second = found
    assert (first["source"], first["severity"], first["tags"]) == ("tolmach", 2, [2])
    assert first["message"] == "Toqajews: write Tokajews (from the Kazakh spelling)"
    assert (second["severity"], second.get("tags")) == (1, None)
    assert "codeDescription" not in first


@pytest.mark.parametrize(
    ("before", "units"),
    [
        ("", 0),
        ("Ба\u0306ба\u0306 ", 7),  # combining marks count
        ("\U0001f468\u200d\U0001f469\u200d\U0001f467 ", 9),  # a family
        ("\u2028\u0085\x0c", 3),  # breaks of lines for others, not for editors
        ("e\u0301\U0001d504 ", 5),
    ],
)
def test_units_of_an_editor_before_a_hit(before: str, units: int, editor: Editor, folder: Path) -> None:
    found = editor.open(uri_of(folder, "a.txt"), f"Zeile\r\n{before}Toqajew sprach.\r\n")
    assert spots(found) == [("deprecated-term", 1, units, units + 7)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_all_line_ends(end: str, editor: Editor, folder: Path) -> None:
    found = editor.open(uri_of(folder, "a.txt"), end.join(("Eins", "", "zwei Toqajew drei", "Toqajew")))
    assert spots(found) == [("deprecated-term", 2, 5, 12), ("deprecated-term", 3, 0, 7)]


def test_typing(editor: Editor, folder: Path) -> None:
    uri = uri_of(folder, "a.txt")
    assert editor.open(uri, "\U0001f600 To\u2028 sprach.\r\nEnde.") == []
    typed = {"range": {"start": {"line": 0, "character": 5}, "end": {"line": 0, "character": 6}}, "text": "qa"}
    more = {"range": {"start": {"line": 0, "character": 7}, "end": {"line": 0, "character": 7}}, "text": "jew"}
    editor.change(uri, 2, typed, more)
    assert spots(editor.findings(uri, 2)) == [("deprecated-term", 0, 3, 10)]
    editor.change(uri, 3, {"text": "Tokajew"})
    assert editor.findings(uri, 3) == []


def test_only_the_last_of_many_keys_is_checked(editor: Editor, folder: Path) -> None:
    uri = uri_of(folder, "a.txt")
    editor.open(uri, "")
    for version, letter in enumerate("Toqajew", 2):
        place = {"line": 0, "character": version - 2}
        editor.change(uri, version, {"range": {"start": place, "end": place}, "text": letter})
    assert spots(editor.findings(uri)) == [("deprecated-term", 0, 0, 7)]


def test_a_place_behind_the_end_is_the_end(editor: Editor, folder: Path) -> None:
    uri = uri_of(folder, "a.txt")
    editor.open(uri, "Eins")
    place = {"line": 7, "character": 99}
    editor.change(uri, 2, {"range": {"start": place, "end": place}, "text": "\nToqajew"})
    assert spots(editor.findings(uri, 2)) == [("deprecated-term", 1, 0, 7)]
    assert editor.at("hover", uri, 99, 99) is not None


def test_a_closed_text_has_no_findings(editor: Editor, folder: Path) -> None:
    uri = uri_of(folder, "a.txt")
    assert editor.open(uri, "Toqajew")
    editor.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
    assert editor.findings(uri) == []
    assert editor.at("hover", uri, 0, 2) is None


@pytest.mark.parametrize(
    ("name", "language", "text", "found"),
    [
        ("a.md", "markdown", "`Toqajew` und [Toqajew](https://x.org/Toqajew)", [("deprecated-term", 0, 15, 22)]),
        ("a.html", "html", "<p lang=de>Wei&szlig;russland</p>", [("forbidden-term", 0, 11, 29)]),
        ("a.srt", "srt", "1\n00:00:01,000 --> 00:00:02,000\nToqajew spricht.\n", [("deprecated-term", 2, 0, 7)]),
        ("a.py", "python", "Toqajew = 1", None),
        ("Makefile", "makefile", "Toqajew", None),
    ],
)
def test_formats(name: str, language: str, text: str, found: list[Any] | None, editor: Editor, folder: Path) -> None:
    uri = uri_of(folder, name)
    if found is None:
        document = {"uri": uri, "languageId": language, "version": 1, "text": text}
        editor.notify("textDocument/didOpen", {"textDocument": document})
        assert editor.at("hover", uri, 0, 2) is None
        assert editor.actions(uri, 0, 2) == []
    else:
        assert spots(editor.open(uri, text, language)) == found


@pytest.mark.parametrize(
    ("language", "text", "spot"),
    [
        ("plaintext", "In der Rede sagte Toqajew nicht viel.", ("deprecated-term", 0, 18, 25)),
        ("markdown", "# Die Rede\n\nDas sagte **Toqajew** nicht.", ("deprecated-term", 2, 12, 19)),
        ("html", "<p lang='de'>Toqajew</p>", ("deprecated-term", 0, 13, 20)),
        ("po", '"Language: de\\n"\n\nmsgid "Tokayev"\nmsgstr "Toqajew"\n', ("deprecated-term", 3, 8, 15)),
    ],
)
def test_texts_that_are_no_files(language: str, text: str, spot: tuple[str, int, int, int], editor: Editor) -> None:
    if language == "po":
        text = f'msgid ""\nmsgstr ""\n{text}'
        spot = (spot[0], spot[1] + 2, *spot[2:])
    assert spots(editor.open("untitled:Untitled-1", text, language)) == [spot]


@pytest.mark.parametrize("uri", ["", "http://[", "file:///", "a b", "git:/x/a.txt?ref"])
def test_odd_names_of_texts(uri: str, editor: Editor) -> None:
    assert spots(editor.open(uri, "In der Rede sagte Toqajew nicht viel.")) == [("deprecated-term", 0, 18, 25)]


def test_names_with_signs(editor: Editor, folder: Path) -> None:
    uri = uri_of(folder, "ä #1; 100 %.txt")
    assert spots(editor.open(uri, "Toqajew")) == [("deprecated-term", 0, 0, 7)]


def test_a_malformed_file_says_where(editor: Editor, folder: Path) -> None:
    found = editor.open(uri_of(folder, "a.po"), 'msgid "a"\nmsgstr "b\n', "po")
    assert [(one["severity"], one["range"]["start"]["line"]) for one in found] == [(3, 1)]
    assert editor.at("hover", uri_of(folder, "a.po"), 0, 3) is None


def test_a_huge_text_is_not_checked_and_says_so(editor: Editor, folder: Path) -> None:
    uri = uri_of(folder, "a.txt")
    [found] = editor.open(uri, "Toqajew sprach lange.\n" * 100_000)
    assert "2000000" in found["message"] and found["severity"] == 3
    editor.change(uri, 2, {"text": "Toqajew"})
    assert spots(editor.findings(uri, 2)) == [("deprecated-term", 0, 0, 7)]


def test_many_findings_are_cut_and_that_is_said(editor: Editor, folder: Path) -> None:
    found = editor.open(uri_of(folder, "a.txt"), "Toqajew sprach.\n" * 1200)
    assert len(found) == 1001
    assert found[-1]["message"] == "only the first 1000 findings are shown"


PO = """\
msgid ""
msgstr ""
"Language: de\\n"
"X-Source-Language: en\\n"

#. \U0001f600
msgid "Toqajew said"
msgstr ""
"Es sagte "
"Toqa"
"jew"

msgid "Toqajew"
msgstr "\\tToqajew und Toqajew"
"""


def test_units_of_a_bilingual_file(editor: Editor, folder: Path) -> None:
    uri = uri_of(folder, "a.po")
    found = editor.open(uri, PO, "po")
    assert spots(found)[1:] == [("deprecated-term", 13, 10, 17), ("deprecated-term", 13, 22, 29)]
    assert spots(found)[0][:2] == ("deprecated-term", 7)  # cut by the lines of the file: the message as a whole
    [second, _ignored] = editor.actions(uri, 13, 12, "quickfix")
    assert applied(PO, uri, second) == PO.replace("\\tToqajew", "\\tTokajew")
    [first, _ignored] = editor.actions(uri, 7, 4, "quickfix")
    after = applied(PO, uri, first)
    assert after.replace('"\n"', "").count("sagte Tokajew") == 1
    assert editor.at("hover", uri, 13, 24)["contents"]["value"].startswith("**Kassym\\-Schomart Tokajew**")


def test_a_declared_encoding_is_that_of_the_file_not_of_the_editor(editor: Editor, folder: Path) -> None:
    text = (
        '<?xml version="1.0" encoding="windows-1251"?>\n<xliff version="1.2" '
        'xmlns="urn:oasis:names:tc:xliff:document:1.2">'
        '<file source-language="ru" target-language="de" datatype="plaintext" original="a"><body>'
        '<trans-unit id="1"><source>Токаев</source><target>Weißrussland &amp; Toqajew</target></trans-unit>'
        "</body></file></xliff>\n"
    )
    uri = uri_of(folder, "a.xlf")
    found = editor.open(uri, text, "xml")
    assert [text.split("\n")[1][one[2] : one[3]] for one in spots(found)] == ["Weißrussland", "Toqajew"]
    [action] = editor.actions(uri, 1, spots(found)[1][2], "quickfix")
    assert applied(text, uri, action) == text.replace("Toqajew", "Tokajew")


def test_quick_fixes(editor: Editor, folder: Path) -> None:
    text = "\U0001f600  Toqajews  Rede.\r\nTOQAJEW! Weißrusslandreise\r\n"
    uri = uri_of(folder, "a.txt")
    editor.open(uri, text)
    [action, _ignored] = editor.actions(uri, 0, 5, "quickfix")
    assert (action["title"], action["kind"], action["isPreferred"]) == ("write Tokajews", "quickfix", True)
    assert [one["code"] for one in action["diagnostics"]] == ["deprecated-term"]
    assert applied(text, uri, action) == text.replace("Toqajews", "Tokajews")
    [compound, _ignored] = editor.actions(uri, 1, 12, "quickfix")
    assert applied(text, uri, compound) == text.replace("Weißrusslandreise", "Belarus-Reise")
    assert editor.actions(uri, 0, 16, "quickfix") == []
    assert editor.actions(uri, 0, 5, "refactor") == []


@pytest.mark.parametrize("only", [(), ("source.fixAll",), ("source",), ("source.fixAll.tolmach",)])
def test_all_safe_fixes_of_a_text(only: tuple[str, ...], editor: Editor, folder: Path) -> None:
    text = "\U0001f600 Toqajews Rede.\r\nNichts.\r\nWeißrussland und TOQAJEW und Toqajew\u0301."
    uri = uri_of(folder, "a.txt")
    editor.open(uri, text)
    action = editor.actions(uri, 1, 2, *only)[-1]
    assert action["kind"] == "source.fixAll.tolmach"
    after = applied(text, uri, action)
    assert after.startswith("\U0001f600 Tokajews Rede.\r\nNichts.\r\nBelarus und TOKAJEW und ")
    editor.change(uri, 2, {"text": after})
    assert editor.findings(uri, 2) == []
    assert editor.actions(uri, 1, 2, *only) == []


def test_fixes_in_markup_write_markup(editor: Editor, folder: Path) -> None:
    text = "<p lang='de'>Wei&szlig;russland &amp; <code>Weißrussland</code></p>"
    uri = uri_of(folder, "a.html")
    editor.open(uri, text, "html")
    [action, _ignored] = editor.actions(uri, 0, 15, "quickfix")
    assert applied(text, uri, action) == text.replace("Wei&szlig;russland", "Belarus")


def test_what_others_have_said_is_not_mended_unasked(editor: Editor, folder: Path) -> None:
    text = "Er sagte: „Wir grüßen Toqajew.“ Dann ging Toqajew.\n"
    uri = uri_of(folder, "a.txt")
    assert len(editor.open(uri, text)) == 2
    [all_of_them] = editor.actions(uri, 0, 0, "source.fixAll")
    assert applied(text, uri, all_of_them) == text.replace("ging Toqajew", "ging Tokajew")
    [said, _ignored] = editor.actions(uri, 0, 24, "quickfix")
    assert said["isPreferred"] is False
    assert applied(text, uri, said) == text.replace("grüßen Toqajew", "grüßen Tokajew")
    editor.change(uri, 2, {"text": "Er sagte: „Wir grüßen Toqajew.“"})
    assert len(editor.findings(uri, 2)) == 1
    assert editor.actions(uri, 0, 0, "source.fixAll") == []


MARK = " <!-- tolmach: ignore deprecated-term -->"
TABLE = "# Toqajew\n\n| a | b |\n|---|---|\n| Toqajew | |{}\n"
PO_BLOCK = 'msgid ""\nmsgstr "Language: de\\n"\n\n{}#. x\nmsgid "a"\nmsgstr ""\n"Toqajew"\n'


@pytest.mark.parametrize(
    ("name", "before", "line", "after"),
    [
        (
            "a.txt",
            "Hier ist Toqajew. \r\nEnde\r\n",
            0,
            "Hier ist Toqajew.  # tolmach: ignore deprecated-term\r\nEnde\r\n",
        ),
        (
            "a.txt",
            "Toqajew und Weißrussland # tolmach: ignore forbidden-term (alt)",
            0,
            "Toqajew und Weißrussland # tolmach: ignore forbidden-term, deprecated-term (alt)",
        ),
        ("a.md", TABLE.format(""), 4, TABLE.format(MARK)),
        ("a.html", "<p lang=de>\U0001f600 Toqajew<br>\ning", 0, f"<p lang=de>\U0001f600 Toqajew<br>{MARK}\ning"),
        ("a.po", PO_BLOCK.format(""), 6, PO_BLOCK.format("# tolmach: ignore deprecated-term\n")),
        (
            "a.po",
            PO_BLOCK.format("").replace("\n", "\r\n"),
            6,
            PO_BLOCK.format("# tolmach: ignore deprecated-term\n").replace("\n", "\r\n"),
        ),
    ],
    ids=["at the end", "one more rule", "Markdown", "HTML", "PO", "PO with CRLF"],
)
def test_a_directive_for_a_finding(name: str, before: str, line: int, after: str, editor: Editor, folder: Path) -> None:
    uri = uri_of(folder, name)
    found = editor.open(uri, before)
    assert len(found) >= 1
    column = before.split("\n")[line].index("Toqajew") + ("\U0001f600" in before)
    action = editor.actions(uri, line, column, "quickfix")[-1]
    assert action["title"] == "ignore deprecated-term here"
    assert action.get("isPreferred") is None
    assert applied(before, uri, action) == after
    editor.change(uri, 2, {"text": after})
    assert len(editor.findings(uri, 2)) == len(found) - 1


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "Toqajew und `der\nlange Code` hier."),
        ("a.html", "<p lang=de>Toqajew <b\nclass=x>da</b>"),
        ("a.srt", "1\n00:00:01,000 --> 00:00:02,000\nToqajew spricht.\n"),
        ("a_ru_de.tsv", "Токаев\tToqajew\n"),
    ],
)
def test_where_no_directive_can_stand(name: str, text: str, editor: Editor, folder: Path) -> None:
    uri = uri_of(folder, name)
    [found] = editor.open(uri, text)
    start = found["range"]["start"]
    assert [one["title"] for one in editor.actions(uri, start["line"], start["character"], "quickfix")] == [
        "write Tokajew"
    ]


def test_what_the_settings_say_of_single_files(folder: Path) -> None:
    write(
        folder / "tolmach.toml",
        SETTINGS
        + 'exclude = ["drafts/"]\nignore_in = { "old/**" = ["deprecated-term"] }\n'
        + 'severity_in = { "new/*" = { deprecated-term = "error" } }\n',
    )
    with editing(folder) as editor:
        editor.initialize(folder)
        text = "Toqajew in Weißrussland"
        assert [one["severity"] for one in editor.open(uri_of(folder, "a.txt"), text)] == [2, 1]
        assert [one["severity"] for one in editor.open(uri_of(folder, "new/a.txt"), text)] == [1, 1]
        assert spots(editor.open(uri_of(folder, "old/1/a.txt"), text)) == [("forbidden-term", 0, 11, 23)]
        assert editor.open(uri_of(folder, "drafts/a.txt"), text) == []


def test_hover(editor: Editor, folder: Path) -> None:
    uri = uri_of(folder, "a.txt")
    editor.open(uri, "Der neue Präsident Tokajews hieß Toqajew.")
    card = editor.at("hover", uri, 0, 22)
    assert card["contents"]["kind"] == "markdown"
    assert card["contents"]["value"].startswith(
        "**Kassym\\-Schomart Tokajew** · person: President of \\*Kazakhstan\\* since 2019\n"
    )
    assert "Toqajew \\(deprecated, from the Kazakh spelling\\)" in card["contents"]["value"]
    assert card["range"]["start"] == {"line": 0, "character": 19}
    assert editor.at("hover", uri, 0, 5) is None


def test_hover_without_markdown(folder: Path) -> None:
    with editing(folder) as editor:
        editor.initialize(folder, textDocument={})
        uri = uri_of(folder, "a.txt")
        editor.open(uri, "Belarus")
        contents = editor.at("hover", uri, 0, 1)["contents"]
    assert contents["kind"] == "plaintext"
    assert contents["value"].startswith("Belarus · place\nde: Belarus (preferred)")


def test_completion(editor: Editor, folder: Path) -> None:
    uri = uri_of(folder, "a.txt")
    editor.open(uri, "\U0001f600 Gestern sprach Toq")
    found = editor.at("completion", uri, 0, 21)
    assert [(one["label"], one["filterText"], one["detail"]) for one in found["items"]] == [
        ("Tokajew", "Toqajew", "tokayev: President of *Kazakhstan* since 2019")
    ]
    assert found["items"][0]["textEdit"] == {
        "range": {"start": {"line": 0, "character": 18}, "end": {"line": 0, "character": 21}},
        "newText": "Tokajew",
    }
    assert found["isIncomplete"] is False


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("der Rede nach war das bela", ["Belarus"]),
        ("und die Rede von Kassym-Schomart Tok", ["Kassym-Schomart Tokajew", "Tokajew"]),
        ("das ist nicht mehr von T", []),
        ("das ist nicht mehr von Tokajew ", []),
        ("das ist nicht mehr von Minsk", []),
        ("", []),
    ],
)
def test_what_is_offered(text: str, forms: list[str], editor: Editor, folder: Path) -> None:
    uri = uri_of(folder, "a.txt")
    editor.open(uri, text)
    assert [one["label"] for one in editor.at("completion", uri, 0, len(text))["items"]] == forms


def test_offers_are_in_the_language_of_the_paragraph(editor: Editor) -> None:
    text = "In der Rede sagte er nicht viel zu Tok.\n\nОн сказал, что Ток"
    uri = "untitled:Untitled-1"
    editor.open(uri, text)
    assert [one["label"] for one in editor.at("completion", uri, 2, 18)["items"]] == ["Токаев"]
    assert [one["label"] for one in editor.at("completion", uri, 0, 38)["items"]] == ["Tokajew"]


def test_no_flood_of_offers(tmp_path: Path) -> None:
    names = "".join(
        f'[[concept]]\nid = "place-{number}"\nkind = "place"\n[[concept.de]]\nform = "Nowo{letter}{other}sk"\n'
        'status = "preferred"\n'
        for number, (letter, other) in enumerate((one, two) for one in "abcdefghij" for two in "klmnoprstu")
    )
    folder = house(tmp_path / "house", names)
    with editing(folder) as editor:
        editor.initialize(folder)
        uri = uri_of(folder, "a.txt")
        editor.open(uri, "Nowo")
        found = editor.at("completion", uri, 0, 4)
    assert (len(found["items"]), found["isIncomplete"]) == (50, True)


def test_definition(editor: Editor, folder: Path) -> None:
    uri = uri_of(folder, "a.txt")
    editor.open(uri, "Toqajew fuhr nach Belarus, nicht nach Minsk.")
    [place] = editor.at("definition", uri, 0, 20)
    assert place["uri"] == uri_of(folder, "glossary.toml")
    assert HOUSE.splitlines()[place["range"]["start"]["line"]] == "[[concept]]"
    assert HOUSE.splitlines()[place["range"]["start"]["line"] + 1] == 'id = "belarus"'
    assert editor.at("definition", uri, 0, 40) == []


def test_definition_in_the_starter_glossary(tmp_path: Path) -> None:
    with editing(tmp_path) as editor:
        editor.initialize(tmp_path)
        editor.open("untitled:Untitled-1", "In der Rede sagte er nicht viel zu Kasachstan.")
        [place] = editor.at("definition", "untitled:Untitled-1", 0, 38)
        assert "starter glossary" in editor.notice("window/logMessage")["message"]
    path = path_of(place["uri"])
    assert path and path.parent.name == "starter"
    assert path.read_text(encoding="utf-8").splitlines()[place["range"]["start"]["line"]] == "[[concept]]"


def test_two_folders_with_two_glossaries(folder: Path, tmp_path: Path) -> None:
    turned = HOUSE.replace('"Tokajew"', '"X"').replace('"Toqajew"', '"Tokajew"').replace('"X"', '"Toqajew"')
    other = house(tmp_path / "other", turned)
    write(
        other / "tolmach.toml", SETTINGS + 'severity = { "deprecated-term" = "error" }\nignore = ["forbidden-term"]\n'
    )
    text = "Toqajew oder Tokajew in Weißrussland."
    with editing(tmp_path) as editor:
        editor.initialize(folder, other)
        first, second = (editor.open(uri_of(one, "a.txt"), text) for one in (folder, other))
        assert spots(first) == [("deprecated-term", 0, 0, 7), ("forbidden-term", 0, 24, 36)]
        assert spots(second) == [("deprecated-term", 0, 13, 20)]
        assert (first[0]["severity"], second[0]["severity"]) == (2, 1)


def test_a_glossary_edited_while_texts_are_open(folder: Path) -> None:
    uri = uri_of(folder, "a.txt")
    with editing(folder) as editor:
        editor.initialize(folder, workspace={"didChangeWatchedFiles": {"dynamicRegistration": True}})
        asked = editor.notice("client/registerCapability")["registrations"]
        assert [one["method"] for one in asked] == ["workspace/didChangeWatchedFiles"]
        assert asked[0]["registerOptions"]["watchers"] == [{"globPattern": "**/*.toml"}]
        assert spots(editor.open(uri, "Belarus und Toqajew")) == [("deprecated-term", 0, 12, 19)]

        changed = (
            HOUSE.replace('"Belarus"', '"X"').replace('"Weißrussland"', '"Belarus"').replace('"X"', '"Weißrussland"')
        )
        write(folder / "glossary.toml", changed)
        event = {"uri": uri_of(folder, "glossary.toml"), "type": 2}
        editor.notify("workspace/didChangeWatchedFiles", {"changes": [event]})
        assert spots(editor.findings(uri)) == [("forbidden-term", 0, 0, 7), ("deprecated-term", 0, 12, 19)]

        write(folder / "glossary.toml", changed + "[[concept]\n")
        editor.notify("textDocument/didSave", {"textDocument": {"uri": event["uri"]}})
        shown = editor.notice("window/showMessage")
        assert shown["type"] == 1
        line = changed.count("\n") + 1
        assert f"glossary.toml:{line}: this is not valid TOML" in shown["message"]
        assert len(editor.findings(uri)) == 2  # by the last glossary that could be read
        assert editor.at("hover", uri, 0, 2) is not None

        write(folder / "glossary.toml", HOUSE)
        editor.change(uri, 2, {"text": "Belarus"})  # some editors never tell of changed files
        assert editor.findings(uri, 2) == []


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("tolmach.toml", "glosary = []\n", "tolmach.toml:1: unknown key 'glosary'"),
        ("tolmach.toml", 'glossary = ["none"]\nselect = ["no-such-rule"]\n', "no-such-rule"),
        ("tolmach.toml", 'glossary = ["missing.toml"]\n', "no such glossary"),
        ("glossary.toml", HOUSE + '[[concept]]\nid = "belarus"\nkind = "place"\n', "glossary.toml"),
    ],
)
def test_what_is_wrong_from_the_start_is_shown(name: str, content: str, said: str, folder: Path) -> None:
    good = (folder / name).read_text(encoding="utf-8")
    write(folder / name, content)
    with editing(folder) as editor:
        editor.initialize(folder)
        uri = uri_of(folder, "a.txt")
        editor.notify(
            "textDocument/didOpen",
            {"textDocument": {"uri": uri, "languageId": "plaintext", "version": 1, "text": "Toqajew"}},
        )
        assert said in editor.notice("window/showMessage")["message"]
        assert editor.at("hover", uri, 0, 2) is None
        write(folder / name, good)
        editor.notify("workspace/didChangeWatchedFiles", {"changes": []})
        assert spots(editor.findings(uri)) == [("deprecated-term", 0, 0, 7)]


def test_wrong_examples_of_a_glossary_are_shown(folder: Path) -> None:
    example = '\n[concept.examples.de]\nflag = ["[Belarus] ist erlaubt."]\n'
    write(folder / "glossary.toml", HOUSE + example)
    with editing(folder) as editor:
        editor.initialize(folder)
        assert len(editor.open(uri_of(folder, "a.txt"), "Toqajew")) == 1
        assert "glossary.toml" in editor.notice("window/showMessage")["message"]


def test_malformed_messages(editor: Editor, folder: Path) -> None:
    editor.write_raw(b"{")
    editor.write_raw(b'{"jsonrpc": "2.0"}')
    editor.write_raw(b"[]")
    editor.notify("textDocument/didOpen", {"textDocument": {"uri": 1}})
    editor.notify("no/such/notification", {})
    editor.change("file:///never/opened.txt", 2, {"text": "Toqajew"})
    editor.notify("textDocument/didClose", {"textDocument": {"uri": "file:///never/opened.txt"}})
    assert "error" in editor.answer(editor.request("textDocument/hover", {"position": "here"}))
    assert editor.answer(editor.request("no/such/request", {}))["error"]["code"] == -32601
    assert editor.at("hover", "file:///never/opened.txt", 0, 0) is None
    assert spots(editor.open(uri_of(folder, "a.txt"), "Toqajew")) == [("deprecated-term", 0, 0, 7)]


def test_half_a_character(editor: Editor, folder: Path) -> None:
    assert spots(editor.open(uri_of(folder, "a.txt"), "\ud83d Toqajew")) == [("deprecated-term", 0, 2, 9)]


def test_a_cancelled_request_is_answered(editor: Editor, folder: Path) -> None:
    uri = uri_of(folder, "a.txt")
    document = {"uri": uri, "languageId": "plaintext", "version": 1, "text": "Toqajew sprach nicht.\n" * 50_000}
    editor.notify("textDocument/didOpen", {"textDocument": document})
    place = {"textDocument": {"uri": uri}, "position": {"line": 0, "character": 2}}
    number = editor.request("textDocument/hover", place)
    editor.notify("$/cancelRequest", {"id": number})
    answer = editor.answer(number)
    assert answer.get("error", {"code": -32800})["code"] == -32800
    assert editor.at("hover", uri, 0, 2) is not None


def test_leaving_without_goodbye(folder: Path) -> None:
    with editing(folder) as editor:
        editor.initialize(folder)
        editor.notify("exit", None)
        assert editor.wait_for_end() == 1


@pytest.mark.parametrize("working", [False, True])
def test_an_editor_that_has_gone(working: bool, folder: Path) -> None:
    with editing(folder) as editor:
        editor.initialize(folder)
        if working:
            document = {"uri": uri_of(folder, "a.txt"), "languageId": "text", "version": 1, "text": "Toqajew\n" * 9999}
            editor.notify("textDocument/didOpen", {"textDocument": document})
        assert editor.hang_up() == 1
        assert b"Traceback" not in editor.errors


def test_an_editor_that_reads_no_more(folder: Path) -> None:
    program = [sys.executable, "-m", "tolmach", "lsp"]
    pipe = subprocess.PIPE
    with subprocess.Popen(program, cwd=folder, stdin=pipe, stdout=pipe, stderr=pipe) as process:
        assert process.stdin and process.stdout and process.stderr
        process.stdout.close()
        for number in range(3):
            body = json.dumps({"jsonrpc": "2.0", "id": number, "method": "no/such/request"}).encode()
            process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        process.stdin.close()
        assert b"BrokenPipe" not in process.stderr.read()
        assert process.wait(PATIENCE) == 1


def test_after_shutdown_nothing_is_checked(folder: Path) -> None:
    with editing(folder) as editor:
        editor.initialize(folder)
        editor.open(uri_of(folder, "a.txt"), "Toqajew")
        assert editor.leave() == 0
        assert b"Traceback" not in editor.errors


def test_the_missing_library_is_named(folder: Path) -> None:
    program = "import sys; sys.modules['pygls'] = None; from tolmach.cli.main import run; sys.exit(run(['lsp']))"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "pip install 'tolmach[lsp]'" in done.stderr


TEXTS = st.text(st.sampled_from("aß\u0301\u20ac\U0001f600\n\r\u2028 "), max_size=30)
ENCODINGS = st.sampled_from(["utf-8", "utf-16", "utf-32"])


@given(TEXTS, ENCODINGS)
def test_every_place_is_found_again(text: str, encoding: Encoding) -> None:
    lines = Lines(text, encoding)
    for offset in range(len(text) + 1):
        inside_break = 0 < offset < len(text) and text[offset - 1 : offset + 1] == "\r\n"
        if not inside_break:
            assert lines.offset(lines.position(offset)) == offset
    assert "".join(lines.line(number) for number in range(len(lines.starts))) == text.replace("\r", "").replace(
        "\n", ""
    )


@given(TEXTS, TEXTS, ENCODINGS, st.data())
def test_a_change_is_that_of_the_whole_text(old: str, new: str, encoding: Encoding, data: st.DataObject) -> None:
    lines = Lines(old, encoding)
    start, end = sorted(lines.starts[data.draw(st.integers(0, len(lines.starts) - 1))] for _number in range(2))
    change = Change(new, lines.position(start), lines.position(end))
    assert lines.changed([change]).text == f"{old[:start]}{new}{old[end:]}"
    assert lines.changed([change, Change(old)]).text == old


@pytest.mark.parametrize(
    ("encoding", "character", "offset"),
    [
        ("utf-16", 1, 0),
        ("utf-16", 2, 1),
        ("utf-8", 3, 0),
        ("utf-8", 4, 1),
        ("utf-32", 1, 1),
        ("utf-16", 99, 2),
        ("utf-16", -1, 0),
    ],
)
def test_places_within_a_character(encoding: Encoding, character: int, offset: int) -> None:
    assert Lines("\U0001f600a\nb", encoding).offset(Position(0, character)) == offset


@pytest.mark.parametrize(("text", "mended"), [("a\ud800b", "a\ufffdb"), ("\udc00\ud800", "\ufffd\ufffd"), ("ä", "ä")])
def test_halves_of_characters(text: str, mended: str) -> None:
    assert whole(text) == mended


@pytest.mark.parametrize("name", ["a.txt", "ä ö.txt", "a#b.txt", "a;b.txt", "100%.txt", "C:\\x.txt"])
def test_a_path_is_that_of_its_uri(name: str, tmp_path: Path) -> None:
    assert path_of((tmp_path / name).as_uri()) == tmp_path / name


@pytest.mark.parametrize(
    "uri", ["untitled:Untitled-1", "file:", "file:a.txt", "http://x.org/a.txt", "file:///a%00.txt"]
)
def test_what_is_no_file(uri: str) -> None:
    assert path_of(uri) is None


@pytest.mark.parametrize(
    ("uri", "language", "name"),
    [
        ("file:///x/README", "plaintext", "/x/README.txt"),
        ("file:///x/a.MD", "plaintext", "/x/a.MD"),
        ("file:///x/a.py", "python", ""),
        ("file:///x/a.rst", "restructuredtext", ""),
        ("vscode-vfs://github/o/r/rede.md", "markdown", "rede.md"),
        ("untitled:", "markdown", "untitled.md"),
    ],
)
def test_names_under_which_texts_are_read(uri: str, language: str, name: str) -> None:
    assert OpenText(uri, language, 1, Lines("")).name == name


@given(TEXTS, TEXTS)
def test_the_changes_lead_from_the_old_text_to_the_new(old: str, new: str) -> None:
    text = old
    for change in reversed(list(changes(old, new))):
        text = f"{text[: change.span.start]}{change.text}{text[change.span.end :]}"
    assert text == new
    assert list(changes(old, old)) == []


@given(st.text(max_size=20))
def test_a_card_holds_no_markup_of_the_glossary(note: str) -> None:
    shown = cards.markdown(Card("x", "term", note=note))
    assert "\n" not in shown
    assert "<" not in shown.replace("\\<", "")
