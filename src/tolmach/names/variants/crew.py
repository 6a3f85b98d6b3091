"""Several processes that gather the names of one run, with the same outcome as one.

Each process reads its shares twice and sends what it has learned, never a text. It takes a share when it has finished
the last one, and reads the same shares again, whose words it knows. When this process ends, so do they.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from tolmach.errors import TolmachError, raise_all
from tolmach.messages import _
from tolmach.names.variants.gathering import Gathering, Name
from tolmach.names.variants.reading import Share, collect, learn

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from tolmach.names.mentions.find import Corpus

_SENT = 1000  # names that are sent at a time


class Turn(Protocol):
    """Gives each number from 0 once, whoever asks."""

    def __call__(self) -> int:
        """The next number."""


class Counter:
    """Gives each number once to processes that share it."""

    def __init__(self) -> None:
        self._next: Any = multiprocessing.get_context().Value("L", 0)

    def __call__(self) -> int:
        """The next number."""
        with self._next.get_lock():
            found: int = self._next.value
            self._next.value += 1
        return found


def gather(shares: Sequence[Share], jobs: int, *, occurrences: bool = True) -> Gathering:
    """The names in the documents of the shares; raises every TolmachError of a share at once."""
    from tolmach.names.mentions.find import Corpus

    with _crew(shares, jobs, occurrences=occurrences) as crew:
        corpus = Corpus()
        problems: dict[int, TolmachError] = {}
        for member in crew:
            learned, wrong = _received(member)
            corpus.merge(learned)
            problems |= wrong
        raise_all([problem for _place, problem in sorted(problems.items())])
        for member in crew:
            member.send(corpus)
        gathered = Gathering(occurrences=occurrences)
        for member in crew:
            paths, texts = _received(member)
            gathered.merge(paths, texts, _names(member))
        return gathered


def _names(member: Connection) -> Iterator[Name]:
    while names := _received(member):
        yield from names


def _received(member: Connection) -> Any:
    try:
        return member.recv()
    except (EOFError, ConnectionError):
        raise TolmachError(
            _("a process of this run has ended too early"), hint=_("use fewer --jobs: memory may not suffice")
        ) from None


@contextmanager
def _crew(shares: Sequence[Share], jobs: int, *, occurrences: bool) -> Iterator[list[Connection]]:
    """Connections to so many processes at work; none is left when the block is."""
    context = multiprocessing.get_context()
    turn = Counter()
    crew: list[Connection] = []
    processes = []
    try:
        for _number in range(jobs):
            own, other = context.Pipe()
            process = context.Process(target=_work, args=(other, shares, turn, occurrences), daemon=True)
            process.start()
            other.close()
            processes.append(process)
            crew.append(own)
        yield crew
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.join()


def _work(parent: Connection, shares: Sequence[Share], turn: Turn, occurrences: bool) -> None:
    """What a process does. An interruption reaches it, too, but it is ended by its parent."""
    from tolmach.names.mentions.find import Corpus

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    corpus = Corpus()
    own, problems = _first_reading(shares, turn, corpus)
    parent.send((corpus, problems))
    corpus.replace(parent.recv())
    gathered = Gathering(occurrences=occurrences)
    for share in own:
        for document in share():
            collect(document, corpus, gathered)
    paths, texts, names = gathered.export()
    parent.send((paths, texts))
    batch: list[Name] = []
    for name in names:
        batch.append(name)
        if len(batch) == _SENT:
            parent.send(batch)
            batch = []
    if batch:
        parent.send(batch)
    parent.send([])


def _first_reading(
    shares: Sequence[Share], turn: Callable[[], int], corpus: Corpus
) -> tuple[list[Share], dict[int, TolmachError]]:
    """Learn from the shares whose turn it is; these shares, and what is wrong with others."""
    own: list[Share] = []
    problems: dict[int, TolmachError] = {}
    while (place := turn()) < len(shares):
        try:
            for document in shares[place]():
                learn(document, corpus)
            own.append(shares[place])
        except TolmachError as problem:
            problems[place] = problem
    return own, problems
