"""What is seen of a folder's files: all that a build may read, and no more."""

from sitegen.runtime.stamps import ANYWHERE, stamps_below


def test_a_folder_is_left_out_by_its_place_or_wherever_it_lies(tmp_path):
    """Python's own files come and go beside our code; in somebody's content such a folder is like any other."""
    for path in ("a.md", "captures/b.xml", "x/captures/c.xml", "__pycache__/d.md", "x/__pycache__/e.md"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()

    found = stamps_below(str(tmp_path)), stamps_below(str(tmp_path), ("captures", f"{ANYWHERE}__pycache__"))

    assert set(found[0]) == {"a.md", "captures/b.xml", "x/captures/c.xml", "__pycache__/d.md", "x/__pycache__/e.md"}
    assert set(found[1]) == {"a.md", "x/captures/c.xml"}
