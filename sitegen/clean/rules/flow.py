"""Flow: blocks hold what they may hold, loose words become paragraphs, spacers and wrappers go. No word is lost.

Works from the leaves up and rebuilds the children of each element; the result reads back as the same tree.
"""

import unicodedata
from collections.abc import Iterable
from typing import Final

from sitegen.clean.allowed import BLOCKS, CELLS, FRAMES, PROSE
from sitegen.clean.folding import Folding, Nodes, folded, has_content, is_line_break, preformatted, trim_end
from sitegen.clean.rules import Work
from sitegen.clean.tree import Element, excerpt

CHILD_OF: Final = {
    "ul": ("li",),
    "ol": ("li",),
    "dl": ("dt", "dd"),
    "table": ("caption", "thead", "tbody", "tfoot"),
    "thead": ("tr",),
    "tbody": ("tr",),
    "tfoot": ("tr",),
    "tr": ("td", "th"),
}
FALLBACK: Final = {"ul": "li", "ol": "li", "dl": "dd", "tr": "td", "thead": "tr", "tbody": "tr", "tfoot": "tr"}
NEVER_IN_HEADINGS: Final = frozenset({"ul", "ol", "dl", "table", "blockquote", "figure", "pre"})
KEPT_IN_PRE: Final = frozenset({"ul", "ol", "dl", "table", "figure"})
MAY_BE_EMPTY: Final = frozenset({"td", "th", "hr", "img", "br"})


def settle_flow(root: Element, work: Work) -> None:
    """Give every element only the children it may have."""
    root.children = blocks_of(root.children, work)


def is_blank(text: str) -> bool:
    """Return whether a text is white space only, as far as a quick look tells."""
    return not text.strip(" \n\t\xa0")


def holds_block(element: Element) -> bool:
    """Return whether a block lies anywhere below an inline element."""
    return any(map(is_or_holds_block, element.children))


def is_or_holds_block(node: "Element | str") -> bool:
    """Return whether a node is a block or has one in it."""
    return isinstance(node, Element) and (node.tag in BLOCKS or holds_block(node))


def any_block(nodes: Nodes, work: Work) -> bool:
    """Return whether a block lies among or below `nodes`."""
    if work.reading.has_split_words:
        return any(map(is_or_holds_block, nodes))
    return any(isinstance(node, Element) and node.tag in BLOCKS for node in nodes)


def blocks_of(nodes: Nodes, work: Work) -> Nodes:
    """Return `nodes` as blocks: runs of inline content become paragraphs."""
    result: Nodes = []
    run: Nodes = []
    split = spread(nodes) if work.reading.has_split_words and any(map(must_split, nodes)) else nodes
    for node in in_lists(split) if any(map(is_item, nodes)) else split:
        if isinstance(node, str):
            if run or not is_blank(node):  # what stands between most blocks is white space
                run.append(node)
            continue
        if node.tag not in BLOCKS:
            run.append(node)
            continue
        if run:
            result += wrapped(run, work)
            run = []
        result += settled(node, work)
    if run:
        result += wrapped(run, work)
    return result


def is_item(node: "Element | str") -> bool:
    """Return whether a node is an item of a list."""
    return isinstance(node, Element) and node.tag == "li"


def in_lists(nodes: Iterable["Element | str"]) -> Iterable["Element | str"]:
    """Yield `nodes` with items that have lost their list, as browsers show them: in one."""
    items: Nodes = []
    for node in nodes:
        if is_item(node):
            items.append(node)
        elif not items:
            yield node
        elif not isinstance(node, str) or not is_blank(node):
            yield Element("ul", {}, items)
            yield node
            items = []
    if items:
        yield Element("ul", {}, items)


def wrapped(run: Nodes, work: Work) -> list[Element]:
    """Return loose inline content as paragraphs."""
    lines = paragraphs(run, work)
    for line in lines:
        work.found("wrapped-loose-text", excerpt(line.text()))
    return lines


def must_split(node: "Element | str") -> bool:
    """Return whether a node is an inline element with a block in it."""
    return isinstance(node, Element) and node.tag not in BLOCKS and holds_block(node)


def spread(nodes: Iterable["Element | str"]) -> Iterable["Element | str"]:
    """Yield `nodes` with inline elements that hold blocks split around those blocks."""
    for node in nodes:
        if isinstance(node, str) or node.tag in BLOCKS or not holds_block(node):
            yield node
            continue
        for inner in spread(node.children):
            if isinstance(inner, Element) and inner.tag in BLOCKS:
                clothe(inner, node)
                yield inner
            else:
                yield Element(node.tag, node.attributes, [inner])


def clothe(block: Element, inline: Element) -> None:
    """Put a copy of an inline element around the words of a block.

    Copies share their attributes: what later rules find out about a link holds for all its parts. A link of its own
    leads where it did.
    """
    if inline.tag == "a" and holds_link(block):
        for at, child in enumerate(block.children):
            if isinstance(child, Element) and child.tag in BLOCKS:
                clothe(child, inline)
            elif child.strip() if isinstance(child, str) else not holds_link(child):
                block.children[at] = Element("a", inline.attributes, [child])
        return
    if block.tag in PROSE | CELLS | {"div", "pre"}:
        block.children = [Element(inline.tag, inline.attributes, block.children)]
        return
    for at, child in enumerate(block.children):
        if isinstance(child, Element) and child.tag in BLOCKS:
            clothe(child, inline)
        elif isinstance(child, Element) or child.strip():
            block.children[at] = Element(inline.tag, inline.attributes, [child])


def holds_link(element: Element) -> bool:
    """Return whether a link is in an element, or is it."""
    return any(part.tag == "a" for part in element.elements())


def settled(block: Element, work: Work) -> Nodes:
    """Return the blocks that stand in the place of `block`."""
    tag = block.tag
    if tag == "p":
        lines = paragraphs(block.children, work, block.attributes)
        if not lines:
            work.found("empty:p")
        return [*lines]
    if tag == "div" or tag in CELLS or tag in ("figcaption", "dt", "caption"):  # a wrapper, or a part without its whole
        return blocks_of(block.children, work)
    if tag == "hr":
        return [Element("hr")]
    if tag == "pre":
        if any(part.tag in KEPT_IN_PRE for part in block.elements()):
            return [made for part in parts_of_pre(block) for made in settled(part, work)]
        block.children = preformatted(block)
    elif tag in PROSE:
        rest = rest_of(block, work)
        block.children = inline_of(block.children, work)
        return [*whole(block, work), *(blocks_of(rest, work) if rest else ())]
    elif tag == "figure":
        return figure_of(block, work)
    elif tag in FRAMES:
        fill_frame(block, work)
        if tag not in ("ul", "ol", "dl", "table"):
            return blocks_of(block.children, work)
    else:
        block.children = blocks_of(block.children, work)
    return whole(block, work)


def parts_of_pre(block: Element) -> list[Element]:
    """Return preformatted text in parts, and between them the tables and lists that would be lines in it."""
    parts: list[Element] = []
    words: Nodes = []
    waiting = block.children[::-1]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str) or not any(part.tag in KEPT_IN_PRE for part in node.elements()):
            words.append(node)
        elif node.tag not in KEPT_IN_PRE:
            waiting += node.children[::-1]
        else:
            parts += [Element("pre", dict(block.attributes), words), node]
            words = []
    return [*parts, Element("pre", dict(block.attributes), words)]


def whole(block: Element, work: Work) -> Nodes:
    """Return a block, or nothing where nothing is in it."""
    if block.children and (block.tag not in PROSE or has_content(block)):
        return [block]
    work.found(f"empty:{block.tag}")
    return []


def rest_of(heading: Element, work: Work) -> Nodes:
    """Cut an unclosed heading off before its first block where a list or table lies in it; return what it swallowed."""
    nodes = list(spread(heading.children)) if work.reading.has_split_words else heading.children
    if not any(isinstance(node, Element) and node.tag in NEVER_IN_HEADINGS for node in nodes):
        return []
    first = next(at for at, node in enumerate(nodes) if isinstance(node, Element) and node.tag in BLOCKS)
    heading.children = nodes[:first]
    return nodes[first:]


def paragraphs(nodes: Nodes, work: Work, attributes: dict[str, str] | None = None) -> list[Element]:
    """Return inline content as paragraphs: two line breaks in a row begin a new one."""
    inline = inline_of(nodes, work)
    if not any(map(is_line_break, inline)):
        line = Element("p", dict(attributes or {}), inline)
        return [line] if has_content(line) else []
    lines: list[Nodes] = [[]]
    for position, node in enumerate(inline):
        is_break = isinstance(node, Element) and node.tag == "br"
        after_break = position > 0 and is_line_break(inline[position - 1])
        if is_break and (after_break or (position + 1 < len(inline) and is_line_break(inline[position + 1]))):
            if lines[-1]:
                lines.append([])
            continue
        lines[-1].append(node)
    for split in lines if len(lines) > 1 else ():
        trim_end(split)
    result = [Element("p", dict(attributes or {}), line) for line in lines if line]
    if len(result) > 1:
        work.found("br->p")
    return [line for line in result if has_content(line)]


def inline_of(nodes: Nodes, work: Work) -> Nodes:
    """Return `nodes` as inline content: blocks opened, white space folded, hollow elements gone, edges trimmed."""
    if len(nodes) == 1 and isinstance(nodes[0], str):  # most blocks hold one text
        words = folded(nodes[0]).strip(" ")
        return [unicodedata.normalize("NFC", words)] if words else []
    if any_block(nodes, work):
        nodes = list(opened(nodes))
    inline = Folding().fold(nodes, frozenset())
    trim_end(inline)
    return inline


def opened(nodes: Iterable["Element | str"]) -> Iterable["Element | str"]:
    """Yield `nodes` with every block replaced by its content, a space on either side."""
    for node in nodes:
        if isinstance(node, str):
            yield node
        elif node.tag in BLOCKS:
            yield " "
            yield from opened(node.children)
            yield " "
        else:
            node.children = list(opened(node.children))
            yield node


def figure_of(block: Element, work: Work) -> Nodes:
    """Return a figure with its content and caption, or what is left of it as plain blocks."""
    parts = without_gaps(block.children)
    captions = [at for at, part in enumerate(parts) if isinstance(part, Element) and part.tag == "figcaption"]
    if len(captions) > 1 and len(captions) < len(parts):  # several pictures, each with its own
        ends = captions[1:] if captions[0] == 0 else [at + 1 for at in captions[:-1]]
        bounds = zip([0, *ends], [*ends, len(parts)], strict=True)
        return [made for start, end in bounds for made in figure_of(Element("figure", {}, parts[start:end]), work)]
    if captions and 0 < captions[0] < len(parts) - 1 == len(parts) - len(captions):  # it ends with its caption
        before, after = parts[: captions[0] + 1], parts[captions[0] + 1 :]
        return [*figure_of(Element("figure", block.attributes, before), work), *blocks_of(after, work)]
    rest = [part for at, part in enumerate(parts) if at not in captions]
    content = blocks_of(rest, work) if any_block(rest, work) else inline_of(rest, work)
    if len(content) == 1 and isinstance(content[0], Element) and content[0].tag == "p":
        content = content[0].children
    words = inline_of([part for at in captions for part in (*children_of(parts[at]), " ")], work)
    said = next((attributes for at in captions if (attributes := direction_of(parts[at]))), {})
    caption: Nodes = [Element("figcaption", said, words)] if words else []
    if not has_content(Element("div", {}, content)):
        return [*paragraphs(words, work, said)]
    block.children = [*caption, *content] if captions[:1] == [0] else [*content, *caption]
    return [block]


def without_gaps(nodes: Nodes) -> Nodes:
    """Return `nodes` without white space but for that between two inline ones."""
    parts: Nodes = []
    is_apart = False
    for node in nodes:
        if isinstance(node, str) and not node.strip():
            is_apart = True
            continue
        beside = [*parts[-1:], node]
        if is_apart and parts and not any(isinstance(one, Element) and one.tag in BLOCKS for one in beside):
            parts.append(" ")
        parts.append(node)
        is_apart = False
    return parts


def direction_of(node: "Element | str") -> dict[str, str]:
    """Return what a node says of the way its words run."""
    return {key: value for key, value in node.attributes.items() if key == "dir"} if isinstance(node, Element) else {}


def children_of(node: "Element | str") -> Nodes:
    """Return what stands in a node."""
    return node.children if isinstance(node, Element) else []


def fill_frame(frame: Element, work: Work) -> None:
    """Give a list, table or row only the parts it may have; strays are put into a part, never dropped."""
    parts: Nodes = []
    strays: Element | None = None  # the part that takes the strays of one run: they keep the white space between them
    for child in unpacked(frame):
        if isinstance(child, Element) and child.tag in CHILD_OF[frame.tag]:
            parts.append(child)
            strays = None
        elif isinstance(child, Element) and child.tag in FRAMES and frame.tag in ("ul", "ol") and parts:
            last = parts[-1]  # a list straight inside a list belongs to the item before it
            assert isinstance(last, Element)
            last.children.append(child)
        elif strays is not None:
            strays.children.append(child)
        elif isinstance(child, Element) or child.strip():
            strays = stray_part(frame, parts)
            strays.children += [" ", child] if strays.children else [child]
    for part in parts:
        assert isinstance(part, Element)
        settle_part(part, work)
    spans = frame.tag in ("tbody", "thead", "tfoot") and span_rows(parts, work)
    kept = [part for part in parts if isinstance(part, Element) and (spans or not is_hollow(part))]
    if frame.tag == "ol" and len(kept) < len(parts):
        number_items(frame, parts)
    frame.children = [*kept]
    if frame.tag == "table" and not any(has_content(part) for part in frame.children if isinstance(part, Element)):
        frame.children = []


def span_rows(rows: Nodes, work: Work) -> bool:
    """Cut cells that reach below the last of these rows; return whether any reaches below its own."""
    spans = False
    for left, row in enumerate(reversed(rows), 1):
        for cell in children_of(row):
            if not isinstance(cell, Element) or "rowspan" not in cell.attributes:
                continue
            if int(cell.attributes["rowspan"]) > left:
                work.found("attr:rowspan", cell.attributes.pop("rowspan"))
                cell.attributes |= {"rowspan": str(left)} if left > 1 else {}
            spans |= "rowspan" in cell.attributes
    return spans


def unpacked(frame: Element) -> Iterable["Element | str"]:
    """Yield a frame's children; the groups of a definition list are opened."""
    for child in spread(frame.children):
        if isinstance(child, Element) and child.tag == "div":
            yield " "
            yield from unpacked(Element(frame.tag, {}, child.children))
            yield " "
        else:
            yield child


def stray_part(frame: Element, parts: Nodes) -> Element:
    """Return the part that takes stray content."""
    if not parts or frame.tag == "table":
        tag = FALLBACK.get(frame.tag)
        if tag is None:  # a table: strays stand in its caption
            caption = next((part for part in parts if isinstance(part, Element) and part.tag == "caption"), None)
            if caption is None:
                caption = Element("caption")
                parts.insert(0, caption)
            return caption
        parts.append(Element(tag))
    last = parts[-1]
    assert isinstance(last, Element)
    return last


def is_hollow(part: Element) -> bool:
    """Return whether a part holds nothing; an empty cell holds its place."""
    return not part.children and part.tag not in MAY_BE_EMPTY


def number_items(frame: Element, items: Nodes) -> None:
    """Give the items of a numbered list that stand behind an empty one the numbers they have."""
    is_reversed, is_due = "reversed" in frame.attributes, False
    number = int(frame.attributes.get("start", len(items) if is_reversed else 1))
    for item in items:
        assert isinstance(item, Element)
        number = int(item.attributes.get("value", number))
        if not item.children:
            is_due = True
        elif is_due:
            item.attributes["value"] = str(number)
            is_due = False
        number += -1 if is_reversed else 1


def settle_part(part: Element, work: Work) -> None:
    """Settle one item, cell, row or group."""
    if part.tag in FRAMES:
        fill_frame(part, work)
    elif part.tag in PROSE:
        part.children = inline_of(part.children, work)
    elif any_block(part.children, work):
        part.children = cell_blocks(part.children, work)
    else:
        part.children = inline_of(part.children, work)


def cell_blocks(nodes: Nodes, work: Work) -> Nodes:
    """Return the content of an item or cell that holds blocks."""
    return loosened(blocks_of(nodes, work))


def loosened(blocks: Nodes) -> Nodes:
    """Return the blocks of an item or cell; words alone, or before lists only, need no paragraph around them."""
    if blocks and isinstance(blocks[0], Element) and blocks[0].tag == "p" and not blocks[0].attributes:
        rest_is_lists = all(isinstance(block, Element) and block.tag in ("ul", "ol") for block in blocks[1:])
        if rest_is_lists:
            return [*blocks[0].children, *blocks[1:]]
    return blocks
