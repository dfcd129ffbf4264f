"""Do the originals still stand? Other sites are asked politely: seldom, slowly, remembering, within bounds.

A site that refuses, is slow or cannot be reached says nothing about its pages. Needs urllib3 (the extra `links`).
"""

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

import urllib3

from sitegen import __version__
from sitegen.checks.originals import (
    OK,
    Answer,
    findings,
    is_due,
    known_after,
    known_since,
    read_state,
    wanted_of,
    write_state,
)
from sitegen.config import SEOUL, Config
from sitegen.model import Entry
from sitegen.problems import Problem

KEPT_AFTER: Final = 20  # questions
MOST: Final = 300  # addresses asked in one run; the rest waits for the next
PAUSE_SECONDS: Final = 1.0  # between two questions to one host
REFUSES_HEAD: Final = (403, 405, 501)
AGENT: Final = f"sitegen/{__version__} (link check)"


class Crawler:
    """Asks addresses, one after the other, a host at most once a second, never what robots.txt forbids."""

    def __init__(self, pause: float = PAUSE_SECONDS) -> None:
        again = urllib3.Retry(
            total=2,
            redirect=5,
            backoff_factor=1,
            status_forcelist=(429, 503),
            raise_on_status=False,
            respect_retry_after_header=False,  # one host must not hold up the others for hours; it is asked tomorrow
        )
        timeout = urllib3.Timeout(connect=10, read=20)
        self.pool = urllib3.PoolManager(retries=again, timeout=timeout, headers={"User-Agent": AGENT})
        self.pause = pause
        self.free: dict[str, float] = {}  # when a host may be asked again
        self.rules: dict[str, RobotFileParser] = {}

    def status_of(self, url: str) -> int:
        """Return the status an address answers with; 0 where it gives none, or asks not to be asked."""
        try:
            if not self.rules_of(url).can_fetch(AGENT, url):
                return 0
            status = self.ask("HEAD", url)
            return self.ask("GET", url) if status in REFUSES_HEAD else status
        except (urllib3.exceptions.HTTPError, ValueError):
            return 0

    def ask(self, method: str, url: str) -> int:
        """Ask once, when the host's turn has come; the answer's body is not read."""
        self.wait(url)
        answer = self.pool.request(method, url, preload_content=False)
        answer.release_conn()
        return answer.status

    def wait(self, url: str) -> None:
        """Wait until the host of an address may be asked again."""
        host = urlsplit(url).netloc
        time.sleep(max(0.0, self.free.get(host, 0.0) - time.monotonic()))
        self.free[host] = time.monotonic() + self.pause

    def rules_of(self, url: str) -> RobotFileParser:
        """Return the robots.txt of an address's host, read once a run; without one all is allowed."""
        parts = urlsplit(url)
        home = f"{parts.scheme}://{parts.netloc}"
        if home not in self.rules:
            rules = RobotFileParser()
            lines: list[str] = []
            with suppress(urllib3.exceptions.HTTPError):
                self.wait(url)
                answer = self.pool.request("GET", f"{home}/robots.txt")
                lines = answer.data.decode("utf-8", "replace").splitlines() if answer.status in OK else []
            rules.parse(lines)
            self.rules[home] = rules
        return self.rules[home]


def ask_all(
    entries: list[Entry],
    config: Config,
    state: Path,
    progress: Callable[[str, int, int], None],
    crawler: Crawler | None = None,
) -> tuple[list[Problem], int, int]:
    """Ask the addresses whose answers are old; return the findings, how many were asked and how many are left."""
    today = config.now.astimezone(SEOUL).date()
    known = read_state(state)
    wanted = wanted_of(entries)
    due = sorted((url for url in wanted if is_due(known.get(url), today)), key=lambda url: known_since(known.get(url)))
    crawler = crawler or Crawler()
    for done, url in enumerate(due[:MOST], 1):
        known[url] = known_after(known.get(url, Answer()), crawler.status_of(url), today)
        if done % KEPT_AFTER == 0:  # a run that is broken off asks few again
            write_state(state, known)
        progress("links", done, min(len(due), MOST))
    write_state(state, {url: answer for url, answer in known.items() if url in wanted})
    problems = list(findings(wanted, known, config))
    return problems, min(len(due), MOST), max(0, len(due) - MOST)
