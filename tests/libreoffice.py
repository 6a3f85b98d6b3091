"""LibreOffice without a screen: documents opened and saved by it, and macros run in it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from html import escape
from pathlib import Path

import pytest

NEEDED = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice Writer is not installed")
_SECONDS = 180
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_REGISTRY = "http://openoffice.org/2001/registry"
_PROFILE = {
    # A profile that is said to be complete is taken as it is; into another one the start would write its own macros.
    "registrymodifications.xcu": f'<oor:items xmlns:oor="{_REGISTRY}"><item oor:path="/org.openoffice.Setup/Office">'
    '<prop oor:name="ooSetupInstCompleted" oor:op="fuse"><value>true</value></prop></item></oor:items>',
    "basic/script.xlc": '<library:libraries xmlns:library="http://openoffice.org/2000/library">'
    '<library:library library:name="Standard" library:link="false"/></library:libraries>',
    "basic/Standard/script.xlb": '<library:library xmlns:library="http://openoffice.org/2000/library" '
    'library:name="Standard"><library:element library:name="Edits"/></library:library>',
}


def run_macro(macro: Path, folder: Path) -> None:
    """Run `Main` of a file in LibreOffice's Basic with the address of the folder."""
    code = escape(macro.read_text(encoding="utf-8"))
    module = (
        '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Edits" '
        f'script:language="StarBasic">{code}</script:module>'
    )
    _run(folder, f'macro:///Standard.Edits.Main("{folder.as_uri()}")', basic=module)


def convert(files: list[Path], ending: str, folder: Path) -> None:
    """Save the documents under the same name in another format; several formats may have one ending."""
    _run(folder, "--convert-to", ending, "--outdir", str(folder), *map(str, files))


def _run(folder: Path, *arguments: str, basic: str = "") -> None:
    profile = folder / "profile"
    members = _PROFILE | {"basic/Standard/Edits.xba": basic}
    for name, content in members.items() if basic else ():
        path = profile / "user" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_HEAD + content, encoding="utf-8")
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", *arguments]
    # What fails may wait for a person who is not there; the program that works is a child of the one that is started.
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as office:
        try:
            office.wait(_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(office.pid, signal.SIGKILL)
            raise
