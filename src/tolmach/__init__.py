"""Keep names and terms consistent in German, English and Russian texts.

The names below are the public interface; each is imported when it is first used.

>>> import tolmach
>>> tolmach.transcribe("Касым-Жомарт Токаев", "ru", "de"), tolmach.restore("Schtscherbakow")[0].text
('Kassym-Schomart Tokajew', 'Щербаков')
>>> tolmach.compare("Tokajew", "Toqajew").verdict, tolmach.compare("Massimow", "Maximow").verdict
('same', 'different')
>>> glossary = tolmach.load_glossary(["starter"])
>>> [hit.concept.id for hit in tolmach.Finder(glossary).find("Kasachstans Grenze", "de")]
['kazakhstan']
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tolmach.errors import TolmachError
    from tolmach.glossary.find import Finder
    from tolmach.glossary.load import load as load_glossary
    from tolmach.glossary.model import Concept, Designation, Glossary, Status
    from tolmach.lint.runner import Finding
    from tolmach.lint.single import check
    from tolmach.memory.lookup import Memory
    from tolmach.names.compare import compare
    from tolmach.text.formats import read
    from tolmach.text.model import Document
    from tolmach.transcription.house import transcribe
    from tolmach.transcription.restore import restore

_PLACES = {
    "TolmachError": "tolmach.errors:TolmachError",
    "Finder": "tolmach.glossary.find:Finder",
    "load_glossary": "tolmach.glossary.load:load",
    "Concept": "tolmach.glossary.model:Concept",
    "Designation": "tolmach.glossary.model:Designation",
    "Glossary": "tolmach.glossary.model:Glossary",
    "Status": "tolmach.glossary.model:Status",
    "Finding": "tolmach.lint.runner:Finding",
    "check": "tolmach.lint.single:check",
    "Memory": "tolmach.memory.lookup:Memory",
    "read": "tolmach.text.formats:read",
    "Document": "tolmach.text.model:Document",
    "compare": "tolmach.names.compare:compare",
    "restore": "tolmach.transcription.restore:restore",
    "transcribe": "tolmach.transcription.house:transcribe",
}
__all__ = [
    "Concept",
    "Designation",
    "Document",
    "Finder",
    "Finding",
    "Glossary",
    "Memory",
    "Status",
    "TolmachError",
    "check",
    "compare",
    "load_glossary",
    "read",
    "restore",
    "transcribe",
]


def __getattr__(name: str) -> Any:
    """Import the public name when it is first used."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    module, _colon, attribute = _PLACES[name].partition(":")
    return getattr(import_module(module), attribute)


def __dir__() -> list[str]:
    return __all__
