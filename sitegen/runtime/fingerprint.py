"""One short name for any frozen value: equal values have equal names, in any process and on any day.

Not `pickle`, `marshal` or `hash`: equal values whose parts are shared in another way, or another run's seed, would get
other names.
"""

from collections.abc import Collection
from dataclasses import fields, is_dataclass
from datetime import date, tzinfo
from enum import Enum
from functools import cache
from hashlib import blake2b
from pathlib import PurePath
from typing import Any, Final

NAME_BYTES: Final = 16


def name_of(*parts: object) -> bytes:
    """Return the name of these values. Raises TypeError for one that has no fixed form."""
    spelt: list[bytes] = []
    spell(parts, spelt)
    return blake2b(b"".join(spelt), digest_size=NAME_BYTES).digest()


def spell(parts: Collection[Any], out: list[bytes]) -> None:
    """Append to `out` values as bytes that no others have: how many, and of each its kind, its size, its parts."""
    out.append(b"(%d:" % len(parts))
    for part in parts:
        kind = type(part)
        if kind is str:
            data = part.encode("utf-8", "surrogatepass")
            out += (b"s%d:" % len(data), data)
        elif kind is bytes:
            out += (b"b%d:" % len(part), part)
        elif kind is tuple or kind is list:
            spell(part, out)
        elif hasattr(kind, "named_by"):  # a value that stands for less than all its fields
            data = part.named_by()
            out += (b"b%d:" % len(data), data)
        elif part is None or kind is bool or kind is int or kind is float:
            out.append(f"{kind.__name__}{part!r};".encode())
        elif kind is frozenset or kind is set:
            out.append(b"{%d:" % len(part))
            out += sorted(name_of(one) for one in part)
        else:
            spell_out(kind, part, out)


def spell_out(kind: type, part: Any, out: list[bytes]) -> None:  # noqa: ANN401
    """Append a value of a kind that is seldom met."""
    out.append(f"{kind.__qualname__}<".encode())
    if isinstance(part, Enum):
        spell((part.value,), out)
    elif is_dataclass(kind):
        spell([getattr(part, name) for name in field_names(kind)], out)
    elif isinstance(part, tuple):
        spell(part, out)
    elif isinstance(part, date):  # a datetime, too
        spell((part.isoformat(),), out)
    elif isinstance(part, (PurePath, tzinfo)):
        spell((str(part),), out)
    else:
        message = f"{kind.__name__} has no name"
        raise TypeError(message)


@cache
def field_names(kind: type) -> tuple[str, ...]:
    """Return the names of a dataclass's fields, in order."""
    return tuple(field.name for field in fields(kind))
