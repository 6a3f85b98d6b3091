"""Finds the originals that may stand behind a Latin word: a beam through all its readings, the likeliest first.

A reading grows piece by piece. Its cost is what the channel asks for the pieces plus what the letter model asks for
the letters; readings that a name of the lexicon begins with have a place in the beam of their own, so that a known
name with rare letters is not lost.
"""

from __future__ import annotations

from dataclasses import dataclass

from tolmach.transcription.restoration.channel import WORST, Channel
from tolmach.transcription.restoration.letters import END, Letters
from tolmach.transcription.restoration.lexicon import Lexicon

_WIDTH = 14  # readings kept at a place, and as many again of those that begin a known name
_MARGIN = 144  # sixteenths of a nat behind the best that a reading may be
_State = tuple[int, int, int, int, int]  # cost, cost of the channel, state of the letters, node of the lexicon, place


@dataclass(frozen=True, slots=True)
class Reading:
    """A possible original: the costs of its spelling and of its letters, the kinds under which the lexicon has it."""

    text: str
    spelling: int
    letters: int
    kinds: int


def readings(word: str, channel: Channel, letters: Letters, lexicon: Lexicon) -> list[Reading]:
    """The readings of a Latin word in small letters, in no order."""
    beams: list[dict[str, _State]] = [{} for _ in range(len(word) + 1)]
    beams[0][""] = (0, 0, letters.start, 0, 0)
    step, walk = letters.steps, lexicon.steps
    for place in range(len(word)):
        beam = beams[place]
        if not beam:
            continue
        # This loop is where restoration spends its time.
        options = [(one.costs, one.codes, one.text, beams[one.end], one.leaves) for one in channel.options(word, place)]
        for text, (cost, spelling, state, node, after) in _best(beam):
            for costs, codes, letter, ahead, leaves in options:
                asked = costs[after]
                if asked == WORST:
                    continue
                total, at, now = cost + asked, node, state
                for code in codes:
                    more, now = step[now << 8 | code]
                    total += more
                    if at >= 0:
                        at = walk[at << 8 | code]
                grown = text + letter
                known = ahead.get(grown)
                if known is None or known[0] > total:
                    ahead[grown] = (total, spelling + asked, now, at, leaves)
    found = []
    for text, (cost, spelling, state, node, _after) in beams[-1].items():
        kinds = lexicon.kinds(node) if node >= 0 else 0
        found.append(Reading(text, spelling, cost - spelling + step[state << 8 | END][0], kinds))
    return found


def _best(beam: dict[str, _State]) -> list[tuple[str, _State]]:
    ranked = sorted(beam.items(), key=_cost)
    if len(ranked) <= _WIDTH:
        return ranked
    limit = ranked[0][1][0] + _MARGIN
    kept = [entry for entry in ranked[:_WIDTH] if entry[1][0] <= limit]
    kept += [entry for entry in ranked[_WIDTH:] if entry[1][3] >= 0][:_WIDTH]
    return kept


def _cost(entry: tuple[str, _State]) -> int:
    return entry[1][0]
