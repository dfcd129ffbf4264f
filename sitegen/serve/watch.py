"""Folders → batches of changed paths, through watchdog. Waits until a burst of changes is over."""

import errno
import os
import queue
import re
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import ObservedWatch

from sitegen.errors import ToolError, tool_error
from sitegen.output.assets import is_hidden
from sitegen.runtime.interrupts import deaf
from sitegen.runtime.stamps import identity_of

QUIET_S: Final = 0.08  # a burst is over when nothing has changed for so long
LONGEST_S: Final = 0.6  # but never wait longer than this
CHANGES: Final = frozenset({"created", "modified", "deleted", "moved", "closed"})
VANISHED: Final = frozenset({errno.ENOENT, errno.ENOTDIR})
EDITOR_NOISE: Final = re.compile(r"\..*|.*~|#.*#|4913|.*\.(?:swp|swx|swo|tmp|part|crdownload)", re.DOTALL)


def unwatched(folder: Path, error: OSError) -> ToolError:
    """Return the error for a folder that the system will not watch: it is the watcher who says why."""
    return tool_error("TOOL011", str(folder), error.strerror or str(error))


def distinct(folders: Iterable[Path]) -> list[Path]:
    """Return folders by their real names, each once."""
    return list(dict.fromkeys(folder.resolve() for folder in folders))


def is_below(path: Path, places: Iterable[Path]) -> bool:
    """Return whether a path is one of these places, or lies below one."""
    return any(path.is_relative_to(place) for place in places)


def led_from(folder: Path) -> Iterator[Path]:
    """Yield where the links below a folder lead, each folder once."""
    seen = {folder.resolve()}
    for place, folders, files in os.walk(folder, followlinks=True):
        links = (path for path in (Path(place, name) for name in (*folders, *files)) if path.is_symlink())
        targets = {path.name: path.resolve() for path in links if os.path.exists(path)}  # noqa: PTH110  Path's may raise
        folders[:] = [name for name in folders if targets.get(name) not in seen]
        yield from (target for target in targets.values() if target not in seen)
        seen.update(targets.values())


def is_published(path: Path, static: Path) -> bool:
    """Return whether a file of this path would be published from a folder of static files."""
    return path.is_relative_to(static) and not is_hidden(path.relative_to(static).as_posix())


class Watch(FileSystemEventHandler):
    """Watches folders, those too that appear later; `next_batch` gives what has changed.

    `templates`: where links may lead anywhere. `static`: where a file of any name is published. `ignored`: folders that
    may lie in watched ones; one that holds a watched folder is not ignored. Raises ToolError.
    """

    def __init__(
        self,
        folders: Iterable[Path],
        *,
        templates: Iterable[Path] = (),
        static: Iterable[Path] = (),
        ignored: Iterable[Path] = (),
    ) -> None:
        self.named = tuple(folders), tuple(templates), tuple(static), tuple(ignored)
        self.follow_names()
        self.led: list[Path] = []  # where links of templates lead: folders and files
        self.changed: queue.Queue[Path] = queue.Queue()
        with deaf():  # threads of its own begin here, in `start` and with each folder
            try:
                self.observer = Observer()
            except OSError as error:
                raise unwatched(self.folders[0], error) from error
        self.gone: set[Path] = set()  # watched folders that were removed: another may stand there now
        self.watched: dict[Path, tuple[ObservedWatch, tuple[int, int]]] = {}  # with the folder's device and inode

    def follow_names(self) -> None:
        """Note where the names of the folders lead: they may be links."""
        folders, templates, static, ignored = self.named
        self.templates, self.static = distinct(templates), distinct(static)
        self.folders = distinct((*folders, *self.templates, *self.static))
        given = distinct(ignored)
        self.ignored = [one for one in given if not any(folder.is_relative_to(one) for folder in self.folders)]

    def start(self) -> None:
        """Begin to watch. Raises ToolError."""
        self.watch_what_is_there()
        with deaf():
            try:
                self.observer.start()
            except OSError as error:
                raise unwatched(self.folders[0], error) from error

    def stop(self) -> None:
        """Stop watching."""
        self.observer.stop()
        if self.observer.is_alive():  # not where the system has refused it
            self.observer.join()

    def watch_what_is_there(self) -> None:
        """Watch every folder that exists, and for the others the place where they would appear."""
        before = self.folders
        self.follow_names()
        for folder in set(before).difference(self.folders):
            self.unwatch(folder)
        for folder in set(self.folders).difference(before):  # a link leads elsewhere
            self.changed.put(folder)
        led = (target for folder in self.templates for target in led_from(folder))
        self.led = [target for target in led if not is_below(target, self.folders)]
        with deaf():
            for target in sorted(self.led, key=Path.is_file):  # a file's folder alone, unless all below it is watched
                self.watch(target if target.is_dir() else target.parent, is_whole=target.is_dir())
            for folder in self.folders:
                if folder.is_dir():
                    self.watch(folder, is_whole=True)
                    continue
                if (
                    self.unwatch(folder) and folder not in self.gone
                ):  # moved away, which the system tells its parent only
                    self.gone.add(folder)
                    self.changed.put(folder)
                if folder.parent.is_dir():
                    self.watch(folder.parent, is_whole=False)

    def unwatch(self, folder: Path) -> bool:
        """Watch a folder no more; return whether it was watched."""
        known = self.watched.pop(folder, None)
        if known is not None:
            self.observer.unschedule(known[0])
        return known is not None

    def watch(self, folder: Path, *, is_whole: bool) -> None:
        """Watch a folder if it is still there, with all below it if `is_whole`. Raises ToolError."""
        try:
            self.watch_now(folder, is_whole=is_whole)
        except OSError as error:
            if error.errno not in VANISHED:
                raise unwatched(folder, error) from error
            self.gone.add(folder)  # the next look may find it
            self.unwatch(folder)

    def watch_now(self, folder: Path, *, is_whole: bool) -> None:
        """Watch a folder; one in the place of another that has gone is news. Raises OSError."""
        identity = identity_of(str(folder))
        known, seen = self.watched.get(folder, (None, identity))
        if known is not None and seen == identity and folder not in self.gone:
            return
        is_news = known is not None or folder in self.gone
        self.unwatch(folder)
        self.watched[folder] = (self.observer.schedule(self, str(folder), recursive=is_whole), identity)
        self.gone.discard(folder)
        if is_news:
            self.changed.put(folder)

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Take note of a change that matters (watchdog's own thread)."""
        if event.event_type not in CHANGES or (event.is_directory and event.event_type == "modified"):
            return
        folder = Path(str(event.src_path))
        if event.is_directory and event.event_type in ("deleted", "moved") and folder in self.watched:
            self.gone.add(folder)
        for name in (event.src_path, event.dest_path):
            path = Path(str(name)) if name else None
            if path is not None and self.matters(path, is_folder=event.is_directory):
                self.changed.put(path)

    def matters(self, path: Path, *, is_folder: bool) -> bool:
        """Return whether a change of `path` could change the site."""
        if is_below(path, self.ignored):
            return False
        if any(is_published(path, folder) for folder in self.static):
            return True
        if EDITOR_NOISE.fullmatch(path.name) and not (is_folder and path.name[0] != "."):
            return False
        return is_below(path, self.folders) or is_below(path, self.led)

    def next_batch(self, timeout_s: float) -> set[Path]:
        """Return the paths of the next burst of changes, or an empty set after `timeout_s`."""
        try:
            batch = {self.changed.get(timeout=timeout_s)}
        except queue.Empty:
            self.watch_what_is_there()
            return set()
        deadline = time.monotonic() + LONGEST_S
        while time.monotonic() < deadline:
            try:
                batch.add(self.changed.get(timeout=QUIET_S))
            except queue.Empty:
                break
        self.watch_what_is_there()
        return batch
