"""How fast names are restored and words are scanned, and how many ordinary words and names get an answer.

    .venv/bin/python scripts/bench/restore.py NAMES.txt WORDS.txt

NAMES.txt has transcribed names, WORDS.txt ordinary words or Western names, one a line.
"""

import sys
import time
from pathlib import Path

from tolmach.transcription.restore import is_transcription, likely


def rate(work, lines):
    """The answers and how many a second."""
    started = time.perf_counter()
    answers = [work(line) for line in lines]
    return answers, len(lines) / (time.perf_counter() - started)


for path in map(Path, sys.argv[1:]):
    lines = list(dict.fromkeys(path.read_text(encoding="utf-8").splitlines()))
    is_transcription("Tokajew"), likely("Tokajew", "de", "ru", None, 5)  # what is loaded once does not count
    quick, words = rate(is_transcription, lines)
    full, names = rate(lambda line: likely(line, "de", "ru", None, 5), lines)
    print(f"{path}: {len(lines)} lines")
    print(f"  quick answer: {words:,.0f} words/s, yes for {sum(quick) / len(lines):.1%}")
    print(f"  restored: {names:,.0f} names/s, an answer for {sum(map(bool, full)) / len(lines):.1%}")
