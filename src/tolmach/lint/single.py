"""The findings of a single text, for programs that have a text and a glossary and no run."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from functools import lru_cache
from pathlib import PurePath

from tolmach.config import Config
from tolmach.glossary.find import Finder
from tolmach.glossary.model import Glossary
from tolmach.lint import rule as rules
from tolmach.lint import runner
from tolmach.text import formats

_KEPT = 8  # glossaries whose compiled forms are kept


def check(
    text: str | bytes,
    glossary: Glossary,
    *,
    language: str | None = None,
    path: str = "text.txt",
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    side: rules.Side = "target",
) -> list[runner.Finding]:
    """What the rules find in a text, in order of place.

    `text` is what is written, or the bytes of a file. The ending of `path` says in which format it is (plain text,
    Markdown, PO, DOCX …), and findings carry it; nothing is read from there. `language` (BCP 47) is found out where it
    is None. Without `select` the default rules run, `all` means every rule; `ignore` wins over it. `side` is the one
    that rules about one language judge in bilingual formats. Configuration files are not looked at.

    Offsets count code points: in plain text, Markdown, HTML and subtitles `text[one.span.start : one.span.end]` is
    `one.text`; for bytes they are those of the decoded file without its BOM, see `Finding`. The glossary is compiled by
    the first call and kept for the next ones. Raises TolmachError for a text that is not of its format, an unknown
    format and an unknown rule, TypeError for the name of a glossary in place of one.

    >>> from tolmach.glossary.load import load
    >>> starter = load(["starter"])
    >>> [(one.text, one.replacements) for one in check("Reisen nach Kirgisien und Kirgisistan", starter)]
    [('Kirgisien', ('Kirgisistan',))]
    """
    if not isinstance(glossary, Glossary):
        raise TypeError(f"a Glossary is expected, as load_glossary gives it, not {type(glossary).__name__}")
    # A mark of our own in front tells the encoding and takes the place of one that is not counted.
    content = codecs.BOM_UTF8 + text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    if not text.strip():
        return []
    source = formats.Source(path, PurePath(path).stem, content, language)
    documents = list(formats.read(source))
    finder = _finder(_Same(glossary))
    chosen = runner.surveyed(rules.choose(Config(), select, ignore), rules.Run(lambda: documents, finder, side))
    return [finding for document in documents for finding in runner.check(document, chosen, finder, side)]


class _Same:
    """A glossary that equals only itself: to compare all of two glossaries takes longer than to check a text."""

    def __init__(self, glossary: Glossary) -> None:
        self.glossary = glossary

    def __hash__(self) -> int:
        return id(self.glossary)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.glossary is other.glossary


@lru_cache(_KEPT)
def _finder(same: _Same) -> Finder:
    return Finder(same.glossary)
