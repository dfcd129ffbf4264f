"""A git repository → under which names it remembers files. Nothing in it is changed."""

import os
import subprocess
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
    try:
        done = subprocess.run(  # noqa: S603  no shell, and what git takes for a name only
            [*ASKED, path],
            cwd=repository,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE_S,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):  # no git, no repository of ours, or a very long past
        return ()
    return tuple(dict.fromkeys(filter(None, os.fsdecode(done.stdout).split("\0"))))
