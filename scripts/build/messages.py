"""Write the message catalogues in src/tolmach/locale: tolmach.pot, and tolmach.po and .mo of each language.

    uv run python scripts/build/messages.py

Run it after changing a message: what is new stands empty in the .po, what is gone has left it. Translate, and run it
again. For a new language make LANGUAGE/LC_MESSAGES/tolmach.po with a header that names Language and Plural-Forms.
click's own words are in the catalogues, too: the program makes click look them up here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import polib
from babel.messages.extract import extract_from_dir

SOURCE = Path(__file__).resolve().parents[2] / "src" / "tolmach"
LOCALE = SOURCE / "locale"
KEYWORDS = {"_": None, "N_": None, "plural": (1, 2), "ngettext": (1, 2)}
CLICK = ("core.py", "decorators.py", "exceptions.py", "formatting.py", "parser.py", "termui.py", "types.py")
HEADER = {"Project-Id-Version": "tolmach", "Content-Type": "text/plain; charset=UTF-8"}


def found() -> Iterator[tuple[str, tuple[str, str]]]:
    """File and message (singular; plural or nothing) of every call, by file and line: ours first, then click's."""
    for folder, names in ((SOURCE, None), (Path(click.__file__).parent, CLICK)):
        calls = extract_from_dir(folder, method_map=[("**.py", "python")], keywords=KEYWORDS)
        for name, _line, message, _comments, _context in sorted(calls, key=lambda call: call[:2]):
            if names is None or name in names:
                one, many = (message, "") if isinstance(message, str) else message
                yield f"{folder.name}/{name}", (one, many)


def template() -> polib.POFile:
    """All messages with the files they stand in, without translations."""
    places: dict[tuple[str, str], dict[str, None]] = {}
    for file, message in found():
        places.setdefault(message, {})[file] = None
    catalogue = polib.POFile(wrapwidth=100)
    catalogue.header = "Messages of tolmach, collected by scripts/build/messages.py."
    catalogue.metadata = dict(HEADER)
    for (one, many), files in places.items():
        flags = ["python-brace-format"] if re.search(r"\{\w", one + many) else []
        forms = {0: "", 1: ""} if many else {}
        entry = polib.POEntry(msgid=one, msgid_plural=many, msgstr_plural=forms, flags=flags)
        entry.occurrences = [(file, "") for file in files]
        catalogue.append(entry)
    return catalogue


def translated(path: Path) -> polib.POFile:
    """The template with the translations that the .po file at `path` has."""
    old = polib.pofile(str(path))
    known = {(entry.msgid, entry.msgid_plural): entry for entry in old if not entry.obsolete and not entry.fuzzy}
    catalogue = template()
    catalogue.metadata |= {key: old.metadata[key] for key in ("Language", "Plural-Forms")}
    for entry in catalogue:
        if same := known.get((entry.msgid, entry.msgid_plural)):
            entry.msgstr, entry.msgstr_plural, entry.tcomment = same.msgstr, same.msgstr_plural, same.tcomment
    return catalogue


def main() -> None:
    """Write all catalogues and name the messages that lack a translation."""
    files = {LOCALE / "tolmach.pot": template()}
    files |= {path: translated(path) for path in sorted(LOCALE.glob("*/LC_MESSAGES/tolmach.po"))}
    for path, catalogue in files.items():
        path.write_text(f"{str(catalogue).rstrip()}\n", encoding="utf-8", newline="\n")
        if path.suffix == ".po":
            path.with_suffix(".mo").write_bytes(catalogue.to_binary())
            for entry in catalogue.untranslated_entries():
                print(f"{path.parts[-3]}: {', '.join(file for file, _ in entry.occurrences)}: {entry.msgid!r}")


if __name__ == "__main__":
    main()
