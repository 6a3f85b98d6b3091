"""What programs hand each other: sentences in several languages with their states, and what a file says of itself.

The formats that can (TMX, XLIFF, PO, TSV) write such sentences and read back what others have made of them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from tolmach.text.identity import checksum
from tolmach.text.model import Span

State = Literal["reviewed", "draft", "missing"]
STATES: tuple[State, ...] = ("reviewed", "draft", "missing")

_ILLEGAL = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
_REPLACED = re.compile(_ILLEGAL)
_CUT = re.compile(f"({_ILLEGAL})")
_SIGNS = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_IN_TAGS = str.maketrans({**_SIGNS, '"': "&quot;", "\n": "&#10;", "\t": "&#9;"})
_BETWEEN_TAGS = str.maketrans(_SIGNS)
_BASE = re.compile(r"\b[dr][0-9a-f]{8}\b")


@dataclass(frozen=True, slots=True)
class Aligned:
    """A sentence in several languages, with an id that may be empty.

    `states` says of each translation what it is, `bases` what the house had when the file was written (see `base`).
    `marks` are the terms in a text as (span, concept id), in order. `place` is what the file calls the unit, `line`
    where it begins (0: not known). `note` is for people.
    """

    id: str
    texts: Mapping[str, str] = field(default_factory=dict)
    states: Mapping[str, State] = field(default_factory=dict)
    bases: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, tuple[tuple[Span, str], ...]] = field(default_factory=dict, compare=False)
    place: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)
    note: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of the glossary: what it names, and by language the forms that a text may use, the best one first."""

    id: str
    forms: Mapping[str, tuple[str, ...]]
    definition: str = ""

    def explained(self, source: str, target: str) -> str:
        """Its forms in both languages, in one line for a translator."""
        return " = ".join(side for side in (", ".join(self.forms.get(code, ())) for code in (source, target)) if side)


@dataclass(frozen=True, slots=True)
class Notes:
    """What a file says of itself: the `version` of this program, and for a document more.

    `source` is the language of the original (nothing: the first one of the file), `document` the document id (nothing:
    a memory of sentences), `signature` what made it, in one line. `paragraphs`: its units are those, not sentences.
    """

    version: str
    source: str = ""
    document: str = ""
    signature: str = ""
    terms: tuple[Term, ...] = ()
    paragraphs: bool = False


@dataclass(frozen=True, slots=True)
class Returned:
    """A file that comes back: the language of the original, those it is translated into, its units in order.

    `remarks` are what the user must know of how it was read, such as tracked changes.
    """

    source: str
    targets: tuple[str, ...]
    units: tuple[Aligned, ...]
    remarks: tuple[str, ...] = ()

    def in_languages(self, known: Collection[str]) -> Returned:
        """The same with languages as these name them: programs write `en-GB` or `en_US` over `en`, and the reverse."""
        names = {code: _known(code, known) for code in (self.source, *self.targets)}
        if len(set(names.values())) < len(names) or all(code == name for code, name in names.items()):
            return self
        units = (
            replace(
                unit,
                texts={names[code]: text for code, text in unit.texts.items()},
                states={names[code]: state for code, state in unit.states.items()},
                bases={names[code]: base for code, base in unit.bases.items()},
            )
            for unit in self.units
        )
        targets = tuple(names[code] for code in self.targets)
        return Returned(names[self.source], targets, tuple(units), self.remarks)


def _known(code: str, known: Collection[str]) -> str:
    same = [own for own in known if own.partition("-")[0] == code.partition("-")[0]]
    return same[0] if code not in known and len(same) == 1 else code


def legal(text: str) -> str:
    r"""The text with U+FFFD for every character that XML cannot hold.

    >>> legal("a\x00b")
    'a\ufffdb'
    """
    return _REPLACED.sub("\ufffd", text)


def pieces(text: str) -> list[str]:
    r"""The text cut at every character that XML cannot hold; these are the second, fourth … piece.

    >>> pieces("a\x00b")
    ['a', '\x00', 'b']
    """
    return _CUT.split(text)


def content(text: str) -> str:
    """The text between the tags of an XML file; what XML cannot hold is U+FFFD."""
    return legal(text).translate(_BETWEEN_TAGS)


def attribute(text: str) -> str:
    """The text as the value of an XML attribute, with its quotation marks; blanks of all kinds survive."""
    return f'"{legal(text).translate(_IN_TAGS)}"'


def base(translation: str, *, reviewed: bool) -> str:
    """What a file carries of a translation as it is handed out: `r` (reviewed) or `d`, and its checksum.

    >>> base("Tokayev spoke.", reviewed=True)
    'r484a3a6a'
    """
    return ("r" if reviewed else "d") + checksum(legal(translation))


def base_of(text: str) -> str:
    """What `base` has given, found in a text that a file carries; nothing where there is none."""
    found = _BASE.search(text)
    return found[0] if found else ""
