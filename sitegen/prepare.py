"""Content files → Prepared → Record: read, clean, settle, check. The work of a worker; a file needs no other.

In a build, `ContentError` becomes a Problem here and nowhere else.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any, Final, NamedTuple

from sitegen.checks.content import check_content, check_page, dated_acts, not_yet, waiting_for
from sitegen.checks.policy import as_the_site_takes, is_answered_for
from sitegen.clean.address import host_of, picture_name
from sitegen.clean.body import MAX_BODY_CHARS, Washed, finished, wash
from sitegen.clean.gate import gate_all
from sitegen.clean.rules import Known, Pictures
from sitegen.clean.rules.pictures import Seen, seen_as
from sitegen.config import Config
from sitegen.errors import ContentError
from sitegen.languages import our_language
from sitegen.licence.wording import with_waived
from sitegen.model import Article, CleanBody, Entry, SourceFile
from sitegen.problems import Problem, Severity, Where
from sitegen.read.article import FIELDS, FIELDS_WITHIN, INDEX, parse_article
from sitegen.read.discover import PAGES, is_static_page, read_source, unreadable
from sitegen.read.faults import fail
from sitegen.runtime.fingerprint import name_of
from sitegen.runtime.packing import packed, unpacked
from sitegen.runtime.stamps import digest_of
from sitegen.site.assemble import DAWN
from sitegen.site.entry import Settled, pictures_of, settle, settle_page, tag_of
from sitegen.site.face import Face, face_of
from sitegen.site.similar import fingerprint_of
from sitegen.site.urls import ABOUT_URL, LICENCE_URL, identity, own_path, permalink_url
from sitegen.values import changed, value

MAX_KEY_CHARS = 40
MAX_FILE_BYTES: Final = 4 * MAX_BODY_CHARS
NO_BODY: Final = CleanBody(html="", text="")


# Pages of the site's own that every page leads to, by the form under which their addresses are known.
LED_TO: Final = {identity(url): url for url in (ABOUT_URL, LICENCE_URL)}


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
    since: float | None = None  # from when on it may be shown (seconds), where the clock decides
    digest: bytes = b""  # of the file's bytes; empty where they could not be read, or the clock will tell another
    pictures: tuple[Seen, ...] = ()  # that it asked for among the static files, as they were


class Records(list[tuple[Record, bytes]]):
    """Records, each with its entry's bytes (empty without one, or where it is kept). They travel by columns."""

    def __reduce__(self) -> tuple[Any, ...]:
        return records_from, (packed([record for record, _ in self], list[Record]), [data for _, data in self])


def record_too_large(path: str, size: int) -> Record:
    """Return the record of a content file that is too large to be read; its size in bytes."""
    found = too_large(path, 1, size, MAX_FILE_BYTES, unit_ko="바이트", unit_en="bytes")
    return Record(path=path, fate=Fate.HELD_BACK, problems=found.problems)


def too_large(path: str, line: int, size: int, limit: int, *, unit_ko: str, unit_en: str) -> ContentError:
    """Return the error that a text is too large (BODY005)."""
    return fail("BODY005", path, line, size=f"{size:,}", limit=f"{limit:,}", unit_ko=unit_ko, unit_en=unit_en)


def records_from(data: bytes, entries: list[bytes]) -> Records:
    """Return the records that come from another process."""
    return Records(zip(unpacked(data, list[Record]), entries, strict=True))


def records_of(files: Sequence[str], config: Config, settings: bytes) -> Records:
    """Return the records of content files.

    `settings` names what a record depends on besides the file: see `settings_read`.
    """
    cases = [read_case(Path(file), config) for file in files]
    prepare_all(cases, config)
    return Records(record_of(case, config, settings) for case in cases)


def record_of(case: "Case", config: Config, settings: bytes) -> tuple[Record, bytes]:
    """Return the record of a case that is closed, and its entry's bytes."""
    made, source = case.closed(), case.source
    if source is None:
        return Record(path=made.path, fate=made.fate, problems=made.problems), b""
    digest = digest_of(source.data)
    face, data, pictures = None, b"", pictures_seen(case, config)
    is_final = made.since is None or made.since <= config.now
    if made.entry is not None:
        face = face_of(made.entry, name_of(settings, source.path, digest, *pictures), config.timezone)
        data = packed(made.entry, Entry)
    found = Record(
        path=made.path,
        fate=made.fate,
        title=made.title,
        face=face,
        problems=made.problems,
        since=made.since.timestamp() if made.since is not None else None,
        digest=digest if is_final else b"",
        pictures=pictures,
    )
    return found, data


def pictures_seen(case: "Case", config: Config) -> tuple[Seen, ...]:
    """Return the pictures of this site that an article names, as the static files have them."""
    named = [image.src for image in case.body.images]
    if case.article is not None and case.article.image:
        named.append(case.article.image)
    if not named:
        return ()
    names = {picture_name(src) for src in named if not host_of(src)}
    return tuple([seen_as(name, config.cleaning) for name in sorted(names)])


ROWS: Final = frozenset({"attachments", "contacts", "corrections", "media"})  # fields that are lists of mappings
MEANT: Final = {"type": "kind", "url": "source: {url: …}"}  # keys of others, for what a head of ours says otherwise
# What no record depends on: where things are written, how pages look, what time it is.
UNREAD_SETTINGS: Final = frozenset(
    {
        "output_dir", "template_dirs", "static_dirs", "settings_path", "title", "description", "author", "contact",
        "archives", "page_size", "nav", "nav_lines", "styling", "source_lines", "now", "search", "cache_path",
    }
)  # fmt: skip


def settings_read(config: Config, version: str) -> bytes:
    """Return the name of all that a record depends on besides its file and pictures. `version` names our code."""
    config = replace(config, cleaning=changed(config.cleaning, pictures=frozenset(), sizes=None))
    read = [getattr(config, field.name) for field in fields(config) if field.name not in UNREAD_SETTINGS]
    return name_of(version, [config.is_in_force(waiver) for waiver in config.waivers], *read)


def prepare(path: Path, config: Config) -> Prepared:
    """Return what becomes of the content file at `path`."""
    case = read_case(path, config)
    prepare_all([case], config)
    return case.closed()


@dataclass(slots=True)
class Case:
    """A content file on its way: what is known of it so far, and what has become of it once that is known."""

    source: SourceFile | None = None
    article: Article | None = None
    washed: Washed | None = None
    body: CleanBody = NO_BODY
    problems: list[Problem] = field(default_factory=list)
    settled: Settled | None = None
    made: Prepared | None = None

    def closed(self) -> Prepared:
        """Return what has become of it."""
        assert self.made is not None
        return self.made


def read_case(path: Path, config: Config) -> Case:
    """Return the case of the content file at `path`: closed at once where it cannot be read."""
    try:
        return Case(source=read_source(path, config.content_dir))
    except OSError as error:
        return Case(made=Prepared(path=str(path), fate=Fate.HELD_BACK, problems=(unreadable(path, error),)))


def prepare_all(cases: Sequence[Case], config: Config) -> None:
    """Close these cases, one stage after the other.

    All of them in one stage, then in the next: each has code and tables of its own, and a processor that goes through
    all stages for one article after the other has none of them at hand. It took a fifth longer.
    """
    for stage in STAGES:
        stage([case for case in cases if case.made is None], config)


def read_head(case: Case, config: Config) -> None:
    """Read the article. Closes a case with a head that cannot be read, a draft, and what is still to come."""
    source = case.source
    assert source is not None
    try:
        article, unread = parse_article(source, config.timezone)
        size = len(article.body)
        if size > MAX_BODY_CHARS:
            place = source.shown, article.body_line
            raise too_large(*place, size, MAX_BODY_CHARS, unit_ko="자", unit_en="characters")
    except ContentError as error:
        case.made = Prepared(path=source.shown, fate=Fate.HELD_BACK, problems=error.problems)
        return
    case.article = article
    case.problems = unread_keys(article, unread, config)
    if article.draft and not config.drafts:
        case.made = Prepared(path=source.shown, fate=Fate.DRAFT, title=article.title)
    elif not config.future:
        until = waiting_for(dated(article), config.now)
        if until is not None:
            note = as_the_site_takes(not_yet(article, until, config.now), config)
            case.made = Prepared(
                path=source.shown, fate=Fate.FUTURE, title=article.title, problems=(note,), since=until
            )


def dated(article: Article) -> Article:
    """Return an article as the clock sees it: the date of a static page is none of its publication."""
    return changed(article, published=None) if is_static_page(article.path) else article


def clean(case: Case, config: Config) -> None:
    """Clean the body, but for the gate; a notice has none."""
    article = case.article
    assert article is not None
    if not article.notice or is_static_page(article.path):
        case.washed = washed(article, config)


def washed(article: Article, config: Config) -> Washed:
    """Return the body of an article or static page, cleaned but for the gate."""
    is_page = is_static_page(article.path)
    pictures = Pictures(lead=article.image) if is_page else pictures_of(article, config)
    tag = tag_of(article, config)
    language = our_language(tag)
    cleaning = config.cleaning if language == config.cleaning.language else changed(config.cleaning, language=language)
    known = Known(article.source, is_sure=bool(article.source.name or config.rule_for(article.path)), language=tag)
    return wash(article.body, article.body_format, cleaning, pictures, known)


def body_of(article: Article, config: Config) -> CleanBody:
    """Return the body of an article or static page, cleaned."""
    return through_gate([washed(article, config)])[0]


def through_gate(bodies: Sequence[Washed]) -> list[CleanBody]:
    """Return bodies that have passed the gate, with the fingerprints of their texts."""
    gated = gate_all([washed.written.html for washed in bodies])
    return [
        finished(washed, html, fingerprint_of(washed.written.text)) for washed, html in zip(bodies, gated, strict=True)
    ]


def pass_gate(cases: Sequence[Case], _config: Config) -> None:
    """Take the bodies through the gate."""
    washed = [(case, case.washed) for case in cases if case.washed is not None]
    for (case, _), body in zip(washed, through_gate([one for _, one in washed]), strict=True):
        case.body = body


def settle_case(case: Case, config: Config) -> None:
    """Settle source, licence and address. That of a static page is its path below pages/, or its permalink.

    `pages/About.md` is the page that footers lead to, and has the address that they have.
    """
    article = case.article
    assert article is not None
    if not is_static_page(article.path):
        case.settled = settle(article, case.body, config)
        return
    entry, address_error = settle_page(article, case.body, config), ""
    written = own_path(article.permalink, config.homes) or f"/{place_of(article)}/"
    try:
        url = permalink_url(written)
        entry = replace(entry, url=LED_TO.get(identity(url), url))
    except ValueError as error:
        address_error = str(error)
    assumed = "" if article.lang else entry.article.lang
    case.settled = Settled(entry=entry, body=case.body, address_error=address_error, assumed_language=assumed)


def place_of(page: Article) -> PurePosixPath:
    """Return the place of a static page below the site's root; `index.md` stands for its folder."""
    file = PurePosixPath(page.path)
    folder = file.parent.relative_to(PAGES)
    if file.stem not in INDEX:
        return folder / page.slug
    return folder.with_name(page.slug) if folder.name else folder


def judge(case: Case, config: Config) -> None:
    """Ask what is to be asked of an article or page, and close its case."""
    settled, article = case.settled, case.article
    assert settled is not None
    assert article is not None
    if is_static_page(article.path):
        case.problems += check_page(settled, config, article.body)
        until = None if config.future else waiting_for(dated(article), DAWN)
        case.made = judged(settled, case.problems, Fate.PAGE, until)
    else:
        case.problems += check_content(settled, config, article.body)
        case.made = judged(settled, case.problems, Fate.PUBLISHED, clock_of(article, config))


Stage = Callable[[Sequence[Case], Config], None]


def each(work: Callable[[Case, Config], None]) -> Stage:
    """Return the stage that does this work for one case after the other."""

    def stage(cases: Sequence[Case], config: Config) -> None:
        for case in cases:
            work(case, config)

    return stage


STAGES: Final[tuple[Stage, ...]] = (each(read_head), each(clean), pass_gate, each(settle_case), each(judge))


def clock_of(article: Article, config: Config) -> datetime | None:
    """Return from when on an article is what it will stay: its time, or that of the last day it is dated with."""
    acts = [moment for _, moment in dated_acts(article, config.timezone)]
    shown = None if config.future else waiting_for(article, DAWN)
    return max([*acts, *([shown] if shown else [])], default=None)


def judged(settled: Settled, problems: list[Problem], fate: Fate, since: datetime | None = None) -> Prepared:
    """Return the entry with its fate: held back when any problem is an error."""
    entry = settled.entry
    codes = [problem.code for problem in problems if is_answered_for(problem)]
    if codes:
        entry = changed(entry, attribution=with_waived(entry.attribution, codes, our_language(entry.article.lang)))
    is_held = any(problem.severity is Severity.ERROR for problem in problems)
    return Prepared(
        path=entry.article.where.path,
        fate=Fate.HELD_BACK if is_held else fate,
        title=entry.article.title,
        entry=None if is_held else entry,
        problems=tuple(problems),
        since=since,
    )


def shown_within(within: str, name: str) -> str:
    """Return a key as YAML writes it below another: `license: {evidence: {text: …}}`."""
    shown = f"{{{name}: …}}"
    for above in reversed(within.split(".")):
        shown = f"{{{above}: {f'[{shown}]' if above in ROWS else shown}}}"
    return shown[1:-1]


@lru_cache(maxsize=256)
def shown_key(key: str) -> str:
    """Return a key that means nothing here, with the one that was meant, if it is near."""
    from difflib import get_close_matches  # noqa: PLC0415  only now

    within, dot, name = key.rpartition(".")
    if name in FIELDS_WITHIN.get(within, ()):  # read as one key, with a dot in it
        return f"{key} ({shown_within(within, name)}?)"
    if key in MEANT:
        return f"{key} ({MEANT[key]}?)"
    near = get_close_matches(name.lower(), FIELDS_WITHIN.get(within, ()) if dot else FIELDS, 1, 0.7)
    shown = key if len(key) <= MAX_KEY_CHARS else f"{key[:MAX_KEY_CHARS]}…"
    return f"{shown} ({within}{dot}{near[0]}?)" if near and near[0] != name else shown


def unread_keys(article: Article, unread: tuple[str, ...], config: Config) -> list[Problem]:
    """Return the warning about front-matter keys that mean nothing here."""
    if is_static_page(article.path) and article.notice:  # nothing was published there that could be withdrawn
        unread = (*unread, "notice")
    if not unread:
        return []
    place = article.where_is(unread[0])
    shown = ", ".join(map(shown_key, unread[:12]))
    where = Where(path=article.where.path, line=place.line, column=place.column)
    return [config.finding("FM007", where, article.path, keys=shown)]
