"""Files → the output folder: at every moment wholly the old site or wholly the new one."""

import os
from pathlib import PurePosixPath

import pytest

from sitegen.errors import ToolError, UsageError
from sitegen.model import OutputFile
from sitegen.output.writer import MARKER, Stage, check_output, exchange, relative_files, remove_output, staged


def file(path, text="글"):
    """Return an output file."""
    return OutputFile(path=PurePosixPath(path), data=text.encode())


def publish(output, *paths):
    """Publish a site of these files."""
    with staged(output) as stage:
        for path in paths:
            stage.write(file(path))
        return stage.publish()


def fail_half_way(output):
    """Begin a site and fail with one file written."""
    with staged(output) as stage:
        stage.write(file("half.html"))
        raise ZeroDivisionError


def beside(output):
    """Return what lies beside an output folder."""
    return sorted(path.name for path in output.parent.iterdir() if path != output)


def test_a_site_is_published_whole_with_its_mark(tmp_path):
    """The mark is how the next build knows that the folder may be replaced."""
    output = tmp_path / "_site"

    result = publish(output, "index.html", "2024/05/글/index.html")

    assert relative_files(output) == {MARKER, "index.html", "2024/05/글/index.html"}
    assert (output / "2024/05/글/index.html").read_text("utf-8") == "글"
    assert (result.written, result.deleted) == (3, 0)
    assert beside(output) == []


def test_files_of_the_old_site_are_gone_after_the_next(tmp_path):
    """A withdrawn article must not stay reachable because nobody deleted it."""
    output = tmp_path / "_site"
    publish(output, "index.html", "old/index.html")

    result = publish(output, "index.html", "new/index.html")

    assert relative_files(output) == {MARKER, "index.html", "new/index.html"}
    assert (result.written, result.deleted) == (3, 1)


def test_a_failed_build_leaves_the_old_site(tmp_path):
    """Half a site is worse than yesterday's."""
    output = tmp_path / "_site"
    publish(output, "index.html")

    with pytest.raises(ZeroDivisionError):
        fail_half_way(output)

    assert relative_files(output) == {MARKER, "index.html"}
    assert beside(output) == []


def test_two_builds_at_once_are_kept_apart(tmp_path):
    """Two jobs that write one folder would mix their sites."""
    output = tmp_path / "_site"

    with staged(output), pytest.raises(UsageError) as caught, staged(output):
        pass

    assert caught.value.problem.code == "USE004"
    publish(output, "index.html")
    assert "index.html" in relative_files(output)


def test_a_lock_left_by_a_dead_build_stops_nobody(tmp_path):
    """After a power cut the next build must work without help."""
    output = tmp_path / "_site"
    (tmp_path / "._site.lock").write_text("")

    publish(output, "index.html")

    assert "index.html" in relative_files(output)
    assert beside(output) == []


def test_what_a_killed_build_left_is_healed(tmp_path):
    """A build killed while staging leaves a folder that must not be published."""
    output = tmp_path / "_site"
    publish(output, "index.html")
    (tmp_path / "._site.next" / "half").mkdir(parents=True)
    (tmp_path / "._site.next" / "half" / "a.html").write_text("반쪽")

    publish(output, "index.html", "a.html")

    assert relative_files(output) == {MARKER, "index.html", "a.html"}
    assert beside(output) == []


def test_a_build_killed_between_two_renames_gets_its_site_back(tmp_path):
    """Where the exchange takes two steps, a kill between them leaves no site at all."""
    output = tmp_path / "_site"
    publish(output, "index.html")
    output.rename(tmp_path / "._site.previous")

    with pytest.raises(ZeroDivisionError):
        fail_half_way(output)

    assert relative_files(output) == {MARKER, "index.html"}


def test_folders_change_names_in_one_step_or_say_that_they_cannot(tmp_path):
    """Readers of a live folder must never meet a missing page."""
    first, second = tmp_path / "a", tmp_path / "b"
    for folder in (first, second):
        folder.mkdir()
        (folder / folder.name).write_text("")

    done = exchange(first, second)

    assert relative_files(first) == ({"b"} if done else {"a"})
    assert relative_files(second) == ({"a"} if done else {"b"})


def test_a_folder_of_somebody_else_is_left_alone(tmp_path):
    """`--output ~` must not empty a home folder."""
    foreign = tmp_path / "papers"
    foreign.mkdir()
    (foreign / "thesis.txt").write_text("소중한 글")

    with pytest.raises(UsageError) as caught:
        check_output(foreign, ())

    assert caught.value.problem.code == "USE002"
    assert (foreign / "thesis.txt").exists()


def test_a_file_or_a_link_is_no_output_folder(tmp_path):
    """A link could lead anywhere."""
    (tmp_path / "file").write_text("")
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")

    codes = []
    for name in ("file", "link"):
        with pytest.raises(UsageError) as caught:
            check_output(tmp_path / name, ())
        codes.append(caught.value.problem.code)

    assert codes == ["USE002", "USE002"]


@pytest.mark.parametrize("name", ["new", "empty", "ours"])
def test_a_new_an_empty_and_an_own_folder_may_be_used(tmp_path, name):
    """The first build and every later one need no flag."""
    (tmp_path / "empty").mkdir()
    publish(tmp_path / "ours", "index.html")

    check_output(tmp_path / name, (("content", tmp_path / "content"),))

    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("output", ["content", "content/site", "."])
def test_an_output_that_overlaps_the_content_is_refused(tmp_path, output):
    """Replacing the output would delete the articles."""
    content = tmp_path / "content"
    content.mkdir()

    with pytest.raises(UsageError) as caught:
        check_output(tmp_path / output, (("content", content),))

    assert caught.value.problem.code == "USE003"
    assert dict(caught.value.problem.details) == {"folder": "content"}


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    """A full or closed disk is not a bug."""
    (tmp_path / "file").write_text("")

    with pytest.raises(ToolError) as caught, staged(tmp_path / "file" / "_site"):
        pass

    assert caught.value.problem.code == "TOOL001"
    assert caught.value.exit_status == 3


def test_a_stage_is_empty_but_for_its_mark(tmp_path):
    """Nothing of an older build may slip into a new one."""
    output = tmp_path / "_site"

    with staged(output) as stage:
        found = relative_files(stage.folder)

    assert found == {MARKER}
    assert isinstance(stage, Stage)


def test_cleaning_removes_what_builds_made_and_says_whether_there_was_any(tmp_path):
    """`clean` must not surprise: only our own folders, and twice is as good as once."""
    output = tmp_path / "_site"
    publish(output, "index.html")
    (tmp_path / "._site.next").mkdir()
    (tmp_path / "notes.txt").write_text("")

    first, second = remove_output(output), remove_output(output)

    assert (first, second) == (True, False)
    assert os.listdir(tmp_path) == ["notes.txt"]
