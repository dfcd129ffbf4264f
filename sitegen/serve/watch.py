"""Folders → batches of changed paths, through watchdog. Waits until a burst of changes is over."""

import errno
import queue
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import ObservedWatch

from sitegen.errors import ToolError, tool_error
from sitegen.runtime.interrupts import deaf
from sitegen.runtime.stamps import identity_of

QUIET_S: Final = 0.08  # a burst is over when nothing has changed for so long
LONGEST_S: Final = 0.6  # but never wait longer than this
CHANGES: Final = frozenset({"created", "modified", "deleted", "moved", "closed"})
VANISHED: Final = frozenset({errno.ENOENT, errno.ENOTDIR})
EDITOR_NOISE: Final = ("~", ".swp", ".swx", ".swo", ".tmp", ".part", ".crdownload")


def unwatched(folder: Path, error: OSError) -> ToolError:
    """Return the error for a folder that the system will not watch: it is the watcher who says why."""
    return tool_error("TOOL011", str(folder), error.strerror or str(error))


class Watch(FileSystemEventHandler):
    """Watches folders, those too that appear later; `next_batch` gives what has changed.

    `ignored`: folders that may lie in watched ones; one that holds a watched folder is not ignored.
    """

    def __init__(self, folders: Iterable[Path], ignored: Iterable[Path]) -> None:
        self.folders = [folder.resolve() for folder in folders]
        given = [folder.resolve() for folder in ignored]
        self.ignored = [one for one in given if not any(folder.is_relative_to(one) for folder in self.folders)]
        self.changed: queue.Queue[Path] = queue.Queue()
        with deaf():  # threads of its own begin here, in `start` and with each folder
            self.observer = Observer()
        self.gone: set[Path] = set()  # watched folders that were removed: another may stand there now
        self.watched: dict[Path, tuple[ObservedWatch, tuple[int, int]]] = {}  # with the folder's device and inode

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
        with deaf():
            for folder in self.folders:
                if folder.is_dir():
                    self.watch(folder, is_whole=True)
                elif folder.parent.is_dir():
                    self.watch(folder.parent, is_whole=False)

    def watch(self, folder: Path, *, is_whole: bool) -> None:
        """Watch a folder if it is still there, with all below it if `is_whole`. Raises ToolError."""
        try:
            self.watch_now(folder, is_whole=is_whole)
        except OSError as error:
            if error.errno not in VANISHED:
                raise unwatched(folder, error) from error
            self.gone.add(folder)  # the next look may find it
            if (known := self.watched.pop(folder, None)) is not None:
                self.observer.unschedule(known[0])

    def watch_now(self, folder: Path, *, is_whole: bool) -> None:
        """Watch a folder; one in the place of another that has gone is news. Raises OSError."""
        identity = identity_of(str(folder))
        known, seen = self.watched.get(folder, (None, identity))
        if known is not None and seen == identity and folder not in self.gone:
            return
        is_news = known is not None or folder in self.gone
        if known is not None:
            del self.watched[folder]
            self.observer.unschedule(known)
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
            if path is not None and self.matters(path):
                self.changed.put(path)

    def matters(self, path: Path) -> bool:
        """Return whether a change of `path` could change the site."""
        if path.name.endswith(EDITOR_NOISE) or path.name.startswith((".", "#")) or path.name == "4913":
            return False
        if any(path == folder or path.is_relative_to(folder) for folder in self.ignored):
            return False
        return any(path == folder or path.is_relative_to(folder) for folder in self.folders)

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
