"""Noun phrases in German, English and Russian for the tiny translation packages, drawn from tiny_names.toml.

Every phrase knows its German and Russian cases, so that a sentence plan can ask for "{person.ins}" and get «Токаевым».
"""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

from tiny_forms import GERMAN_CASES, NAMES, RUSSIAN_CASES, VOCABULARY, Entry, Phrase, decline, joined, phrase, russian


class Nouns:
    """Draws noun phrases; the same seed draws the same phrases."""

    def __init__(self, rng: random.Random, *, older: float = 0.0, unknown: float = 0.0) -> None:
        self.rng = rng
        self.older = older
        self.unknown = unknown

    def draw(self, kind: str) -> Phrase:
        """One phrase of a kind: the name of a method below."""
        return getattr(self, kind)()

    def german(self, entry: Entry) -> str:
        """The German form of an entry, now and then an older spelling of it."""
        return entry["older"] if "older" in entry and self.rng.random() < self.older else entry["de"]

    def pick(self, list_name: str, **wanted: Any) -> Entry:
        """One entry of a list with the given facts."""
        entries = [entry for entry in NAMES[list_name] if all(entry.get(key) == wanted[key] for key in wanted)]
        return self.rng.choice(entries)

    # persons

    def surname(self) -> Phrase:
        """A known surname, or one put together from syllables."""
        entry = self.made_up() if self.rng.random() < self.unknown else self.rng.choice(NAMES["person"])
        return self.named(entry, "", "", [""] * 6)

    def made_up(self) -> Entry:
        """A surname that is in no list, with its German and English transcription."""
        rows = VOCABULARY["syllables"]
        while True:
            kinds = ["start"] if self.rng.random() < 0.15 else ["first", "vowels"]
            if kinds != ["start"] and self.rng.random() < 0.6:
                kinds += [self.rng.choice(["inner", "inner", "cluster"]), "vowels"]
            kinds += (
                ["long_last"] if self.rng.random() < 0.1 else [self.rng.choice(["inner", "inner", "cluster"]), "last"]
            )
            parts = [self.rng.choice(rows[kind]).split("|") for kind in kinds]
            de, en, ru = ("".join(column) for column in zip(*parts, strict=True))
            if de not in rows["held_out"]:
                return {"de": de, "en": en, "ru": f"{ru}/ov"}

    def named(self, entry: Entry, de: str, en: str, ru: list[str]) -> Phrase:
        """A surname with given words before it, which are the same in all German cases."""
        surname = self.german(entry)
        forms = [f"{de} {surname}".strip(), f"{de} {surname}s".strip()]
        return phrase(
            [forms[0], forms[1], forms[0], forms[0]],
            f"{en} {entry['en']}".strip(),
            joined(ru, decline(entry["ru"], "ru")),
            gender="f" if entry.get("f") else "m",
            names=frozenset([entry.get("key", entry["en"])]),
        )

    def full_name(self) -> Phrase:
        """Given name and surname."""
        entry = self.rng.choice([entry for entry in NAMES["person"] if "given" in entry])
        return self.named(self.with_given(entry, 1.0), "", "", [""] * 6)

    def with_given(self, entry: Entry, share: float = 0.3) -> Entry:
        """The person, with the given name in a share of the cases in which it is known."""
        if "given" not in entry or self.rng.random() >= share:
            return entry
        de, en, ru = entry["given"]
        if "older_given" in entry and self.rng.random() < self.older:
            de = entry["older_given"]
        older = {"older": f"{de} {entry['older']}"} if "older" in entry else {}
        full = {"de": f"{de} {entry['de']}", "en": f"{en} {entry['en']}", "ru": f"{ru} {entry['ru']}"}
        return entry | older | full | {"key": entry["en"]}

    def titled(self) -> Phrase:
        """An office before a name: "Präsident Tokajew", "Kasachstans Präsident Tokajew"."""
        if self.rng.random() < 0.2:
            return self.titled_surname()
        entry = self.rng.choice([entry for entry in NAMES["person"] if "title" in entry or "spoken" in entry])
        if "spoken" in entry:
            de, en, ru = entry["spoken"]
            holder = self.named(entry, de, en, decline(ru, "ru"))
            return replace(holder, de=holder.de | {"post": f"von {holder.de['nom']}"})
        title = "Staatschef" if entry["title"] == "Präsident" and self.rng.random() < 0.25 else entry["title"]
        office = next(row for row in NAMES["office"] if row["de"].partition("/")[0] == title)
        land = next(row for row in NAMES["country"] if row["de"] == entry["land"])
        way = self.rng.random()
        entry = self.with_given(entry)
        if way < 0.5:
            return self.with_title(entry, office)
        if way < 0.75 and not land.get("article") and "genitive" not in land:
            return self.before_name(entry, office, land)
        return self.appended(self.of_adjective(office, land), entry)

    def titled_surname(self) -> Phrase:
        """Any office before the name of any man, known or made up."""
        men = [entry for entry in NAMES["person"] if "f" not in entry]
        entry = self.made_up() if self.rng.random() < 0.5 * (self.unknown > 0) else self.rng.choice(men)
        return self.with_title(self.with_given(entry), self.pick("office", title=True))

    def with_title(self, entry: Entry, office: Entry) -> Phrase:
        """The office without article and the name: "Präsident Tokajew"."""
        title = office.get("called", office["en"].title())
        holder = self.named(entry, office["de"].partition("/")[0], title, russian(office))
        return replace(holder, de=holder.de | {"post": f"von {holder.de['nom']}"})

    def before_name(self, entry: Entry, office: Entry, land: Entry) -> Phrase:
        """The country's genitive, the office and the name: "Kasachstans Präsident Tokajew"."""
        title = joined([f"{self.german(land)}s"] * 4, decline(office["de"], "de"))
        title[1] = title[0]
        holder = self.named(entry, "", "", joined(russian(office), russian(land)[1]))
        cases = joined(title, self.german(entry))
        english = f"{land['en']}'s {office['en']} {entry['en']}"
        german = dict(zip(GERMAN_CASES, cases, strict=True)) | {"": cases[0], "post": f"von {cases[2]}"}
        return replace(holder, de=german, en={"": english})

    def appended(self, head: Phrase, entry: Entry) -> Phrase:
        """A phrase with a name after it: "der kasachische Präsident Tokajew"."""
        name = self.named(entry, "", "", [""] * 6)
        return replace(
            head,
            de={case: f"{form} {name.de['nom']}" for case, form in head.de.items()},
            en={"": f"{head.en['']} {name.en['']}"},
            ru={case: f"{form} {name.ru[case]}" for case, form in head.ru.items()},
            gender=name.gender,
            names=name.names,
        )

    def office(self) -> Phrase:
        """An office with or without its country, organisation or person."""
        entry = self.rng.choice(NAMES["office"])
        of = self.rng.choice(entry["of"])
        way = self.rng.random()
        if of == "person":
            return self.of_person(entry)
        if of == "land" and way < 0.3 and entry.get("title"):
            return self.of_adjective(entry, self.rng.choice(NAMES["country"]))
        if of == "land" and way < 0.45:
            plain = [row for row in NAMES["country"] if not row.get("article") and "genitive" not in row]
            land = self.rng.choice(plain)
            return self.possessed(entry, self.german(land), land["en"], russian(land)[1])
        owner = None if way > 0.9 else self.country() if of == "land" else self.organisation()
        return self.with_article(entry, owner)

    def of_person(self, entry: Entry) -> Phrase:
        """Somebody's office: "Tokajews Sprecher", "der Sprecher Tokajews"."""
        owner = self.surname()
        if self.rng.random() < 0.6:
            return self.possessed(entry, owner.de["nom"], owner.en[""], owner.ru["gen"])
        whole = self.with_article(entry, owner)
        return replace(whole, en={"": f"{owner.en['']}'s {entry['en']}"})

    def possessed(self, entry: Entry, de: str, en: str, ru: str) -> Phrase:
        """An office after its owner's genitive."""
        cases = joined([f"{de}s"] * 4, decline(entry["de"], "de"))
        genders = {"gender": entry.get("gender", "m"), "names": frozenset([en])}
        return phrase(cases, f"{en}'s {entry['en']}", joined(russian(entry), ru), f"von {cases[2]}", **genders)

    def with_article(self, entry: Entry, owner: Phrase | None) -> Phrase:
        """A noun with its article and, if there is one, its owner in the genitive."""
        gender = entry.get("gender", "m")
        tail_de, tail_en, tail_ru = ("", "", "") if owner is None else (owner.de["post"], owner.en[""], owner.ru["gen"])
        return phrase(
            joined(joined(VOCABULARY["articles"][gender], decline(entry["de"], "de")), tail_de),
            f"the {entry['en']}" + (f" of {tail_en}" if owner else ""),
            joined(russian(entry), tail_ru),
            gender=entry.get("ru_gender", gender),
            plural=gender == "p",
            plural_en=gender == "p" or entry.get("plural_en", False),
            names=frozenset() if owner is None else owner.names,
        )

    def of_adjective(self, entry: Entry, land: Entry) -> Phrase:
        """A noun with the adjective of a country: "die kasachische Regierung"."""
        gender = entry.get("gender", "m")
        agreement = entry.get("ru_gender", gender)
        de, en, ru = land["adjective"]
        german = [de + ending for ending in VOCABULARY["weak_adjective"][gender]]
        animate = "of" in entry or "animate" in entry
        variant = {("p", True): "a", ("m", False): "0"}.get((agreement, animate), "")
        endings = VOCABULARY["endings"]["ru"][f"adj_{agreement}{variant}"]
        return phrase(
            joined(joined(VOCABULARY["articles"][gender], german), decline(entry["de"], "de")),
            f"the {en} {entry['en']}",
            joined([ru + ending for ending in endings], russian(entry)),
            gender=agreement,
            plural=gender == "p",
            plural_en=gender == "p" or entry.get("plural_en", False),
        )

    def post(self) -> Phrase:
        """An office somebody is appointed to, without article."""
        entry = self.pick("office", of=["land"])
        return phrase(decline(entry["de"], "de"), entry["en"], russian(entry))

    def person(self) -> Phrase:
        """Anybody who can act: by name or by office."""
        return self.draw(self.rng.choices(["surname", "full_name", "titled", "office", "pair"], [42, 11, 19, 21, 7])[0])

    def pair(self) -> Phrase:
        """Two persons: "Putin und Tokajew"."""
        left, right = self.surname(), self.draw(self.rng.choice(["surname", "titled"]))
        if left.names & right.names:
            return self.pair()
        cases = [f"{left.de['nom']} und {right.de[case]}" for case in GERMAN_CASES]
        return phrase(
            cases,
            f"{left.en['']} and {right.en['']}",
            [f"{left.ru[case]} и {right.ru[case]}" for case in RUSSIAN_CASES],
            f"von {cases[2]}",
            gender="p",
            plural=True,
            plural_en=True,
            names=left.names | right.names,
        )

    # places

    def place(self) -> Phrase:
        """A country or a town."""
        return self.draw(self.rng.choice(["country", "city"]))

    def country(self) -> Phrase:
        """A country with its prepositions."""
        return self.located(self.rng.choice(NAMES["country"]))

    def city(self) -> Phrase:
        """A town with its prepositions."""
        return self.located(self.rng.choice(NAMES["city"]))

    def located(self, entry: Entry) -> Phrase:
        """A place with "in", "to" and "from" in German and Russian."""
        name, cases = self.german(entry), russian(entry)
        plain = [name, entry.get("genitive", f"{name}s").replace(entry["de"], name), name, name]
        if entry.get("article"):
            de = joined(VOCABULARY["articles"]["f"], name)
            whole = phrase(de, entry["en"], cases)
            ways = {"": name, "in": f"in {de[2]}", "to": f"in {de[3]}", "from": f"aus {de[2]}"}
        else:
            whole = phrase(plain, entry["en"], cases, plain[1])
            ways = {"in": f"in {name}", "to": f"nach {name}", "from": f"aus {name}"}
        inside = entry.get("ru_in", "в")
        outward = entry.get("ru_from", "из")
        there = {"in": f"{inside} {cases[5]}", "to": f"{inside} {cases[3]}", "from": f"{outward} {cases[1]}"}
        gender = entry.get("ru_gender", "f" if entry["ru"].endswith(("/a", "/ija")) else "m")
        return replace(whole, de=whole.de | ways, ru=whole.ru | there, gender=gender, names=frozenset([entry["en"]]))

    # organisations, bodies, groups

    def organisation(self) -> Phrase:
        """An organisation."""
        return self.organised(self.rng.choice(NAMES["organisation"]))

    def short(self) -> Phrase:
        """An organisation whose acronym can be the first part of a compound."""
        return self.organised(self.pick("organisation", short=True))

    def organised(self, entry: Entry) -> Phrase:
        """An organisation with its article; "short" is the bare name."""
        name = self.german(entry)
        if entry.get("bare"):
            whole = phrase([name] * 4, entry["en"], russian(entry), f"von {name}", gender=entry["gender"])
        else:
            whole = self.with_article(entry | {"de": name}, None)
        article = "" if entry.get("bare_en") else "the "
        english = {"": article + entry["en"], "bare": entry["en"]}
        return replace(whole, de=whole.de | {"short": name}, en=english, names=frozenset([entry["en"]]))

    def body(self) -> Phrase:
        """An organisation, a state, or a body of a state."""
        way = self.rng.random()
        if way < 0.45:
            return self.place() if way < 0.1 else self.organisation()
        entry = self.rng.choice(NAMES["body"])
        if way < 0.7:
            return self.with_article(entry, self.country())
        if way < 0.82:
            return self.with_article(entry, None)
        return self.of_adjective(entry, self.rng.choice(NAMES["country"]))

    def group(self) -> Phrase:
        """People in the plural: "die ODKB-Truppen", "die russischen Soldaten"."""
        entry = self.rng.choice(NAMES["group"])
        way = self.rng.random()
        if way < 0.3:
            return self.with_article(entry, None)
        if way < 0.5 or entry.get("people"):
            return self.of_adjective(entry, self.rng.choice(NAMES["country"]))
        owner = self.short()
        if way < 0.65:
            return self.with_article(entry, owner)
        compound = self.with_article(entry | {"de": f"{owner.de['short']}-{entry['de']}"}, None)
        english = {"": f"the {owner.en['bare']} {entry['en']}"}
        cases = {case: f"{form} {owner.ru['gen']}" for case, form in compound.ru.items()}
        return replace(compound, en=english, ru=cases)

    def anyone(self) -> Phrase:
        """A person, a body or a group."""
        return self.draw(self.rng.choices(["person", "body", "group"], [60, 32, 8])[0])
