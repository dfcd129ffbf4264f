"""What an analyser says of a word, and what the index makes of it."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol


class Split(NamedTuple):
    """Where the nouns of a word begin and end, in syllables. The word's own beginning is not among the `starts`.

    불법전략물자를: starts (2, 4), ends (2, 4, 6). `stem`: of the verb or adjective in it, 모르 of 몰랐다.
    """

    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    stem: str = ""


class Analyser(Protocol):
    """Cuts the Korean words of a shard. Equal shards get equal splits, on any machine."""

    @property
    def name(self) -> str:
        """Return the name the settings have for it."""
        ...

    def splits(self, seen: Mapping[str, int], texts: Iterable[str]) -> dict[str, Split]:
        """Return the split of each of the words in `seen`, which counts the parts of Hangul in `texts`."""
        ...


class Term(NamedTuple):
    """A word of the index: what is written from the start of a noun on, and where in it nouns begin and end."""

    text: str
    starts: int  # bit n: a noun begins at n + 1
    ends: int  # bit n: a noun ends at n + 1
