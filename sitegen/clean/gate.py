"""The last gate: nh3 lets pass what allowed.py lists and nothing else. Nothing touches the markup after it.

Measured by others on 6,680 attack vectors in a real browser: nh3 with an allow-list and a strict address filter ran 0.
"""

import re
from collections.abc import Sequence
from typing import Final

import nh3

from sitegen.clean import allowed
from sitegen.clean.address import clean_url
from sitegen.runtime.interrupts import deaf
from sitegen.runtime.spans import STEP, timed

DEAF_CHARS: Final = 1_000_000  # a tenth of a second's work, after which a Ctrl+C is heard
OWN_ID: Final = re.compile(r"n-[^\s\"'<>]{1,200}")
# The classes our own parsers make; any other class is dropped.
CLASSES: Final = {
    "ul": {"outline"},
    "span": {"mk"},
    "p": {"note", "attach"},
    "td": set(allowed.ALIGNED.values()),
    "th": set(allowed.ALIGNED.values()),
}
ROLES: Final = frozenset({"list", "doc-noteref", "doc-backlink"})
TAGS: Final = (allowed.INLINE | allowed.BLOCKS) - {"h1"}
ATTRIBUTES: Final = {
    **{tag: set(names) for tag, names in allowed.ATTRIBUTES.items()},
    "span": {"aria-hidden"},
    "*": {"id", *allowed.SPOKEN},
}
ATTRIBUTES["a"] = {"href", "role", "aria-label"}
ATTRIBUTES["ul"] = {"role"}
ATTRIBUTES["img"] = {*ATTRIBUTES["img"], "loading"}


def attribute_filter(_tag: str, name: str, value: str) -> str | None:
    """Return the value an attribute may keep, or None to drop it."""
    if name in ("href", "src"):
        return value if value.startswith("#n-") else clean_url(value) or None
    if name == "id":
        return value if OWN_ID.fullmatch(value) else None
    if name in allowed.SPOKEN:
        return allowed.SPOKEN[name](value) or None
    if name == "role":
        return value if value in ROLES else None
    if name == "aria-hidden":
        return "true"
    if name == "loading":
        return "lazy"
    return value


CLEANER: Final = nh3.Cleaner(
    tags=set(TAGS),
    clean_content_tags=set(allowed.DROPPED - {"col", "colgroup"}),
    attributes=ATTRIBUTES,
    attribute_filter=attribute_filter,
    strip_comments=True,
    link_rel=None,
    url_schemes=set(allowed.SCHEMES),
    allowed_classes=CLASSES,
)


def gate(markup: str) -> str:
    """Return `markup` with everything unlisted removed."""
    return gate_all([markup])[0]


@timed(STEP, "gate")
def gate_all(markups: Sequence[str]) -> list[str]:
    """Return each of these with everything unlisted removed."""
    gated: list[str] = []
    while len(gated) < len(markups):
        chars = 0
        with deaf():  # nh3 would pass over a Ctrl+C in the filter, and drop the attribute
            for markup in markups[len(gated) :]:
                gated.append(CLEANER.clean(markup))
                chars += len(markup)
                if chars >= DEAF_CHARS:
                    break
    return gated
