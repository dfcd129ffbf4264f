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


@pytest.mark.parametrize(
    ("change", "is_seen"),
    [
        (lambda site: (site / "a/b.html").write_text("다른 글"), False),  # the file's own stamp tells
        (lambda site: (site / "a/c.html").write_text(""), True),
        (lambda site: (site / "a/b.html").unlink(), True),
        (lambda site: (site / "new").mkdir(), True),
        (lambda site: shutil.copytree(shutil.move(site / "a", site.parent / "a"), site / "a"), True),
        (lambda site: (shutil.rmtree(site / "a"), (site / "a").write_text("")), True),
    ],
    ids=["a file changed", "a file came", "a file went", "an empty folder came", "a folder is another", "now a file"],
)
def test_a_folder_tells_whether_a_name_came_or_went(tmp_path, change, is_seen):
    """So that a tree that was left need not be searched for files of others."""
    site = tmp_path / "site"
    (site / "a").mkdir(parents=True)
    for path in ("index.html", "a/b.html"):
        (site / path).write_text("글")
    stamps = folder_stamps(str(site), folders_of(["index.html", "a/b.html"]))
    before = have_their_names(str(site), stamps)
    time.sleep(TICK)

    change(site)

    assert before
    assert have_their_names(str(site), stamps) is not is_seen


def test_where_the_clock_counts_seconds_no_folder_is_believed(tmp_path):
    """A name may have come within the same second."""
    (tmp_path / "a").mkdir()
    for folder in (tmp_path / "a", tmp_path):
        os.utime(folder, ns=(0, 1_800_000_000 * 10**9))

    stamps = folder_stamps(str(tmp_path), folders_of(["a/b.html"]))

    assert set(stamps) == {"", "a"}
    assert not have_their_names(str(tmp_path), stamps)


def test_all_folders_of_a_path_are_named():
    """Up to the one that all lie in."""
    assert folders_of(["2026/10/a/index.html", "2026/b.html", "c.html"]) == {"", "2026", "2026/10", "2026/10/a"}
