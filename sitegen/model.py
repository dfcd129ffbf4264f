"""The vocabulary: every value that passes between stages. All frozen; an empty string or tuple means "not given".

Flow: SourceFile → Article → CleanBody → Entry → Site → pages → OutputFile → BuildResult.
"""

import marshal
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from operator import attrgetter
from pathlib import PurePosixPath
from typing import Any, NamedTuple, TypeVar, dataclass_transform

from sitegen.problems import Problem, Where

Value = TypeVar("Value")


@dataclass_transform(frozen_default=True, kw_only_default=True)
def value(cls: type[Value]) -> type[Value]:
    """Make `cls` a frozen dataclass that crosses process borders quickly.

    What dataclasses themselves do for slots looks the fields up anew for every object: a third of a parallel build.
    """
    made: Any = dataclass(frozen=True, slots=True, kw_only=True)(cls)
    slots = made.__slots__
    all_of = attrgetter(*slots)
    if "__reduce__" not in cls.__dict__:
        made.__reduce__ = lambda self: (restored, (made, all_of(self) if len(slots) > 1 else (all_of(self),)))
    return made  # type: ignore[no-any-return]


def restored(cls: type[Value], values: tuple[object, ...]) -> Value:
    """Return the value of `cls` with these fields."""
    made = object.__new__(cls)
    for name, field in zip(cls.__slots__, values, strict=True):  # type: ignore[attr-defined]
        object.__setattr__(made, name, field)
    return made


def changed(value: Value, **fields: object) -> Value:
    """Return `value` with other values for some fields: `dataclasses.replace` without looking the fields up anew."""
    names = value.__slots__  # type: ignore[attr-defined]
    return restored(
        type(value), tuple([fields.pop(name) if name in fields else getattr(value, name) for name in names])
    )


class Kind(StrEnum):
    """What sort of text an article is. Only a press release must name its agency (SRC006)."""

    PRESS_RELEASE = "press-release"
    POLICY_NEWS = "policy-news"
    NOTICE = "notice"
    DERIVED = "derived"  # a summary, translation or rewriting of the original


class BodyFormat(StrEnum):
    """How the characters of a body are to be read."""

    MARKDOWN = "markdown"
    HTML = "html"
    GOV_OUTLINE = "gov-outline"  # □ ㅇ - · items, one a line; see clean/outline.py


class Indexing(StrEnum):
    """What search engines are told about an article."""

    SOURCE_FIRST = "source-first"  # noindex, follow; not in the sitemap
    CANONICAL = "canonical"  # canonical points at the original
    SELF = "self"  # an ordinary page of this site


class NoticeKind(StrEnum):
    """Why an address no longer shows its article."""

    WITHDRAWN = "withdrawn"
    GONE = "gone"
    REPLACED = "replaced"


class ListKind(StrEnum):
    """The kinds of lists a site has; also the names `archives` in site.toml takes."""

    CATEGORY = "category"
    AGENCY = "agency"
    TAG = "tag"
    YEAR = "year"
    MONTH = "month"


@value
class SourceFile:
    """A content file as found on disk. `path` is relative to the content folder, with `/` between parts, NFC."""

    path: str
    shown: str  # the path as messages print it
    data: bytes


@value
class Source:
    """Where an article comes from. `site` is the publisher's home, `url` the original article itself."""

    name: str = ""
    site: str = ""
    url: str = ""
    id: str = ""
    retrieved: str = ""
    sha256: str = ""
    text_sha256: str = ""  # of the captured visible text, NFC, white space removed
    revision: str = ""
    statement: str = ""  # the reprint statement, verbatim


@value
class Evidence:
    """What shows that a licence holds: kind is page-mark, api-field, site-policy or manual."""

    kind: str = ""
    text: str = ""
    url: str = ""
    seen: str = ""


@value
class Licence:
    """The licence of one article (never of a site). `id` is a key of licence/registry.py."""

    id: str = "UNKNOWN"
    ai: bool = False  # carries the KOGL AI co-mark
    scope: str = "text"  # text | all
    evidence: Evidence | None = None


@value
class Media:
    """A licence entry for one picture of the article."""

    src: str
    license: str = ""
    credit: str = ""


@value
class Attachment:
    """A file of the original, linked and never mirrored. Without `url` it is named only."""

    label: str
    url: str = ""


@value
class Contact:
    """Whom the original names for questions."""

    org: str = ""
    unit: str = ""
    tel: str = ""


@value
class Notice:
    """Why the article is no longer shown at its address. `date` is YYYY-MM-DD or empty."""

    kind: NoticeKind
    date: str = ""
    reason: str = ""
    replaced_by: str = ""


# Where a front-matter field stands in its file: dotted name, line and column from 1. Plain, for there are many.
Place = tuple[str, int, int]


@value
class Article:
    """A content file, read. Times carry their zone; a date alone is 00:00 Asia/Seoul."""

    path: str  # relative to the content folder
    where: Where
    places: tuple[Place, ...] = ()
    slug: str
    permalink: str = ""
    aliases: tuple[str, ...] = ()
    title: str
    subtitle: str = ""
    summary: str = ""
    published: datetime | None = None
    order: int = 0  # within a day: the number a Jekyll file name ends in
    updated: datetime | None = None
    embargo_until: datetime | None = None
    lang: str = ""
    kind: Kind = Kind.POLICY_NEWS
    agencies: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    image: str = ""
    source: Source = Source()
    licence: Licence | None = None
    media: tuple[Media, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    contacts: tuple[Contact, ...] = ()
    changes: tuple[str, ...] = ()
    notice: Notice | None = None
    draft: bool = False
    body: str = ""
    body_line: int = 1  # the line of the file on which the body begins
    body_format: BodyFormat = BodyFormat.MARKDOWN

    def where_is(self, field: str) -> Where:
        """Return the place of `field` (dotted), else of its parent, else of the file's first line."""
        for name in (field, field.partition(".")[0]):
            for field_name, line, column in self.places:
                if field_name == name:
                    return Where(path=self.where.path, line=line, column=column)
        return Where(path=self.where.path, line=1, column=1)


class Heading(NamedTuple):
    """A heading of a body: `id` is its anchor."""

    level: int
    id: str
    text: str


class Image(NamedTuple):
    """A picture a body shows or, when it is remote, links to."""

    src: str
    alt: str
    shown: bool


class Removal(NamedTuple):
    """What cleaning changed: the rule's name and a short excerpt of what was there."""

    rule: str
    excerpt: str


@value
class CleanBody:
    """A body that is safe, small and readable. `html` has passed the gate; nothing may touch it after."""

    html: str
    text: str  # the visible text, one block a line
    headings: tuple[Heading, ...] = ()
    links: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()
    removals: tuple[Removal, ...] = ()
    credited: Source = Source()  # what the body's own attribution table or line said
    bold_share: float = 0.0  # of the visible characters
    bare_tables: int = 0  # data tables without header cells

    def __reduce__(self) -> tuple[object, ...]:
        """Cross a process border as one piece of bytes: a body holds a hundred small values."""
        return unpacked, (packed(self),)


def packed(body: CleanBody) -> bytes:
    """Return a body as bytes."""
    source = tuple(getattr(body.credited, name) for name in Source.__slots__)  # type: ignore[attr-defined]
    small = (body.headings, body.images, body.removals)
    parts: Any = (
        body.html,
        body.text,
        body.links,
        *(tuple(map(tuple, values)) for values in small),
        source,
        body.bold_share,
        body.bare_tables,
    )
    return marshal.dumps(parts)


def unpacked(data: bytes) -> CleanBody:
    """Return the body that was packed."""
    html, text, links, headings, images, removals, source, bold_share, bare_tables = marshal.loads(data)  # noqa: S302
    return CleanBody(
        html=html,
        text=text,
        headings=tuple(map(Heading._make, headings)),
        links=links,
        images=tuple(map(Image._make, images)),
        removals=tuple(map(Removal._make, removals)),
        credited=restored(Source, source),
        bold_share=bold_share,
        bare_tables=bare_tables,
    )


@value
class Attribution:
    """The attribution footer in words. The sentence reads `before` + `link` + `after`; `link` may be empty."""

    before: str
    link: str
    after: str
    source_name: str
    source_url: str  # the original, else the publisher's home
    has_original: bool  # source_url is the article itself
    institution: str  # who made the work
    licence_label: str
    licence_url: str
    licence_scope: str  # said beside the licence, or empty
    is_unknown: bool
    statement: str
    link_only: str  # said when the text may not be shown
    doubts: tuple[str, ...]  # what is not known, said honestly
    disclaimer: str

    @property
    def sentence(self) -> str:
        """Return the credit sentence as plain text."""
        return self.before + self.link + self.after


@value
class GatedHtml:
    """Markup that has passed the gate: the one thing a theme may write unescaped."""

    html: str


@value
class Entry:
    """An article ready for the site: all that its page and the lists show, settled. It crosses process borders twice.

    `link_only`: the text may not be shown; then there is no body and no summary.
    """

    article: Article
    body: GatedHtml
    attribution: Attribution
    licence: Licence
    indexing: Indexing
    url: str
    summary: str = ""
    reading_minutes: int = 0  # 0 when there is no text
    link_only: bool = False


@value
class Card:
    """What a list shows of an article: small on purpose."""

    url: str
    title: str
    summary: str
    published: datetime | None
    agency: str
    category: str


@value
class Listing:
    """All articles under one key, newest first. `key` is the words as shown (`국방`, `2024-08`)."""

    kind: ListKind
    key: str
    url: str
    entries: tuple[Entry, ...]


@value
class Site:
    """Everything that is to be published, in order. `entries` are newest first; tombstones are not among them."""

    entries: tuple[Entry, ...]
    listings: tuple[Listing, ...]
    tombstones: tuple[Entry, ...]
    static_pages: tuple[Entry, ...]


@value
class Tally:
    """A line of an index: a label, its address and how many articles it holds."""

    label: str
    url: str
    count: int


@value
class Day:
    """The cards of one day, in order. `date` is None for articles without a date."""

    date: datetime | None
    cards: tuple[Card, ...]


@value
class PagerLink:
    """One step of a pager; `url` is empty for the gap between far pages, `number` is 0 there."""

    number: int
    url: str
    current: bool = False


@value
class Pager:
    """How a list continues. `previous` and `next` are addresses or empty."""

    number: int = 1
    total: int = 1
    previous: str = ""
    next: str = ""
    links: tuple[PagerLink, ...] = ()


@value
class Crumb:
    """A step of the breadcrumb; the last has no address."""

    label: str
    url: str = ""


@value
class ArticlePage:
    """The page of one article."""

    url: str
    entry: Entry
    attribution: Attribution
    crumbs: tuple[Crumb, ...]
    agencies: tuple[Crumb, ...]
    categories: tuple[Crumb, ...]
    tags: tuple[Crumb, ...]
    reading_minutes: int  # 0 when there is no text
    description: str
    newer: Card | None
    older: Card | None
    related: tuple[Card, ...]
    related_title: str  # the agency or category the related articles share


@value
class HomePage:
    """The first page and its continuations."""

    url: str
    lead: Card | None
    days: tuple[Day, ...]
    pager: Pager
    count: int
    categories: tuple[Tally, ...]
    agencies: tuple[Tally, ...]
    years: tuple[Tally, ...]


@value
class ListingPage:
    """One page of a list: a category, an agency, a tag, a year or a month."""

    url: str
    kind: ListKind
    key: str
    count: int
    days: tuple[Day, ...]
    pager: Pager
    crumbs: tuple[Crumb, ...]
    months: tuple[Tally, ...]  # of a year


@value
class IndexPage:
    """All keys of one kind of list, with counts."""

    url: str
    kind: ListKind
    tallies: tuple[Tally, ...]
    crumbs: tuple[Crumb, ...]


@value
class StaticPage:
    """A page from content/pages/."""

    url: str
    title: str
    lang: str
    description: str
    body: GatedHtml
    crumbs: tuple[Crumb, ...]


@value
class LicenceTerms:
    """One licence as the licence page explains it."""

    id: str
    label: str
    url: str
    attribution: bool
    commercial: bool | None
    changes: bool | None
    count: int  # articles under it


@value
class LicencePage:
    """The public page that explains under which terms articles appear."""

    url: str
    terms: tuple[LicenceTerms, ...]
    crumbs: tuple[Crumb, ...]


@value
class SearchPage:
    """The search page with the values its filters offer."""

    url: str
    categories: tuple[Tally, ...]
    agencies: tuple[Tally, ...]
    years: tuple[Tally, ...]
    crumbs: tuple[Crumb, ...]


@value
class NotFoundPage:
    """404.html. Its addresses are absolute, so that it works at any depth."""

    url: str
    latest: tuple[Card, ...]


@value
class TombstonePage:
    """What an address says once its article is withdrawn, gone or replaced."""

    url: str
    title: str
    lang: str
    notice: Notice
    source_name: str
    source_url: str
    crumbs: tuple[Crumb, ...]


@value
class RedirectPage:
    """An old address that leads to the new one, without script."""

    url: str
    target: str
    title: str


@value
class FeedPage:
    """The Atom feed of the newest articles."""

    url: str
    updated: datetime
    entries: tuple[ArticlePage, ...]


@value
class SitemapEntry:
    """One address of the sitemap; `changed` is YYYY-MM-DD or empty."""

    url: str
    changed: str


@value
class SitemapPage:
    """The addresses search engines may index."""

    url: str
    entries: tuple[SitemapEntry, ...]


Page = (
    ArticlePage
    | HomePage
    | ListingPage
    | IndexPage
    | StaticPage
    | LicencePage
    | SearchPage
    | NotFoundPage
    | TombstonePage
    | RedirectPage
    | FeedPage
    | SitemapPage
)


@value
class OutputFile:
    """Bytes and where they go, relative to the output folder."""

    path: PurePosixPath
    data: bytes


@value
class WriteResult:
    """What writing did, in files: the new site's, and those of the old site that are gone."""

    written: int
    deleted: int


@value
class BuildResult:
    """What a build did. `problems` are sorted by place; counts are of articles and pages."""

    articles: int
    held_back: int
    left_out: int  # drafts, future, embargoed
    pages: int
    indexed: int
    problems: tuple[Problem, ...]
    write: WriteResult


@value
class NavLink:
    """A link of the main menu."""

    label: str
    url: str


@value
class SiteView:
    """What every template may know of the site, as `site`."""

    title: str
    description: str
    language: str
    author: str
    base_url: str  # with a final slash, or empty when not known
    nav: tuple[NavLink, ...]
    lists: tuple[ListKind, ...]  # the kinds of lists that exist, for menus
    has_search: bool
    image_hosts: tuple[str, ...]  # hosts pictures may be loaded from
