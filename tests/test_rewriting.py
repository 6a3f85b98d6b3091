"""Changing files: what was asked for is read afterwards, and every byte around it stays."""

import csv
import gc
import io
import re
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolmach.errors import TolmachError
from tolmach.text.decode import decoded
from tolmach.text.encodings import guess
from tolmach.text.formats import Edit, Source, _cells, read, rewrite
from tolmach.text.model import Span, Unit

CASES = tomllib.loads((Path(__file__).parent / "cases" / "formats" / "rewriting.toml").read_text(encoding="utf-8"))[
    "case"
]
RUSSIAN = "Президент Токаев отменил чрезвычайное положение в Алма-Ате.\r\nКантар прошёл.\r\n"
GERMAN = "Größe und Übermut im Süden.\r\nDer Präsident sprach über Weißrussland.\r\n"
HOSTILE = st.text(alphabet="ab \n\r\t<>&;\"'=/!-*_`[]()#|~\\:.{}@%шҚ\u00ad\u00a0\ufffc1", max_size=120)


def edits_of(source: Source, asked: list[list[object]]) -> list[Edit]:
    """The edits of a case: pairs of old and new words, with unit and side before them in bilingual files."""
    documents = list(read(source))
    text = "".join(document.text for document in documents)
    units = [unit for document in documents for unit in document.units]
    found = []
    for *place, old, new in asked:
        entry = (int(str(place[0])), side(str(place[1]))) if place else None
        within = text if entry is None else text_of(units[entry[0]], entry[1])
        start = within.index(str(old))
        found.append(Edit(Span(start, start + len(str(old))), str(new), entry))
    return found


def side(name: str) -> Literal["source", "target"]:
    return "source" if name == "source" else "target"


def text_of(unit: Unit, name: Literal["source", "target"]) -> str:
    return (unit.source if name == "source" else unit.target).text


VARIANTS = {"lf": ("utf-8", "\n"), "crlf": ("utf-8", "\r\n"), "mark": ("utf-8-sig", "\r\n"), "utf-16": ("utf-16", "\n")}


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_rewriting(case: dict[str, object], variant: str) -> None:
    encoding, line_end = VARIANTS[variant]
    path = str(case["path"])
    # In PO a line end of the file is none of the text.
    in_text = line_end if not path.endswith(".po") else "\n"
    asked = [
        [words.replace("\n", in_text) if isinstance(words, str) else words for words in edit[:-1]] + edit[-1:]
        for edit in case["edits"]  # type: ignore[attr-defined]
    ]
    source = Source(path, "a", str(case["written"]).replace("\n", line_end).encode(encoding))
    written, refused = rewrite(source, edits_of(source, asked))
    assert written.decode(encoding) == str(case["result"]).replace("\n", line_end)
    assert [edit.text for edit in refused] == case.get("refused", [])


@pytest.mark.parametrize("path", sorted({str(case["path"]) for case in CASES}))
def test_what_is_no_place_of_the_text_is_refused(path: str) -> None:
    written = next(str(case["written"]) for case in CASES if case["path"] == path)
    source = Source(path, "a", written.encode())
    wrong = [
        Edit(Span(len(written) + 1, len(written) + 2), "x"),
        Edit(Span(-3, -1), "x"),
        Edit(Span(3, 1), "x"),
        Edit(Span(0, 1), "x", (99, "target")),
        Edit(Span(0, 1), "x", (-1, "source")),
        Edit(Span(0, 10_000), "x", (0, "target")),
    ]
    assert rewrite(source, wrong) == (source.content, tuple(wrong))


# Encodings


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "cp866"),
        (RUSSIAN, "iso8859-5"),
        (GERMAN, "cp1252"),
        (GERMAN, "latin-1"),
        (GERMAN, "cp850"),
        (GERMAN, "mac-roman"),
        ("Wałęsa powiedział później, że są też inne problemy.", "cp1250"),
        (RUSSIAN, "utf-16"),
        (RUSSIAN, "utf-32"),
        (RUSSIAN, "utf-8-sig"),
    ],
)
def test_a_text_is_written_in_the_encoding_it_was_read_in(text: str, encoding: str) -> None:
    content = text.encode(encoding)
    source = Source("a.txt", "a", content)
    word = text.split()[1]
    (document,) = read(source)
    assert document.text == text
    written, refused = rewrite(source, edits_of(source, [[word, "Astana"], [text.split()[2], "\u4e2d"]]))
    if encoding.startswith("utf"):
        assert not refused
        assert written == text.replace(word, "Astana", 1).replace(text.split()[2], "\u4e2d", 1).encode(encoding)
    else:
        assert [edit.text for edit in refused] == ["\u4e2d"]
        assert written == content.replace(word.encode(encoding), b"Astana", 1)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("Größe".encode("cp1252"), "looks like windows-1252"),
        ("Токаев, Минск".encode("cp1251"), "looks like windows-1251"),
        (RUSSIAN.upper().encode("cp1251"), "looks like windows-1251"),
        ("הנשיא דיבר אתמול בירושלים על הכלכלה ועל הביטחון של המדינה".encode("cp1255"), "not UTF-8"),
        ("Ο πρόεδρος της Δημοκρατίας μίλησε χθες στην Αθήνα για την οικονομία".encode("cp1253"), "not UTF-8"),
        ("大統領は昨日、首都で記者会見を開き、新しい経済政策を発表した。".encode("shift-jis"), "not UTF-8"),
        ("Cumhurbaşkanı dün Ankara'da yaptığı açıklamada konuştu, Işık Kılıç".encode("cp1254"), "not UTF-8"),
        (RUSSIAN.encode()[:-40] + b"\xe0", "damaged UTF-8"),
        (GERMAN.encode() + b"\xfc", "damaged UTF-8"),
        (b"\xef\xbb\xbf" + RUSSIAN.encode("cp1251"), "not UTF-8"),
        (RUSSIAN.encode("utf-32")[:-1], "damaged UTF-32"),
    ],
)
def test_what_is_not_sure_is_not_read(content: bytes, message: str) -> None:
    with pytest.raises(TolmachError, match=message) as caught:
        decoded(content, "a.txt")
    assert caught.value.path == "a.txt" and caught.value.hint


@given(st.binary(min_size=1, max_size=60))
def test_random_bytes_are_read_as_they_are_or_refused(content: bytes) -> None:
    try:
        found = decoded(content, "a.txt")
    except TolmachError:
        return
    assert found.mark + found.text.encode(found.encoding) == content


def test_few_foreign_words_do_not_make_a_text_foreign() -> None:
    text = (GERMAN + "In Genève und España. ").encode("cp1252")
    assert guess(text).codec == "cp1252" and guess(text).sure


PAGE = '<html><head><meta charset="{}"></head><body><p>Президент Токаев</p></body></html>'


@pytest.mark.parametrize("charset", ["windows-1251", "koi8-r", "utf-8"])
def test_a_page_is_in_the_encoding_it_names(charset: str) -> None:
    text = PAGE.format(charset)
    source = Source("a.html", "a", text.encode(charset))
    written, refused = rewrite(source, edits_of(source, [["Токаев", "Тоқаев"]]))
    assert not refused
    letter = "қ" if charset == "utf-8" else "&#1179;"
    assert written.decode(charset) == text.replace("Токаев", f"То{letter}аев")


def test_latin_1_in_a_page_is_what_browsers_take_it_for() -> None:
    source = Source("a.html", "a", '<meta charset="ISO-8859-1"><p>„Größe“'.encode("cp1252"))
    (document,) = read(source)
    assert document.passages[0].text == "„Größe“"


def test_po_is_in_the_encoding_its_header_names() -> None:
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=KOI8-R\\n"\n\nmsgid "a"\nmsgstr "Токаев"\n'
    source = Source("ru.po", "ru", header.encode("koi8-r"))
    asked = edits_of(source, [[0, "target", "Токаев", "Тоқаев"], [0, "source", "a", "ö"]])
    assert rewrite(source, asked) == (source.content, tuple(asked))
    written, refused = rewrite(source, edits_of(source, [[0, "target", "ев", "ева"]]))
    assert not refused and written == header.replace("Токаев", "Токаева").encode("koi8-r")


# Properties: a template whose words are replaced

TEMPLATES = {
    "a.txt": "{0} und {1}\n\n{2}, {3}.",
    "a.md": "# {0}\n\n> - *{1}* ist [{2}](x.html)\n>   und `x` {3}\n",
    "a.html": '<p lang="de">{0} ö <b>{1}</b>&amp;</p>\n<img alt="{2}"><li>{3}',
    "a.srt": "1\n00:00:01,000 --> 00:00:02,000\n<i>{0}</i>\n{1}\n\n2\n00:00:03,000 --> 00:00:04,000\n{2}, {3}\n",
    "a.vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\n<v x>{0}\n{1} &lt; x\n\n00:03.000 --> 00:04.000\n{2}, {3}\n",
}
PAIRS = {
    "de_ru.po": 'msgid "{0}"\nmsgstr "x "\n"{1} \\n"\n\n#~ x\n'
    'msgid "{2}"\nmsgid_plural "y"\nmsgstr[0] "{3}"\nmsgstr[1] ""\n',
    "de_ru.tsv": "{0}\t{1}\tx\n\n{2}\t{3}\n",
    "de_ru.csv": '"{0}";{1};x\n\n{2};"a ""{3}"""\n',
}
WORD = st.sampled_from(["Toqajew", "Токаев", "Тоқаев", "Weißrussland", "Nursultan", "Kirgistan", "Astana", "x1", "é"])
WORDS = st.lists(WORD, min_size=4, max_size=4)
ENCODING = st.sampled_from([("utf-8", "\n"), ("utf-8", "\r\n"), ("utf-8-sig", "\r\n"), ("utf-16", "\r\n")])


@pytest.mark.parametrize("path", TEMPLATES)
@given(words=WORDS, new=WORDS, chosen=st.sets(st.integers(0, 3)), encoding=ENCODING)
def test_only_the_words_change(
    path: str, words: list[str], new: list[str], chosen: set[int], encoding: tuple[str, str]
) -> None:
    template = TEMPLATES[path].replace("\n", encoding[1])
    source = Source(path, "a", template.format(*words).encode(encoding[0]), "de")
    edits = []
    for number in sorted(chosen):
        start = len(template.split(f"{{{number}}}")[0].format(*words))
        edits.append(Edit(Span(start, start + len(words[number])), new[number]))
    expected = [new[number] if number in chosen else words[number] for number in range(4)]
    assert rewrite(source, edits[::-1]) == (template.format(*expected).encode(encoding[0]), ())


@pytest.mark.parametrize("path", PAIRS)
@given(words=WORDS, new=WORDS, chosen=st.sets(st.integers(0, 3)), encoding=ENCODING)
def test_only_the_words_of_pairs_change(
    path: str, words: list[str], new: list[str], chosen: set[int], encoding: tuple[str, str]
) -> None:
    template = PAIRS[path].replace("\n", encoding[1])
    source = Source(path, "a", template.format(*words).encode(encoding[0]))
    units = [unit for document in read(source) for unit in document.units]
    edits = []
    for number in sorted(chosen):
        entry = (number // 2, side("target" if number % 2 else "source"))
        start = text_of(units[entry[0]], entry[1]).rindex(words[number])
        edits.append(Edit(Span(start, start + len(words[number])), new[number], entry))
    expected = [new[number] if number in chosen else words[number] for number in range(4)]
    written, refused = rewrite(source, edits)
    assert (written.decode(encoding[0]), refused) == (template.format(*expected), ())
    after = [unit for document in read(Source(path, "a", written)) for unit in document.units]
    for edit in edits:
        assert edit.entry is not None
        start = edit.span.start
        assert text_of(after[edit.entry[0]], edit.entry[1])[start : start + len(edit.text)] == edit.text


@pytest.mark.parametrize("path", ["a.txt", "a.md", "a.html", "a.srt", "a.vtt"])
@given(
    text=HOSTILE,
    choice=st.integers(0, 50),
    new=st.sampled_from(["Zug", "lt", "b", "Ш", "«Ш»", "a 1", "1.", "#", "a*b", "-", "a|b"]),
)
def test_a_changed_word_is_read_in_hostile_text(path: str, text: str, choice: int, new: str) -> None:
    heads = {"a.srt": "00:00:01,000 --> 00:00:02,000\nx", "a.vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\nx"}
    content = heads.get(path, "x ") + text
    passages = next(iter(read(Source(path, "a", content.encode(), "de")))).passages
    words = [
        (number, found.span()) for number, one in enumerate(passages) for found in re.finditer(r"[abш]+", one.text)
    ]
    if not words:
        return
    number, (start, end) = words[choice % len(words)]
    edit = Edit(passages[number].locate(Span(start, end)), new)
    written, refused = rewrite(Source(path, "a", content.encode(), "de"), [edit])
    if refused:
        assert written == content.encode()
        return
    after = next(iter(read(Source(path, "a", written, "de")))).passages
    expected = [one.text for one in passages]
    expected[number] = expected[number][:start] + new + expected[number][end:]
    assert [one.text for one in after] == expected


@pytest.mark.parametrize("path", ["a.txt", "a.md", "a.html", "a.srt", "a.vtt"])
@given(text=HOSTILE, start=st.integers(0, 60), length=st.integers(0, 20), new=HOSTILE)
def test_any_edit_is_made_or_refused(path: str, text: str, start: int, length: int, new: str) -> None:
    heads = {"a.srt": "00:00:01,000 --> 00:00:02,000\nx", "a.vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\nx"}
    content = heads.get(path, "x ") + text
    edit = Edit(Span(start, start + length), new)
    written, refused = rewrite(Source(path, "a", content.encode(), "de"), [edit])
    changed = written.decode()
    if refused:
        assert changed == content
    else:
        assert changed[:start] == content[:start]
        assert changed.endswith(content[start + length :])


# What other programs read of it


@given(
    st.lists(st.text(alphabet='aб"\\\n\t% ', min_size=1, max_size=8), min_size=1, max_size=5, unique=True), st.data()
)
def test_changed_po_is_read_by_another_program(texts: list[str], data: st.DataObject) -> None:
    import polib

    catalogue = polib.POFile(wrapwidth=10)
    catalogue.extend(polib.POEntry(msgid=text, msgstr=text, msgctxt=str(number)) for number, text in enumerate(texts))
    edits, expected = [], []
    for number, text in enumerate(texts):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, len(text)))
        new = data.draw(st.text(alphabet='Zя"\\\t', max_size=4))
        edits.append(Edit(Span(start, end), new, (number, "target")))
        expected.append(text[:start] + new + text[end:])
    written, refused = rewrite(Source("de.po", "de", str(catalogue).encode()), edits)
    assert not refused
    assert [entry.msgstr for entry in polib.pofile(written.decode())] == expected


CELL = st.text(alphabet='aб"; ,\n', min_size=1, max_size=6).filter(lambda text: not text.isspace())


@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=4), st.sampled_from(";,"), st.booleans(), st.data())
def test_changed_csv_is_read_by_another_program(
    rows: list[tuple[str, str]], sign: str, everything: bool, data: st.DataObject
) -> None:
    out = io.StringIO()
    dialect = csv.unix_dialect if everything else csv.excel
    csv.writer(out, dialect, delimiter=sign, lineterminator="\n").writerows([("de", "ru"), *rows])
    content = f"sep={sign}\n{out.getvalue()}".encode()
    source = Source("a.csv", "a", content)
    assert [(unit.source.text, unit.target.text) for document in read(source) for unit in document.units] == rows
    edits, expected = [], []
    for number, (first, second) in enumerate(rows):
        start = data.draw(st.integers(0, len(second)))
        end = data.draw(st.integers(start, len(second)))
        new = data.draw(st.text(alphabet='Zя";,', max_size=4))
        edits.append(Edit(Span(start, end), new, (number, "target")))
        expected.append([first, second[:start] + new + second[end:]])
    written, refused = rewrite(source, edits)
    assert not refused
    assert list(csv.reader(io.StringIO(written.decode(), newline=""), delimiter=sign))[2:] == expected


# Subtitles


def test_cues_are_read_without_their_tags() -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:04,000\n{\\an8}<i>Präsident</i> <font color='red'>Tokajew</font>\n<3 & 2<3\n\n"
        "nach der leeren Zeile\n\n2\n00:00:05.000-->00:00:06.000\n\n3\n0:0:7,0 --> 0:0:8,0\n12\n"
    )
    (document,) = read(Source("a_de.srt", "a", text.encode()))
    (passage,) = document.passages
    assert passage.language == "de"
    assert passage.text == "Präsident Tokajew <3 & 2<3 nach der leeren Zeile\n\n12"


def test_a_file_of_cues_names_its_language() -> None:
    text = (
        "WEBVTT\r\nKind: captions\r\nLanguage: kk\r\n\r\n00:01.000 --> 00:02.000\r\n"
        "<c.a.b>Тоқаев</c> &amp;&nbsp;&x;\r\nda\r\n\r\nthis is no cue\r\n\r\n01:00:01.000 --> 01:00:02.000\r\n"
    )
    (document,) = read(Source("a_de.vtt", "a", text.encode()))
    (passage,) = document.passages
    assert (passage.language, passage.text) == ("kk", "Тоқаев &\u00a0&x; da")


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        ("a.srt", "Minsk\n", 1),
        ("a.srt", "\n1\nMinsk\n00:00:01,000 --> 00:00:02,000\nMinsk", 2),
        ("a.vtt", "00:01.000 --> 00:02.000\nMinsk", 1),
        ("a.vtt", "WEBVTTX\n\n00:01.000 --> 00:02.000\nMinsk", 1),
        ("a.csv", 'a;b\n"a"x;b\n', 2),
        ("a.csv", 'a;b\n"a\n";"b\n', 2),
    ],
)
def test_the_line_that_is_wrong_is_named(path: str, text: str, line: int) -> None:
    with pytest.raises(TolmachError) as caught:
        list(read(Source(path, "a", text.encode())))
    assert (caught.value.path, caught.value.line) == (path, line)
    assert caught.value.hint


@contextmanager
def stopwatch() -> Iterator[list[float]]:
    """The seconds that a block of code takes, as the only entry of a list."""
    took = [0.0]
    # the collector visits what other tests have loaded, which is not the doing of the code
    gc.disable()
    began = time.process_time()
    try:
        yield took
    finally:
        took[0] = time.process_time() - began
        gc.enable()


@pytest.mark.parametrize("unit", ["<i>", "<", "{\\", "{", '"', '""', "00:00:01,000 --> ", "\n", "1\n", "&", "a;"])
def test_hostile_files_take_linear_time(unit: str) -> None:
    def seconds(count: int) -> float:
        head = b"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n"
        with stopwatch() as took:
            for path in ("a.srt", "a.vtt"):
                list(read(Source(path, "a", head[8 * path.endswith("srt") :] + unit.encode() * count, "de")))
            with suppress(TolmachError):
                list(_cells.of_csv(f"a;{unit * count}", "a.csv"))
        return took[0]

    # Quadratic reading takes 16 times as long for four times the text.
    assert seconds(20_000) < 10 * max(seconds(5_000), 0.02)


@pytest.mark.parametrize("path", ["a.txt", "a.md", "a.html"])
def test_many_edits_take_linear_time(path: str) -> None:
    def seconds(count: int) -> float:
        text = "Toqajew ist <i lang='en'>here</i> in Minsk.\n\n" * count
        edits = [Edit(Span(found.start(), found.end()), "Tokajew") for found in re.finditer("Toqajew", text)]
        with stopwatch() as took:
            written, refused = rewrite(Source(path, "a", text.encode(), "de"), edits)
        assert not refused and written.count(b"Tokajew") == count
        return took[0]

    assert seconds(4_000) < 10 * max(seconds(1_000), 0.05)
