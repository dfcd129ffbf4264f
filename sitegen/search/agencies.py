"""Short names of agencies: a reader types 과기부, and the articles have 과학기술정보통신부."""

import tomllib
from collections.abc import Iterable, Iterator
from importlib import resources
from typing import Final

from sitegen.search.chunks import piece_of
from sitegen.search.shard import ShardIndex
from sitegen.search.words import Forms

Names = tuple[str, ...]  # of one agency

TABLE: Final = resources.files(__package__).joinpath("agencies.toml")
KNOWN: Final[tuple[Names, ...]] = tuple(
    tuple(line.split()) for line in tomllib.loads(TABLE.read_text("utf-8"))["names"].splitlines()
)


def names_in(shards: Iterable[ShardIndex], own: Iterable[Names]) -> Iterator[Names]:
    """Yield the names of the agencies that these shards speak of, as the index knows them; `own` are the site's."""
    forms = Forms()
    agencies = dict.fromkeys(tuple("".join(forms.of(name)) for name in names) for names in (*KNOWN, *own))
    asked = {name for names in agencies for name in names if name}
    pieces = {piece_of(name[0]) for name in asked}
    nouns = {
        noun
        for shard in shards
        for piece in shard.pieces
        if piece.name in pieces
        for noun, *_ in piece.nouns
        if noun in asked
    }
    for names in agencies:
        if not nouns.isdisjoint(names):
            yield tuple(filter(None, names))
