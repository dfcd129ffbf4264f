"""`clean`: what commands have made goes, and nothing that anybody else has put there."""

import os
from pathlib import Path

import pytest

from tests.conftest import SiteTest, run, tree

FLAGS = ("--content", "content", "--output", "_site", "--cache", "cache")


@pytest.fixture
def project(site: SiteTest) -> SiteTest:
    """Give a project that was built once."""
    site.article("river")
    run(*FLAGS, "--no-search", cwd=site.folder)
    return site


def test_what_builds_and_previews_made_goes(project: SiteTest) -> None:
    """The output, its spare, the memory, the notes, the preview: `clean` leaves a folder as if nobody had built."""
    run("--output", "cache/preview", *FLAGS[:2], *FLAGS[4:], "--no-search", cwd=project.folder)
    project.write("cache/links.json", "{}").write("cache/0123456789abcdef-0123456789abcdef.sqlite-wal", "")

    outcome = run("clean", *FLAGS, cwd=project.folder)

    assert (outcome.status, outcome.out) == (0, "removed _site, cache\n")
    assert sorted(path.name for path in project.folder.iterdir()) == ["content"]


def test_all_that_goes_is_named(project: SiteTest) -> None:
    """The spare of the last site but one is as large as the site."""
    project.article("lake")
    run(*FLAGS, "--no-search", cwd=project.folder)

    outcome = run("clean", *FLAGS, cwd=project.folder)

    assert outcome.out == "removed _site, ._site.next, cache\n"
    assert sorted(path.name for path in project.folder.iterdir()) == ["content"]


def test_what_others_keep_in_the_cache_stays(project: SiteTest) -> None:
    """Where `.cache` is a home's own, pip and the browser have their files there."""
    theirs = ("pip/wheel", "notes.sqlite", "preview/a", "meeting.note")
    for name in theirs:
        project.write(f"cache/{name}", "theirs")
    before = tree(project.folder / "content")

    outcome = run("clean", *FLAGS, cwd=project.folder)

    assert outcome.status == 0
    assert outcome.out.startswith("removed _site, cache/")
    assert tree(project.folder / "cache") == dict.fromkeys(theirs, b"theirs")
    assert tree(project.folder / "content") == before


def test_a_folder_without_anything_of_ours_is_left_alone(project: SiteTest) -> None:
    """A folder is named by a slip as easily as rightly."""
    project.write("precious/thesis.txt", "mine")

    outcome = run("clean", *FLAGS[:4], "--cache", "precious", cwd=project.folder)
    again = run("clean", *FLAGS[:4], "--cache", "precious", cwd=project.folder)

    assert (outcome.out, again.out) == ("removed _site\n", "nothing to remove\n")
    assert tree(project.folder / "precious") == {"thesis.txt": b"mine"}


def test_builds_and_takedowns_leave_the_notes_of_others(project: SiteTest) -> None:
    """Old notes of ours are forgotten; a name that ends as theirs do makes no file ours."""
    for number in range(12):
        project.write(f"cache/meeting{number}.note", "mine")

    run(*FLAGS, "--no-search", "--now", "2026-11-23", cwd=project.folder)
    run("takedown", "content/river.md", "--reason", "asked", *FLAGS, cwd=project.folder)

    assert len(list((project.folder / "cache").glob("meeting*.note"))) == 12


def test_an_empty_folder_is_left_alone(project: SiteTest) -> None:
    """It is somebody's, too."""
    (project.folder / "empty").mkdir()

    run("clean", *FLAGS[:4], "--cache", "empty", cwd=project.folder)

    assert (project.folder / "empty").is_dir()


def test_what_was_built_longest_ago_is_forgotten(project: SiteTest) -> None:
    """Whoever builds into a new folder each night would fill a disk with what no build asks for again."""
    cache = project.folder / "cache"
    for number in range(12):
        for end in ("", "-wal"):
            old = cache / f"{number:016x}-{number:016x}.sqlite{end}"
            old.write_bytes(b"")
            os.utime(old, (1_000_000 + number, 1_000_000 + number))
    (cache / "mine.sqlite").write_bytes(b"")

    project.article("lake")

    run(*FLAGS, "--no-search", cwd=project.folder)

    kept = {path.name.partition("-")[0] for path in cache.glob("*.sqlite*")}
    assert {f"{number:016x}" for number in range(12)} & kept == {f"{number:016x}" for number in range(5, 12)}
    assert len(kept) == 9  # with the build's own, and a stranger's


def test_without_a_cache_it_is_left_alone(project: SiteTest) -> None:
    """`--no-cache` means the same everywhere."""
    before = tree(project.folder / "cache")

    outcome = run("clean", *FLAGS, "--no-cache", cwd=project.folder)

    assert outcome.out == "removed _site\n"
    assert tree(project.folder / "cache") == before != {}


def test_a_cache_behind_a_link_is_emptied(project: SiteTest) -> None:
    """A cache on another disk stays one."""
    (project.folder / "disk").mkdir()
    (project.folder / "link").symlink_to("disk")
    run(*FLAGS[:4], "--cache", "link", "--no-search", cwd=project.folder)

    outcome = run("clean", *FLAGS[:4], "--cache", "link", cwd=project.folder)

    assert outcome.status == 0
    assert tree(project.folder / "disk") == {}


@pytest.mark.parametrize("command", ["build", "clean", "check", "serve"])
@pytest.mark.parametrize("place", ["content", "content/.cache", "_site", "static"])
def test_a_cache_in_a_folder_of_the_site_is_refused(project: SiteTest, command: str, place: str) -> None:
    """There it would be read, published or replaced with the folder."""
    project.write("static/robots.txt", "")
    flags = (*FLAGS[:4], "--static", "static", "--cache", place)
    before = tree(project.folder)

    outcome = run(command, *flags, cwd=project.folder)

    assert outcome.status == 2
    assert outcome.lines("USE005") == [
        f"--cache: error USE005 cannot lie in the folder {place.split('/', maxsplit=1)[0]}"
    ]
    assert tree(project.folder) == before


def test_a_home_of_its_own_is_safe(tmp_path: Path) -> None:
    """`sitegen clean` typed in the home folder by a slip removes nothing."""
    home = SiteTest(tmp_path).write(".cache/pip/wheel", "theirs").write("content/a.txt", "theirs")

    outcome = run("clean", "--cache", ".cache", "--content", "content", "--output", "_site", cwd=home.folder)

    assert outcome.status == 0
    assert tree(tmp_path) == {".cache/pip/wheel": b"theirs", "content/a.txt": b"theirs"}
