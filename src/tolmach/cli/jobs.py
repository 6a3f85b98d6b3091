"""Work that several processes share."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any, TypeVar

Result = TypeVar("Result")
_work: list[Callable[[int], Any]] = []
"""What the processes are for; they are copies of this one, so that nothing needs to be sent to them."""


def available(jobs: int) -> int:
    """How many processes there can be: as many as wanted, where processes can be copied; else one."""
    return jobs if hasattr(os, "fork") else 1


def shared(work: Callable[[int], Result], jobs: int) -> list[Result]:
    """What `work` returns for each number below `jobs`; the first in this process, the others in copies of it."""
    if jobs == 1:
        return [work(0)]
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # What is still buffered must not be written twice.
    sys.stdout.flush()
    sys.stderr.flush()
    _work.append(work)
    try:
        with ProcessPoolExecutor(jobs - 1, mp_context=get_context("fork")) as pool:
            others = [pool.submit(_run, number) for number in range(1, jobs)]
            return [work(0), *(other.result() for other in others)]
    finally:
        _work.pop()


def _run(number: int) -> Any:
    return _work[-1](number)
