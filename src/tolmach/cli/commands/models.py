"""`tolmach models`: the translation packages on this computer."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tolmach.cli.options import Existing, packages_option
from tolmach.cli.show import note, visible
from tolmach.errors import TolmachError
from tolmach.messages import _

_INDEX = click.option(
    "--index", envvar="ARGOS_PACKAGE_INDEX", help=_("Address of the index (default: argostranslate's).")
)


@click.group(
    "models",
    help=_("List, install and remove the packages that `tolmach translate --engine argos` works with."),
    epilog=_("Example: tolmach models install de en"),
)
def models() -> None:
    """Group the commands about packages."""


@models.command(
    "list",
    help=_("Print one package a line: languages, version, size, folder, separated by tabs."),
    epilog=_("Example: tolmach models list --available"),
)
@packages_option
@_INDEX
@click.option("--available", is_flag=True, help=_("List what the index has instead."))
def list_packages(packages: Path | None, index: str | None, available: bool) -> None:
    """Print the installed packages, or those of the index."""
    from tolmach.translate import index as web
    from tolmach.translate import models as local

    here = local.installed(_folders(packages))
    if not available:
        for package in here:
            size = f"{package.size / 1e6:.1f} MB"
            _show(package.source, package.target, package.version, size, str(package.path))
        if not here:
            note(_("no packages are installed (tolmach models install de en)"))
        return
    versions = {(package.source, package.target): package.version for package in reversed(here)}
    for offered in web.available(web.address(index)):
        own = versions.get((offered.source, offered.target))
        marks = [] if own is None else [_("installed: {version}").format(version=own)]
        _show(offered.source, offered.target, offered.version, *marks)


@models.command(
    "install",
    help=_("Install the package FROM one language TO another from the index, or a package FILE."),
    epilog=_("Example: tolmach models install en ru"),
)
@packages_option
@_INDEX
@click.argument("what", nargs=-1, required=True, metavar=_("FROM TO | FILE.argosmodel"))
def install_package(packages: Path | None, index: str | None, what: tuple[str, ...]) -> None:
    """Install one package."""
    from tolmach.translate import index as web
    from tolmach.translate import models as local

    folder = _folders(packages)[0]
    if len(what) == 1:
        fresh, checksum = local.install(Existing().convert(what[0], None, None), folder), ""
    elif len(what) == 2:
        source, target = what
        package = web.choose(web.address(index), source, target)
        fresh, checksum = web.install(package, folder, _progress)
    else:
        raise click.UsageError(_("give two languages, or one file"))
    if checksum:
        click.echo(f"sha256 {checksum}", err=True)
    _show(fresh.source, fresh.target, fresh.version, str(fresh.path))


@models.command(
    "remove",
    help=_("Delete the package from the language SOURCE to the language TARGET."),
    epilog=_("Example: tolmach models remove de en"),
)
@packages_option
@click.argument("source")
@click.argument("target")
def remove_package(packages: Path | None, source: str, target: str) -> None:
    """Delete one package."""
    from tolmach.translate import models as local

    for package in local.remove(_folders(packages), source, target):
        click.echo(visible(_("removed {path}").format(path=package.path)))


@models.command(
    "path",
    help=_("Print the folder that packages are installed into."),
    epilog=_("Example: tolmach models path"),
)
@packages_option
def print_path(packages: Path | None) -> None:
    """Print the folder."""
    click.echo(_folders(packages)[0])


def _folders(given: Path | None) -> tuple[Path, ...]:
    from tolmach.translate import models as local

    folders = (given,) if given is not None else local.folders()
    for folder in folders:
        if folder.exists() and not folder.is_dir():
            raise TolmachError(_("this is not a folder"), path=folder, hint=_("give another one with --packages"))
    return folders


def _show(*cells: str) -> None:
    click.echo("\t".join(map(visible, cells)))


def _progress(done: int, total: int) -> None:
    """One line that is written over; only for people who look at a terminal."""
    if sys.stderr.isatty():
        share = f"{100 * done // total:3d} % " if total else ""
        click.echo(f"\r{share}{done / 1e6:.1f} MB", err=True, nl=done == total)


COMMAND: click.Command = models
