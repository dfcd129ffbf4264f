"""Content files that an importer made → what storing and checking need to know of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sitegen.errors import ContentError
from sitegen.importers.content_file import ARTICLES
from sitegen.importers.old_site import OldSite
from sitegen.model import Edit, Revision
from sitegen.read.discover import CAPTURES, SUFFIXES
from sitegen.read.frontmatter import parse
from sitegen.read.nodes import Mapping, Node, Scalar, Sequence

IMPORTED: Final = b"\nimport:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """A content file that an importer made, as far as storing needs to know it."""

    path: Path
    name: str
    id: str
    url: str
    sha256: str
    revision: str
    title: str
    date: str
    updated: str
    profile: str
    capture: str
    item: str  # its number among the items of its capture
    place: str  # where it stood in its old site
    retrieved: str
    site: OldSite | None
    history: tuple[Revision, ...]
    completed_by: str = ""  # the profile of an earlier capture that said what its own does not
    is_notice: bool = False  # it was taken down
    moved: tuple[str, ...] = ()  # addresses that its page has had
    was_titled: str = ""  # digest of the title and day it had before, in hexadecimal


def imported_below(content: Path) -> Iterator[Imported]:
    """Yield the imported files of a content folder: those where they were put, then those that somebody has moved."""
    yield from imported_files(content / ARTICLES)
    for path in sorted(path for path in content.glob("*") if path.name not in (ARTICLES, CAPTURES)):
        yield from imported_files(path)


def imported_files(folder: Path) -> Iterator[Imported]:
    """Yield the imported files below a folder, in the order of their paths."""
    found = [folder] if folder.is_file() else sorted(folder.rglob("*"))
    for path in (path for path in found if path.suffix.lower() in SUFFIXES and path.is_file()):
        data = path.read_bytes()
        if IMPORTED in data:
            try:
                yield imported(path, data)
            except ContentError:
                continue  # a file nobody can read is not ours to judge; the build names it


def imported(path: Path, data: bytes) -> Imported:
    """Return what storing needs to know of a content file."""
    head = parse(data, str(path)).head
    source, made = head.get("source"), head.get("import")
    return Imported(
        path=path,
        name=text_at(source, "name"),
        id=text_at(source, "id"),
        url=text_at(source, "url"),
        sha256=text_at(source, "sha256"),
        revision=text_at(source, "revision"),
        title=text_at(head, "title"),
        date=text_at(head, "date"),
        updated=text_at(head, "updated"),
        profile=text_at(made, "profile"),
        capture=text_at(made, "capture"),
        item=text_at(made, "item") or "0",
        place=text_at(made, "place"),
        completed_by=text_at(made, "completed_by"),
        retrieved=text_at(source, "retrieved"),
        site=site_in(made),
        history=tuple(revisions_in(made)),
        is_notice=head.get("notice") is not None,
        moved=tuple(texts_at(made, "moved")),
        was_titled=text_at(made, "was_titled"),
    )


def texts_at(node: Node | None, name: str) -> Iterator[str]:
    """Yield the texts of a list."""
    found = node.get(name) if isinstance(node, Mapping) else None
    for item in found.items if isinstance(found, Sequence) else ():
        if isinstance(item, Scalar):
            yield item.raw


def site_in(made: Node | None) -> OldSite | None:
    """Return the site an item was part of, where its file says."""
    site = made.get("site") if isinstance(made, Mapping) else None
    return OldSite(*(text_at(site, name) for name in OldSite.__slots__)) if site else None


def revisions_in(made: Node | None) -> Iterator[Revision]:
    """Yield the earlier revisions a file records."""
    rows = made.get("revisions") if isinstance(made, Mapping) else None
    for row in rows.items if isinstance(rows, Sequence) else ():
        edits = row.get("edits") if isinstance(row, Mapping) else None
        yield Revision(
            revision=text_at(row, "revision"),
            sha256=text_at(row, "sha256"),
            seen=text_at(row, "seen"),
            edits=tuple(
                Edit(*(text_at(edit, name) for name in Edit._fields))
                for edit in (edits.items if isinstance(edits, Sequence) else ())
            ),
            same_text=text_at(row, "same_text") == "true",
        )


def text_at(node: Node | None, key: str) -> str:
    """Return a text of a mapping, or an empty one."""
    value = node.get(key) if isinstance(node, Mapping) else None
    return value.raw if isinstance(value, Scalar) and not value.is_null else ""
