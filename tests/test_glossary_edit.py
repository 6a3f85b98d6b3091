"""Glossary files changed by program, compared and merged: nothing is lost that nobody asked to change."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support import run_program
from tolmach.errors import TolmachError
from tolmach.glossary import edit, written
from tolmach.glossary.diff import diff
from tolmach.glossary.merge import merge
from tolmach.glossary.model import Concept, Designation, Examples, Glossary, Status, Validity
from tolmach.glossary.parse import parse

ROOT = Path(__file__).resolve().parent.parent
HOUSE = sorted((ROOT / "glossary").glob("*.toml"))
SMALL = """\
# The names of the house
title = "House"

# -- Capitals --

[[concept]]   # since 1991
id = "minsk"
kind = "place"
note = '''
two lines, with
[[concept]]
in them'''
sources = [
  "one",   # the best
  "two",
]

[[concept.de]]
form = "Minsk"   # as ever
status = "preferred"
# end of Minsk

[[concept.ru]]
form = "Минск"
status = "preferred"

[concept.examples.de]
ok = ["Minsk schwieg."]
flag = ["In [Minks] schwieg man."]

# -- Persons --

[[concept]]
id = "alexander-lukashenko"
kind = "person"
state = "proposed"
  [[concept.de]]
  form = "Lukaschenko"
  given = "Alexander"
  status = "preferred"
  found = { "a.txt" = 3 }
# the end"""


def read(text: str) -> edit.GlossaryFile:
    return edit.cut(text.encode(), Path("a.toml"))


def entry(form: str, status: Status = Status.PREFERRED, **values: Any) -> Designation:
    return Designation(form, status, **values)


def concept(identity: str, *entries: Designation, **values: Any) -> Concept:
    return Concept(identity, "place", {"de": entries or (entry("Minsk"),)}, **values)


# A concept as text

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
TEXTS = WORDS.map(str.strip).filter(lambda text: any(sign.isalnum() for sign in text))
DAYS = st.none() | st.dates(date(1800, 1, 1), date(2100, 1, 1))
STRETCHES = st.builds(Validity, DAYS, DAYS).filter(
    lambda one: (one.first or one.last) is not None and (one.first or date.min) <= (one.last or date.max)
)
ENTRIES = st.builds(
    Designation,
    form=TEXTS,
    status=st.sampled_from(Status),
    given=st.just("") | TEXTS,
    system=st.just("") | TEXTS,
    reason=st.just("") | TEXTS,
    valid=st.lists(STRETCHES, max_size=2).map(tuple),
    forms=st.lists(TEXTS, max_size=2).map(tuple),
    indeclinable=st.booleans(),
    found=st.dictionaries(WORDS, st.integers(1, 10**6), max_size=3).map(lambda counts: tuple(counts.items())),
)
CONCEPTS = st.builds(
    Concept,
    id=st.from_regex(r"[a-z0-9]{1,8}", fullmatch=True),
    kind=st.sampled_from(["person", "place", "term"]),
    designations=st.dictionaries(
        st.sampled_from(["de", "en", "ru", "kk"]),
        st.lists(ENTRIES, min_size=1, max_size=3, unique_by=lambda one: (one.form, one.given)).map(tuple),
        min_size=1,
        max_size=3,
    ),
    original=st.dictionaries(st.sampled_from(["ru", "uk"]), TEXTS, max_size=2),
    note=st.just("") | TEXTS,
    state=st.sampled_from(["decided", "proposed", "rejected"]),
    confidence=st.sampled_from([0.0, 0.5, 1.0]),
    sources=st.lists(TEXTS, max_size=2).map(tuple),
    do_not_translate=st.booleans(),
    examples=st.dictionaries(st.just("de"), st.just(Examples(("Ja.",), ("[Nein].",))), max_size=1),
)


@settings(max_examples=60)
@given(CONCEPTS)
def test_what_is_written_is_read_again(one: Concept) -> None:
    found, problems = parse(written.text(one).encode(), "")
    assert problems == []
    assert [edit.values(again) for again in found] == [one]


def test_what_a_terminal_would_obey_is_written_as_an_escape() -> None:
    text = written.text(concept("minsk", note="a\u202eb\x07\u200bc\ud800"))
    assert text.isascii()
    assert "\\u202e" in text
    assert "\x07" not in text


@settings(max_examples=60)
@given(CONCEPTS, CONCEPTS)
def test_a_concept_becomes_any_other_version_of_it(before: Concept, after: Concept) -> None:
    found, problems = parse(edit.revised(written.text(before), before, after).encode(), "")
    assert problems == []
    assert [edit.values(one) for one in found] == [after]


# A file in pieces


@pytest.mark.parametrize("path", HOUSE, ids=lambda path: path.stem)
def test_a_file_in_pieces_is_the_file(path: Path) -> None:
    file = edit.read(path)
    assert file.text.encode() == path.read_bytes()
    assert len(file.pieces) > 50


@settings(max_examples=30)
@given(st.data())
def test_the_other_concepts_of_a_file_stay_to_the_byte(data: st.DataObject) -> None:
    file = edit.read(HOUSE[0])
    place = data.draw(st.integers(0, len(file.pieces) - 1))
    old = file.pieces[place]
    language = data.draw(st.sampled_from(sorted(old.concept.designations)))
    entries = data.draw(st.permutations(old.concept.designations[language]))
    changed = replace(
        old.concept,
        state=data.draw(st.sampled_from(["proposed", "rejected", "decided"])),
        note=data.draw(st.sampled_from(["", "another note", old.concept.note])),
        designations={
            **old.concept.designations,
            language: (replace(entries[0], found=(("a.txt", 3),)), *entries[1:], entry("Neu", Status.ADMITTED)),
        },
    )
    new = file.put([changed])
    before, after = (text.text.encode().split(old.text.encode()) for text in (file, replace(new, pieces=file.pieces)))
    assert before == after
    assert new.text.startswith("".join(piece.gap + piece.text for piece in file.pieces[:place]) + old.gap)
    assert new.text.endswith("".join(piece.gap + piece.text for piece in file.pieces[place + 1 :]) + file.tail)
    again = edit.cut(new.text.encode(), file.path)
    assert edit.values(again.pieces[place].concept) == edit.values(changed)
    assert new.put([old.concept]).get(old.concept.id) == old.concept


def test_comments_and_layout_survive_a_change() -> None:
    file = read(SMALL)
    minsk, lukashenko = file.concepts
    assert file.text == SMALL
    renamed = replace(minsk, note="one line", designations={**minsk.designations, "en": (entry("Minsk"),)})
    text = file.put([renamed]).text
    for kept in ("# -- Capitals --", "# since 1991", "# the best", "# as ever", "# end of Minsk", "# -- Persons --"):
        assert kept in text
    assert text.endswith(SMALL[SMALL.index("# -- Persons --") :])
    counted = replace(lukashenko.designations["de"][0], found=(("a.txt", 4),))
    assert file.put([replace(lukashenko, designations={"de": (counted,)})]).text == SMALL.replace("= 3", "= 4")


def test_a_concept_with_its_designations_on_one_line_can_be_changed() -> None:
    line = 'de = [{ form = "Minsk", status = "preferred" }]\n'
    text = f'[[concept]]\nid = "minsk"\nkind = "place"\nstate = "proposed"\n{line}'
    file = edit.cut(text.encode(), Path("a.toml"))
    changed = file.put([replace(file.concepts[0], state="decided")])
    assert [concept.state for concept in edit.cut(changed.text.encode(), Path("a.toml")).concepts] == ["decided"]
    assert file.put(file.concepts).text == text


def test_an_unchanged_concept_changes_nothing() -> None:
    file = read(SMALL)
    assert file.put(file.concepts).text == SMALL


def test_a_new_concept_stands_at_the_end_after_a_blank_line() -> None:
    text = read(SMALL).append(concept("pinsk")).text
    assert text.startswith(SMALL + "\n\n[[concept]]\nid = ")
    empty = edit.GlossaryFile(Path("new.toml")).append(concept("pinsk")).append(concept("brest")).text
    assert empty.startswith("[[concept]]")
    assert empty.count("\n\n[[concept]]\n") == 1
    assert "\n\n\n" not in empty


def test_a_concept_can_stand_between_others() -> None:
    file = read(SMALL).insert(concept("pinsk"), 1)
    assert [one.id for one in edit.cut(file.text.encode(), file.path).concepts] == [
        "minsk",
        "pinsk",
        "alexander-lukashenko",
    ]


def test_comments_between_concepts_survive_a_removal() -> None:
    file = read(SMALL)
    assert "# -- Capitals --" in file.without("minsk").text
    assert "# -- Persons --" in file.without("alexander-lukashenko").text
    for identity in ("minsk", "alexander-lukashenko"):
        rest = file.without(identity)
        assert len(edit.cut(rest.text.encode(), file.path).pieces) == 1


@pytest.mark.parametrize("text", [SMALL.replace("\n", "\r\n"), "\ufeff" + SMALL], ids=["CRLF", "BOM"])
def test_line_ends_and_byte_order_mark_stay(text: str) -> None:
    file = read(text)
    assert file.text == text
    changed = file.put([replace(file.concepts[1], note="new")]).append(concept("pinsk")).text
    assert changed.startswith(text[: text.index("# -- Persons")])
    assert ("\r\n" in text) == ("\n" not in changed.replace("\r\n", ""))


@pytest.mark.parametrize(
    "text",
    [
        'concept = [{ id = "minsk", kind = "place", de = [{ form = "Minsk", status = "preferred" }] }]\n',
        "[[concept]]\nid = 1\n",
        "[[concept",
    ],
    ids=["inline", "wrong value", "no TOML"],
)
def test_what_cannot_be_changed_safely_is_refused(text: str) -> None:
    with pytest.raises(TolmachError) as refused:
        read(text)
    assert refused.value.path == "a.toml"


# What differs


def glossary(*concepts: Concept) -> Glossary:
    return Glossary({one.id: one for one in concepts})


def test_a_glossary_does_not_differ_from_itself() -> None:
    house = [one for path in HOUSE for one in edit.read(path).concepts]
    assert not diff(glossary(*house), glossary(*house))


def test_a_difference_names_concept_designation_and_key() -> None:
    before = concept("minsk", entry("Minsk"), entry("Mensk", Status.ADMITTED), state="proposed")
    after = concept("minsk", entry("Minsk", reason="usual"), entry("Miensk", Status.FORBIDDEN))
    found = diff(glossary(before, concept("pinsk")), glossary(after, concept("brest")))
    assert [one.id for one in found.added] == ["brest"]
    assert [one.id for one in found.removed] == ["pinsk"]
    assert [(one.language, one.form, one.key, one.before, one.after) for one in found.changed[0].changes] == [
        ("", "", "state", "proposed", "decided"),
        ("de", "Minsk", "reason", None, "usual"),
        ("de", "Mensk", "", "admitted", None),
        ("de", "Miensk", "", None, "forbidden"),
    ]


def test_order_and_place_are_no_difference() -> None:
    one = concept("minsk", entry("Minsk"), entry("Mensk", Status.ADMITTED), path="a.toml", line=3)
    other = concept("minsk", entry("Mensk", Status.ADMITTED), entry("Minsk"), path="b.toml", line=9)
    assert not diff(glossary(one), glossary(other))


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "a.toml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "b.toml").write_text(
        SMALL.replace('"Минск"\nstatus = "preferred"', '"Менск"\nstatus = "admitted"'), "utf-8"
    )
    return tmp_path


def test_diff_on_the_command_line(files: Path) -> None:
    done = run_program("glossary", "diff", "a.toml", "b.toml", folder=files)
    assert (done.code, done.output) == (0, "~ minsk\n    - ru Минск: preferred\n    + ru Менск: admitted\n")
    assert run_program("glossary", "diff", "a.toml", "b.toml", "--exit-code", folder=files).code == 1
    assert run_program("glossary", "diff", "a.toml", "a.toml", "--exit-code", folder=files).code == 0
    record = json.loads(run_program("glossary", "diff", "a.toml", "b.toml", "--format", "json", folder=files).output)
    assert record["changed"][0]["changes"][1] == {
        "key": "",
        "before": None,
        "after": "admitted",
        "language": "ru",
        "form": "Менск",
    }


# Several made into one


@settings(max_examples=30)
@given(CONCEPTS)
def test_merging_a_concept_with_itself_changes_nothing(one: Concept) -> None:
    twice, once = merge([[one], [one]]), merge([[one]])
    assert twice.concepts == (one,)
    assert twice.conflicts == ()
    assert len(twice.contradictions) == len(once.contradictions)


def test_what_two_glossaries_say_of_a_concept_is_put_together() -> None:
    first = concept("minsk", entry("Minsk"), note="capital", sources=("one",))
    second = replace(concept("minsk", entry("Minsk"), entry("Mensk", Status.DEPRECATED)), sources=("two",))
    found = merge([[first], [second, concept("pinsk", entry("Pinsk"))]])
    assert found.conflicts == ()
    assert [one.id for one in found.concepts] == ["minsk", "pinsk"]
    minsk = found.concepts[0]
    assert ([one.form for one in minsk.designations["de"]], minsk.note) == (["Minsk", "Mensk"], "capital")
    assert minsk.sources == ("one", "two")


@pytest.mark.parametrize(
    ("second", "about"),
    [
        (concept("minsk", entry("Minsk", Status.ADMITTED)), "de Minsk status"),
        (replace(concept("minsk"), kind="person"), "kind"),
        (concept("minsk", state="rejected"), "state"),
        (concept("minsk", entry("Mensk")), "two preferred forms in de: Minsk and Mensk"),
        (concept("minsk", original={"ru": "Менск"}), "original ru"),
    ],
    ids=["status", "kind", "state", "preferred", "original"],
)
def test_decisions_that_exclude_each_other_are_conflicts(second: Concept, about: str) -> None:
    first = concept("minsk", original={"ru": "Минск"})
    found = merge([[first], [second]])
    assert [one.about for one in found.conflicts] == [about]
    assert merge([[first], [second]], "first").concepts == (first,)
    assert merge([[first], [second]], "last").concepts == (second,)


@pytest.mark.parametrize("state", ["proposed", "rejected"])
def test_a_proposal_gives_way(state: Any) -> None:
    waiting = concept("minsk", entry("Mensk"), state="proposed")
    settled = concept("minsk", entry("Minsk"), state="decided" if state == "proposed" else "rejected")
    for layers in ([[waiting], [settled]], [[settled], [waiting]]):
        found = merge(layers)
        assert (found.concepts, found.conflicts) == ((settled,), ())


def test_one_form_for_two_concepts_is_a_contradiction() -> None:
    found = merge([[concept("minsk", entry("Minsk"))], [concept("mensk", entry("Minsk"))]])
    assert [str(one) for one in found.contradictions] == ["mensk: Minsk: preferred here and in minsk (:0)"]


def test_merge_on_the_command_line_keeps_comments(files: Path) -> None:
    done = run_program("glossary", "merge", "a.toml", "a.toml", "--output", "all.toml", folder=files)
    assert (done.code, done.output) == (0, "")
    assert "# as ever" in (files / "all.toml").read_text(encoding="utf-8")
    assert run_program("glossary", "diff", "a.toml", "all.toml", "--exit-code", folder=files).code == 0


def test_conflicts_are_told_and_nothing_is_written(files: Path) -> None:
    (files / "c.toml").write_text(
        SMALL.replace('"Minsk"   # as ever\nstatus = "preferred"', '"Minsk"\nstatus = "admitted"'), "utf-8"
    )
    done = run_program("glossary", "merge", "a.toml", "c.toml", "--output", "all.toml", folder=files)
    assert done.code == 1
    assert "c.toml:6: minsk: de Minsk status: preferred in a.toml:6, admitted here" in done.errors
    assert not (files / "all.toml").exists()
    chosen = run_program("glossary", "merge", "a.toml", "c.toml", "--prefer", "last", folder=files)
    assert chosen.code == 0
    assert 'form = "Minsk"\nstatus = "admitted"' in chosen.output


@pytest.mark.parametrize("end", ["", "\n", "# end", "\n\n# end\n", "\r\n"])
def test_many_concepts_are_put_as_one_after_the_other(tmp_path: Path, end: str) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(
        f'[[concept]]\nid = "weir"\nkind = "term"\n\n[[concept.de]]\nform = "Wehr"\nstatus = "preferred"{end}'.encode()
    )
    added = [replace(edit.read(path).concepts[0], id=name) for name in ("a", "b", "c")]
    found = edit.read(path)
    for concept in added:
        found = found.append(concept)
    assert edit.read(path).put(added).text == found.text
    assert edit.GlossaryFile(path).put(added).text.count("[[concept]]") == 3
