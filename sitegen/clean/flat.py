"""A body whose blocks all stand ready (shapes.py) needs no tree: its markup and words are theirs, in a row.

Nearly every post is a flat row of paragraphs, headings, lists and tables. Each rule asks the blocks one by one what it
has found in them; what hangs on the row itself (levels and anchors of headings, rules between blocks) is settled here.
Law: the body is the same as by the tree, removals and all.
"""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from sitegen.clean.quick_html import SPACE
from sitegen.clean.rules import Work
from sitegen.clean.rules.chain import RULES
from sitegen.clean.rules.headings import Ladder, relevelled
from sitegen.clean.shapes import (
    GAP,
    IN_PAGE,
    READING,
    RULE,
    WORDS,
    Findings,
    Known,
    Settled,
    Shape,
    filled,
    is_quiet,
    known_under,
    shape_met,
)
from sitegen.clean.writing import Written, share_of
from sitegen.model import Removal

# A block of the row, from its start tag to its end tag without another of its name inside; or a rule between blocks.
BLOCK: Final = re.compile(
    r"(<(?:(p|h[1-6]|ul|ol|table)(?: [^<>]*)?>[^<]*(?:<(?!/?\2[ >])[^<]*)*</\2>|hr(?: [^<>]*)?>))"
)
MAX_STRANGERS: Final = 8  # blocks never met before; with more of them the tree is quicker
LATER: Final = tuple(name for name, _ in RULES)


class Part(NamedTuple):
    """A block of the row: settled, or of a shape, with its words and as it was written."""

    form: Settled | Shape
    words: tuple[str, ...] = ()
    block: str = ""


def write_flat(text: str, work: Work) -> Written | None:
    """Return HTML whose blocks stand ready as markup and words, with all findings noted in `work`; else None."""
    if work.settings.disable or ('href="#' in text and IN_PAGE.search(text)):  # any block may be where it leads
        return None
    parts = parts_of(text, work)
    return None if parts is None else written_of(parts, work)


def parts_of(text: str, work: Work) -> Sequence[Part] | None:
    """Return the blocks of a text, or None where it holds more than blocks that stand ready."""
    known, pictures = known_under(work.settings, work.is_markdown), work.pictures
    pieces = BLOCK.split(text)
    parts: list[Part] = []
    spoken: list[str] = []
    strangers = 0
    for before, block in zip(pieces[::3], [*pieces[1::3], ""], strict=True):
        if before and (run := before.strip(SPACE)):  # words, pictures or links without a block around them
            form = known.alone(run, pictures)
            if form is None:
                return None
            parts.append(Part(form))
        if not block:
            break
        form = known.blocks.get(block)
        if form is None:
            cut = WORDS.split(block)
            words = tuple(cut[2::4])
            del cut[2::4]
            shape = shape_met(GAP.join(cut)) if words else None
            if shape is not None:
                parts.append(Part(shape, words, block))
                spoken += words
                continue
            strangers += not known.has_met(block, pictures)
            form = known.alone(block, pictures) if strangers <= MAX_STRANGERS else None
            if form is None:
                return None
        parts.append(Part(form))
    return parts if is_quiet(" ".join(spoken)) else heard(parts, known, work)


def heard(parts: Sequence[Part], known: Known, work: Work) -> Sequence[Part] | None:
    """Return blocks of which some say what a rule may ask for: each of those is settled by itself."""
    odd = [place for place, part in enumerate(parts) if part.words and not is_quiet("".join(part.words))]
    if len(odd) > MAX_STRANGERS:
        return None
    settled = {place: known.alone(parts[place].block, work.pictures) for place in odd}
    if None in settled.values():
        return None
    return [Part(form) if (form := settled.get(place)) else part for place, part in enumerate(parts)]


def written_of(parts: Sequence[Part], work: Work) -> Written:
    """Return the blocks as markup and text; what the rules found in them, and find in their row, is noted."""
    markup: list[str] = []
    lines: list[str] = []
    found: dict[str, list[Removal]] = {}
    bold, ladder = 0, Ladder()
    for form, words, _ in parts:
        of_block = form.found
        work.report += of_block.reports[READING]
        if of_block.has_more:
            note(of_block, work, found)
            if of_block.gone_by:
                continue
        if isinstance(form, Shape):
            html, text, bold_here = filled(form, words)
        else:
            html, text, bold_here = form.html, form.text, form.bold
        bold += bold_here
        if form.level:
            heading = ladder.heading(form.level, text)
            if heading.level != form.level:
                found.setdefault("headings", []).append(relevelled(form.level, heading))
            work.headings.append(heading)
            html = f'<h{heading.level} id="{heading.id}">{html}</h{heading.level}>'
        elif html == RULE and (not markup or markup[-1] == RULE):
            found.setdefault("layout-rules", []).append(Removal("layout-hr", ""))
            continue
        markup.append(html)
        if text:
            lines.append(text)
    while markup and markup[-1] == RULE:
        markup.pop()
        found.setdefault("layout-rules", []).append(Removal("layout-hr", ""))
    for rule in LATER:
        if rule in found:
            work.report += found[rule]
    text = "\n".join(lines)
    return Written("\n".join(markup), text, bold, share_of(bold, text))


def note(of_block: Findings, work: Work, found: dict[str, list[Removal]]) -> None:
    """Note what the rules found in a block, besides what reading it found."""
    for rule, removals in of_block.reports.items():
        if removals and rule != READING:
            found.setdefault(rule, []).extend(removals)
    work.links += of_block.links
    work.images += of_block.images
    work.bare_tables += of_block.bare_tables
    if not work.credited.name:
        work.credited = of_block.credited
