"""Patterns of addresses as Jekyll writes them: `/:categories/:year/:title/`, or the name of one of its own."""

import re
from datetime import datetime
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
    "year": "%Y", "short_year": "%y", "month": "%m", "day": "%d", "y_day": "%j", "week": "%V", "short_day": "%a",
    "long_day": "%A", "short_month": "%b", "long_month": "%B", "hour": "%H", "minute": "%M", "second": "%S",
}  # fmt: skip
PLACE: Final = re.compile(r":([a-z_]+)")


def is_pattern(permalink: str) -> bool:
    """Return whether a permalink is to be filled in."""
    return permalink in STYLES or (":" in permalink and "://" not in permalink)


def filled_in(pattern: str, slug: str, published: datetime | None, categories: tuple[str, ...]) -> str:
    """Return the address a pattern gives. Raises KeyError (the name) for a place that cannot be filled."""
    values = {"title": slug, "slug": slug, "name": slug, "output_ext": ".html"}
    values["categories"] = "/".join(category.lower() for category in categories)
    if published:
        values |= {"i_month": str(published.month), "i_day": str(published.day)}
        values |= {name: f"{published:{form}}" for name, form in MOMENT.items()}
    return re.sub(r"/{2,}", "/", f"/{PLACE.sub(lambda found: values[found[1]], STYLES.get(pattern, pattern))}")
