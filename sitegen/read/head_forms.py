"""Heads that were met before, with other values in them: what the reader made of the form, it makes of each.

The heads of a mirror are written by few hands: the same keys in the same order, only the values differ. A form is
the head without them; it is read once, by plain_yaml.py, with stand-ins, and written out as code that makes the nodes
of any values that mean nothing to YAML. Law: the nodes are those that plain_yaml.py reads, at the same places.
"""

import re
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from sitegen.model import Place
from sitegen.read import nodes
from sitegen.read.nodes import Field, Mapping, Node, Scalar, places_of
from sitegen.read.plain_yaml import NAME, PLAIN_START, NotPlain, plain_head, value_at
from sitegen.runtime.learned import Learned

FIRST_LINE: Final = 2  # of a head, after its `---`
MAX_FORMS: Final = 512
# A value on its line: behind a key or a dash, in quotes or in a list's brackets, or a line of a folded text.
VALUE: Final = re.compile(
    rf"^( *+(?>(?:- )?)(?>(?:{NAME}: ++)?)[\"'\[]?+)([^\s\"'#>|\[\]{{}}](?:[^\n]*[^\s\"':\]])?)([\"'\]]? *)$",
    re.MULTILINE,
)
GAP: Final = "\0"  # no head has one that can be printed
STAND_IN: Final = "ꙮ{}ꙮ"  # a letter that nobody writes
STAND_INS: Final = re.compile("ꙮ([0-9]+)ꙮ")
LIST: Final = "["

Values = Sequence[str]
Fill = Callable[[Values], Mapping]


class Form:
    """A head without its values."""

    def __init__(self, mapping: Mapping, lists: frozenset[int]) -> None:
        self.plain: list[int] = []  # slots that must not look like anything but words
        self.quoted: list[int] = []
        self.lists = lists
        self.places = places_of(mapping)
        self.known: dict[str, object] = {"value_at": value_at, "new": tuple.__new__, **vars(nodes)}
        code = self.written(mapping)
        exec(f"def fill(v): return {code}", self.known)  # noqa: S102  our own names, places and constants
        self.fill: Fill = self.known["fill"]  # type: ignore[assignment]

    def takes(self, values: Values) -> bool:
        """Return whether none of the values would be read as more than words where it stands."""
        for slot in self.plain:
            value = values[slot]
            if ": " in value or " #" in value or not PLAIN_START.match(value):
                return False
        return not any("'" in values[slot] or '"' in values[slot] or "\\" in values[slot] for slot in self.quoted)

    def constant(self, value: object) -> str:
        """Return the name of a value that is the same in every head of the form."""
        name = f"c{len(self.known)}"
        self.known[name] = value
        return name

    def written(self, node: Node | Field) -> str:
        """Return the code that makes a node of the values `v`."""
        if not STAND_INS.search(repr(node)):
            return self.constant(node)
        if isinstance(node, Scalar):
            return f"new(Scalar, ({self.text(node)}, {node.line}, {node.column}, {node.plain}))"
        if isinstance(node, Field):
            return f"new(Field, ({node.key!r}, {self.written(node.value)}, {node.line}, {node.column}))"
        parts = node.fields if isinstance(node, Mapping) else node.items
        slot = STAND_INS.search(repr(node))
        if not isinstance(node, Mapping) and slot and int(slot[1]) in self.lists:
            before = " " * (node.column - 1) + LIST
            return f"value_at({before!r} + v[{slot[1]}] + ']', {node.column - 1}, {node.line})"
        made = "".join(f"{self.written(part)}, " for part in parts)
        return f"new({type(node).__name__}, (({made}), {node.line}, {node.column}))"

    def text(self, node: Scalar) -> str:
        """Return the code that makes the text of a value; note what must be asked of the words in it."""
        slots = list(map(int, STAND_INS.findall(node.raw)))
        if node.plain:
            self.plain += slots
        elif "\n" not in node.raw and STAND_INS.fullmatch(node.raw):
            self.quoted += slots
        template = STAND_INS.sub("%s", node.raw.replace("%", "%%"))
        if template == "%s":
            return f"v[{slots[0]}]"
        return f"{template!r} % ({''.join(f'v[{slot}], ' for slot in slots)})"


class Head(NamedTuple):
    """A head as read, and where its fields stand."""

    mapping: Mapping
    places: tuple[Place, ...]


def read_head(head: str, first_line: int) -> Head | None:
    """Return a head with the mapping that `plain_head` reads, by its form where that was met before."""
    if not head.replace("\n", "").isprintable():
        return plainly_read(head, first_line)
    parts = VALUE.split(head)
    values = parts[2::4]
    del parts[2::4]
    skeleton = GAP.join(parts)
    form = FORMS.of(skeleton) if first_line == FIRST_LINE else None
    if form is None or not form.takes(values):
        return plainly_read(head, first_line)
    try:
        return Head(form.fill(values), form.places)
    except NotPlain:  # a list that is not a short one
        return None


def plainly_read(head: str, first_line: int) -> Head | None:
    """Return a head as `plain_head` reads it."""
    mapping = plain_head(head, first_line)
    return None if mapping is None else Head(mapping, places_of(mapping))


def form_of(skeleton: str) -> Form | None:
    """Return the form, or None when it is not plain YAML."""
    if "ꙮ" in skeleton:
        return None
    parts = skeleton.split(GAP)
    head = parts[0]
    lists = set()
    for slot, (before, after, rest) in enumerate(zip(parts[1::3], parts[2::3], parts[3::3], strict=True)):
        head += f"{before}{STAND_IN.format(slot)}{after}{rest}"
        if before.endswith(LIST):
            lists.add(slot)
    mapping = plain_head(head, FIRST_LINE)
    return None if mapping is None else Form(mapping, frozenset(lists))


FORMS: Final[Learned[str, Form | None]] = Learned(form_of, MAX_FORMS)  # None for what its values alone can tell
