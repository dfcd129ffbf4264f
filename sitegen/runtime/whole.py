"""Files that are written whole or not at all: whoever is broken off leaves what stood there before."""

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any


def write_whole(path: Path, data: bytes) -> None:
    """Write a file beside its place, then into it, and its folder where that lacks. Raises OSError."""
    folder, name = os.path.split(path)
    beside = os.path.join(folder, f".{name[:80]}.{os.getpid()}.tmp")
    try:
        stream = open(beside, "wb")  # noqa: SIM115  closed below
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)
        stream = open(beside, "wb")  # noqa: SIM115
    try:
        with stream:
            stream.write(data)
        os.replace(beside, path)  # noqa: PTH105
    except BaseException:
        with suppress(OSError):
            os.unlink(beside)  # noqa: PTH108
        raise


def read_object(path: Path) -> dict[str, Any]:
    """Return the JSON object that a file holds; an empty one where it cannot be read, or holds another value."""
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
