"""content/site.toml and the command line → one frozen Config. A key nobody knows is an error with its line.

`SETTINGS` is the whole schema: the validator, the defaults and the JSON Schema for editors are read off it.
"""

import difflib
import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sitegen.errors import ConfigError
from sitegen.messages import MESSAGES, WAIVABLE
from sitegen.model import Indexing, ListKind
from sitegen.problems import WAIVED, Problem, Severity, Where
from sitegen.views import NavLink

DEFAULT_PROMO_HOSTS: Final = ("qoogle.tistory.com", "onioninfo.kr", "opensis.kr")
# A block that opens like this and holds a link is an advertisement; seen on 5,300 of 5,911 mirror posts.
DEFAULT_PROMO_PHRASES: Final = (
    r"유용한 .{0,20}정보가 필요하시다면",
    r"도움이 되는 정보는\s*,",
)
COLOUR_TOKENS: Final = ("background", "surface", "text", "accent", "focus", "mark")
FONT_TOKENS: Final = ("text",)
MAX_PAGE_SIZE: Final = 200
ANALYSERS: Final = ("rules", "kiwi")
FONT_FAMILY: Final = r"""[\w\s,."'-]+"""
SHOWN_CHARS: Final = 60  # of a value in a message


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRule:
    """A `[[sources]]` rule: what articles under `paths` come from unless they say so themselves."""

    paths: tuple[str, ...]
    name: str = ""
    site: str = ""
    license: str = ""
    credit: str = ""  # the institution named when the article names none
    indexing: Indexing | None = None

    def matches(self, path: str) -> bool:
        """Return whether `path` (relative to the content folder) is one of this rule's."""
        return any(glob_pattern(glob).fullmatch(path) for glob in self.paths)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaning:
    """What the cleaner is told: rules switched off by name, whose links are promotional, whose pictures may load."""

    disable: tuple[str, ...] = ()
    promo_hosts: tuple[str, ...] = DEFAULT_PROMO_HOSTS
    promo_phrases: tuple[str, ...] = DEFAULT_PROMO_PHRASES
    image_hosts: tuple[str, ...] = ()
    base_path: str = "/"  # root-relative addresses in bodies are put below it
    pictures: frozenset[str] = frozenset()  # paths of the site's own pictures; no other local picture exists


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A finding that the owner answers for: a code, the articles it is about, why, and until which day (inclusive)."""

    code: str
    paths: tuple[str, ...]
    reason: str
    until: date | None
    line: int  # of site.toml

    def covers(self, code: str, path: str) -> bool:
        """Return whether this is about a finding in the file at `path` (relative to the content folder)."""
        return code == self.code and any(glob_pattern(glob).fullmatch(path) for glob in self.paths)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The site's own colours (token, light, dark) and fonts (token, family list)."""

    colours: tuple[tuple[str, str, str], ...] = ()
    fonts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Every setting of one build. The clock is an input: `now` decides what is still to come."""

    content_dir: Path
    output_dir: Path
    template_dirs: tuple[Path, ...]
    static_dirs: tuple[Path, ...]
    settings_path: Path
    title: str = "보도자료 모음"
    description: str = ""
    language: str = "ko"
    timezone: tzinfo
    base_url: str = ""
    author: str = ""
    commercial: bool = False
    indexing: Indexing = Indexing.SOURCE_FIRST
    archives: tuple[ListKind, ...] = tuple(ListKind)
    page_size: int = 20
    nav: tuple[NavLink, ...] = ()
    sources: tuple[SourceRule, ...] = ()
    policy: tuple[tuple[str, Severity], ...] = ()
    waivers: tuple[Waiver, ...] = ()
    cleaning: Cleaning = Cleaning()
    look: Look = Look()
    analyser: str = "rules"  # who cuts Korean words for the search
    now: datetime
    drafts: bool = False
    future: bool = False
    search: bool = True
    cache_path: Path | None = None  # what builds remember; None: nothing

    @property
    def base_path(self) -> str:
        """Return the path part of the base URL: `/` or `/repo/`."""
        path = re.sub(r"^[a-z]+://[^/]+", "", self.base_url)
        return path or "/"

    def severity_of(self, code: str) -> Severity:
        """Return how much `code` matters on this site."""
        return dict(self.policy).get(code, MESSAGES[code].severity)

    def finding(self, code: str, where: Where, path: str, **details: str) -> Problem:
        """Return a finding in the file at `path` (relative to the content folder), as heavy as this site takes it."""
        severity = self.severity_of(code)
        waiver = self.waiver_for(code, path) if self.waivers else None
        if waiver is not None:
            severity, details = Severity.NOTE, {**details, WAIVED: waiver.reason}
        return Problem(code=code, severity=severity, where=where, details=tuple(details.items()))

    def waiver_for(self, code: str, path: str) -> Waiver | None:
        """Return the first waiver in force for a finding in the file at `path`."""
        return next((waiver for waiver in self.waivers if waiver.covers(code, path) and self.is_in_force(waiver)), None)

    def is_in_force(self, waiver: Waiver) -> bool:
        """Return whether a waiver's last day has not ended in Seoul."""
        return waiver.until is None or self.now.astimezone(SEOUL).date() <= waiver.until

    def rule_for(self, path: str) -> SourceRule | None:
        """Return the first `[[sources]]` rule that matches `path`."""
        return next((rule for rule in self.sources if rule.matches(path)), None)


@dataclass(frozen=True, slots=True)
class Setting:
    """One key: the JSON type it takes, what it may be, and what it means (for editors)."""

    type: str  # string | boolean | integer | date | strings | colours | fonts
    meaning: str
    choices: tuple[str, ...] = ()
    required: bool = False


LEVELS: Final = tuple(level for level in Severity if level is not Severity.BUG)  # what an owner may choose
SETTINGS: Final[dict[str, dict[str, Setting]]] = {
    "site": {
        "title": Setting("string", "the site's name"),
        "description": Setting("string", "one sentence for search engines and the feed"),
        "language": Setting("string", "language of the interface", ("ko", "en")),
        "timezone": Setting("string", "zone of dates that name none, e.g. Asia/Seoul"),
        "base_url": Setting("string", "full address of the site, e.g. https://name.github.io/repo/"),
        "author": Setting("string", "who runs the site"),
        "commercial": Setting("boolean", "true if the site earns money (advertisements count)"),
        "indexing": Setting("string", "what search engines are told", tuple(Indexing)),
        "archives": Setting("strings", "kinds of list pages", tuple(ListKind)),
        "page_size": Setting("integer", "articles on one page of a list, 1 to 200"),
    },
    "nav": {
        "label": Setting("string", "words of the menu link", required=True),
        "url": Setting("string", "address, e.g. /about/", required=True),
    },
    "sources": {
        "paths": Setting("strings", "globs relative to the content folder", required=True),
        "name": Setting("string", "name of the source"),
        "site": Setting("string", "home address of the source"),
        "license": Setting("string", "licence of its articles unless they say otherwise"),
        "credit": Setting("string", "institution to credit when an article names none"),
        "indexing": Setting("string", "what search engines are told", tuple(Indexing)),
    },
    "policy": {code: Setting("string", message.en, LEVELS) for code, message in MESSAGES.items()},
    "policy.waiver": {
        "code": Setting("string", "the finding to publish in spite of", WAIVABLE, required=True),
        "paths": Setting("strings", "globs relative to the content folder", required=True),
        "reason": Setting("string", "why; shown by `list waived`", required=True),
        "until": Setting("date", "the last day it holds, e.g. 2027-06-30"),
    },
    "cleaning": {
        "disable": Setting("strings", "names of cleaning rules to switch off"),
        "promo_hosts": Setting("strings", "hosts whose links are promotional"),
        "promo_phrases": Setting("strings", "regular expressions of promotional blocks"),
        "image_hosts": Setting("strings", "hosts pictures may be loaded from"),
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
SEOUL: Final = ZoneInfo("Asia/Seoul")


class SettingsReader:
    """Checks the tables of one site.toml and knows the line of each key."""

    def __init__(self, path: Path, shown: str) -> None:
        self.shown = shown
        self.text = ""
        self.tables: dict[str, object] = {}
        if not path.is_file():
            return
        try:
            self.text = path.read_bytes().decode("utf-8-sig")
            self.tables = tomllib.loads(self.text)
        except UnicodeDecodeError as error:
            raise self.error("CONF003", 1, 1, message="UTF-8") from error
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
        any_header = re.compile(r"\s*\[")
        seen, table_line, is_inside = -1, 1, False
        for number, line in enumerate(self.text.splitlines(), 1):
            if any_header.match(line):
                seen += bool(header.match(line))
                is_inside = seen == index and bool(header.match(line))
                table_line = number if is_inside else table_line
            elif re.match(rf"""\s*["']?{re.escape(key or table)}["']?\s*[.=]""", line) and is_inside == bool(key):
                return number
        return table_line

    def check_keys(self) -> None:
        """Raise ConfigError for the first key or value that the schema does not know."""
        policy = self.tables.get("policy")
        waivers = {"policy.waiver": policy.pop("waiver", [])} if isinstance(policy, dict) else {}
        self.tables |= waivers
        for table, content in self.tables.items():
            if table not in SETTINGS:
                raise self.unknown(table, tuple(name for name in SETTINGS if "." not in name), self.line_of(table))
            rows = content if table in TABLE_LISTS else [content]
            if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
                written = f"[[{table}]]" if table in TABLE_LISTS else f"[{table}]"
                raise self.unfit(table, content, f"{written} …", self.line_of(table))
            for index, row in enumerate(rows):
                self.check_row(table, row, index)

    def check_row(self, table: str, row: Mapping[str, object], index: int) -> None:
        """Check one table against its settings."""
        for key, value in row.items():
            line = self.line_of(table, key, index)
            setting = SETTINGS[table].get(key)
            if setting is None:
                raise self.unknown(key, tuple(SETTINGS[table]), line)
            expected = mismatch(setting, value)
            if expected:
                raise self.unfit(f"{table}.{key}", value, expected, line)
        for key, setting in SETTINGS[table].items():
            if setting.required and key not in row:
                raise self.unfit(f"{table}.{key}", "—", setting.meaning, self.line_of(table, "", index))

    def unknown(self, key: str, known: tuple[str, ...], line: int) -> ConfigError:
        """Return the error for an unknown key, with the nearest known one."""
        near = difflib.get_close_matches(key, known, 1, 0.5)
        listed = ", ".join(known[:12])
        return self.error(
            "CONF001",
            line,
            key=key,
            hint_ko=f'"{near[0]}"을 뜻하셨나요?' if near else f"쓸 수 있는 설정: {listed}",
            hint_en=f'did you mean "{near[0]}"?' if near else f"known settings: {listed}",
        )

    def unfit(self, key: str, value: object, expected: str, line: int) -> ConfigError:
        """Return the error for a value that does not fit."""
        return self.error(
            "CONF002",
            line,
            key=key,
            found=shown_value(value),
            expected_ko=f"이렇게 적어 주세요: {expected}",
            expected_en=f"write {expected}",
        )

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
            fits = isinstance(value, str) and (not setting.choices or value in setting.choices)
            return "" if fits else choices or 'a text in "…"'
        case "boolean":
            return "" if isinstance(value, bool) else "true | false"
        case "integer":
            fits = type(value) is int and 1 <= value <= MAX_PAGE_SIZE
            return "" if fits else "a number from 1 to 200"
        case "strings":
            items = value if isinstance(value, list) else [value]
            fits = all(isinstance(item, str) and (not setting.choices or item in setting.choices) for item in items)
            return "" if fits else f"[{choices}]" if choices else '["…", "…"]'
        case "date":
            return "" if day_of(value) else "a day like 2027-06-30"
        case "colours":
            return mismatched_colours(setting, value)
        case _:
            family = re.compile(FONT_FAMILY)
            fits = isinstance(value, dict) and all(
                key in setting.choices and isinstance(text, str) and family.fullmatch(text)
                for key, text in value.items()
            )
            return "" if fits else '{text = "Font Name, sans-serif"}'


def day_of(value: object) -> date | None:
    """Return the day a setting names, or None when it names none."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def mismatched_colours(setting: Setting, value: object) -> str:
    """Return what was expected of a table of colours, or an empty string."""
    expected = f"#rrggbb for {', '.join(setting.choices)}"
    if not isinstance(value, dict) or not set(value) <= set(setting.choices):
        return expected
    for colour in value.values():
        pair = colour if isinstance(colour, list) else [colour]
        if len(pair) not in (1, 2) or not all(re.fullmatch(r"#[0-9a-fA-F]{3,8}", str(one)) for one in pair):
            return expected
    return ""


def shown_value(value: object) -> str:
    """Return a value as a message shows it."""
    text = f'"{value}"' if isinstance(value, str) else str(value)
    return text if len(text) <= SHOWN_CHARS else text[: SHOWN_CHARS - 1] + "…"


def strings(value: object) -> tuple[str, ...]:
    """Return a string or a list of strings as a tuple."""
    return (value,) if isinstance(value, str) else tuple(str(item) for item in value) if isinstance(value, list) else ()


@lru_cache(maxsize=64)
def glob_pattern(glob: str) -> re.Pattern[str]:
    """Return the pattern of a glob: `**` crosses folders, `*` and `?` do not; a folder name means all below it."""
    glob = glob.removeprefix("./")
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", glob + "**" if glob.endswith("/") else glob)
    meaning = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return re.compile("".join(meaning.get(part, re.escape(part)) for part in parts), re.DOTALL)


def normal_base_url(text: str) -> str:
    """Return a base URL with a final slash, or an empty string. Raises ValueError for one that is no http address."""
    if not text:
        return ""
    if not re.fullmatch(r"https?://[^\s/?#@]+(/[^\s?#]*)?", text):
        raise ValueError(text)
    return text.rstrip("/") + "/"


def zone_of(name: str) -> tzinfo:
    """Return the time zone of that name. Raises ValueError when there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(name) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Invocation:
    """What the command line and the environment decide; it beats site.toml."""

    content_dir: Path
    output_dir: Path
    template_dirs: tuple[Path, ...]
    static_dirs: tuple[Path, ...]
    now: datetime
    base_url: str | None = None
    drafts: bool = False
    future: bool = False
    search: bool = True
    cache_dir: Path | None = None  # None: nothing is remembered


def load_config(invocation: Invocation) -> Config:
    """Return the settings of the site in `invocation.content_dir`. Raises ConfigError with the line."""
    path = invocation.content_dir / "site.toml"
    reader = SettingsReader(path, str(path))
    site = reader.table("site")
    try:
        zone = zone_of(str(site.get("timezone", "Asia/Seoul")))
    except ValueError as error:
        raise reader.unfit("site.timezone", str(error), "Asia/Seoul", reader.line_of("site", "timezone")) from error
    written = invocation.base_url if invocation.base_url is not None else str(site.get("base_url", ""))
    try:
        base_url = normal_base_url(written)
    except ValueError as error:
        expected = "https://name.github.io/repo/"
        raise reader.unfit("site.base_url", str(error), expected, reader.line_of("site", "base_url")) from error
    base_path = re.sub(r"^[a-z]+://[^/]+", "", base_url) or "/"
    return Config(
        content_dir=invocation.content_dir,
        output_dir=invocation.output_dir,
        template_dirs=invocation.template_dirs,
        static_dirs=invocation.static_dirs,
        settings_path=path,
        title=str(site.get("title", "보도자료 모음")),
        description=str(site.get("description", "")),
        language=str(site.get("language", "ko")),
        timezone=zone,
        base_url=base_url,
        author=str(site.get("author", "")),
        commercial=site.get("commercial") is True,
        indexing=Indexing(str(site.get("indexing", Indexing.SOURCE_FIRST.value))),
        archives=tuple(ListKind(kind) for kind in strings(site.get("archives", list(ListKind)))),
        page_size=int(str(site.get("page_size", 20))),
        nav=tuple(NavLink(label=str(row["label"]), url=str(row["url"])) for row in reader.rows("nav")),
        sources=tuple(source_rule(row) for row in reader.rows("sources")),
        policy=tuple((code, Severity(str(level))) for code, level in reader.table("policy").items()),
        waivers=tuple(waiver_of(reader, row, index) for index, row in enumerate(reader.rows("policy.waiver"))),
        cleaning=cleaning_settings(reader, base_path),
        look=look_settings(reader.table("theme")),
        analyser=str(reader.table("search").get("analyser", ANALYSERS[0])),
        now=invocation.now.astimezone(zone),
        drafts=invocation.drafts,
        future=invocation.future,
        search=invocation.search,
        cache_path=memory_path(invocation),
    )


def memory_path(invocation: Invocation) -> Path | None:
    """Return the file of what builds remember: one for a content folder and its output.

    So the preview and the build, whose settings differ, do not make each other forget.
    """
    if invocation.cache_dir is None:
        return None
    return invocation.cache_dir / f"{named_by(invocation.content_dir)}-{named_by(invocation.output_dir)}.sqlite"


def memories_of(content_dir: Path, cache_dir: Path) -> list[Path]:
    """Return the files of what builds remember of a content folder, SQLite's own beside them."""
    return sorted(cache_dir.glob(f"{named_by(content_dir)}*.sqlite*"))


def named_by(folder: Path) -> str:
    """Return a short name for a folder's place."""
    return hashlib.blake2b(str(folder.resolve()).encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()


def source_rule(row: dict[str, object]) -> SourceRule:
    """Return the rule a `[[sources]]` row states."""
    indexing = row.get("indexing")
    return SourceRule(
        paths=strings(row["paths"]),
        name=str(row.get("name", "")),
        site=str(row.get("site", "")),
        license=str(row.get("license", "")),
        credit=str(row.get("credit", "")),
        indexing=Indexing(str(indexing)) if indexing else None,
    )


def waiver_of(reader: SettingsReader, row: dict[str, object], index: int) -> Waiver:
    """Return the waiver of a row; one without a reason is none."""
    line = reader.line_of("policy.waiver", "reason", index)
    if not str(row["reason"]).strip():
        raise reader.unfit("policy.waiver.reason", "", "why these articles are published all the same", line)
    return Waiver(
        code=str(row["code"]),
        paths=strings(row["paths"]),
        reason=" ".join(str(row["reason"]).split()),
        until=day_of(row["until"]) if "until" in row else None,
        line=reader.line_of("policy.waiver", "", index),
    )


def cleaning_settings(reader: SettingsReader, base_path: str) -> Cleaning:
    """Return the `[cleaning]` table; its phrases must be regular expressions."""
    table = reader.table("cleaning")
    for phrase in strings(table.get("promo_phrases", [])):
        try:
            re.compile(phrase)
        except re.error as error:
            line = reader.line_of("cleaning", "promo_phrases")
            raise reader.unfit("cleaning.promo_phrases", phrase, "a regular expression", line) from error
    default = Cleaning()
    return Cleaning(
        disable=strings(table.get("disable", [])),
        promo_hosts=strings(table.get("promo_hosts", list(default.promo_hosts))),
        promo_phrases=strings(table.get("promo_phrases", list(default.promo_phrases))),
        image_hosts=strings(table.get("image_hosts", [])),
        base_path=base_path,
    )


def look_settings(table: dict[str, object]) -> Look:
    """Return the `[theme]` table; one colour serves light and dark alike."""
    colours, fonts = table.get("colours", {}), table.get("fonts", {})
    pairs = colours.items() if isinstance(colours, dict) else ()
    return Look(
        colours=tuple((token, strings(colour)[0], strings(colour)[-1]) for token, colour in pairs),
        fonts=tuple((token, str(family)) for token, family in fonts.items()) if isinstance(fonts, dict) else (),
    )


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
    colour = {"type": "string", "pattern": "^#[0-9a-fA-F]{3,8}$"}
    kinds: dict[str, dict[str, object]] = {
        "string": text,
        "boolean": {"type": "boolean"},
        "integer": {"type": "integer", "minimum": 1, "maximum": MAX_PAGE_SIZE},
        "date": {"type": "string", "format": "date"},
        "strings": {"anyOf": [text, {"type": "array", "items": text}]},
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
