"""What all tests need: English messages, a home folder of their own for argostranslate, and no skipping in CI."""

import os
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Before the program is imported: tests read its messages.
os.environ["LANGUAGE"] = "en"
# What is made by tests is not kept among the user's files.
_CACHE = tempfile.TemporaryDirectory(prefix="tolmach-cache-")
os.environ["XDG_CACHE_HOME"] = _CACHE.name
# A slow machine is no fault of the program.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


@pytest.fixture
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh place for what argostranslate keeps in the home folder; importing it makes folders there."""
    home = tmp_path_factory.mktemp("home")
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(home / "packages"))
    return home


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """Debian's chromium without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()


def _unskipped(report: Report) -> Report:
    """In CI everything that tests need must be there: what is skipped has failed."""
    if os.environ.get("CI") and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, although CI is set: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    return _unskipped((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    return _unskipped((yield))
