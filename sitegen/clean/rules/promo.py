"""Promotion: a block that advertises is removed whole and recorded; news that links to an advertiser loses the link."""

import re
from functools import lru_cache

from sitegen.clean.address import host_of, is_host_of
from sitegen.clean.allowed import CELLS, INLINE, PROSE
from sitegen.clean.rules import Work
from sitegen.clean.rules.flow import loosened
from sitegen.clean.tree import Element, excerpt

# Words beside the promotional links of a block above which it is news that happens to link there.
NEWS_CHARS = 120
FIGURES = re.compile(r"\d{2}")


def remove_promotion(root: Element, work: Work) -> None:
    """Remove promotional blocks; keep the words of longer blocks that only contain a promotional link."""
    if work.links and (work.settings.promo_hosts or work.settings.promo_phrases):
        visit(root, work, compiled(work.settings.promo_phrases), linking(root))


@lru_cache(maxsize=4)
def compiled(phrases: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Return the expressions of promotional blocks."""
    return tuple(map(re.compile, phrases))


def linking(element: Element) -> set[int]:
    """Return the identities of the elements below that are links or hold one."""
    found: set[int] = set()
    for child in element.children:
        if isinstance(child, Element):
            has_elements = len(child.children) > 1 or (child.children and isinstance(child.children[0], Element))
            inner = linking(child) if has_elements else set()
            if inner or child.tag == "a":
                found |= inner
                found.add(id(child))
    return found


def visit(element: Element, work: Work, phrases: tuple[re.Pattern[str], ...], links: set[int]) -> None:
    """Remove promotional blocks below `element`; `links` are the elements that are links or hold one."""
    kept: list[Element | str] = []
    for child in element.children:
        if isinstance(child, str) or id(child) not in links:
            kept.append(child)
            continue
        if is_promotional_link(child, work) and element.tag in INLINE | PROSE | CELLS | {"figure"}:
            work.found("promo-unlinked", excerpt(child.attributes["href"]))
            kept += child.children
        elif is_advertisement(child, work, phrases):
            work.found("promo-removed", excerpt(child.text()))
            if child.tag in ("td", "th"):
                child.children = []
                kept.append(child)
        else:
            remove_lines(child, work, phrases)
            visit(child, work, phrases, links)
            if child.children or child.tag in ("td", "th"):
                kept.append(child)
    element.children = loosened(kept) if element.tag in CELLS else kept


def remove_lines(block: Element, work: Work, phrases: tuple[re.Pattern[str], ...]) -> None:
    """Remove the lines of a longer block that advertise; the news before them stays."""
    if block.tag not in PROSE | CELLS or not any(is_break(child) for child in block.children):
        return
    lines = lines_of(block)
    news = [
        line
        for line in lines
        if not (is_advertisement(line, work, phrases) and any(phrase.search(line.text()) for phrase in phrases))
    ]
    if len(news) < len(lines):
        for line in lines:
            if line not in news:
                work.found("promo-removed", excerpt(line.text()))
        joined = [part for line in news for part in (*line.children, Element("br"))]
        block.children = joined[:-1]


def lines_of(block: Element) -> list[Element]:
    """Return the lines of a block, each as a block of its own."""
    lines = [Element(block.tag)]
    for child in block.children:
        if is_break(child):
            lines.append(Element(block.tag))
        else:
            lines[-1].children.append(child)
    return lines


def is_break(child: "Element | str") -> bool:
    """Return whether a child is a line break."""
    return isinstance(child, Element) and child.tag == "br"


def is_promotional_link(element: Element, work: Work) -> bool:
    """Return whether an element is a link to a promotional host."""
    return element.tag == "a" and is_host_of(host_of(element.attributes.get("href", "")), work.settings.promo_hosts)


def is_advertisement(block: Element, work: Work, phrases: tuple[re.Pattern[str], ...]) -> bool:
    """Return whether a block with words is promotional as a whole."""
    if block.tag not in PROSE | CELLS or (block.tag in CELLS and any(is_nested(child) for child in block.children)):
        return False
    links = [element for element in block.elements() if element.tag == "a"]
    promotional = [link for link in links if is_promotional_link(link, work)]
    if not links:
        return False
    text = block.text()
    own_words = len(text) - sum(len(link.text()) for link in promotional)
    if own_words >= NEWS_CHARS:
        return False
    return any(phrase.search(text) for phrase in phrases) or (bool(promotional) and not states_facts(block, work))


def states_facts(block: Element, work: Work) -> bool:
    """Return whether a block says figures besides its promotional links: a price, a time, a telephone number."""
    return FIGURES.search(own_text(block, work)) is not None


def own_text(block: Element, work: Work) -> str:
    """Return the text of a block without that of its promotional links."""
    parts = (child if isinstance(child, str) else own_text(child, work) for child in block.children)
    return "" if is_promotional_link(block, work) else "".join(parts)


def is_nested(child: "Element | str") -> bool:
    """Return whether a child is a block of its own (judged by itself)."""
    return isinstance(child, Element) and child.tag in PROSE | {"ul", "ol", "dl", "table", "blockquote"}
