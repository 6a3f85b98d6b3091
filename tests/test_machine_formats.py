"""The formats for machines as a process writes them: any file name, any locale, closed pipes, exit codes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from support import run_program
from tolmach.lint import reporter as reporters

HOUSE = str(Path(__file__).parent / "cases" / "cli_house.toml")
NAMES = [name for name in reporters.names() if reporters.load(name).annotate is None]
ENVIRONMENT = {**os.environ, "LANGUAGE": "en", "LC_ALL": "C"}
posix = pytest.mark.skipif(os.name != "posix", reason="file names of POSIX systems")
PATHS = [
    "Über uns/a b_de.txt",
    "Тексты/и\u0306_de.txt",
    "50 %25, a:b;c=d_de.txt",
    "#1?x=y&z_de.txt",
    "\"<&>'`|_de.txt",
    "a\nb\r\tc_de.txt",
    "::error file=x::y ##[error]z_de.txt",
    "\u202e\x1b[31m_de.txt",
    "-x_de.txt",
    "]]> <!-- {{ }} ${{ x }}_de.txt",
    "北京\U0001f600_de.txt",
]


def check(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "tolmach", "check", "--glossary", HOUSE, *arguments],
        cwd=folder,
        env=ENVIRONMENT | variables,
        capture_output=True,
        timeout=60,
        check=False,
    )


def of_commands(text: str) -> list[str]:
    names = [re.match(r"::\w+ file=(.*?),", line) for line in text.splitlines()]
    codes = {"%0A": "\n", "%0D": "\r", "%3A": ":", "%2C": ",", "%25": "%"}
    return [re.sub("%(0A|0D|3A|2C|25)", lambda code: codes[code[0]], name[1]) for name in names if name]


def of_sarif(text: str) -> list[str]:
    addresses = [
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in json.loads(text)["runs"][0]["results"]
    ]
    assert all(re.fullmatch(r"(?:[A-Za-z0-9/._~-]|%[0-9A-F]{2})+", address) for address in addresses)
    return [unquote(address) for address in addresses]


def of_xml(tag: str) -> Callable[[str], list[str]]:
    return lambda text: [str(one.get("name")) for one in ElementTree.fromstring(text.encode()).iter(tag)]


READ: dict[str, Callable[[str], Any]] = {
    "github": of_commands,
    "sarif": of_sarif,
    "checkstyle": of_xml("file"),
    "junit": of_xml("testsuite"),
    "gitlab": lambda text: [one["location"]["path"] for one in json.loads(text)],
    "json": lambda text: [one["path"] for one in json.loads(text)["findings"]],
    "jsonl": lambda text: [json.loads(line)["path"] for line in text.splitlines()],
}


@posix
@pytest.mark.parametrize("name", READ)
def test_any_file_name_is_read_back(name: str, tmp_path: Path) -> None:
    for path in PATHS:
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text("Toqajew", encoding="utf-8")
    done = check(tmp_path, ".", "--format", name)
    assert done.returncode == 1, done.stderr
    found = READ[name](done.stdout.decode("utf-8"))
    # What no terminal and no XML may hold is written as an escape there.
    shown = [path.replace("\u202e\x1b", r"\u202e\x1b") for path in PATHS]
    escapes = {"github": [one.replace("\t", r"\t") for one in shown], "checkstyle": shown, "junit": shown}
    assert sorted(found) == sorted(escapes.get(name, PATHS))


@posix
def test_any_file_name_is_shown(tmp_path: Path) -> None:
    for path in PATHS:
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text("Toqajew", encoding="utf-8")
    lines = check(tmp_path, ".").stdout.decode("utf-8").splitlines()
    assert len(lines) == len(PATHS) + 1
    for path in PATHS:
        visible = path if path.isprintable() else repr(path)[1:-1]
        assert sum(line.startswith(f"{visible}:1:1: ") for line in lines) == 1
    page = unescape(check(tmp_path, ".", "--format", "html").stdout.decode("utf-8"))
    assert all(path in page for path in PATHS if path.isprintable())
    assert not re.search("[\x00-\x08\x0b-\x1f\u202e]", page)


@pytest.mark.parametrize("name", NAMES)
def test_the_output_is_utf8_whatever_the_locale(name: str, tmp_path: Path) -> None:
    (tmp_path / "ü_de.txt").write_text("Toqajew 北京 Weißrussland \U0001f600 ODBK", encoding="utf-8")
    done = check(tmp_path, "ü_de.txt", "--format", name, PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (1, b"")
    text = done.stdout.decode("utf-8")
    assert "Weißrussland" in text
    if name in READ:
        assert set(READ[name](text)) == {"ü_de.txt"}
    beside = run_program(
        "check", "ü_de.txt", "--glossary", HOUSE, "--format", name, "--output", "report", folder=tmp_path
    )
    assert beside.code == 1
    assert (tmp_path / "report").read_bytes().decode("utf-8") == text.replace("\r\n", "\n")


@posix
@pytest.mark.parametrize("name", NAMES)
def test_a_reader_that_goes_away_is_no_error(name: str, tmp_path: Path) -> None:
    (tmp_path / "a_de.txt").write_text("Toqajew und Weißrussland und ODBK.\n" * 2000, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-m", "tolmach", "check", "a_de.txt", "--glossary", HOUSE, "--format", name],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=ENVIRONMENT,
    ) as child:
        assert child.stdout and child.stderr
        child.stdout.close()
        assert child.stderr.read() == b""
        assert child.wait(60) == 0


@pytest.mark.parametrize("name", NAMES)
def test_exit_codes_do_not_depend_on_the_format(name: str, tmp_path: Path) -> None:
    (tmp_path / "bad_de.txt").write_text("Toqajew", encoding="utf-8")
    (tmp_path / "good_de.txt").write_text("Tokajew", encoding="utf-8")
    (tmp_path / "broken.po").write_text('msgid "', encoding="utf-8")
    codes = {
        ("bad_de.txt",): 1,
        ("bad_de.txt", "--exit-zero"): 0,
        ("bad_de.txt", "--severity", "error"): 0,
        ("good_de.txt",): 0,
        ("broken.po",): 2,
        ("broken.po", "--exit-zero"): 2,
        ("bad_de.txt", "--exit-zero", "--output", "."): 2,
    }
    common = ("check", "--glossary", HOUSE, "--format", name)
    assert {arguments: run_program(*common, *arguments, folder=tmp_path).code for arguments in codes} == codes
