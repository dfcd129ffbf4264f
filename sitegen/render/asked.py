"""Templates → the static files they ask for. Only these are part of a theme: a picture more changes no page.

By the filters `asset` and `assets` with a text as it stands (`"img/icon.svg"|asset`, `"js/"|assets`). One template
that puts a name together may ask for any file.
"""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

# Where a file is asked for: by a filter, by a block of one, or by a filter's name (`map("asset")`).
ASKING: Final = re.compile(rb"""\|\s*(?P<filter>assets?)\b|\bfilter\s+assets?\b|["']assets?["']""")
# A filter's text, if it has one as it stands, and not as the end of a longer one (`"a" "b"`).
ONE_TEXT: Final = re.compile(rb"""[^"'\s\\]\s*(?P<quote>["'])(?P<text>[^"'\\]*)(?P=quote)\s*\Z""")
NEAR: Final = 300  # bytes before a filter in which its text begins


class Asked(NamedTuple):
    """Which static files templates may ask for: by their names, or by what these begin with."""

    names: frozenset[str]
    beginnings: tuple[str, ...]

    def has(self, name: str) -> bool:
        """Return whether a file of that name may be asked for."""
        return name in self.names or name.startswith(self.beginnings)


def asked_by(templates: Iterable[bytes]) -> Asked:
    """Return what these templates ask for."""
    names: set[str] = set()
    beginnings: set[str] = set()
    for data in templates:
        for found in ASKING.finditer(data):
            text = ONE_TEXT.search(data[max(0, found.start() - NEAR) : found.start()]) if found["filter"] else None
            asked = text["text"].decode("utf-8", "replace") if text else ""
            if text and found["filter"] == b"asset":
                names.add(asked)
            else:
                beginnings.add(asked)
    return Asked(frozenset(names), tuple(sorted(beginnings)))
