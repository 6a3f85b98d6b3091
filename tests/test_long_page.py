"""Long texts in a real browser, on the screen and on paper: sentences are found, and readers stay in their place."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from test_browser import CHROMIUM, Open, Visit, numbers, visiting
from test_parallel import article
from tolmach.pages import fragment
from tolmach.parallel.document import Notice, ParallelDocument

sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright")
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="needs chromium at /usr/bin/chromium")


@pytest.fixture
def visit(browser: sync_api.Browser, tmp_path: Path) -> Iterator[Open]:
    yield from visiting(browser, tmp_path)


def long() -> ParallelDocument:
    """A text of 400 sentences, every tenth of which has a finding."""
    note = (Notice("de", "warning", "a-rule", "Why."),)
    rows = (
        replace(article().rows[1], id=f"a#{number:08x}", paragraph=number // 3, notices=() if number % 10 else note)
        for number in range(400)
    )
    return replace(article(), rows=tuple(rows))


def top_row(opened: Visit) -> tuple[str, float]:
    """The first sentence that is fully below the heads of the columns, and where."""
    found = opened.page.evaluate("""() => {
        const below = document.querySelector("thead").getBoundingClientRect().bottom;
        const links = [...document.querySelectorAll("tbody .number a")];
        const top = (one) => one.closest("tr").getBoundingClientRect().top;
        const link = links.find((one) => one.getClientRects().length && top(one) >= below - 1);
        return [link.dataset.number, top(link) - below];
    }""")
    return str(found[0]), float(found[1])


def goto(opened: Visit, row: str) -> None:
    opened.page.goto("about:blank")
    opened.page.goto(opened.address + fragment(row))
    opened.page.wait_for_timeout(100)


@pytest.mark.parametrize("number", [1, 150, 380])
def test_a_link_leads_to_its_sentence_in_a_long_text(visit: Open, number: int) -> None:
    opened = visit(long())
    goto(opened, long().rows[number].id)
    shown, place = top_row(opened)
    assert shown == str(number + 1)
    assert number < 5 or place < 30


def test_switches_stay_in_sight_and_readers_stay_where_they_are(visit: Open) -> None:
    opened = visit(long())
    goto(opened, long().rows[200].id)
    _shown, before = top_row(opened)
    for switch in ("#show-3", "#show-3", "#only-findings", "#only-findings"):
        sync_api.expect(opened.page.locator(switch)).to_be_in_viewport()
        opened.page.locator(switch).click()
        opened.page.wait_for_timeout(300)
        shown, place = top_row(opened)
        assert (shown, round(place / 3)) == ("201", round(before / 3)), switch


def test_the_filter_of_a_long_text_leaves_no_gaps(visit: Open) -> None:
    opened = visit(long())
    opened.page.locator("#only-findings").check()
    opened.page.keyboard.press("End")
    opened.page.wait_for_timeout(300)
    assert numbers(opened) == [str(number) for number in range(1, 400, 10)]
    places = [row.bounding_box() for row in opened.page.locator("tbody tr:visible").all()[-6:]]
    assert all(place and place["height"] < 200 for place in places)
    ends = [(place["y"], place["y"] + place["height"]) for place in places if place]
    assert all(abs(after[0] - before[1]) < 3 for before, after in pairwise(ends))


def test_a_long_page_is_printed_with_its_heading_on_every_sheet(visit: Open, tmp_path: Path) -> None:
    rows = tuple(replace(article().rows[1], id=f"a#{number:08x}") for number in range(60))
    opened = visit(replace(article(), rows=rows))
    pdf = opened.page.pdf(path=tmp_path / "a.pdf", prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf)) > 2
    # A4 across, in points
    assert {
        round(float(side)) for box in re.findall(rb"/MediaBox\s*\[0 0 ([\d. ]+)\]", pdf) for side in box.split()
    } == {842, 595}
    opened.page.emulate_media(media="print")
    sync_api.expect(opened.page.locator(".bar")).to_be_hidden()
    assert opened.page.locator("thead").evaluate("(head) => getComputedStyle(head).display") == "table-header-group"


def test_every_sheet_has_its_number_and_every_sentence(visit: Open, tmp_path: Path) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed")
    opened = visit(long())
    opened.page.pdf(path=tmp_path / "a.pdf", prefer_css_page_size=True)
    written = subprocess.run(["pdftotext", "-layout", tmp_path / "a.pdf", "-"], capture_output=True, check=True)
    sheets = written.stdout.decode("utf-8").rstrip("\f").split("\f")
    assert [sheet.split()[-3:] for sheet in sheets] == [
        [str(number), "/", str(len(sheets))] for number in range(1, len(sheets) + 1)
    ]
    assert [int(found) for found in re.findall(r"(?m)^ *(\d+) +Kassym-Schomart", "".join(sheets))] == list(
        range(1, 401)
    )
