"""Plain values as texts, for formats that know nothing but texts, and back."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from tolmach.text.exchange import ILLEGAL

_LISTS = frozenset(("sources", "forms", "keeps", "keeps_quoted_after", "near", "ok", "flag"))
_FLAGS = frozenset(("do_not_translate", "indeclinable"))
_SEVERAL = _LISTS | {"original", "found", "valid"}
_ESCAPED = re.compile(r"\\(.)")
_OPEN = ".."
_TRUE = frozenset(("true", "yes", "1", "x", "ja", "да"))
# What XML cannot hold, and what would be read as its escape.
_UNSAFE = re.compile(rf"{ILLEGAL}|\\(?=x\{{)")
_HIDDEN = re.compile(r"\\x\{([0-9a-f]{1,6})\}")


def texts(value: Any) -> list[str]:
    """A plain value as texts; a list has one text an entry.

    >>> texts([{"from": date(2019, 3, 23)}]), texts({"ru": "Минск"}), texts(True)
    (['2019-03-23/..'], ['ru: Минск'], ['true'])
    """
    if isinstance(value, bool):
        return [str(value).lower()]
    if isinstance(value, dict):
        return [f"{key}: {one}" for key, one in value.items()]
    if isinstance(value, list):
        return [_stretch(one) if isinstance(one, dict) else one for one in value]
    return [value if isinstance(value, str) else repr(value)]


def _stretch(value: dict[str, date]) -> str:
    return "/".join(value[end].isoformat() if end in value else _OPEN for end in ("from", "until"))


def plain(key: str, found: Sequence[str]) -> Any:
    """The value of a key from its texts; what cannot be read stays text, for the rules of the glossary to complain.

    >>> plain("valid", ["2019-03-23/.."]), plain("original", ["ru: Минск"]), plain("form", ["Minsk"])
    ([{'from': datetime.date(2019, 3, 23)}], {'ru': 'Минск'}, 'Minsk')
    """
    if key in _READERS:
        with suppress(ValueError):
            return _READERS[key](found)
        return "; ".join(found)
    if key in _LISTS:
        return list(found)
    return found[0].strip().lower() in _TRUE if key in _FLAGS else "; ".join(found)


def _mapping(found: Sequence[str]) -> dict[str, str]:
    pairs = (text.partition(": ") for text in found)
    return {key: value for key, _colon, value in pairs}


def _counts(found: Sequence[str]) -> dict[str, int]:
    pairs = (text.rpartition(": ") for text in found)
    return {key: int(value) for key, _colon, value in pairs}


def _stretches(found: Sequence[str]) -> list[dict[str, date]]:
    return [
        {key: date.fromisoformat(end) for key, end in zip(("from", "until"), _ends(text), strict=True) if end != _OPEN}
        for text in found
    ]


def _ends(text: str) -> tuple[str, str]:
    first, _slash, last = text.partition("/")
    return first.strip(), last.strip()


_READERS: dict[str, Callable[[Sequence[str]], Any]] = {
    "original": _mapping,
    "found": _counts,
    "valid": _stretches,
    "confidence": lambda found: float(found[0]),
}


def hide(text: str) -> str:
    r"""The text with signs that no XML file may hold as `\x{…}`; `show` gives it back.

    >>> hide("a\x01b"), show(hide("\\x{41}"))
    ('a\\x{1}b', '\\x{41}')
    """
    return _UNSAFE.sub(lambda found: f"\\x{{{ord(found.group()):x}}}", text)


def show(text: str) -> str:
    """The text that `hide` has made safe; anything else stays as it is."""
    return _HIDDEN.sub(_shown, text)


def _shown(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    if code > 0x10FFFF:
        return found.group()
    sign = chr(code)
    return sign if sign in "\\\r" or _UNSAFE.match(sign) else found.group()


def joined(key: str, found: Sequence[str]) -> str:
    """Several texts in one cell, one a line; line ends and backslashes inside them are escaped.

    >>> joined("near", ["Stadt", "Fluss"]), parts("near", "Stadt\\nFluss")
    ('Stadt\\nFluss', ['Stadt', 'Fluss'])
    """
    if key not in _SEVERAL or (len(found) == 1 and "\n" not in found[0] and "\\" not in found[0]):
        return found[0]
    return "\n".join(text.replace("\\", "\\\\").replace("\n", "\\n") for text in found)


def parts(key: str, cell: str) -> list[str]:
    """The texts of one cell; a key that has one text only has the whole cell."""
    if key not in _SEVERAL or ("\n" not in cell and "\\" not in cell):
        return [cell if key == "found" else cell.strip()]
    lines = [_ESCAPED.sub(lambda found: "\n" if found[1] == "n" else found[1], line) for line in cell.split("\n")]
    return lines if key == "found" else [line for text in lines if (line := text.strip())]
