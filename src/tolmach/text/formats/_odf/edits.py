"""An OpenDocument text and its edits, made in its bytes."""

from __future__ import annotations

from collections.abc import Sequence

from tolmach.errors import TolmachError
from tolmach.messages import _
from tolmach.text.formats import Edit, Source, _expat, _zip
from tolmach.text.formats._expat import Splice, escaped
from tolmach.text.formats._odf.read import Styles, read_styles, read_text
from tolmach.text.formats._office.read import Story, plan

BODY, _STYLES = "content.xml", "styles.xml"


def rewrite(source: Source, edits: Sequence[Edit]) -> tuple[bytes, tuple[Edit, ...]]:
    """The file with the edits made, and those that could not be made."""
    archive, stories, _language = load(source)
    planned, refused = plan(stories, edits)
    splices: dict[str, list[Splice]] = {}
    for one in planned:
        splices.setdefault(one.story.part.name, []).extend(
            (piece.start, piece.end, escaped(change.text) if number == change.place else b"")
            for change in one.changes
            for number, piece in enumerate(change.pieces)
        )
    if not splices:
        return source.content, refused
    parts = {part.name: part for part in (story.part for story in stories)}
    written = {name: parts[name].spliced(stretches) for name, stretches in splices.items()}
    return _zip.replaced(archive, written), refused


def load(source: Source) -> tuple[_zip.Archive, tuple[Story, ...], str]:
    """The archive, its stories in the order they are read, and the language of the document."""
    archive = _zip.load(source.content, source.path)
    if not archive.has(BODY):
        raise TolmachError(
            _("this archive is no OpenDocument text"),
            path=source.path,
            hint=_("save it as .odt, or correct its ending"),
        )
    body = _expat.part(BODY, archive.read(BODY), source.path)
    if not archive.has(_STYLES):
        return archive, (read_text(body, source.path, read_styles(body, source.path, Styles())),), ""
    pages = _expat.part(_STYLES, archive.read(_STYLES), source.path)
    common = read_styles(pages, source.path, Styles())
    stories = (
        read_text(body, source.path, read_styles(body, source.path, common)),
        read_text(pages, source.path, common),
    )
    return archive, stories, common.default
