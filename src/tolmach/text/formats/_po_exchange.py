"""Writing a bilingual PO file for other programs, and reading what has become of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tolmach.text.exchange import Aligned, Notes, Returned, Term, base_of, legal, state_of
from tolmach.text.formats import _po, _xml

_BASE = re.compile(r"#\. tolmach: from (.*)")
# Also the empty ones: Gtranslator shows every message as faulty where one is missing.
_EMPTY = ("PO-Revision-Date: ", "Last-Translator: ", "Language-Team: ")
_HEADER = ("MIME-Version: 1.0", "Content-Type: text/plain; charset=UTF-8", "Content-Transfer-Encoding: 8bit")
# Other signs stand as they are: few programs know more escapes than these.
_SIGNS = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\ufffd"})
_SOURCE_LANGUAGE, _LANGUAGE = "X-Source-Language", "Language"


def write(units: Iterable[Aligned], languages: Sequence[str], notes: Notes) -> Iterator[bytes]:
    """The units as PO from the first language into the second, drafts marked fuzzy, the sentence id as context.

    The terms of a sentence stand in its comments. No texts are wrapped.
    """
    source, target = languages
    terms = {term.id: term for term in notes.terms}
    fields = (
        f"Project-Id-Version: {' '.join(legal(notes.document).split())}",
        *_EMPTY,
        f"{_LANGUAGE}: {target}",
        *_HEADER,
        f"{_SOURCE_LANGUAGE}: {source}",
        f"X-Generator: tolmach {notes.version}",
    )
    yield (_comment("#", notes.signature) + 'msgid ""\nmsgstr ""\n').encode()
    yield "".join(f"{_string(field + chr(10))}\n" for field in fields).encode()
    for unit in units:
        yield "".join(_entry(unit, source, target, terms)).encode()


def _comment(sign: str, text: str) -> str:
    return f"{sign} {' '.join(legal(text).split())}\n" if text.strip() else ""


def _entry(unit: Aligned, source: str, target: str, terms: Mapping[str, Term]) -> Iterator[str]:
    yield "\n"
    for concept in dict.fromkeys(concept for _span, concept in unit.marks.get(source, ())):
        if concept in terms:
            yield _comment("#.", terms[concept].explained(source, target))
    if target in unit.bases:
        yield _comment("#.", f"tolmach: from {unit.bases[target]}")
    if unit.states.get(target) == "draft":
        yield "#, fuzzy\n"
    texts = (("msgctxt", unit.id), ("msgid", unit.texts.get(source, "")), ("msgstr", unit.texts.get(target, "")))
    yield from (f"{keyword} {_string(text)}\n" for keyword, text in texts)


def _string(text: str) -> str:
    """The text as a string of PO; U+0000, which ends a text there, is U+FFFD."""
    return f'"{text.translate(_SIGNS)}"'


def back(headers: Mapping[str, str], messages: Iterable[_po.Entry]) -> Returned:
    """The messages of a PO file with their contexts as ids, plural forms left out; `headers` by names in lower case."""
    source, target = (_xml.language_tag(headers.get(name.lower(), "")) for name in (_SOURCE_LANGUAGE, _LANGUAGE))
    units = (_returned(entry, source, target) for entry in messages if "msgid_plural" not in entry.fields)
    return Returned(source, (target,), tuple(units))


def _returned(entry: _po.Entry, source: str, target: str) -> Aligned:
    text = entry.forms[0].text()
    state = state_of(text, reviewed="fuzzy" not in entry.flags)
    base = next((base_of(found[1]) for comment in entry.comments if (found := _BASE.fullmatch(comment))), "")
    return Aligned(
        entry.text("msgctxt") or "",
        {source: entry.text("msgid") or "", target: text},
        {target: state},
        {target: base} if base else {},
        place=str(entry.begins),
        line=entry.begins,
    )
