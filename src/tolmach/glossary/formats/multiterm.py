"""MultiTerm XML: everything, each key as a field of its own; files of other term bases are read as far as known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tolmach.errors import TolmachError
from tolmach.files import load_table
from tolmach.glossary.formats import ENTRY, HEAD, Entry, Format, Incoming, Outgoing, all_of
from tolmach.glossary.formats._languages import language_names
from tolmach.glossary.formats._termbase import Draft, Language, Property, Term, drafts, entries
from tolmach.glossary.formats._xml import Node, element, parse
from tolmach.glossary.model import Concept
from tolmach.messages import _

_OURS = "tolmach id"


def _write(concepts: Sequence[Concept], _languages: Sequence[str]) -> Outgoing:
    lines = ['<?xml version="1.0" encoding="UTF-16"?>', "<mtf>"]
    for number, draft in enumerate(drafts(concepts), 1):
        lines += [
            f"<conceptGrp><concept>{number}</concept>",
            *_fields([(_OURS, draft.id), *draft.properties]),
            *(line for language in draft.languages for line in _language(language)),
            "</conceptGrp>",
        ]
    # MultiTerm writes UTF-16 itself and takes nothing else for sure.
    text = "\ufeff" + "\n".join([*lines, "</mtf>", ""])
    return Outgoing(text.encode("utf-16-le"), all_of(concepts))


def _language(language: Language) -> Iterator[str]:
    name = language_names().get(language.code, language.code)
    yield f'<languageGrp><language lang="{language.code.upper()}" type="{name}"/>'
    yield from _fields(language.properties)
    for term in language.terms:
        yield "<termGrp>" + element("term", term.text)
        yield from _fields(term.properties)
        yield "</termGrp>"
    yield "</languageGrp>"


def _fields(properties: Sequence[Property]) -> Iterator[str]:
    labels = load_table(__package__, "multiterm.toml")["labels"]
    for key, text in properties:
        yield f"<descripGrp>{element('descrip', text, type=labels.get(key, key))}</descripGrp>"


def _read(source: Incoming) -> list[Entry]:
    root = parse(source.content, source.path)
    if root.name != "mtf":
        raise TolmachError(
            _("this is no MultiTerm XML: it begins with <{name}>").format(name=root.name),
            path=source.path,
            line=root.line,
            hint=_("name its format with --format"),
        )
    return entries(_draft(node) for node in root.below("conceptGrp"))


def _draft(node: Node) -> Draft:
    properties = list(_properties(node))
    name = next((text for key, text in properties if key == _OURS), "")
    draft = Draft(node.line, name, [pair for pair in properties if pair[0] != _OURS])
    for group in node.named("languageGrp"):
        named = next(group.named("language"), None)
        code = (named.language or named.attributes.get("type", "")) if named else ""
        language = Language(code.lower() if name else code, list(_properties(group)))
        language.terms = [
            Term(next((term.text for term in one.named("term")), ""), one.line, list(_properties(one)))
            for one in group.named("termGrp")
        ]
        draft.languages.append(language)
    return draft


def _properties(node: Node) -> Iterator[Property]:
    table = load_table(__package__, "multiterm.toml")
    keys = {label.lower(): key for key, label in table["labels"].items()} | table["read"]
    for group in node.named("descripGrp"):
        for field in group.named("descrip"):
            label = field.attributes.get("type", "")
            key = keys.get(label.lower(), label)
            text = table["values"].get(key, {}).get(field.text.strip().lower(), field.text)
            yield key, text


FORMAT = Format("MultiTerm (XML)", ".xml", HEAD, ENTRY, _read, _write, examples=True)
