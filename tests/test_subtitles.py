"""Subtitles: whole sentences are read of them, wherever the cues cut them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tolmach.text.formats import Source, read
from tolmach.text.identity import segments

CASES = Path(__file__).parent / "cases" / "subtitles"
SPEECHES = tomllib.loads((CASES / "speeches.toml").read_text(encoding="utf-8"))["case"]


def time(seconds: float, mark: str) -> str:
    return f"00:{int(seconds) // 60:02}:{int(seconds) % 60:02}{mark}{round(seconds % 1 * 1000):03}"


def file_of(cues: list[str | list[object]], format_name: str = "srt") -> Source:
    """A file with these cues, as the cases write them, in German."""
    parts, begin = [], 1.0
    for number, cue in enumerate(cues, 1):
        start, end, words = (
            (begin, begin + 2, cue) if isinstance(cue, str) else (float(str(cue[0])), float(str(cue[1])), cue[2])
        )
        begin = end + 0.5
        mark = "," if format_name == "srt" else "."
        parts.append(f"{number}\n{time(start, mark)} --> {time(end, mark)}\n{words}\n")
    head = "" if format_name == "srt" else "WEBVTT\n\n"
    return Source(f"a.{format_name}", "a", (head + "\n".join(parts)).encode(), "de")


def sentences(source: Source) -> list[str]:
    return [segment.text for document in read(source) for segment in segments(document)]


@pytest.mark.parametrize("case", SPEECHES, ids=lambda case: case["name"])
def test_sentences_of_cues(case: dict[str, list[str]]) -> None:
    source = file_of(list(case["cues"]), str(case.get("format", "srt")))
    source = Source(source.path, "a", source.content, str(case.get("language", "de")))
    assert sentences(source) == case["read"]
