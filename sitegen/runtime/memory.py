"""What a build knows of the last one, in one SQLite file: named parts, and entries by their keys.

A key names everything its value depends on, so there is nothing to invalidate. A damaged or foreign file is thrown away
and made anew; it is never trusted: every value carries a checksum, and what it holds are plain values, from which none
but the kind that was asked for is made. Workers keep the entries they make, in turn; one process writes all else.
"""

import contextlib
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final, Self

from sitegen.runtime.packing import packed, unpacked

CHECK_BYTES: Final = 4
PATIENCE_S: Final = 60.0  # with others that write
PART: Final = "SELECT value FROM part WHERE name = ?"
REPLACE: Final = "INSERT OR REPLACE INTO part VALUES (?, ?)"


class Memory:
    """The file. Every fault of it means: nothing is known."""

    def __init__(self, path: Path, *, is_shared: bool = False) -> None:
        self.path = path
        self.is_shared = is_shared  # with the process that keeps all but entries: it throws a file away that fails it
        self.connection: sqlite3.Connection | None = None
        with contextlib.suppress(sqlite3.Error, OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            self.connection = sqlite3.connect(path, timeout=PATIENCE_S, isolation_level=None, check_same_thread=False)
            self.run("PRAGMA journal_mode = WAL")
            self.run("PRAGMA synchronous = OFF")
            self.run("CREATE TABLE IF NOT EXISTS part (name TEXT PRIMARY KEY, value BLOB)")
            self.run("CREATE TABLE IF NOT EXISTS entry (key BLOB PRIMARY KEY, value BLOB)")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def run(self, statement: str, *values: object) -> sqlite3.Cursor:
        """Run one statement. Raises sqlite3.Error."""
        if self.connection is None:
            raise sqlite3.ProgrammingError
        return self.connection.execute(statement, values)

    def part(self, name: str, kind: Any) -> Any:  # noqa: ANN401  whatever was kept
        """Return the part of that name, a value of `kind`, or None."""
        return self.value(PART, name, kind)

    def entry(self, key: bytes, kind: Any) -> Any:  # noqa: ANN401
        """Return the entry under a key, a value of `kind`, or None."""
        return self.value("SELECT value FROM entry WHERE key = ?", key, kind)

    def value(self, question: str, name: str | bytes, kind: Any) -> Any:  # noqa: ANN401
        """Return what a question finds, if it is there and whole."""
        try:
            data = self.data(question, name)
            return None if data is None else unpacked(data, kind)
        except Exception:  # noqa: BLE001  bytes that are whole and yet not ours: another version's
            return None

    def data(self, question: str, name: str | bytes) -> memoryview | None:
        """Return the bytes a question finds, if they are there and whole."""
        try:
            row = self.run(question, name).fetchone()
        except sqlite3.Error:
            self.forget()
            return None
        if not row or not isinstance(row[0], bytes):
            return None
        check, value = row[0][:CHECK_BYTES], memoryview(row[0])[CHECK_BYTES:]
        return value if check_of(name, value) == check else None

    def has_part(self, name: str) -> bool:
        """Return whether there is a part of that name, and whole."""
        return self.data(PART, name) is not None

    def names(self, beginning: str) -> set[str]:
        """Return the names of the parts that begin so."""
        try:
            return {
                name
                for (name,) in self.run("SELECT name FROM part WHERE substr(name, 1, ?) = ?", len(beginning), beginning)
            }
        except sqlite3.Error:
            return set()

    def keys(self) -> set[bytes]:
        """Return the keys of all entries."""
        try:
            return {row[0] for row in self.run("SELECT key FROM entry")}
        except sqlite3.Error:
            return set()

    def keep(self, parts: Mapping[str, object], kind: Any) -> None:  # noqa: ANN401
        """Keep these parts under their names, values of `kind`; None takes one away."""
        self.write(lambda: self.put_parts(parts, kind))

    def put_parts(self, parts: Mapping[str, object], kind: Any) -> None:  # noqa: ANN401
        """Write parts."""
        for name, value in parts.items():
            if value is None:
                self.run("DELETE FROM part WHERE name = ?", name)
            else:
                self.run(REPLACE, name, checked(name, packed(value, kind)))

    def add(self, entries: Iterable[tuple[bytes, bytes]]) -> None:
        """Keep entries: their keys, and their bytes."""
        rows = [(key, checked(key, data)) for key, data in entries]
        if rows:
            self.write(lambda: self.many("INSERT OR REPLACE INTO entry VALUES (?, ?)", rows))

    def keep_only(self, used: set[bytes]) -> None:
        """Forget the entries that nobody asked for."""
        idle = [(key,) for key in self.keys() - used]
        if idle:
            self.write(lambda: self.many("DELETE FROM entry WHERE key = ?", idle))

    def many(self, statement: str, rows: Iterable[tuple[bytes, ...]]) -> None:
        """Run one statement for many rows. Raises sqlite3.Error."""
        if self.connection is None:
            raise sqlite3.ProgrammingError
        self.connection.executemany(statement, rows)

    def write(self, work: Callable[[], None]) -> None:
        """Do `work` in one transaction."""
        try:
            self.run("BEGIN IMMEDIATE")
            work()
            self.run("COMMIT")
        except sqlite3.Error:
            if self.is_shared:
                self.close()
            else:
                self.forget()

    def forget(self) -> None:
        """Throw the file away; the next build makes a new one."""
        self.close()
        for end in ("", "-wal", "-shm"):
            with contextlib.suppress(OSError):
                self.path.with_name(self.path.name + end).unlink()


def checked(name: str | bytes, value: bytes) -> bytes:
    """Return a value with its checksum before it."""
    return check_of(name, value) + value


def check_of(name: str | bytes, value: bytes | memoryview) -> bytes:
    """Return the checksum of a value under a name: a file that is damaged gives values of other names, whole ones."""
    named = zlib.crc32(name.encode() if isinstance(name, str) else name)
    return zlib.crc32(value, named).to_bytes(CHECK_BYTES)
