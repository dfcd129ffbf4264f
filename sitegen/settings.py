"""content/site.toml, checked: a key nobody knows, or a value that does not fit, is an error with its line.

`SETTINGS` is the whole schema: the validator and the JSON Schema for editors are read off it.
"""

import errno
import os
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, tzinfo
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import Any, Final, NamedTuple, TypeGuard
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sitegen.characters import SAYABLE, is_sayable
from sitegen.errors import ConfigError, system_error, tool_error
from sitegen.messages import MESSAGES, WAIVABLE
from sitegen.model import Indexing, ListKind
from sitegen.places import Place, lines_of, toml_in
from sitegen.problems import Problem, Severity, Where, place_of
from sitegen.reasons import in_korean
from sitegen.runtime.links import leads_astray
from sitegen.terms import TERMS

COLOUR: Final = "#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})"
COLOUR_TOKENS: Final = ("background", "surface", "text", "accent", "focus", "mark")
FONT_TOKENS: Final = ("text",)
MAX_PAGE_SIZE: Final = 200
ANALYSERS: Final = ("rules", "kiwi")
DICTIONARIES: Final = {"kiwi": "kiwipiepy"}  # the package an analyser needs
SWITCHABLE: Final = ("promo", "credit", "layout-rules")  # cleaning rules; the others keep a body sound
# Names of fonts: a quote that is not closed would go on into the rest of the style sheet.
FONT_FAMILY: Final = r"""([\w \t\n,.-]|"[\w ,.'-]*"|'[\w ,."-]*')+"""
# How an address begins, of another site or of any page; and how to write it.
HOME: Final = r"https?://[^\s/?#@\\\[\]]+"  # what a full address begins with: no user name, no number of a machine
FULL: Final = rf"{HOME}([/?#]|$)"
BASE_URL: Final = rf"{HOME}(/[^\s?#]*)?"
STARTS: Final = {
    "address": rf"^({FULL}|$)",
    "link": rf"^({FULL}|mailto:|/(?!/)|#)",
    "contact": rf"^({FULL}|mailto:.+@|/(?!/)|$)",
}
EXPECTED: Final = {
    "string": 'a text in "…"',
    "strings": '["…", "…"]',
    "patterns": "a regular expression",
    "zone": "Asia/Seoul",
    "home": "https://name.github.io/repo/",
    "boolean": "true | false",
    "integer": "a number from 1 to 200",
    "date": "a day like 2027-06-30",
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
LABEL: Final = r"[^\s!-,./:-@\[-^`{-~]+"  # part of a host's name: of ASCII's marks it has hyphens and low lines alone
HOST: Final = rf"^(localhost|({LABEL}\.)+{LABEL})$"
SHOWN_CHARS: Final = 60  # of a value in a message


class Setting(NamedTuple):
    """One key: the type it takes, what it may be, and what it means (for editors).

    Types: string, words (a string that says something), zone, home, address, link, contact, boolean, integer, date,
    strings, hosts, patterns, colours, fonts.
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
        "timezone": Setting("zone", "zone of dates that name none, e.g. Asia/Seoul"),
        "base_url": Setting("home", "full address of the site, e.g. https://name.github.io/repo/"),
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
    "agencies": {
        "name": Setting("words", "the name of an agency", required=True),
        "short": Setting("strings", "short names that readers search by", required=True),
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
        "promo_phrases": Setting("patterns", "regular expressions of promotional blocks"),
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
TABLE_LISTS: Final = ("nav", "sources", "agencies", "policy.waiver")


def check_is_plain(path: Path, shown: str) -> None:
    """Raise OSError for a folder, ToolError for a pipe, which would never end."""
    mode = path.stat().st_mode
    if S_ISDIR(mode):
        raise OSError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not S_ISREG(mode):
        raise tool_error("TOOL008", shown, "보통 파일이 아닙니다", "it is no regular file")


class SettingsReader:
    """Checks the tables of one site.toml and knows the line of each key."""

    def __init__(self, path: Path, shown: str) -> None:
        self.shown = shown
        self.text = ""
        self.tables: dict[str, object] = {}
        try:
            if not os.path.lexists(path):
                return
            if path.is_symlink() and leads_astray(path, path.parent.resolve()):  # unread: it may be anybody's
                raise self.error("FILE002", 0)
            check_is_plain(path, shown)
            self.text = path.read_bytes().decode("utf-8-sig")
            self.tables = toml_in(self.text)
        except OSError as error:
            raise system_error("TOOL008", shown, error) from error
        except UnicodeDecodeError as error:
            raise self.error("CONF005", *place_of(error), byte=str(error.start + 1)) from error
        except ValueError as error:
            found = re.search(r"line (\d+), column (\d+)", str(error))
            line, column = (int(found[1]), int(found[2])) if found else (self.text.count("\n") + 1, 1)
            raise self.error("CONF003", line, column, message=str(error).partition(" (at")[0]) from error
        self.check_keys()

    def error(self, code: str, line: int, column: int = 1, **details: str) -> ConfigError:
        """Return the error at a place of this file."""
        where = Where(path=self.shown, line=line, column=column)
        return ConfigError(Problem(code=code, severity=Severity.ERROR, where=where, details=tuple(details.items())))

    @cached_property
    def lines(self) -> dict[Place, int]:
        """Return the lines of all keys and rows."""
        return lines_of(self.text)

    def line_of(self, *place: str | int) -> int:
        """Return the line of a place, else of the nearest that it would lie in, else 1."""
        known = (place[:end] for end in range(len(place), 0, -1))
        return next((self.lines[one] for one in known if one in self.lines), 1)

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
                yield self.unfit(table, content, f"{written} …", self.line_of(*table.split(".")))
                continue
            for index, row in enumerate(rows):
                yield from self.faults_of_row(table, row, index)

    def faults_of_row(self, table: str, row: Mapping[str, object], index: int) -> Iterator[ConfigError]:
        """Yield what is wrong with one table."""
        place: Place = (*table.split("."), index) if table in TABLE_LISTS else (table,)
        for key, value in row.items():
            line = self.line_of(*place, key)
            setting = SETTINGS[table].get(key)
            if setting is None:
                yield self.unknown(key, tuple(SETTINGS[table]), line)
                continue
            if setting.type in ENTRIES and isinstance(value, dict):
                yield from self.faults_of_entries(setting, (table, key), value)
                continue
            expected = mismatch(setting, value)
            if expected:
                yield self.unfit(f"{table}.{key}", value, expected, line)
        for key, setting in SETTINGS[table].items():
            if setting.required and key not in row and row.keys() <= SETTINGS[table].keys():  # it may be misspelt
                yield self.missing(f"{table}.{key}", setting.meaning, self.line_of(*place))

    def faults_of_entries(
        self, setting: Setting, place: tuple[str, str], entries: Mapping[str, object]
    ) -> Iterator[ConfigError]:
        """Yield what is wrong with the entries of a setting that is a table."""
        pattern, expected = ENTRIES[setting.type]
        for key, value in entries.items():
            line = self.line_of(*place, key)
            values = value if isinstance(value, list) and setting.type == "colours" else [value]
            is_sound = len(values) in (1, 2) and all(isinstance(one, str) and pattern.fullmatch(one) for one in values)
            if key not in setting.choices:
                yield self.unknown(key, setting.choices, line)
            elif not is_sound:
                yield self.unfit(".".join((*place, key)), value, expected, line)

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
    if setting.type in LISTS:
        items = value if isinstance(value, list) else [value]
        fits = all(FITTING[LISTS[setting.type]](item) for item in items) and bool(items or not setting.required)
        fits = fits and (not setting.choices or all(item in setting.choices for item in items))
    else:
        fits = FITTING[setting.type](value) and (not setting.choices or value in setting.choices)
    if fits:
        return ""
    return expected_of(setting) if all(map(is_sayable, strings(value))) else "a text without control characters"


def expected_of(setting: Setting) -> str:
    """Return how a value of a setting is written."""
    choices = " | ".join(f'"{choice}"' for choice in setting.choices)
    if setting.type in ENTRIES:
        return f"{{{setting.choices[0]} = {ENTRIES[setting.type][1]}}}"  # any table has been taken apart
    if choices:
        return f"[{choices}]" if setting.type in LISTS else choices
    return EXPECTED.get(setting.type, setting.meaning)


def is_text(value: object) -> TypeGuard[str]:
    """Return whether a value is a text that pages and feeds can hold."""
    return isinstance(value, str) and is_sayable(value)


def begins_as(kind: str) -> Callable[[object], bool]:
    """Return the question whether a value is an address of that kind."""
    return lambda value: is_text(value) and re.match(STARTS[kind], value) is not None


def is_zone(value: object) -> bool:
    """Return whether a value is the name of a time zone."""
    return is_text(value) and is_sound(zone_of, value)


def is_home(value: object) -> bool:
    """Return whether a value is an address that a site can stand at, or says that it is not known."""
    return is_text(value) and is_sound(normal_base_url, value)


def is_pattern(value: object) -> bool:
    """Return whether a value is a regular expression."""
    return is_text(value) and is_sound(re.compile, value)


def is_sound(reading: Callable[[str], object], text: str) -> bool:
    """Return whether a text can be read so."""
    try:
        reading(text)
    except (ValueError, re.error, OverflowError, RecursionError):
        return False
    return True


def zone_of(name: str) -> tzinfo:
    """Return the time zone of that name. Raises ValueError when there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(name) from error


def normal_base_url(text: str) -> str:
    """Return a base URL with a final slash, or an empty string. Raises ValueError for one that is no http address.

    Slashes side by side are one: below `//` no address of a page would be one of this host.
    """
    if not text:
        return ""
    if not re.fullmatch(BASE_URL, text):
        raise ValueError(text)
    scheme, _, rest = text.partition("://")
    host, *path = filter(None, rest.split("/"))
    return "/".join((f"{scheme}:", "", host if host.isascii() else host.encode("idna").decode(), *path, ""))


# What a value of a type, or each of a list, has to be.
FITTING: Final[Mapping[str, Callable[[object], bool]]] = {
    "string": is_text,
    "words": lambda value: is_text(value) and bool(value.strip()),
    "zone": is_zone,
    "home": is_home,
    "pattern": is_pattern,
    "host": lambda value: is_text(value) and re.fullmatch(HOST, value) is not None,
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: type(value) is int and 1 <= value <= MAX_PAGE_SIZE,
    "date": lambda value: day_of(value) is not None,
    **{kind: begins_as(kind) for kind in STARTS},
    **{kind: lambda _: False for kind in ENTRIES},
}
# Types whose values are one or several, and what each of them is.
LISTS: Final = {"strings": "string", "hosts": "host", "patterns": "pattern"}


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
    text: dict[str, object] = {"type": "string", "pattern": SAYABLE}
    if setting.choices and setting.type in ("string", "strings"):
        text["enum"] = [str(choice) for choice in setting.choices]
    colour = {"type": "string", "pattern": f"^{COLOUR}$"}
    host = {"type": "string", "pattern": HOST}
    several: dict[str, object] = {"anyOf": [text, {"type": "array", "items": text, "minItems": int(setting.required)}]}
    kinds: dict[str, dict[str, object]] = {
        "string": text,
        "zone": text,
        "home": {"type": "string", "pattern": f"^({BASE_URL})?$"},
        "words": {"type": "string", "pattern": r"\S"},
        **{kind: {"type": "string", "pattern": start} for kind, start in STARTS.items()},
        "boolean": {"type": "boolean"},
        "integer": {"type": "integer", "minimum": 1, "maximum": MAX_PAGE_SIZE},
        "date": {"type": "string", "format": "date"},
        "hosts": {"anyOf": [host, {"type": "array", "items": host}]},
        "strings": several,
        "patterns": several,
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
