"""The YAML of heads: keys and plain values written at once, single values that need thought by PyYAML.

Law: where this writes at all, it writes what `yaml.safe_dump` does (block style, keys in their order, no folding).
"""

import re
from functools import lru_cache
from typing import Any, Final

import yaml

MAX_CHARS: Final = 4000
MAX_KEY_CHARS: Final = 40
# Beyond ASCII, YAML knows no signs but its line ends and the byte-order mark.
OTHER: Final = "\\u00a0-\\u2027\\u202a-\\ud7ff\\ue000-\\ufefe\\uff00-\\ufffd\\U00010000-\\U0010fffd"
LETTERS: Final = f"0-9A-Za-z{OTHER}"
# Words that YAML reads as nothing but themselves: a letter first, no sign at an edge, not one of its own words.
WORDS: Final = re.compile(rf"[A-Za-z{OTHER}/(](?:[{LETTERS} .,()/_~+\-?&=:;!'\"%|>]*[{LETTERS}.,()/~!?'\"%])?")
QUOTED: Final = re.compile(rf"[{LETTERS} .,()/_~+\-?&=:;!'\"%|>#*@\[\]<{{}}]+")
OWN: Final = frozenset({"yes", "no", "on", "off", "true", "false", "null"})
# A digest that is no number, a telephone number, the name of a file: as they stand.
PLAIN: Final = re.compile(
    r"(?=[0-9]*[a-f])[0-9a-f]{64}|0[0-9]{1,2}-[0-9]{3,4}-[0-9]{4}|[0-9][0-9A-Za-z-]{0,60}\.[a-z]{2,5}"
)
# Texts that YAML would read as a number or a time.
MISREAD: Final = re.compile(
    r"[1-9][0-9]{0,17}|[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}:[0-9]{2}[+-][0-9]{2}:[0-9]{2})?"
)


class NotPlain(Exception):  # noqa: N818  not an error: PyYAML's turn
    """A mapping needs PyYAML."""


def yaml_of(value: dict[str, Any]) -> str:
    """Return a mapping as YAML."""
    return quick_yaml(value) or dumped(value)


def quick_yaml(value: dict[str, Any]) -> str | None:
    """Return a mapping as YAML, or None when PyYAML has to write the whole of it."""
    lines: list[str] = []
    try:
        add_mapping(value, "", lines)
    except NotPlain:
        return None
    return "\n".join(lines) + "\n"


def dumped(value: object) -> str:
    """Return a value as PyYAML writes it."""
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=10_000)


def add_mapping(value: dict[str, Any], indent: str, lines: list[str]) -> None:
    """Add the lines of a mapping."""
    for key, part in value.items():
        if not is_key(key):
            raise NotPlain
        if isinstance(part, dict) and part:
            lines.append(f"{indent}{key}:")
            add_mapping(part, f"{indent}  ", lines)
        elif isinstance(part, list) and part:
            lines.append(f"{indent}{key}:")
            add_items(part, indent, lines)
        else:
            lines.append(f"{indent}{key}: {written(part)}")


@lru_cache(maxsize=512)  # heads have the same keys
def is_key(text: str) -> bool:
    """Return whether a key is written as it stands."""
    return len(text) <= MAX_KEY_CHARS and is_words(text)


def add_items(items: list[object], indent: str, lines: list[str]) -> None:
    """Add the lines of a list of mappings or single values."""
    for item in items:
        start = len(lines)
        if isinstance(item, dict) and item:
            add_mapping(item, f"{indent}  ", lines)
            lines[start] = f"{indent}- {lines[start].removeprefix(f'{indent}  ')}"
        elif isinstance(item, (dict, list)):
            raise NotPlain
        else:
            lines.append(f"{indent}- {written(item)}")


def written(value: object) -> str:
    """Return a single value."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case str() if PLAIN.fullmatch(value) or is_words(value):
            return value
        case str() if not value or MISREAD.fullmatch(value) or is_quoted(value):
            return "'" + value.replace("'", "''") + "'"
        case dict() if not value:
            return "{}"
        case list() if not value:
            return "[]"
        case str() if value.isprintable() and len(value) <= MAX_CHARS:
            return dumped([value]).removeprefix("- ").removesuffix("\n")
        case _:
            raise NotPlain


def is_words(text: str) -> bool:
    """Return whether YAML reads a text as it stands."""
    return len(text) <= MAX_CHARS and WORDS.fullmatch(text) is not None and ": " not in text and text.lower() not in OWN


def is_quoted(text: str) -> bool:
    """Return whether YAML would read a text of plain letters and signs otherwise, so that it stands in quotes."""
    return ": " in text and len(text) <= MAX_CHARS and QUOTED.fullmatch(text) is not None
