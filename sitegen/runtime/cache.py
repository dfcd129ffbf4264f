"""A memo in one file: key → bytes. A damaged or foreign file is thrown away and made anew; it is never trusted.

Keys name everything a value depends on, so there is nothing to invalidate. Workers read; one process writes.
"""

import contextlib
import hashlib
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Final, Self

KEY_BYTES: Final = 20
CHECK_BYTES: Final = 8


def key_of(*parts: str) -> bytes:
    """Return the key of a value made from these parts."""
    digest = hashlib.blake2b(digest_size=KEY_BYTES)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8) + data)
    return digest.digest()


class Cache:
    """The memo in one SQLite file. Every fault of the file means: nothing is known."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.connection: sqlite3.Connection | None = None
        with contextlib.suppress(sqlite3.Error, OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            self.connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            self.connection.execute("PRAGMA journal_mode = WAL")
            self.connection.execute("PRAGMA synchronous = OFF")
            self.connection.execute("CREATE TABLE IF NOT EXISTS memo (key BLOB PRIMARY KEY, value BLOB) WITHOUT ROWID")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.connection is not None:
            self.connection.close()

    def get(self, key: bytes) -> bytes | None:
        """Return the value under `key` if it is there and whole."""
        if self.connection is None:
            return None
        try:
            row = self.connection.execute("SELECT value FROM memo WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error:
            self.forget()
            return None
        if row is None or checked(row[0][CHECK_BYTES:]) != row[0]:
            return None
        value: bytes = row[0][CHECK_BYTES:]
        return value

    def put_all(self, new: Iterable[tuple[bytes, bytes]], used: set[bytes]) -> None:
        """Keep the new values, and of the old ones those that were used."""
        if self.connection is None:
            return
        try:
            self.connection.execute("BEGIN")
            rows = ((key, checked(value)) for key, value in new)
            self.connection.executemany("INSERT OR REPLACE INTO memo VALUES (?, ?)", rows)
            known = {row[0] for row in self.connection.execute("SELECT key FROM memo")}
            self.connection.executemany("DELETE FROM memo WHERE key = ?", ((key,) for key in known - used))
            self.connection.execute("COMMIT")
        except sqlite3.Error:
            self.forget()

    def forget(self) -> None:
        """Throw the file away; the next build makes a new one."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None
        for end in ("", "-wal", "-shm"):
            self.path.with_name(self.path.name + end).unlink(missing_ok=True)


def checked(value: bytes) -> bytes:
    """Return a value with its checksum before it."""
    return hashlib.blake2b(value, digest_size=CHECK_BYTES).digest() + value
