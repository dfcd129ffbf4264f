"""gov-outline text → tree: the □ ㅇ - · outlines of Korean releases as nested lists, every character kept.

One item a line, no escapes, no Markdown (which would read `2019. 12. 3.` as three lists). The bullet stays as text, so
that a copy is verbatim; screen readers skip it, unless it is a number. Law: visible text in = visible text out,
white space apart.
"""

import re
from typing import Final

from sitegen.clean.allowed import BACK_WORDS
from sitegen.clean.folding import UNSEEN
from sitegen.clean.tree import Element, Report
from sitegen.model import Removal

NUMBERS: Final = 5  # the rank of ① ② ③
RANKS: Final = {
    **dict.fromkeys("□■◇◆❍", 1),
    **dict.fromkeys("ㅇ○◦▶", 2),
    **dict.fromkeys("-–―▪", 3),
    **dict.fromkeys("·ㆍ•", 4),
    **{chr(code): NUMBERS for code in range(ord("①"), ord("⑳") + 1)},
}
MARKS: Final = re.escape("".join(RANKS))
# A hyphen or a star is also a minus or a footnote mark: as a bullet it has a space after it. A mark that is repeated is
# a word: `○○부`, `①②③`.
BULLET: Final = re.compile(rf"(?!-\S|[–―]\d|[①-⑳]{{2}}|([{MARKS}])\1)([{MARKS}])\s*(.*)", re.DOTALL)
NOTE: Final = re.compile(r"(\*{1,3}(?=\s|[^*\s])|※)\s*(.*)", re.DOTALL)
ATTACHED: Final = re.compile(r"붙\s*임\s*\d*\s*[:：.]|첨\s*부\s*\d*\s*[:：]|<\s*붙\s*임")


class Outline:
    """The outline under construction: the open items by rank, and the notes that still look for their star."""

    def __init__(self, language: str) -> None:
        self.back_words = BACK_WORDS[language]
        self.root = Element("div")
        self.open: list[tuple[int, Element]] = []  # (rank, li) from outermost to innermost
        self.last: Element | None = None  # the block or item a note belongs to
        self.read: dict[str, int] = {}  # of each mark, how many of its children have none that is free
        self.notes = 0

    def add_item(self, mark: str, text: str) -> None:
        """Add a bulleted item at its rank."""
        rank = RANKS[mark]
        while self.open and self.open[-1][0] >= rank:
            self.open.pop()
        parent = self.open[-1][1] if self.open else self.root
        siblings = parent.children[-1] if parent.children else None
        if not (isinstance(siblings, Element) and siblings.tag == "ul"):
            siblings = Element("ul", {"class": "outline", "role": "list"})
            parent.children.append(siblings)
        hidden = {"aria-hidden": "true"} if rank < NUMBERS else {}  # a text speaks of its numbers
        item = Element("li", {}, [Element("span", {"class": "mk"} | hidden, [mark]), f" {text}"])
        siblings.children.append(item)
        self.open.append((rank, item))
        self.last, self.read = item, {}

    def add_paragraph(self, text: str) -> None:
        """Add a line without bullet; it ends the list."""
        self.open.clear()
        attributes = {"class": "attach"} if ATTACHED.match(text) else {}
        self.last, self.read = Element("p", attributes, [text]), {}
        self.root.children.append(self.last)

    def add_note(self, mark: str, text: str) -> None:
        """Add a note to the item before it, linked to its star where the item has one."""
        note = Element("p", {"class": "note"}, [f"{mark} {text}"])
        reference = self.mark_reference(mark) if mark != "※" and self.last is not None else None
        if reference is not None:
            note.attributes["id"] = f"n-note{self.notes}"
            link = {"href": f"#n-ref{self.notes}", "role": "doc-backlink", "aria-label": self.back_words}
            note.children = [Element("a", link, [mark]), f" {text}"]
        if self.last is not None and self.last.tag == "li":
            self.last.children.append(note)
        else:
            self.root.children.append(note)

    def mark_reference(self, mark: str) -> Element | None:
        """Return the link made of the first free `mark` in the item's own words, or None."""
        assert self.last is not None
        pattern = re.compile(rf"(?<!\*)(?!(?:(?<=\d)|(?<=\d\s))\*\s*\d){re.escape(mark)}(?!\*)")
        children, position = self.last.children, self.read.get(mark, 0)
        while position < len(children):
            child = children[position]
            found = pattern.search(child) if isinstance(child, str) else None
            if isinstance(child, Element) and child.tag in ("ul", "p"):  # its own words end here
                break
            if isinstance(child, str) and found:
                self.notes += 1
                attributes = {
                    "id": f"n-ref{self.notes}",
                    "href": f"#n-note{self.notes}",
                    "role": "doc-noteref",
                }
                link = Element("a", attributes, [mark])
                children[position : position + 1] = [child[: found.start()], link, child[found.end() :]]
                self.read = {other: place + 2 * (place > position) for other, place in self.read.items()}
                self.read[mark] = position + 2
                return link
            position += 1
        self.read[mark] = position
        return None


def outline_tree(text: str, report: Report, language: str) -> Element:
    """Return the tree of a gov-outline text (NFC) in a language of ours."""
    outline = Outline(language)
    for raw in text.splitlines():
        line = " ".join(UNSEEN.sub("", raw).replace("\xa0", " ").split())
        bullet, note = BULLET.fullmatch(line), NOTE.fullmatch(line)
        if not line:
            continue
        if note:
            outline.add_note(note[1], note[2])
        elif bullet:
            outline.add_item(bullet[2], bullet[3])
        else:
            outline.add_paragraph(line)
    if any(child.tag == "ul" for child in outline.root.children if isinstance(child, Element)):
        report.append(Removal("outline->list", ""))
    if outline.notes:
        report.append(Removal("notes-linked", ""))
    return outline.root
