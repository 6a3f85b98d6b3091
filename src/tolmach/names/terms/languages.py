"""The rules of each language for what is built like a term."""

from __future__ import annotations

from tolmach.names.terms.model import Rules


def rules(language: str) -> Rules:
    """The rules of a language, of which only those asked for are imported."""
    if language == "de":
        from tolmach.names.terms import german

        return german
    if language == "ru":
        from tolmach.names.terms import russian

        return russian
    from tolmach.names.terms import english

    return english
