"""What all tests need: English messages, and a home folder of their own for argostranslate."""

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

# Before the program is imported: tests read its messages.
os.environ["LANGUAGE"] = "en"
# What is made by tests is not kept among the user's files.
_CACHE = tempfile.TemporaryDirectory(prefix="tolmach-cache-")
os.environ["XDG_CACHE_HOME"] = _CACHE.name
# A slow machine is no fault of the program.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh place for what argostranslate keeps in the home folder; importing it makes folders there."""
    home = tmp_path_factory.mktemp("home")
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(home / "packages"))
    return home
