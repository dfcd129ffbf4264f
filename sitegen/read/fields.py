"""Front-matter nodes → typed values. Each reader takes the text as written.

What does not fit is a fault with its place, and the reader goes on with nothing: all faults of a head are told at once.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from enum import StrEnum
from typing import Final, TypeVar

from sitegen.characters import resolved_entities, said_in
from sitegen.errors import ContentError
from sitegen.read.faults import fail
from sitegen.read.nodes import Mapping, Node, Scalar, Sequence

TRUE: Final = frozenset({"true", "yes", "on", "1"})
FALSE: Final = frozenset({"false", "no", "off", "0"})
# 2024-08-08 · 2024.8.8 · 2024년 8월 8일 · 2024/08/08 · 2024-08-08T14:30:00.5+09:00 · 2024-08-08 9:00 -0500 · … -5
MOMENT: Final = re.compile(
    r"(?P<year>\d{4})[-./년]\s?(?P<month>\d{1,2})[-./월]\s?(?P<day>\d{1,2})[.일]?"
    r"(?:[T ]\s*(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?"
    r"\s*(?P<zone>Z|UTC|KST|[+-]\d{1,2}(?::?\d{2})?)?)?"
)
# What most posts say, and Python itself reads.
ISO_MOMENT: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}[+-][0-9]{2}:[0-9]{2}")
SHAPES: Final[dict[type[Node], str]] = {Sequence: "a list", Mapping: "a mapping"}  # as messages name them
SHA256: Final = re.compile(r"[0-9a-f]{64}")
FIRST_YEAR: Final = 1000
NAMED_ZONES: Final = {"Z": 0, "UTC": 0, "KST": 9}

Choice = TypeVar("Choice", bound=StrEnum)


def tidy(text: str) -> str:
    """Return one line of text: NFC, entities resolved (twice where the source escaped twice), white space single.

    What says nothing goes: a control character would break feeds, a turned direction all that follows.
    """
    if not text:
        return ""
    text = resolved_entities(resolved_entities(text))
    return unicodedata.normalize("NFC", " ".join(said_in(text).split()))


def parse_moment(text: str, zone: tzinfo) -> datetime:
    """Return the time `text` names, in `zone`; without a zone it is of that one. Raises ValueError."""
    return stated_moment(text, zone).astimezone(zone)


def stated_moment(text: str, zone: tzinfo) -> datetime:
    """Return the time `text` names, in the zone it names, else in `zone`. Raises ValueError.

    A year of three figures is a slip: nobody has published anything then.
    """
    found = moment_in(text, zone)
    if found.year < FIRST_YEAR:
        raise ValueError(text)
    return found


def moment_in(text: str, zone: tzinfo) -> datetime:
    """Return the time `text` names, of any year. Raises ValueError."""
    if ISO_MOMENT.fullmatch(text):
        return datetime.fromisoformat(text)
    found = MOMENT.fullmatch(text.strip())
    if not found:
        raise ValueError(text)
    year, month, day = (int(found[name]) for name in ("year", "month", "day"))
    hour, minute, second = (int(found[name] or 0) for name in ("hour", "minute", "second"))
    own = found["zone"]
    return datetime(year, month, day, hour, minute, second, tzinfo=zone_of(own) if own else zone)


def zone_of(text: str) -> timezone:
    """Return the zone of `Z`, `KST`, `+0900`, `+09:00` or `-5`."""
    if text in NAMED_ZONES:
        return timezone(timedelta(hours=NAMED_ZONES[text]))
    sign = -1 if text[0] == "-" else 1
    digits = text[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if digits[2:] else (digits, "0")
    return timezone(sign * timedelta(hours=int(hours), minutes=int(minutes)))


def at_commas(node: Scalar) -> list[str]:
    """Return the parts of a text between its commas; in quotes a comma belongs to its word."""
    return node.raw.split(",") if node.plain else [node.raw]


class Fields:
    """The fields of one mapping, read by name. Names that were never asked for are `unread`.

    `path`: of the file, as messages show it; `place`: of the file below the content folder.
    """

    def __init__(
        self,
        mapping: Mapping,
        path: str,
        prefix: str = "",
        faults: list[ContentError] | None = None,
        *,
        place: str = "",
    ) -> None:
        self.mapping = mapping
        self.values = {field.key: field.value for field in mapping.fields}
        self.path = path
        self.place = place
        self.prefix = prefix
        self.asked: set[str] = set()
        self.nested: list[Fields] = []
        self.faults: list[ContentError] = [] if faults is None else faults  # of the whole head

    def node(self, *names: str) -> Node | None:
        """Return the first of `names` that is given and not null."""
        found: Node | None = None
        for name in names:
            value = self.values.get(name)
            if value is not None:
                self.asked.add(name)
                if found is None and not (isinstance(value, Scalar) and value.is_null):
                    found = value
        return found

    def refuse(self, name: str, node: Node, ko: str, en: str) -> None:
        """Note that a value does not fit, and what would."""
        shown = f'"{node.raw[:40]}"' if isinstance(node, Scalar) else SHAPES[type(node)]
        self.note(name, node, shown, ko, en)

    def lack(self, name: str, ko: str, en: str) -> None:
        """Note that a mapping lacks a value, and what it should be."""
        self.note(name, self.node(name) or self.mapping, "nothing", ko, en)

    def note(self, name: str, node: Node, found: str, ko: str, en: str) -> None:
        """Note a fault of a field at the place of a node."""
        details = {"field": self.prefix + name, "found": found, "expected_ko": ko, "expected_en": en}
        self.faults.append(fail("FM006", self.path, node.line, node.column, **details))

    def raw(self, *names: str) -> str:
        """Return the text of a field as written, or an empty string."""
        node = self.node(*names)
        if node is None:
            return ""
        if not isinstance(node, Scalar):
            written = next(name for name in names if self.values.get(name) is node)
            self.refuse(written, node, "한 줄의 글이어야 합니다", "write one line of text")
            return ""
        return node.raw

    def text(self, *names: str) -> str:
        """Return the text of a field, tidied to one line."""
        if len(names) == 1:  # nearly always
            node = self.values.get(names[0])
            if node is None:
                return ""
            if isinstance(node, Scalar):
                self.asked.add(names[0])
                return "" if node.is_null else tidy(node.raw)
        for name in names:
            if name in self.values:
                return tidy(self.raw(*names))
        return ""

    def texts(self, *names: str, cut: Callable[[Scalar], list[str]] = at_commas) -> tuple[str, ...]:
        """Return a list of texts, of all its names; a single text may be several, as `cut` tells."""
        parts: list[str] = []
        for name in names:
            node = self.node(name)
            if isinstance(node, Scalar):
                parts += cut(node)
            elif isinstance(node, Sequence):
                parts += self.texts_of_rows(name, node)
            elif node is not None:
                self.refuse(name, node, "글의 목록이어야 합니다", "write a list of texts")
        tidied = (tidy(part) for part in parts)
        return tuple(dict.fromkeys(part for part in tidied if part))

    def texts_of_rows(self, name: str, rows: Sequence) -> list[str]:
        """Return the rows of a list of texts. One that is no text is a fault."""
        for row in rows.items:
            if not isinstance(row, Scalar):
                self.refuse(name, row, "목록의 각 줄은 글이어야 합니다", "each row of the list is a text")
        return [row.raw for row in rows.items if isinstance(row, Scalar) and not row.is_null]

    def flag(self, name: str) -> bool | None:
        """Return a truth, or None when it is not given."""
        node = self.node(name)
        if node is None:
            return None
        word = node.raw.strip().lower() if isinstance(node, Scalar) else ""
        if word not in TRUE | FALSE:
            self.refuse(name, node, "true 또는 false로 적어 주세요", "write true or false")
            return None
        return word in TRUE

    def whole(self, name: str) -> int:
        """Return a whole number, 0 when it is not given."""
        node = self.node(name)
        if node is None:
            return 0
        if not isinstance(node, Scalar) or not re.fullmatch(r"\d{1,12}", node.raw):
            self.refuse(name, node, "0 이상의 정수로 적어 주세요", "write a whole number, 0 or more")
            return 0
        return int(node.raw)

    def moment(self, zone: tzinfo, *names: str) -> datetime | None:
        """Return a time, or None when it is not given."""
        node = self.node(*names)
        if node is None:
            return None
        text = node.raw if isinstance(node, Scalar) else ""
        try:
            return parse_moment(text, zone)
        except (ValueError, OverflowError):
            details = {"field": self.prefix + names[0], "value": text[:40] or "—"}
            self.faults.append(fail("DATE003", self.path, node.line, node.column, **details))
            return None

    def day(self, zone: tzinfo, *names: str) -> str:
        """Return a day as YYYY-MM-DD, empty when it is not given; of a time, the day it is in `zone`."""
        found = self.moment(zone, *names) if self.text(*names) else None
        return found.date().isoformat() if found else ""

    def time_as_written(self, name: str) -> str:
        """Return a day or time as it is written, empty when it is not given or is none."""
        text = self.text(name)
        return text if text and self.moment(UTC, name) is not None else ""

    def sha256(self, name: str) -> str:
        """Return a SHA-256 in small letters, empty when it is not given or is none."""
        text, node = self.text(name).lower(), self.node(name)
        if text and node is not None and not SHA256.fullmatch(text):
            self.refuse(name, node, "SHA-256 (16진수 64자리)", "a SHA-256 of 64 hexadecimal digits")
            return ""
        return text

    def choice(self, name: str, choices: type[Choice], default: Choice) -> Choice:
        """Return one of an enum's values."""
        node = self.node(name)
        if node is None:
            return default
        word = node.raw.strip() if isinstance(node, Scalar) else ""
        if word not in {member.value for member in choices}:
            listed = ", ".join(member.value for member in choices)
            self.refuse(name, node, f"다음 중 하나: {listed}", f"one of {listed}")
            return default
        return choices(word)

    def fields(self, name: str) -> "Fields | None":
        """Return a nested mapping's fields, or None when it is not given or is a plain text."""
        node = self.node(name)
        if not isinstance(node, Mapping):
            return None
        return self.inner(node, name)

    def rows(self, name: str) -> list["Fields | str"]:
        """Return a list whose rows are mappings or plain texts."""
        node = self.node(name)
        if node is None:
            return []
        if not isinstance(node, Sequence):
            self.refuse(name, node, "목록이어야 합니다", "write a list")
            return []
        rows: list[Fields | str] = []
        for item in node.items:
            if isinstance(item, Mapping):
                rows.append(self.inner(item, name))
            elif isinstance(item, Scalar):
                rows.append(tidy(item.raw))
            else:
                self.refuse(
                    name, item, "목록의 각 줄은 글이거나 키: 값이어야 합니다", "each row is a text or a mapping"
                )
        return rows

    def inner(self, mapping: Mapping, name: str) -> "Fields":
        """Return the fields of a nested mapping and remember it for `unread`."""
        inner = Fields(mapping, self.path, f"{self.prefix}{name}.", self.faults)
        self.nested.append(inner)
        return inner

    def judge(self) -> None:
        """Raise ContentError with the faults that were found: the first of each place, in the order of the places."""
        if self.faults:
            by_place = {fault.problem.where: fault.problem for fault in reversed(self.faults)}
            raise ContentError(*sorted(by_place.values(), key=lambda found: (found.where.line, found.where.column)))

    def unread(self) -> list[str]:
        """Return the dotted names nobody asked for, in order."""
        own = [self.prefix + field.key for field in self.mapping.fields if field.key not in self.asked]
        return own + [name for inner in self.nested for name in inner.unread()]
