"""The matrix of forms and sources as a picture, SVG or PNG, drawn by matplotlib (the extra `plot`).

The same report gives the same bytes. Letters are drawn as shapes, so that the picture needs no fonts.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tolmach.errors import TolmachError
from tolmach.messages import _
from tolmach.report import classes
from tolmach.report.labels import Labels, labels, number
from tolmach.report.model import Corpus, Entry, Row, Source

ROWS, COLUMNS = 80, 40
"""At most so many forms and sources are drawn: a picture of more cannot be read."""

# Inches; the letters of DejaVu Sans at 8 points are about 0.068 inches wide on average.
_ROW, _COLUMN, _MARGIN, _SIGN, _TOTAL, _LETTER = 0.24, 0.44, 0.2, 0.24, 0.45, 0.068
_LONGEST = 72
_POINTS, _SMALL, _LARGE = 8, 7, 12
_INK, _QUIET, _LINE, _PAPER = "#1c1b19", "#5f5b54", "#dcd7ce", "#ffffff"
_DEPTHS = (0.16, 0.28, 0.42, 0.56, 0.7)
_NO_GLYPH = "\u25a1"
_FONT = "DejaVu Sans"
_SETTINGS: Any = {"svg.hashsalt": "tolmach", "svg.fonttype": "path", "font.family": [_FONT]}
_METADATA: dict[str, dict[str, None]] = {"svg": {"Date": None, "Creator": None}, "png": {"Software": None}}


def require() -> None:
    """Raise TolmachError unless matplotlib is installed."""
    try:
        import matplotlib  # noqa: F401
    except ImportError:
        raise TolmachError(
            _("pictures need the package {name}, which is not installed").format(name="matplotlib"),
            hint="pip install 'tolmach[plot]'",
        ) from None


def picture(corpus: Corpus, style: str, language: str = "") -> bytes:
    """The picture as `svg` or `png`, by default in the language of the program's messages."""
    require()
    import matplotlib
    from matplotlib.figure import Figure

    with matplotlib.rc_context(_SETTINGS):
        plan = _plan(corpus, labels(language))
        figure = Figure(figsize=(plan.width, plan.height), dpi=150, facecolor=_PAPER)
        _draw(_Canvas(figure, plan), plan)
        written = io.BytesIO()
        figure.savefig(written, format=style, metadata=_METADATA[style])
    return written.getvalue()


@dataclass(frozen=True)
class _Plan:
    """What is drawn, and how much room it takes, in inches."""

    words: Labels
    title: str
    rows: tuple[tuple[Entry, Row], ...]
    columns: tuple[Source, ...]
    notes: tuple[str, ...]

    @property
    def form(self) -> float:
        told = max((len(_clipped(row.form)) for _entry, row in self.rows), default=0)
        word = max((len(self.words[row.classification]) for _entry, row in self.rows), default=0)
        return _SIGN + (told + word + 4) * _LETTER

    @property
    def head(self) -> float:
        return 0.5 + max((len(_name(source, self.words)) for source in self.columns), default=0) * _LETTER

    @property
    def left(self) -> float:
        return _MARGIN + self.form + _TOTAL

    @property
    def width(self) -> float:
        texts = (len(self.title) * _LETTER * 1.6, *(len(note) * _LETTER for note in self.notes))
        return max(self.left + len(self.columns) * _COLUMN, *(text + _MARGIN for text in texts)) + _MARGIN

    @property
    def height(self) -> float:
        return 2 * _MARGIN + self.head + (len(self.rows) + len(self.notes) + 0.5) * _ROW


def _plan(corpus: Corpus, words: Labels) -> _Plan:
    every = tuple(corpus.rows())
    rows = tuple(_whole_names(corpus.entries))
    busiest = sorted(corpus.sources, key=lambda source: -source.mentions)[:COLUMNS]
    columns = tuple(source for source in corpus.sources if source in busiest)
    present = {row.classification for _entry, row in rows}
    legend = " · ".join(f"{classes.sign(one)} {words[one]}" for one in classes.order() if one in present)
    notes = [legend or words["nothing"]]
    if len(rows) < len(every) or len(columns) < len(corpus.sources):
        notes.append(
            words.fill(
                "cut_picture",
                rows=len(rows),
                all_rows=len(every),
                columns=len(columns),
                all_columns=len(corpus.sources),
            )
        )
    return _Plan(words, words.fill("title", name=corpus.title), rows, columns, tuple(notes))


def _whole_names(entries: Sequence[Entry]) -> Iterator[tuple[Entry, Row]]:
    """The forms of the first names; the last name is left out rather than cut, but for a first one of many forms."""
    done = 0
    for entry in entries:
        done += len(entry.rows)
        if done > ROWS and done > len(entry.rows):
            return
        yield from ((entry, row) for row in entry.rows[:ROWS])


def _name(source: Source, words: Labels) -> str:
    return words.count("others", source.others) if source.others else source.short


def _clipped(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST // 2]} … {text[3 - _LONGEST // 2 :]}"


class _Canvas:
    """A figure measured in inches from its upper left corner."""

    def __init__(self, figure: Any, plan: _Plan) -> None:
        from matplotlib import font_manager

        self._axes = figure.add_axes((0, 0, 1, 1))
        self._axes.set_xlim(0, plan.width)
        self._axes.set_ylim(plan.height, 0)
        self._axes.axis("off")
        looks = (font_manager.FontProperties(family=_FONT, weight=weight) for weight in ("normal", "bold"))
        self._fonts = [font_manager.get_font(font_manager.findfont(look)) for look in looks]

    def write(self, x: float, y: float, text: str, **style: Any) -> None:
        """Write a line; a character without a shape in the font becomes an empty box, `$` stays what it is."""
        from tolmach.pages import visible

        blanks = " ".join(visible(text).split())
        shown = "".join(letter if self._has(letter) else _NO_GLYPH for letter in blanks)
        look = {"fontsize": _POINTS, "color": _INK, "va": "center", "parse_math": False} | style
        self._axes.text(x, y, shown, **look)

    def _has(self, letter: str) -> bool:
        return letter == " " or (letter.isprintable() and all(font.get_char_index(ord(letter)) for font in self._fonts))

    def fill(self, x: float, y: float, width: float, colour: tuple[float, float, float]) -> None:
        """Fill a cell of one row's height."""
        from matplotlib.patches import Rectangle

        gap = 0.02
        self._axes.add_patch(
            Rectangle((x + gap, y + gap), width - 2 * gap, _ROW - 2 * gap, facecolor=colour, linewidth=0)
        )

    def line(self, y: float, left: float, right: float, colour: str = _LINE) -> None:
        """Draw a level line."""
        self._axes.plot((left, right), (y, y), color=colour, linewidth=0.8)


def _draw(canvas: _Canvas, plan: _Plan) -> None:
    right = plan.left + len(plan.columns) * _COLUMN
    top = _MARGIN + plan.head
    canvas.write(_MARGIN, _MARGIN + 0.1, plan.title, fontsize=_LARGE, weight="bold")
    for place, source in enumerate(plan.columns):
        x = plan.left + (place + 0.5) * _COLUMN
        canvas.write(x, top - 0.06, _name(source, plan.words), rotation=90, ha="center", va="bottom")
    canvas.line(top, _MARGIN, right, _INK)
    before = ""
    for place, (entry, row) in enumerate(plan.rows):
        y = top + place * _ROW
        if before not in ("", entry.id):
            canvas.line(y, _MARGIN, right)
        _draw_row(canvas, plan, y, row, first=entry.id != before)
        before = entry.id
    for place, note in enumerate(plan.notes):
        canvas.write(_MARGIN, top + (len(plan.rows) + place + 0.9) * _ROW, note, fontsize=_SMALL, color=_QUIET)


def _draw_row(canvas: _Canvas, plan: _Plan, y: float, row: Row, *, first: bool) -> None:
    middle = y + _ROW / 2
    end = _MARGIN + plan.form
    canvas.fill(_MARGIN, y, _SIGN, _blend(row.classification, 2))
    canvas.write(_MARGIN + _SIGN / 2, middle, classes.sign(row.classification), ha="center")
    canvas.write(_MARGIN + _SIGN + 0.06, middle, _clipped(row.form), weight="bold" if first else "normal")
    canvas.write(end, middle, plan.words[row.classification], ha="right", fontsize=_SMALL, color=_QUIET)
    canvas.write(end + _TOTAL - 0.08, middle, number(row.count), ha="right", color=_QUIET)
    counts = {cell.source: cell.count for cell in row.cells}
    for place, source in enumerate(plan.columns):
        if count := counts.get(source.number):
            x = plan.left + place * _COLUMN
            canvas.fill(x, y, _COLUMN, _blend(row.classification, classes.level(count)))
            canvas.write(x + _COLUMN / 2, middle, number(count), ha="center")


def _blend(classification: str, level: int) -> tuple[float, float, float]:
    """The colour of a classification on paper, the darker the higher the level."""
    depth = _DEPTHS[level - 1]
    red, green, blue = (1 - depth + depth * part / 255 for part in classes.colour(classification))
    return red, green, blue
