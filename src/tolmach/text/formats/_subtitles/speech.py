"""Who says what in subtitles: which lines are one speech, and which cues one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from tolmach.text.formats._prose import Block
from tolmach.text.formats._subtitles.cues import Cue, Turn, read_block, shown_lines
from tolmach.text.segments import sentences

_GAP = 3.0  # seconds of silence after which something else begins
_OVERLAP = 0.5  # seconds by which a cue may begin before the one that it goes on with has ended
_BREATH = 1.0  # seconds within which a sentence without a mark goes on with a capital
_CLOSED_SHARE = 6  # one turn in so many ends with a mark in a text that is punctuated
_REACH = 60  # code points around a seam that say whether a sentence ends there

_NOTES = "\u266a\u266b\u266c\u2669"
_CLOSERS = "\"')\\]\u00bb\u00ab\u201c\u201d\u2019\u203a"
_OPENERS = "\"'(\\[\u00bf\u00a1\u00bb\u00ab\u201e\u201a\u201c\u2018\u2039"
# A dash before a word or, with a blank, before anything: «-5» is a number. Captions have two or three brackets.
_DASH = re.compile(r"\s*(?:>>>?|[-\u2010\u2013\u2014])(?:\s*(?=[^\W\d_]|[" + _OPENERS + r"\u2026.])|\s+(?=\S))")
_SUNG = re.compile(rf"\s*(?:[{_NOTES}]+\s*|#\s+(?=\S))")
_SOUND = re.compile(r"\s*(?:\[[^\[\]]*\]|\([^()]*\))\s*")
_MANNER = re.compile(r"(?:\[[^\[\]]{1,200}\]|\([^()]{1,200}\))\s+(?=\S)")
_ELLIPSIS = re.compile(r"(?:\u2026|\.{2,4})")
_LEFT_OPEN = re.compile(r"(?<![.\u2026])(?:\u2026|\.{2,4})\s*\Z")
_CLOSED = re.compile(rf"[.!?\u2026][{_CLOSERS}]*\s*\Z")
_GOES_ON = re.compile(r"[,;:\u2010-\u2014-]\s*\Z")
_SENTENCE_END = re.compile(r"[.!?\u2026](?=\s)")
_LETTER = re.compile(r"[^\W_]")
_LONGEST_LABEL = 32  # code points of the name of a speaker
_LONGEST_SOUND = 200
_LONGEST_TITLE = 4  # words of a line that may be a title, and no beginning of a sentence


def turns(cues: Sequence[Cue], markup: re.Pattern[str]) -> list[Turn]:
    """The turns of all cues, in order: a cue is one, or as many as speakers have their say in it."""
    found: list[Turn] = []
    shown = [list(shown_lines(cue, number, markup)) for number, cue in enumerate(cues)]
    roll = _roll(shown)
    for lines in shown:
        dialogue = sum(_DASH.match(line.shown()) is not None for line in lines) > 1
        within = False
        for line in lines:
            _judge(line, found[-1] if found else None, dialogue=dialogue)
            line.opens |= roll
            if within and not (line.opens and line.block.starts):
                found[-1].take(line)
            else:
                found.append(line)
                within = True
    for turn in found:
        _find_words(turn)
    return found


def speeches(cues: Sequence[Cue], spoken: Iterable[Turn], language: str) -> list[list[Turn]]:
    """Those of the turns that go on with one another; whole sentences are in each of these."""
    said = [turn for turn in spoken if turn.words().strip()]
    punctuated = sum(_is_closed(turn.words()) for turn in said) * _CLOSED_SHARE >= len(said)
    capitals = sum(turn.words().isupper() for turn in said) * 4 > len(said) * 3
    found: list[list[Turn]] = []
    for before, turn in pairwise((None, *said)):
        follows = punctuated and before and turn and _follows(before, turn, cues)
        if before and turn and follows and _goes_on(found[-1], turn, cues, language, capitals=capitals):
            _drop_double_ellipsis(before, turn)
            found[-1].append(turn)
        elif turn:
            found.append([turn])
    return found


def blocks(cues: Sequence[Cue], markup: re.Pattern[str], language: str | None) -> Iterator[Block]:
    """What is read of the cues, a block for each speech; `language` is where it is known."""
    return map(read_block, speeches(cues, turns(cues, markup), language or ""))


def _roll(shown: Iterable[Sequence[Turn]]) -> bool:
    """Is each line shown again above the next one, as captions of live speech are? Then it is by itself."""
    cues = [[text for line in lines if (text := line.shown().strip())] for lines in shown]
    again = sum(
        bool(before and after) and len(before) + len(after) > 2 and after[0] in before
        for before, after in pairwise(cues)
    )
    return again * 2 > len(cues)


def _judge(line: Turn, before: Turn | None, *, dialogue: bool) -> None:
    """Find out whether a line begins with the sign of a speaker; in a `dialogue` every dash of the cue is one."""
    dashed = dialogue and _DASH.match(line.shown()) is not None
    second = before is not None and before.cue == line.cue
    line.opens = _opens(line, before) or (dashed and second)
    line.signed = line.opens or dashed


def _opens(line: Turn, before: Turn | None) -> bool:
    """Does the line begin with a sign that somebody else speaks, that it is sung, or that it is a sound?"""
    text = line.shown()
    if _SUNG.match(text) or _is_sound(line) or (before and _is_sound(before)) or _has_label(text):
        return True
    if before is not None and line.voice and line.voice != before.voice:
        return True
    dash = _DASH.match(text)
    if dash is None:
        return False
    # A dash before a small letter may stand within a sentence.
    first = _LETTER.search(text, dash.end())
    said_before = before.end(_REACH) if before else ""
    return not (first and first[0].islower() and said_before.strip() and not _is_closed(said_before))


def _is_sound(turn: Turn) -> bool:
    """Is all of it in brackets: «[Musik]», «(Lachen)»?"""
    return len(turn.block.starts) < _LONGEST_SOUND and _SOUND.fullmatch(turn.shown()) is not None


def _has_label(text: str) -> bool:
    """Does the name of a speaker stand before it in capitals: «TOKAJEW: Ja.»?"""
    label = text.lstrip()[:_LONGEST_LABEL].partition(":")
    return bool(label[1]) and len(label[0]) > 1 and label[0].isupper() and label[0][0].isalpha()


def _find_words(turn: Turn) -> None:
    """Set off what shows that somebody speaks or sings."""
    text = turn.shown()
    sign = (_DASH.match(text) or _SUNG.match(text)) if turn.signed else None
    turn.first = sign.end() if sign else len(text) - len(text.lstrip())
    if sign and (sung := _SUNG.match(text, turn.first)):
        turn.first = sung.end()
    words = text.rstrip()
    if words.endswith(tuple(_NOTES)):
        words = words.rstrip(_NOTES).rstrip()
    elif sign and "#" in sign[0]:
        words = words.removesuffix("#").rstrip()
    turn.last = max(len(words), turn.first)


def _is_closed(text: str) -> bool:
    return _CLOSED.search(text[-_REACH:]) is not None or text.rstrip()[-1:] in (*_NOTES, "]")


def _follows(before: Turn, turn: Turn, cues: Sequence[Cue]) -> bool:
    """Is there nothing between the two that separates them?"""
    if turn.opens or before.shown()[before.last :].strip():
        return False
    first, second = cues[before.cue], cues[turn.cue]
    return before.cue == turn.cue or (first.place == second.place and _silence(before, turn, cues) < _GAP)


def _silence(before: Turn, turn: Turn, cues: Sequence[Cue]) -> float:
    """The seconds between two turns; very many where one does not come after the other."""
    seconds = cues[turn.cue].start - cues[before.cue].end
    return seconds if seconds >= -_OVERLAP else float("inf")


def _goes_on(speech: Sequence[Turn], turn: Turn, cues: Sequence[Cue], language: str, *, capitals: bool) -> bool:
    """Does a sentence that has begun in a speech go on in the next turn? In `capitals` these say nothing."""
    said, following = speech[-1].words().rstrip(), _without_manner(turn.words()).lstrip()
    first = _LETTER.search(following)
    if _LEFT_OPEN.search(said[-_REACH:]):
        return first is not None and (first[0].islower() or _ELLIPSIS.match(following) is not None)
    if _is_closed(said):
        start, end = said[-_REACH:], following[:_REACH]
        seam = len(start)
        return not any(span.end <= seam for span in sentences(f"{start} {end}", language))
    if _GOES_ON.search(said) or first is None or not first[0].isupper():
        return True
    if capitals and following.isupper() and said.isupper():
        return _silence(speech[-1], turn, cues) < _BREATH
    if following.isupper() or said.isupper() or ":" in following[:_LONGEST_LABEL]:
        return False
    # «sprach mit | Putin», «dass in Osch | Leute», but not a title before a text, nor the lines of the credits.
    begun = _SENTENCE_END.split(said)[-1]
    unfinished = (
        said.split()[-1][:1].islower() or len(speech) > 1 or "," in begun or len(begun.split()) > _LONGEST_TITLE
    )
    return unfinished and _silence(speech[-1], turn, cues) < _BREATH


def _without_manner(text: str) -> str:
    """What is said, without how or by whom it is: «[seufzt] Ja», «(Mann) Auf!»."""
    manner = _MANNER.match(text)
    return text[manner.end() :] if manner else text


def _drop_double_ellipsis(before: Turn, turn: Turn) -> None:
    """Take no account of the points that end a cue and begin the next one only to say that the sentence goes on."""
    words = before.words()
    left_open, following = _LEFT_OPEN.search(words, max(len(words) - _REACH, 0)), _ELLIPSIS.match(turn.words())
    if left_open and following:
        before.last = before.first + left_open.start()
        turn.first += following.end()
