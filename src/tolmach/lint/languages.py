"""What the languages are called in messages."""

from __future__ import annotations

from tolmach.config import primary
from tolmach.messages import N_, _

_NAMES = {
    "de": N_("German"),
    "de-CH": N_("Swiss German"),
    "en": N_("English"),
    "ru": N_("Russian"),
    "uk": N_("Ukrainian"),
}


def language_name(code: str) -> str:
    """The language in the user's own; the code itself where it has no name here.

    >>> language_name("de-CH"), language_name("de-AT"), language_name("fr")
    ('Swiss German', 'German', 'fr')
    """
    known = code if code in _NAMES else primary(code)
    return _(_NAMES[known]) if known in _NAMES else code
