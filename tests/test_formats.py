"""Reading: every span quotes the file, nothing but prose is read, broken files are named by line."""

import gc
import html
import subprocess
import sys
import time
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolmach import plugins
from tolmach.errors import TolmachError
from tolmach.text import formats, untouchable
from tolmach.text.decode import decode
from tolmach.text.formats import Source, _blocks, read
from tolmach.text.formats import html as html_format
from tolmach.text.formats import markdown as markdown_format
from tolmach.text.identity import fold, segments
from tolmach.text.model import Document, Span, Unit
from tolmach.text.tokens import tokens

CASES = Path(__file__).parent / "cases" / "formats"
PROSE = tomllib.loads((CASES / "prose.toml").read_text(encoding="utf-8"))
UNTOUCHABLE = tomllib.loads((CASES / "untouchable.toml").read_text(encoding="utf-8"))
ERRORS = tomllib.loads((CASES / "errors.toml").read_text(encoding="utf-8"))["case"]
HOSTILE_UNITS = tomllib.loads((CASES / "hostile.toml").read_text(encoding="utf-8"))
HOSTILE = st.text(alphabet="ab \n\r\t<>&;\"'=/!-*_`[]()#|~\\:.{}@%шҚ\u00ad\u00a0\ufffc", max_size=200)


def documents(
    path: str, content: str | bytes, language: str | None = None, source: str | None = None
) -> list[Document]:
    raw = content.encode("utf-8") if isinstance(content, str) else content
    return list(read(Source(path, path.rpartition(".")[0], raw, language, source)))


def units(path: str, content: str | bytes) -> list[Unit]:
    return [unit for document in documents(path, content) for unit in document.units]


def pairs(path: str, content: str) -> list[tuple[str, str, str, str]]:
    return [
        (unit.source.language, unit.source.text, unit.target.language, unit.target.text)
        for unit in units(path, content)
    ]


# Bytes


def test_line_ends_stay_and_the_byte_order_mark_goes() -> None:
    assert decode("\ufeffMinsk\r\nAstana".encode(), "a.txt") == "Minsk\r\nAstana"
    assert decode("Минск".encode("utf-16"), "a.txt") == "Минск"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("Größe und mehr".encode("cp1252"), "looks like windows-1252"),
        ("Президент Токаев".encode("cp1251"), "looks like windows-1251"),
        (b"Mi\0nsk", "NUL byte at offset 2"),
        ("Mi\0nsk".encode("utf-16"), "NUL byte at offset 2"),
        ("Minsk".encode("utf-16")[:-1], "UTF-16"),
        (b"", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        (b"PK\x03\x04\x14\x00\x00\xff", "NUL byte at offset 5"),
    ],
)
def test_what_is_no_text_is_named(content: bytes, message: str) -> None:
    with pytest.raises(TolmachError, match=message) as caught:
        decode(content, "a.txt")
    assert caught.value.path == "a.txt"
    assert caught.value.hint


@pytest.mark.parametrize("case", ERRORS, ids=lambda case: case["name"])
def test_all_broken_lines_are_named(case: dict[str, object]) -> None:
    with pytest.raises(TolmachError) as caught:
        documents(str(case["path"]), str(case["content"]))
    problems = caught.value.all()
    assert [problem.line for problem in problems if problem.line] == case["lines"]
    assert all(problem.path == case["path"] and problem.hint for problem in problems)


def test_the_endings_of_all_formats_are_known_without_importing_them() -> None:
    own = {suffix: name for name in plugins.names("tolmach.text.formats") for suffix in formats.load(name).suffixes}
    assert formats.by_suffix() == own
    code = "import sys; from tolmach.text import formats; formats.for_path('a.txt'); print(*sys.modules)"
    imported = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert [name for name in imported if name.startswith("tolmach.text.formats.") and "._" not in name] == [
        "tolmach.text.formats.plain"
    ]


# Plain text


def test_runs_of_paragraphs_in_one_language_are_passages() -> None:
    text = "Der Präsident ist da.\n\nMinsk\n \nThe president of the republic is here.\n\n\nОн здесь, и всё.\n"
    (document,) = documents("a.txt", text)
    assert [(passage.language, passage.text) for passage in document.passages] == [
        ("de", "Der Präsident ist da.\n\nMinsk"),
        ("en", "The president of the republic is here."),
        ("ru", "\nОн здесь, и всё.\n"),
    ]


@pytest.mark.parametrize(("path", "language"), [("a_ru.txt", None), ("a.txt", "ru"), ("a_en.txt", "ru")])
def test_a_named_language_is_not_guessed(path: str, language: str | None) -> None:
    (document,) = documents(path, "Der Präsident ist da.\n", language)
    assert [(passage.language, passage.text) for passage in document.passages] == [("ru", document.text)]


@given(st.text(alphabet="aш \n\r", max_size=80).filter(lambda text: not text.isspace() and text))
def test_blocks_join_to_the_file(text: str) -> None:
    blocks = list(_blocks.of_prose(text, size=7))
    assert "".join(block.text for block in blocks) == text
    for block in blocks:
        assert 0 < len(block.text) <= 7
        assert text.startswith(block.text, block.offset)
        assert block.line == text.count("\n", 0, block.offset) + 1


def test_large_files_come_in_blocks_cut_between_paragraphs() -> None:
    text = "Tokajew ist in Astana und nicht in Minsk.\n\n" * 30_000
    found = documents("a.txt", text)
    assert len(found) > 1
    assert "".join(document.text for document in found) == text
    for document in found:
        assert len(document.text.encode()) <= 1_000_000
        assert document.text.startswith("Tokajew")
        assert document.line == text.count("\n", 0, document.offset) + 1


# Marked-up text


@pytest.mark.parametrize(
    ("kind", "case"),
    [(kind, case) for kind, cases in PROSE.items() for case in cases],
    ids=lambda value: value["name"] if isinstance(value, dict) else value,
)
def test_what_is_read(kind: str, case: dict[str, object]) -> None:
    (document,) = documents(f"a.{'md' if kind == 'markdown' else kind}", str(case["written"]), "de")
    texts = [f"{passage.language}: {passage.text}" for passage in document.passages]
    assert sorted(map(str.rstrip, texts)) == sorted(map(str.rstrip, case["read"]))  # type: ignore[call-overload]
    for silent in case.get("silent", ()):  # type: ignore[attr-defined]
        assert silent in document.text
        assert not any(silent in text for text in texts)


@pytest.mark.parametrize("path", ["a.html", "a.md", "a.txt"])
@given(text=HOSTILE)
def test_every_code_point_is_located(path: str, text: str) -> None:
    if not text or text.isspace():
        return
    (document,) = documents(path, text, "de")
    assert document.text == text
    for passage in document.passages:
        places = [passage.locate(Span(place, place + 1)) for place in range(len(passage.text))]
        assert all(first.end <= second.start for first, second in pairwise(places))
        for sign, place in zip(passage.text, places, strict=True):
            written = document.text[place.start : place.end]
            escaped = written[1:] if len(written) == 2 and written[0] == "\\" else written
            assert sign in (written, escaped, "\ufffc", "\n", " ") or sign in html.unescape(written)


@given(HOSTILE)
def test_spans_survive_an_entity_for_every_letter(text: str) -> None:
    letters = "".join(sign for sign in text if sign.isalpha()) or "a"
    (document,) = documents("a.html", "".join(f"&#{ord(sign)};" for sign in letters), "de")
    (passage,) = document.passages
    assert passage.text == letters
    assert passage.locate(Span(0, len(letters))) == Span(0, len(document.text))


@pytest.mark.parametrize("reader", [html_format.blocks, markdown_format.blocks], ids=["html", "markdown"])
@pytest.mark.parametrize("unit", HOSTILE_UNITS["markup"])
def test_hostile_text_takes_linear_time(reader: object, unit: str) -> None:
    def seconds(count: int) -> float:
        # the collector visits what other tests have loaded, which is not the reader's doing
        gc.disable()
        try:
            began = time.process_time()
            reader(unit * count)  # type: ignore[operator]
            return time.process_time() - began
        finally:
            gc.enable()

    # Quadratic reading takes 16 times as long for four times the text.
    assert seconds(8_000) < 10 * max(seconds(2_000), 0.02)


def test_deep_nesting_and_huge_entities_are_read() -> None:
    assert not html_format.blocks("<b>" * 100_000)
    (document,) = documents("a.html", "<div><b>" * 100_000 + "Minsk&#65" + "9" * 100_000 + ";&" + "x" * 100_000, "de")
    assert document.passages[0].text.startswith("Minsk\ufffd&xx")


# Pairs


def test_a_heading_of_codes_names_the_languages() -> None:
    assert pairs("a.tsv", "de-CH\tkk\textra\nMinsk\tМинск\tx\n\n") == [("de-CH", "Minsk", "kk", "Минск")]


@pytest.mark.parametrize(
    ("path", "content", "expected"),
    [
        ("x_de_ru_dev.tsv", "Minsk\tMinsk\r\n", ("de", "Minsk", "ru", "Minsk")),
        ("x.en-ru.tsv", "source\ttarget\nMinsk\t\n", ("en", "Minsk", "ru", "")),
        (
            "a.tsv",
            "The president of the republic\tПрезидент\n",
            ("en", "The president of the republic", "ru", "Президент"),
        ),
        ("de_ru.csv", '"Minsk, Stadt";"das ""alte""\nMinsk"\n', ("de", "Minsk, Stadt", "ru", 'das "alte"\nMinsk')),
        ("de_ru.csv", "Minsk,Минск,x\n", ("de", "Minsk", "ru", "Минск")),
    ],
)
def test_pairs(path: str, content: str, expected: tuple[str, str, str, str]) -> None:
    assert pairs(path, content) == [expected]


def test_lines_of_units_in_all_blocks() -> None:
    text = "".join(f"Nummer {number}\tномер {number}\n" for number in range(40_000))
    found = documents("de_ru.tsv", text)
    assert len(found) > 1
    assert "".join(document.text for document in found) == text
    joined = [unit for document in found for unit in document.units]
    assert [unit.index for unit in joined] == list(range(40_000))
    assert all(unit.line == unit.index + 1 for unit in joined)
    assert all(document.line == document.units[0].line for document in found)


HEADER = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: de_CH\\n"
"X-Source-Language: en\\n"

"""


def test_po_units() -> None:
    found = units(
        "ru.po",
        HEADER
        + '#. note\n#, fuzzy, c-format\nmsgctxt "menu"\n'
        + 'msgid "a \\"b\\""\n"\\tc\\n"\nmsgstr ""\n"\\320\\242\\xd0\\xbe\\\\"\n\n'
        + '#~ msgid "alt"\n#~ msgstr "старый"\n\n'
        + 'msgid "town"\nmsgid_plural "towns"\nmsgstr[0] "Stadt"\nmsgstr[1] "Städte"\nmsgstr[2] ""\n'
        + '#| msgid "x"\nmsgid "last" " one"\nmsgstr "x"',
    )
    assert [(unit.index, unit.id, unit.source.text, unit.target.text, unit.line, unit.state) for unit in found] == [
        (0, "menu", 'a "b"\tc\n', "То\\", 12, "draft"),
        (1, "2[0]", "town", "Stadt", 20, "reviewed"),
        (2, "2[1]", "towns", "Städte", 21, "reviewed"),
        (3, "2[2]", "towns", "", 22, "untranslated"),
        (4, "3", "last one", "x", 25, "reviewed"),
    ]
    assert {(unit.source.language, unit.target.language) for unit in found} == {("en", "de-CH")}


@pytest.mark.parametrize(
    ("path", "language"),
    [("translations/en/x.po", "en"), ("kk/LC_MESSAGES/x.po", "kk"), ("x.en.po", "en"), ("de.po", "de"), ("x.po", "ru")],
)
def test_language_of_a_po_file_without_header(path: str, language: str) -> None:
    (unit,) = units(path, 'msgid "Der Präsident ist nicht da"\nmsgstr "Президента нет"\n')
    assert (unit.source.language, unit.target.language) == ("de", language)


def test_po_in_another_charset() -> None:
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset={}\\n"\nmsgid "a"\nmsgstr "Токаев"\n'
    assert units("a.po", header.format("KOI8-R").encode("koi8-r"))[0].target.text == "Токаев"
    assert units("a.po", header.format("CHARSET").encode())[0].target.text == "Токаев"
    for charset in ("klingon", "hex", "utf-16", "ascii"):
        with pytest.raises(TolmachError):
            units("a.po", header.format(charset).encode("koi8-r"))


@given(st.lists(st.text(alphabet='aб"\\\n\t% ', min_size=1, max_size=8), min_size=1, max_size=5, unique=True))
def test_po_written_by_another_program_is_read_as_it_was(texts: list[str]) -> None:
    import polib

    catalogue = polib.POFile(wrapwidth=10)
    catalogue.extend(
        polib.POEntry(msgid=text, msgstr=text[::-1], msgctxt=str(number)) for number, text in enumerate(texts)
    )
    found = units("de.po", str(catalogue))
    assert [(unit.id, unit.source.text, unit.target.text) for unit in found] == [
        (str(number), text, text[::-1]) for number, text in enumerate(texts)
    ]


# Untouchable


def quoted(text: str) -> list[str]:
    return [text[span.start : span.end] for span in untouchable.spans(text)]


@pytest.mark.parametrize("case", UNTOUCHABLE["touch_not"], ids=lambda case: case["text"][:30])
def test_untouchable(case: dict[str, object]) -> None:
    assert quoted(str(case["text"])) == case["found"]


@pytest.mark.parametrize("text", UNTOUCHABLE["words"]["judged"])
def test_words_are_judged(text: str) -> None:
    assert quoted(f"Ein Satz: {text} und ({text}).") == []
    assert quoted(text) == []


@given(HOSTILE)
def test_untouchable_spans_are_in_order(text: str) -> None:
    ends = [place for span in untouchable.spans(text) for place in (span.start, span.end)]
    assert ends == sorted(ends)
    assert all(span.start < span.end for span in untouchable.spans(text))


@pytest.mark.parametrize("unit", HOSTILE_UNITS["addresses"])
def test_hostile_addresses_take_linear_time(unit: str) -> None:
    def seconds(count: int) -> float:
        began = time.process_time()
        untouchable.spans(unit * count)
        return time.process_time() - began

    assert seconds(40_000) < 10 * max(seconds(10_000), 0.02)


# Sentences and tokens


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Kirgi-\nstan", "Kirgistan"),
        ("Kirgi\u00ad\r\n stan Nur\u00adsultan", "Kirgistan Nursultan"),
        ("Ex-\nSowjetrepubliken", "Ex-Sowjetrepubliken"),
        ("EU-\nweit", "EU-weit"),
        ("20-\njährig", "20-jährig"),
        ("Vor-\nund Nachteile", "Vor- und Nachteile"),
        ("Minsk -\nheute", "Minsk - heute"),
        ("Nur-Sultan", "Nur-Sultan"),
        ("Mu\u0308nchen\u00a0  da ", "München da"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_segments_have_lasting_ids() -> None:
    text = (
        "Kasachstan\n\nTokajew kam. Der kasachische Präsident sprach am Montag lange mit dem rus-\n"
        "sischen Präsidenten Wladimir Putin über die Lage in den Städten des\nLandes. Tokajew kam.\n\nEin Titel!\n"
    )
    (document,) = documents("seeds/a.txt", text, "de")
    found = segments(document)
    assert [(segment.text[:20], segment.line, segment.paragraph, segment.heading) for segment in found] == [
        ("Kasachstan", 1, 0, True),
        ("Tokajew kam.", 3, 1, False),
        ("Der kasachische Präs", 3, 1, False),
        ("Tokajew kam.", 5, 1, False),
        ("Ein Titel!", 7, 2, False),
    ]
    assert "dem russischen Präsidenten" in found[2].text
    assert found[0].id == "seeds/a#940ed959"
    assert found[3].id == f"{found[1].id}-2"
    assert all(fold(document.text[segment.span.start : segment.span.end]) == segment.text for segment in found)
    (longer,) = documents("seeds/a.txt", f"Neu ist das.\n\n{text}", "de")
    assert [segment.id for segment in segments(longer)][1:] == [segment.id for segment in found]


@given(HOSTILE)
def test_tokens_cover_what_is_visible(text: str) -> None:
    found = list(tokens(text))
    assert all(text[token.span.start : token.span.end] == token.text for token in found)
    assert "".join(token.text for token in found) == "".join(text.split())


def test_tokens() -> None:
    found = [(token.text, token.kind) for token in tokens("Nur-Sultan’s 1.000,5 e\u0301 Kirgi\u00adstan 5/6.")]
    assert found == [
        *(("Nur", "word"), ("-", "sign"), ("Sultan", "word"), ("’", "sign"), ("s", "word"), ("1.000,5", "number")),
        *(
            ("e\u0301", "word"),
            ("Kirgi\u00adstan", "word"),
            ("5", "number"),
            ("/", "sign"),
            ("6", "number"),
            (".", "sign"),
        ),
    ]
