"""Static files that are published just as they are: pictures, attachments, a search engine's proof of ownership.

They may be many, and large: none is held in memory. Each is known by the digest of its bytes, which is taken once.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from sitegen.output.writer import Stage
from sitegen.runtime.memory import Memory
from sitegen.runtime.stamps import Look, Stamp, digest_at, is_settled, stamp_of, unsettled
from sitegen.version import code_version

PART: Final = "copies"  # the part of the memory that is ours


class Copy(NamedTuple):
    """A static file by its name, as it was met: its stamp, and the digest of its bytes."""

    name: str
    stamp: Stamp
    digest: bytes


def copies_now(files: Mapping[str, Path], memory: Memory, look: Look) -> list[Copy]:
    """Return these static files as they are now, without those that have gone; of what is as it was no byte is read.

    What was read is remembered, as far as its stamp can tell a later change. Raises OSError.
    """
    part = f"{PART} {code_version()}"
    known = {one.name: one for one in memory.part(part, list[Copy]) or ()}
    found = [copy for name, path in files.items() if (copy := copy_of(name, path, known.get(name))) is not None]
    noted = [one if is_settled(one.stamp, look.taken) else one._replace(stamp=unsettled(one.stamp)) for one in found]
    tell_digests(look, {str(files[one.name]): one.digest for one in found})
    if noted != list(known.values()):
        memory.keep({**dict.fromkeys(memory.names(f"{PART} ")), part: noted}, list[Copy])
    return found


def tell_digests(look: Look, digests: Mapping[str, bytes]) -> None:
    """Say what is known of files (by their paths), so that a note of the build need not read them again."""
    for folder in look.folders:
        start = f"{folder}{os.sep}"
        below = {path: digest for path, digest in digests.items() if path.startswith(start)}
        if below:
            look.digests[folder] = {path[len(start) :].replace(os.sep, "/"): one for path, one in below.items()}


def copy_of(name: str, path: Path, last: Copy | None) -> Copy | None:
    """Return a file as it is now, or None if it has gone meanwhile. `last`: as it was met before. Raises OSError."""
    try:
        stamp = stamp_of(path.stat())
        return last if last is not None and last.stamp == stamp else Copy(name, stamp, digest_at(str(path)))
    except FileNotFoundError:
        return None


def published(copy: Copy, path: Path, stage: Stage) -> bytes:
    """Copy a static file to its place in the stage; return the digest of what lies there now. Raises OSError."""
    target = stage.take(path, copy.name)
    return copy.digest if stamp_of(path.stat()) == copy.stamp else digest_at(str(target))
