"""What every value is made with: a frozen dataclass that crosses process borders quickly."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

Value = TypeVar("Value")
SETTERS: dict[type, tuple[Callable[[object, object], None], ...]] = {}  # of each value's fields, in order


@dataclass_transform(frozen_default=True, kw_only_default=True)
def value(cls: type[Value]) -> type[Value]:
    """Make `cls` a frozen dataclass that crosses process borders quickly.

    What dataclasses themselves do for slots looks the fields up anew for every object: a third of a parallel build.
    """
    made: Any = dataclass(frozen=True, slots=True, kw_only=True)(cls)
    slots = made.__slots__
    all_of = attrgetter(*slots)
    SETTERS[made] = tuple(getattr(made, name).__set__ for name in slots)
    if "__reduce__" not in cls.__dict__:
        made.__reduce__ = lambda self: (restored, (made, all_of(self) if len(slots) > 1 else (all_of(self),)))
    return made  # type: ignore[no-any-return]


def restored(cls: type[Value], fields: tuple[object, ...]) -> Value:
    """Return the value of `cls` with these fields, in their order."""
    made = object.__new__(cls)
    for set_field, field in zip(SETTERS[cls], fields, strict=True):
        set_field(made, field)
    return made


def changed(value: Value, **fields: object) -> Value:
    """Return `value` with other values for some fields: `dataclasses.replace` without looking the fields up anew."""
    names = value.__slots__  # type: ignore[attr-defined]
    return restored(
        type(value), tuple([fields.pop(name) if name in fields else getattr(value, name) for name in names])
    )
