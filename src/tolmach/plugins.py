"""The one way to add a plug-in: a module in a folder that defines one constant; its id is its file name.

A lint rule, a reporter, a text format, an engine, a writer and a command are all found this way: listed by name without
importing them, imported when asked for. In file names `_` stands for the `-` of an id.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.resources import files
from typing import TypeVar

from tolmach.errors import TolmachError
from tolmach.messages import _, unknown

Plugin = TypeVar("Plugin")


@cache
def names(package: str) -> tuple[str, ...]:
    """The ids of the plug-ins in `package`, sorted; nothing is imported but the package itself."""
    stems = (entry.name.removesuffix(".py") for entry in files(package).iterdir() if entry.name.endswith(".py"))
    return tuple(sorted(stem.replace("_", "-") for stem in stems if not stem.startswith("_")))


def load(package: str, name: str, constant: str, kind: type[Plugin]) -> Plugin:
    """The plug-in called `name`: the value of `constant` in its module, which must be a `kind`.

    Raises TolmachError for a name that does not exist, with the names that do.
    """
    if name not in names(package):
        # the folder says what they are: «engines», «rules»
        what = package.rpartition(".")[2].removesuffix("s")
        raise TolmachError(
            _("there is no {kind} called {name}").format(kind=what, name=name),
            hint=unknown(name, names(package)),
        )
    plugin = getattr(import_module(f"{package}.{name.replace('-', '_')}"), constant)
    if not isinstance(plugin, kind):
        raise TypeError(f"{package}.{name}: {constant} is no {kind.__name__}")
    return plugin
