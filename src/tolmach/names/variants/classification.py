"""What each form of a group is, set against the main one: another system, an exonym, an old name, a habit, an error."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from tolmach.messages import _
from tolmach.names.variants import acronyms, bearers, known
from tolmach.names.variants.acronyms import Agreement
from tolmach.names.variants.cluster import Cluster
from tolmach.names.variants.comparisons import comparison
from tolmach.names.variants.explanation import alone
from tolmach.names.variants.gathering import Name
from tolmach.names.variants.likeness import distance, letters
from tolmach.names.variants.links import long_key
from tolmach.names.variants.relation import DIFFERENT, ORDER, Class, habit, relation
from tolmach.transcription.established import established, fold, originals

_TYPOS = 2
_COMPOUND = 2  # so many times longer than its acronym a long form of one word is


def main_form(cluster: Cluster) -> Name:
    """The form against which the others are judged: the most frequent one that is no misprint.

    Where a name and its likely misspelling are equally frequent, the rarer name is right: nobody writes an unknown
    name by mistake for a well-known one.
    """
    is_doubtful = any(link.why == "office" for link in cluster.links)

    def rank(name: Name) -> tuple[bool, int, bool, bool, bool, int, str]:
        return (
            _is_turned(name.base, cluster),
            -name.count,
            is_doubtful and _is_familiar(name.base),
            not _is_usual(name),
            name.base.isascii(),
            -len(name.base),
            name.base,
        )

    return min(cluster.names, key=rank)


def _is_familiar(name: str) -> bool:
    """Is the surname made of a well-known given name, as Maximow is of Maxim?"""
    surname = bearers.words(name)[-1]
    found = alone(surname, "person")
    stems = (found[0].original.removesuffix(ending) for ending in ("ов", "ев", "ин")) if found else ()
    return any("person" in known.kinds(stem) for stem in stems)


def _is_usual(name: Name) -> bool:
    return any(is_usual(name.base, language) for language in sorted(name.languages))


def is_usual(base: str, language: str) -> bool:
    """Do the tables write some name just so today?

    >>> is_usual("Belarus", "de"), is_usual("Weißrussland", "de")
    (True, False)
    """
    code = language.partition("-")[0]
    for row in originals(base, code):
        now = established(row.original, row.source, code, row.kind)
        if now and fold(now.form) == fold(base):
            return True
    return False


def _is_turned(base: str, cluster: Cluster) -> bool:
    return bool(_turned(base, cluster))


def _turned(base: str, cluster: Cluster) -> tuple[str, str] | None:
    """The long form with whose initials an acronym disagrees by the order of letters, and the acronym expected."""
    if not acronyms.is_short(base):
        return None
    longs = [name.base for name in cluster.names if acronyms.is_long(name.base) and name.kind != "person"]
    found = {long: acronyms.agreement(base, long) for long in longs}
    if Agreement.EXACT in found.values():
        return None
    shorts = {name.base for name in cluster.names if acronyms.is_short(name.base)}
    turned = ((long, acronyms.expected(base, long)) for long, how in sorted(found.items()) if how is Agreement.TURNED)
    return next((pair for pair in turned if _is_meant(*pair, shorts)), None)


def _is_meant(long: str, wanted: str, shorts: set[str]) -> bool:
    """Is the acronym expected in use, or the long form transcribed? PRI is right beside Institutional Revolutionary
    Party, as the initials of the Spanish name."""
    return wanted in shorts or bool(known.entities(wanted)) or bool(acronyms.russian(long))


def classify(cluster: Cluster, main: Name) -> Iterator[tuple[Name, Class]]:
    """Each name of a cluster, the main one first, with its classification: each language has a main form of its own."""
    yield main, Class("main", _("the most frequent form") if len(cluster.names) > 1 else _("the only form"))
    for language, names in _by_language(cluster).items():
        part = Cluster(names, cluster.links, cluster.confidence)
        chosen = main if main in names else main_form(part)
        if chosen is not main:
            yield chosen, Class("main", _("the form in {language}").format(language=language))
        for name in names:
            if name is not chosen:
                yield name, _class_of(name, chosen, part)


def _by_language(cluster: Cluster) -> dict[str, tuple[Name, ...]]:
    found: dict[str, list[Name]] = {}
    for name in cluster.names:
        language = max(sorted(name.languages), key=lambda code: name.languages[code], default="")
        found.setdefault(language.partition("-")[0], []).append(name)
    return {language: tuple(names) for language, names in sorted(found.items())}


def _class_of(name: Name, main: Name, cluster: Cluster) -> Class:
    if same := _same_words(name, main):
        return same
    if name.kind == "person" or main.kind == "person":
        return _person(name, main, cluster)
    if _are_short_and_long(name.base, main.base) or _are_long(name, main):
        return _long_or_short(name, main, cluster)
    return _turned_class(name.base, cluster) or relation(name.base, main.base, main.kind, _codes(cluster))


def _same_words(name: Name, main: Name) -> Class | None:
    """For a form that is no other spelling: an undecided genitive (Lidaris of Lidari), a word in capitals."""
    longer, shorter = sorted((name.base, main.base), key=len, reverse=True)
    if name.kind == "person" and longer == f"{shorter}s" and _codes_of(name) == _codes_of(main) == {"de"}:
        return Class("main", _("perhaps the genitive, or {main} without it").format(main=main.base))
    if name.base == main.base.upper() and name.base != main.base and name.kind in ("person", "place"):
        return Class("main", _("{main} in capitals").format(main=main.base))
    return None


def _codes_of(name: Name) -> set[str]:
    return {language.partition("-")[0] for language in name.languages}


def _are_short_and_long(left: str, right: str) -> bool:
    pairs = ((left, right), (right, left))
    return any(acronyms.is_short(one) and _may_be_long(one, other) for one, other in pairs)


def _may_be_long(short: str, long: str) -> bool:
    """Several words, or a compound that is no other spelling of the acronym: Sparkassenverband, not Nato."""
    return acronyms.is_long(long) or (len(long) > _COMPOUND * len(short) and not acronyms.is_short(long))


def _are_long(*names: Name) -> bool:
    return all(long_key(name.base) for name in names)


def _codes(cluster: Cluster) -> tuple[str, ...]:
    return tuple(sorted({language for name in cluster.names for language in name.languages}))


def _person(name: Name, main: Name, cluster: Cluster) -> Class:
    """By the parts: those that the main form or the usual full name has, too, are no variants."""
    if letters(name.base) == letters(main.base):
        return habit(name.base, main.base)
    surname = _words(main.base)[-1]
    full = _usual(cluster, lambda one: bearers.is_full(one.base) and _words(one.base)[-1] == surname)
    # Of a full name with another spelling of the surname only the given names can be the usual ones.
    given = _words(full.base) if full else ()
    if full is None and (full := _usual(cluster, lambda one: bearers.is_full(one.base))):
        given = _words(full.base)[:-1]
    usual = [*_words(main.base), *(given if full is not name else ())]
    suspected = any(link.why == "office" for link in cluster.links)
    found = []
    for one in _words(name.base):
        for other in _nearest(one, usual) if one not in usual else ():
            told = relation(one, other, "person", _codes(cluster), suspected=suspected)
            # What stands behind a given name is not what stands behind the person.
            found.append(told if other == surname else replace(told, explanations=()))
    worst = max(found, key=lambda one: ORDER.index(one.classification), default=None)
    return worst or Class("main", _("{form} in full or short").format(form=main.base))


def _words(name: str) -> tuple[str, ...]:
    return bearers.words(bearers.without_articles(name))


def _nearest(part: str, usual: Sequence[str]) -> list[str]:
    """The part of the usual name that this one stands for, if there is one."""
    scored = [(comparison(part, other, "person").score, other) for other in dict.fromkeys(usual)]
    close = [(score, other) for score, other in scored if score >= DIFFERENT or distance(part, other) <= _TYPOS]
    return [max(close)[1]] if close else []


def _usual(cluster: Cluster, fits: Callable[[Name], bool]) -> Name | None:
    """The most frequent name that fits; of equally frequent ones that of the tables, then the one with accents."""
    chosen = [name for name in cluster.names if fits(name)]
    return min(chosen, key=lambda one: (-one.count, not _is_usual(one), one.base.isascii(), one.base), default=None)


def _long_or_short(name: Name, main: Name, cluster: Cluster) -> Class:
    """A long form beside a short one, or beside another long one."""
    if found := _turned_class(name.base, cluster):
        return found
    if acronyms.is_short(name.base):
        rival = _usual(cluster, lambda one: acronyms.is_short(one.base) and not _is_turned(one.base, cluster))
        if rival is name or rival is None:
            return Class("main", _("the short form of {main}").format(main=main.base))
        return relation(name.base, rival.base, main.kind, _codes(cluster))
    usual = _usual(cluster, lambda one: not acronyms.is_short(one.base) and not acronyms.russian(one.base))
    if usual is name or usual is None:
        return Class("main", _("the long form of {main}").format(main=main.base))
    if original := acronyms.russian(name.base):
        return Class("exonym", _("transcribed from {original}").format(original=original))
    if long_key(name.base) == long_key(usual.base):
        return _endings(name.base, usual.base)
    return relation(name.base, usual.base, main.kind, _codes(cluster))


def _endings(name: str, usual: str) -> Class:
    first, second = name.split(), usual.split()
    if len(first) != len(second):
        return Class("spelling", _("other endings or small words than {usual}").format(usual=usual))
    told = ", ".join(f"{one} : {other}" for one, other in zip(first, second, strict=True) if one != other)
    return Class("spelling", _("endings, capitals or small words differ: {words}").format(words=told))


def _turned_class(base: str, cluster: Cluster) -> Class | None:
    found = _turned(base, cluster)
    if found is None:
        return None
    long, wanted = found
    return Class(
        "error",
        _("letters exchanged: the initials of {long} are {initials}").format(long=long, initials=wanted),
    )
