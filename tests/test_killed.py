"""A build that is killed (`kill -9`) at any point leaves the old site or the new one, byte for byte."""

import os
import subprocess
import sys
import time

from tests.conftest import ROOT, SiteTest, tree

KILLS = int(os.environ.get("SITEGEN_KILLS", "12"))
ARTICLES = 25
GOLDEN = 0.6180339887  # its multiples fall evenly, wherever one stops
FLAGS = ("--content", "content", "--output", "_site", "--cache", "cache", "--now", "2026-11-22", "-q", "--jobs", "2")


def edition(site: SiteTest, number: int) -> None:
    """Put the content into one of two states: other bodies, one article more or less."""
    for article in range(ARTICLES):
        name = chr(ord("가") + article)
        site.article(name, title=f"{name} 소식", date=f"2026-03-{article + 1:02}", body=f"{number}째 판의 본문입니다.")
    extra = site.folder / "content/extra.md"
    if number:
        site.article("extra", title="덧붙인 소식")
    else:
        extra.unlink(missing_ok=True)


def command(*flags: str) -> list[str]:
    """Return the command of a build."""
    return [sys.executable, str(ROOT / "build.py"), *FLAGS, *flags]


def test_a_killed_build_leaves_the_old_site_or_the_new_one(site: SiteTest) -> None:
    """Readers of a live folder must never meet half a site, whenever the power fails."""
    editions = []
    for number in (0, 1):
        edition(site, number)
        subprocess.run(command("--no-cache", "--output", f"clean{number}"), cwd=site.folder, check=True)
        editions.append(tree(site.folder / f"clean{number}"))
    subprocess.run(command(), cwd=site.folder, check=True)
    started = time.monotonic()
    edition(site, 0)
    subprocess.run(command(), cwd=site.folder, check=True)
    whole = time.monotonic() - started

    found = []
    for kill in range(KILLS):
        edition(site, (kill + 1) % 2)
        build = subprocess.Popen(command(), cwd=site.folder, stderr=subprocess.DEVNULL, start_new_session=True)
        time.sleep((0.1 + kill * GOLDEN % 1.0) * whole)
        os.killpg(build.pid, 9)
        build.wait()
        found.append(editions.index(tree(site.output)))

    assert len(found) == KILLS
    subprocess.run(command(), cwd=site.folder, check=True)
    assert tree(site.output) == editions[KILLS % 2]
    assert all(any(folder.iterdir()) for folder in site.output.rglob("*") if folder.is_dir())
