"""Text from anywhere made harmless: what would act unseen is shown, what stands in an address is encoded."""

from __future__ import annotations

import unicodedata
from urllib.parse import quote

_LAYOUT = frozenset("\t\n")
# Marks that turn the direction of the text after them (UAX #9: embeddings, overrides, isolates).
_DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_SEPARATORS = frozenset("\u2028\u2029")
_TAGS = range(0xE0000, 0xE0080)


def visible(text: str) -> str:
    r"""`text` with every character that would act unseen written out as its code point.

    These are control characters (but tab and line feed), lone surrogates, marks that override the direction of
    writing, line separators, tag characters and code points that are no characters (XML allows none of these at all).
    Joiners, soft hyphens and the like, which spelling needs, stay.

    >>> visible("Tokajew\u202e wejakoT")
    'Tokajew[U+202E] wejakoT'
    >>> visible("Токаев")
    'Токаев'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(f"[U+{ord(character):04X}]" if _acts_unseen(character) else character for character in text)


def _acts_unseen(character: str) -> bool:
    if character in _LAYOUT:
        return False
    if character in _DIRECTION or character in _SEPARATORS or ord(character) in _TAGS:
        return True
    return unicodedata.category(character) in ("Cc", "Cs") or _is_none(ord(character))


def _is_none(code: int) -> bool:
    # Unicode 23.7: the last two of every plane, and 32 among the Arabic presentation forms.
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


def anchor(name: str) -> str:
    """`name` as the id of an element: blanks and what acts unseen are percent-encoded, all else stays.

    >>> anchor("news/a b#1c2d3e4f")
    'news/a%20b#1c2d3e4f'
    """
    return "".join(
        quote(character, safe="", errors="replace") if character.isspace() or _acts_unseen(character) else character
        for character in name
    )


def fragment(name: str) -> str:
    """The link within a page to the element with the id `anchor(name)`.

    >>> fragment("news/a b#1c2d3e4f")
    '#news/a%2520b%231c2d3e4f'
    """
    return "#" + quote(anchor(name), safe="/")
