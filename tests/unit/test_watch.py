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
    watch = Watch([tmp_path / "content"], [])
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


def test_a_watch_that_never_began_ends(tmp_path: Path) -> None:
    """Where the system gives no more watches, that is what must be told."""
    watch = Watch([tmp_path], [])

    watch.stop()

    assert watch.next_batch(0.0) == set()
