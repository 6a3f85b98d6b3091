"""Documents for other programs: valid, complete, harmless in each format, and read back as they were written."""

from __future__ import annotations

import csv
import html
import io
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from test_parallel import HOSTILE, article, hostile
from tolmach.pages import visible
from tolmach.parallel import exchange
from tolmach.parallel.document import Cell, Mark, ParallelDocument, Row, Signature
from tolmach.parallel.paragraphs import in_paragraphs
from tolmach.parallel.writers import load
from tolmach.text import formats
from tolmach.text.exchange import Aligned, Notes, State, base, legal
from tolmach.text.formats import Source
from tolmach.text.identity import fold
from tolmach.text.model import Span

if TYPE_CHECKING:
    from collections.abc import Callable

XLIFF = "{urn:oasis:names:tc:xliff:document:2.0}"
GLOSSARY = "{urn:oasis:names:tc:xliff:glossary:2.0}"
METADATA = "{urn:oasis:names:tc:xliff:metadata:2.0}"
BILINGUAL = ("xliff", "xliff12", "po")
NAMES = ("tmx", "tsv", "xliff", "xliff12", "po")
# all that UTF-8 can hold, with what formats trip over more often
TEXTS = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(
        st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("\"'\\|<>&=+-@\t\n\r\x00\x1b{}%")),
        max_size=30,
    ),
)
WORDS = TEXTS.filter(lambda text: bool(fold(text)))


def files(document: ParallelDocument, name: str) -> dict[str, bytes]:
    return dict(load(name).write(document))


def back(name: str, ending: str, content: bytes) -> formats.Returned:
    read = formats.load(name).back
    assert read is not None
    return read(Source(f"a{ending}", "a", content))


def untranslated(document: ParallelDocument) -> ParallelDocument:
    rows = tuple(
        Row(row.id, row.paragraph, row.heading, {"de": row.cells["de"], "en": Cell(), "ru": Cell()})
        for row in document.rows
    )
    return ParallelDocument("a", "a", document.languages, rows, (), Signature("0"), "de")


DOCUMENTS = pytest.mark.parametrize(
    "document", [article(), hostile(), untranslated(article()), untranslated(hostile())]
)


# what stands in the files


def structure_of_xliff(content: bytes) -> Iterator[str]:
    """What is wrong with an XLIFF 2.1 file, as far as the standard's text says it of what we write."""
    root = ElementTree.fromstring(content)
    if (root.tag, root.get("version")) != (f"{XLIFF}xliff", "2.1") or not (root.get("srcLang") and root.get("trgLang")):
        yield "root"
    (file,) = root
    known = {XLIFF + name for name in ("unit", "notes", "note", "segment", "source", "target", "mrk", "cp")}
    known |= {GLOSSARY + name for name in ("glossary", "glossEntry", "term", "translation", "definition")}
    known |= {METADATA + name for name in ("metadata", "metaGroup", "meta")}
    yield from (element.tag for element in file.iter() if element is not file and element.tag not in known)
    units = file.findall(f"{XLIFF}unit")
    if [unit.get("id") for unit in units] != [f"s{number}" for number in range(1, len(units) + 1)]:
        yield "ids of units"
    for unit in units:
        order = [element.tag.rpartition("}")[2] for element in unit]
        if order != [name for name in ("glossary", "metadata", "segment") if name in order]:
            yield f"order of {order}"
        marks = [mark.get("id") for mark in unit.iter(f"{XLIFF}mrk")]
        if len(marks) != len(set(marks)) or None in marks:
            yield "ids of marks"
        yield from (
            ref
            for ref in (entry.get("ref", "") for entry in unit.iter(f"{GLOSSARY}glossEntry"))
            if ref[1:] not in marks
        )
        segment = unit.find(f"{XLIFF}segment")
        if segment is None or [part.tag for part in segment] not in (
            [f"{XLIFF}source"],
            [f"{XLIFF}source", f"{XLIFF}target"],
        ):
            yield "segment"


def schemas(content: bytes) -> Iterator[str]:
    """What the schemas of OASIS say; they are not ours to hand on, the variable says in which folder they are."""
    etree = pytest.importorskip("lxml.etree")
    folder = Path(os.environ["XLIFF_SCHEMAS"])
    tree = etree.fromstring(content)
    for name, elements in (
        ("xliff_core_2.0.xsd", [tree]),
        ("glossary.xsd", tree.iter(f"{GLOSSARY}glossary")),
        ("metadata.xsd", tree.iter(f"{METADATA}metadata")),
    ):
        schema = etree.XMLSchema(etree.parse(str(folder / name)))
        for element in elements:
            schema.validate(element)
            yield from map(str, schema.error_log)


JUDGES = [structure_of_xliff, *([schemas] if "XLIFF_SCHEMAS" in os.environ else [])]


@pytest.mark.parametrize("judge", JUDGES)
@DOCUMENTS
def test_xliff_is_valid(document: ParallelDocument, judge: Callable[[bytes], Iterator[str]]) -> None:
    written = files(document, "xliff")
    assert list(written) == [".en.xlf", ".ru.xlf"]
    assert [problem for content in written.values() for problem in judge(content)] == []


@pytest.mark.parametrize("judge", JUDGES)
def test_the_judge_of_xliff_finds_faults(judge: Callable[[bytes], Iterator[str]]) -> None:
    good = files(article(), "xliff")[".en.xlf"].decode()
    for before, after in (
        ("<segment", "<segments"),
        ('id="s2"', 'id="s1"'),
        ('version="2.1" ', ""),
        ("<source>", "<target></target><source>"),
    ):
        assert before in good
        bad = good.replace(before, after).replace("</segment>", "</segments>" if "segments" in after else "</segment>")
        assert list(judge(bad.encode())) or (judge is schemas and "s1" in after)


def test_xliff_names_marks_and_explains() -> None:
    root = ElementTree.fromstring(files(article(), "xliff")[".ru.xlf"])
    units = list(root.iter(f"{XLIFF}unit"))
    assert [unit.get("name") for unit in units] == [row.id for row in article().rows]
    states = [(one.get("state"), one.get("subState")) for one in root.iter(f"{XLIFF}segment")]
    assert states == [("reviewed", None), ("reviewed", None), ("initial", None)]
    english = ElementTree.fromstring(files(article(), "xliff")[".en.xlf"])
    assert [one.get("subState") for one in english.iter(f"{XLIFF}segment")] == [None, "tolmach:draft", None]
    assert [mark.text for mark in units[0].iter(f"{XLIFF}mrk")] == ["Tokajew", "Almaty"]
    entry = next(units[0].iter(f"{GLOSSARY}glossEntry"))
    assert entry.get("ref") == "#m1"
    assert [part.text for part in entry][:2] == ["Kassym-Schomart Tokajew", "Касым-Жомарт Кемелевич Токаев"]
    assert "Toqajew" not in "".join(units[0].itertext())


def test_tmx_has_all_languages_in_one_unit_also_where_one_is_missing() -> None:
    root = ElementTree.fromstring(files(article(), "tmx")[".tmx"])
    header = root.find("header")
    assert header is not None and header.get("srclang") == "de"
    language = "{http://www.w3.org/XML/1998/namespace}lang"
    for unit, row in zip(root.iter("tu"), article().rows, strict=True):
        assert unit.get("tuid") == row.id
        texts = {one.get(language, ""): one.findtext("seg") or "" for one in unit.iter("tuv")}
        assert texts == {code: cell.text for code, cell in row.cells.items()}
        states = [one.findtext("prop[@type='x-state']") for one in unit.iter("tuv")]
        assert states == [None, row.cells["en"].state, row.cells["ru"].state]


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="gettext is not installed")
@DOCUMENTS
def test_po_passes_msgfmt(document: ParallelDocument, tmp_path: Path) -> None:
    for ending, content in files(document, "po").items():
        path = tmp_path / f"a{ending}"
        path.write_bytes(content)
        done = subprocess.run(
            ["msgfmt", "-cv", "-o", os.devnull, str(path)], capture_output=True, text=True, check=False
        )
        assert (done.returncode, "fatal" in done.stderr) == (0, False), done.stderr
        # Gtranslator shows every message as faulty where a field is missing in the header
        assert "missing in header" not in done.stderr


def test_po_marks_drafts_and_tells_terms() -> None:
    text = files(article(), "po")[".en.po"].decode()
    first, second, third = text.split("\n\n")[1:]
    assert "fuzzy" not in first and "#, fuzzy" in second and "fuzzy" not in third
    assert "#. Kassym-Schomart Tokajew = Kassym-Jomart Tokayev\n" in first
    assert text.startswith("# tolmach 0.0.0; glossary ")
    assert 'msgid "Kassym-Schomart Tokajews Sprecher nannte \\"die OVKS\\" & Russland nicht."' in second


@pytest.mark.parametrize("sign", [*"=+-@", "\uff1d"])
def test_no_cell_of_a_table_is_a_formula(sign: str) -> None:
    for text in (f"{sign}1+1", f"'{sign}1", f"\t{sign}1", f" {sign}1"):
        row = Row(text, 0, False, {"de": Cell(text, "reviewed"), "en": Cell(text, "draft")})
        document = ParallelDocument("a", "a", ("de", "en"), (row,), (), Signature("0"))
        content = files(document, "tsv")[".tsv"]
        cells = content.decode("utf-8-sig").splitlines()[1].split("\t")
        assert all(cell[:1] not in "=+-@\uff1d\t" for cell in cells if cell)
        (unit,) = back("tsv", ".tsv", content).units
        assert (unit.id, unit.texts) == (fold(text), {"de": fold(text), "en": fold(text)})


@DOCUMENTS
def test_a_spreadsheet_reads_every_row_whole(document: ParallelDocument) -> None:
    text = files(document, "tsv")[".tsv"].decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), "excel-tab"))
    assert rows[0] == ["id", "de", "en", "en state", "ru", "ru state", "made from"]
    assert {len(row) for row in rows} == {7}
    assert [re.sub("^'(?='*[=+@-])", "", row[1]) for row in rows[1:]] == [
        " ".join(row.cells["de"].text.replace("\0", "\ufffd").split()) for row in document.rows
    ]


_WRITTEN = re.compile(r"\\([!-/:-@\[-`{-~])|(&(?:amp|lt|gt|#124|#92);)")


@DOCUMENTS
def test_no_text_breaks_the_markdown_table(document: ParallelDocument) -> None:
    lines = files(document, "md")[".md"].decode().split("\n")
    for line, row in zip(lines[2:], document.rows, strict=False):
        number, *cells = re.fullmatch(r"\| (.*) \|", line)[1].split("|")  # type: ignore[index]
        assert len(cells) == 3, number
        text = re.sub(r"( ?\[\^\d+\])*( \*\(Entwurf\)\*)?$", "", cells[0].strip()).removeprefix("**").removesuffix("**")
        assert not re.search(r"[<>&|*_\[\]`~#$\\]", _WRITTEN.sub("", text))
        shown = _WRITTEN.sub(lambda found: found[1] or html.unescape(found[2]), text)
        assert shown == " ".join(visible(row.cells["de"].text).split())
    assert lines[len(document.rows) + 2] == ""


def test_markdown_says_what_is_draft_and_missing_and_explains_terms() -> None:
    lines = files(article(), "md")[".md"].decode().splitlines()
    assert lines[0] == "|  | Deutsch | English | Русский |"
    assert lines[2].startswith("| 1 | **Tokajew reist nach Almaty**[^2] [^1] | **Tokayev travels")
    assert lines[3].count("*(draft)*") == 1 and "*(нет перевода)*" in lines[4]
    assert "[^1]: Ort \u00b7 de Almaty (vermeiden: Alma-Ata) \u00b7 en Almaty \u00b7 ru Алматы" in lines
    assert lines[-1].startswith("tolmach 0.0.0; glossary ")


# the same in all formats


@pytest.mark.parametrize("name", [*NAMES, "md"])
@DOCUMENTS
def test_every_sentence_stands_there_once_and_in_order(document: ParallelDocument, name: str) -> None:
    for ending, content in files(document, name).items():
        if name == "md":
            return
        units = back(name, ending, content).units
        assert [fold(unit.texts["de"]) for unit in units] == [
            fold(row.cells["de"].text if name == "xliff" else _kept(row.cells["de"].text, name))
            for row in document.rows
        ]


def _kept(text: str, name: str) -> str:
    return legal(text) if name in ("tmx", "xliff12") else text.replace("\0", "\ufffd")


@pytest.mark.parametrize("name", [*NAMES, "md", "html"])
def test_columns_in_any_order_and_number(name: str) -> None:
    document = article()
    for languages in (("en", "ru"), ("ru", "de"), ("ru", "en", "de")):
        arranged = ParallelDocument(
            document.title, document.id, languages, document.rows, document.terms, document.signature, "de"
        )
        targets = [code for code in languages if code != "de"]
        written = files(arranged, name)
        if name in BILINGUAL:
            assert [ending.split(".")[1] for ending in written] == targets
            for ending, content in written.items():
                assert back(name, ending, content).source == "de"
            continue
        text = b"".join(written.values()).decode()
        places = [text.index(arranged.rows[1].cells[code].text[-6:-1]) for code in languages]
        assert places == sorted(places)
        assert ("kam keine Antwort" in text) == ("de" in languages)


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
def test_what_is_written_is_read_back(name: str, data: st.DataObject) -> None:
    """Of each format but for what it cannot hold, which stands in its documentation."""
    languages = ("de", "en") if name in BILINGUAL else ("de", "en", "ru")
    states: st.SearchStrategy[State] = st.sampled_from(["reviewed", "draft"])

    def unit(number: int) -> Aligned:
        texts = {"de": data.draw(WORDS)}
        texts |= {code: data.draw(TEXTS) for code in languages[1:]}
        found = {code: data.draw(states) if fold(_kept(texts[code], name)) else "missing" for code in languages[1:]}
        bases = {code: base(text, reviewed=True) for code, text in texts.items() if code != "de"}
        return Aligned(f"{data.draw(st.sampled_from(HOSTILE))}#{number}", texts, found, bases)

    units = [unit(number) for number in range(data.draw(st.integers(1, 4)))]
    write = formats.load(name).write
    assert write is not None
    content = b"".join(write(units, languages, Notes("1", "de", "a", "tolmach")))
    returned = back(name, f".{name}", content)
    assert (returned.source, returned.targets) == ("de", languages[1:])

    def comparable(one: Aligned) -> tuple[object, ...]:
        texts = {code: " ".join(_kept(text, name).split()) for code, text in one.texts.items()}
        return (" ".join(_kept(legal(one.id), name).split()), texts, one.states, one.bases)

    if name == "xliff":
        assert [(one.texts, one.states, one.bases) for one in returned.units] == [
            (one.texts, one.states, one.bases) for one in units
        ]
    else:
        assert [comparable(one) for one in returned.units] == [comparable(one) for one in units]


@pytest.mark.parametrize("name", [*NAMES, "md", "html"])
def test_paragraphs_join_their_sentences(name: str) -> None:
    rows = tuple(
        Row(f"a#0000000{number}", paragraph, False, {"de": Cell(f"Satz {number}.", "reviewed"), "en": english})
        for number, (paragraph, english) in enumerate(
            [
                (0, Cell("One.", "reviewed")),
                (1, Cell("Two.", "reviewed", (Mark(Span(0, 3), "two"),))),
                (1, Cell()),
                (1, Cell("Four.", "reviewed", (Mark(Span(0, 4), "four"),))),
                (2, Cell()),
                (2, Cell()),
                (3, Cell("Seven.", "reviewed")),
                (3, Cell("Eight.", "reviewed")),
            ]
        )
    )
    document = in_paragraphs(ParallelDocument("a", "a", ("de", "en"), rows, (), Signature("0")))
    assert [row.id for row in document.rows] == ["a#00000000", "a#00000001+2", "a#00000004+1", "a#00000006+1"]
    english = [(row.cells["en"].text, row.cells["en"].state) for row in document.rows]
    assert english == [
        ("One.", "reviewed"),
        ("Two. [\u2026] Four.", "draft"),
        ("", "missing"),
        ("Seven. Eight.", "reviewed"),
    ]
    assert [text for text, concept in document.rows[1].cells["en"].pieces() if concept] == ["Two", "Four"]
    assert "Satz 1. Satz 2. Satz 3." in b"".join(files(document, name).values()).decode()


def test_drafts_and_notes_in_the_exchange_model() -> None:
    units = list(exchange.units(article()))
    assert units[1].states == {"en": "draft", "ru": "reviewed"}
    assert (units[2].states["ru"], list(units[2].bases)) == ("missing", ["en"])
    notes = exchange.notes(article())
    assert (notes.source, notes.document, notes.paragraphs) == ("de", "news/almaty", False)
    assert notes.signature.endswith("; drafts: argos 1.11 (translate-de_en 1.3)")
