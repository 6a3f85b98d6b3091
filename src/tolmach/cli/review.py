"""The terminal side of reviewing proposals: keys in, screens out, every decision written at once."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tolmach.cli.keyboard import Keyboard
from tolmach.cli.quotations import quotations
from tolmach.cli.screen import Size, cut, explanations, screen, width_of
from tolmach.cli.show import visible
from tolmach.errors import TolmachError
from tolmach.files import locked, read_bytes, reason, write_atomic
from tolmach.glossary import edit
from tolmach.glossary import review as steps
from tolmach.messages import _, plural

if TYPE_CHECKING:
    from tolmach.glossary.model import Concept
    from tolmach.glossary.propose import House
    from tolmach.glossary.review import Review

_MOST_QUOTATIONS = 3
_DIGITS = frozenset("123456789")
_CHOICES = "123456789abcdefghijklmnopqrstuvwxyz"
_QUIT = frozenset(("q", "Q", "", "\x04"))


@dataclass
class Session:
    """A review of one file: its state, the file as it was last written, and the files before each step."""

    path: Path
    home: Path
    house: House
    others: tuple[Concept, ...]
    file: edit.GlossaryFile
    review: Review
    message: str = ""
    before: list[edit.GlossaryFile] = field(default_factory=list)
    keyboard: Keyboard = field(default_factory=Keyboard)

    def take(self, step: Callable[[Review], Review]) -> None:
        """Do one step and write what it decides; a step that is refused only says why."""
        try:
            new = step(self.review)
        except TolmachError as refused:
            self.message = f"{refused.message}: {refused.hint}" if refused.hint else refused.message
            return
        self.message = ""
        old, earlier = self.review, self.file
        if new is old.past:
            if self._write(self.before[-1], new):
                self.before.pop()
                self.message = _("taken back")
        elif new.past is old:
            if self._write(steps.written_to(self.file, new), new):
                self.before.append(earlier)
                self.message = _told(old, new)
        else:
            self.review = new

    def _write(self, file: edit.GlossaryFile, new: Review) -> bool:
        """Write the file, unless somebody else has changed it meanwhile; then begin anew with what stands there."""
        with locked(self.path.parent):
            if read_bytes(self.path) != self.file.text.encode():
                self._begin_anew(edit.read(self.path))
                return False
            if file is not self.file:
                write_atomic(self.path, file.text)
        self.file, self.review = file, new
        return True

    def _begin_anew(self, current: edit.GlossaryFile) -> None:
        self.file, self.before = current, []
        self.review = steps.begin(current.concepts, self.others)
        self.message = _("another program has changed the file; it was read again, the last step was not done")


def _told(old: Review, new: Review) -> str:
    """What became of the proposal that was shown."""
    state = next((concept.state for concept in new.concepts if concept.id == old.at), "")
    told = {"decided": _("{id} is accepted"), "rejected": _("{id} is dropped")}
    if state in told:
        return told[state].format(id=old.at)
    return _("{id} waits").format(id=old.at) if old.at in new.skipped - old.skipped else ""


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the review of a file against other processes; raises TolmachError where another one holds it."""
    try:
        import fcntl
    except ImportError:  # Windows: what another process writes is noticed before the next decision is written
        yield
        return
    lock = path.parent / f".{path.name}.review"
    descriptor = _opened(lock)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise TolmachError(
                _("this file is being reviewed already"), path=path, hint=_("end the other review, or wait for it")
            ) from None
        try:
            yield
        finally:
            with suppress(OSError):
                lock.unlink()
    finally:
        os.close(descriptor)


def _opened(lock: Path) -> int:
    try:
        return os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise TolmachError(
            _("cannot write the file: {reason}").format(reason=reason(error)),
            path=lock,
            hint=_("check your permissions"),
        ) from None


def run(session: Session) -> None:
    """Show proposal after proposal and do what the keys say, until none is left or the user ends it."""
    with session.keyboard.ready():
        while session.review.at:
            _draw(session)
            key = session.keyboard.key()
            if key in _QUIT:
                break
            session.message = ""
            _obey(session, key)


def _draw(session: Session) -> None:
    size = _size()
    review = session.review
    quoted = quotations(review.concept, review.language, session.home, _MOST_QUOTATIONS)
    click.clear()
    click.echo("\n".join(screen(review, quoted, session.message, size)))


def _size() -> Size:
    columns, lines = shutil.get_terminal_size()
    colour = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    # One line is left for what is typed.
    return Size(max(20, columns - 1), max(8, lines - 1), colour)


def _obey(session: Session, key: str) -> None:
    if key in _DIGITS:
        session.take(partial(steps.choose, number=int(key)))
    elif key in _STEPS:
        step = _STEPS[key]
        session.take(step)
    elif key in _NUMBERED:
        _with_number(session, key)
    elif key == "e":
        _type(session)
    elif key == "m":
        _merge(session)
    elif key == "?":
        _help(session)
    else:
        session.message = _("this key means nothing here; ? explains the keys")


_STEPS: dict[str, Callable[[Review], Review]] = {
    "a": steps.accept,
    "\r": steps.accept,
    "\n": steps.accept,
    "k": steps.skip,
    " ": steps.skip,
    "d": steps.reject,
    "u": steps.undo,
    "\t": steps.next_language,
}
_NUMBERED = frozenset("fxs")


def _with_number(session: Session, key: str) -> None:
    questions = {"f": _("rate which form?"), "x": _("remove which form?"), "s": _("split off which form?")}
    click.echo(f"{questions[key]} ", nl=False)
    number = session.keyboard.key()
    if number not in _DIGITS:
        return
    if key == "s":
        session.take(partial(steps.split, number=int(number), house=session.house))
    else:
        session.take(partial(steps.rate if key == "f" else steps.remove, number=int(number)))


def _type(session: Session) -> None:
    asked = _("form to prefer in {language} (empty: none)").format(language=session.review.language)
    with session.keyboard.line_mode(), suppress(click.Abort):
        typed = click.prompt(asked, default="", show_default=False)
        if typed.strip():
            session.take(partial(steps.write, text=typed))


def _merge(session: Session) -> None:
    """Let the user choose another concept from a list; those that look like this one come first."""
    review = session.review
    others = _similar(review.concept, steps.mergeable(review))
    if not others:
        session.message = _("there is no other concept")
        return
    size = _size()
    shown = others[: min(len(_CHOICES), size.height - 3)]
    click.clear()
    click.echo(cut(_("merge {id} with what? (any other key: nothing)").format(id=review.at), size.width))
    for key, concept in zip(_CHOICES, shown, strict=False):
        word = _("decided")
        decided = f" ({word})" if concept.state == "decided" else ""
        click.echo(cut(f"  {key}  {visible(_forms(concept))}{decided}", size.width))
    key = session.keyboard.key()
    place = _CHOICES.find(key) if key else -1
    if 0 <= place < len(shown):
        session.take(partial(steps.merge, identity=shown[place].id))


def _similar(concept: Concept, others: Sequence[Concept]) -> list[Concept]:
    from rapidfuzz.distance import JaroWinkler

    name = _forms(concept)
    return sorted(
        others, key=lambda one: (-JaroWinkler.similarity(name, _forms(one)) - (one.kind == concept.kind), one.id)
    )


def _forms(concept: Concept) -> str:
    return ", ".join(dict.fromkeys(entry.full for entries in concept.designations.values() for entry in entries))


def _help(session: Session) -> None:
    width = _size().width
    click.clear()
    told = explanations()
    column = max(width_of(key) for key, _text in told)
    for key, text in told:
        click.echo(cut(f"{key}{' ' * (column - width_of(key))}  {text}", width))
    click.echo()
    click.echo(_("marks: * preferred, + admitted, - deprecated, ! forbidden"))
    click.echo(_("any key goes back"))
    session.keyboard.key()


def summary(session: Session, started: Sequence[Concept]) -> str:
    """What was decided since the review was started, and what is left to do."""
    waiting = {concept.id for concept in started if concept.state == "proposed"}
    # Proposals that were split off or merged count as what they have become.
    known = {concept.id for concept in started} - waiting
    new = [one for one in session.review.concepts if one.id not in known]
    accepted, rejected = (sum(one.state == state for one in new) for state in ("decided", "rejected"))
    left = len(session.review.waiting)
    told = [
        plural("{count} accepted", "{count} accepted", accepted),
        plural("{count} dropped", "{count} dropped", rejected),
        plural("{count} proposal is left", "{count} proposals are left", left) if left else _("none is left"),
    ]
    return ", ".join(told)
