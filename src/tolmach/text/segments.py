"""Where sentences begin and end.

Everything about a language stands in `languages/*.toml`; the rules here only ask what kind of word stands before a
closing mark and what kind of word follows.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import Enum
from functools import cache
from importlib.resources import files
from typing import Any

from tolmach.config import primary
from tolmach.files import load_table
from tolmach.text.model import Span
from tolmach.text.paragraphs import paragraphs

# Written as escapes: single, double, low and angle quotation marks; each closes a sentence in one language or another.
_QUOTES = "\"'\u00ab\u00bb\u2018\u2019\u201b\u201c\u201d\u201f\u2039\u203a"
_LOW_QUOTES = "\u201e\u201a"
_OPENING = _QUOTES + _LOW_QUOTES + "([{"
_DASHES = "\\-\u2010-\u2015"
_INVISIBLE = "\u00ad\u200b-\u200f\u2060\ufeff"
_MARKS = ".!?\u2026"

# Possessive throughout: a hostile run of marks or blanks is read once. Behind the marks may stand closing quotation
# marks and brackets, a French one after a blank, and the number of a note (U+FFFC where it is markup).
_END = re.compile(
    rf"[{_MARKS}][{_MARKS}{_QUOTES})\]}}\u00b9\u00b2\u00b3\u2074-\u2079]*+(?:\[\d{{1,3}}\]|\ufffc(?:\d{{1,3}}(?!\w))?+)*+"
    r"(?:[ \u00a0\u202f][\"\u00bb\u201d\u203a](?!\S))?+"
)
_NEXT = re.compile(
    rf"\s+(?P<opening>[\s{_QUOTES}{_LOW_QUOTES}{_DASHES}{_INVISIBLE}(\[{{\u00bf\u00a1]*+)"
    r"(?P<word>[^\W\d_][\w\u2019'-]{0,40}|\d{1,40}|.)?",
    re.DOTALL,
)
_CLOSED_WORD = re.compile(r"(?<=\w{4}[.!?])")
_ALONE = ("", "(", "[", "{")
_DATE = re.compile(r"\d{1,2}\.(?:0?[1-9]|1[0-2])")
_RANGE = re.compile(r"\d{1,2}\.[-/\u2010-\u2014](?=\d{1,2}\Z)")
_SITE = re.compile(r"(?<=\w\w)\.[a-z]{2,4}(?!\w)")
_ROMAN = re.compile(r"(?=..)X{0,3}(?:IX|IV|V?I{0,3})")
# How far a rule looks back from a mark: longer than any abbreviation, short enough to keep hostile text linear.
_REACH = 48
# About five words: so far into a sentence a date may open it («В 1991 г. Казахстан …»).
_EARLY = 36


class _Bond(Enum):
    """How firmly a word with a full stop holds on to what follows."""

    NONE = "the full stop ends the sentence"
    LOOSE = "it ends the sentence when a word follows that opens sentences"
    LAST = "it ends the sentence unless a dash follows"
    FIRM = "it never ends the sentence"


@dataclass(frozen=True, slots=True)
class _Language:
    """What the rules ask of a language."""

    ordinals: bool = False
    consonants: str = ""
    months: frozenset[str] = frozenset()
    ordered: frozenset[str] = frozenset()
    counted: frozenset[str] = frozenset()
    genitive: str = ""
    determiners: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    sometimes: frozenset[str] = frozenset()
    closing: frozenset[str] = frozenset()
    number: frozenset[str] = frozenset()
    late: frozenset[str] = frozenset()
    endings: frozenset[str] = frozenset()
    openers: frozenset[str] = frozenset()
    speech: frozenset[str] = frozenset()


@cache
def _language(code: str) -> _Language:
    """Read the rules of a language; none are known of a language without a file."""
    name = primary(code)
    source = files("tolmach.text.languages").joinpath(f"{name}.toml")
    if not name.isalpha() or not source.is_file():
        return _Language()
    table = load_table("tolmach.text.languages", source.name)
    known: dict[str, Any] = {**table, **table["abbreviations"], **table["sentence"]}
    values: dict[str, Any] = {
        name: frozenset(known[name]) if isinstance(known[name], list) else known[name]
        for name in (field.name for field in fields(_Language))
        if name in known
    }
    return _Language(**values)


def sentences(text: str, language: str) -> list[Span]:
    """Return the sentences of one paragraph, in order and without outer white space.

    >>> paragraph = "Am 6. Januar sprach er mit Dr. Müller. Danach flog er ab."
    >>> [paragraph[span.start : span.end] for span in sentences(paragraph, "de")]
    ['Am 6. Januar sprach er mit Dr. Müller.', 'Danach flog er ab.']
    """
    rules = _language(language)
    found: list[Span] = []
    start = _skip_blanks(text, 0)
    for mark in _END.finditer(text):
        following = _NEXT.match(text, mark.end())
        if following and following["word"] and _splits(text, start, mark, following, rules):
            found.append(Span(start, mark.end()))
            start = following.start("opening")
    end = len(text.rstrip())
    if start < end:
        found.append(Span(start, end))
    return found


def _skip_blanks(text: str, at: int) -> int:
    return len(text) - len(text[at:].lstrip())


def _splits(text: str, start: int, mark: re.Match[str], following: re.Match[str], rules: _Language) -> bool:
    """Tell whether a new sentence begins after the marks."""
    word: str = following["word"]
    marks = mark.group()
    if word in ",;:)]}":
        return False
    if _continues(following):
        return marks == "." and _careless(text, start, mark.start(), following, rules)
    if marks[0] == "." and not set(marks[1:]) & set(_MARKS):
        bond = _bond(text, start, mark.start(), word, rules)
    else:
        bond = _after_marks(text, mark, following.start("word"), rules)
    if bond is _Bond.LAST:
        bond = _Bond.FIRM if _dashed(following) else _Bond.NONE
    if bond is _Bond.NONE and marks[-1] in ")]}" and _inserted(text, start, mark.start()):
        bond = _Bond.LOOSE
    return bond is _Bond.NONE or (bond is _Bond.LOOSE and _opens(following, rules))


def _careless(text: str, start: int, at: int, following: re.Match[str], rules: _Language) -> bool:
    """Tell a full stop before a sentence without its capital from that of an abbreviation that is in no list.

    Abbreviations are short and cut before a vowel («kasach. und», «филол. наук»): a word with a vowel at its end is
    whole, another of some length is so when the next one opens sentences.
    """
    before = text[max(start, at - _REACH) : at].split() or [""]
    word = before[-1].lstrip(_OPENING)
    if not (rules.consonants and word.isalpha() and word[1:].islower()):
        return False
    whole = len(word) > 3 and word[-1] not in rules.consonants and not _dashed(following)
    if not whole and not (len(word) > 4 and _opens(following, rules)):
        return False
    return _bond(text, start, at, following["word"], rules) is _Bond.NONE


def _after_marks(text: str, mark: re.Match[str], following: int, rules: _Language) -> _Bond:
    """Say how an exclamation mark, question mark or ellipsis is bound to the word after it."""
    marks, at = mark.group(), mark.start()
    if marks[0] in ".\u2026":
        # An ellipsis with a blank before it stands for words left out, which need not end a sentence; one before a
        # number holds its breath: «Er zählte... 30 Mann».
        left_out = text[at - 1 : at] in _ALONE or text[at - 1 : at].isspace()
        return _Bond.LOOSE if left_out or text[following].isdigit() else _Bond.NONE
    words = _CLOSED_WORD.split(text[following : following + _REACH], maxsplit=1)[0].split()[:4] or [""]
    if marks[-1] in _QUOTES and (words[0] == "I" or words[0].lower() not in rules.openers):
        return _Bond.FIRM if any(word.strip(",.") in rules.speech for word in words[1:]) else _Bond.NONE
    return _Bond.NONE


def _inserted(text: str, start: int, at: int) -> bool:
    """Tell whether the bracket that closes here was opened within the sentence: «der (ehemalige!) Präsident»."""
    return max(text.rfind(bracket, max(start, at - 1000), at) for bracket in "([{") > start


def _continues(following: re.Match[str]) -> bool:
    """Tell a lower-case word, but not «iPhone» or «eBay», nor «zakon.kz»."""
    word: str = following["word"]
    return word[0].islower() and not word[1:2].isupper() and not _SITE.match(following.string, following.end("word"))


def _opens(following: re.Match[str], rules: _Language) -> bool:
    """Tell whether the next word is one that opens sentences, and no initial: «Токаев К. К. выступил»."""
    word: str = following["word"]
    if _dashed(following):
        return False
    if len(word) == 1 and following.string.startswith(".", following.end("word")):
        return False
    return word.partition("-")[0].lower() in rules.openers


def _dashed(following: re.Match[str]) -> bool:
    """Tell whether a dash stands before the next word."""
    return following["opening"][:1] in ("-", "\u2013", "\u2014")


def _bond(text: str, start: int, at: int, following: str, rules: _Language) -> _Bond:
    """Say how the word before a single full stop is bound to the word after it."""
    before = text[max(start, at - _REACH) : at].split()
    if not before or text[at - 1].isspace():
        return _Bond.NONE
    word = before[-1].lstrip(_OPENING)
    if len(before) == 1 and at - start <= 6 and _marker(word):
        return _Bond.FIRM
    # What stands before an opening bracket governs no number in it: «zum Abitur (12. Klasse)».
    previous = before[-2] if len(before) > 1 and word == before[-1] else ""
    if word[:1].isdigit():
        return _after_number(word, previous, following, rules)
    return _after_word(word, before, at - start < _EARLY, following, rules)


def _marker(word: str) -> bool:
    """Tell what numbers the points of a list: «1.», «a.», «IV.»."""
    return word.isdigit() or len(word) == 1 or _ROMAN.fullmatch(word) is not None


def _after_number(word: str, previous: str, following: str, rules: _Language) -> _Bond:
    if following == "000":
        return _Bond.FIRM
    word = _RANGE.sub("", word)
    if not rules.ordinals or not (word.isdigit() or _DATE.fullmatch(word)):
        return _Bond.NONE
    if len(word) <= 2 and (following in rules.months or following in rules.ordered):
        return _Bond.FIRM
    if _cardinal(previous, rules):
        return _Bond.NONE
    if following.isdigit():
        date = len(word) <= 2 and (len(following) <= 2 or previous.endswith("."))
        return _Bond.FIRM if date or _DATE.fullmatch(word) else _Bond.NONE
    if len(word) > 3 and word.isdigit() and previous.lower() not in rules.determiners:
        return _Bond.NONE
    return _Bond.LOOSE


def _cardinal(previous: str, rules: _Language) -> bool:
    """Tell from the word before a number that it counts or names: «§ 5», «Platz 3», but not «am 3», «Tokajews 3»."""
    if previous in rules.counted or previous.rstrip(".") in rules.number:
        return True
    noun = previous[:1].isupper() and previous.isalpha() and previous.lower() not in rules.openers
    return noun and not previous.endswith(rules.genitive)


def _after_word(word: str, before: list[str], early: bool, following: str, rules: _Language) -> _Bond:
    counted = len(before) > 1 and (before[-2][-1].isdigit() or _ROMAN.fullmatch(before[-2]) is not None)
    for key in _keys(word, before):
        bond = _listed(key, following, rules, first=len(before) <= key.count(".") + 1)
        if key in rules.late and counted and not early:
            return _Bond.NONE
        if bond:
            return bond
    if _initial(word) or any(word.endswith(ending) for ending in rules.endings):
        return _Bond.LOOSE
    if rules.ordinals and _ROMAN.fullmatch(word):
        return _Bond.LOOSE
    return _Bond.LOOSE if not counted and _consonants(word, rules) else _Bond.NONE


def _listed(key: str, following: str, rules: _Language, *, first: bool) -> _Bond | None:
    """Say what the lists say of an abbreviation, `first` in its sentence or not.

    Where a capital is not due to the beginning, it may be that of another word: «am Pol. Danach», but «pol. Lage».
    """
    if key in rules.number and (following[0].isdigit() or _ROMAN.fullmatch(following)):
        return _Bond.FIRM
    longer = f"{key}.{following}"
    if longer in rules.never or longer in rules.sometimes or longer in rules.closing:
        return _Bond.FIRM
    lowered = key[:1].lower() + key[1:] if len(key) > 1 else key
    if key in rules.closing or lowered in rules.closing:
        return _Bond.LAST
    if lowered in rules.never:
        return _Bond.FIRM if first or key == lowered else _Bond.LOOSE
    if key in rules.never:
        return _Bond.FIRM
    return _Bond.LOOSE if key in rules.sometimes or lowered in rules.sometimes else None


def _keys(word: str, before: list[str]) -> Iterator[str]:
    """Yield the spellings to look up, longest first: «z. B» is looked up as «z.B», then as «B»."""
    chain = [word]
    for part in reversed(before[-4:-1]):
        part = part.lstrip(_OPENING)
        if not part.endswith(".") or len(part) > 5:
            break
        chain.insert(0, part)
    for first in range(len(chain)):
        yield "".join(chain[first:])
    yield re.split(r"[.-]", word)[-1]


def _initial(word: str) -> bool:
    """Tell «A», «J.-P» or «U.S» from a word."""
    last = re.split(r"[.-]", word)[-1]
    return len(last) == 1 and last.isupper()


def _consonants(word: str, rules: _Language) -> bool:
    """Tell an abbreviation by its want of vowels: «Hrsg.», but not «PKW.»."""
    if not 2 <= len(word) <= 5 or not word[1:].islower():
        return False
    return all(letter in rules.consonants for letter in word.lower())


def split(text: str, language: str) -> list[list[Span]]:
    """Return the sentences of each paragraph of a plain text, as spans of the whole text."""
    return [
        [sentence.shifted(block.start) for sentence in sentences(text[block.start : block.end], language)]
        for block in paragraphs(text)
    ]
