"""What an output folder holds, as the last build left it: every file with the key of what it was made from.

A file whose stamp is another than then is no longer known, nor is a folder that is not the one that was written.
"""

from pathlib import Path
from typing import NamedTuple

from sitegen.runtime.stamps import Stamp, stamps_below

# A file as it was written: the key of what it was made from, and its stamp. Plain, for there are many.
Known = tuple[bytes, Stamp]


class Tree(NamedTuple):
    """A folder as it was left: its own device and inode, and its files by their paths."""

    device: int
    inode: int
    files: dict[str, Known]


def tree_at(folder: Path, files: dict[str, Known]) -> Tree:
    """Return what `folder` is left as."""
    status = folder.stat()
    return Tree(status.st_dev, status.st_ino, files)


class Standing(NamedTuple):
    """What stands in a folder: every path, the files that are as they were left, all that were left there.

    `is_whole`: the folder is as it was left, with nothing missing, changed or added.
    """

    paths: frozenset[str]
    files: dict[str, Known]
    known: dict[str, Known]
    is_whole: bool


def standing(tree: Tree | None, folder: Path) -> Standing:
    """Return what stands in a folder that was left as `tree` (None: nobody knows). Raises OSError."""
    found = stamps_below(str(folder)) if folder.is_dir() else {}
    status = folder.stat() if found else None
    if tree is None or status is None or (status.st_dev, status.st_ino) != (tree.device, tree.inode):
        return Standing(frozenset(found), {}, {}, is_whole=False)
    files = {path: known for path, known in tree.files.items() if found.get(path) == known[1]}
    return Standing(frozenset(found), files, tree.files, is_whole=len(files) == len(found) == len(tree.files))
