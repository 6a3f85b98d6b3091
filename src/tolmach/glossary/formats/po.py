"""A glossary component of Weblate as gettext PO: an entry a pair, the id as context, its flags."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tolmach.errors import TolmachError
from tolmach.glossary.formats import Entry, Format, Incoming, Outgoing
from tolmach.glossary.formats._flags import context, flags_of
from tolmach.glossary.formats._pairs import Read, folded, identity, joined, pairs, two, used
from tolmach.glossary.model import Concept, Status
from tolmach.messages import _
from tolmach.text.decode import decoded

_LINE = re.compile(r"\(line (\d+)\)")
_SOURCE = "X-Source-Language"
_CHARSET = re.compile(rb'Content-Type:[^"\n]*charset=([A-Za-z0-9_.:-]+)')


def _write(concepts: Sequence[Concept], languages: Sequence[str]) -> Outgoing:
    import polib

    found = list(pairs(concepts, languages, unwanted=True))
    file = polib.POFile(wrapwidth=0)
    file.metadata = {
        "Language": languages[1],
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        _SOURCE: languages[0],
        "X-Generator": "tolmach",
    }
    for pair in found:
        file.append(
            polib.POEntry(
                msgctxt=context(pair),
                msgid=folded(pair.source.form),
                msgstr=folded(pair.target.form),
                comment=folded(pair.concept.note),
                flags=flags_of(pair),
            )
        )
    text = str(file)
    return Outgoing((text if text.endswith("\n") else f"{text}\n").encode(), used(found, languages))


def _read(source: Incoming) -> list[Entry]:
    import polib

    declared = _CHARSET.search(source.content[:10_000])
    named = declared[1].decode() if declared else ""
    text = decoded(source.content, source.path, named, configured=source.encoding).text
    try:
        file = polib.pofile(f"{text}\n", wrapwidth=0)
    except OSError as error:
        line = _LINE.search(str(error))
        raise TolmachError(
            _("not a well-formed PO file"),
            path=source.path,
            line=int(line[1]) if line else None,
            hint=_("mend this line: keyword, text between double quotes; look for leftovers of a merge"),
        ) from None
    said = (file.metadata.get(_SOURCE, ""), file.metadata.get("Language", ""))
    languages = source.languages if len(source.languages) == 2 or not all(said) else said
    return joined(_pairs(file), two(Incoming(b"", source.path, languages)))


def _pairs(file: object) -> Iterator[Read]:
    for entry in file:  # type: ignore[attr-defined]
        if not entry.obsolete:
            yield Read(
                entry.linenum or 0,
                folded(entry.msgid),
                folded(entry.msgstr),
                identity(entry.msgctxt or ""),
                folded(entry.comment),
                frozenset(entry.flags),
                _("the translation is marked as fuzzy: {text}") if entry.fuzzy else "",
            )


FORMAT = Format(
    "Weblate (gettext PO)",
    ".po",
    frozenset(("id", "note", "do_not_translate")),
    frozenset(("form", "status")),
    _read,
    _write,
    statuses=frozenset((Status.PREFERRED, Status.ADMITTED, Status.FORBIDDEN)),
    languages=2,
)
