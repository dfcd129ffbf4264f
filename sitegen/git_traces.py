"""What git leaves in files that were not meant to be published so."""

import re
from typing import Final

# Both sides of a merge, with the lines that part them.
CONFLICT: Final = re.compile(rb"^<{7} .*\n(?:.*\n)*?={7}\r?\n(?:.*\n)*?>{7} ", re.MULTILINE)
POINTER: Final = b"version https://git-lfs.github.com/spec/"  # what stands for a large file that was not fetched
LONGEST_POINTER: Final = 1024  # bytes: as its specification has it


def conflict_in(data: bytes) -> int:
    """Return the line on which a merge that was not finished begins, 0 where there is none."""
    found = CONFLICT.search(data) if b"<<<<<<< " in data and b"\n>>>>>>> " in data else None
    return data.count(b"\n", 0, found.start()) + 1 if found else 0
