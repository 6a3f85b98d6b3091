"""The frame around every page: one template, one stylesheet, one policy."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from tolmach.pages.escaping import anchor, fragment, visible
from tolmach.pages.languages import language, tag

if TYPE_CHECKING:
    from jinja2 import Environment

_PIECES = 2000


@dataclass(frozen=True)
class Page:
    """A page to write: whose template it is, and what it is filled with.

    `template` is a file in the folder `templates` of `package` that extends `frame/frame.html`. `language` is the
    language of the page itself. `style` and `script` are texts of ours (see `asset`), added to the common stylesheet;
    never put foreign text there.
    """

    package: str
    template: str
    title: str
    language: str
    style: str = ""
    script: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


def asset(package: str, name: str) -> str:
    """The text of a stylesheet or script in the folder `templates` of `package`."""
    return files(package).joinpath("templates", name).read_text(encoding="utf-8")


def render(page: Page) -> str:
    """The whole HTML file. Every value is made visible and escaped; only `Markup` of the template itself is markup."""
    from markupsafe import Markup

    style = asset(__package__, "style.css") + page.style
    for embedded in (style, page.script):
        if "</" in embedded:
            raise ValueError("a style or script must not contain an end tag")
    return (
        _environment(page.package)
        .get_template(page.template)
        .render(
            **page.values,
            title=page.title,
            page_language=language(page.language),
            policy=_policy(style, page.script),
            style=Markup(style),
            script=Markup(page.script),
        )
    )


def stream(package: str, template: str, values: Mapping[str, object]) -> Iterator[str]:
    """An XML file in pieces, from a file in the folder `templates` of `package`; every value as in `render`."""
    filled = _environment(package).get_template(template).stream(**values)
    # A piece a template tag would be a call of the archive each: as few as memory allows.
    filled.enable_buffering(_PIECES)
    yield from filled


def _policy(style: str, script: str) -> str:
    scripts = _hash(script) if script else "'none'"
    return f"default-src 'none'; style-src {_hash(style)}; script-src {scripts}; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


@cache
def _environment(package: str) -> Environment:
    from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader, StrictUndefined

    environment = Environment(
        loader=ChoiceLoader([PackageLoader(package), PrefixLoader({"frame": PackageLoader(__package__)})]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_finalize,
    )
    environment.filters |= {"anchor": anchor, "fragment": fragment, "language": language, "tag": tag}
    return environment


def _finalize(value: object) -> object:
    return value if hasattr(value, "__html__") else visible(str(value))
