"""A built page → what is searched of it, by the attributes Pagefind defines (pagefind.app/docs).

Only `data-pagefind-body` is read, less what is marked `data-pagefind-ignore`; filters and metadata count there, too.
Attributes that `data-pagefind-index-attrs` names in it are the last lines of its text.
"""

import html
import re
import unicodedata
from collections.abc import Iterator
from typing import Final, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from sitegen.clean.writing import POWER, with_raised

# fmt: off
INLINE: Final = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "rp",
    "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
})
# fmt: on
TAG: Final = re.compile(r"""<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:[^>"']|"[^"]*"|'[^']*')*)>|<!--.*?-->""", re.DOTALL)
ID: Final = re.compile(r"""\sid="([^"]*)\"""")
HEADING: Final = re.compile(r"h[2-6]")
# The numbers that lead to notes and back would stand in the middle of sentences.
UNSEEN: Final = "script, style, template, nav, svg, [data-pagefind-ignore], [role=doc-noteref], [role=doc-backlink]"
TITLE: Final = "title"
BODY: Final = "<body"


class Anchor(NamedTuple):
    """A heading one can go to; `place` counts the letters before it in the text."""

    element: str
    id: str
    text: str
    place: int


class Document(NamedTuple):
    """What is searched of a page. `title` and `text` are NFC; the paragraphs of the text are its lines.

    `labels` are found, too, but stand in no excerpt: agencies and tags, a line each.
    """

    url: str
    title: str
    text: str
    anchors: tuple[Anchor, ...]
    filters: tuple[tuple[str, tuple[str, ...]], ...]
    meta: tuple[tuple[str, str], ...]
    labels: str = ""

    @property
    def searched(self) -> str:
        """Return all that is searched but the title."""
        return f"{self.text}\n{self.labels}" if self.labels else self.text


def read_document(url: str, page: str) -> Document | None:
    """Return what is searched of a page, None if nothing is to be."""
    tree = LexborHTMLParser(page[page.find(BODY) :] if page.count(BODY) == 1 else page)  # a third of it is its head
    root = tree.root
    body = root.css_first("[data-pagefind-body]") if root is not None else None
    if body is None:
        return None
    filters: dict[str, list[str]] = {}
    for name, value in captures(body, "filter"):
        filters.setdefault(name, []).append(value)
    meta = dict(reversed(list(captures(body, "meta"))))  # the first one counts
    heading = body.css_first("h1") or tree.css_first("h1") or LexborHTMLParser(page).css_first("title")
    title = squeezed(heading.text()) if heading is not None else url
    for node in body.css(f"h1, {UNSEEN}"):
        node.decompose()
    text, anchors = text_of(with_raised(body.html or "", POWER))
    return Document(
        url=url,
        title=title,
        text=text,
        anchors=anchors,
        filters=tuple((name, tuple(dict.fromkeys(values))) for name, values in sorted(filters.items())),
        meta=tuple(sorted((meta | {TITLE: title}).items())),
        labels="\n".join(labels_of(body)),
    )


def captures(body: LexborNode, kind: str) -> Iterator[tuple[str, str]]:
    """Yield (name, value) for what attributes of a kind capture: `name`, `name:value`, `name[attribute]`, by commas."""
    attribute = f"data-pagefind-{kind}"
    nodes = [body, *(node for node in body.css(f"[{attribute}]") if node.mem_id != body.mem_id)]  # `==` compares markup
    for node in nodes:
        for said in (node.attributes.get(attribute) or "").split(", "):
            if not said:
                continue
            name, colon, value = said.partition(":")
            if name.endswith("]"):
                name, _, source = name[:-1].partition("[")
                value = node.attributes.get(source) or ""
            elif not colon:
                value = node.text()
            if name and (value := squeezed(value)):
                yield name.strip(), value


def labels_of(body: LexborNode) -> Iterator[str]:
    """Yield what is searched of a body's attributes: agencies and tags stand in links that are no text."""
    for node in body.css("[data-pagefind-index-attrs]"):
        for name in (node.attributes.get("data-pagefind-index-attrs") or "").split(","):
            if value := squeezed(node.attributes.get(name.strip()) or ""):
                yield value


def text_of(markup: str) -> tuple[str, tuple[Anchor, ...]]:
    """Return the text of a page's body, a line for each block of it, and the headings in it."""
    lines: list[str] = []
    anchors: list[Anchor] = []
    line: list[str] = []
    place = length = 0
    heading = ""
    for tag in TAG.finditer(markup):
        line.append(markup[place : tag.start()])
        place = tag.end()
        name = tag[2] or "b"
        if name in INLINE:
            continue
        if text := squeezed(html.unescape("".join(line))):
            if heading:
                anchors.append(Anchor(name, heading, text, length))
            lines.append(text)
            length += len(text) + 1
        line.clear()
        found = ID.search(tag[3]) if HEADING.fullmatch(name) and not tag[1] else None
        heading = html.unescape(found[1]) if found else ""
    return "\n".join(lines), tuple(anchors)


def squeezed(text: str) -> str:
    """Return a text in NFC, each run of white space one space."""
    return unicodedata.normalize("NFC", " ".join(text.split()))
