"""Russian: which form of a term can stand in a place, ranked by the words around it, the old word and the source."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib import resources
from itertools import chain

from tolmach.morphology.lexeme import Form, Lexeme, Number
from tolmach.morphology.russian import gender as gender_of
from tolmach.morphology.russian import tables
from tolmach.text.model import Span
from tolmach.translate.enforce import russian_verbs
from tolmach.translate.enforce.choice import Change, Choice, Task
from tolmach.translate.enforce.russian_agreement import Agreement, agreement, around
from tolmach.translate.enforce.russian_bearers import refined
from tolmach.translate.enforce.russian_demanded import demanded
from tolmach.translate.enforce.russian_old import Old, replaced
from tolmach.translate.enforce.russian_place import Place, claims, crossed, owns, signs
from tolmach.translate.enforce.russian_words import CASES, SINGULAR, Word, surroundings
from tolmach.translate.enforce.source_side import source_number, source_owner, source_signs
from tolmach.translate.enforce.written import fitted

_REMEMBERED = 1 << 14
_MOST = 4
_LEAST = 0.005
_NOUN_FOR_VERB = 0.25
_NOUN_FOR_ADJECTIVE = 0.1
_INSIDE_FOREIGN = 0.5
_KNOWN_NUMBER = 0.3  # what the source's number counts where the old word shows one
_NEVER = 8.0  # points against cases that the preposition does not govern
_OWNS = 2.5  # points for the genitive where the source says so
_GENITIVE = 1
_KINDS = {"person": "p", "place": "g", "organisation": "o", "event": "o", "other": "o"}
_PLACES = range(len(CASES))


def ranked(task: Task) -> tuple[Choice, ...]:
    """All forms that the term has, the likeliest in this place first."""
    if (verb := russian_verbs.head(task.lexeme)) is not None:
        return russian_verbs.ranked(task, verb)
    before, inside, after = surroundings(task.text, task.span.start, task.span.end)
    lexeme = refined(task.lexeme, before, after)
    forms, gender = _forms(lexeme)
    old = replaced(inside, task.like, forms)
    chances = _chances(task, lexeme, before, old, after)
    total: dict[str, float] = {}
    cells: dict[str, tuple[float, int, Number]] = {}
    for number, place, chance in chances:
        form = forms[number][place]
        total[form] = total.get(form, 0.0) + chance
        cells[form] = max(cells.get(form, (-1.0, 0, number)), (chance, place, number))
    around_it = _Around(
        before, after, agreement(old.cells, old.gender), _agreement(lexeme, gender), _doubt(lexeme, inside, after)
    )
    ordered = sorted(total, key=lambda form: -total[form])
    likely = [form for place, form in enumerate(ordered[:_MOST]) if not place or total[form] >= _LEAST]
    return tuple(
        _choice(task, Form(form, CASES[cells[form][1]], cells[form][2]), total[form], around_it) for form in likely
    )


@dataclass(frozen=True, slots=True)
class _Around:
    before: tuple[Word, ...]
    after: tuple[Word, ...]
    old: Agreement
    new: Agreement
    doubt: float


def _doubt(lexeme: Lexeme, inside: tuple[Word, ...], after: tuple[Word, ...]) -> float:
    """A factor for places where a noun hardly fits: that of a verb, of an adjective, inside a foreign name."""
    if not inside:
        return 1.0
    facts = inside[0].facts
    if lexeme.kind == "term" and not facts.nouns and facts.sort in ("verb", "infinitive", "gerund"):
        return _NOUN_FOR_VERB
    if not after:
        return 1.0
    follows = after[0].facts
    if follows.sort == "latin" and facts.sort == "latin":
        return _INSIDE_FOREIGN
    # «Йоркском университете» is not «Йорке университете».
    attribute = facts.sort == "adjective" and not facts.nouns and len(inside) == 1 and after[0].text.islower()
    return _NOUN_FOR_ADJECTIVE if attribute and any(mask & follows.nouns for mask in facts.adjectives) else 1.0


def _agreement(lexeme: Lexeme, gender: str) -> Agreement:
    return Agreement(gender, lexeme.number == "pl", lexeme.kind in ("person", "office"))


def _choice(task: Task, form: Form, chance: float, beside: _Around) -> Choice:
    written = fitted(form.text, task.text, task.span)
    new = Agreement(beside.new.gender, form.number == "pl", beside.new.animate)
    changed = around(beside.before, beside.after, written, form.case, beside.old, new)
    others = tuple(Change(Span(word.start, word.end), text) for word, text in changed)
    return Choice(
        written, (Change(task.span, written), *others), form.case, form.number, min(chance * beside.doubt, 1.0)
    )


def _chances(
    task: Task, lexeme: Lexeme, before: tuple[Word, ...], old: Old, after: tuple[Word, ...]
) -> Iterator[tuple[Number, int, float]]:
    """Number, case and probability of every cell that the term has."""
    forms, gender = _forms(lexeme)
    kind = _KINDS.get(lexeme.kind, "t")
    genders = gender if old.gender in ("", gender) else gender + old.gender
    hints = source_signs(task.source, task.source_span, task.source_language)
    owner = source_owner(task.source, task.source_span, task.source_language)
    kept = demanded(before, kind)
    if kept and not old.cells & kept:
        # a form that cannot stand there says nothing
        old = replace(old, trust=0.0)
    points = {}
    prior = _number_prior(task, known=bool(old.number_trust)) if len(forms) > 1 else {}
    capital = task.old[:1].isupper() and bool(before)
    for number in forms:
        # Verbs agree with the old word still («США объявили»).
        plural = number == "pl" or agreement(old.cells, "").plural
        place = Place(before, after, kind, genders, plural, capital, owner)
        shift = 6 if number == "pl" else 0
        own = owns(place)
        for case, point in enumerate(_points(place, shift, hints, old)):
            points[number, case] = point + old.speaks(case, number) + prior.get(number, 0.0)
            points[number, case] -= _NEVER * bool(kept and not kept >> (case + shift) & 1)
            points[number, case] += _OWNS * (own and case == _GENITIVE)
    highest = max(points.values())
    weights = {at: math.exp(point - highest) for at, point in points.items()}
    whole = sum(weights.values())
    yield from ((number, case, weight / whole) for (number, case), weight in weights.items())


def _number_prior(task: Task, *, known: bool) -> dict[str, float]:
    """Terms stand in the singular rather than in the plural, unless the source has a plural."""
    shown = source_number(task.source, task.source_span, task.source_language)
    prior = {"pl": 4.0, "sg": -3.0}.get(shown, -1.2)
    return {"pl": prior * _KNOWN_NUMBER if known else prior}


def _points(place: Place, shift: int, hints: tuple[str, ...], old: Old) -> list[float]:
    table, strength = _weights()
    rows = [table[sign] for sign in chain(signs(place), hints, crossed(place, hints)) if sign in table]
    points = [sum(column) for column in zip(*rows, strict=True)] or [0.0] * len(CASES)
    missed = 0.0
    for claim in claims(place):
        weight = strength.get(claim.sign, 0.0)
        if old.trust and claim.sign.startswith("agrees") and not claim.cells & old.cells:
            continue  # «данные продавца»: what did not agree with the old words is no adjective of theirs.
        if claim.sign.startswith("agrees") and not claim.cells >> shift & SINGULAR:
            missed += weight
        for case in _PLACES:
            if claim.cells >> (case + shift) & 1:
                points[case] += weight
    return [point - missed for point in _normalised(points)]


def _normalised(points: list[float]) -> list[float]:
    """As logarithms of probabilities, so that singular and plural can be compared."""
    highest = max(points)
    whole = highest + math.log(sum(math.exp(point - highest) for point in points))
    return [point - whole for point in points]


@lru_cache(_REMEMBERED)
def _forms(lexeme: Lexeme) -> tuple[dict[Number, tuple[str, ...]], str]:
    found = {number: tuple(six) for number, six in tables(lexeme).items()}
    if "ё" not in lexeme.text:
        # Who writes «объем» writes «объемом».
        found = {number: tuple(form.replace("ё", "е") for form in six) for number, six in found.items()}
    if lexeme.kind in ("person", "place", "organisation", "event", "other") and len(found) > 1:
        del found["pl"]
    return found or {"sg": (lexeme.text,) * len(CASES)}, gender_of(lexeme)


@cache
def _weights() -> tuple[dict[str, tuple[float, ...]], dict[str, float]]:
    """How much each sign speaks for the six cases, and how much each claim for its own."""
    table: dict[str, tuple[float, ...]] = {}
    agreement: dict[str, float] = {}
    text = resources.files("tolmach.translate.enforce").joinpath("russian_signs.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        sign, *numbers = line.split("\t")
        if len(numbers) == 1:
            agreement[sign] = float(numbers[0])
        else:
            table[sign] = tuple(map(float, numbers))
    return table, agreement
