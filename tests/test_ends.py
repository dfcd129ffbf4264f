"""How a command ends that is broken off: by Ctrl+C, by a kill, by a reader that leaves, by a disk without room."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT, SiteTest, run, tree

MANY = 400  # articles; enough for workers to begin
MOMENTS = 12
PATIENCE = 30  # seconds
PYTHON_S = 0.2  # until Python has begun with us: what it tells of Ctrl+C before that is its own
GOLDEN = 0.6180339887  # its multiples fall evenly, wherever one stops
FLAGS = ("--content", "content", "--output", "_site")
COMMAND = (sys.executable, str(ROOT / "build.py"))


@pytest.fixture
def project(site: SiteTest) -> SiteTest:
    """Give a project with one sound article."""
    return site.article("river")


@pytest.fixture
def large(site: SiteTest) -> SiteTest:
    """Give a project with so many articles that workers begin."""
    for number in range(MANY):
        body = f"{number}째 본문입니다. [원문](https://example.com/)"
        day = f"20{10 + number % 12}-03-02"  # of several parts of the search index
        site.article(chr(ord("가") + number), title=f"소식 {number}", date=day, body=body)
    return site


def begun(site: SiteTest, *flags: str, **environment: str) -> subprocess.Popen[str]:
    """Begin a build in a session of its own, as a terminal would."""
    return subprocess.Popen(
        [*COMMAND, *FLAGS, *flags],
        cwd=site.folder, env={**os.environ, **environment},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip


def is_alone(session: int) -> bool:
    """Return whether nothing of a session is left within some seconds."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        try:
            os.killpg(session, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="no process groups")
@pytest.mark.parametrize("flags", ["--jobs 1 --no-search", "--jobs 2 --no-search", "--jobs 2"])
def test_ctrl_c_ends_a_build_at_once_and_quietly(large: SiteTest, flags: str) -> None:
    """A terminal tells the workers, too. Whoever stops a build wants to see neither tracebacks nor a process that hangs."""
    started = time.monotonic()
    begun(large, "--no-cache", *flags.split()).communicate()
    whole = time.monotonic() - started

    ends = []
    for moment in range(MOMENTS):
        build = begun(large, "--no-cache", *flags.split())
        time.sleep(PYTHON_S + moment * GOLDEN % 0.9 * whole)
        os.killpg(build.pid, signal.SIGINT)
        _, err = build.communicate(timeout=PATIENCE)
        ends.append((build.returncode, "Traceback" in err, "Exception" in err, is_alone(build.pid)))

    assert set(ends) <= {(130, False, False, True), (0, False, False, True)}
    assert (130, False, False, True) in ends


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="no process groups")
def test_a_build_in_the_background_does_not_hear_ctrl_c(large: SiteTest) -> None:
    """A shell lets what it runs in the background ignore what is meant for the foreground."""
    heard = signal.signal(signal.SIGINT, signal.SIG_IGN)  # as it is for the process that begins here
    try:
        build = begun(large, "--jobs", "2", "--no-search")
    finally:
        signal.signal(signal.SIGINT, heard)
    while build.poll() is None:
        os.killpg(build.pid, signal.SIGINT)
        time.sleep(0.05)
    _, err = build.communicate(timeout=PATIENCE)

    assert (build.returncode, err) == (0, "")


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="no process groups")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_workers_do_not_outlive_a_build_that_is_killed(large: SiteTest, how: signal.Signals) -> None:
    """What ends a job kills its first process: workers that wait for work for ever would hold memory, and the lock."""
    build = begun(large, "--jobs", "2", "--no-search")
    wait_for_pages(large, build)
    build.send_signal(how)
    build.communicate(timeout=PATIENCE)

    assert build.returncode == -how
    assert is_alone(build.pid)
    assert run(*FLAGS, "--no-search", cwd=large.folder).status == 0


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="no /proc")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_a_worker_that_something_ends_is_told(large: SiteTest, how: signal.Signals) -> None:
    """What guards a system's memory ends the largest process, and asks first: that is not the reader's wish."""
    build = begun(large, "--jobs", "2", "--no-search")
    os.kill(first_worker(build), how)
    _, err = build.communicate(timeout=PATIENCE)

    assert build.returncode == 3
    assert "TOOL003" in err
    assert is_alone(build.pid)


def first_worker(build: subprocess.Popen[str]) -> int:
    """Return the number of a build's first worker as soon as there is one."""
    workers: list[str] = []
    while not workers and build.poll() is None:
        workers = Path(f"/proc/{build.pid}/task/{build.pid}/children").read_text("utf-8").split()
    return int(workers[0])


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="no /proc")
def test_a_worker_that_does_not_end_is_killed(large: SiteTest) -> None:
    """One may be stopped, or wait for a disk that is gone: Ctrl+C ends the build all the same."""
    build = begun(large, "--jobs", "2", "--no-search")
    os.kill(first_worker(build), signal.SIGSTOP)

    os.killpg(build.pid, signal.SIGINT)
    build.communicate(timeout=PATIENCE)

    assert build.returncode == 130
    assert is_alone(build.pid)


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="no process groups")
@pytest.mark.parametrize("flags", ["--jobs 1 --no-search", "--jobs 2 --no-search", "--jobs 2"])
@pytest.mark.parametrize("how", [signal.SIGTERM, getattr(signal, "SIGHUP", None)])
def test_what_asks_a_build_to_end_leaves_nothing_behind(large: SiteTest, flags: str, how: signal.Signals) -> None:
    """`timeout`, a scheduler or a closed terminal asks all processes; what nobody will use again must not fill a disk."""
    temporary = large.folder / "tmp"
    temporary.mkdir()
    ends = []
    for moment in range(MOMENTS // 2):
        build = begun(large, "--no-cache", *flags.split(), TMPDIR=str(temporary))
        wait_for(temporary, build)
        time.sleep(moment * GOLDEN % 0.5)
        os.killpg(build.pid, how)
        _, err = build.communicate(timeout=PATIENCE)
        ends.append((build.returncode, "Traceback" in err, "TOOL003" in err, is_alone(build.pid)))

    assert set(ends) <= {(-how, False, False, True), (0, False, False, True)}
    assert (-how, False, False, True) in ends
    assert list(temporary.iterdir()) == []
    assert not (large.folder / "._site.lock").exists()


def wait_for(folder: Path, build: subprocess.Popen[str]) -> None:
    """Wait until a build has begun to keep what it knows in a folder."""
    while not any(folder.iterdir()) and build.poll() is None:
        time.sleep(0.005)


def wait_for_pages(site: SiteTest, build: subprocess.Popen[str]) -> None:
    """Wait until a build has written its first page."""
    while not any(site.folder.glob("._site.next/20*")) and build.poll() is None:
        time.sleep(0.005)


def test_the_site_that_was_there_stays_when_a_build_is_killed(project: SiteTest) -> None:
    """A power cut in the middle of a build must not publish half a site; the next build heals what is left."""
    run(*FLAGS, "--no-search", cwd=project.folder)
    before = tree(project.output)
    for number in range(MANY):
        project.article(chr(ord("가") + number))
    build = begun(project, "--jobs", "1", "--no-search")
    wait_for_pages(project, build)

    build.send_signal(signal.SIGKILL)
    build.communicate(timeout=PATIENCE)
    after = tree(project.output)
    healed = run(*FLAGS, "--no-search", cwd=project.folder)

    assert after == before
    assert healed.status == 0
    assert sorted(path.name for path in project.folder.iterdir() if path.name[0] != ".") == ["_site", "content"]


def test_a_second_build_at_the_same_time_is_refused(project: SiteTest) -> None:
    """Two builds into one folder would mix two sites; `clean` would take what the other is at work on."""
    import fcntl  # noqa: PLC0415

    with (project.folder / "._site.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        outcome = run(*FLAGS, "--no-search", cwd=project.folder)

        cleaned = run("clean", "--content", "content", "--output", "_site", cwd=project.folder)

    assert (outcome.status, cleaned.status) == (2, 2)
    assert outcome.lines("USE004") == cleaned.lines("USE004") == ["_site: error USE004 another build is running"]


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("list", ("list", "all", "--content", "content")),
        ("help", ("--help",)),
        ("version", ("--version",)),
        ("schema", ("list", "--schema")),
        ("build", (*FLAGS, "--no-search", "--no-cache")),
        ("nothing to do", (*FLAGS, "--no-search")),
    ],
)
@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_a_reader_that_has_enough_is_no_fault(
    project: SiteTest, name: str, arguments: tuple[str, ...], stream: str
) -> None:
    """`list all | head -1` is how one looks at a long list: what stops it is no bug of ours, nor Python's to tell."""
    project.article("later", more="draft: true\n").article("odd", more="zzz: 1\n")  # FM007, for standard error
    if name == "nothing to do":
        run(*FLAGS, "--no-search", cwd=project.folder)
    read, write = os.pipe()
    os.close(read)

    done = subprocess.run(
        [*COMMAND, *arguments],
        cwd=project.folder, text=True, check=False,
        stdout=write if stream == "stdout" else subprocess.PIPE,
        stderr=write if stream == "stderr" else subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": ""},  # argparse passes over what it cannot write at once
    )  # fmt: skip
    os.close(write)

    says_nothing = stream == "stderr" and name in ("list", "help", "version", "schema")
    assert done.returncode == (0 if says_nothing else 141)
    assert not done.stderr or "FM007" in done.stderr.splitlines()[0]
    assert "Traceback" not in (done.stderr or "")


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize(("drafts", "status"), [(2, 0), (400, 141)])
def test_who_reads_a_part_of_a_list_ends_it_where_it_is_long(
    project: SiteTest, unbuffered: str, drafts: int, status: int
) -> None:
    """What a pipe holds is written; of more Python itself, unbuffered as images of containers have it, said nothing."""
    for number in range(drafts):
        project.article(f"later-{number}", title="강물 " * 60, more="draft: true\n")
    env = {**os.environ, "PYTHONUNBUFFERED": unbuffered}

    command = [*COMMAND, "list", "all", "--content", "content"]
    with subprocess.Popen(command, cwd=project.folder, env=env, stdout=subprocess.PIPE) as listing:
        assert listing.stdout is not None
        first = listing.stdout.read(1)
        listing.stdout.close()

    assert first
    assert listing.returncode == status


def test_a_build_to_which_nobody_listens_builds(project: SiteTest) -> None:
    """Some schedulers close what a job would write to."""
    command = [*COMMAND, *FLAGS, "--no-search"]

    closed = subprocess.run(["sh", "-c", '"$@" >&- 2>&-', "sh", *command], cwd=project.folder, check=False)

    assert closed.returncode == 0
    assert (project.output / "index.html").is_file()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
@pytest.mark.parametrize("stream", ["stdout", "both"])
@pytest.mark.parametrize("is_second", [True, False])
def test_what_finds_no_room_is_told(project: SiteTest, stream: str, is_second: bool) -> None:  # noqa: FBT001
    """A log on a full disk: a build that has said nothing must not look like a good one. A second has nothing to do."""
    flags = (*FLAGS, "--no-search", "--json")
    if is_second:
        run(*flags, cwd=project.folder)

    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, *flags],
            cwd=project.folder, stdout=full, stderr=full if stream == "both" else subprocess.PIPE, text=True, check=False,
        )  # fmt: skip

    assert done.returncode == 3
    assert done.stderr is None or (done.stderr.startswith("sitegen: [Errno 28]") and done.stderr.count("\n") == 1)


INTERRUPTING = """\
import os, signal, sys

class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if "orjson" in sys.modules and not name.startswith("orjson"):
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interrupting())
import sitegen.render.quick_json
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a signal cannot wait there")
def test_ctrl_c_while_a_library_is_loaded_is_heard_when_it_is() -> None:
    """orjson, interrupted in its own first lines, ended Python with a fault of memory: no clean-up, no word."""
    done = subprocess.run([sys.executable, "-c", INTERRUPTING], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode in (130, -signal.SIGINT)
    assert "KeyboardInterrupt" in done.stderr
