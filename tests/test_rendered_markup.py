"""Markdown and HTML in another language: the same marks, links, code and notes, each where it belongs."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from tolmach.text import formats
from tolmach.text.formats import Source, _inline, markdown
from tolmach.text.formats._markdown import blocks
from tolmach.text.identity import segments
from tolmach.text.model import Segment
from tolmach.text.rendering import Rendering

ROOT = Path(__file__).parents[1]
CASES = tomllib.loads((ROOT / "tests/cases/rendered.toml").read_text(encoding="utf-8"))["case"]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("translations/parallel/*.html")])


def sentences(source: Source, language: str = "") -> list[Segment]:
    """The sentences of a file, or those in one of its languages."""
    documents = [
        replace(document, passages=[one for one in document.passages if language in ("", one.language)])
        for document in formats.read(source)
    ]
    return [segment for document in documents for segment in segments(document)]


def render(source: Source, translate: Callable[[str], str | None], to: str = "ru", language: str = "") -> str:
    """The file with the sentences that `translate` knows; all of them must find their place."""
    known = [(one, translate(one.text)) for one in sentences(source, language)]
    renderings = [Rendering(one.span, one.text, text) for one, text in known if text is not None]
    content, left = formats.render(source, renderings, to)
    assert left == ()
    return content.decode("utf-8")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_marks_stand_where_they_belong(case: dict[str, Any]) -> None:
    source = Source(case["name"], "a", case["source"].encode(), "de")
    translations = dict(case["text"])
    assert set(translations) <= {one.text for one in sentences(source)}
    assert render(source, translations.get, case.get("to", "ru")) == case["expect"]


def read(path: Path) -> Source:
    return Source(path.name, path.stem, path.read_bytes(), "de" if path.suffix == ".html" else "en")


def shown(source: Source) -> list[str]:
    """The words a reader sees."""
    return [word for document in formats.read(source) for one in document.passages for word in one.text.split()]


class Tags(HTMLParser):
    """The tags of a page with their attributes, but those that say something in words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[object, ...]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kept = tuple(one for one in attrs if one[0] not in ("lang", "alt", "title"))
        self.found.append((tag, *kept))

    def handle_endtag(self, tag: str) -> None:
        self.found.append((f"/{tag}",))


def structure(source: Source) -> list[tuple[object, ...]]:
    """The tags of a page, or the marks of a Markdown text: kinds, addresses and code, in order."""
    text = source.content.decode("utf-8")
    if source.path.endswith(".html"):
        return Tags(text).found
    names = blocks.labels(text)
    found = [
        (text[begin.start : begin.end], re.sub(r"^\]\[.*", "]", text[end.start : end.end], flags=re.DOTALL))
        for paragraph in blocks.paragraphs(text)
        for begin, end in sorted(_inline.pairs(paragraph.written, names))
    ]
    objects = [
        (text[block.starts[place] : block.ends[place]],)
        for block in markdown.blocks(text)
        for place, sign in enumerate(block.text())
        if sign == "\ufffc"
    ]
    return [*found, *objects, *((sign,) for sign in re.findall(r"^[ >]*(?:#+|[-*]|\d+\.) ", text, re.MULTILINE))]


def backwards(sentence: str) -> str:
    return " ".join(reversed(sentence.split()))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_document_keeps_its_structure(path: Path) -> None:
    source = read(path)
    written = replace(source, content=render(source, str.upper, "fr", source.language or "").encode(), language="fr")
    assert structure(written) == structure(source)
    assert [word.upper() for word in shown(written)] == [word.upper() for word in shown(source)]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_document_with_its_words_in_another_order_keeps_its_marks(path: Path) -> None:
    source = read(path)
    written = replace(source, content=render(source, backwards, "fr", source.language or "").encode(), language="fr")
    if path.suffix == ".html":
        assert Counter(map(str, structure(written))) == Counter(map(str, structure(source)))
    assert Counter(shown(written)) == Counter(shown(source))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_sentences_in_their_own_language_change_no_byte(path: Path) -> None:
    source = read(path)
    assert (
        render(source, lambda sentence: sentence, source.language or "", source.language or "").encode()
        == source.content
    )


def test_a_page_that_cannot_hold_the_translation_is_utf_8_and_says_so() -> None:
    page = '<html><meta charset="windows-1252"><p>Über Osch.</p>'
    source = Source("a.html", "a", page.encode("cp1252"), "de")
    assert render(source, lambda _text: "Об Оше.") == '<html><meta charset="utf-8"><p>Об Оше.</p>'
    content, _left = formats.render(
        source, [Rendering(one.span, one.text, "Über Osh.") for one in sentences(source)], "en"
    )
    assert content.decode("cp1252") == '<html><meta charset="windows-1252"><p>Über Osh.</p>'


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<head><title>Osch</title></head>", '<head><meta charset="utf-8"><title>Ош</title></head>'),
        ("<p>Osch</p>", "<p>Ош</p>"),
        ("<?xml version='1.0' encoding='us-ascii'?><p>Osch</p>", "<?xml version='1.0' encoding='utf-8'?><p>Ош</p>"),
    ],
)
def test_a_page_in_ascii_can_be_read_by_a_browser(page: str, expected: str) -> None:
    assert render(Source("a.html", "a", page.encode(), "de"), lambda _text: "Ош") == expected


def test_a_sentence_that_stands_elsewhere_is_left() -> None:
    source = Source("a.md", "a", b"Astana wartet.\n", "de")
    (segment,) = sentences(source)
    for moved in (Rendering(segment.span.shifted(1), segment.text, "x"), Rendering(segment.span, "Osch wartet.", "x")):
        assert formats.render(source, [moved], "ru") == (source.content, (moved,))


@pytest.mark.parametrize("name", ["a.md", "a.html"])
def test_thousands_of_marks_in_a_text_without_sentences_all_stay(name: str) -> None:
    text = "*a <b>b **c [d](e) <a href='f'>g</a> " * 3000
    source = Source(name, "a", text.encode(), "de")
    written = render(source, str.upper)
    assert written.count("<b>") == written.count("<a href='f'>G</a>") == 3000
    assert written.count("[D](e)") == (3000 if name == "a.md" else 0)
