"""What a build knows of the last: whole, and under its own name, or not at all."""

import sqlite3
from contextlib import closing

import pytest

from sitegen.runtime.memory import Memory
from sitegen.runtime.packing import packed

# What damage may do to a table with two rows.
DAMAGE = (
    "UPDATE {table} SET value = (SELECT value FROM {table} AS there WHERE there.{name} <> {table}.{name})",
    "UPDATE {table} SET value = substr(value, 1, length(value) - 1)",
    "UPDATE {table} SET value = x'00'",
    "UPDATE {table} SET value = NULL",
    "UPDATE {table} SET value = 'text'",
)


def test_a_worker_that_cannot_write_leaves_the_file_to_its_owner(tmp_path):
    """One worker's trouble must not throw away what the build remembers."""
    path = tmp_path / "memory.sqlite"
    with Memory(path) as owner, Memory(path, is_shared=True) as worker:
        owner.keep({"one": b"1"}, bytes)
        worker.run("DROP TABLE entry")

        worker.add([(b"key", packed("3", str))])

        assert owner.part("one", bytes) == b"1"
        assert path.exists()


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_value_that_is_not_whole_or_is_anothers_is_unknown(damage, tmp_path):
    """A page of the file that points elsewhere gives whole values of other names, or of other times."""
    path = tmp_path / "memory.sqlite"
    with Memory(path) as memory:
        memory.keep({"one": b"1", "other": b"2"}, bytes)
        memory.add([(b"key", packed("3", str)), (b"other key", packed("4", str))])
        before = memory.part("one", bytes), memory.entry(b"key", str), memory.has_part("one")

    with closing(sqlite3.connect(path)) as database, database:
        database.execute(damage.format(table="part", name="name"))
        database.execute(damage.format(table="entry", name="key"))

    with Memory(path) as memory:
        after = memory.part("one", bytes), memory.entry(b"key", str), memory.has_part("one")
    assert before == (b"1", "3", True)
    assert after == (None, None, False)
