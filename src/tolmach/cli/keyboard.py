"""Single keys from a terminal, without losing those that are typed while the program works."""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

_LONGEST_SEQUENCE = 32


class Keyboard:
    """Reads keys within `ready()`; within `line_mode()` the terminal edits and echoes lines as usual."""

    @contextmanager
    def ready(self) -> Iterator[Keyboard]:
        """Take single keys, without echo, until the end of the block."""
        try:
            import termios
            import tty
        except ImportError:  # Windows: `click.getchar` reads keys there without any mode
            yield self
            return
        descriptor = sys.stdin.fileno()
        before = termios.tcgetattr(descriptor)
        try:
            # Not the default (TCSAFLUSH), which throws away what was typed already.
            tty.setcbreak(descriptor, termios.TCSADRAIN)
            yield self
        finally:
            termios.tcsetattr(descriptor, termios.TCSADRAIN, before)

    @contextmanager
    def line_mode(self) -> Iterator[None]:
        """Give the terminal its usual mode back for a line that the user types."""
        try:
            import termios
        except ImportError:
            yield
            return
        descriptor = sys.stdin.fileno()
        single = termios.tcgetattr(descriptor)
        usual = termios.tcgetattr(descriptor)
        usual[3] |= termios.ECHO | termios.ICANON
        try:
            termios.tcsetattr(descriptor, termios.TCSADRAIN, usual)
            yield
        finally:
            termios.tcsetattr(descriptor, termios.TCSADRAIN, single)

    def key(self) -> str:
        """The next key; more than one character for arrows and the like, "" at the end of input."""
        if sys.platform == "win32":
            return click.getchar()
        descriptor = sys.stdin.fileno()
        content = os.read(descriptor, 1)
        if content == b"\x1b":
            content += self._pending(descriptor)
        elif content >= b"\xc0":
            content += os.read(descriptor, 1 if content < b"\xe0" else 2 if content < b"\xf0" else 3)
        return content.decode("utf-8", "replace")

    def _pending(self, descriptor: int) -> bytes:
        """The rest of an escape sequence, which comes at once, other than a key of its own."""
        rest = b""
        while len(rest) < _LONGEST_SEQUENCE and select.select([descriptor], [], [], 0.01)[0]:
            more = os.read(descriptor, 1)
            rest += more
            # «ESC [ … letter» or «ESC O letter» is complete; «ESC x» is Alt and x.
            if not more or (rest[:1] not in b"[O" or (len(rest) > 1 and b"@" <= more <= b"~")):
                break
        return rest
