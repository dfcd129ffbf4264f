"""One content file → Prepared: read, clean, settle, check. The work of a worker; needs no other file.

`ContentError` becomes a Problem here and nowhere else.
"""

from dataclasses import replace
from enum import StrEnum
from functools import lru_cache
from pathlib import Path, PurePosixPath

from sitegen.checks.content import check_content, check_page, not_yet, waiting_for
from sitegen.clean.body import MAX_BODY_CHARS
from sitegen.clean.rules import Pictures
from sitegen.config import Config
from sitegen.errors import ContentError
from sitegen.licence.wording import with_waived
from sitegen.memo import remembered_body
from sitegen.model import Article, CleanBody, Entry
from sitegen.problems import Problem, Severity, Where
from sitegen.read.article import parse_article
from sitegen.read.discover import PAGES, file_problem, is_static_page, read_source
from sitegen.read.frontmatter import fail
from sitegen.runtime.cache import Cache
from sitegen.site.entry import Settled, language_of, licensed_pictures, settle, settle_page
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
    """A content file with its fate. `entry` is None when it could not be read."""

    path: str
    fate: Fate
    title: str = ""
    entry: Entry | None = None
    problems: tuple[Problem, ...] = ()
    memo_key: bytes = b""  # of the cleaned body; empty where none was asked for
    memo_value: bytes | None = None  # the body's bytes, when the memo did not know them


@lru_cache(maxsize=1)
def memo_at(path: Path) -> Cache:
    """Return this process's view of the memo."""
    return Cache(path)


def prepare(path: Path, config: Config) -> Prepared:
    """Return what becomes of the content file at `path`."""
    try:
        source = read_source(path, config.content_dir)
    except OSError as error:
        problem = file_problem("FILE001", path, message=error.strerror or str(error))
        return Prepared(path=str(path), fate=Fate.HELD_BACK, problems=(problem,))
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
        return prepare_page(article, config, problems)
    until = waiting_for(article, config.now)
    if until is not None and not config.future:
        note = not_yet(article, until, config.now)
        return Prepared(path=source.shown, fate=Fate.FUTURE, title=article.title, problems=(note,))
    if article.notice:
        body, key, value = CleanBody(html="", text=""), b"", None
    else:
        body, key, value = body_of(article, config, pictures_of(article))
    settled = settle(article, body, config)
    problems += check_content(settled, config)
    return judged(settled, problems, Fate.PUBLISHED, key, value)


def prepare_page(article: Article, config: Config, problems: list[Problem]) -> Prepared:
    """Return a static page with its address: the path below pages/, or its permalink."""
    body, key, value = body_of(article, config, Pictures(lead=article.image))
    entry, address_error = settle_page(article, body, config), ""
    place = PurePosixPath(article.path).parent.relative_to(PAGES) / article.slug
    try:
        entry = replace(entry, url=permalink_url(article.permalink or f"/{place}/"))
    except ValueError as error:
        address_error = str(error)
    settled = Settled(entry=entry, body=body, address_error=address_error)
    problems += check_page(settled, config)
    return judged(settled, problems, Fate.PAGE, key, value)


def body_of(article: Article, config: Config, pictures: Pictures) -> tuple[CleanBody, bytes, bytes | None]:
    """Return the article's body, cleaned, with its key and new bytes for the memo."""
    memo = memo_at(config.cache_path) if config.cache_path else None
    return remembered_body(article.body, article.body_format, config.cleaning, pictures, memo)


def pictures_of(article: Article) -> Pictures:
    """Return which pictures of an article may be shown."""
    return Pictures(lead=article.image, licensed=licensed_pictures(article))


def judged(settled: Settled, problems: list[Problem], fate: Fate, key: bytes, value: bytes | None) -> Prepared:
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
        memo_key=key,
        memo_value=value,
    )


def unread_keys(article: Article, unread: tuple[str, ...], config: Config) -> list[Problem]:
    """Return the warning about front-matter keys that mean nothing here."""
    if not unread:
        return []
    place = article.where_is(unread[0])
    shown = ", ".join(key if len(key) <= MAX_KEY_CHARS else f"{key[:MAX_KEY_CHARS]}…" for key in unread[:12])
    where = Where(path=article.where.path, line=place.line, column=place.column)
    return [config.finding("FM007", where, article.path, keys=shown)]
