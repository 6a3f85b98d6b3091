"""Start-up and speed of `tolmach check`, by the number of concepts: the first run compiles them, the second has them.

uv run python scripts/bench/check.py [CONCEPTS …]
"""

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CONCEPT = '[[concept]]\nid = "c{0}"\nkind = "place"\n[[concept.de]]\nform = "Q{1}stadt"\nstatus = "preferred"\n'
TEXT = "\n\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt")))


def seconds(*arguments: str, cache: Path) -> float:
    """Processor time of one check."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "tolmach", "check", "--lang", "de", "--format", "json", *arguments]
    subprocess.run(command, stdout=subprocess.DEVNULL, env={**os.environ, "XDG_CACHE_HOME": str(cache)}, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measure the starter alone, then with so many invented concepts beside it."""
    for count in [0, *map(int, sys.argv[1:] or ["5000", "50000"])]:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            letters = (oct(number)[2:].translate(str.maketrans("01234567", "abdegiku")) for number in range(count))
            extra = "".join(CONCEPT.format(number, word) for number, word in enumerate(letters))
            (folder / "extra.toml").write_text(f'title = "invented"\n{extra}', encoding="utf-8")
            (folder / "long.txt").write_text(TEXT * (5_000_000 // len(TEXT)), encoding="utf-8")
            layers = ("--glossary", "starter", "--glossary", str(folder / "extra.toml"))
            runs = [seconds(str(ROOT / "seeds"), *layers, cache=folder) for _run in range(4)]
            start = min(runs[1:])
            rate = 5 / (seconds(str(folder / "long.txt"), *layers, cache=folder) - start)
        print(
            f"{count:>6} concepts more: first {runs[0]:.2f} s, then {start:.3f} s; {rate:.1f} million letters a second"
        )


if __name__ == "__main__":
    main()
