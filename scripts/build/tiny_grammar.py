"""Sentences in German, English and Russian at once, drawn from the plans in tiny_grammar.toml and tiny_clauses.toml."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from tiny_forms import RUSSIAN_GENDERS, Entry, Phrase
from tiny_nouns import Nouns

SLOT = re.compile(r"\{([a-z]+\d?)(?:\.([^}]+))?\}")
LANGUAGES = ("de", "en", "ru")
TENSES = ("past", "perfect", "present", "future")
PAST_ENDINGS = ("", "а", "о", "и")
REFLEXIVE_ENDINGS = ("ся", "сь", "сь", "сь")
PLANS: Entry = {}
for _name in ("tiny_grammar.toml", "tiny_clauses.toml"):
    PLANS |= tomllib.loads(Path(__file__).with_name(_name).read_text(encoding="utf-8"))


class Sentence(NamedTuple):
    """One sentence in three languages."""

    de: str
    en: str
    ru: str


@dataclass(frozen=True)
class Clause:
    """A clause in the word orders that a frame can ask for ("", "inv", "sub", "cap"; "rest" has no subject)."""

    de: dict[str, str]
    en: dict[str, str]
    ru: dict[str, str]
    subject: Phrase
    by: str


def words(*parts: str) -> str:
    """The parts that are not empty, with one blank between them."""
    return " ".join(part for part in (part.strip() for part in parts) if part)


def capital(text: str) -> str:
    """The text with a capital first letter; a quotation mark may stand before it."""
    start = next((i for i, letter in enumerate(text) if letter.isalnum()), 0)
    return text[:start] + text[start : start + 1].upper() + text[start + 1 :]


def past(forms: str, gender: str) -> str:
    """The Russian past tense for a gender, from one form or from four."""
    listed = forms.split("/")
    index = RUSSIAN_GENDERS.index(gender)
    if len(listed) == 4:
        return listed[index]
    if forms.endswith("ся"):
        return forms.removesuffix("ся") + PAST_ENDINGS[index] + REFLEXIVE_ENDINGS[index]
    return forms + PAST_ENDINGS[index]


def russian_prepositions(text: str) -> str:
    """Write "об" before a vowel and "со" before с, з, ш, ж with a consonant."""
    text = re.sub(r"\b([оО]) (?=[аиоуэАИОУЭ])", r"\1б ", text)
    return re.sub(r"\b([сС]) (?=[СЗШЖсзшж][бвгджзклмнпрстфхцчш])", r"\1о ", text)


def tenses_of(plan: Entry) -> set[str]:
    """The tenses that a verb phrase has in all three languages."""
    german, russian = plan["de"], plan["ru"]
    found = {"past"}
    if len(german) > 4:
        found.add("perfect")
    if len(russian) > 1 and russian[1]:
        found.add("present")
    if len(russian) > 2 and russian[2]:
        found.add("future")
    return {"past"} if plan.get("past_only") else found


def english_verb(plan: Entry, tense: str, *, plural: bool, negative: bool) -> str:
    """The English verb group."""
    base, third, simple_past = plan["en"][:3]
    if base == "be":
        finite = {"past": "were" if plural else "was", "present": "are" if plural else "is", "future": "will be"}[
            "past" if tense == "perfect" else tense
        ]
        return finite.replace("will", "will not") if negative and tense == "future" else finite + " not" * negative
    if tense == "future":
        return words("will", "not" * negative, base)
    if tense == "present":
        return words("do" if plural else "does", "not", base) if negative else base if plural else third
    return f"did not {base}" if negative else simple_past


def russian_verb(plan: Entry, tense: str, gender: str, *, negative: bool) -> str:
    """The Russian verb group; the copula of the present is empty."""
    if tense in ("past", "perfect"):
        verb = past(plan["ru"][0], gender)
    else:
        forms = plan["ru"][1 if tense == "present" else 2].split(" ")
        verb = forms[-1 if gender == "p" else 0]
    return words("не" * negative, verb)


class Grammar:
    """Draws sentences; the same seed draws the same sentences."""

    def __init__(self, seed: int, *, older: float = 0.0, unknown: float = 0.0) -> None:
        self.rng = random.Random(seed)
        self.nouns = Nouns(self.rng, older=older, unknown=unknown)
        self.older = older

    def sentences(self) -> Iterator[Sentence]:
        """Sentences without end."""
        frames = PLANS["frames"]["list"]
        weights = [frame["weight"] for frame in frames]
        while True:
            sentence = self.sentence(self.rng.choices(frames, weights)[0])
            yield self.other_quotes(sentence) if self.rng.random() < self.older / 2 else sentence

    def other_quotes(self, sentence: Sentence) -> Sentence:
        """The same sentence with straight or Swiss quotation marks in German."""
        opening, closing = self.rng.choice(['""', "«»"])
        return sentence._replace(de=sentence.de.replace("„", opening).replace("“", closing))

    def sentence(self, frame: Entry) -> Sentence:
        """One sentence in the given frame."""
        tense_filter = frame.get("tenses", TENSES)
        slots = {match[1] for match in SLOT.finditer(frame["de"])}
        used: set[str] = set()
        bound: dict[str, Any] = {}
        for name in sorted(slots - {"front"}):
            if name == "a" and "c" in slots:
                bound[name] = self.clause("verb", tense_filter)
            elif name in ("a", "b"):
                kind = "event" if self.rng.random() < 0.27 else "verb"
                bound[name] = self.clause(kind, tense_filter, fronted="front" in slots)
            elif name == "s":
                bound[name] = self.clause("speech", ("past", "past", "present", "perfect"), fronted="front" in slots)
            elif name == "c":
                bound[name] = self.clause("verb", tense_filter, after=bound["a"])
            else:
                bound[name] = self.slot(name, used)
        front = self.adverbial(plain=frame.get("front") == "plain") if "front" in slots else ("", "", "")
        result = []
        for language, adverbial in zip(LANGUAGES, front, strict=True):
            template = frame[language].replace("{front}", adverbial)
            text = self.fill(template, language, bound)
            result.append(text if "lower" in frame else capital(text))
        return Sentence(result[0], result[1], russian_prepositions(result[2]))

    def slot(self, name: str, used: set[str]) -> Phrase:
        """A phrase for a slot that names nobody twice in one clause."""
        kind = name.rstrip("0123456789")
        if kind in ("date", "number", "state", "term"):
            return getattr(self, kind)()
        while True:
            found = self.nouns.draw(kind)
            if not found.names & used:
                used |= found.names
                return found

    def date(self) -> Phrase:
        """A day, sometimes with its year."""
        de, en, ru = self.rng.choice(PLANS["states"]["months"]).split("|")
        day = self.rng.randint(1, 28 if de == "Februar" else 30)
        year = self.rng.choice(PLANS["states"]["years"]) if self.rng.random() < 0.25 else None
        tail, russian_tail = (f" {year}", f" {year} года") if year else ("", "")
        return Phrase({"": f"{day}. {de}{tail}"}, {"": f"{day} {en}{tail}"}, {"": f"{day} {ru}{russian_tail}"})

    def number(self) -> Phrase:
        """A number from 2 to 9500 that asks for a Russian plural."""
        while True:
            value = self.rng.choice(
                [self.rng.randint(2, 30), self.rng.randint(31, 999), 100 * self.rng.randint(10, 95)]
            )
            if value % 10 != 1 or value % 100 == 11:
                return Phrase({"": str(value)}, {"": str(value)}, {"": str(value)})

    def state(self) -> Phrase:
        """A predicate of the situation."""
        de, en, instrumental, short = self.rng.choice(PLANS["states"]["list"])
        return Phrase({"de": de}, {"": en}, {"ins": instrumental, "short": short})

    def term(self) -> Phrase:
        """A term alone."""
        de, en, ru = self.rng.choice(PLANS["states"]["terms"]).split("|")
        return Phrase({"": de}, {"": en}, {"": ru})

    def adverbial(self, *, plain: bool = False) -> tuple[str, str, str]:
        """An adverbial for the beginning in three languages: `plain` without "according to"."""
        barred = {"past", "said"} if plain else {"past"}
        return self.one_of([row for row in PLANS["adverbials"]["list"] if barred.isdisjoint(row)])

    def inner_adverbial(self, tense: str) -> tuple[str, str, str]:
        """An adverbial that may stand inside a clause in the given tense."""
        barred = set() if tense in ("past", "perfect") else {"past"}
        return self.one_of([row for row in PLANS["adverbials"]["list"] if "mid" in row and barred.isdisjoint(row)])

    def one_of(self, rows: list[Entry]) -> tuple[str, str, str]:
        """One of the adverbials with its slots filled."""
        row = self.rng.choices(rows, [row.get("weight", 1) for row in rows])[0]
        bound = {match[1]: self.slot(match[1], set()) for match in SLOT.finditer(row["de"])}
        return tuple(self.fill(row[language], language, bound) for language in LANGUAGES)  # type: ignore[return-value]

    def fill(self, template: str, language: str, bound: Any) -> str:
        """The template with its slots filled in one language."""

        def form(match: re.Match[str]) -> str:
            name, wanted = match[1], match[2] or ""
            forms: dict[str, str] = getattr(bound[name], language)
            if "/" in wanted:
                few, many = wanted.split("/")
                value = int(forms[""])
                return few if value % 10 in (2, 3, 4) and value % 100 not in (12, 13, 14) else many
            return forms[""] if language == "en" and wanted not in forms else forms[wanted]

        return SLOT.sub(form, template)

    def clause(
        self, kind: str, allowed: Sequence[str], *, fronted: bool = False, after: Clause | None = None
    ) -> Clause:
        """A clause of a kind (verb, speech, event) in an allowed tense, with the subject of `after` if given."""
        plans = [plan for plan in PLANS[kind] if tenses_of(plan) & set(allowed)]
        if after:
            plans = [plan for plan in plans if after.by in plan["by"]]
        plan = self.rng.choice(plans)
        tense = self.rng.choice([t for t in allowed if t in tenses_of(plan)])
        negative = kind != "speech" and not plan.get("affirmative") and self.rng.random() < 0.13
        templates = [plan.get(key, "") for key in ("de_object", "de_rest")] + plan.get("subject", [])[:1]
        slots = sorted({match[1] for template in templates for match in SLOT.finditer(template)})
        used: set[str] = set(after.subject.names) if after else set()
        bound = {name: self.slot(name, used) for name in slots}
        by = "event" if "subject" in plan else after.by if after else self.rng.choice(plan["by"])
        subject = after.subject if after else self.event_subject(plan, bound) if by == "event" else self.slot(by, used)
        mid = ("", "", "")
        if not fronted and "date" not in slots and self.rng.random() < 0.22:
            mid = self.inner_adverbial(tense)
        return Clause(
            self.german_orders(plan, tense, subject, self.german_rest(plan, bound, negative=negative), mid[0]),
            self.english_orders(plan, tense, subject, bound, mid[1], negative=negative),
            self.russian_orders(plan, tense, subject, bound, mid[2], negative=negative),
            subject,
            by,
        )

    def event_subject(self, plan: Entry, bound: dict[str, Phrase]) -> Phrase:
        """The subject that an event brings with it."""
        de, en, ru = (self.fill(plan["subject"][i], language, bound) for i, language in enumerate(LANGUAGES))
        plural = plan["subject"][3] == "p"
        return Phrase({"": de}, {"": en}, {"": ru}, plan["subject"][3], plural, plural)

    def english_orders(
        self, plan: Entry, tense: str, subject: Phrase, bound: Any, mid: str, *, negative: bool
    ) -> dict[str, str]:
        """The English clause."""
        verb = english_verb(plan, tense, plural=subject.plural_en, negative=negative)
        rest = self.fill(plan["en"][3], "en", bound) if len(plan["en"]) > 3 else ""
        text = words(subject.en[""], verb, rest, mid)
        return {"": text, "cap": capital(text), "rest": words(verb, rest, mid)}

    def russian_orders(
        self, plan: Entry, tense: str, subject: Phrase, bound: Any, mid: str, *, negative: bool
    ) -> dict[str, str]:
        """The Russian clause with the subject before or after the verb."""
        verb = russian_verb(plan, tense, subject.gender, negative=negative)
        rest = self.fill(plan["ru"][3], "ru", bound) if len(plan["ru"]) > 3 else ""
        text = words(subject.ru[""], mid, verb, rest)
        return {
            "": text,
            "cap": capital(text),
            "inv": words(mid, verb, subject.ru[""], rest),
            "rest": words(mid, verb, rest),
        }

    def german_rest(self, plan: Entry, bound: Any, *, negative: bool) -> tuple[str, str, str]:
        """What stands between the finite verb and the end: the object, "nicht", the rest."""
        before, after = (self.fill(plan.get(key, ""), "de", bound) for key in ("de_object", "de_rest"))
        return before, "nicht" * negative, after

    def german_orders(
        self, plan: Entry, tense: str, subject: Phrase, after: tuple[str, str, str], mid: str
    ) -> dict[str, str]:
        """The German clause with the verb in second place, first and last."""
        forms, plural, prefix = plan["de"], subject.plural, plan.get("prefix", "")
        pronoun = plan.get("pronoun", "")
        if tense == "perfect":
            auxiliary, end = forms[4].split(" ")
            finite = {"hat": "haben", "ist": "sind"}[auxiliary] if plural else auxiliary
            last = f"{end} {finite}"
        elif tense == "future":
            finite, end = ("werden" if plural else "wird"), prefix + forms[3]
            last = f"{end} {finite}"
        else:
            finite = forms[(0 if tense == "past" else 2) + plural]
            end = prefix
            last = f"{end} {finite}" if finite in ("wurde", "wurden") else end + finite
        given = subject.de.get("nom", subject.de[""])
        obj, negation, rest = after
        return {
            "": words(given, finite, pronoun, mid, obj, negation, rest, end),
            "cap": capital(words(given, finite, pronoun, mid, obj, negation, rest, end)),
            "inv": words(finite, pronoun, given, mid, obj, negation, rest, end),
            "rest": words(finite, pronoun, mid, obj, negation, rest, end),
            "sub": words(pronoun, given, mid, obj, negation, rest, last),
        }
