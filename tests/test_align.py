"""Sentence alignment: our own articles bead by bead, laws that hold for any two texts, and `tolmach align`."""

from __future__ import annotations

import random
import time
import tomllib
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support import run_program
from tolmach.glossary.find import Finder
from tolmach.glossary.load import load
from tolmach.parallel.alignment.align import align
from tolmach.parallel.alignment.model import DOUBTFUL, Bead, Evidence, Side, pairs
from tolmach.parallel.alignment.together import together
from tolmach.text.streamed import tmx

CASES = Path(__file__).parent / "cases" / "align"
BRIDGE = [str(CASES / f"bridge.{language}.txt") for language in ("de", "en", "ru")]
SENTENCES = st.lists(
    st.sampled_from(["Das Haus brennt.", "The house burns.", "Дом горит.", "1848", "?", "", "Tokajew", "Токаев"]),
    max_size=9,
)


def side(language: str) -> Side:
    """The bridge in one language, by its lines."""
    done = run_program(
        "segment", "--lang", language, folder=CASES, stdin=(CASES / f"bridge.{language}.txt").read_text()
    )
    blocks = [block.splitlines() for block in done.output.strip().split("\n\n")]
    return Side(
        language,
        [sentence for block in blocks for sentence in block],
        [number for number, block in enumerate(blocks) for _sentence in block],
    )


def found(beads: list[Bead]) -> set[tuple[int, int, int, int]]:
    return {(bead.source_start, bead.source_end, bead.target_start, bead.target_end) for bead in pairs(beads)}


def wanted(language: str) -> set[tuple[int, int, int, int]]:
    """The right beads with both sides."""
    beads = tomllib.loads((CASES / "beads.toml").read_text(encoding="utf-8"))[language]["beads"]
    return {(one[0] - 1, one[-1], two[0] - 1, two[-1]) for one, two in beads if one and two}


@pytest.mark.parametrize("language", ["en", "ru"])
def test_what_is_sure_is_right_and_what_is_wrong_is_doubtful(language: str) -> None:
    beads = align(side("de"), side(language))
    right = wanted(language)
    assert len(found(beads) & right) >= len(right) - 2
    wrong = [bead for bead in beads if not found([bead]) <= right]
    assert all(bead.doubtful for bead in wrong)
    assert sum(bead.doubtful for bead in pairs(beads)) <= 3


@pytest.mark.parametrize("language", ["en", "ru"])
def test_paragraphs_that_are_joined_do_little_harm(language: str) -> None:
    one, two = side("de"), side(language)
    beads = align(Side("de", one.sentences), Side(language, two.sentences))
    assert len(found(beads) & wanted(language)) >= len(wanted(language)) - 3


def test_a_text_beside_itself_is_one_to_one_and_sure() -> None:
    beads = align(side("de"), Side("en", side("de").sentences))
    assert [bead.shape for bead in beads] == [(1, 1)] * len(side("de").sentences)
    assert all(bead.confidence > DOUBTFUL for bead in beads)


def test_texts_that_have_nothing_in_common_are_doubtful() -> None:
    german = Side("de", ["Im Mai blüht der Flieder.", "Die Katze schläft auf dem warmen Ofen.", "Er schwieg."])
    english = Side("en", ["Interest rates rose to 4.25 per cent in Canada.", "Why?", "NATO met in Vilnius in 2023."])
    assert not [bead for bead in pairs(align(german, english)) if bead.confidence > 0.9]


@given(SENTENCES, SENTENCES)
@settings(max_examples=60, deadline=None)
def test_every_sentence_is_in_exactly_one_bead(source: list[str], target: list[str]) -> None:
    beads = align(Side("de", source), Side("ru", target))
    ends = [Bead(0, 0, 0, 0), *beads]
    assert all(one.source_end == two.source_start or not source for one, two in pairwise(ends))
    assert all(one.target_end == two.target_start or not target for one, two in pairwise(ends) if target and source)
    assert sum(bead.shape[0] for bead in beads) == len(source)
    assert sum(bead.shape[1] for bead in beads) == len(target)
    assert all(0 <= bead.confidence <= 1 for bead in beads)


def test_the_glossary_joins_names_that_do_not_sound_alike(tmp_path: Path) -> None:
    (tmp_path / "house.toml").write_text(
        '[[concept]]\nid = "csto"\nkind = "organisation"\n[[concept.de]]\nform = "OVKS"\nstatus = "preferred"\n'
        '[[concept.en]]\nform = "CSTO"\nstatus = "preferred"\n',
        encoding="utf-8",
    )
    finder = Finder(load([tmp_path / "house.toml"]))
    source = Side("de", ["Die OVKS tagte in einem Schloss.", "Alle warteten seit Langem."])
    target = Side("en", ["A CSTO session was held.", "Everybody had been waiting for ages."])
    plain, with_terms = (align(source, target, Evidence(finder=one)) for one in (None, finder))
    assert found(with_terms) == {(0, 1, 0, 1), (1, 2, 1, 2)}
    assert with_terms[0].confidence > plain[0].confidence


def book(sentences: int, missing: range) -> tuple[Side, Side]:
    """A long text of made-up words and its translation, in which only some words are the same and a part is missing."""
    chance = random.Random(7)
    syllables = ["sa", "ke", "to", "mi", "ru", "wa", "len", "dor", "stan", "ber", "gen", "ij", "os", "ul"]
    words = ["".join(chance.choices(syllables, k=chance.randint(2, 5))) for _word in range(9000)]
    weights = [1 / (rank + 2) for rank in range(len(words))]
    source, target = [], []
    for number in range(sentences):
        own = chance.choices(words, weights, k=chance.randint(4, 25))
        source.append(" ".join(own) + ".")
        if number not in missing:
            target.append(" ".join(word if hash_of(word) < 30 else word[::-1] for word in own) + ".")
    return Side("de", source), Side("en", target)


def hash_of(word: str) -> int:
    return sum(map(ord, word)) * 31 % 100


def test_a_long_text_without_one_of_its_chapters_is_aligned_in_a_narrow_band() -> None:
    missing = range(500, 760)
    source, target = book(1600, missing)
    beads = align(source, target)
    right = {(place, place + 1, place - shift, place + 1 - shift) for place, shift in kept(1600, missing)}
    assert len(found(beads) & right) > 0.98 * len(right)


def kept(sentences: int, missing: range) -> list[tuple[int, int]]:
    return [(place, len(missing) * (place >= missing.stop)) for place in range(sentences) if place not in missing]


def test_a_run_of_letters_as_long_as_a_text_is_no_compound() -> None:
    start = time.process_time()
    beads = align(Side("de", ["Stra\u00dfe" * 50_000, "Minsk."]), Side("en", ["Street" * 50_000, "Minsk."]))
    assert [bead.shape for bead in beads] == [(1, 1), (1, 1)]
    assert time.process_time() - start < 10


def test_three_texts_meet_where_no_bead_is_cut() -> None:
    one = [Bead(0, 1, 0, 1), Bead(1, 1, 1, 2), Bead(1, 3, 2, 3, 0.5)]
    two = [Bead(0, 1, 0, 2), Bead(1, 2, 2, 3), Bead(2, 3, 3, 3)]
    stretches = list(together([one, two]))
    assert [(each.start, each.end, each.targets) for each in stretches] == [
        (0, 1, ((0, 1), (0, 2))),
        (1, 1, ((1, 2), (0, 0))),
        (1, 3, ((2, 3), (2, 3))),
    ]
    assert [each.doubtful for each in stretches] == [False, False, True]


def test_the_command_shows_three_texts_and_marks_doubts() -> None:
    done = run_program("align", *BRIDGE, folder=CASES)
    assert done.code == 0, done.errors
    assert "  de: Wer hat das bezahlt?\n  en: Who paid for it?\n  ru: Кто за это заплатил?\n" in done.output
    assert any(line.endswith(" ?") for line in done.output.splitlines())
    assert "bridge.en.txt: 11 pairs, 1 of them doubtful; sentences without a counterpart: " in done.errors


def test_the_command_writes_tmx_with_notes_at_doubts(tmp_path: Path) -> None:
    done = run_program("align", *BRIDGE, "--output", "out.tmx", folder=tmp_path)
    assert done.code == 0, done.errors
    pairs_read = [(unit.source, unit.target) for unit in tmx(tmp_path / "out.tmx", "de", "ru")]
    assert ("Wer hat das bezahlt?", "Кто за это заплатил?") in pairs_read
    assert "<note>doubtful alignment (0." in (tmp_path / "out.tmx").read_text(encoding="utf-8")


@pytest.mark.parametrize("reviewed", [False, True])
def test_the_command_fills_the_memory_and_changes_nothing_the_second_time(tmp_path: Path, reviewed: bool) -> None:
    arguments = ["align", *BRIDGE[:2], "--po", *(["--reviewed"] if reviewed else [])]
    assert run_program(*arguments, folder=tmp_path).code == 0
    path = tmp_path / "translations" / "en" / "memory" / "bridge.de.po"
    before = path.read_bytes()
    entries = {entry.msgid: entry for entry in polib.pofile(str(path))}
    assert entries["Wer hat das bezahlt?"].msgstr == "Who paid for it?"
    assert entries["Wer hat das bezahlt?"].fuzzy is not reviewed
    doubtful = [entry for entry in entries.values() if "doubtful alignment" in entry.tcomment]
    assert doubtful
    assert all(entry.fuzzy for entry in doubtful)
    assert run_program(*arguments, folder=tmp_path).code == 0
    assert path.read_bytes() == before


def test_a_pair_that_is_rather_wrong_is_not_written_and_spoils_no_other_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tolmach.parallel.alignment.align.align", doubts_about)
    done = run_program("align", *BRIDGE, "--output", "out.tmx", folder=tmp_path)
    assert "left out as rather wrong than right" in done.output
    in_english = {unit.source for unit in tmx(tmp_path / "out.tmx", "de", "en")}
    in_russian = {unit.source for unit in tmx(tmp_path / "out.tmx", "de", "ru")}
    assert "Wer hat das bezahlt?" in in_english - in_russian
    done = run_program("align", *BRIDGE, "--po", "--reviewed", folder=tmp_path)
    assert "1 left out as rather wrong than right" in done.output
    for language, here in (("en", True), ("ru", False)):
        path = tmp_path / "translations" / language / "memory" / "bridge.de.po"
        assert ("Wer hat das bezahlt?" in path.read_text(encoding="utf-8")) is here


def doubts_about(source: Side, target: Side, evidence: Evidence | None = None) -> list[Bead]:
    """The alignment, in which one Russian pair is made less likely than not."""
    beads = align(source, target, evidence)
    asked = source.sentences.index("Wer hat das bezahlt?")
    return [
        replace(bead, confidence=0.4) if target.language == "ru" and bead.source_start == asked else bead
        for bead in beads
    ]


def test_aligning_never_replaces_what_the_house_has(tmp_path: Path) -> None:
    folder = tmp_path / "translations" / "en" / "memory"
    run_program("align", *BRIDGE[:2], "--po", "--reviewed", "--into", "own", folder=tmp_path)
    path = folder / "own.po"
    file = polib.pofile(str(path))
    entry = next(entry for entry in file if entry.msgid == "Wer hat das bezahlt?")
    entry.msgstr = "Who has footed the bill?"
    file.save()
    done = run_program("align", *BRIDGE[:2], "--po", "--reviewed", "--into", "own", folder=tmp_path)
    assert "another translation" in done.errors
    assert "Who has footed the bill?" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (BRIDGE[:1], "two or three texts"),
        ([BRIDGE[0], BRIDGE[0]], "the same text"),
        ([BRIDGE[0], "other.de.txt"], "different languages"),
        ([BRIDGE[0], BRIDGE[0], "--languages", "de,en"], "the same text"),
        ([*BRIDGE[:2], "--languages", "en,de"], "in de,en, in this order"),
        ([*BRIDGE, "--languages", "de,ru,en"], "in de,en,ru, in this order"),
        ([BRIDGE[0], "strange.en.txt"], "strange.en.txt: this does not seem to be a translation of"),
        ([BRIDGE[0], "strange.en.txt", "--po", "--reviewed"], "strange.en.txt: this does not seem to be a translation"),
        ([*BRIDGE[:2], "strange.ru.txt", "--output", "out.tmx"], "strange.ru.txt: this does not seem to be"),
        ([*BRIDGE[:2], "--languages", "de"], "one language for each text"),
        ([*BRIDGE[:2], "--languages", "de,xxxxx"], "no language code"),
        ([*BRIDGE[:2], "--po", "--into", "../up"], "cannot be the name"),
        ([*BRIDGE[:2], "--output", "out.docx"], "no translations are written"),
        ([BRIDGE[0], "empty.en.txt"], "empty.en.txt"),
        ([BRIDGE[0], "pairs.po"], "bilingual"),
    ],
)
def test_what_cannot_be_aligned_is_told_in_two_lines(tmp_path: Path, arguments: list[str], complaint: str) -> None:
    (tmp_path / "empty.en.txt").write_text("", encoding="utf-8")
    (tmp_path / "other.de.txt").write_text("Die Brücke steht. Niemand fährt darüber.", encoding="utf-8")
    (tmp_path / "pairs.po").write_text('msgid "Haus"\nmsgstr "house"\n', encoding="utf-8")
    for language in ("en", "ru"):
        talk = [
            line[3:].strip("\u00b6 ")
            for line in (CASES / "talk.txt").read_text().splitlines()
            if line.startswith(language)
        ]
        (tmp_path / f"strange.{language}.txt").write_text("\n\n".join(talk), encoding="utf-8")
    done = run_program("align", *arguments, folder=tmp_path)
    assert done.code == 2
    assert complaint in done.errors
    assert not (tmp_path / "out.tmx").exists()
    assert not (tmp_path / "translations").exists()
