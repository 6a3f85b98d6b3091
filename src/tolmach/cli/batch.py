"""Batch commands: one line of standard input in, one line out, streaming in constant memory."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BufferedIOBase
from typing import cast

import click

from tolmach.errors import TolmachError
from tolmach.messages import _

_BLOCK = 1 << 16  # bytes
_LONGEST = 1 << 20  # bytes in a line: longer than any name, short enough to hold


def answer(texts: Sequence[str], write: Callable[[Sequence[str], int], Iterable[str]]) -> None:
    """Write one line for each text, or, without texts, for each line of standard input.

    `write` gets a block of lines and the number of the first one (from 1) and gives as many answers, in order. What
    is on the pipe is answered at once, so that another program can ask line by line.
    """
    if texts:
        # a text with line ends would break the promise of one line for one text
        for line in write([" ".join(text.split("\n")) for text in texts], 1):
            click.echo(line)
        return
    number = 1
    for block in blocks():
        sys.stdout.write("".join(f"{line}\n" for line in write(block, number)))
        sys.stdout.flush()
        number += len(block)


def blocks() -> Iterator[list[str]]:
    """Standard input as blocks of whole lines; raises TolmachError for what is no UTF-8, with the line."""
    stream = cast(BufferedIOBase, sys.stdin.buffer)
    rest = b""
    number = 1
    while chunk := stream.read1(_BLOCK):
        head, end, tail = chunk.rpartition(b"\n")
        if not end:
            rest += chunk
            _refuse_long(rest, number)
            continue
        lines = _decode(rest + head, number)
        rest = tail
        yield lines
        number += len(lines)
    if rest:
        yield _decode(rest, number)


def _decode(content: bytes, number: int) -> list[str]:
    if number == 1:
        content = content.removeprefix(b"\xef\xbb\xbf")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = number + content.count(b"\n", 0, error.start)
        raise TolmachError(
            _("not UTF-8"), path=_("standard input"), line=line, hint=_("convert it, for example with iconv")
        ) from None
    return [line.removesuffix("\r") for line in text.split("\n")]


def _refuse_long(line: bytes, number: int) -> None:
    if len(line) > _LONGEST:
        raise TolmachError(
            _("a line is longer than {limit} bytes").format(limit=_LONGEST),
            path=_("standard input"),
            line=number,
            hint=_("give one name a line"),
        )
