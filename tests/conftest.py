"""What tests share: a tiny site that is written, built and asked; a browser that must be there."""

import os
import re
import shutil
import signal
import struct
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, expect, sync_playwright

from sitegen.config import Config, Invocation, load_config
from sitegen.importers.capture import Capture
from sitegen.model import BuildResult
from sitegen.pipeline import build
from sitegen.problems import Problem
from sitegen.runtime.executor import Executor, SerialExecutor
from sitegen.theme_files import builtin_folders
from sitegen.views import SiteView

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
# How long a browser test waits for what it expects: generous, for a loaded machine stalls for seconds; a wait ends at once
# when the page shows it.
PATIENCE_MS = 30_000
# Without the background flags a closed network refuses Chromium's own look-ups, many at a time.
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
ARTICLE = """\
---
title: {title}
date: {date}
kind: press-release
agency: 하천관리청
categories: [환경]
source: {{name: 견본브리핑, site: "https://press.example.go.kr", url: "https://press.example.go.kr/view?id={number}"}}
license: {{id: KOGL-1, evidence: {{kind: page-mark, text: 공공누리 제1유형}}}}
{more}---

{body}
"""


@dataclass(frozen=True, kw_only=True)
class Page:
    """A built page, asked by CSS selectors; read by another parser than the one that cleaned it."""

    html: str

    @cached_property
    def soup(self) -> BeautifulSoup:
        """Return the parsed page."""
        return BeautifulSoup(self.html, "html.parser")

    def text(self, selector: str) -> str:
        """Return the text of the first match; fail without one."""
        return self.all(selector)[0]

    def all(self, selector: str) -> list[str]:
        """Return the texts of all matches; fail without any."""
        found = [" ".join(node.get_text().split()) for node in self.soup.select(selector)]
        assert found, f"nothing matches {selector}"
        return found

    def count(self, selector: str) -> int:
        """Return the number of matches."""
        return len(self.soup.select(selector))

    def attributes(self, selector: str, name: str) -> list[str]:
        """Return an attribute of all matches; empty where it is missing."""
        values = (node.get(name, "") for node in self.soup.select(selector))
        return [value if isinstance(value, str) else " ".join(value or ()) for value in values]


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class SiteTest:
    """A site in a folder of its own: write files, build, look at pages and problems."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.output = folder / "_site"
        (folder / "content").mkdir(parents=True, exist_ok=True)
        self.result: BuildResult | None = None

    def write(self, path: str, text: str | bytes) -> "SiteTest":
        """Write one file below the project's folder."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode() if isinstance(text, str) else text)
        return self

    def article(
        self,
        name: str,
        *,
        title: str = "강물이 맑아졌습니다",
        date: str = "2026-03-02",
        more: str = "",
        body: str = "본문입니다.",
    ) -> "SiteTest":
        """Write a sound article; `name` also gives its original a number of its own."""
        number = sum(ord(char) for char in name)
        text = ARTICLE.format(title=title, date=date, more=more, body=body, number=f"{number}{len(name)}")
        return self.write(f"content/{name}.md", text)

    def config(self, **changes: object) -> Config:
        """Return the site's settings at a fixed time."""
        templates, static = builtin_folders()
        own = [folder for folder in (self.folder / "templates", self.folder / "static") if folder.is_dir()]
        config = load_config(
            Invocation(
                content_dir=self.folder / "content",
                output_dir=self.output,
                template_dirs=(*[path for path in own if path.name == "templates"], templates),
                static_dirs=(*[path for path in own if path.name == "static"], static),
                now=NOW.astimezone,
                base_url=str(changes.pop("base_url")) if "base_url" in changes else None,
                search=bool(changes.pop("search", False)),
                drafts=bool(changes.pop("drafts", False)),
                future=bool(changes.pop("future", False)),
            )
        )
        return replace(config, **changes)  # type: ignore[arg-type]

    def build(self, *, executor: Executor | None = None, index_later: bool = False, **changes: object) -> "SiteTest":
        """Build the site."""
        self.result = build(
            self.config(**changes),
            executor=executor or SerialExecutor(),
            progress=lambda *_: None,
            index_later=index_later,
        )
        return self

    def page(self, url: str) -> Page:
        """Return the page at an address; fail when there is none."""
        path = self.output / (f"{url[1:]}index.html" if url.endswith("/") else url[1:])
        assert path.is_file(), f"no page at {url}; there are {sorted(self.urls())[:40]}"
        return Page(html=path.read_text("utf-8"))

    def urls(self) -> set[str]:
        """Return the addresses of all pages."""
        found = (path.relative_to(self.output).as_posix() for path in self.output.rglob("*.html"))
        return {f"/{path.removesuffix('index.html')}" for path in found}

    def problems(self, code: str) -> list[Problem]:
        """Return the problems of one code."""
        assert self.result is not None
        return [problem for problem in self.result.problems if problem.code == code]

    def files(self) -> dict[str, bytes]:
        """Return every file of the output."""
        return {
            path.relative_to(self.output).as_posix(): path.read_bytes()
            for path in self.output.rglob("*")
            if path.is_file()
        }


CAPTURES = ROOT / "tests" / "captures"


def captured(name):
    """Return one of our captures."""
    return Capture((CAPTURES / name).read_bytes(), name)


def made(text, name="capture"):
    """Return a capture of a text."""
    return Capture(text.encode() if isinstance(text, str) else text, name)


def site_view(**fields: object) -> SiteView:
    """Return what templates know of a site; what it is not told is plain."""
    plain: dict[str, object] = {
        "title": "",
        "description": "",
        "language": "ko",
        "author": "",
        "contact": "",
        "base_url": "",
        "nav": (),
        "lists": (),
        "has_search": False,
        "image_hosts": (),
        "generator": "",
        "paper": ("#ffffff", "#000000"),
    }
    return SiteView(**{**plain, **fields})  # type: ignore[arg-type]


def png(width: int, height: int) -> bytes:
    """Return the start of a picture, which tells its size."""
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", width, height) + b"\x08\x02\0\0\0\0\0\0\0"


@pytest.fixture(scope="session", autouse=True)
def in_the_foreground() -> None:
    """Let what tests begin hear the signals they send: a run in the background, or under `nohup`, hands on its deafness."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
        signal.signal(signal.SIGHUP, lambda _number, _frame: None)  # so that it goes on, and hands nothing on


@pytest.fixture
def site(tmp_path: Path) -> SiteTest:
    """Give an empty site."""
    return SiteTest(tmp_path)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a command said and how it ended."""

    status: int
    out: str
    err: str

    def lines(self, pattern: str) -> list[str]:
        """Return the lines of standard error that match."""
        return [line for line in self.err.splitlines() if re.search(pattern, line)]


def run(*arguments: str, cwd: Path = ROOT, environment: dict[str, str] | None = None) -> Outcome:
    """Run `python build.py ARGUMENTS` as a user would."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "build.py"), *arguments],
        cwd=cwd,
        env={**os.environ, "SITEGEN_LANG": "en", **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    return Outcome(status=done.returncode, out=done.stdout, err=done.stderr)


def chromium() -> str | None:
    """Return the path of a Chromium: CHROMIUM, else one that is installed."""
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Give a headless Chromium. Without one the test is skipped by name; in CI (SITEGEN_BROWSER=required) it fails."""
    path = chromium()
    if path is None:
        reason = "no Chromium found: install one (Debian: apt-get install chromium) or name it in CHROMIUM"
        if os.environ.get("SITEGEN_BROWSER") == "required":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_FLAGS))
        expect.set_options(timeout=PATIENCE_MS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Give the folder of real posts that SITEGEN_CORPUS names."""
    named = os.environ.get("SITEGEN_CORPUS")
    if not named:
        pytest.skip("SITEGEN_CORPUS names no folder")
    return Path(named)
