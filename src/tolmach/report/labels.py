"""The words of a report, in the language in which the program talks: the reasons in it are its messages, too."""

from __future__ import annotations

import gettext
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from tolmach.config import primary
from tolmach.files import load_table

_DEFAULT = "en"
_THIN = "\u202f"


@dataclass(frozen=True, slots=True)
class Labels:
    """The words of one language; a word is had by its name: `labels["total"]`."""

    language: str

    def __getitem__(self, name: str) -> str:
        return str(load_table(__package__, "labels.toml")[self.language][name])

    def fill(self, name: str, /, **values: object) -> str:
        """A sentence with its gaps filled."""
        return self[name].format(**{key: number(value) for key, value in values.items()})

    def count(self, name: str, count: int) -> str:
        """The form of a word that fits the number, with the number in it where it has a gap.

        >>> Labels("en").count("times", 1), Labels("en").count("times", 1200)
        ('1 time', '1\\u202f200 times')
        """
        return self.fill(f"{name}_one" if count == 1 else f"{name}_many", count=count)


def number(value: object) -> str:
    """The value as it is written in running text: long numbers in groups of three."""
    return f"{value:,}".replace(",", _THIN) if isinstance(value, int) else str(value)


def labels(language: str = "") -> Labels:
    """The words of a report in the language, by default that of the program's messages."""
    wanted = primary(language or _messages_language())
    return Labels(wanted if wanted in load_table(__package__, "labels.toml") else _DEFAULT)


def _messages_language() -> str:
    catalogue = gettext.find("tolmach", str(files("tolmach").joinpath("locale")))
    return Path(catalogue).parent.parent.name if catalogue else _DEFAULT
