"""One short name for any frozen value: equal values have equal names, in any process and on any day.

Not `pickle`, `marshal` or `hash`: equal values whose parts are shared in another way, or another run's seed, would get
other names.
"""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, tzinfo
from enum import Enum
from functools import cache
from hashlib import blake2b
from pathlib import PurePath
from typing import Any, Final

NAME_BYTES: Final = 16


def name_of(*parts: object) -> bytes:
    """Return the name of these values. Raises TypeError for one that has no fixed order or form (sets aside)."""
    return blake2b(b"".join(spelt(parts)), digest_size=NAME_BYTES).digest()


def spelt(part: Any) -> Iterator[bytes]:  # noqa: ANN401  any value there is
    """Yield a value as bytes that no other value has: its kind, its size, its parts."""
    kind = type(part)
    if kind is str:
        data = part.encode("utf-8", "surrogatepass")
        yield b"s%d:" % len(data)
        yield data
    elif kind is bytes:
        yield b"b%d:" % len(part)
        yield part
    elif kind is tuple or kind is list:
        yield b"(%d:" % len(part)
        for one in part:
            yield from spelt(one)
    elif part is None or kind is bool or kind is int or kind is float:
        yield f"{kind.__name__}{part!r};".encode()
    elif kind is frozenset or kind is set:
        yield b"{%d:" % len(part)
        yield from sorted(name_of(one) for one in part)
    else:
        yield from spelt_out(kind, part)


def spelt_out(kind: type, part: Any) -> Iterator[bytes]:  # noqa: ANN401
    """Yield a value of a kind that is seldom met."""
    if hasattr(part, "named_by"):  # a value that stands for less than all its fields
        yield from spelt(part.named_by())
        return
    yield f"{kind.__qualname__}<".encode()
    if isinstance(part, Enum):
        yield from spelt(part.value)
    elif is_dataclass(kind):
        for name in field_names(kind):
            yield from spelt(getattr(part, name))
    elif isinstance(part, tuple):
        yield from spelt(tuple(part))
    elif isinstance(part, (date, PurePath, tzinfo)):  # a datetime is a date
        yield from spelt(f"{part.isoformat()}" if isinstance(part, date) else str(part))
    else:
        message = f"{kind.__name__} has no name"
        raise TypeError(message)


@cache
def field_names(kind: type) -> tuple[str, ...]:
    """Return the names of a dataclass's fields, in order."""
    return tuple(field.name for field in fields(kind))
