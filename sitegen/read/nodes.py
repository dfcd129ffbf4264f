"""What a head is made of: nodes that know where they stand. Every scalar stays the text that was written."""

from typing import NamedTuple

from sitegen.model import Place


class Scalar(NamedTuple):
    """A single value as written. `plain` means unquoted, so that `null` and `~` may mean nothing."""

    raw: str
    line: int
    column: int
    plain: bool = True

    @property
    def is_null(self) -> bool:
        """Return whether nothing was written."""
        return self.plain and self.raw in ("", "~", "null", "Null", "NULL")


class Sequence(NamedTuple):
    """A list of values."""

    items: tuple["Node", ...]
    line: int
    column: int


class Field(NamedTuple):
    """One key and its value."""

    key: str
    value: "Node"
    line: int
    column: int


class Mapping(NamedTuple):
    """Keys and values in order."""

    fields: tuple[Field, ...]
    line: int
    column: int

    def get(self, key: str) -> "Node | None":
        """Return the value under `key`, or None."""
        return next((field.value for field in self.fields if field.key == key), None)


Node = Scalar | Sequence | Mapping


def places_of(mapping: Mapping, prefix: str = "") -> tuple[Place, ...]:
    """Return where each field stands: those of a mapping, then those of the mappings in it."""
    own = [(prefix + key, line, column) for key, _, line, column in mapping.fields]
    for key, value, _, _ in mapping.fields:
        parts = value.items if isinstance(value, Sequence) else (value,)
        for part in parts:
            own += places_of(part, f"{prefix}{key}.") if isinstance(part, Mapping) else ()
    return tuple(own)


class FrontMatter(NamedTuple):
    """The head and the body of a file. `body_line` is the line of the file on which the body begins."""

    head: Mapping
    body: str
    body_line: int
    places: tuple[Place, ...]  # of the head's fields


def front_matter(head: Mapping, body: str, body_line: int) -> FrontMatter:
    """Return the front matter of a file whose head has just been read."""
    return FrontMatter(head, body, body_line, places_of(head))
