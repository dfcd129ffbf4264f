"""The cache folder: what commands keep there is known by its name. Nothing else in it is ours to remove."""

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from sitegen.output.writer import MARKER, remove_output, spares_of, told_removing
from sitegen.runtime.note import is_note

PREVIEW: Final = "preview"  # the output of `serve`
KEPT: Final = 8  # memories of outputs: whoever builds into new folders all the time needs none of the old
LINKS: Final = "links.json"  # what `check --external` has asked of other sites
# The memories of builds (config.memory_path) with what SQLite keeps beside them, the answers, what a preview shared.
OWN: Final = re.compile(
    rf"[0-9a-f]{{16}}(-[0-9a-f]{{16}})?\.sqlite(-wal|-shm|-journal)?|{re.escape(LINKS)}|\.{PREVIEW}\.shared-.*"
)


def forget_memories(folder: Path) -> None:
    """Remove what builds remember of the outputs that were built longest ago, all but the KEPT newest."""

    def age(path: Path) -> float:
        try:
            return -path.stat().st_mtime
        except OSError:  # another build has just removed it
            return 0

    for path in sorted((path for path in folder.glob("*.sqlite") if OWN.fullmatch(path.name)), key=age)[KEPT:]:
        for part in folder.glob(f"{path.name}*"):
            with suppress(OSError):
                part.unlink()


def removed_cache(folder: Path) -> list[Path]:
    """Remove what commands keep in a cache folder, and the folder unless it holds more; return what has gone.

    Raises ToolError, and UsageError while a preview is being built.
    """
    if not folder.is_dir():
        return []
    with told_removing(folder):
        gone = list(remove_own(folder))
    if gone:
        with suppress(OSError):  # it holds what is not ours, or is a link
            folder.rmdir()
            return [folder]
    return gone


def remove_own(folder: Path) -> Iterator[Path]:
    """Remove what is ours in a cache folder; yield what it was. Raises OSError, ToolError, UsageError."""
    preview = folder / PREVIEW
    is_ours = (preview / MARKER).is_file() or (
        not preview.exists() and any(spare.is_dir() for spare in spares_of(preview))
    )
    if is_ours:
        yield from remove_output(preview)
    for path in sorted(folder.iterdir()):
        if (OWN.fullmatch(path.name) or is_note(path.name)) and path.is_file():
            path.unlink()
            yield path
