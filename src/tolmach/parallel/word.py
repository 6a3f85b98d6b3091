"""What a Word document says of a language, so that its spelling is checked and its text runs in its direction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from tolmach.config import primary
from tolmach.parallel.labels import label_language, labels

_NONE = "x-none"  # what Word calls a text in no language
_EAST_ASIAN = ("ja", "ko", "zh")


@dataclass(frozen=True)
class Column:
    """A language in a Word document: `proofing` is the markup of a run in it, `width` in twentieths of a point."""

    code: str
    name: str
    direction: str
    locale: str
    proofing: str
    labels: Mapping[str, str]
    width: int = 0

    @property
    def label_column(self) -> Column:
        """The language that the labels of this column are in."""
        return column(label_language(self.code))


@cache
def column(code: str, width: int = 0) -> Column:
    """The language called `code` (BCP 47) as a column of this width.

    >>> column("ru").proofing
    Markup('<w:lang w:val="ru-RU"/>')
    """
    from markupsafe import Markup

    from tolmach.pages import language

    named, locale = language(code), _locale(code)
    runs = Markup('<w:lang w:val="{0}"/>')
    if named.direction == "rtl":
        runs = Markup('<w:rtl/><w:lang w:bidi="{0}"/>')
    elif primary(code) in _EAST_ASIAN:
        runs = Markup('<w:lang w:eastAsia="{0}"/>')
    return Column(code, named.name, named.direction, locale, runs.format(locale), labels(code), width)


def _locale(code: str) -> str:
    from tolmach.pages import tag
    from tolmach.text.locales import locale

    return locale(code) if tag(code) == code else _NONE
