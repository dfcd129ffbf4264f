"""HTML → the words in it that its browser hides. Here they are shown, for looks are dropped: somebody should look.

They may unfold on the original (they are content), or wait there for nobody (a template, a number for machines).
What has the colour of its ground is not told: nobody knows the ground, and white letters in dark cells are in sight.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from sitegen.clean.reading import parsed

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

SHOWN: Final = "hidden->shown"  # the rule's name
HINTS: Final = ("hidden", "isplay", "DISPLAY", "ze:0", "ze: 0")  # without one nothing is hidden
MAY_HIDE: Final = re.compile(
    r"\shidden[\s=>/]|display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0", re.IGNORECASE
)
# A style, in small letters and without spaces, that hides what it is about.
HIDES: Final = re.compile(r"(?:^|;)(?:display:none|visibility:hidden|font-size:0(?:\.0+)?(?:px|pt|em|rem|%)?)(?=;|!|$)")


def hidden_words(markup: str, text: str) -> list[str]:
    """Return the words that markup hides and that stand in a text all the same, the first piece of each element."""
    if not any(hint in markup for hint in HINTS) or not MAY_HIDE.search(markup):
        return []
    body, said = parsed(markup, []), "".join(text.split())
    pieces = map(first_words, hidden_in(body)) if body is not None else ()
    return [words for words in pieces if words and "".join(words.split()) in said]


def hidden_in(body: "LexborNode") -> Iterator["LexborNode"]:
    """Yield the elements that are hidden, and not by one around them."""
    hidden: set[int] = set()
    for node in body.css("[style], [hidden]"):
        above = node.parent
        while above is not None and above.mem_id not in hidden:
            above = above.parent
        attributes = node.attributes
        if above is None and ("hidden" in attributes or hides(attributes.get("style") or "")):
            hidden.add(node.mem_id)
            yield node


def hides(style: str) -> bool:
    """Return whether a style hides what it is about."""
    return HIDES.search("".join(style.lower().split())) is not None


def first_words(node: "LexborNode") -> str:
    """Return the first words in an element."""
    return next((line.strip() for line in node.text(separator="\n").split("\n") if line.strip()), "")
