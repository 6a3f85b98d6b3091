"""Drafts beside reviewed translations: what is counted, what is not, and that the numbers are sacrebleu's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support import run_program
from tolmach.glossary.find import Finder
from tolmach.glossary.load import load
from tolmach.translate.evaluate import changes, evaluate, together
from tolmach.translate.trials import Trial, Trials

GLOSSARY = """
[[concept]]
id = "tokayev"
kind = "person"
de = [{ form = "Tokajew", status = "preferred" }]
ru = [{ form = "Токаев", status = "preferred" }, { form = "Тоқаев", status = "deprecated" }]

[[concept]]
id = "csto"
kind = "organisation"
de = [{ form = "ODKB", status = "preferred" }]
ru = [{ form = "ОДКБ", status = "preferred" }]
"""
REVIEWED = """
msgid ""
msgstr ""
"Language: ru\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"X-Source-Language: de\\n"

msgctxt "a#1"
msgid "Tokajew dankte der ODKB."
msgstr "Токаев поблагодарил ОДКБ."

msgctxt "a#2"
msgid "Tokajews Rede dauerte eine Stunde."
msgstr "Речь Токаева длилась час."

msgctxt "a#3"
msgid "Er schwieg."
msgstr "Он промолчал."

#, fuzzy
msgctxt "a#4"
msgid "Tokajew ging."
msgstr "Токаев ушёл."
"""


@pytest.fixture(scope="module")
def finder(tmp_path_factory: pytest.TempPathFactory) -> Finder:
    path = tmp_path_factory.mktemp("glossary") / "house.toml"
    path.write_text(GLOSSARY, encoding="utf-8")
    return Finder(load([str(path)]))


def trials(*rows: tuple[str, str, str]) -> Trials:
    return Trials("a", "de", "ru", tuple(Trial(*row) for row in rows))


def judged(finder: Finder, *rows: tuple[str, str, str]) -> tuple[int, float | None, float | None]:
    pytest.importorskip("sacrebleu", reason="the evaluate extra is not installed")
    (one,) = evaluate([trials(*rows)], finder)
    return one.terms, one.success, one.right_form


def test_a_term_counts_where_source_and_reference_have_it(finder: Finder) -> None:
    source, reference = "Tokajew dankte. Tokajew ging.", "Токаев поблагодарил и ушёл."
    assert judged(finder, (source, "Токаев поблагодарил и ушёл.", reference)) == (1, 1.0, 1.0)
    assert judged(finder, ("Er dankte.", "Токаев поблагодарил.", "Токаев поблагодарил.")) == (0, None, None)
    assert judged(finder, (source, "Токаев ушёл.", "Он ушёл.")) == (0, None, None)


def test_without_the_source_the_reference_decides(finder: Finder) -> None:
    assert judged(finder, ("", "Токаев ушёл.", "Токаев ушёл.")) == (1, 1.0, 1.0)


@pytest.mark.parametrize(
    ("draft", "success", "right_form"),
    [
        ("Речь Токаева длилась час.", 1.0, 1.0),
        ("Речь Токаев длилась час.", 1.0, 0.0),
        ("Речь Тоқаева длилась час.", 0.0, 0.0),
        ("Речь Tokajew длилась час.", 0.0, 0.0),
        ("Речь Путина длилась час.", 0.0, 0.0),
    ],
)
def test_the_preferred_form_and_the_right_one(finder: Finder, draft: str, success: float, right_form: float) -> None:
    source, reference = "Tokajews Rede dauerte eine Stunde.", "Речь Токаева длилась час."
    assert judged(finder, (source, draft, reference)) == (1, success, right_form)


def test_one_rendering_is_consistent_and_two_are_not(finder: Finder) -> None:
    pytest.importorskip("sacrebleu", reason="the evaluate extra is not installed")
    rows = [("Tokajew ging.", draft, "Токаев ушёл.") for draft in ("Токаев ушёл.", "Тоқаев ушёл.", "Токаев вышел.")]
    (one,) = evaluate([trials(*rows)], finder)
    assert one.consistency == pytest.approx(2 / 3)
    (same,) = evaluate([trials(*rows[:1], *rows[2:])], finder)
    assert same.consistency == 1.0
    (both,) = together([one, same], "all")
    assert both.consistency == pytest.approx(4 / 5)


def test_what_was_mended_and_what_was_harmed(finder: Finder) -> None:
    pytest.importorskip("sacrebleu", reason="the evaluate extra is not installed")
    rows = [
        ("Tokajew ging.", "Тоқаев ушёл.", "Токаев ушёл."),
        ("Er traf Tokajew.", "Он встретил Токаева.", "Он встретил Токаева."),
    ]
    (before,) = evaluate([trials(*rows)], finder)
    (after,) = evaluate(
        [trials((*rows[0][:1], "Токаев ушёл.", rows[0][2]), (*rows[1][:1], "Он встретил Токаев.", rows[1][2]))], finder
    )
    assert changes(before, after) == (1, 1)
    assert changes(before, before) == (0, 0)
    (other,) = evaluate([trials(rows[0])], finder)
    assert changes(before, other) is None


def house(tmp_path: Path) -> tuple[str, ...]:
    (tmp_path / "house.toml").write_text(GLOSSARY, encoding="utf-8")
    for folder, text in (("translations", REVIEWED), ("drafts", drafts())):
        (tmp_path / folder / "ru").mkdir(parents=True)
        (tmp_path / folder / "ru" / "a.po").write_text(text, encoding="utf-8")
    return "evaluate", "drafts", "--reference", "translations", "--glossary", "house.toml"


def drafts() -> str:
    note = "# tolmach terms: Tokajew: repaired (Тоқаев \u2192 Токаев); ODKB: missing (ОДКБ)\n#, fuzzy\nmsgctxt"
    return (
        REVIEWED.replace("#, fuzzy\n", "")
        .replace("msgctxt", note, 1)
        .replace('msgctxt "a#2"', '#, fuzzy\nmsgctxt "a#2"')
        .replace("поблагодарил ОДКБ", "благодарил организацию")
        .replace("Речь Токаева", "Речь Токаев")
    )


def test_the_command_counts_drafts_beside_reviewed_translations_alone(tmp_path: Path) -> None:
    sacrebleu = pytest.importorskip("sacrebleu", reason="the evaluate extra is not installed")
    done = run_program(*house(tmp_path), "--format", "json", folder=tmp_path)
    assert (done.code, done.errors) == (0, "")
    answer = json.loads(done.output)
    assert answer["schema"] == "tolmach.evaluate/1"
    (found,) = answer["systems"][0]["sums"]
    # the third sentence is no draft, the fourth has no reviewed translation
    assert (found["language"], found["sentences"], found["drafted"]) == ("ru", 2, 2)
    assert (found["terms"], found["preferred"], found["right_form"]) == (3, 0.6667, 0.3333)
    assert found["told"] == {"kept": 0, "repaired": 1, "inserted": 0, "missing": 1}
    hypotheses = ["Токаев благодарил организацию.", "Речь Токаев длилась час."]
    references = ["Токаев поблагодарил ОДКБ.", "Речь Токаева длилась час."]
    assert found["quality"]["BLEU"] == pytest.approx(sacrebleu.corpus_bleu(hypotheses, [references]).score, abs=0.001)
    assert found["quality"]["chrF"] == pytest.approx(sacrebleu.corpus_chrf(hypotheses, [references]).score, abs=0.001)
    assert all(sacrebleu.__version__ in signature for signature in answer["signatures"].values())


def test_the_table_and_the_lines_say_the_same(tmp_path: Path) -> None:
    pytest.importorskip("sacrebleu", reason="the evaluate extra is not installed")
    words = house(tmp_path)
    table = run_program(*words, "drafts", folder=tmp_path).output
    assert "0.333" in table
    assert "beside drafts, 0 terms mended, 0 harmed (0.0 per 1,000)" in table
    heading, row = run_program(*words, "--format", "tsv", folder=tmp_path).output.splitlines()
    cells = dict(zip(heading.split("\t"), row.split("\t"), strict=True))
    assert (cells["terms"], cells["right_form"], cells["missing"]) == ("3", "0.3333", "1")


def test_plain_texts_line_by_line(tmp_path: Path) -> None:
    pytest.importorskip("sacrebleu", reason="the evaluate extra is not installed")
    (tmp_path / "house.toml").write_text(GLOSSARY, encoding="utf-8")
    for name, text in (
        ("de", "Tokajew ging.\nEr kam.\n"),
        ("draft", "Токаев ушёл.\n\n"),
        ("ru", "Токаев ушёл.\nОн.\n"),
    ):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    words = ("evaluate", "draft.txt", "--reference", "ru.txt", "--glossary", "house.toml", "--format", "json")
    done = run_program(*words, "--source", "de.txt", "--to", "ru", folder=tmp_path)
    (found,) = json.loads(done.output)["systems"][0]["sums"]
    assert (found["sentences"], found["drafted"], found["terms"], found["right_form"]) == (2, 1, 1, 1.0)
    assert run_program(*words, folder=tmp_path).code == 2


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("draft.txt", "--reference", "long.txt", "--to", "ru"), "1 lines, but 2 in long.txt"),
        (("bytes.txt", "--reference", "draft.txt", "--to", "ru"), "the text is not UTF-8"),
        (("empty", "--reference", "empty"), "no draft has a reviewed translation"),
    ],
)
def test_what_cannot_be_compared_is_said(tmp_path: Path, words: tuple[str, ...], message: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "draft.txt").write_text("Он ушёл.\n", encoding="utf-8")
    (tmp_path / "long.txt").write_text("Он ушёл.\nОн.\n", encoding="utf-8")
    (tmp_path / "bytes.txt").write_bytes(b"\xff\xfe\xff\n")
    done = run_program("evaluate", *words, "--glossary", "none", folder=tmp_path)
    assert done.code == 2
    assert message in done.errors
