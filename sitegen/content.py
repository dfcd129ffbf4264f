"""Content folder → records of all its files: read, cleaned, settled and checked, or remembered from the last build.

What decides is a file's digest. Its stamp (size, times, inode) only spares the reading, as git's index does; a file
that changed about when the stamps were taken is read all the same, for its stamp may not show it (git's racy rule).
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Final, NamedTuple, Self
from zlib import crc32

from sitegen.clean.rules.pictures import seen_as
from sitegen.config import Cleaning, Config
from sitegen.errors import tool_error
from sitegen.model import Entry
from sitegen.output.cache import forget_memories
from sitegen.output.pictures import Measured, measured, with_pictures
from sitegen.prepare import MAX_FILE_BYTES, Fate, Record, Records, record_too_large, records_of, settings_read
from sitegen.problems import Problem
from sitegen.read.discover import CAPTURES, content_files
from sitegen.runtime.executor import WORTH, Executor, Job
from sitegen.runtime.interrupts import made
from sitegen.runtime.memory import Memory
from sitegen.runtime.packing import unpacked
from sitegen.runtime.spans import STAGE, timed
from sitegen.runtime.stamps import Look, Stamp, digest_of, is_settled
from sitegen.site.face import Face
from sitegen.values import value
from sitegen.version import code_version

Progress = Callable[[str, int, int], None]  # stage name, done, total
PART: Final = "content"  # the part of the memory that is ours
PICTURES_PART: Final = "pictures"
UNSETTLED: Final = (-1, 0, 0, 0)  # fits no file: it is read again, for its digest may
GONE: Final = (-2, 0, 0, 0)  # of a file that came, or went, while we looked: nothing remembered is believed of it
BATCH: Final = 500  # entries that are kept at a time
SHELVES: Final = 16  # parts the records are kept in: an edit rewrites one
VIEWS: Final[dict[tuple[str, int], Memory]] = {}  # by the file, and the process that has opened it


class Remembered(NamedTuple):
    """A content file as a build met it."""

    path: str
    stamp: Stamp
    record: Record


Shelf = list[Remembered]  # the files whose records are kept together
Known = Mapping[str, Remembered]  # by their paths


@value
class Content:
    """All content files, and what could not be visited."""

    paths: tuple[str, ...]  # below the content folder
    records: tuple[Record, ...]  # of these, in their order
    problems: tuple[Problem, ...]
    entries: "Entries"

    def faces(self, fate: Fate) -> list[Face]:
        """Return the faces of the files with that fate."""
        return [found.face for found in self.records if found.fate is fate and found.face is not None]


class MemoryPlace(NamedTuple):
    """Where the memory is. SQLite's file is for the processes of one machine; on another, nothing is known."""

    path: str
    host: str

    @classmethod
    def of(cls, memory: Memory) -> Self:
        """Return where this machine has a memory."""
        return cls(str(memory.path), host_name())

    def memory(self) -> Memory | None:
        """Return this process's own view of the memory."""
        return memory_at(self.path, os.getpid()) if host_name() == self.host else None


@lru_cache(maxsize=1)
def host_name() -> str:
    """Return the name of this machine."""
    if hasattr(os, "uname"):
        return os.uname().nodename
    from platform import node  # noqa: PLC0415

    return node()


@value
class Entries:
    """Finds the entry of a face: in the memory, else by preparing its file again. Small; crosses process borders."""

    place: MemoryPlace
    config: Config
    settings: bytes  # that name a record, with its file
    own: tuple[tuple[bytes, Entry], ...] = ()  # of pages without a file

    def __call__(self, face: Face) -> Entry:
        """Return the entry of a face. Raises ToolError when its file has gone meanwhile, or is another."""
        found = dict(self.own).get(face.key)
        if found is None and (memory := self.place.memory()) is not None:
            found = memory.entry(face.key, Entry)
        if found is None:
            ((record, data),) = records_of([face.shown], self.config, self.settings)
            if record.face is None or record.face.key != face.key:
                raise tool_error("TOOL005", face.shown, "")
            found = unpacked(data, Entry)
        entry: Entry = found
        return entry


def memory_at(path: str, process: int) -> Memory:
    """Return this process's own view of the memory: connections do not survive a fork."""
    if (path, process) not in VIEWS:
        close_views()
        VIEWS[path, process] = Memory(Path(path), is_shared=True)
    return VIEWS[path, process]


def close_views() -> None:
    """Close the views of this process, and forget those it was forked with."""
    for (_, process), view in VIEWS.items():
        if process == os.getpid():
            view.close()
    VIEWS.clear()


@contextmanager
def memory_of(config: Config) -> Iterator[Memory]:
    """Give the memory of a content folder; without a cache, one that ends with the build."""
    if config.cache_path is not None:
        with Memory(config.cache_path) as memory, closing_views():
            yield memory
        forget_memories(config.cache_path.parent)
        return
    from shutil import rmtree  # noqa: PLC0415
    from tempfile import mkdtemp  # noqa: PLC0415

    folders = made(partial(mkdtemp, prefix="sitegen-"), partial(rmtree, ignore_errors=True))
    with folders as folder, Memory(Path(folder, "memory.sqlite")) as memory, closing_views():
        yield memory


@contextmanager
def closing_views() -> Iterator[None]:
    """Close this process's own view of the memory at the end: the last connection puts the file in order."""
    try:
        yield
    finally:
        close_views()


@timed(STAGE, "read")
def read_content(  # noqa: PLR0913  what a build brings along
    config: Config,
    look: Look,
    *,
    static: Mapping[str, Path],
    memory: Memory,
    executor: Executor,
    progress: Progress,
    meanwhile: Callable[[], None] = lambda: None,
) -> tuple[Content, Callable[[], None]]:
    """Return the records of every content file, and what keeps them for the next build, where there is time for it.

    `static`: the static files, among which are an article's pictures. `meanwhile`: what to do while workers read, if
    they have much to.
    """
    seen = look.at(str(config.content_dir), (CAPTURES,), lenient=True)
    paths, problems = content_files(config.content_dir)
    pictures = pictures_now(static, memory, look)
    config = replace(config, cleaning=with_pictures(config.cleaning, pictures))
    settings = settings_read(config, code_version())
    known = remembered(memory, settings)
    root = f"{config.content_dir}{os.sep}"
    names = [path.removeprefix(root).replace(os.sep, "/") for path in paths]  # as they are seen
    stamps = [seen.get(name, GONE) for name in names]
    noted = [stamp if is_settled(stamp, look.taken) else UNSETTLED for stamp in stamps]
    found = found_again(paths, stamps, noted, known, config)
    new = [number for number, one in enumerate(found) if one is None]
    place = MemoryPlace.of(memory)
    job = Job(partial(records_kept, config=config, settings=settings, place=place), reads=lambda path: (path,))
    results = executor.map(job, [paths[number] for number in new])
    if len(new) >= WORTH:
        meanwhile()
    for done, (number, record) in enumerate(zip(new, brought(results, memory), strict=True), 1):
        found[number] = Remembered(paths[number], noted[number], record)
        progress("read", done, len(new))
    executor.rest()
    files = [one for one in found if one is not None]
    records = tuple([one.record for one in files])
    look.digests[str(config.content_dir)] = {
        name: one.digest for name, one in zip(names, records, strict=True) if one.digest
    }
    tell_window(look, records, config.now.timestamp())
    problems += [problem for one in records for problem in one.problems]
    content = Content(
        paths=tuple(names),
        records=records,
        problems=tuple(problems),
        entries=Entries(place=place, config=config, settings=settings),
    )
    return content, partial(remember, memory, settings, known, files)


def found_again(
    paths: Sequence[str], stamps: Sequence[Stamp], noted: Sequence[Stamp], known: Known, config: Config
) -> list[Remembered | None]:
    """Return for each file what is known of it without preparing it: it is as it was, or too large; else None."""
    now = config.now.timestamp()
    cases = zip(paths, stamps, noted, strict=True)
    found = [again(known.get(path), stamp, note, now, config.cleaning) for path, stamp, note in cases]
    for number, stamp in enumerate(stamps):
        if found[number] is None and stamp[0] > MAX_FILE_BYTES:
            found[number] = Remembered(paths[number], UNSETTLED, record_too_large(paths[number], stamp[0]))
    return found


def brought(results: Iterable[tuple[Record, bytes]], memory: Memory) -> Iterator[Record]:
    """Yield the records that workers made; keep the entries that came with them, from other machines."""
    entries: list[tuple[bytes, bytes]] = []
    for record, data in results:
        if record.face is not None and data:
            entries.append((record.face.key, data))
        if len(entries) == BATCH:
            memory.add(entries)
            entries.clear()
        yield record
    memory.add(entries)


def pictures_now(static: Mapping[str, Path], memory: Memory, look: Look) -> list[Measured]:
    """Return the pictures among the static files; what is measured is remembered, as far as its stamp can tell."""
    part = f"{PICTURES_PART} {code_version()}"  # another version, or library, may measure otherwise
    known = {one.name: one for one in memory.part(part, list[Measured]) or ()}
    found = measured(static, known)
    noted = [one if is_settled(one.stamp, look.taken) else one._replace(stamp=UNSETTLED) for one in found]
    if noted != list(known.values()):
        memory.keep({**dict.fromkeys(memory.names(PICTURES_PART)), part: noted}, list[Measured])
    return found


def records_kept(files: Sequence[str], config: Config, settings: bytes, place: MemoryPlace) -> Records:
    """Return the records of content files; their entries are in the memory by then, or with them where there is none.

    The work of a worker.
    """
    records = records_of(files, config, settings)
    memory = place.memory()
    if memory is None:
        return records
    memory.add((record.face.key, data) for record, data in records if record.face is not None)
    return Records((record, b"") for record, _ in records)


def tell_window(look: Look, records: Iterable[Record], now: float) -> None:
    """Record until when, and since when, these records hold."""
    if any(is_waiting(one, now) for one in records):
        look.until = 0
    look.since = max((one.since for one in records if one.since is not None), default=0)


def due(records: Iterable[Record], now: float) -> float | None:
    """Return when the first of these records will be another by the clock alone (seconds), if one will."""
    return min((one.since for one in records if is_waiting(one, now) and one.since is not None), default=None)


def is_waiting(record: Record, now: float) -> bool:
    """Return whether the clock alone will make another record of the file."""
    return record.fate is Fate.FUTURE or (record.since is not None and record.since > now)


def remembered(memory: Memory, settings: bytes) -> dict[str, Remembered]:
    """Return what the last build remembers of its files, if it was made under these settings."""
    shelves = (memory.part(shelf_name(settings, number), Shelf) for number in range(SHELVES))
    return {one.path: one for shelf in shelves if shelf for one in shelf}


def again(last: Remembered | None, stamp: Stamp, noted: Stamp, now: float, cleaning: Cleaning) -> Remembered | None:
    """Return what is remembered of a file that is what it was, and its pictures what they were, else None.

    `noted`: its stamp as it is remembered.
    """
    if last is None or stamp == GONE or is_waiting(last.record, now) or not last.record.digest:
        return None
    if last.record.pictures and any(one != seen_as(one.name, cleaning) for one in last.record.pictures):
        return None
    if stamp == last.stamp:
        return last
    try:
        data = Path(last.path).read_bytes()
    except OSError:
        return None
    return last._replace(stamp=noted) if digest_of(data) == last.record.digest else None


def remember(memory: Memory, settings: bytes, known: dict[str, Remembered], files: list[Remembered]) -> None:
    """Keep the records of this build, and the entries in use; only shelves with a change are written."""
    gone = known.keys() - {one.path for one in files}
    changed = [one.path for one in files if known.get(one.path) != one]
    numbers = set(map(shelf_of, [*changed, *gone])) if known else set(range(SHELVES))
    if not numbers:
        return
    shelves: dict[int, Shelf] = {number: [] for number in numbers}
    for one in files:
        if (number := shelf_of(one.path)) in shelves:
            shelves[number].append(one)
    others = memory.names(f"{PART} ") - {shelf_name(settings, number) for number in range(SHELVES)}
    memory.keep(dict.fromkeys(others), Shelf)
    memory.keep({shelf_name(settings, number): shelf for number, shelf in shelves.items()}, Shelf)
    memory.keep_only({one.record.face.key for one in files if one.record.face is not None})


def shelf_name(settings: bytes, number: int) -> str:
    """Return the name of a shelf. A damaged memory may give an old one; one of other settings has another name."""
    return f"{PART} {settings.hex()} {number}"


def shelf_of(path: str) -> int:
    """Return on which of the shelves a file's record lies."""
    return crc32(path.encode("utf-8", "surrogateescape")) % SHELVES
