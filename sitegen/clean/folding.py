"""The words of one block: white space folded, what nobody can see dropped, edges trimmed, letters composed."""

import re
import unicodedata
from collections.abc import Callable
from itertools import groupby
from typing import Final

from sitegen.clean.allowed import BLOCKS, HOLLOW
from sitegen.clean.tree import TRANSPARENT, Element

# White space that folds (the no-break space too: the posts use it as a spacer) and characters nobody can see.
SPACE: Final = re.compile(r"[ \t\n\r\f\v\x85\xa0]+")
HEAPED: Final = frozenset({"sup", "sub", "q", "span"})  # one in another says more than one
UNSEEN: Final = re.compile(  # and what turns the direction of all that follows
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]"
)

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
        return [*edge_space(children, 0), element, *edge_space(children, -1)] if tag == "a" and children else [element]

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


def edge_space(children: Nodes, edge: int) -> Nodes:
    """Take the space off one edge of a link, whose line would run on below it; return it."""
    text = children[edge] if children else None
    if not isinstance(text, str) or text[edge] != " ":
        return []
    children[edge] = text.rstrip(" ") if edge else text.lstrip(" ")
    if not children[edge]:
        del children[edge]
    return [" "]


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
    """Take spaces and line breaks off the end, and line breaks off the start, however deep they lie."""
    trim_last_text(nodes)
    while drop_break(nodes, -1):
        trim_last_text(nodes)
    while drop_break(nodes, 0):
        pass


def drop_break(nodes: Nodes, edge: int) -> bool:
    """Take a line break off one edge of inline content; return whether there was one."""
    node = nodes[edge] if nodes else ""
    if isinstance(node, str):
        return False
    if node.tag != "br":
        if not drop_break(node.children, edge):
            return False
        if node.children or node.tag not in HOLLOW or "id" in node.attributes:
            return True
    nodes.pop(edge)
    return True


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
    parts: Nodes = []
    for node in nodes:
        if isinstance(node, str):
            parts.append(UNSEEN.sub("", node.replace("\xa0", " ")))
        elif node.tag == "br":
            parts.append("\n")
        elif node.tag in BLOCKS:
            if parts and not (isinstance(parts[-1], str) and parts[-1].endswith("\n")):
                parts.append("\n")
            parts += [*lines_of(node.children), "\n"]
        elif node.tag == TRANSPARENT:
            parts += lines_of(node.children)
        else:
            node.children = lines_of(node.children)
            parts += [node] if node.tag == "img" or has_content(node) else node.children
    return joined(parts)


def joined(parts: Nodes) -> Nodes:
    """Return nodes with neighbouring texts joined and composed."""
    result: Nodes = []
    for is_text, run in groupby(parts, lambda part: isinstance(part, str)):
        same = list(run)
        result += [unicodedata.normalize("NFC", "".join(map(str, same)))] if is_text else same
    return result
