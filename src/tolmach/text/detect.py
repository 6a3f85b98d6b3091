"""Which language a text is in: by its file name, its script, its letters and its frequent words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import PurePath
from typing import Any

from tolmach.files import load_table

_SAMPLE = 400  # code points of a paragraph that are looked at
_MARGIN = 2  # frequent words by which a language must lead to be certain
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
    frequent: dict[str, frozenset[str]]  # words that stand in the list of one language only


def guess(text: str) -> str:
    """The most plausible language of a text (ISO 639-1): by script, then by letters and frequent words.

    Only the beginning is looked at. For a text that may change its language use `languages` on its paragraphs.

    >>> guess("Токаев отменил режим"), guess("The president of the republic has resigned"), guess("7.1.2022")
    ('ru', 'en', 'de')
    """
    return languages([text])[0]


def languages(paragraphs: Iterable[str]) -> list[str]:
    """The language of each paragraph; one that gives no clue follows its neighbours of the same script."""
    samples = [paragraph[:_SAMPLE] for paragraph in paragraphs]
    found = [_judge(sample) for sample in samples]
    forward = _inherit(found)
    backward = _inherit(found[::-1])[::-1]
    # Where no paragraph is certain, the first of them together say more than each alone.
    together = _judge("\n".join(samples[:_SAMPLE])) if samples else ("", "", False)
    return [
        before or after or (together[1] if own[0] == together[0] else own[1])
        for own, before, after in zip(found, forward, backward, strict=True)
    ]


def _inherit(found: list[tuple[str, str, bool]]) -> list[str]:
    """For each paragraph its own language when certain, else the last certain one in its script, else nothing."""
    last: dict[str, str] = {}
    inherited = []
    for script, best, certain in found:
        if certain:
            last.pop(script, None)
            last[script] = best
        # Without any letter (a date, a row of stars) the paragraph belongs to the one before it, whatever its script.
        inherited.append(last.get(script, "") if script else next(reversed(last.values()), ""))
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


def _judge(text: str) -> tuple[str, str, bool]:
    """(script, most plausible language, whether that is certain) of a paragraph."""
    sample = text[:_SAMPLE].lower()
    words = _WORD.findall(sample)
    if not words:
        return "", _knowledge().fallback, False
    script = None if sample.isascii() else _script_of(words)
    if script is None:
        return "latin", *_by_words(sample, words, _knowledge().fallback)
    for alphabet in _knowledge().alphabets:
        if _fits(alphabet, sample, sum(map(len, words))):
            return script.language, alphabet.language, True
    return script.language, script.language, len(words) >= _MARGIN


def _script_of(words: list[str]) -> _Script | None:
    """The script most letters are in, so that one look-alike decides nothing; None for Latin."""
    letters = "".join(words)
    if ord(max(letters)) < _first_of_scripts():
        return None
    counts = {script: sum(map(len, _run(script).findall(letters))) for script in _knowledge().scripts}
    script = max(counts, key=counts.__getitem__)
    return script if counts[script] > len(letters) - sum(counts.values()) else None


@cache
def _first_of_scripts() -> int:
    return min(script.first for script in _knowledge().scripts)


@cache
def _run(script: _Script) -> re.Pattern[str]:
    """Letters of the script in a row."""
    return re.compile(f"[{chr(script.first)}-{chr(script.last)}]+")


def _by_words(sample: str, words: list[str], fallback: str) -> tuple[str, bool]:
    known = _knowledge()
    counts = {language: len(frequent.intersection(words)) for language, frequent in known.frequent.items()}
    for language, letters in known.latin.items():
        counts[language] = counts.get(language, 0) + (0 if sample.isascii() else sum(map(sample.count, letters)))
    ranked = sorted(counts.items(), key=lambda count: (-count[1], count[0] != fallback))
    if not ranked or ranked[0][1] == 0:
        return fallback, False
    second = ranked[1][1] if len(ranked) > 1 else 0
    return ranked[0][0], ranked[0][1] - second >= _MARGIN


def _fits(alphabet: _Alphabet, sample: str, letters: int) -> bool:
    if not any(letter in sample for letter in alphabet.needs):
        return False
    return sum(map(sample.count, alphabet.letters)) >= alphabet.share * letters


@cache
def _knowledge() -> _Knowledge:
    table = load_table("tolmach.text", "detect.toml")
    scripts = tuple(_Script(**script) for script in table["scripts"].values())
    return _Knowledge(
        codes=frozenset(table["codes"]),
        words_in_names=frozenset(table["words_in_names"]),
        fallback=table["fallback"],
        scripts=scripts,
        latin={language: frozenset(letters) for language, letters in table["latin"].items()},
        alphabets=tuple(_Alphabet(**alphabet) for alphabet in table["cyrillic"]),
        frequent=_frequent_words(),
    )


def _frequent_words() -> dict[str, frozenset[str]]:
    """The frequent words of the languages in Latin script, without those two of them share (`in`, `die`, `was`)."""
    lists: dict[str, set[str]] = {}
    for entry in files("tolmach.text.languages").iterdir():
        if entry.name.endswith(".toml"):
            table: dict[str, Any] = tomllib.loads(entry.read_text(encoding="utf-8"))
            lists[entry.name.removesuffix(".toml")] = {
                word.lower() for word in table.get("frequent", ()) if len(word) > 1
            }
    latin = {language: words for language, words in lists.items() if any(word.isascii() for word in words)}
    return {
        language: frozenset(words.difference(*(other for code, other in latin.items() if code != language)))
        for language, words in latin.items()
    }
