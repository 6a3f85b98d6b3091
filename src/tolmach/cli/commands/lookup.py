"""`tolmach lookup`: any spelling, inflected form, language or script → the concept's card."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from tolmach.cli.options import glossary_option, load_config, load_shelf, words
from tolmach.cli.show import visible
from tolmach.messages import _

if TYPE_CHECKING:
    from tolmach.config import Config
    from tolmach.glossary.find import Finder
    from tolmach.glossary.model import Concept, Glossary
    from tolmach.memory.model import Entry
    from tolmach.transcription.renderings import Rendering

_SIMILAR = 0.7  # of the letters: Tokajef is like Tokajew, Minister not like Minsk


@click.command(
    help=_(
        "Look a name or term up: any spelling, inflected form, language or script leads to its concept's card, with "
        "the translated sentences that contain it; a name in no glossary leads to its likely originals and their forms."
    ),
    short_help=_("Show what the glossary says of a name or term."),
    epilog=_("Example: tolmach lookup Toqajews"),
)
@click.argument("text", callback=words)
@glossary_option
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help=_("Output format.")
)
@click.option(
    "--sentences", type=click.IntRange(0), default=5, show_default=True, help=_("Most sentence pairs to show.")
)
def lookup(text: str, glossary: tuple[str, ...], form: str, sentences: int) -> None:
    """Show the cards of all concepts that `text` names."""
    from tolmach.cli.cards import as_lines, as_record
    from tolmach.glossary.card import card

    settings = load_config()
    shelf = load_shelf(glossary, settings)
    finder = shelf.finder()
    concepts = _concepts(text, finder)
    cards = [card(concept, sorted(concept.designations)) for concept in concepts]
    pairs = list(_concordance(concepts, finder, settings, sentences)) if sentences else []
    unknown = _renderings(text, settings) if not cards else ()
    # `check` and `glossary validate` say what is wrong with examples.
    shelf.prove(finder)
    if form == "json":
        record = {
            "schema": "tolmach.lookup/1",
            "text": text,
            "concepts": [as_record(one) for one in cards],
            "sentences": [
                {"language": language, "source": pair.source, "target": pair.target, "reviewed": pair.reviewed}
                for language, pair in pairs
            ],
            "originals": [{**asdict(one), "forms": dict(one.forms)} for one in unknown],
        }
        click.echo(json.dumps(record, ensure_ascii=False, indent=1))
        return
    for one in cards:
        for line in as_lines(one):
            click.echo(visible(line))
    for language, pair in pairs:
        state = "" if pair.reviewed else _(" (draft)")
        click.echo()
        click.echo(visible(f"{settings.languages[0]}: {pair.source}"))
        click.echo(visible(f"{language}{state}: {pair.target}"))
    if not cards:
        click.echo(_("{text}: in no concept of the glossary").format(text=visible(text)))
        if near := _near(text, finder.glossary):
            click.echo(_("similar: {forms}").format(forms=visible(", ".join(near))))
        for rendering in unknown:
            click.echo(visible(_as_line(rendering)))


def _renderings(text: str, settings: Config) -> tuple[Rendering, ...]:
    from tolmach.transcription.renderings import renderings

    return renderings(text, settings.languages, style=settings.transcription)


def _as_line(rendering: Rendering) -> str:
    """The likely original of a name in no glossary, how sure that is, and the forms by the house's systems."""
    forms = ", ".join(f"{form} ({language})" for language, form in rendering.forms if form != rendering.original)
    known = f"{rendering.probability:.0%}"
    if rendering.system:
        known = f"{known}, {rendering.system}"
    return _("original: {original} ({language}; {known}): {forms}").format(
        original=rendering.original, language=rendering.language, known=known, forms=forms
    )


def _concepts(text: str, finder: Finder) -> list[Concept]:
    """The concepts the text names in any language, the longest match first; a bare id counts, too."""
    glossary = finder.glossary
    languages = sorted({language for concept in glossary.concepts.values() for language in concept.designations})
    hits = [hit for language in languages for hit in finder.find(_capitalised(text), language)]
    hits.sort(key=lambda hit: hit.span.start - hit.span.end)
    found = {hit.concept.id: hit.concept for hit in hits}
    if text in glossary.concepts:
        found.setdefault(text, glossary.concepts[text])
    return list(found.values()) or [concept for concept in glossary.concepts.values() if _is_part(text, concept)]


def _is_part(text: str, concept: Concept) -> bool:
    """Is the text one or more whole words of a designation, such as a given name or «Shanghai Cooperation»?"""
    words = f" {' '.join(text.casefold().split())} "
    return any(words in f" {entry.full} ".casefold() for entries in concept.designations.values() for entry in entries)


def _near(text: str, glossary: Glossary) -> list[str]:
    """Forms in the glossary that are written much like the text: what a slip of the fingers may have meant."""
    from rapidfuzz import process
    from rapidfuzz.distance import Levenshtein

    forms = {
        entry.form: entry.form.casefold()
        for concept in glossary.concepts.values()
        for entries in concept.designations.values()
        for entry in entries
        if entry.form
    }
    found = process.extract(
        text.casefold(), forms, scorer=Levenshtein.normalized_similarity, limit=3, score_cutoff=_SIMILAR
    )
    return [form for _folded, _score, form in found]


def _capitalised(text: str) -> str:
    # Names are looked up in small letters, too; in running text a name has its capital.
    return text if text != text.lower() else f"{text[:1].upper()}{text[1:]}"


def _concordance(concepts: list[Concept], finder: Finder, settings: Config, most: int) -> Iterator[tuple[str, Entry]]:
    """Sentence pairs of the memory whose source names one of the concepts, with the languages of the translations."""
    from itertools import islice

    from tolmach.memory.lookup import Memory

    folder = settings.locate(settings.translations)
    if not concepts or not folder.is_dir():
        return
    source, *targets = settings.languages
    wanted = {concept.id for concept in concepts}
    for target in targets:
        entries = (
            entry
            for entry in Memory.open(folder, source, target)
            if any(hit.concept.id in wanted for hit in finder.find(entry.source, source))
        )
        yield from ((target, entry) for entry in islice(entries, most))


COMMAND = lookup
