"""Headings: never the page's own level, never a level skipped, each with an anchor; links inside the page follow."""

import re

from sitegen.clean.allowed import HEADINGS
from sitegen.clean.rules import Work
from sitegen.clean.tree import Element, excerpt
from sitegen.model import Heading

MAX_ANCHOR_CHARS = 60
# Links between a footnote and its place, as markdown.py writes them.
NOTE_ROLES = {"#n-note": {"role": "doc-noteref"}, "#n-ref": {"role": "doc-backlink"}}


def order_headings(root: Element, work: Work) -> None:
    """Give headings their level and anchor, and links inside the page the anchors that exist."""
    elements = root.elements()
    anchors = settle_ids(elements, work)
    level_headings(elements, work, anchors)
    follow_links(elements, anchors)


def level_headings(elements: list[Element], work: Work, anchors: dict[str, str]) -> None:
    """Set level and id of every heading in order; `anchors` learns which old id became which."""
    open_levels: list[int] = []
    taken = set(anchors.values())
    for element in elements:
        if element.tag not in HEADINGS:
            continue
        written = int(element.tag[1])
        while open_levels and open_levels[-1] >= written:
            open_levels.pop()
        open_levels.append(written)
        level = min(len(open_levels) + 1, 6)
        if level != written:
            work.found(f"h{written}->h{level}", excerpt(element.text()))
            element.tag = f"h{level}"
        old = element.attributes.pop("id", "")
        anchor = unique(anchor_of(element.text()), taken)
        if old:
            anchors.setdefault(old, anchor)
        element.attributes["id"] = anchor
        work.headings.append(Heading(level=level, id=anchor, text=" ".join(element.text().split())))


def anchor_of(text: str) -> str:
    """Return the anchor of a heading's words."""
    words = re.sub(r"[^\w]+", "-", text).strip("-").lower()[:MAX_ANCHOR_CHARS].strip("-")
    return f"n-{words or 'section'}"


def unique(anchor: str, taken: set[str]) -> str:
    """Return `anchor`, numbered when it is taken."""
    number, candidate = 1, anchor
    while candidate in taken:
        number += 1
        candidate = f"{anchor}-{number}"
    taken.add(candidate)
    return candidate


def settle_ids(elements: list[Element], work: Work) -> dict[str, str]:
    """Drop ids from outside; keep those of our own parser. Return the ones that stay."""
    kept: dict[str, str] = {}
    for element in elements:
        own = element.attributes.get("id", "")
        if not own or element.tag in HEADINGS:
            continue
        if work.own_ids and own.startswith("n-") and own not in kept:
            kept[own] = own
        else:
            del element.attributes["id"]
    return kept


def follow_links(elements: list[Element], anchors: dict[str, str]) -> None:
    """Point links inside the page at the anchors that exist; unwrap the others and bare named anchors."""
    for element in elements:
        if not any(isinstance(child, Element) and child.tag == "a" for child in element.children):
            continue
        children: list[Element | str] = []
        for child in element.children:
            if isinstance(child, Element) and child.tag == "a":
                href = child.attributes.get("href", "")
                if href.startswith("#") and href[1:] in anchors:
                    child.attributes["href"] = f"#{anchors[href[1:]]}"
                    child.attributes |= NOTE_ROLES.get(re.sub(r"[\d-]+$", "", href), {})
                elif href.startswith("#") or not href:
                    children.extend(child.children)
                    continue
            children.append(child)
        element.children = children
