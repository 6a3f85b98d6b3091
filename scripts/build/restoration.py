"""Writes what restoration knows of the names of each language: src/tolmach/transcription/restoration/*.bin.

    uv run scripts/build/restoration.py INPUTS [PAIRS.tsv] [LANGUAGE …]

INPUTS is the folder that `restoration_names.py` describes; PAIRS.tsv has attested German spellings of Russian names,
columns `source`, `target` (alternatives set apart by |) and `provenance`: only rows from Natural Earth (public domain),
Wikidata (CC0), NET (CC0) or by hand are used. Only Russian is learned from it; it is not part of the repository.
SHA-256 of PAIRS.tsv: fb42ede5be83c613f867044cec9904a853e6b62c2335ed0d5d1417173d38da3c
The same inputs give the same bytes (a minute for Russian, seconds for the others).
"""

from __future__ import annotations

import csv
import hashlib
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import restoration_channel
import restoration_letters
import restoration_lexicon
import restoration_names
from restoration_channel import Counts, Pair

from tolmach.files import write_atomic
from tolmach.transcription.restoration.channel import Channel, latin
from tolmach.transcription.restoration.knowledge import Knowledge, pack
from tolmach.transcription.restoration.lexicon import GIVEN, PLACE, PROMINENT, SURNAME
from tolmach.transcription.system import System, systems

HERE = Path(__file__).resolve().parent
OUT = HERE.parents[1] / "src/tolmach/transcription/restoration"
TABLE = tomllib.loads((HERE / "restoration.toml").read_text(encoding="utf-8"))
SOURCES = ("de", "en", "und")
SHIPPABLE = ("rigour", "Wikidata", "Natural", "NET", "hand")
_KINDS = {
    "surname": SURNAME,
    "given": GIVEN,
    "patronymic": GIVEN,
    "place": PLACE,
    "prominent": PROMINENT | PLACE,
    "phrase": PLACE,
}
SIGNS = " -"
_SAMPLE = 6000  # names that every system writes for the channel


def names(folder: Path, language: str) -> restoration_names.Names:
    """The names of a language by kind."""
    if language == "ru":
        found = restoration_names.russian(folder)
        for neighbour, changes in TABLE["russian"].items():
            own = restoration_names.native(neighbour, folder, TABLE["languages"][neighbour], [], borrowed=False)
            for kind in ("surname", "given"):
                rewritten = (restoration_names.rewritten(name, changes) for name in own[kind])
                found[kind] |= set(restoration_names.words(rewritten, "ru"))
        return found
    return restoration_names.native(
        language, folder, TABLE["languages"][language], TABLE.get("native", {}).get(language, [])
    )


def kinds(found: restoration_names.Names) -> dict[str, int]:
    """Every name, written without ё, with its kinds."""
    masks: dict[str, int] = {}
    for kind, members in found.items():
        for name in members:
            plain = name.replace("ё", "е")
            masks[plain] = masks.get(plain, 0) | _KINDS[kind]
    return masks


def sample(members: Iterable[str], count: int) -> list[str]:
    """A fixed sample of names: those whose hashes come first."""
    return sorted(members, key=lambda name: hashlib.sha256(name.encode("utf-8")).digest())[:count]


def attested(path: Path) -> list[dict[str, str]]:
    """The rows of the pairs that may be learned from."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [row for row in rows if any(word in row["provenance"] for word in SHIPPABLE)]


def attested_pairs(rows: Iterable[dict[str, str]], counts: Counts, weight: float, alphabet: str) -> Iterator[Pair]:
    """The rows of one word as pairs with the original that fits best; those that fit badly are left out."""
    letters = set(alphabet) | {"ё"}
    for row in rows:
        written = latin(row["source"])
        fitting = []
        for original in row["target"].lower().split("|"):
            if written.isalpha() and letters.issuperset(original):
                aligned = restoration_channel.align(original, written, counts)
                cost = restoration_channel.alignment_cost(aligned, written, counts)
                if aligned and cost < 4 * len(written):
                    fitting.append((cost, original))
        if fitting:
            yield Pair(min(fitting)[1], written, weight)


def weighted(language: str, readers: str) -> list[tuple[System, float]]:
    """The systems that write a language, by their weight for readers of a language."""
    weights = TABLE["weights"]
    found = []
    for system in systems():
        if system.source == language:
            at_home = system.target == readers or readers == "und"
            kind = ("default" if system.default else "same") if at_home else "other"
            found.append((system, weights[kind]))
    return found


def neighbours(folder: Path, readers: str) -> Iterator[Pair]:
    """Spellings of names of other languages, with their Russian forms as originals."""
    for language, changes in TABLE["russian"].items():
        chosen = sample((n for n in kinds(names(folder, language)) if not set(SIGNS) & set(n)), _SAMPLE // 4)
        for system, weight in weighted(language, readers):
            for name in chosen:
                written = latin(system.word(name))
                if written.isascii() or readers == "und":
                    yield Pair(restoration_names.rewritten(name, changes), written, weight * 0.3)


def written_pairs(folder: Path, language: str, members: list[str], readers: str) -> list[Pair]:
    """What the systems write for names of a language (for Russian, for names of its neighbours, too)."""
    # ё stands in few names and is written in many ways: all of its names are needed to learn them
    chosen = {*sample(members, _SAMPLE), *sample((name for name in members if "ё" in name), _SAMPLE // 4)}
    pairs = list(restoration_channel.system_pairs(sorted(chosen), weighted(language, readers)))
    if language == "ru":
        pairs += neighbours(folder, readers)
    return pairs


def weighed_pairs(rows: list[dict[str, str]], counts: Counts, pairs: list[Pair], alphabet: str) -> Iterator[Pair]:
    """The attested rows as pairs, with the weight that they have together against the others."""
    weight = TABLE["weights"]["pairs"] * sum(pair.weight for pair in pairs) / max(1, len(rows))
    return attested_pairs(rows, counts, weight, alphabet)


def channels(
    folder: Path, language: str, members: list[str], alphabet: str, rows: list[dict[str, str]]
) -> dict[str, Channel]:
    """The channels of a language by readers; `rows` are attested for German ones."""
    found = {}
    for readers in SOURCES:
        pairs = written_pairs(folder, language, members, readers)
        counts = restoration_channel.learn(pairs, 1)
        if rows and readers == "de":
            pairs += weighed_pairs(rows, counts, pairs, alphabet)
            counts = restoration_channel.learn(pairs, 1)
        found[readers] = restoration_channel.channel(counts, alphabet)
    return found


def knowledge(folder: Path, language: str, rows: list[dict[str, str]]) -> Knowledge:
    """All that is learned of a language."""
    found = names(folder, language)
    masks = kinds(found)
    # the signs of names of several words come last: only the lexicon has them
    alphabet = restoration_names.ALPHABETS[language].replace("ё", "") + SIGNS
    single = [name for name in sorted(masks) if not set(SIGNS) & set(name)]
    members = sorted({name for kind, names_ in found.items() if kind != "phrase" for name in names_})
    least = 2 if language == "ru" else 3
    return Knowledge(
        language,
        restoration_letters.train(((name, 1) for name in single), alphabet, least=least),
        restoration_lexicon.build(masks, alphabet),
        channels(folder, language, members, alphabet, rows if language == "ru" else []),
        {},
    )


def main(arguments: list[str]) -> None:
    """Write the files of the named languages, or of all."""
    folder, *others = arguments
    rows = [row for path in others if path.endswith(".tsv") for row in attested(Path(path))]
    chosen = [code for code in others if not code.endswith(".tsv")] or list(TABLE["languages"])
    for language in chosen:
        content = pack(knowledge(Path(folder), language, rows))
        write_artefact(f"{language}.bin", content)


def write_artefact(name: str, content: bytes) -> None:
    """Write a file of the package and note its checksum beside it, so that a test can tell that it is unchanged."""
    write_atomic(OUT / name, content)
    path = OUT / "SHA256SUMS"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    sums = {line.split()[1]: line.split()[0] for line in lines}
    sums[name] = hashlib.sha256(content).hexdigest()
    write_atomic(path, "".join(f"{digest}  {file}\n" for file, digest in sorted(sums.items())))
    print(f"{name}: {len(content)} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
