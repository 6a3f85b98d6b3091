"""What restoration knows of a language's names: letters, lexicon, channels, weights; its file and how it is read.

A file is compressed (zlib) and holds a first line of JSON, which names the parts, their types and lengths, and then the
parts one after the other: numbers as little-endian arrays, tables as lines of text.
"""

from __future__ import annotations

import json
import sys
import zlib
from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from tolmach.errors import TolmachError
from tolmach.files import load_table
from tolmach.messages import _
from tolmach.transcription.restoration.channel import Channel, Unit
from tolmach.transcription.restoration.letters import Letters
from tolmach.transcription.restoration.lexicon import Lexicon

_PACKAGE = "tolmach.transcription.restoration"
ANYBODY = "und"  # readers of no language in particular
_Parts = dict[str, bytes]


@dataclass(frozen=True)
class Knowledge:
    """What is known of the names of one language.

    `channels` by the language of the readers, ANYBODY for all others; `weights` turn costs and facts into a score.
    """

    language: str
    letters: Letters
    lexicon: Lexicon
    channels: dict[str, Channel]
    weights: Mapping[str, float]

    def channel(self, source: str) -> Channel:
        """The channel for spellings made for readers of a language."""
        return self.channels.get(source) or self.channels[ANYBODY]


@cache
def languages() -> tuple[str, ...]:
    """The languages whose originals can be restored, sorted."""
    found = (entry.name for entry in resources.files(_PACKAGE).iterdir())
    return tuple(sorted(name.removesuffix(".bin") for name in found if name.endswith(".bin") and len(name) == 6))


@cache
def load(language: str) -> Knowledge:
    """What is known of a language; raises TolmachError for one whose originals cannot be restored."""
    if language not in languages():
        raise TolmachError(
            _("originals in the language {code} cannot be restored").format(code=repr(language)),
            hint=_("there are: {names}").format(names=", ".join(languages())),
        )
    return unpack(resources.files(_PACKAGE).joinpath(f"{language}.bin").read_bytes())


def unpack(content: bytes) -> Knowledge:
    """The knowledge in the bytes of a file."""
    header, parts = read_parts(content)
    letters = Letters(
        header["alphabet"],
        header["start"],
        _numbers(parts["letters.first"]),
        parts["letters.codes"],
        parts["letters.costs"],
        _numbers(parts["letters.targets"]),
        parts["letters.backoff"],
        _numbers(parts["letters.failure"]),
    )
    channels = {
        name.partition(".")[2]: _channel(content.decode("utf-8"), header["alphabet"])
        for name, content in parts.items()
        if name.startswith("channel.")
    }
    return Knowledge(
        header["language"], letters, read_lexicon(parts), channels, load_table(_PACKAGE, "weights.toml")["score"]
    )


def pack(knowledge: Knowledge) -> bytes:
    """The bytes of a file with the knowledge; equal knowledge gives equal bytes."""
    letters = knowledge.letters
    parts = {
        "letters.first": _bytes(letters.first),
        "letters.codes": letters.codes,
        "letters.costs": letters.costs,
        "letters.targets": _bytes(letters.targets),
        "letters.backoff": letters.backoff,
        "letters.failure": _bytes(letters.failure),
        **lexicon_parts(knowledge.lexicon),
    }
    for source, channel in sorted(knowledge.channels.items()):
        parts[f"channel.{source}"] = "\n".join(_lines(channel)).encode("utf-8")
    header = {
        "language": knowledge.language,
        "alphabet": letters.alphabet,
        "start": letters.start,
    }
    return write_parts(header, parts)


def lexicon_parts(lexicon: Lexicon) -> _Parts:
    """The parts of a file that hold a lexicon."""
    return {
        "lexicon.first": _bytes(lexicon.first),
        "lexicon.codes": lexicon.codes,
        "lexicon.targets": _bytes(lexicon.targets),
    }


def read_lexicon(parts: _Parts) -> Lexicon:
    """The lexicon in the parts of a file."""
    return Lexicon(_numbers(parts["lexicon.first"]), parts["lexicon.codes"], _numbers(parts["lexicon.targets"]))


def read_parts(content: bytes) -> tuple[dict[str, Any], _Parts]:
    """The first line of a file and its parts by name."""
    line, _newline, body = zlib.decompress(content).partition(b"\n")
    header = json.loads(line)
    parts, place = {}, 0
    for name, length in header["parts"]:
        parts[name] = body[place : place + length]
        place += length
    return header, parts


def write_parts(header: Mapping[str, Any], parts: _Parts) -> bytes:
    """The bytes of a file with these parts."""
    line = json.dumps({**header, "parts": [[name, len(part)] for name, part in parts.items()]}, ensure_ascii=False)
    return zlib.compress(line.encode("utf-8") + b"\n" + b"".join(parts.values()), 9)


def _lines(channel: Channel) -> list[str]:
    return [
        f"{piece}\t{unit.text}\t{unit.leaves}\t{unit.costs.hex()}"
        for piece, units in sorted(channel.pieces.items())
        for unit in units
    ]


def _channel(text: str, alphabet: str) -> Channel:
    code = {letter: place + 2 for place, letter in enumerate(alphabet)}
    code["ё"] = code.get("ё", code.get("е", 0))
    found: dict[str, list[Unit]] = {}
    for line in text.split("\n"):
        piece, letters, leaves, costs = line.split("\t")
        unit = Unit(letters, tuple(code[letter] for letter in letters), int(leaves), bytes.fromhex(costs))
        found.setdefault(piece, []).append(unit)
    return Channel({piece: tuple(units) for piece, units in found.items()}, max(map(len, found)))


def _numbers(content: bytes) -> array[int]:
    numbers = array("I", content)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def _bytes(numbers: array[int]) -> bytes:
    if sys.byteorder == "big":
        numbers = array("I", numbers)
        numbers.byteswap()
    return numbers.tobytes()
