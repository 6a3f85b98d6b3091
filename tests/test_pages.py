from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolmach.pages import Page, anchor, asset, fragment, language, render, visible

DARK = "@media screen and (prefers-color-scheme: dark)"
PAIRS = [
    *product(("ink", "quiet", "accent"), ("paper", "raised", "tint")),
    ("warn-ink", "warn-tint"),
    ("warn-ink", "paper"),
    ("warn-ink", "raised"),
]


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def colours(stylesheet: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]+);", stylesheet))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_every_text_colour_has_the_contrast_of_wcag_aa(scheme: str, ink: str, ground: str) -> None:
    light, _dark, rest = asset("tolmach.pages", "style.css").partition(DARK)
    palette = colours(light)
    if scheme == "dark":
        palette |= colours(rest.partition("@media print")[0])
    assert contrast(palette[ink], palette[ground]) >= 4.5


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Toqaev\u202e", "Toqaev[U+202E]"),
        ("a\u2066b\u2069", "a[U+2066]b[U+2069]"),
        ("\x00\x1b\x7f\x85", "[U+0000][U+001B][U+007F][U+0085]"),
        ("a\u2028b", "a[U+2028]b"),
        ("\U000e0041", "[U+E0041]"),
        ("\ud800", "[U+D800]"),
        ("\ufffe\uffff\ufdd0\U0010ffff", "[U+FFFE][U+FFFF][U+FDD0][U+10FFFF]"),
    ],
)
def test_what_acts_unseen_is_written_out(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Tokajew",
        "Касым-Жомарт Токаев",
        "Қасым-Жомарт Тоқаев",
        "Нью-Йорк\u00a0— Алматы",
        "Putsch\u00adversuch",
        "نیم\u200cفاصله",
        "\U0001f468\u200d\U0001f469",
        "Zeile\nnächste\tSpalte",
        "<b>&amp;</b>",
    ],
)
def test_what_spelling_needs_stays(text: str) -> None:
    assert visible(text) == text


@given(st.text())
def test_visible_text_is_stable_and_can_be_written(text: str) -> None:
    assert visible(visible(text)) == visible(text)
    visible(text).encode("utf-8")


@given(st.text())
def test_anchors_have_no_blanks_and_fragments_lead_to_them(name: str) -> None:
    from urllib.parse import unquote

    assert not re.search(r"\s", anchor(name))
    assert fragment(name).isascii()
    assert unquote(fragment(name).removeprefix("#")) == anchor(name)


@pytest.mark.parametrize(
    ("code", "name", "direction"),
    [
        ("de", "Deutsch", "ltr"),
        ("ru", "Русский", "ltr"),
        ("kk", "Қазақша", "ltr"),
        ("de-CH", "Deutsch (CH)", "ltr"),
        ("fa", "فارسی", "rtl"),
        ("xx", "xx", "ltr"),
    ],
)
def test_languages_are_named_in_themselves(code: str, name: str, direction: str) -> None:
    assert (language(code).name, language(code).direction) == (name, direction)


class Elements(HTMLParser):
    """The elements of a page, and its text by element."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attributes)))

    def handle_data(self, text: str) -> None:
        self.text += text


def test_the_frame_escapes_its_title_and_allows_only_its_own_style() -> None:
    page = render(Page("tolmach.pages", "frame.html", "</title><script>alert(1)</script>\u202e", "de"))
    elements = Elements(page)
    assert [tag for tag, _attributes in elements.found if tag == "script"] == []
    assert "</title><script>alert(1)</script>[U+202E]" in elements.text
    policy = next(
        attributes["content"] for tag, attributes in elements.found if attributes.get("http-equiv") and tag == "meta"
    )
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "script-src 'none'" in policy
    assert "unsafe" not in policy
    assert page == render(Page("tolmach.pages", "frame.html", "</title><script>alert(1)</script>\u202e", "de"))


@pytest.mark.parametrize("style", ["</style>", "a{}</STYLE ><script>"])
def test_a_style_that_would_end_itself_is_refused(style: str) -> None:
    with pytest.raises(ValueError, match="end tag"):
        render(Page("tolmach.pages", "frame.html", "x", "de", style=style))
