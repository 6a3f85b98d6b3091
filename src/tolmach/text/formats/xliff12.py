"""XLIFF 1.2 for exchange; files of all versions are read by the format `xliff`."""

from __future__ import annotations

from tolmach.text.formats import Format, xliff
from tolmach.text.formats._xliff.exchange12 import write

FORMAT = Format((), xliff.read, bilingual=True, write=write, back=xliff.back)
