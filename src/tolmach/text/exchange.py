"""Writing translated sentences for other programs: TMX 1.4b, and tables with tabs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ENTITIES = {"\r": "&#13;"}


@dataclass(frozen=True, slots=True)
class Aligned:
    """A text in several languages, with an id that may be empty."""

    id: str
    texts: Mapping[str, str] = field(default_factory=dict)


def tmx(units: Iterable[Aligned], languages: Sequence[str], version: str) -> Iterator[str]:
    """The units as TMX 1.4b, piece by piece; the first language is the source, `version` that of this program.

    Characters that XML does not allow are written as U+FFFD.
    """
    source = quoteattr(languages[0])
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
    yield (
        f'<header creationtool="tolmach" creationtoolversion={quoteattr(version)} segtype="sentence" o-tmf="PO" '
        f'adminlang="en" srclang={source} datatype="plaintext"/>\n<body>\n'
    )
    for unit in units:
        name = f" tuid={quoteattr(_legal(unit.id))}" if unit.id else ""
        yield f"<tu{name}>\n"
        for language in languages:
            if language in unit.texts:
                text = escape(_legal(unit.texts[language]), _ENTITIES)
                yield f"<tuv xml:lang={quoteattr(language)}><seg>{text}</seg></tuv>\n"
        yield "</tu>\n"
    yield "</body>\n</tmx>\n"


def _legal(text: str) -> str:
    return _ILLEGAL.sub("\ufffd", text)


def tsv(units: Iterable[Aligned], languages: Sequence[str]) -> Iterator[str]:
    """The units as a table with a heading, one a line; blanks of any kind and line ends become single blanks."""
    yield "\t".join(languages) + "\n"
    for unit in units:
        yield "\t".join(" ".join(unit.texts.get(language, "").split()) for language in languages) + "\n"
