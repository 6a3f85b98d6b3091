"""The page of a report in a real browser: filter, search, links to the places, phone, paper, hostile text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from test_browser import CHROMIUM, Visit
from test_report import HOSTILE, VERSION, corpus, hostile
from tolmach.report.model import Corpus, Limits
from tolmach.report.page import page

sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright")
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="needs chromium at /usr/bin/chromium")
Open = Callable[..., Visit]


@pytest.fixture
def visit(browser: sync_api.Browser, tmp_path: Path) -> Iterator[Open]:
    visits: list[Visit] = []

    def open_page(report: Corpus, width: int = 1280, fragment: str = "", **options: object) -> Visit:
        path = tmp_path / "report.html"
        path.write_text(page(report, VERSION, "en"), encoding="utf-8", newline="\n")
        context = browser.new_context(viewport={"width": width, "height": 800}, **options)
        context.set_default_timeout(10_000)
        opened = Visit(context.new_page(), path.as_uri())
        visits.append(opened)
        if fragment:
            opened.page.goto("about:blank")
            opened.page.goto(path.as_uri() + fragment)
        return opened

    yield open_page
    for visit in visits:
        visit.page.context.close()
    assert [trouble for visit in visits for trouble in visit.troubles] == []


def visible_names(opened: Visit) -> list[str]:
    """The names in the list; the table must have the same."""
    listed = opened.page.locator("article:visible h3 a").all_inner_texts()
    assert opened.page.locator(".matrix tbody:visible tr:first-child bdi").all_inner_texts() == listed
    return listed


def test_all_names_are_shown_at_first(visit: Open) -> None:
    opened = visit(corpus())
    assert visible_names(opened) == ["ODKB", "Tokajew", "Belarus"]
    assert opened.page.locator("output").inner_text() == "3 of 3 names"


SEARCHES = {
    "toqa": ["Tokajew"],
    "ТОҚАЕВ": ["Tokajew"],
    "одкб": ["ODKB"],
    "weissrussland": [],
    "weißrussland": ["Belarus"],
    "  kassym-schomart   tokajew ": ["Tokajew"],
    "беларусь": ["Belarus"],
    "<b>": [],
    "": ["ODKB", "Tokajew", "Belarus"],
}


def test_search_finds_any_form_and_original(visit: Open) -> None:
    opened = visit(corpus())
    for typed, found in SEARCHES.items():
        opened.page.get_by_role("searchbox", name="Search a name").fill(typed)
        assert visible_names(opened) == found, typed
        said = f"{len(found)} of 3 names" if found else "No name fits this choice."
        assert opened.page.locator("output").inner_text() == said


def test_filters_by_classification_kind_and_text_work_together(visit: Open) -> None:
    opened = visit(corpus())
    opened.page.get_by_role("checkbox", name="probable error").uncheck()
    assert visible_names(opened) == ["Tokajew", "Belarus"]
    opened.page.locator("[name=kind]").select_option(label="place")
    assert visible_names(opened) == ["Belarus"]
    opened.page.locator("[name=source]").select_option(label="sender")
    assert visible_names(opened) == []
    opened.page.get_by_role("button", name="show all").click()
    sync_api.expect(opened.page.locator("output")).to_have_text("3 of 3 names")
    assert visible_names(opened) == ["ODKB", "Tokajew", "Belarus"]


def test_a_page_with_one_classification_can_be_filtered(visit: Open) -> None:
    opened = visit(corpus(Limits(names=1)))
    opened.page.get_by_role("checkbox", name="probable error").uncheck()
    assert visible_names(opened) == []


def test_the_filter_is_worked_by_keyboard(visit: Open) -> None:
    opened = visit(corpus())
    for _press in range(12):
        opened.page.keyboard.press("Tab")
        if opened.page.evaluate("document.activeElement.value") == "error":
            break
    opened.page.keyboard.press("Space")
    assert visible_names(opened) == ["Tokajew", "Belarus"]


@pytest.mark.parametrize("script", [True, False])
def test_a_number_leads_to_its_places(visit: Open, script: bool) -> None:
    opened = visit(corpus(), java_script_enabled=script)
    context = opened.page.locator("#g1-3-2 li").first
    assert context.is_hidden()
    opened.page.locator(".matrix a[href='#g1-3-2']").click()
    sync_api.expect(context).to_be_in_viewport()
    assert opened.page.locator("#g1-3-2 mark").all_inner_texts() == ["Toqajew", "Toqajew"]


def test_an_address_leads_to_its_places(visit: Open) -> None:
    opened = visit(corpus(), fragment="#g3-2-3")
    sync_api.expect(opened.page.locator("#g3-2-3 li")).to_be_in_viewport()


def test_a_link_into_what_is_filtered_away_brings_it_back(visit: Open) -> None:
    opened = visit(corpus())
    opened.page.get_by_role("searchbox").fill("ODKB")
    opened.page.evaluate("location.hash = '#g2'")
    sync_api.expect(opened.page.locator("#g2")).to_be_visible()
    assert opened.page.get_by_role("searchbox").input_value() == ""


def test_without_script_all_is_there_but_the_filter(visit: Open) -> None:
    opened = visit(corpus(), java_script_enabled=False)
    assert visible_names(opened) == ["ODKB", "Tokajew", "Belarus"]
    assert opened.page.locator("form").is_hidden()
    opened.page.locator("#g2 summary").click()
    assert opened.page.locator("#g2 mark").all_inner_texts() == ["Belarus", "Weißrussland"]


@pytest.mark.parametrize("width", [320, 390])
def test_on_a_phone_only_the_table_scrolls_sideways(visit: Open, width: int) -> None:
    for report in (corpus(), hostile()):
        opened = visit(report, width, has_touch=True, is_mobile=True)
        for number in range(opened.page.locator("summary").count()):
            opened.page.locator("summary").nth(number).click()
        assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    assert opened.page.evaluate("(frame => frame.scrollWidth > frame.clientWidth)(document.querySelector('.frame'))")


def test_the_names_stay_when_the_table_scrolls(visit: Open) -> None:
    opened = visit(hostile(), 390)
    frame = opened.page.locator(".frame").first
    frame.evaluate("frame => { frame.scrollLeft = 200; }")
    (edge, place) = (part.bounding_box() for part in (frame, opened.page.locator(".matrix tbody th").first))
    assert edge is not None
    assert place is not None
    assert abs(place["x"] - edge["x"]) <= 2


def test_on_a_desktop_nothing_scrolls_sideways(visit: Open) -> None:
    for report in (corpus(), hostile()):
        assert visit(report).page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_classifications_are_told_by_words(visit: Open) -> None:
    opened = visit(corpus())
    row = opened.page.get_by_role("row", name="ODBK")
    assert row.get_by_role("rowheader").inner_text().split("\n")[-1].strip().endswith("probable error")
    assert opened.page.get_by_role("columnheader", name="blatt").locator("a").get_attribute("title") == "news/blatt.txt"


def test_every_control_has_a_name(visit: Open) -> None:
    opened = visit(corpus())
    nameless = (
        "[...document.querySelectorAll('input, select, button')].filter(one => !one.labels?.length && !one.innerText)"
    )
    assert opened.page.evaluate(f"{nameless}.length") == 0
    assert opened.page.evaluate("[...document.querySelectorAll('a')].filter(one => !one.innerText.trim()).length") == 0


def test_paper_gets_the_table_without_the_filter(visit: Open) -> None:
    opened = visit(corpus())
    assert opened.page.pdf(prefer_css_page_size=True).startswith(b"%PDF-")
    opened.page.emulate_media(media="print")
    assert opened.page.locator("form").is_hidden()
    assert opened.page.locator(".matrix").is_visible()
    assert opened.page.evaluate("getComputedStyle(document.querySelector('.frame')).overflow") == "visible"


@pytest.mark.parametrize("script", [True, False])
def test_hostile_text_stays_text(visit: Open, script: bool) -> None:
    opened = visit(hostile(), java_script_enabled=script)
    assert opened.page.locator("article").count() == len(HOSTILE)
    assert opened.page.locator("script").count() == 1
    assert opened.page.locator("img, iframe, link, base, object, svg, template").count() == 0
    if script:
        opened.page.get_by_role("searchbox").fill("onerror")
        assert opened.page.evaluate("window.harmed") is None
