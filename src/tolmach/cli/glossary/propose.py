"""`tolmach glossary propose`: the names of texts as concepts that wait for a decision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tolmach.cli.options import glossary_option, kind_option, load_config, text_language_option
from tolmach.cli.proposals import into_option, layers_of, place, print_new, say_next, write_into
from tolmach.config import primary
from tolmach.messages import _

if TYPE_CHECKING:
    from tolmach.config import Config
    from tolmach.glossary.model import Concept
    from tolmach.names.variants.find import Choice
    from tolmach.text.model import Document
    from tolmach.text.sources import File


@click.command(
    help=_(
        "Propose concepts for the names that the texts write in several ways: which form to prefer in each language, "
        "which forms the texts have, how often, and why they differ.\n\nPATH is a file or a folder; without one the "
        "configured sources are read. What the glossary has decided is left alone. A proposal judges no text before "
        "you accept it: `tolmach glossary review FILE` asks about each."
    ),
    short_help=_("Propose concepts for the names in texts."),
    epilog=_("Example: tolmach glossary propose texts --into glossary/names.toml"),
)
@click.argument("paths", nargs=-1, metavar=_("[PATH]..."))
@into_option
@click.option("--all", "consistent", is_flag=True, help=_("Also propose names with one spelling only."))
@click.option(
    "--min-confidence",
    "confidence",
    type=click.FloatRange(0, 1),
    default=0.5,
    show_default=True,
    metavar="X",
    help=_("Leave out names less certain than X (0 to 1)."),
)
@click.option(
    "--min-count",
    "least",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    metavar="N",
    help=_("Leave out names that stand fewer than N times in the texts."),
)
@kind_option
@text_language_option
@glossary_option
def propose(
    paths: tuple[str, ...],
    into: Path | None,
    consistent: bool,
    confidence: float,
    least: int,
    kind: str | None,
    language: str | None,
    glossary: tuple[str, ...],
) -> None:
    """Propose, and say what to do next."""
    from tolmach.cli import texts
    from tolmach.names.variants.find import Choice

    texts.names_language(language)
    settings = load_config()
    home = place(into, glossary, settings)
    choice = Choice(consistent=consistent, kind=kind, confidence=confidence, occurrences=False)
    corpus = _Corpus(texts.files(paths, settings), language, settings)
    found = list(corpus.proposals(choice, least))
    if into is None:
        adoption = print_new(found, home, corpus.names)
    else:
        adoption = write_into(into, found, home, corpus.names, layers_of(glossary, settings))
    say_next(adoption, into, found_any=bool(found), consistent=consistent)


class _Corpus:
    """The texts of a run, and in which languages they turned out to be."""

    def __init__(self, files: list[File], language: str | None, settings: Config) -> None:
        self._files = files
        self._language = language
        self._settings = settings
        self._languages: dict[str, Counter[str]] = {}

    @property
    def names(self) -> list[str]:
        """The texts as a glossary names them."""
        return [self._name_of(str(file.path)) for file in self._files]

    def proposals(self, choice: Choice, least: int) -> Iterator[Concept]:
        """A concept for every name that stands often enough."""
        from tolmach.glossary.propose import House, propose
        from tolmach.names.terms.find import find as find_terms
        from tolmach.names.variants.find import LANGUAGES, find

        codes = tuple(dict.fromkeys(code for one in self._settings.languages if (code := primary(one)) in LANGUAGES))
        house = House(codes or LANGUAGES, self._settings.transcription, self._language_of, self._name_of)
        for group in (find_terms if choice.kind == "term" else find)(self._documents, choice):
            if sum(form.count for form in group.forms) >= least:
                yield propose(group, house)

    def _documents(self) -> Iterator[Document]:
        return self._read(self._files)

    def _read(self, files: Sequence[File]) -> Iterator[Document]:
        from tolmach.cli.texts import documents

        for document in documents(files, self._language):
            counts = self._languages.setdefault(document.path, Counter())
            for passage in document.passages:
                counts[primary(passage.language)] += len(passage.text)
            yield document

    def _language_of(self, path: str) -> str:
        if path not in self._languages:
            # Another process may have read it.
            list(self._read([file for file in self._files if str(file.path) == path]))
        return self._languages[path].most_common(1)[0][0]

    def _name_of(self, path: str) -> str:
        from tolmach.glossary.spellings import text_name

        return text_name(path, self._settings.folder)


COMMAND = propose
