"""TBX version 3 in a dialect of our own that keeps everything; reads every TBX, version 2 (MARTIF) too."""

from tolmach.glossary.formats import ENTRY, HEAD, Format, _tbx

FORMAT = Format(
    "TBX 3, our own dialect (DCA)",
    ".tbx",
    HEAD,
    ENTRY,
    _tbx.read,
    lambda concepts, _languages: _tbx.outgoing(concepts),
    examples=True,
)
