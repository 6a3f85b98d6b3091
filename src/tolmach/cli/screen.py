"""One proposal on a terminal of any size: its forms with numbers, where they stand, and the keys."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import click

from tolmach.cli.quotations import Quotation
from tolmach.cli.show import visible
from tolmach.glossary.model import Concept, Designation, Status
from tolmach.glossary.review import Review
from tolmach.glossary.words import status_word
from tolmach.messages import _, plural

_MARKS = {Status.PREFERRED: "*", Status.ADMITTED: "+", Status.DEPRECATED: "-", Status.FORBIDDEN: "!"}
_MOST_ROWS = 9
_ELLIPSIS = "\u2026"


@dataclass(frozen=True, slots=True)
class Size:
    """The columns and lines of a terminal, and whether it shows colours."""

    width: int
    height: int
    colour: bool = True


def width_of(text: str) -> int:
    """The columns that the text takes: wide letters two, accents of their own none."""
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text
    )


def cut(text: str, width: int, *, at_start: bool = False) -> str:
    """The text in at most so many columns, with an ellipsis where something is left out.

    >>> cut("Kassym-Schomart Tokajew", 9), cut("Kassym-Schomart Tokajew", 9, at_start=True)
    ('Kassym-S…', '… Tokajew')
    """
    if width_of(text) <= width:
        return text
    kept = ""
    for sign in reversed(text) if at_start else text:
        longer = sign + kept if at_start else kept + sign
        if width_of(longer) >= width:
            break
        kept = longer
    return _ELLIPSIS + kept if at_start else kept + _ELLIPSIS


def screen(review: Review, quotations: Sequence[Quotation], message: str, size: Size) -> list[str]:
    """The lines that show the state of the review, as many as the terminal has at most; the message stands last."""
    keys_shown = _keys(size.width)
    if len(keys_shown) > size.height // 3:
        keys_shown = [cut(_("? explains the keys"), size.width)]
    below = [*keys_shown, cut(visible(message), size.width)]
    room = max(1, size.height - len(below) - 1)
    details = (
        (True, True, quotations),
        (True, True, quotations[:1]),
        (True, True, ()),
        (True, False, ()),
        (False, False, ()),
    )
    above: list[str] = []
    for reasons, sources, quoted in details:
        above = list(_above(review, quoted, size, reasons=reasons, sources=sources))
        if len(above) <= room:
            break
    if len(above) > room:
        above = [*above[: room - 1], _ELLIPSIS]
    return [*above, "", *below]


def _above(review: Review, quoted: Sequence[Quotation], size: Size, *, reasons: bool, sources: bool) -> Iterator[str]:
    concept = review.concept
    place = [one.id for one in review.waiting].index(concept.id) + 1
    head = _("{number} of {count} · {kind} · confidence {confidence}").format(
        number=place,
        count=len(review.waiting),
        kind=kind_word(concept.kind),
        confidence=f"{concept.confidence:.2f}" if concept.confidence else "–",
    )
    yield _styled(cut(head, size.width), size, dim=True)
    yield _styled(cut(visible(_heading(concept)), size.width), size, bold=True)
    languages = "  ".join(f"[{code}]" if code == review.language else code for code in concept.designations)
    yield cut(languages, size.width)
    for number, entry in enumerate(review.rows[:_MOST_ROWS], 1):
        yield _row(number, entry, size)
        if reasons and entry.reason:
            yield _styled(cut(f"      {visible(entry.reason)}", size.width), size, dim=True)
        if sources and entry.found:
            yield _styled(cut(f"      {visible(_sources(entry))}", size.width), size, dim=True)
    if (rest := len(review.rows) - _MOST_ROWS) > 0:
        yield cut(plural("    and {count} more form", "    and {count} more forms", rest), size.width)
    yield from _other_languages(review, size)
    if quoted:
        yield ""
    for quotation in quoted:
        yield _quoted(quotation, size)


def _heading(concept: Concept) -> str:
    originals = " · ".join(f"{text} ({code})" for code, text in concept.original.items())
    return f"{concept.id}: {originals}" if originals else concept.id


def _row(number: int, entry: Designation, size: Size) -> str:
    count = sum(found for _text, found in entry.found)
    form = entry.full if entry.form else _("{given} (given name)").format(given=entry.given)
    remarks = [status_word(entry.status), entry.system, _dates(entry)]
    told = f"{_times(count)} · {' · '.join(filter(None, remarks))}"
    left = f"  {number} {_MARKS[entry.status]} {visible(form)}"
    room = max(size.width // 2, size.width - width_of(told) - 2)
    left = cut(left, room)
    line = cut(f"{left}{' ' * max(2, 44 - width_of(left))}{told}" if size.width > 60 else f"{left}  {told}", size.width)
    return _styled(line, size, bold=entry.status is Status.PREFERRED)


def _times(count: int) -> str:
    return f"{count}\u00d7" if count else "–"


def _dates(entry: Designation) -> str:
    return ", ".join(f"{one.first or ''}–{one.last or ''}" for one in entry.valid)


def _sources(entry: Designation) -> str:
    named = [f"{text.rpartition('/')[2]} {count}" for text, count in entry.found if text != "*"]
    rest = dict(entry.found).get("*", 0)
    others = [plural("other texts {count}", "other texts {count}", rest)] if rest else []
    return ", ".join(named + others)


def _other_languages(review: Review, size: Size) -> Iterator[str]:
    """The forms to prefer in the languages whose forms are not numbered."""
    for language, entries in review.concept.designations.items():
        preferred = [entry.full for entry in entries if entry.status is Status.PREFERRED]
        if language != review.language and preferred:
            yield cut(f"  {language}  {visible(' · '.join(preferred))}", size.width)


def _quoted(quotation: Quotation, size: Size) -> str:
    """The quotation on one line, the form in the middle."""
    before, printed, after = (visible(part) for part in (quotation.before, quotation.printed, quotation.after))
    name = cut(visible(quotation.text.rpartition("/")[2]), max(8, size.width // 4), at_start=True)
    printed = cut(printed, size.width // 2)
    room = max(4, size.width - width_of(printed) - width_of(name) - 4)
    left = cut(before, room // 2, at_start=True)
    right = cut(after, room - width_of(left))
    return f"{left}{_styled(printed, size, underline=True)}{right}  {_styled(name, size, dim=True)}"


def _styled(text: str, size: Size, *, bold: bool = False, dim: bool = False, underline: bool = False) -> str:
    if not size.colour:
        return text
    return click.style(text, bold=bold or None, dim=dim or None, underline=underline or None)


def keys() -> tuple[tuple[str, str], ...]:
    """Each key with what it does, in a word."""
    return (
        ("a", _("accept")),
        ("1-9", _("prefer")),
        ("Tab", _("language")),
        ("e", _("type")),
        ("f", _("rate")),
        ("x", _("remove")),
        ("s", _("split")),
        ("m", _("merge")),
        ("k", _("skip")),
        ("d", _("drop")),
        ("u", _("undo")),
        ("?", _("help")),
        ("q", _("quit")),
    )


def explanations() -> tuple[tuple[str, str], ...]:
    """Each key with what it does, in a sentence."""
    return (
        ("a, Enter", _("accept the proposal as it is shown")),
        ("1 … 9", _("prefer the form with that number; the other one is deprecated")),
        ("Tab", _("number the forms of the next language")),
        ("e", _("type the form to prefer in this language")),
        ("f 1 … 9", _("rate an unwanted form: deprecated, forbidden, admitted")),
        ("x 1 … 9", _("remove a form: the glossary says nothing of it")),
        ("s 1 … 9", _("split a form off: it becomes a proposal of its own")),
        ("m", _("merge: another proposal into this one, or this one into a decided concept")),
        ("k, Space", _("skip: decide another day")),
        ("d", _("drop: not wanted in the glossary, and not to be proposed again")),
        ("u", _("undo the last step, as often as you like")),
        ("q", _("quit; every decision is written already")),
    )


def _keys(width: int) -> list[str]:
    lines, line = [], ""
    for part in (f"{key} {word}" for key, word in keys()):
        longer = f"{line} · {part}" if line else part
        if width_of(longer) > width and line:
            lines.append(line)
            longer = part
        line = longer
    return [*lines, cut(line, width)]


def kind_word(kind: str) -> str:
    """The kind of a concept in the user's language."""
    words: dict[str, Callable[[], str]] = {
        "person": lambda: _("person"),
        "place": lambda: _("place"),
        "organisation": lambda: _("organisation"),
        "office": lambda: _("office"),
        "event": lambda: _("event"),
        "term": lambda: _("term"),
    }
    return words.get(kind, lambda: _("other"))()
