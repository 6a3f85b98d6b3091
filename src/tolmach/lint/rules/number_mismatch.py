"""A number, date or time of the source that the target writes otherwise or leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from tolmach.lint.rule import Example, Problem, Rule, UnitView, View
from tolmach.messages import _
from tolmach.text.model import Span
from tolmach.text.numbers import Number, numbers
from tolmach.text.numbers.compare import has_scale, has_words, is_converted, shown, unmatched
from tolmach.text.numbers.language import written

_SMALL = 12  # often written in words
_WORDED = 100  # up to here seldom


def check_unit(view: UnitView) -> Iterator[Problem]:
    """Report the numbers that differ; what is only missing, where no number in words can stand for it."""
    source, target = view.source, view.target
    if not target.text.strip() or view.unit.state == "untranslated":
        return
    if not any(sign.isdigit() for sign in source.text):
        return
    missing, extra = unmatched(_counted(source, target), _counted(target, source))
    if any(is_converted(one, source.text, source.language) for one in missing) or any(
        is_converted(one, target.text, target.language) for one in extra
    ):
        return
    pairs = _pairs(missing, extra)
    for one, other in pairs:
        yield _different(view, one, other)
    if pairs:
        return
    in_words = has_words(target.text, target.language)
    for one in missing:
        if not _may_be_words(one, in_words=in_words):
            said = shown(one, source.text)
            message = _("the source has {number}, the target does not").format(number=said)
            yield Problem(Span(0, 0), message)


def _counted(view: View, other: View) -> list[Number]:
    """The numbers of a side; «12 thousand» may be a bare 12 where the other side says elsewhere what it counts in."""
    found = numbers(view.text, view.language)
    if has_scale(other.text, other.language):
        return found
    return [replace(one, bare=frozenset()) if one.bare else one for one in found]


def _pairs(missing: list[Number], extra: list[Number]) -> list[tuple[Number, Number]]:
    """Which number stands for which: the only ones, or as many as there are, in order."""
    return list(zip(missing, extra, strict=True)) if len(missing) == len(extra) else []


def _may_be_words(number: Number, *, in_words: bool) -> bool:
    values = [value for value in number.values if isinstance(value, Decimal)]
    if not values:
        return False
    value = min(values)
    whole = value == value.to_integral_value()
    if whole and (value <= _SMALL or value % 10 == 0):
        return True
    return in_words and (bool(number.bare) or (whole and value <= _WORDED))


def _different(view: UnitView, one: Number, other: Number) -> Problem:
    said, here = shown(one, view.source.text), shown(other, view.target.text)
    message = _("{here}: the source has {number}").format(here=here, number=said)
    instead = _instead(view, one, other)
    return Problem(other.span, message, "", instead, "unsafe" if instead else "none")


def _instead(view: UnitView, one: Number, other: Number) -> tuple[str, ...]:
    """The number of the source as the target's language writes it, where both are plain numbers."""
    values = [value for value in one.values if isinstance(value, Decimal)]
    plain = len(values) == 1 and len(one.values) == 1 and not one.bare and not other.bare
    here = view.target.text[other.span.start : other.span.end]
    if not plain or len(here) > 20 or any(sign.isalpha() or sign == "/" for sign in here):
        return ()
    source = view.source.text[one.span.start : one.span.end]
    # Years have no separator, whatever their size.
    return (source,) if source.isdigit() else (written(values[0], view.target.language),)


RULE = Rule(
    summary="A number, date or time of the source that the target writes otherwise or leaves out.",
    why=(
        "A lost zero is the dearest mistake of all. 10.000 in German is 10,000 in English and 10 000 in Russian, and a "
        "German Billion is an English trillion. Numbers in words, converted measures and Roman numbers are let pass."
    ),
    bad=(
        Example("Es kamen 10.000 Menschen.", target="Пришли 1000 человек."),
        Example("Es kamen 10.000 Menschen.", target="10.000 people came.", target_language="en"),
        Example("Am 10.01.2022 tagte man.", target="The meeting was on January 11, 2022.", target_language="en"),
        Example("Es ging um 1,5 Billionen Rubel.", target="It was about 1.5 billion roubles.", target_language="en"),
        Example("Es gab 164 Tote.", target="Были погибшие."),
    ),
    good=(
        Example("Es kamen 10.000 Menschen.", target="Пришли 10 000 человек."),
        Example("Am 10.01.2022 tagte man.", target="The meeting was on January 10, 2022.", target_language="en"),
        Example("Am 10. Januar 2022 tagte man.", target="Заседание было 10 января 2022 года."),
        Example("Das 19. Jahrhundert und 3 Männer.", target="XIX век и трое мужчин."),
        Example("Der Panzer T-72 kam um 20.15 Uhr.", target="The T-72 came at 8:15 pm.", target_language="en"),
    ),
    severity="warning",
    fix="Unsafe: which side is wrong is for a translator to say.",
    check_unit=check_unit,
    default=False,
)
