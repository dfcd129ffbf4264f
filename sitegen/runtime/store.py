"""Where machines that do not see each other's disks leave files for one another: any address that fsspec knows.

`s3://bucket/folder`, `gs://…`, `file:///mnt/folder`: the driver of a store is installed by whoever has one.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from typing import Any, NamedTuple


class StoreError(Exception):
    """Why a store cannot be used: its address, and what its driver says."""


class Store(NamedTuple):
    """A folder of an object store, and the name of the folder in it that is one build's."""

    url: str
    build: str

    @classmethod
    def of(cls, url: str) -> "Store":
        """Return the part of the store at `url` that is a new build's. Raises StoreError.

        No bucket is made: one with a slip in its name would be.
        """
        store = cls(url, f"sitegen-{os.urandom(8).hex()}")
        with store.told():
            files, folder = store.opened()
            files.mkdir(folder, create_parents=False)
        return store

    def opened(self) -> tuple[Any, str]:
        """Return the file system, and this build's folder in it. Raises what its driver raises."""
        files, folder = opened(self.url)
        return files, f"{folder}/{self.build}"

    def put(self, name: str, data: bytes) -> None:
        """Leave a file. Raises StoreError."""
        with self.told():
            files, folder = self.opened()
            files.pipe_file(f"{folder}/{name}", data)

    def get(self, name: str) -> bytes:
        """Return the bytes of a file. Raises StoreError."""
        with self.told():
            files, folder = self.opened()
            data: bytes = files.cat_file(f"{folder}/{name}")
        return data

    def empty(self) -> None:
        """Remove what this build has left. Raises StoreError."""
        with self.told():
            files, folder = self.opened()
            files.invalidate_cache()  # of listings: workers have left files, too
            with suppress(FileNotFoundError):  # a folder of an object store is there as long as something is in it
                files.rm(folder, recursive=True)

    @contextmanager
    def told(self) -> Iterator[None]:
        """Turn what a driver says into a StoreError."""
        try:
            yield
        except Exception as error:  # each driver has errors of its own, of no common kind
            raise StoreError(f"{self.url}: {type(error).__name__}: {error}") from error


@lru_cache(maxsize=4)
def opened(url: str) -> tuple[Any, str]:
    """Return the file system of an address, and the folder in it. Raises ImportError where its driver is missing."""
    from fsspec.core import url_to_fs  # noqa: PLC0415  of the extra `dask`

    files, folder = url_to_fs(url)
    return files, folder.rstrip("/")
