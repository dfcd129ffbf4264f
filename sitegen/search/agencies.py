"""Short names of agencies: a reader types 과기부, and the articles have 과학기술정보통신부. So K팝 and K-POP."""

import tomllib
from collections.abc import Iterable, Iterator
from importlib import resources
from typing import Final

from sitegen.search.chunks import piece_of
from sitegen.search.shard import ShardIndex
from sitegen.search.words import Forms

Names = tuple[str, ...]  # of one agency, or spellings of one word

TABLE: Final = resources.files(__package__).joinpath("agencies.toml")
KNOWN: Final[tuple[Names, ...]] = tuple(
    tuple(line.split()) for rows in tomllib.loads(TABLE.read_text("utf-8")).values() for line in rows.splitlines()
)
TIE: Final = "-"


def names_in(shards: Iterable[ShardIndex], own: Iterable[Names]) -> Iterator[Names]:
    """Yield the names of the agencies that these shards speak of, as the index knows them; `own` are the site's.

    A hyphen in one stays: what it ties stands in the index apart.
    """
    forms = Forms()
    agencies = dict.fromkeys(tuple(form_of(name, forms) for name in names) for names in (*KNOWN, *own))
    asked = {one for names in agencies for name in names for one in nouns_of(name)}
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
        if any(not nouns.isdisjoint(nouns_of(name)) for name in names):
            yield tuple(filter(None, names))


def form_of(name: str, forms: Forms) -> str:
    """Return a name as the index knows it, but for its hyphen."""
    return TIE.join(filter(None, ("".join(forms.of(part)) for part in name.split(TIE))))


def nouns_of(name: str) -> set[str]:
    """Return the nouns by one of which a name is known to stand in texts: 콘텐츠 or K콘텐츠 of K-콘텐츠."""
    return set(filter(None, (name.replace(TIE, ""), name.rpartition(TIE)[2])))
