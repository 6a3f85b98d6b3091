"""An acronym whose letters are not those of the long form beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tolmach.lint.acronyms import known_acronyms
from tolmach.lint.rule import Example, Problem, Rule, View
from tolmach.messages import _
from tolmach.text.model import Span

_LETTERS = r"[^\W\d_]"
_SHORT = rf"(?P<short>{_LETTERS}(?:{_LETTERS}|-(?={_LETTERS})){{2,8}})"
_CLOSING = '[\u00bb\u201c\u201d"]?'
_BEHIND = re.compile(
    rf"{_CLOSING}\s\((?:kurz|abgekürzt|short|сокр\.|кратко)?:?\s?[\u00ab\u201e\u201c\"]?{_SHORT}{_CLOSING}[),;]"
)
_BEFORE = re.compile(rf"(?<![\w-]){_SHORT}\s\((?P<long>{_LETTERS}[^()\n]{{8,90}})\)")
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_END = re.compile(r"[.!?;:()\n]")
_REACH = 140
_DOUBTFUL = 3  # letters


def check(view: View) -> Iterator[Problem]:
    """Report acronyms in brackets behind their long form, or before it, that have its letters in another order."""
    if "(" not in view.text:
        return
    for match in _BEHIND.finditer(view.text):
        start = max(0, match.start() - _REACH)
        window = _END.split(view.text[start : match.start()])[-1]
        yield from _judged(match, _phrases(window, match["short"]), view.language)
    for match in _BEFORE.finditer(view.text):
        yield from _judged(match, [match["long"]], view.language)


def _phrases(window: str, short: str) -> list[str]:
    """What may be the long form: the last words before the bracket, beginning with a capital, the shortest first."""
    words = list(_WORD.finditer(window))
    most = 2 * len(short) + 1
    return [window[word.start() :] for word in reversed(words[-most:]) if word[0][0].isupper()][:most]


def _judged(match: re.Match[str], phrases: list[str], language: str) -> Iterator[Problem]:
    from tolmach.names.variants.acronyms import Agreement, agreement, expected, is_short

    short = match["short"]
    # OECD has its letters from another language than the long form beside it.
    if not is_short(short) or short in known_acronyms(language):
        return
    found = [(agreement(short, phrase), phrase) for phrase in phrases]
    if any(one in (Agreement.EXACT, Agreement.INSIDE) for one, _phrase in found):
        return
    turned = ((expected(short, phrase), phrase) for one, phrase in found if one is Agreement.TURNED)
    # A misprint seldom takes the first letter.
    for instead, phrase in sorted(turned, key=lambda one: one[0][:1] != short[:1]):
        if instead:
            # Three letters in another order may be another language's order.
            yield _problem(match, phrase, instead, certain=len(instead) > _DOUBTFUL)
            return


def _problem(match: re.Match[str], phrase: str, instead: str, *, certain: bool) -> Problem:
    message = _("{written}: the letters of «{long}» are {instead}").format(
        written=match["short"], long=" ".join(phrase.split()), instead=instead
    )
    return Problem(Span(*match.span("short")), message, "", (instead,), "unsafe", certain)


RULE = Rule(
    summary="An acronym beside its long form that does not have its letters, or not in their order.",
    why="ODBK instead of ODKB is read over for pages; the long form beside it gives it away.",
    bad=(
        Example("Die Stiftung Wissenschaft und Politik ([SPW]) schrieb es."),
        Example("Организация Договора о коллективной безопасности ([ОДБК]) ввела войска.", language="ru"),
        Example("The [CTSO] (Collective Security Treaty Organization) met.", language="en"),
    ),
    good=(
        Example("Die Stiftung Wissenschaft und Politik (SWP) schrieb es."),
        Example("Die Eurasische Wirtschaftsunion (EAWU) und die Vereinten Nationen (UNO)."),
        Example("Организация Договора о коллективной безопасности (ОДКБ) ввела войска.", language="ru"),
        Example("The Collective Security Treaty Organization (CSTO) met in Moscow (RIA).", language="en"),
    ),
    severity="warning",
    fix="Unsafe: the long form may be the wrong one.",
    check=check,
    default=False,
)
