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
