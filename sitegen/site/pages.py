"""Site → pages: every page value the theme renders, in a fixed order. A page holds everything its template may use."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, Final, TypeVar, overload

from sitegen.config import Config
from sitegen.licence.registry import TERMS
from sitegen.model import Entry, Indexing, Listing, ListKind, Site
from sitegen.site.assemble import Assembly
from sitegen.site.changes import changes_of
from sitegen.site.urls import (
    CHANGE_FEED_URL,
    CHANGES_URL,
    FEED_URL,
    NOT_FOUND_URL,
    SITEMAP_URL,
    index_url,
    list_url,
    page_url,
)
from sitegen.site.words import LABELS
from sitegen.views import (
    ArticlePage,
    Card,
    ChangeFeedPage,
    ChangesPage,
    Crumb,
    Day,
    FeedPage,
    HomePage,
    IndexPage,
    LicencePage,
    LicenceTerms,
    ListingPage,
    NotFoundPage,
    Page,
    Pager,
    PagerLink,
    RedirectPage,
    SearchPage,
    SitemapEntry,
    SitemapPage,
    StaticPage,
    Tally,
    TombstonePage,
)

Member = TypeVar("Member")
RELATED: Final = 3
FEED_ENTRIES: Final = 20
LATEST_ON_404: Final = 5
TALLIES_AT_HOME: Final = 12


class Plan(Sequence[Page]):
    """Every page of the site, articles first: each is made when it is asked for, by whoever renders it."""

    def __init__(self, assembly: Assembly, config: Config) -> None:
        site, planner = assembly.site, Planner(assembly.site, config)
        steps: list[tuple[Callable[..., Page], tuple[Any, ...]]] = []
        steps += [(planner.article_at, (position,)) for position in range(len(site.entries))]
        steps += [(planner.home, (number,)) for number in planner.numbers(site.entries)]
        for listing in site.listings:
            steps += [(planner.listing, (listing, number)) for number in planner.numbers(listing.entries)]
        for kind in config.archives:
            if kind is not ListKind.MONTH or ListKind.YEAR not in config.archives:
                steps.append((planner.index, (kind,)))
        steps += [(planner.static_page, (entry,)) for entry in site.static_pages]
        steps += [(planner.tombstone, (entry,)) for entry in site.tombstones]
        steps += [(planner.changes_page, (number,)) for number in planner.numbers(planner.changes)]
        if "/license/" not in {entry.url for entry in site.static_pages}:
            steps.append((planner.licences, ()))
        if config.search:
            steps.append((planner.search, ()))
        steps.append((planner.not_found, ()))
        steps += [(planner.redirect, alias) for alias in assembly.aliases]
        steps += [(planner.feed, ()), (planner.change_feed, ()), (planner.sitemap, ())]
        self.steps = steps

    def __len__(self) -> int:
        return len(self.steps)

    @overload
    def __getitem__(self, position: int) -> Page: ...
    @overload
    def __getitem__(self, position: slice) -> "list[Page]": ...
    def __getitem__(self, position: int | slice) -> "Page | list[Page]":
        """Return a page, made now."""
        if isinstance(position, slice):
            return [self[number] for number in range(*position.indices(len(self)))]
        make, arguments = self.steps[position]
        return make(*arguments)


class Planner:
    """Plans the pages of one site; knows the lists by kind and each entry's place in them."""

    def __init__(self, site: Site, config: Config) -> None:
        self.site = site
        self.config = config
        self.language = "ko" if config.language == "ko" else "en"
        self.labels = LABELS[self.language]
        self.by_kind: dict[ListKind, list[Listing]] = {kind: [] for kind in ListKind}
        for listing in site.listings:
            self.by_kind[listing.kind].append(listing)
        self.counted: dict[ListKind, tuple[Tally, ...]] = {}
        self.cards = {entry.url: card_of(entry) for entry in site.entries}
        self.changes = changes_of(site, config.timezone)
        self.alike = {entry.url: members for members in site.alike for entry in members}
        self.neighbours = [self.places(kind) for kind in (ListKind.AGENCY, ListKind.CATEGORY)]

    def places(self, kind: ListKind) -> dict[str, tuple[Listing, int]]:
        """Return for each entry (by its address) the first list of `kind` it stands in, and where."""
        found: dict[str, tuple[Listing, int]] = {}
        for listing in self.by_kind[kind]:
            for position, entry in enumerate(listing.entries):
                found.setdefault(entry.url, (listing, position))
        return found

    def card(self, entry: Entry) -> Card:
        """Return the card of an entry, made once for all the lists that show it."""
        return self.cards[entry.url]

    def days(self, entries: Iterable[Entry]) -> tuple[Day, ...]:
        """Return entries (in order) grouped by the day of their date."""
        return days_of(map(self.card, entries))

    def crumbs(self, *steps: Crumb) -> tuple[Crumb, ...]:
        """Return a breadcrumb that begins at the home page."""
        return (Crumb(label=self.labels["home"], url="/"), *steps)

    def key_link(self, kind: ListKind, key: str) -> Crumb:
        """Return a key as a link to its list, or without one where the site has no such lists."""
        return Crumb(label=key, url=list_url(kind, key) if kind in self.config.archives else "")

    def article_at(self, position: int) -> ArticlePage:
        """Return the page of the article at `position`, between its neighbours."""
        entries = self.site.entries
        newer = self.card(entries[position - 1]) if position else None
        older = self.card(entries[position + 1]) if position + 1 < len(entries) else None
        return self.article(entries[position], newer, older)

    def article(self, entry: Entry, newer: Card | None, older: Card | None) -> ArticlePage:
        """Return the page of one article."""
        article = entry.article
        related, title = self.related(entry)
        links = {
            kind: tuple(link for link in (self.key_link(kind, key) for key in keys) if link.url)
            for kind, keys in (
                (ListKind.AGENCY, article.agencies),
                (ListKind.CATEGORY, article.categories),
                (ListKind.TAG, article.tags),
            )
        }
        return ArticlePage(
            url=entry.url,
            entry=entry,
            attribution=entry.attribution,
            crumbs=self.crumbs(*links[ListKind.CATEGORY][:1], Crumb(label=article.title)),
            agencies=links[ListKind.AGENCY],
            categories=links[ListKind.CATEGORY],
            tags=links[ListKind.TAG],
            reading_minutes=entry.reading_minutes,
            description=entry.summary,
            newer=newer,
            older=older,
            related=related,
            related_title=title,
            alike=tuple(self.card(other) for other in self.alike.get(entry.url, ()) if other is not entry),
        )

    def related(self, entry: Entry) -> tuple[tuple[Card, ...], str]:
        """Return the articles nearest in time of the same agency, else of the same category, and the list's name."""
        for places in self.neighbours:
            listing, position = places.get(entry.url, (None, 0))
            if listing is None or len(listing.entries) == 1:
                continue
            start = max(0, min(position - 1, len(listing.entries) - RELATED - 1))
            window = listing.entries[start : start + RELATED + 1]
            near = [self.card(other) for other in window if other.url != entry.url][:RELATED]
            return tuple(near), listing.key
        return (), ""

    def home(self, number: int) -> HomePage:
        """Return the home page, or a continuation of it."""
        pager, entries = self.paged("/", self.site.entries, number)
        lead, rest = (self.card(entries[0]), entries[1:]) if number == 1 and entries else (None, entries)
        return HomePage(
            url=page_url("/", number),
            lead=lead,
            days=self.days(rest),
            pager=pager,
            count=len(self.site.entries),
            categories=self.tallies(ListKind.CATEGORY)[:TALLIES_AT_HOME],
            agencies=self.tallies(ListKind.AGENCY)[:TALLIES_AT_HOME],
            years=self.tallies(ListKind.YEAR)[:TALLIES_AT_HOME],
        )

    def listing(self, listing: Listing, number: int) -> ListingPage:
        """Return page `number` of one list."""
        months: tuple[Tally, ...] = ()
        if listing.kind is ListKind.YEAR:
            months = tuple(tally for tally in self.tallies(ListKind.MONTH) if tally.label.startswith(listing.key))
        pager, entries = self.paged(listing.url, listing.entries, number)
        return ListingPage(
            url=page_url(listing.url, number),
            kind=listing.kind,
            key=listing.key,
            count=len(listing.entries),
            days=self.days(entries),
            pager=pager,
            crumbs=self.crumbs(
                Crumb(label=self.labels[listing.kind], url=index_url(listing.kind)), *self.list_crumbs(listing)
            ),
            months=months,
        )

    def list_crumbs(self, listing: Listing) -> Iterator[Crumb]:
        """Yield the last steps of a list's breadcrumb; a month stands below its year."""
        if listing.kind is ListKind.MONTH:
            year, _, month = listing.key.partition("-")
            if ListKind.YEAR in self.config.archives:
                yield Crumb(label=f"{year}년" if self.language == "ko" else year, url=list_url(ListKind.YEAR, year))
            yield Crumb(label=f"{int(month)}월" if self.language == "ko" else month)
        elif listing.kind is ListKind.YEAR:
            yield Crumb(label=f"{listing.key}년" if self.language == "ko" else listing.key)
        else:
            yield Crumb(label=listing.key)

    def index(self, kind: ListKind) -> IndexPage:
        """Return the index of one kind of list."""
        return IndexPage(
            url=index_url(kind),
            kind=kind,
            tallies=self.tallies(kind),
            crumbs=self.crumbs(Crumb(label=self.labels[kind])),
        )

    def tallies(self, kind: ListKind) -> tuple[Tally, ...]:
        """Return the keys of one kind with their counts: years and months newest first, the others fullest first."""
        if kind not in self.counted:
            self.counted[kind] = self.tallied(kind)
        return self.counted[kind]

    def tallied(self, kind: ListKind) -> tuple[Tally, ...]:
        """Return the tallies of one kind, counted now."""
        lists = self.by_kind[kind]
        if kind in (ListKind.YEAR, ListKind.MONTH):
            lists = sorted(lists, key=lambda listing: listing.key, reverse=True)
        else:
            lists = sorted(lists, key=lambda listing: (-len(listing.entries), listing.key))
        return tuple(Tally(label=listing.key, url=listing.url, count=len(listing.entries)) for listing in lists)

    def numbers(self, entries: Sequence[object]) -> range:
        """Return the numbers of the pages of a list. An empty list has one page."""
        return range(1, max(1, math.ceil(len(entries) / self.config.page_size)) + 1)

    def paged(self, url: str, entries: Sequence[Member], number: int) -> tuple[Pager, Sequence[Member]]:
        """Return page `number` of a list: how it continues, and its entries."""
        size = self.config.page_size
        return pager_of(url, number, self.numbers(entries)[-1]), entries[(number - 1) * size : number * size]

    def static_page(self, entry: Entry) -> StaticPage:
        """Return a page from content/pages/."""
        article = entry.article
        return StaticPage(
            url=entry.url,
            title=article.title,
            lang=article.lang,
            description=entry.summary,
            body=entry.body,
            crumbs=self.crumbs(Crumb(label=article.title)),
        )

    def tombstone(self, entry: Entry) -> TombstonePage:
        """Return the page that stands where an article was."""
        article = entry.article
        assert article.notice is not None
        return TombstonePage(
            url=entry.url,
            title=article.title,
            lang=article.lang,
            notice=article.notice,
            source_name=article.source.name,
            source_url=article.source.url or article.source.site,
            crumbs=self.crumbs(Crumb(label=article.title)),
        )

    def changes_page(self, number: int) -> ChangesPage:
        """Return page `number` of what happened to articles after publication."""
        pager, changes = self.paged(CHANGES_URL, self.changes, number)
        return ChangesPage(
            url=page_url(CHANGES_URL, number),
            changes=tuple(changes),
            pager=pager,
            crumbs=self.crumbs(Crumb(label=self.labels["changes"])),
        )

    def change_feed(self) -> ChangeFeedPage:
        """Return the feed of the newest changes."""
        newest = tuple(change for change in self.changes if change.when)[:FEED_ENTRIES]
        updated = newest[0].when if newest else None
        start = datetime(1970, 1, 1, tzinfo=self.config.timezone)
        return ChangeFeedPage(url=CHANGE_FEED_URL, updated=updated or start, changes=newest)

    def licences(self) -> LicencePage:
        """Return the page that explains the licences in use, fullest first."""
        counts: dict[str, int] = {}
        for entry in self.site.entries:
            counts[entry.licence.id] = counts.get(entry.licence.id, 0) + 1
        rows = (
            LicenceTerms(
                id=terms.id,
                label=terms.ko if self.language == "ko" else terms.en,
                url=terms.url,
                attribution=terms.attribution,
                commercial=terms.commercial,
                changes=terms.changes,
                share_alike=terms.share_alike,
                count=counts[terms.id],
            )
            for terms in TERMS.values()
            if terms.id in counts
        )
        return LicencePage(url="/license/", terms=tuple(rows), crumbs=self.crumbs(Crumb(label=self.labels["license"])))

    def search(self) -> SearchPage:
        """Return the search page."""
        return SearchPage(
            url="/search/",
            categories=self.tallies(ListKind.CATEGORY),
            agencies=self.tallies(ListKind.AGENCY),
            years=self.tallies(ListKind.YEAR),
            crumbs=self.crumbs(Crumb(label=self.labels["search"])),
        )

    def not_found(self) -> NotFoundPage:
        """Return the page for addresses that lead nowhere."""
        return NotFoundPage(url=NOT_FOUND_URL, latest=tuple(map(self.card, self.site.entries[:LATEST_ON_404])))

    def redirect(self, url: str, entry: Entry) -> RedirectPage:
        """Return the page at an old address that leads to an entry."""
        return RedirectPage(url=url, target=entry.url, title=entry.article.title)

    def feed(self) -> FeedPage:
        """Return the feed of the newest articles."""
        newest = self.site.entries[:FEED_ENTRIES]
        moments = [moment for entry in newest for moment in (entry.article.updated, entry.article.published) if moment]
        return FeedPage(
            url=FEED_URL,
            updated=max(moments, default=datetime(1970, 1, 1, tzinfo=self.config.timezone)),
            entries=tuple(self.article(entry, None, None) for entry in newest),
        )

    def sitemap(self) -> SitemapPage:
        """Return the addresses that may be indexed: never an article that points search engines at its source."""
        rows = [SitemapEntry(url="/", changed="")]
        rows += [SitemapEntry(url=listing.url, changed="") for listing in self.site.listings]
        rows += [SitemapEntry(url=entry.url, changed="") for entry in self.site.static_pages]
        for entry in self.site.entries:
            if entry.indexing is Indexing.SELF:
                moment = entry.article.updated or entry.article.published
                rows.append(SitemapEntry(url=entry.url, changed=f"{moment:%Y-%m-%d}" if moment else ""))
        return SitemapPage(url=SITEMAP_URL, entries=tuple(rows))


def card_of(entry: Entry) -> Card:
    """Return what lists show of an entry."""
    article = entry.article
    return Card(
        url=entry.url,
        title=article.title,
        summary=entry.summary,
        published=article.published,
        agency=", ".join(article.agencies),
        category=article.categories[0] if article.categories else "",
    )


def days_of(cards: Iterable[Card]) -> tuple[Day, ...]:
    """Return cards (in order) grouped by the day of their date."""
    return tuple(Day(date=day, cards=tuple(group)) for day, group in groupby(cards, key=day_of))


def day_of(card: Card) -> datetime | None:
    """Return the day of a card's date."""
    moment = card.published
    return moment.replace(hour=0, minute=0, second=0, microsecond=0) if moment else None


def pager_of(url: str, number: int, total: int) -> Pager:
    """Return the pager of page `number` of `total`: first, last and the pages near, gaps between."""
    near = sorted({1, total, *range(max(1, number - 2), min(total, number + 2) + 1)})
    links: list[PagerLink] = []
    for position, step in enumerate(near):
        if position and step - near[position - 1] > 1:
            links.append(PagerLink(number=0, url=""))
        links.append(PagerLink(number=step, url=page_url(url, step), current=step == number))
    return Pager(
        number=number,
        total=total,
        previous=page_url(url, number - 1) if number > 1 else "",
        next=page_url(url, number + 1) if number < total else "",
        links=tuple(links),
    )
