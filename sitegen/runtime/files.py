"""The files that work reads and writes: on the disk, or carried to a worker that does not see it, and back.

Whoever carries gives the worker a `Bag`. Work itself asks for files here and knows of none.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from sitegen.runtime.store import Store

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory

WRITTEN: Final = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
BAGS: Final[list["Bag"]] = []  # at most one: a worker does one thing at a time


class Parcel(NamedTuple):
    """What a chunk of work needs: its files, under a name; other files and folders, each a parcel of its own."""

    name: str
    files: tuple[tuple[str, str], ...] = ()  # path, parcel
    folders: tuple[tuple[str, str], ...] = ()


class Bag:
    """The files a worker was given, by the paths they have where they come from; and what its work has written."""

    def __init__(self, parcel: Parcel, store: Store) -> None:
        self.files: Mapping[str, bytes] = unpacked(store.get(parcel.name))
        self.later = dict(parcel.files)
        self.folders = dict(parcel.folders)
        self.store = store
        self.written: dict[str, bytes] = {}


@contextmanager
def carrying(bag: Bag) -> Iterator[None]:
    """Give work the files of a bag, and take what it writes."""
    BAGS.append(bag)
    try:
        yield
    finally:
        BAGS.pop()


def read_bytes(path: str) -> bytes:
    """Return the bytes of a file. Raises OSError, where files are carried StoreError."""
    if BAGS and path in BAGS[0].files:
        return BAGS[0].files[path]
    if BAGS and path in BAGS[0].later:
        return BAGS[0].store.get(BAGS[0].later[path])
    with open(path, "rb", buffering=0) as stream:  # one read, no buffer: a build opens thousands of small files
        return stream.readall()


def write_bytes(folder: str | os.PathLike[str], path: str, data: bytes) -> None:
    """Write a file below `folder`, and the folders it needs (nearly every page has one of its own). Raises OSError."""
    target = f"{folder}/{path}"
    if BAGS:
        BAGS[0].written[target] = data
        return
    parent = os.path.dirname(target)
    try:
        os.mkdir(parent)
    except FileExistsError:
        pass
    except FileNotFoundError:
        os.makedirs(parent, exist_ok=True)
    file = os.open(target, WRITTEN, 0o666)
    try:
        rest = memoryview(data)
        while rest:  # on a disk that fills up only a part is written, and nothing is said until the next
            rest = rest[os.write(file, rest) :]
    finally:
        os.close(file)


def folder_here(folder: str) -> str:
    """Return where a folder's files are on this machine. Raises OSError."""
    if not BAGS or folder not in BAGS[0].folders:
        return folder
    return unpacked_folder(BAGS[0].folders[folder], BAGS[0].store).name


@lru_cache(maxsize=8)
def unpacked_folder(name: str, store: Store) -> "TemporaryDirectory[str]":
    """Return a folder of this process with the files of a parcel; it goes with the process."""
    from tempfile import TemporaryDirectory  # noqa: PLC0415

    folder = TemporaryDirectory(prefix="sitegen-")
    for path, data in unpacked(store.get(name)).items():
        target = os.path.join(folder.name, path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "wb") as stream:
            stream.write(data)
    return folder


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return files as a parcel."""
    import cbor2  # noqa: PLC0415  only where files are carried

    return cbor2.dumps(dict(files))


def packed_folder(folder: str) -> bytes:
    """Return the files below a folder as a parcel, those behind links, too.

    An unreadable file is left out; its reader reports it.
    """
    files: dict[str, bytes] = {}
    visited: set[str] = set()
    for place, folders, names in os.walk(folder, followlinks=True):
        if os.path.realpath(place) in visited:  # a link that turns in a circle
            folders.clear()
            continue
        visited.add(os.path.realpath(place))
        for path in (os.path.join(place, name) for name in names):
            with suppress(OSError):
                files[os.path.relpath(path, folder)] = read_bytes(path)
    return packed(files)


def unpacked(data: bytes) -> dict[str, bytes]:
    """Return the files of a parcel."""
    import cbor2  # noqa: PLC0415

    files: dict[str, bytes] = cbor2.loads(data)
    return files
