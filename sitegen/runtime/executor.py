"""Who does the work: this process, or several. Results come in the order of the items, however many work.

What makes processes is loaded when they are needed: a small build needs none.
"""

import gc
import os
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from itertools import chain, islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Generic, NamedTuple, Protocol, Self, TypeVar

from sitegen.runtime.collector import rest_collector
from sitegen.runtime.files import read_bytes
from sitegen.runtime.interrupts import Ended, at_work, begin_worker, deaf

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

Item = TypeVar("Item")
Result = TypeVar("Result")
Value = TypeVar("Value")
CHUNKS_PER_WORKER = 8  # small enough to share the load evenly, large enough that messages are few
CHUNK = 100
WORTH = 60  # items; fewer are done here before a process could begin
MANY: Final = 2
PATIENCE_S: Final = 5.0  # with a worker that does not end
HELD: Final[dict[str, Any]] = {}  # shared values of this process, by their names


class Job(NamedTuple, Generic[Item, Result]):
    """What is to be done with many items, a chunk of them at a time.

    Whoever does not see our disk must be given the files that an item `reads`, and the `folders`. `weight`: how much of
    our memory an item uses, where that is much.
    """

    do: Callable[[Sequence[Item]], Sequence[Result]]
    reads: Callable[[Item], Iterable[str]] = lambda _: ()
    folders: tuple[str, ...] = ()
    is_heavy: bool = False  # each item is worth a process
    weight: Callable[[Item], int] | None = None


class Turn(NamedTuple):
    """When workers begin anew, for what they use of our memory becomes their own: where there are so many items.

    A turn costs what all workers use of it once more.
    """

    items: int = 30_000
    weight: int = 10_000  # of the items that one turn of workers does


TURN: Final = Turn()


class WorkerDied(Exception):  # noqa: N818  it says what happened
    """A worker process ended without an answer (killed, or out of memory)."""


class Shared(Generic[Value]):
    """A large value that work refers to: the workers have it, or read it once from a file. It never travels itself."""

    def __init__(self, value: Value, file: Path | None = None) -> None:
        self.name = os.urandom(8).hex()  # a worker may serve builds of several machines
        self.file = file
        HELD[self.name] = value
        if file is not None:
            import pickle  # noqa: PLC0415, TID251  a value on its way to other processes, never a key

            file.write_bytes(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))

    def get(self) -> Value:
        """Return the value."""
        if self.name not in HELD and self.file is not None:
            import pickle  # noqa: PLC0415, TID251

            HELD.clear()  # of earlier builds
            HELD[self.name] = pickle.loads(read_bytes(str(self.file)))  # noqa: S301  written by our own parent process
        value: Value = HELD[self.name]
        return value

    def forget(self) -> None:
        """Let go of the value in this process, and of its file."""
        HELD.pop(self.name, None)
        if self.file is not None:
            self.file.unlink(missing_ok=True)


class Executor(Protocol):
    """Runs one function over many items, some at a time."""

    def map(self, job: Job[Item, Result], items: Sequence[Item]) -> Iterator[Result]:
        """Return a job's results in the order of the items. The iterator raises WorkerDied.

        A little work, and what is done in turns, begins when the first result is asked for; all else begins at once.
        """
        ...

    def share(self, value: Value) -> Shared[Value]:
        """Return a handle to a large value, for the functions of the next `map`; the caller forgets it afterwards."""
        ...

    def rest(self) -> None:
        """Let workers go that share our memory: what is used of it becomes theirs, piece by piece."""
        ...

    def stop(self) -> None:
        """End the work that has begun, now that nobody wants it."""
        ...


class SerialExecutor:
    """Does the work here and now."""

    def map(self, job: Job[Item, Result], items: Sequence[Item]) -> Iterator[Result]:
        """Yield the results one by one."""
        return done_here(job, items)

    def share(self, value: Value) -> Shared[Value]:
        """Return a handle to a value of this process."""
        return Shared(value)

    def rest(self) -> None:
        """Do nothing: nobody else works."""

    def stop(self) -> None:
        """Do nothing: nobody else works."""


class PoolExecutor:
    """Does the work in processes, which begin with the first work.

    They begin by fork where that is safe: they share what is loaded by then. A fork copies the locks that other
    threads hold, so that beside threads (the preview server) and on other systems they are spawned.
    """

    def __init__(self, jobs: int, worth: int = WORTH, turn: Turn = TURN) -> None:
        self.jobs = jobs
        self.worth = worth
        self.turn = turn
        self.own: ProcessPoolExecutor | None = None
        self.closing: threading.Thread | None = None  # what ends it
        self.forks = sys.platform == "linux" and threading.active_count() == 1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def pool(self) -> "ProcessPoolExecutor":
        """Return the pool; it begins here."""
        if self.own is None:
            import multiprocessing  # noqa: PLC0415
            from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415

            if self.forks:
                gc.freeze()  # what is there by now is shared: a collector at work in a child would copy all of it
            else:
                from multiprocessing.resource_tracker import ensure_running  # noqa: PLC0415

                ensure_running()  # where it begins with the first process, that one hears Ctrl+C
            context = multiprocessing.get_context("fork" if self.forks else "spawn")
            self.own = ProcessPoolExecutor(self.jobs, mp_context=context, initializer=begin)
        return self.own

    def map(self, job: Job[Item, Result], items: Sequence[Item]) -> Iterator[Result]:
        """Begin with chunks of the work; return the results in order. A little work is done here and now."""
        if len(items) < (MANY if job.is_heavy else self.worth):
            return done_here(job, items)
        if job.weight is not None and len(items) >= self.turn.items:
            return self.in_turns(job, items)
        return self.begun(job, items)

    def in_turns(self, job: Job[Item, Result], items: Sequence[Item]) -> Iterator[Result]:
        """Yield the results of workers that begin anew with each turn."""
        for some in turns(items, job.weight or (lambda _: 1), self.turn.weight):
            self.rest()
            yield from self.begun(job, some)

    def begun(self, job: Job[Item, Result], items: Sequence[Item]) -> Iterator[Result]:
        """Begin with chunks of the work; return the results in order."""
        from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415

        do = partial(at_work, job.do, may_stop=job.is_heavy)
        pool = self.pool
        try:
            with deaf():
                results = pool.map(do, in_chunks(items, chunk_of(job, items, self.jobs)))
        except BrokenProcessPool as error:
            raise WorkerDied(str(error)) from error
        return unbroken(results)

    def rest(self) -> None:
        """End our own processes, if new ones begin by fork: the next work begins them."""
        if self.own is not None and self.forks:
            self.end(self.own)
            gc.unfreeze()

    def stop(self) -> None:
        """End our own processes, each with the chunk that it is at; one that does not end is killed."""
        with deaf():  # to whoever is impatient
            if self.own is not None:
                self.end(self.own)

    def end(self, own: "ProcessPoolExecutor") -> None:
        """End our own pool, beside us: its way to end waits for ever where one of its processes was killed.

        The others hear no SIGTERM. May be begun anew where a signal came between.
        """
        if self.closing is None:
            self.closing = threading.Thread(target=partial(own.shutdown, cancel_futures=True), daemon=True)
            with suppress(RuntimeError), deaf():  # no more threads here: they are killed
                self.closing.start()
        end_children()
        if self.closing.ident is not None:
            self.closing.join(PATIENCE_S)
        self.own = self.closing = None

    def share(self, value: Value) -> Shared[Value]:
        """Return a handle to a value: new workers are forked with it, or read it from a file."""
        if not self.forks:
            import tempfile  # noqa: PLC0415

            handle, name = tempfile.mkstemp(prefix="sitegen-")
            os.close(handle)
            return Shared(value, Path(name))
        self.rest()
        return Shared(value)


def begin() -> None:
    """Begin as a worker."""
    rest_collector()
    begin_worker()


def end_children() -> None:
    """Wait until the processes of this one have ended, and not for ever: one may be stopped, or wait for a disk."""
    from multiprocessing import active_children  # noqa: PLC0415

    until = time.monotonic() + PATIENCE_S
    while active_children() and time.monotonic() < until:
        time.sleep(0.005)
    for child in active_children():
        child.kill()


def done_here(job: Job[Item, Result], items: Sequence[Item]) -> Iterator[Result]:
    """Do the work here; yield the results one by one."""
    return chain.from_iterable(map(job.do, in_chunks(items, 1 if job.is_heavy else CHUNK)))


def chunk_of(job: Job[Item, Result], items: Sequence[Item], workers: int) -> int:
    """Return how many of these items go to a worker at a time."""
    return 1 if job.is_heavy else max(1, min(CHUNK, len(items) // (workers * CHUNKS_PER_WORKER)))


def turns(items: Iterable[Item], weight_of: Callable[[Item], int], most: int) -> Iterator[list[Item]]:
    """Yield items in turns, each as heavy as one may be, or a little more."""
    some: list[Item] = []
    weight = 0
    for item in items:
        some.append(item)
        weight += weight_of(item)
        if weight >= most:
            yield some
            some, weight = [], 0
    if some:
        yield some


def in_chunks(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Yield items so many at a time."""
    rest = iter(items)
    return iter(lambda: list(islice(rest, size)), [])


def unbroken(results: Iterator[Sequence[Result]]) -> Iterator[Result]:
    """Yield what workers give; one that dies is an error of ours to tell."""
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415

    try:
        yield from chain.from_iterable(results)
    except (BrokenProcessPool, Ended) as error:
        raise WorkerDied(str(error)) from error


def usable_cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
