"""`tolmach align`: existing translations, sentence by sentence, into the memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tolmach.cli.alignment import check_accord, codes_of, read_texts, times_of
from tolmach.cli.options import Existing, glossary_option, load_config, load_shelf, translations_option
from tolmach.cli.show import note, visible
from tolmach.cli.texts import spare
from tolmach.errors import TolmachError
from tolmach.messages import _, plural

if TYPE_CHECKING:
    from tolmach.config import Config
    from tolmach.memory.model import Entry
    from tolmach.parallel.alignment.model import Bead
    from tolmach.parallel.alignment.together import Stretch
    from tolmach.text.sources import Text

_FOLDER = "memory"
_FEWEST, _MOST = 2, 3


@click.command(
    help=_(
        "Find which sentences of two or three texts translate each other: the source first, then its published "
        "translations. Shown as text; with --po brought into translations/LANGUAGE/memory/NAME.po, with --output "
        "written as TMX.\n\n"
        "Pairs are drafts (fuzzy) until somebody has looked at them; with --reviewed only the doubtful ones are. "
        "What is rather wrong than right is shown but not written."
    ),
    short_help=_("Align existing translations sentence by sentence."),
    epilog=_("Example: tolmach align rede.de.txt rede.en.docx rede.ru.html --output rede.tmx"),
)
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar=_("FILE FILE [FILE]"),
    type=Existing(),
)
@click.option("--languages", help=_("Their languages in the same order. Default: configuration, name, content."))
@click.option("--po", is_flag=True, help=_("Bring the pairs into the PO files of the house."))
@click.option("--into", "name", metavar=_("NAME"), help=_("Name of the PO file. Default: that of the source."))
@click.option("--reviewed", is_flag=True, help=_("Take the pairs that are not doubtful as reviewed."))
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar=_("FILE"),
    help=_("Write a TMX 1.4b file, a sentence in all languages as one unit."),
)
@glossary_option
@translations_option
def align(
    files: tuple[Path, ...],
    languages: str | None,
    po: bool,
    name: str | None,
    reviewed: bool,
    output: Path | None,
    glossary: tuple[str, ...],
    translations: Path | None,
) -> None:
    """Align the texts and write or show what was found."""
    if name is not None:
        _plain(name)
    if not _FEWEST <= len(files) <= _MOST:
        raise TolmachError(_("two or three texts are aligned"), hint=_("name the source, then its translations"))
    if output is not None:
        _check_output(output, files)
    settings = load_config()
    texts = read_texts(files, codes_of(languages, len(files)), settings)
    alignments = _aligned(files, texts, glossary, settings)
    if output is None and not po:
        _show(texts, alignments)
    check_accord(texts, alignments)
    if output is not None:
        _write_tmx(texts, alignments, output)
    if po:
        folder = translations or settings.locate(settings.translations)
        for target, beads in zip(texts[1:], alignments, strict=True):
            path = folder / target.language / _FOLDER / f"{_plain(name or files[0].stem)}.po"
            _bring(texts[0], target, beads, path, folder, reviewed=reviewed)


def _check_output(output: Path, files: Sequence[Path]) -> None:
    if output.suffix.lower() != ".tmx":
        raise TolmachError(
            _("no translations are written in this format"), path=output, hint=_("name a file ending in .tmx")
        )
    spare(files, output)


def _plain(name: str) -> str:
    if Path(name).name != name or name.startswith("."):
        raise TolmachError(
            _("{name} cannot be the name of a file of the memory").format(name=repr(name)),
            hint=_("give a plain name with --into, without folder and ending"),
        )
    return name


def _aligned(
    files: Sequence[Path], texts: Sequence[Text], glossary: tuple[str, ...], settings: Config
) -> list[list[Bead]]:
    """The beads of each translation beside the source."""
    from tolmach.parallel.alignment.align import align as find_beads
    from tolmach.parallel.alignment.model import Evidence, Side

    finder = load_shelf(glossary, settings).finder() if glossary or settings.glossary else None
    sides = [
        Side(
            text.language,
            [one.text for one in text.segments],
            _paragraphs([one.paragraph for one in text.segments]),
            times_of(path, text, settings),
        )
        for path, text in zip(files, texts, strict=True)
    ]
    return [find_beads(sides[0], side, Evidence(finder=finder)) for side in sides[1:]]


def _paragraphs(numbers: Sequence[int]) -> list[int]:
    """The paragraphs counted on where a large text comes in several blocks."""
    counted: list[int] = []
    for number, before in zip(numbers, [*numbers[:1], *numbers], strict=False):
        counted.append((counted[-1] if counted else 0) + (number != before))
    return counted


def _stretches(alignments: Sequence[Sequence[Bead]]) -> list[Stretch]:
    from tolmach.parallel.alignment.together import together

    return list(together(alignments))


def _sides(texts: Sequence[Text], stretch: Stretch) -> dict[str, str]:
    """What stands side by side, without the languages that have nothing."""
    places = [(stretch.start, stretch.end), *stretch.targets]
    found = {
        text.language: " ".join(segment.text for segment in text.segments[start:end])
        for text, (start, end) in zip(texts, places, strict=True)
    }
    return {language: written for language, written in found.items() if written}


def _write_tmx(texts: Sequence[Text], alignments: Sequence[Sequence[Bead]], output: Path) -> None:
    from tolmach.files import version, write_atomic
    from tolmach.parallel.alignment.model import DOUBTFUL, UNLIKELY
    from tolmach.text import formats
    from tolmach.text.exchange import Aligned, Notes

    languages = [text.language for text in texts]
    units, doubtful, unlikely = [], 0, 0
    for stretch in _stretches(alignments):
        written = _sides(texts, stretch)
        if languages[0] not in written:
            continue
        sure = dict(zip(languages[1:], stretch.confidences, strict=True))
        kept = {language: side for language, side in written.items() if sure.get(language, 1.0) >= UNLIKELY}
        unlikely += len(written) - len(kept)
        if len(kept) > 1:
            least = min(sure[language] for language in kept if language in sure)
            doubtful += least < DOUBTFUL
            units.append(Aligned("", kept, note=f"doubtful alignment ({least:.2f})" if least < DOUBTFUL else ""))
    write = formats.load("tmx").write
    if write is not None:
        write_atomic(output, write(units, languages, Notes(version())))
    _tell(output, plural("{count} unit", "{count} units", len(units)), doubtful, unlikely)


def _tell(path: Path, what: str, doubtful: int, unlikely: int) -> None:
    said = [what]
    if doubtful:
        said.append(_("{count} of them doubtful").format(count=doubtful))
    if unlikely:
        said.append(_("{count} left out as rather wrong than right").format(count=unlikely))
    click.echo(visible(f"{path.as_posix()}: {', '.join(said)}"))


def _bring(source: Text, target: Text, beads: Sequence[Bead], path: Path, folder: Path, *, reviewed: bool) -> None:
    from tolmach.memory.incoming import bring
    from tolmach.memory.lookup import Memory
    from tolmach.parallel.alignment.model import pairs

    house = Memory.open(folder, source.language, target.language)
    both = list(pairs(beads))
    likely = [bead for bead in both if not bead.unlikely]
    entries = list(_entries(source, target, likely, reviewed=reviewed))
    tally = bring(path, source.language, target.language, entries, house, write=True, drafts=True)
    _tell(
        path,
        _("{count} imported").format(count=tally.added),
        sum(bead.doubtful for bead in likely),
        len(both) - len(likely),
    )
    if tally.same or tally.conflicts:
        note(
            _("{same} known already, {conflicts} left out because the house has another translation").format(
                same=tally.same, conflicts=len(tally.conflicts)
            )
        )


def _entries(source: Text, target: Text, beads: Sequence[Bead], *, reviewed: bool) -> Iterator[Entry]:
    """The pairs on their way into the memory; what is doubtful says so and stays a draft."""
    from tolmach.memory.model import Entry

    for bead in beads:
        segments = source.segments[bead.source_start : bead.source_end]
        said = "doubtful alignment" if bead.doubtful else "alignment"
        yield Entry(
            id="",
            source=" ".join(segment.text for segment in segments),
            target=" ".join(segment.text for segment in target.segments[bead.target_start : bead.target_end]),
            reviewed=reviewed and not bead.doubtful,
            path=source.path,
            line=segments[0].line,
            signature=f"{said} {bead.confidence:.2f}",
        )


def _show(texts: Sequence[Text], alignments: Sequence[Sequence[Bead]]) -> None:
    """Everything side by side as text; a question mark stands where a person should look."""
    for stretch in _stretches(alignments):
        written = _sides(texts, stretch)
        mark = " ?" if stretch.doubtful else ""
        click.echo(f"{stretch.confidence:.2f}{mark}")
        for text in texts:
            click.echo(visible(f"  {text.language}: {written.get(text.language, '-')}"))
    for text, beads in zip(texts[1:], alignments, strict=True):
        _sum_up(text, beads)


def _sum_up(target: Text, beads: Sequence[Bead]) -> None:
    from tolmach.parallel.alignment.model import pairs

    both = list(pairs(beads))
    alone = [sum(bead.shape[side] for bead in beads if not bead.shape[1 - side]) for side in (0, 1)]
    note(
        _(
            "{path}: {pairs} pairs, {doubtful} of them doubtful; sentences without a counterpart: "
            "{own} of the source, {others} of the translation"
        ).format(
            path=target.path,
            pairs=len(both),
            doubtful=sum(bead.doubtful for bead in both),
            own=alone[0],
            others=alone[1],
        )
    )


COMMAND = align
