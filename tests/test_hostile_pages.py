"""A house all of whose texts, names of files and decisions are hostile: every page about it, opened in a browser."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from support import run_program
from test_browser import CHROMIUM, Visit
from test_parallel import HOSTILE
from tolmach.pages import visible

sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright")
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="needs chromium at /usr/bin/chromium")

_TOGETHER = 6  # texts in a file
# What the loaders refuse as a form (no letters, control characters) stands in all other places.
FORMS = {12: "Glocke", 14: "Klingel"}
COMMANDS = {
    "parallel": ("parallel", "--findings", "--output", "parallel"),
    "paragraphs": ("parallel", "--rows", "paragraph", "--languages", "ru,de", "--output", "paragraphs"),
    "book": ("parallel", "--format", "epub", "--output", "books"),
    "check": ("check", "--format", "html", "--output", "check.html"),
    "variants": ("variants", "--all", "--format", "html"),
    "report": ("report", "--output", "report.html"),
    "picture": ("report", "--format", "svg", "--output", "report.svg"),
}
# What no page of ours has, whatever is in it (the report has a form, the book a stylesheet, each of its own).
INJECTED = "img, iframe, base, object, embed, template, foreignObject, meta[http-equiv=refresh i], [onload], [onerror]"
HANDLERS = (
    "[...document.querySelectorAll('*')].flatMap(one => one.getAttributeNames()).filter(name => /^on/i.test(name))"
)
LINKS = "[...document.querySelectorAll('[href]')].map(one => one.getAttribute('href'))"
ACTIONS = "[...document.querySelectorAll('form')].filter(one => one.getAttribute('action'))"


def form(number: int) -> str:
    return FORMS.get(number, HOSTILE[number])


def quoted(text: str) -> str:
    """A string of TOML."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f").replace("\x85", "\\u0085")


def concept(number: int) -> str:
    name, words = quoted(form(number)), quoted(HOSTILE[number])
    avoided = quoted(f"Toqajew{number} {form(number)}")
    forms = "".join(f'[[concept.{code}]]\nform = {name}\nstatus = "preferred"\n' for code in ("de", "en", "ru"))
    return f"""
[[concept]]
id = "c{number}"
kind = "{"person" if number % 2 else "term"}"
note = {words}
definition = {words}
sources = [{words}]
original = {{ ru = {name} }}
{forms}
[[concept.de]]
form = {avoided}
status = "deprecated"
reason = {words}
"""


def text(number: int) -> str:
    words = HOSTILE[number].replace("\0", "")
    named = f"Hier steht {form(number)} im Satz. Auch Toqajew{number} {form(number)} kam."
    return f"{words}\n\n{named}\n\nTokajew und Toqajew sprachen. {words} Hier steht {form(number)}.\n"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("house")
    (folder / "texts").mkdir()
    for first in range(0, len(HOSTILE), _TOGETHER):
        numbers = range(first, min(first + _TOGETHER, len(HOSTILE)))
        name = "".join(HOSTILE[number].replace("/", "\u2215").replace("\0", "")[:40] for number in numbers)
        content = "\n".join(map(text, numbers))
        (folder / "texts" / f"{first} {name}.txt").write_text(content, encoding="utf-8", newline="\n")
    concepts = "".join(map(concept, range(len(HOSTILE))))
    (folder / "<b>'house\".toml").write_text(
        f"title = {quoted(HOSTILE[0])}\n{concepts}", encoding="utf-8", newline="\n"
    )
    settings = {"sources": ["texts"], "glossary": ["<b>'house\".toml"], "languages": ["de", "en", "ru"]}
    lines = "".join(f"{key} = {json.dumps(value)}\n" for key, value in settings.items())
    (folder / "tolmach.toml").write_text(lines, encoding="utf-8", newline="\n")
    return folder


def pages(house: Path, name: str) -> list[Path]:
    """The pages that the command called `name` has written."""
    if name == "picture":
        pytest.importorskip("matplotlib", reason="needs the extra 'plot'")
    outcome = run_program(*COMMANDS[name], folder=house)
    assert outcome.code in (0, 1), outcome.errors
    if name == "variants":
        (house / "variants.html").write_text(outcome.output, encoding="utf-8", newline="\n")
        return [house / "variants.html"]
    if name == "book":
        return [chapter for book in sorted((house / "books").iterdir()) if book.is_file() for chapter in chapters(book)]
    made = house / COMMANDS[name][-1]
    return sorted(made.iterdir()) if made.is_dir() else [made]


def chapters(book: Path) -> list[Path]:
    folder = book.parent.parent / "read" / book.name.partition(" ")[0]
    with zipfile.ZipFile(book) as archive:
        archive.extractall(folder)
    return sorted((folder / "EPUB").glob("*.xhtml"))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_page_about_a_hostile_house_is_quiet(name: str, house: Path, browser: sync_api.Browser) -> None:
    written = pages(house, name)
    context = browser.new_context()
    context.set_default_timeout(10_000)
    shown = ""
    for path in written:
        opened = Visit(context.new_page(), path.as_uri(), path.parent.as_uri())
        shown += str(opened.page.evaluate("document.documentElement.textContent"))
        for link in opened.page.locator("a").all()[:4]:
            link.focus()
        assert opened.troubles == [], path.name
        assert opened.page.evaluate("window.harmed") is None
        assert opened.page.locator(INJECTED).count() == 0
        assert opened.page.locator("script").count() <= 1
        assert opened.page.evaluate(HANDLERS) == []
        assert opened.page.evaluate(ACTIONS) == []
        assert all(link.startswith(("#", "style.css")) or ".xhtml" in link for link in opened.page.evaluate(LINKS))
        opened.page.close()
    context.close()
    # A page that leaves out what is hostile would be quiet, too; the letters of a picture are outlines.
    assert name == "picture" or "window.harmed" in shown
    if name in ("parallel", "paragraphs", "book"):
        assert all(visible(form(number)) in shown for number in range(len(HOSTILE)))
