"""Content folder → records of all its files: read, cleaned, settled and checked, or remembered from the last build.

What decides is a file's digest. Its stamp (size, times, inode) only spares the reading, as git's index does; a file
that changed about when the stamps were taken is read all the same, for its stamp may not show it (git's racy rule).
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

from sitegen.config import Config
from sitegen.errors import ToolError
from sitegen.model import Entry
from sitegen.output.assets import picture_paths
from sitegen.output.tree import Stamp, stamp_of
from sitegen.prepare import Fate, Record, digest_of, prepare, record, settings_read
from sitegen.problems import Problem, Severity, Where
from sitegen.read.discover import discover
from sitegen.runtime.executor import Executor
from sitegen.runtime.memory import Memory
from sitegen.site.face import Face
from sitegen.values import value
from sitegen.version import code_version

Progress = Callable[[str, int, int], None]  # stage name, done, total
PART: Final = "content"  # the part of the memory that is ours
RACY_NS: Final = 2_000_000_000  # the coarsest clock of a file system in use


class Remembered(NamedTuple):
    """A content file as the last build met it."""

    stamp: Stamp
    record: Record


@value
class Content:
    """All content files, and what could not be visited."""

    records: tuple[Record, ...]
    problems: tuple[Problem, ...]
    entries: "Entries"

    def faces(self, fate: Fate) -> list[Face]:
        """Return the faces of the files with that fate."""
        return [found.face for found in self.records if found.fate is fate and found.face is not None]


@value
class Entries:
    """Finds the entry of a face: in the memory, else by preparing its file again. Small; crosses process borders."""

    memory: Path
    config: Config
    own: tuple[tuple[bytes, Entry], ...] = ()  # of pages without a file

    def __call__(self, face: Face) -> Entry:
        """Return the entry of a face. Raises ToolError when its file has gone meanwhile."""
        found = dict(self.own).get(face.key) or memory_at(self.memory, os.getpid()).entry(face.key)
        if found is None:
            found = prepare(self.config.content_dir / face.path, self.config).entry
        if found is None:
            details = (("message", "changed while it was being built"),)
            where = Where(path=face.shown)
            raise ToolError(Problem(code="TOOL001", severity=Severity.ERROR, where=where, details=details))
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


def read_content(
    config: Config,
    *,
    memory: Memory,
    executor: Executor,
    progress: Progress,
    meanwhile: Callable[[], None] = lambda: None,
) -> Content:
    """Return the records of every content file. `meanwhile`: what to do while workers read."""
    taken = time.time_ns()
    paths, problems = discover(config.content_dir)
    config = replace(config, cleaning=replace(config.cleaning, pictures=picture_paths(config.static_dirs)))
    settings = settings_read(config, code_version())
    known = remembered(memory, settings)
    stamps = [stamp_at(path) for path in paths]
    found = [again(path, stamp, known, config) for path, stamp in zip(map(str, paths), stamps, strict=True)]
    new = [place for place, one in enumerate(found) if one is None]
    made = executor.map(partial(record, config=config, settings=settings), [paths[place] for place in new], len(new))
    meanwhile()
    for done, (place, (one, data)) in enumerate(zip(new, made, strict=True), 1):
        found[place] = one
        if one.face is not None:
            memory.add(one.face.key, data)
        progress("read", done, len(new))
    memory.flush()
    records = tuple(one for one in found if one is not None)
    remember(memory, settings, taken, [(str(path), stamp) for path, stamp in zip(paths, stamps, strict=True)], records)
    problems += [problem for one in records for problem in one.problems]
    return Content(records=records, problems=tuple(problems), entries=Entries(memory=memory.path, config=config))


def stamp_at(path: Path) -> Stamp | None:
    """Return the stamp of a file, or None when it cannot be seen."""
    try:
        return stamp_of(os.stat(path))
    except OSError:
        return None


def remembered(memory: Memory, settings: bytes) -> dict[str, Remembered]:
    """Return what the last build remembers of its files, if it was made under these settings."""
    part = memory.part(PART)
    return part["files"] if part and part["settings"] == settings else {}


def again(path: str, stamp: Stamp | None, known: dict[str, Remembered], config: Config) -> Record | None:
    """Return the record of a file that is what it was, else None."""
    if (last := known.get(path)) is None or stamp is None:
        return None
    found = last.record
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
    memory: Memory, settings: bytes, taken: int, seen: list[tuple[str, Stamp | None]], records: tuple[Record, ...]
) -> None:
    """Keep the records of this build, and no entries but theirs. A racy stamp is kept as one that fits no file."""
    files = {
        path: Remembered(stamp if max(stamp[1], stamp[2]) < taken - RACY_NS else (-1, 0, 0, 0), one)
        for (path, stamp), one in zip(seen, records, strict=True)
        if stamp is not None
    }
    memory.keep({PART: {"settings": settings, "files": files}})
    memory.keep_only({one.face.key for one in records if one.face is not None})
