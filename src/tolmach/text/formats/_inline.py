"""The inside of a Markdown paragraph: what is read of it once emphasis, links, code and tags are taken away.

Follows CommonMark 0.31 where it decides what is visible; every construct is searched for once, so that hostile text is
read in linear time.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from dataclasses import dataclass, field
from html import unescape

from tolmach.text.formats._emphasis import Mark, pairs_of
from tolmach.text.formats._html.scan import elements
from tolmach.text.formats._prose import Block
from tolmach.text.model import REPLACED, Span

_MARKUP = re.compile(
    r"""
      (?P<escape> \\ [!-/:-@\[-`{-~\n] )
    | (?P<code> `++ )
    | (?P<template> \{\{ [^{}\n]{1,500} \}\} | \{% [^{}\n]{1,500} %\}
        | (?<= [\])`] ) \{ (?= [#.:\w] ) [^{}\n]{1,300} \} )
    | (?P<wiki> \[\[ [^\[\]|\n]{1,300} (?: \| (?P<shown> [^\[\]|\n]{1,300} ) )? \]\] (?! [(\[] ) )
    | (?P<formula> \$\$ (?: [^$\\] | \\[^\n] ){1,2000}+ \$\$
        | (?<! [\w$] ) \$ (?! \s ) (?= [^$\n]{0,200} [\\_^{}=] )
          (?: [^$\\\n] | \\[^\n] ){1,200}+ (?<! \s ) \$ (?! [\w$] ) )
    | (?P<autolink> < (?: [A-Za-z][A-Za-z0-9+.-]{1,31} : [^\s<>]*+ | [\w.+-]++ @ [\w.-]++ ) > )
    | (?P<comment> <!-- )
    | (?P<tag> < (?: / | (?= [A-Za-z] ) ) (?P<name> [A-Za-z][A-Za-z0-9-]*+ ) (?: [\s/][^<>]*+ )? > | <[!?][^<>]*+> )
    | (?P<entity> & (?: \#[0-9]{1,7}+ | \#[xX][0-9A-Fa-f]{1,6}+ | [A-Za-z][A-Za-z0-9]{1,31}+ ) ; )
    | (?P<address> (?<! \w ) (?: https?:// | www\. (?= \w ) ) [^\s<>"\u00ab\u00bb\u201c-\u201f`\[\]*]++ )
    | (?P<opening> !?\[ )
    | (?P<closing> \] )
    | (?P<mark> \*++ | _++ | ~~ )
    """,
    re.VERBOSE,
)
# Bounded, so that many unclosed ones cost no more than a look at their neighbourhood.
_TARGET = re.compile(
    r"""\( \s*+ (?: < [^<>\n]{0,2000} > | (?! < ) (?: [^\s()\\] | \\. | \( [^\s()]{0,500} \) ){0,2000}+ )
        (?: \s++ (?: "[^"]{0,1000}" | '[^']{0,1000}' | \([^()]{0,1000}\) ) )? \s*+ \)""",
    re.VERBOSE,
)
_LABEL = re.compile(r"\[([^\[\]]{0,999})\]")
_DEEPEST = 50  # open elements among which the one that a tag ends is looked for
_SENTENCE_SIGNS = ".,;:!?\u2026'\u2019)"


@dataclass(frozen=True, slots=True)
class Written:
    """The lines of a paragraph without the marks of the block, joined, and where each code point is written.

    `soft` are the line ends that show as a blank.
    """

    text: str
    starts: array[int]
    ends: array[int]
    soft: frozenset[int] = frozenset()


@dataclass(slots=True)
class _Scan:
    text: str
    labels: frozenset[str]
    edits: list[tuple[int, int, str]] = field(default_factory=list)
    pairs: list[tuple[Span, Span]] = field(default_factory=list)  # what begins and ends emphasis, links, elements
    tags: list[tuple[str, Span]] = field(default_factory=list)  # opening tags without their end
    marks: list[Mark] = field(default_factory=list)
    brackets: list[re.Match[str]] = field(default_factory=list)
    ticks: dict[int, list[int]] | None = None
    missing: set[str] = field(default_factory=set)  # what was searched for and does not follow any more


def label(text: str) -> str:
    """A label of a link as it is compared."""
    return " ".join(text.split()).casefold()


def _scanned(text: str, labels: frozenset[str]) -> _Scan:
    scan = _Scan(text, labels)
    place = 0
    while (found := _MARKUP.search(text, place)) is not None:
        place = _ACTIONS[found.lastgroup or ""](scan, found)
    for opener, closer in pairs_of(scan.marks):
        scan.pairs.append((opener, closer))
        scan.edits += [(opener.start, opener.end, ""), (closer.start, closer.end, "")]
    return scan


def pairs(written: Written, labels: frozenset[str]) -> list[tuple[Span, Span]]:
    """What begins and what ends each link, emphasis and element of the paragraph, where it is written."""

    def located(span: Span) -> Span:
        return Span(written.starts[span.start], written.ends[span.end - 1])

    return [(located(opener), located(closer)) for opener, closer in _scanned(written.text, labels).pairs]


def read(written: Written, labels: frozenset[str]) -> Block:
    """The paragraph as it is read; `labels` are those that reference definitions of the document define."""
    scan = _scanned(written.text, labels)
    block, place = Block(), 0
    for start, end, shown in sorted(scan.edits):
        _copy(written, block, place, start)
        if shown:
            block.add_written(shown, written.starts[start], written.ends[end - 1])
        place = end
    _copy(written, block, place, len(written.text))
    return block


def _copy(written: Written, block: Block, start: int, end: int) -> None:
    if end > start:
        text = written.text[start:end]
        if written.soft and "\n" in text:
            text = "".join(" " if start + place in written.soft else sign for place, sign in enumerate(text))
        block.pieces.append(text)
        block.starts.extend(written.starts[start:end])
        block.ends.extend(written.ends[start:end])


def _escape(scan: _Scan, found: re.Match[str]) -> int:
    scan.edits.append((*found.span(), found.group()[1]))
    return found.end()


def _code(scan: _Scan, found: re.Match[str]) -> int:
    if scan.ticks is None:
        scan.ticks = {}
        for run in re.finditer("`+", scan.text):
            scan.ticks.setdefault(len(run.group()), []).append(run.start())
    places = scan.ticks.get(len(found.group()), [])
    following = bisect_right(places, found.start())
    if following == len(places):
        return found.end()
    end = places[following] + len(found.group())
    scan.edits.append((found.start(), end, REPLACED))
    return end


def _replace(scan: _Scan, found: re.Match[str]) -> int:
    scan.edits.append((*found.span(), REPLACED))
    return found.end()


def _wiki(scan: _Scan, found: re.Match[str]) -> int:
    """A link of a wiki or notebook: the name of the page is its address, what is shown may follow."""
    if found["shown"] is None:
        return _replace(scan, found)
    opener, closer = Span(found.start(), found.start("shown")), Span(found.end("shown"), found.end())
    scan.pairs.append((opener, closer))
    scan.edits += [(opener.start, opener.end, ""), (closer.start, closer.end, "")]
    return found.start("shown")


def _address(scan: _Scan, found: re.Match[str]) -> int:
    written = found.group()
    shorter = written.rstrip(_SENTENCE_SIGNS)
    # A closing bracket that was opened inside belongs to the address: …/wiki/Kirgistan_(Staat).
    if written[len(shorter) :].startswith(")") and shorter.count("(") > shorter.count(")"):
        shorter += ")"
    end = found.start() + len(shorter)
    scan.edits.append((found.start(), end, REPLACED))
    return end


def _comment(scan: _Scan, found: re.Match[str]) -> int:
    end = _end_of(scan, "-->", found.end() - 2)
    if end is None:
        return found.end()
    scan.edits.append((found.start(), end, ""))
    return end


def _end_of(scan: _Scan, closing: str, place: int) -> int | None:
    """Where the next `closing` ends (letter case does not count); searched in vain only once."""
    if closing in scan.missing:
        return None
    found = re.compile(re.escape(closing), re.IGNORECASE).search(scan.text, place)
    if found is None:
        scan.missing.add(closing)
        return None
    return found.end()


def _tag(scan: _Scan, found: re.Match[str]) -> int:
    name, end, shown = (found["name"] or "").lower(), found.end(), ""
    if name in elements().code | elements().raw and not found.group().startswith("</"):
        end, shown = _end_of(scan, f"</{name}>", end) or end, REPLACED
    elif name == "br":
        shown = "\n"
    elif name == "img" or (name in elements().apart and not found.group().startswith("</")):
        shown = REPLACED
    elif name in elements().blocks:
        shown = "\n\n"
    if end == found.end():
        _pair_tag(scan, name, found)
    scan.edits.append((found.start(), end, shown))
    return end


def _pair_tag(scan: _Scan, name: str, found: re.Match[str]) -> None:
    if not found.group().startswith("</"):
        if name and name not in elements().void and not found.group().endswith("/>"):
            scan.tags.append((name, Span(*found.span())))
        return
    for number in range(len(scan.tags) - 1, max(-1, len(scan.tags) - _DEEPEST), -1):
        if scan.tags[number][0] == name:
            scan.pairs.append((scan.tags[number][1], Span(*found.span())))
            del scan.tags[number:]
            return


def _entity(scan: _Scan, found: re.Match[str]) -> int:
    shown = unescape(found.group())
    if shown != found.group():
        scan.edits.append((*found.span(), shown))
    return found.end()


def _opening(scan: _Scan, found: re.Match[str]) -> int:
    scan.brackets.append(found)
    return found.end()


def _closing(scan: _Scan, found: re.Match[str]) -> int:
    if not scan.brackets:
        return found.end()
    opening = scan.brackets.pop()
    inside = label(scan.text[opening.end() : found.start()]) if found.start() - opening.end() < 1000 else ""
    if inside.startswith("^") and inside in scan.labels:
        scan.edits.append((opening.start(), found.end(), ""))
        return found.end()
    end = _link_end(scan, inside, found.end())
    if end is not None:
        scan.pairs.append((Span(*opening.span()), Span(found.start(), end)))
        scan.edits += [(*opening.span(), ""), (found.start(), end, "")]
    return end or found.end()


def _link_end(scan: _Scan, inside: str, place: int) -> int | None:
    """Where the link ends whose text `inside` ends before `place`; None when it is none."""
    target = _TARGET.match(scan.text, place)
    if target is not None:
        return target.end()
    reference = _LABEL.match(scan.text, place)
    if reference is not None and (label(reference[1]) or inside) in scan.labels:
        return reference.end()
    return place if inside in scan.labels else None


def _mark(scan: _Scan, found: re.Match[str]) -> int:
    start, end = found.span()
    before = scan.text[start - 1] if start else " "
    after = scan.text[end] if end < len(scan.text) else " "
    left = not after.isspace() and (after.isalnum() or not before.isalnum())
    right = not before.isspace() and (before.isalnum() or not after.isalnum())
    sign = found.group()[0]
    if sign == "_":
        left, right = left and (not right or not before.isalnum()), right and (not left or not after.isalnum())
    scan.marks.append(Mark(sign, start, end - start, left, right))
    return end


_ACTIONS = {
    "escape": _escape,
    "code": _code,
    "template": _replace,
    "wiki": _wiki,
    "formula": _replace,
    "autolink": _replace,
    "comment": _comment,
    "tag": _tag,
    "entity": _entity,
    "address": _address,
    "opening": _opening,
    "closing": _closing,
    "mark": _mark,
}
