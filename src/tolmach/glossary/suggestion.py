"""The form to propose in another language for a name that no glossary has, and where that form comes from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from tolmach.messages import _
from tolmach.names.variants.explanation import restored
from tolmach.names.variants.find import propose
from tolmach.names.variants.gathering import Name
from tolmach.transcription.established import Established, fold, forms, native, originals, rows
from tolmach.transcription.house import has_system, writer
from tolmach.transcription.renderings import language_of_letters
from tolmach.transcription.restoration import prominent
from tolmach.transcription.system import System, load, names

_TABLE, _SYSTEM, _SAME, _SHORT = 0.98, 0.9, 0.8, 0.5
"""How sure a form is that a table gives, that a system writes of the original, that stays as it is, also an acronym."""
_LATIN = frozenset(("de", "en"))
_TRANSLATED = frozenset(("organisation", "office", "event", "term", "other"))
_MOST, _POSSIBLE = 4, 0.05
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A form (empty: none is known), the originals by language, the system that writes it, other forms, a remark.

    `probability` says how likely the form belongs to the name.
    """

    form: str
    original: tuple[tuple[str, str], ...] = ()
    system: str = ""
    alternatives: tuple[str, ...] = ()
    probability: float = 0.0
    note: str = ""


def suggest(name: str, language: str, target: str, kind: str, style: str = "") -> Suggestion:
    """The form of a name of the language `language` to propose for readers of `target`, in the house's style.

    >>> suggest("Токаев", "ru", "de", "person").form, suggest("Tokajew", "de", "ru", "person").form
    ('Tokajew', 'Токаев')
    """
    if kind == "term":
        return Suggestion("", note=_("a term, which has to be translated"))
    original, proposal = _traced(name, language, kind)
    original = telling(original or _native(name, kind), kind)
    if language == target:
        return Suggestion(proposal.get(target, name), tuple(original.items()), probability=_SYSTEM)
    looks_foreign = {language, target} <= _LATIN and _is_foreign(name, language, kind, original)
    if not original or looks_foreign or (kind == "person" and _has_foreign_given_name(name, language)):
        return _unknown(name, language, target, kind, proposal if not original else {})
    if target in original:
        return _restored(name, language, target, kind, original, proposal.get(target, original[target]))
    return _written(name, target, kind, style, original, proposal)


def _traced(name: str, language: str, kind: str) -> tuple[dict[str, str], dict[str, str]]:
    """The original and the forms to write, where `name` is a base form: Рыбакина is a woman, no genitive of Рыбакин."""
    original, proposal = propose(Name(name, kind, languages=Counter({language: 1})), kind)
    code = language_of_letters(name)
    likely = () if code else restored(name, kind, language)
    base = {code or "ru": likely[0].text if likely else name}
    if len(original) != 1 or original == base or not (code or likely) or originals(name, language):
        return original, proposal
    return base, {}


def telling(original: Mapping[str, str], kind: str) -> dict[str, str]:
    """The original in Russian and in the language of the place or person; what other languages call it says little."""
    if "ru" not in original:
        return dict(original)
    own = native(original["ru"], "ru", kind)
    return {"ru": original["ru"]} | ({own.target: original.get(own.target, own.form)} if own else {})


def _is_foreign(name: str, language: str, kind: str, original: Mapping[str, str]) -> bool:
    """Does the spelling only look like Russian: Petr Fiala, as no system writes it for readers of `language`?"""
    text = original.get("ru", "")
    if originals(name, language) or not text or fold(text.split()[-1]) in prominent.names("ru"):
        return False
    return any(one.text == text and f"-{language}" not in one.system for one in restored(name, kind, language))


def _has_foreign_given_name(name: str, language: str) -> bool:
    """Is the given name a usual one as spelled, and no likely original of it one: Andrew Morgan is no Андрев?"""
    from tolmach.names.mentions.lists import given_names

    given, _blank, family = name.partition(" ")
    if not family or language not in _LATIN or fold(given) not in given_names() or originals(name, language):
        return False
    likely = restored(name, "person", language)
    return bool(likely) and not any(fold(one.text.partition(" ")[0]) in given_names() for one in likely)


def _native(name: str, kind: str) -> dict[str, str]:
    """The Russian original of a person who is known by the spelling of a language that is not ours."""
    found = (row for code in _native_languages() for row in originals(name, code, "ru") if row.kind == kind)
    return {row.source: row.original for row in found if row.relation == "native"}


@cache
def _native_languages() -> tuple[str, ...]:
    return tuple(sorted({row.target for row in rows() if row.relation == "native"}))


def _unknown(name: str, language: str, target: str, kind: str, proposal: Mapping[str, str]) -> Suggestion:
    """For a name whose original nothing tells: between languages of one alphabet names of people and places stay."""
    form = proposal.get(target, "")
    if form:
        return Suggestion(form, probability=_TABLE)
    if not {language, target} <= _LATIN:
        return Suggestion("", note=_("the original is not known"))
    if kind in _TRANSLATED and len(name.split()) > 1:
        return Suggestion("", note=_("no established name is known; it may have to be translated"))
    if kind in _TRANSLATED and name.isupper() and len(name) > 1:
        return Suggestion(
            name, probability=_SHORT, note=_("spelled as in the source; languages may differ in acronyms")
        )
    return Suggestion(name, probability=_SAME, note=_("spelled as in the source"))


def _restored(name: str, language: str, target: str, kind: str, original: Mapping[str, str], form: str) -> Suggestion:
    """For a target that is the language of the original."""
    found = restored(name, kind, language)
    best = next((one for one in found if one.text == form), None)
    others = tuple(
        f"{one.text} ({one.probability:.0%})" for one in found if one.text != form and one.probability >= _POSSIBLE
    )[:_MOST]
    recorded = rows_of(name, language, form)
    if best is None or recorded:
        note = _authority(recorded)
        return Suggestion(form, tuple(original.items()), alternatives=others, probability=_TABLE, note=note)
    return Suggestion(form, tuple(original.items()), best.system, others, round(best.probability, 4))


def rows_of(name: str, language: str, original: str) -> tuple[Established, ...]:
    """The rows of the tables that write an original as `name`."""
    return tuple(row for row in originals(name, language) if row.original == original)


def _authority(found: tuple[Established, ...]) -> str:
    return next((row.authority for row in found if row.authority), "")


def _written(
    name: str, target: str, kind: str, style: str, original: Mapping[str, str], proposal: Mapping[str, str]
) -> Suggestion:
    """For a target in which the original must be transcribed or has an established form."""
    language, text = next(iter(original.items()))
    pairs = tuple(original.items())
    if not has_system(language, target):
        form = proposal.get(target, "")
        return Suggestion(form, pairs, probability=_TABLE if form else 0.0)
    by = writer(language, target, None if kind == "other" else kind, style)
    written = by.write(text)
    form = proposal.get(target, written) if not style else written
    pieces = by.pieces(text) if form == written else []
    systems = list(dict.fromkeys(how.id for _part, _form, how in pieces if isinstance(how, System)))
    if systems and kind in _TRANSLATED and _is_translated(text):
        return Suggestion("", pairs, note=_("no established name is known; it may have to be translated"))
    told = dict.fromkeys(how.authority for _part, _form, how in pieces if isinstance(how, Established))
    if not language_of_letters(name) and name == form and not systems:
        told = told or dict.fromkeys([_("spelled as in the source")])
    return Suggestion(
        form,
        pairs,
        ", ".join(systems),
        tuple(dict.fromkeys(_alternatives(text, language, target, form, transcribed=bool(systems))))[:_MOST],
        _SYSTEM if systems else _TABLE,
        "; ".join(filter(None, told)),
    )


def _is_translated(name: str) -> bool:
    """Is the name made of ordinary words: Центральная избирательная комиссия, not Газпром?"""
    from tolmach.morphology.russian_lexicon import is_common_word

    words = _WORD.findall(name)
    return len(words) > 1 and any(is_common_word(word.lower()) for word in words)


def _alternatives(text: str, language: str, target: str, form: str, *, transcribed: bool) -> Iterator[str]:
    """Other forms in use: established ones, and what the other systems write, each with its system or dates."""
    for row in forms(text, language, target):
        if row.form != form:
            dates = f" ({row.since}–{row.until})" if row.since or row.until else ""
            yield f"{row.form}{dates}"
    if not transcribed:
        return
    by_form: dict[str, list[str]] = {}
    for name in names():
        if name.startswith(f"{language}-{target}"):
            by_form.setdefault(load(name).transcribe(text), []).append(name)
    for written, systems in by_form.items():
        if written != form:
            yield f"{written} ({', '.join(systems)})"
