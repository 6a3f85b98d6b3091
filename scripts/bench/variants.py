"""Speed and memory of `tolmach variants` on generated text, and how the time grows with its size.

    .venv/bin/python scripts/bench/variants.py [--jobs N] 10 100 1000     # MB

Words and names come by Zipf's law from endless lists, so that new ones never cease (Heaps' law, exponent 0.6):
compounds, places, Western persons, and Russian ones whose surnames two systems write. Exponent 1 is linear.
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
WORDS = """\
Regierung Haus Land Kind Stadt Wasser Zeit Arbeit Schule Kraft Werk Geld Recht Markt Straße Wald Bau Verkehr Rat Brief
der die das und in von mit auf für dass nicht auch nach über sagte kam blieb hatte neue große am bei sehr
Иван Пётр Анна Михаил Ольга Сергей Тимур Аскар Николай Елена Борис Юрий Дмитрий Карим Алексей Наталья
Peter Thomas Maria Paul Julia Martin Claudia Robert Stefan Karin Daniel Andreas Monika David Laura Simon
ба вен гор ду жил зам ки лор мес ну па рес сак ту фер хан чу шам граб стел бру клим ов ев ин баев
Bra Klei Stau Ma Lü Re Ho Wi Fa Deu Gro Bei Schu Na Ti Ko Krü Pa Vo Zei rt lm nd ck ff tz ll ss rn bb gg sch
er el mann ke le sen ing old ert ow berg dorf hausen stadt ingen heim"""
NOUNS, SMALL, GIVEN, WESTERN, RUSSIAN, GERMAN, ENDS = map(str.split, WORDS.split("\n"))
FORMS = [
    "{0} {1} traf am {2} in {4} ein, {5} {3} {6} {2}. {1} sprach {5} {3} {7} {8} {6} {2}.",
    "{5} {2} {6} {3} {7} {4}, {8} {1}s {2} {5} {3}. In {4} {6} {0} {1} {7} {8} {2}, {5} {3}.",
]


@cache
def drawn(rank, kind):
    """The word of that rank in an endless list; of a person the given name and two spellings of the surname."""
    chance = random.Random(rank)
    if kind == "noun":
        return "".join(chance.choices(NOUNS, k=1 + (rank > 40) + (rank > 1500) + (rank > 60000))).capitalize()
    if kind == "place" or rank % 3:
        name = "".join(chance.choice(part) for part in (GERMAN[:20], GERMAN[20:]) * (1 + (rank > 900)))
        name = name.capitalize() + chance.choice(ENDS[10:] if kind == "place" else ENDS[:10])
        return name if kind == "place" else (chance.choice(WESTERN), name, name)
    surname = "".join(chance.choices(RUSSIAN[:-4], k=2 + rank % 3)).capitalize() + chance.choice(RUSSIAN[-4:])
    ways = [system.load(way).transcribe for way in ("ru-de-duden", "ru-en-bgn")]
    return ways[0](chance.choice(GIVEN)), *(way(surname) for way in ways)


def sentences(chance):
    """Two sentences of words that come by Zipf's law; of thirty Russian names one is written by the other system."""
    ranks = [int(RICH * (chance.random() ** (-HEAPS / (1 - HEAPS)) - 1)) % 10**9 for _slot in range(4)]
    given, surname, other = drawn(ranks[0], "person")
    rest = [drawn(rank, kind) for rank, kind in zip(ranks[1:], ("noun", "noun", "place"), strict=True)]
    written = surname if chance.random() < 0.97 else other
    return chance.choice(FORMS).format(given, written, *rest, *chance.choices(SMALL, k=4))


def measured(folder, megabytes, jobs):
    """Seconds of work of all processes, seconds by the clock, and the memory of the largest process, in MB."""
    chance = random.Random(7)
    with Path(folder, "text_de.txt").open("w", encoding="utf-8") as text:
        while text.tell() < megabytes * 10**6:
            text.write("\n\n".join(" ".join(sentences(chance) for _ in range(3)) for _ in range(1000)) + "\n\n")
    begun, command = time.perf_counter(), [sys.executable, "-m", "tolmach", "variants", folder, "--jobs", jobs]
    quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    used = os.wait4(os.posix_spawn(sys.executable, [*command, "--format", "json"], os.environ, file_actions=quiet), 0)[
        2
    ]
    return used.ru_utime + used.ru_stime, time.perf_counter() - begun, used.ru_maxrss // 1024


sizes, jobs, last = [size for size in sys.argv[1:] if size.isdigit()], "1", None
if "--jobs" in sys.argv:
    jobs = sizes.pop(sys.argv[1:].index("--jobs"))
with tempfile.TemporaryDirectory() as place:
    for size in map(int, sizes):
        work, clock, memory = measured(place, size, jobs)
        grown = f", exponent {math.log(work / last[1]) / math.log(size / last[0]):.2f}" if last else ""
        print(f"{size} MB: {clock:.1f} s, {size / work:.2f} MB a second and core, {memory} MB of memory{grown}")
        last = size, work
