"""How fast a large TMX is indexed and looked up, and how much memory that takes.

    .venv/bin/python scripts/bench/memory.py MEGABYTES [FOLDER]

A TMX of that size is written to FOLDER (a temporary one without it) from made-up sentences, whose words are as
frequent as those of a language (Zipf). It is indexed once; then sentences of it are asked for, as they are and with
another last word.
"""

import random
import resource
import sys
import tempfile
import time
from pathlib import Path

from tolmach.memory.store import Store

MEGABYTES = int(sys.argv[1])
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4"><header srclang="de"/><body>\n'
VARIANT = '<tuv xml:lang="{}"><seg>{}</seg></tuv>'
UNIT = '<tu tuid="{}" creationid="bench">' + VARIANT.format("de-DE", "{}") + VARIANT.format("ru-RU", "{}") + "</tu>\n"
chance = random.Random(1)
SYLLABLES = ["sa", "ke", "to", "mi", "ru", "wa", "len", "dor", "stan", "ber", "gen", "ij", "os", "ul", "ra", "ni"]
WORDS = ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 5))) for _word in range(200_000)]
WEIGHTS = [1 / (rank + 2) for rank in range(len(WORDS))]


def generate(path):
    """Write the file; gives every hundredth sentence."""
    asked, number = [], 0
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        while file.tell() < MEGABYTES << 20:
            words = chance.choices(WORDS, WEIGHTS, k=14_000)
            for start in range(0, len(words), 14):
                sentence = " ".join(words[start : start + 7 + number % 8])
                file.write(UNIT.format(number, sentence, f"Перевод {sentence}"))
                number += 1
            asked += [" ".join(words[: 7 + (number - 1000) % 8])]
        file.write("</body></tmx>\n")
    return asked, number


def speed(what, count, ask):
    """Say how many questions a second are answered, and how many in vain."""
    started = time.perf_counter()
    missed = sum(not ask(number) for number in range(count))
    print(f"  {what}: {count / (time.perf_counter() - started):,.0f}/s, {missed} of {count} not found")


folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(tempfile.mkdtemp())
asked, units = generate(folder / "bench.tmx")
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
started = time.perf_counter()
store = Store(folder / "bench.tmx", "de", "ru", folder)
seconds = time.perf_counter() - started
size = sum(file.stat().st_size for file in folder.glob("memory/*/*.sqlite")) >> 20
print(f"{units:,} units, {MEGABYTES} MB: indexed in {seconds:.1f} s ({MEGABYTES / seconds:.1f} MB/s), index {size} MB")
asked = asked[:: max(1, len(asked) // 200)][:200]
changed = [" ".join([*one.split()[:-1], "Tokajew"]) for one in asked]
count = len(asked)
speed("exact", count, lambda number: store.exact(asked[number]))
speed("fuzzy", count, lambda number: store.similar(changed[number], 0.75, 5))
speed("concordance", count // 4, lambda number: store.containing(" ".join(asked[number].split()[2:4]), 10))
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(f"  peak memory: {before >> 10} MB before, {after >> 10} MB after")
