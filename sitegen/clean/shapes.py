"""Blocks that were met before: what became of them then becomes of them now.

A mirror's posts are made by few hands. Half of their blocks are spacers, promotion and source tables, letter for
letter the same; and the 22,000 blocks of 1,500 posts have 1,900 shapes, which is the block without its words:
`<p data-ke-size="size16">…<b><span style="color: #ee2323;">…</span></b></p>`. Such a block is cleaned once, by itself
and by the reading and the rules that clean everything; a shape is cleaned with stand-ins for the words.

A shape holds for words of which no rule asks what they say (`is_quiet`). What depends on more than the block is left to
the rules: headings, ids, links inside the page. Law: the body is the same as without this module, removals and all.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple

from sitegen.clean.allowed import HEADINGS
from sitegen.clean.quick_html import REFERENCE, is_plain_reference, read_plain
from sitegen.clean.reading import unescaped
from sitegen.clean.rules import ALL_PICTURES, Pictures, Work
from sitegen.clean.rules.chain import rules_under
from sitegen.clean.rules.credit import is_firm, mentions_source
from sitegen.clean.rules.headings import order_headings
from sitegen.clean.rules.tables import is_hr
from sitegen.clean.tree import Element
from sitegen.clean.writing import escaped, write
from sitegen.config import Cleaning
from sitegen.model import NO_SOURCE, Image, Removal, Source
from sitegen.values import value

MAX_KNOWN: Final = 8192
# Words between two tags, and the white space around them, which is part of the shape as spacers are.
WORDS: Final = re.compile(r">([ \n]*)((?!&nbsp;)[^< \n](?:[^<]*[^< \n])?)([ \n]*)<")
IN_PAGE: Final = re.compile('href="#[^"]')
LEADS: Final = re.compile("<(?:a|img)[ />]")  # what is led to is part of the block, so that it has no shape
SIGNS: Final = frozenset({"amp;", "gt;", "lt;", "quot;"})
GAP: Final = "\0"  # no text that comes here has one
STAND_IN: Final = "⟦{}⟧"
STAND_INS: Final = re.compile(r"⟦\d+⟧")
WORDLESS: Final = re.compile(r"(?:<[^<>]*>|⟦\d+⟧|&nbsp;|[ \n])*")  # but for stand-ins
NOT_ALONE: Final = frozenset({"hr", *HEADINGS})  # the rules for them look beyond one block
RULE: Final = "<hr>"
READING: Final = "reading"  # not a rule, but finds as one
ANY: Final = Cleaning()


@value
class Findings:
    """What the rules found in a block."""

    reports: Mapping[str, tuple[Removal, ...]]  # by rule; READING is one
    gone_by: str = ""  # the rule that left nothing of it
    links: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()
    credited: Source = NO_SOURCE
    bare_tables: int = 0
    has_more: bool = False  # than what reading found


class Settled(NamedTuple):
    """What becomes of a block: its markup, its text, and what was found in it."""

    html: str  # of a heading: what stands in it
    text: str
    bold: int  # characters
    found: Findings
    level: int = 0  # of a heading, as written


class Shape(NamedTuple):
    """What becomes of the blocks of a shape: markup and text with `%s` for each of the words."""

    html: str
    text: str
    bold: tuple[int, ...]  # places of the words that are bold
    found: Findings
    level: int = 0


@dataclass(slots=True)
class Known:
    """The blocks met before under one cleaner's settings, in HTML or in Markdown; None for one the rules must see."""

    settings: Cleaning
    is_markdown: bool
    blocks: dict[str | tuple[str, Pictures], Settled | None] = field(default_factory=dict)

    def has_met(self, block: str, pictures: Pictures) -> bool:
        """Return whether it is known what becomes of a block."""
        return self.key_of(block, pictures) in self.blocks

    def alone(self, block: str, pictures: Pictures) -> Settled | None:
        """Return what becomes of a block wherever it stands, or None when the rules must see it."""
        key = self.key_of(block, pictures)
        if key in self.blocks:
            return self.blocks[key]
        settled = judged(block, self.settings, pictures, is_markdown=self.is_markdown)
        if len(self.blocks) < MAX_KNOWN and is_met_again(block):
            self.blocks[key] = settled
        return settled

    def key_of(self, block: str, pictures: Pictures) -> str | tuple[str, Pictures]:
        """Return under what a block is known: what becomes of a picture depends on more than the block."""
        return (block, pictures) if "<img" in block else block


@lru_cache(maxsize=4)
def known_under(settings: Cleaning, is_markdown: bool) -> Known:  # noqa: FBT001  a key of the memo
    """Return the blocks this process met before."""
    return Known(settings, is_markdown)


def filled(shape: Shape, words: tuple[str, ...]) -> tuple[str, str, int]:
    """Return the markup, the text and the number of bold characters of a shape with words in it."""
    said = "".join(words)
    plain = tuple(map(unescaped, words)) if "&" in said else words
    html = shape.html % (tuple(map(escaped, plain)) if "&" in said or ">" in said else words)
    bold = "".join([plain[place] for place in shape.bold])
    return html, shape.text % plain, len(bold) - bold.count(" ")


def is_quiet(said: str) -> bool:
    """Return whether the words of a block, put in a row, say nothing that a rule asks for."""
    return (
        (said.isprintable() and "  " not in said)
        and "://" not in said
        and not ("출" in said and mentions_source(said.replace(" ", "")))
        and not ("&" in said and not all(map(is_quiet_reference, REFERENCE.findall(said))))
        and unicodedata.is_normalized("NFC", said)
    )


def is_quiet_reference(name: str) -> bool:
    """Return whether `&` and this is one sign, or stands for itself."""
    return name in SIGNS or (not name.endswith(";") and is_plain_reference(name))


def is_met_again(text: str) -> bool:
    """Return whether a block or markup was met before: learning one costs as much as cleaning two."""
    meeting = first_meeting(text)
    again = bool(meeting)
    meeting.add(text)
    return again


@lru_cache(maxsize=2 * MAX_KNOWN)
def first_meeting(text: str) -> set[str]:
    """Return where the meeting with a text is noted: empty before the first."""
    del text
    return set()


SHAPES: Final[dict[str, Shape | None]] = {}  # by their markup; None for one that has no shape


def shape_met(markup: str) -> Shape | None:
    """Return the shape with this markup, cut where WORDS cuts it, if it was met before."""
    if markup in SHAPES:
        return SHAPES[markup]
    if not is_met_again(markup):
        return None
    if len(SHAPES) >= MAX_KNOWN:
        SHAPES.clear()
    SHAPES[markup] = shape = shape_of(markup)
    return shape


def shape_of(markup: str) -> Shape | None:
    """Return what becomes of a block with this markup; None when that depends on more."""
    pieces = markup.split(GAP)
    stand_ins = [STAND_IN.format(number) for number in range(len(pieces) // 3)]
    block = pieces[0]
    for stand_in, before, after, rest in zip(stand_ins, pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        block += f">{before}{stand_in}{after}<{rest}"
    if LEADS.search(block) or not WORDLESS.fullmatch(block):
        return None
    found = judged(block, ANY, ALL_PICTURES, is_markdown=False)
    if found is None:
        return None
    if STAND_INS.findall(found.html) != stand_ins or STAND_INS.findall(found.text) != stand_ins:
        return None
    if "⟦" in str(found.found):
        return None
    bold = "".join(re.findall(r"<strong>.*?</strong>", found.html))
    return Shape(
        html=template_of(found.html),
        text=template_of(found.text),
        bold=tuple(int(name[1:-1]) for name in STAND_INS.findall(bold)),
        found=found.found,
        level=found.level,
    )


def template_of(written: str) -> str:
    """Return what was written around the stand-ins, with `%s` for each."""
    return STAND_INS.sub("%s", written.replace("%", "%%"))


def judged(block: str, settings: Cleaning, pictures: Pictures, *, is_markdown: bool) -> Settled | None:
    """Return what the rules make of a block that stands alone, or None when that depends on what stands around it."""
    work = Work(settings=settings, pictures=pictures, is_markdown=is_markdown)
    reports: dict[str, tuple[Removal, ...]] = {}
    reading = read_plain(block, work.report)
    if reading is None or reading.named or not reading.root.children:
        return None
    if any(link.attributes.get("href", "").startswith("#") for link in reading.links):
        return None
    if is_rule(reading.root):
        return Settled(RULE, "", 0, Findings(reports={READING: tuple(work.report)}))
    work.reading, links, gone_by = reading, len(reading.links), ""
    reports[READING] = tuple(work.report)
    for name, rule in rules_under(settings):
        if rule is order_headings:  # it looks at the whole row
            continue
        had, start = bool(reading.root.children), len(work.report)
        rule(reading.root, work)
        if start < len(work.report):
            reports[name] = tuple(work.report[start:])
        if had and not reading.root.children:
            gone_by = name
    if len(reading.links) > links or (work.credited.name and not is_firm(work.credited)):
        return None
    whole = heading_alone(reading.root) or reading.root
    if any(element.tag in NOT_ALONE for element in whole.elements()[1:]):
        return None
    written = write(whole)
    if whole.tag in HEADINGS and written.text != " ".join(whole.text().split()):
        return None
    more = (gone_by, work.links, work.images, work.credited.name, work.bare_tables, len(reports) > 1)
    found = Findings(
        reports=reports,
        gone_by=gone_by,
        links=tuple(work.links),
        images=tuple(work.images),
        credited=work.credited,
        bare_tables=work.bare_tables,
        has_more=any(more),
    )
    level = int(whole.tag[1]) if whole.tag in HEADINGS else 0
    return Settled(written.html, written.text, written.bold, found, level)


def is_rule(root: Element) -> bool:
    """Return whether a rule between blocks is all there is below `root`."""
    return len(root.children) == 1 and is_hr(root.children[0])


def heading_alone(root: Element) -> Element | None:
    """Return the heading that is all there is below `root`, if it is."""
    only = root.children[0] if len(root.children) == 1 else None
    return only if isinstance(only, Element) and only.tag in HEADINGS else None
