"""The program as a process: encodings, pipes, signals, exit codes as a shell sees them."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

HOUSE = str(Path(__file__).parent / "cases" / "cli_house.toml")
PROGRAM = (sys.executable, "-m", "tolmach")
ENVIRONMENT = {**os.environ, "LANGUAGE": "en", "LC_ALL": "C"}
posix = pytest.mark.skipif(os.name != "posix", reason="signals and devices of POSIX systems")


def run(*arguments: str, folder: Path, content: bytes = b"", **variables: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**ENVIRONMENT, **variables}
    return subprocess.run(
        (*PROGRAM, *arguments), cwd=folder, input=content, capture_output=True, env=environment, timeout=60, check=False
    )


def problem(done: subprocess.CompletedProcess[bytes]) -> str:
    error, hint = done.stderr.decode("utf-8").splitlines()
    assert error.startswith("error: ") and hint.startswith("hint: ")
    return error.removeprefix("error: ")


def test_the_module_is_the_program(tmp_path: Path) -> None:
    done = run("--version", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"tolmach ")


@pytest.mark.parametrize("variables", [{"NO_COLOR": "1"}, {"FORCE_COLOR": "1"}, {"PYTHONIOENCODING": "ascii"}])
def test_output_is_plain_utf8_whatever_the_locale(variables: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "ä.txt").write_text("Toqajew fuhr nach Weißrussland", encoding="utf-8")
    done = run("check", "ä.txt", "--lang", "de", "--glossary", HOUSE, folder=tmp_path, **variables)
    assert done.returncode == 1
    lines = done.stdout.decode("utf-8").splitlines()
    assert lines[1] == "ä.txt:1:19: warning: Weißrussland: write Belarus [deprecated-term]"
    assert b"\x1b" not in done.stdout + done.stderr


@pytest.mark.parametrize(("choice", "colored"), [("always", True), ("auto", False), ("never", False)])
def test_colors_as_they_are_wanted(choice: str, colored: bool, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Toqajew", encoding="utf-8")
    done = run("check", "a.txt", "--lang", "de", "--glossary", HOUSE, "--color", choice, folder=tmp_path)
    assert (b"\x1b[1;33mwarning:\x1b[0m" in done.stdout) is colored


@posix
@pytest.mark.parametrize(
    ("variables", "colored"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)],
)
def test_a_terminal_gets_colors_and_short_lines(variables: dict[str, str], colored: bool, tmp_path: Path) -> None:
    import pty

    (tmp_path / "a.txt").write_text(f"{'Rede ' * 40}Toqajew{' Rede' * 40}", encoding="utf-8")
    ours, theirs = pty.openpty()
    environment = {**ENVIRONMENT, "TERM": "xterm", "COLUMNS": "40", **variables}
    if "NO_COLOR" not in variables:
        environment.pop("NO_COLOR", None)
    command = (*PROGRAM, "check", "a.txt", "--lang", "de", "--glossary", HOUSE)
    with subprocess.Popen(command, cwd=tmp_path, stdout=theirs, env=environment) as process:
        os.close(theirs)
        assert process.wait(60) == 1
        shown = os.read(ours, 9999).decode()
    os.close(ours)
    assert ("\x1b[" in shown) is colored
    quoted = next(line for line in shown.splitlines() if "Rede Toqajew Rede" in line)
    assert quoted.startswith("    \u2026") and len(quoted) <= 40


@pytest.mark.parametrize("arguments", [("segment",), ("check", "-", "--glossary", "none")])
@pytest.mark.parametrize("content", ["Größe".encode("cp1252"), "Größe".encode("utf-16-le"), b"\xff\xfe\xff"])
def test_bytes_that_are_no_text(arguments: tuple[str, ...], content: bytes, tmp_path: Path) -> None:
    done = run(*arguments, folder=tmp_path, content=content)
    assert (done.returncode, done.stdout) == (2, b"")
    assert "UTF-" in problem(done) or "no text" in problem(done)


@posix
@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "a.txt", "--lang", "de", "--glossary", HOUSE),
        ("glossary", "list", "--glossary", "starter"),
        ("segment",),
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_closed_pipe_is_silent(arguments: tuple[str, ...], tmp_path: Path) -> None:
    text = b"Toqajew schwieg.\n\n" * 3000
    (tmp_path / "a.txt").write_bytes(text)
    with subprocess.Popen(
        (*PROGRAM, *arguments),
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=ENVIRONMENT,
    ) as child:
        assert child.stdin and child.stdout and child.stderr
        child.stdout.close()
        child.stdin.write(text)
        child.stdin.close()
        assert child.stderr.read() == b""
        assert child.wait(60) == 0


@posix
@pytest.mark.parametrize("arguments", [("--version",), ("check", "a.txt", "--glossary", "none"), ("segment",)])
def test_a_full_disk_behind_standard_output(arguments: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"Minsk")
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        done = subprocess.run(
            (*PROGRAM, *arguments),
            cwd=tmp_path,
            input=b"Minsk.",
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
            env=ENVIRONMENT,
        )
    assert done.returncode == 2
    error, hint = done.stderr.decode("utf-8").splitlines()
    assert error == "error: standard output: cannot read or write: No space left on device"
    assert hint.startswith("hint: ")


@posix
@pytest.mark.parametrize(
    ("arguments", "closed", "code"),
    [
        (("segment",), 0, 0),
        (("check", "-", "--glossary", "none"), 0, 2),
        (("init",), 0, 0),
        (("check", "a.txt", "--glossary", "none"), 1, 0),
        (("--version",), 1, 0),
        (("check", "missing.txt"), 2, 2),
    ],
)
def test_a_stream_closed_from_the_start(arguments: tuple[str, ...], closed: int, code: int, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"Minsk")
    done = subprocess.run(
        (*PROGRAM, *arguments),
        cwd=tmp_path,
        capture_output=True,
        env=ENVIRONMENT,
        preexec_fn=lambda: os.close(closed),
        timeout=60,
        check=False,
    )
    assert done.returncode == code
    assert b"Traceback" not in done.stderr


@posix
def test_an_interruption(tmp_path: Path) -> None:
    def listen() -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)

    with subprocess.Popen(
        (*PROGRAM, "segment"),
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=listen,
        env=ENVIRONMENT,
    ) as child:
        assert child.stderr
        time.sleep(1)
        child.send_signal(signal.SIGINT)
        assert child.wait(60) == 130
        assert child.stderr.read().decode("utf-8").strip() == "interrupted"


def test_a_bug_has_its_own_exit_code(tmp_path: Path) -> None:
    script = "import tolmach.cli.main as program\nprogram.run = lambda: [][0]\nprogram.main()\n"
    done = subprocess.run(
        (sys.executable, "-c", script), cwd=tmp_path, capture_output=True, timeout=60, check=False, env=ENVIRONMENT
    )
    assert done.returncode == 3
    lines = done.stderr.decode("utf-8").splitlines()
    assert lines[0].startswith("Traceback")
    assert lines[-2] == "error: this is a bug in tolmach: IndexError"
    assert lines[-1].startswith("hint: please report it")


@posix
def test_arguments_that_are_no_text(tmp_path: Path) -> None:
    done = subprocess.run(
        (*PROGRAM, "lookup", b"gr\xf6sse"), cwd=tmp_path, capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 2
    assert "this is not UTF-8" in problem(done)
    done = subprocess.run(
        (*PROGRAM, "check", b"gr\xf6sse.txt", "--glossary", "none"),
        cwd=tmp_path,
        capture_output=True,
        check=False,
        env=ENVIRONMENT,
    )
    assert done.returncode == 2
    assert problem(done) == "gr\\udcf6sse.txt: no such file or folder"
