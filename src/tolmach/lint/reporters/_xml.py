"""Elements of XML, written by hand: what stands in them comes from anywhere."""

from __future__ import annotations

import re

from tolmach.text.columns import visible

_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
)
# XML 1.0, section 2.2: noncharacters are no characters either.
_NO_CHARACTER = re.compile("[\ufffe\uffff]")
_BREAKS = re.compile("([\t\n\r])")


def escaped(text: str) -> str:
    r"""The text as it may stand in an attribute or element; what XML cannot hold is written as an escape.

    >>> escaped("5 < 6 \x1b\n")
    '5 &lt; 6 \\x1b&#10;'
    """
    shown = "".join(part if part in "\t\n\r" else visible(part) for part in _BREAKS.split(text))
    return _NO_CHARACTER.sub(lambda found: repr(found[0])[1:-1], shown).translate(_ESCAPES)


def element(name: str, /, **attributes: object) -> str:
    """The start of an element, to be closed by `>` or `/>`."""
    return f"<{name}" + "".join(f' {key}="{escaped(str(value))}"' for key, value in attributes.items())
