"""Values ↔ plain tuples of texts, numbers and bytes, which `marshal` writes and reads at once.

Not `pickle`: it would take three times as long, and unpacking it could run anything.

A list is made plain by columns, all values of one field together: ten thousand come back in the time that two thousand
take one by one, for all but their making is a loop in C, and equal texts in a column are written, and read, once.
"""

import marshal
import types
import typing
from collections.abc import Callable
from dataclasses import is_dataclass
from datetime import datetime, timedelta, timezone, tzinfo
from enum import Enum
from functools import cache, partial
from itertools import islice, repeat
from operator import attrgetter
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

Change = Callable[[Any], Any]
# Year to microsecond; the zone by its name, else its distance from UTC in seconds; the fold.
Moment = tuple[int, int, int, int, int, int, int, str | float | None, int]


class Codec(NamedTuple):
    """How values of one kind are made plain, and made again."""

    plain: Change
    made: Change


def packed(value: object, kind: Any) -> bytes:  # noqa: ANN401  a type, or what typing makes of types
    """Return a value of `kind` as bytes."""
    return marshal.dumps(plain(value, kind))


def unpacked(data: bytes | memoryview, kind: Any) -> Any:  # noqa: ANN401
    """Return the value of `kind` that was packed. Raises an exception of any sort for bytes that hold none."""
    return made(marshal.loads(data), kind)  # noqa: S302  plain values; its callers have compared a checksum


def plain(value: Any, kind: Any) -> Any:  # noqa: ANN401
    """Return a value of `kind` made plain."""
    codec = codec_of(kind)
    return codec.plain(value) if codec else value


def made(found: Any, kind: Any) -> Any:  # noqa: ANN401
    """Return the value of `kind` that was made plain."""
    codec = codec_of(kind)
    return codec.made(found) if codec else found


@cache
def codec_of(kind: Any) -> Codec | None:  # noqa: ANN401
    """Return how values of a kind are made plain; None where they are. Raises TypeError for a kind nobody knows."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if kind in (str, int, float, bool, bytes, types.NoneType) or origin is dict:
        return None
    if origin is list:
        return columns_of(arguments[0])
    if origin in (typing.Union, types.UnionType):
        (one,) = (part for part in arguments if part is not types.NoneType)
        return optional(codec_of(one))
    if origin is tuple:
        if arguments[-1] is Ellipsis:
            return each(codec_of(arguments[0]))
        if any(codec_of(part) for part in arguments):
            raise TypeError(kind)
        return None
    if isinstance(kind, type) and issubclass(kind, Enum):
        return Codec(attrgetter("value"), {member.value: member for member in kind}.__getitem__)
    if kind is datetime:
        return Codec(plain_moment, made_moment)
    if isinstance(kind, type) and (is_dataclass(kind) or issubclass(kind, tuple)):
        return codec_of_fields(kind)
    raise TypeError(kind)


def optional(codec: Codec | None) -> Codec | None:
    """Return the codec of what may be None."""
    if codec is None:
        return None
    to, back = codec
    return Codec(lambda one: None if one is None else to(one), lambda one: None if one is None else back(one))


def each(codec: Codec | None) -> Codec | None:
    """Return the codec of a tuple of any length."""
    if codec is None:
        return None
    to, back = codec
    return Codec(lambda many: many and tuple(map(to, many)), lambda many: many and tuple(map(back, many)))


def fields_of(kind: Any) -> tuple[tuple[str, ...], list[Any], bool]:  # noqa: ANN401
    """Return the names and kinds of a type's fields, and whether it is a value (else a named tuple)."""
    hints = typing.get_type_hints(kind)
    is_value = "__dataclass_fields__" in vars(kind)
    names: tuple[str, ...] = tuple(hints) if is_value else kind._fields
    return names, [hints[name] for name in names], is_value


def codec_of_fields(kind: Any) -> Codec:  # noqa: ANN401
    """Return the codec of a value or named tuple: its fields in order, those changed that are not plain.

    Written out and compiled, as dataclasses write their methods: a loop would take three times as long.
    """
    names, kinds, is_value = fields_of(kind)
    codecs = list(map(codec_of, kinds))
    known: dict[str, Any] = {"new": object.__new__, "make": getattr(kind, "_make", None), "kind": kind}
    for place, (name, codec) in enumerate(zip(names, codecs, strict=True)):
        known[f"set{place}"] = getattr(kind, name).__set__ if is_value else None  # a frozen value is filled once
        if codec is not None:
            known |= {f"to{place}": codec.plain, f"back{place}": codec.made}
    tos = [f"to{place}(v.{name})" if codecs[place] else f"v.{name}" for place, name in enumerate(names)]
    backs = [f"back{place}(p[{place}])" if codec else f"p[{place}]" for place, codec in enumerate(codecs)]
    lines = [f"def to(v): return ({', '.join(tos)},)", "def back(p):"]
    if is_value:
        lines += [" o = new(kind)", *(f" set{place}(o, {part})" for place, part in enumerate(backs)), " return o"]
    else:
        lines.append(f" return make(({', '.join(backs)},))")
    exec("\n".join(lines), known)  # noqa: S102  our own names
    return Codec(known["to"], known["back"])


def columns_of(kind: Any) -> Codec:  # noqa: ANN401
    """Return the codec of a list of values of a kind. Raises TypeError for a kind nobody knows."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    codec = codec_of(kind)
    if codec is None:  # equal texts, or tuples with some, are worth a reference; numbers alone are shorter than one
        return Codec(with_shared if {str} <= leaves_of(kind) <= {str, int} else list, list)
    if origin in (typing.Union, types.UnionType):
        (one,) = (part for part in arguments if part is not types.NoneType)
        return some_of(columns_of(one))
    if origin is tuple:
        return runs_of(columns_of(arguments[0]))
    if isinstance(kind, type) and (is_dataclass(kind) or issubclass(kind, tuple)):
        return columns_of_fields(kind)
    return Codec(lambda many: list(map(codec.plain, many)), lambda many: list(map(codec.made, many)))


def leaves_of(kind: Any) -> set[Any]:  # noqa: ANN401
    """Return the kinds that a kind consists of."""
    arguments = [part for part in typing.get_args(kind) if part is not Ellipsis]
    return set().union(*map(leaves_of, arguments)) if arguments else {kind}


def with_shared(many: list[Any]) -> list[Any]:
    """Return values of which equal ones are one: marshal writes it once."""
    known: dict[Any, Any] = {}
    return list(map(known.setdefault, many, many))


def some_of(column: Codec) -> Codec:
    """Return the codec of a list in which some are None: which, and the others."""

    def to(many: list[Any]) -> Any:  # noqa: ANN401
        some = [one for one in many if one is not None]
        return bytes(one is not None for one in many) if len(some) < len(many) else None, column.plain(some)

    def back(found: Any) -> list[Any]:  # noqa: ANN401
        present, some = found[0], column.made(found[1])
        if present is None:
            return some  # type: ignore[no-any-return]
        rest = iter(some)
        return [next(rest) if is_there else None for is_there in present]

    return Codec(to, back)


def runs_of(column: Codec) -> Codec:
    """Return the codec of a list of tuples of any length: their lengths, and what is in them."""

    def to(many: list[Any]) -> Any:  # noqa: ANN401
        return list(map(len, many)), column.plain([one for run in many for one in run])

    def back(found: Any) -> list[Any]:  # noqa: ANN401
        rest = iter(column.made(found[1]))
        return [tuple(islice(rest, length)) if length else () for length in found[0]]

    return Codec(to, back)


def columns_of_fields(kind: Any) -> Codec:  # noqa: ANN401
    """Return the codec of a list of values or named tuples: one column for each field."""
    names, kinds, is_value = fields_of(kind)
    fields = [
        (attrgetter(name), getattr(kind, name), columns_of(part)) for name, part in zip(names, kinds, strict=True)
    ]

    def to(many: list[Any]) -> Any:  # noqa: ANN401
        return tuple([column.plain(list(map(get, many))) for get, _, column in fields])

    def back(found: Any) -> list[Any]:  # noqa: ANN401
        columns = [column.made(part) for part, (_, _, column) in zip(found, fields, strict=True)]
        if not is_value:
            return list(map(partial(tuple.__new__, kind), zip(*columns, strict=True)))
        values = list(map(object.__new__, repeat(kind, len(columns[0]))))
        for part, (_, slot, _) in zip(columns, fields, strict=True):
            for one, field in zip(values, part, strict=True):
                slot.__set__(one, field)  # a frozen value is filled once
        return values

    return Codec(to, back)


def plain_moment(moment: datetime) -> Moment:
    """Return a time as numbers, its zone, and which of two such times it is."""
    date = (moment.year, moment.month, moment.day)
    return (
        *date,
        moment.hour,
        moment.minute,
        moment.second,
        moment.microsecond,
        plain_zone(moment.tzinfo),
        moment.fold,
    )


def made_moment(parts: Moment) -> datetime:
    """Return the time that was made plain."""
    year, month, day, hour, minute, second, microsecond, zone, fold = parts
    return datetime(year, month, day, hour, minute, second, microsecond, zone_of(zone), fold=fold)


@cache
def plain_zone(zone: tzinfo | None) -> str | float | None:
    """Return the name of a zone, else its distance from UTC in seconds."""
    if zone is None or isinstance(zone, ZoneInfo):
        return zone.key if zone else None
    distance = zone.utcoffset(None)
    return distance.total_seconds() if distance is not None else None


@cache
def zone_of(name: str | float | None) -> tzinfo | None:
    """Return a zone by its name or its distance from UTC in seconds."""
    if isinstance(name, str):
        return ZoneInfo(name)
    return None if name is None else timezone(timedelta(seconds=name))
