"""Results for the texts that were seen last: what is repeated (exports, templates, quotations) is judged once."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import Any, TypeVar

Result = TypeVar("Result")
_MOST = 1 << 12
_LONGEST = 4000


class Recent:
    """Remembers the results for the last few thousand texts that are not too long."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, ...], Any] = {}

    def of(self, text: str, kind: str, find: Callable[[], Result]) -> Result:
        """What `find` gives, which must depend on nothing but the text and the `kind` of result."""
        if len(text) > _LONGEST:
            return find()
        key = (text, kind)
        found: Result | None = self._known.get(key)
        if found is None:
            if len(self._known) >= _MOST:
                for old in list(islice(self._known, _MOST // 4)):
                    del self._known[old]
            found = self._known[key] = find()
        return found
