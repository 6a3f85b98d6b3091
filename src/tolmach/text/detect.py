"""Which language a text is in: by its file name, its script, its letters and its frequent words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from itertools import groupby
from pathlib import PurePath
from typing import NamedTuple

from tolmach.files import load_table
from tolmach.text.utf8 import encoded

_SAMPLE = 400  # code points of a paragraph that are looked at
_PATIENCE = 8  # how often each paragraph may be asked for the language of another, before all are judged
_NEAR = 16  # paragraphs before and after one that are looked at before all of them are
_MARGIN = 2  # frequent words by which a language must lead to be certain
# From these on, words and the lead of one language are more than a title or a slogan (own observation on news texts).
_ENOUGH, _CLEAR = 12, 4
_WORD = re.compile(r"[^\W\d_]+")
_CODE_IN_NAME = re.compile(r"(?:^|(?P<sign>[._-]))(?P<code>[A-Za-z]{2})(?:[-_](?P<region>[A-Z]{2}))?$")


@dataclass(frozen=True, slots=True)
class _Alphabet:
    language: str
    letters: str
    needs: str
    share: float


@dataclass(frozen=True, slots=True)
class _Script:
    first: int
    last: int
    language: str


@dataclass(frozen=True, slots=True)
class _Knowledge:
    codes: frozenset[str]
    words_in_names: frozenset[str]
    fallback: str
    scripts: tuple[_Script, ...]
    latin: dict[str, frozenset[str]]
    alphabets: tuple[_Alphabet, ...]
    languages: tuple[str, ...]
    frequent: dict[str, str]  # the language of words that stand in the list of one only


class _Verdict(NamedTuple):
    """What a paragraph alone says: script (none: no letter), most plausible language, whether that is certain.

    `words` and `lead`, by how many frequent words the language leads, tell how much it says.
    """

    script: str
    language: str
    certain: bool = False
    words: int = 0
    lead: int = 0


def guess(text: str) -> str:
    """The most plausible language of a text (ISO 639-1): by script, then by letters and frequent words.

    Only the beginning is looked at. For a text that may change its language use `languages` on its paragraphs.

    >>> guess("Токаев отменил режим"), guess("The president of the republic has resigned"), guess("7.1.2022")
    ('ru', 'en', 'de')
    """
    return languages([text])[0]


def languages(paragraphs: Iterable[str]) -> list[str]:
    """The language of each paragraph; one that gives no clue follows its neighbours of the same script.

    So does what may be no more than a title or a slogan: a few English words in a German text are German, where no
    other paragraph of it is English.
    """
    samples = [paragraph[:_SAMPLE] for paragraph in paragraphs]
    found = [_judge(sample) for sample in samples]
    established = _established(found)
    known = [one.certain and one.language in established[one.script] for one in found]
    forward = _inherit(found, known)
    backward = _inherit(found[::-1], known[::-1])[::-1]
    # Where no paragraph is certain, the first of them together say more than each alone.
    together = _judge("\n".join(samples[:_SAMPLE]))
    return [
        before or after or (together.language if own.script == together.script else own.language)
        for own, before, after in zip(found, forward, backward, strict=True)
    ]


class Languages:
    """The language of each of many paragraphs, as `languages` finds it, looking at no more of them than it takes.

    `text_of` gives the text of the paragraph of a number below `count`.
    """

    def __init__(self, count: int, text_of: Callable[[int], str]) -> None:
        self._count = count
        self._text_of = text_of
        self._judged: dict[int, _Verdict] = {}
        self._known: set[str] = set()
        self._established: dict[str, frozenset[str]] | None = None
        self._steps = 0

    def of(self, number: int) -> str:
        """The language of the paragraph of that number."""
        own = self._judge(number)
        if own.certain and self._is_known(number):
            return own.language
        if self._steps > _PATIENCE * self._count:
            return self.all()[number]
        before, after = range(number - 1, -1, -1), range(number + 1, self._count)
        found = self._nearest(own.script, before) or self._nearest(own.script, after)
        return found or (self._together.language if own.script == self._together.script else own.language)

    def all(self) -> list[str]:
        """The language of each paragraph."""
        return self._all

    def _judge(self, number: int) -> _Verdict:
        if number not in self._judged:
            self._judged[number] = _judge(self._text_of(number)[:_SAMPLE])
        return self._judged[number]

    def _nearest(self, script: str, numbers: Iterable[int]) -> str:
        """The language of the first paragraph that is known and in that script, or in any where there is none."""
        for number in numbers:
            self._steps += 1
            other = self._judge(number)
            if other.certain and (not script or script == other.script) and self._is_known(number):
                return other.language
        return ""

    def _is_known(self, number: int) -> bool:
        """Is the language of the paragraph, which is certain, one of the text's? Its neighbours are asked first."""
        own = self._judge(number)
        if own.language in self._known:
            return True
        if self._established is None:
            around = range(max(number - _NEAR, 0), min(number + _NEAR, self._count))
            for near in (number, *around):
                other = self._judge(near)
                if other.certain and other.language == own.language and self._says_enough(near):
                    self._known.add(own.language)
                    return True
            self._established = _established([self._judge(number) for number in range(self._count)])
        return own.language in self._established[own.script]

    def _says_enough(self, number: int) -> bool:
        """Does the run of paragraphs in one language, to which this one belongs, say enough?"""
        own = self._judge(number)
        words, lead = own.words, own.lead
        for numbers in (range(number - 1, -1, -1), range(number + 1, self._count)):
            for other in map(self._judge, numbers):
                if words >= _ENOUGH and lead >= _CLEAR:
                    return True
                self._steps += 1
                if other.certain and other.script == own.script:
                    if other.language != own.language:
                        break
                    words, lead = words + other.words, lead + other.lead
        return words >= _ENOUGH and lead >= _CLEAR

    @cached_property
    def _all(self) -> list[str]:
        return languages(map(self._text_of, range(self._count)))

    @cached_property
    def _together(self) -> _Verdict:
        """Where no paragraph is certain, the first of them together say more than each alone."""
        first = range(min(_SAMPLE, self._count))
        return _judge("\n".join(self._text_of(number)[:_SAMPLE] for number in first))


def _established(found: list[_Verdict]) -> dict[str, frozenset[str]]:
    """By script, the languages of a text: those in which some run of paragraphs says enough; without any, all."""
    languages_of = {}
    for script in {one.script for one in found if one.certain}:
        certain = [one for one in found if one.certain and one.script == script]
        runs = [list(run) for _language, run in groupby(certain, key=lambda one: one.language)]
        enough = [run for run in runs if _say_enough(run)]
        languages_of[script] = frozenset(run[0].language for run in enough or runs)
    return languages_of


def _say_enough(run: list[_Verdict]) -> bool:
    return sum(one.words for one in run) >= _ENOUGH and sum(one.lead for one in run) >= _CLEAR


def possible(text: str) -> frozenset[str]:
    """The languages that `languages` may find in the text; which of them, takes much longer to say."""
    known = _knowledge()
    found = {known.fallback, *known.latin, *known.languages}
    content = b"" if text.isascii() else encoded(text)
    # A single byte is found much faster than two.
    if any(lead in content and any(pair in content for pair in pairs) for lead, pairs in _leads().items()):
        found.update(script.language for script in known.scripts)
        found.update(alphabet.language for alphabet in known.alphabets)
    return frozenset(found)


def _inherit(found: list[_Verdict], known: list[bool]) -> list[str]:
    """For each paragraph its own language when that is known, else the last known one in its script, else nothing."""
    last: dict[str, str] = {}
    inherited = []
    for own, is_known in zip(found, known, strict=True):
        if is_known:
            last.pop(own.script, None)
            last[own.script] = own.language
        # Without any letter (a date, a row of stars) the paragraph belongs to the one before it, whatever its script.
        inherited.append(last.get(own.script, "") if own.script else next(reversed(last.values()), ""))
    return inherited


def from_name(path: str) -> str | None:
    """The language that a file name carries before its ending, or None.

    >>> from_name("rede_ru.txt"), from_name("rede.en.txt"), from_name("rede-de-CH.txt"), from_name("to-be.txt")
    ('ru', 'en', 'de-CH', None)
    """
    return from_stem(PurePath(path.replace("\\", "/")).stem)


def from_stem(stem: str) -> str | None:
    """The language at the end of a file name without its ending, or None."""
    found = _CODE_IN_NAME.search(stem)
    if found is None:
        return None
    code, region = found["code"], found["region"]
    if not is_code(code.lower()) or not (code.islower() or code.isupper()):
        return None
    if found["sign"] == "-" and region is None and code.lower() in _knowledge().words_in_names:
        return None
    return f"{code.lower()}-{region}" if region else code.lower()


def is_code(text: str) -> bool:
    """Is the text the code of a language, perhaps with a region (`de`, `de-CH`), that this program knows?"""
    language, hyphen, region = text.partition("-")
    return language in _knowledge().codes and (not hyphen or (len(region) == 2 and region.isupper()))


@lru_cache(1 << 12)
def _judge(text: str) -> _Verdict:
    """What a paragraph alone says."""
    sample = text[:_SAMPLE].lower()
    words = _WORD.findall(sample)
    if not words:
        return _Verdict("", _knowledge().fallback)
    script = None if sample.isascii() or not _other_scripts().search(sample) else _script_of(words)
    if script is None:
        language, lead = _by_words(sample, words, _knowledge().fallback)
        return _Verdict("latin", language, lead >= _MARGIN, len(words), lead)
    for alphabet in _knowledge().alphabets:
        if _fits(alphabet, sample, sum(map(len, words))):
            return _Verdict(script.language, alphabet.language, True, _ENOUGH, _CLEAR)
    return _Verdict(script.language, script.language, len(words) >= _MARGIN, _ENOUGH, _CLEAR)


def _script_of(words: list[str]) -> _Script | None:
    """The script most letters are in, so that one look-alike decides nothing; None for Latin."""
    letters = "".join(words)
    counts = {script: sum(map(len, _run(script).findall(letters))) for script in _knowledge().scripts}
    script = max(counts, key=counts.__getitem__)
    return script if counts[script] > len(letters) - sum(counts.values()) else None


@cache
def _leads() -> dict[bytes, set[bytes]]:
    """The first bytes in UTF-8 of the letters of all scripts but Latin: one, and all but the last."""
    found: dict[bytes, set[bytes]] = {}
    for script in _knowledge().scripts:
        for letter in range(script.first, script.last + 1):
            written = chr(letter).encode()
            found.setdefault(written[:1], set()).add(written[:-1])
    return found


@cache
def _other_scripts() -> re.Pattern[str]:
    return re.compile(f"[{''.join(f'{chr(script.first)}-{chr(script.last)}' for script in _knowledge().scripts)}]")


@cache
def _run(script: _Script) -> re.Pattern[str]:
    """Letters of the script in a row."""
    return re.compile(f"[{chr(script.first)}-{chr(script.last)}]+")


def _by_words(sample: str, words: list[str], fallback: str) -> tuple[str, int]:
    """The most plausible language in Latin script, and by how many frequent words it leads."""
    known = _knowledge()
    counts = dict.fromkeys(known.languages, 0)
    for word in known.frequent.keys() & words:
        counts[known.frequent[word]] += 1
    for language, letters in known.latin.items():
        counts[language] = counts.get(language, 0) + (0 if sample.isascii() else sum(map(sample.count, letters)))
    ranked = sorted(counts.items(), key=lambda count: (-count[1], count[0] != fallback))
    if not ranked or ranked[0][1] == 0:
        return fallback, 0
    second = ranked[1][1] if len(ranked) > 1 else 0
    return ranked[0][0], ranked[0][1] - second


def _fits(alphabet: _Alphabet, sample: str, letters: int) -> bool:
    if not any(letter in sample for letter in alphabet.needs):
        return False
    return sum(map(sample.count, alphabet.letters)) >= alphabet.share * letters


@cache
def _knowledge() -> _Knowledge:
    table = load_table("tolmach.text", "detect.toml")
    frequent = _frequent_words()
    scripts = tuple(_Script(**script) for script in table["scripts"].values())
    return _Knowledge(
        codes=frozenset(table["codes"]),
        words_in_names=frozenset(table["words_in_names"]),
        fallback=table["fallback"],
        scripts=scripts,
        latin={language: frozenset(letters) for language, letters in table["latin"].items()},
        alphabets=tuple(_Alphabet(**alphabet) for alphabet in table["cyrillic"]),
        languages=tuple(frequent),
        frequent={word: language for language, words in frequent.items() for word in words},
    )


def _frequent_words() -> dict[str, frozenset[str]]:
    """The frequent words of the languages in Latin script, without those two of them share (`in`, `die`, `was`)."""
    lists: dict[str, set[str]] = {}
    for entry in files("tolmach.text.languages").iterdir():
        if entry.name.endswith(".toml"):
            frequent = load_table("tolmach.text.languages", entry.name).get("frequent", ())
            lists[entry.name.removesuffix(".toml")] = {word.lower() for word in frequent if len(word) > 1}
    latin = {language: words for language, words in lists.items() if any(word.isascii() for word in words)}
    return {
        language: frozenset(words.difference(*(other for code, other in latin.items() if code != language)))
        for language, words in latin.items()
    }
