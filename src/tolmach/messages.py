"""The user's language: every message of the program passes through `_` (gettext, domain `tolmach`)."""

from __future__ import annotations

import gettext as _gettext
from collections.abc import Iterable
from functools import cache
from importlib.resources import files


@cache
def _catalogue() -> _gettext.NullTranslations:
    folder = str(files("tolmach").joinpath("locale"))
    return _gettext.translation("tolmach", localedir=folder, fallback=True)


def _(message: str) -> str:
    """`message` (English) in the user's language, as LANGUAGE, LC_ALL, LC_MESSAGES or LANG name it."""
    return _catalogue().gettext(message)


def N_(word: str) -> str:  # noqa: N802
    """`word` itself: marks, for the catalogue, what `_` is given by another name later."""
    return word


def plural(one: str, many: str, count: int, **values: int) -> str:
    """The form of the message that fits `count`, with `{count}` and the other values filled in."""
    return _catalogue().ngettext(one, many, count).format(count=count, **values)


def unknown(name: str, known: Iterable[str]) -> str:
    """A hint for somebody who wrote `name`, which is none of the names that are `known`."""
    from difflib import get_close_matches

    names = list(known)
    there_are = _("there are: {names}").format(names=", ".join(names))
    near = get_close_matches(name, names, 1, 0.7)
    return f"{_('did you mean {name}?').format(name=near[0])} {there_are}" if near else there_are
