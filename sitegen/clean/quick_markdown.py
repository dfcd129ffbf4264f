"""The Markdown on which all CommonMark parsers agree, by a compiled one: a fiftieth of markdown-it-py's time.

What is ours alone (emphasis beside Korean letters, footnotes, strikethrough, indented text beside HTML blocks) is left
to markdown.py, which is the reference. Law: where this renders at all, the cleaned body is the same.
"""

import re
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from typing import Final

from sitegen.clean.allowed import ALIGNED
from sitegen.runtime.late import Late

BLOCK_TAGS: Final = r" {0,3}<(?:p|div|table|h[1-6]|ul|ol|section|article|figure)"
BLOCK_TAG: Final = re.compile(rf"^{BLOCK_TAGS}\b", re.MULTILINE | re.IGNORECASE)
# A block that begins like this after an empty line is HTML up to the next one; nothing in it is Markdown.
HTML_BLOCK: Final = re.compile(rf"\n*{BLOCK_TAGS}(?=[\s>])", re.IGNORECASE)

# What is ours, or where parsers differ. The searches begin with a plain letter or line end, so that they are quick.
# Footnotes, strikethrough, four stars, nesting deeper than markdown-it-py goes:
OURS: Final = ("[^", "~~", "****", "________", "[[[[[[[[", "((((((((", "<<<<<<<<", "````````")
DEEP: Final = re.compile(r"\n(?:[-+*>] ?){8}")
# Addresses that markdown-it-py makes no link of (plain, or spelt with character references) or writes in another way:
OUR_ADDRESSES: Final = ("script:", "file:", "data:", "&#", "&colon;", "&tab;", "&newline;")
OUR_HOST: Final = re.compile(r"https?://[^\s/)>]*[^\x00-?A-\x7f\s/)>]")
OUR_TARGET: Final = re.compile(r"\]\([^)\n]*\\")
# Odd spaces at the edge of a line, a line end after a backslash and spaces:
ODD_SPACES: Final = tuple(
    "\t\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
)
SPACED_LINE: Final = re.compile(r"\n[ \t]+\n")
EMPTY_ITEM: Final = re.compile(r"\n[ >]*(?:[-+*]|[0-9]{1,9}[.)]) *\n *(?:\n|$)")  # with nothing below it
BROKEN_END: Final = re.compile(r"\\ +(?:\n|$)")
# The second line of a table; a block that is a table from its first line, whose head begins with words; a lone `|`.
TABLE: Final = re.compile(r"\n[ >]*(?:\| *)?:?-+:? *(?:\||\n|$)")
WHOLE_TABLE: Final = re.compile(r"\n*(?![-+*>#<`~=\[]\s|\d+[.)]\s|[#<`~=\[ >])[^\n]*\|[^\n]*\n[ |:]*-[-|: ]*(?:\n|$)")
ALIGNED_CELL: Final = re.compile(r'(<t[hd]) style="text-align: (left|right|center)">')
# Where a list would begin, a date or a part of one: `1945. 8. 15.`, `2026. 3월`, `8. 15.`
DATE: Final = r"(?:\d{4,9}\.|\d{1,2}\. +\d{1,2}\.)(?=\s|$)"
DATED_LINE: Final = re.compile(rf"\n(?:[ >*+-]|\d{{1,9}}[.)](?= ))*{DATE}")
# The numbers of list items, and what stands before them.
NUMBERED: Final = re.compile(r"\n([ >*+-]*)([0-9]{1,9})[.)](?=[ \n])")
# A sign of multiplication, or of a range: no emphasis.
SIGN_BETWEEN_DIGITS: Final = r"(?<=[0-9])(?:\*|~+)(?=[0-9])"
TIMES: Final = re.compile(r"[0-9]\*[0-9]")
LONE_BAR: Final = re.compile(r"\n *\| *(?:\n|$)")
# Runs of * or _ beside anything but plain Korean, ASCII and spaces, or between a Korean letter and a sign:
SIGN: Final = r"!-/:-@\[-`{-~"
PLAIN: Final = rf"0-9A-Za-z가-힣{SIGN} \n"
OUR_EMPHASIS: Final = Late(
    rf"[^{PLAIN}][*_]|[*_][^{PLAIN}]"
    rf"|[가-힣](?:\*++(?=[{SIGN}])|_++(?=[{SIGN}]))"
    r"|(?:(?<=[!-)+-/:-@\[-`{-~])\*++|(?<=[!-/:-@\[-^`{-~])_++)[가-힣]"
    r"|[가-힣]\*(?=[0-9A-Za-z가-힣])|[0-9A-Za-z]\*(?=[가-힣])"  # one star behind a word
)


def quick_markdown(text: str) -> str | None:
    """Return the HTML of a Markdown text, or None when only the reference parser reads it as we do."""
    if (html_of := parser()) is None or any(mark in text for mark in OURS) or has_our_addresses(text):
        return None
    prose = [block for block in text.split("\n\n") if not HTML_BLOCK.match(block) or may_end_early(block)]
    rest = "\n" + "\n\n".join(prose)
    if "\n    " in rest or "     " in rest or "]:" in rest or has_odd_space(rest):
        return None
    if DEEP.search(rest) or EMPTY_ITEM.search(rest) or ("\\" in rest and BROKEN_END.search(rest)):
        return None
    if (
        DATED_LINE.search(rest)
        or ("*" in rest and TIMES.search(rest))
        or not are_surely_in_turn(NUMBERED.findall(rest))
    ):
        return None
    if any(mark in rest and OUR_EMPHASIS.pattern.search(edges(rest, mark)) for mark in "*_"):
        return None
    if "|" in rest and (LONE_BAR.search(rest) or not all(map(is_plain_table, prose))):
        return None
    markup = html_of(text)
    if "text-align: " not in markup:
        return markup
    return None if "text-align: " in text else ALIGNED_CELL.sub(aligned_cell, markup)


def are_in_turn(numbers: list[int]) -> bool:
    """Return whether the items of a list may be numbered from the first on: as written, or by none in particular.

    Of numbers that are not all different, nobody can tell what they mean.
    """
    return len(set(numbers)) < len(numbers) or all(after == before + 1 for before, after in pairwise(numbers))


def are_surely_in_turn(found: list[tuple[str, str]]) -> bool:
    """Return whether that holds for the lists of a text, however its items are theirs: no item lies in another."""
    numbers = [int(number) for _, number in found]
    is_flat = len(found) < 2 or not any(before for before, _ in found)  # noqa: PLR2004
    return is_flat and all(before <= after <= before + 1 for before, after in pairwise(numbers))


def has_odd_space(text: str) -> bool:
    """Return whether an odd space is in a text; none is printable."""
    return not text.replace("\n", "").isprintable() and any(space in text for space in ODD_SPACES)


def aligned_cell(found: re.Match[str]) -> str:
    """Return the start of a table's cell, with the class of its column's alignment."""
    name = ALIGNED.get(found[2])
    return f'{found[1]} class="{name}">' if name else f"{found[1]}>"


@cache
def parser() -> Callable[[str], str] | None:
    """Return the compiled parser, or None where there is no build of it for this Python: slower, same bodies."""
    try:
        from pyromark import Markdown, Options  # noqa: PLC0415  for Markdown alone
    except ImportError:
        return None
    return Markdown(options=Options.ENABLE_TABLES).html


def has_our_addresses(text: str) -> bool:
    """Return whether a text may hold an address that the parsers treat differently."""
    lowered = text.lower()
    return (
        any(mark in lowered for mark in OUR_ADDRESSES)
        or (("](" in text or "<http" in lowered) and any(map(is_our_host, OUR_HOST.finditer(text))))
        or ("\\" in text and OUR_TARGET.search(text) is not None)
    )


def is_our_host(found: re.Match[str]) -> bool:
    """Return whether an address with a strange host is a link's target."""
    before = found.string[max(0, found.start() - 8) : found.start()].rstrip()
    return before.endswith(("](", "<"))


def may_end_early(block: str) -> bool:
    """Return whether a block that begins as HTML may hold Markdown: after a line of spaces, or a table."""
    return (("\n " in block or "\n\t" in block) and SPACED_LINE.search(block) is not None) or (
        "|" in block and TABLE.search(block) is not None
    )


def edges(text: str, mark: str) -> str:
    """Return a text with every stretch between two marks cut down to its first and last letter."""
    return mark.join(part if len(part) < 3 else part[0] + part[-1] for part in text.split(mark))  # noqa: PLR2004


def is_plain_table(block: str) -> bool:
    """Return whether a block is a table from its first line, or holds none at all."""
    if "|" not in block:
        return True
    rows = len(TABLE.findall(block))
    if not rows:
        return True
    widths = [width_of(line.strip()) for line in block.strip("\n").split("\n")]
    is_even = max(widths) == widths[0] and "\\|" not in block
    return rows == 1 and is_even and "</t" not in block and WHOLE_TABLE.match(block) is not None


def width_of(row: str) -> int:
    """Return how many cells a row of a table has; the bars at its ends may be left out."""
    return row.count("|") + 1 - row.startswith("|") - (row.endswith("|") and len(row) > 1)
