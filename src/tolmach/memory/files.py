"""Entries from bilingual files of any format, for looking up beside the house's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tolmach.config import primary
from tolmach.errors import TolmachError
from tolmach.files import read_bytes
from tolmach.memory.model import Entry
from tolmach.messages import _
from tolmach.text import streamed


def entries_of(path: Path, source_language: str, target_language: str) -> Iterator[Entry]:
    """The translated units of a file (TMX, PO, XLIFF …) from one language into the other; the file declares what is
    reviewed.

    Sentence ids are left out: they belong to documents. Raises TolmachError for a file that is not bilingual.
    """
    from tolmach.text import formats

    if not formats.for_path(str(path)).bilingual:
        raise TolmachError(
            _("this file holds no translations"), path=path, hint=_("a memory is a bilingual file, such as TMX or PO")
        )
    if path.suffix.lower() == ".tmx":
        # of any size
        for texts in streamed.tmx(path, source_language, target_language):
            yield Entry("", texts.source, texts.target, reviewed=True, path=path.as_posix(), line=texts.line)
        return
    wanted = (primary(source_language), primary(target_language))
    source = formats.Source(str(path), path.stem, read_bytes(path), target_language, source_language)
    for document in formats.read(source):
        for unit in document.units:
            languages = (primary(unit.source.language), primary(unit.target.language))
            if unit.target.text and unit.state != "obsolete" and languages == wanted:
                yield Entry(
                    id="",
                    source=unit.source.text,
                    target=unit.target.text,
                    reviewed=unit.state == "reviewed",
                    path=path.as_posix(),
                    line=unit.line,
                )
