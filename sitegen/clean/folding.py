"""The words of one block: white space folded, what nobody can see dropped, edges trimmed, letters composed."""

import re
import unicodedata
from typing import Final

from sitegen.clean.allowed import BLOCKS, HOLLOW
from sitegen.clean.tree import TRANSPARENT, Element

# White space that folds (the no-break space too: the posts use it as a spacer) and characters nobody can see.
SPACE: Final = re.compile(r"[ \t\n\r\f\v\x85\xa0]+")
UNSEEN: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u2060\ufeff\ufffe\uffff]")

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
            return self.fold(element.children, around)
        redundant = tag in around or (tag == "mark" and "strong" in around)
        children = self.fold(element.children, around | {tag})
        element.children = children
        anchors = "id" in element.attributes
        if redundant or (element.tag in HOLLOW and not has_content(element) and not anchors):
            return children
        return [element]

    def add_text(self, result: Nodes, text: str) -> None:
        """Add a text, folded against what came before."""
        words = folded(text)
        if self.after_space:
            words = words.removeprefix(" ")
        if words:
            append_text(result, words)
            self.after_space = words[-1] == " "


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
    while nodes and is_line_break(nodes[0]):
        nodes.pop(0)


def preformatted(block: Element) -> Nodes:
    """Return the text of a `pre`, line ends and spaces kept; a code element around it stays."""
    text = unicodedata.normalize("NFC", UNSEEN.sub("", lines_of(block).replace("\xa0", " "))).strip("\n")
    if not text.strip():
        return []
    is_code = any(isinstance(child, Element) and child.tag == "code" for child in block.children)
    return [Element("code", {}, [text])] if is_code else [text]


def lines_of(element: Element) -> str:
    """Return the text of preformatted content, its line breaks and the ends of its blocks as line ends."""
    parts: list[str] = []
    for child in element.children:
        if isinstance(child, str):
            parts.append(child)
        elif child.tag == "br":
            parts.append("\n")
        elif child.tag in BLOCKS:
            before = "" if not parts or parts[-1].endswith("\n") else "\n"
            parts.append(f"{before}{lines_of(child)}\n")
        else:
            parts.append(lines_of(child))
    return "".join(parts)
