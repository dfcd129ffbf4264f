"""A git repository → under which names it remembers files. Nothing in it is changed."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final

PATIENCE_S: Final = 20.0
# A name is a name, whatever signs are in it; --follow goes from each name to the one before.
ASKED: Final = ("git", "--literal-pathspecs", "log", "--follow", "--name-only", "--format=", "-z", "--")


def repository_of(path: Path) -> Path | None:
    """Return the folder of the repository that a file lies in, if it lies in one."""
    return next((above for above in path.resolve().parents if (above / ".git").exists()), None)


def names_of(path: str, repository: Path) -> tuple[str, ...]:
    """Return the names that a file has had, the newest first, as far as git can follow it; none where it knows none.

    `path`, and what is returned: relative to the repository.
    """
    said = told([*ASKED, path], repository)
    return tuple(dict.fromkeys(filter(None, os.fsdecode(said).split("\0"))))


def is_shallow(repository: Path) -> bool:
    """Return whether a repository has only the newest part of its past, as a quick clone has."""
    return told(["git", "rev-parse", "--is-shallow-repository"], repository).strip() == b"true"


def told(command: Sequence[str], repository: Path) -> bytes:
    """Return what git says, nothing where it cannot: there is none, no repository of ours, or a very long past."""
    try:
        done = subprocess.run(  # noqa: S603  no shell, and what git takes for a name only
            command, cwd=repository, stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE_S, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return b""
    return done.stdout
