"""Names of elements and attributes with the usual prefixes of their namespaces."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

_REMEMBERED = 4096  # a hostile document may have any number of names


class Names:
    """The short names of a family of documents, given the prefix of each namespace (`w:`)."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefixes = prefixes
        self.short = lru_cache(_REMEMBERED)(self._short)

    def _short(self, name: str) -> str:
        """`w:p` for the paragraph's full name, and so on; nothing for names of other namespaces."""
        namespace, _blank, local = name.rpartition(" ")
        prefix = self._prefixes.get(namespace)
        return prefix + local if prefix else ""

    def attribute(self, attributes: Mapping[str, str], name: str) -> str:
        """The attribute of that short name, or nothing."""
        return next((value for key, value in attributes.items() if self.short(key) == name), "")
