"""A tree → its visible text: one block a line, white space single; and the share of it that is bold."""

from sitegen.clean.allowed import BLOCKS
from sitegen.clean.tree import Element


def visible_text(root: Element) -> str:
    """Return the words a reader sees, one block a line."""
    parts: list[str] = []
    gather(root, parts)
    lines = ("".join(parts)).split("\n")
    return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)


def gather(element: Element, parts: list[str]) -> None:
    """Append the text below `element`, with a line end around blocks."""
    for child in element.children:
        if isinstance(child, str):
            parts.append(child.replace("\n", " ") if element.tag != "pre" else child)
        elif child.tag == "br":
            parts.append("\n")
        elif child.tag in BLOCKS:
            parts.append("\n")
            gather(child, parts)
            parts.append("\n")
        else:
            gather(child, parts)


def bold_share(root: Element, text: str) -> float:
    """Return how much of the visible `text` of a tree stands in bold, 0 to 1; white space does not count."""
    total = len("".join(text.split()))
    return round(bold_chars(root) / total, 3) if total else 0.0


def bold_chars(element: Element) -> int:
    """Return the number of bold characters below `element`."""
    if element.tag == "strong":
        return len("".join(element.text().split()))
    return sum(bold_chars(child) for child in element.children if isinstance(child, Element))
