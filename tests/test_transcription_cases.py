"""Names from the languages beside Russian: forms that are printed, forms that must not come out, established ones."""

import tomllib
from pathlib import Path

import pytest

from tolmach.transcription import house

FILES = [
    tomllib.loads((Path(__file__).parent / "cases" / name).read_text("utf-8"))
    for name in ("transcription_caucasus_asia.toml", "transcription_uk_be_kk.toml")
]


def cases(table: str) -> list[tuple[str, str, str, str]]:
    """Source and target language, original and form of every case in a table."""
    groups = [group for file in FILES for group in file[table]]
    return [(group["from"], group["to"], original, form) for group in groups for original, form in group["names"]]


@pytest.mark.parametrize(("source", "target", "original", "form"), cases("written"))
def test_written(source: str, target: str, original: str, form: str) -> None:
    assert house.default(source, target).transcribe(original) == form


@pytest.mark.parametrize(("source", "target", "original", "form"), cases("refused"))
def test_refused(source: str, target: str, original: str, form: str) -> None:
    assert house.default(source, target).transcribe(original) != form


@pytest.mark.parametrize(("source", "target", "original", "form"), cases("house"))
def test_house(source: str, target: str, original: str, form: str) -> None:
    assert house.transcribe(original, source, target, kind="place") == form
