"""The walls of the house: which room may know which, and what a value is made of."""

import dataclasses
import enum
import inspect
import re
import subprocess
import sys
import types
import typing
from datetime import date, datetime, tzinfo
from pathlib import Path, PurePosixPath

import pytest

from sitegen import config, model, problems, views

ROOT = Path(__file__).parents[2]
VALUES = (str, int, bool, float, bytes, date, datetime, tzinfo, PurePosixPath, Path)


def test_imports_only_point_down_and_pure_rooms_touch_nothing():
    """A stage that knows the next one, or the disk, can no longer be tested alone (pyproject.toml draws the walls)."""
    command = Path(sys.executable).with_name("lint-imports")

    done = subprocess.run([command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout


def dataclasses_of(module):
    """Return the dataclasses a module defines."""
    return [
        kind
        for _, kind in inspect.getmembers(module, dataclasses.is_dataclass)
        if kind.__module__ == module.__name__ and isinstance(kind, type)
    ]


DATACLASSES = [kind for module in (model, views, problems, config) for kind in dataclasses_of(module)]


@pytest.mark.parametrize("kind", DATACLASSES, ids=lambda kind: kind.__name__)
def test_a_value_is_frozen_and_has_slots(kind):
    """A value that can change after a stage has returned it is a bug that shows up elsewhere."""
    made = object.__new__(kind)
    names = [field.name for field in dataclasses.fields(kind)]

    for name in names:
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(made, name, None)
        with pytest.raises(dataclasses.FrozenInstanceError):
            delattr(made, name)

    assert names
    assert "__slots__" in vars(kind)
    assert not hasattr(made, "__dict__")


@pytest.mark.parametrize("kind", [*dataclasses_of(model), *dataclasses_of(views)], ids=lambda kind: kind.__name__)
def test_a_value_of_the_vocabulary_holds_only_plain_values(kind):
    """Sets and dicts have no fixed order and no fixed bytes; workers and caches need both."""
    hints = typing.get_type_hints(kind)

    foreign = {name: hint for name, hint in hints.items() if not is_plain(hint)}

    assert foreign == {}
    assert all(field.kw_only for field in dataclasses.fields(kind))


def is_plain(hint):
    """Return whether a type is a plain value: immutable all the way down."""
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        return all(is_plain(part) for part in typing.get_args(hint))
    if origin is tuple:
        return all(part is Ellipsis or is_plain(part) for part in typing.get_args(hint))
    if hint is type(None) or hint in VALUES or dataclasses.is_dataclass(hint):
        return True
    if isinstance(hint, type) and issubclass(hint, tuple) and hasattr(hint, "_fields"):
        return all(is_plain(part) for part in typing.get_type_hints(hint).values())
    return isinstance(hint, type) and issubclass(hint, enum.Enum)


def test_every_page_is_one_of_the_closed_union():
    """A page type that is not in the union is never rendered."""
    named = {kind for kind in dataclasses_of(views) if kind.__name__.endswith("Page")}

    union = set(typing.get_args(views.Page))

    assert union == named


def test_nobody_outside_the_command_line_prints_or_reads_the_clock():
    """The clock and the terminal are inputs; a stage that uses them gives other bytes tomorrow."""
    allowed = {"start.py", "note.py", "cli.py", "arguments.py", "options.py", "terminal.py"}
    allowed |= {"watch.py", "preview.py", "server.py", "reload.py"}
    pattern = re.compile(r"datetime\.now\(|date\.today\(|time\.time\(|\bprint\(|sys\.argv|os\.environ")

    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted((ROOT / "sitegen").rglob("*.py"))
        if path.name not in allowed
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if pattern.search(line)
    ]

    assert found == []
