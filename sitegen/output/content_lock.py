"""One command at a time changes a content folder: two imports would each write what neither has seen of the other."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sitegen.output.writer import held_alone, refused

LOCK: Final = ".import.lock"  # a name no build reads


@contextmanager
def changing(content: Path) -> Iterator[None]:
    """Hold a content folder, which is made where there is none. Raises UsageError (USE008), OSError."""
    content.mkdir(parents=True, exist_ok=True)
    with held_alone(content / LOCK, refused("USE008", content)):
        yield
