from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from support import run_program
from tolmach.cli.commands.parallel import COMMAND
from tolmach.config import Config
from tolmach.errors import TolmachError
from tolmach.glossary.card import Card, card
from tolmach.glossary.card import Row as Designated
from tolmach.glossary.find import Finder
from tolmach.glossary.load import load as load_glossary
from tolmach.glossary.model import Glossary, Status
from tolmach.memory.lookup import Memory
from tolmach.memory.merge import merge, path_of
from tolmach.memory.model import Entry
from tolmach.memory.model import Row as Translated
from tolmach.parallel.build import House, build
from tolmach.parallel.document import Cell, Mark, Notice, ParallelDocument, Row, Signature
from tolmach.parallel.writers import load, names
from tolmach.text.model import Segment, Span
from tolmach.text.sources import Text, find, texts

CASES = Path(__file__).parent / "cases" / "parallel"
GOLDEN = Path(__file__).parent / "golden"
ARTICLE = tomllib.loads((CASES / "article.toml").read_text(encoding="utf-8"))
HOSTILE = tomllib.loads((CASES / "hostile.toml").read_text(encoding="utf-8"))["texts"]
LANGUAGES = ("de", "en", "ru")


def segments() -> list[Segment]:
    return [
        Segment(entry["id"], entry["de"], Span(0, len(entry["de"])), 1, entry["paragraph"], entry.get("heading", False))
        for entry in ARTICLE["sentences"]
    ]


def memory(language: str) -> Memory:
    return Memory(
        Entry(
            id=entry["id"],
            source=entry["de"],
            target=entry[language]["text"],
            reviewed=entry[language]["state"] == "reviewed",
            path=f"translations/{language}/news/almaty.po",
            signature="" if entry[language]["state"] == "reviewed" else ARTICLE["engine"],
        )
        for entry in ARTICLE["sentences"]
        if language in entry
    )


def glossary() -> Glossary:
    return load_glossary([CASES / "glossary.toml"])


def article() -> ParallelDocument:
    house = House({code: memory(code) for code in ("en", "ru")}, Finder(glossary()))
    return build(Text(ARTICLE["id"], "de", segments()), house, ("en", "ru"), "0.0.0")


def page(document: ParallelDocument) -> str:
    ((ending, content),) = load("html").write(document)
    assert ending == ".html"
    return content.decode("utf-8")


def hostile() -> ParallelDocument:
    """A document every value of which is hostile, those the loaders would refuse included."""
    rows = tuple(
        Row(
            f"<b> \"'{text}#{number:08x}",
            number,
            number % 2 == 0,
            {code: hostile_cell(text) for code in LANGUAGES},
            (Notice("de", "warning", text, text),),
        )
        for number, text in enumerate(HOSTILE)
    )
    cards = tuple(
        Card(
            f"c{number}",
            "person",
            text,
            ((text, text),),
            tuple(Designated(code, text, status, text) for code in LANGUAGES for status in Status),
        )
        for number, text in enumerate(HOSTILE)
    )
    signature = Signature(HOSTILE[0], HOSTILE[1], HOSTILE[2], tuple(HOSTILE))
    return ParallelDocument(HOSTILE[1], HOSTILE[0], LANGUAGES, rows, cards, signature)


def hostile_cell(text: str) -> Cell:
    return Cell(text, "draft", (Mark(Span(0, min(5, len(text))), f"c{HOSTILE.index(text)}"),))


class Reader(HTMLParser):
    """What a reader gets: the text outside of head, script and style, and the attributes of the elements."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._silent = 0
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attributes)))
        self._silent += tag in ("head", "script", "style")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("head", "script", "style")

    def handle_data(self, text: str) -> None:
        if not self._silent:
            self.text += text


def test_the_page_is_the_golden_one() -> None:
    """After an intended change, look at `page(article())` in a browser and keep it as the new golden page."""
    assert page(article()) == (GOLDEN / "parallel.html").read_text(encoding="utf-8")


def test_the_page_is_the_same_when_made_again() -> None:
    assert page(article()) == page(article())


def test_states_come_from_the_memory_by_sentence_id() -> None:
    states = [tuple(row.cells[code].state for code in LANGUAGES) for row in article().rows]
    assert states == [("reviewed",) * 3, ("reviewed", "draft", "reviewed"), ("reviewed", "reviewed", "missing")]


def test_a_repeated_sentence_gets_the_translation_of_its_own_id() -> None:
    repeated = [Segment(f"a#00000000{tail}", "Ja.", Span(0, 3), 1, 0) for tail in ("", "-2", "-3")]
    entries = [Entry("a#00000000-2", "Ja.", "Да.", True, "a.po"), Entry("a#00000000", "Ja.", "Конечно.", True, "a.po")]
    rows = build(Text("a", "de", repeated), House({"ru": Memory(entries)}), ("ru",), "0").rows
    assert [row.cells["ru"].text for row in rows] == ["Конечно.", "Да.", ""]


@pytest.mark.parametrize(
    "entry",
    [
        Entry("a#00000000", "Nein.", "Нет.", True, "a.po"),
        Entry("a#00000000", "Ja.", "Да.", True, "a.po", obsolete=True),
        Entry("b#00000000", "Ja.", "Да.", True, "b.po"),
        Entry("", "Ja.", "Да.", True, "b.po"),
    ],
)
def test_what_is_not_the_translation_of_this_sentence_is_missing(entry: Entry) -> None:
    text = Text("a", "de", [Segment("a#00000000", "Ja.", Span(0, 3), 1, 0)])
    assert build(text, House({"ru": Memory([entry])}), ("ru",), "0").rows[0].cells["ru"] == Cell()


def test_terms_are_marked_once_in_their_inflected_form() -> None:
    marked = [
        [(row.cells[code].text[span.start : span.end], concept) for span, concept in row.cells[code].marks]
        for row in article().rows
        for code in LANGUAGES
    ]
    assert marked == [
        [("Tokajew", "tokayev"), ("Almaty", "almaty")],
        [("Tokayev", "tokayev"), ("Almaty", "almaty")],
        [("Токаев", "tokayev"), ("Алматы", "almaty")],
        [("Kassym-Schomart Tokajews", "tokayev"), ("OVKS", "csto")],
        [("Kassym-Jomart Tokayev's", "tokayev"), ("CSTO", "csto")],
        [("Касым-Жомарта Токаева", "tokayev"), ("ОДКБ", "csto")],
        [("Alma-Ata", "almaty")],
        [("Almaty", "almaty")],
        [],
    ]


def test_a_translation_marks_only_the_terms_of_its_source() -> None:
    entry = Entry("a#00000000", "Er schwieg.", "Токаев молчал.", True, "a.po")
    text = Text("a", "de", [Segment("a#00000000", "Er schwieg.", Span(0, 11), 1, 0)])
    house = House({"ru": Memory([entry])}, Finder(glossary()))
    document = build(text, house, ("ru",), "0")
    assert document.rows[0].cells["ru"].marks == ()
    assert document.terms == ()


def test_cards_are_of_the_marked_terms_with_preferred_forms_first() -> None:
    document = article()
    assert [one.id for one in document.terms] == ["almaty", "tokayev", "csto"]
    assert [row.form for row in document.terms[1].rows] == [
        "Kassym-Schomart Tokajew",
        "Toqajew",
        "Kassym-Jomart Tokayev",
        "Касым-Жомарт Кемелевич Токаев",
    ]
    assert document.terms[1].heading == ("de", "Kassym-Schomart Tokajew")


def test_a_card_without_a_wanted_form_goes_by_its_original() -> None:
    concepts = glossary().concepts
    swiss = card(concepts["tokayev"], ("de-CH",), cases=False).rows
    assert [row.form for row in swiss] == [row.form for row in card(concepts["tokayev"], ("de",), cases=False).rows]
    assert swiss and {row.language for row in swiss} == {"de-CH"}
    assert card(concepts["tokayev"], ("uk",)).heading == ("ru", "Касым-Жомарт Токаев")
    assert card(concepts["csto"], ("uk",)).heading == ("", "csto")


def test_engines_of_drafts_stand_in_the_signature() -> None:
    assert article().signature.engines == (ARTICLE["engine"],)


def test_without_glossary_and_memory_there_are_rows_and_nothing_else() -> None:
    document = build(Text("a", "de", segments()), House(), ("en",), "0")
    assert [row.cells["en"] for row in document.rows] == [Cell()] * 3
    assert document.signature == Signature("0")
    assert 'class="term"' not in page(document)


def test_no_sentence_is_visible_twice() -> None:
    text = Reader(page(article())).text
    for row in article().rows:
        for cell in row.cells.values():
            assert not cell.text or text.count(cell.text) == 1


def test_headlines_are_rows_and_not_h1() -> None:
    elements = Reader(page(article())).elements
    assert "h1" not in {tag for tag, _attributes in elements}
    levels = [attributes["aria-level"] for _tag, attributes in elements if attributes.get("role") == "heading"]
    assert levels == ["1", "1", "1"]


def test_every_row_is_linked_by_its_sentence_id_and_every_cell_has_its_language() -> None:
    elements = Reader(page(article())).elements
    ids = [attributes.get("id") for tag, attributes in elements if tag == "tr"]
    assert ids == [None, *(segment.id for segment in segments())]
    cells = [(attributes["lang"], attributes["dir"]) for tag, attributes in elements if tag == "td"]
    assert cells == [(code, "ltr") for code in LANGUAGES] * 3


def test_ids_are_unique_and_descriptions_exist() -> None:
    for document in (article(), hostile()):
        elements = Reader(page(document)).elements
        ids = [attributes["id"] for _tag, attributes in elements if attributes.get("id")]
        assert len(ids) == len(set(ids))
        assert {
            attributes["aria-describedby"] for _tag, attributes in elements if "aria-describedby" in attributes
        } <= set(ids)


def test_a_page_refers_to_nothing_outside() -> None:
    for document in (article(), hostile()):
        elements = Reader(page(document)).elements
        assert {tag for tag, _attributes in elements} & {
            "link",
            "img",
            "iframe",
            "base",
            "form",
            "object",
            "svg",
        } == set()
        assert not any("src" in attributes or "style" in attributes for _tag, attributes in elements)
        links = [attributes["href"] or "" for _tag, attributes in elements if "href" in attributes]
        assert links
        assert all(link.startswith("#") for link in links)
        assert not any(name.startswith("on") for _tag, attributes in elements for name in attributes)


@given(st.lists(st.text(min_size=1), min_size=1), st.data())
def test_pieces_give_the_text_and_the_marks(parts: list[str], data: st.DataObject) -> None:
    marks: list[Mark] = []
    start = 0
    for part in parts:
        if data.draw(st.booleans()):
            marks.append(Mark(Span(start, start + len(part)), "c"))
        start += len(part)
    pieces = list(Cell("".join(parts), "reviewed", tuple(marks)).pieces())
    assert "".join(text for text, _concept in pieces) == "".join(parts)
    assert [text for text, concept in pieces if concept] == [
        "".join(parts)[span.start : span.end] for span, _concept in marks
    ]


@pytest.mark.parametrize("name", names())
def test_every_writer_loads_and_writes_the_same_bytes_twice(name: str) -> None:
    writer = load(name)
    written = list(writer.write(article()))
    assert written
    assert written == list(writer.write(article()))


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two texts, of which one has an English translation, and a configuration."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "seeds" / "2022").mkdir(parents=True)
    (tmp_path / "seeds" / "2022" / "a.txt").write_text("Tokajew in Almaty\n\nEr schwieg.\n", encoding="utf-8")
    (tmp_path / "seeds" / "b.txt").write_text("Putin reist ab.\n", encoding="utf-8")
    (tmp_path / "tolmach.toml").write_text(
        f'sources = ["seeds"]\nglossary = "{(CASES / "glossary.toml").as_posix()}"\n', encoding="utf-8"
    )
    text = next(text for text in texts(find([tmp_path / "seeds"], Config()), "de") if text.id == "2022/a")
    drafts = [
        Translated(segment.id, segment.text, segment.line, target, "argos de_en 1.3")
        for segment, target in zip(text.segments, ("Tokayev in Almaty", "He was silent."), strict=True)
    ]
    merge(path_of(tmp_path / "translations", "en", text.id), "de", "en", "seeds/2022/a.txt", drafts)
    return tmp_path


def run(*arguments: str) -> list[str]:
    return CliRunner().invoke(COMMAND, arguments, catch_exceptions=False, standalone_mode=False).stdout.splitlines()


def test_the_command_writes_the_configured_texts(house: Path) -> None:
    assert run() == ["translations/parallel/2022/a.html", "translations/parallel/b.html"]
    first = (house / "translations" / "parallel" / "2022" / "a.html").read_bytes()
    assert "He was silent." in first.decode("utf-8")
    assert "argos de_en 1.3" in first.decode("utf-8")
    assert str(house) not in first.decode("utf-8")
    assert first.count(b'data-state="missing"') == 2
    assert b"\r" not in first
    run()
    assert (house / "translations" / "parallel" / "2022" / "a.html").read_bytes() == first


@pytest.mark.parametrize(
    ("arguments", "written"),
    [
        (["2022/a"], ["translations/parallel/2022/a.html"]),
        (["seeds/2022/a.txt"], ["translations/parallel/2022/a.html"]),
        (["2022/a", "seeds/2022/a.txt"], ["translations/parallel/2022/a.html"]),
        (["b", "--output", "side.html"], ["side.html"]),
        (["b", "--output", "out"], ["out/b.html"]),
        (["b", "--languages", "de,ru"], ["translations/parallel/b.html"]),
        (["b", "--languages", "en,ru"], ["translations/parallel/b.html"]),
        (["b", "--format", "tmx"], ["translations/parallel/b.tmx"]),
        (["b", "--format", "xliff"], ["translations/parallel/b.en.xlf", "translations/parallel/b.ru.xlf"]),
        (["b", "--format", "po", "--languages", "ru"], ["translations/parallel/b.ru.po"]),
        (["b", "--format", "po", "--output", "side.po"], ["side.en.po", "side.ru.po"]),
        (["b", "--format", "po", "--languages", "en,de", "--output", "side.en.po"], ["side.en.po"]),
        (["b", "--glossary", "none"], ["translations/parallel/b.html"]),
        (["b", "--output", "side.docx"], ["side.docx"]),
        (["b", "--output", "side.XLF"], ["side.en.xlf", "side.ru.xlf"]),
        (["b", "--output", "side.2023"], ["side.2023/b.html"]),
    ],
)
def test_the_command_finds_texts_and_places(house: Path, arguments: list[str], written: list[str]) -> None:
    assert run(*arguments) == written
    assert all((house / path).is_file() for path in written)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["b", "--format", "docx", "--output", "side.html"], "side.html: what is written here ends in .docx"),
        (["b", "--output", "side.pdf"], "side.pdf: what is written here ends in .html"),
        (["b", "--format", "xliff", "--output", "side.xliff"], "side.xliff: what is written here ends in .xlf"),
    ],
)
def test_a_file_of_another_format_is_not_made_a_folder(house: Path, arguments: list[str], message: str) -> None:
    done = run_program("parallel", *arguments, folder=house)
    assert done.code == 2 and done.errors.startswith(f"error: {message}\nhint: ")
    assert not list(house.glob("side*"))


def noted(path: Path) -> list[str]:
    text = Reader(path.read_text(encoding="utf-8"))
    return [
        str(attributes["id"])
        for tag, attributes in text.elements
        if tag == "tr" and "noted" in str(attributes.get("class")).split()
    ]


def test_findings_stand_beside_their_sentences_when_they_are_asked_for(house: Path) -> None:
    (house / "seeds" / "b.txt").write_text("Toqajew schwieg. Tokajew sprach.\n", encoding="utf-8")
    text = next(text for text in texts(find([house / "seeds"], Config()), "de") if text.id == "b")
    russian = [
        Translated(segment.id, segment.text, segment.line, target, "argos 1")
        for segment, target in zip(text.segments, ("Т\u006fкаев молчал.", "Он сказал."), strict=True)
    ]
    merge(path_of(house / "translations", "ru", "b"), "de", "ru", "seeds/b.txt", russian)
    (written,) = run("b", "--findings")
    shown = Reader((house / written).read_text(encoding="utf-8")).text
    assert [shown.count(rule) for rule in ("deprecated-term", "mixed-script", "term-missing")] == [1, 1, 1]
    assert noted(house / written) == [segment.id for segment in text.segments]
    assert "only-findings" in (house / written).read_text(encoding="utf-8")
    run("b", "--findings", "--rows", "paragraph")
    assert noted(house / written) == [f"{text.segments[0].id}+1"]


def test_a_finding_is_said_once_of_a_sentence_and_only_where_its_language_is_shown(house: Path) -> None:
    (house / "seeds" / "b.txt").write_text("Toqajew schwieg, sagte Toqajew.\n", encoding="utf-8")
    (written,) = run("b", "--findings")
    assert Reader((house / written).read_text(encoding="utf-8")).text.count("deprecated-term") == 1
    run("b", "--findings", "--languages", "en,ru")
    assert noted(house / written) == []
    assert 'id="only-findings"' not in (house / written).read_text(encoding="utf-8")


def test_rows_and_filter_are_named_by_what_they_are(house: Path) -> None:
    (house / "seeds" / "b.txt").write_text("Toqajew schwieg. Er ging.\n", encoding="utf-8")
    for rows, unit, units in (("sentence", "Satz", "Sätze"), ("paragraph", "Absatz", "Absätze")):
        (written,) = run("b", "--findings", "--rows", rows)
        text = Reader((house / written).read_text(encoding="utf-8")).text
        assert f"nur {units} mit Befunden" in text
        assert re.search(rf"^{unit}\s", text, re.MULTILINE)


def test_rows_are_numbered_through_and_ruled_by_paragraphs_across_groups() -> None:
    rows = tuple(replace(article().rows[1], id=f"a#{number:08x}", paragraph=number // 4) for number in range(60))
    elements = Reader(page(replace(article(), rows=rows))).elements
    numbers = [attributes["data-number"] for _tag, attributes in elements if "data-number" in attributes]
    assert numbers == [str(number) for number in range(1, 61)]
    classes = [str(attributes["class"]).split() for tag, attributes in elements if tag == "tr" and attributes.get("id")]
    assert [number for number, names in enumerate(classes) if "start" in names] == list(range(0, 60, 4))
    assert [tag for tag, _attributes in elements].count("tbody") == 3


def test_without_findings_there_is_no_filter(house: Path) -> None:
    run("b", "--findings")
    page = (house / "translations" / "parallel" / "b.html").read_text(encoding="utf-8")
    assert 'id="only-findings"' not in page
    (house / "seeds" / "b.txt").write_text("Toqajew schwieg.\n", encoding="utf-8")
    run("b")
    assert noted(house / "translations" / "parallel" / "b.html") == []


@pytest.mark.parametrize(
    ("name", "beginning"), [("docx", b"PK\3\4"), ("epub", b"PK\3\4"), ("html", b"<!DOCTYPE html>")]
)
def test_the_same_command_writes_the_same_file(house: Path, name: str, beginning: bytes) -> None:
    (path,) = run("2022/a", "--format", name)
    first = (house / path).read_bytes()
    assert first.startswith(beginning)
    run("2022/a", "--format", name)
    assert (house / path).read_bytes() == first


def test_the_columns_stand_in_the_order_named(house: Path) -> None:
    run("2022/a", "--format", "md", "--languages", "en,de", "--output", "side.md")
    lines = (house / "side.md").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "|  | English | Deutsch |"
    assert lines[3].startswith("| 2 | He was silent. *(draft)* | Er schwieg.")


def test_the_texts_may_be_in_another_language(house: Path) -> None:
    (house / "seeds" / "b.txt").write_text("Токаев в Алматы.\n", encoding="utf-8")
    run("b", "--format", "xliff", "--from", "ru", "--languages", "de,ru", "--output", "side.xlf")
    written = (house / "side.de.xlf").read_text(encoding="utf-8")
    assert 'srcLang="ru" trgLang="de"' in written
    assert '<mrk id="m1" type="term">Токаев</mrk>' in written


def test_a_paragraph_in_a_row(house: Path) -> None:
    (house / "seeds" / "b.txt").write_text("Putin reist ab. Er kommt wieder.\n", encoding="utf-8")
    run("b", "--format", "tsv", "--rows", "paragraph", "--languages", "de,en", "--output", "side.tsv")
    (row,) = (house / "side.tsv").read_text(encoding="utf-8").splitlines()[1:]
    assert row.split("\t")[1:4] == ["Putin reist ab. Er kommt wieder.", "", "missing"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["c"],
        ["seeds/c.txt"],
        ["--output", "side.html"],
        ["--format", "papyrus"],
        ["--languages", "de,english!"],
        ["--format", "po", "--languages", "de"],
        ["--format", "po", "--output", "side.po"],
        ["--languages", ""],
        ["--glossary", "nowhere"],
    ],
)
def test_mistakes_are_told_and_nothing_is_written(house: Path, arguments: list[str]) -> None:
    with pytest.raises(TolmachError) as mistake:
        run(*arguments)
    assert mistake.value.hint
    assert not (house / "translations" / "parallel").exists()
    assert not (house / "side.html").exists()
