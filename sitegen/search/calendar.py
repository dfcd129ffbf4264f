"""Articles → shards by the calendar: years together up to a limit, a year over it cut into halves, months, days.

Which shard an article is in follows from its date and from how many there are in each period, so that an edit touches
one shard. Shards are made from the oldest on: the old ones stay as they are.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Final, NamedTuple

MOST: Final = 1300  # articles of a shard
UNDATED: Final = date.min


class Paged(NamedTuple):
    """A page to be indexed: its file in the site, its address, its day (None: undated) and the key of its file."""

    path: str
    url: str
    day: date | None
    key: bytes


def shards_of(pages: Sequence[Paged], most: int = MOST) -> list[list[Paged]]:
    """Return the shards, newest first, each with its pages newest first; `pages` are newest first, undated last."""
    oldest_first = list(reversed(pages))
    return [shard[::-1] for shard in reversed(cut(oldest_first, most, 0))]


def cut(pages: Iterable[Paged], most: int, depth: int) -> list[list[Paged]]:
    """Return pages in shards: whole periods together up to the limit, a period over it cut further; a day never is."""
    shards: list[list[Paged]] = []
    is_open = False  # the last shard may take more
    for _, together in groupby(pages, key=lambda page: period(page.day or UNDATED, depth)):
        of_period = list(together)
        if is_open and len(shards[-1]) + len(of_period) <= most:
            shards[-1] += of_period
        elif len(of_period) <= most or depth + 1 == PERIODS:
            shards.append(of_period)
            is_open = True
        else:
            shards += cut(of_period, most, depth + 1)
            is_open = False
    return shards


PERIODS: Final = 4


def period(day: date, depth: int) -> int:
    """Return the year (0), the half of it (1), the month (2) or the day (3) a day is in."""
    return (day.year, (day.month - 1) // 6, day.month, day.toordinal())[depth]
