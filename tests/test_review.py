"""The review of proposals: every command keeps a glossary without contradictions, and can be taken back."""

from __future__ import annotations

import os
import select
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support import run_program
from tolmach.cli.quotations import Quotation
from tolmach.cli.screen import Size, cut, screen, width_of
from tolmach.errors import TolmachError
from tolmach.glossary import edit, review, written
from tolmach.glossary.load import contradictions, load
from tolmach.glossary.model import Concept, Designation, Glossary, Status, Validity
from tolmach.glossary.parse import parse
from tolmach.glossary.propose import House
from tolmach.glossary.review import Review
from tolmach.glossary.systems import untrue_systems

HOUSE = House(("de", "en", "ru"), "duden")


def entry(form: str, status: Status, *counts: int, **values: Any) -> Designation:
    found = tuple((f"{number}.txt", count) for number, count in enumerate(counts))
    return Designation(form, status, found=found, reason="" if status.wanted else "a reason", **values)


TOKAYEV = Concept(
    "tokayev",
    "person",
    {
        "de": (
            entry("Tokajew", Status.PREFERRED, 9, 3, given="Kassym-Schomart", system="ru-de-duden"),
            entry("Toqajew", Status.DEPRECATED, 7, given="Qassym-Schomart", system="kk-de"),
            entry("", Status.DEPRECATED, 1, given="Kassym-Jomart"),
        ),
        "en": (entry("Tokayev", Status.PREFERRED, given="Kassym-Jomart"),),
        "ru": (entry("Токаев", Status.PREFERRED, given="Касым-Жомарт"),),
    },
    gender="m",
    original={"ru": "Касым-Жомарт Токаев", "kk": "Қасым-Жомарт Тоқаев"},
    sources=("proposed by tolmach from 2 texts",),
    state="proposed",
    confidence=0.9,
)
BELARUS = Concept(
    "belarus",
    "place",
    {"de": (entry("Belarus", Status.PREFERRED, 5), entry("Weißrussland", Status.DEPRECATED, 5))},
    original={"ru": "Беларусь"},
    state="proposed",
    confidence=0.98,
)
ODKB = Concept(
    "odkb",
    "organisation",
    {
        "de": (
            entry("OVKS", Status.PREFERRED, 3),
            entry("Organisation des Vertrags über kollektive Sicherheit", Status.PREFERRED, 1),
            entry("ODKB", Status.DEPRECATED, 2),
        )
    },
    state="proposed",
    confidence=0.7,
)
MINSK = Concept("minsk", "place", {"de": (entry("Minsk", Status.PREFERRED),)})
WEISSRUSSLAND = Concept("by", "place", {"de": (entry("Weißrussland", Status.PREFERRED, 1),)}, state="proposed")
ALL = (MINSK, TOKAYEV, BELARUS, ODKB, WEISSRUSSLAND)


def begun(*concepts: Concept) -> Review:
    return review.begin(concepts or ALL)


def statuses(state: Review) -> list[tuple[str, str]]:
    return [(row.full, row.status.value) for row in state.rows]


# Single commands


def test_a_review_begins_with_the_first_proposal_in_the_language_of_the_texts() -> None:
    state = begun()
    assert (state.at, state.language) == ("tokayev", "de")
    assert [concept.id for concept in state.waiting] == ["tokayev", "belarus", "odkb", "by"]


def test_accepting_makes_a_decision_without_what_helped_to_decide() -> None:
    state = review.accept(begun())
    decided = state.concepts[1]
    assert (decided.state, decided.confidence) == ("decided", 0.0)
    assert all(row.found == () for rows in decided.designations.values() for row in rows)
    assert [row.form for row in decided.designations["de"]] == ["Tokajew", "Toqajew", ""]
    assert state.at == "belarus"


def test_rejecting_keeps_the_forms_so_that_they_are_known() -> None:
    state = review.reject(begun())
    assert state.concepts[1].state == "rejected"
    assert state.concepts[1].designations["de"][0].form == "Tokajew"
    assert state.at == "belarus"


def test_another_form_can_be_preferred() -> None:
    state = review.choose(begun(), 2)
    assert statuses(state) == [
        ("Qassym-Schomart Toqajew", "preferred"),
        ("Kassym-Schomart Tokajew", "deprecated"),
        ("Kassym-Jomart", "deprecated"),
    ]
    assert state.rows[1].reason == "the house writes Toqajew"
    assert state.rows[0].reason == ""
    assert state.at == "tokayev"


def test_the_spelling_of_a_given_name_goes_to_the_family_name() -> None:
    state = review.choose(begun(), 3)
    assert statuses(state) == [
        ("Kassym-Jomart Tokajew", "preferred"),
        ("Qassym-Schomart Toqajew", "deprecated"),
        ("Kassym-Schomart", "deprecated"),
    ]


def test_preferring_the_acronym_leaves_the_long_form() -> None:
    state = review.choose(begun(ODKB), 3)
    assert statuses(state) == [
        ("ODKB", "preferred"),
        ("Organisation des Vertrags über kollektive Sicherheit", "preferred"),
        ("OVKS", "deprecated"),
    ]


def test_names_of_different_days_are_no_rivals() -> None:
    from datetime import date

    first = entry("Astana", Status.PREFERRED, 3, valid=(Validity(date(2022, 9, 18)),))
    second = entry("Nur-Sultan", Status.ADMITTED, 2, valid=(Validity(date(2019, 3, 23), date(2022, 9, 17)),))
    state = review.choose(begun(Concept("astana", "place", {"de": (first, second)}, state="proposed")), 2)
    assert statuses(state) == [("Nur-Sultan", "preferred"), ("Astana", "admitted")]


def test_a_form_can_be_typed() -> None:
    state = review.write(begun(), "  Kassim-Shomart  Tokajeff ")
    assert statuses(state)[:2] == [("Kassim-Shomart Tokajeff", "preferred"), ("Kassym-Schomart Tokajew", "deprecated")]
    assert state.rows[0].system == ""
    assert review.write(begun(BELARUS), "Weißrussland").rows[0].status is Status.PREFERRED
    assert len(review.write(begun(BELARUS), "Weißrussland").rows) == 2


@pytest.mark.parametrize("text", ["…", "a\x1b[31m", "\u0000", "?!"])
def test_what_is_no_name_cannot_be_typed(text: str) -> None:
    with pytest.raises(TolmachError):
        review.write(begun(), text)


def test_letters_of_another_alphabet_are_refused() -> None:
    state = begun()
    assert state.language == "de"
    with pytest.raises(TolmachError, match="no letters of this language"):
        review.write(state, "Токаев")
    russian = replace(state, language="ru")
    assert review.write(russian, "Такаев").rows[0].form == "Такаев"


def test_an_unwanted_form_is_rated_in_turn() -> None:
    state = begun(BELARUS)
    seen = []
    for _turn in range(3):
        number = next(number for number, row in enumerate(state.rows, 1) if row.form == "Weißrussland")
        state = review.rate(state, number)
        seen.append(next(row.status.value for row in state.rows if row.form == "Weißrussland"))
    assert seen == ["forbidden", "admitted", "deprecated"]


def test_a_form_can_be_removed_and_the_next_one_takes_its_place() -> None:
    state = review.remove(begun(BELARUS), 1)
    assert statuses(state) == [("Weißrussland", "preferred")]
    with pytest.raises(TolmachError):
        review.remove(state, 1)


def test_a_form_that_is_split_off_is_proposed_with_its_own_original() -> None:
    state = review.split(begun(), 2, HOUSE)
    assert [concept.id for concept in state.waiting][:3] == ["tokayev", "tokayev-2", "belarus"]
    own = state.waiting[1]
    assert own.designations["de"][0].full == "Qassym-Schomart Toqajew"
    assert own.designations["de"][0].found == (("0.txt", 7),)
    assert "ru" in own.original
    assert statuses(state) == [("Kassym-Schomart Tokajew", "preferred"), ("Kassym-Jomart", "deprecated")]
    with pytest.raises(TolmachError):
        review.split(begun(), 3, HOUSE)


def test_two_proposals_become_one() -> None:
    state = review.skip(begun(BELARUS, WEISSRUSSLAND))
    state = review.merge(state, "belarus")
    assert [concept.id for concept in state.concepts] == ["by"]
    assert statuses(state) == [("Weißrussland", "preferred"), ("Belarus", "deprecated")]
    assert dict(state.rows[0].found) == {"0.txt": 6}
    assert state.concept.original == {"ru": "Беларусь"}


def test_a_proposal_can_go_into_a_decision() -> None:
    decided = Concept("weissrussland", "place", {"de": (entry("Weißrussland", Status.PREFERRED),)}, note="State")
    state = review.merge(begun(BELARUS, decided, ODKB), "weissrussland")
    assert [(one.id, one.state) for one in state.concepts] == [("weissrussland", "decided"), ("odkb", "proposed")]
    assert [(row.form, row.status.value, row.found) for row in state.concepts[0].designations["de"]] == [
        ("Weißrussland", "preferred", ()),
        ("Belarus", "deprecated", ()),
    ]
    assert (state.at, state.concepts[0].note) == ("odkb", "State")


def test_a_merge_never_leaves_a_system_that_tells_a_lie() -> None:
    other = replace(TOKAYEV, id="tokarev", original={"ru": "Токарев"})
    first = replace(BELARUS, kind="person", original={"ru": "Массимов"})
    state = review.merge(review.begin((first, other)), "tokarev")
    assert list(untrue_systems(Glossary({"belarus": state.concept}))) == []


def test_skipped_proposals_come_again_another_day_only() -> None:
    state = begun(TOKAYEV, BELARUS)
    for _turn in range(2):
        state = review.skip(state)
    assert state.at == ""
    assert [concept.state for concept in state.concepts] == ["proposed", "proposed"]
    assert begun(*state.concepts).at == "tokayev"


def test_contradictions_are_refused_and_said() -> None:
    decided = Concept("weissrussland", "place", {"de": (entry("Weißrussland", Status.PREFERRED),)})
    with pytest.raises(TolmachError, match="Weißrussland"):
        review.accept(begun(BELARUS, decided))
    with pytest.raises(TolmachError, match="Weißrussland"):
        review.accept(review.begin([BELARUS], [decided]))


@pytest.mark.parametrize(
    "command",
    [
        review.undo,
        partial(review.choose, number=9),
        partial(review.rate, number=1),
        partial(review.remove, number=0),
        partial(review.merge, identity="nowhere"),
        partial(review.merge, identity="tokayev"),
    ],
)
def test_what_means_nothing_is_refused(command: Callable[[Review], Review]) -> None:
    with pytest.raises(TolmachError) as refused:
        command(begun())
    assert refused.value.hint


@pytest.mark.parametrize("command", [review.accept, review.reject, review.skip, review.next_language])
def test_without_a_proposal_only_undo_means_something(command: Callable[[Review], Review]) -> None:
    empty = begun(MINSK)
    assert empty.at == ""
    with pytest.raises(TolmachError):
        command(empty)


# Any sequence of commands

NUMBERS = st.integers(1, 4)
COMMANDS: st.SearchStrategy[Callable[[Review], Review]] = st.one_of(
    st.sampled_from([review.accept, review.reject, review.skip, review.undo, review.next_language]),
    st.builds(partial, st.sampled_from([review.choose, review.rate, review.remove]), number=NUMBERS),
    st.builds(partial, st.just(review.split), number=NUMBERS, house=st.just(HOUSE)),
    st.builds(partial, st.just(review.merge), identity=st.sampled_from([concept.id for concept in ALL])),
    st.builds(partial, st.just(review.write), text=st.sampled_from(["Minsk", "Ali Belarus", "ODKB", "Токаев", "!"])),
)


@settings(max_examples=60)
@given(st.lists(COMMANDS, max_size=14))
def test_any_commands_keep_a_valid_glossary_and_undo_is_their_inverse(
    commands: list[Callable[[Review], Review]],
) -> None:
    state = begun()
    file = edit.GlossaryFile(Path("a.toml")).put(ALL)
    for command in commands:
        before = state
        try:
            state = command(state)
        except TolmachError:
            continue
        if command in (review.undo, review.next_language) or state is before:
            continue
        assert review.undo(state) is before
        assert contradictions(state.concepts) == []
        assert list(untrue_systems(Glossary({one.id: one for one in state.concepts}))) == []
        assert len({one.id for one in state.concepts}) == len(state.concepts)
        assert state.at == "" or state.concept.state == "proposed"
        new = review.written_to(file, state)
        found, problems = parse(new.text.encode(), "a.toml")
        assert problems == []
        assert [edit.values(one) for one in found] == [edit.values(one) for one in state.concepts]
        file = new
    while state.past is not None:
        state = review.undo(state)
    assert state.concepts == ALL
    assert [edit.values(one) for one in review.written_to(file, state).concepts] == list(ALL)


# On the screen

QUOTED = (Quotation("texts/a.txt", "Am Abend sprach Präsident ", "Tokajew", " lange mit seinen Gästen aus Minsk."),)


@pytest.mark.parametrize("size", [Size(80, 24), Size(40, 16), Size(20, 8), Size(120, 50)], ids=str)
@pytest.mark.parametrize("place", range(4))
def test_the_screen_fits_the_terminal(size: Size, place: int) -> None:
    state = begun()
    for _turn in range(place):
        state = review.skip(state)
    lines = screen(
        state, QUOTED, "a message that is longer than any line of a terminal may be " * 3, replace(size, colour=False)
    )
    assert all(width_of(line) <= size.width for line in lines)
    assert len(lines) <= size.height


def test_the_screen_shows_what_is_needed_to_decide() -> None:
    shown = "\n".join(screen(begun(), QUOTED, "", Size(80, 24, colour=False)))
    for part in (
        "1 of 4",
        "Токаев (ru)",
        "1 * Kassym-Schomart Tokajew",
        "12×",
        "kk-de",
        "a reason",
        "[de]",
        "a accept",
    ):
        assert part in shown
    assert "Präsident Tokajew lange mit" in shown
    assert "a.txt" in shown


def test_nothing_from_files_steers_the_terminal() -> None:
    evil = entry("Evil\x1b[2J\u202eName", Status.DEPRECATED, 1)
    concept = replace(
        BELARUS, designations={"de": (*BELARUS.designations["de"], evil)}, original={"ru": "\x1b]0;x\x07"}
    )
    quoted = (Quotation("\x1b[2J.txt", "\x9b31m", "a\x1bb", "\u202e"),)
    shown = "\n".join(screen(begun(concept), quoted, "\x1b[31m", Size(80, 24, colour=False)))
    assert all(sign == "\n" or sign.isprintable() for sign in shown)


@pytest.mark.parametrize(("text", "width"), [("Токаев", 6), ("北京", 4), ("e\u0301", 1), ("", 0)])
def test_columns_are_counted_as_a_terminal_does(text: str, width: int) -> None:
    assert width_of(text) == width


@given(st.text(), st.integers(1, 30), st.booleans())
def test_a_cut_text_is_never_wider(text: str, width: int, at_start: bool) -> None:
    assert width_of(cut(text, width, at_start=at_start)) <= width


# On the command line


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "names.toml"
    path.write_text("# our names\n\n" + "\n".join(written.text(one) for one in ALL) + "# the end\n", encoding="utf-8")
    (tmp_path / "0.txt").write_text("Am Abend sprach Tokajew. Belarus schwieg, Weißrussland auch.\n", encoding="utf-8")
    return path


def test_a_review_needs_a_terminal_and_a_file(file: Path) -> None:
    done = run_program("glossary", "review", "names.toml", folder=file.parent, stdin="a")
    assert done.code == 2
    assert "a review needs a terminal" in done.errors
    missing = run_program("glossary", "review", "nowhere.toml", folder=file.parent)
    assert missing.code == 2
    assert "propose" in missing.errors
    assert run_program("glossary", "review", folder=file.parent).code == 2


def test_a_file_without_proposals_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "names.toml").write_text(written.text(MINSK), encoding="utf-8")
    done = run_program("glossary", "review", "names.toml", folder=tmp_path)
    assert (done.code, done.output) == (0, "names.toml has no proposals\n")


class Terminal:
    """The program in a pseudo-terminal of 80 × 24."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        import pty

        self.process, self.descriptor = pty.fork()
        if not self.process:
            os.chdir(folder)
            environment = {
                **os.environ,
                "TERM": "xterm",
                "COLUMNS": "80",
                "LINES": "24",
                "NO_COLOR": "1",
                "LANGUAGE": "C",
            }
            os.execve(sys.executable, [sys.executable, "-m", "tolmach", *arguments], environment)

    def until(self, text: str, seconds: float = 30) -> str:
        """What the program writes until the text has come."""
        seen = b""
        end = time.monotonic() + seconds
        while text.encode() not in seen and time.monotonic() < end:
            if select.select([self.descriptor], [], [], 0.1)[0]:
                try:
                    seen += os.read(self.descriptor, 1 << 16)
                except OSError:
                    break
        assert text.encode() in seen, seen.decode(errors="replace")
        return seen.decode(errors="replace")

    def press(self, keys: str) -> None:
        """Type the keys."""
        os.write(self.descriptor, keys.encode())

    def end(self) -> int:
        """The exit code, once the program has ended."""
        with suppress(OSError):
            while os.read(self.descriptor, 1 << 16):
                pass
        os.close(self.descriptor)
        return os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_a_real_review(file: Path) -> None:
    before = file.read_bytes()
    terminal = Terminal(file.parent, "glossary", "review", "names.toml")
    assert "Am Abend sprach Tokajew. Belarus" in terminal.until("q quit")
    second = Terminal(file.parent, "glossary", "review", "names.toml")
    second.until("this file is being reviewed already")
    assert second.end() == 2
    terminal.press("a")
    terminal.until("2 - Weißrussland")
    assert load([file]).concepts["tokayev"].state == "decided"
    terminal.press("u")
    terminal.until("1 * Kassym-Schomart Tokajew")
    assert file.read_bytes() == before
    terminal.press("2")
    terminal.until("1 * Qassym-Schomart Toqajew")
    terminal.press("a")
    terminal.until("belarus: ")
    terminal.press("d")
    terminal.until("odkb")
    terminal.press("q")
    terminal.until("1 accepted, 1 dropped, 2 proposals are left")
    assert terminal.end() == 0
    text = file.read_text(encoding="utf-8")
    assert text.startswith("# our names\n\n" + written.text(MINSK))
    assert text.endswith(written.text(WEISSRUSSLAND) + "# the end\n")
    found = load([file])
    assert found.concepts["tokayev"].designations["de"][0].form == "Toqajew"
    assert found.undecided["belarus"].state == "rejected"
    assert [path.name for path in file.parent.iterdir() if path.name.startswith(".")] == []


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_what_another_program_writes_meanwhile_is_not_lost(file: Path) -> None:
    terminal = Terminal(file.parent, "glossary", "review", "names.toml")
    terminal.until("q quit")
    text = (
        file.read_text(encoding="utf-8")
        + "\n"
        + written.text(replace(MINSK, id="pinsk", designations={"de": (entry("Pinsk", Status.PREFERRED),)}))
    )
    file.write_text(text, encoding="utf-8")
    terminal.press("a")
    terminal.until("another program has changed the file")
    assert file.read_text(encoding="utf-8") == text
    terminal.press("a")
    terminal.until("belarus: ")
    terminal.press("q")
    assert terminal.end() == 0
    assert {"tokayev", "pinsk"} <= load([file]).concepts.keys()
