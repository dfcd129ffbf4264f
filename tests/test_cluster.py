"""A build on a Dask cluster: a scheduler and worker processes of their own, on this machine."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import unicodedata
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest

from sitegen.content import MemoryPlace
from sitegen.runtime.cluster import ClusterError, check_workers
from sitegen.runtime.memory import Memory
from tests.conftest import ROOT, SiteTest

PATIENCE_SECONDS = 60
ARTICLES = 60
OURS = {**os.environ, "PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "10"}


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def started(*command: str, log: Path, cwd: Path, code: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a process until the end; what it says goes to a file. `code`: the folder it has sitegen from."""
    env = {**OURS, "PYTHONPATH": str(code), "TMPDIR": str(log.parent)}
    with log.open("wb") as said, subprocess.Popen(command, stdout=said, stderr=said, cwd=cwd, env=env) as process:
        try:
            yield process
        finally:
            process.kill()


@contextmanager
def cluster_of(
    folder: Path, workers: int, code: Path = ROOT, around: tuple[str, ...] = ()
) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Give the address of a scheduler, and the processes of its workers, which start in another folder than ours.

    `around`: a command that runs a worker's.
    """
    port = free_port()
    address = f"127.0.0.1:{port}"
    dask = (sys.executable, "-m")
    home = folder / "elsewhere"
    home.mkdir()
    with ExitStack() as stack:
        scheduler = (*dask, "distributed.cli.dask_scheduler", "--port", str(port), "--host", "127.0.0.1")
        stack.enter_context(started(*scheduler, "--no-dashboard", log=folder / "scheduler.log", cwd=home, code=code))
        command = (*around, *dask, "distributed.cli.dask_worker", f"tcp://{address}", "--no-nanny", "--no-dashboard")
        processes = [
            stack.enter_context(
                started(*command, "--nthreads", "1", log=folder / f"worker-{number}.log", cwd=home, code=code)
            )
            for number in range(workers)
        ]
        wait_for(lambda: all("Registered to" in log.read_text() for log in folder.glob("worker-*.log")))
        yield address, processes


def wait_for(is_so) -> None:
    """Wait until something is so."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.05)


@contextmanager
def building(site: SiteTest, *flags: str) -> Iterator[subprocess.Popen[str]]:
    """Run a build of a site's folder."""
    folders = ("--content", "content", "--output", "_site", "--cache", "cache", "--now", "2026-11-22")
    with subprocess.Popen(
        [sys.executable, str(ROOT / "build.py"), *folders, *flags],
        cwd=site.folder,
        env={**OURS, "SITEGEN_LANG": "en", "TMPDIR": str(site.folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        yield process


def articles(site: SiteTest) -> None:
    """Write articles enough for many chunks."""
    for number in range(ARTICLES):
        name = chr(0xAC00 + number)
        site.article(name, title=f"소식 {number}", date=f"2026-03-{number % 28 + 1:02}", body="본문 " * 40)


def test_a_cluster_makes_the_same_bytes_though_a_worker_is_killed(site: SiteTest, tmp_path: Path) -> None:
    """Two workers, one of them killed as soon as pages appear: the other does its work, too."""
    articles(site)
    with building(site, "--jobs", "1") as process:
        process.communicate(timeout=PATIENCE_SECONDS)
    serial = site.files()
    shutil.rmtree(site.output)
    shutil.rmtree(site.folder / "cache")
    with cluster_of(tmp_path, 2) as (address, workers), building(site, "--workers", f"dask://{address}") as process:
        wait_for(lambda: any(site.folder.glob("*/2026/03/*/index.html")) or process.poll() is not None)
        assert process.poll() is None  # in the middle of it
        workers[0].send_signal(signal.SIGKILL)
        said, _ = process.communicate(timeout=PATIENCE_SECONDS)

    assert process.returncode == 0, said
    assert len(serial) > ARTICLES
    assert site.files() == serial


# A machine of its own, as far as files and names go: where the site is, it sees an empty disk.
ELSEWHERE = ("unshare", "--mount", "--uts", "--map-root-user", "sh", "-c")
BLIND = 'mount -t tmpfs none "$0" && hostname elsewhere && exec "$@"'


def sizes_in(store: Path) -> Iterator[int]:
    """Yield the sizes of what lies in a store; some may be taken away meanwhile."""
    for path in store.rglob("*"):
        with suppress(FileNotFoundError):
            yield path.stat().st_size


def has_namespaces() -> bool:
    """Return whether this user may have such a machine."""
    command = [*ELSEWHERE, BLIND, "/mnt", "true"]
    return shutil.which(ELSEWHERE[0]) is not None and subprocess.run(command, check=False).returncode == 0


@pytest.mark.skipif(not has_namespaces(), reason="no namespaces for this user (unshare --mount --uts --map-root-user)")
def test_machines_that_see_nothing_of_ours_make_the_same_bytes(tmp_path: Path) -> None:
    """Files go to them through a store and come back; one worker is killed in the middle; the store is left empty."""
    site = SiteTest(tmp_path / "site")
    footer = "{% macro site_footer(site) %}<footer>우리 바닥글</footer>{% endmacro %}"
    articles(
        site.write("templates/partials/footer.html", footer).write("content/pages/us.md", "---\ntitle: 우리\n---\n글")
    )
    site.article("b", title="Water levels", more="lang: en\n", body="River levels rise.")
    site.article(unicodedata.normalize("NFD", "맥"))  # as a Mac writes names
    site.write("static/js/early.js", "우리()\n").write("static/images/a.png", b"png" * 1_000_000)
    own = ("--templates", "templates", "--static", "static")
    with building(site, "--jobs", "1", *own) as process:
        process.communicate(timeout=PATIENCE_SECONDS)
    serial = site.files()
    shutil.rmtree(site.output)
    shutil.rmtree(site.folder / "cache")
    around, store = (*ELSEWHERE, BLIND, str(site.folder)), tmp_path / "store"
    store.mkdir()
    flags = ("--store", store.as_uri(), *own)
    with (
        cluster_of(tmp_path, 2, around=around) as (address, workers),
        building(site, "--workers", f"dask://{address}", *flags) as process,
    ):
        wait_for(lambda: any(store.glob("*/*-back")) or process.poll() is not None)
        assert process.poll() is None  # in the middle of it
        assert 0 < max(sizes_in(store)) < 1_000_000  # no picture among what was sent
        workers[0].send_signal(signal.SIGKILL)
        said, _ = process.communicate(timeout=PATIENCE_SECONDS)

    assert process.returncode == 0, said
    assert len(serial) > ARTICLES
    assert "우리 바닥글" in site.page("/").html
    assert "<script>우리()" in site.page("/").html
    assert site.files() == serial
    assert list(store.iterdir()) == []


@pytest.mark.skipif(not has_namespaces(), reason="no namespaces for this user (unshare --mount --uts --map-root-user)")
def test_a_template_that_fails_elsewhere_is_named_as_its_author_knows_it(tmp_path: Path) -> None:
    """There it lies in a folder of the worker's own."""
    site = SiteTest(tmp_path / "site").article("river")
    site.write("templates/article.html", "{# page: ArticlePage #}\n{{ page.nothing }}\n")
    flags = ("--store", tmp_path.as_uri(), "--templates", "templates")

    with (
        cluster_of(tmp_path, 1, around=(*ELSEWHERE, BLIND, str(site.folder))) as (address, _),
        building(site, "--workers", f"dask://{address}", *flags) as process,
    ):
        said, _ = process.communicate(timeout=PATIENCE_SECONDS)

    assert process.returncode == 2
    assert said.startswith("templates/article.html:2:1: error TPL001")


@pytest.mark.skipif(not has_namespaces(), reason="no namespaces for this user (unshare --mount --uts --map-root-user)")
@pytest.mark.parametrize(
    ("flags", "said"),
    [
        ((), "does not see the folder of the output"),
        (("--store", "memory://build"), "does not reach memory://build"),
        (("--store", "nowhere://build"), "nowhere://build: ValueError: Protocol not known"),
    ],
)
def test_machines_that_see_neither_our_folders_nor_the_store_are_refused(
    flags: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    """Before any work: the site that was there stays."""
    site = SiteTest(tmp_path / "site").article("river").build()
    before = site.files()
    around = (*ELSEWHERE, BLIND, str(site.folder))

    with (
        cluster_of(tmp_path, 1, around=around) as (address, _),
        building(site, "--workers", f"dask://{address}", *flags) as process,
    ):
        output, _ = process.communicate(timeout=PATIENCE_SECONDS)

    assert process.returncode == 3
    assert said in output
    assert site.files() == before


def test_what_a_killed_build_shared_with_a_cluster_goes_with_the_next(site: SiteTest, tmp_path: Path) -> None:
    """The plan of the pages lies beside the output while workers render them."""
    articles(site)
    with cluster_of(tmp_path, 1) as (address, _), building(site, "--workers", f"dask://{address}") as process:
        wait_for(lambda: shared_files(site) and any(site.folder.glob("*/2026/03/*/index.html")))
        process.kill()
        process.communicate()
    left = shared_files(site)
    with building(site) as process:
        said, _ = process.communicate(timeout=PATIENCE_SECONDS)

    assert process.returncode == 0, said
    assert left
    assert not shared_files(site)


def shared_files(site: SiteTest) -> list[Path]:
    """Return the files that a build shares with its workers."""
    return list(site.folder.glob("._site.shared-*"))


@pytest.mark.parametrize(
    ("given", "said", "status"),
    [
        ("dask://127.0.0.1:1", "TOOL004", 3),
        ("tcp://127.0.0.1:8786", "write dask://scheduler.example:8786", 2),
    ],
)
def test_a_cluster_that_cannot_be_reached_is_an_error(given: str, said: str, status: int, site: SiteTest) -> None:
    """It names the address, and the site that was there stays."""
    site.article("river").build()
    before = site.files()

    with building(site, "--workers", given) as process:
        output, _ = process.communicate(timeout=PATIENCE_SECONDS)

    assert process.returncode == status, output
    assert said in output
    assert site.files() == before


def test_a_worker_of_another_sitegen_is_refused(site: SiteTest, tmp_path: Path) -> None:
    """One file of its code differs: nothing is built there."""
    site.article("river")
    other = tmp_path / "other"
    shutil.copytree(ROOT / "sitegen", other / "sitegen", ignore=shutil.ignore_patterns("__pycache__"))
    (other / "sitegen/extra.py").write_text("MORE = 1\n")

    with cluster_of(tmp_path, 1, other) as (address, _), building(site, "--workers", f"dask://{address}") as process:
        said, _ = process.communicate(timeout=PATIENCE_SECONDS)

    assert process.returncode == 3
    assert "TOOL004" in said
    assert "another sitegen" in said
    assert not site.output.exists()


@pytest.mark.parametrize(
    ("threads", "versions", "seen", "said"),
    [
        ({}, {}, {}, "no workers"),
        ({"tcp://w:1": 4}, {"tcp://w:1": "a"}, {"tcp://w:1": True}, "--nthreads 1"),
        ({"tcp://w:1": 1}, {"tcp://w:1": "b"}, {"tcp://w:1": True}, "another sitegen"),
        ({"tcp://w:1": 1}, {"tcp://w:1": "a"}, {"tcp://w:1": False}, "does not see the folder"),
    ],
)
def test_workers_that_would_make_other_bytes_are_refused(
    threads: dict[str, int], versions: dict[str, str], seen: dict[str, bool], said: str
) -> None:
    """A cluster is only used if any of its workers gives what one process would."""
    with pytest.raises(ClusterError, match=said):
        check_workers(threads, "a", versions, seen)


def test_the_memory_of_another_machine_is_not_opened(tmp_path: Path) -> None:
    """SQLite's file is for one machine; a worker elsewhere prepares its files again."""
    with Memory(tmp_path / "memory.sqlite"):
        assert MemoryPlace(tmp_path / "memory.sqlite", "another machine").memory() is None
