"""Brings the search index of a preview up to date while its author does nothing; an edit comes first.

The index takes seconds where the page takes a fraction of one. It is made by a build in a process of its own, which may
be killed at any point: the site that stands stays, and the next build begins anew.
"""

import multiprocessing
import signal
import sys
from multiprocessing.context import SpawnProcess
from typing import Final

from sitegen.build_command import build_once
from sitegen.config import Config
from sitegen.errors import SitegenError
from sitegen.runtime.interrupts import end_as_told, listen, live_with_parent
from sitegen.terminal import Terminal

PATIENCE_S: Final = 1.0  # for what ends to clear away what it has made


class Indexer:
    """Owes an index at times. `begin` when there is nothing else to do, `stop` before anything else is done."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.owed: Config | None = None
        self.process: SpawnProcess | None = None

    def owe(self, config: Config) -> None:
        """Note that the index of this site is older than its pages."""
        self.owed = config

    def begin(self) -> None:
        """Begin with what is owed, if anything is."""
        if self.owed is None:
            return
        # spawned: a fork would copy the locks that the preview's threads hold
        spawning = multiprocessing.get_context("spawn")
        self.process = spawning.Process(target=index, args=(self.owed, self.language), daemon=True)
        interrupted = signal.signal(signal.SIGINT, signal.SIG_IGN)  # for it, too: the preview ends it
        try:
            self.process.start()
        finally:
            signal.signal(signal.SIGINT, interrupted)
        self.owed = None

    def has_ended(self) -> bool:
        """Return whether what has begun is done, and the index is new: once."""
        if self.process is None or self.process.is_alive():
            return False
        is_new = self.process.exitcode == 0
        self.process.join()
        self.process = None
        return is_new

    def stop(self) -> None:
        """End what has begun."""
        if self.process is not None:
            self.process.terminate()  # it has something to clear away
            self.process.join(PATIENCE_S)
            self.process.kill()
            self.process.join()
            self.process = None


def index(config: Config, language: str) -> None:
    """Build a site whose pages stand already, and tell what is wrong: the work of the process."""
    live_with_parent()
    listen()
    try:
        build_once(config, jobs=1, progress=lambda *_: None)
    except KeyboardInterrupt:
        end_as_told()
    except SitegenError as error:
        Terminal(language=language).stop(error)
        sys.exit(error.exit_status)
