"""Long names that go on in small letters, and acronyms beside the names that they are short for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from tolmach.names.mentions.german import ends_in
from tolmach.names.mentions.lists import folded, listed
from tolmach.names.mentions.tokens import phrases, starters, stem

if TYPE_CHECKING:
    from tolmach.names.mentions.find import Mention

_NEXT = re.compile(r"[\s\u00a0-]*(\w+)")
_CAPITAL = "[A-Z\u00c4\u00d6\u00dc\u0410-\u042f]"
_ACRONYM = f"{_CAPITAL}[A-Z\u00c4\u00d6\u00dc\u0410-\u042f0-9a-z]{{0,4}}{_CAPITAL}"
_QUOTES = "[\"'\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb\u2039\u203a]*"
_BESIDE = re.compile(rf"{_QUOTES},? ?[(,]? ?(?:kurz:? |abgekürzt |engl\. |russ\. |\u2013 |- )?{_QUOTES}")
_BRACKETS = re.compile(
    rf"\([^()\n]{{0,20}}?(?P<name>[A-Z\u00c0-\u024f][\w-]+(?: [\w-]+){{1,9}}),? (?:kurz )?(?P<acronym>{_ACRONYM})\)"
)
# What stands in quotation marks and goes on in small letters.
_QUOTED = re.compile(
    '[\u00ab\u201e\u201c"\u00bb](?P<name>[A-Z\u00c0-\u00de\u0100-\u024f\u0410-\u042f][\\w-]*(?:[ \\n][\\w-]+){1,5})'
    '[\u00bb\u201c\u201d"\u00ab]'
)
_WORD_BEFORE = re.compile(r"([\w-]+)[ \n]$")
_REACH = 160
_BEFORE_QUOTE = 40  # letters
_SHORT = 4  # words behind the head of a name whose acronym is from another language
_FARTHEST = 24  # letters between a name and its acronym


def extended(text: str, start: int, language: str) -> tuple[int, str] | None:
    """The end and the kind of the longest name of several words that begins at `start`, known or of usual build."""
    found = _known(text, start, language)
    if found is not None or language != "de":
        return found
    built = _built().match(text, start, start + _REACH)
    if built and ends_in(folded(built["head"]), listed("de", "long_heads")) and _stands_for(built):
        return built.end("name"), "organisation"
    return None


def _known(text: str, start: int, language: str) -> tuple[int, str] | None:
    first = _NEXT.match(text, start)
    if first is None:
        return None
    key = stem(first[1])
    longest = starters(language).get(key, 0)
    stems, ends = [key], [first.end()]
    while len(stems) < longest:
        found = _NEXT.match(text, ends[-1])
        if found is None or "\n\n" in found[0]:
            break
        stems.append(stem(found[1]))
        ends.append(found.end())
    for size in range(len(stems), 1, -1):
        kind = phrases(language).get(tuple(stems[:size]))
        if kind:
            return ends[size - 1], kind
    return None


@cache
def _built() -> re.Pattern[str]:
    """A head, what goes on behind it, and the acronym in brackets: Rat für gegenseitige Wirtschaftshilfe (RGW)."""
    noun = r"[A-Z\u00c4\u00d6\u00dc][\w-]+"
    link = "(?:des|der|für|über|zur|zum|von|gegen|in|im|und)"
    phrase = rf"(?:(?:der|die|das|den|dem|des)[ \n])?(?:[\w-]+e[nrsm]?[ \n]){{0,2}}{noun}"
    return re.compile(
        rf"(?P<name>(?:{noun}(?<=[enrsm])[ \n])?(?P<head>{noun})(?:[ \n]{noun})?(?:[ \n]{link}[ \n]{phrase}){{0,4}}?)"
        rf"{_QUOTES},? \((?:[^()]{{0,60}}, )?{_QUOTES}(?P<acronym>{_ACRONYM}){_QUOTES}\)"
    )


def _stands_for(found: re.Match[str]) -> bool:
    """May the acronym stand for it? In the same language they begin alike; else the head must not be one of several."""
    rest = found["name"][found.end("head") - found.start("name") :].split()
    if rest[:1] == ["und"] or folded(found["name"]) in listed("de", "long_heads"):
        return False  # das Bündnis (OVKS)
    return found["name"][:1].casefold() == found["acronym"][:1].casefold() or len(rest) < _SHORT


def in_brackets(text: str) -> list[tuple[int, int]]:
    """Where long forms in another language stand: in brackets, before an acronym of their first letters."""
    return [found.span("name") for found in _BRACKETS.finditer(text) if _is_short(found["acronym"], found["name"])]


def in_quotes(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Where names of several words stand in quotation marks after what says that they are: die Zeitung «…»."""
    for found in _QUOTED.finditer(text):
        before = _WORD_BEFORE.search(text, max(0, found.start() - _BEFORE_QUOTE), found.start())
        if before and ends_in(folded(before[1]), listed(language, "organisations_follow")):
            yield found.span("name")


def has_quotes(text: str) -> bool:
    """Is there a quotation mark at all?"""
    return any(sign in text for sign in '\u00ab\u00bb\u201e\u201c"')


def _is_short(acronym: str, name: str) -> bool:
    letters = {word[0].casefold() for word in name.split()}
    return sum(letter in letters for letter in acronym.casefold()) > len(acronym) / 2


def joined(text: str, found: Iterable[Mention]) -> Iterator[Mention]:
    """The mentions, each acronym with the long form beside it, and the other way round."""
    last: Mention | None = None
    for mention in found:
        joining = mention
        if last is not None:
            if _belong(text, last, mention):
                joining = replace(mention, long_form=last.base)
                last = replace(last, long_form=mention.base)
            yield last
        last = joining
    if last is not None:
        yield last


def _belong(text: str, last: Mention, mention: Mention) -> bool:
    if mention.start - last.outer_end > _FARTHEST or last.kind == "person":
        return False
    between = text[last.outer_end : mention.start]
    if not _BESIDE.fullmatch(between) or ("(" not in between and not (" " in last.text and "," in between)):
        return False
    if last.text.isupper():
        return " " in mention.text
    return mention.text.isupper() and (" " in last.text or ends_in(folded(last.text), listed("de", "long_heads")))
