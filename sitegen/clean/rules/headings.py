"""Headings: never the page's own level, never a level skipped, each with an anchor; links inside the page follow."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from sitegen.clean.allowed import BACK_WORDS, BLOCKS, CELLS, HEADINGS, PROSE
from sitegen.clean.folding import has_content
from sitegen.clean.rules import PLACE, Work
from sitegen.clean.rules.flow import loosened
from sitegen.clean.tree import Element, excerpt, text_with_breaks
from sitegen.model import Heading, Removal

PLACES = (PROSE | CELLS | {"blockquote", "dl", "figure", "ol", "pre", "table", "ul"}) - {"caption", "figcaption"}
NESTING = BLOCKS - PROSE
MAX_ANCHOR_CHARS = 60
NOT_LETTERS = re.compile(r"[\W_]+")
NO_WORDS = re.compile(r"[^\w]+")
# Links between a footnote and its place, as our own parsers write them: cleaned once more, they stay what they are.
OF_NOTES = re.compile(r"n-(?:note|ref)[\d-]*")
NOTED = frozenset({"a", "li", "p"})


def settle_ids(root: Element, work: Work) -> None:
    """Before the flow: drop ids from outside and keep those of notes that something leads to.

    Headings remember what led to them, and so do the blocks that a link inside the page leads to.
    """
    if not work.reading.named:
        return
    for heading in root.elements():
        if heading.tag in HEADINGS:
            ids = [element.attributes.get("id", "") for element in heading.elements()]
            work.led_to += [(name, heading) for name in ids if name]
    targets = {link.attributes.get("href", "")[1:] for link in work.reading.links} - {""}
    targets -= {name for name, _ in work.led_to}
    for name, block in list(places_of(root, targets, [], Filled())) if targets else ():
        if not OF_NOTES.fullmatch(name):
            work.places[name] = block.attributes.setdefault(PLACE, name)
    for element in work.reading.named:
        own = element.attributes.get("id", "")
        is_note = own in targets and OF_NOTES.fullmatch(own) and element.tag in NOTED and has_content(element)
        if is_note and own not in work.kept_ids:
            work.kept_ids.add(own)
        else:
            del element.attributes["id"]


def order_headings(root: Element, work: Work) -> None:
    """Give headings their level and anchor, and links inside the page the anchors that exist."""
    forget_lone_notes(root, work)
    anchors = {own: own for own in work.kept_ids}
    level_headings(root, work, anchors)
    for name, heading in work.led_to:
        if "id" in heading.attributes:
            anchors.setdefault(name, heading.attributes["id"])
    named = name_places(root, work, anchors) if work.places else []
    follow_links(work, anchors)
    for element, anchor in named:  # now, since the parts of a link share their attributes, and one of them has the name
        element.attributes = {**element.attributes, "id": anchor}
    named_once(root, work.kept_ids)


def forget_lone_notes(root: Element, work: Work) -> None:
    """Forget the ids of notes whose places or links have gone since they were kept; a heading's own leads to it."""
    if not work.kept_ids:
        return
    elements = root.elements()
    for heading in (element for element in elements if element.tag in HEADINGS):
        within = work.kept_ids & {element.attributes.get("id", "") for element in heading.elements()}
        work.led_to += [(name, heading) for name in sorted(within)]
        work.kept_ids -= within
    asked = {element.attributes.get("href", "")[1:] for element in elements}
    work.kept_ids &= {element.attributes.get("id", "") for element in elements} & asked
    idle = {id(element) for element in elements if element.attributes.get("id", "") not in work.kept_ids}
    for element in elements:
        if id(element) in idle:
            element.attributes.pop("id", None)
    loosen(elements, idle)


def named_once(root: Element, names: set[str]) -> None:
    """Leave each of these ids to the first that has it: the parts of a link share their attributes."""
    seen: set[str] = set()
    for element in root.elements() if names else ():
        name = element.attributes.get("id", "")
        if name in seen:
            element.attributes = {key: value for key, value in element.attributes.items() if key != "id"}
        seen |= {name} & names


class Filled:
    """Says of an element whether a reader would see anything of it, and looks at each once."""

    def __init__(self) -> None:
        self.known: dict[int, bool] = {}

    def __call__(self, element: Element) -> bool:
        """Return whether an element, which is not changed meanwhile, has content."""
        if id(element) not in self.known:
            self.known[id(element)] = has_content(element)
        return self.known[id(element)]


def places_of(
    element: Element,
    names: set[str],
    waiting: list[str],
    is_filled: Callable[[Element], bool],
    block: Element | None = None,
) -> Iterator[tuple[str, Element]]:
    """Yield the ids of `names` below an element, each with the block a link to it should lead to.

    That is the block that has it, or lies around it, or is the first in it, or else the next: an anchor alone stands
    before what it names, and is `waiting` for it. An anchor with words is a place of its own. `is_filled`: see
    `Filled`.
    """
    for child in element.children:
        if not isinstance(child, Element):
            continue
        name = child.attributes.get("id", "")
        inner = child if child.tag in PLACES or (child.tag == "a" and name and has_content(child)) else block
        if waiting and inner is not None and is_filled(inner):
            yield from ((one, inner) for one in waiting)
            waiting.clear()
        if name in names:
            place = inner or next((part for part in child.elements() if part.tag in PLACES), None)
            if place is not None and is_filled(place):
                yield name, place
            else:
                waiting.append(name)
        yield from places_of(child, names, waiting, is_filled, inner)


def name_places(root: Element, work: Work, anchors: dict[str, str]) -> list[tuple[Element, str]]:
    """Return the blocks that links lead to, with their anchors, as far as the flow has left something of both."""
    taken = dict.fromkeys((*anchors.values(), *(heading.id for heading in work.headings)), 1)
    found: dict[str, str] = {}
    named: list[tuple[Element, str]] = []
    elements = root.elements()
    asked = {element.attributes.get("href", "")[1:] for element in elements}
    asked_places = {place for name, place in work.places.items() if name in asked}
    for heading in elements:  # one anchor is enough for a heading and what is in it
        for element in heading.elements() if heading.tag in HEADINGS and "id" in heading.attributes else ():
            place = element.attributes.pop(PLACE, "")
            if place in asked_places:
                found.setdefault(place, heading.attributes["id"])
    idle: set[int] = set()
    for element in elements:
        place = element.attributes.pop(PLACE, "")
        if place in asked_places and place not in found:  # several paragraphs may have been made of it: the first
            found[place] = element.attributes.get("id") or unique(place_anchor(place), taken)
            named.append((element, found[place]))
        elif place:
            idle.add(id(element))
    loosen(elements, idle)
    for name, place in work.places.items():
        if place in found:
            anchors.setdefault(name, found[place])
    return named


def loosen(elements: list[Element], idle: set[int]) -> None:
    """Unwrap paragraphs that are alone in a cell and that nothing leads to: `idle`, by their places in memory."""
    for cell in elements:
        if cell.tag in CELLS and cell.children and id(cell.children[0]) in idle:
            cell.children = loosened(cell.children)


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
    ladder = Ladder(dict.fromkeys(anchors.values(), 1))
    for element in headings_of(root):
        written = int(element.tag[1])
        heading = ladder.heading(written, " ".join(text_with_breaks(element).split()))
        if heading.level != written:
            work.report.append(relevelled(written, heading))
            element.tag = f"h{heading.level}"
        element.attributes["id"] = heading.id
        work.headings.append(heading)


@dataclass(slots=True)
class Ladder:
    """The headings of a body so far: the levels that are open, and the anchors that are taken."""

    taken: dict[str, int] = field(default_factory=dict)
    open_levels: list[int] = field(default_factory=list)

    def heading(self, written: int, words: str) -> Heading:
        """Return the next heading, of the level it was written with."""
        while self.open_levels and self.open_levels[-1] >= written:
            self.open_levels.pop()
        self.open_levels.append(written)
        level = min(len(self.open_levels) + 1, 6)
        return Heading(level=level, id=unique(anchor_of(words), self.taken), text=words)


def relevelled(written: int, heading: Heading) -> Removal:
    """Return the report of a heading that was written on another level."""
    return Removal(f"h{written}->h{heading.level}", excerpt(heading.text))


def anchor_of(text: str) -> str:
    """Return the anchor of a heading's words."""
    is_plain = text.replace(" ", "").isalnum()
    words = text.strip(" ").replace(" ", "-") if is_plain and "  " not in text else NO_WORDS.sub("-", text).strip("-")
    words = words.lower()[:MAX_ANCHOR_CHARS].strip("-")
    return f"n-{words or 'section'}"


def place_anchor(name: str) -> str:
    """Return the anchor of a block that had an id; those of footnotes are never taken."""
    anchor = anchor_of(name.removeprefix("n-"))
    return f"n-to-{anchor[2:]}" if OF_NOTES.fullmatch(anchor) else anchor


def unique(anchor: str, taken: dict[str, int]) -> str:
    """Return `anchor`, numbered when it is taken; `taken` holds the last number of each."""
    candidate = anchor
    while candidate in taken:
        taken[anchor] += 1
        candidate = f"{anchor}-{taken[anchor]}"
    taken[candidate] = 1
    return candidate


def follow_links(work: Work, anchors: dict[str, str]) -> None:
    """Point links inside the page at the anchors that exist; the others become their words.

    In Markdown a heading is also known by its words: `[결론](#결론)`.
    """
    by_words: dict[str, str] | None = None
    for link in work.reading.links:
        href = link.attributes.get("href", "")
        if work.is_markdown and href.startswith("#") and href[1:] not in anchors:
            if by_words is None:
                by_words = {letters_of(heading.text): heading.id for heading in reversed(work.headings)}
            found = by_words.get(letters_of(unquote(href)))
            anchors |= {href[1:]: found} if found else {}
        if href.startswith("#") and href[1:] in anchors:
            link.attributes["href"] = f"#{anchors[href[1:]]}"
            if link.attributes.get("role") == "doc-backlink":
                link.attributes["aria-label"] = BACK_WORDS[work.settings.language]
        elif href.startswith("#"):
            for name in link.attributes.keys() - {"id"}:  # a link without attributes is written as its words
                del link.attributes[name]


def letters_of(text: str) -> str:
    """Return the letters and digits of a heading or of an anchor made from one: generators differ in all else."""
    return NOT_LETTERS.sub("", text).lower()
