"""The GitHub Action: its steps run in the shell as on GitHub, and what they print is read as its runner reads it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

yaml = pytest.importorskip("yaml")
ROOT = Path(__file__).resolve().parent.parent
HOUSE = Path(__file__).parent / "cases" / "cli_house.toml"
CLIENT = Path(__file__).parent / "client.py"
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]
EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
# What a text or a file name may contain to speak to the runner (its second form counts anywhere in a line).
FORGED = "::error file=x::forged ##[error]forged"
KNOWN = {"error", "warning", "notice", "debug", "group", "endgroup", "echo", "add-mask", "add-matcher", "stop-commands"}
posix = pytest.mark.skipif(os.name != "posix", reason="file names of POSIX systems")


# The runner


@dataclass(frozen=True)
class Command:
    """A workflow command as the runner understands it."""

    name: str
    properties: dict[str, str]
    message: str


def unescaped(text: str, *, value: bool) -> str:
    codes = {"%0D": "\r", "%0A": "\n"} | ({"%3A": ":", "%2C": ","} if value else {})
    for code, sign in codes.items():
        text = text.replace(code, sign)
    return text.replace("%25", "%")


def parsed(line: str) -> Command | None:
    """The command in a line: `::name key=value,…::message` at its beginning, else `##[name key=value;…]message`."""
    found = re.match(r"\s*::([\w-]+)(?: (.*?))?::(.*)", line, re.DOTALL)
    if found and found[1] in KNOWN:
        pairs = (pair.partition("=")[::2] for pair in (found[2] or "").split(",") if pair)
        properties = {name.strip(): unescaped(value, value=True) for name, value in pairs}
        return Command(found[1], properties, unescaped(found[3], value=False))
    found = re.search(r"##\[([\w-]+)[^\]]*\](.*)", line)
    return Command(found[1], {}, found[2]) if found and found[1] in KNOWN else None


def commands(log: str) -> Iterator[Command]:
    """The commands that the runner obeys: none between `stop-commands` and its token."""
    token = ""
    for line in re.split(r"\r\n|\r|\n", log):
        if token:
            token = "" if line.strip() == f"::{token}::" else token
        elif command := parsed(line):
            token = command.message if command.name == "stop-commands" else ""
            yield command


def annotations(log: str) -> list[Command]:
    return [command for command in commands(log) if command.name != "stop-commands"]


@dataclass(frozen=True)
class Done:
    """What a run of the action left: exit code, log, outputs of its last step and the summary of the job."""

    code: int
    log: str
    outputs: dict[str, str]
    summary: str


class Runner:
    """Runs the steps of the action in a checkout."""

    def __init__(self, temporary: Path) -> None:
        self.temporary = temporary
        self.known = {"steps.python.outputs.python-path": sys.executable, "github.base_ref": ""}

    def step(self, step: dict[str, Any], checkout: Path, **inputs: str) -> Done:
        """Run one step with the inputs; the others have their defaults."""
        given = {f"inputs.{name}": one["default"] for name, one in ACTION["inputs"].items()}
        given |= {f"inputs.{name.replace('_', '-')}": value for name, value in inputs.items()}
        values = given | self.known
        names = ("output", "summary")
        files = {name: self.temporary / name for name in names}
        for path in files.values():
            path.write_bytes(b"")
        variables = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "LANGUAGE")}
        variables |= {name: EXPRESSION.sub(lambda found: values[found[1]], text) for name, text in step["env"].items()}
        variables |= {
            "LANGUAGE": "en",
            "RUNNER_TEMP": str(self.temporary),
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_OUTPUT": str(files["output"]),
            "GITHUB_STEP_SUMMARY": str(files["summary"]),
        }
        assert step["shell"] == "bash"
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=checkout,
            env=variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=600,
            check=False,
        )
        rows = files["output"].read_text(encoding="utf-8").splitlines()
        outputs = dict(row.split("=", 1) for row in rows)
        self.known |= {f"steps.{step['id']}.outputs.{name}": value for name, value in outputs.items()}
        summary = files["summary"].read_text(encoding="utf-8")
        return Done(done.returncode, done.stdout.decode("utf-8"), outputs, summary)


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Runner:
    """A runner on which the action has installed the program."""
    if shutil.which("bash") is None:
        pytest.skip("needs bash")
    temporary = tmp_path_factory.mktemp("runner with blanks")
    made = Runner(temporary)
    done = made.step(STEPS[1], temporary)
    assert done.code == 0, done.log
    return made


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    shutil.copy(HOUSE, tmp_path / "house.toml")
    (tmp_path / "tolmach.toml").write_text('glossary = ["house.toml"]\nsources = ["texts"]\n', encoding="utf-8")
    (tmp_path / "texts").mkdir()
    return tmp_path


def save(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")


def quoted(annotation: Command, checkout: Path) -> str:
    """What stands in the file where the annotation points to."""
    lines = (checkout / annotation.properties["file"]).read_bytes().decode("utf-8-sig").split("\n")
    line = lines[int(annotation.properties["line"]) - 1]
    return line[int(annotation.properties["col"]) - 1 : int(annotation.properties["endColumn"]) - 1]


def test_findings_become_annotations_of_their_places(runner: Runner, checkout: Path) -> None:
    save(checkout / "texts" / "a_de.txt", "\ufeffIn 北京 sprach\r\nToqajews Sohn \U0001f600 von der ODBK.\r\n")
    save(checkout / "texts" / "Über uns" / "50 %, a:b_de.md", "Nach *Weißrussland* und `Weißrussland`\n")
    done = runner.step(STEPS[2], checkout)
    assert (done.code, done.outputs) == (1, {"exit-code": "1"})
    found = annotations(done.log)
    assert [(one.name, one.properties["title"], quoted(one, checkout)) for one in found] == [
        ("warning", "deprecated-term", "Toqajews"),
        ("error", "forbidden-term", "ODBK"),
        ("warning", "deprecated-term", "Weißrussland"),
    ]
    assert [one.properties["file"] for one in found] == [*["texts/a_de.txt"] * 2, "texts/Über uns/50 %, a:b_de.md"]
    assert found[0].message == "Toqajews: write Tokajews (from the Kazakh spelling) [deprecated-term]"
    assert all(one.properties["line"] == one.properties["endLine"] for one in found)


def test_the_summary_is_a_table(runner: Runner, checkout: Path) -> None:
    save(checkout / "texts" / "a_de.txt", "Toqajew, Toqajew, die ODBK")
    done = runner.step(STEPS[2], checkout)
    assert done.summary == (
        "### tolmach\n\n"
        "    count  files  rule             what\n"
        "        2      1  deprecated-term  Toqajew → Tokajew\n"
        "        1      1  forbidden-term   ODBK → ODKB\n"
        "    \n"
        "    1 error, 2 warnings in 1 file\n"
    )


def test_a_clean_text_passes(runner: Runner, checkout: Path) -> None:
    save(checkout / "texts" / "a_de.txt", "Tokajew schwieg.")
    done = runner.step(STEPS[2], checkout)
    assert (done.code, done.outputs, annotations(done.log)) == (0, {"exit-code": "0"}, [])
    assert done.summary == "### tolmach\n\n    no findings in 1 file\n"


def test_inputs_reach_the_program(runner: Runner, checkout: Path) -> None:
    (checkout / "tolmach.toml").rename(checkout / "texts" / "house style.toml")
    shutil.copy(HOUSE, checkout / "texts" / "house.toml")
    save(checkout / "eins zwei_de.txt", "Toqajew")
    save(checkout / "-drei_de.txt", "Die ODBK")
    save(checkout / "vier_de.txt", "Weißrussland")
    save(checkout / "kaputt 100 %25.po", 'msgid "\n')
    broken = annotations(
        runner.step(STEPS[2], checkout, paths="kaputt 100 %25.po", config="texts/house style.toml").log
    )
    assert [one.message.partition(":")[0] for one in broken] == ["kaputt 100 %25.po"]
    chosen = {
        "paths": "eins zwei_de.txt\n\n-drei_de.txt\n",
        "config": "texts/house style.toml",
        "args": "--severity  error\n--ignore forbidden-term",
        "sarif": "findings.sarif",
    }
    done = runner.step(STEPS[2], checkout, **chosen)
    assert (done.code, [one.properties["file"] for one in annotations(done.log)]) == (0, ["eins zwei_de.txt"])
    assert "Toqajew" in (checkout / "findings.sarif").read_text(encoding="utf-8")
    assert runner.step(STEPS[2], checkout, **chosen | {"args": "--select *"}).code == 2


def test_pull_requests_are_asked_for_changed_lines(runner: Runner, checkout: Path) -> None:
    def git(*arguments: str) -> None:
        names = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *names, *arguments], cwd=checkout, check=True, capture_output=True)

    text = checkout / "texts" / "a_de.txt"
    save(text, "Toqajew schwieg.\n")
    git("init", "--quiet")
    git("add", "--all")
    git("commit", "--quiet", "--message", "Old")
    git("update-ref", "refs/remotes/origin/main", "HEAD")
    save(text, "Toqajew schwieg.\n\nDie ODBK auch.\n")
    runner.known["github.base_ref"] = "main"
    try:
        lines = {
            wanted: [one.properties["line"] for one in annotations(runner.step(STEPS[2], checkout, **inputs).log)]
            for wanted, inputs in (("all", {}), ("changed", {"changed_only": "true"}))
        }
        assert lines == {"all": ["1", "3"], "changed": ["3"]}
        runner.known["github.base_ref"] = "unknown; touch forged"
        assert runner.step(STEPS[2], checkout, changed_only="true").code == 2
    finally:
        runner.known["github.base_ref"] = ""
    assert not (checkout / "forged").exists()


@posix
def test_nobody_but_the_program_speaks_to_the_runner(runner: Runner, checkout: Path) -> None:
    house = (checkout / "house.toml").read_text(encoding="utf-8")
    (checkout / "house.toml").write_text(house.replace("letters transposed", f"{FORGED}\\n{FORGED}"), encoding="utf-8")
    name = f"a\n{FORGED.replace('/', '')}\r_de.txt"
    save(
        checkout / "texts" / name, f"Kassym-\n{FORGED}\n::stop-commands::x\nToqajew und die ODBK\n::x::\n%0A::error::\n"
    )
    save(checkout / "texts" / f"{FORGED}_de.md", "**ODBK**\n")
    save(checkout / "texts" / f"leer\n{FORGED}.txt", "")
    done = runner.step(STEPS[2], checkout)
    assert (done.code, done.outputs) == (1, {"exit-code": "1"})
    found = annotations(done.log)
    assert [(one.name, one.properties["title"]) for one in found] == [
        ("error", "forbidden-term"),
        ("warning", "deprecated-term"),
        ("error", "forbidden-term"),
    ]
    assert [quoted(one, checkout) for one in found] == ["ODBK", "Toqajew", "ODBK"]
    assert "note: texts/leer" in done.log
    save(checkout / "texts" / f"kaputt {FORGED}.po", 'msgid "\n')
    done = runner.step(STEPS[2], checkout)
    assert (done.code, done.outputs) == (2, {"exit-code": "2"})
    message = f"texts/kaputt {FORGED}.po:1: a string without its closing quotation mark"
    assert annotations(done.log) == [*found, Command("error", {"title": "tolmach"}, message)]
    assert re.search(r"^ {4}error: .*kaputt", done.summary, re.MULTILINE)
    assert all(row.startswith("    ") for row in done.summary.splitlines()[2:])


@posix
@pytest.mark.parametrize("hostile", ["$(touch forged)", "`touch forged`", "'; touch forged; '", '"; touch forged; "'])
def test_inputs_are_no_code(hostile: str, runner: Runner, checkout: Path) -> None:
    for name in ("paths", "config", "args", "changed_only", "sarif"):
        runner.step(STEPS[2], checkout, **{name: hostile})
    assert not (checkout / "forged").exists()


def test_what_is_installed_is_typed(runner: Runner, tmp_path: Path) -> None:
    """A foreign program is checked strictly against the installed interface, and runs with it."""
    python = runner.known["steps.install.outputs.program"]
    program, wrong = tmp_path / "client.py", tmp_path / "wrong.py"
    shutil.copy(CLIENT, program)
    wrong.write_text("import tolmach\nnumber: int = tolmach.check('a', 'starter')\n", encoding="utf-8")

    def types_of(path: Path) -> subprocess.CompletedProcess[str]:
        options = ("--strict", "--python-executable", python, "--cache-dir", str(tmp_path / "cache"))
        return run(tmp_path, sys.executable, "-m", "mypy", *options, str(path))

    assert types_of(program).stdout == "Success: no issues found in 1 source file\n"
    said = types_of(wrong).stdout
    assert "[arg-type]" in said and "[assignment]" in said
    done = run(tmp_path, python, str(program), str(HOUSE))
    assert done.stdout == "Tokajew ['tokayev'] Tokajews Sohn\na.md:1:2 (1, 8) Toqajew Tokajew None\n", done.stderr
    assert "no such glossary" in run(tmp_path, python, str(program), "nowhere").stdout


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    variables = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "MYPYPATH")}
    return subprocess.run(
        command, cwd=folder, env=variables, capture_output=True, encoding="utf-8", timeout=300, check=False
    )


# What is written


def test_the_runner_of_this_test_is_not_asleep() -> None:
    log = (
        "::error file=a%2Cb%3A%25,line=1::x%0Ay%253A\n  ::notice::z\nsaid ##[warning]w\n::no::##[error]v\n"
        "::stop-commands::t\n::error::n\n::t::\n"
    )
    assert [(one.name, one.properties, one.message) for one in annotations(log)] == [
        ("error", {"file": "a,b:%", "line": "1"}, "x\ny%3A"),
        ("notice", {}, "z"),
        ("warning", {}, "w"),
        ("error", {}, "v"),
    ]


def test_steps_are_a_python_an_installation_and_a_check() -> None:
    assert [step.get("uses", step.get("id")) for step in STEPS] == ["actions/setup-python@v5", "install", "check"]


def test_values_reach_the_shell_as_variables_only() -> None:
    assert all("${{" not in step.get("run", "") for step in STEPS)


def test_every_input_is_described_and_used() -> None:
    used = set(re.findall(r"\$\{\{ inputs\.([\w-]+) \}\}", (ROOT / "action.yml").read_text(encoding="utf-8")))
    assert used == set(ACTION["inputs"])
    manual = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    for name, one in ACTION["inputs"].items():
        assert one["description"].endswith(".")
        assert f"| `{name}` |" in manual
