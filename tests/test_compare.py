"""`tolmach compare`: verdicts on attested names, the calibrated score, reasons, and the promise of line for line."""

import hashlib
import random
import tomllib
from importlib import resources
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support import run_program
from tolmach.names.compare import SAME, UNSURE, Comparison, compare, compare_all, score_all
from tolmach.names.comparison.spelling import plain, units

CASES = tomllib.loads((Path(__file__).parent / "cases" / "compare_attested.toml").read_text(encoding="utf-8"))["group"]
PAIRS = [
    pytest.param(left, right, group.get("kind"), group["verdict"], id=f"{left}-{right}")
    for group in CASES
    for left, right in group["pairs"]
]
LETTERS = st.text("abcdefgjkrsuwyzäčšžабвгдежйкорстуфхцчшщыьюяіїқў'- ", max_size=14)
ANYTHING = st.text(max_size=40)


def printed(folder: Path, *arguments: str, stdin: str | bytes | None = None) -> list[list[str]]:
    done = run_program("compare", *arguments, folder=folder, stdin=stdin)
    assert (done.code, done.errors) == (0, "")
    return [line.split("\t") for line in done.output.split("\n")[:-1]]


@pytest.mark.parametrize(("left", "right", "kind", "verdict"), PAIRS)
def test_the_verdict_on_attested_names(left: str, right: str, kind: str | None, verdict: str) -> None:
    assert compare(left, right, kind).verdict == verdict


def test_there_are_more_different_names_than_same_ones() -> None:
    verdicts = [group["verdict"] for group in CASES for _pair in group["pairs"]]
    assert verdicts.count("different") > verdicts.count("same")


@given(LETTERS, LETTERS, st.sampled_from([None, "person", "place"]))
@settings(max_examples=60)
def test_the_score_is_the_same_for_both_orders(left: str, right: str, kind: str | None) -> None:
    first, second = compare(left, right, kind), compare(right, left, kind)
    assert (first.score, first.verdict) == (second.score, second.verdict)


@given(ANYTHING, ANYTHING)
@settings(max_examples=60)
def test_any_text_gets_an_answer(left: str, right: str) -> None:
    found = compare(left, right)
    assert 0 <= found.score <= 1
    assert found.verdict == ("same" if found.score >= SAME else "unsure" if found.score >= UNSURE else "different")
    assert found.reason


@given(LETTERS.filter(lambda text: bool(plain(text))), LETTERS)
@settings(max_examples=60)
def test_nothing_is_more_alike_than_the_same(left: str, right: str) -> None:
    assert compare(left, left).verdict == "same"
    assert compare(left, left).score >= compare(left, right).score


def test_an_answer_does_not_depend_on_the_company() -> None:
    pairs = [(left, right) for group in CASES for left, right in group["pairs"]]
    alone = [compare(left, right) for left, right in pairs]
    assert list(compare_all(pairs)) == alone
    shuffled = list(range(len(pairs)))
    random.Random(4).shuffle(shuffled)
    answers = list(compare_all([pairs[number] for number in shuffled] * 20))
    assert answers == [alone[number] for number in shuffled] * 20


def test_scores_alone_are_those_of_the_comparisons() -> None:
    pairs = [(left, right) for group in CASES for left, right in group["pairs"]]
    for kind in (None, "person", "place"):
        assert list(score_all(pairs, kind)) == [found.score for found in compare_all(pairs, kind)]


def test_pairs_are_taken_as_they_come() -> None:
    taken = 0

    def endless() -> object:
        nonlocal taken
        while True:
            taken += 1
            yield "Токаев", "Tokajew"

    answers = compare_all(endless())  # type: ignore[arg-type]
    assert next(answers).verdict == "same"
    assert taken < 5000


@pytest.mark.parametrize(
    ("left", "right", "words"),
    [
        ("Tokajew", "Токаев", ["Tokajew", "Russian → German"]),
        ("Tokajew", "Tokayev", ["both restore to Токаев", "Russian → German", "Russian → English"]),
        ("Tokajew", "Toqajew", ["Токаев", "Тоқаев", "Kazakh → German"]),
        ("Poutine", "Путин", ["Russian → French"]),
        ("Belarus", "Weißrussland", ["Беларусь"]),
        ("Minsk", "Pinsk", ["different"]),
        ("Massimow", "Maximow", ["ss : x"]),
        ("Maximow", "Massimow", ["x : ss"]),
        ("Medwedew", "Medwedewa", ["feminine"]),
        ("Anna Petrowa", "Anna Iwanowa", ["Petrowa and Iwanowa differ"]),
        ("Анна Петрова", "Anna Iwanowa", ["Петрова and Iwanowa differ"]),
        ("Anna Iwanowa", "Анна Петрова", ["Iwanowa and Петрова differ"]),
        ("Tokajew", "tokajew", ["capitals"]),
        ("MI5", "MI6", ["numbers"]),
        ("Zichanouskaja", "Тихановская", ["spellings of Тихановская"]),
        ("Michael", "Майкл", ["given name"]),
    ],
)
def test_the_reason_says_what_a_person_understands(left: str, right: str, words: list[str]) -> None:
    reason = compare(left, right).reason
    assert [word for word in words if word not in reason] == []


def test_languages_narrow_the_systems_of_the_reason() -> None:
    assert "Russian → English" in compare("Putin", "Путин", languages=("en", "ru")).reason
    assert "Russian → German" in compare("Putin", "Путин", languages=("de", "ru")).reason


def test_kind_matters() -> None:
    assert compare("Kirow", "Kirowa", "person").score > compare("Kirow", "Kirowa", "place").score
    assert compare("Lemberg", "Lviv", "place").score > compare("Lemberg", "Lviv", "person").score


def test_hostile_input_is_answered_fast() -> None:
    hostile = [
        ("a" * 10_000, "b" * 10_000),
        ("Токаев " * 2_000, "Tokajew " * 2_000),
        ("\x00\x1b[31m", "\u202e\u200b"),
        ("a b c d e f g h", "h g f e d c b a"),
        ("щ" * 190, "schtsch" * 25),
        ("-'-'-", "'"),
        ("\u0301" * 50, "e\u0301" * 50),
    ]
    answers = list(compare_all(hostile * 20))
    assert len(answers) == 20 * len(hostile)
    assert all(isinstance(answer, Comparison) for answer in answers)


def test_a_spelling_is_cut_into_units() -> None:
    known = [plain(name) for name in ("Schtscherba", "Щерба", "Shcherba")]
    assert [len(units(name)) for name in known] == [5, 5, 5]
    assert plain("Ereván") != plain("Erevan")
    assert plain("Երևան") == "erevan"


def test_one_line_out_for_one_line_in(tmp_path: Path) -> None:
    lines = "Tokajew\tТокаев\n\tTokajew\nPutin\tRasputin\r\nMinsk\tMinsk\textra\n\u2028\t\u2028"
    answers = printed(tmp_path, stdin=lines)
    assert [len(answer) for answer in answers] == [3] * 5
    assert [answer[1] for answer in answers] == ["same", "different", "different", "different", "different"]
    assert printed(tmp_path, stdin="") == []


def test_two_arguments_are_one_pair(tmp_path: Path) -> None:
    assert [answer[1] for answer in printed(tmp_path, "Tokajew", "Токаев")] == ["same"]
    assert printed(tmp_path, "--kind", "place", "Minsk\tx", "Пинск\n")[0][1] == "different"


@pytest.mark.parametrize("arguments", [("Tokajew",), ("a", "b", "c"), ("--languages", "de,?", "a", "b")])
def test_wrong_usage_is_the_users_error(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = run_program("compare", *arguments, folder=tmp_path, stdin="")
    assert done.code == 2
    assert [line.split(":")[0] for line in done.errors.splitlines()] == ["error", "hint"]


def test_a_line_without_a_tab_is_named(tmp_path: Path) -> None:
    done = run_program("compare", folder=tmp_path, stdin="a\tb\nTokajew Токаев\n")
    assert done.code == 2
    assert "standard input:2" in done.errors


def test_scores_rise_with_likeness() -> None:
    pairs = [("Токаев", "Nasarbajew"), ("Токаев", "Takejew"), ("Токаев", "Tokaew"), ("Токаев", "Tokajew")]
    scores = [answer.score for answer in compare_all(pairs)]
    assert all(low < high for low, high in pairwise(scores[:1] + scores[2:]))
    assert scores[1] < scores[3]


@pytest.mark.parametrize(
    "written",
    [
        "\u00abNur-Sultan\u00bb",
        "Nur\u2011Sultan",
        "Nur\u2013Sultan",
        "Nur-Sul\u00adtan",
        "\ufeffNur-Sultan\u00a0",
    ],
)
def test_invisible_signs_and_quotation_marks_do_not_count(written: str) -> None:
    assert compare(written, "Астана", "place") == compare("Nur-Sultan", "Астана", "place")


def test_stress_marks_do_not_count() -> None:
    assert compare("Назарба\u0301ев", "Nasarbajew") == compare("Назарбаев", "Nasarbajew")


def test_long_names_are_told_apart_by_what_they_do_not_share() -> None:
    ministry = "Министерство сельского хозяйства и продовольствия Республики"
    assert compare(f"{ministry} Беларусь", f"{ministry} Казахстан").verdict == "different"
    assert compare(f"{ministry} Беларусь", f"{ministry} Беларуси").verdict == "same"


def test_what_was_learned_is_what_the_builders_wrote() -> None:
    folder = resources.files("tolmach.names.comparison")
    sums = dict(reversed(line.split()) for line in folder.joinpath("SHA256SUMS").read_text("utf-8").splitlines())
    written = {entry.name: entry.read_bytes() for entry in folder.iterdir() if entry.name.endswith(".npz")}
    assert sums == {name: hashlib.sha256(content).hexdigest() for name, content in written.items()}
