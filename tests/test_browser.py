"""The pages in a real browser: what readers see, and that hostile text stays text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from test_parallel import HOSTILE, LANGUAGES, article, hostile, page
from tolmach.pages import fragment, visible
from tolmach.parallel.document import Notice, ParallelDocument

sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright")
CHROMIUM = Path("/usr/bin/chromium")
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="needs chromium at /usr/bin/chromium")
CARD = ".floating"


class Visit:
    """A page opened from a file; `troubles` is everything a quiet page does not do.

    It may ask for what is in the folder `home`, if there is one, else for nothing.
    """

    def __init__(self, page: sync_api.Page, address: str, home: str = "") -> None:
        self.page = page
        self.troubles: list[str] = []
        page.on("console", lambda message: self.troubles.append(message.text))
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("dialog", lambda dialog: self.troubles.append(dialog.message))
        page.on("request", lambda request: request.url.startswith(home or address) or self.troubles.append(request.url))
        self.address = address
        page.goto(address)

    def term(self, text: str) -> sync_api.Locator:
        return self.page.locator("a.term", has_text=text).first

    def card(self) -> sync_api.Locator:
        return self.page.locator(CARD)


Open = Callable[..., Visit]


def visiting(browser: sync_api.Browser, tmp_path: Path) -> Iterator[Open]:
    """What opens a document as a page; in the end, none of those opened may have been anything but quiet."""
    visits: list[Visit] = []

    def open_page(document: ParallelDocument, width: int = 1280, **options: object) -> Visit:
        path = tmp_path / "page.html"
        path.write_text(page(document), encoding="utf-8", newline="\n")
        context = browser.new_context(viewport={"width": width, "height": 700}, **options)
        context.set_default_timeout(10_000)
        visits.append(Visit(context.new_page(), path.as_uri()))
        return visits[-1]

    yield open_page
    for visit in visits:
        visit.page.context.close()
    assert [trouble for visit in visits for trouble in visit.troubles] == []


@pytest.fixture
def visit(browser: sync_api.Browser, tmp_path: Path) -> Iterator[Open]:
    yield from visiting(browser, tmp_path)


def test_hover_shows_the_card_and_leaving_hides_it(visit: Open) -> None:
    opened = visit(article())
    assert opened.card().is_hidden()
    opened.term("Alma-Ata").hover()
    sync_api.expect(opened.card()).to_be_visible()
    sync_api.expect(opened.card()).to_contain_text("Алматы")
    sync_api.expect(opened.card()).to_contain_text("vermeiden")
    opened.page.mouse.move(2, 2)
    sync_api.expect(opened.card()).to_be_hidden()


def test_a_pointer_on_its_way_opens_no_card(visit: Open) -> None:
    opened = visit(article())
    box = opened.term("Alma-Ata").bounding_box()
    assert box is not None
    for step in range(3):
        opened.page.mouse.move(box["x"] + 2 + step, box["y"] + 5)
    opened.page.mouse.move(2, 2)
    opened.page.wait_for_timeout(300)
    assert opened.card().is_hidden()


def test_the_pointer_may_move_onto_the_card(visit: Open) -> None:
    opened = visit(article())
    opened.term("Alma-Ata").hover()
    opened.card().hover()
    opened.page.wait_for_timeout(400)
    assert opened.card().is_visible()


def test_keyboard_focus_shows_the_card_and_escape_hides_it(visit: Open) -> None:
    opened = visit(article())
    for _press in range(20):
        opened.page.keyboard.press("Tab")
        if opened.page.evaluate("document.activeElement.className") == "term":
            break
    sync_api.expect(opened.card()).to_contain_text("Касым-Жомарт Токаев")
    sync_api.expect(opened.card()).to_contain_text("ru-de-duden")
    opened.page.keyboard.press("Escape")
    sync_api.expect(opened.card()).to_be_hidden()
    assert opened.page.evaluate("document.activeElement.className") == "term"


def test_touch_shows_the_card_and_a_touch_elsewhere_hides_it(visit: Open) -> None:
    opened = visit(article(), 390, has_touch=True, is_mobile=True)
    opened.term("Alma-Ata").tap()
    sync_api.expect(opened.card()).to_be_visible()
    opened.page.locator("footer").tap()
    sync_api.expect(opened.card()).to_be_hidden()


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_no_card_leaves_the_window(visit: Open, width: int) -> None:
    opened = visit(article(), width)
    for number in range(opened.page.locator("a.term").count()):
        opened.page.locator("a.term").nth(number).focus()
        sync_api.expect(opened.card()).to_be_visible()
        box = opened.card().bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 700


def test_a_switch_hides_its_language_and_brings_it_back(visit: Open) -> None:
    opened = visit(article())
    cells = opened.page.locator("td[lang=en]")
    switch = opened.page.get_by_role("checkbox", name="English")
    switch.focus()
    opened.page.keyboard.press("Space")
    assert [cells.nth(number).is_visible() for number in range(cells.count())] == [False] * 3
    assert opened.page.locator("td[lang=ru]").first.is_visible()
    assert opened.page.locator("thead th[lang=en]").is_hidden()
    opened.page.keyboard.press("Space")
    assert cells.first.is_visible()


@pytest.mark.parametrize("script", [True, False])
def test_no_language_chosen_is_all_languages(visit: Open, script: bool) -> None:
    opened = visit(article(), java_script_enabled=script)
    for name, left in (("Deutsch", 2), ("Русский", 1), ("English", 3)):
        opened.page.get_by_role("checkbox", name=name).uncheck()
        sync_api.expect(opened.page.locator("tbody tr:first-child td:visible")).to_have_count(left)


def test_without_script_the_page_is_readable_and_a_term_leads_to_its_entry(visit: Open) -> None:
    opened = visit(article(), java_script_enabled=False)
    assert opened.page.locator("td").count() == 9
    opened.term("Alma-Ata").click()
    assert opened.page.url.endswith("#term-almaty")
    assert opened.page.locator("#term-almaty").is_visible()


@pytest.mark.parametrize("width", [320, 390])
def test_a_phone_stacks_the_languages_without_scrolling_sideways(visit: Open, width: int) -> None:
    for document in (article(), hostile()):
        opened = visit(document, width)
        assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
        german, english = (opened.page.locator(f"td[lang={code}]").first.bounding_box() for code in ("de", "en"))
        assert german is not None
        assert english is not None
        assert german["y"] + german["height"] <= english["y"]


def test_drafts_and_gaps_are_named_in_words(visit: Open) -> None:
    opened = visit(article())
    assert opened.page.locator("td.draft[lang=en] .state").inner_text() == "draft"
    assert opened.page.locator("td.missing[lang=ru]").inner_text() == "нет перевода"
    assert opened.page.locator("td.reviewed .state").count() == 0


def test_a_row_is_found_by_its_sentence_id(visit: Open) -> None:
    opened = visit(article())
    row = article().rows[2]
    opened.page.locator("tbody .number a").nth(2).click()
    assert opened.page.url.endswith(fragment(row.id))
    assert opened.page.evaluate("document.querySelector(':target').id") == row.id


def test_paper_gets_pages_without_switches(visit: Open) -> None:
    opened = visit(article())
    assert opened.page.pdf(prefer_css_page_size=True).startswith(b"%PDF-")
    opened.page.emulate_media(media="print")
    assert opened.page.locator(".bar").is_hidden()
    assert opened.page.locator("td.draft .state").is_visible()
    assert opened.page.evaluate("getComputedStyle(document.querySelector('thead')).display") == "table-header-group"
    assert opened.page.evaluate("getComputedStyle(document.querySelector('tbody tr')).breakInside") == "avoid"


@pytest.mark.parametrize("script", [True, False])
def test_hostile_text_stays_text(visit: Open, script: bool) -> None:
    opened = visit(hostile(), java_script_enabled=script)
    for number in range(len(HOSTILE)):
        shown = opened.page.locator("td .text").nth(number * len(LANGUAGES)).text_content()
        assert shown == visible(HOSTILE[number])
    assert opened.page.locator("script").count() == 1
    assert opened.page.locator("style").count() == 1
    assert opened.page.locator("img, iframe, link, form, base, object, svg, template").count() == 0
    assert opened.page.title() == visible(HOSTILE[1])
    if script:
        for number in range(opened.page.locator("a.term").count()):
            opened.page.locator("a.term").nth(number).focus()
        assert opened.page.evaluate("window.harmed") is None
        assert opened.page.locator("script").count() == 1


def test_a_script_slipped_in_would_not_run(visit: Open, tmp_path: Path) -> None:
    """The policy is the second wall: it holds even where escaping would have failed."""
    opened = visit(article())
    broken = tmp_path / "broken.html"
    slipped = "<script>window.harmed = 1</script><img src=x onerror='window.harmed = 2'></table>"
    broken.write_text(page(article()).replace("</table>", slipped), encoding="utf-8", newline="\n")
    refused: list[str] = []
    other = opened.page.context.new_page()
    other.on("console", lambda message: refused.append(message.text))
    other.goto(broken.as_uri())
    other.wait_for_timeout(100)
    assert other.evaluate("window.harmed") is None
    assert any("Content Security Policy" in message for message in refused)


def noted() -> ParallelDocument:
    """The article with a finding in its last sentence."""
    *others, last = article().rows
    return replace(article(), rows=(*others, replace(last, notices=(Notice("de", "warning", "a-rule", "Why."),))))


def numbers(opened: Visit) -> list[str]:
    """The numbers of the sentences that are shown."""
    shown = opened.page.locator("tbody .number a:visible")
    return [str(link.get_attribute("data-number")) for link in shown.all()]


def test_only_sentences_with_findings_are_shown_on_demand(visit: Open) -> None:
    opened = visit(noted())
    assert numbers(opened) == ["1", "2", "3"]
    opened.page.locator("#only-findings").check()
    assert numbers(opened) == ["3"]
    opened.page.locator("#only-findings").uncheck()
    assert numbers(opened) == ["1", "2", "3"]


def test_the_filter_works_without_script(visit: Open) -> None:
    opened = visit(noted(), java_script_enabled=False)
    opened.page.locator("#only-findings").check()
    sync_api.expect(opened.page.locator("tbody tr:visible")).to_have_count(1)


def test_a_link_to_a_hidden_sentence_shows_it(visit: Open) -> None:
    opened = visit(noted())
    opened.page.locator("#only-findings").check()
    opened.page.evaluate("(id) => { location.hash = encodeURIComponent(id); }", noted().rows[0].id)
    sync_api.expect(opened.page.locator("tbody tr").first).to_be_visible()
    sync_api.expect(opened.page.locator("#only-findings")).not_to_be_checked()


def test_arrows_lead_from_sentence_to_sentence(visit: Open) -> None:
    opened = visit(noted())
    links = opened.page.locator("tbody .number a")
    links.first.focus()
    for key, place in (("ArrowDown", 1), ("ArrowDown", 2), ("ArrowDown", 2), ("ArrowUp", 1), ("End", 2), ("Home", 0)):
        opened.page.keyboard.press(key)
        sync_api.expect(links.nth(place)).to_be_focused()


def test_the_partners_of_a_sentence_are_lit_with_it(visit: Open) -> None:
    opened = visit(article())
    cells = opened.page.locator("tbody tr").nth(1).locator("td")
    before = [background(cell) for cell in cells.all()]
    cells.first.hover()
    assert all(background(cell) != old for cell, old in zip(cells.all(), before, strict=True))


def background(cell: sync_api.Locator) -> str:
    return str(cell.evaluate("(cell) => getComputedStyle(cell).backgroundColor"))
