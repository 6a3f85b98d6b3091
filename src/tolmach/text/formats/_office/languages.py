"""The paragraphs of a word processor's document as passages, each in the language it is written in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from tolmach.files import load_table
from tolmach.text import detect
from tolmach.text.formats import Source, _blocks
from tolmach.text.formats._office.read import Paragraph, Story
from tolmach.text.formats._prose import Block
from tolmach.text.model import REPLACED, Document, Passage

_CYRILLIC = re.compile("[\u0400-\u052f]")
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+")


def documents(source: Source, name: str, stories: Sequence[Story], default: str) -> Iterator[Document]:
    """The paragraphs in documents of at most 1 MB, one line of text each; `default` is what the file says of all.

    A language that a run or style names counts where it differs from the default and the words do not speak against
    it; else the caller, the file name or a guess decide. The default, which is that of the template or of the computer,
    only says which variety a guess means.
    """
    paragraphs = [paragraph for story in stories for paragraph in story.paragraphs]
    texts = [paragraph.text for paragraph in paragraphs]
    languages = _languages(source, paragraphs, texts, default)
    first, offset = 0, 0
    for last in _cuts(texts):
        text = "\n".join(texts[first:last]) + ("\n" if last < len(texts) else "")
        passages = tuple(_passages(paragraphs[first:last], texts[first:last], languages[first:last], default))
        yield Document(source.path, source.id, name, text, passages, offset=offset, line=first + 1)
        first, offset = last, offset + len(text)


def _cuts(texts: list[str]) -> Iterator[int]:
    size = 0
    for number, text in enumerate(texts):
        if size and size + len(text) >= _blocks.SIZE:
            yield number
            size = 0
        size += len(text) + 1
    yield len(texts)


def _table() -> dict[str, Any]:
    return load_table("tolmach.text.formats", "office.toml")


def tag(value: str) -> str:
    """A language as the documents note it (`de-DE`, `en_us`) as a tag; nothing for «none»."""
    language, hyphen, region = value.strip().replace("_", "-").partition("-")
    if language.lower() in ("", "none", "zxx", "x", "und"):
        return ""
    return language.lower() + hyphen + (region.upper() if len(region) == 2 else region)


def _primary(language: str) -> str:
    return language.partition("-")[0]


def _languages(source: Source, paragraphs: list[Paragraph], texts: list[str], default: str) -> list[str]:
    given = source.language or detect.from_name(source.path)
    guesses = detect.languages(texts)
    return [
        _language(text, _most(paragraph), given or (default if _primary(default) == guess else guess))
        for paragraph, text, guess in zip(paragraphs, texts, guesses, strict=True)
    ]


def _most(paragraph: Paragraph) -> str:
    """The language that most letters are marked with; nothing for that of the document."""
    counts: Counter[str] = Counter()
    for piece in paragraph.pieces:
        counts[piece.language] += len(piece.text.strip(f" {REPLACED}"))
    return max(counts, key=counts.__getitem__, default="")


def _language(text: str, marked: str, otherwise: str) -> str:
    if not marked or not _is_in_script(marked, text):
        return otherwise
    told_apart = _table()["told_apart"]
    if _primary(marked) in told_apart and len(_WORD.findall(text)) >= _table()["words"]:
        said = detect.guess(text)
        if said != _primary(marked) and said in told_apart:
            return said
    return marked


def _is_in_script(language: str, text: str) -> bool:
    script = _table()["scripts"].get(_primary(language), "Latin")
    letters, cyrillic = len(_LETTER.findall(text)), len(_CYRILLIC.findall(text))
    return script == "any" or letters == 0 or (cyrillic * 2 > letters) == (script == "Cyrillic")


def _passages(
    paragraphs: Sequence[Paragraph], texts: Sequence[str], languages: Sequence[str], default: str
) -> Iterator[Passage]:
    start = 0
    for paragraph, text, language in zip(paragraphs, texts, languages, strict=True):
        if text.strip(f" {REPLACED}"):
            yield from _of_paragraph(paragraph, text, language, start, default)
        start += len(text) + 1


def _of_paragraph(paragraph: Paragraph, text: str, language: str, start: int, default: str) -> Iterator[Passage]:
    foreign = list(_foreign(paragraph, language, default))
    if not foreign:
        yield Passage(text, language, start)
        return
    block, place = Block(language), 0
    for first, last, _language in foreign:
        block.add(text[place:first], start + place)
        block.add_written(REPLACED, start + first, start + last)
        place = last
    block.add(text[place:], start + place)
    yield Passage(block.text(), language, block.starts[0], block.starts, block.ends)
    for first, last, other in foreign:
        yield Passage(text[first:last], other, start + first)


def _foreign(paragraph: Paragraph, language: str, default: str) -> Iterator[tuple[int, int, str]]:
    """Stretches that are marked as another language than the paragraph's, and whose words agree with the mark."""
    if len({piece.language for piece in paragraph.pieces}) < 2:
        return
    place = 0
    for code, run in groupby(paragraph.pieces, key=lambda piece: piece.language or default):
        written = "".join(piece.text for piece in run)
        first, place = place, place + len(written)
        enough = len(_WORD.findall(written)) >= _table()["words_of_a_quotation"]
        if code and enough and _primary(code) != _primary(language) and detect.guess(written) == _primary(code):
            blanks = len(written) - len(written.lstrip())
            yield first + blanks, first + len(written.rstrip()), code
