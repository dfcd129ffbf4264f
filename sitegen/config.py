"""content/site.toml and the command line → one frozen Config."""

import hashlib
import re
from collections.abc import Callable
from datetime import date, datetime, tzinfo
from functools import lru_cache
from pathlib import Path
from typing import Final
from unicodedata import normalize
from zoneinfo import ZoneInfo

from sitegen.messages import MESSAGES
from sitegen.model import Indexing, ListKind
from sitegen.problems import WAIVED, Problem, Severity, Where
from sitegen.settings import ANALYSERS, SettingsReader, day_of, normal_base_url, strings, zone_of
from sitegen.values import value
from sitegen.views import NavLink

DEFAULT_PROMO_HOSTS: Final = ("qoogle.tistory.com", "onioninfo.kr", "opensis.kr")
DEFAULT_TITLES: Final = {"ko": "보도자료 모음", "en": "Press releases"}
# A block that opens like this and holds a link is an advertisement; seen on 5,300 of 5,911 mirror posts.
DEFAULT_PROMO_PHRASES: Final = (
    r"유용한 .{0,20}정보가 필요하시다면",
    r"도움이 되는 정보는\s*,",
)


@value
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


@value
class Cleaning:
    """What the cleaner is told: rules switched off by name, whose links are promotional, whose pictures may load."""

    disable: tuple[str, ...] = ()
    promo_hosts: tuple[str, ...] = DEFAULT_PROMO_HOSTS
    promo_phrases: tuple[str, ...] = DEFAULT_PROMO_PHRASES
    image_hosts: tuple[str, ...] = ()
    base_path: str = "/"  # root-relative addresses in bodies are put below it
    language: str = "ko"  # of the words that stand for pictures and videos, `ko` or `en`
    pictures: frozenset[str] = frozenset()  # paths of the site's own pictures; no other local picture exists
    sizes: tuple[tuple[str, int, int], ...] | None = None  # their widths and heights (pixels); None: not asked


@value
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


@value
class Styling:
    """The site's own colours (token, one colour or a light and a dark one) and fonts (token, family list)."""

    colours: tuple[tuple[str, tuple[str, ...]], ...] = ()
    fonts: tuple[tuple[str, str], ...] = ()


@value
class Config:
    """Every setting of one build. The clock is an input: `now` decides what is still to come."""

    content_dir: Path
    output_dir: Path
    template_dirs: tuple[Path, ...]
    static_dirs: tuple[Path, ...]
    settings_path: Path
    title: str = DEFAULT_TITLES["ko"]
    description: str = ""
    language: str = "ko"
    timezone: tzinfo
    base_url: str = ""
    homes: tuple[str, ...] = ()  # full addresses of this site: as it is built now, and as site.toml has it
    author: str = ""
    contact: str = ""  # an address that begins with mailto:, https:// or /
    commercial: bool = False
    indexing: Indexing = Indexing.SOURCE_FIRST
    archives: tuple[ListKind, ...] = tuple(ListKind)
    page_size: int = 20
    nav: tuple[NavLink, ...] = ()
    nav_lines: tuple[int, ...] = ()  # of site.toml, where they stand
    sources: tuple[SourceRule, ...] = ()
    source_lines: tuple[int, ...] = ()  # of site.toml, where they stand
    policy: tuple[tuple[str, Severity], ...] = ()
    waivers: tuple[Waiver, ...] = ()
    cleaning: Cleaning = Cleaning()
    styling: Styling = Styling()
    analyser: str = "rules"  # who cuts Korean words for the search
    agencies: tuple[tuple[str, ...], ...] = ()  # names of one each, by which the search finds the others
    now: datetime
    drafts: bool = False
    future: bool = False
    search: bool = True
    cache_path: Path | None = None  # what builds remember; None: nothing

    @property
    def base_path(self) -> str:
        """Return the path part of the base URL: `/` or `/repo/`."""
        return base_path_of(self.base_url)

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


SEOUL: Final = ZoneInfo("Asia/Seoul")


@lru_cache(maxsize=64)
def glob_pattern(glob: str) -> re.Pattern[str]:
    """Return the pattern of a glob, as paths are in NFC: `**` crosses folders, `*` and `?` do not.

    `folder/` means all below it.
    """
    glob = normalize("NFC", glob.removeprefix("./"))
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", glob + "**" if glob.endswith("/") else glob)
    meaning = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return re.compile("".join(meaning.get(part, re.escape(part)) for part in parts), re.DOTALL)


@value
class Invocation:
    """What the command line and the environment decide; it beats site.toml."""

    content_dir: Path
    output_dir: Path
    template_dirs: tuple[Path, ...]
    static_dirs: tuple[Path, ...]
    now: Callable[[tzinfo], datetime]  # the time it is in a zone; one that is written without any is the site's
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
    zone = zone_of(str(site.get("timezone", "Asia/Seoul")))
    home = normal_base_url(str(site.get("base_url", "")))
    base_url = home if invocation.base_url is None else normal_base_url(invocation.base_url)
    return Config(
        content_dir=invocation.content_dir,
        output_dir=invocation.output_dir,
        template_dirs=invocation.template_dirs,
        static_dirs=invocation.static_dirs,
        settings_path=path,
        title=str(site.get("title", "")).strip() or DEFAULT_TITLES.get(str(site.get("language")), DEFAULT_TITLES["ko"]),
        description=str(site.get("description", "")),
        language=str(site.get("language", "ko")),
        timezone=zone,
        base_url=base_url,
        homes=tuple(dict.fromkeys(filter(None, (base_url, home)))),
        author=str(site.get("author", "")),
        contact=str(site.get("contact", "")),
        commercial=site.get("commercial") is True,
        indexing=Indexing(str(site.get("indexing", Indexing.SOURCE_FIRST.value))),
        archives=tuple(dict.fromkeys(map(ListKind, strings(site.get("archives", list(ListKind)))))),
        page_size=int(str(site.get("page_size", 20))),
        nav=tuple(NavLink(label=str(row["label"]), url=str(row["url"])) for row in reader.rows("nav")),
        sources=tuple(source_rule(row) for row in reader.rows("sources")),
        nav_lines=tuple(reader.line_of("nav", index, "url") for index, _ in enumerate(reader.rows("nav"))),
        source_lines=tuple(reader.line_of("sources", index) for index, _ in enumerate(reader.rows("sources"))),
        policy=tuple((code, Severity(str(level))) for code, level in reader.table("policy").items()),
        waivers=tuple(waiver_of(reader, row, index) for index, row in enumerate(reader.rows("policy.waiver"))),
        cleaning=cleaning_settings(reader, base_path_of(base_url)),
        styling=styling_of(reader.table("theme")),
        agencies=tuple((str(row["name"]), *strings(row["short"])) for row in reader.rows("agencies")),
        analyser=reader.analyser() if invocation.search else ANALYSERS[0],
        now=invocation.now(zone),
        drafts=invocation.drafts,
        future=invocation.future,
        search=invocation.search,
        cache_path=memory_path(invocation),
    )


def base_path_of(base_url: str) -> str:
    """Return the path part of a base URL: `/` or `/repo/`."""
    return re.sub(r"^[a-z]+://[^/]+", "", base_url) or "/"


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
    """Return the waiver of a row."""
    return Waiver(
        code=str(row["code"]),
        paths=strings(row["paths"]),
        reason=" ".join(str(row["reason"]).split()),
        until=day_of(row["until"]) if "until" in row else None,
        line=reader.line_of("policy", "waiver", index),
    )


def cleaning_settings(reader: SettingsReader, base_path: str) -> Cleaning:
    """Return the `[cleaning]` table."""
    table = reader.table("cleaning")
    default = Cleaning()
    return Cleaning(
        disable=strings(table.get("disable", [])),
        promo_hosts=tuple(map(str.lower, strings(table.get("promo_hosts", list(default.promo_hosts))))),
        promo_phrases=strings(table.get("promo_phrases", list(default.promo_phrases))),
        image_hosts=tuple(map(str.lower, strings(table.get("image_hosts", [])))),
        base_path=base_path,
    )


def styling_of(table: dict[str, object]) -> Styling:
    """Return the `[theme]` table."""
    colours, fonts = table.get("colours", {}), table.get("fonts", {})
    pairs = colours.items() if isinstance(colours, dict) else ()
    return Styling(
        colours=tuple((token, strings(colour)) for token, colour in pairs),
        fonts=tuple((token, str(family)) for token, family in fonts.items()) if isinstance(fonts, dict) else (),
    )
