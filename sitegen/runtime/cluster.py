"""Workers on other machines: a Dask cluster (the extra `dask`).

Its machines see the same folders at the same places; or all of them reach a store, through which files are carried to
the work and back. Work goes out in chunks, and its results come back in order. A worker that dies in the middle loses
its chunk, which another one does again: what it wrote by then is written over with the same bytes.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from concurrent.futures import Executor as Pool
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from itertools import chain
from pathlib import Path
from secrets import token_hex
from typing import Final

from sitegen.runtime.executor import (
    Item,
    Job,
    Result,
    Shared,
    Value,
    WorkerDied,
    chunk_of,
    in_chunks,
)
from sitegen.runtime.files import Bag, Parcel, carrying, packed, packed_folder, read_bytes, unpacked, write_bytes
from sitegen.runtime.store import Store, StoreError

CONNECT_SECONDS: Final = 10
RETRIES: Final = 2  # of a chunk that fails: a shared folder may be late


class ClusterError(Exception):
    """Why a cluster cannot be used, in Korean and in English; what a library says is the same in both."""

    def __init__(self, ko: str, en: str = "") -> None:
        super().__init__(ko, en or ko)


class ClusterExecutor:
    """Does the work in the pool of a cluster, which may be any of `concurrent.futures`."""

    def __init__(
        self,
        pool: Pool,
        workers: int,
        scratch: Path,
        deaths: tuple[type[BaseException], ...],
        store: Store | None = None,
    ) -> None:
        self.pool = pool
        self.workers = workers
        self.scratch = scratch  # what files for all workers begin with; they see its folder
        self.deaths = deaths
        self.carrier = Carrier(store) if store is not None else None

    def map(self, job: Job[Item, Result], items: Sequence[Item]) -> Iterator[Result]:
        """Begin with chunks of the work; return the results in order. The iterator raises WorkerDied."""
        chunks = list(in_chunks(items, chunk_of(job, items, self.workers)))
        if self.carrier is None:
            return self.living(self.pool.map(partial(each, job.do, Path.cwd()), chunks))
        parcels = [self.carrier.parcel(chunk, job) for chunk in chunks]
        made = self.pool.map(partial(each_carried, job.do, self.carrier.store), chunks, parcels)
        return self.living(map(self.carrier.taken, made))

    def living(self, results: Iterator[Sequence[Result]]) -> Iterator[Result]:
        """Yield the results of chunks. Raises WorkerDied where a chunk killed every worker it was given to."""
        try:
            yield from chain.from_iterable(results)
        except self.deaths as error:
            raise WorkerDied(str(error)) from error

    def share(self, value: Value) -> Shared[Value]:
        """Return a handle to a value that the workers read from a file."""
        file = one_of(self.scratch)
        shared = Shared(value, file)
        if self.carrier is not None:
            self.carrier.send(str(file))
        return shared

    def rest(self) -> None:
        """Do nothing: its workers share no memory with us."""

    def stop(self) -> None:
        """Do nothing: whoever closes the cluster's client cancels what it has asked for."""


class Carrier:
    """Carries files to workers that do not see our disk, and back."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.files: dict[str, str] = {}  # sent for all work: parcels by paths
        self.folders: dict[str, str] = {}
        self.sent = 0

    def put(self, data: bytes) -> str:
        """Leave a parcel in the store; return its name."""
        self.sent += 1
        self.store.put(str(self.sent), data)
        return str(self.sent)

    def send(self, path: str) -> None:
        """Leave a file that all work may ask for."""
        self.files[path] = self.put(read_bytes(path))

    def parcel(self, items: Iterable[Item], job: Job[Item, Result]) -> Parcel:
        """Leave the files that a chunk of work asks for. One that cannot be read is missed by whoever asks for it."""
        for folder in job.folders:
            if folder not in self.folders:
                self.folders[folder] = self.put(packed_folder(folder))
        found = {}
        for path in dict.fromkeys(path for item in items for path in job.reads(item)):
            with suppress(OSError):
                found[path] = read_bytes(path)
        return Parcel(self.put(packed(found)), tuple(self.files.items()), tuple(self.folders.items()))

    def taken(self, made: tuple[Sequence[Result], str]) -> Sequence[Result]:
        """Return the results of a chunk, now that what it has written is on our disk."""
        results, name = made
        for path, data in unpacked(self.store.get(name)).items() if name else ():
            folder, _, file = path.rpartition("/")
            write_bytes(folder, file, data)
        return results


def each_carried(
    do: Callable[[Sequence[Item]], Sequence[Result]], store: Store, items: Sequence[Item], parcel: Parcel
) -> tuple[Sequence[Result], str]:
    """Do a chunk of work with the files of its parcel; return the results, and the parcel with what was written."""
    bag = Bag(parcel, store)
    with carrying(bag):
        results = do(items)
    if not bag.written:
        return results, ""
    name = f"{parcel.name}-back"
    store.put(name, packed(bag.written))
    return results, name


def each(do: Callable[[Sequence[Item]], Sequence[Result]], home: Path, items: Sequence[Item]) -> Sequence[Result]:
    """Do a chunk of work in the folder that relative paths start from: the work of a worker."""
    os.chdir(home)
    return do(items)


@contextmanager
def cluster(address: str, scratch: Path, version: Callable[[], str], store_url: str = "") -> Iterator[ClusterExecutor]:
    """Give an executor of the cluster whose scheduler is at `HOST:PORT`.

    `scratch` is the beginning of the paths of files for all of them, `version` names the code that runs, `store_url` is
    where files are carried through, if they must be. Raises ClusterError.
    """
    try:
        from distributed import Client, KilledWorker  # noqa: PLC0415  an extra
        from distributed.comm import CommClosedError  # noqa: PLC0415
    except ImportError as error:
        ko = "distributed 패키지가 없습니다 (pip install distributed fsspec)"
        en = "the package distributed is not installed (pip install distributed fsspec)"
        raise ClusterError(ko, en) from error
    try:
        client = Client(f"tcp://{address}", timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterError(str(error)) from error
    with ExitStack() as stack:
        stack.enter_context(client)
        threads = client.nthreads()
        store = stack.enter_context(store_at(store_url)) if store_url else None
        try:
            seen = seen_by(client.run, scratch) if store is None else reached_by(client.run, store)
            check_workers(threads, version(), client.run(version), seen, store_url)
        except (ImportError, OSError, StoreError) as error:  # a worker that has no sitegen, or went away
            raise ClusterError(str(error)) from error
        pool = client.get_executor(pure=False, retries=RETRIES)
        yield ClusterExecutor(pool, len(threads), scratch, (KilledWorker, CommClosedError, CancelledError), store)


@contextmanager
def store_at(url: str) -> Iterator[Store]:
    """Give a build's part of a store; it is emptied at the end. Raises ClusterError."""
    try:
        store = Store.of(url)
    except StoreError as error:
        raise ClusterError(str(error)) from error
    try:
        yield store
    finally:
        with suppress(StoreError):  # what stays is the store's to forget: docs/scale.md
            store.empty()


def check_workers(
    threads: dict[str, int], ours: str, versions: dict[str, str], seen: dict[str, bool], store: str = ""
) -> None:
    """Refuse a cluster that would not give the bytes one process gives. Raises ClusterError with the worker.

    `seen`: which of them see the folder of the output, or reach the store.
    """
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
        if store and not seen.get(worker):
            raise ClusterError(
                f"{worker}에서 {store}에 닿지 않습니다. 그 드라이버와 접근 키가 거기에도 있는지 확인해 주세요",
                f"{worker} does not reach {store}; its driver and credentials are needed there, too",
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


def reached_by(ask: Callable[..., dict[str, bool]], store: Store) -> dict[str, bool]:
    """Return which workers read what we leave in the store."""
    store.put("token", store.build.encode())
    return ask(reaches, store)


def reaches(store: Store) -> bool:
    """Return whether this process reads what was left in the store: a worker's answer."""
    try:
        return store.get("token") == store.build.encode()
    except StoreError:
        return False
