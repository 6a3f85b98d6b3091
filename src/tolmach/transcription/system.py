"""A transcription system: which letters write a name of one language for readers of another.

A system is data (`systems/*.toml`, or a file of the user's); contexts, capitals, stress marks and apostrophes are
handled here, once for all systems.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import resources
from pathlib import Path
from typing import Any

from tolmach.errors import TolmachError, raise_all
from tolmach.files import parse_toml, read_bytes
from tolmach.messages import _
from tolmach.transcription.parse import complaints, rule_pattern

# A word begins with a letter; marks and apostrophes inside it belong to it, a hyphen ends it.
WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f]|['\u2019\u02bc](?=[^\W\d_]))*")
_PACKAGE = "tolmach.transcription.systems"
_STRESS = re.compile("(?<=[\u0400-\u04ff])[\u0300\u0301]+")


@dataclass(frozen=True, slots=True)
class Rule:
    """`source` is written `target` between the contexts `after` (left) and `before` (right).

    `after` is a list of alternatives, each of fixed length (`^|[аеё]|ье`), `before` a regular expression; `^` and `$`
    are the ends of the word. `clause` says where the authority has the rule.
    """

    source: str
    target: str
    after: str = ""
    before: str = ""
    clause: str = ""

    @property
    def pattern(self) -> str:
        """The regular expression that matches the source in its context, in a word of small letters."""
        return rule_pattern(self.source, self.after, self.before)


@dataclass(frozen=True, slots=True)
class Step:
    """One piece of a word: the letters, what they are written, and the clause of the rule that did it, if any."""

    source: str
    target: str
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Transcription:
    """A transcribed text and the steps of its words, in order."""

    text: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Attested:
    """Spellings that somebody else than the rule table printed: pairs of original and form, and where."""

    source: str
    samples: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class System:
    """A named way to write names of the language `source` for readers of `target` (`de`, `en`, `kk-Latn` …).

    `default` marks the system that is meant when only the languages are named. `capitals` are those that Unicode's
    rules do not give (Azerbaijani i: İ). `samples` prove the rules, `attested` forms come from elsewhere.
    """

    id: str
    title: str
    source: str
    target: str
    authority: str
    letters: dict[str, str]
    rules: tuple[Rule, ...] = ()
    capitals: dict[str, str] = field(default_factory=dict)
    default: bool = False
    samples: tuple[tuple[str, str], ...] = ()
    attested: tuple[Attested, ...] = ()
    exceptions: tuple[tuple[str, str, str], ...] = ()
    note: str = ""

    def transcribe(self, text: str) -> str:
        """`text` with every word written by this system; all other characters stay as they are.

        >>> from tolmach.transcription.system import load
        >>> load("ru-de-duden").transcribe("Касым-Жомарт ТОКАЕВ")
        'Kassym-Schomart TOKAJEW'
        """
        return WORD.sub(self._replace, plain(text))

    def word(self, lowered: str) -> str:
        """One word of small letters, written by this system in small letters."""
        return self._pattern.sub(self._piece, lowered)

    def explain(self, text: str) -> Transcription:
        """The transcription of `text` with the rule behind every piece.

        >>> from tolmach.transcription.system import load
        >>> [step.target for step in load("ru-de-duden").explain("Щёкино").steps]
        ['Schtsch', 'o', 'k', 'i', 'n', 'o']
        """
        text = plain(text)
        steps = tuple(step for word in WORD.finditer(text) for step in self._steps(word[0]))
        return Transcription(self.transcribe(text), steps)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        # the empty group at the end of a rule tells which one it was; in front it would hide the first letter
        # from the engine's quick test
        rules = [f"{rule.pattern}()" for rule in self.rules]
        letters = "".join(re.escape(letter) for letter in self.letters)
        return re.compile("|".join((*rules, f"[{letters}]")))

    @cached_property
    def _piece(self) -> Callable[[re.Match[str]], str]:
        targets = (None, *(rule.target for rule in self.rules))
        letters = self.letters

        def piece(match: re.Match[str]) -> str:
            rule = match.lastindex
            return letters[match[0]] if rule is None else targets[rule]  # type: ignore[return-value]

        return piece

    def _replace(self, match: re.Match[str]) -> str:
        word = match[0]
        lowered = lower(word)
        written = self._pattern.sub(self._piece, lowered)
        if lowered == word:
            # a script without capitals: a name gets the capital that its readers expect
            return self._capitalised(written) if written != word and _caseless(word[0]) else written
        if written == lowered:
            return word
        if lowered[1:] == word[1:]:
            return self._capitalised(written)
        if len(word) > 1 and word.isupper():
            return self._upper(written)
        return "".join(step.target for step in self._steps(word))

    def _steps(self, word: str) -> Iterator[Step]:
        lowered = lower(word)
        at = 0
        for match in self._pattern.finditer(lowered):
            if match.start() > at:
                yield Step(word[at : match.start()], word[at : match.start()])
            at = match.end()
            clause = self.rules[match.lastindex - 1].clause if match.lastindex else ""
            yield Step(word[match.start() : at], self._cased(self._piece(match), word, match.start(), at), clause)
        if at < len(word):
            yield Step(word[at:], word[at:])

    def _cased(self, target: str, word: str, start: int, end: int) -> str:
        """The target with the capitals of `word[start:end]`: Щ is Schtsch, but SCHTSCH among capitals."""
        source = word[start:end]
        if source == lower(source):
            return self._capitalised(target) if start == 0 and _caseless(source[:1]) else target
        among = [letter.isupper() for letter in word[max(start - 1, 0) : end + 1] if letter.isalpha()]
        return self._upper(target) if len(word) > 1 and all(among) else self._capitalised(target)

    def _upper(self, text: str) -> str:
        for small, capital in self.capitals.items():
            text = text.replace(small, capital)
        return text.upper()

    def _capitalised(self, text: str) -> str:
        first = self.capitals.get(text[:1])
        return f"{first}{text[1:]}" if first else capitalised(text)


@cache
def names() -> tuple[str, ...]:
    """The ids of the shipped systems, sorted; no file is read."""
    return tuple(
        sorted(
            entry.name.removesuffix(".toml")
            for entry in resources.files(_PACKAGE).iterdir()
            if entry.name.endswith(".toml")
        )
    )


def systems() -> tuple[System, ...]:
    """All shipped systems."""
    return tuple(load(name) for name in names())


@cache
def load(name: str | Path) -> System:
    """The shipped system with this id, or the one in the file at a path.

    Raises TolmachError for an unknown id (with the known ones) and for a malformed file (with every problem in it).
    """
    if isinstance(name, str) and name in names():
        content = resources.files(_PACKAGE).joinpath(f"{name}.toml").read_bytes()
        return _system(parse_toml(content, f"{name}.toml"), name, f"{name}.toml")
    path = Path(name)
    if path.suffix != ".toml":
        raise TolmachError(
            _("there is no transcription system called {name}").format(name=repr(str(name))),
            hint=_("`tolmach transcribe --list` shows them; a file of your own ends in .toml"),
        )
    return _system(parse_toml(read_bytes(path), path), path.stem, str(path))


def _system(table: dict[str, Any], name: str, path: str) -> System:
    problems = [
        TolmachError(message, path=path, hint=_("the shipped systems in tolmach/transcription/systems are examples"))
        for message in complaints(table, names())
    ]
    raise_all(problems)
    base = load(table["extends"]) if "extends" in table else None
    letters = {**(base.letters if base else {}), **table.get("letters", {})}
    rules = (*(Rule(**rule) for rule in table.get("rules", ())), *(base.rules if base else ()))
    return System(
        id=name,
        title=table["title"],
        source=table["from"],
        target=table["to"],
        authority=table["authority"],
        letters=letters,
        rules=rules,
        capitals={**(base.capitals if base else {}), **table.get("capitals", {})},
        default=table.get("default", False),
        samples=_pairs(table.get("samples", ())),
        attested=tuple(Attested(part["source"], _pairs(part["samples"])) for part in table.get("attested", ())),
        exceptions=tuple((first, second, why) for first, second, why in table.get("exceptions", ())),
        note=table.get("note", ""),
    )


def _pairs(rows: Any) -> tuple[tuple[str, str], ...]:
    return tuple((original, form) for original, form in rows)


def plain(text: str) -> str:
    """`text` in Unicode's composed form, without stress marks on Cyrillic letters."""
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return _STRESS.sub("", text) if "\u0301" in text or "\u0300" in text else text


def lower(word: str) -> str:
    """`word` in small letters, letter for letter (capital I with a dot has no small form of one character)."""
    lowered = word.lower()
    if len(lowered) == len(word):
        return lowered
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in word)


def capitalised(word: str) -> str:
    """`word` with its first letter as a capital; an apostrophe before it stays."""
    for at, letter in enumerate(word):
        if letter.isalpha() and letter.upper() != letter:
            return f"{word[:at]}{letter.upper()}{word[at + 1 :]}"
        if letter.isalpha() and letter.lower() != letter:
            break
    return word


def cased_like(form: str, name: str) -> str:
    """The form in small letters or capitals if the name is so, else as it is.

    >>> cased_like("Moskau", "МОСКВА"), cased_like("Moskau", "москва"), cased_like("Moskau", "Москва")
    ('MOSKAU', 'moskau', 'Moskau')
    """
    if name.islower():
        return form.lower()
    return form.upper() if len(name) > 1 and name.isupper() else form


def _caseless(letter: str) -> bool:
    # Georgian letters have capitals for headlines (U+1C90), which never begin a name: their title case is themselves
    return letter.title() == letter
