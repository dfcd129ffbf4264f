"""Content folder → records of all its files: read, cleaned, settled and checked, or remembered from the last build.

What decides is a file's digest. Its stamp (size, times, inode) only spares the reading, as git's index does; a file
that changed about when the stamps were taken is read all the same, for its stamp may not show it (git's racy rule).
"""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from platform import node
from typing import Final, NamedTuple, Self
from zlib import crc32

from sitegen.config import Config
from sitegen.errors import tool_error
from sitegen.model import Entry
from sitegen.output.assets import picture_paths
from sitegen.prepare import Fate, PlainRecord, Record, prepare, records_of, settings_read
from sitegen.problems import Problem
from sitegen.read.discover import CAPTURES, content_files
from sitegen.runtime.executor import WORTH, Executor, Job
from sitegen.runtime.memory import Memory
from sitegen.runtime.packing import made
from sitegen.runtime.spans import STAGE, timed
from sitegen.runtime.stamps import Look, Stamp, digest_of, is_settled
from sitegen.site.face import Face
from sitegen.values import value
from sitegen.version import code_version

Progress = Callable[[str, int, int], None]  # stage name, done, total
PART: Final = "content"  # the part of the memory that is ours
UNSETTLED: Final = (-1, 0, 0, 0)  # fits no file
SHELVES: Final = 64  # parts the records are kept in: an edit rewrites one


class Remembered(NamedTuple):
    """A content file as a build met it."""

    stamp: Stamp
    plain: PlainRecord


# A shelf: the files whose records are kept together, by their paths. Plain.
Shelf = dict[str, tuple[Stamp, PlainRecord]]


@value
class Content:
    """All content files, and what could not be visited."""

    records: tuple[Record, ...]
    problems: tuple[Problem, ...]
    entries: "Entries"

    def faces(self, fate: Fate) -> list[Face]:
        """Return the faces of the files with that fate."""
        return [found.face for found in self.records if found.fate is fate and found.face is not None]


class MemoryPlace(NamedTuple):
    """Where the memory is. SQLite's file is for the processes of one machine; on another, nothing is known."""

    path: Path
    host: str

    @classmethod
    def of(cls, memory: Memory) -> Self:
        """Return where this machine has a memory."""
        return cls(memory.path, node())

    def memory(self) -> Memory | None:
        """Return this process's own view of the memory."""
        return memory_at(self.path, os.getpid()) if node() == self.host else None


@value
class Entries:
    """Finds the entry of a face: in the memory, else by preparing its file again. Small; crosses process borders."""

    place: MemoryPlace
    config: Config
    own: tuple[tuple[bytes, Entry], ...] = ()  # of pages without a file

    def __call__(self, face: Face) -> Entry:
        """Return the entry of a face. Raises ToolError when its file has gone meanwhile."""
        found = dict(self.own).get(face.key)
        if found is None and (memory := self.place.memory()) is not None:
            found = memory.entry(face.key, Entry)
        if found is None:
            found = prepare(Path(face.shown), self.config).entry
        if found is None:
            raise tool_error("TOOL005", face.shown, "")
        entry: Entry = found
        return entry


@lru_cache(maxsize=1)
def memory_at(path: Path, process: int) -> Memory:
    """Return this process's own view of the memory: connections do not survive a fork."""
    del process
    return Memory(path)


@contextmanager
def memory_of(config: Config) -> Iterator[Memory]:
    """Give the memory of a content folder; without a cache, one that ends with the build."""
    if config.cache_path is not None:
        with Memory(config.cache_path) as memory, closing_views():
            yield memory
        return
    from tempfile import TemporaryDirectory  # noqa: PLC0415

    with (
        TemporaryDirectory(prefix="sitegen-") as folder,
        Memory(Path(folder, "memory.sqlite")) as memory,
        closing_views(),
    ):
        yield memory


@contextmanager
def closing_views() -> Iterator[None]:
    """Close this process's own view of the memory at the end: the last connection puts the file in order."""
    try:
        yield
    finally:
        memory_at.cache_clear()


@timed(STAGE, "read")
def read_content(
    config: Config,
    look: Look,
    *,
    memory: Memory,
    executor: Executor,
    progress: Progress,
    meanwhile: Callable[[], None] = lambda: None,
) -> Content:
    """Return the records of every content file. `meanwhile`: what to do while workers read, if they have much to."""
    seen = look.at(str(config.content_dir), (CAPTURES,))
    paths, problems = content_files(config.content_dir)
    config = replace(config, cleaning=replace(config.cleaning, pictures=picture_paths(config.static_dirs)))
    settings = settings_read(config, code_version())
    known = remembered(memory, settings)
    root = f"{config.content_dir}{os.sep}"
    stamps = [seen.get(path.removeprefix(root)) for path in paths]
    found = [again(path, stamp, known, config) for path, stamp in zip(paths, stamps, strict=True)]
    new = [place for place, one in enumerate(found) if one is None]
    job = Job(partial(records_of, config=config, settings=settings), reads=lambda path: (path,))
    results = executor.map(job, [paths[place] for place in new])
    if len(new) >= WORTH:
        meanwhile()
    plain = [known[path].plain if one else () for path, one in zip(paths, found, strict=True)]
    for done, (place, (one, data)) in enumerate(zip(new, results, strict=True), 1):
        plain[place] = one
        found[place] = fresh = made(one, Record)
        if fresh.face is not None:
            memory.add(fresh.face.key, data)
        progress("read", done, len(new))
    memory.flush()
    executor.rest()
    records = tuple(one for one in found if one is not None)
    look.digests[str(config.content_dir)] = {
        path.removeprefix(root): one.digest for path, one in zip(paths, records, strict=True) if one.digest
    }
    now = {
        path: Remembered(stamp if is_settled(stamp, look.taken) else UNSETTLED, one)
        for path, stamp, one in zip(paths, stamps, plain, strict=True)
        if stamp is not None
    }
    remember(memory, settings, known, now, {one.face.key for one in records if one.face is not None})
    tell_window(look, records, config)
    problems += [problem for one in records for problem in one.problems]
    return Content(
        records=records,
        problems=tuple(problems),
        entries=Entries(place=MemoryPlace.of(memory), config=config),
    )


def tell_window(look: Look, records: Iterable[Record], config: Config) -> None:
    """Say during which time these records are what they are."""
    if any(one.fate is Fate.FUTURE or (one.since is not None and one.since > config.now) for one in records):
        look.until = 0
    look.since = max((one.since.timestamp() for one in records if one.since is not None), default=0)


def remembered(memory: Memory, settings: bytes) -> dict[str, Remembered]:
    """Return what the last build remembers of its files, if it was made under these settings."""
    if memory.part(PART, bytes) != settings:
        return {}
    shelves = (memory.part(f"{PART} {number}", Shelf) for number in range(SHELVES))
    return {path: Remembered._make(one) for shelf in shelves if shelf for path, one in shelf.items()}


def again(path: str, stamp: Stamp | None, known: dict[str, Remembered], config: Config) -> Record | None:
    """Return the record of a file that is what it was, else None."""
    if (last := known.get(path)) is None or stamp is None:
        return None
    found: Record = made(last.plain, Record)
    if found.fate is Fate.FUTURE or (found.since is not None and found.since > config.now) or not found.digest:
        return None
    if stamp == last.stamp:
        return found
    try:
        data = Path(path).read_bytes()
    except OSError:
        return None
    return found if digest_of(data) == found.digest else None


def remember(
    memory: Memory, settings: bytes, known: dict[str, Remembered], now: dict[str, Remembered], used: set[bytes]
) -> None:
    """Keep the records of this build, and the entries in use; only shelves with a change are written."""
    changed = {path for path, one in now.items() if known.get(path) != one} | (known.keys() - now.keys())
    numbers = set(map(shelf_of, changed)) if known else set(range(SHELVES))
    if not numbers:
        return
    shelves: dict[int, Shelf] = {number: {} for number in numbers}
    for path, one in now.items():
        if (number := shelf_of(path)) in shelves:
            shelves[number][path] = (one.stamp, one.plain)
    memory.keep({PART: settings}, bytes)
    memory.keep({f"{PART} {number}": shelf for number, shelf in shelves.items()}, Shelf)
    memory.keep_only(used)


def shelf_of(path: str) -> int:
    """Return on which of the shelves a file's record lies."""
    return crc32(path.encode("utf-8", "surrogateescape")) % SHELVES
