"""The words of one block: white space folded, what nobody can see dropped, edges trimmed, letters composed."""

import re
import unicodedata
from collections.abc import Callable
from typing import Final

from sitegen.clean.allowed import BLOCKS, HOLLOW
from sitegen.clean.tree import TRANSPARENT, Element

# White space that folds (the no-break space too: the posts use it as a spacer) and characters nobody can see.
SPACE: Final = re.compile(r"[ \t\n\r\f\v\x85\xa0]+")
HEAPED: Final = frozenset({"sup", "sub", "q"})  # one in another says more than one
UNSEEN: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u2060\ufeff\ufffe\uffff]")

APART: Final = "apart"  # the attribute of an element without a tag that stands in the place of a picture

Nodes = list["Element | str"]


def is_line_break(node: "Element | str") -> bool:
    """Return whether a node is a line break."""
    return isinstance(node, Element) and node.tag == "br"


def has_content(element: Element) -> bool:
    """Return whether a reader would see anything of an element."""
    for child in element.children:
        if child.strip() if isinstance(child, str) else child.tag == "img" or has_content(child):
            return True
    return False


class Folding:
    """Folds white space over one block, across the borders of its inline elements."""

    def __init__(self) -> None:
        self.after_space = True  # so that leading white space goes
        self.after_letter = False
        self.after_apart = False  # what stood apart from the letters beside it, as the picture whose words these are

    def fold(self, nodes: Nodes, around: frozenset[str]) -> Nodes:
        """Return `nodes` folded; `around` names the inline elements they lie in."""
        result: Nodes = []
        for node in nodes:
            if isinstance(node, str):
                self.add_text(result, node)
            elif node.tag == "br":
                trim_last_text(result)
                result.append(Element("br"))
                self.after_space = True
            elif node.tag == "img":
                result.append(node)
                self.after_space = False
            else:
                for part in self.fold_element(node, around):
                    if isinstance(part, str):
                        append_text(result, part)
                        continue
                    if is_line_break(part):
                        trim_last_text(result)
                    result.append(part)
        return result

    def fold_element(self, element: Element, around: frozenset[str]) -> Nodes:
        """Return an inline element folded, or its content when it adds nothing."""
        tag = element.tag
        if tag == TRANSPARENT:
            return (
                self.fold_apart(element, around) if APART in element.attributes else self.fold(element.children, around)
            )
        redundant = (tag in around and tag not in HEAPED) or (tag == "mark" and "strong" in around)
        children = self.fold(element.children, around | {tag})
        element.children = children
        anchors = "id" in element.attributes
        if redundant or (element.tag in HOLLOW and not has_content(element) and not anchors):
            return children
        if tag == "a" and children and isinstance(last := children[-1], str) and last[-1] == " ":
            children[-1] = last[:-1]  # a link's line would run on below the space
            return [element, " "]
        return [element]

    def fold_apart(self, element: Element, around: frozenset[str]) -> Nodes:
        """Return what stands in the place of a picture, a space between it and the letters beside it."""
        space: Nodes = [" "] if (self.after_letter or self.after_apart) and not self.after_space else []
        self.after_space |= bool(space)
        self.after_apart = False
        children = self.fold(element.children, around)
        self.after_apart = True
        return [*space, *children]

    def add_text(self, result: Nodes, text: str) -> None:
        """Add a text, folded against what came before."""
        words = folded(text)
        if self.after_space:
            words = words.removeprefix(" ")
        elif self.after_apart and words[:1].isalnum():
            words = f" {words}"
        if words:
            append_text(result, words)
            self.after_space = words[-1] == " "
            self.after_letter, self.after_apart = words[-1].isalnum(), False


def folded(text: str) -> str:
    """Return a text without unseen characters, its white space single."""
    # most texts are plain already: `isprintable` is false for every white space but the space, and for the unseen
    return text if text.isprintable() and "  " not in text else SPACE.sub(" ", UNSEEN.sub("", text))


def append_text(result: Nodes, text: str) -> None:
    """Append a text, joined and composed with the text before it."""
    if result and isinstance(result[-1], str):
        text = f"{result.pop()}{text}"
    result.append(unicodedata.normalize("NFC", text))


def trim_last_text(nodes: Nodes) -> None:
    """Take the space off the end of the last text of `nodes`, however deep it lies."""
    while nodes:
        last = nodes[-1]
        if isinstance(last, str):
            nodes[-1] = last.rstrip(" ")
            if nodes[-1]:
                return
            nodes.pop()
        elif last.tag in ("br", "img"):
            return
        else:
            trim_last_text(last.children)
            if last.children or last.tag not in HOLLOW or "id" in last.attributes:
                return
            nodes.pop()


def trim_end(nodes: Nodes) -> None:
    """Take spaces and line breaks off the end, and line breaks off the start."""
    trim_last_text(nodes)
    while nodes and is_line_break(nodes[-1]):
        nodes.pop()
        trim_last_text(nodes)
    if nodes and is_line_break(nodes[0]):
        del nodes[: next((at for at, node in enumerate(nodes) if not is_line_break(node)), len(nodes))]


def preformatted(block: Element) -> Nodes:
    """Return the content of a `pre`: line ends, spaces and inline elements stay; blocks in it end with a line end."""
    nodes = lines_of(block.children)
    trim_lines(nodes, 0, str.lstrip)
    trim_lines(nodes, -1, str.rstrip)
    return nodes if has_content(Element("pre", {}, nodes)) else []


def trim_lines(nodes: Nodes, edge: int, trimmed: Callable[[str, str], str]) -> None:
    """Take the line ends off one edge of preformatted content, however deep they lie."""
    while nodes:
        found = nodes[edge]
        if isinstance(found, str):
            nodes[edge] = trimmed(found, "\n")
            if nodes[edge]:
                return
        elif found.tag == "img":
            return
        else:
            trim_lines(found.children, edge, trimmed)
            if found.children:
                return
        nodes.pop(edge)


def lines_of(nodes: Nodes) -> Nodes:
    """Return preformatted content with its line breaks and the ends of its blocks as line ends."""
    result: Nodes = []
    for node in nodes:
        if isinstance(node, str):
            append_text(result, UNSEEN.sub("", node.replace("\xa0", " ")))
        elif node.tag == "br":
            append_text(result, "\n")
        elif node.tag in BLOCKS or node.tag == TRANSPARENT:
            is_block = node.tag in BLOCKS
            if is_block and result and not (isinstance(result[-1], str) and result[-1].endswith("\n")):
                append_text(result, "\n")
            for part in lines_of(node.children):
                append_text(result, part) if isinstance(part, str) else result.append(part)
            if is_block:
                append_text(result, "\n")
        else:
            node.children = lines_of(node.children)
            if node.tag == "img" or has_content(node):
                result.append(node)
            else:
                append_text(result, "".join(part for part in node.children if isinstance(part, str)))
    return result
