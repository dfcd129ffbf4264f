"""TOML → what it says, and the lines on which its keys stand, which tomllib does not tell. Text in, values out."""

import re
import tomllib
from collections import Counter
from typing import Any, Final

Place = tuple[str | int, ...]  # the keys that lead to a value, and the numbers of rows among them

GAP: Final = re.compile(r"(?:\s|#[^\n]*)*")
BRACKET: Final = re.compile(r"[\[\]{}]")
MANY_DIGITS: Final = re.compile(r"\d[\d_]{600,}")  # Python takes 4,300, and may be told to take 640
KEY: Final = re.compile(r"""[\w-]+|"(?:[^"\\]|\\.)*"|'[^']*'""")
# Texts of several lines may end in one or two quotes of their own.
VALUE: Final = re.compile(
    r'''"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?'{3,5}|"(?:[^"\\]|\\.)*"|'[^']*'|[^\s,\]}#]+(?: \d[^\s,\]}#]*)?''', re.DOTALL
)


def toml_in(text: str) -> dict[str, Any]:
    """Return what a TOML text says. Raises ValueError with reason and place, `… (at line 2, column 1)`.

    Where nesting or a number is more than Python takes, it says so of itself, without a place.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise
    except RecursionError as error:
        raise ValueError(f"brackets are nested too deep (at line {deepest_line_of(text)}, column 1)") from error
    except ValueError as error:
        digits = MANY_DIGITS.search(text)
        if digits is None:
            raise
        line = text.count("\n", 0, digits.start()) + 1
        raise ValueError(f"a number has too many digits (at line {line}, column 1)") from error


def deepest_line_of(text: str) -> int:
    """Return the first line of a text on which most brackets are open."""
    depth, deepest, at = 0, 0, 0
    for found in BRACKET.finditer(text):
        depth += 1 if found[0] in "[{" else -1
        if depth > deepest:
            deepest, at = depth, found.start()
    return text.count("\n", 0, at) + 1


def lines_of(text: str) -> dict[Place, int]:
    """Return the line of every key and row of a sound TOML text, by its place."""
    reader = Reader(text)
    reader.read()
    return reader.lines


class Reader:
    """Reads a TOML text once, from its start to its end."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines: dict[Place, int] = {}
        self.rows: Counter[Place] = Counter()  # of a `[[table]]`, so far
        self.at = 0
        self.line, self.counted = 1, 0  # the line of the last place that was noted, and how far lines are counted

    def read(self) -> None:
        """Note every place."""
        table: Place = ()
        while self.next():
            table = self.header() if self.next() == "[" else table
            if self.next() not in ("", "["):
                self.pair(table)

    def next(self) -> str:
        """Go to the next sign that is no blank and in no remark, and return it; nothing at the end."""
        found = GAP.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.text[self.at : self.at + 1]

    def note(self, place: Place) -> None:
        """Note that a place begins here, and what it lies in if that has no beginning of its own."""
        self.line += self.text.count("\n", self.counted, self.at)
        self.counted = self.at
        for end in range(1, len(place) + 1):
            self.lines.setdefault(place[:end], self.line)

    def header(self) -> Place:
        """Read `[table]` or the next `[[table]]`, and return its place."""
        begin, is_row = self.at, self.text.startswith("[[", self.at)
        self.at += 2 if is_row else 1
        *above, last = self.keys()
        end, self.at = self.at + (2 if is_row else 1), begin
        place: Place = ()
        for key in above:
            place = (*place, key)
            place = (*place, self.rows[place] - 1) if place in self.rows else place
        place = (*place, last)
        if is_row:
            self.rows[place] += 1
            place = (*place, self.rows[place] - 1)
        self.note(place)
        self.at = end
        return place

    def keys(self) -> list[str]:
        """Read the keys of `a."b".c`."""
        found = []
        while True:
            self.next()
            key = self.taken(KEY)
            found.append(tomllib.loads(f"key = {key}")["key"] if key[0] in "\"'" else key)
            if self.next() != ".":
                return found
            self.at += 1

    def taken(self, pattern: re.Pattern[str]) -> str:
        """Return what stands here, and go behind it."""
        found = pattern.match(self.text, self.at)
        assert found is not None
        self.at = found.end()
        return found[0]

    def pair(self, table: Place) -> None:
        """Read `key = value` of a table."""
        begin = self.at
        keys = self.keys()
        self.at, end = begin, self.at
        self.note((*table, *keys))
        self.at = end + 1  # behind the `=`
        self.value((*table, *keys))

    def value(self, place: Place) -> None:
        """Read a value, with all that is in it."""
        begins = self.next()
        if begins not in ("[", "{"):
            self.taken(VALUE)
            return
        self.at += 1
        number = 0
        while (sign := self.next()) not in ("]", "}"):
            if sign == ",":
                self.at += 1
            elif begins == "{":
                self.pair(place)
            else:
                self.note((*place, number))
                self.value((*place, number))
                number += 1
        self.at += 1
