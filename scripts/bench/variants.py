"""Speed and memory of `tolmach variants` on generated text, and how the time grows with its size.

    .venv/bin/python scripts/bench/variants.py [--jobs N] 10 100 1000     # MB

Names and words come by Zipf's law from endless lists, so that new ones never cease (Heaps' law, exponent 0.6): surnames of
random syllables, written by two systems, and German compounds. Exponent 1 is linear.
"""

import math
import os
import random
import sys
import tempfile
import time
from functools import cache
from pathlib import Path

from tolmach.transcription import system

HEAPS, RICH = 0.6, 200
NOUNS = (
    "Regierung Haus Land Kind Stadt Wasser Zeit Arbeit Schule Kraft Werk Geld Recht Markt Straße Wald Bau Verkehr Rat Brief Bild "
    "Film Spiel Sommer Winter Nacht Licht Stein Holz Eisen Bank Post Bahn Luft Sport Leben Weg Feuer Tag Garten Kunst Tisch"
).split()
SMALL = "der die das und in von mit auf für dass nicht auch nach über sagte kam blieb hatte neue große am bei sehr".split()
GIVEN = "Иван Пётр Анна Михаил Ольга Сергей Тимур Аскар Николай Елена Борис Юрий Дмитрий Карим Алексей Наталья".split()
WESTERN = "Peter Thomas Maria Paul Julia Martin Claudia Robert Stefan Karin Daniel Andreas Monika David Laura Simon".split()
RUSSIAN = [first + vowel + last for first in "б в г д ж з к л м н п р с т ф х ч ш гр ст бр кл".split() for vowel in "аеиоу"
           for last in " н р л м к т с".split(" ")]  # fmt: skip
GERMAN = [first + vowel + last for first in "Br Kl St M L R H W F D G B Sch N T K Kr P V Z".split()
          for vowel in "a e i o u ei au ü".split() for last in "rt lm nd ck ff tz ll ss rn bb gg sch".split()]  # fmt: skip
FORMS = [
    "{0} {1} traf am {2} in {4} ein, {5} {3} {6} {2}.", "{1} sprach {5} {3} {7} {8} {6} {2}.",
    "{5} {2} {6} {3} {7} {4}, {8} {1}s {2} {5} {3}.", "In {4} {6} {0} {1} {7} {8} {2}, {5} {3}.",
]  # fmt: skip


@cache
def person(rank):
    """The given name and the surname of that rank in endless lists, the latter as two systems write it."""
    chance = random.Random(rank)
    if rank % 3:
        surname = chance.choice(GERMAN) + chance.choice("er el mann ke le sen ing old ert ow".split())
        return chance.choice(WESTERN), surname, surname
    surname = "".join(chance.choices(RUSSIAN, k=2 + rank % 2)).capitalize() + chance.choice(("ов", "ев", "ин", "баев"))
    ways = [system.load(way).transcribe for way in ("ru-de-duden", "ru-en-bgn")]
    return ways[0](chance.choice(GIVEN)), *(way(surname) for way in ways)


@cache
def place(rank):
    """The place of that rank."""
    chance = random.Random(rank)
    parts = chance.choices(GERMAN, k=1 + (rank > 900))
    return parts[0] + "".join(map(str.lower, parts[1:])) + chance.choice("berg dorf hausen stadt ingen heim".split())


@cache
def noun(rank):
    """The compound of that rank."""
    chance = random.Random(rank)
    return "".join(chance.choices(NOUNS, k=1 + (rank > 40) + (rank > 1500) + (rank > 60000))).capitalize()


def sentence(chance):
    """A sentence of words that come by Zipf's law."""
    ranks = [int(RICH * (chance.random() ** (-HEAPS / (1 - HEAPS)) - 1)) % 10**9 for _slot in range(4)]
    given, surname, other = person(ranks[0])
    written = surname if chance.random() < 0.97 else other
    nouns = (noun(rank) for rank in ranks[1:3])
    return chance.choice(FORMS).format(given, written, *nouns, place(ranks[3]), *chance.choices(SMALL, k=4))


sizes, jobs = [size for size in sys.argv[1:] if size.isdigit()], "1"
if "--jobs" in sys.argv:
    jobs = sizes.pop(sys.argv[1:].index("--jobs"))
last = None
with tempfile.TemporaryDirectory() as folder:
    for megabytes in map(int, sizes):
        chance, place = random.Random(7), Path(folder, "text_de.txt")
        with place.open("w", encoding="utf-8") as text:
            while text.tell() < megabytes * 10**6:
                text.write("\n\n".join(" ".join(sentence(chance) for _ in range(5)) for _ in range(1000)) + "\n\n")
        begun, command = time.perf_counter(), [sys.executable, "-m", "tolmach", "variants", folder, "--format", "json"]
        child = os.posix_spawn(command[0], [*command, "--jobs", jobs], os.environ, file_actions=[
            (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)])  # fmt: skip
        used, seconds = os.wait4(child, 0)[2], time.perf_counter() - begun
        grown = f", exponent {math.log(seconds / last[1]) / math.log(megabytes / last[0]):.2f}" if last else ""
        print(f"{megabytes} MB: {seconds:.1f} s, {megabytes / seconds:.2f} MB/s, {used.ru_maxrss // 1024} MB{grown}")
        last = megabytes, seconds
