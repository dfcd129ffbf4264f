"""A disk that is full or cannot be written, and content that is gone: the site that was there stays, byte for byte.

The disk is a small one in memory, mounted in a namespace of the test's own, which ordinary users may have on Linux.
"""

import hashlib
import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import ROOT, SiteTest, run, tree

ARTICLES = 6
LONG = "\n\n".join(f"{line}째 문단은 {line * 7}미터 강물 이야기입니다." for line in range(400))
LONGER = 300  # times: the edited texts need more room than the disk has
NAMESPACE = ("unshare", "--mount", "--map-root-user")
# Permissions hold nobody back who may override them: root gives that up.
HELD_BACK = ("setpriv", "--bounding-set=-dac_override,-dac_read_search") if os.geteuid() == 0 else ()
# What breaks the disk, and what mends it; `build` and `digest` are given by the test.
FAULTS = {
    "full": ("head -c 100m /dev/zero > disk/filler || true", "rm disk/filler; mount -o remount,size=64m disk"),
    "read-only": ("mount -o remount,ro disk", "mount -o remount,rw,size=64m disk"),
}
PLACES = ("--content", "content", "--output", "_site", "--no-search")
SCENE = """\
mount -t tmpfs -o size=8m none disk
{build} > first.txt 2>&1; echo $?
printf '\\n둘째 판\\n' >> content/a0.md
{build} > second.txt 2>&1; echo $?
{digest} disk/_site
{fault}
cp -r edited/. content
{build} > broken.txt 2>&1; echo $?
{digest} disk/_site
{mend}
{build} > mended.txt 2>&1; echo $?
{digest} disk/_site
"""


def has_namespaces() -> bool:
    """Return whether this user may mount a disk that only the test sees."""
    if not shutil.which(NAMESPACE[0]):
        return False
    mounted = subprocess.run([*NAMESPACE, "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True, check=False)
    return mounted.returncode == 0


def obeys_permissions() -> bool:
    """Return whether a command can be run that permissions hold back."""
    return not HELD_BACK or bool(shutil.which(HELD_BACK[0]))


def digest_of(folder: Path) -> str:
    """Return one digest of all files of a folder and their names."""
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            found.update(f"{path.relative_to(folder).as_posix()}:{path.stat().st_size}:".encode() + path.read_bytes())
    return found.hexdigest()


def command(*flags: str) -> list[str]:
    """Return the command of a build."""
    return [sys.executable, str(ROOT / "build.py"), "--content", "content", "--now", "2026-11-22", "-q", *flags]


@pytest.mark.skipif(not has_namespaces(), reason="no mount namespaces for this user (unshare --mount --map-root-user)")
@pytest.mark.parametrize("cache", ["cache", "disk/cache"])
@pytest.mark.parametrize("fault", FAULTS)
def test_a_disk_that_fails_leaves_the_old_site(fault: str, cache: str, site: SiteTest) -> None:
    """A build that cannot write says so and ends with 3; readers keep the site they had, and the next build mends it."""
    (site.folder / "disk").mkdir()
    for number in range(ARTICLES):
        site.article(f"a{number}", title=f"{number}째 소식")
    shutil.copytree(site.folder / "content", site.folder / "edited")
    for path in sorted((site.folder / "edited").iterdir()):
        path.write_text(path.read_text("utf-8") + "\n\n강물을 다시 잰 값을 길게 적습니다." * 20 * LONGER, "utf-8")
    broken, mended = FAULTS[fault]
    build = " ".join(command("--output", "disk/_site", "--cache", cache))
    digest = f"{sys.executable} -c 'import sys; from tests.test_faults import *; print(digest_of(Path(sys.argv[1])))'"
    scene = SCENE.format(build=build, digest=f"PYTHONPATH={ROOT} {digest}", fault=broken, mend=mended)

    run = subprocess.run([*NAMESPACE, "sh", "-uc", scene], cwd=site.folder, capture_output=True, text=True, check=True)
    first, second, before, status, after, last, new = run.stdout.split()

    assert (first, second) == ("0", "0")
    assert status == "3", (site.folder / "broken.txt").read_text("utf-8")
    assert after == before
    assert last == "0", (site.folder / "mended.txt").read_text("utf-8")
    subprocess.run(command("--output", "clean", "--no-cache"), cwd=site.folder, check=True)
    assert new == digest_of(site.folder / "clean") != before


@pytest.mark.skipif(not has_namespaces(), reason="no mount namespaces for this user (unshare --mount --map-root-user)")
def test_an_output_that_a_disk_is_mounted_on_is_told(site: SiteTest) -> None:
    """A volume of a container: no other folder can take its place. Inside it there is room for a site."""
    site.article("river")
    (site.folder / "volume").mkdir()
    onto, inside = (
        " ".join(command("--output", output, "--no-search", "--cache", "cache")) for output in ("volume", "volume/site")
    )
    scene = f"mount -t tmpfs none volume; {onto} > onto.txt 2>&1; echo $?; ls -A volume; {inside}; ls volume/site/2026/03/river/index.html"

    done = subprocess.run(
        [*NAMESPACE, "sh", "-uc", scene],
        cwd=site.folder, env={**os.environ, "SITEGEN_LANG": "en"}, capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert done.stdout.split() == ["3", "volume/site/2026/03/river/index.html"]
    assert "volume: error TOOL007 " in (site.folder / "onto.txt").read_text("utf-8")
    assert "--output FOLDER/site" in (site.folder / "onto.txt").read_text("utf-8")


@pytest.mark.skipif(not has_namespaces(), reason="no mount namespaces for this user (unshare --mount --map-root-user)")
def test_what_cannot_be_removed_is_told_as_that(site: SiteTest) -> None:
    """Nothing was to be read, and the site is no longer sure to be as it was."""
    site.article("river")
    subprocess.run(command("--output", "_site", "--no-search", "--cache", "cache"), cwd=site.folder, check=True)
    flags = ("--content", "content", "--output", "_site", "--cache", "cache")
    clean = " ".join((sys.executable, str(ROOT / "build.py"), "clean", *flags))
    scene = f"mount --bind _site/2026 _site/2026; mount -o remount,bind,ro _site/2026; {clean}"

    done = subprocess.run(
        [*NAMESPACE, "sh", "-uc", scene],
        cwd=site.folder, env={**os.environ, "SITEGEN_LANG": "en"}, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 3
    assert done.stderr.startswith("_site: error TOOL009 could not be removed whole: ")


@pytest.mark.skipif(sys.platform == "win32", reason="no ulimit")
@pytest.mark.parametrize("arguments", [("build", "--output", "_site"), ("check",), ("list", "all")])
def test_a_system_that_gives_no_more_is_no_fault_of_the_content(site: SiteTest, arguments: tuple[str, ...]) -> None:
    """No article may be left out because too many files are open. How many are enough depends on Python: all are tried."""
    site.article("river")
    flags = ("--content", "content", "--now", "2026-11-22", "--no-search", "--jobs", "1")
    asked = [sys.executable, str(ROOT / "build.py"), *arguments, *flags]
    said = []
    for files in range(3, 30):
        done = subprocess.run(
            ["sh", "-c", f'ulimit -n {files}; exec "$@"', "sh", *asked],
            cwd=site.folder, env={**os.environ, "SITEGEN_LANG": "en"}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        said.append((done.returncode, *re.findall(r"FILE\d+|TOOL\d+", done.stderr)))

    assert set(said) <= {(127,), (1,), (3,), (3, "TOOL006"), (0,)}  # the first few are Python's, or its imports'
    assert (3, "TOOL006") in said
    assert said[-1] == (0,)


def test_content_that_is_gone_leaves_the_old_site(site: SiteTest) -> None:
    """A content folder on a disk that was not mounted must not publish an empty site."""
    site.article("a")
    subprocess.run(command("--output", "_site", "--cache", "cache"), cwd=site.folder, check=True)
    before = digest_of(site.output)
    (site.folder / "content").rename(site.folder / "elsewhere")

    gone = subprocess.run(
        command("--output", "_site", "--cache", "cache"), cwd=site.folder, capture_output=True, check=False
    )

    assert gone.returncode == 2
    assert b"USE001" in gone.stderr
    assert digest_of(site.output) == before


def held_back(asked: list[str], folder: Path) -> tuple[int, str]:
    """Return how a command ends that permissions hold back, and what it says to standard error."""
    done = subprocess.run(
        [*HELD_BACK, *asked],
        cwd=folder, env={**os.environ, "SITEGEN_LANG": "en"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stderr


@pytest.mark.skipif(not obeys_permissions(), reason="no setpriv to give up root's power")
@pytest.mark.parametrize("rights", [0o000, 0o444])
@pytest.mark.parametrize("place", ["content", "content/2026", "content/2026/04"])
def test_a_folder_that_nobody_may_look_into_leaves_the_old_site(site: SiteTest, place: str, rights: int) -> None:
    """A copy by another user, a broken disk: what lies there must not vanish from the site, nor the rest be deployed."""
    site.article("river").article("2026/lake").article("2026/04/sea")
    build = command("--output", "_site", "--no-search", "--cache", "cache")
    assert held_back(build, site.folder)[0] == 0
    before = digest_of(site.output)
    script = str(ROOT / "build.py")
    flags = ("--content", "content", "--output", "_site", "--cache", "cache")
    takedown = [sys.executable, script, "takedown", "/2026/03/river/", "--reason", "요청", *flags]
    others = [[sys.executable, script, *asked, *flags] for asked in (("list", "all"), ("check", "--no-search"))]
    (site.folder / place).chmod(rights)
    try:
        done = [held_back(asked, site.folder) for asked in (build, takedown, *others)]
    finally:
        (site.folder / place).chmod(0o755)

    assert [status for status, _ in done] == [3, 3, 3, 3]
    assert all(f"{place}" in told and "error TOOL008 cannot be read: Permission denied" in told for _, told in done)
    assert digest_of(site.output) == before
    assert held_back(build, site.folder) == (0, "")


@pytest.mark.skipif(not obeys_permissions(), reason="no setpriv to give up root's power")
def test_one_file_that_nobody_may_read_is_held_back_alone(site: SiteTest) -> None:
    """And what a disk keeps for its repairs is nobody's article."""
    site.article("river").article("lake").write("content/lost+found/x.md", "").write("content/.trash/x.md", "")
    shut = ("lake.md", "lost+found", ".trash")
    for name in shut:
        (site.folder / "content" / name).chmod(0)
    try:
        status, told = held_back(command("--output", "_site", "--no-search", "--no-cache"), site.folder)
    finally:
        for name in shut:
            (site.folder / "content" / name).chmod(0o755)

    assert (status, told.count("error")) == (1, 1)
    assert "content/lake.md: error FILE001 cannot read the file: Permission denied" in told
    assert (site.output / "2026/03/river/index.html").is_file()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
@pytest.mark.parametrize("place", ["content/note.txt", "content/pipe.md", "templates/p.html"])
def test_a_pipe_that_never_ends_does_not_hold_a_build(site: SiteTest, place: str) -> None:
    """Some tool leaves one behind; a build that reads it waits for ever, in CI until its time is up."""
    site.article("river").write("templates/words/ko.toml", "")
    os.mkfifo(site.folder / place)
    os.utime(site.folder / place, (0, 0))

    outcome = run(*PLACES, "--templates", "templates", cwd=site.folder)

    assert (outcome.status, "FILE001" in outcome.err) == ((1, True) if place.endswith(".md") else (0, False))
    assert (site.folder / "_site/2026/03/river/index.html").is_file()


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ("folder", "Is a directory"),
        ("link to nothing", "No such file or directory"),
        ("pipe", "it is no regular file"),
    ],
)
def test_settings_that_cannot_be_read_are_not_passed_over(site: SiteTest, how: str, why: str) -> None:
    """A site without its own address and rules would be published in the place of the right one."""
    site.article("river")
    settings = site.folder / "content/site.toml"
    if how == "folder":
        settings.mkdir()
    elif how == "pipe":
        os.mkfifo(settings)
    else:
        settings.symlink_to("nowhere.toml")

    outcome = run(*PLACES, cwd=site.folder)

    assert outcome.status == 3
    assert f"site.toml: error TOOL008 cannot be read: {why}" in outcome.err
    assert not (site.folder / "_site").exists()


@pytest.mark.parametrize("target", ["../secret.toml", "/dev/zero", "site.toml"])
def test_settings_behind_a_link_that_leads_out_are_not_read(site: SiteTest, target: str) -> None:
    """Whoever may write into `content/` may not have another file read, nor quoted in what is wrong with it."""
    site.article("river").write("secret.toml", '[site]\ntitle = "비밀"\n\n암호 = "1234"\n')
    (site.folder / "content/site.toml").symlink_to(target)

    outcome = run(*PLACES, cwd=site.folder)

    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.startswith("content/site.toml: error FILE002 a link that leads out of its folder")
    assert not (site.folder / "_site").exists()


def test_settings_behind_a_link_within_the_folder_are_read(site: SiteTest) -> None:
    """One file for two sites, say, each with its own in a folder."""
    site.article("river").write("content/shared/own.toml", '[site]\ntitle = "우리 모음"\n')
    (site.folder / "content/site.toml").symlink_to("shared/own.toml")

    assert run(*PLACES, cwd=site.folder).status == 0
    assert "우리 모음" in site.page("/").html


def test_a_memory_that_breaks_in_the_middle_of_a_build_is_done_without(site: SiteTest) -> None:
    """What is read of it at first is whole; SQLite gives up the file when the damage is met."""
    site.article("강").article("lake", title="Lakes", more="lang: en\n", body="Lake levels rise.")
    memory = site.folder / "memory.sqlite"
    for number in range(3):
        site.article("강", body=f"{LONG}\n\n{number}번 고쳤습니다.").build(search=True, cache_path=memory)
    assert not memory.with_name("memory.sqlite-wal").exists()  # nobody has it open any more
    damage(memory, "SELECT value FROM part WHERE name LIKE '%readings'")
    site.article("강", body=f"{LONG}\n\n또 고쳤습니다.")

    found = site.build(search=True, cache_path=memory).files()
    clean = site.build(search=True, cache_path=None).files()

    assert found == clean


def damage(database: Path, question: str) -> None:
    """Let a value's chain of pages lead nowhere (SQLite's file format, 1.6: each begins with the number of the next)."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("VACUUM")  # so that there is one page with these bytes
        [(page_bytes,)] = connection.execute("PRAGMA page_size").fetchall()
        [(value,)] = connection.execute(question).fetchall()
    data = bytearray(database.read_bytes())
    page = data.index(value[len(value) // 2 :][:64]) // page_bytes
    data[page * page_bytes : page * page_bytes + 4] = b"\xff" * 4
    database.write_bytes(data)


@pytest.mark.skipif(sys.platform == "win32", reason="no ulimit")
def test_a_page_that_finds_room_for_a_part_only_is_not_published(site: SiteTest) -> None:
    """The system writes what it can and says nothing: such a page would stand, cut off, for ever."""
    flags = ("--content", "content", "--output", "_site", "--cache", "cache", "--now", "2026-11-22", "--no-search")
    site.article("river")
    run(*flags, cwd=site.folder)
    before = tree(site.output)
    site.article("river", body="긴 본문입니다. " * 9000)

    cut = subprocess.run(
        ["sh", "-c", 'ulimit -f 200; exec "$@"', "sh", sys.executable, str(ROOT / "build.py"), *flags],
        cwd=site.folder, env={**os.environ, "SITEGEN_LANG": "en"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    after = tree(site.output)
    run(*flags, cwd=site.folder)
    run(*flags[:3], "clean", *flags[6:], "--no-cache", cwd=site.folder)

    assert (cut.returncode, "TOOL001" in cut.stderr) == (3, True)
    assert after == before
    assert tree(site.output) == tree(site.folder / "clean")


def test_a_file_too_large_to_be_read_is_held_back_and_the_others_are_published(site: SiteTest) -> None:
    """Somebody leaves a recording among the articles: it must not take all the memory there is."""
    site.article("river").write("content/film.md", "").write(
        "content/novel.md", "---\ntitle: 글\n---\n" + "a" * 8_000_001
    )
    os.truncate(site.folder / "content/film.md", 3 << 30)

    outcome = run("--content", "content", "--output", "_site", "--no-search", cwd=site.folder)

    assert outcome.status == 1
    assert (
        "content/film.md:1:1: error BODY005 the body is too large: 3,221,225,472 bytes (limit 32,000,000)"
        in outcome.err
    )
    assert (
        "content/novel.md:4:1: error BODY005 the body is too large: 8,000,001 characters (limit 8,000,000)"
        in outcome.err
    )
    assert (site.output / "2026/03/river/index.html").is_file()


def test_a_python_without_our_packages_is_told_where_they_are(site: SiteTest) -> None:
    """Whoever calls the system's own Python has done nothing wrong that a traceback would explain."""
    called = subprocess.run(
        [sys.executable, "-S", str(ROOT / "build.py"), "--no-search"],
        cwd=site.folder, env={**os.environ, "SITEGEN_LANG": "en"}, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert called.returncode == 3
    assert called.stderr.startswith("sitegen: error TOOL012 this Python lacks a package that is needed: ")
    assert "Traceback" not in called.stderr


@pytest.mark.skipif(not has_namespaces(), reason="no user namespaces (unshare --map-root-user)")
@pytest.mark.parametrize("limit", ["max_inotify_instances", "max_inotify_watches"])
def test_a_system_that_watches_no_more_folders_is_told(site: SiteTest, limit: str) -> None:
    """An editor with large projects has used up what there is."""
    site.article("river")
    serve = shlex.join([sys.executable, str(ROOT / "build.py"), "serve", "--no-search", "--port", "0"])

    called = subprocess.run(
        [*NAMESPACE, "sh", "-c", f"echo 0 > /proc/sys/user/{limit}; exec {serve}"],
        cwd=site.folder, env={**os.environ, "SITEGEN_LANG": "en"}, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip

    assert called.returncode == 3
    assert "error TOOL011 the folder cannot be watched: " in called.stderr


LOCKS_NOTHING = """\
import ctypes, os, struct, sys
# What the kernel does with a call: where its number is flock's, it answers ENOLCK, as some network disks do.
filter = [(0x20, 0, 0, 0), (0x15, 0, 1, int(sys.argv[1])), (0x06, 0, 0, 0x00050000 | 37), (0x06, 0, 0, 0x7FFF0000)]
steps = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in filter))
program = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(filter), ctypes.addressof(steps)))
libc = ctypes.CDLL(None)
if libc.prctl(38, 1, 0, 0, 0) or libc.prctl(22, 2, ctypes.byref(program), 0, 0):
    sys.exit(77)
os.execv(sys.executable, [sys.executable, *sys.argv[2:]])
"""
FLOCK = {"x86_64": 73, "aarch64": 32}.get(os.uname().machine)  # the call's number


@pytest.mark.skipif(FLOCK is None, reason="the number of a system call is known for two kinds of machines")
def test_a_disk_that_locks_nothing_is_told(site: SiteTest) -> None:
    """Two builds at once would mix their sites: none is begun there."""
    site.article("river")
    build = [str(ROOT / "build.py"), "--no-search"]

    called = subprocess.run(
        [sys.executable, "-c", LOCKS_NOTHING, str(FLOCK), *build],
        cwd=site.folder, env={**os.environ, "SITEGEN_LANG": "en"}, capture_output=True, text=True, check=False,
    )  # fmt: skip

    if called.returncode == 77:
        pytest.skip("this kernel filters no calls")
    assert called.returncode == 3
    assert "error TOOL013 this folder cannot be locked: No locks available" in called.stderr
    assert not site.output.exists()
