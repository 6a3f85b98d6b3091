"""What programs hand each other: sentences in several languages with their states, and what a file says of itself.

The formats that can (TMX, XLIFF, PO, TSV) write such sentences and read back what others have made of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeVar

from tolmach.text.identity import checksum, fold
from tolmach.text.model import Span

State = Literal["reviewed", "draft", "missing"]
STATES: tuple[State, ...] = ("reviewed", "draft", "missing")
_Said = TypeVar("_Said")

ILLEGAL = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
"""What finds a character that XML 1.0 cannot hold (clause 2.2)."""
_REPLACED = re.compile(ILLEGAL)
_CUT = re.compile(f"({ILLEGAL})")
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


def renamed(returned: Returned, names: Mapping[str, str]) -> Returned:
    """The same file with other names for its languages; those that `names` does not have keep theirs."""

    def by_language(said: Mapping[str, _Said]) -> dict[str, _Said]:
        return {names.get(code, code): value for code, value in said.items()}

    if not names:
        return returned
    units = (
        replace(
            unit,
            texts=by_language(unit.texts),
            states=by_language(unit.states),
            bases=by_language(unit.bases),
            marks=by_language(unit.marks),
        )
        for unit in returned.units
    )
    targets = tuple(names.get(code, code) for code in returned.targets)
    return replace(returned, source=names.get(returned.source, returned.source), targets=targets, units=tuple(units))


def state_of(translation: str, *, reviewed: bool) -> State:
    """What a translation is that has come back, by what its file says of it; one that shows nothing is missing."""
    return "missing" if not fold(translation) else "reviewed" if reviewed else "draft"


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
