"""The Markdown on which all CommonMark parsers agree, by a compiled one: a fiftieth of markdown-it-py's time.

What is ours alone (emphasis beside Korean letters, footnotes, strikethrough, indented text beside HTML blocks) is left
to markdown.py, which is the reference. Law: where this renders at all, the cleaned body is the same.
"""

import re
from typing import Final

try:
    from pyromark import Markdown, Options
except ImportError:  # no build of it for this Python: slower, same bodies
    PARSER = None
else:
    PARSER = Markdown(options=Options.ENABLE_TABLES)

BLOCK_TAG: Final = re.compile(
    r"^ {0,3}<(?:p|div|table|h[1-6]|ul|ol|section|article|figure)\b", re.MULTILINE | re.IGNORECASE
)
# A block that begins like this after an empty line is HTML up to the next one; nothing in it is Markdown.
HTML_BLOCK: Final = re.compile(r"\n* {0,3}<(?:p|div|table|h[1-6]|ul|ol|section|article|figure)(?=[\s>])", re.IGNORECASE)
# What is ours, or where parsers differ: footnotes, strikethrough, addresses that markdown-it-py makes no link of (plain
# or spelt with character references) or spells in another way, and nesting deeper than it goes.
OURS: Final = re.compile(
    r"\[\^|~~|(?:script|file|data):|&(?:#|colon;|tab;|newline;)"
    r"|(?:\]\(\s*<?|<)https?://[^\s/)>]*[^\x00-?A-\x7f\s/)>]|\]\([^)\n]*\\"
    r"|[*_\[(<`]{8}|^(?:[-+*>] ?){8}",
    re.IGNORECASE | re.MULTILINE,
)
# The same outside HTML blocks: indented lines, link definitions, odd spaces at a line's edge.
OURS_IN_PROSE: Final = re.compile(
    r"^(?: {4}|\t)|\]:|^[ \t]*[^\S\n \t]|(?:[^\S\n \t]|[\t\\][ \t]*[ \t])[ \t]*$|\t$|^ *\| *$", re.MULTILINE
)
# The second line of a table; and a block that is a table from its first line, whose head begins with words.
TABLE: Final = re.compile(r"^[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\||$)", re.MULTILINE)
WHOLE_TABLE: Final = re.compile(
    r"\n*(?![-+*>#<`~=\[]\s|\d+[.)]\s|[#<`~=\[ \t>])[^\n]*\|[^\n]*\n\|?[ \t]*:?-+[^\n]*\|[^\n]*(?:\n|$)"
)
# Where a block that begins as HTML may end early: at a line of spaces, or at a table.
NOT_ALL_HTML: Final = re.compile(rf"\n[ \t]+\n|{TABLE.pattern}", re.MULTILINE)
# Runs of * or _ beside anything but plain Korean, ASCII and spaces, or between a Korean letter and a sign.
SIGN: Final = r"!-/:-@\[-`{-~"
PLAIN: Final = rf"0-9A-Za-z가-힣{SIGN} \n"
OUR_EMPHASIS: Final = re.compile(
    rf"[^{PLAIN}][*_]|[*_][^{PLAIN}]"
    rf"|[가-힣](?:\*++(?=[{SIGN}])|_++(?=[{SIGN}]))"
    r"|(?:(?<=[!-)+-/:-@\[-`{-~])\*++|(?<=[!-/:-@\[-^`{-~])_++)[가-힣]"
)


def quick_markdown(text: str) -> str | None:
    """Return the HTML of a Markdown text, or None when only the reference parser reads it as we do."""
    if PARSER is None or OURS.search(text):
        return None
    prose = [block for block in text.split("\n\n") if not HTML_BLOCK.match(block) or NOT_ALL_HTML.search(block)]
    rest = "\n\n".join(prose)
    if OURS_IN_PROSE.search(rest) or (("*" in rest or "_" in rest) and OUR_EMPHASIS.search(rest)):
        return None
    if "|" in rest and not all(is_plain_table(block) for block in prose if "|" in block):
        return None
    return PARSER.html(text)


def is_plain_table(block: str) -> bool:
    """Return whether a block with a `|` is a table from its first line, or none at all."""
    rows = len(TABLE.findall(block))
    return not rows or (rows == 1 and "</t" not in block and WHOLE_TABLE.match(block) is not None)
