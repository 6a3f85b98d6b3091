"""Remembered translations made to fit: what may be taken over, and what must be left alone."""

import tomllib
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import run_program
from tolmach.glossary.find import Finder
from tolmach.glossary.load import load
from tolmach.memory import po
from tolmach.memory.lookup import Memory
from tolmach.memory.model import Entry
from tolmach.translate.adapt import Adapted, Adapter
from tolmach.translate.quantities import quantities

CASES_FOLDER = Path(__file__).parent / "cases"
CASES = tomllib.loads((CASES_FOLDER / "adapt.toml").read_text(encoding="utf-8"))["case"]
HOUSE = CASES_FOLDER / "adapt_house.toml"


@cache
def finder() -> Finder:
    return Finder(load([HOUSE]))


def adapted(
    asked: str, source: str, target: str, language: str, *, reviewed: bool = True, source_language: str = "de"
) -> Adapted | None:
    memory = Memory([Entry("", source, target, reviewed, "house.po")])
    return Adapter(memory, finder(), source_language, language, 0.3).adapted(asked)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_translations_are_made_to_fit_or_left_alone(case: dict[str, str]) -> None:
    found = adapted(case["asked"], *case["remembered"], case["to"], source_language=case.get("from", "de"))
    assert (found and found.target) == case.get("adapted")


def test_more_is_left_alone_than_taken_over() -> None:
    taken = sum("adapted" in case for case in CASES)
    assert taken >= 20
    assert len(CASES) - taken > taken


def test_only_reviewed_translations_are_made_to_fit() -> None:
    pair = ("Es kamen 5 Menschen.", "Пришли 5 человек.")
    assert adapted("Es kamen 6 Menschen.", *pair, "ru") is not None
    assert adapted("Es kamen 6 Menschen.", *pair, "ru", reviewed=False) is None


def test_the_signature_tells_score_and_way_and_the_outcomes_the_names() -> None:
    found = adapted("Mirsijojew schwieg.", "Tokajew schwieg.", "Токаев промолчал.", "ru")
    assert found is not None
    assert found.signature == f"memory {found.score:.2f}, adapted"
    assert [(one.term.target, one.before, one.step) for one in found.outcomes] == [("Мирзиёев", "Токаев", "memory")]


def test_without_a_glossary_numbers_are_still_exchanged() -> None:
    memory = Memory([Entry("", "Es kamen 5 Menschen.", "Пришли 5 человек.", True, "house.po")])
    found = Adapter(memory, None, "de", "ru", 0.5).adapted("Es kamen 8 Menschen.")
    assert found is not None and found.target == "Пришли 8 человек."
    assert Adapter(memory, None, "de", "ru", 0).adapted("Es kamen 8 Menschen.") is None


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.sampled_from(["en", "ru"]))
def test_a_number_put_in_is_read_again(old: int, new: int, language: str) -> None:
    from decimal import Decimal

    from tolmach.text.numbers.language import written

    source, asked = (f"Wert: {written(Decimal(number), 'de')}." for number in (old, new))
    found = adapted(asked, source, f"= {written(Decimal(old), language)}", language)
    if old == new or found is None:
        return
    (number,) = quantities(found.target, language)
    assert number.value == (Decimal(new), Decimal(new))


@given(st.text("Tokajew Пут 0123456789.,:-/ (März Januar)", max_size=60), st.sampled_from(["de", "en", "ru"]))
def test_quantities_quote_what_they_say(text: str, language: str) -> None:
    place = 0
    for one in quantities(text, language):
        assert text[one.span.start : one.span.end] == one.text
        assert one.span.start >= place
        place = one.span.end


def test_translate_takes_adapted_sentences_over_as_drafts(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Am 7. März 2021 sprach Mirsijojew in Astana.\n", encoding="utf-8")
    (tmp_path / "pairs_de_ru.tsv").write_text(
        "Am 5. Januar 2021 sprach Tokajew in Astana.\t5 января 2021 года Токаев выступил в Астане.\n", encoding="utf-8"
    )
    common = ("a.txt", "--to", "ru", "--engine", "memory", "--glossary", str(HOUSE), "--memory", "pairs_de_ru.tsv")
    done = run_program("translate", *common, folder=tmp_path)
    assert (done.code, done.output) == (0, "translations/ru/a.po: 0 from memory, 0 drafted, 1 empty\n")
    done = run_program("translate", *common, "--fuzzy", "0.6", folder=tmp_path)
    assert done.output.startswith("translations/ru/a.po: 0 from memory, 0 drafted, 1 adapted from memory")
    (entry,) = po.read(tmp_path / "translations" / "ru" / "a.po")
    assert (entry.msgstr, entry.fuzzy) == ("7 марта 2021 года Мирзиёев выступил в Астане.", True)
    assert po.signature(entry).endswith(", adapted")
    assert "Mirsijojew: repaired (Токаев → Мирзиёев)" in entry.tcomment
    before = (tmp_path / "translations" / "ru" / "a.po").read_bytes()
    assert run_program("translate", *common, "--fuzzy", "0.6", folder=tmp_path).code == 0
    assert (tmp_path / "translations" / "ru" / "a.po").read_bytes() == before
