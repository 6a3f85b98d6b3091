"""Words and names that are no transcriptions, to tell transcriptions from; the inputs stand in restoration.toml."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

import restoration_names

from tolmach.transcription.restoration.channel import latin

_MIMESIS = "de de-at de-ch en en-gb fr it es nl sv da no fi pt hu"
_FAKER = "de_DE de_AT de_CH en_US en_GB fr_FR it_IT es_ES nl_NL sv_SE da_DK no_NO fi_FI pt_PT hu_HU"
_COUNTRIES = "DE AT CH US GB FR IT ES NL BE SE DK NO PT IE CA AU FI"
_WORD = re.compile(r"[^\W\d_]{3,}")
_SLAVIC = re.compile("([oe]v|[oe]va|sk[iy]|ska|sk[ya]ya|ich|enko|chuk|yan|ian|vili|vich)$")


def german(folder: Path) -> set[str]:
    """German words in small letters."""
    found = set(json.loads((folder / "an-array-of-german-words/package/words.json").read_text(encoding="utf-8")))
    for path in sorted((folder / "monaco-de/package/translations").rglob("*.json")):
        found |= set(_strings(json.loads(path.read_text(encoding="utf-8"))))
    for name in ("django", "wagtail"):
        for path in sorted((folder / name).rglob("locale/de/LC_MESSAGES/*.po")):
            text = path.read_text(encoding="utf-8")
            found |= set(_WORD.findall(" ".join(re.findall(r'^msgstr(?:\[\d\])? "(.*)"$', text, re.MULTILINE))))
    return {latin(word) for entry in found for word in _WORD.findall(entry)}


def english(folder: Path) -> set[str]:
    """English words in small letters."""
    return set((folder / "word-list/package/words.txt").read_text(encoding="utf-8").split())


def western(folder: Path) -> set[str]:
    """Western surnames and given names in small letters; those of the US census without the Slavic ones."""
    found: set[str] = set()
    for locale in _MIMESIS.split():
        found.update(*restoration_names.mimesis(folder, locale))
    for locale in _FAKER.split():
        found.update(*restoration_names.faker(folder, locale))
    for name in ("dist.all.last", "dist.female.first", "dist.male.first"):
        lines = (folder / f"names/names/{name}").read_text(encoding="utf-8").splitlines()
        found |= {line.split()[0].lower() for line in lines if not _SLAVIC.search(line.split()[0].lower())}
    return {latin(word) for name in found for word in _WORD.findall(name)}


def cities(folder: Path) -> set[str]:
    """Words of the names of Western cities in small letters."""
    return {
        latin(word)
        for city in restoration_names.cities(folder)
        if city.country in _COUNTRIES.split()
        for word in _WORD.findall(city.names[0])
    }


def bucket(word: str) -> int:
    """0 to 9, by the word alone: 0 is kept for calibrating, 1 for the final figures, the rest trains."""
    return hashlib.sha256(word.encode("utf-8")).digest()[0] % 10


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield from _WORD.findall(value)
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)
