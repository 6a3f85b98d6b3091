"""Time, memory, proposals and recall of blocking a million generated names against 100,000 originals.

    unzip natasha-0.10.0-py2.py3-none-any.whl 'natasha/data/dicts/*' -d names      # 182,000 Russian surnames, MIT
    .venv/bin/python scripts/bench/blocking.py names/natasha/data/dicts/{first,last}.txt

Half of the names are of persons in the list, the others of strangers; frequent names come as often as in life (the most
frequent surname has 2 per cent). One of ten has a mistyped letter, one of ten is swapped, one of twenty has an initial.
"""

import random
import resource
import sys
import time
from collections import Counter
from pathlib import Path

from tolmach.names.blocking import Index
from tolmach.transcription import system

NAMES, ORIGINALS = int(sys.argv[3]) if len(sys.argv) > 3 else 1_000_000, 100_000
SYSTEMS = [system.load(name) for name in system.names() if name.startswith("ru-")]


def mistyped(word):
    """The word with one letter left out, replaced, put in or swapped with the next."""
    at, letter = chance.randrange(1, len(word)), chance.choice("abcdefghijklmnopqrstuvwxyz")
    before, here, after = word[:at], word[at], word[at + 1 :]
    return before + chance.choice((after, letter + after, letter + here + after, after[:1] + here + after[1:]))


def written(given, surname):
    """Which kind of spelling the name has in some text, and the spelling."""
    wrong = chance.choice((given, surname))
    kinds = {"full": (given, surname), "swapped": (surname + ",", given), "initial": (given[0] + ".", surname)}
    kinds["mistyped"] = tuple(mistyped(word) if word == wrong else word for word in (given, surname))
    (kind,) = chance.choices(("full", "swapped", "initial", "mistyped"), (75, 10, 5, 10))
    return kind, " ".join(kinds[kind])


chance = random.Random(3)
lists = [[word.title() for word in Path(path).read_text("utf-8").split() if len(word) > 2] for path in sys.argv[1:3]]
for words in lists:
    chance.shuffle(words)
people = iter(lambda: [words[int(len(words) * chance.random() ** 3)] for words in lists], None)
originals = [next(people) for _number in range(ORIGINALS)]
memory, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
index = Index(map(" ".join, originals))
print(f"index: {time.perf_counter() - start:.1f} s, {len(index):,} blocks")
seconds, proposed, asked, found = 0.0, 0, Counter(), Counter()
for number in range(NAMES):
    own = chance.randrange(ORIGINALS) if number % 2 else -1
    way = chance.choice(SYSTEMS)
    kind, name = written(*map(way.transcribe, originals[own] if number % 2 else next(people)))
    start = time.perf_counter()
    candidates = list(index.candidates(name))
    seconds, proposed = seconds + time.perf_counter() - start, proposed + len(candidates)
    asked[kind], found[kind] = asked[kind] + number % 2, found[kind] + (own in candidates)
memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory) // 1024
print(f"{NAMES:,} names: {seconds:.0f} s, {proposed / NAMES:.1f} pairs a name, {memory} MB")
print(f"recall {found.total() / asked.total():.2%}:", *(f"{kind} {found[kind] / asked[kind]:.2%}" for kind in asked))
