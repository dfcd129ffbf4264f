"""A broken front matter → one that can be read, with a name for every repair. Only what has one reading is repaired.

Seen in real posts: `title: [속보] …` and back-ticks (YAML signs that were meant as words), titles over several lines,
tabs, the same key twice. The first of two keys is kept; nothing else is chosen.
"""

import re
from typing import Final

from sitegen.read.plain_yaml import SHORT_LIST, SHORT_MAPPING

HEAD: Final = re.compile(r"\A(\s*---[ \t]*\n)(.*?\n)(---[ \t]*(?:\n|\Z))", re.DOTALL)
PAIR: Final = re.compile(r"([A-Za-z_][A-Za-z0-9_-]*):(?:[ \t]+(\S.*?))?[ \t]*")
CLOSED: Final = re.compile(r"""(?:'(?:[^']|'')*'|"(?:[^"\\]|\\.)*")(?:[ \t]+#.*)?""")
COMMENT: Final = re.compile(r"[ \t]+#(?:[ \t].*)?$")  # a hashtag is a word
BLOCK: Final = re.compile(r"[>|][+-]?\d?")
SIGNS: Final = "`@%&*!?,]}#-"


def repaired(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a text with its head repaired, and what was done, each once; the text itself when nothing was."""
    found = HEAD.match(text)
    if not found:
        return text, ()
    done: dict[str, None] = {}
    lines = [untabbed(line, done) for line in found[2].split("\n")]
    lines = without_doubles(joined(lines, done), done)
    lines = [quoted(line, done) for line in lines]
    head = "\n".join(lines)
    return f"{found[1]}{head}{found[3]}{text[found.end() :]}", tuple(done)


def untabbed(line: str, done: dict[str, None]) -> str:
    """Return a line indented with spaces."""
    bare = line.lstrip(" \t")
    indent = line[: len(line) - len(bare)]
    if "\t" not in indent:
        return line
    done["tab"] = None
    return indent.replace("\t", "  ") + bare


def joined(lines: list[str], done: dict[str, None]) -> list[str]:
    """Return the lines with a value that runs on over unindented lines put on one line."""
    result: list[str] = []
    runs_on = False  # the last key has a plain value on its own line
    for line in lines:
        pair = PAIR.fullmatch(line)
        is_part = not line or line[0] in " -#"
        if pair:
            runs_on = bool(pair[2]) and not BLOCK.fullmatch(pair[2] or "")
        elif runs_on and not is_part:
            while result and not result[-1].strip():
                result.pop()
            result[-1] = f"{result[-1].rstrip()} {line.strip()}"
            done["joined-lines"] = None
            continue
        result.append(line)
    return result


def without_doubles(lines: list[str], done: dict[str, None]) -> list[str]:
    """Return the lines without the later ones of two keys, and without what stands below those."""
    result: list[str] = []
    seen: set[str] = set()
    dropping = False
    for line in lines:
        pair = PAIR.fullmatch(line)
        if pair:
            dropping = pair[1] in seen
            seen.add(pair[1])
        if dropping and line:
            done["doubled-key"] = None
            continue
        result.append(line)
    return result


def quoted(line: str, done: dict[str, None]) -> str:
    """Return a line with its value in quotes where YAML would read signs in it."""
    pair = PAIR.fullmatch(line)
    value = pair[2] if pair else None
    if pair is None or value is None or not is_misread(value):
        return line
    done["quoted"] = None
    doubled = value.replace("'", "''")
    return f"{pair[1]}: '{doubled}'"


def is_misread(value: str) -> bool:
    """Return whether YAML would read a value as something other than its words."""
    first = value[0]
    if first in "'\"":
        return CLOSED.fullmatch(value) is None
    bare = COMMENT.sub("", value)
    if first == "[":
        return not any(map(SHORT_LIST.fullmatch, (value, bare)))
    if first == "{":
        return not any(map(SHORT_MAPPING.fullmatch, (value, bare)))
    if first in ">|":
        return BLOCK.fullmatch(bare) is None
    return first in SIGNS or ": " in bare or " #" in bare or bare.endswith(":")
