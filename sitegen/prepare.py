"""One content file → Prepared → Record: read, clean, settle, check. The work of a worker; needs no other file.

`ContentError` becomes a Problem here and nowhere else.
"""

from dataclasses import fields, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import Any, Final, NamedTuple

from sitegen.checks.content import check_content, check_page, dated_acts, not_yet, waiting_for
from sitegen.clean.body import MAX_BODY_CHARS, clean_body
from sitegen.clean.rules import Pictures
from sitegen.config import Config
from sitegen.errors import ContentError
from sitegen.licence.wording import with_waived
from sitegen.model import Article, CleanBody, Entry, SourceFile
from sitegen.problems import Problem, Severity, Where
from sitegen.read.article import parse_article
from sitegen.read.discover import PAGES, is_static_page, read_source, unreadable
from sitegen.read.faults import fail
from sitegen.runtime.fingerprint import name_of
from sitegen.runtime.packing import packed, plain
from sitegen.runtime.stamps import digest_of
from sitegen.site.assemble import DAWN
from sitegen.site.entry import Settled, language_of, licensed_pictures, settle, settle_page
from sitegen.site.face import Face, face_of
from sitegen.site.similar import fingerprint_of
from sitegen.site.urls import permalink_url
from sitegen.values import changed, value

MAX_KEY_CHARS = 40


class Fate(StrEnum):
    """What becomes of a content file."""

    PUBLISHED = "published"
    PAGE = "page"
    DRAFT = "draft"
    FUTURE = "future"  # its date or embargo is still to come
    HELD_BACK = "held"  # an error


@value
class Prepared:
    """A content file with its fate. `entry` is None when it is held back or could not be read."""

    path: str
    fate: Fate
    title: str = ""
    entry: Entry | None = None
    problems: tuple[Problem, ...] = ()
    since: datetime | None = None  # from when on it may be shown, where the clock decides


class Record(NamedTuple):
    """What a build remembers of a content file: all but the entry, which waits under `face.key`."""

    path: str
    fate: Fate
    title: str = ""
    face: Face | None = None
    problems: tuple[Problem, ...] = ()
    since: datetime | None = None
    digest: bytes = b""  # of the file's bytes; empty where they could not be read, or the clock will tell another


PlainRecord = tuple[Any, ...]  # a record as the memory keeps it: see runtime/packing.py


def record(file: str, config: Config, settings: bytes) -> tuple[PlainRecord, bytes]:
    """Return the record of a content file, made plain, and its entry's bytes (empty without one): a worker's work.

    `settings` names what a record depends on besides the file: see `settings_read`.
    """
    path = Path(file)
    try:
        source = read_source(path, config.content_dir)
    except OSError as error:
        unread = held_back(path, error)
        return plain(Record(path=unread.path, fate=unread.fate, problems=unread.problems), Record), b""
    made = prepared(source, config)
    digest = digest_of(source.data)
    face, data = None, b""
    is_settled = made.since is None or made.since <= config.now
    if made.entry is not None:
        face = face_of(made.entry, name_of(settings, source.path, digest), config.timezone)
        data = packed(made.entry, Entry)
    found = Record(
        path=made.path,
        fate=made.fate,
        title=made.title,
        face=face,
        problems=made.problems,
        since=made.since,
        digest=digest if is_settled else b"",
    )
    return plain(found, Record), data


# What no record depends on: where things are written, how pages look, what time it is.
UNREAD_SETTINGS: Final = frozenset(
    {
        "output_dir", "template_dirs", "static_dirs", "settings_path", "title", "description", "author", "archives",
        "page_size", "nav", "look", "now", "search", "cache_path",
    }
)  # fmt: skip


def settings_read(config: Config, version: str) -> bytes:
    """Return the name of all that a record depends on besides its file. `version` names our code."""
    read = [getattr(config, field.name) for field in fields(config) if field.name not in UNREAD_SETTINGS]
    return name_of(version, [config.is_in_force(waiver) for waiver in config.waivers], *read)


def held_back(path: Path, error: OSError) -> Prepared:
    """Return the fate of a file that cannot be read."""
    return Prepared(path=str(path), fate=Fate.HELD_BACK, problems=(unreadable(path, error),))


def prepare(path: Path, config: Config) -> Prepared:
    """Return what becomes of the content file at `path`."""
    try:
        source = read_source(path, config.content_dir)
    except OSError as error:
        return held_back(path, error)
    return prepared(source, config)


def prepared(source: SourceFile, config: Config) -> Prepared:
    """Return what becomes of a content file."""
    try:
        article, unread = parse_article(source, config.timezone)
        if len(article.body) > MAX_BODY_CHARS:
            raise fail(
                "BODY005", source.shown, article.body_line, size=str(len(article.body)), limit=str(MAX_BODY_CHARS)
            )
    except ContentError as error:
        return Prepared(path=source.shown, fate=Fate.HELD_BACK, problems=(error.problem,))
    problems = unread_keys(article, unread, config)
    if article.draft and not config.drafts:
        return Prepared(path=source.shown, fate=Fate.DRAFT, title=article.title)
    if is_static_page(source.path):
        return prepared_page(article, config, problems)
    until = waiting_for(article, config.now)
    if until is not None and not config.future:
        note = not_yet(article, until, config.now)
        return Prepared(path=source.shown, fate=Fate.FUTURE, title=article.title, problems=(note,), since=until)
    body = CleanBody(html="", text="") if article.notice else body_of(article, config, pictures_of(article))
    settled = settle(article, body, config)
    problems += check_content(settled, config)
    return judged(settled, problems, Fate.PUBLISHED, clock_of(article, config))


def clock_of(article: Article, config: Config) -> datetime | None:
    """Return from when on an article is what it is now: its time, or that of the last day it is dated with."""
    acts = [moment for _, moment in dated_acts(article, config.timezone) if moment > config.now]
    shown = None if config.future else waiting_for(article, DAWN)
    return max([*acts, shown or DAWN], default=None) if acts else shown


def prepared_page(article: Article, config: Config, problems: list[Problem]) -> Prepared:
    """Return a static page with its address: the path below pages/, or its permalink."""
    body = body_of(article, config, Pictures(lead=article.image))
    entry, address_error = settle_page(article, body, config), ""
    place = PurePosixPath(article.path).parent.relative_to(PAGES) / article.slug
    try:
        entry = replace(entry, url=permalink_url(article.permalink or f"/{place}/"))
    except ValueError as error:
        address_error = str(error)
    settled = Settled(entry=entry, body=body, address_error=address_error)
    problems += check_page(settled, config)
    return judged(settled, problems, Fate.PAGE)


def body_of(article: Article, config: Config, pictures: Pictures) -> CleanBody:
    """Return the article's body, cleaned, with the fingerprint of its text."""
    body = clean_body(article.body, article.body_format, config.cleaning, pictures)
    return changed(body, fingerprint=fingerprint_of(body.text))


def pictures_of(article: Article) -> Pictures:
    """Return which pictures of an article may be shown."""
    return Pictures(lead=article.image, licensed=licensed_pictures(article))


def judged(settled: Settled, problems: list[Problem], fate: Fate, since: datetime | None = None) -> Prepared:
    """Return the entry with its fate: held back when any problem is an error."""
    entry = settled.entry
    waived = [problem.code for problem in problems if problem.waived]
    if waived:
        entry = changed(entry, attribution=with_waived(entry.attribution, waived, language_of(entry.article)))
    is_held = any(problem.severity is Severity.ERROR for problem in problems)
    return Prepared(
        path=entry.article.where.path,
        fate=Fate.HELD_BACK if is_held else fate,
        title=entry.article.title,
        entry=None if is_held else entry,
        problems=tuple(problems),
        since=since,
    )


def unread_keys(article: Article, unread: tuple[str, ...], config: Config) -> list[Problem]:
    """Return the warning about front-matter keys that mean nothing here."""
    if not unread:
        return []
    place = article.where_is(unread[0])
    shown = ", ".join(key if len(key) <= MAX_KEY_CHARS else f"{key[:MAX_KEY_CHARS]}…" for key in unread[:12])
    where = Where(path=article.where.path, line=place.line, column=place.column)
    return [config.finding("FM007", where, article.path, keys=shown)]
