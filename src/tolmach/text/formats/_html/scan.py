"""What of an HTML page is running text, which tags stand around it, and where."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from html.entities import html5

from tolmach.files import load_table
from tolmach.text.formats._prose import Block
from tolmach.text.model import REPLACED, Span

_NAME = r"<(?P<close>/?)(?P<name>[A-Za-z][^\s/>]*+)"
# Possessive throughout: a tag is read once, whatever it holds.
_TAG = re.compile(rf"""{_NAME}(?P<attributes>(?:=\s*+(?:"[^"]*+"|'[^']*+'|(?!["']))|[^>=])*+)>""")
_SIMPLE_TAG = re.compile(rf"{_NAME}(?P<attributes>[^<>]*+)>")
_ATTRIBUTE = re.compile(
    r"""(?P<name>[^\s=/"'>]++)\s*+(?:=\s*+(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|(?P<bare>[^\s"'>]++)))?"""
)
_COMMENT = re.compile(r"<!--(?:-?>|.*?(?:--!?>|\Z))|<[!?/][^>]*+>?", re.DOTALL)
_TEXT = re.compile(
    r"""
      (?P<words> [^ \t\r\n\f&]++ (?: [ ] [^ \t\r\n\f&]++ )*+ )
    | (?P<blank> [ \t\r\n\f]++ )
    | (?P<entity> & (?: \#[0-9]++ | \#[xX][0-9A-Fa-f]++ | [A-Za-z][A-Za-z0-9]{1,31}+ ) ;? )
    | &
    """,
    re.VERBOSE,
)
CHARSET = re.compile(
    r"<(?:meta|\?xml)\b[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*(?P<name>[\w.:-]+)", re.IGNORECASE | re.ASCII
)
"""Where a page names its encoding, which it does at its beginning."""

FRONT = 4096
"""The code points of that beginning."""

_LONGEST_ENTITY = 40  # no name is longer, and no number of a character


@dataclass(frozen=True, slots=True)
class _Elements:
    blocks: frozenset[str]
    void: frozenset[str]
    raw: frozenset[str]
    code: frozenset[str]
    apart: frozenset[str]
    descriptions: dict[str, list[str]]
    closes: dict[str, list[str]]


@cache
def elements() -> _Elements:
    """What is known of the elements of HTML."""
    table = load_table("tolmach.text.formats", "html.toml")
    sets = {name: frozenset(table[name]) for name in ("blocks", "void", "raw", "code", "apart")}
    return _Elements(**sets, descriptions=table["descriptions"], closes=table["closes"])


@dataclass(frozen=True, slots=True)
class _Open:
    """An element that is open: its language (empty: unknown), whether its text is left out, where its text goes."""

    name: str
    language: str
    skipped: bool
    block: list[Block]  # one box, shared by the elements of a paragraph in one language
    tag: Span | None = None  # None: an attribute


@dataclass(slots=True)
class Page:
    """What has been read so far."""

    text: str
    finished: list[Block] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    names: Counter[str] = field(default_factory=Counter)
    tag: re.Pattern[str] = _TAG
    descriptions: list[Span] = field(default_factory=list)  # where attributes that are read stand
    pairs: list[tuple[Span, Span]] = field(default_factory=list)  # the tags that begin and end each inline element
    languages: list[Span] = field(default_factory=list)  # where attributes that name a language have its name


def scan(text: str) -> Page:
    """The page as it is read; never fails, whatever it holds."""
    page = Page(text)
    page.stack.append(_Open("", "", skipped=False, block=[Block()]))
    place = 0
    while place < len(text):
        place = _step(page, place)
    while page.stack:
        _flush(page, page.stack.pop())
    return page


def _step(page: Page, place: int) -> int:
    """Read the text up to the next tag, or that tag; return where to go on."""
    tag = page.text.find("<", place)
    if tag < 0:
        tag = len(page.text)
    if tag > place:
        _take_text(page, place, tag)
        return tag
    found = _tag(page, place)
    if found is not None:
        return _take_tag(page, found)
    if (markup := _COMMENT.match(page.text, place)) is not None:
        return markup.end()
    _take_text(page, place, place + 1)
    return place + 1


def _tag(page: Page, place: int) -> re.Match[str] | None:
    following = page.text[place + 1 : place + 3].lstrip("/")[:1]
    if not ("a" <= following.lower() <= "z"):
        return None
    found = page.tag.match(page.text, place)
    if found is None and page.tag is _TAG:
        # A quotation mark or the tag itself is never closed: from here on only «<…>» counts, or each later tag would be
        # searched to the end of the file.
        page.tag = _SIMPLE_TAG
        found = page.tag.match(page.text, place)
    return found


def _take_text(page: Page, start: int, end: int) -> None:
    top = page.stack[-1]
    if top.skipped:
        return
    block = top.block[0]
    for found in _TEXT.finditer(page.text, start, end):
        if found.lastgroup == "blank":
            if not block.ends_with_blank():
                block.add_written(" ", *found.span())
        elif found.lastgroup == "entity":
            _take_entity(block, found)
        else:
            block.add(found.group(), found.start())


def _take_entity(block: Block, found: re.Match[str]) -> None:
    written = found.group()
    length = len(written) if written.startswith("&#") else _entity_length(written)
    if length:
        shown = unescape(written[:length]) if length < _LONGEST_ENTITY else "\ufffd"
        block.add_written(shown, found.start(), found.start() + length)
    if written[length:]:
        block.add(written[length:], found.start() + length)


def _entity_length(written: str) -> int:
    """How many of the code points are a named entity; old ones count without their semicolon, as browsers do it."""
    return next((length for length in range(len(written), 1, -1) if written[1:length] in html5), 0)


def _take_tag(page: Page, found: re.Match[str]) -> int:
    name = found["name"].lower()
    if found["close"]:
        _close(page, name, Span(*found.span()))
        return found.end()
    attributes = {
        attribute["name"].lower(): attribute
        for attribute in reversed(list(_ATTRIBUTE.finditer(page.text, *found.span("attributes"))))
    }
    if name in elements().void:
        _take_void(page, name, attributes, found)
        return found.end()
    _open(page, name, attributes, found)
    if found["attributes"].endswith("/") and name not in elements().blocks:
        _close(page, name, Span(found.start(), found.start()))
    elif name in elements().raw:
        closing = re.compile(rf"</{re.escape(name)}(?![^\s/>])", re.IGNORECASE).search(page.text, found.end())
        return closing.start() if closing else len(page.text)
    return found.end()


def _value(attribute: re.Match[str]) -> tuple[str, int]:
    """What stands in an attribute, as written, and where."""
    kind = next((kind for kind in ("double", "single", "bare") if attribute[kind] is not None), "")
    return (attribute[kind], attribute.start(kind)) if kind else ("", attribute.end())


def _open(page: Page, name: str, attributes: dict[str, re.Match[str]], found: re.Match[str]) -> None:
    is_block = name in elements().blocks
    closed = elements().closes.get(name, ["p"] if is_block else [])
    while page.stack[-1].name in closed:
        _pop(page)
    parent = page.stack[-1]
    language = _language(page, attributes, parent.language)
    skipped = parent.skipped or _is_left_out(name, attributes)
    if is_block:
        _break(page, parent)
    apart = skipped or language != parent.language or name in elements().apart
    if not is_block and not parent.skipped and apart:
        parent.block[0].add_written(REPLACED, found.start(), found.end())
    box = parent.block if language == parent.language else [Block(language)]
    page.stack.append(_Open(name, language, skipped, box, Span(*found.span())))
    page.names[name] += 1


def _language(page: Page, attributes: dict[str, re.Match[str]], inherited: str) -> str:
    named = [_value(attributes[name]) for name in ("lang", "xml:lang") if name in attributes]
    page.languages += [Span(start, start + len(written)) for written, start in named]
    if not named:
        return inherited
    language, hyphen, region = named[0][0].strip().replace("_", "-").partition("-")
    return language.lower() + hyphen + (region.upper() if len(region) == 2 else region)


def _is_left_out(name: str, attributes: dict[str, re.Match[str]]) -> bool:
    if name in elements().code or name in elements().raw:
        return True
    said = {key: _value(attributes[key])[0].lower() for key in ("translate", "class") if key in attributes}
    return said.get("translate") == "no" or "notranslate" in said.get("class", "").split()


def _close(page: Page, name: str, tag: Span) -> None:
    """Close the innermost element of this name and all in it; a stray end tag is passed over."""
    if not page.names[name]:
        return
    while page.stack[-1].name != name:
        _pop(page)
    opener = page.stack[-1].tag
    if opener and tag.start < tag.end and name not in elements().blocks:
        page.pairs.append((opener, tag))
    _pop(page)


def _pop(page: Page) -> None:
    closed = page.stack.pop()
    page.names[closed.name] -= 1
    parent = page.stack[-1]
    if closed.block is not parent.block:
        _flush(page, closed)
    if closed.name in elements().blocks:
        _break(page, parent)


def _break(page: Page, top: _Open) -> None:
    """End the paragraph; what follows begins a new one in the same language."""
    _flush(page, top)
    top.block[0] = Block(top.language)


def _flush(page: Page, closed: _Open) -> None:
    if closed.block[0].pieces:
        page.finished.append(closed.block[0])
        closed.block[0] = Block(closed.language)


def _take_void(page: Page, name: str, attributes: dict[str, re.Match[str]], found: re.Match[str]) -> None:
    top = page.stack[-1]
    if top.skipped:
        return
    if name == "br":
        top.block[0].add_written("\n", *found.span())
    elif name == "hr":
        _break(page, top)
    elif name in elements().descriptions:
        top.block[0].add_written(REPLACED, *found.span())
        for attribute in elements().descriptions[name]:
            if attribute in attributes and not _is_left_out(name, attributes):
                _describe(page, _language(page, attributes, top.language), *_value(attributes[attribute]))


def _describe(page: Page, language: str, written: str, start: int) -> None:
    block = Block(language)
    page.descriptions.append(Span(start, start + len(written)))
    page.stack.append(_Open("", language, skipped=False, block=[block]))
    _take_text(page, start, start + len(written))
    _flush(page, page.stack.pop())
