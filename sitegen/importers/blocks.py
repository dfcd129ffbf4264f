"""An HTML body → the text of an outline where it is nothing but lines, else cleaned HTML.

Spans are joined with nothing between them: viewers cut words into spans. A line ends at a block or a `<br>`.
"""

import re
import warnings
from typing import Final

from bs4 import (
    BeautifulSoup,
    Comment,
    MarkupResemblesLocatorWarning,
    Tag,
    XMLParsedAsHTMLWarning,
)
from bs4.element import CData, Declaration, Doctype, NavigableString, ProcessingInstruction

from sitegen.clean.body import clean_html
from sitegen.clean.outline import BULLET
from sitegen.importers.words import one_line
from sitegen.model import BodyFormat

BLOCKS: Final = frozenset(
    {
        "address", "article", "aside", "blockquote", "center", "dd", "div", "dl", "dt", "fieldset", "figcaption",
        "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p",
        "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    }
)  # fmt: skip
# Elements that say no more than their words: a body of nothing else is text.
PLAIN: Final = frozenset({"article", "body", "br", "center", "div", "font", "html", "main", "p", "section", "span"})
UNSEEN: Final = frozenset(
    {"base", "col", "colgroup", "head", "link", "meta", "noscript", "script", "style", "template", "title"}
)
SILENT: Final = (Comment, Declaration, Doctype, ProcessingInstruction)


def parsed(markup: str) -> BeautifulSoup:
    """Return the tree of a captured page."""
    with warnings.catch_warnings():  # bs4 wonders whether we meant XML, a file or an address; we meant the page
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        return BeautifulSoup(markup, "lxml")


def lines_of(element: Tag) -> list[str]:
    """Return the lines a reader sees of an element: white space single, empty ones gone."""
    parts: list[str] = []
    # (element or text, whether it is left now): a stack, for pages are nested as deep as their makers like
    waiting: list[tuple[object, bool]] = [(element, False)]
    while waiting:
        node, is_end = waiting.pop()
        if isinstance(node, Tag):
            if node.name in UNSEEN:
                continue
            if node.name == "br" or node.name in BLOCKS:
                parts.append("\n")
            if not is_end:
                if node.name in BLOCKS:
                    waiting.append((node, True))
                waiting += [(child, False) for child in reversed(node.contents)] if node.contents else []
        elif isinstance(node, (NavigableString, CData)) and not isinstance(node, SILENT):
            parts.append(re.sub(r"\s+", " ", str(node)))
    lines = (one_line(line) for line in "".join(parts).split("\n"))
    return [line for line in lines if line]


def is_outline(element: Tag, lines: list[str]) -> bool:
    """Return whether a body is the text of a release and nothing else: only lines, one of them with a bullet."""
    inside = (found.name for found in element.find_all(True))  # noqa: FBT003  bs4: any element
    return all(name in PLAIN or name in UNSEEN for name in inside) and any(BULLET.fullmatch(line) for line in lines)


def body_of(element: Tag) -> tuple[str, BodyFormat, list[str]]:
    """Return a body, its format, and its lines."""
    lines = lines_of(element)
    if is_outline(element, lines):
        return "\n\n".join(lines), BodyFormat.GOV_OUTLINE, lines
    return clean_html(element.decode_contents()), BodyFormat.HTML, lines
