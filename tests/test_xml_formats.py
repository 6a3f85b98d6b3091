"""Bilingual XML: every segment is read, and a change leaves every other byte of the file as it was."""

import gc
import re
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolmach.errors import TolmachError
from tolmach.text.formats import Edit, Source, load, read, rewrite
from tolmach.text.formats._xml import Lines, language_tag
from tolmach.text.model import Span, Unit

TABLE = tomllib.loads((Path(__file__).parent / "cases" / "formats" / "bilingual.toml").read_text(encoding="utf-8"))
CASES, MALFORMED = TABLE["case"], TABLE["malformed"]
BOM = b"\xef\xbb\xbf"


def units(source: Source) -> list[Unit]:
    return [unit for document in read(source) for unit in document.units]


def as_saved_on_windows(text: str) -> bytes:
    return BOM + text.lstrip("\n").replace("\n", "\r\n").encode("utf-8")


def source_of(case: dict[str, Any]) -> Source:
    return Source(case["path"], "lage", as_saved_on_windows(case["content"]))


def edits_of(case: dict[str, Any], found: list[Unit]) -> Iterator[Edit]:
    for index, side, old, new in case["edits"]:
        passage = found[index].source if side == "source" else found[index].target
        places = [match.span() for match in re.finditer(re.escape(old), passage.text)]
        assert places, old
        for start, end in places:
            yield Edit(Span(start, end), new, (index, side))


def quoted(edit: Edit, found: list[Unit]) -> str:
    assert edit.entry
    unit = found[edit.entry[0]]
    passage = unit.source if edit.entry[1] == "source" else unit.target
    return passage.text[edit.span.start : edit.span.end]


each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])


@each_case
def test_what_is_read(case: dict[str, Any]) -> None:
    found = units(source_of(case))
    assert [[unit.id, unit.source.text, unit.target.text, unit.state] for unit in found] == case["units"]
    assert [unit.line for unit in found] == case["lines"]
    assert [unit.index for unit in found] == list(range(len(found)))
    assert {unit.source.language for unit in found} == {case["languages"][0]}
    assert found[0].target.language == case["languages"][1]


@each_case
def test_a_change_leaves_all_other_bytes(case: dict[str, Any]) -> None:
    source = source_of(case)
    found = units(source)
    changed, refused = rewrite(source, list(edits_of(case, found)))
    expected = case["content"]
    for old, new in case["written"]:
        assert expected.count(old) == 1, old
        expected = expected.replace(old, new)
    assert changed.decode("utf-8") == as_saved_on_windows(expected).decode("utf-8")
    assert [quoted(edit, found) for edit in refused] == case["refused"]


@each_case
def test_a_change_is_read_back(case: dict[str, Any]) -> None:
    source = source_of(case)
    found = units(source)
    edits = list(edits_of(case, found))
    changed, refused = rewrite(source, edits)
    again = units(Source(source.path, source.id, changed))
    for unit, after in zip(found, again, strict=True):
        for side in ("source", "target"):
            text = unit.source.text if side == "source" else unit.target.text
            made = [edit for edit in edits if edit.entry == (unit.index, side) and edit not in refused]
            for edit in sorted(made, key=lambda edit: edit.span, reverse=True):
                text = text[: edit.span.start] + edit.text + text[edit.span.end :]
            assert (after.source.text if side == "source" else after.target.text) == text
    assert [(unit.id, unit.state, unit.line) for unit in again] == [(unit.id, unit.state, unit.line) for unit in found]


@each_case
def test_no_change_is_no_change(case: dict[str, Any]) -> None:
    source = source_of(case)
    splice = load("tmx" if source.path.endswith("tmx") else "xliff").rewrite
    assert splice is not None
    assert splice(source, []) == (source.content, ())
    same = [Edit(Span(0, len(unit.target.text)), unit.target.text, (unit.index, "target")) for unit in units(source)]
    assert rewrite(source, same)[0] == source.content


@pytest.mark.parametrize("case", MALFORMED, ids=lambda case: case["name"])
def test_malformed_files_are_refused(case: dict[str, Any]) -> None:
    source = Source(case["path"], "a", case["content"].encode())
    for use in (lambda: list(read(source)), lambda: rewrite(source, [Edit(Span(0, 0), "", (0, "target"))])):
        with pytest.raises(TolmachError) as caught:
            use()
        assert (caught.value.path, caught.value.line) == (case["path"], case["line"])
        assert caught.value.hint


# Encodings


UNIT = '<trans-unit id="1"><source>Токаев</source><target>Белоруссия</target></trans-unit>'
PLAIN = '<?xml version="1.0" encoding="{}"?>\r\n<xliff version="1.2"><file>' + UNIT + "</file></xliff>\r\n"


@pytest.mark.parametrize(
    ("declared", "encoding", "new"),
    [
        ("UTF-8", "utf-8", "Беларусь Қ"),
        ("utf-8", "utf-8-sig", "Беларусь Қ"),
        ("UTF-16", "utf-16", "Беларусь Қ"),
        ("UTF-16LE", "utf-16-le", "Беларусь Қ"),
        ("UTF-16BE", "utf-16-be", "Беларусь Қ"),
        ("UTF-32", "utf-32", "Беларусь Қ"),
        ("windows-1251", "cp1251", "Беларусь &#1178;"),
        ("KOI8-R", "koi8-r", "Беларусь &#1178;"),
    ],
)
def test_the_encoding_stays(declared: str, encoding: str, new: str) -> None:
    content = PLAIN.format(declared).encode(encoding)
    source = Source("a.xlf", "a", content)
    (unit,) = units(source)
    assert (unit.source.language, unit.target.language) == ("ru", "ru")
    changed, refused = rewrite(source, [Edit(Span(0, 10), "Беларусь Қ", (0, "target"))])
    assert refused == ()
    assert changed.decode(encoding) == content.decode(encoding).replace("Белоруссия", new)
    assert changed.startswith(content[: content.index(b"<")])
    assert units(Source("a.xlf", "a", changed))[0].target.text == "Беларусь Қ"


def test_bytes_that_could_be_written_in_two_ways_stay() -> None:
    # In ISO-2022-JP a text may change its alphabet as often as it likes.
    text = '<?xml version="1.0" encoding="iso-2022-jp"?><xliff version="1.2"><file>{}</file></xliff>'.format(
        '<trans-unit id="1"><source>a</source><target>\x1b(B\x1b(BMinsk</target></trans-unit>'
    )
    source = Source("a.xlf", "a", text.encode("ascii"))
    edit = Edit(Span(0, 5), "Astana", (0, "target"))
    assert rewrite(source, [edit]) == (source.content, (edit,))


# What cannot be made


def one(text: str, head: str = "") -> Source:
    unit = f"<trans-unit id='1'><source>x</source><target>{text}</target></trans-unit>"
    return Source("a.xlf", "a", f"{head}<xliff version='1.2'><file>{unit}</file></xliff>".encode())


def changed_target(text: str, *edits: tuple[int, int, str]) -> tuple[str, int]:
    """The target after the edits, and how many were refused."""
    content, refused = rewrite(one(text), [Edit(Span(start, end), new, (0, "target")) for start, end, new in edits])
    written = content.decode()
    return written[written.index("<target>") + 8 : written.index("</target>")], len(refused)


@pytest.mark.parametrize(
    ("text", "edits", "expected"),
    [
        ("Toqajew", [(0, 7, "Tokajew"), (2, 3, "x")], ("Tokajew", 1)),
        ("Toqajew", [(2, 3, "k"), (0, 7, "Tokajew")], ("Tokajew", 1)),
        ("Toqajew", [(0, 7, "Tokajew"), (0, 7, "Tokajew")], ("Tokajew", 0)),
        ("Toqajew", [(0, 7, "Tokajew"), (7, 7, "s")], ("Tokajews", 0)),
        ("Toqajew", [(0, 8, "Tokajew")], ("Toqajew", 1)),
        ("Toqajew", [(5, 3, "x")], ("Toqajew", 1)),
        ("Toqajew", [(0, 7, "Tok\x00ajew")], ("Toqajew", 1)),
        ("Toqajew", [(0, 7, "Tok\ud800ajew")], ("Toqajew", 1)),
        ("Toqajew", [(0, 7, "Tokajew\ufffc")], ("Toqajew", 1)),
        ("", [(0, 0, "Minsk")], ("", 1)),
        ("<x/>", [(0, 0, "Minsk"), (1, 1, "Minsk")], ("<x/>", 2)),
        ("<x/>a", [(1, 1, "Minsk")], ("<x/>Minska", 0)),
        ("a<x/>", [(1, 1, "Minsk")], ("aMinsk<x/>", 0)),
        ("a&amp;b", [(1, 2, "und")], ("aundb", 0)),
        ("a&amp;b", [(2, 2, "und")], ("a&amp;undb", 0)),
        ("a]]b&gt;", [(3, 4, "")], ("a]]&gt;", 0)),
        ("a]]b", [(3, 4, ">")], ("a]]&gt;", 0)),
        ("<![CDATA[a]]b>]]>", [(3, 4, "")], ("<![CDATA[a]]b>]]>", 1)),
        ("<![CDATA[a & b]]>", [(2, 3, "<")], ("<![CDATA[a < b]]>", 0)),
        ("<![CDATA[Nursultan]]>", [(0, 9, "Astana]]>")], ("<![CDATA[Nursultan]]>", 1)),
        ("<g>Weiß</g><g>russland</g>", [(0, 12, "Belarus")], ("<g>Belarus</g><g></g>", 0)),
        ("Weiß<!-- - -->russland", [(0, 12, "Belarus")], ("Belarus<!-- - -->", 0)),
        ("<g>OVKS</g>-Truppen", [(0, 12, "ODKB-Truppen")], ("<g>ODKB</g>-Truppen", 0)),
        ("Toqa<ph>x</ph>jew", [(0, 8, "Tokajew")], ("Toqa<ph>x</ph>jew", 1)),
        ("Toqa<ph ctype='bold'>x</ph>jew", [(0, 7, "Tokajew")], ("Toka<ph ctype='bold'>x</ph>jew", 0)),
        ("<g>Nursultan</g><x/><g>OVKS</g>", [(0, 14, "Astana\ufffcODKB")], ("<g>Astana</g><x/><g>ODKB</g>", 0)),
        ("<g>Er</g> sah Toqajew", [(0, 14, "Sie sah Tokajew")], ("<g>Sie</g> sah Tokajew", 0)),
        ("Nur\nSultan", [(0, 10, "Astana")], ("Astana", 0)),
    ],
)  # fmt: skip
def test_edits(text: str, edits: list[tuple[int, int, str]], expected: tuple[str, int]) -> None:
    assert changed_target(text, *edits) == expected


def test_line_ends_in_a_replacement_are_those_of_the_file() -> None:
    source = one("Nursultan", "<?xml version='1.0'?>\r\n")
    changed, _refused = rewrite(source, [Edit(Span(0, 9), "Astana\nheute\rund", (0, "target"))])
    assert b"<target>Astana\r\nheute&#13;und</target>" in changed


@pytest.mark.parametrize("entry", [None, (1, "target"), (-1, "target")])
def test_an_edit_without_its_unit_is_refused(entry: Any) -> None:
    edit = Edit(Span(0, 1), "x", entry)
    assert rewrite(one("Minsk"), [edit]) == (one("Minsk").content, (edit,))


def test_a_format_that_is_only_read_refuses_all() -> None:
    edit = Edit(Span(0, 1), "x")
    source = Source("a.pot", "a", b'msgid "a"\nmsgstr ""\n')
    if load("po").rewrite is None:
        assert rewrite(source, [edit]) == (source.content, (edit,))


# Languages


TMX = """<tmx version="1.4"><header srclang="{}"/><body><tu>
<tuv xml:lang="en_us"><seg>Tokayev</seg></tuv><tuv xml:lang="de"><seg>Tokajew</seg></tuv>
<tuv xml:lang="ru"><seg>Токаев</seg></tuv></tu></body></tmx>"""


@pytest.mark.parametrize(
    ("header", "source", "target", "expected"),
    [
        ("de", None, None, ["de>en-US", "de>ru"]),
        ("*all*", None, None, ["en-US>de", "en-US>ru"]),
        ("EN", None, "ru", ["en-US>ru"]),
        ("en", "ru", None, ["ru>en-US", "ru>de"]),
        ("en", "ru", "de-CH", ["ru>de"]),
        ("de", None, "de", ["en-US>de"]),
        ("de", None, "kk", ["de>en-US", "de>ru"]),
        ("kk", None, "ru", ["en-US>ru"]),
    ],
)
def test_the_pair_asked_for(header: str, source: str | None, target: str | None, expected: list[str]) -> None:
    found = units(Source("a.tmx", "a", TMX.format(header).encode(), target, source))
    assert [f"{unit.source.language}>{unit.target.language}" for unit in found] == expected


def test_a_source_with_two_translations_is_changed_once() -> None:
    source = Source("a.tmx", "a", TMX.format("de").encode())
    edits = [Edit(Span(0, 7), "Toqajew", (number, "source")) for number in (0, 1)]
    assert rewrite(source, edits) == (source.content.replace(b"Tokajew", b"Toqajew"), ())


@pytest.mark.parametrize(
    ("written", "tag"), [("EN-us", "en-US"), ("de_DE", "de-DE"), ("zh-hans", "zh-hans"), ("", ""), (" ru ", "ru")]
)
def test_language_tags(written: str, tag: str) -> None:
    assert language_tag(written) == tag


def test_languages_that_the_file_does_not_name() -> None:
    content = b"<xliff version='2.0' srcLang='en'><file><unit id='1'><segment><source>Minsk</source>"
    content += "<target>Минск и Астана</target></segment></unit></file></xliff>".encode()
    (unit,) = units(Source("a.xlf", "a", content))
    assert (unit.source.language, unit.target.language) == ("en", "ru")
    (unit,) = units(Source("a.xlf", "a", content, "uk", "de"))
    assert (unit.source.language, unit.target.language) == ("en", "uk")


# Any text


WORDS = st.text(alphabet="Toqajew ТокаевҚß&<>]\"'\n\u0301\U0001f600-", min_size=1, max_size=12)
OBJECT = "\ufffc"
TAGS = {
    "<g id='1'>": "</g>", "<mrk mtype='term'>": "</mrk>", "<x id='1'/>": OBJECT, "<ph id='1'>Toqajew</ph>": OBJECT,
    "<bx id='1'/>": "", "<bpt id='1'>&lt;b></bpt>": "", "<!-- Toqajew -->": "", "<?php Toqajew ?>": "",
}  # fmt: skip


@st.composite
def written_texts(draw: st.DrawFn, depth: int = 2) -> str:
    """A text with inline tags as a file writes it."""
    parts = []
    for _number in range(draw(st.integers(0, 4))):
        tag, closing = draw(st.sampled_from(list(TAGS.items())))
        words = draw(WORDS)
        parts.append(f"<![CDATA[{words.replace(']', '')}]]>" if draw(st.integers(0, 9)) == 0 else escape(words))
        if closing.startswith("</"):
            parts.append(tag + (draw(written_texts(depth - 1)) if depth else "") + closing)
        elif draw(st.booleans()):
            parts.append(tag)
    return "".join(parts)


def slowly_read(element: ElementTree.Element) -> str:
    """What is read of an element, by another parser."""
    shown = {"x": OBJECT, "ph": OBJECT, "bpt": "", "bx": ""}
    texts = [element.text or ""]
    for child in element:
        texts += [shown[child.tag] if child.tag in shown else slowly_read(child), child.tail or ""]
    return "".join(texts)


@given(written_texts(), written_texts())
def test_another_parser_reads_the_same(first: str, second: str) -> None:
    text = f"<xliff version='1.2'><file><trans-unit id='1'><source>{first}</source><target>{second}</target>"
    text += "</trans-unit></file></xliff>"
    (unit,) = units(Source("a.xlf", "a", text.encode(), "de", "de"))
    tree = ElementTree.fromstring(text)
    assert [unit.source.text, unit.target.text] == [
        slowly_read(element) for name in ("source", "target") for element in tree.iter(name)
    ]


@given(written_texts(), st.data())
def test_any_edits_change_just_these(written: str, data: st.DataObject) -> None:
    source = one(written)
    (unit,) = units(source)
    text = unit.target.text
    places = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True)))
    edits = [
        Edit(Span(start, end), data.draw(WORDS | st.just("")), (0, "target"))
        for start, end in zip(places[::2], places[1::2], strict=False)
    ]
    content, refused = rewrite(source, edits)
    (after,) = units(Source("a.xlf", "a", content))
    expected = text
    for edit in reversed([edit for edit in edits if edit not in refused]):
        expected = expected[: edit.span.start] + edit.text + expected[edit.span.end :]
    assert after.target.text == expected
    tags = re.compile(rb"<!\[CDATA\[.*?\]\]>|(<[^>]*>)", re.DOTALL)
    assert [tag for tag in tags.findall(content) if tag] == [tag for tag in tags.findall(source.content) if tag]
    assert all(OBJECT in text[edit.span.start : edit.span.end] or "]" in text + edit.text for edit in refused)


def test_blocks_cut_between_units() -> None:
    unit = (
        "<trans-unit id='{}'><source>" + "Minsk " * 9 + "</source><target>" + "Минск " * 9 + "</target></trans-unit>\n"
    )
    body = "".join(map(unit.format, range(6_000)))
    text = f"\ufeff<xliff version='1.2'><file source-language='de' target-language='ru'>\n{body}</file></xliff>\n"
    found = list(read(Source("a.xlf", "a", text.encode())))
    assert len(found) > 1
    assert "".join(document.text for document in found) == text[1:]
    assert all(len(document.text.encode()) <= 1_000_000 for document in found)
    joined = [unit for document in found for unit in document.units]
    assert [(unit.index, unit.id, unit.line) for unit in joined] == [(n, str(n), n + 2) for n in range(6_000)]
    for document in found:
        assert document.units[0].line - document.line in (0, 1)
        assert f"id='{document.units[-1].id}'" in document.text


def test_deep_nesting_is_read() -> None:
    deep = "<g>" * 50_000 + "Toqajew" + "</g>" * 50_000
    assert units(one(deep))[0].target.text == "Toqajew"
    assert changed_target(deep, (0, 7, "Tokajew")) == (deep.replace("q", "k"), 0)


@pytest.mark.parametrize(
    "unit",
    [
        "<g>a</g>",
        "&amp;",
        "<mrk mtype='seg' mid='1'>a</mrk>",
        "<![CDATA[a\r\nb]]>",
        "<!-- - -->a",
        "\r\na",
        "<ph>x</ph>",
    ],
)
def test_hostile_units_take_linear_time(unit: str) -> None:
    def seconds(count: int) -> float:
        source = one(unit * count)
        edits = [Edit(Span(place, place + 1), "z", (0, "target")) for place in range(0, count, 2)]
        # the collector visits what other tests have loaded, which is not the reader's doing
        gc.disable()
        try:
            began = time.process_time()
            units(source)
            rewrite(source, edits)
            return time.process_time() - began
        finally:
            gc.enable()

    # Quadratic reading takes 16 times as long for four times the text.
    assert seconds(8_000) < 10 * max(seconds(2_000), 0.02)


def test_lines_in_any_order() -> None:
    text = "a\nb\nc\nd"
    lines = Lines(text)
    assert [lines.at(place) for place in (4, 0, 6, 2, 3)] == [3, 1, 4, 2, 2]
