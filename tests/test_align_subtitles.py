"""Aligning the subtitles of a film in two languages: their times on one clock, and what they decide."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from support import run_program
from test_align_texts import sides
from tolmach.parallel.alignment.align import align
from tolmach.parallel.alignment.clock import Clock, cue_times
from tolmach.parallel.alignment.model import Side, pairs

GERMAN = [
    (1.0, 3.0, "Der Zug nach Kramatorsk\nhat Verspätung."),
    (3.5, 4.5, "Schon wieder?"),
    (5.0, 6.0, "Ja."),
    (6.5, 9.0, "Ich warte seit zwei Stunden auf\nmeinen Bruder,"),
    (9.2, 11.0, "der aus Charkiw kommt."),
    (12.0, 13.0, "Nein."),
    (14.0, 15.0, "Nein?"),
    (16.0, 17.0, "Nein!"),
    (20.0, 22.0, "Setz dich."),
    (23.0, 24.0, "Gut."),
]
ENGLISH = [
    (1.1, 4.4, "The Kramatorsk train is late. Again?"),
    (6.4, 10.9, "I've been waiting two hours for my brother from Kharkiv."),
    (14.1, 15.0, "No?"),
    (16.0, 17.0, "No!"),
    (20.0, 22.0, "Sit down."),
    (23.0, 24.0, "Fine."),
]
RATES = [(1.0, 0.0), (1.0, 61.5), (25 / 24, 0.0), (24 / 25, -0.9), (24 / 1.001 / 25, 3.0)]


def written(cues: list[tuple[float, float, str]], sign: str, rate: float = 1.0, later: float = 0.0) -> str:
    """The cues as SRT (`,`) or VTT (`.`)."""

    def clock(seconds: float) -> str:
        shown = max(seconds * rate + later, 0.0)
        return f"{int(shown // 3600):02}:{int(shown // 60 % 60):02}:{shown % 60:06.3f}".replace(".", sign)

    blocks = [
        f"{number}\n{clock(start)} --> {clock(end)}\n{words}" for number, (start, end, words) in enumerate(cues, 1)
    ]
    return ("WEBVTT\n\n" if sign == "." else "") + "\n\n".join(blocks) + "\n"


def test_the_sentences_of_a_cue_share_its_time() -> None:
    text = "7\n00:01:00,000 --> 00:01:04,000\nJa. Nein.\n\n8\n01:00:00,5 --> 01:00:01,250\nDoch.\n"
    places = [(text.index(word), len(word)) for word in ("Ja.", "Nein.", "Doch.")]
    assert cue_times(text, places) == [(60.0, 61.5), (61.5, 64.0), (3600.5, 3601.25)]


def test_vtt_may_leave_out_the_hours_and_have_settings() -> None:
    text = "WEBVTT\n\n00:05.100 --> 00:07.200 align:start\nJa.\n"
    assert cue_times(text, [(text.index("Ja."), 3)]) == [(5.1, 7.2)]


@pytest.mark.parametrize("text", ["", "Ja.", "00:05 --> 00:07\nJa.", "1\n00:00:01,0 --> bald\nJa."])
def test_a_text_without_times(text: str) -> None:
    assert cue_times(text, [(0, 3)]) == []


@pytest.mark.parametrize(("rate", "later"), RATES)
def test_the_clock_finds_the_rate_and_the_delay(rate: float, later: float) -> None:
    one = [(number * 7.0, number * 7.0 + 2) for number in range(40)]
    two = [(start * rate + later, end * rate + later) for start, end in one]
    # Every fourth pair is wrong.
    chosen = np.array([(number, number if number % 4 else min(number + 3, 39)) for number in range(40)], np.int64)
    clock = Clock.of(one, two, chosen)
    assert clock is not None
    assert np.abs(clock.source - clock.target).max() < 0.1


def test_no_clock_fits_another_film_or_two_pairs() -> None:
    one = [(number * 7.0, number * 7.0 + 2) for number in range(40)]
    two = [(number * number * 5.0, number * number * 5.0 + 2) for number in range(40)]
    same = np.array([(number, number) for number in range(40)], np.int64)
    assert Clock.of(one, two, same) is None
    assert Clock.of(one, one, same[:2]) is None
    assert Clock.of(one, (), same) is None


def test_a_clock_that_nothing_sets_runs_at_the_usual_rate() -> None:
    clock = Clock.of([(5.0, 6.0)] * 3, [*[(5.0, 6.0)] * 3, (10.0, 11.0)], np.array([(0, 0), (1, 1), (2, 2)], np.int64))
    assert clock is not None
    assert clock.target[3, 0] == 10.0


@pytest.mark.parametrize("sign", [",", "."])
@pytest.mark.parametrize(("rate", "later"), RATES)
def test_subtitles_meet_by_their_times(tmp_path: Path, sign: str, rate: float, later: float) -> None:
    ending = {",": "srt", ".": "vtt"}[sign]
    (tmp_path / f"film.de.{ending}").write_text(written(GERMAN, sign), encoding="utf-8")
    (tmp_path / f"film.en.{ending}").write_text(written(ENGLISH, sign, rate, later), encoding="utf-8")
    done = run_program("align", f"film.de.{ending}", f"film.en.{ending}", folder=tmp_path)
    assert done.code == 0, done.errors
    for two in [
        ("Ich warte seit zwei Stunden auf meinen Bruder, der aus Charkiw kommt.", "I've been waiting two hours for"),
        ("Nein.", "-\n"),
        ("Nein?", "No?\n"),
        ("Nein!", "No!\n"),
    ]:
        assert f"  de: {two[0]}\n  en: {two[1]}" in done.output


def test_subtitles_and_a_transcript_are_aligned_without_times(tmp_path: Path) -> None:
    (tmp_path / "film.de.srt").write_text(written(GERMAN, ","), encoding="utf-8")
    (tmp_path / "film.en.txt").write_text("\n\n".join(cue[2] for cue in ENGLISH), encoding="utf-8")
    done = run_program("align", "film.de.srt", "film.en.txt", folder=tmp_path)
    assert done.code == 0, done.errors
    assert "  de: Setz dich.\n  en: Sit down.\n" in done.output


def test_times_that_contradict_spoil_nothing() -> None:
    source, target, right = sides("talk", "de", "en")
    odd = [(float(number * number), float(number * number + 1)) for number in range(len(source.sentences))]
    even = [(number * 3.0, number * 3.0 + 1) for number in range(len(target.sentences))]
    found = align(
        Side("de", source.sentences, source.paragraphs, odd), Side("en", target.sentences, target.paragraphs, even)
    )
    places = {(bead.source_start, bead.source_end, bead.target_start, bead.target_end) for bead in pairs(found)}
    assert len(right - places) <= 2
