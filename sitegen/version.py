"""A name for the code that runs: this package's sources, Python, and the libraries that are installed beside it."""

import sys
import sysconfig
from functools import cache
from hashlib import blake2b
from pathlib import Path


@cache
def code_version() -> str:
    """Return the name. What was made under another is made anew."""
    digest = blake2b(sys.version.encode(), digest_size=16)
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    for path in sorted({Path(sysconfig.get_path(kind)) for kind in ("purelib", "platlib")}):
        if path.is_dir():  # the folders `name-version.dist-info`
            digest.update("\0".join(sorted(found.name for found in path.glob("*.dist-info"))).encode())
    return digest.hexdigest()
