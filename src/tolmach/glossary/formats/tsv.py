"""A table with tabs: everything the glossary says, a row for each designation."""

from tolmach.glossary.formats import ENTRY, HEAD, Format, Outgoing, _columns, _tables, all_of

FORMAT = Format(
    "table (TSV)",
    ".tsv",
    HEAD,
    ENTRY,
    lambda source: _columns.read(_tables.rows(source, "\t"), source),
    lambda concepts, _languages: Outgoing(_tables.written(_columns.written(concepts), "\t"), all_of(concepts)),
    examples=True,
)
