"""What several tests share: running the program in this process as a user would."""

from __future__ import annotations

import io
import os
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from tolmach.cli.main import run


@dataclass(frozen=True)
class Outcome:
    """Exit code, standard output and standard error of a run."""

    code: int
    output: str
    errors: str


def run_program(*arguments: str, folder: Path, stdin: str | bytes | None = None) -> Outcome:
    """Run `tolmach` with these arguments in `folder`, with `stdin` (if any) on standard input."""
    output, errors = io.StringIO(), io.StringIO()
    before, terminal = Path.cwd(), sys.stdin
    os.chdir(folder)
    if stdin is not None:
        sys.stdin = io.TextIOWrapper(io.BytesIO(stdin.encode() if isinstance(stdin, str) else stdin), encoding="utf-8")
    try:
        with redirect_stdout(output), redirect_stderr(errors):
            code = run(arguments)
    finally:
        os.chdir(before)
        sys.stdin = terminal
    return Outcome(code, output.getvalue(), errors.getvalue())
