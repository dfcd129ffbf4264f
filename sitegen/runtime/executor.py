"""Who does the work: this process, or several. Results come in the order of the items, however many work."""

import gc
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor as Pool
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cached_property
from multiprocessing.context import BaseContext
from types import TracebackType
from typing import Protocol, Self, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
CHUNKS_PER_WORKER = 8  # small enough to share the load evenly, large enough that messages are few
MAX_CHUNK = 100


class WorkerDied(Exception):  # noqa: N818  it says what happened
    """A worker process ended without an answer (killed, or out of memory)."""


class Executor(Protocol):
    """Runs one function over many items."""

    def map(self, function: Callable[[Item], Result], items: Iterable[Item], size: int) -> Iterator[Result]:
        """Yield `function(item)` for every item, in order; there are about `size` of them. Raises WorkerDied."""
        ...


class SerialExecutor:
    """Does the work here and now."""

    def map(self, function: Callable[[Item], Result], items: Iterable[Item], size: int) -> Iterator[Result]:
        """Yield the results one by one."""
        del size
        return map(function, items)


class PoolExecutor:
    """Does the work in any `concurrent.futures` pool; its own processes begin with the first work."""

    def __init__(self, jobs: int, pool: Pool | None = None) -> None:
        self.jobs = jobs
        self.given = pool

    @cached_property
    def pool(self) -> Pool:
        """Return the pool; what this process has loaded by now its workers need not load again."""
        return self.given or ProcessPoolExecutor(self.jobs, mp_context=process_context(), initializer=rest_collector)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if "pool" in self.__dict__:
            self.pool.shutdown(cancel_futures=True)

    def map(self, function: Callable[[Item], Result], items: Iterable[Item], size: int) -> Iterator[Result]:
        """Yield the results in order, chunk by chunk."""
        chunk = max(1, min(MAX_CHUNK, size // (self.jobs * CHUNKS_PER_WORKER)))
        try:
            yield from self.pool.map(function, items, chunksize=chunk)
        except BrokenProcessPool as error:
            raise WorkerDied(str(error)) from error


def process_context() -> BaseContext:
    """Return how processes begin: by fork where that is safe, since a fork copies the locks of all other threads."""
    is_safe = sys.platform == "linux" and threading.active_count() == 1
    return multiprocessing.get_context("fork" if is_safe else "spawn")


def rest_collector() -> None:
    """Let Python look for reference cycles seldom: a build makes millions of values and hardly a cycle."""
    gc.set_threshold(500_000, 50, 1000)


def usable_cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
