"""A table with commas: everything the glossary says, a row for each designation."""

from tolmach.glossary.formats import ENTRY, HEAD, Format, Outgoing, _columns, _tables, all_of

FORMAT = Format(
    "table (CSV)",
    ".csv",
    HEAD,
    ENTRY,
    lambda source: _columns.read(_tables.rows(source), source),
    lambda concepts, _languages: Outgoing(_tables.written(_columns.written(concepts)), all_of(concepts)),
    examples=True,
)
