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
PARTS = "ба ве го ди жу за ки ло ма ни ор пе ру са то ур фе ха чу ши яр кас мен тур бал гор дан жан лен рус тим".split()
FORMS = [
    "{0} {1} {2} traf am {3} in {0}stadt ein, {6} {4} {7} {5}.", "{2} sprach {6} {4} {8} {9} {7} {5}.",
    "{6} {3} {7} {4} {8} {5}, {9} {2}s {3} {6} {5}.", "In {0}grad {7} {1} {2} {8} {9} {5}, {6} {4}.",
]  # fmt: skip


@cache
def name(rank, way):
    """The name of that rank in endless lists."""
    chance = random.Random(rank)
    surname = "".join(chance.choices(PARTS, k=2 + rank % 2 + (rank > 9999))).capitalize() + chance.choice(("ов", "ев", "ин", "баев"))
    return [system.load(way).transcribe(word) for word in (surname[:4], chance.choice(GIVEN), surname)]


@cache
def noun(rank):
    """The compound of that rank."""
    chance = random.Random(rank)
    return "".join(chance.choices(NOUNS, k=1 + (rank > 40) + (rank > 1500) + (rank > 60000))).capitalize()


def sentence(chance):
    """A sentence of words that come by Zipf's law."""
    ranks = [int(RICH * (chance.random() ** (-HEAPS / (1 - HEAPS)) - 1)) for _slot in range(4)]
    person = name(ranks[0] % 10**9, "ru-de-duden" if chance.random() < 0.9 else "ru-en-bgn")
    return chance.choice(FORMS).format(*person, *(noun(rank % 10**9) for rank in ranks[1:]), *chance.choices(SMALL, k=4))


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
