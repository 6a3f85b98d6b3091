"""What a rule is, what it sees and what it reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from tolmach import plugins
from tolmach.config import SEVERITIES, Config, Severity, error
from tolmach.errors import TolmachError, raise_all
from tolmach.glossary.doubts import Doubts
from tolmach.glossary.find import Finder
from tolmach.glossary.hit import Hit
from tolmach.messages import _, unknown
from tolmach.text.model import Document, Passage, Span, Unit
from tolmach.text.sieve import Places

if TYPE_CHECKING:
    from tolmach.lint.suppress import Review

Fix = Literal["safe", "unsafe", "none"]
Side = Literal["source", "target", "both"]
RULES = "tolmach.lint.rules"


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule found at `span` of the passage it looked at; an empty span means something is missing.

    `replacements` are whole texts for the span, best first; `fix` says whether the first may be put in without
    asking. What is not `certain` is reported as a hint, whatever the severity of the rule.
    """

    span: Span
    message: str
    concept: str = ""
    replacements: tuple[str, ...] = ()
    fix: Fix = "none"
    certain: bool = True


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """Which passage of a run it is: its file, where its block begins in it, its number there, its side of a unit."""

    path: str = ""
    offset: int = 0
    number: int = 0
    side: Literal["source", "target", ""] = ""


@dataclass(frozen=True)
class View:
    """A passage as the rules see it: its text, its language and the concepts in it (searched once for all rules).

    `page` is the text of which the passage is a part, where it begins at `passage.start`; empty when there is no more
    to see. `places` are those where doubtful hits may be, as far as they have been looked for.
    """

    passage: Passage
    finder: Finder
    position: Position = Position()
    page: str = ""
    places: Places | None = None

    @property
    def text(self) -> str:
        """The text of the passage."""
        return self.passage.text

    @property
    def language(self) -> str:
        """The language of the passage (BCP 47)."""
        return self.passage.language

    @cached_property
    def hits(self) -> list[Hit]:
        """The concepts of the glossary in the passage."""
        return self.finder.find(self.text, self.language)

    @cached_property
    def doubtful_hits(self) -> list[Hit]:
        """Those of the hits that may be wrong: unwanted spellings, and names of a certain time."""
        return self.finder.find_doubtful(self.text, self.language, self.places)

    @cached_property
    def nested_hits(self) -> list[Hit]:
        """All hits, also those within longer ones."""
        return self.finder.find(self.text, self.language, nested=True)


@dataclass(frozen=True, slots=True)
class Run:
    """All texts of a run, for a rule that judges them together.

    `read` reads the documents anew whenever it is called; `side` says which sides of bilingual ones count.
    """

    read: Callable[[], Iterable[Document]]
    finder: Finder
    side: Side = "target"


@dataclass(frozen=True)
class UnitView:
    """A translation unit as the rules see it."""

    unit: Unit
    source: View
    target: View


@dataclass(frozen=True)
class Example:
    """A text that shows a rule, with the glossary it needs (TOML); brackets mark what is reported.

    With `target` the example is a translation unit and `text` its source. `beside` are other texts of the same run,
    `others` further units: source and target.
    """

    text: str
    language: str = "de"
    glossary: str = ""
    target: str | None = None
    target_language: str = "ru"
    beside: tuple[str, ...] = ()
    others: tuple[tuple[str, str], ...] = ()


PlacesOf = Callable[[str, Finder, Iterable[str]], Iterable[int]]
"""Where in a text, in whichever of the languages, there may be problems, in order."""


def doubtful_places(text: str, finder: Finder, languages: Iterable[str]) -> Doubts:
    """Where there may be unwanted spellings, or names of a certain time."""
    return finder.doubts(text, languages)


@dataclass(frozen=True)
class Rule:
    """A rule with its manual; `check` looks at each passage, `check_unit` at each translation unit.

    A rule with `places` says where in a text it may find something; of plain text it then sees only the paragraphs
    around these places. `survey` looks at the whole run first and gives the check of its passages; `review` sees a
    document last, with the findings of all other rules, and its spans count in `Document.text`. No finding of the rule
    is graver than `gravest`, whatever the configuration says. `configure` gives the check for the settings, where
    their keys `options` matter to it. `elsewhere` says of a file what the configuration says of it only. A rule is
    tested by its own examples: every one in `bad` must be reported, none in `good`.
    """

    summary: str
    why: str
    bad: tuple[Example, ...]
    good: tuple[Example, ...]
    severity: Severity
    fix: str
    check: Callable[[View], Iterator[Problem]] | None = None
    check_unit: Callable[[UnitView], Iterator[Problem]] | None = None
    survey: Callable[[Run], Callable[[View], Iterator[Problem]]] | None = None
    places: PlacesOf | None = None
    review: Callable[[Review], Iterator[Problem]] | None = None
    gravest: Severity = "error"
    default: bool = True
    configure: Callable[[Config], Callable[[View], Iterator[Problem]]] | None = None
    options: tuple[str, ...] = ()
    elsewhere: Callable[[str], Severity | Literal["off", ""]] | None = None

    def grade(self, path: str) -> Severity:
        """The severity of what it finds in that file."""
        said = self.elsewhere(path) if self.elsewhere else ""
        return said if said and said != "off" else self.severity

    def is_off(self, path: str) -> bool:
        """Does the configuration ignore the rule in that file?"""
        return self.elsewhere is not None and self.elsewhere(path) == "off"


def names() -> tuple[str, ...]:
    """The ids of all rules."""
    return plugins.names(RULES)


def default_names() -> tuple[str, ...]:
    """The ids of the rules that run where none are chosen.

    Their files tell: importing all rules only to ask them takes a tenth of a start.
    """
    folder = files(RULES)
    codes = {name: folder.joinpath(f"{name.replace('-', '_')}.py").read_text(encoding="utf-8") for name in names()}
    return tuple(name for name, code in codes.items() if "\n    default=False,\n" not in code)


def load(name: str) -> Rule:
    """The rule of that id; raises TolmachError for an unknown one."""
    return plugins.load(RULES, name, "RULE", Rule)


def choose(
    settings: Config,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    note: Callable[[str], object] | None = None,
) -> dict[str, Rule]:
    """The rules that run, each with the severity that the configuration gives it, as far as the rule allows.

    `select` and `ignore` win over the configuration; `note`, if given, is told of rules whose configured severity is
    too grave. Raises TolmachError for an unknown rule.
    """
    _refuse_unknown(settings)
    wanted, unwanted = select or settings.select, ignore or settings.ignore
    for name in (*wanted, *unwanted):
        if name != "all" or name in unwanted:
            load(name)
    chosen = names() if "all" in wanted else wanted or default_names()
    return {name: _graded(name, load(name), settings, note) for name in chosen if name not in unwanted}


def _refuse_unknown(settings: Config) -> None:
    """Raise TolmachError for every name in the configuration that is no rule, with its line."""
    named = [("select", name) for name in settings.select if name != "all"]
    named += [("ignore", name) for name in settings.ignore]
    named += [("severity", name) for name in settings.severity]
    below = [(pattern, name) for pattern, rules in settings.ignore_in.items() for name in rules if name != "all"]
    places: list[tuple[str, ...]] = [*named, *(("ignore_in", *pair) for pair in below)]
    places += [("severity_in", pattern, name) for pattern, rules in settings.severity_in.items() for name in rules]
    raise_all([_unknown(settings, place) for place in places if place[-1] not in names()])


def _unknown(settings: Config, place: Sequence[str]) -> TolmachError:
    message = _("there is no rule called {name}").format(name=place[-1])
    return error(settings, message, *place, hint=unknown(place[-1], names()))


def _graded(name: str, rule: Rule, settings: Config, note: Callable[[str], object] | None) -> Rule:
    wanted = settings.severity.get(name, rule.severity)
    grades = [wanted, *(table[name] for table in settings.severity_in.values() if name in table)]
    if note and any(_clamped(grade, rule) != grade for grade in grades):
        note(_("{rule} is never an error: no glossary has decided what it finds").format(rule=name))
    if rule.configure:
        rule = replace(rule, check=rule.configure(settings))
    if settings.ignore_in or settings.severity_in:
        rule = replace(rule, elsewhere=lru_cache(1)(partial(_elsewhere, name, rule, settings)))
    return replace(rule, severity=_clamped(wanted, rule))


def _clamped(wanted: Severity, rule: Rule) -> Severity:
    return max(wanted, rule.gravest, key=SEVERITIES.index)


def _elsewhere(name: str, rule: Rule, settings: Config, path: str) -> Severity | Literal["off", ""]:
    """What the configuration says of a rule in one file: nothing, another severity, or that it is ignored there."""
    from tolmach.text import globs

    place = globs.name_in(Path(path), settings)
    for pattern, rules in settings.ignore_in.items():
        if (name in rules or "all" in rules) and globs.fits(place, pattern):
            return "off"
    for pattern, table in settings.severity_in.items():
        if name in table and globs.fits(place, pattern):
            return _clamped(table[name], rule)
    return ""
