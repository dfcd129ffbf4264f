"""Static files that are published as they are: always the bytes that lie there, and never held in memory."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sitegen.output.copies import PART, Copy, copies_now, published
from sitegen.output.writer import staged
from sitegen.pipeline import build
from sitegen.runtime.executor import SerialExecutor
from sitegen.runtime.memory import Memory
from sitegen.runtime.stamps import Look, digest_at, digest_of
from tests.conftest import ROOT, SiteTest, png


def change_in_place(path: Path) -> None:
    """Write other bytes of the same number, and give the file its old time."""
    status = path.stat()
    path.write_bytes(b"b" * status.st_size)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def replace(path: Path) -> None:
    """Put another file in its place."""
    other = path.with_name("other")
    other.write_bytes(b"c")
    other.replace(path)


@pytest.mark.parametrize(
    "change",
    [change_in_place, replace, Path.unlink, lambda path: path.touch(), lambda path: path.write_bytes(b"")],
    ids=["in place, with the old time", "replaced", "gone", "touched", "empty"],
)
def test_what_is_published_is_what_lies_there(site: SiteTest, change) -> None:
    """With what the build before remembers, and with the site before that as the spare."""
    file = site.folder / "static/files/a.hwpx"
    site.article("river").write("static/files/a.hwpx", b"a" * 3_000_000)
    cache = site.folder / "memory.sqlite"
    for _ in range(3):
        site.build(cache_path=cache)

    change(file)

    for _ in range(3):
        site.build(cache_path=cache)
        shown = site.output / "files/a.hwpx"
        assert shown.is_file() == file.is_file()
        assert not file.is_file() or shown.read_bytes() == file.read_bytes()


def test_a_file_that_changes_while_it_is_copied_is_known_by_what_was_copied(tmp_path: Path) -> None:
    """Else the site would keep bytes that nobody has any more, once the file is as it was before."""
    source = tmp_path / "a.bin"
    source.write_bytes(b"before")
    with Memory(tmp_path / "memory.sqlite") as memory, staged(tmp_path / "_site") as stage:
        stage.begin()
        (copy,) = copies_now({"a.bin": source}, memory, Look())
        source.write_bytes(b"after")

        digest = published(copy, source, stage)

        assert digest == digest_of((stage.folder / "a.bin").read_bytes()) == digest_of(b"after") != copy.digest


def test_what_is_as_it_was_is_not_read_again(tmp_path: Path) -> None:
    """A site may have a gigabyte of pictures; an edit of a word must not read them."""
    source = tmp_path / "a.png"
    source.write_bytes(png(4, 4))
    look = Look()
    look.taken += 10**10  # as if the file had been left alone for a while
    with Memory(tmp_path / "memory.sqlite") as memory:
        (first,) = copies_now({"a.png": source}, memory, look)
        (part,) = memory.names(PART)
        memory.keep({part: [first._replace(digest=b"as remembered")]}, list[Copy])
        (again,) = copies_now({"a.png": source}, memory, look)
        source.touch()
        (touched,) = copies_now({"a.png": source}, memory, look)

    assert first.digest == touched.digest == digest_at(str(source)) == digest_of(source.read_bytes())
    assert again.digest == b"as remembered"


def test_a_picture_more_changes_no_page(site: SiteTest) -> None:
    """A mirror that keeps pictures gets some each night; one that its theme may ask for is part of the theme."""
    site.article("river").article("sea").write("static/images/1.png", png(4, 4))
    cache = site.folder / "memory.sqlite"

    made = []
    for path, data in (
        ("static/images/2.png", png(4, 4)),
        ("static/images/3.png", png(4, 4)),
        ("static/img/icon.svg", b"<svg/>"),
        ("templates/own.html", b"{{ name|asset }}"),
        ("static/images/4.png", png(4, 4)),
    ):
        site.write(path, data)
        rendered: list[tuple[object, ...]] = []
        config = site.config(cache_path=cache)
        build(config, executor=SerialExecutor(), progress=lambda *told, to=rendered: to.append(told))
        made.append(len(rendered))

    assert (site.output / "images/3.png").is_file()
    assert made[1] == 0
    assert min(made[0], made[4]) > 2


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere a process's memory is counted otherwise")
def test_many_large_pictures_need_no_more_memory_than_few(site: SiteTest) -> None:
    """All of 200 MB would be held, as they once were, by a build on the smallest of machines.

    The second build of a site has no spare, and copies what stands.
    """
    found = []
    for count in (1, 50, 50):
        site.article("river", body=f"{len(found)}번째 본문")
        os.truncate(site.write("static/files/large.hwpx", b"").folder / "static/files/large.hwpx", 150_000_000)
        for number in range(count):
            site.write(f"static/images/{number}.png", png(4, 4) + bytes([number]) * 4_000_000)
        folders = [f"--{name}={site.folder / name}" for name in ("content", "static", "output", "cache")]
        command = [sys.executable, "build.py", "--quiet", "--no-search", "--jobs=1", *folders]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        found.append(usage.ru_maxrss // 1024)
        assert process.returncode == 0

    assert len(list((site.folder / "output/images").iterdir())) == 50
    assert max(found) < found[0] + 20  # MB
