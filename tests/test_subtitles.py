"""Subtitles: whole sentences are read of them, wherever the cues cut them, and written in another language."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolmach.text.formats import Rendering, Source, for_path, read, render
from tolmach.text.identity import segments
from tolmach.text.model import Span

CASES = Path(__file__).parent / "cases" / "subtitles"
SPEECHES = tomllib.loads((CASES / "speeches.toml").read_text(encoding="utf-8"))["case"]
RENDERINGS = tomllib.loads((CASES / "renderings.toml").read_text(encoding="utf-8"))["case"]


def time(seconds: float, mark: str) -> str:
    return f"00:{int(seconds) // 60:02}:{int(seconds) % 60:02}{mark}{round(seconds % 1 * 1000):03}"


def file_of(cues: list[str | list[object]] | list[str], name: str = "srt", line_end: str = "\n") -> Source:
    """A file with these cues, as the cases write them, in German."""
    parts, begin = [], 1.0
    for number, cue in enumerate(cues, 1):
        start, end, words = (begin, begin + 2, cue) if isinstance(cue, str) else (float(cue[0]), float(cue[1]), cue[2])
        begin = end + 0.5
        mark = "," if name == "srt" else "."
        parts.append(f"{number}\n{time(start, mark)} --> {time(end, mark)}\n{words}\n")
    text = ("" if name == "srt" else "WEBVTT\n\n") + "\n".join(parts)
    return Source(f"a.{name}", "a", text.replace("\n", line_end).encode(), "de")


def sentences(source: Source) -> list[str]:
    return [segment.text for document in read(source) for segment in segments(document)]


@pytest.mark.parametrize("case", SPEECHES, ids=lambda case: case["name"])
def test_sentences_of_cues(case: dict[str, list[str]]) -> None:
    source = file_of(list(case["cues"]), str(case.get("format", "srt")))
    source = Source(source.path, "a", source.content, str(case.get("language", "de")))
    assert sentences(source) == case["read"]


def test_times_without_an_empty_line_before_them_begin_a_cue() -> None:
    times = "00:01.000 --> 00:02.000\nEr kommt\n00:02.000 --> 00:03.000\naus Osch."
    text = f"WEBVTT\n\n{times}\n\nkein\nText\n00:04.000 --> x\n"
    source = Source("a.vtt", "a", text.encode(), "de")
    assert sentences(source) == ["Er kommt aus Osch."]
    written, left = rendered(source, ["He has come from Osh."], "en")
    assert written.decode() == text.replace("Er kommt", "He has come").replace("aus Osch", "from Osh") and not left


def test_a_colon_in_the_times_is_no_word() -> None:
    source = file_of(["Er <s>geht</s> kommt.", "Sie geht."])
    source = Source("a.srt", "a", source.content.replace(b",", b":"), "de")
    assert sentences(source) == ["Er geht kommt.", "Sie geht."]


@pytest.mark.parametrize(
    ("second", "expected"), [("Er kommt aus Osch.", ""), ("Er ging nach Osch.", "1 cue above 20 characters a second")]
)
def test_what_is_on_the_screen_already_is_not_read_again(second: str, expected: str) -> None:
    source = file_of([[1, 3, "Er kommt aus Osch."], [3, 3.1, second]])
    remark = for_path(source.path).remark
    assert remark and remark(source) == expected


@pytest.mark.parametrize("name", ["srt", "vtt"])
def test_no_sound_sign_or_song_is_a_heading(name: str) -> None:
    (document,) = read(file_of(["ALMATY, JANUAR 2022", "[Schritte]", "Er kommt.", "♪ Mein Land ♪"], name))
    assert not any(segment.heading for segment in segments(document))


# In another language


def rendered(source: Source, translations: list[str], language: str) -> tuple[bytes, tuple[Rendering, ...]]:
    """The file with these translations of its sentences, in order; an empty one is none."""
    found = [segment for document in read(source) for segment in segments(document)]
    assert len(found) == len(translations), [segment.text for segment in found]
    pairs = [(segment, text) for segment, text in zip(found, translations, strict=True) if text]
    return render(source, [Rendering(segment.span, segment.text, text) for segment, text in pairs], language)


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("case", RENDERINGS, ids=lambda case: case["name"])
def test_cues_in_another_language(case: dict[str, list[str]], line_end: str) -> None:
    name = str(case.get("format", "srt"))
    source, expected = (file_of(list(case[key]), name, line_end) for key in ("cues", "written"))
    written, left = rendered(source, case["translated"], str(case.get("language", "en")))
    assert written.decode() == expected.content.decode()
    assert len(left) == case.get("left", 0)


def test_the_language_of_the_head_is_that_of_the_translation() -> None:
    head = "WEBVTT\r\nKind: captions\r\nLanguage: de-CH\r\n\r\nNOTE Language: de\r\n\r\n"
    text = f"{head}1 - x\r\n00:01.000 --> 00:02.000 line:0\r\nJa.\r\n"
    written, _left = rendered(Source("a.vtt", "a", text.encode()), ["Да."], "ru")
    assert written.decode() == text.replace("de-CH", "ru").replace("Ja.", "Да.")


@pytest.mark.parametrize(
    ("encoding", "expected"), [("utf-16", "utf-16"), ("utf-8-sig", "utf-8-sig"), ("cp1252", "utf-8")]
)
def test_the_encoding_is_that_of_the_original_if_it_has_the_letters(encoding: str, expected: str) -> None:
    cues = ["Größe und Übermut im Süden.", "Der Präsident sprach über Weißrussland."]
    source = file_of(list(cues))
    source = Source("a.srt", "a", source.content.decode().encode(encoding), "de")
    written, _left = rendered(source, ["Размах и удаль на юге.", "Президент говорил о Белоруссии."], "ru")
    assert "Президент говорил о Белоруссии." in written.decode(expected)
    assert written.startswith(source.content[:2]) or expected == "utf-8"


def test_sentences_that_stand_elsewhere_are_left() -> None:
    source = file_of(["Er schwieg. Er ging.", "Sie blieb."])
    (document,) = read(source)
    first, second, third = segments(document)
    wrong = [
        Rendering(first.span, "Er lief.", "He ran."),
        Rendering(Span(first.span.start, second.span.end), second.text, "He left."),
        Rendering(Span(0, 3), "1 0", "x"),
        Rendering(Span(10_000, 10_003), "abc", "x"),
        Rendering(third.span, third.text, "She\nstayed."),
    ]
    assert render(source, wrong, "en") == (source.content, tuple(sorted(wrong, key=lambda one: one.span)))
    twice = [Rendering(third.span, third.text, "She stayed."), Rendering(third.span, third.text, "She did not go.")]
    written, left = render(source, twice, "en")
    assert b"She stayed." in written and left == (twice[1],)
    nothing = Rendering(third.span, third.text, " \ufffc")
    assert render(source, [nothing], "en") == (source.content, (nothing,))


TAG = st.sampled_from(
    ["", "<i>", "</i>", "<b>", "{\\an8}", "<c.x>", "<v A>", "<lang en>", "</lang>", "&amp;", "<", "♪", "- ", "<br>"]
)
WORD = st.sampled_from(
    ["Tokajew", "sprach", "mit", "Putin.", "und", "…", "Ja!", "Nur-", "\n", "…geht", "(lacht)", "A:"]
)
CUE = st.lists(st.tuples(TAG, WORD), max_size=8).map(lambda pairs: " ".join(map("".join, pairs)))
NEW = st.lists(
    st.sampled_from(["Токаев", "и", "<b>", "-->", "на", "a" * 90, "\ufffc", "&", "слово,", "-", "1"]),
    min_size=1,
    max_size=30,
)


@pytest.mark.parametrize("name", ["srt", "vtt"])
@given(cues=st.lists(CUE, min_size=1, max_size=6), new=NEW)
def test_times_and_order_of_cues_stay_whatever_is_said(name: str, cues: list[str], new: list[str]) -> None:
    source = file_of([cue.replace("\n\n", "\n").strip() or "x" for cue in cues], name)
    found = [segment for document in read(source) for segment in segments(document)]
    renderings = [Rendering(segment.span, segment.text, " ".join(new)) for segment in found]
    written, left = render(source, renderings, "ru")
    times = re.compile(r"^\d+\n.* --> .*\n", re.MULTILINE)
    assert times.findall(written.decode()) == times.findall(source.content.decode())
    assert all(text.strip() for text in times.split(written.decode())[1:])
    assert set(left) <= set(renderings)


@pytest.mark.parametrize(
    "unit", ["<i>", "ja ", "- ja\n", "♪", "<v a>b", "ja</b>", "<b>ja</b> ", "ja<00:01.000>", "nur-\n"]
)
def test_hostile_subtitles_take_linear_time(unit: str) -> None:
    def seconds(count: int) -> float:
        began = process_time()
        for name in ("srt", "vtt"):
            source = file_of(["x" + unit * count], name)
            found = [segment for document in read(source) for segment in segments(document)]
            text = "и " * (count // len(found)) + "да."
            render(source, [Rendering(one.span, one.text, text) for one in found], "ru")
        return process_time() - began

    assert seconds(8_000) < 16 * max(seconds(1_000), 0.06)


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        ("line:84.67%", "line:79.33% align:start", 1),
        ("line:-1", "line:14", 1),
        ("", "position:10%,line-left", 1),
        ("line:84.67%", "line:10%", 2),
        ("line:0", "line:-2", 2),
        ("", "region:oben", 2),
        ("vertical:rl", "", 2),
    ],
)
def test_a_sentence_goes_on_at_the_same_half_of_the_picture(first: str, second: str, count: int) -> None:
    text = f"WEBVTT\n\n00:01.000 --> 00:02.000 {first}\nEr kommt aus\n\n00:02.000 --> 00:03.000 {second}\ndem Norden.\n"
    assert len(sentences(Source("a.vtt", "a", text.encode(), "de"))) == count
