"""The import table is law: each room imports only what it may, nothing imports in a circle, the core starts fast."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "tolmach"
BASE = {"errors", "messages", "config", "files", "archives", "plugins"}
EVERYTHING = {
    "text",
    "pages",
    "morphology",
    "transcription",
    "names",
    "glossary",
    "memory",
    "lint",
    "translate",
    "parallel",
    "report",
    "lsp",
}
ALLOWED = {
    "text": set(),
    "pages": set(),
    "morphology": {"text"},
    "transcription": {"text", "morphology"},
    "names": {"text", "transcription", "morphology"},
    "glossary": {"text", "transcription", "morphology", "names"},
    "memory": {"text"},
    "lint": {"text", "transcription", "morphology", "names", "glossary", "memory", "pages"},
    "translate": {"text", "transcription", "morphology", "names", "glossary", "memory"},
    "parallel": {"text", "transcription", "names", "glossary", "memory", "pages"},
    "report": {"text", "names", "glossary", "lint", "pages"},
    "lsp": {"text", "glossary", "lint"},
    "cli": EVERYTHING,
    "__init__": EVERYTHING,
    "__main__": {"cli"},
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def dotted(path: Path) -> str:
    return ".".join(("tolmach", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")


def imports(path: Path) -> Iterator[tuple[str, bool]]:
    """Modules of ours that a file imports, and whether at run time (not only for type checking)."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing_only = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            found = [alias.name for alias in node.names]
        else:
            continue
        for name in found:
            if name.split(".")[0] == "tolmach":
                yield name, id(node) not in typing_only


def room_of(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_a_room_imports_only_what_it_may(path: Path) -> None:
    own = room(path)
    for module, _at_run_time in imports(path):
        other = room_of(module)
        if other == own or other in BASE:
            assert own not in BASE or other in BASE
            continue
        assert own not in BASE, f"the base imports {module}"
        assert other in ALLOWED[own], f"{own} may not import {module}"


def test_every_room_stands_in_the_table() -> None:
    rooms = {room(path) for path in MODULES}
    assert rooms <= set(ALLOWED) | BASE


def test_no_import_cycles() -> None:
    known = {dotted(path): path for path in MODULES}
    graph = {
        name: {target for found, live in imports(path) if live and (target := module_of(found, known))} - {name}
        for name, path in known.items()
    }
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " → ".join((*trail[trail.index(name) :], name))
        if name not in done:
            for target in graph[name]:
                visit(target, (*trail, name))
            done.add(name)

    for name in graph:
        visit(name, ())


def module_of(found: str, known: dict[str, Path]) -> str | None:
    """The module that `from a.b import c` loads: a.b.c when that is a module, else a.b."""
    if found in known:
        return found
    parent = found.rpartition(".")[0]
    return parent if parent in known else None


HEAVY = (
    "argostranslate",
    "ctranslate2",
    "sentencepiece",
    "pymorphy3",
    "numpy",
    "jinja2",
    "polib",
    "daachorse",
    "rapidfuzz",
    "regex",
)


def loaded(code: str, modules: tuple[str, ...]) -> str:
    """Which of the modules a fresh interpreter has loaded after `code`."""
    script = f"{code}\nimport sys\nprint('LOADED', *(name for name in {modules!r} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()[-1].removeprefix("LOADED").strip()


@pytest.mark.parametrize("code", ["import tolmach", "from tolmach.cli.main import run; run(['--help'])"])
def test_start_loads_nothing_heavy(code: str) -> None:
    assert loaded(code, HEAVY) == ""


def test_german_check_loads_no_russian_dictionary(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text("Der Kreml schwieg, Tokajews Sprecher auch.\n", encoding="utf-8")
    arguments = ["check", str(article), "--glossary", str(ROOT / "glossary"), "--lang", "de"]
    code = f"from tolmach.cli.main import run; run({arguments!r})"
    assert loaded(code, ("pymorphy3", "daachorse")) == "daachorse"
