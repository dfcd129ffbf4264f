"""Files → the output folder: at every moment wholly the old site or wholly the new one."""

import marshal
import os
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from sitegen.errors import ToolError, UsageError
from sitegen.messages import render
from sitegen.model import OutputFile
from sitegen.output.publish import Publication
from sitegen.output.tree import SHELF, SHELVES
from sitegen.output.writer import MARKER, check_output, exchange, is_about, remove_output, staged, try_lock
from sitegen.runtime.fingerprint import name_of
from sitegen.runtime.memory import PART, Memory, checked
from sitegen.runtime.stamps import stamps_below


@pytest.fixture
def memory(tmp_path):
    """Give a memory of earlier sites."""
    with Memory(tmp_path / "memory" / "m.sqlite") as memory:
        yield memory


def publish(output, *paths, memory=None, text="글"):
    """Publish a site of these files, with a memory of earlier ones or without; return what the build did."""
    if memory is None:
        with TemporaryDirectory() as folder, Memory(Path(folder, "memory.sqlite")) as empty:
            return publish(output, *paths, memory=empty, text=text)
    with staged(output) as stage:
        publication = Publication(stage, memory)
        publication.want({path: name_of(text) for path in paths})
        publication.clear()
        for path in publication.missing(paths):
            stage.write(OutputFile(path=path, data=text.encode()))
        return publication.finish()[0]


def fail_half_way(output):
    """Begin a site and fail with one file written."""
    with staged(output) as stage:
        stage.begin()
        stage.write(OutputFile(path="half.html", data=b""))
        raise ZeroDivisionError


def be_interrupted(output, memory):
    """Begin a site and be interrupted with one file written."""
    with staged(output) as stage:
        publication = Publication(stage, memory)
        publication.want({"half.html": name_of("반")})
        stage.write(OutputFile(path="half.html", data=b""))
        raise KeyboardInterrupt


def test_who_interrupts_a_build_keeps_the_spare(tmp_path, memory):
    """A large one takes seconds to clear away, and the next build would have to copy all of it; a first site goes."""
    output = tmp_path / "_site"

    left = []
    for _ in range(3):
        with pytest.raises(KeyboardInterrupt):
            be_interrupted(output, memory)
        left.append((tmp_path / "._site.next").exists())
        publish(output, "index.html", memory=memory)
        assert files_in(output) == {MARKER, "index.html"}

    assert left == [False, False, True]


def files_in(folder):
    """Return the paths of all files below a folder."""
    return set(stamps_below(str(folder)))


def beside(output):
    """Return what lies beside an output folder."""
    return sorted(path.name for path in output.parent.iterdir() if path != output)


def test_a_site_is_published_whole_with_its_mark(tmp_path):
    """The mark is how the next build knows that the folder may be replaced."""
    output = tmp_path / "_site"

    result = publish(output, "index.html", "2024/05/글/index.html")

    assert files_in(output) == {MARKER, "index.html", "2024/05/글/index.html"}
    assert (output / "2024/05/글/index.html").read_text("utf-8") == "글"
    assert (result.written, result.deleted) == (3, 0)
    assert beside(output) == []


def test_files_of_the_old_site_are_gone_after_the_next(tmp_path):
    """A withdrawn article must not stay reachable because nobody deleted it."""
    output = tmp_path / "_site"
    publish(output, "index.html", "old/index.html")

    result = publish(output, "index.html", "new/index.html")

    assert files_in(output) == {MARKER, "index.html", "new/index.html"}
    assert (result.written, result.deleted) == (3, 1)


def test_a_failed_build_leaves_the_old_site(tmp_path):
    """Half a site is worse than yesterday's."""
    output = tmp_path / "_site"
    publish(output, "index.html")

    with pytest.raises(ZeroDivisionError):
        fail_half_way(output)

    assert files_in(output) == {MARKER, "index.html"}
    assert beside(output) == []


def test_two_builds_at_once_are_kept_apart(tmp_path):
    """Two jobs that write one folder would mix their sites."""
    output = tmp_path / "_site"

    with staged(output), pytest.raises(UsageError) as caught, staged(output):
        pass

    assert caught.value.problem.code == "USE004"
    publish(output, "index.html")
    assert "index.html" in files_in(output)


def test_a_lock_left_by_a_dead_build_stops_nobody(tmp_path):
    """After a power cut the next build must work without help."""
    output = tmp_path / "_site"
    (tmp_path / "._site.lock").write_text("")

    publish(output, "index.html")

    assert "index.html" in files_in(output)
    assert beside(output) == []


@pytest.mark.skipif(not hasattr(os, "O_PATH"), reason="no file that cannot be locked")
def test_a_lock_that_cannot_be_had_at_all_is_no_other_build_s(tmp_path):
    """Some network disks lock nothing: “another build is running” would be said for ever."""
    (tmp_path / "lock").touch()

    with os.fdopen(os.open(tmp_path / "lock", os.O_PATH)) as stream, pytest.raises(OSError, match="Bad file"):
        try_lock(stream)


def test_what_a_killed_build_left_is_healed(tmp_path):
    """A build killed while staging leaves a folder that must not be published."""
    output = tmp_path / "_site"
    publish(output, "index.html")
    (tmp_path / "._site.next" / "half").mkdir(parents=True)
    (tmp_path / "._site.next" / "half" / "a.html").write_text("반쪽")

    publish(output, "index.html", "a.html")

    assert files_in(output) == {MARKER, "index.html", "a.html"}
    assert beside(output) == []


def test_a_build_killed_between_two_renames_gets_its_site_back(tmp_path):
    """Where the exchange takes two steps, a kill between them leaves no site at all."""
    output = tmp_path / "_site"
    publish(output, "index.html")
    output.rename(tmp_path / "._site.previous")

    with pytest.raises(ZeroDivisionError):
        fail_half_way(output)

    assert files_in(output) == {MARKER, "index.html"}


def test_folders_change_names_in_one_step_or_say_that_they_cannot(tmp_path):
    """Readers of a live folder must never meet a missing page."""
    first, second = tmp_path / "a", tmp_path / "b"
    for folder in (first, second):
        folder.mkdir()
        (folder / folder.name).write_text("")

    done = exchange(first, second)

    assert files_in(first) == ({"b"} if done else {"a"})
    assert files_in(second) == ({"a"} if done else {"b"})


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

    found = []
    for name in ("file", "link"):
        with pytest.raises(UsageError) as caught:
            check_output(tmp_path / name, ())
        found.append(caught.value.problem)

    assert [problem.code for problem in found] == ["USE002", "USE010"]
    assert f"name the folder itself: --output {tmp_path / 'real'}" in render(found[1], "en")[1]


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


def test_a_spare_is_used_only_where_it_is_known_to_be_the_old_site(tmp_path, memory):
    """The next build goes on from the spare; whatever else lies there would slip into the site."""
    output = tmp_path / "_site"

    publish(output, "index.html", memory=memory)
    (output / "index.html").write_text("남의 글")
    publish(output, "index.html", "a.html", memory=memory)
    after_foreign_edit = (output / "index.html").read_text("utf-8")
    publish(output, "index.html", "b.html", memory=memory)

    assert after_foreign_edit == (output / "index.html").read_text("utf-8") == "글"
    assert files_in(tmp_path / "._site.next") == {MARKER, "index.html", "a.html"}
    assert files_in(output) == {MARKER, "index.html", "b.html"}


@pytest.mark.parametrize(
    "strange",
    ["CNAME", "a/.DS_Store", "a/b/c/old.html", "새/글.html"],
    ids=["beside all", "hidden, in a folder of ours", "in folders of its own", "in a new folder"],
)
def test_what_others_put_into_the_site_does_not_come_back_with_the_spare(tmp_path, memory, strange):
    """It is gone with the next build; the one after that would bring it back, for its folder is the spare by then."""
    output, pages = tmp_path / "_site", ("index.html", "a/b/index.html")
    publish(output, *pages, memory=memory)
    publish(output, *pages, "first.html", memory=memory)

    (output / strange).parent.mkdir(parents=True, exist_ok=True)
    (output / strange).write_text("남의 파일")
    found = []
    for more in ("second.html", "third.html", "fourth.html"):
        publish(output, *pages, more, memory=memory)
        found.append(files_in(output) - {MARKER, *pages, more})

    assert found == [set()] * 3
    assert not any(path.is_dir() for path in output.rglob("[새c]"))


@pytest.mark.parametrize("place", ["CNAME", "a/b/new/deep"], ids=["where a file comes", "elsewhere"])
def test_empty_folders_of_others_are_no_part_of_a_site(tmp_path, memory, place):
    """They would stand in the way of a file, and wander between the site and its spare for ever."""
    output, pages = tmp_path / "_site", ("index.html", "a/b/index.html")
    for more in ("first.html", "second.html"):
        publish(output, *pages, more, memory=memory)

    (tmp_path / "._site.next" / place).mkdir(parents=True)
    publish(output, *pages, "CNAME", memory=memory)

    assert files_in(output) == {MARKER, *pages, "CNAME"}
    assert sorted(path.name for path in output.rglob("*") if path.is_dir()) == ["a", "b"]


@pytest.mark.parametrize("kind", ["file", "link", "dangling link"])
def test_what_is_no_folder_is_no_spare(tmp_path, memory, kind):
    """A link's target is somebody else's, and stays; a link must never become the site."""
    output, elsewhere = tmp_path / "_site", tmp_path / "elsewhere"
    for more in ("first.html", "second.html"):
        publish(output, more, memory=memory)
    spare = (tmp_path / "._site.next").rename(elsewhere)
    stayed = files_in(elsewhere)
    if kind == "file":
        (tmp_path / "._site.next").write_text("")
    else:
        (tmp_path / "._site.next").symlink_to(spare if kind == "link" else tmp_path / "nowhere")

    publish(output, "third.html", memory=memory)

    assert not output.is_symlink()
    assert files_in(output) == {MARKER, "third.html"}
    assert files_in(elsewhere) == stayed


def test_a_folder_that_others_emptied_is_filled_again(tmp_path, memory):
    """Whatever they took from the site is in neither tree as it was left."""
    output, pages = tmp_path / "_site", ("index.html", "a/b/index.html")
    publish(output, *pages, memory=memory)
    publish(output, *pages, "first.html", memory=memory)

    shutil.rmtree(output / "a")
    for more in ("second.html", "third.html"):
        publish(output, *pages, more, memory=memory)

    assert files_in(output) == {MARKER, *pages, "third.html"}


def test_an_edit_keeps_no_more_of_a_tree_than_has_changed(tmp_path, memory):
    """What is remembered of 100,000 pages takes 60 MB."""
    output = tmp_path / "_site"
    pages = [f"{number}/index.html" for number in range(200)]
    for _ in range(3):
        publish(output, *pages, memory=memory)
    before = shelves_kept(memory)

    publish(output, *pages, "new/index.html", memory=memory)

    changed = {name for name, data in shelves_kept(memory).items() if before.get(name) != data}
    assert len(before) == 2 * SHELVES
    assert 0 < len(changed) <= 3  # the page and its folder; the folder that this lies in


@pytest.mark.parametrize(
    "left", [(1, 2, {"index.html": (b"", (1, 2, 3, 4))}), "x", [1, 2]], ids=["four", "text", "list"]
)
def test_what_another_version_has_kept_of_a_tree_is_nothing_known(tmp_path, memory, left):
    """A site outlives versions of its generator: the next build makes all of it."""
    output = tmp_path / "_site"
    publish(output, "index.html", memory=memory)
    memory.run("UPDATE part SET value = ? WHERE name LIKE 'output %'", b"")
    name = f"output {output}"
    memory.run("INSERT OR REPLACE INTO part VALUES (?, ?)", name, checked(name, marshal.dumps(left)))

    publish(output, "index.html", "a.html", memory=memory)

    assert files_in(output) == {MARKER, "index.html", "a.html"}


def shelves_kept(memory: Memory) -> dict[str, bytes]:
    """Return what is kept of trees."""
    return {name: bytes(memory.data(PART, name) or b"") for name in memory.names(f"{SHELF} ")}


def test_what_stands_is_not_made_again(tmp_path, memory):
    """An edit of one page must not cost a whole site: the rest is kept or copied."""
    output = tmp_path / "_site"
    publish(output, "index.html", "a/index.html", memory=memory)
    made = []

    for number in range(3):
        with staged(output) as stage:
            publication = Publication(stage, memory)
            publication.want({"index.html": name_of("글"), "a/index.html": name_of(number)})
            publication.clear()
            made.append(publication.missing(["index.html", "a/index.html"]))
            stage.write(OutputFile(path="a/index.html", data=str(number).encode()))
            publication.finish()

    assert made == [["a/index.html"]] * 3
    assert (output / "index.html").read_text("utf-8") == "글"
    assert (output / "a/index.html").read_text("utf-8") == "2"
    assert all(path.stat().st_nlink == 1 for path in output.rglob("*.html"))


def test_a_folder_may_stand_where_a_file_stood(tmp_path, memory):
    """An alias `a.html` becomes the folder of an article, and the other way round."""
    output = tmp_path / "_site"

    found = []
    for paths in (["a.html"], ["b.html"], ["a.html/index.html"], ["b.html/x/y.html"], ["a.html"]):
        publish(output, *paths, memory=memory)
        found.append(files_in(output) - {MARKER})

    assert found == [{"a.html"}, {"b.html"}, {"a.html/index.html"}, {"b.html/x/y.html"}, {"a.html"}]


@pytest.mark.parametrize(
    ("path", "is_so"),
    [
        ("sites/_site", True),
        ("sites/_site/2026/index.html", True),
        ("sites/._site.next/2026", True),
        ("sites/._site.lock", True),
        ("sites", True),
        ("sites/content/a.md", False),
        ("sites/_site2/a", False),
        ("elsewhere/_site", False),
    ],
)
def test_what_is_about_the_output_is_known_by_its_path(path, is_so):
    """A template that cannot be read is no matter of space on the output's disk."""
    assert is_about(Path(path), Path("sites/_site")) is is_so


def test_a_repository_in_the_output_is_not_thrown_away(tmp_path):
    """A worktree of gh-pages there is how some publish: a build would take its history along."""
    output = tmp_path / "_site"
    publish(output, "index.html")
    (output / ".git").mkdir()

    with pytest.raises(UsageError) as caught:
        check_output(output, ())

    assert caught.value.problem.code == "USE006"


def test_cleaning_removes_what_builds_made_and_says_what_there_was(tmp_path):
    """`clean` must not surprise: only our own folders, and twice is as good as once."""
    output = tmp_path / "_site"
    publish(output, "index.html")
    (tmp_path / "._site.next").mkdir()
    (tmp_path / "notes.txt").write_text("")

    first, second = remove_output(output), remove_output(output)

    assert (first, second) == ([output, tmp_path / "._site.next"], [])
    assert os.listdir(tmp_path) == ["notes.txt"]
