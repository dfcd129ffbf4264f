"""`python tests/bench/run.py`: sitegen against Hugo, Pelican and Eleventy, on the same made-up posts.

Runs alternate (A B A B …), for a machine's speed drifts; what counts are ratios of medians. A peer that is not installed
is passed over by name. `--guard` fails when sitegen has become much slower against Hugo than it ever was.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus import write_posts

ROOT = Path(__file__).resolve().parents[2]
PLAIN = Path(__file__).parent / "plain"
HUGO_SETTINGS = """\
baseURL = "https://example.org/"
disableKinds = ["section"]
[taxonomies]
category = "categories"
[pagination]
pagerSize = 20
[permalinks.page]
posts = "/posts/:contentbasename/"
[markup.goldmark.renderer]
unsafe = true
[security]
allowContent = [".*"]
"""
HUGO_LAYOUTS = {
    "baseof.html": "<!doctype html><html lang=ko><title>{{ .Title }}</title><main>"
    '{{ block "main" . }}{{ end }}</main></html>',
    "single.html": '{{ define "main" }}<h1>{{ .Title }}</h1>{{ .Content }}<footer><a href="{{ .Params.source.url }}">'
    "{{ .Params.source.name }}</a></footer>{{ end }}",
    "list.html": '{{ define "main" }}{{ $p := .Paginate .RegularPagesRecursive }}{{ range $p.Pages }}'
    '<a href="{{ .RelPermalink }}">{{ .Title }}</a><p>{{ .Params.excerpt }}</p>{{ end }}{{ end }}',
}
PELICAN_SETTINGS = """\
SITENAME = "mirror"
SITEURL = ""
PATH = "content"
OUTPUT_PATH = "public"
TIMEZONE = "Asia/Seoul"
DEFAULT_LANG = "ko"
DEFAULT_PAGINATION = 20
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
LOG_LEVEL = "ERROR"
"""
ELEVENTY_SETTINGS = """\
export default () => ({ dir: { input: "content", output: "public", includes: "../_includes" },
  markdownTemplateEngine: false, htmlTemplateEngine: false });
"""
SETTLED_SECONDS = 2.1  # a file that changed just before a build is read again by the next: its stamp may not tell
# The most CPU that sitegen may take as a multiple of Hugo's: twice what was measured, for other machines differ.
LIMITS = {"cold": 3.7, "nothing": 0.12, "one edit": 0.8, "fresh checkout": 0.16}


@dataclass
class Row:
    """What was measured of one kind of run: CPU and wall seconds, the largest process in MB."""

    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    peak: float = 0.0


def measured(row: Row, command: list[str], folder: Path, count: int) -> None:
    """Run a command in a folder and add what it took to `row`; it must make `count` pages at least."""
    started = time.perf_counter()
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen(command, cwd=folder, stdout=said, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)  # of this process and those it waited for
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    pages = sum(1 for _ in (folder / "public").rglob("*.html"))
    if process.returncode or pages < count:
        end = (folder / "said").read_text("utf-8", "replace")[-2000:]
        sys.exit(f"{' '.join(command)}: status {process.returncode}, {pages} pages of {count} posts\n{end}")
    row.cpu.append(usage.ru_utime + usage.ru_stime)
    row.wall.append(wall)
    row.peak = max(row.peak, usage.ru_maxrss / 1024)


def lay_out_hugo(folder: Path, count: int) -> list[str] | None:
    """Make Hugo's site; return its command, or None where it is not installed."""
    if not shutil.which("hugo"):
        return None
    write_posts(folder / "content/posts", count)
    (folder / "hugo.toml").write_text(HUGO_SETTINGS)
    (folder / "layouts/_default").mkdir(parents=True)
    for name, text in HUGO_LAYOUTS.items():
        (folder / "layouts/_default" / name).write_text(text)
    return ["hugo", "--quiet"]


def lay_out_pelican(folder: Path, count: int) -> list[str] | None:
    """Make Pelican's site: the same posts with its own kind of head, for it reads no YAML."""
    if not shutil.which("pelican"):
        return None
    write_posts(folder / "content", count)
    for path in (folder / "content").iterdir():
        _, head, body = path.read_text("utf-8").split("---\n", 2)
        fields = dict(line.split(": ", 1) for line in head.splitlines() if ": " in line and line[0] != " ")
        lines = (
            f"Title: {fields['title']}",
            f"Date: {fields['date']}",
            f"Category: {fields['categories'].strip('[]')}",
        )
        path.with_suffix(".md").write_text("\n".join((*lines, "", body)), "utf-8")
        if path.suffix == ".html":
            path.unlink()
    (folder / "pelicanconf.py").write_text(PELICAN_SETTINGS)
    return ["pelican", "-s", "pelicanconf.py", "-q"]


def lay_out_eleventy(folder: Path, count: int) -> list[str] | None:
    """Make Eleventy's site; its command is `eleventy`, installed globally or on the PATH."""
    if not shutil.which("eleventy"):
        return None
    write_posts(folder / "content/posts", count)
    (folder / "package.json").write_text('{"type": "module"}')
    (folder / "eleventy.config.js").write_text(ELEVENTY_SETTINGS)
    (folder / "_includes").mkdir()
    (folder / "_includes/post.njk").write_text("<!doctype html><h1>{{ title }}</h1>{{ content | safe }}")
    (folder / "content/posts/posts.json").write_text('{"layout": "post.njk"}')
    return ["eleventy", "--quiet"]


PEERS: dict[str, Callable[[Path, int], list[str] | None]] = {
    "hugo": lay_out_hugo,
    "pelican": lay_out_pelican,
    "eleventy": lay_out_eleventy,
}


class Ours:
    """Our own site, and the edits that are measured."""

    def __init__(
        self, folder: Path, count: int, how: Sequence[str] = ("--templates", str(PLAIN), "--no-search")
    ) -> None:
        self.folder, self.count = folder, count
        write_posts(folder / "content/articles", count)
        (folder / "content/site.toml").write_text(
            '[site]\narchives = ["category"]\nbase_url = "https://example.org/"\n'
        )
        flags = ["--content", "content", "--output", "public", "--cache", "cache", "--now", "2026-11-22", "-q"]
        self.command = [sys.executable, str(ROOT / "build.py"), *flags, *how]
        self.rows = {name: Row() for name in ("cold", "nothing", "one edit", "fresh checkout")}
        self.edits = 0

    def measure(self) -> None:
        """Measure a cold build, one with nothing to do, one after an edit, one after a checkout."""
        for name in ("public", ".public.next", "cache"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        past = time.time() - 3600
        self.touch(past)
        time.sleep(SETTLED_SECONDS)
        measured(self.rows["cold"], self.command, self.folder, self.count)
        measured(self.rows["nothing"], self.command, self.folder, self.count)
        self.edit(past + 60)
        measured(Row(), self.command, self.folder, self.count)  # brings the spare into being, once
        self.edit(past + 120)
        measured(self.rows["one edit"], self.command, self.folder, self.count)
        self.touch(past + 180)
        measured(self.rows["fresh checkout"], self.command, self.folder, self.count)

    def touch(self, when: float) -> None:
        """Give every content file another time, as a checkout does."""
        for path in (self.folder / "content").rglob("*"):
            os.utime(path, (when, when))

    def edit(self, when: float) -> None:
        """Add a sentence to one post."""
        self.edits += 1
        path = sorted((self.folder / "content/articles").glob("*.html"))[len(self.rows)]
        path.write_text(path.read_text("utf-8") + f"<p>덧붙임 {self.edits}</p>\n", "utf-8")
        os.utime(path, (when, when))


def table(ours: Ours, peers: dict[str, Row]) -> None:
    """Print medians, and ratios to each peer's cold build."""
    print(f"{'':<24}{'CPU s':>8}{'wall s':>8}{'MB':>6}" + "".join(f"{f'CPU/{name}':>16}" for name in peers))
    rows = {f"sitegen, {name}": row for name, row in ours.rows.items()} | peers
    for name, row in rows.items():
        cpu, wall = statistics.median(row.cpu), statistics.median(row.wall)
        ratios = "".join(f"{cpu / statistics.median(peer.cpu):>16.3f}" for peer in peers.values())
        print(f"{name:<24}{cpu:>8.2f}{wall:>8.2f}{row.peak:>6.0f}{ratios}")


def main() -> int:
    """Measure and print; with --guard return 1 when a ratio to Hugo is beyond its limit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=10_000, help="posts")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peers", default=",".join(PEERS), help="of hugo, pelican, eleventy")
    parser.add_argument(
        "--folder", type=Path, help="where the sites are made: tmpfs, for a disk's noise hides the rest"
    )
    parser.add_argument("--guard", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder, prefix="bench-") as place:
        folder = Path(place)
        commands = {name: PEERS[name](folder / name, options.count) for name in options.peers.split(",")}
        for name in [name for name, command in commands.items() if command is None]:
            print(f"{name}: not installed, passed over")
            del commands[name]
        ours, peers = Ours(folder / "ours", options.count), {name: Row() for name in commands}
        for _ in range(options.rounds):
            ours.measure()
            for name, command in commands.items():
                shutil.rmtree(folder / name / "public", ignore_errors=True)
                measured(peers[name], command or [], folder / name, options.count)
        table(ours, peers)
    if not options.guard:
        return 0
    hugo = statistics.median(peers["hugo"].cpu)
    beyond = {name: limit for name, limit in LIMITS.items() if statistics.median(ours.rows[name].cpu) > limit * hugo}
    for name, limit in beyond.items():
        print(f"{name}: more than {limit} times Hugo's CPU")
    return 1 if beyond else 0


if __name__ == "__main__":
    sys.exit(main())
