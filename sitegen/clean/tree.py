"""HTML text ↔ a small tree. Lexbor (selectolax) reads it as a browser would; the tree is what the rules work on.

Reading already drops what may never stay, gives each thing one name and unwraps unknown tags, so that the rules meet
only the vocabulary of allowed.py (`div` = a block without meaning, unwrapped by the flow rule).
"""

import html
from dataclasses import dataclass, field
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from sitegen.clean import allowed
from sitegen.clean.address import clean_url, host_of, is_host_of

MAX_DEPTH: Final = 64  # deeper tags are unwrapped; real posts stay below 20
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


@dataclass(slots=True)
class Reading:
    """A tree as read, with the elements that rules look for, in document order."""

    root: Element
    pictures: list[Element] = field(default_factory=list)
    links: list[Element] = field(default_factory=list)
    named: list[Element] = field(default_factory=list)  # those that came with an id


def read_html(text: str, report: Report) -> Reading:
    """Return the tree of an HTML fragment or document."""
    root = Element("div")
    reading = Reading(root)
    body = LexborHTMLParser(text).body
    if body is None:
        return reading
    # (node, element that takes its children, depth); a stack instead of recursion: depth is the author's to choose
    stack: list[tuple[LexborNode | None, Element, int]] = [(body.first_child, root, 1)]
    while stack:
        node, parent, depth = stack.pop()
        while node is not None:
            tag = node.tag or ""
            if tag == "-text":
                parent.children.append(node.text_content or "")
            elif tag and tag[0].isalpha():
                child = element_of(node, tag, parent, depth, report, reading)
                first = node.first_child if child is not None else None
                if child is not None and first is not None:
                    stack.append((node.next, parent, depth))
                    node, parent, depth = first, child, depth + 1
                    continue
            node = node.next
    return reading


def element_of(
    node: LexborNode, tag: str, parent: Element, depth: int, report: Report, reading: Reading
) -> Element | None:
    """Add the element that `tag` becomes to `parent`; return who takes the node's children, or None for nobody."""
    attributes = {name: value or "" for name, value in node.attributes.items()}
    if tag in allowed.DROPPED:
        embed = video_link(tag, attributes)
        report.append((f"removed:{tag}", excerpt(node.html or "")))
        if embed is not None:
            parent.children.append(embed)
        return None
    if "class" in attributes and not allowed.WIDGET_CLASSES.isdisjoint(attributes["class"].split()):
        report.append(("ad-or-widget", excerpt(node.html or "")))
        return None
    name = allowed.RENAMED.get(tag, tag)
    if name != tag:
        report.append((f"{tag}->{name}", ""))
    if name in allowed.WRAPPERS:
        if tag not in ("body", "html"):
            report.append((f"unwrap:{tag}", ""))
        name = "div"
    elif name == "span" and is_highlight(attributes.get("style", "")):
        name = "mark"
    elif name == "span" or (name not in allowed.INLINE and name not in allowed.BLOCKS):
        report.append((f"unwrap:{tag}", ""))
        return parent
    if depth > MAX_DEPTH:
        report.append(("too-deep", tag))
        return parent
    element = Element(name, kept_attributes(name, attributes, report) if attributes else attributes)
    parent.children.append(element)
    if name == "img":
        reading.pictures.append(element)
    elif name == "a":
        reading.links.append(element)
    if "id" in element.attributes:
        reading.named.append(element)
    return element


def kept_attributes(tag: str, attributes: dict[str, str], report: Report) -> dict[str, str]:
    """Return the attributes that stay; the others are reported. Ids stay until the headings' rule renames them."""
    if tag == "img":
        promote_lazy(attributes)
    allowed_here = allowed.ATTRIBUTES.get(tag, frozenset())
    kept = {}
    for name, value in attributes.items():
        if name in allowed_here:
            if name not in allowed.NUMBERS or value.strip().isdigit():
                kept[name] = value.strip() if name in allowed.NUMBERS else value
            continue
        if name == "id" or (name == "name" and tag == "a"):
            kept["id"] = value
        report.append((f"attr:{name}", value[:EXCERPT_CHARS]))
    return kept


def promote_lazy(attributes: dict[str, str]) -> None:
    """Put the address a script would load into `src`."""
    for name in ("data-src", "data-original", "data-lazy-src"):
        if attributes.get(name) and (not attributes.get("src") or attributes["src"].startswith("data:")):
            attributes["src"] = attributes.pop(name)


def is_highlight(style: str) -> bool:
    """Return whether a style sets a background and nothing else: the author's text marker."""
    if "background" not in style.lower():
        return False
    rules = [rule.partition(":") for rule in style.lower().split(";") if rule.strip()]
    plain = ("transparent", "inherit", "initial", "none", "white", "#fff", "#ffffff")
    return bool(rules) and all(
        name.strip() in ("background", "background-color") and value.strip() not in plain and "url" not in value
        for name, _, value in rules
    )


def video_link(tag: str, attributes: dict[str, str]) -> Element | None:
    """Return the link an embedded video becomes, or None."""
    url = clean_url(attributes.get("src", "")) if tag in ("iframe", "embed", "video") else ""
    host = host_of(url)
    if not host or not is_host_of(host, allowed.VIDEO_HOSTS):
        return None
    return Element("div", {}, [Element("a", {"href": url}, [f"동영상 ({host})"])])


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
