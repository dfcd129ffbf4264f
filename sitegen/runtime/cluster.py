"""Workers on other machines: a Dask cluster whose machines see the same folders at the same places (the extra `dask`).

Work goes there in chunks, and its results come back in order. A worker that dies in the middle loses its chunk, which
another one does again: what it wrote by then is written over with the same bytes.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from concurrent.futures import Executor as Pool
from contextlib import contextmanager
from functools import partial
from itertools import chain, islice
from pathlib import Path
from secrets import token_hex
from typing import Final

from sitegen.runtime.executor import CHUNKS_PER_WORKER, MAX_CHUNK, Item, Result, Shared, Value, WorkerDied

CONNECT_SECONDS: Final = 10
RETRIES: Final = 2  # of a chunk that fails: a shared folder may be late


class ClusterError(Exception):
    """Why a cluster cannot be used, in Korean and in English; what a library says is the same in both."""

    def __init__(self, ko: str, en: str = "") -> None:
        super().__init__(ko, en or ko)


class ClusterExecutor:
    """Does the work in the pool of a cluster."""

    def __init__(self, pool: Pool, workers: int, scratch: Path, deaths: tuple[type[BaseException], ...]) -> None:
        self.pool = pool
        self.workers = workers
        self.scratch = scratch  # what files for all workers begin with; they see its folder
        self.deaths = deaths

    def map(
        self, function: Callable[[Item], Result], items: Iterable[Item], size: int, *, heavy: bool = False
    ) -> Iterator[Result]:
        """Begin with chunks of the work; return the results in order. The iterator raises WorkerDied."""
        chunk = 1 if heavy else max(1, min(MAX_CHUNK, size // (self.workers * CHUNKS_PER_WORKER)))
        rest = iter(items)
        chunks = list(iter(lambda: list(islice(rest, chunk)), []))
        return self.living(self.pool.map(partial(each, function, Path.cwd()), chunks))

    def living(self, results: Iterator[Sequence[Result]]) -> Iterator[Result]:
        """Yield the results of chunks; a chunk that killed every worker it was given to is an error of ours to tell."""
        try:
            yield from chain.from_iterable(results)
        except self.deaths as error:
            raise WorkerDied(str(error)) from error

    def share(self, value: Value) -> Shared[Value]:
        """Return a handle to a value that the workers read from a file."""
        return Shared(value, one_of(self.scratch))

    def rest(self) -> None:
        """Do nothing: its workers share no memory with us."""


def each(function: Callable[[Item], Result], home: Path, items: Iterable[Item]) -> list[Result]:
    """Do a chunk of work in the folder that relative paths start from: the work of a worker."""
    os.chdir(home)
    return [function(item) for item in items]


@contextmanager
def cluster(address: str, scratch: Path, version: Callable[[], str]) -> Iterator[ClusterExecutor]:
    """Give an executor of the cluster whose scheduler is at `HOST:PORT`.

    `scratch` is the beginning of the paths of files for all of them, `version` names the code that runs. Raises
    ClusterError.
    """
    try:
        from distributed import Client, KilledWorker  # noqa: PLC0415  an extra
        from distributed.comm import CommClosedError  # noqa: PLC0415
    except ImportError as error:
        ko = 'distributed 패키지가 없습니다 (pip install "sitegen[dask]")'
        en = 'the package distributed is not installed (pip install "sitegen[dask]")'
        raise ClusterError(ko, en) from error
    try:
        client = Client(f"tcp://{address}", timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterError(str(error)) from error
    with client:
        threads = client.nthreads()
        try:
            check_workers(threads, version(), client.run(version), seen_by(client.run, scratch))
        except (ImportError, OSError) as error:  # a worker that has no sitegen, or went away
            raise ClusterError(str(error)) from error
        pool = client.get_executor(pure=False, retries=RETRIES)
        yield ClusterExecutor(pool, len(threads), scratch, (KilledWorker, CommClosedError, CancelledError))


def check_workers(threads: dict[str, int], ours: str, versions: dict[str, str], seen: dict[str, bool]) -> None:
    """Refuse a cluster that would not give the bytes one process gives. Raises ClusterError with the worker."""
    if not threads:
        raise ClusterError("일꾼이 없습니다", "it has no workers")
    for worker, count in threads.items():
        if count != 1:
            raise ClusterError(
                f"{worker}의 스레드가 {count}개입니다. --nthreads 1로 켜 주세요",
                f"{worker} has {count} threads; start workers with --nthreads 1",
            )
        if versions.get(worker) != ours:
            raise ClusterError(
                f"{worker}의 sitegen, 파이썬 또는 라이브러리가 다릅니다. 같은 것을 깔고 다시 켜 주세요",
                f"{worker} has another sitegen, Python or libraries; install the same and start it again",
            )
        if not seen.get(worker):
            raise ClusterError(
                f"{worker}에서 출력 폴더가 보이지 않습니다", f"{worker} does not see the folder of the output"
            )


def one_of(scratch: Path) -> Path:
    """Return the path of a file that nobody else has."""
    return scratch.with_name(f"{scratch.name}-{token_hex(8)}")


def seen_by(ask: Callable[..., dict[str, bool]], scratch: Path) -> dict[str, bool]:
    """Return which workers see a file there."""
    token = one_of(scratch)
    token.touch()
    try:
        return ask(os.path.isfile, str(token.resolve()))
    finally:
        token.unlink()
