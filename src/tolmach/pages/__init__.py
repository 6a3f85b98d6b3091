"""What every page we write shares: one frame, one stylesheet, escaping, language names, print and dark styles.

A page is one file that needs nothing else: no network, no fonts, no pictures from elsewhere. Its content security
policy names its own style and script by their hash and refuses everything else.
"""

from __future__ import annotations

from tolmach.pages.escaping import anchor, fragment, visible
from tolmach.pages.frame import Page, asset, render, stream
from tolmach.pages.languages import Language, language, tag

__all__ = ["Language", "Page", "anchor", "asset", "fragment", "language", "render", "stream", "tag", "visible"]
