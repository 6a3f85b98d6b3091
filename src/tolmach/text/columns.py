"""How text stands in the columns of a terminal: what is shown instead of invisible characters, how wide it is."""

from __future__ import annotations

import re
import unicodedata

# Unicode categories that a terminal obeys or cannot show: controls, formats (bidi overrides), surrogates, private
# use, line separators.
_HIDDEN = frozenset(("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))
_HARMLESS = frozenset("\u00ad\u200c\u200d")
_JAMO = range(0x1160, 0x1200)  # vowels and final consonants of Korean, written into the letter before them
# What joins pictures to one (UTS #51): a joiner with what follows it, a skin color; the sign for a picture.
_PICTURES = "\u2600-\u27bf\U0001f300-\U0001faff"
_JOINED = re.compile(f"(?<=[{_PICTURES}\ufe0f])(?:\u200d[{_PICTURES}]?|[\U0001f3fb-\U0001f3ff])")
_AS_PICTURE = re.compile("([#*0-9\u00a9\u00ae\u2000-\u2bff\u3030\u303d\u3297\u3299])\ufe0f")


def visible(text: str) -> str:
    """`text` with control characters written as escapes, so that it cannot steer the terminal.

    >>> visible("Tokajew\\x1b[31m")
    'Tokajew\\\\x1b[31m'
    """
    if text.isprintable():
        return text
    return "".join(
        character if unicodedata.category(character) not in _HIDDEN or character in _HARMLESS else repr(character)[1:-1]
        for character in text
    )


def width(text: str) -> int:
    """How many columns visible text takes: two for wide characters (UAX #11), none for marks over the one before.

    >>> width("Tokajew"), width("北京"), width("й"), width("и\u0306"), width("\u2764\ufe0f\u200d\U0001f525")
    (7, 4, 1, 1, 2)
    """
    if text.isascii():
        return len(text)
    if "\u200d" in text or "\ufe0f" in text or max(text) >= "\U0001f3fb":
        text = _AS_PICTURE.sub("\u3000", _JOINED.sub("", text))
    return sum(map(_width, text))


def _width(character: str) -> int:
    if character == "\u00ad":
        return 1
    if unicodedata.category(character) in ("Mn", "Me", "Cf") or ord(character) in _JAMO:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
