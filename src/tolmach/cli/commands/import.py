"""`tolmach import`: what others have made of a parallel document, back into the translations."""  # noqa: N999

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from tolmach.cli.options import Existing, load_config, source_paths, translations_option
from tolmach.cli.show import note, show_error, visible
from tolmach.config import LANGUAGE_CODE, primary
from tolmach.errors import TolmachError
from tolmach.messages import _

if TYPE_CHECKING:
    from tolmach.config import Config
    from tolmach.memory.returned import Document, Kind, Verdict
    from tolmach.text.exchange import Aligned, Returned
    from tolmach.text.sources import Text

_REFUSED = 1


@click.command(
    name="import",
    help=_(
        "Bring the edited files of `tolmach parallel` (DOCX, XLIFF, PO, TSV, TMX) back into the translations.\n\n"
        "A sentence is known by its id and its source text. What the house has changed meanwhile is never overwritten: "
        "such a sentence is a conflict and left to you, as are sentences that occur twice or stand in the wrong row. "
        "If rows have been shifted, nothing of the file is taken. Exit code 1: something was refused."
    ),
    short_help=_("Bring edited parallel documents back."),
    epilog=_("Example: tolmach import lage.en.xlf --dry-run"),
)
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar=_("FILE..."),
    type=Existing(),
)
@click.option(
    "--text",
    "names",
    multiple=True,
    type=Existing(folders=True),
    metavar=_("PATH"),
    help=_("The text that was translated, or a folder of texts; repeatable. Default: the configured sources."),
)
@translations_option
@click.option("--dry-run", is_flag=True, help=_("Show what would change, and change nothing."))
def import_(files: tuple[Path, ...], names: tuple[Path, ...], translations: Path | None, dry_run: bool) -> int:
    """Bring the files in, one after the other; says whether something was refused."""
    from tolmach.memory.returned import REFUSED, SPOILING, TAKEN, bring_back

    settings = load_config()
    folder = translations or settings.locate(settings.translations)
    refused = False
    for file in files:
        found = list(_documents(file, _read(file, settings, _languages(folder, settings)), names, settings, folder))
        # all are judged before anything is written: if rows are in the wrong place, nothing of the file is taken
        judged = [bring_back(document, units, write=False) for document, units in found]
        spoilt = any(verdict.kind in SPOILING for verdicts in judged for verdict in verdicts)
        for (document, units), verdicts in zip(found, judged, strict=True):
            taken = any(verdict.kind in TAKEN for verdict in verdicts) and not spoilt
            told = bring_back(document, units, write=True) if taken and not dry_run else verdicts
            _tell(file, document, told, dry_run=dry_run, spoilt=spoilt)
            refused |= any(verdict.kind in REFUSED for verdict in told)
        if spoilt:
            note(_("rows are in the wrong place or damaged: nothing of {path} is taken").format(path=file.as_posix()))
    return _REFUSED if refused else 0


def _read(file: Path, settings: Config, known: Collection[str]) -> Returned:
    from tolmach.files import read_bytes
    from tolmach.text import formats

    back = formats.for_path(str(file)).back
    if back is None:
        raise TolmachError(
            _("files of this format are not brought back"), path=file, hint=_("known: .docx .xlf .xliff .po .tsv .tmx")
        )
    returned = back(formats.Source(str(file), file.stem, read_bytes(file)))
    for remark in returned.remarks:
        note(f"{file.as_posix()}: {remark}")
    _check(file, returned, returned.source or settings.languages[0])
    return _in_our_languages(file, returned, known)


def _check(file: Path, returned: Returned, original: str) -> None:
    """Raise TolmachError where the file is none of ours, or does not show beside which sentences its rows stand."""
    ids = [unit.id for unit in returned.units]
    if not any("#" in name for name in ids):
        raise TolmachError(
            _("this is no parallel document of this program: it has no sentence ids"),
            path=file,
            hint=_("translations from elsewhere come in with `tolmach memory import`"),
        )
    if any(_is_paragraph(name) for name in ids):
        raise TolmachError(
            _("the rows of this file are paragraphs"), path=file, hint=_("only sentences can be brought back")
        )
    codes = (original, *returned.targets)
    if len(codes) < 2 or not all(LANGUAGE_CODE.fullmatch(code) for code in codes):
        raise TolmachError(
            _("the file does not say which languages it is in"),
            path=file,
            hint=_("export it again, and keep its header"),
        )
    if not any(unit.texts.get(original) for unit in returned.units):
        raise TolmachError(
            _("the file has no texts in {language}, the language of the original").format(language=original),
            path=file,
            hint=_("export it with them; they show that nothing has been shifted"),
        )


def _in_our_languages(file: Path, returned: Returned, known: Collection[str]) -> Returned:
    """The same with languages called as the house calls them: programs make `en` an `en-US`."""
    from tolmach.text.exchange import renamed

    codes = (returned.source, *returned.targets)
    names: dict[str, str] = {}
    for code in filter(None, codes):
        found = [one for one in known if primary(one) == primary(code)]
        if code not in known and len(found) == 1 and found[0] not in codes:
            names[code] = found[0]
        elif code not in known:
            said = _("{path}: {language} is none of the configured languages")
            note(said.format(path=file.as_posix(), language=code))
    return renamed(returned, names) if len(set(names.values())) == len(names) else returned


def _languages(folder: Path, settings: Config) -> set[str]:
    """The languages of the house: those that are configured, and those it has translations in."""
    found = (path.name for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else ()
    return {*settings.languages, *filter(LANGUAGE_CODE.fullmatch, found)}


def _is_paragraph(name: str) -> bool:
    _first, plus, count = name.rpartition("#")[2].rpartition("+")
    return bool(plus) and count.isdecimal()


def _documents(
    file: Path, returned: Returned, names: Sequence[Path], settings: Config, folder: Path
) -> Iterator[tuple[Document, list[Aligned]]]:
    """The documents that the file has sentences of, in each language it is translated into."""
    from tolmach.memory.merge import path_of
    from tolmach.memory.model import Row
    from tolmach.memory.returned import Document

    by_document: dict[str, list[Aligned]] = {}
    for unit in returned.units:
        by_document.setdefault(unit.id.rpartition("#")[0], []).append(unit)
    source = returned.source or settings.languages[0]
    texts = {text.id: text for text in _texts(set(by_document), source, names, settings)}
    # A sentence whose id was spoilt belongs to what the file mostly has.
    main = max(by_document, key=lambda name: (name in texts, len(by_document[name])))
    strays = [name for name in by_document if name != main and not _is_known(name, texts, folder, returned.targets)]
    for name in strays:
        by_document[main] += by_document.pop(name)
    for name, units in by_document.items():
        if not _is_safe(name):
            raise TolmachError(
                _("{name} is no name of a document").format(name=repr(name)), path=file, hint=_("export the file again")
            )
        text = texts.get(name)
        rows = tuple(Row(one.id, one.text, one.line) for one in text.segments) if text else ()
        for target in returned.targets:
            path = path_of(folder, target, name)
            yield Document(path, source, target, text.path if text else "", rows), units


def _is_known(name: str, texts: dict[str, Text], folder: Path, targets: Sequence[str]) -> bool:
    from tolmach.memory.merge import path_of

    return name in texts or (_is_safe(name) and any(path_of(folder, code, name).is_file() for code in targets))


def _is_safe(name: str) -> bool:
    """Does the name stay within the folder of the translations?"""
    parts = PurePosixPath(name.replace("\\", "/"))
    return bool(name) and not parts.is_absolute() and ".." not in parts.parts and ":" not in name and "\0" not in name


def _texts(ids: set[str], language: str, names: Sequence[Path], settings: Config) -> Iterator[Text]:
    from tolmach.text import sources

    if not names and not settings.sources:
        return
    found = [
        file for file in sources.find(source_paths([str(name) for name in names], settings), settings) if file.id in ids
    ]
    if found:
        yield from sources.texts(found, language)


def _tell(file: Path, document: Document, verdicts: Sequence[Verdict], *, dry_run: bool, spoilt: bool) -> None:
    from tolmach.memory.returned import REFUSED

    for verdict in verdicts:
        if verdict.kind in REFUSED:
            show_error(_problem(file, verdict))
        elif dry_run and not spoilt:
            for line in _preview(verdict, document.source):
                click.echo(visible(line))
    counts = Counter(verdict.kind for verdict in verdicts)
    parts = [text.format(count=counts[kind]) for kind, text in _counted(spoilt=spoilt).items() if counts[kind]]
    refused = sum(counts[kind] for kind in REFUSED)
    if refused:
        parts.append(_("{count} refused").format(count=refused))
    click.echo(visible(f"{document.path.as_posix()}: {', '.join(parts) or _('nothing')}"))


def _preview(verdict: Verdict, source: str) -> Iterator[str]:
    """What changes, and what somebody may have wanted to change, below the sentence it is about."""
    from tolmach.memory.returned import TAKEN, on_one_line

    said = {"emptied": _("kept, though emptied"), "doubted": _("kept, though marked as a draft")}
    if verdict.kind not in (*TAKEN, *said):
        return
    yield f"@@ {verdict.unit.id} @@ {on_one_line(verdict.unit.texts.get(source, ''))}"
    state = said.get(verdict.kind) or (_("reviewed") if verdict.reviewed else _("draft"))
    if verdict.kind != "changed":
        yield f"  {verdict.house}"
        yield f"{'+' if verdict.kind in TAKEN else ' '} [{state}]"
        return
    if verdict.house:
        yield f"- {verdict.house}"
    yield f"+ {on_one_line(verdict.text)} [{state}]"


def _counted(*, spoilt: bool) -> dict[Kind, str]:
    return {
        "changed": _("{count} changed, but not taken") if spoilt else _("{count} changed"),
        "confirmed": _("{count} confirmed, but not taken") if spoilt else _("{count} confirmed"),
        "same": _("{count} the same"),
        "older": _("{count} kept, for the house has newer ones"),
        "doubted": _("{count} kept as reviewed, though marked as a draft"),
        "emptied": _("{count} kept, though emptied"),
        "deleted": _("{count} not in the file"),
        "repeated": _("{count} repeated"),
    }


def _problem(file: Path, verdict: Verdict) -> TolmachError:
    messages = {
        "conflict": (_("changed on both sides"), _("decide in the PO file; the house has: {house}")),
        "weaker": (
            _("a draft does not replace a reviewed translation"),
            _("mark it as reviewed; the house has: {house}"),
        ),
        "duplicate": (_("the sentence occurs twice, with different contents"), _("leave one of the rows")),
        "unknown": (
            _("no such sentence in the document"),
            _("its text has changed since, the row was added, or the id was damaged"),
        ),
        "altered": (
            _("the source text is not that of the sentence"),
            _("put it back; only translations are brought in"),
        ),
        "moved": (
            _("this is the translation of another sentence"),
            _("put the translations beside their sentences; one that is meant so goes into the PO file first"),
        ),
        "shifted": (_("the source text is that of another sentence"), _("put the sources beside their ids")),
        "garbled": (
            _("letters of the translation have become question marks"),
            _("save the file in UTF-8 or UTF-16; a spreadsheet calls that «CSV UTF-8» or «Unicode text»"),
        ),
    }
    message, hint = messages[verdict.kind]
    told = f"{verdict.unit.id or verdict.unit.place}: {message}"
    shown = f"{told}: {verdict.text}" if verdict.text else told
    return TolmachError(shown, path=file, line=verdict.unit.line or None, hint=hint.format(house=verdict.house))


COMMAND: click.Command = import_
