"""A cleaned body by the digest of everything it depends on: body, format, settings, and the cleaner itself."""

import hashlib
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path

from sitegen.clean.body import clean_body
from sitegen.clean.rules import Pictures
from sitegen.config import Cleaning
from sitegen.model import BodyFormat, CleanBody, packed, unpacked
from sitegen.runtime.cache import Cache, key_of
from sitegen.site.similar import fingerprint_of
from sitegen.values import changed


@cache
def cleaner_version() -> str:
    """Return a name for the cleaner's code and the libraries whose output it is."""
    digest = hashlib.blake2b(digest_size=16)
    here = Path(__file__).parent
    for path in [*sorted((here / "clean").rglob("*.py")), here / "site/similar.py", here / "model.py"]:
        digest.update(path.read_bytes())
    from importlib.metadata import version  # noqa: PLC0415  it brings the email package; a build without memo needs neither

    libraries = ("nh3", "selectolax", "markdown-it-py", "mdit-py-plugins", "rensa")
    return "\0".join((digest.hexdigest(), *map(version, libraries)))


def remembered_body(
    body: str, body_format: BodyFormat, settings: Cleaning, pictures: Pictures, memo: Cache | None
) -> tuple[CleanBody, bytes, bytes | None]:
    """Return the cleaned body, its key, and its bytes when they are new to the memo (None when it knew them)."""
    if memo is None:
        return fingerprinted(clean_body(body, body_format, settings, pictures)), b"", None
    key = key_of(cleaner_version(), body_format, settings_named(settings), named(pictures), body)
    known = memo.get(key)
    if known is not None:
        return unpacked(known), key, None
    cleaned = fingerprinted(clean_body(body, body_format, settings, pictures))
    return cleaned, key, packed(cleaned)


def fingerprinted(body: CleanBody) -> CleanBody:
    """Return a body with the fingerprint of its text: as dear as a tenth of its cleaning, so it is remembered, too."""
    return changed(body, fingerprint=fingerprint_of(body.text))


@lru_cache(maxsize=4)
def settings_named(settings: Cleaning) -> str:
    """Return a name for the cleaner's settings."""
    return repr((sorted(settings.pictures), replace(settings, pictures=frozenset())))


def named(pictures: Pictures) -> str:
    """Return a name for what may be shown: the order of a set is nobody's choice."""
    return repr((pictures.lead, None if pictures.licensed is None else sorted(pictures.licensed)))
