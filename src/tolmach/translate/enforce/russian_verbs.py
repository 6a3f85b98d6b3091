"""Verbs and adjectives that are terms in Russian: the form of the replaced word is carried over."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from tolmach.morphology import russian_lexicon as lexicon
from tolmach.morphology.lexeme import Lexeme
from tolmach.morphology.russian_heads import like
from tolmach.translate.enforce.choice import Change, Choice, Task
from tolmach.translate.enforce.written import fitted

_REMEMBERED = 1 << 13
_VERBAL = ("VERB", "INFN", "GRND", "PRTF", "PRTS")
_ADJECTIVAL = ("ADJF", "PRTF", "ADJS", "PRTS")
_FULL = ("ADJF", "PRTF", "ADJS", "PRTS")
_PREDICATES = ("ADVB", "PRED", "ADJS", "PRTS")
# The full and the short form of each sort of adjective.
_SORTS = {"ADJF": ("ADJF", "ADJS"), "ADJS": ("ADJF", "ADJS"), "PRTF": ("PRTF", "PRTS"), "PRTS": ("PRTF", "PRTS")}
_READINGS = 8
_CARRIED = ("number", "gender", "person", "mood", "involvement", "case", "voice", "tense", "animacy")
_AGREEING = ("number", "gender", "case", "animacy")
_SAME, _OTHER_ASPECT, _OTHER_SORT, _AMBIGUOUS, _LATER, _ADVERB = 0.92, 0.35, 0.1, 0.75, 0.2, 0.5


@lru_cache(_REMEMBERED)
def head(lexeme: Lexeme) -> Any | None:
    """The dictionary's reading of a term that begins with a verb or is an adjective; None for any other.

    >>> head(Lexeme("выбрать")) is not None, head(Lexeme("доступный")) is not None, head(Lexeme("выбор")) is None
    (True, True, True)
    """
    first, _blank, rest = lexeme.text.partition(" ")
    if lexeme.kind not in ("term", "other", "") or not first.islower():
        return None
    found = lexicon.readings(first)
    if not found or not found[0].is_known:
        return None
    sort = found[0].tag.POS
    if sort == "INFN" or (sort in _FULL and not rest):
        return found[0]
    # «открыто» stands for «открытый», too.
    predicate = sort in _PREDICATES and not rest
    return next((parse for parse in found if parse.tag.POS in _FULL), None) if predicate else None


def ranked(task: Task, verb: Any) -> tuple[Choice, ...]:
    """The verb in the form of the old one; as it is, with little confidence, where the old word was no verb."""
    first, *rest = task.lexeme.text.split(" ")
    old = task.old.split(" ")[0].lower()
    best: dict[str, float] = {}
    sorts = _VERBAL if verb.tag.POS == "INFN" else _ADJECTIVAL
    readings = [parse for parse in lexicon.readings(old)[:_READINGS] if parse.tag.POS in sorts]
    for place, parse in enumerate(readings):
        if found := _carried(parse, verb):
            form, confidence = found
            best.setdefault(form, confidence * (1.0 if not place else _LATER))
    if not best:
        best[first] = _OTHER_SORT if verb.tag.POS in ("INFN", "ADJF", "PRTF") else _ADVERB
    elif len(best) > 1:
        best = {form: min(confidence, _AMBIGUOUS) for form, confidence in best.items()}
    return tuple(
        _choice(task, " ".join((like(first, form), *rest)), confidence)
        for form, confidence in sorted(best.items(), key=lambda entry: -entry[1])
    )


def _choice(task: Task, form: str, confidence: float) -> Choice:
    written = fitted(form, task.text, task.span)
    return Choice(written, (Change(task.span, written),), "", "", confidence)


def _carried(old: Any, verb: Any) -> tuple[str, float] | None:
    """The form of `verb` with the grammemes of `old`, and how much it may be trusted."""
    if old.tag.POS == "INFN":
        return str(verb.word), _SAME
    adjective = verb.tag.POS in _FULL
    same_aspect = adjective or old.tag.aspect == verb.tag.aspect
    sort = str(old.tag.POS)
    if adjective:
        sort = _SORTS[str(verb.tag.POS)][sort in ("ADJS", "PRTS")]
    wanted = {sort}
    for name in _AGREEING if adjective else _CARRIED:
        mark = getattr(old.tag, name)
        if mark is None or (name == "animacy" and old.tag.case != "accs"):
            continue
        # The present of an imperfective verb and the future of a perfective one are made alike.
        if name == "tense" and not same_aspect and mark in ("pres", "futr"):
            continue
        wanted.add(str(mark))
    found = next((form for form in _forms(verb) if wanted <= form.tag.grammemes), None)
    return (str(found.word), _SAME if same_aspect else _OTHER_ASPECT) if found is not None else None


@lru_cache(_REMEMBERED)
def _forms(verb: Any) -> tuple[Any, ...]:
    return tuple(verb.lexeme)
