"""What the preview sees of its folders."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sitegen.serve.watch import Watch

PATIENCE_S = 5.0


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    """Give the watch of a folder that is there."""
    (tmp_path / "content").mkdir()
    watch = Watch([tmp_path / "content"])
    watch.start()
    yield watch
    watch.stop()


def test_a_folder_that_goes_while_it_is_looked_at_is_watched_when_it_is_back(watch: Watch, tmp_path: Path) -> None:
    """`git checkout` removes and makes folders; the preview must outlive the moment between."""
    content = tmp_path / "content"
    content.rmdir()
    watch.watch(content, is_whole=True)
    watch.watch(tmp_path / "never" / "there", is_whole=False)
    content.mkdir()
    while watch.next_batch(0.2):
        pass

    (content / "a.md").write_text("글", "utf-8")

    assert content / "a.md" in watch.next_batch(PATIENCE_S)


def test_a_folder_that_is_moved_away_is_news_once(watch: Watch, tmp_path: Path) -> None:
    """What was moved tells only the folder that it was in; and it is news again when it is back."""
    content = tmp_path / "content"

    content.rename(tmp_path / "away")
    gone = [watch.next_batch(0.2) for _ in range(4)]
    (tmp_path / "away").rename(content)
    back = watch.next_batch(PATIENCE_S)

    assert [batch for batch in gone if batch] == [{content}]
    assert back == {content}


def test_a_link_that_is_led_elsewhere_is_followed(tmp_path: Path) -> None:
    """`ln -sfn` puts a release in place: what changes in the old one matters no more, and in the new one it does."""
    old, new, content = tmp_path / "old", tmp_path / "new", tmp_path / "content"
    old.mkdir()
    new.mkdir()
    content.symlink_to(old)
    watch = Watch([content])
    watch.start()
    try:
        (tmp_path / "next").symlink_to(new)
        (tmp_path / "next").replace(content)
        led = watch.next_batch(0.0) | watch.next_batch(0.0)
        (old / "a.md").write_text("글", "utf-8")
        (new / "b.md").write_text("글", "utf-8")
        edited = watch.next_batch(PATIENCE_S)
    finally:
        watch.stop()

    assert led == {new}
    assert edited == {new / "b.md"}


def test_a_watch_that_never_began_ends(tmp_path: Path) -> None:
    """Where the system gives no more watches, that is what must be told."""
    watch = Watch([tmp_path])

    watch.stop()

    assert watch.next_batch(0.0) == set()


@pytest.mark.parametrize(
    ("path", "matters"),
    [
        ("content/#c.md", True),
        ("content/#c.md#", False),
        ("content/.#c.md", False),
        ("content/c.md~", False),
        ("content/c.md.part", False),
        ("content/4913", False),
        ("static/files/a.part", True),
        ("static/a.tmp", True),
        ("static/4913", True),
        ("static/.a.swp", False),
        ("static/.well-known/a", True),
        ("templates/4913", False),
        ("_site/index.html", False),
    ],
)
def test_what_a_build_reads_matters_whatever_its_name(tmp_path: Path, path: str, matters: object) -> None:
    """Editors leave files beside those they save; what only looks like one is published all the same."""
    folders = {name: [tmp_path / name] for name in ("templates", "static")}
    watch = Watch([tmp_path / "content"], **folders, ignored=[tmp_path / "_site"])

    assert watch.matters(tmp_path / path, is_folder=False) is matters


def test_a_folder_may_have_the_name_of_an_editors_file(tmp_path: Path) -> None:
    """What is moved away with all that is in it is told by the folder's name alone."""
    watch = Watch([tmp_path / "content"])

    assert watch.matters(tmp_path / "content/4913", is_folder=True)
    assert not watch.matters(tmp_path / "content/.git", is_folder=True)


def test_templates_that_lie_elsewhere_are_watched(tmp_path: Path) -> None:
    """Builds follow a link in templates/ wherever it leads; the ring and the link to nothing among them lead nowhere."""
    shared, templates = tmp_path / "shared", tmp_path / "templates"
    (shared / "partials").mkdir(parents=True)
    (shared / "page.html").write_text("하나", "utf-8")
    templates.mkdir()
    (templates / "partials").symlink_to(shared / "partials")
    (templates / "static.html").symlink_to(shared / "page.html")
    (shared / "partials/ring").symlink_to(templates)
    (templates / "gone").symlink_to(shared / "gone")
    watch = Watch([], templates=[templates])
    watch.start()
    try:
        (shared / "partials/footer.html").write_text("바닥", "utf-8")
        seen = watch.next_batch(PATIENCE_S)
        (shared / "page.html").write_text("둘", "utf-8")
        seen |= watch.next_batch(PATIENCE_S)
        (shared / "other.html").write_text("남", "utf-8")
        seen |= watch.next_batch(0.5)
    finally:
        watch.stop()

    assert seen == {shared / "partials/footer.html", shared / "page.html"}
