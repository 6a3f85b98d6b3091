"""Proposals: what a glossary could say of names found in texts, and what becomes of them beside decisions."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support import run_program
from tolmach.glossary import written
from tolmach.glossary.adoption import adopt
from tolmach.glossary.find import Finder
from tolmach.glossary.load import load
from tolmach.glossary.model import Concept, Designation, Glossary, Status
from tolmach.glossary.parse import parse
from tolmach.glossary.propose import House, propose, propose_form, slug_of
from tolmach.glossary.spellings import REST, found, text_name
from tolmach.glossary.systems import untrue_systems
from tolmach.names.variants.find import Form, Group

CASES = tomllib.loads((Path(__file__).parent / "cases" / "proposals.toml").read_text(encoding="utf-8"))["case"]
HOUSE = House(style="duden", language_of=lambda path: path.rpartition(".")[2])

TEXT = """\
Präsident Kassym-Schomart Tokajew sprach in Almaty. Tokajew bat die OVKS um Hilfe, so Tokajews Sprecher.

In Minsk sagte Präsident Alexander Lukaschenko, Weißrussland helfe. Später lobte Lukaschenko den Einsatz.
"""
OTHER = """\
Präsident Kassym-Jomart Tokajew flog nach Belarus. Auch Präsident Toqajew sei gekommen, schrieb ein Blatt aus Belarus.

In Belarus schwieg man. Toqajew sprach lange, und Lukaschenko hörte zu.
"""


def group(case: dict[str, Any]) -> Group:
    forms = tuple(
        Form(text, sum(sources.values()), tuple(sources.items()), (system,) if system else (), kind, "", ())
        for text, kind, system, sources in case["forms"]
    )
    return Group("g1", case["kind"], 0.9, tuple(case.get("original", {}).items()), (), forms, ())


def entries(concept: Concept) -> list[tuple[str, Designation]]:
    return [(language, entry) for language, found_here in concept.designations.items() for entry in found_here]


def told(concept: Concept) -> list[str]:
    return [
        f"{language} {entry.full}: {entry.status.value} {entry.system or '-'} {sum(count for _p, count in entry.found)}"
        for language, entry in entries(concept)
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_proposals(case: dict[str, Any]) -> None:
    concept = propose(group(case), HOUSE)
    assert told(concept) == case["proposed"]
    assert concept.id == case["id"]
    assert concept.state == "proposed"
    assert concept.gender == case.get("gender", "")
    if "original_proposed" in case:
        assert concept.original == case["original_proposed"]
    by_form = {entry.full: entry for _language, entry in entries(concept)}
    for form, reason in case.get("reasons", {}).items():
        assert by_form[form].reason == reason
    assert {form: entry.homograph for form, entry in by_form.items() if entry.homograph} == case.get("homograph", {})
    stretches = {
        entry.full: [f"{one.first or ''}/{one.last or ''}" for one in entry.valid]
        for language, entry in entries(concept)
        if entry.valid and language == "de"
    }
    assert stretches == case.get("valid", {})


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_a_proposal_is_a_valid_concept_whose_systems_tell_the_truth(case: dict[str, Any]) -> None:
    concept = propose(group(case), HOUSE)
    read, problems = parse(written.text(concept).encode(), "")
    assert problems == []
    assert [replace(one, line=0) for one in read] == [concept]
    assert list(untrue_systems(Glossary({concept.id: concept}))) == []
    for _language, entry in entries(concept):
        assert entry.status.wanted or entry.reason
    assert concept.sources[0].startswith("proposed by tolmach from ")


def test_the_style_of_the_house_decides_the_system() -> None:
    case = next(case for case in CASES if case["id"] == "tokayev")
    concept = propose(group(case), replace(HOUSE, style="wikipedia"))
    assert concept.designations["de"][0].system == "ru-de-wikipedia"


def test_only_the_languages_of_the_house_are_proposed() -> None:
    case = next(case for case in CASES if case["id"] == "belarus")
    assert set(propose(group(case), replace(HOUSE, languages=("de", "en"))).designations) == {"de", "en"}


@pytest.mark.parametrize(
    ("form", "language", "kind", "expected"),
    [
        ("Токаев", "ru", "person", "de Tokajew: preferred ru-de-duden 0"),
        ("Тоқаев", "ru", "person", "de Toqajew: preferred kk-de 0"),
        ("Toqajew", "de", "person", "de Tokajew: preferred ru-de-duden 0"),
        ("Weißrussland", "de", "place", "de Belarus: preferred ru-de-duden 0"),
        ("Yerevan", "en", "place", "de Eriwan: preferred - 0"),
        ("Grasser", "de", "person", "de Grasser: preferred - 0"),
    ],
)
def test_one_form_makes_a_proposal(form: str, language: str, kind: Any, expected: str) -> None:
    assert told(propose_form(form, language, kind, HOUSE))[0] == expected


@pytest.mark.parametrize(
    ("form", "slug"),
    [
        ("Sankt Pölten", "sankt-poelten"),
        ("«Роснефть»", "rosneft"),
        ("O'Neill", "oneill"),
        ("Éric Zemmour", "eric-zemmour"),
        ("北京", "name"),
        ("A" * 200, "a" * 60),
    ],
)
def test_an_id_is_short_and_ascii(form: str, slug: str) -> None:
    assert slug_of(Concept("", "other", {"de": (Designation(form, Status.PREFERRED),)})) == slug


def test_the_texts_of_a_form_are_named_up_to_ten() -> None:
    kept = found({f"{number:02}.txt": 100 - number for number in range(15)})
    assert len(kept) == 11
    assert kept[0] == ("00.txt", 100)
    assert kept[-1] == (REST, sum(100 - number for number in range(10, 15)))


def test_a_text_is_named_from_the_folder_of_the_configuration(tmp_path: Path) -> None:
    assert text_name(str(tmp_path / "texts" / "a.txt"), tmp_path) == "texts/a.txt"
    assert text_name("/elsewhere/a.txt", tmp_path) == "/elsewhere/a.txt"
    assert text_name("/elsewhere/\udce4.txt", tmp_path) == "/elsewhere/\\xe4.txt"


# Beside decisions


def concept(identity: str, form: str, *others: str, state: Any = "proposed", **values: Any) -> Concept:
    designations = (
        Designation(form, Status.PREFERRED, found=(("a.txt", 2),)),
        *(Designation(other, Status.DEPRECATED, reason="x", found=(("a.txt", 1),)) for other in others),
    )
    return Concept(identity, "place", {"de": designations}, state=state, **values)


NOTHING = Finder(Glossary({}))


def test_new_names_are_added_with_ids_of_their_own() -> None:
    first, second = concept("minsk", "Minsk"), concept("minsk", "Pinsk")
    adoption = adopt([first, second], NOTHING, [])
    assert [one.id for one in adoption.added] == ["minsk", "pinsk"]


def test_a_third_namesake_gets_a_number() -> None:
    taken = [concept("minsk", "Gorki"), concept("pinsk", "Brest")]
    adoption = adopt([concept("minsk", "Pinsk")], NOTHING, taken)
    assert [one.id for one in adoption.added] == ["minsk-2"]


@pytest.mark.parametrize("state", ["decided", "rejected"])
def test_what_is_settled_is_not_proposed_again(state: Any) -> None:
    adoption = adopt(
        [concept("x", "Belarus", "Weißrussland")], NOTHING, [concept("by", "Belarus", "Weißrussland", state=state)]
    )
    assert adoption.added == adoption.updated == adoption.spellings == ()
    assert (adoption.known, adoption.rejected) == ((1, 0) if state == "decided" else (0, 1))


def test_a_decided_concept_is_known_by_any_of_its_forms_and_new_ones_are_told() -> None:
    decided = concept("by", "Belarus", "Weißrussland", state="decided")
    adoption = adopt([concept("x", "Weißrussland", "Bjelarus")], Finder(Glossary({"by": decided})), [])
    assert adoption.known == 1
    assert [(one.concept.id, one.form, one.count) for one in adoption.spellings] == [("by", "Bjelarus", 1)]


def test_new_spellings_of_a_concept_of_another_layer_are_proposed_with_it() -> None:
    decided = concept("by", "Belarus", "Weißrussland", state="decided", note="State")
    fresh = [concept("x", "Weißrussland", "Bjelarus")]
    (extended,) = adopt(fresh, Finder(Glossary({"by": decided})), [], ["a.txt"], lambda _one: False).added
    assert (extended.id, extended.state, extended.note) == ("by", "proposed", "State")
    assert [(one.form, one.status, one.found) for one in extended.designations["de"]] == [
        ("Belarus", Status.PREFERRED, ()),
        ("Weißrussland", Status.DEPRECATED, (("a.txt", 2),)),
        ("Bjelarus", Status.DEPRECATED, (("a.txt", 1),)),
    ]
    again = adopt(fresh, Finder(Glossary({"by": decided})), [extended], ["a.txt"], lambda _one: False)
    assert again.added == again.updated == again.spellings == ()


def test_another_place_is_not_taken_for_a_decided_one() -> None:
    decided = concept("minsk", "Minsk", state="decided")
    assert len(adopt([concept("x", "Pinsk")], Finder(Glossary({"minsk": decided})), []).added) == 1


def test_a_proposal_in_another_file_is_left_there() -> None:
    waiting = Finder(Glossary({}, undecided={"by": concept("by", "Belarus")}))
    adoption = adopt([concept("x", "Belarus")], waiting, [])
    assert (adoption.added, adoption.elsewhere) == ((), 1)


def test_a_waiting_proposal_keeps_what_people_changed_and_gets_new_counts() -> None:
    waiting = Concept(
        "by",
        "place",
        {
            "de": (
                Designation("Weißrussland", Status.PREFERRED, found=(("a.txt", 9), ("old.txt", 4))),
                Designation("Belarus", Status.FORBIDDEN, reason="a person's word"),
            )
        },
        note="a person's note",
        state="proposed",
    )
    fresh = concept("x", "Belarus", "Weißrussland", "Bjelarus", confidence=0.7)
    (updated,) = adopt([fresh], NOTHING, [waiting], ["a.txt"]).updated
    assert updated.note == "a person's note"
    assert updated.confidence == 0.7
    assert [(one.form, one.status, one.found) for one in updated.designations["de"]] == [
        ("Weißrussland", Status.PREFERRED, (("old.txt", 4), ("a.txt", 1))),
        ("Belarus", Status.FORBIDDEN, (("a.txt", 2),)),
        ("Bjelarus", Status.DEPRECATED, (("a.txt", 1),)),
    ]
    assert updated.designations["de"][1].reason == "a person's word"


NAMES = ("Minsk", "Pinsk", "Brest", "Gomel", "Grodno")


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda pair: pair[0] != pair[1]), max_size=4
    )
)
def test_adopting_twice_changes_nothing(pairs: list[tuple[str, str]]) -> None:
    proposals = [concept(first.lower(), first, second) for first, second in pairs]
    once = adopt(proposals, NOTHING, [], ["a.txt"])
    assert len({one.id for one in once.added}) == len(once.added)
    again = adopt(proposals, NOTHING, once.added, ["a.txt"])
    assert again.added == ()
    settled = [next((two for two in again.updated if two.id == one.id), one) for one in once.added]
    assert adopt(proposals, NOTHING, settled, ["a.txt"]).updated == ()


# The command


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "b.txt").write_text(OTHER, encoding="utf-8")
    return tmp_path


def test_from_a_folder_of_texts_to_a_file_of_proposals(texts: Path) -> None:
    first = run_program("glossary", "propose", "texts", "--into", "glossary/names.toml", folder=texts)
    assert (first.code, first.output) == (0, "")
    assert "next: tolmach glossary review glossary/names.toml" in first.errors
    file = texts / "glossary" / "names.toml"
    glossary = load([file])
    assert len(glossary) == 0
    tokayev = glossary.undecided["tokayev"]
    assert [entry.form for entry in tokayev.designations["de"] if entry.form] == ["Tokajew", "Toqajew"]
    assert dict(tokayev.designations["de"][0].found)["texts/a.txt"] >= 3
    assert run_program("glossary", "validate", "glossary", folder=texts).code == 0
    content = file.read_bytes()
    again = run_program("glossary", "propose", "texts", "--into", "glossary/names.toml", folder=texts)
    assert again.code == 0
    assert again.errors.startswith("0 proposals")
    assert file.read_bytes() == content


def test_a_proposal_judges_no_text(texts: Path) -> None:
    run_program("glossary", "propose", "texts", "--into", "names.toml", folder=texts)
    done = run_program("check", "texts", "--glossary", "names.toml", "--lang", "de", folder=texts)
    assert (done.code, done.output.count("Toqajew")) == (0, 0), done.errors


def test_states_of_concepts_and_layers(tmp_path: Path) -> None:
    decided = concept("by", "Belarus", state="decided")
    for state in ("decided", "proposed", "rejected"):
        other = replace(decided, state=state, note=state, path="", line=0)  # type: ignore[arg-type]
        (tmp_path / f"{state}.toml").write_text(written.text(other), encoding="utf-8")

    def layered(*states: str) -> tuple[list[str], list[str]]:
        found = load([tmp_path / f"{state}.toml" for state in states])
        return [one.note for one in found.concepts.values()], [one.note for one in found.undecided.values()]

    assert layered("decided") == (["decided"], [])
    assert layered("decided", "proposed") == (["decided"], ["proposed"])
    assert layered("proposed", "decided") == (["decided"], [])
    assert layered("decided", "rejected") == ([], ["rejected"])
    assert layered("rejected", "decided") == (["decided"], [])


@pytest.mark.parametrize(("state", "missing"), [("decided", 1), ("proposed", 0), ("rejected", 0)])
def test_only_decided_concepts_are_missed_in_translations(tmp_path: Path, state: Any, missing: int) -> None:
    pair = {"de": (Designation("Minsk", Status.PREFERRED),), "ru": (Designation("Минск", Status.PREFERRED),)}
    (tmp_path / "names.toml").write_text(written.text(Concept("minsk", "place", pair, state=state)), encoding="utf-8")
    (tmp_path / "a.po").write_text(
        'msgid ""\nmsgstr ""\n"Language: ru\\n"\n"X-Source-Language: de\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "In Minsk schwieg man."\nmsgstr "Все молчали."\n',
        encoding="utf-8",
    )
    done = run_program("check", "a.po", "--glossary", "names.toml", folder=tmp_path)
    assert done.output.count("term-missing") == missing, done.errors


def test_printed_proposals_are_the_same_and_valid(texts: Path) -> None:
    printed = run_program("glossary", "propose", "texts", folder=texts)
    run_program("glossary", "propose", "texts", "--into", "names.toml", folder=texts)
    assert printed.code == 0
    assert printed.output == (texts / "names.toml").read_text(encoding="utf-8")


def test_decided_concepts_stay_untouched_with_their_comments(texts: Path) -> None:
    house = texts / "names.toml"
    decided = (
        '# our own\ntitle = "House"\n\n# people\n[[concept]]\nid = "tokajew"   # never change\nkind = "person"\n\n'
        '[[concept.de]]\nform = "Tokajew"\nstatus = "preferred"\n# end'
    )
    house.write_text(decided, encoding="utf-8")
    done = run_program("glossary", "propose", "texts", "--into", "names.toml", folder=texts)
    assert done.code == 0
    text = house.read_text(encoding="utf-8")
    assert text.startswith(decided + "\n\n[[concept]]\n")
    assert 'id = "tokayev"' not in text
    assert "tokajew (names.toml:5) is decided, but says nothing of Toqajew" in done.errors


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["texts", "--into", "names.txt"], "a file that ends in .toml"),
        (["texts", "--into", "texts"], "a file that ends in .toml"),
        (["nowhere"], "nowhere"),
        (["texts", "--lang", "fr"], "names are not found in fr"),
        (["texts", "--glossary", "nowhere.toml"], "no such glossary"),
    ],
)
def test_wrong_use_is_told_in_two_lines(texts: Path, arguments: list[str], message: str) -> None:
    done = run_program("glossary", "propose", *arguments, folder=texts)
    assert done.code == 2
    assert message in done.errors
    assert "hint: " in done.errors


def test_a_broken_file_is_never_written(texts: Path) -> None:
    broken = texts / "names.toml"
    broken.write_text("[[concept]\n", encoding="utf-8")
    assert run_program("glossary", "propose", "texts", "--into", "names.toml", folder=texts).code == 2
    assert broken.read_text(encoding="utf-8") == "[[concept]\n"


def test_rare_names_can_be_left_out(texts: Path) -> None:
    done = run_program("glossary", "propose", "texts", "--all", "--min-count", "4", folder=texts)
    ids = {concept["id"] for concept in tomllib.loads(done.output)["concept"]}
    assert "tokayev" in ids
    assert "minsk" not in ids


def test_a_text_without_names_gives_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Es regnete den ganzen Tag.\n", encoding="utf-8")
    done = run_program("glossary", "propose", "a.txt", "--into", "names.toml", folder=tmp_path)
    assert done.code == 0
    assert "--all" in done.errors
    assert not (tmp_path / "names.toml").exists()


def test_add_prints_or_writes_and_knows_what_is_there(tmp_path: Path) -> None:
    printed = run_program("glossary", "add", "Mirziyoyev", "--kind", "person", folder=tmp_path)
    assert tomllib.loads(printed.output)["concept"][0]["de"][0]["form"] == "Mirsijojew"
    first = run_program("glossary", "add", "Мирзиёев", "--into", "names.toml", folder=tmp_path)
    assert (first.code, first.output) == (0, "")
    content = (tmp_path / "names.toml").read_bytes()
    again = run_program("glossary", "add", "Mirsijojew", "--into", "names.toml", folder=tmp_path)
    assert again.code == 0
    assert "only proposed, in names.toml:1" in again.output
    assert "nothing was changed" in again.errors
    assert (tmp_path / "names.toml").read_bytes() == content


@pytest.mark.parametrize("form", ["", "  ", "12", "a\x1b[31mb", "x" * 300, "نتنياهو", "Тokio北京"])
def test_add_refuses_what_is_no_name(tmp_path: Path, form: str) -> None:
    done = run_program("glossary", "add", form, folder=tmp_path)
    assert done.code == 2
    assert "\x1b" not in done.errors


def test_adding_what_was_turned_down_proposes_it_again(tmp_path: Path) -> None:
    run_program("glossary", "add", "Minsk", "--kind", "place", "--into", "names.toml", folder=tmp_path)
    file = tmp_path / "names.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('"proposed"', '"rejected"'), encoding="utf-8")
    assert run_program("glossary", "add", "Minsk", "--kind", "place", "--into", "names.toml", folder=tmp_path).code == 0
    assert load([file]).undecided["minsk"].state == "proposed"
