"""What is seen of a folder's files: all that a build may read, and no more."""

import os
import shutil
import time

import pytest

from sitegen.runtime.stamps import ANYWHERE, TICK, folder_stamps, folders_of, have_their_names, stamps_below


def test_a_folder_is_left_out_by_its_place_or_wherever_it_lies(tmp_path):
    """Python's own files come and go beside our code; in somebody's content such a folder is like any other."""
    for path in ("a.md", "captures/b.xml", "x/captures/c.xml", "__pycache__/d.md", "x/__pycache__/e.md"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()

    found = stamps_below(str(tmp_path)), stamps_below(str(tmp_path), ("captures", f"{ANYWHERE}__pycache__"))

    assert set(found[0]) == {"a.md", "captures/b.xml", "x/captures/c.xml", "__pycache__/d.md", "x/__pycache__/e.md"}
    assert set(found[1]) == {"a.md", "x/captures/c.xml"}


FILES = ("index.html", "a/b.html")


def sneaked_into(folder):
    """Put a file into a folder and give this its old time, as `cp -a` and `rsync -a` do."""
    before = folder.stat()
    (folder / "sneaked.html").write_text("")
    os.utime(folder, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.parametrize(
    ("change", "is_seen"),
    [
        (lambda site: (site / "a/b.html").write_text("다른 글"), False),  # the file's own stamp tells
        (lambda site: (site / "a/c.html").write_text(""), True),
        (lambda site: (site / "a/b.html").unlink(), True),
        (lambda site: (site / "new").mkdir(), True),
        (lambda site: shutil.copytree(shutil.move(site / "a", site.parent / "a"), site / "a"), True),
        (lambda site: (shutil.rmtree(site / "a"), (site / "a").write_text("")), True),
        (lambda site: sneaked_into(site / "a"), True),
        (sneaked_into, True),
    ],
    ids=[
        "a file changed",
        "a file came",
        "a file went",
        "an empty folder came",
        "a folder is another",
        "a folder is a file now",
        "a file came, and the folder has its old time",
        "a file came beside all, and the first folder has its old time",
    ],
)
def test_a_folder_tells_whether_a_name_came_or_went(tmp_path, change, is_seen):
    """So that a tree that was left need not be searched for files of others."""
    site = tmp_path / "site"
    (site / "a").mkdir(parents=True)
    for path in FILES:
        (site / path).write_text("글")
    stamps = folder_stamps(str(site), folders_of(FILES))
    before = have_their_names(str(site), FILES, stamps)
    time.sleep(TICK)

    change(site)

    assert before
    assert have_their_names(str(site), FILES, stamps) is not is_seen


def test_where_the_clock_counts_seconds_no_folder_is_believed(tmp_path):
    """A name may have come within the same second."""
    (tmp_path / "a").mkdir()
    stamps = folder_stamps(str(tmp_path), folders_of(["a/b.html"]))
    coarse = {folder: (inode, time - time % 10**9) for folder, (inode, time) in stamps.items()}

    assert set(stamps) == {"", "a"}
    assert have_their_names(str(tmp_path), ["a/b.html"], stamps)
    assert not have_their_names(str(tmp_path), ["a/b.html"], coarse)


def test_all_folders_of_a_path_are_named():
    """Up to the one that all lie in."""
    assert folders_of(["2026/10/a/index.html", "2026/b.html", "c.html"]) == {"", "2026", "2026/10", "2026/10/a"}
