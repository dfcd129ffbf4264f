"""What shows that a file may have changed: its size, times and inode; and what shows that it has not: its digest.

Imports next to nothing: a build with nothing to do is over before other modules would be loaded.
"""

import os
import time
from collections.abc import Iterable, Iterator, Mapping

# Size, time of change in ns, time of the inode's change in ns, inode: what no edit leaves as it was.
Stamp = tuple[int, int, int, int]
# Inode of a folder, and when a name last came into it or left it, in ns: while both are the same, so are its names. The
# time of the inode's change counts, for nobody can set it; but not of the first folder, which a build itself renames.
FolderStamp = tuple[int, int]
# A folder: the names passed over in it, its own device and inode, and the stamps of its files.
Folder = tuple[tuple[str, ...], tuple[int, int], dict[str, Stamp]]
# A folder that was written: its own device and inode, the stamps of its files, and those of all folders in it.
Written = tuple[tuple[int, int], dict[str, Stamp], dict[str, FolderStamp]]
RACY_NS = 2_000_000_000  # the coarsest clock of a file system in use
SECOND_NS = 1_000_000_000
TICK = 0.02  # seconds: the longest tick of a clock that counts finer than seconds
NEVER_NS = 1 << 62
NEVER = (0, NEVER_NS, NEVER_NS, 0)
ANYWHERE = "**/"  # before the name of folders that are left out wherever they lie
DIGEST_BYTES = 16
BLOCK = 1 << 20  # bytes of a file that are read at a time


def stamp_of(status: os.stat_result) -> Stamp:
    """Return the stamp of a file."""
    return (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def identity_of(folder: str) -> tuple[int, int]:
    """Return the device and inode of a folder. Raises OSError."""
    status = os.stat(folder)
    return status.st_dev, status.st_ino


def is_settled(stamp: Stamp, taken: int) -> bool:
    """Return whether a file had been left alone for long enough at `taken` (ns) for its stamp to tell a later edit.

    A file edited twice within one tick of the disk's clock has one stamp: git's racy rule.
    """
    return max(stamp[1], stamp[2]) < taken - RACY_NS


def unsettled(stamp: Stamp) -> Stamp:
    """Return a stamp that no file has, with the size of this one."""
    return (stamp[0], -1, -1, 0)


def digest_of(data: bytes) -> bytes:
    """Return the digest by which a file's bytes are known again."""
    from hashlib import sha256  # noqa: PLC0415  a build with nothing to do reads no file

    return sha256(data).digest()[:DIGEST_BYTES]  # processors of today have it built in: half of blake2b's time


def digest_at(path: str) -> bytes:
    """Return the digest of a file, however large. Raises OSError, also for a pipe, which would never end."""
    from hashlib import sha256  # noqa: PLC0415

    if not os.path.isfile(path):
        raise OSError(path)
    digest = sha256()
    with open(path, "rb", buffering=0) as stream:
        while block := stream.read(BLOCK):
            digest.update(block)
    return digest.digest()[:DIGEST_BYTES]


def stamps_below(folder: str, passed: tuple[str, ...] = (), *, lenient: bool = False) -> dict[str, Stamp]:
    """Return the stamps of all files below a folder, by paths relative to it; `passed`: its folders that are left out.

    A link's stamp tells nothing of its target, so that it is never settled; nor is a folder that cannot be looked into,
    where that is told later (`lenient`), or that has gone meanwhile. Raises OSError.
    """
    found: dict[str, Stamp] = {}
    waiting = [("", folder)]
    while waiting:
        prefix, place = waiting.pop()
        try:
            entries = list(os.scandir(place))
        except OSError as error:
            if not prefix or not (lenient or isinstance(error, FileNotFoundError)):
                raise
            found[prefix] = NEVER
            continue
        for entry in entries:
            name = prefix + entry.name
            if entry.is_dir(follow_symlinks=False):
                if name not in passed and ANYWHERE + entry.name not in passed:
                    waiting.append((f"{name}/", entry.path))
            elif entry.is_symlink():
                found[name] = NEVER
            else:
                try:
                    status = entry.stat(follow_symlinks=False)
                except FileNotFoundError:
                    continue
                found[name] = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
    return found


def folders_of(paths: Iterable[str]) -> set[str]:
    """Return the folders that these relative paths lie in, all the way up to the first, which is an empty string."""
    found = {""}
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def folder_stamps(root: str, folders: Iterable[str]) -> dict[str, FolderStamp]:
    """Return the stamps of those of these folders below `root` that are there. Raises OSError."""
    found: dict[str, FolderStamp] = {}
    for folder, status in statuses_of(root, folders):
        changed = max(status.st_mtime_ns, status.st_ctime_ns) if folder else status.st_mtime_ns
        found[folder] = (status.st_ino, changed)
    return found


def have_their_names(root: str, files: Iterable[str], folders: Mapping[str, FolderStamp]) -> bool:
    """Return whether there is nothing in these folders below `root` but what was left there: they and these files.

    Of no folders nobody knows; nor where the disk's clock counts seconds. Raises OSError.
    """
    if not folders or all(time % SECOND_NS == 0 for _, time in folders.values()):
        return False
    first = {path for paths in (files, folders) for path in paths if path and "/" not in path}
    return first == set(os.listdir(root)) and folder_stamps(root, folders) == folders


def stamps_of(root: str, paths: Iterable[str]) -> dict[str, Stamp]:
    """Return the stamps of those of these files below a folder that are there. Raises OSError."""
    return {path: stamp_of(status) for path, status in statuses_of(root, paths)}


def statuses_of(root: str, paths: Iterable[str]) -> Iterator[tuple[str, os.stat_result]]:
    """Yield those of these paths below a folder that are there, with what the system says of them. Raises OSError."""
    for path in paths:
        try:
            yield path, os.lstat(f"{root}/{path}")
        except (FileNotFoundError, NotADirectoryError):
            continue


def stamps_again(root: str, files: Mapping[str, object], folders: Mapping[str, FolderStamp]) -> dict[str, Stamp]:
    """Return the stamps of all files below a folder of which these were left: by their names, if there are no others.

    That takes half the time of looking for them. `folders`: their stamps as they were left. Raises OSError.
    """
    return stamps_of(root, files) if have_their_names(root, files, folders) else stamps_below(root)


class Look:
    """What a build sees of the folders it reads, from `taken` on: an edit after that is not settled."""

    def __init__(self) -> None:
        self.taken = time.time_ns()
        self.seen: dict[tuple[str, tuple[str, ...]], dict[str, Stamp]] = {}  # before a build, with what is passed over
        self.folders: dict[str, Folder] = {}
        self.digests: dict[str, dict[str, bytes]] = {}  # of files that were read, by their folders
        self.left: dict[str, Written] = {}  # what the build itself has written
        self.since = 0.0  # the time (seconds) from which on the same build gives the same
        self.until = float("inf")  # and before which
        self.kept: object = None  # what the build has made, so that it is not taken apart before the process ends

    def at(self, folder: str, passed: tuple[str, ...] = (), *, lenient: bool = False) -> dict[str, Stamp]:
        """Return the stamps of a folder's files, and remember them. Raises OSError."""
        self.folders[folder] = (passed, identity_of(folder), self.first_at(folder, passed, lenient=lenient))
        return self.folders[folder][2]

    def first_at(self, folder: str, passed: tuple[str, ...] = (), *, lenient: bool = False) -> dict[str, Stamp]:
        """Return the stamps of a folder's files as they were when they were first asked for. Raises OSError."""
        if (folder, passed) not in self.seen:
            self.seen[folder, passed] = stamps_below(folder, passed, lenient=lenient)
        return self.seen[folder, passed]
