"""Sentences with terms and the forms that are right for them: the grammar of the tiny models, decisions of a house."""

from __future__ import annotations

import random
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from tolmach.translate.enforce.model import Term

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "build"))

from tiny_forms import NAMES, VOCABULARY, Entry, decline, russian
from tiny_grammar import Grammar

HOUSE: Entry = tomllib.loads(Path(__file__).with_suffix("").with_name("ablation.toml").read_text(encoding="utf-8"))
VOCABULARY["endings"]["ru"] |= HOUSE["endings"]
KINDS = {"person": "person", "country": "place", "city": "place", "organisation": "organisation", "office": "office"}
LEARNED = deepcopy(NAMES)
DAMAGED = 0.45  # of the names in a draft


@dataclass(frozen=True)
class Row:
    """A sentence in its languages with a draft, its terms, and how often which form is right."""

    texts: dict[str, str]
    reference: dict[str, str]
    terms: dict[tuple[str, str], tuple[Term, ...]]
    forms: dict[str, Counter[str]]
    draft: str = ""
    judged: frozenset[str] = field(default_factory=frozenset)


def decide(language: str | None) -> None:
    """Let the grammar write what the house has decided about a language; None: what the models have learned."""
    for kind, entries in LEARNED.items():
        NAMES[kind] = deepcopy(entries)
    for kind, rows in HOUSE[language].items() if language else ():
        for row in rows:
            entry = next(one for one in NAMES[kind] if one["en"] == row["en"])
            old = entry["de"]
            entry |= {key: value for key, value in row.items() if key not in ("en", "new_en", "known")}
            entry["en"] = row.get("new_en", row["en"])
            for person in NAMES["person"] if kind == "country" else ():
                if person.get("land") == old:
                    person["land"] = entry["de"]


class Recording(Grammar):
    """Also tells which surnames it has made up."""

    def __init__(self, seed: int, unknown: float) -> None:
        super().__init__(seed, unknown=unknown)
        self.made: list[Entry] = []
        self._make, self.nouns.made_up = self.nouns.made_up, self._made_up  # type: ignore[method-assign]

    def _made_up(self) -> Entry:
        self.made.append(self._make())
        return self.made[-1]


def drawn(seed: int, unknown: float, language: str | None) -> Iterator[tuple[Any, list[Entry]]]:
    """Sentences with the surnames made up for them."""
    decide(language)
    grammar = Recording(seed, unknown)
    for sentence in grammar.sentences():
        yield sentence, list(grammar.made)
        grammar.made.clear()


def rows(count: int, language: str, *, seed: int = 2022, unknown: float = 0.0) -> list[Row]:
    """Rows with terms, most of which the house decides otherwise than the models have learned."""
    sentences = [sentence for sentence, _made in islice(drawn(seed, unknown, None), count * 4)]
    decided = islice(drawn(seed, unknown, language), count * 4)
    new = [(texts._asdict(), made) for texts, made in decided]
    found = (_row(old._asdict(), texts, language, made) for old, (texts, made) in zip(sentences, new, strict=True))
    return list(islice((row for row in found if row and len(row.texts["de"].split()) > 4), count))


def _row(texts: dict[str, str], reference: dict[str, str], language: str, made: list[Entry]) -> Row | None:
    terms: dict[tuple[str, str], list[Term]] = {("de", "en"): [], ("en", "ru"): [], ("ru", "de"): []}
    forms: dict[str, Counter[str]] = {"de": Counter(), "en": Counter(), "ru": Counter()}
    changed, judged = False, set()
    for kind in (*KINDS, "body"):
        for old, new, known in _entries(kind, language, made):
            there = {code: _places(reference[code], _forms(new, code, kind)) for code in forms}
            if not all(there.values()):
                continue
            changed |= old != new or old in made
            for code, places in there.items():
                forms[code].update(reference[code][start:end].lower() for start, end in places)
                if old in made:
                    judged |= {reference[code][start:end].lower() for start, end in places}
            for pair in terms:
                terms[pair].append(_term(old, new, KINDS.get(kind, "term"), pair, known=known))
    if not changed:
        return None
    fixed = {pair: tuple(found) for pair, found in terms.items()}
    return Row(texts, reference, fixed, forms, judged=frozenset(judged))


@cache
def _known(language: str) -> dict[str, bool]:
    listed = (row for kind in HOUSE[language].values() for row in kind)
    return {row["en"]: row.get("known", False) for row in listed}


def _entries(kind: str, language: str, made: list[Entry]) -> Iterator[tuple[Entry, Entry, bool]]:
    for old, new in zip(LEARNED[kind], NAMES[kind], strict=True):
        yield old, new, _known(language).get(old["en"], False)
    for one in made if kind == "person" else ():
        yield one, one, False


def _forms(entry: Entry, code: str, kind: str) -> list[str]:
    if code == "ru":
        return russian(entry)
    if code == "en":
        return [entry["en"]]
    plain = decline(entry["de"], "de")
    return [*plain, f"{plain[0]}s"] if kind in ("person", "country", "city") else plain


def _places(text: str, forms: list[str]) -> list[tuple[int, int]]:
    listed = "|".join(sorted(map(re.escape, set(forms)), key=len, reverse=True))
    return [found.span() for found in re.finditer(rf"(?<![\w-])(?:{listed})(?!\w)", text, re.IGNORECASE)]


def _term(old: Entry, new: Entry, kind: str, pair: tuple[str, str], *, known: bool) -> Term:
    def base(entry: Entry, code: str) -> str:
        return entry["en"] if code == "en" else (decline(entry["de"], "de") if code == "de" else russian(entry))[0]

    source, target = (base(new, code) for code in pair)
    before = base(old, pair[1])
    also = (before,) if known and before != target else ()
    # what a model knows best: the English form, or the form that it has learned
    spellings = () if pair[0] == "ru" else (base(old if pair[0] == "en" else new, "en"),)
    return Term(source, target, kind, new["en"], also=also, spellings=spellings)


def damaged(row: Row, code: str, rng: random.Random) -> Row:
    """The row with a draft as engines write it: other terms than the house's, names garbled."""
    text = row.texts[code]
    for term in row.terms[next(pair for pair in row.terms if pair[1] == code)]:
        if term.kind in ("person", "place") and rng.random() < DAMAGED:
            text = _garbled(text, term, code, rng)
    return replace(row, draft=text)


def _garbled(text: str, term: Term, code: str, rng: random.Random) -> str:
    # the form that the models have learned, where the house has another
    base = term.also[0] if term.also else term.target
    stem = re.sub(r"(ий|ая|[аяйь])$", "", base)
    places = list(re.finditer(rf"(?<![\w-])({re.escape(stem)})(\w{{0,3}})(?![\w-])", text))
    way = rng.choice(["left", "misspelt", "transcribed", "base"])
    for found in reversed(places):
        new = {
            "left": term.id if code == "ru" else f"{term.id}{'s' * (found[2] == 's')}",
            "base": base,
        }.get(way) or _respelled(found[1], HOUSE[way][code]) + found[2]
        text = text[: found.start()] + new + text[found.end() :]
    return text


def _respelled(stem: str, table: list[list[str]]) -> str:
    for old, new in table:
        if old in stem:
            return stem.replace(old, new, 1)
    return stem + stem[-1]
