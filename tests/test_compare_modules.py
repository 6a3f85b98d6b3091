"""What the comparison of names is made of: alignment, trees, full names, tables of towns and given names."""

import random
from functools import cache
from importlib import resources

import numpy as np
import pytest

from tolmach.names.comparison import fullnames, identities, model
from tolmach.names.comparison.alignment import align, padded
from tolmach.names.comparison.evidence import rows
from tolmach.names.comparison.fullnames import Agreement, is_patronymic, match, parts
from tolmach.names.comparison.identities import SHARED, SHORT, STRANGERS, UNKNOWN, Gazetteer, given_names, number
from tolmach.names.comparison.spelling import alphabet, is_acronym, language, plain, units

NAMES = (
    *("Tokajew", "Schtscherbakow", "Toqajew", "Zhukov", "Tbilisi", "Nauer", "Ürümqi"),
    *("Токаев", "Щербаков", "Жуков", "Қостанай", "О'Коннор"),
)


def slow_total(left: list[int], right: list[int], script: int) -> float:
    """The greatest weight of aligning two rows of units, by the definition."""
    weights = model.load().knowledge.weights

    @cache
    def best(i: int, j: int) -> float:
        if i == j == 0:
            return 0.0
        found = []
        if i:
            found.append(best(i - 1, j) + float(weights.alone[script, left[i - 1]]))
        if j:
            found.append(best(i, j - 1) + float(weights.alone[script, right[j - 1]]))
        if i and j:
            found.append(best(i - 1, j - 1) + float(weights.both[left[i - 1], right[j - 1]]))
        if i > 1 and j and (chunk := weights.joined[left[i - 2], left[i - 1]]):
            found.append(best(i - 2, j - 1) + float(weights.both[chunk, right[j - 1]]))
        if i and j > 1 and (chunk := weights.joined[right[j - 2], right[j - 1]]):
            found.append(best(i - 1, j - 2) + float(weights.both[left[i - 1], chunk]))
        return max(found)

    return best(len(left), len(right))


def test_aligning_many_pairs_at_once_is_aligning_each() -> None:
    chooser = random.Random(1)
    pairs = [(plain(chooser.choice(NAMES)), plain(chooser.choice(NAMES))) for _time in range(60)]
    table = rows(pairs)
    paths = align(table.left, table.right, table.classes, model.load().knowledge.weights)
    for place, (left, right) in enumerate(pairs):
        expected = slow_total(units(left), units(right), int(table.classes[place]))
        assert paths.total[place] == pytest.approx(expected, abs=0.01)
        assert paths.weight[place].sum() == pytest.approx(expected, abs=0.01)


def test_a_path_uses_every_unit_once() -> None:
    pairs = [(plain(left), plain(right)) for left in NAMES for right in NAMES]
    table = rows(pairs)
    paths = align(table.left, table.right, table.classes, model.load().knowledge.weights)
    names = model.chunk_names()
    for place, (left, right) in enumerate(pairs):
        inside = paths.left[place] >= 0
        assert "".join(names[chunk] for chunk in paths.left[place][inside]) == left
        assert "".join(names[chunk] for chunk in paths.right[place][inside]) == right


def test_the_trees_add_up() -> None:
    trees = model.load().trees
    evidence = np.random.default_rng(1).normal(0, 4, (20, int(trees.columns.max()) + 1)).astype(np.float32)
    for row, total in zip(evidence, trees.sum(evidence), strict=True):
        expected = trees.start
        for tree in range(trees.leaves.shape[0]):
            leaf = sum(
                1 << level
                for level in range(trees.columns.shape[0])
                if row[trees.columns[level, tree]] > trees.borders[level, tree]
            )
            expected += float(trees.leaves[tree, leaf])
        assert total == pytest.approx(expected, abs=1e-3)


def test_padding_says_nothing() -> None:
    matrix, lengths = padded([[5, 6], [], [7]])
    assert matrix.tolist() == [[5, 6], [0, 0], [7, 0]]
    assert lengths.tolist() == [2, 0, 1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kassym-Schomart Tokajew", ("kassym-schomart", "tokajew")),
        ("Токаев, К. К.", ("к", "к", "токаев")),
        ("Ursula von der Leyen", ("ursula", "leyen")),
        ("von der", ("von", "der")),
        ("Tokajew,", ("tokajew",)),
        ("  ", ()),
        ("a b c d e f g", ("a", "b", "c", "d", "e")),
    ],
)
def test_the_parts_of_a_full_name(text: str, expected: tuple[str, ...]) -> None:
    assert parts(text) == expected


def test_parts_are_matched_in_order_unless_another_order_is_clearly_better() -> None:
    def agree(first: str, second: str) -> Agreement:
        return Agreement(4.0, 1.0) if first == second else Agreement(-4.0, -1.0)

    assert match(("a", "b"), ("a", "b"), agree).pairs == ((0, 0), (1, 1))
    turned = match(("b", "a"), ("a", "x", "b"), agree)
    assert (turned.swapped, turned.left_over) == (True, ("x",))
    assert match(("a", "x", "b"), ("b", "a"), agree).left_over == ("x",)
    assert not match(("x", "y"), ("u", "w"), agree).swapped


@pytest.mark.parametrize(
    ("part", "expected"),
    [("кемелевич", True), ("petrowna", True), ("ибрагим-оглы", True), ("токаев", False), ("anna", False)],
)
def test_patronymics(part: str, expected: bool) -> None:
    assert is_patronymic(part) is expected


def test_a_patronymic_is_missed_less_than_a_middle_name() -> None:
    agreements = (Agreement(4.0, 1.0), Agreement(4.0, 1.0))
    patronymic = fullnames.Matching(((0, 0), (1, 2)), agreements, False, ("кемелевич",))
    other = fullnames.Matching(((0, 0), (1, 2)), agreements, False, ("fitzgerald",))
    assert fullnames.missing(patronymic) < fullnames.missing(other)


def test_towns_that_share_a_name() -> None:
    names = {"samarkand": [0, 1], "samarqand": [0], "temirtau": [1], "samarka": [1], "kirow": [2]}
    entries = sorted((number(name), town) for name, found in names.items() for town in found)
    table = np.array(entries, np.int64)
    gazetteer = Gazetteer(table[:, 0].astype(np.uint32), table[:, 1].astype(np.uint16))
    pairs = [
        ("samarkand", "samarqand"),
        ("temirtau", "samarka"),
        ("temirtau", "samarkand"),  # only a former name of the smaller town
        ("kirow", "temirtau"),
        ("kirow", "wjatka"),
    ]
    assert gazetteer.relations(pairs).tolist() == [SHARED, SHARED, UNKNOWN, STRANGERS, UNKNOWN]


def test_the_gazetteer_is_in_order() -> None:
    gazetteer = identities.gazetteer()
    assert len(gazetteer.spellings) == len(gazetteer.towns) > 100_000
    assert (np.diff(gazetteer.spellings.astype(np.int64)) >= 0).all()


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("Michael", "Майкл", SHARED),
        ("Mike", "Майкл", SHORT),
        ("Stephen", "Стивен", SHARED),
        ("Michael", "Стивен", STRANGERS),
        ("Michael", "Токаев", UNKNOWN),
        ("Ruslan", "Roman", STRANGERS),
    ],
)
def test_given_names(left: str, right: str, expected: float) -> None:
    assert given_names().relation(plain(left), plain(right)) == expected


def test_each_row_of_given_names_has_both_scripts() -> None:
    table = resources.files("tolmach.names.comparison").joinpath("given_names.tsv").read_text(encoding="utf-8")
    lines = [line for line in table.split("\n") if line and not line.startswith("#")]
    assert lines[0].split("\t") == ["latin", "cyrillic", "short"]
    cyrillic = alphabet().cyrillic
    for line in lines[1:]:
        latin, russian, _short = line.split("\t")
        assert latin, line
        assert russian, line
        assert cyrillic.isdisjoint(plain(latin)), line
        assert all(cyrillic.issuperset(plain(form).replace("-", "").replace("'", "")) for form in russian.split()), line


def test_the_letters_tell_the_language() -> None:
    assert [language(name) for name in ("Токаев", "Тоқаев", "Київ", "Магілёў", "Душанбе", "Ҳисор")] == [
        "ru",
        "kk",
        "uk",
        "be",
        "ru",
        "tg",
    ]


@pytest.mark.parametrize("text", ["", "K", "Tokajew", "tokajew", "К7", "UNESCO-Stadt", "TOKAJEW"])
def test_what_is_no_acronym(text: str) -> None:
    assert not is_acronym(text)


def test_what_was_learned_is_small_and_finite() -> None:
    folder = resources.files("tolmach.names.comparison")
    assert sum(len(folder.joinpath(name).read_bytes()) for name in ("model.npz", "places.npz")) < 2_000_000
    learned = model.load()
    assert np.isfinite(learned.trees.leaves).all()
    assert np.isfinite(learned.knowledge.letters).all()
