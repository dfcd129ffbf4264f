"""A body whose blocks all stand ready (shapes.py) needs no tree: its markup and words are theirs, in a row.

Nearly every post is a flat row of paragraphs, headings, lists and tables. Each rule asks the blocks one by one what it
has found in them; what hangs on the row itself (levels and anchors of headings, rules between blocks) is settled here.
Law: the body is the same as by the tree, removals and all.
"""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from sitegen.clean.quick_html import SPACE
from sitegen.clean.reading import unescaped
from sitegen.clean.rules import Pictures, Work
from sitegen.clean.rules.chain import RULES
from sitegen.clean.rules.credit import is_of_briefing, mentions_source
from sitegen.clean.rules.headings import Ladder, relevelled
from sitegen.clean.shapes import (
    GAP,
    IN_PAGE,
    LINK_GAP,
    RULE,
    SHAPES,
    Findings,
    Known,
    Settled,
    Shape,
    cut,
    is_quiet,
    key_of,
    known_under,
    led_to,
)
from sitegen.clean.writing import Written, escaped, visible_in
from sitegen.model import Removal

# A block of the row, from its start tag to its end tag without another of its name inside; or a rule between blocks.
BLOCK: Final = re.compile(
    r"(<(?:(p|h[1-6]|ul|ol|table)(?: [^<>]*)?>[^<]*(?:<(?!/?\2[ >])[^<]*)*</\2>|hr(?: [^<>]*)?>))"
)
MAX_STRANGERS: Final = 8  # blocks never met before; with more of them the tree is quicker
BETWEEN: Final = frozenset({"", "\n", "\n\n"})  # what stands between most blocks
NOTHING: Final = Settled("", "", 0, Findings(reports={}), read=(), has_more=False)
IDLE_RULE: Final = Removal("layout-hr", "")
LATER: Final = tuple(name for name, _ in RULES)


class Part(NamedTuple):
    """A block of the row: settled, or of a shape. Its markup, its words and the addresses it leads to."""

    form: Settled | Shape
    markup: str = ""
    words: Sequence[str] = ()
    addresses: Sequence[str] = ()
    links: tuple[str, ...] = ()  # the addresses, cleaned


def write_flat(text: str, work: Work) -> Written | None:
    """Return HTML whose blocks stand ready as markup and words, with all findings noted in `work`; else None."""
    if work.settings.disable or LINK_GAP in text:
        return None
    head = work.known.head
    if head.name and not is_of_briefing(head) and mentions_source(text):  # what it names may be another's
        return None
    if 'href="#' in text and IN_PAGE.search(text):  # any block may be where it leads
        return None
    row = Row(known_under(work.settings, is_markdown=work.is_markdown), work.pictures)
    return written_of(row, work) if row.read(text) and row.is_quiet() else None


class Row:
    """The blocks of a text, as far as they stand ready."""

    def __init__(self, known: Known, pictures: Pictures) -> None:
        self.known = known
        self.pictures = pictures
        self.parts: list[Part] = []
        self.strangers = 0
        self.has_signs = False  # in its words, that markup writes in another way

    def read(self, text: str) -> bool:
        """Read a text; return whether there is no more in it than blocks that stand ready."""
        markup, words, addresses = cut(text)
        pieces = BLOCK.split(markup)
        parts, shapes, blocks, tables = self.parts, SHAPES.known, self.known.blocks, self.known.tables
        word = link = 0
        for before, block in zip(pieces[::3], [*pieces[1::3], ""], strict=True):
            # words, pictures or links without a block around them
            run = before.strip(SPACE) if before not in BETWEEN else ""
            for piece in (run, block) if run else (block,):
                shape = shapes.get(piece)
                if shape is not None and not shape.links and piece not in tables:
                    end = word + shape.words
                    parts.append(Part(shape, piece, words[word:end]))
                    word = end
                elif (form := blocks.get(piece)) is not None:
                    parts.append(Part(form))
                elif piece:
                    end, link_end = word + piece.count(GAP), link + piece.count(LINK_GAP)
                    if not self.add(piece, words[word:end], addresses[link:link_end]):
                        return False
                    word, link = end, link_end
        return True

    def add(self, markup: str, words: Sequence[str], addresses: Sequence[str]) -> bool:
        """Add a block that is not of a common kind; return whether it stands ready."""
        if key_of(markup, words, addresses, self.pictures) not in self.known.blocks:
            shape = SHAPES.of(markup) if words else None
            links = led_to(addresses, shape.text % tuple(map(unescaped, words)), self.known.settings) if shape else ()
            if shape and len(links) == len(addresses) == shape.links:
                self.parts.append(Part(shape, markup, words, addresses, links))
                return True
            self.strangers += 1
        return self.strangers <= MAX_STRANGERS and self.settle(len(self.parts), Part(NOTHING, markup, words, addresses))

    def settle(self, place: int, part: Part) -> bool:
        """Put a block that is settled by itself in its place; return whether it could be."""
        form = self.known.alone(part.markup, part.words, part.addresses, self.pictures)
        if form is not None:
            self.parts[place : place + 1] = [Part(form)]
        return form is not None

    def is_quiet(self) -> bool:
        """Settle the blocks by themselves that say what a rule may ask for; return whether they could be."""
        is_markdown = self.known.is_markdown
        words = [word for part in self.parts for word in part.words]
        self.has_signs = any("&" in word or ">" in word for word in words)
        if is_quiet(words, is_markdown=is_markdown):
            return True
        odd = [
            (place, part)
            for place, part in enumerate(self.parts)
            if part.words and not is_quiet(part.words, is_markdown=is_markdown)
        ]
        return len(odd) <= MAX_STRANGERS and all(self.settle(place, part) for place, part in odd)


@dataclass(slots=True)
class Writing:
    """Markup and text of a row of blocks, as templates for what fills them."""

    has_signs: bool
    markup: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)  # fill the markup
    said: list[str] = field(default_factory=list)  # fill the lines
    bold_words: list[str] = field(default_factory=list)
    bold: int = 0

    def add(self, part: Part, markup: str, text: str) -> None:
        """Add a block with these templates."""
        self.markup.append(markup)
        if text:
            self.lines.append(text)
        form, words = part.form, part.words
        if not isinstance(form, Shape):
            self.bold += form.bold
            return
        plain = shown = words
        if self.has_signs:
            plain = list(map(unescaped, words))
            shown = list(map(escaped, plain))
        self.said += plain
        if form.bold:
            self.bold_words += [plain[place] for place in form.bold]
        if part.links:
            written = tuple(map(html.escape, part.links))
            shown = [written[place] if is_link else shown[place] for is_link, place in form.order]
        self.shown += shown

    def written(self) -> Written:
        """Return what was added."""
        text = "\n".join(self.lines) % tuple(self.said)
        bold = "".join(self.bold_words)
        count = self.bold + len(bold) - bold.count(" ")
        return Written("\n".join(self.markup) % tuple(self.shown), text, count, visible_in(text))


def written_of(row: Row, work: Work) -> Written:
    """Return the blocks as markup and text; what the rules found in them, and find in their row, is noted."""
    found: dict[str, list[Removal]] = {}
    writing, ladder = Writing(row.has_signs), Ladder()
    markup, report = writing.markup, work.report
    for part in row.parts:
        form = part.form
        report += form.read
        if part.links:
            work.links += part.links
        if form.has_more:
            note(form.found, work, found)
            if form.found.gone_by:
                continue
        if form.level:
            writing.add(part, heading_of(part, ladder, work, found, has_signs=row.has_signs), form.text)
        elif form.html != RULE:
            writing.add(part, form.html, form.text)
        elif markup and markup[-1] != RULE:
            markup.append(RULE)
        else:
            found.setdefault("layout-rules", []).append(IDLE_RULE)
    while markup and markup[-1] == RULE:
        markup.pop()
        found.setdefault("layout-rules", []).append(IDLE_RULE)
    for rule in LATER:
        if rule in found:
            work.report += found[rule]
    return writing.written()


def heading_of(part: Part, ladder: Ladder, work: Work, found: dict[str, list[Removal]], *, has_signs: bool) -> str:
    """Return the template of a heading's markup, in its place among the headings."""
    form = part.form
    words = tuple(map(unescaped, part.words)) if has_signs else tuple(part.words)
    heading = ladder.heading(form.level, form.text % words)
    if heading.level != form.level:
        found.setdefault("headings", []).append(relevelled(form.level, heading))
    work.headings.append(heading)
    return f'<h{heading.level} id="{heading.id}">{form.html}</h{heading.level}>'


def note(of_block: Findings, work: Work, found: dict[str, list[Removal]]) -> None:
    """Note what the rules found in a block."""
    for rule, removals in of_block.reports.items():
        found.setdefault(rule, []).extend(removals)
    work.links += of_block.links
    work.images += of_block.images
    work.bare_tables += of_block.bare_tables
    if not work.credited.name:
        work.credited = of_block.credited
