"""The small tree the rules work on. reading.py makes it, with the vocabulary of allowed.py; writing.py writes it."""

from dataclasses import dataclass, field
from typing import Final

from sitegen.model import Removal

EXCERPT_CHARS: Final = 80
TRANSPARENT: Final = ""  # the tag of an element that has become nothing but its children


@dataclass(slots=True)
class Element:
    """A tag with attributes and children (elements and texts). Mutable: it lives inside one cleaning only."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)

    def elements(self) -> list["Element"]:
        """Return this element and all below it, in document order."""
        found: list[Element] = []
        waiting = [self]
        while waiting:
            element = waiting.pop()
            found.append(element)
            waiting += [child for child in reversed(element.children) if child.__class__ is Element]
        return found

    def text(self) -> str:
        """Return the text of this element and all below it."""
        return "".join([child if isinstance(child, str) else child.text() for child in self.children])


Report = list[Removal]  # in the order of the findings


def excerpt(text: str) -> str:
    """Return the start of a text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT_CHARS else line[: EXCERPT_CHARS - 1] + "…"


def holds_picture(element: Element) -> bool:
    """Return whether a picture lies in an element."""
    return any(part.tag == "img" for part in element.elements())


def text_with_breaks(element: Element) -> str:
    """Return the text of an element with its line breaks as line ends."""
    parts = []
    for child in element.children:
        if isinstance(child, str):
            parts.append(child)
        else:
            parts.append("\n" if child.tag == "br" else text_with_breaks(child))
    return "".join(parts)


def keep_text(element: Element, length: int) -> int:
    """Keep the first `length` characters below an element (a line break is one), and its pictures.

    Returns how many are left to keep.
    """
    kept: list[Element | str] = []
    for child in element.children:
        if length <= 0 and (isinstance(child, str) or not holds_picture(child)):
            continue
        if isinstance(child, str):
            kept.append(child[:length])
            length -= len(child)
        elif child.tag == "br":
            kept.append(child)
            length -= 1
        else:
            length = keep_text(child, max(length, 0))
            kept.append(child)
    element.children = kept
    return length
