"""The plain part of YAML, read line by line: what nearly every head is written in, at a tenth of a parser's time.

One key a line with a word, a quoted text, a short list or mapping, or a folded text below it; lists and mappings one
level deep. Whatever is not plainly that (a continued line, an escape, an anchor, a doubled key …) is left to the real
parser, and its errors are the ones an author reads. Law: where this reads at all, it reads the same nodes at the same
places.
"""

import re
from functools import lru_cache
from typing import Final

from sitegen.read.nodes import Field, Mapping, Node, Scalar, Sequence

# Characters that YAML reads as line ends or refuses; a tab is neither but means trouble.
STRANGE: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
KEY: Final = re.compile(r"([A-Za-z_][A-Za-z0-9_-]{0,63}):(?: +(?=\S)|$)")
QUOTED: Final = re.compile(r""""([^"\\]*)"|'([^']*)'""")
PLAIN_START: Final = re.compile(r"[\w(/.“‘「『·…]")
BLOCK: Final = re.compile(r"[>|]-?")
# Short lists and mappings on one line: words without YAML's signs, or quoted texts.
ITEM: Final = r"""(?:[\w(][^,\[\]{}:#"'\n]*|"[^"\\]*"|'[^']*')"""
NAME: Final = r"[A-Za-z_][A-Za-z0-9_-]*"
SHORT_LIST: Final = re.compile(rf"\[ *(?:{ITEM} *(?:, *(?=[^\s\]])|(?=\])))*\]")
SHORT_MAPPING: Final = re.compile(rf"\{{ *(?:{NAME}: +{ITEM} *(?:, *(?=[^\s}}])|(?=\}})))+\}}")
SHORT_ITEM: Final = re.compile(
    rf"""(?:({NAME}): +)?(?:([\w(][^,\[\]{{}}:#"'\n]*?)(?= *[,\]}}])|"([^"\\]*)"|'([^']*)')"""
)


class NotPlain(Exception):  # noqa: N818  not an error: the real parser's turn
    """The head needs the real parser."""


def plain_head(head: str, first_line: int) -> Mapping | None:
    """Return the mapping of a head whose first line is `first_line` of its file, or None when it is not plain."""
    is_odd = not head.replace("\n", "").isprintable()  # quicker to ask than to search
    if not head.endswith("\n") or (is_odd and STRANGE.search(head)):
        return None
    try:
        lines = Lines(head, first_line)
        return mapping_of(lines, 0) if lines.more() else None
    except NotPlain:
        return None


class Lines:
    """The lines of a head, and how far they are read."""

    def __init__(self, head: str, first_line: int) -> None:
        self.lines = head.split("\n")
        self.position = 0
        self.first_line = first_line
        self.text = ""  # of the line that `more` found, without spaces at its end
        self.indent = 0
        self.number = 0
        self.found = -1  # the position that `more` has looked at

    def more(self) -> bool:
        """Go to the next line that says something; return whether there is one."""
        if self.found == self.position:
            return True
        for position in range(self.position, len(self.lines)):
            text = self.lines[position].rstrip(" ")
            bare = text.lstrip(" ")
            if bare and bare[0] != "#":
                self.position = self.found = position
                self.text, self.number = text, self.first_line + position
                self.indent = len(text) - len(bare)
                return True
        self.position = len(self.lines)
        return False

    def step(self) -> None:
        """Leave the line."""
        self.position += 1


def mapping_of(lines: Lines, indent: int) -> Mapping:
    """Return the mapping that begins here and whose keys stand `indent` spaces in."""
    fields: dict[str, Field] = {}
    start = lines.number
    while lines.more() and lines.indent >= indent:
        found = KEY.match(lines.text, indent) if lines.indent == indent else None
        if found is None or found[1] in fields:
            raise NotPlain
        number, text, value_start = lines.number, lines.text, found.end()
        lines.step()
        if value_start == len(text):
            value = nested(lines, indent, Scalar("", number, value_start + 1))
        elif text[value_start] in ">|" and BLOCK.fullmatch(text, value_start):
            value = Scalar(block_text(lines, indent, text[value_start:]), number, value_start + 1, plain=False)
        else:
            value = value_at(text, value_start, number)
        fields[found[1]] = Field(found[1], value, number, indent + 1)
    return Mapping(tuple(fields.values()), start, indent + 1)


def nested(lines: Lines, indent: int, nothing: Scalar) -> Node:
    """Return what stands below a key without a value: a list, a mapping, or `nothing`."""
    if not lines.more():
        return nothing
    if lines.indent >= indent and lines.text.startswith("- ", lines.indent):
        return list_of(lines, lines.indent)
    if lines.indent <= indent:
        return nothing
    if indent:  # deeper than heads go
        raise NotPlain
    return mapping_of(lines, lines.indent)


def list_of(lines: Lines, indent: int) -> Sequence:
    """Return the list of single values that begins here."""
    items: list[Node] = []
    start = lines.number
    while lines.more() and lines.indent >= indent:
        text = lines.text
        if lines.indent > indent:
            raise NotPlain
        if not text.startswith("- ", indent):
            break
        column = indent + 1 + spaces_at(text, indent + 1)
        item = value_at(text, column, lines.number)
        if not isinstance(item, Scalar):
            raise NotPlain
        items.append(item)
        lines.step()
    return Sequence(tuple(items), start, indent + 1)


def block_text(lines: Lines, indent: int, mark: str) -> str:
    """Return a folded (`>`) or literal (`|`) text below its key, one indentation throughout."""
    first = lines.lines[lines.position] if lines.position < len(lines.lines) else ""
    inner = len(first) - len(first.lstrip(" "))
    if inner <= indent or inner == len(first):
        raise NotPlain
    text = first[inner:]
    blank = 0
    lines.step()
    for line in lines.lines[lines.position :]:
        bare = line.lstrip(" ")
        written = len(line) - len(bare)
        if bare and written < inner:
            break
        if written > inner:  # kept as it is by YAML; rare
            raise NotPlain
        if not bare:
            blank += 1
        else:
            ends = "\n" * (blank + (mark[0] == "|")) or " "
            text, blank = f"{text}{ends}{bare}", 0
        lines.step()
    return text if mark.endswith("-") else f"{text}\n"


@lru_cache(maxsize=4096)
def value_at(text: str, start: int, number: int) -> Node:
    """Return the value a line holds from `start` to its end. Heads of one hand have many lines in common."""
    first = text[start]
    if first in "\"'":
        found = QUOTED.fullmatch(text, start)
        if found is None:
            raise NotPlain
        return Scalar(found[1] or found[2] or "", number, start + 1, plain=False)
    if first in "[{":
        return short_group(text, start, number)
    written = text[start:]
    if not PLAIN_START.match(first) or ": " in written or " #" in written or written[-1] == ":":
        raise NotPlain
    return Scalar(written, number, start + 1)


def short_group(text: str, start: int, number: int) -> Sequence | Mapping:
    """Return a list or mapping on one line."""
    if not (SHORT_LIST if text[start] == "[" else SHORT_MAPPING).fullmatch(text, start):
        raise NotPlain
    fields = [
        Field(
            found[1] or "",
            Scalar(
                found[2] or found[3] or found[4] or "",
                number,
                (found.start() if found[1] is None else found.end(1) + 1 + spaces_at(text, found.end(1) + 1)) + 1,
                plain=found[2] is not None,
            ),
            number,
            found.start() + 1,
        )
        for found in SHORT_ITEM.finditer(text, start + 1)
    ]
    if text[start] == "[":
        return Sequence(tuple(field.value for field in fields), number, start + 1)
    if len({field.key for field in fields}) < len(fields):
        raise NotPlain
    return Mapping(tuple(fields), number, start + 1)


def spaces_at(text: str, start: int) -> int:
    """Return how many spaces stand at `start`."""
    return len(text) - start - len(text[start:].lstrip(" "))
