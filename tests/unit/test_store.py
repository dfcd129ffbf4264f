"""What machines leave for one another in a store, and the files of work that are carried through it."""

import pytest

from sitegen.runtime.files import Bag, Parcel, carrying, folder_here, packed, packed_folder, read_bytes, write_bytes
from sitegen.runtime.store import Store, StoreError


@pytest.mark.parametrize("name", ["store", "st[1]", "저장 소"])
def test_a_build_leaves_nothing_and_touches_nothing_of_others(name, tmp_path):
    """A bucket may have any name, and belong to somebody."""
    (tmp_path / name).mkdir()
    (tmp_path / name / "theirs").write_text("남의 것")
    store = Store.of(f"file://{tmp_path / name}")

    store.put("1", b"one")
    read = store.get("1")
    store.empty()

    assert read == b"one"
    assert [path.name for path in (tmp_path / name).iterdir()] == ["theirs"]


def test_a_store_that_is_not_there_is_not_made(tmp_path):
    """A slip in a bucket's name must not become a bucket."""
    with pytest.raises(StoreError, match=f"file://{tmp_path / 'slip'}: FileNotFoundError: "):
        Store.of(f"file://{tmp_path / 'slip'}")

    assert list(tmp_path.iterdir()) == []


def test_whatever_a_driver_says_is_told_with_the_address(tmp_path):
    """Each store has errors of its own; a build tells one kind."""
    store = Store.of(f"file://{tmp_path}")

    with pytest.raises(StoreError, match=f"file://{tmp_path}: FileNotFoundError: "):
        store.get("nothing")


def test_work_reads_what_it_was_given_and_gives_what_it_writes(tmp_path):
    """It knows nothing of it: the same calls read the disk of whoever sees it."""
    theme, store = tmp_path / "theme", Store.of(f"file://{tmp_path}")
    (theme / "parts").mkdir(parents=True)
    (theme / "parts/a.html").write_bytes(b"part")
    (theme / "gone").symlink_to(tmp_path / "nowhere")
    (theme / "round").symlink_to(theme)
    store.put("files", packed({"content/a.md": b"a"}))
    store.put("theme", packed_folder(str(theme)))
    store.put("plan", b"plan")
    parcel = Parcel("files", (("plan.bin", "plan"),), (("templates", "theme"),))

    with carrying(bag := Bag(parcel, store)):
        found = (
            read_bytes("content/a.md"),
            read_bytes("plan.bin"),
            read_bytes(f"{folder_here('templates')}/parts/a.html"),
        )
        write_bytes("_site", "a/index.html", b"page")

    assert found == (b"a", b"plan", b"part")
    assert bag.written == {"_site/a/index.html": b"page"}
    assert folder_here("templates") == "templates"
    with pytest.raises(FileNotFoundError):
        read_bytes("content/a.md")
