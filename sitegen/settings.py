"""content/site.toml, checked: a key nobody knows, or a value that does not fit, is an error with its line.

`SETTINGS` is the whole schema: the validator and the JSON Schema for editors are read off it.
"""

import errno
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from importlib.util import find_spec
from pathlib import Path
from stat import S_ISREG
from typing import Any, Final, NamedTuple

from sitegen.characters import said_in
from sitegen.errors import ConfigError, system_error
from sitegen.messages import MESSAGES, WAIVABLE
from sitegen.model import Indexing, ListKind
from sitegen.problems import Problem, Severity, Where, place_of
from sitegen.reasons import in_korean
from sitegen.terms import TERMS

COLOUR: Final = "#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})"
COLOUR_TOKENS: Final = ("background", "surface", "text", "accent", "focus", "mark")
FONT_TOKENS: Final = ("text",)
MAX_PAGE_SIZE: Final = 200
ANALYSERS: Final = ("rules", "kiwi")
DICTIONARIES: Final = {"kiwi": "kiwipiepy"}  # the package an analyser needs
SWITCHABLE: Final = ("promo", "credit", "layout-rules")  # cleaning rules; the others keep a body sound
FONT_FAMILY: Final = r"""[\w\s,."'-]+"""
# How an address begins, of another site or of any page; and how to write it.
HOME: Final = r"https?://[^\s/?#@\\\[\]]+"  # what a full address begins with: no user name, no number of a machine
FULL: Final = rf"{HOME}([/?#]|$)"
STARTS: Final = {
    "address": rf"^({FULL}|$)",
    "link": rf"^({FULL}|mailto:|/(?!/)|#)",
    "contact": rf"^({FULL}|mailto:.+@|/(?!/)|$)",
}
EXPECTED: Final = {
    "address": '"https://…"',
    "link": '"/…/" | "https://…"',
    "contact": '"mailto:name@example.org" | "https://…" | "/…/"',
    "hosts": 'the names of hosts, e.g. ["example.go.kr"]; those below one of them count',
}
# Settings that are tables: what an entry may be, and how to write it.
ENTRIES: Final = {
    "colours": (re.compile(COLOUR), '"#rrggbb" | ["#rrggbb", "#rrggbb"]'),
    "fonts": (re.compile(FONT_FAMILY), '"Font Name, sans-serif"'),
}
LONG_TEXT: Final = re.compile(r'"""|\'\'\'')  # begins or ends a text of several lines
HOST: Final = r"^(localhost|([^\s/:*?#@.\[\]]+\.)+[^\s/:*?#@.\[\]]+)$"
SHOWN_CHARS: Final = 60  # of a value in a message


class Setting(NamedTuple):
    """One key: the type it takes, what it may be, and what it means (for editors).

    Types: string, words (a string that says something), address, link, contact, boolean, integer, date, strings, hosts,
    colours, fonts.
    """

    type: str
    meaning: str
    choices: tuple[str, ...] = ()
    required: bool = False


LEVELS: Final = tuple(level for level in Severity if level is not Severity.BUG)  # what an owner may choose


def levels_of(code: str) -> tuple[Severity, ...]:
    """Return how much a finding may matter to an owner: an error that none may answer for stays one."""
    is_fixed = MESSAGES[code].severity is Severity.ERROR and code not in WAIVABLE
    return (Severity.ERROR,) if is_fixed else LEVELS


SETTINGS: Final[dict[str, dict[str, Setting]]] = {
    "site": {
        "title": Setting("string", "the site's name"),
        "description": Setting("string", "one sentence for search engines and the feed"),
        "language": Setting("string", "language of the interface", ("ko", "en")),
        "timezone": Setting("string", "zone of dates that name none, e.g. Asia/Seoul"),
        "base_url": Setting("string", "full address of the site, e.g. https://name.github.io/repo/"),
        "author": Setting("string", "who runs the site"),
        "contact": Setting("contact", "where readers reach whoever runs the site, e.g. mailto:news@example.org"),
        "commercial": Setting("boolean", "true if the site earns money (advertisements count)"),
        "indexing": Setting("string", "what search engines are told", tuple(Indexing)),
        "archives": Setting("strings", "kinds of list pages", tuple(ListKind)),
        "page_size": Setting("integer", "articles on one page of a list, 1 to 200"),
    },
    "nav": {
        "label": Setting("words", "the words of the menu link", required=True),
        "url": Setting("link", "address, e.g. /about/", required=True),
    },
    "sources": {
        "paths": Setting("strings", "globs relative to the content folder", required=True),
        "name": Setting("words", "the name of the source"),
        "site": Setting("address", "home address of the source"),
        "license": Setting("string", "licence of its articles unless they say otherwise", tuple(TERMS)),
        "credit": Setting("words", "the institution to credit when an article names none"),
        "indexing": Setting("string", "what search engines are told", tuple(Indexing)),
    },
    "policy": {code: Setting("string", message.en, levels_of(code)) for code, message in MESSAGES.items()},
    "policy.waiver": {
        "code": Setting("string", "the finding to publish in spite of", WAIVABLE, required=True),
        "paths": Setting("strings", "globs relative to the content folder", required=True),
        "reason": Setting("words", "why these articles are published all the same", required=True),
        "until": Setting("date", "the last day it holds, e.g. 2027-06-30"),
    },
    "cleaning": {
        "disable": Setting("strings", "names of cleaning rules to switch off", SWITCHABLE),
        "promo_hosts": Setting("hosts", "hosts whose links are promotional"),
        "promo_phrases": Setting("strings", "regular expressions of promotional blocks"),
        "image_hosts": Setting("hosts", "hosts pictures may be loaded from"),
    },
    "search": {
        "analyser": Setting("string", "who cuts Korean words: rules, or kiwi (the extra `korean`)", ANALYSERS),
    },
    "theme": {
        "colours": Setting("colours", "token = '#light' or ['#light', '#dark']", COLOUR_TOKENS),
        "fonts": Setting("fonts", "token = 'font, families'", FONT_TOKENS),
    },
}
TABLE_LISTS: Final = ("nav", "sources", "policy.waiver")


def check_is_plain(path: Path) -> None:
    """Raise OSError for a folder, or a pipe that would never end."""
    if not S_ISREG(path.stat().st_mode):
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))


class SettingsReader:
    """Checks the tables of one site.toml and knows the line of each key."""

    def __init__(self, path: Path, shown: str) -> None:
        self.shown = shown
        self.text = ""
        self.tables: dict[str, object] = {}
        try:
            if not os.path.lexists(path):
                return
            check_is_plain(path)
            self.text = path.read_bytes().decode("utf-8-sig")
            self.tables = tomllib.loads(self.text)
        except OSError as error:
            raise system_error("TOOL008", shown, error) from error
        except UnicodeDecodeError as error:
            raise self.error("CONF005", *place_of(error), byte=str(error.start + 1)) from error
        except (ValueError, RecursionError) as error:  # also a number of thousands of digits
            found = re.search(r"line (\d+), column (\d+)", str(error))
            line, column = (int(found[1]), int(found[2])) if found else (self.text.count("\n") + 1, 1)
            raise self.error("CONF003", line, column, message=str(error).partition(" (at")[0]) from error
        self.check_keys()

    def error(self, code: str, line: int, column: int = 1, **details: str) -> ConfigError:
        """Return the error at a place of this file."""
        where = Where(path=self.shown, line=line, column=column)
        return ConfigError(Problem(code=code, severity=Severity.ERROR, where=where, details=tuple(details.items())))

    def line_of(self, table: str, key: str = "", index: int = 0) -> int:
        """Return the line of `key` in the `index`-th table of that name, else of the table, else 1."""
        header = re.compile(rf"\s*\[\[?\s*{re.escape(table)}\s*\]")
        part = re.compile(rf"\s*\[\s*{re.escape(table)}\s*\.\s*{re.escape(key)}\s*\]")  # [theme.colours]
        any_header = re.compile(r"\s*\[")
        seen, table_line, is_inside, is_text = -1, 1, False, False
        for number, line in enumerate(self.text.splitlines(), 1):
            was_text, is_text = is_text, is_text ^ (len(LONG_TEXT.findall(line)) % 2 == 1)
            if was_text:
                continue
            if key and part.match(line):
                return number
            if any_header.match(line):
                seen += bool(header.match(line))
                is_inside = seen == index and bool(header.match(line))
                table_line = number if is_inside else table_line
            elif re.match(rf"""\s*["']?{re.escape(key or table)}["']?\s*[.=]""", line) and is_inside == bool(key):
                return number
        return table_line

    def check_keys(self) -> None:
        """Raise ConfigError with every key and value that the schema does not know."""
        policy = self.tables.get("policy")
        waivers = {"policy.waiver": policy.pop("waiver", [])} if isinstance(policy, dict) else {}
        self.tables |= waivers
        found = [error.problem for error in self.faults()]
        if found:
            raise ConfigError(*sorted(found, key=lambda problem: problem.where.line))

    def faults(self) -> Iterator[ConfigError]:
        """Yield what is wrong with the tables."""
        for table, content in self.tables.items():
            if table in SETTINGS["site"]:
                yield self.misplaced(table, self.line_of(table))
                continue
            if table not in SETTINGS:
                yield self.unknown(table, tuple(name for name in SETTINGS if "." not in name), self.line_of(table))
                continue
            rows = content if table in TABLE_LISTS else [content]
            if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
                written = f"[[{table}]]" if table in TABLE_LISTS else f"[{table}]"
                parent, _, key = table.partition(".")
                line = self.line_of(table) if isinstance(content, (dict, list)) else self.line_of(parent, key)
                yield self.unfit(table, content, f"{written} …", line)
                continue
            for index, row in enumerate(rows):
                yield from self.faults_of_row(table, row, index)

    def faults_of_row(self, table: str, row: Mapping[str, object], index: int) -> Iterator[ConfigError]:
        """Yield what is wrong with one table."""
        for key, value in row.items():
            line = self.line_of(table, key, index)
            setting = SETTINGS[table].get(key)
            if setting is None:
                yield self.unknown(key, tuple(SETTINGS[table]), line)
                continue
            if setting.type in ENTRIES and isinstance(value, dict):
                yield from self.faults_of_entries(setting, f"{table}.{key}", value, line)
                continue
            expected = mismatch(setting, value)
            if expected:
                yield self.unfit(f"{table}.{key}", value, expected, line)
        for key, setting in SETTINGS[table].items():
            if setting.required and key not in row and row.keys() <= SETTINGS[table].keys():  # it may be misspelt
                yield self.missing(f"{table}.{key}", setting.meaning, self.line_of(table, "", index))

    def faults_of_entries(
        self, setting: Setting, table: str, entries: Mapping[str, object], line: int
    ) -> Iterator[ConfigError]:
        """Yield what is wrong with the entries of a setting that is a table, at `line` or under a header of its own."""
        pattern, expected = ENTRIES[setting.type]
        for key, value in entries.items():
            place = max(line, self.line_of(table, key))
            values = value if isinstance(value, list) and setting.type == "colours" else [value]
            is_sound = len(values) in (1, 2) and all(isinstance(one, str) and pattern.fullmatch(one) for one in values)
            if key not in setting.choices:
                yield self.unknown(key, setting.choices, place)
            elif not is_sound:
                yield self.unfit(f"{table}.{key}", value, expected, place)

    def unknown(self, key: str, known: tuple[str, ...], line: int) -> ConfigError:
        """Return the error for an unknown key, with the nearest known one."""
        from difflib import get_close_matches  # noqa: PLC0415  only now

        near = [name for name in known if name.lower() == key.lower()] or get_close_matches(key, known, 1, 0.5)
        listed = ", ".join(known[:12])
        return self.error(
            "CONF001",
            line,
            key=key,
            hint_ko=f'혹시 "{near[0]}"인가요?' if near else f"쓸 수 있는 설정: {listed}",
            hint_en=f'did you mean "{near[0]}"?' if near else f"known settings: {listed}",
        )

    def misplaced(self, key: str, line: int) -> ConfigError:
        """Return the error for a setting of the site that stands before any table."""
        return self.error(
            "CONF001", line, key=key, hint_ko="[site] 아래에 적어 주세요", hint_en="write it under [site]"
        )

    def missing(self, key: str, meaning: str, line: int) -> ConfigError:
        """Return the error for a setting that must be there."""
        return self.error("CONF006", line, key=key, meaning_ko=in_korean(meaning), meaning_en=meaning)

    def unfit(self, key: str, value: object, expected: str, line: int) -> ConfigError:
        """Return the error for a value that does not fit."""
        return self.error(
            "CONF002",
            line,
            key=key,
            found=shown_value(value),
            expected_ko=f"이렇게 적어 주세요: {in_korean(expected)}",
            expected_en=f"write {expected}",
        )

    def analyser(self) -> str:
        """Return who cuts Korean words. Raises ConfigError when the package it needs is not installed."""
        chosen = str(self.table("search").get("analyser", ANALYSERS[0]))
        package = DICTIONARIES.get(chosen)
        if package and find_spec(package) is None:
            line = self.line_of("search", "analyser")
            raise self.error("CONF004", line, key="search.analyser", found=f'"{chosen}"', package=package)
        return chosen

    def rows(self, table: str) -> list[dict[str, object]]:
        """Return the rows of a `[[table]]`."""
        rows = self.tables.get(table, [])
        return rows if isinstance(rows, list) else []

    def table(self, name: str) -> dict[str, object]:
        """Return a `[table]`."""
        table = self.tables.get(name, {})
        return table if isinstance(table, dict) else {}


def mismatch(setting: Setting, value: object) -> str:
    """Return what was expected when `value` does not fit `setting`, else an empty string."""
    choices = " | ".join(f'"{choice}"' for choice in setting.choices)
    match setting.type:
        case "string":
            fits = isinstance(value, str) and said_in(value) == value
            fits = fits and (not setting.choices or value in setting.choices)
            return "" if fits else choices or 'a text in "…"'
        case "words":
            fits = isinstance(value, str) and said_in(value) == value and bool(value.strip())
            return "" if fits else setting.meaning
        case "address" | "link" | "contact":
            begins = isinstance(value, str) and re.match(STARTS[setting.type], value)
            return "" if begins else EXPECTED[setting.type]
        case "boolean":
            return "" if isinstance(value, bool) else "true | false"
        case "integer":
            fits = type(value) is int and 1 <= value <= MAX_PAGE_SIZE
            return "" if fits else "a number from 1 to 200"
        case "strings" | "hosts":
            items = value if isinstance(value, list) else [value]
            is_host = setting.type == "hosts"
            fits = all(isinstance(item, str) and (not setting.choices or item in setting.choices) for item in items)
            fits = fits and (not is_host or all(re.fullmatch(HOST, str(item)) for item in items))
            fits = fits and bool(items or not setting.required)
            return "" if fits else EXPECTED["hosts"] if is_host else f"[{choices}]" if choices else '["…", "…"]'
        case "date":
            return "" if day_of(value) else "a day like 2027-06-30"
        case _:
            return f"{{{setting.choices[0]} = {ENTRIES[setting.type][1]}}}"  # any table has been taken apart


def day_of(value: object) -> date | None:
    """Return the day a setting names, or None when it names none."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def shown_value(value: object) -> str:
    """Return a value as a message shows it."""
    text = written_in_toml(value)
    return text if len(text) <= SHOWN_CHARS else text[: SHOWN_CHARS - 1] + "…"


def written_in_toml(value: object) -> str:
    """Return a value as site.toml says it."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {written_in_toml(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(written_in_toml, value)) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)


def strings(value: object) -> tuple[str, ...]:
    """Return a string or a list of strings as a tuple."""
    return (value,) if isinstance(value, str) else tuple(str(item) for item in value) if isinstance(value, list) else ()


def json_schema() -> dict[str, object]:
    """Return the JSON Schema of site.toml, for editors."""
    tables: dict[str, Any] = {}
    for table, settings in SETTINGS.items():
        row: dict[str, Any] = {
            "type": "object",
            "additionalProperties": False,
            "properties": {key: setting_schema(setting) for key, setting in settings.items()},
            "required": [key for key, setting in settings.items() if setting.required],
        }
        whole, _, part = table.partition(".")
        schema = {"type": "array", "items": row} if table in TABLE_LISTS else row
        if part:
            tables[whole]["properties"][part] = schema
        else:
            tables[table] = schema
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "sitegen site.toml",
        "type": "object",
        "additionalProperties": False,
        "properties": tables,
    }


def setting_schema(setting: Setting) -> dict[str, object]:
    """Return the JSON Schema of one setting."""
    text: dict[str, object] = {"type": "string"}
    if setting.choices and setting.type in ("string", "strings"):
        text["enum"] = [str(choice) for choice in setting.choices]
    colour = {"type": "string", "pattern": f"^{COLOUR}$"}
    host = {"type": "string", "pattern": HOST}
    kinds: dict[str, dict[str, object]] = {
        "string": text,
        "words": {"type": "string", "pattern": r"\S"},
        **{kind: {"type": "string", "pattern": start} for kind, start in STARTS.items()},
        "boolean": {"type": "boolean"},
        "integer": {"type": "integer", "minimum": 1, "maximum": MAX_PAGE_SIZE},
        "date": {"type": "string", "format": "date"},
        "hosts": {"anyOf": [host, {"type": "array", "items": host}]},
        "strings": {"anyOf": [text, {"type": "array", "items": text, "minItems": int(setting.required)}]},
        "colours": {
            "type": "object",
            "propertyNames": {"enum": list(setting.choices)},
            "additionalProperties": {
                "anyOf": [colour, {"type": "array", "items": colour, "minItems": 1, "maxItems": 2}]
            },
        },
        "fonts": {
            "type": "object",
            "propertyNames": {"enum": list(setting.choices)},
            "additionalProperties": {"type": "string", "pattern": f"^{FONT_FAMILY}$"},
        },
    }
    return {**kinds[setting.type], "description": setting.meaning}
