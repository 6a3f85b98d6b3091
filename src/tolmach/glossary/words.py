"""Words of the glossary in the user's language."""

from __future__ import annotations

from collections.abc import Iterable

from tolmach.glossary.model import Status, Validity
from tolmach.messages import N_, _

_STATUSES = {
    "preferred": N_("preferred"),
    "admitted": N_("admitted"),
    "deprecated": N_("deprecated"),
    "forbidden": N_("forbidden"),
}


def status_word(status: Status) -> str:
    """The status of a designation in the user's language."""
    return _(_STATUSES[status.value])


def stretches(valid: Iterable[Validity]) -> str:
    """When a designation is valid, as `first…last` with dates as the glossary has them."""
    return ", ".join(f"{stretch.first or ''}…{stretch.last or ''}" for stretch in valid)
