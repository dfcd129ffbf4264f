"""What every value is made with: a frozen dataclass that is quickly declared, made and sent to other processes."""

from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError, dataclass, fields
from functools import cache
from operator import attrgetter
from typing import Any, NoReturn, TypeVar, dataclass_transform

Value = TypeVar("Value")
SETTERS: dict[type, tuple[Callable[[object, object], None], ...]] = {}  # of each value's fields, in order


@dataclass_transform(frozen_default=True, kw_only_default=True)
def value(cls: type[Value]) -> type[Value]:
    """Make `cls` a frozen dataclass with slots and keywords only. Defaults are values themselves, no factories.

    What dataclasses write for each class takes four times as long to write, and what it writes for a frozen one sets
    every field through `object.__setattr__`: a fifth of starting a build, and more of a parallel one.
    """
    made: Any = dataclass(slots=True, kw_only=True, init=False, repr=False, eq=False)(cls)
    slots = made.__slots__
    found = attrgetter(*slots)
    all_of = found if len(slots) > 1 else lambda self: (found(self),)
    SETTERS[made] = tuple(getattr(made, name).__set__ for name in slots)
    made.__init__ = initialiser_of(made)
    made.__setattr__ = made.__delattr__ = refuse
    made.__eq__ = lambda self, other: all_of(self) == all_of(other) if type(other) is made else NotImplemented
    made.__hash__ = lambda self: hash(all_of(self))
    if "__repr__" not in cls.__dict__:
        made.__repr__ = shown
    if "__reduce__" not in cls.__dict__:
        made.__reduce__ = lambda self: (restored, (made, all_of(self)))
    return made  # type: ignore[no-any-return]


def initialiser_of(made: Any) -> Callable[..., None]:  # noqa: ANN401  a class of values
    """Return `__init__` with a keyword for each field, written out as dataclasses do."""
    known: dict[str, Any] = {}
    parameters, lines = ["self", "*"], []
    for place, field in enumerate(fields(made)):
        has_default = field.default is not MISSING
        parameters.append(f"{field.name}=default{place}" if has_default else field.name)
        lines.append(f" set{place}(self, {field.name})")
        known |= {f"default{place}": field.default, f"set{place}": SETTERS[made][place]}
    exec(f"def __init__({', '.join(parameters)}):\n" + "\n".join(lines), known)  # noqa: S102  our own names
    initialiser: Callable[..., None] = known["__init__"]
    return initialiser


@cache  # few kinds of values are ever changed
def setters_of(made: type) -> dict[str, Callable[[object, object], None]]:
    """Return what sets the fields of a value of `made`, by their names."""
    return dict(zip(made.__slots__, SETTERS[made], strict=True))  # type: ignore[attr-defined]


@cache
def copier_of(made: type) -> Callable[[Any], Any]:
    """Return the function that copies a value of `made`, written out."""
    known: dict[str, Any] = {"new": object.__new__, "made": made}
    lines = ["def copy(self):", " other = new(made)"]
    for place, name in enumerate(setters_of(made)):
        known[f"set{place}"] = SETTERS[made][place]
        lines.append(f" set{place}(other, self.{name})")
    exec("\n".join([*lines, " return other"]), known)  # noqa: S102  our own names
    copier: Callable[[Any], Any] = known["copy"]
    return copier


def refuse(self: object, name: str, *_: object) -> NoReturn:
    """Refuse to change a value."""
    message = f"cannot change {name!r} of a {type(self).__name__}"
    raise FrozenInstanceError(message)


def shown(self: Any) -> str:  # noqa: ANN401  a value
    """Return a value as Python writes it."""
    return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in self.__slots__)})"


def restored(cls: type[Value], fields: tuple[object, ...]) -> Value:
    """Return the value of `cls` with these fields, in their order."""
    made = object.__new__(cls)
    for set_field, field in zip(SETTERS[cls], fields, strict=True):
        set_field(made, field)
    return made


def changed(value: Value, **fields: object) -> Value:
    """Return `value` with other values for some fields: `dataclasses.replace` without looking the fields up anew."""
    kind = type(value)
    made: Value = copier_of(kind)(value)  # type: ignore[arg-type]
    setters = setters_of(kind)  # type: ignore[arg-type]
    for name, field in fields.items():
        setters[name](made, field)
    return made
