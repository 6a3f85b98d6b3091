"""A report as one page: the matrix of forms and sources, every name with its places, findings, coverage."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from tolmach.report import classes
from tolmach.report.labels import labels, number
from tolmach.report.model import Cell, Corpus, Entry, Row, Tally

PAPER = 40
"""Columns that fit on a sheet of paper."""

_LONGEST = 300
"""Characters of a form that are shown; what is longer is no name."""


def page(corpus: Corpus, version: str, language: str = "") -> str:
    """The whole HTML file, by default in the language of the program's messages."""
    from tolmach.pages import Page, asset, render

    words = labels(language)
    return render(
        Page(
            package=__package__,
            template="report.html",
            title=words.fill("title", name=corpus.title),
            language=words.language,
            style=_colours() + asset(__package__, "report.css"),
            script=asset(__package__, "report.js"),
            values={
                "corpus": corpus,
                "labels": words,
                "version": version,
                "present": _present(corpus),
                "sign": classes.sign,
                "level": classes.level,
                "number": number,
                "gaps": gaps,
                "joined": joined,
                "clipped": clipped,
                "search_key": search_key,
                "by_rule": list(by_rule(corpus)),
                "open_names": [one for one in corpus.entries if one.ruling and one.ruling.decision != "decided"],
                "kinds": _kinds(corpus),
                "paper": PAPER,
                "width": _width(corpus),
            },
        )
    )


def _colours() -> str:
    rules = "".join(f"--{one}: {' '.join(map(str, classes.colour(one)))}; " for one in classes.order())
    return f":root {{ {rules}}}\n"


def _width(corpus: Corpus) -> str:
    """How much room a column has."""
    columns = len(corpus.sources)
    return "few" if columns <= 8 else "some" if columns <= 24 else "many"


def _present(corpus: Corpus) -> list[str]:
    found = {one for entry in corpus.entries for one in entry.classifications}
    return [one for one in classes.order() if one in found]


def _kinds(corpus: Corpus) -> list[str]:
    return list(dict.fromkeys(sorted(entry.kind for entry in corpus.entries)))


def gaps(row: Row, columns: int) -> Iterator[tuple[int, Cell | None]]:
    """The cells of a row among `columns`, and between them how many columns are empty, each with its breadth.

    >>> row = Row(1, "Tokajew", "de", 3, "main", "", (), (Cell(2, 1), Cell(5, 2)))
    >>> [(breadth, cell.count if cell else 0) for breadth, cell in gaps(row, 6)]
    [(1, 0), (1, 1), (2, 0), (1, 2), (1, 0)]
    """
    done = 0
    for cell in row.cells:
        if cell.source > done + 1:
            yield cell.source - done - 1, None
        yield 1, cell
        done = cell.source
    if done < columns:
        yield columns - done, None


def joined(forms: Iterable[tuple[str, str]]) -> list[tuple[list[str], str]]:
    """Forms by language, each once with all languages that write it so.

    >>> joined([("de", "Belarus"), ("en", "Belarus"), ("ru", "Беларусь")])
    [(['de', 'en'], 'Belarus'), (['ru'], 'Беларусь')]
    """
    found: dict[str, list[str]] = {}
    for language, form in forms:
        found.setdefault(form, []).append(language)
    return [(languages, form) for form, languages in found.items()]


def clipped(text: str, longest: int = _LONGEST) -> str:
    """The text, cut in the middle where it is longer than so many characters.

    >>> clipped("Organisation für Sicherheit und Zusammenarbeit", 20)
    'Organisat … enarbeit'
    """
    half = (longest - 2) // 2
    return text if len(text) <= longest else f"{text[:half]} … {text[1 - half :]}"


def search_key(entry: Entry) -> str:
    """All that a reader may search a name by, in small letters without accents, as the script folds what is typed."""
    told = [row.form for row in entry.rows]
    told += [form for _language, form in (*entry.original, *entry.proposal)]
    return " ".join(dict.fromkeys(_plain(form) for form in told))


def _plain(text: str) -> str:
    split = unicodedata.normalize("NFD", text.lower())
    return " ".join("".join(letter for letter in split if not unicodedata.combining(letter)).split())


def by_rule(corpus: Corpus) -> Iterator[tuple[str, str, dict[int, Tally]]]:
    """The findings of each rule and severity, by source."""
    found: dict[tuple[str, str], dict[int, Tally]] = {}
    for tally in corpus.findings or ():
        found.setdefault((tally.rule, tally.severity), {})[tally.source] = tally
    for (rule, severity), tallies in found.items():
        yield rule, severity, tallies
