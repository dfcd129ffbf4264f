"""An imported file's stored capture → the content file that its importer makes of it today."""

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from sitegen.config import SEOUL, Cleaning
from sitegen.errors import ContentError
from sitegen.importers.capture import Capture
from sitegen.importers.content_file import content_of, written
from sitegen.importers.draft import Draft
from sitegen.importers.imported import Imported
from sitegen.importers.merging import article_at, completed, kind_of
from sitegen.importers.old_site import OldSite
from sitegen.importers.profiles import Profile, drafts_of
from sitegen.read.discover import CAPTURES
from sitegen.read.fields import SHA256
from sitegen.site.urls import article_url
from sitegen.values import changed


def remade(item: Imported, folder: Path, profiles: tuple[Profile, ...], cleaning: Cleaning) -> set[bytes] | None:
    """Return the content files that the importer makes of an item's stored capture today; None when it was not kept."""
    is_named = SHA256.fullmatch(item.sha256) is not None
    found = sorted((folder / CAPTURES / item.sha256[:2]).glob(f"{item.sha256}*")) if is_named else []
    if not found:
        return None
    profile = next((known for known in profiles if item.profile.startswith((f"{known.name}/", f"{known.name}-"))), None)
    name = item.capture or found[0].name
    drafts = read_again(found[0], name, item.site, cleaning, profile) if profile else ()
    same = [replace(dated(draft, item.retrieved), moved=item.moved) for draft in drafts if str(draft.item) == item.item]
    if item.completed_by:
        old = article_at(item.path)
        same = [
            completed(draft, old, completer_of(draft, item), keeps_text=is_of_unknown_age(draft, item))
            for draft in same
        ]
    return {content_of(draft, item.history) for draft in same}


@lru_cache(maxsize=16)  # a capture may hold hundreds of items, one file each
def read_again(path: Path, name: str, site: OldSite | None, cleaning: Cleaning, profile: Profile) -> tuple[Draft, ...]:
    """Return what a profile makes of a stored capture today."""
    try:
        return tuple(drafts_of(profile, Capture(path.read_bytes(), name, site, cleaning)))
    except ContentError:
        return ()


def dated(draft: Draft, day: str) -> Draft:
    """Return a draft with the day its capture came, unless the capture itself says one."""
    if draft.source.retrieved or not day:
        return draft
    return replace(draft, source=changed(draft.source, retrieved=day))


def moved_on(draft: Draft, there: Imported) -> Draft:
    """Return a draft with the addresses that its page has had: a date that becomes another moves the page."""
    if not there.path.exists():  # another item of this run, with dry_run
        return replace(draft, moved=there.moved)
    old = article_at(there.path)
    now = draft.published.astimezone(SEOUL) if draft.published else None
    try:
        was, will = (article_url(old.slug, when) for when in (old.published, now))
    except ValueError:  # its name gives no address
        return replace(draft, moved=there.moved)
    moved = there.moved if was == will else (*there.moved, was)
    return replace(draft, moved=tuple(address for address in dict.fromkeys(moved) if address != will))


def is_of_unknown_age(draft: Draft, there: Imported) -> bool:
    """Return whether nobody knows which text is the newer: that of a revision with a number, or a draft's without."""
    is_later = (written(draft.updated) or "") > there.updated
    return bool(there.revision) and not draft.source.revision and not is_later


def completer_of(draft: Draft, there: Imported) -> str:
    """Return the profile that says what a draft does not: that of its file, or which completed a file of its kind."""
    return there.completed_by if kind_of(draft.profile) == kind_of(there.profile) else there.profile
