"""The small tree the rules work on. reading.py makes it, with the vocabulary of allowed.py; writing.py writes it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from sitegen.model import NO_SOURCE, Image, Removal, Source
from sitegen.values import value

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


@value
class Findings:
    """What the rules found in a block."""

    reports: Mapping[str, tuple[Removal, ...]]  # by rule; reading is one
    gone_by: str = ""  # the rule that left nothing of it
    links: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()
    credited: Source = NO_SOURCE
    bare_tables: int = 0


NOTHING_FOUND: Final = Findings(reports={})


@dataclass(slots=True)
class Settled(Element):
    """A block of which is known what the rules make of it (shapes.py): none looks into it, each says what it found."""

    html: str = ""
    words: str = ""
    bold: int = 0  # characters
    found: Findings = NOTHING_FOUND  # may be shared by many blocks


Report = list[Removal]  # in the order of the findings


def excerpt(text: str) -> str:
    """Return the start of a text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT_CHARS else line[: EXCERPT_CHARS - 1] + "…"
