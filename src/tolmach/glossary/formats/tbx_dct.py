"""The same in the other style of TBX, where every category is an element (DCT)."""

from tolmach.glossary.formats import ENTRY, HEAD, Format, _tbx

FORMAT = Format(
    "TBX 3, our own dialect (DCT)",
    ".tbx",
    HEAD,
    ENTRY,
    _tbx.read,
    lambda concepts, _languages: _tbx.outgoing(concepts, "dct"),
    examples=True,
)
