"""A file is written whole or not at all."""

from pathlib import Path

import pytest

from sitegen.runtime.whole import read_object, write_whole


def test_what_cannot_be_written_leaves_what_was_there(tmp_path):
    """Half a file is worse than an old one."""
    path = tmp_path / "folder/가나다.json"
    write_whole(path, b'{"a": 1}')

    with pytest.raises(TypeError):
        write_whole(path, "no bytes")

    assert [file.name for file in path.parent.iterdir()] == ["가나다.json"]
    assert read_object(path) == {"a": 1}


def test_a_name_without_a_folder_lies_where_one_stands(tmp_path, monkeypatch):
    """The file beside it was looked for in the root of the disk."""
    monkeypatch.chdir(tmp_path)

    write_whole(Path("a.json"), b"{}")

    assert [file.name for file in tmp_path.iterdir()] == ["a.json"]
