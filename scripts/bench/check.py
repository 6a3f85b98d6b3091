"""Speed and memory of `tolmach check`, beside codespell with the same spellings where that is installed.

    .venv/bin/python scripts/bench/check.py [--megabytes 20] [--concepts 5000] [--jobs 2] [--rounds 3] [--only dense]

The texts are made of the articles in seeds/. `dense` is the articles again and again, `sparse` has unwanted spellings
in one of 50 copies, `tree` is dense as a file for each article. In `distinct` ones every paragraph has some words of
its own, so that none comes twice. Invented concepts stand in no text. A ratio above 1: faster than codespell.
"""

import argparse
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CONCEPT = (
    '[[concept]]\nid = "c{0}"\nkind = "place"\n[[concept.de]]\nform = "Q{1}stadt"\nstatus = "preferred"\n'
    '[[concept.de]]\nform = "Q{1}stedt"\nstatus = "deprecated"\n'
)
GLOSSARY = ["--glossary", str(ROOT / "glossary")]
TOLMACH = [sys.executable, "-m", "tolmach", "check"]
ENVIRONMENT = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}


def run(words, output, environment):
    """Seconds on the clock, seconds of processors and megabytes of the largest process of a command.

    The megabytes begin with those of this process, which must stay small.
    """
    start = time.perf_counter()
    with output.open("wb") as stream:
        process = subprocess.Popen(words, stdout=stream, stderr=subprocess.DEVNULL, env=environment)
        _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    megabytes = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, megabytes


def clean(folder):
    """The articles, the same with what can safely be mended mended, and the single words that were unwanted."""
    copy = folder / "articles"
    shutil.copytree(ROOT / "seeds", copy, ignore=lambda _folder, names: [name for name in names if "toml" in name])
    before = [path.read_text(encoding="utf-8") for path in sorted(copy.iterdir())]
    done = subprocess.run([*TOLMACH, copy, *GLOSSARY, "--format", "json"], capture_output=True, check=False)
    found = json.loads(done.stdout)["findings"]
    pairs = {one["text"]: one["replacements"][0] for one in found if one["replacements"] and one["text"].isalnum()}
    subprocess.run([*TOLMACH, copy, *GLOSSARY, "--fix", "--fix-quotations"], capture_output=True, check=False)
    return before, [path.read_text(encoding="utf-8") for path in sorted(copy.iterdir())], pairs


def distinct(text, small, chance):
    """The text with words of its own put in, one of 25, at least one in every paragraph."""
    rows = [row.split(" ") for row in text.split("\n")]
    for words in rows:
        for _each in range(1 + len(words) // 25 if words != [""] else 0):
            words.insert(chance.randrange(len(words) + 1), "".join(chance.sample(small, 2)))
    return "\n".join(map(" ".join, rows))


def write_texts(folder, megabytes):
    """Write the texts, article by article; gives their paths by their names, and the unwanted words."""
    before, after, pairs = clean(folder)
    one, mended, chance = "\n".join(before) + "\n", "\n".join(after) + "\n", random.Random(5)
    small = sorted(set(re.findall(r"\b[a-zäöüß]{4,}\b", one)))
    names = ("sparse", "dense", "sparse-distinct", "dense-distinct")
    paths = {name: folder / f"{name}.txt" for name in names} | {"tree": folder / "tree"}
    paths["tree"].mkdir()
    for number in range(max(1, round(megabytes * 1e6 / len(one.encode())))):
        for name in names:
            text = one if name.startswith("dense") or not number % 50 else mended
            with paths[name].open("a", encoding="utf-8") as stream:
                stream.write(distinct(text, small, chance) if name.endswith("distinct") else text)
        for place, article in enumerate(before):
            (paths["tree"] / f"{number}_{place}.txt").write_text(article, encoding="utf-8")
    return paths, pairs


def write_glossary(path, count):
    """Write a glossary of invented places."""
    letters = (oct(number)[2:].translate(str.maketrans("01234567", "abdegiku")) for number in range(count))
    concepts = (CONCEPT.format(number, word) for number, word in enumerate(letters))
    with path.open("w", encoding="utf-8") as stream:
        stream.write('title = "invented"\n')
        stream.writelines(concepts)


def main():
    """Measure each text with the glossary of the repository, with invented concepts and in several processes."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("megabytes", 20), ("concepts", 5000), ("jobs", 2), ("rounds", 3)):
        options.add_argument(f"--{name}", type=int, default=default)
    options.add_argument("--only", help="a text")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = {**ENVIRONMENT, "XDG_CACHE_HOME": str(folder / "cache")}
        texts, pairs = write_texts(folder, chosen.megabytes)
        write_glossary(folder / "big.toml", chosen.concepts)
        (folder / "words").write_text(
            "".join(f"{old.lower()}->{new}\n" for old, new in pairs.items()), encoding="utf-8"
        )
        kinds = {
            "one process": GLOSSARY,
            f"{chosen.concepts} concepts more": [*GLOSSARY, "--glossary", str(folder / "big.toml")],
            f"{chosen.jobs} processes": [*GLOSSARY, "--jobs", str(chosen.jobs)],
        }
        tolmach = [*TOLMACH, "--format", "json"]
        codespell = shutil.which("codespell")
        for kind in kinds.values():
            run([*tolmach, ROOT / "seeds", *kind], folder / "out", environment)
        cold = [run([*tolmach, ROOT / "seeds", *GLOSSARY], folder / "out", environment)[0] for _each in range(9)]
        print(f"cold start on the articles: {statistics.median(cold) * 1000:.0f} ms")
        for text, path in texts.items():
            if chosen.only not in (None, text):
                continue
            size = sum(file.stat().st_size for file in path.iterdir()) if path.is_dir() else path.stat().st_size
            other, runs = [], {kind: [] for kind in kinds}
            # In turn, so that what else the computer does meanwhile disturbs all of them.
            for _each in range(chosen.rounds):
                if codespell:
                    spell = [codespell, "-D", folder / "words", "--regex", r"\w+", path]
                    other.append(run(spell, folder / "out", None))
                for kind, words in kinds.items():
                    runs[kind].append(run([*tolmach, path, *words], folder / "out", environment))
            if other:
                print(shown(text, "codespell", size, other, other))
            for kind, found in runs.items():
                print(shown(text, kind, size, found, other), flush=True)


def shown(text, kind, size, runs, others):
    """A line of the table: medians, on the clock and of processors, the latter beside those of codespell."""
    clock, processors = (statistics.median(run[number] for run in runs) for number in (0, 1))
    ratio = f"{statistics.median(run[1] for run in others) / processors:6.2f}" if others else ""
    memory = max(run[2] for run in runs)
    return (
        f"{text:16}{kind:22}{clock:7.2f} s {processors:7.2f} s {size / 1e6 / clock:7.1f} MB/s {memory:5.0f} MB {ratio}"
    )


if __name__ == "__main__":
    main()
