"""How long a book takes to become each kind of document, and how much memory that needs.

    .venv/bin/python scripts/bench/book.py [SENTENCES] [FORMAT …]

A German book with reviewed English and Russian translations is made up in a temporary folder, by default with 30,000
sentences, about 1,000 pages: those of the five articles with a number before each, so that none comes twice. Then it is
written in each format, each in a process of its own, and delivered as the English and Russian texts.
"""

import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import polib

from tolmach.text.formats import Source, load
from tolmach.text.identity import segments

FORMATS = ("html", "docx", "epub", "md", "tsv", "tmx", "xliff", "xliff12", "po")
ROOT = Path(__file__).parents[2]
chance = random.Random(1)
arguments = sys.argv[1:]
SENTENCES = int(arguments.pop(0)) if arguments and arguments[0].isdecimal() else 30_000


def trios():
    """Sentences of the articles with their translations."""
    for path in sorted((ROOT / "translations" / "en").glob("*.po")):
        russian = {entry.msgctxt: entry.msgstr for entry in polib.pofile(ROOT / "translations" / "ru" / path.name)}
        for entry in polib.pofile(path):
            if entry.msgstr and russian.get(entry.msgctxt) and len(entry.msgid) > 20:
                yield entry.msgid, entry.msgstr, russian[entry.msgctxt]


def make(folder):
    """Write the book and its translations."""
    known, translated, paragraphs, paragraph = list(trios()), {}, [], []
    for number in range(SENTENCES):
        german, english, russian = (f"{number + 1}: {text}" for text in chance.choice(known))
        translated[german] = english, russian
        paragraph.append(german)
        if chance.random() < 0.2:
            paragraphs.append(" ".join(paragraph))
            paragraph = []
    text = "\n\n".join([*paragraphs, " ".join(paragraph)]) + "\n"
    (folder / "book.txt").write_text(text, encoding="utf-8")
    files = {code: polib.POFile() for code in ("en", "ru")}
    source = Source("book.txt", "book", text.encode(), "de")
    seen = {}
    for document in load("plain").read(source):
        for segment in segments(document, seen):
            for file, translation in zip(files.values(), translated.get(segment.text, ("–", "–")), strict=True):
                file.append(polib.POEntry(msgctxt=segment.id, msgid=segment.text, msgstr=translation))
    for code, file in files.items():
        (folder / "translations" / code).mkdir(parents=True)
        file.save(folder / "translations" / code / "book.po")
    return sum(map(len, files.values())) // len(files)


def run(folder, *words):
    """Seconds by the clock and of the processor, and the most memory that a process has had so far."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([sys.executable, "-m", "tolmach", *words, "book.txt"], cwd=folder, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.perf_counter() - started, after.ru_utime - before.ru_utime, after.ru_maxrss >> 10


with tempfile.TemporaryDirectory() as name:
    place = Path(name)
    print(f"{make(place):,} sentences, {(place / 'book.txt').stat().st_size / 1e6:.1f} MB of German")
    house = ("--glossary", str(ROOT / "glossary"))
    for form in arguments or FORMATS:
        clock, processor, memory = run(place, "parallel", "--languages", "de,en,ru", "--format", form, *house)
        size = sum(path.stat().st_size for path in (place / "translations" / "parallel").iterdir()) / 1e6
        times = f"{clock:5.1f} s, processor {processor:5.1f} s"
        print(f"{form:8} {times}; so far at most {memory} MB, {size:.0f} MB of files")
    if not arguments:
        clock, processor, memory = run(place, "deliver", "--to", "en,ru", *house)
        print(f"deliver  {clock:5.1f} s, processor {processor:5.1f} s, so far at most {memory} MB")
