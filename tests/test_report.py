"""Reports: what is counted and shown, that pages are safe and complete, that pictures come out the same."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from test_pages import Elements, colours, luminance
from tolmach.files import load_table
from tolmach.glossary.find import Finder
from tolmach.glossary.load import load
from tolmach.lint import rule, runner
from tolmach.names.variants.find import Form, Group
from tolmach.names.variants.gathering import Occurrence
from tolmach.pages import asset
from tolmach.report import classes
from tolmach.report.build import House, build
from tolmach.report.contexts import contexts
from tolmach.report.model import Corpus, Limits
from tolmach.report.page import page
from tolmach.report.sources import SHORT, folder_name, names, short_names
from tolmach.text import formats
from tolmach.text.formats import Source
from tolmach.text.model import Document, Passage

CASES: dict[str, Any] = tomllib.loads((Path(__file__).parent / "cases" / "report.toml").read_text(encoding="utf-8"))
GOLDEN = Path(__file__).parent / "golden" / "report.html"
TEXTS: dict[str, str] = CASES["texts"]
VERSION = "0.0.0"
GLOSSARY = """
[[concept]]
id = "tokayev"
kind = "person"
sources = ["own"]
[[concept.de]]
form = "Tokajew"
status = "preferred"
[[concept.de]]
form = "Toqajew"
status = "deprecated"
reason = "house style"
"""
HOSTILE = [
    "</script><script>window.harmed = 1</script>",
    '<img src=x onerror="window.harmed = 2">',
    "Tok\u202eajew",
    "Tok\u200bajew",
    "\x1b[31mTokajew",
    "&lt;b&gt;",
    "Токаев' onclick='window.harmed = 3",
    "\ud800Tokajew",
    "T" * 5_000,
    "עברית",
    "$x^2$",
    "\U0001f600",
    "javascript:alert(1)",
]


def places(form: str, texts: dict[str, str]) -> Iterator[Occurrence]:
    for path, text in texts.items():
        for found in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text):
            yield Occurrence(path, found.start(), found.end(), form)


def form(name: str, classification: Any, reason: str, system: str, texts: dict[str, str]) -> Form:
    found = tuple(sorted(places(name, texts)))
    counts = Counter(place.path for place in found)
    systems = (system,) if system else ()
    return Form(name, len(found), tuple(sorted(counts.items())), systems, classification, reason, found)


def group(number: int, case: dict[str, Any], texts: dict[str, str]) -> Group:
    return Group(
        f"g{number}",
        case["kind"],
        case["confidence"],
        tuple(case["original"].items()),
        tuple(case["reasons"]),
        tuple(form(*values, texts) for values in case["forms"]),
        tuple(case["proposal"].items()),
    )


def groups() -> list[Group]:
    return [group(number, case, TEXTS) for number, case in enumerate(CASES["groups"], start=1)]


def documents(texts: dict[str, str]) -> Iterator[Document]:
    for path, text in texts.items():
        yield from formats.read(Source(path, path, text.encode("utf-8", "surrogatepass"), "de"))


def corpus(limits: Limits | None = None, house: House | None = None) -> Corpus:
    made = build(groups(), lambda: documents(TEXTS), list(TEXTS), house, limits)
    known = made.coverage and replace(made.coverage, hash="0123456789ab")
    return replace(made, title="Korpus", coverage=known)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    path = tmp_path_factory.mktemp("glossary") / "house.toml"
    path.write_text(GLOSSARY, encoding="utf-8", newline="\n")
    finder = Finder(load([path]))
    rules = {"deprecated-term": rule.load("deprecated-term")}
    return House(finder, lambda document: runner.check(document, rules, finder))


def hostile() -> Corpus:
    """Every kind of text a file or its name may hold, in every place where a report shows text."""
    texts = {f"{number}{name[:40]}.txt": f"{name} ging. Sonst nichts." for number, name in enumerate(HOSTILE)}
    made = []
    for number, (path, name) in enumerate(zip(texts, HOSTILE, strict=True), start=1):
        other = HOSTILE[number % len(HOSTILE)]
        place = Occurrence(path, 0, len(name), name)
        main = Form(name, 1, ((path, 1),), (name,), "main", name, (place,))
        wrong = Form(other, 1, ((path, 1),), (other,), "error", other, (place,))
        made.append(Group(f"g{number}", "other", 0.5, (("ru", name),), (name,), (main, wrong), (("de", other),)))
    read = [Document(path, path, "plain", text, (Passage(text, "de"),)) for path, text in texts.items()]
    return build(made, lambda: read, list(texts))


def shown(report: Corpus, name: str) -> dict[int, list[str]]:
    """The contexts of a form by column, its name in brackets."""
    (row,) = (row for _entry, row in report.rows() if row.form == name)
    return {cell.source: [f"{one.before}[{one.text}]{one.after}" for one in cell.contexts] for cell in row.cells}


def test_every_part_of_the_page_has_a_name_of_its_own() -> None:
    """Screen readers list the parts by their names."""
    elements = Elements(page(corpus(), VERSION)).found
    parts = [one for tag, one in elements if tag == "section" or one.get("role") == "region"]
    names = [one["aria-labelledby"] for one in parts if "aria-labelledby" in one]
    assert len(names) == len(set(names)) > 2


# What is counted


def test_errors_come_first_and_ids_are_those_of_variants() -> None:
    assert [(entry.id, entry.rows[0].form) for entry in corpus().entries] == [
        ("g3", "ODKB"),
        ("g1", "Tokajew"),
        ("g2", "Belarus"),
    ]


def test_texts_names_and_errors_are_counted() -> None:
    report = corpus()
    assert (report.texts, report.found, report.errors, report.plain_names) == (4, 3, 1, 1)
    assert [(one.form, one.count) for one in report.plain] == [("Almaty", 2)]
    assert report.findings is None
    assert report.coverage is None


def test_a_text_without_names_has_no_column() -> None:
    assert [source.name for source in corpus().sources] == ["news/agentur.txt", "news/blatt.txt", "sender.txt"]
    assert [source.mentions for source in corpus().sources] == [6, 3, 1]


def test_a_cell_shows_the_sentence_and_nothing_beyond_the_paragraph() -> None:
    assert shown(corpus(), "Tokajew")[1] == [
        "Präsident Kassym-Schomart [Tokajew] sprach in Almaty.",
        "Am Abend flog [Tokajew] nach Belarus.",
        "Die ODKB schickte Truppen; [Tokajew] dankte ihr.",
    ]
    assert shown(corpus(), "Weißrussland") == {2: ["In [Weißrussland] blieb es still, sagte Toqajew."]}


def test_what_is_left_out_is_counted() -> None:
    report = corpus(Limits(contexts=1))
    (cell,) = (cell for _entry, row in report.rows() if row.form == "Tokajew" for cell in row.cells)
    assert (cell.count, len(cell.contexts), cell.left_out) == (3, 1, 2)
    assert "and 2 more places" in Elements(page(report, VERSION, "en")).text


def test_every_form_has_a_place_before_any_has_two() -> None:
    report = corpus(Limits(all_contexts=7))
    assert {row.form: sum(len(cell.contexts) for cell in row.cells) for _entry, row in report.rows()} == {
        "ODKB": 1,
        "ODBK": 1,
        "Tokajew": 1,
        "Kassym-Schomart Tokajew": 1,
        "Toqajew": 1,
        "Belarus": 1,
        "Weißrussland": 1,
    }


def test_only_sources_with_a_column_take_room_for_places() -> None:
    report = corpus(Limits(sources=1, all_contexts=4))
    assert {row.form for _entry, row in report.rows() if any(cell.contexts for cell in row.cells)} == {
        "ODKB",
        "Tokajew",
        "Kassym-Schomart Tokajew",
        "Belarus",
    }


def test_a_page_without_room_for_places_says_so() -> None:
    report = corpus(Limits(all_contexts=2))
    assert not report.entries[1].has_contexts
    assert corpus(Limits(all_contexts=0)).entries[0].has_contexts is False
    assert Elements(page(report, VERSION, "en")).text.count("places in the texts") == 1


def test_names_beyond_the_limit_are_said() -> None:
    report = corpus(Limits(names=1))
    assert [entry.id for entry in report.entries] == ["g3"]
    assert "Shown are the 1 most important of 3 names" in Elements(page(report, VERSION, "en")).text


def test_names_beyond_the_table_stand_in_the_list() -> None:
    text = page(corpus(Limits(matrix=1)), VERSION, "en")
    assert text.count("<tbody") == 1
    assert text.count("<article") == 3
    assert "The table has the 1 most important names, the list below it 3." in Elements(text).text


def test_sources_beyond_the_limit_share_the_last_column() -> None:
    report = corpus(Limits(sources=1))
    assert [(source.name, source.mentions, source.others) for source in report.sources] == [
        ("news/agentur.txt", 6, 0),
        ("", 4, 2),
    ]
    assert shown(report, "Toqajew") == {2: []}
    text = Elements(page(report, VERSION, "en")).text
    assert "2 more texts" in text
    assert "The 1 texts with the most names have a column each, the other 2 share the last." in text


def test_the_glossary_decides_some_names(house: House) -> None:
    report = corpus(house=house)
    assert {entry.rows[0].form: entry.ruling and entry.ruling.decision for entry in report.entries} == {
        "ODKB": "open",
        "Tokajew": "decided",
        "Belarus": "open",
    }
    assert report.coverage is not None
    assert dict(report.coverage.numbers) == {"decided": 1, "proposed": 0, "ambiguous": 0, "open": 3}
    assert report.entries[1].ruling is not None
    assert report.entries[1].ruling.preferred == (("de", "Tokajew"),)


def test_findings_are_counted_by_rule_and_source(house: House) -> None:
    report = corpus(house=house)
    assert report.findings is not None
    assert [(one.rule, one.severity, one.source, one.count) for one in report.findings] == [
        ("deprecated-term", "warning", 2, 2)
    ]
    assert [(one.line, one.text) for one in report.findings[0].listed] == [(1, "Toqajew"), (2, "Toqajew")]


@pytest.mark.parametrize(("each", "every", "listed"), [(1, 99, 1), (10, 1, 1), (10, 0, 0)])
def test_findings_left_out_are_counted(house: House, each: int, every: int, listed: int) -> None:
    report = corpus(Limits(findings=each, all_findings=every), house)
    assert report.findings is not None
    (tally,) = report.findings
    assert (len(tally.listed), tally.left_out) == (listed, 2 - listed)


def test_a_text_without_passages_breaks_nothing() -> None:
    report = build([], lambda: [Document("a.txt", "a", "plain", "")], ["a.txt"])
    assert report.entries == ()
    assert "No name in these texts is written in several ways." in Elements(page(report, VERSION, "en")).text


# Sources


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ([], []),
        (["a.txt"], ["a"]),
        (["a.txt", "a.md"], ["a", "a (2)"]),
        (["x/brief.txt", "y/brief.txt"], ["x/brief", "y/brief"]),
        (["Генеральная-Ассамблея-1991.txt"], ["Генеральна…блея-1991"]),
        (
            ["nachrichten-vom-montag-1.txt", "nachrichten-vom-montax-1.txt"],
            ["nachrichte…-montag-1", "nachrichte…-montax-1"],
        ),
    ],
)
def test_short_names(full: list[str], short: list[str]) -> None:
    assert short_names(full) == short


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1, max_size=40), max_size=8))
def test_short_names_are_short_and_told_apart(stems: list[str]) -> None:
    full = [f"{stem}.txt" for stem in dict.fromkeys(stems)]
    found = short_names(full)
    assert len(set(found)) == len(full)
    assert all(len(name) <= SHORT + len(" (9)") for name in found)


def test_sources_are_named_from_the_folder_they_share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert names(["a/b/1.txt", "a/c/2.txt"]) == {"a/b/1.txt": "b/1.txt", "a/c/2.txt": "c/2.txt"}
    assert names([str(tmp_path / "a" / "1.txt")]) == {str(tmp_path / "a" / "1.txt"): "1.txt"}
    assert (folder_name(["a/b/1.txt", "a/c/2.txt"]), folder_name(["a/1.txt"])) == ("a", "1.txt")
    assert folder_name(["1.txt", "2.txt"]) == tmp_path.name


# Contexts

WORDS = st.sampled_from(["Tokajew", "Dr.", "sagte", "Ja.", "\n", "\n\n", "Алматы", " ", "…", "Z" * 90, "\u00a0", "!"])


@given(st.lists(WORDS, max_size=60), st.data())
def test_a_context_quotes_the_text(words: list[str], data: st.DataObject) -> None:
    text = " ".join([*words, "Tokajew"])
    starts = [found.start() for found in re.finditer("Tokajew", text)]
    start = data.draw(st.sampled_from(starts))
    document = Document("a", "a", "plain", text, (Passage(text, "de"),), offset=7)
    place = start + 7, start + 14
    ((found, context),) = contexts(document, [place])
    assert found == place
    assert context.text == "Tokajew"
    told = " ".join(text.split())
    whole = f"{context.before}{context.text}{context.after}".removeprefix("… ").removesuffix(" …")
    assert " ".join(whole.split()) in told
    assert len(whole) < 300


def test_a_context_in_a_web_page_has_no_markup() -> None:
    text = "<p>Heute <b>sprach</b> <i>Toka&shy;jew</i> &amp; schwieg dann.</p><p>Danach nichts.</p>"
    (document,) = formats.read(Source("a.html", "a", text.encode(), "de"))
    start = text.index("Toka&shy;jew")
    ((_place, context),) = contexts(document, [(start, start + len("Toka&shy;jew"))])
    assert (context.before, context.text, context.after) == ("Heute sprach ", "Toka\u00adjew", " & schwieg dann.")


@pytest.mark.parametrize("place", [(0, 3), (20, 30), (16, 19)])
def test_places_outside_a_block_are_not_its_own(place: tuple[int, int]) -> None:
    document = Document("a", "a", "plain", "Tokajew", (Passage("Tokajew", "de"),), offset=10)
    assert list(contexts(document, [place])) == []


# The page


def test_the_golden_page(house: House) -> None:
    made = page(corpus(house=house), VERSION, "de")
    assert made == GOLDEN.read_text(encoding="utf-8"), "look at the page and, if it is right, write it to tests/golden"


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_report_is_the_same_whenever_it_is_made(house: House, language: str) -> None:
    assert page(corpus(house=house), VERSION, language) == page(corpus(house=house), VERSION, language)


def test_labels_are_complete_in_every_language() -> None:
    tables = load_table("tolmach.report", "labels.toml")
    gaps = {
        language: {name: set(re.findall(r"\{\w+\}", text)) for name, text in words.items()}
        for language, words in tables.items()
    }
    assert set(tables) >= {"de", "en"}
    assert all(found == gaps["en"] for found in gaps.values())


def test_a_language_without_labels_gets_english_ones() -> None:
    assert page(corpus(), VERSION, "tr") == page(corpus(), VERSION, "en")


@pytest.mark.parametrize("make", [corpus, hostile])
def test_every_link_leads_somewhere_on_the_page(make: Any, house: House) -> None:
    report = corpus(house=house) if make is corpus else hostile()
    found = Elements(page(report, VERSION, "en")).found
    ids = Counter(attributes["id"] for _tag, attributes in found if attributes.get("id"))
    targets = {attributes["href"] for tag, attributes in found if tag == "a"}
    labelled = {attributes["aria-labelledby"] for _tag, attributes in found if attributes.get("aria-labelledby")}
    assert max(ids.values()) == 1
    assert all(target and target.startswith("#") for target in targets)
    assert {str(target)[1:] for target in targets} | labelled <= set(ids)


def test_the_page_asks_for_nothing(house: House) -> None:
    text = page(corpus(house=house), VERSION, "en")
    assert not re.search(r"https?:|@import|url\(|//\w", text.replace("// The filter", ""))
    loading = {"src", "srcset", "action", "data", "poster", "ping", "background", "style"}
    assert not any(loading & set(attributes) for _tag, attributes in Elements(text).found)


def test_headings_descend_one_by_one(house: House) -> None:
    levels = [
        int(tag[1])
        for tag, _attributes in Elements(page(corpus(house=house), VERSION, "en")).found
        if re.fullmatch(r"h\d", tag)
    ]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_cell_of_the_table_has_its_column() -> None:
    report = corpus()
    rows = re.findall(r"<tr class.*?</tr>", page(report, VERSION, "en"), re.DOTALL)
    assert len(rows) == 7
    for row in rows:
        spans = [int(found or 1) for found in re.findall(r"<td(?: colspan=\"(\d+)\")?", row)]
        assert sum(spans) == 1 + len(report.sources)


def test_hostile_text_stays_text() -> None:
    found = Elements(page(hostile(), VERSION, "en")).found
    tags = Counter(tag for tag, _attributes in found)
    assert tags["script"] == tags["style"] == 1
    assert not {"img", "base", "link", "iframe", "object", "svg"} & set(tags)
    assert not any(name.startswith("on") for _tag, attributes in found for name in attributes)


def test_no_absolute_path_is_told(tmp_path: Path) -> None:
    texts = {str(tmp_path / path): text for path, text in TEXTS.items()}
    moved = [group(number, case, texts) for number, case in enumerate(CASES["groups"], start=1)]
    report = build(moved, lambda: documents(texts), list(texts))
    assert report.title == tmp_path.name
    assert replace(report, title="Korpus") == corpus()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", classes.order())
def test_numbers_are_read_on_every_colour(scheme: str, name: str) -> None:
    light, _dark, rest = asset("tolmach.pages", "style.css").partition("@media screen and (prefers-color-scheme: dark)")
    palette = colours(light) | (colours(rest.partition("@media print")[0]) if scheme == "dark" else {})
    bright, _media, dim = asset("tolmach.report", "report.css").partition(
        "@media screen and (prefers-color-scheme: dark)"
    )
    depths = re.findall(r"--depth: (\.\d+)", bright if scheme == "light" else dim)
    assert len(depths) == 5
    for depth in map(float, depths):
        parts = (
            round(
                depth * part
                + (1 - depth) * int(palette["raised"].lstrip("#").ljust(6, "f")[2 * place : 2 * place + 2], 16)
            )
            for place, part in enumerate(classes.colour(name))
        )
        ground = "#" + "".join(f"{part:02x}" for part in parts)
        darker, lighter = sorted((luminance(palette["ink"]), luminance(ground)))
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def test_every_classification_has_sign_and_colour() -> None:
    from typing import get_args

    from tolmach.names.variants.relation import Classification

    assert sorted(classes.order()) == sorted(get_args(Classification))
    assert (
        len({classes.sign(one) for one in classes.order()})
        == len({classes.colour(one) for one in classes.order()})
        == 6
    )
