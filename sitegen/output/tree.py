"""What an output folder holds, as the last build left it: every file with the key of what it was made from.

A file whose stamp is another than then is no longer known, nor is a folder that is not the one that was written. As
long as no name has come into one of its folders, or left it, there are no other files in it.
"""

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple, TypeVar
from zlib import crc32

from sitegen.runtime.memory import Memory
from sitegen.runtime.stamps import (
    FolderStamp,
    Stamp,
    have_their_names,
    identity_of,
    stamp_of,
    stamps_below,
    stamps_of,
)

Value = TypeVar("Value")
# A file as it was written: the key of what it was made from, and its stamp. Plain, for there are many.
Known = tuple[bytes, Stamp]
SHELVES: Final = 32  # parts a tree is kept in: an edit rewrites a few
SHELF: Final = "tree"  # what their names begin with


class Identity(NamedTuple):
    """Which folder it is, by whatever name."""

    device: int
    inode: int


class Shelf(NamedTuple):
    """A part of a tree: some of its folders with their stamps, and the files right in these, by their paths."""

    files: dict[str, Known]
    folders: dict[str, FolderStamp]


class Tree(NamedTuple):
    """A folder as it was left, and all that is in it."""

    identity: Identity
    shelves: tuple[Shelf, ...]

    def files(self) -> dict[str, Known]:
        """Return its files."""
        return merged(shelf.files for shelf in self.shelves)

    def folders(self) -> dict[str, FolderStamp]:
        """Return its folders."""
        return merged(shelf.folders for shelf in self.shelves)


def empty_tree(folder: Path) -> Tree:
    """Return a tree of which nothing is known."""
    return Tree(Identity(*identity_of(str(folder))), tuple(Shelf({}, {}) for _ in range(SHELVES)))


def brought_up(tree: Tree, files: Mapping[str, Known | None], folders: Mapping[str, FolderStamp | None]) -> Tree:
    """Return a tree in which these files and folders are so now (None: gone). Shelves without a change are the same."""
    shelves = list(tree.shelves)

    def own(folder: str) -> Shelf:
        """Return the shelf of a folder, which may be changed from now on."""
        number = shelf_of(folder)
        if shelves[number] is tree.shelves[number]:
            shelves[number] = Shelf(dict(shelves[number].files), dict(shelves[number].folders))
        return shelves[number]

    for path, known in files.items():
        put(own(path.rpartition("/")[0]).files, path, known)
    for folder, stamp in folders.items():
        if tree.shelves[shelf_of(folder)].folders.get(folder) != stamp:
            put(own(folder).folders, folder, stamp)
    return tree._replace(shelves=tuple(shelves))


def shelf_of(folder: str) -> int:
    """Return on which shelf a folder lies, with the files right in it."""
    return crc32(folder.encode("utf-8", "surrogateescape")) % SHELVES


def put(values: dict[str, Value], name: str, value: Value | None) -> None:
    """Put a value under its name, or take away what is there."""
    if value is None:
        values.pop(name, None)
    else:
        values[name] = value


def merged(parts: Iterable[Mapping[str, Value]]) -> dict[str, Value]:
    """Return all that is in these."""
    found: dict[str, Value] = {}
    for part in parts:
        found.update(part)
    return found


def kept_tree(memory: Memory, name: str) -> Tree | None:
    """Return the tree that was kept under a name, if all of it is there."""
    identity = memory.part(name, Identity)
    if identity is None:
        return None
    shelves = [memory.part(shelf, Shelf) for shelf in shelf_names(identity)]
    return None if None in shelves else Tree(identity, tuple(shelves))


def keep_tree(memory: Memory, tree: Tree, older: Tree | None) -> None:
    """Keep the shelves of a tree that are not those of the `older` one, which was kept."""
    shelves = zip(shelf_names(tree.identity), tree.shelves, older.shelves if older else tree.shelves, strict=True)
    memory.keep({name: shelf for name, shelf, before in shelves if shelf is not before or older is None}, Shelf)


def name_trees(memory: Memory, names: Mapping[str, Tree | None]) -> None:
    """Keep under these names which trees they mean; forget the shelves of all others."""
    trees = [tree for tree in names.values() if tree is not None]
    others = memory.names(f"{SHELF} ").difference(*(shelf_names(tree.identity) for tree in trees))
    memory.keep(dict.fromkeys(others), Shelf)
    memory.keep({name: tree and tree.identity for name, tree in names.items()}, Identity)


def shelf_names(identity: Identity) -> list[str]:
    """Return the names under which the shelves of a tree are kept."""
    return [f"{SHELF} {identity.device} {identity.inode} {number}" for number in range(SHELVES)]


class Remains(NamedTuple):
    """The files of a folder that are as they were left, the paths of all others, and whether it is wholly as it was."""

    files: dict[str, Known]
    others: set[str]
    is_whole: bool


def remains_of(tree: Tree, folder: Path) -> Remains:
    """Return what a folder still has of a tree. Raises OSError."""
    left, root = tree.files(), str(folder)
    is_same = have_their_names(root, left, tree.folders())
    found = stamps_of(root, left) if is_same else stamps_below(root)
    files = {path: known for path, known in left.items() if found.get(path) == known[1]}
    others = found.keys() - files.keys()
    return Remains(files, others, is_same and not others and len(files) == len(left))


def is_that(tree: Tree, folder: Path) -> bool:
    """Return whether a folder is the one that was left as `tree`, whatever it holds now."""
    return folder.is_dir() and identity_of(str(folder)) == tree.identity


class Standing:
    """The site that stands: each of its files is looked at when it is asked for, for few are.

    `tree`: the folder as the last build left it, if it is that one; `known`: its files.
    """

    def __init__(self, tree: Tree | None, folder: Path) -> None:
        self.folder = str(folder)
        self.tree = tree if tree is not None and is_that(tree, folder) else None
        self.known = self.tree.files() if self.tree else {}

    def has(self, path: str, key: bytes) -> bool:
        """Return whether there is a file that was made from `key`, as it was left."""
        known = self.known.get(path)
        if known is None or known[0] != key:
            return False
        with suppress(OSError):
            return stamp_of(os.lstat(f"{self.folder}/{path}")) == known[1]
        return False

    def paths(self) -> Iterable[str]:
        """Return the files there are: those that were left, or where nobody knows, those that are found."""
        if self.tree is not None or not os.path.isdir(self.folder):
            return self.known
        return stamps_below(self.folder)
