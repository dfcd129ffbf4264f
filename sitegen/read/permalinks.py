"""Patterns of addresses as Jekyll writes them: `/:categories/:year/:title/`, or the name of one of its own."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

# Jekyll's names for its own patterns.
STYLES: Final = {
    "date": "/:categories/:year/:month/:day/:title.html",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title.html",
    "weekdate": "/:categories/:year/W:week/:short_day/:title.html",
    "none": "/:categories/:title.html",
}
MOMENT: Final = {
    "year": "%Y", "short_year": "%y", "month": "%m", "day": "%d", "y_day": "%j", "w_year": "%G", "week": "%V",
    "w_day": "%u", "short_day": "%a", "long_day": "%A", "short_month": "%b", "long_month": "%B", "hour": "%H",
    "minute": "%M", "second": "%S",
}  # fmt: skip
PLACE: Final = re.compile(r":([a-z_]+)")
NO_NAMES: Final[Mapping[str, str]] = MappingProxyType({})
MARKS: Final = frozenset("._~!$&'()+,;=@")  # that an address may have, and Jekyll leaves in a title


def is_pattern(permalink: str) -> bool:
    """Return whether a permalink is to be filled in."""
    return permalink in STYLES or (":" in permalink and "://" not in permalink)


def filled_in(
    pattern: str,
    slug: str,
    published: datetime | None,
    categories: tuple[str, ...],
    names: Mapping[str, str] = NO_NAMES,
) -> str:
    """Return the address a pattern gives. Raises KeyError (the name) for a place that cannot be filled.

    `names`: what fills places otherwise than the slug as it stands.
    """
    values = {"title": slug, "slug": slug, "name": slug, "output_ext": ".html"}
    values["categories"] = "/".join(dict.fromkeys(category.lower() for category in categories))
    if published:
        values |= {"i_month": str(published.month), "i_day": str(published.day)}
        values |= {name: f"{published:{form}}" for name, form in MOMENT.items()}
    values |= names
    return re.sub(r"/{2,}", "/", f"/{PLACE.sub(lambda found: values[found[1]], STYLES.get(pattern, pattern))}")


def hyphened(text: str, kept: frozenset[str] = frozenset()) -> str:
    """Return a text with one hyphen for all that lies between letters, digits and what is `kept`."""
    stays = ("L", "M", "Nd")  # beginnings of Unicode's categories
    chars = [char if char in kept or unicodedata.category(char).startswith(stays) else " " for char in text]
    return "-".join("".join(chars).split())
