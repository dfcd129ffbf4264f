"""Heads in any dialect → nodes, strictly: what cannot be read with certainty is an error with its line and column.

python-frontmatter knows the three dialects' delimiters; its loaders are replaced by strict ones, because its own accept
doubled keys, unknown tags, alias bombs and lists in silence, and read `title: no` as False. So every scalar stays the
text that was written (`raw`), and each field reads it by the field's own type (article.py).
"""

import json
import re
from bisect import bisect_right
from collections import defaultdict, deque
from collections.abc import Iterator
from math import inf
from typing import Final

import yaml
from frontmatter.default_handlers import BaseHandler, YAMLHandler

from sitegen.errors import ContentError
from sitegen.places import toml_in
from sitegen.read.faults import doubled_key, fail, unreadable
from sitegen.read.nodes import Field, FrontMatter, Mapping, Node, Scalar, Sequence, front_matter
from sitegen.read.parts import YAML_END, directive_in, split

MAX_DEPTH: Final = 32
HALVES: Final = re.compile("[\ud800-\udfff]")  # of a letter that JSON wrote in two: nothing can write one alone
OPEN_HINTS: Final = (
    "그 줄이나 앞줄의 따옴표, 괄호, 쉼표가 맞는지 봐 주세요",
    "look there and on the line before for a quote, bracket or comma that lacks or is too much",
)
# A value that begins with a quote or bracket, and what closes it.
OPENED: Final = re.compile(r"""[ \t-]*+(?:[^\s:#"'][^:\n]*:[ \t]+)?(?P<mark>["'\[{])""")
MAX_TRIED: Final = 50  # such values of a head that cannot be read
CLOSING: Final = {'"': '"', "'": "'", "[": "]", "{": "}"}
QUOTE_OPEN: Final = (
    "a quote that does not end",
    "글이 끝나는 곳에 따옴표를 하나 더 적어 주세요",
    "close the quote where the text ends",
)
BRACKET_OPEN: Final = (
    "a bracket that does not end",
    "목록이 끝나는 곳에 괄호를 닫아 주세요",
    "close the bracket where the list ends",
)
NO_DAY: Final = "Invalid date or datetime"
DAY_HINTS: Final = ("그런 날이나 시각이 있는지 봐 주세요", "write a day and time that there is")
INDENT_HINTS: Final = (
    "한 묶음의 키는 모두 같은 칸에서 시작해 주세요",
    "begin all keys of one block in the same column",
)
QUOTED_START: Final = (
    "words behind a closing quote",
    "글 전체를 작은따옴표로 감싸 주세요: '\"인용\" 발표'",
    "put the whole text in single quotes: '\"so\" they said'",
)
QUOTED_SINGLY: Final = (
    "words behind a closing quote",
    "글 전체를 큰따옴표로 감싸 주세요: \"'인용' 발표\"",
    "put the whole text in double quotes: \"'so' they said\"",
)
CLOSE_COLON: Final = (
    "a colon without a space behind it",
    "쌍점 뒤에 빈칸을 하나 두세요",
    "write a space behind the colon",
)
# A value whose quotes end before it does; and a key whose value begins at once (no address, no time).
SLIPS: Final = (
    (re.compile(r"""[ -]*[\w-]+:[ \t]+"(?:[^"\\]|\\.)*"[ \t]*(?=[^\s#,\]}])"""), QUOTED_START),
    (re.compile(r"""[ -]*[\w-]+:[ \t]+'(?:[^']|'')*'[ \t]*(?=[^\s#,\]}])"""), QUOTED_SINGLY),
    (re.compile(r"[ -]*(?!\d)[\w-]+:(?=[^\s:/])"), CLOSE_COLON),
)
KEY_LINE: Final = re.compile(r" *(?=[^\s:#\"'\[{-][^:]*:(?:\s|$))")
CORE_TAG: Final = "tag:yaml.org,2002:"
PLAIN_TAGS: Final = frozenset({f"{CORE_TAG}{name}" for name in ("str", "int", "float", "bool", "null", "timestamp")})
GROUP_TAGS: Final = frozenset({f"{CORE_TAG}map", f"{CORE_TAG}seq"})
NODE_EVENTS: Final = frozenset(
    {
        yaml.AliasEvent,
        yaml.MappingEndEvent,
        yaml.MappingStartEvent,
        yaml.ScalarEvent,
        yaml.SequenceEndEvent,
        yaml.SequenceStartEvent,
    }
)
try:
    from yaml import CSafeLoader as EventLoader
except ImportError:  # PyYAML without libyaml: slower, same events
    from yaml import SafeLoader as EventLoader  # type: ignore[assignment]


class TOMLHandler(BaseHandler):
    """`+++` heads; python-frontmatter has one only where the `toml` package happens to be installed."""

    FM_BOUNDARY = re.compile(r"^\+{3,}\s*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "+++"


YAML_HANDLER: Final = YAMLHandler(fm_boundary=re.compile(r"^---[ \t]*$", re.MULTILINE))
TOML_HANDLER: Final = TOMLHandler()
# A key of TOML or JSON: bare or in quotation marks, before what tells it from a value.
KEY: Final = re.compile(
    r"""(?:"((?:[^"\\\n]|\\.){1,200})"|'([^'\n]{1,200})'|(?<![^\s{,.\[])([\w-]{1,200}))[ \t]*(?=[:=\].])"""
)


def parse_dialect(source: str, path: str) -> FrontMatter:
    """Return the front matter and body of a text. Raises ContentError with `path:line:col`."""
    head = source.lstrip()
    skipped = source.count("\n", 0, len(source) - len(head))
    if YAML_HANDLER.detect(head):
        return parse_yaml(head, path, skipped)
    if TOML_HANDLER.detect(head):
        return parse_toml(head, path, skipped)
    if re.match(r"\{\s*[\"}]", head):
        return parse_json(head, path, skipped)
    return front_matter(Mapping((), 1, 1), source, 1)


def whole(text: str, handler: BaseHandler, path: str, skipped: int) -> tuple[str, str, int]:
    """Return head, body and the body's first line."""
    boundary = YAML_END if handler is YAML_HANDLER else handler.FM_BOUNDARY
    assert boundary is not None
    parts = split(text, boundary, skipped)
    if parts is None:
        raise fail("FM002", path, skipped + 1, delimiter=str(handler.END_DELIMITER))
    return parts


def parse_yaml(text: str, path: str, skipped: int) -> FrontMatter:
    """Return a `---` head and its body."""
    head, body, line = whole(text, YAML_HANDLER, path, skipped)
    directive = directive_in(body)
    if directive:
        place = line + body.count("\n", 0, directive.start())
        raise unreadable(
            path, place, 1, "a second YAML document", "글 하나에는 글 머리가 하나입니다", "one head a file"
        )
    builder = Builder(path, skipped + 1)
    try:
        node = builder.build(yaml.parse(head, Loader=EventLoader))
    except yaml.MarkedYAMLError as error:
        raise yaml_error(error, head, path, skipped + 2) from error
    except yaml.reader.ReaderError as error:
        before = head[: error.position] if isinstance(error.position, int) else ""
        column = len(before.rpartition("\n")[2]) + 1
        message = (
            f"control character U+{ord(error.character) if isinstance(error.character, str) else error.character:04X}"
        )
        raise unreadable(
            path, skipped + 2 + before.count("\n"), column, message, "그 글자를 지워 주세요", "delete it"
        ) from error
    return front_matter(node, body, line)


def yaml_error(error: yaml.MarkedYAMLError, head: str, path: str, first_line: int) -> ContentError:
    """Return the error at the place where the mistake was made: an open quote is reported where it opens."""
    is_open = "end of stream" in (error.problem or "") or "document separator" in (error.problem or "")
    mark = (error.context_mark if is_open else None) or error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    lines = head.splitlines()
    unclosed = unclosed_in(lines, line)
    if unclosed is not None:
        line, column, closing = unclosed
        said = BRACKET_OPEN if closing in "]}" else QUOTE_OPEN
        return unreadable(path, first_line + line, column + 1, *said)
    written = lines[line : line + 1]
    if written and written[0][column : column + 1] == "\t":
        hints = ("탭 대신 빈칸으로 들여 쓰세요", "indent with spaces instead of tabs")
        return unreadable(path, first_line + line, column + 1, "a tab cannot indent", *hints)
    for number in range(line, max(-1, line - 2), -1):
        is_near = number < len(lines) and (number == line or lines[number][:1] not in " \t")  # no line of a block text
        for form, said in SLIPS if is_near else ():
            if found := form.match(lines[number]):
                return unreadable(path, first_line + number, found.end() + 1, *said)
    hints = INDENT_HINTS if is_out_of_line(lines, line) else ("", "")
    return unreadable(path, first_line + line, column + 1, (error.problem or str(error)).strip(), *hints)


def is_out_of_line(lines: list[str], number: int) -> bool:
    """Return whether a line is a key that stands elsewhere than the key before it."""
    keys = [KEY_LINE.match(line) for line in lines[max(0, number - 1) : number + 1]]
    depths = [len(found[0]) for found in keys if found]
    return len(depths) == 2 and depths[0] != depths[1]  # noqa: PLR2004  the line and the one before it


def unclosed_in(lines: list[str], failed: int) -> tuple[int, int, str] | None:
    """Return line, column and closing mark of a quote or bracket that mends the line `failed` if it ends on its own."""
    opening = [(number, found) for number, line in enumerate(lines[: failed + 1]) if (found := OPENED.match(line))]
    for number, opened in opening[:MAX_TRIED]:
        closing = CLOSING[opened["mark"]]
        mended = [*lines[:number], f"{lines[number].rstrip()}{closing}", *lines[number + 1 :]]
        if failing_line("\n".join(mended)) > failed:
            return number, opened.start("mark"), closing
    return None


def failing_line(head: str) -> float:
    """Return the line, from 0, at which a head cannot be read; infinity where it can."""
    try:
        deque(yaml.parse(head, Loader=EventLoader), maxlen=0)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return mark.line if mark else 0
    except yaml.YAMLError:
        return 0
    return inf


class Builder:
    """YAML events → nodes, without recursion: no aliases, no tags, no doubled keys, 32 levels at most."""

    def __init__(self, path: str, line_offset: int) -> None:
        self.path = path
        self.offset = line_offset

    def build(self, events: Iterator[yaml.Event]) -> Mapping:
        """Return the one mapping the events describe; an empty head is an empty mapping."""
        root: Node | None = None
        stack: list[list[Node]] = []
        opened: list[tuple[yaml.Event, int, int]] = []
        for event in events:
            kind = type(event)
            if kind not in NODE_EVENTS:
                continue
            mark = event.start_mark
            line, column = (mark.line + 1 + self.offset, mark.column + 1) if mark else (self.offset, 1)
            node: Node
            if isinstance(event, yaml.ScalarEvent):
                self.check_anchor_and_tag(event, line, column, PLAIN_TAGS)
                node = Scalar(event.value, line, column, plain=not event.style)
            elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                self.check_anchor_and_tag(event, line, column, GROUP_TAGS)
                if len(stack) >= MAX_DEPTH:
                    raise self.refused(line, column, f"nesting deeper than {MAX_DEPTH}")
                stack.append([])
                opened.append((event, line, column))
                continue
            elif isinstance(event, yaml.AliasEvent):
                raise self.refused(line, column, "alias (*name)")
            else:
                start, line, column = opened.pop()
                items = stack.pop()
                is_map = isinstance(start, yaml.MappingStartEvent)
                node = self.mapping(items, line, column) if is_map else Sequence(tuple(items), line, column)
            if stack:
                stack[-1].append(node)
            elif root is None:
                root = node
        return self.checked_root(root)

    def checked_root(self, root: Node | None) -> Mapping:
        """Return the root if it is a mapping."""
        if root is None or (isinstance(root, Scalar) and root.is_null):
            return Mapping((), self.offset + 1, 1)
        if isinstance(root, Mapping):
            return root
        found = "a list" if isinstance(root, Sequence) else "a bare text"
        raise fail("FM004", self.path, root.line, root.column, found=found)

    def mapping(self, items: list[Node], line: int, column: int) -> Mapping:
        """Return the mapping of alternating keys and values."""
        fields: dict[str, Field] = {}
        for key, value in zip(items[::2], items[1::2], strict=True):
            if not isinstance(key, Scalar):
                raise self.refused(key.line, key.column, "a key that is not a word")
            if key.raw in fields:
                raise doubled_key(self.path, key.raw, key.line, key.column, fields[key.raw].line)
            fields[key.raw] = Field(key.raw, value, key.line, key.column)
        return Mapping(tuple(fields.values()), line, column)

    def check_anchor_and_tag(self, event: yaml.NodeEvent, line: int, column: int, allowed: frozenset[str]) -> None:
        """Refuse what could copy or construct anything but plain values."""
        if event.anchor is not None:
            raise self.refused(line, column, f"anchor (&{event.anchor})")
        tag = getattr(event, "tag", None)
        if tag is not None and tag not in allowed and tag != "!":
            raise self.refused(line, column, f"tag {tag}")

    def refused(self, line: int, column: int, what: str) -> ContentError:
        """Return the error for YAML that front matter has no use for."""
        return unreadable(self.path, line, column, f"{what} is not allowed here")


def parse_toml(text: str, path: str, skipped: int) -> FrontMatter:
    """Return a `+++` head and its body."""
    head, body, line = whole(text, TOML_HANDLER, path, skipped)
    try:
        values = toml_in(head)
    except ValueError as error:
        found = re.search(r"line (\d+), column (\d+)", str(error))
        place = (skipped + 1 + int(found[1]), int(found[2])) if found else (line - 2, 1)
        message = str(error).partition(" (at")[0]
        raise unreadable(path, *place, message, *(DAY_HINTS if message == NO_DAY else OPEN_HINTS)) from error
    return front_matter(plain_node(values, head, path, skipped + 2), body, line)


def parse_json(text: str, path: str, skipped: int) -> FrontMatter:
    """Return a `{…}` head and the body after it."""

    def unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
        values: dict[str, object] = {}
        for key, value in pairs:
            if key in values:
                raise doubled_key(path, key, *KeyPlaces(text, skipped + 1).last(key), first=skipped + 1)
            values[key] = value
        return values

    try:
        values, end = json.JSONDecoder(object_pairs_hook=unique).raw_decode(text)
    except json.JSONDecodeError as error:
        raise unreadable(path, skipped + error.lineno, error.colno, error.msg, *OPEN_HINTS) from error
    except ValueError as error:  # a number of thousands of digits
        raise unreadable(path, skipped + 1, 1, str(error)) from error
    except RecursionError as error:
        raise unreadable(path, skipped + 1, 1, f"nesting deeper than {MAX_DEPTH} is not allowed here") from error
    after = text[end:].lstrip(" \t").removeprefix("\n")
    line = skipped + text.count("\n", 0, len(text) - len(after)) + 1
    return front_matter(plain_node(values, text[:end], path, skipped + 1), after, line)


def plain_node(values: object, head: str, path: str, first_line: int) -> Mapping:
    """Return TOML or JSON values as nodes; their lines are found by searching for the key."""
    places = KeyPlaces(head, first_line)

    def node(value: object, line: int, column: int, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise unreadable(path, line, column, f"nesting deeper than {MAX_DEPTH} is not allowed here")
        if isinstance(value, dict):
            fields = []
            for key, inner in value.items():
                place = places.next(key)
                fields.append(Field(key, node(inner, *place, depth + 1), *place))
            return Mapping(tuple(fields), line, column)
        if isinstance(value, list):
            return Sequence(tuple(node(item, line, column, depth + 1) for item in value), line, column)
        if value is None:
            return Scalar("", line, column)
        if isinstance(value, bool):
            return Scalar(str(value).lower(), line, column)
        return Scalar(HALVES.sub("\ufffd", str(value)), line, column, plain=not isinstance(value, str))

    result = node(values, first_line, 1, 0)
    if not isinstance(result, Mapping):
        raise fail("FM004", path, first_line, 1, found="a list")
    return result


class KeyPlaces:
    """Where the keys of a TOML or JSON head stand: their values come in the order in which they are written."""

    def __init__(self, head: str, first_line: int) -> None:
        self.first_line = first_line
        self.line_starts = [0, *(found.end() for found in re.finditer("\n", head))]
        self.starts: defaultdict[str, list[int]] = defaultdict(list)  # of each key, in order
        for found in KEY.finditer(head):
            self.starts[found[found.lastindex or 0]].append(found.start(found.lastindex or 0))
        self.read = -1  # where the last key that was asked for stands

    def next(self, key: str) -> tuple[int, int]:
        """Return line and column of a key's next mention, else of its first, else of the head."""
        starts = self.starts.get(key, [])
        if not starts:
            return self.first_line, 1
        place = bisect_right(starts, self.read)
        self.read = starts[place % len(starts)]
        return self.place_at(self.read)

    def last(self, key: str) -> tuple[int, int]:
        """Return line and column of a key's last mention."""
        starts = self.starts.get(key, [])
        return self.place_at(starts[-1]) if starts else (self.first_line, 1)

    def place_at(self, start: int) -> tuple[int, int]:
        """Return the line and column of a place in the head."""
        line = bisect_right(self.line_starts, start) - 1
        return self.first_line + line, start - self.line_starts[line] + 1
