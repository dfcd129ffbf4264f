"""A cleaned body by the digest of everything it depends on: body, format, settings, and the cleaner itself."""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from sitegen.clean.body import clean_body
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
    body: str, body_format: BodyFormat, settings: Cleaning, lead_image: str, memo: Cache | None
) -> tuple[CleanBody, bytes, bytes | None]:
    """Return the cleaned body, its key, and its bytes when they are new to the memo (None when it knew them)."""
    if memo is None:
        return clean_body(body, body_format, settings, lead_image=lead_image), b"", None
    key = key_of(cleaner_version(), body_format, repr(settings), lead_image, body)
    known = memo.get(key)
    if known is not None:
        return unpacked(known), key, None
    cleaned = clean_body(body, body_format, settings, lead_image=lead_image)
    return cleaned, key, packed(cleaned)
