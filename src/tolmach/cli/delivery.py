"""A text in the format of its original, with the translations that its house has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING

from tolmach.cli import outputs
from tolmach.config import primary
from tolmach.errors import TolmachError
from tolmach.messages import _, plural
from tolmach.text import formats
from tolmach.text.formats import Rendering, Source
from tolmach.text.identity import segments
from tolmach.text.model import Segment, Span

if TYPE_CHECKING:
    from tolmach.memory.model import Entry
    from tolmach.parallel.build import House
    from tolmach.text.sources import File

_SHOWN, _WIDE = 5, 80
# No-break blanks are a translator's decision, line breaks and tabs are not.
_BLANKS = re.compile(r"[^\S\u00a0\u2007\u202f]+")


@dataclass(frozen=True, slots=True)
class Delivery:
    """A file in another language, how many of its sentences are drafts, which are untranslated or not put in place."""

    content: bytes
    sentences: int
    drafts: int
    untranslated: tuple[Segment, ...]
    left: tuple[Segment, ...]

    def told(self) -> str:
        """The numbers in words."""
        counts = [plural("{count} sentence", "{count} sentences", self.sentences)]
        if self.drafts:
            counts.append(plural("{count} draft", "{count} drafts", self.drafts))
        if self.untranslated:
            counts.append(_("{count} not translated").format(count=len(self.untranslated)))
        if self.left:
            counts.append(_("{count} could not be put in place").format(count=len(self.left)))
        return ", ".join(counts)

    def remaining(self, path: str) -> Iterator[str]:
        """The first sentences that are in the language of the original, with their lines in the file at `path`."""
        found = sorted((*self.untranslated, *self.left), key=lambda segment: segment.line)
        for segment in found[:_SHOWN]:
            yield f"  {path}:{segment.line}: {shorten(segment.text, _WIDE, placeholder=' …')}"
        if len(found) > _SHOWN:
            yield "  " + plural("and {count} more", "and {count} more", len(found) - _SHOWN)


def deliver(source: Source, language: str, target: str, house: House, *, reviewed: bool) -> Delivery:
    """The text, which is in `language`, in the `target` language; with `reviewed` without drafts.

    A sentence without a translation stays in the language of the text.
    """
    sentences = list(_sentences(source))
    found = {number: entry for number, (one, _at) in enumerate(sentences) if (entry := house.entry(one, target))}
    usable = {number: one for number, one in found.items() if one.target.strip() and (one.reviewed or not reviewed)}
    renderings = [_rendering(*sentences[number], entry, (language, target), house) for number, entry in usable.items()]
    content, refused = formats.render(source, renderings, target)
    left = {one.span for one in refused}
    return Delivery(
        content,
        sentences=len(sentences),
        drafts=sum(not entry.reviewed for entry in usable.values()),
        untranslated=tuple(one for number, (one, _at) in enumerate(sentences) if number not in usable),
        left=tuple(sentences[number][0] for number, one in zip(usable, renderings, strict=True) if one.span in left),
    )


def _sentences(source: Source) -> Iterator[tuple[Segment, int]]:
    """The sentences of a file, each with where its block begins."""
    seen: dict[str, int] = {}
    for block in formats.read(source):
        for segment in segments(block, seen):
            yield segment, block.offset


def _rendering(segment: Segment, offset: int, entry: Entry, languages: tuple[str, str], house: House) -> Rendering:
    text = _BLANKS.sub(" ", entry.target).strip()
    return Rendering(
        segment.span.shifted(offset), segment.text, text, tuple(_links(segment.text, text, languages, house))
    )


def _links(source: str, text: str, languages: tuple[str, str], house: House) -> Iterator[tuple[Span, Span]]:
    """Where the terms of the sentence stand in its translation: the first with the first of the same concept."""
    from tolmach.parallel.build import marks

    own = list(marks(source, languages[0], house.finder))
    concepts = {mark.concept for mark in own}
    places: dict[str, list[Span]] = {}
    for mark in marks(text, languages[1], house.finder, concepts) if concepts else ():
        places.setdefault(mark.concept, []).append(mark.span)
    for mark in own:
        if found := places.get(mark.concept):
            yield mark.span, found.pop(0)


def places(files: Iterable[File], language: str, targets: tuple[str, ...], output: Path) -> dict[tuple[str, str], Path]:
    """Where each text (by its id) goes in each language.

    A language at the end of the name gives way to the other: `film.de.srt` becomes `film.en.srt`. Raises TolmachError
    where a text would be overwritten, or two would become one file.
    """
    files = list(files)
    originals = {file.path.resolve() for file in files}
    own = re.compile(rf"(?<=.)[._-]{re.escape(primary(language))}(?:[-_][A-Z]{{2}})?\Z")
    found: dict[tuple[str, str], Path] = {}
    for file in files:
        named = own.search(file.id)
        name, sign = (file.id[: named.start()], named[0][0]) if named else (file.id, ".")
        for code in targets:
            path = _place(output, name, f"{sign}{code}", file.path.suffix, len(targets), len(files))
            if path.resolve() in originals:
                raise TolmachError(
                    _("this is one of the texts"), path=path, hint=_("name another place after --output")
                )
            if path in found.values():
                raise TolmachError(
                    _("two texts would become this file"), path=path, hint=_("rename one of them, or deliver it alone")
                )
            found[file.id, code] = path
    return found


def _place(output: Path, name: str, code: str, suffix: str, languages: int, count: int) -> Path:
    if languages == 1:
        return outputs.place(output, f"{name}{code}", suffix, count)
    return outputs.place(output, name, f"{code}{suffix}", count)
