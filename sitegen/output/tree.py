"""What an output folder holds, as the last build left it: every file with the key of what it was made from.

A file whose stamp is another than then is no longer known, nor is a folder that is not the one that was written.
"""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from sitegen.runtime.stamps import Stamp, identity_of, stamp_of, stamps_below

# A file as it was written: the key of what it was made from, and its stamp. Plain, for there are many.
Known = tuple[bytes, Stamp]


class Tree(NamedTuple):
    """A folder as it was left: its own device and inode, and its files by their paths."""

    device: int
    inode: int
    files: dict[str, Known]


def tree_at(folder: Path, files: dict[str, Known]) -> Tree:
    """Return what `folder` is left as."""
    return Tree(*identity_of(str(folder)), files)


def remains_of(tree: Tree, folder: Path) -> tuple[dict[str, Known], set[str]]:
    """Return the files of a folder that are as they were left, and the paths of all others in it. Raises OSError."""
    found = stamps_below(str(folder))
    files = {path: known for path, known in tree.files.items() if found.get(path) == known[1]}
    return files, found.keys() - files.keys()


def is_that(tree: Tree, folder: Path) -> bool:
    """Return whether a folder is the one that was left as `tree`, whatever it holds now."""
    return folder.is_dir() and identity_of(str(folder)) == (tree.device, tree.inode)


class Standing:
    """The site that stands: each of its files is looked at when it is asked for, for few are.

    `is_known`: the folder is the one the last build left; `known`: what it left there.
    """

    def __init__(self, tree: Tree | None, folder: Path) -> None:
        self.folder = str(folder)
        self.is_known = tree is not None and is_that(tree, folder)
        self.known = tree.files if tree is not None and self.is_known else {}

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
        if self.is_known or not os.path.isdir(self.folder):
            return self.known
        return stamps_below(self.folder)
