"""Drafts and captures → a content folder: nothing written twice, nothing of a person's work overwritten.

An item is known again by the surest of what names it: its source's id, where it stood in its old site, its capture, its
source's address. A file whose seal is broken was edited by somebody and is left alone.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from sitegen.characters import whole_number_in
from sitegen.clean.body import clean_body
from sitegen.config import Cleaning
from sitegen.importers.capture import NO_WISHES, Capture
from sitegen.importers.content_file import content_of, is_as_made, paths_of, read_back, written
from sitegen.importers.draft import Draft
from sitegen.importers.edits import edits_between
from sitegen.importers.imported import Imported, imported, imported_below
from sitegen.importers.merging import article_at, completed, is_second_hand, kind_of, says_less, words_of
from sitegen.importers.profiles import profiles_for
from sitegen.importers.remaking import completer_of, dated, is_of_unknown_age, moved_on, remade
from sitegen.importers.report import Action, Outcome, Standing
from sitegen.model import Revision
from sitegen.read.discover import CAPTURES
from sitegen.runtime.whole import write_whole
from sitegen.values import changed

HEXADECIMAL: Final = re.compile(r"(?:[0-9a-f]{2}){16}")


class Store:
    """A content folder with the imported files in it."""

    def __init__(
        self, folder: Path, *, cleaning: Cleaning = NO_WISHES, keep_captures: bool = True, dry_run: bool = False
    ) -> None:
        self.folder = folder
        self.cleaning = cleaning
        self.profiles = profiles_for(folder)
        self.keep_captures = keep_captures
        self.dry_run = dry_run
        self.known: dict[bytes, str] = {}  # digest of what names an item → the path of its file
        self.titled: dict[bytes, list[str]] = {}  # digest of a title and day that several items have → their files
        self.met: set[str] = set()  # files whose items have come in this run
        self.unwritten: dict[str, Imported] = {}  # with dry_run
        self.words: dict[str, str] = {}  # of these
        for item in imported_below(folder):
            self.remember(item)

    def remember(self, item: Imported) -> None:
        """Know an item by everything that names it; a folder may hold half a million, so only digests are kept."""
        path = str(item.path)
        keys = keys_of(item.name, item.id, item.place, item.url, (item.sha256, item.item))
        title = digest_of_title(item.title, item.date[:10])
        if self.known.get(title, path) != path:
            others = self.titled.setdefault(title, [self.known[title]])
            others += [path] if path not in others else []
        digests = [*map(digest_of, keys), title]
        if item.is_notice and HEXADECIMAL.fullmatch(item.was_titled):
            digests.append(bytes.fromhex(item.was_titled))
        self.known |= dict.fromkeys(digests, path)
        if self.dry_run:
            self.unwritten[path] = item

    def item_known_as(self, key: tuple[str, str]) -> Imported | None:
        """Return the item that a key names."""
        return self.item_at(digest_of(key))

    def item_at(self, digest: bytes) -> Imported | None:
        """Return the item that the digest of a key names."""
        path = self.known.get(digest)
        return None if path is None else self.item_in(path)

    def item_in(self, path: str) -> Imported:
        """Return the item of a file."""
        return self.unwritten.get(path) or imported(Path(path), Path(path).read_bytes())

    def twin_of(self, draft: Draft) -> Imported | None:
        """Return an item of the same title and day that may be the same: a notice first."""
        digest = digest_of_title(draft.title, day_in(draft))
        if not draft.title or digest not in self.known:
            return None
        items = [self.item_in(path) for path in self.titled.get(digest, [self.known[digest]])]
        notices = (item for item in items if item.is_notice)
        return next(notices, None) or next((item for item in items if not self.is_another(item, draft)), None)

    def is_another(self, there: Imported, draft: Draft) -> bool:
        """Return whether a draft is another item than one: known by another name, with other words."""
        ids = draft.source.name == there.name and draft.source.id and there.id and draft.source.id != there.id
        if not (ids or (draft.place and there.place and draft.place != there.place)):
            return False
        path = str(there.path)
        if path not in self.words:
            old = article_at(there.path)
            self.words[path] = words_of(old.body, old.body_format)
        return words_of(draft.body, draft.body_format) != self.words[path]

    def may_be_newer(self, there: Imported, draft: Draft) -> bool:
        """Return whether a draft may be a newer version of an item that it only looks like: no post is.

        An item that has come in this run already is not that of the next one.
        """
        is_post = draft.profile.startswith("post/")
        return not is_post and draft.source.sha256 != there.sha256 and str(there.path) not in self.met

    def as_before(self, capture: Capture) -> Capture:
        """Return a capture with what is known of where it lay when it was imported before.

        A copy of a post says neither its folder nor its site, by which words and address are read.
        """
        if capture.folder or capture.site is not None:
            return capture
        there = self.item_known_as(("capture", f"{capture.sha256}\0" + "0"))
        if there is None or kind_of(there.profile) != "post" or not there.capture.endswith(Path(capture.shown).name):
            return capture
        return replace(capture, path=there.capture, site=there.site)

    def keep(self, capture: Capture, suffix: str) -> None:
        """Keep a capture under its digest."""
        path = self.capture_path(capture.sha256, suffix)
        if self.keep_captures and not self.dry_run and not path.exists():
            write_whole(path, capture.data)

    def capture_path(self, sha256: str, suffix: str) -> Path:
        """Return where a capture is kept."""
        return self.folder / f"{CAPTURES}/{sha256[:2]}/{sha256}{suffix}"

    def put(self, draft: Draft, *, force: bool = False, update: bool = False, retrieved: str = "") -> Outcome:
        """Write a draft, or say why not. `retrieved`: the day its capture came, for one that does not say."""
        source = draft.source
        keys = keys_of(source.name, source.id, draft.place, source.url, (source.sha256, str(draft.item)))
        found = ((key, self.item_known_as(key)) for key in keys)
        key, there = next(((key, item) for key, item in found if item is not None), (None, None))
        if there is not None and there.is_notice:
            return Outcome(Action.WITHDRAWN, there.path)
        if key is not None and there is not None:
            is_named_so = (draft.title, day_in(draft)) == (there.title, there.date[:10])
            is_post = draft.profile.startswith("post/")
            is_newer = update and self.may_be_newer(there, draft)
            if key[0] != "url" or is_newer or (is_named_so and (force or not is_post)):
                day = there.retrieved if source.sha256 == there.sha256 else retrieved
                return self.renew(there, dated(draft, day), force=force, update=update)
            if not force:  # two texts of one original: neither replaces the other
                return Outcome(Action.TWIN, there.path)
        twin = self.twin_of(draft)
        if twin is not None and twin.is_notice:
            return Outcome(Action.WITHDRAWN, twin.path)
        if twin is not None and not force:
            if not (update and self.may_be_newer(twin, draft)):
                return Outcome(Action.TWIN, twin.path)
            return self.renew(twin, dated(draft, retrieved), update=True)
        free = (self.folder / name for name in paths_of(draft))
        path = next(path for path in free if not path.exists() and str(path) not in self.unwritten)
        self.write(path, dated(draft, retrieved), ())
        return Outcome(Action.ADDED, path)

    def renew(self, there: Imported, draft: Draft, *, force: bool = False, update: bool) -> Outcome:
        """Bring an imported file up to date with a newer capture.

        One of another kind brings what it says and keeps what it does not; one that only says less changes nothing.
        """
        self.met.add(str(there.path))
        is_same_capture = draft.source.sha256 == there.sha256
        whole = draft if is_same_capture and not there.completed_by else self.merged(there, draft, force=force)
        if whole is None:
            return Outcome(Action.UNCHANGED, there.path)
        draft = moved_on(whole, there)
        revision, last = whole_number_in(draft.source.revision), whole_number_in(there.revision)
        is_older = not is_same_capture and (written(draft.updated) or there.updated) < there.updated
        if revision < last or (revision == last and is_older and not force):
            return Outcome(Action.OLDER, there.path)
        is_replaced = any(earlier.sha256 == draft.source.sha256 for earlier in there.history)
        if not is_same_capture and not force and (is_replaced or self.says_nothing_new(there, draft)):
            return Outcome(Action.UNCHANGED, there.path)
        history = there.history if is_same_capture else (*there.history, replaced(there, draft))
        if self.dry_run and not there.path.exists():  # another item of this run
            return Outcome(Action.UPDATED, there.path)
        current = read_back(there.path)
        if current == content_of(draft, history):
            return Outcome(Action.UNCHANGED, there.path)
        if not is_as_made(current) and not force:
            is_known = is_same_capture and not update
            return Outcome(Action.UNCHANGED if is_known else Action.EDITED, there.path)
        if is_same_capture and not (force or update):
            return Outcome(Action.OUTDATED, there.path)
        self.write(there.path, draft, history)
        return Outcome(Action.UPDATED, there.path)

    @staticmethod
    def merged(there: Imported, draft: Draft, *, force: bool) -> Draft | None:
        """Return a draft with what an earlier capture of another kind has said; None where it only says less."""
        is_of_kind = draft.source.sha256 == there.sha256 or kind_of(draft.profile) == kind_of(there.profile)
        if (is_of_kind and not there.completed_by) or not there.path.exists():
            return draft
        old, keeps_text = article_at(there.path), not force and is_of_unknown_age(draft, there)
        if not (is_of_kind or force):
            is_less = says_less(draft, old, keeps_text=keeps_text)
            if is_less or is_second_hand(draft.profile, there.profile):
                return None
        return completed(draft, old, completer_of(draft, there), keeps_text=keeps_text)

    def says_nothing_new(self, there: Imported, draft: Draft) -> bool:
        """Return whether another capture says of an item just what its own said, as each issue of a feed does."""
        if not there.path.exists():  # with dry_run
            return False
        source = changed(draft.source, sha256=there.sha256, retrieved=there.retrieved)
        same = replace(draft, source=source, capture=there.capture, item=whole_number_in(there.item))
        wanted, current = content_of(same, there.history), read_back(there.path)
        if current == wanted or is_as_made(current):
            return current == wanted
        return wanted in (remade(there, self.folder, self.profiles, self.cleaning) or ())  # somebody has edited it

    def check(self) -> Iterator[tuple[Imported, Standing]]:
        """Yield every imported file and what it is beside the one that its importer makes of its capture today."""
        for item in imported_below(self.folder):
            if not item.is_notice:
                yield item, self.standing_of(item)

    def standing_of(self, item: Imported) -> Standing:
        """Return what an imported file is beside the one that its capture gives today.

        A capture never changes: where nobody has edited the file, what reads it has.
        """
        wanted = remade(item, self.folder, self.profiles, self.cleaning)
        if wanted is None:
            return Standing.UNKNOWN
        current = read_back(item.path)
        if current in wanted:
            return Standing.SAME
        return Standing.REREAD if is_as_made(current) else Standing.EDITED

    def write(self, path: Path, draft: Draft, history: tuple[Revision, ...]) -> None:
        """Write a content file whole and remember it."""
        data = content_of(draft, history)
        self.met.add(str(path))
        self.words.pop(str(path), None)
        if self.dry_run:
            self.words[str(path)] = words_of(draft.body, draft.body_format)
        else:
            write_whole(path, data)
        source = draft.source
        self.remember(
            Imported(
                path=path,
                name=source.name,
                id=source.id,
                url=source.url,
                sha256=source.sha256,
                revision=source.revision,
                title=draft.title,
                date=written(draft.published) or "",
                updated=written(draft.updated) or "",
                profile=draft.profile,
                capture=draft.capture,
                item=str(draft.item),
                place=draft.place,
                retrieved=source.retrieved,
                site=draft.site,
                history=history,
                completed_by=draft.completed_by,
            )
        )


def replaced(there: Imported, draft: Draft) -> Revision:
    """Return the revision that a draft replaces, with the words that change."""
    seen = f"{draft.updated:%Y-%m-%d}" if draft.updated else draft.source.retrieved[:10]
    if not there.path.is_file():
        return Revision(revision=there.revision, sha256=there.sha256, seen=seen)
    old = article_at(there.path)
    was = f"{old.title}\n{clean_body(old.body, old.body_format).text}"
    now = f"{draft.title}\n{clean_body(draft.body, draft.body_format).text}"
    same = was == now and there.revision == draft.source.revision
    return Revision(
        revision=there.revision, sha256=there.sha256, seen=seen, edits=edits_between(was, now), same_text=same
    )


def digest_of(key: tuple[str, str]) -> bytes:
    """Return a short digest of a key."""
    return hashlib.blake2b("\0".join(key).encode(errors="surrogatepass"), digest_size=16).digest()


def digest_of_title(title: str, day: str) -> bytes:
    """Return the digest of a title on a day; a notice that says another title keeps it."""
    return digest_of(("title", f"{title}\0{day}"))


def day_in(draft: Draft) -> str:
    """Return the day of a draft, as heads write it."""
    return f"{draft.published:%Y-%m-%d}" if draft.published else ""


def keys_of(name: str, identity: str, place: str, url: str, capture: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the names under which an item is known, the surest first. `capture`: its digest, and the item's number."""
    keys = [("id", f"{name}\0{identity}")] if identity else []
    keys += [("place", place)] if place else []
    keys += [("capture", "\0".join(capture))] if capture[0] else []
    return [*keys, ("url", url)] if url else keys
