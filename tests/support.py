"""What several tests share: running the program in this process as a user would."""

from __future__ import annotations

import io
import os
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


def run_program(*arguments: str, folder: Path) -> Outcome:
    """Run `tolmach` with these arguments in `folder`."""
    output, errors = io.StringIO(), io.StringIO()
    before = Path.cwd()
    os.chdir(folder)
    try:
        with redirect_stdout(output), redirect_stderr(errors):
            code = run(arguments)
    finally:
        os.chdir(before)
    return Outcome(code, output.getvalue(), errors.getvalue())
