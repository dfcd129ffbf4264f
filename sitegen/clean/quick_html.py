"""HTML that needs no repair, cut into tags without a parser: every element is closed where it was opened.

What a parser would mend (a `p` closed by the next block, formatting taken up again, words moved out of a table) is left
to Lexbor. Law: where this reads at all, it gives the tree that reading.py gives, with the same report. The text has
line feeds only (body.py sees to that).
"""

import html
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from html.entities import html5
from typing import Final, NamedTuple

from sitegen.clean.allowed import BLOCKS, HEADINGS
from sitegen.clean.reading import (
    ATTRIBUTE,
    MAX_REMEMBERED_TAGS,
    UNCLOSED,
    Reading,
    Start,
    add_element,
    start_of,
    unescaped,
)
from sitegen.clean.tree import Element, Report
from sitegen.model import Removal

TAG: Final = re.compile(r"""(<(?:[a-z][a-z0-9]*(?:\s+[a-z][a-z0-9-]*="[^"]*")*\s*/?>|/[a-z][a-z0-9]*>))""")
REFERENCE: Final = re.compile(r"&(#|[A-Za-z0-9]+;?)")
# Names that count without their semicolon, whatever follows.
LEGACY: Final = tuple(name for name in html5 if not name.endswith(";"))
SPACE: Final = " \t\n\f\r"  # HTML's own: dropped before a body's first words, and the only words between table rows

# A parser keeps a list of these that are open, to take them up again; inside themselves they are its business.
FORMATTING: Final = frozenset({"a", "b", "code", "em", "font", "i", "s", "small", "strike", "strong", "u"})
WORDS: Final = FORMATTING | {"br", "del", "img", "mark", "span", "sub", "sup"}
WRAPPERS: Final = frozenset(
    {"article", "aside", "blockquote", "center", "div", "figcaption", "figure", "footer", "header", "section"}
)
FLOW: Final = WORDS | WRAPPERS | {"p", *HEADINGS, "hr", "ol", "table", "ul"}
ROWS: Final = frozenset({"tr"})
# What may stand straight inside an element. An element of WORDS takes what may stand around it.
CHILDREN: Final = {
    **dict.fromkeys(("p", *HEADINGS), WORDS),
    **dict.fromkeys((*WRAPPERS, "li", "td", "th"), FLOW),
    **dict.fromkeys(("ol", "ul"), frozenset({"li"})),
    "table": frozenset({"tbody", "thead", "tr"}),
    **dict.fromkeys(("tbody", "thead"), ROWS),
    "tr": frozenset({"td", "th"}),
}
# The `tbody` around a table's rows where none is written.
UNWRITTEN: Final = "(tbody)"
TBODY: Final = start_of("tbody", {})
WORDLESS: Final = frozenset({"table", "tbody", "thead", "tr", UNWRITTEN})
COMMON: Final = frozenset({"amp;", "gt;", "lt;", "nbsp;", "quot;"})


class Tag(NamedTuple):
    """A start tag: its name as written, what it becomes, and what may stand in it (None: what may around it)."""

    name: str
    start: Start
    children: frozenset[str] | None
    kept: frozenset[str]  # its name, when it is one of FORMATTING


def read_plain(text: str, report: Report) -> Reading | None:
    """Return the tree of an HTML fragment that needs no repair, or None when a parser has to read it."""
    pieces = TAG.split(text.lstrip(SPACE))
    references = set(REFERENCE.findall(text)) if "&" in text else COMMON
    if len(pieces) // 2 != text.count("<") or not all(map(is_plain_reference, references)):
        return None
    resolved = unescaped if references <= COMMON else html.unescape
    reading, found = Reading(Element("div"), has_split_words=False), list[Removal]()
    words = iter(pieces)
    first = resolved(next(words))
    reading.root.children += [first] if first else []
    if not fill(reading, words, resolved, found):
        return None
    report += found
    return reading


def is_plain_reference(name: str) -> bool:
    """Return whether all readers agree on `&` and this: a whole name, or letters that are no name at all."""
    return name in html5 if name.endswith(";") else name != "#" and not name.startswith(LEGACY)


def fill(reading: Reading, words: Iterator[str], resolved: Callable[[str], str], report: Report) -> bool:
    """Put pairs of a tag and the words after it into the tree; return whether each element is where it may be."""
    name, element, children = "", reading.root, FLOW  # the innermost open element, and what may stand in it
    around: list[tuple[str, Element, frozenset[str]]] = []
    formatting: set[str] = set()  # those that are open
    for tag, after in zip(words, words, strict=True):
        if tag[1] == "/":
            if name == UNWRITTEN:
                name, element, children = around.pop()
            if tag[2:-1] != name:
                return False
            formatting.discard(name)
            name, element, children = around.pop()
        else:
            plain = tag_of(tag)
            if plain is not None and plain.name == "tr" and name == "table":
                around.append((name, element, children))
                name, element, children = UNWRITTEN, add_element(TBODY, element, len(around), report, reading), ROWS
            if plain is None or plain.name not in children or plain.name in formatting:
                return False
            own, start, inner, kept = plain
            reading.has_split_words |= own not in WORDS and name in WORDS
            child = add_element(start, element, len(around) + 1, report, reading)
            if not start.is_unclosed:
                around.append((name, element, children))
                name, element, children = own, child, inner or children
                formatting |= kept
        if after and name in WORDLESS and after.strip(SPACE):
            return False
        if after:
            element.children.append(resolved(after) if "&" in after else after)
    return not around


@lru_cache(maxsize=MAX_REMEMBERED_TAGS)
def tag_of(tag: str) -> Tag | None:
    """Return what is known of a start tag, or None when it is not plain."""
    name = re.split(r"[\s/>]", tag[1:], maxsplit=1)[0]
    written = ATTRIBUTE.findall(tag)
    attributes = {key: html.unescape(value) for key, value in written}
    start = start_of(name, attributes)
    is_closed = tag.endswith("/>") and name not in UNCLOSED
    if name in WORDS and start.name in BLOCKS:
        return None
    if start.is_dropped or start.is_sign or is_closed or len(attributes) < len(written):
        return None
    return Tag(name, start, CHILDREN.get(name), FORMATTING & {name})
