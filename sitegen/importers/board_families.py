"""boards.toml → families of notice boards, declared as data, so that a new one needs no code."""

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

import soupsieve
from soupsieve import SelectorSyntaxError

from sitegen.errors import UsageError
from sitegen.importers.board_facts import MEANINGS
from sitegen.model import Source
from sitegen.places import toml_in
from sitegen.problems import Problem, Severity, Where

BUILT_IN: Final = Path(__file__).with_name("boards.toml")
FILE: Final = "boards.toml"  # of a content folder: families of its own, tried before ours


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """How the pages of one kind of board are read. All but the names are CSS selectors; see boards.toml."""

    name: str
    detect: tuple[str, ...]
    body: str
    frame: str = ""
    title: str = ".board_view_title, .view_tit, h1, h2.title, h3.title"
    url: str = ""
    rows: str = ""
    licence: str = ""
    files: str = ""
    date: str = ""
    facts: tuple[tuple[str, str], ...] = ()  # words of a heading → one of MEANINGS
    drop: tuple[tuple[str, str], ...] = ()  # name of a rule → selector
    source: Source = field(default_factory=Source)  # the publisher, where all pages are of one


SELECTORS: Final = ("body", "frame", "title", "url", "rows", "licence", "files", "date")
SHAPES: Final = {
    **dict.fromkeys(("name", *SELECTORS), str),
    **dict.fromkeys(("facts", "drop", "source"), dict),
    "detect": list,
}


HEADER: Final = re.compile(r"^[ \t]*(?P<open>\[\[)[ \t]*board[ \t]*\]\]", re.MULTILINE)
PLACE: Final = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)")
NAMED_FAULT: Final = re.compile(r"(?:unknown|facts|wrong kind of value): (?P<name>[^,]+).*")
HINTS: Final = {
    "unknown": (f"쓸 수 있는 키: {', '.join(SHAPES)}", f"known keys: {', '.join(SHAPES)}"),
    "missing": (
        "[[board]]마다 name, detect, body가 있어야 합니다(docs/importing.md)",
        "each [[board]] needs name, detect and body (docs/importing.md)",
    ),
    "wrong kind of value": (
        "board는 [[board]] 표, detect는 목록, facts·drop·source는 { … }, 나머지는 글입니다",
        "board is [[board]], detect a list; facts, drop and source are { … }, all others texts",
    ),
    "facts": (f"다음 중 하나: {', '.join(sorted(MEANINGS))}", f"one of {', '.join(sorted(MEANINGS))}"),
}


@cache
def families(path: Path) -> tuple[Family, ...]:
    """Return the families a TOML file declares. Raises UsageError (IMP011) for one that cannot be used, at its line."""
    where = Where(path=str(path))
    try:
        text = path.read_text("utf-8-sig")
        found = []
        for header, table in tables_in(text):
            where = Where(path=str(path), line=header, column=1)
            found.append(family_from(table))
            if path != BUILT_IN:  # ours are tried by the tests; to compile them takes 0.2 s
                check_selectors(found[-1])
    except (OSError, ValueError, SelectorSyntaxError) as error:
        message = " ".join(str(error).split())[:200]
        if place := PLACE.search(message):
            line = int(place["line"] or text.count("\n") + 1)
            where = Where(path=str(path), line=line, column=int(place["column"] or 1))
            message = message[: place.start()]
        elif named := NAMED_FAULT.fullmatch(message):
            where = place_of_name(named["name"], text, where)
        details = (("message", message), *hints_of(error, message))
        raise UsageError(Problem(code="IMP011", severity=Severity.ERROR, where=where, details=details)) from error
    return tuple(found)


def place_of_name(name: str, text: str, table: Where) -> Where:
    """Return where a declaration has a name, in or below the header of its table."""
    for number, line in enumerate(text.split("\n"), 1):
        if number >= table.line and name in line:
            return table._replace(line=number, column=line.index(name) + 1)
    return table


def tables_in(text: str) -> list[tuple[int, dict[str, Any]]]:
    """Return the tables of a declaration with the lines of their headers. Raises ValueError with the reason."""
    tables = toml_in(text).get("board", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise ValueError("wrong kind of value: board")
    lines = [text.count("\n", 0, found.start("open")) + 1 for found in HEADER.finditer(text)]
    lines += [1] * len(tables)  # of those that have no header
    return [*zip(lines, tables, strict=False)]


def hints_of(error: Exception, message: str) -> tuple[tuple[str, str], ...]:
    """Return what to do about a declaration that cannot be used."""
    if isinstance(error, SelectorSyntaxError):
        ko, en = "CSS 선택자로 적어 주세요", "write a CSS selector"
    elif isinstance(error, tomllib.TOMLDecodeError):
        ko, en = "표시된 곳의 따옴표와 괄호를 살펴봐 주세요", "check the quotes and brackets there"
    else:
        fault = message.partition(":")[0]
        ko, en = HINTS.get(fault, ("파일을 살펴봐 주세요", "look at the file"))
    return (("hint_ko", ko), ("hint_en", en))


def family_from(table: dict[str, Any]) -> Family:
    """Return the family of a table. Raises ValueError with the reason, which HINTS knows."""
    unknown = sorted(set(table) - set(SHAPES))
    missing = sorted({"name", "detect", "body"} - set(table))
    misshaped = sorted(key for key, shape in SHAPES.items() if not isinstance(table.get(key, shape()), shape))
    facts = table.get("facts", {})
    wrong = sorted(set(map(str, facts.values())) - MEANINGS) if isinstance(facts, dict) else []
    told = (("unknown", unknown), ("missing", missing), ("wrong kind of value", misshaped), ("facts", wrong))
    for fault, names in told:
        if names:
            raise ValueError(f"{fault}: {', '.join(names)}")
    selectors = {name: str(table[name]) for name in SELECTORS if name in table}
    drop = tuple((str(rule), str(selector)) for rule, selector in table.get("drop", {}).items())
    source = table.get("source", {})
    return Family(
        name=str(table["name"]),
        detect=tuple(map(str, table["detect"])),
        facts=tuple((str(words), str(meaning)) for words, meaning in table.get("facts", {}).items()),
        drop=drop,
        source=Source(name=str(source.get("name", "")), site=str(source.get("site", "")).rstrip("/")),
        **selectors,
    )


def check_selectors(family: Family) -> None:
    """Compile every selector of a family. Raises SelectorSyntaxError."""
    selectors = (getattr(family, name) for name in SELECTORS)
    for selector in (*family.detect, *filter(None, selectors), *(selector for _, selector in family.drop)):
        soupsieve.compile(selector)


def known_families(folder: Path | None) -> tuple[Family, ...]:
    """Return the families of a content folder, then ours."""
    own = folder / FILE if folder else None
    return (*(families(own) if own and own.is_file() else ()), *families(BUILT_IN))
