import hashlib
import json
import re
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tolmach.cli.commands.models import COMMAND
from tolmach.errors import TolmachError
from tolmach.translate import index, models

PACKAGE = Path(__file__).parent / "models" / "translate-de_en.argosmodel"
CONTENT = PACKAGE.read_bytes()
METADATA = {"package_version": "1.0", "from_code": "de", "to_code": "en"}
needs_mt = pytest.mark.skipif(not find_spec("argostranslate"), reason="the mt extra is not installed")


@dataclass
class Server:
    """What the server on 127.0.0.1 has, how it misbehaves, and what it was asked."""

    address: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)
    break_after: list[int] = field(default_factory=list)
    ranges: bool = True
    wrong_range: bool = False
    asked: list[tuple[str, str | None]] = field(default_factory=list)

    def offer(self, *packages: dict[str, object]) -> str:
        self.files["/index.json"] = json.dumps(packages).encode()
        return self.address

    def link(self, name: str) -> str:
        return f"{self.address}/{name}"


def answerer(server: Server) -> type[BaseHTTPRequestHandler]:
    class Answerer(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

        def do_GET(self) -> None:
            wanted = self.headers.get("Range")
            server.asked.append((self.path, wanted))
            if self.path in server.redirects:
                self.send_response(302)
                self.send_header("Location", server.redirects[self.path])
                self.end_headers()
                return
            if self.path not in server.files:
                self.send_error(404)
                return
            whole = server.files[self.path]
            start = int(re.findall(r"\d+", wanted)[0]) if wanted and server.ranges else 0
            if start >= len(whole) and start:
                self.send_error(416)
                return
            self.send_response(206 if start else 200)
            if start:
                claimed = start + 1 if server.wrong_range else start
                self.send_header("Content-Range", f"bytes {claimed}-{len(whole) - 1}/{len(whole)}")
            self.send_header("Content-Length", str(len(whole) - start))
            self.end_headers()
            limit = server.break_after.pop(0) if server.break_after and self.path != "/index.json" else len(whole)
            self.wfile.write(whole[start : start + limit])

    return Answerer


@pytest.fixture
def server() -> Iterator[Server]:
    state = Server()
    with ThreadingHTTPServer(("127.0.0.1", 0), answerer(state)) as http:
        state.address = f"http://127.0.0.1:{http.server_address[1]}"
        state.files["/de_en.argosmodel"] = CONTENT
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield state
        http.shutdown()
        thread.join()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "packages"


def command(folder: Path, *words: str) -> Result:
    name, *rest = words
    return CliRunner().invoke(COMMAND, [name, "--packages", str(folder), *rest])


def error(result: Result) -> TolmachError:
    assert isinstance(result.exception, TolmachError), result
    assert result.exception.hint
    return result.exception


def names(folder: Path) -> list[str]:
    """Everything in the folder and beside it that the installation could have left."""
    return sorted(
        path.name for place in (folder, folder.parent) if place.exists() for path in place.iterdir() if path != folder
    )


def archive(path: Path, entries: dict[str, bytes | str]) -> Path:
    with zipfile.ZipFile(path, "w") as package:
        for name, content in entries.items():
            package.writestr(name, content)
    return path


def parts(**changes: object) -> dict[str, bytes | str]:
    """The entries of a small complete package, some changed or (None) left out."""
    entries: dict[str, object] = {
        "p/metadata.json": json.dumps(METADATA),
        "p/sentencepiece.model": b"x",
        "p/model/model.bin": b"x",
        **changes,
    }
    return {name: content for name, content in entries.items() if isinstance(content, bytes | str)}


def test_a_package_file_is_installed_listed_and_removed(folder: Path) -> None:
    result = command(folder, "install", str(PACKAGE))
    assert result.stdout == f"de\ten\t1.0\t{folder / 'translate-de_en-1_0'}\n"
    assert re.fullmatch(rf"de\ten\t1\.0\t\d+\.\d MB\t{folder}/translate-de_en-1_0\n", command(folder, "list").stdout)
    assert names(folder) == ["translate-de_en-1_0"]
    assert "translate-de_en-1_0" in command(folder, "remove", "de", "en").stdout
    assert names(folder) == []
    assert command(folder, "list").stdout == ""


@pytest.mark.parametrize("pair", [("de", "ru"), ("en", "de"), ("", "en")])
def test_what_is_not_installed_cannot_be_removed(folder: Path, pair: tuple[str, str]) -> None:
    models.install(PACKAGE, folder)
    error(command(folder, "remove", *pair))
    assert names(folder) == ["translate-de_en-1_0"]


def test_a_new_version_takes_the_place_of_the_old(folder: Path, tmp_path: Path) -> None:
    models.install(PACKAGE, folder)
    newer = json.dumps({**METADATA, "package_version": "1.10"})
    fresh = archive(
        tmp_path / "new.zip",
        {name.replace("p/", "q/"): text for name, text in parts(**{"p/metadata.json": newer}).items()},
    )
    models.install(fresh, folder)
    models.install(fresh, folder)
    fresh.unlink()
    assert [package.version for package in models.installed([folder])] == ["1.10"]
    assert names(folder) == ["q"]


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        (parts(**{"../evil": "x"}), "leaves its folder"),
        (parts(**{"/etc/evil": "x"}), "leaves its folder"),
        (parts(**{"p/..\\..\\evil": "x"}), "leaves its folder"),
        (parts(**{"p/metadata.json": None}), "one folder with metadata.json"),
        (parts(**{"second/metadata.json": "{}"}), "one folder with metadata.json"),
        ({"metadata.json": json.dumps(METADATA)}, "one folder with metadata.json"),
        ({}, "one folder with metadata.json"),
        (parts(**{"p/metadata.json": "[]"}), "not a JSON object"),
        (parts(**{"p/metadata.json": b"\xff"}), "not a JSON object"),
        (parts(**{"p/metadata.json": "[" * 100_000}), "not a JSON object"),
        (parts(**{"p/metadata.json": '{"from_code": "de"}'}), "from which language"),
        (parts(**{"p/metadata.json": '{"from_code": "../x", "to_code": "en"}'}), "from which language"),
        (parts(**{"p/metadata.json": '{"from_code": 1, "to_code": "en"}'}), "from which language"),
        (parts(**{"p/metadata.json": json.dumps({**METADATA, "type": "sbd"})}), "another type"),
        (parts(**{"p/model/model.bin": None}), "model.bin"),
        (parts(**{"p/sentencepiece.model": None}), "sentencepiece.model"),
    ],
)
def test_what_is_no_package_is_refused_and_leaves_nothing(
    entries: dict[str, bytes | str], message: str, folder: Path, tmp_path: Path
) -> None:
    models.install(PACKAGE, folder)
    path = archive(tmp_path / "wrong.argosmodel", entries)
    assert message in str(error(command(folder, "install", str(path))))
    assert names(folder) == ["translate-de_en-1_0", "wrong.argosmodel"]


@pytest.mark.parametrize(
    "content", [b"", b"no zip", CONTENT[:5000], CONTENT[:-100], CONTENT[:9000] + b"\0" * 500 + CONTENT[9500:]]
)
def test_a_damaged_file_is_refused(content: bytes, folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "damaged.argosmodel"
    path.write_bytes(content)
    assert str(path) == error(command(folder, "install", str(path))).path
    assert names(folder) == ["damaged.argosmodel"]


def test_a_missing_file_and_too_many_words_are_user_errors(folder: Path, tmp_path: Path) -> None:
    error(command(folder, "install", str(tmp_path / "nowhere.argosmodel")))
    assert command(folder, "install", "de", "en", "ru").exit_code == 2


def test_a_package_folder_that_cannot_be_read_is_named(folder: Path) -> None:
    (folder / "broken").mkdir(parents=True)
    (folder / "broken" / "metadata.json").write_text("{", encoding="utf-8")
    assert error(command(folder, "list")).path == str(folder / "broken" / "metadata.json")


def test_stray_files_and_folders_are_no_packages(folder: Path) -> None:
    (folder / "stray").mkdir(parents=True)
    (folder / "note.txt").write_text("x", encoding="utf-8")
    assert models.installed([folder]) == []


def offered(server: Server, **changes: object) -> str:
    return server.offer({**METADATA, "links": [server.link("de_en.argosmodel")], **changes})


def test_a_package_is_downloaded_and_its_checksum_shown(server: Server, folder: Path) -> None:
    result = command(folder, "install", "de", "en", "--index", offered(server))
    assert result.stdout.startswith("de\ten\t1.0\t")
    assert result.stderr == f"sha256 {hashlib.sha256(CONTENT).hexdigest()}\n"
    assert names(folder) == ["translate-de_en-1_0"]


def test_the_index_lists_the_newest_of_each_pair(server: Server, folder: Path) -> None:
    models.install(PACKAGE, folder)
    listed = [
        {**METADATA, "package_version": "1.9", "links": []},
        {**METADATA, "package_version": "1.10", "links": []},
        {"type": "sbd", "package_version": "1.5", "from_codes": ["de"]},
        {"from_code": "en", "to_code": "ru", "package_version": "1.9", "links": []},
    ]
    result = command(folder, "list", "--available", "--index", server.offer(*listed) + "/index.json")
    assert result.stdout == "de\ten\t1.10\tinstalled: 1.0\nen\tru\t1.9\n"


def test_a_broken_download_goes_on_where_it_stopped(server: Server, folder: Path) -> None:
    server.break_after = [10_000, 20_000]
    command(folder, "install", "de", "en", "--index", offered(server))
    assert [wanted for path, wanted in server.asked if "argosmodel" in path] == [None, "bytes=10000-", "bytes=30000-"]
    assert names(folder) == ["translate-de_en-1_0"]


def test_a_download_goes_on_in_the_next_run(server: Server, folder: Path) -> None:
    server.break_after = [10_000, 0, 0]
    address = offered(server)
    assert "broke off" in str(error(command(folder, "install", "de", "en", "--index", address)))
    assert names(folder) == [".de_en-1.0.argosmodel.part"]
    assert models.installed([folder]) == []
    server.asked.clear()
    assert command(folder, "install", "de", "en", "--index", address).exit_code == 0
    assert server.asked[1][1] == "bytes=10000-"
    assert names(folder) == ["translate-de_en-1_0"]


@pytest.mark.parametrize(
    ("left", "server_changes"),
    [
        (b"x" * 1000, {}),
        (CONTENT, {}),
        (CONTENT + b"more", {}),
        (CONTENT[:1000], {"ranges": False}),
        (CONTENT[:1000], {"wrong_range": True}),
    ],
    ids=["of another file", "already whole", "too long", "no ranges", "another range than asked for"],
)
def test_what_an_earlier_download_left_does_no_harm(
    left: bytes, server_changes: dict[str, bool], server: Server, folder: Path
) -> None:
    folder.mkdir()
    (folder / ".de_en-1.0.argosmodel.part").write_bytes(left)
    for name, value in server_changes.items():
        setattr(server, name, value)
    result = command(folder, "install", "de", "en", "--index", offered(server))
    assert hashlib.sha256(CONTENT).hexdigest() in result.stderr
    assert names(folder) == ["translate-de_en-1_0"]


def test_mirrors_are_tried_one_after_the_other(server: Server, folder: Path) -> None:
    server.files["/short.argosmodel"] = b""
    links = [server.link("gone"), "ipfs://Qm", "file:///etc/passwd", server.link("de_en.argosmodel")]
    assert command(folder, "install", "de", "en", "--index", offered(server, links=links)).exit_code == 0
    assert [path for path, _wanted in server.asked] == ["/index.json", "/gone", "/de_en.argosmodel"]


@pytest.mark.parametrize(
    "links",
    [
        [],
        ["file:///etc/passwd"],
        ["ftp://example.org/x"],
        ["http:///x"],
        [7],
        ["LINK/gone"],
        ["LINK/moved"],
        ["LINK/text"],
        ["LINK/\u00fc"],
        ["http://[::1/x"],
    ],
    ids=str,
)
def test_nothing_to_download_from_is_a_user_error(links: list[object], server: Server, folder: Path) -> None:
    server.files["/text"] = b"<html>not a package</html>"
    server.redirects["/moved"] = "file:///etc/hostname"
    resolved = [link.replace("LINK", server.address) if isinstance(link, str) else link for link in links]
    error(command(folder, "install", "de", "en", "--index", offered(server, links=resolved)))
    assert models.installed([folder]) == []
    assert names(folder) == []


def test_a_package_for_other_languages_than_asked_for_is_refused(server: Server, folder: Path) -> None:
    address = offered(server, to_code="ru")
    assert "from de to en" in str(error(command(folder, "install", "de", "ru", "--index", address)))
    assert names(folder) == []


def test_a_file_without_end_is_not_downloaded(server: Server, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "MAX_PACKAGE", 100_000)
    assert "more than" in str(error(command(folder, "install", "de", "en", "--index", offered(server))))
    assert names(folder) == []


def test_a_pair_the_index_does_not_have_is_answered_with_those_it_has(server: Server, folder: Path) -> None:
    raised = error(command(folder, "install", "de", "kk", "--index", offered(server)))
    assert raised.hint == "it has: de en"


@pytest.mark.parametrize(
    "content", [b"", b"<html>", b"{}", b"[1]", b'["x"]', b'[{"from_code": "de", "to_code": "en", "links": 1}]']
)
def test_a_malformed_index_is_a_user_error(content: bytes, server: Server, folder: Path) -> None:
    server.files["/index.json"] = content
    for words in (("list", "--available"), ("install", "de", "en")):
        error(command(folder, *words, "--index", server.address))


@pytest.mark.parametrize(
    "address", ["file:///etc", "/etc/passwd", "ftp://127.0.0.1", "http://127.0.0.1:9", "http://[", "http://127.0.0.1:x"]
)
def test_an_index_that_cannot_be_reached_is_a_user_error(address: str, folder: Path) -> None:
    error(command(folder, "list", "--available", "--index", address))


@needs_mt
def test_argostranslate_finds_what_is_installed_here(folder: Path, own_home: Path) -> None:
    from argostranslate.package import get_installed_packages

    models.install(PACKAGE, folder)
    found = get_installed_packages([folder])
    assert [(package.from_code, package.to_code) for package in found] == [("de", "en")]


@needs_mt
@pytest.mark.usefixtures("own_home")
def test_without_a_folder_argostranslates_own_is_used() -> None:
    from argostranslate import settings

    assert models.folders()[0] == settings.package_data_dir
    assert index.address(None).endswith("/index.json")
    assert CliRunner().invoke(COMMAND, ["path"]).exit_code == 0


def test_a_missing_extra_is_named_with_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "argostranslate", None)
    for ask in (models.folders, lambda: index.address(None)):
        with pytest.raises(TolmachError) as raised:
            ask()
        assert "pip install" in str(raised.value.hint)
