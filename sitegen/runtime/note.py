"""A note that a build leaves: what it was asked, what it saw, what it said. The same again needs no build.

Imports next to nothing, for the same reason as stamps.py.
"""

import marshal
import os
import sys
import time
import zlib

from sitegen.runtime.stamps import Folder, stamps_below

FORMAT = 1
SUFFIX = ".note"
KEPT = 8  # notes in one folder: with `--now` every day has a command of its own
# What a build was asked: the current folder, its arguments, the environment it may read.
Command = tuple[str, tuple[str, ...], tuple[tuple[str, str], ...]]
# What it said: standard output (`\0` stands for its seconds), standard error, exit status.
Said = tuple[str, str, int]
READ_NAMES = ("LANG", "LANGUAGE", "SOURCE_DATE_EPOCH", "TZ")
READ_STARTS = ("LC_", "SITEGEN_")


def command_of(arguments: list[str]) -> Command:
    """Return what a build is asked by these arguments, here and now."""
    environment = (
        (name, value) for name, value in os.environ.items() if name in READ_NAMES or name.startswith(READ_STARTS)
    )
    return os.getcwd(), tuple(arguments), tuple(sorted(environment))


def note_path(cache: str, command: Command) -> str:
    """Return where the last build of a command left its note."""
    name = zlib.crc32("\0".join((command[0], *command[1])).encode("utf-8", "surrogateescape"))
    return os.path.join(cache, f"{name:08x}{SUFFIX}")


def said_before(cache: str, command: Command) -> Said | None:
    """Return what the last build of this command said, if all that it saw is as it was, its output too; else None."""
    try:
        with open(note_path(cache, command), "rb") as stream:
            form, asked, said, window, folders, libraries = marshal.loads(stream.read())
        if (form, asked) != (f"{FORMAT} {sys.version}", command) or not window[0] <= time.time() < window[1]:
            return None
        if any(os.stat(folder).st_mtime_ns != changed for folder, changed in libraries):
            return None
        if not all(is_as_seen(path, folder) for path, folder in folders):
            return None
        out, err, status = said
    except (OSError, ValueError, EOFError, TypeError):
        return None
    return str(out), str(err), int(status)


def is_as_seen(path: str, folder: Folder) -> bool:
    """Return whether a folder is the one that was seen, with the same files. Raises OSError."""
    passed, identity, stamps = folder
    status = os.stat(path)
    return (status.st_dev, status.st_ino) == identity and stamps_below(path, passed) == stamps


def leave(
    cache: str,
    command: Command,
    said: Said,
    window: tuple[float, float],
    folders: list[tuple[str, Folder]],
    libraries: list[str],
) -> None:
    """Leave the note of a build. One that cannot be written is none."""
    path = note_path(cache, command)
    beside = f"{path}.{os.getpid()}"
    try:
        changed = [(folder, os.stat(folder).st_mtime_ns) for folder in libraries]
        with open(beside, "wb") as stream:
            marshal.dump((f"{FORMAT} {sys.version}", command, said, window, folders, changed), stream)
        os.replace(beside, path)
        forget(cache, but=KEPT)
    except (OSError, ValueError):
        return


def forget(cache: str, but: int = 0) -> list[str]:
    """Remove the notes in a cache folder but for the newest; return their paths. What builds said may quote a text."""
    paths = [os.path.join(cache, name) for name in os.listdir(cache)] if os.path.isdir(cache) else []
    notes = sorted((path for path in paths if path.endswith(SUFFIX)), key=os.path.getmtime, reverse=True)
    for path in notes[but:]:
        os.unlink(path)
    return notes[but:]
