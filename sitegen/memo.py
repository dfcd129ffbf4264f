"""A cleaned body by the digest of everything it depends on: body, format, settings, and the cleaner itself."""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from sitegen.clean.body import clean_body
from sitegen.clean.rules import Pictures
from sitegen.config import Cleaning
from sitegen.model import BodyFormat, CleanBody, packed, unpacked
from sitegen.runtime.cache import Cache, key_of


@cache
def cleaner_version() -> str:
    """Return a name for the cleaner's code and the libraries whose output it is."""
    digest = hashlib.blake2b(digest_size=16)
    for path in sorted((Path(__file__).parent / "clean").rglob("*.py")):
        digest.update(path.read_bytes())
    libraries = ("nh3", "selectolax", "markdown-it-py", "mdit-py-plugins")
    return "\0".join((digest.hexdigest(), *map(version, libraries)))


def remembered_body(
    body: str, body_format: BodyFormat, settings: Cleaning, pictures: Pictures, memo: Cache | None
) -> tuple[CleanBody, bytes, bytes | None]:
    """Return the cleaned body, its key, and its bytes when they are new to the memo (None when it knew them)."""
    if memo is None:
        return clean_body(body, body_format, settings, pictures), b"", None
    key = key_of(cleaner_version(), body_format, repr(settings), named(pictures), body)
    known = memo.get(key)
    if known is not None:
        return unpacked(known), key, None
    cleaned = clean_body(body, body_format, settings, pictures)
    return cleaned, key, packed(cleaned)


def named(pictures: Pictures) -> str:
    """Return a name for what may be shown: the order of a set is nobody's choice."""
    return repr((pictures.lead, None if pictures.licensed is None else sorted(pictures.licensed)))
