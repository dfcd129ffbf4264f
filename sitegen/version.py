"""A name for the code that runs: our sources and tables, Python, and the libraries installed beside them."""

import os
import sys
import sysconfig
from functools import cache
from hashlib import blake2b
from pathlib import Path


@cache
def code_version() -> str:
    """Return the name. What was made under another is made anew."""
    digest = blake2b(sys.version.encode(), digest_size=16)
    for path in sorted(path for kind in ("*.py", "*.toml") for path in Path(__file__).parent.rglob(kind)):
        digest.update(path.read_bytes())
    for folder in library_folders():  # the names of their folders are `name-version.dist-info`
        digest.update("\0".join(sorted(name for name in os.listdir(folder) if name.endswith("-info"))).encode())
    return digest.hexdigest()


def library_folders() -> list[str]:
    """Return the folders libraries are installed in."""
    return sorted({path for kind in ("purelib", "platlib") if os.path.isdir(path := sysconfig.get_path(kind))})
