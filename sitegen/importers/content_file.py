"""Draft → the bytes of its content file and the path it gets. The same draft gives the same bytes."""

import hashlib
import re
from collections.abc import Iterator
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any, Final

from sitegen.importers.draft import Draft
from sitegen.importers.old_site import OldSite
from sitegen.importers.quick_yaml import yaml_of
from sitegen.languages import HANGUL
from sitegen.model import Licence, Revision, Source
from sitegen.site.urls import slugify

ARTICLES: Final = "articles"
ID_CHARS: Final = 12
# Keys that are left out where there is nothing to say; any other is null then.
OPTIONAL: Final = frozenset(
    {
        "subtitle",
        "description",
        "updated",
        "embargo_until",
        "categories",
        "tags",
        "aliases",
        "image",
        "changes",
        "draft",
        "order",
    }
)
# The digest of the file as it was written, with null in its own place: whoever edits the file breaks it.
UNSEALED: Final = b"\n  seal: null\n"
SEAL: Final = re.compile(rb"\n  seal: [^\n]*\n")


def paths_of(draft: Draft) -> Iterator[str]:
    """Yield `articles/YYYY/MM/<slug>.md`, then with the item's id, then numbered: the first free one is taken."""
    slug = slugify(draft.title) or f"untitled-{draft.source.sha256[:ID_CHARS]}"
    folder = f"{draft.published:%Y/%m}" if draft.published else "undated"
    yield f"{ARTICLES}/{folder}/{slug}.md"
    distinct = f"{slug}-{slugify(draft.source.id) or draft.source.sha256[:ID_CHARS]}"
    yield f"{ARTICLES}/{folder}/{distinct}.md"
    for number in count(2):
        yield f"{ARTICLES}/{folder}/{distinct}-{number}.md"


def content_of(draft: Draft, history: tuple[Revision, ...] = ()) -> bytes:
    """Return the content file of a draft. `history` are the revisions it replaces, oldest first."""
    unsealed = f"---\n{yaml_of(head_of(draft, history))}---\n\n{draft.body}\n".encode()
    return unsealed.replace(UNSEALED, sealed(unsealed), 1)


def read_back(path: Path) -> bytes:
    """Return a content file as it was written; git on Windows ends lines otherwise. Raises OSError."""
    return path.read_bytes().replace(b"\r\n", b"\n")


def is_as_made(data: bytes) -> bool:
    """Return whether a content file is, byte for byte, as an importer wrote it."""
    found = SEAL.search(data)
    return found is not None and found[0] == sealed(data[: found.start()] + UNSEALED + data[found.end() :])


def sealed(unsealed: bytes) -> bytes:
    """Return the line of the head that seals a file."""
    return f"\n  seal: {hashlib.sha256(unsealed).hexdigest()}\n".encode()


def head_of(draft: Draft, history: tuple[Revision, ...]) -> dict[str, Any]:
    """Return the front matter: what the capture does not say is null where a reader would look for it."""
    head: dict[str, Any] = {
        "title": draft.title or None,
        "subtitle": draft.subtitle,
        "description": draft.summary,
        "date": written(draft.published),
        "updated": written(draft.updated),
        "embargo_until": written(draft.embargo_until),
        "lang": "ko" if HANGUL.search(f"{draft.title}{draft.body}") else None,
        "kind": draft.kind.value if draft.kind else None,
        "agency": draft.agencies[0] if len(draft.agencies) == 1 else list(draft.agencies) or None,
        "categories": list(draft.categories),
        "tags": list(draft.tags),
        "aliases": list(dict.fromkeys((*draft.aliases, *draft.moved))),
        "image": draft.image,
        "source": source_of(draft.source),
        "license": licence_of(draft.licence),
        "attachments": [
            {"label": item.label, "url": item.url or None, "in_capture": bool(item.url)} for item in draft.attachments
        ],
        "contacts": [{"org": item.org, "unit": item.unit or None, "tel": item.tel or None} for item in draft.contacts],
        "body_format": draft.body_format.value,
        "changes": list(draft.changes),
        "draft": draft.draft,
        "order": draft.order,
        **dict(draft.kept),
        "import": import_of(draft, history),
    }
    return {name: value for name, value in head.items() if value or name not in OPTIONAL}


def source_of(source: Source) -> dict[str, Any]:
    """Return the source; the digest of its text only where there is one."""
    names: tuple[str, ...] = Source.__slots__  # type: ignore[attr-defined]
    return {name: getattr(source, name) or None for name in names if name != "text_sha256" or source.text_sha256}


def written(moment: datetime | None) -> str | None:
    """Return a date, with the time and zone where the source gives one."""
    if moment is None:
        return None
    has_time = (moment.hour, moment.minute, moment.second) != (0, 0, 0)
    return moment.isoformat(timespec="seconds") if has_time else f"{moment:%Y-%m-%d}"


def licence_of(licence: Licence) -> dict[str, Any]:
    """Return the licence with its evidence."""
    proof = licence.evidence
    evidence = {"kind": proof.kind, "text": proof.text, "url": proof.url or None} if proof else None
    value: dict[str, Any] = {"id": licence.id, "scope": licence.scope.value, "evidence": evidence}
    return {**value, "ai": True} if licence.ai else value


def import_of(draft: Draft, history: tuple[Revision, ...]) -> dict[str, Any]:
    """Return what the importer did: its name and version, what it dropped by rule, what it could not place."""
    value: dict[str, Any] = {
        "profile": draft.profile,
        "capture": draft.capture,
        **({"item": draft.item} if draft.item else {}),
        **({"place": draft.place} if draft.place else {}),
        **({"completed_by": draft.completed_by} if draft.completed_by else {}),
        **({"moved": list(draft.moved)} if draft.moved else {}),
        "seal": None,
        "dropped": draft.dropped,
        "unplaced": list(draft.unplaced),
    }
    if draft.doubts:
        value["review"] = list(draft.doubts)
    if draft.repairs:
        value["repairs"] = list(draft.repairs)
    if draft.site:
        value["site"] = {name: getattr(draft.site, name) for name in OldSite.__slots__ if getattr(draft.site, name)}
    if history:
        value["revisions"] = [revision_of(item) for item in history]
    return value


def revision_of(item: Revision) -> dict[str, Any]:
    """Return an earlier revision; the day it was replaced and what changed where they are known."""
    value: dict[str, Any] = {"revision": item.revision or None, "sha256": item.sha256}
    if item.seen:
        value["seen"] = item.seen
    if item.same_text:
        value["same_text"] = True
    if item.edits:
        value["edits"] = [{name: text for name, text in edit._asdict().items() if text} for edit in item.edits]
    return value
