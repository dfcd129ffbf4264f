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
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple

from sitegen.clean.allowed import HEADINGS
from sitegen.clean.quick_html import MARK, REFERENCE, is_plain_reference, read_plain
from sitegen.clean.reading import Reading, unescaped
from sitegen.clean.rules import ALL_PICTURES, Pictures, Work
from sitegen.clean.rules.chain import rules_under
from sitegen.clean.rules.credit import is_firm, mentions_source
from sitegen.clean.tree import Findings, Settled
from sitegen.clean.writing import escaped, write
from sitegen.config import Cleaning
from sitegen.model import Removal

MAX_KNOWN: Final = 8192
# A block from its start tag to its end tag, without another of its name inside.
BLOCK: Final = re.compile(r"<(p|ul|ol|table)(?: [^<>]*)?>[^<]*(?:<(?!/?\1[ >])[^<]*)*</\1>")
# Words between two tags, and the white space around them, which is part of the shape as spacers are.
WORDS: Final = re.compile(r">([ \n]*)((?!&nbsp;)[^< \n](?:[^<]*[^< \n])?)([ \n]*)<")
IN_PAGE: Final = re.compile('href="#[^"]')
LEADS: Final = re.compile("<(?:a|img) ")  # what is led to is part of the block, so that it has no shape
SIGNS: Final = frozenset({"amp;", "gt;", "lt;", "quot;"})
GAP: Final = "\0"  # no text that comes here has one
STAND_IN: Final = "⟦{}⟧"
STAND_INS: Final = re.compile(r"⟦\d+⟧")
WORDLESS: Final = re.compile(r"(?:<[^<>]*>|⟦\d+⟧|&nbsp;|[ \n])*")  # but for stand-ins
NOT_ALONE: Final = frozenset({"hr", *HEADINGS})  # the rules for them look beyond one block
ANY: Final = Cleaning()


class Shape(NamedTuple):
    """What becomes of a block: its markup and text with `%s` for each of its words, and what was found in it."""

    html: str
    words: str
    bold: tuple[int, ...]  # places of the words that are bold
    found: Findings


@dataclass(slots=True)
class Known:
    """The blocks met before under one cleaner's settings, in HTML or in Markdown; None for one the rules must see."""

    settings: Cleaning
    is_markdown: bool
    blocks: dict[str | tuple[str, Pictures], Settled | None] = field(default_factory=dict)

    def settled(self, block: str, pictures: Pictures) -> Settled | None:
        """Return what becomes of a block, or None when the rules must see it."""
        key = (block, pictures) if "<img" in block else block
        if key in self.blocks:
            return self.blocks[key]
        parts = WORDS.split(block)
        words = tuple(parts[2::4])
        said = "".join(words)
        if words and is_quiet(said):
            del parts[2::4]
            markup = GAP.join(parts)
            shape = shape_of(markup) if is_met_again(markup) else None
            if shape is not None:
                return filled(shape, words, said)
            if not LEADS.search(block):
                return None
        if len(self.blocks) < MAX_KNOWN and is_met_again(block):
            self.blocks[key] = judged(block, self.settings, pictures, is_markdown=self.is_markdown)
        return self.blocks.get(key)


@lru_cache(maxsize=4)
def known_under(settings: Cleaning, is_markdown: bool) -> Known:  # noqa: FBT001  a key of the memo
    """Return the blocks this process met before."""
    return Known(settings, is_markdown)


def read_blocks(text: str, work: Work) -> Reading | None:
    """Return the tree of HTML with the blocks that are known settled, or None when only a reader of it all can tell."""
    if 'href="#' in text and IN_PAGE.search(text):  # any block may be where it leads
        return None
    known = known_under(work.settings, work.is_markdown)
    settled: list[Settled] = []

    def replaced(found: re.Match[str]) -> str:
        block = known.settled(found[0], work.pictures)
        if block is None:
            return found[0]
        settled.append(block)
        return MARK

    rest = BLOCK.sub(replaced, text)
    return read_plain(rest, work.report, settled) if settled else None


def filled(shape: Shape, words: tuple[str, ...], said: str) -> Settled:
    """Return the block of a shape with its words in it; `said` are the words in a row."""
    plain = tuple(map(unescaped, words)) if "&" in said else words
    return Settled(
        "p",
        html=shape.html % (tuple(map(escaped, plain)) if "&" in said or ">" in said else words),
        words=shape.words % plain,
        bold=sum([len(plain[place]) - plain[place].count(" ") for place in shape.bold]),
        found=shape.found,
    )


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


@lru_cache(maxsize=MAX_KNOWN)
def shape_of(markup: str) -> Shape | None:
    """Return what becomes of a block with this markup, cut where WORDS cuts it; None when that depends on more."""
    pieces = markup.split(GAP)
    stand_ins = [STAND_IN.format(number) for number in range(len(pieces) // 3)]
    block = pieces[0]
    for stand_in, before, after, rest in zip(stand_ins, pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        block += f">{before}{stand_in}{after}<{rest}"
    found = judged(block, ANY, ALL_PICTURES, is_markdown=False) if WORDLESS.fullmatch(block) else None
    if found is None or not found.found.reports.keys().isdisjoint(("links", "pictures")):
        return None
    if STAND_INS.findall(found.html) != stand_ins or STAND_INS.findall(found.words) != stand_ins:
        return None
    if "⟦" in str(found.found):
        return None
    bold = "".join(re.findall(r"<strong>.*?</strong>", found.html))
    return Shape(
        html=template_of(found.html),
        words=template_of(found.words),
        bold=tuple(int(name[1:-1]) for name in STAND_INS.findall(bold)),
        found=found.found,
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
    work.reading, links, gone_by = reading, len(reading.links), ""
    reports["reading"] = tuple(work.report)
    for name, rule in rules_under(settings):
        had, start = bool(reading.root.children), len(work.report)
        rule(reading.root, work)
        if start < len(work.report):
            reports[name] = tuple(work.report[start:])
        if had and not reading.root.children:
            gone_by = name
    if work.credited.name and not is_firm(work.credited):
        return None
    if len(reading.links) > links or any(element.tag in NOT_ALONE for element in reading.root.elements()):
        return None
    reports |= {"links": reports.get("links", ())} if reading.links else {}
    reports |= {"pictures": reports.get("pictures", ())} if reading.pictures else {}
    written = write(reading.root)
    found = Findings(
        reports=reports,
        gone_by=gone_by,
        links=tuple(work.links),
        images=tuple(work.images),
        credited=work.credited,
        bare_tables=work.bare_tables,
    )
    return Settled("p", html=written.html, words=written.text, bold=written.bold, found=found)
