"""The small tree the rules work on, and its markup. reading.py makes it, with only the vocabulary of allowed.py."""

import html
from dataclasses import dataclass, field
from typing import Final

from sitegen.clean import allowed

VOID: Final = frozenset({"br", "hr", "img"})
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
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)


Report = list[tuple[str, str]]  # (rule, excerpt), in the order of the findings


def excerpt(text: str) -> str:
    """Return the start of a text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT_CHARS else line[: EXCERPT_CHARS - 1] + "…"


def write_html(root: Element) -> str:
    """Return the markup of a tree's children: escaped, blocks on lines of their own."""
    parts: list[str] = []
    write_children(root, parts)
    return "".join(parts)


def write_children(element: Element, parts: list[str]) -> None:
    """Append the markup of the children to `parts`."""
    separate = element.tag in ("div", "blockquote")
    for child in element.children:
        if isinstance(child, str):
            parts.append(html.escape(child, quote=False))
            continue
        tag = child.tag
        if separate and parts and tag in allowed.BLOCKS and child is not element.children[0]:
            parts.append("\n")
        if tag == TRANSPARENT or (tag == "a" and not child.attributes):
            write_children(child, parts)
            continue
        if child.attributes:
            written = "".join(f' {name}="{html.escape(value)}"' for name, value in child.attributes.items())
            parts.append(f"<{tag}{written}>")
        else:
            parts.append(f"<{tag}>")
        if tag not in VOID:
            write_children(child, parts)
            parts.append(f"</{tag}>")
