"""Headings: never the page's own level, never a level skipped, each with an anchor; links inside the page follow."""

import re
from collections.abc import Iterator

from sitegen.clean.allowed import BLOCKS, HEADINGS, PROSE
from sitegen.clean.rules import Work
from sitegen.clean.tree import Element, excerpt
from sitegen.model import Heading

NESTING = BLOCKS - PROSE
MAX_ANCHOR_CHARS = 60
NO_WORDS = re.compile(r"[^\w]+")
# Links between a footnote and its place, as markdown.py writes them.
NOTE_ROLES = {"#n-note": {"role": "doc-noteref"}, "#n-ref": {"role": "doc-backlink"}}


def settle_ids(root: Element, work: Work) -> None:
    """Before the flow: drop ids from outside and keep those of our own parser; headings remember what led to them."""
    if not work.reading.named:
        return
    for heading in root.elements():
        if heading.tag in HEADINGS:
            ids = [element.attributes.get("id", "") for element in heading.elements()]
            work.led_to += [(name, heading) for name in ids if name]
    for element in work.reading.named:
        own = element.attributes.get("id", "")
        if work.is_markdown and own.startswith("n-") and own not in work.kept_ids and element.tag not in HEADINGS:
            work.kept_ids.add(own)
        else:
            del element.attributes["id"]


def order_headings(root: Element, work: Work) -> None:
    """Give headings their level and anchor, and links inside the page the anchors that exist."""
    anchors = {own: own for own in work.kept_ids}
    level_headings(root, work, anchors)
    for name, heading in work.led_to:
        if "id" in heading.attributes:
            anchors.setdefault(name, heading.attributes["id"])
    follow_links(work, anchors)


def headings_of(element: Element) -> Iterator[Element]:
    """Yield the headings below an element in document order; words and inline elements hold none."""
    for child in element.children:
        if isinstance(child, Element):
            if child.tag in HEADINGS:
                yield child
            elif child.tag in NESTING:
                yield from headings_of(child)


def level_headings(root: Element, work: Work, anchors: dict[str, str]) -> None:
    """Set level and id of every heading in order; `anchors` holds the ids that are taken."""
    open_levels: list[int] = []
    taken = dict.fromkeys(anchors.values(), 1)
    for heading in headings_of(root):
        written = int(heading.tag[1])
        while open_levels and open_levels[-1] >= written:
            open_levels.pop()
        open_levels.append(written)
        level = min(len(open_levels) + 1, 6)
        words = " ".join(heading.text().split())
        if level != written:
            work.found(f"h{written}->h{level}", excerpt(words))
            heading.tag = f"h{level}"
        anchor = unique(anchor_of(words), taken)
        heading.attributes["id"] = anchor
        work.headings.append(Heading(level=level, id=anchor, text=words))


def anchor_of(text: str) -> str:
    """Return the anchor of a heading's words."""
    words = NO_WORDS.sub("-", text).strip("-").lower()[:MAX_ANCHOR_CHARS].strip("-")
    return f"n-{words or 'section'}"


def unique(anchor: str, taken: dict[str, int]) -> str:
    """Return `anchor`, numbered when it is taken; `taken` holds the last number of each."""
    candidate = anchor
    while candidate in taken:
        taken[anchor] += 1
        candidate = f"{anchor}-{taken[anchor]}"
    taken[candidate] = 1
    return candidate


def follow_links(work: Work, anchors: dict[str, str]) -> None:
    """Point links inside the page at the anchors that exist; the others become their words."""
    for link in work.reading.links:
        href = link.attributes.get("href", "")  # none on blocks that are settled
        if href.startswith("#") and href[1:] in anchors:
            link.attributes["href"] = f"#{anchors[href[1:]]}"
            link.attributes |= NOTE_ROLES.get(re.sub(r"[\d-]+$", "", href), {})
        elif href.startswith("#"):
            link.attributes.clear()  # a link without attributes is written as its words
