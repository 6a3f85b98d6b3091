"""`tolmach glossary add`: a concept proposed from one form."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast, get_args

import click

from tolmach.cli.options import glossary_option, kind_option, language_code, load_config, words
from tolmach.cli.proposals import into_option, place, print_new, say_next, write_into
from tolmach.cli.show import note, visible
from tolmach.config import primary
from tolmach.errors import TolmachError
from tolmach.messages import _

if TYPE_CHECKING:
    from tolmach.config import Config
    from tolmach.glossary.find import Finder
    from tolmach.glossary.model import Concept, Kind

_LONGEST = 200
_LANGUAGES = ("de", "en", "ru")
_ALPHABETS = ("LATIN", "CYRILLIC", "MODIFIER")


@click.command(
    help=_(
        "Propose a concept for a name or term in any of the languages: its original is restored, the other languages "
        "get the form of the tables or of the transcription system. What the glossary has already is shown instead."
    ),
    short_help=_("Propose a concept from one form."),
    epilog=_("Example: tolmach glossary add Tokajew --into glossary/names.toml"),
)
@click.argument("form", callback=words)
@into_option
@click.option(
    "--lang", "language", callback=language_code, metavar=_("CODE"), help=_("Language of the form; default: a guess.")
)
@kind_option
@glossary_option
def add(form: str, into: Path | None, language: str | None, kind: str | None, glossary: tuple[str, ...]) -> None:
    """Show the concept that has the form, else propose one."""
    settings = load_config()
    name = _clean(form)
    home = place(into, glossary, settings)
    if known := _known(name, language, kind, home, into):
        _show(known)
        note(_("the glossary has it already; nothing was changed"))
        return
    concept = _concept(name, language, kind, settings)
    home = _without_rejected(home)
    adoption = print_new([concept], home, ()) if into is None else write_into(into, [concept], home, (), again=True)
    say_next(adoption, into, found_any=True, consistent=True)


def _clean(form: str) -> str:
    name = " ".join(form.split())
    if len(name) > _LONGEST or not name.isprintable() or not any(sign.isalpha() for sign in name):
        raise TolmachError(
            _("this is no name: {text}").format(text=repr(name[:40])), hint=_("give the base form, letters on one line")
        )
    if strange := next((sign for sign in name if sign.isalpha() and _alphabet(sign) not in _ALPHABETS), ""):
        raise TolmachError(
            _("{sign} is a letter of neither the Latin nor the Cyrillic alphabet").format(sign=strange),
            hint=_("give the name as German, English or Russian texts write it"),
        )
    return name


def _alphabet(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


def _known(name: str, language: str | None, kind: str | None, home: Finder, into: Path | None) -> tuple[Concept, ...]:
    """The concepts that have the form, in the glossary or the file, except those that were turned down."""
    from tolmach.glossary import edit
    from tolmach.glossary.adoption import Known

    known = Known(home, edit.read(into).concepts if into else ())
    codes = [primary(language)] if language else _LANGUAGES
    found = {concept.id: concept for code in codes for concept in known.of([(code, name)], kind or "")}
    return tuple(concept for concept in found.values() if concept.state != "rejected")


def _without_rejected(home: Finder) -> Finder:
    """The matcher of a glossary without what was turned down: who asks for a name by hand has thought again."""
    from dataclasses import replace

    from tolmach.glossary.find import Finder

    undecided = home.glossary.undecided
    if all(concept.state == "proposed" for concept in undecided.values()):
        return home
    waiting = {key: concept for key, concept in undecided.items() if concept.state == "proposed"}
    return Finder(replace(home.glossary, undecided=waiting))


def _show(concepts: tuple[Concept, ...]) -> None:
    from tolmach.cli.cards import as_lines
    from tolmach.glossary.card import card

    for concept in concepts:
        for line in as_lines(card(concept, sorted(concept.designations))):
            click.echo(visible(line))


def _concept(name: str, language: str | None, kind: str | None, settings: Config) -> Concept:
    from tolmach.glossary.model import Kind
    from tolmach.glossary.propose import House, propose_form
    from tolmach.names.variants.find import LANGUAGES

    codes = tuple(dict.fromkeys(code for one in settings.languages if (code := primary(one)) in LANGUAGES)) or LANGUAGES
    if language and primary(language) not in LANGUAGES:
        raise TolmachError(
            _("names are not proposed from {language}").format(language=language),
            hint=_("the languages are {codes}").format(codes=", ".join(LANGUAGES)),
        )
    guess = kind or _kind(name)
    source = primary(language) if language else _language(name, guess, [code for code in codes if code != "ru"])
    if kind is None:
        from tolmach.cli.screen import kind_word

        note(_("taken for: {kind}; --kind says otherwise").format(kind=kind_word(guess)))
    if guess not in get_args(Kind):
        guess = "other"
    return propose_form(name, source, cast("Kind", guess), House(codes, settings.transcription))


def _language(name: str, kind: str, codes: Sequence[str]) -> str:
    """The first language that writes the name just so: Kyiv is English, Kyjiw is German."""
    from tolmach.glossary.suggestion import suggest

    fitting = (code for code in codes if suggest(name, code, code, kind).form == name)
    return next(fitting, codes[0] if codes else "de")


def _kind(name: str) -> str:
    """What the tables know by the name, else a person where a transcribed name or a given name stands in it."""
    from tolmach.names.variants import bearers, known
    from tolmach.names.variants.explanation import is_transcribed
    from tolmach.transcription.renderings import language_of_letters

    kinds = sorted(known.kinds(name))
    if kinds:
        return kinds[0]
    first = name.split()[0]
    looks_like = is_transcribed(name) or bool(language_of_letters(name)) or bearers.is_given(first)
    return "person" if looks_like and name[:1].isupper() else "other"


COMMAND = add
