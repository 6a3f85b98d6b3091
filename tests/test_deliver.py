"""`tolmach deliver`: translated texts in the format of their originals, and plain text among them."""

from __future__ import annotations

from pathlib import Path

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import Outcome, run_program
from tolmach.text.formats import Rendering, Source, read, render
from tolmach.text.identity import segments
from tolmach.text.model import Span
from tolmach.text.rendering import complete

OBJECT = "\ufffc"
TEXT = """Notstand in Almaty

Präsident Tokajew hat am Mittwoch nach Unruhen in der größten Stadt des Lan-
des den Notstand ausgerufen. Er sprach am Abend mit Putin und mit den Präsi-
denten der übrigen Staaten des Bündnisses, die ihre Hilfe versprachen.
"""
ENGLISH = {
    "Notstand in Almaty": "State of emergency in Almaty",
    "Präsident Tokajew hat am Mittwoch nach Unruhen in der größten Stadt des Landes den Notstand ausgerufen.": (
        "President Tokayev declared a state of emergency on Wednesday after unrest in the largest city of the country."
    ),
    "Er sprach am Abend mit Putin und mit den Präsidenten der übrigen Staaten des Bündnisses, die ihre Hilfe "
    "versprachen.": "In the evening he talked to Putin.",
}
SUBTITLES = "1\n00:00:01,000 --> 00:00:03,000\nTokajew hat\n\n2\n00:00:03,000 --> 00:00:04,000\ngesprochen.\n"


def deliver(folder: Path, *arguments: str) -> Outcome:
    return run_program("deliver", *arguments, "--glossary", "none", folder=folder)


def translated(folder: Path, name: str, language: str, pairs: dict[str, str], drafts: tuple[str, ...] = ()) -> Path:
    """The PO file of a text, its sentences translated as the pairs say."""
    run_program("translate", name, "--to", language, "--engine", "memory", "--glossary", "none", folder=folder)
    path = folder / "translations" / language / f"{Path(name).stem}.po"
    file = polib.pofile(str(path), wrapwidth=0)
    for entry in file:
        entry.msgstr = pairs.get(entry.msgid, "")
        entry.fuzzy = entry.msgid in drafts
    file.save()
    return path


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A folder with a text that is translated into English."""
    (tmp_path / "lage.txt").write_text(TEXT, encoding="utf-8")
    translated(tmp_path, "lage.txt", "en", ENGLISH)
    return tmp_path


# The command


def test_a_text_is_written_beside_its_translations(house: Path) -> None:
    done = deliver(house, "lage.txt", "--to", "en")
    assert (done.code, done.output) == (0, "translations/delivered/lage.en.txt\n")
    assert done.errors == "translations/delivered/lage.en.txt: 3 sentences\n"
    written = (house / "translations/delivered/lage.en.txt").read_text(encoding="utf-8")
    assert written == (
        "State of emergency in Almaty\n\n"
        "President Tokayev declared a state of emergency on Wednesday after unrest in\n"
        "the largest city of the country. In the evening he talked to Putin.\n"
    )
    deliver(house, "lage.txt", "--to", "en")
    assert (house / "translations/delivered/lage.en.txt").read_text(encoding="utf-8") == written


def test_drafts_are_counted_or_left_out_and_what_is_missing_is_named(house: Path) -> None:
    drafts = ("Notstand in Almaty",)
    translated(house, "lage.txt", "en", {**ENGLISH, list(ENGLISH)[1]: ""}, drafts)
    done = deliver(house, "lage.txt", "--to", "en", "--output", "x.txt")
    second = "  lage.txt:3: Präsident Tokajew hat am Mittwoch nach Unruhen in der größten Stadt des Landes …\n"
    assert done.errors == "x.txt: 3 sentences, 1 draft, 1 not translated\n" + second
    done = deliver(house, "lage.txt", "--to", "en", "--output", "x.txt", "--reviewed")
    assert done.errors == f"x.txt: 3 sentences, 2 not translated\n  lage.txt:1: Notstand in Almaty\n{second}"
    assert (house / "x.txt").read_text(encoding="utf-8").startswith("Notstand in Almaty\n\nPräsident Tokajew hat")


def test_of_many_missing_sentences_the_first_are_named(house: Path) -> None:
    (house / "lang.txt").write_text("".join(f"{number} Staaten.\n\n" for number in range(1, 10)), encoding="utf-8")
    translated(house, "lang.txt", "en", {"1 Staaten.": "1 state."})
    told = deliver(house, "lang.txt", "--to", "en").errors.splitlines()
    assert told[1:] == [*(f"  lang.txt:{2 * number - 1}: {number} Staaten." for number in range(2, 7)), "  and 3 more"]


def test_the_language_in_the_name_is_replaced(house: Path) -> None:
    for name in ("film.de.srt", "kurz_de.srt", "de.srt", "made.srt"):
        (house / name).write_text(SUBTITLES, encoding="utf-8")
        pairs = {"Tokajew hat gesprochen.": "Tokayev has spoken."}
        path = translated(house, name, "en", pairs)
        assert path.exists()
    done = deliver(house, "film.de.srt", "kurz_de.srt", "de.srt", "made.srt", "--to", "en", "--output", "out")
    assert done.output.split() == ["out/film.en.srt", "out/kurz_en.srt", "out/de.en.srt", "out/made.en.srt"]
    assert (house / "out/film.en.srt").read_text() == SUBTITLES.replace("Tokajew hat\n", "Tokayev\n").replace(
        "gesprochen.", "has spoken."
    )


def test_several_languages_and_a_document_id(house: Path) -> None:
    (house / "texte").mkdir()
    (house / "lage.txt").rename(house / "texte" / "lage.txt")
    (house / "tolmach.toml").write_text('languages = ["de", "en", "ru"]\nsources = ["texte"]\n', encoding="utf-8")
    translated(house, "texte/lage.txt", "ru", {"Notstand in Almaty": "Режим ЧП в Алма-Ате"})
    done = deliver(house, "lage", "--output", "x.txt")
    assert (done.code, done.output) == (0, "x.en.txt\nx.ru.txt\n")
    assert (house / "x.ru.txt").read_text(encoding="utf-8").startswith("Режим ЧП в Алма-Ате\n")
    assert deliver(house, "--to", "en").output == "translations/delivered/lage.en.txt\n"


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (["lage.txt", "--to", "en", "--output", "lage.txt"], "lage.txt: this is one of the texts", "another place"),
        (["lage.txt", "--to", "en", "--output", "lage.srt"], "lage.srt: what is written here ends in .txt", "--output"),
        (["lage.txt", "--to", "de"], "nothing to translate from de into de", "--to en,ru"),
        (["lage.txt", "--to", "ru"], "lage.txt: no sentence of this text is translated into ru", "tolmach translate"),
        (["translations/en/lage.po", "--to", "en"], "this file is bilingual already", "in one language"),
        (["nix.txt", "--to", "en"], "nix.txt: no such file", "check the name"),
        (["lage.txt", "kurz.txt", "--to", "en", "--output", "x.txt"], "x.txt: 2 texts do not fit", "--output"),
        (["kurz.txt", "kurz.de.txt", "--to", "en"], "kurz.en.txt: two texts would become this file", "rename"),
    ],
)
def test_what_is_wrong_is_said(house: Path, arguments: list[str], message: str, hint: str) -> None:
    for name in ("kurz.txt", "kurz.de.txt"):
        (house / name).write_text("Ja.\n", encoding="utf-8")
    before = {path: path.read_bytes() for path in house.rglob("*") if path.is_file()}
    done = deliver(house, *arguments)
    assert (done.code, done.output) == (2, "")
    assert message in done.errors.splitlines()[0] and hint in done.errors.splitlines()[1]
    assert before == {path: path.read_bytes() for path in house.rglob("*") if path.is_file()}


def test_without_drafts_there_may_be_nothing(house: Path) -> None:
    translated(house, "lage.txt", "en", ENGLISH, tuple(ENGLISH))
    assert "without --reviewed" in deliver(house, "lage.txt", "--to", "en", "--reviewed").errors


def test_subtitles_that_nobody_can_read_are_counted(house: Path) -> None:
    (house / "film.srt").write_text(SUBTITLES, encoding="utf-8")
    long = "Yesterday evening the president of Kazakhstan spoke of it."
    translated(house, "film.srt", "en", {"Tokajew hat gesprochen.": long})
    done = deliver(house, "film.srt", "--to", "en")
    told = "translations/delivered/film.en.srt: 1 sentence"
    assert done.errors == f"{told}, 1 cue above 20 characters a second\n"
    translated(house, "film.srt", "en", {"Tokajew hat gesprochen.": " ".join(f"{day}: {long}" for day in range(4))})
    done = deliver(house, "film.srt", "--to", "en")
    assert done.errors == f"{told}, 2 cues above 20 characters a second, 4 lines of more than 42 letters\n"


def test_no_break_blanks_stay(house: Path) -> None:
    translated(house, "lage.txt", "en", {"Notstand in Almaty": "5\u00a0pm:\n unrest"})
    deliver(house, "lage.txt", "--to", "en", "--output", "x.txt")
    assert (house / "x.txt").read_text(encoding="utf-8").startswith("5\u00a0pm: unrest\n\n")


# Plain text


def rendered(text: str, pairs: dict[str, str], encoding: str = "utf-8", language: str = "ru") -> bytes:
    source = Source("a.txt", "a", text.encode(encoding), "de")
    found = [(block.offset, segment) for block in read(source) for segment in segments(block)]
    renderings = [
        Rendering(one.span.shifted(offset), one.text, pairs[one.text]) for offset, one in found if one.text in pairs
    ]
    written, left = render(source, renderings, language)
    assert not left
    return written


@pytest.mark.parametrize(
    ("text", "pairs", "expected"),
    [
        ("Ja.  Nein!\tGut.\n", {"Ja.": "Да.", "Gut.": "Хорошо."}, "Да.  Nein!\tХорошо.\n"),
        ("Ja. \r\n\r\n\r\n  Nein!", {"Ja.": "Да.", "Nein!": "Нет!"}, "Да. \r\n\r\n\r\n  Нет!"),
        ("Liste\n- Almaty\n- Osch\n", {"- Almaty": "- Алма-Ата"}, "Liste\n- Алма-Ата\n- Osch\n"),
    ],
)
def test_blanks_between_sentences_stay(text: str, pairs: dict[str, str], expected: str) -> None:
    assert rendered(text, pairs).decode() == expected


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_wrapped_paragraph_is_wrapped_anew(line_end: str) -> None:
    text = (
        TEXT.replace("Präsident Tok", "    Präsident Tok").replace("\ndes den", "\n  des den").replace("\n", line_end)
    )
    first = list(ENGLISH)[1]
    written = rendered(text, {first: ENGLISH[first]}, language="en").decode()
    assert written == (
        "Notstand in Almaty\n\n"
        "    President Tokayev declared a state of emergency on Wednesday after unrest in\n"
        "  the largest city of the country. Er sprach am Abend mit Putin und mit den\n"
        "  Präsidenten der übrigen Staaten des Bündnisses, die ihre Hilfe versprachen.\n"
    ).replace("\n", line_end)


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [("cp1252", "utf-8"), ("latin-1", "utf-8"), ("utf-16", "utf-16"), ("utf-8-sig", "utf-8-sig"), ("cp1251", "cp1251")],
)
def test_the_encoding_of_the_original_is_kept_where_it_can_be(encoding: str, expected: str) -> None:
    german = encoding != "cp1251"
    text = "Größe und Übermut im Süden, sagte er über Weißrussland." if german else "Президент Токаев отменил режим."
    written = rendered(f"{text}\n", {text: "Размах и удаль на юге."}, encoding)
    assert written == "Размах и удаль на юге.\n".encode(expected)


def test_a_text_of_many_blocks() -> None:
    text = "Tokajew sprach in Astana mit den Ministern.\n\n" * 20_000
    written = rendered(text, {"Tokajew sprach in Astana mit den Ministern.": "Токаев выступил."})
    assert written.decode() == "Токаев выступил.\n\n" * 20_000


@given(
    text=st.text(alphabet="aÄ. \n\r\t-\u00a0\u00adб1„“", max_size=120),
    new=st.text(alphabet="xя .-", min_size=1, max_size=20).filter(str.strip),
)
def test_any_sentence_of_any_text_is_put_in_place(text: str, new: str) -> None:
    text = f"x {text}"
    source = Source("a.txt", "a", text.encode(), "de")
    found = [segment for block in read(source) for segment in segments(block)]
    for one in found:
        written, left = render(source, [Rendering(one.span, one.text, " ".join(new.split()))], "ru")
        assert not left
        wanted = text[: one.span.start] + " ".join(new.split()) + text[one.span.end :]
        if "\n" not in text and "\r" not in text:
            assert written.decode() == wanted
        # Other lines may be wrapped anew, at other blanks and without the hyphens that wrapping had put in.
        assert "".join(filter(str.isalnum, written.decode())) == "".join(filter(str.isalnum, wanted))
    same = [Rendering(one.span, one.text, text[one.span.start : one.span.end]) for one in found]
    if "\n" not in text and "\r" not in text:
        assert render(source, same, "de") == (source.content, ())


# Objects


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        ("Ruft * auf.", "Call * up.", "Call * up."),
        ("Ruft * auf.", "Call * up * now.", "Call * up now."),
        ("* kommt.", "He comes.", "* He comes."),
        ("Ruft Tokajew * auf.", "Tokajew is called.", "Tokajew * is called."),
        ("Ruft * Tokajew auf.", "They call Tokajew.", "They call * Tokajew."),
        ("Ruft * in * auf.", "Call * up!»", "Call * up *!»"),
        ("Er *.", "", " *"),
        ("Wer?", "* Who?", "Who?"),
        ("Wer?", "Who * *", "Who "),
    ],
)
def test_no_object_is_lost(source: str, text: str, expected: str) -> None:
    one = Rendering(Span(0, 1), source.replace("*", OBJECT), text.replace("*", OBJECT))
    assert complete(one).text == expected.replace("*", OBJECT)


@pytest.mark.parametrize("ending", ["txt", "md", "html", "srt"])
def test_control_characters_of_a_translation_do_not_get_into_a_file(ending: str) -> None:
    one = "1\n00:00:01,000 --> 00:00:02,000\nTokajew sprach.\n" if ending == "srt" else "Tokajew sprach."
    source = Source(f"a.{ending}", "a", one.encode(), "de")
    (segment,) = (one for document in read(source) for one in segments(document))
    text = "\x00To\x07kayev\x1b spoke\x0b\ufffe.\ud800"
    content, left = render(source, [Rendering(segment.span, segment.text, text)], "en")
    assert left == ()
    assert content == source.content.replace(b"Tokajew sprach.", b"Tokayev spoke.")


def test_links_stay_where_control_characters_go() -> None:
    one = Rendering(Span(0, 1), "Tokajew sprach.", "\x07To\x07kayev\x07 spoke.", ((Span(0, 7), Span(1, 9)),))
    assert complete(one) == Rendering(Span(0, 1), "Tokajew sprach.", "Tokayev spoke.", ((Span(0, 7), Span(0, 7)),))


def test_links_move_with_what_is_put_before_them() -> None:
    one = Rendering(Span(0, 1), f"{OBJECT} ruft Tokajew.", "Calls Tokajew.", ((Span(7, 14), Span(6, 13)),))
    moved = complete(one)
    ((_own, other),) = moved.links
    assert moved.text[other.start : other.end] == "Tokajew"
