"""The vocabulary of pages: what templates are given, made by site/pages.py and rendered by the theme."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sitegen.model import Attribution, Entry, GatedHtml, ListKind, Notice
from sitegen.values import value


class Card(NamedTuple):
    """What a list shows of an article: small on purpose, and plain, for there are many."""

    url: str
    title: str
    summary: str
    published: datetime | None
    agency: str
    category: str
    lang: str = ""


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


class CrumbWords(StrEnum):
    """The key of the words by which the theme calls a step of the breadcrumb."""

    HOME = "crumb_home"
    CATEGORY = "categories"
    AGENCY = "agencies"
    TAG = "tags"
    YEAR = "archive"
    MONTH = "months"
    LICENCE = "licence_terms"
    SEARCH = "search"
    CHANGES = "changes"


@value
class Crumb:
    """A step of the breadcrumb; the last has no address."""

    label: str
    url: str = ""
    lang: str = ""  # of the label, where it is an article's title
    words: CrumbWords | None = None  # the theme's, which it shows in place of the label


@value
class Scrolling:
    """How a table and code that scroll are called in a text's own language; empty where it is the interface's."""

    table: str = ""
    code: str = ""


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
    record_url: str  # of what is known of it, for machines
    alike: tuple[Card, ...] = ()  # articles that say nearly the same
    scrolling: Scrolling = Scrolling()


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
    years: tuple[Tally, ...]  # months, on a site without lists of years


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
    scrolling: Scrolling


@value
class LicenceTerms:
    """One licence as the licence page explains it."""

    id: str
    label: str
    url: str
    attribution: bool
    commercial: bool | None
    changes: bool | None
    share_alike: bool  # changed works go under the same licence
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


class ChangeKind(StrEnum):
    """What happened to an article after publication; the first three are those of a notice."""

    WITHDRAWN = "withdrawn"
    GONE = "gone"
    REPLACED = "replaced"
    CORRECTED = "corrected"
    REVISED = "revised"  # the original got another wording
    UPDATED = "updated"


@value
class Change:
    """What happened to an article after publication.

    `id` is unique and stays what it is: feeds know an entry again by it.
    """

    id: str
    kind: ChangeKind
    when: datetime | None
    title: str
    url: str
    note: str = ""
    lang: str = ""  # of the title; a note is the site's own words


@value
class ChangesPage:
    """Corrections, updates and withdrawals, newest first."""

    url: str
    changes: tuple[Change, ...]
    pager: Pager
    crumbs: tuple[Crumb, ...]


@value
class ChangeFeedPage:
    """The Atom feed of the newest changes."""

    url: str
    updated: datetime
    changes: tuple[Change, ...]


@value
class RedirectPage:
    """An old address that leads to the new one, without script."""

    url: str
    target: str
    title: str
    is_indexed: bool  # the page it leads to may be found by search engines


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
    | ChangesPage
    | ChangeFeedPage
    | RedirectPage
    | FeedPage
    | SitemapPage
)


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
    contact: str
    base_url: str  # with a final slash, or empty when not known
    nav: tuple[NavLink, ...]
    lists: tuple[ListKind, ...]  # the kinds of lists that exist, for menus
    has_search: bool
    image_hosts: tuple[str, ...]  # hosts pictures may be loaded from
    generator: str  # our name and version
    paper: tuple[str, str]  # the background in the light and in the dark scheme
