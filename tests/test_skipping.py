"""Nothing is skipped in CI: a test that skips there fails, wherever it says so."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = {
    "test_call.py": "import pytest\ndef test_one(): pytest.skip('needs nothing')\ndef test_two(): pass\n",
    "test_mark.py": "import pytest\n@pytest.mark.skipif(True, reason='never')\ndef test_one(): pass\n",
    "test_module.py": "import pytest\npytest.importorskip('no_module_of_that_name')\ndef test_one(): pass\n",
    "test_all.py": "import pytest\npytestmark = pytest.mark.skipif(True, reason='never')\ndef test_one(): pass\n",
    "test_expected.py": "import pytest\n@pytest.mark.xfail(strict=True)\ndef test_one(): assert False\n",
    "test_none.py": "import pytest\n@pytest.mark.xfail(run=False)\ndef test_one(): assert False\n",
}


@pytest.mark.parametrize(
    ("variables", "counts"),
    [
        ({}, {"passed": 1, "skipped": 4, "xfailed": 2}),
        ({"CI": "true"}, {"passed": 1, "failed": 1, "error": 3, "xfailed": 2}),
    ],
    ids=["here", "in CI"],
)
def test_skipped_tests_fail_in_ci(variables: dict[str, str], counts: dict[str, int], tmp_path: Path) -> None:
    shutil.copy(Path(__file__).parent / "conftest.py", tmp_path)
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    for name, text in TESTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--continue-on-collection-errors", "-p", "no:cacheprovider"],
        cwd=tmp_path,
        env={name: value for name, value in os.environ.items() if name != "CI"} | variables,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    found = re.findall(r"(\d+) (passed|skipped|failed|xfailed|error)", done.stdout.splitlines()[-1])
    assert {name: int(count) for count, name in found} == counts, done.stdout
