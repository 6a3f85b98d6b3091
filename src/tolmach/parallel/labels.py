"""The words of a parallel document itself."""

from __future__ import annotations

from functools import cache

from tolmach.config import primary
from tolmach.files import load_table


def labels(language: str) -> dict[str, str]:
    """The words in that language, English ones where it is not known."""
    return _all_labels()[label_language(language)]


def label_language(language: str) -> str:
    """The language of the words that `labels` gives."""
    return primary(language) if primary(language) in _all_labels() else "en"


@cache
def _all_labels() -> dict[str, dict[str, str]]:
    return load_table("tolmach.parallel", "labels.toml")
