"""How many terms a second are put right in translations of any engine, without what is loaded once.

    .venv/bin/python scripts/bench/repair.py PAIRS.jsonl [TIMES]

PAIRS.jsonl has the lines that `tolmach repair --jsonl` reads. They are repaired once, and then TIMES (10) times over
without being remembered as whole sentences; the first time, which also loads dictionaries, is told apart.
"""

import sys
import time
from pathlib import Path

from tolmach.cli.pairs import Reader
from tolmach.glossary.find import Finder
from tolmach.glossary.model import Glossary
from tolmach.translate.enforce.repair import Repair

lines = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
times = int(sys.argv[2]) if len(sys.argv) > 2 else 10
reader, work = Reader(lambda: Finder(Glossary({}))), Repair()
terms = sum(len(reader.pair(line, 1).terms) for line in lines)


def seconds(count):
    """How long it takes to read and repair the lines that many times."""
    started = time.perf_counter()
    for _answer in work.run(reader.pair(line, 1) for _time in range(count) for line in lines):
        pass
    return time.perf_counter() - started


first, rest = seconds(1), seconds(times - 1)
print(f"{len(lines)} pairs, {terms} terms")
print(f"  first time: {first:.2f} s")
again = times - 1
print(f"  {again} times more: {again * terms / rest:,.0f} terms/s, {again * len(lines) / rest:,.0f} pairs/s")
