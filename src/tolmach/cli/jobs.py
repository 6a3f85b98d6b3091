"""Work that several processes share."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from tolmach.errors import TolmachError

Result = TypeVar("Result")


def available(jobs: int) -> int:
    """How many processes there can be: as many as wanted, where processes can be copied; else one."""
    return jobs if hasattr(os, "fork") else 1


def shared(work: Callable[[int], Result], jobs: int) -> list[Result]:
    """What `work` returns for each number below `jobs`; the first in this process, the others in copies of it.

    Copies need nothing to be sent to them, and no modules to be imported first. What `work` raises in one of them is
    raised here.
    """
    if jobs == 1:
        return [work(0)]
    # What is still buffered must not be written twice.
    sys.stdout.flush()
    sys.stderr.flush()
    with _copies(work, jobs) as pipes:
        return [work(0), *map(_received, pipes)]


@contextmanager
def _copies(work: Callable[[int], Result], jobs: int) -> Iterator[list[int]]:
    """The pipes from copies of this process, which are gone in the end, come what may."""
    import signal

    pipes: list[int] = []
    copies: list[int] = []
    try:
        for number in range(1, jobs):
            reading, writing = os.pipe()
            copy = os.fork()
            if not copy:
                _work_and_exit(work, number, writing)
            os.close(writing)
            pipes.append(reading)
            copies.append(copy)
        yield pipes
    finally:
        for pipe in pipes:
            os.close(pipe)
        for copy in copies:
            with suppress(ProcessLookupError):
                os.kill(copy, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(copy, 0)


def _work_and_exit(work: Callable[[int], object], number: int, pipe: int) -> None:
    try:
        content = _result(work, number)
        with os.fdopen(pipe, "wb") as stream:
            stream.write(content)
    finally:
        error = sys.exception()
        if error is not None and not isinstance(error, KeyboardInterrupt | BrokenPipeError):
            # Told while the pipe is open: once it is closed, the first process waits no longer.
            sys.excepthook(type(error), error, error.__traceback__)
            sys.stderr.flush()
        # Nothing of the first process may run in its copy: no flushing of its files, no handlers of its end.
        os._exit(error is not None)


def _result(work: Callable[[int], object], number: int) -> bytes:
    import pickle

    try:
        return pickle.dumps((True, work(number)), pickle.HIGHEST_PROTOCOL)
    except TolmachError as problem:
        return pickle.dumps((False, problem), pickle.HIGHEST_PROTOCOL)


def _received(pipe: int) -> Any:
    import pickle

    with os.fdopen(os.dup(pipe), "rb") as stream:
        content = stream.read()
    if not content:
        raise RuntimeError("a process that shared the work has ended without a result")
    succeeded, result = pickle.loads(content)
    if not succeeded:
        raise result
    return result
