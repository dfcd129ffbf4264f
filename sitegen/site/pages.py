"""Site → pages: every page value the theme renders, in a fixed order. A page holds everything its template may use."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby, islice
from typing import Any, Final, NamedTuple, TypeVar, overload

from sitegen.config import Config
from sitegen.licence.registry import TERMS
from sitegen.licence.wording import with_waived
from sitegen.model import Entry, Indexing, ListKind
from sitegen.runtime.fingerprint import name_of
from sitegen.site.assemble import DAWN, Assembly
from sitegen.site.entry import language_of
from sitegen.site.face import Face, Listing, Site, Whole
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
    Change,
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
SHOWN_AT_HOME: Final = (ListKind.CATEGORY, ListKind.AGENCY, ListKind.YEAR)


class Step(NamedTuple):
    """A page to be made: its address, its kind and the inputs of the method that makes it.

    It depends on these, on the settings and on its template alone.
    """

    url: str
    kind: type[Page]
    inputs: tuple[Any, ...]


class Tallies(NamedTuple):
    """Tallies that many pages show, with the name they have in those pages' keys."""

    members: tuple[Tally, ...]
    name: bytes

    def named_by(self) -> bytes:
        """Return the name."""
        return self.name


def named(tallies: Iterable[Tally]) -> Tallies:
    """Return tallies with their name."""
    members = tuple(tallies)
    return Tallies(members, name_of(members))


class Sheet(NamedTuple):
    """Page `number` of the `total` pages of a list; `first` is the list's address."""

    first: str
    number: int
    total: int

    @property
    def url(self) -> str:
        """Return the page's own address."""
        return page_url(self.first, self.number)


class Plan(Sequence[Page]):
    """Every page of the site, articles first: each is made when it is asked for, by whoever renders it.

    `entry_of` finds the entry of a face. Plans cross process borders.
    """

    def __init__(self, assembly: Assembly, config: Config, entry_of: Callable[[Face], Entry]) -> None:
        self.planner = Planner(assembly.site, config, entry_of)
        self.steps = tuple(self.planner.steps(assembly))
        self.settings = name_of(config.language, config.timezone, config.archives, config.page_size, config.search)

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
        step = self.steps[position]
        return MAKERS[step.kind](self.planner, *step.inputs)

    def key(self, position: int, looks: Mapping[type, bytes]) -> bytes:
        """Return the name of all that a page depends on: equal keys, equal bytes. `looks` name the templates."""
        step = self.steps[position]
        return name_of(looks[step.kind], self.settings, step.url, *step.inputs)


class Planner:
    """Plans the pages of one site; knows the lists by kind and each article's place in them.

    A method that makes a page takes all that varies as its arguments, for they are what the page's key is made of.
    """

    def __init__(self, site: Site, config: Config, entry_of: Callable[[Face], Entry]) -> None:
        self.config = config
        self.entry_of = entry_of
        self.language = "ko" if config.language == "ko" else "en"
        self.labels = LABELS[self.language]
        self.by_kind: dict[ListKind, list[Listing]] = {kind: [] for kind in ListKind}
        for listing in site.listings:
            self.by_kind[listing.kind].append(listing)
        self.counted = {kind: self.tallied(kind) for kind in ListKind}

    def steps(self, assembly: Assembly) -> Iterator[Step]:
        """Yield how every page is made, articles first."""
        site, config = assembly.site, self.config
        yield from self.article_steps(site)
        at_home = (named(self.counted[kind][:TALLIES_AT_HOME]) for kind in SHOWN_AT_HOME)
        common = (len(site.faces), *at_home)
        for sheet, faces in self.paged("/", site.faces):
            yield Step(sheet.url, HomePage, (sheet, faces, *common))
        for listing in site.listings:
            about = (listing.kind, listing.key, len(listing.faces), self.months_of(listing))
            for sheet, faces in self.paged(listing.url, listing.faces):
                yield Step(sheet.url, ListingPage, (sheet, faces, *about))
        for kind in config.archives:
            if kind is not ListKind.MONTH or ListKind.YEAR not in config.archives:
                yield Step(index_url(kind), IndexPage, (kind, self.counted[kind]))
        yield from (Step(face.url, StaticPage, (Whole(face),)) for face in site.static_pages)
        yield from (Step(face.url, TombstonePage, (Whole(face),)) for face in site.tombstones)
        changes = changes_in(site)
        for sheet, some in self.paged(CHANGES_URL, changes):
            yield Step(sheet.url, ChangesPage, (sheet, some))
        if "/license/" not in {face.url for face in site.static_pages}:
            counts = Counter(face.licence_id for face in site.faces)
            yield Step("/license/", LicencePage, (tuple(sorted(counts.items())),))
        if config.search:
            yield Step("/search/", SearchPage, tuple(self.counted[kind] for kind in SHOWN_AT_HOME))
        yield Step(NOT_FOUND_URL, NotFoundPage, (site.faces[:LATEST_ON_404],))
        for alias, face in assembly.aliases:
            yield Step(alias, RedirectPage, (alias, face))
        yield Step(FEED_URL, FeedPage, (tuple(map(Whole, site.faces[:FEED_ENTRIES])),))
        newest = tuple(islice((change for change in changes if change.when), FEED_ENTRIES))
        yield Step(CHANGE_FEED_URL, ChangeFeedPage, (newest,))
        yield Step(SITEMAP_URL, SitemapPage, (tuple(sitemap_rows(site)),))

    def article_steps(self, site: Site) -> Iterator[Step]:
        """Yield how the pages of articles are made: each between its neighbours, beside those near and alike."""
        faces = site.faces
        neighbours = [self.places(kind) for kind in (ListKind.AGENCY, ListKind.CATEGORY)]
        alike = {face.url: members for members in site.alike for face in members}
        for position, face in enumerate(faces):
            newer = faces[position - 1] if position else None
            older = faces[position + 1] if position + 1 < len(faces) else None
            related, title = related_to(face, neighbours)
            others = tuple(other for other in alike.get(face.url, ()) if other is not face)
            yield Step(face.url, ArticlePage, (Whole(face), newer, older, related, title, others))

    def places(self, kind: ListKind) -> dict[str, tuple[Listing, int]]:
        """Return for each article (by its address) the first list of `kind` it stands in, and where."""
        found: dict[str, tuple[Listing, int]] = {}
        for listing in self.by_kind[kind]:
            for position, face in enumerate(listing.faces):
                found.setdefault(face.card.url, (listing, position))
        return found

    def crumbs(self, *steps: Crumb) -> tuple[Crumb, ...]:
        """Return a breadcrumb that begins at the home page."""
        return (Crumb(label=self.labels["home"], url="/"), *steps)

    def key_link(self, kind: ListKind, key: str) -> Crumb:
        """Return a key as a link to its list, or without one where the site has no such lists."""
        return Crumb(label=key, url=list_url(kind, key) if kind in self.config.archives else "")

    def article(
        self,
        whole: Whole,
        newer: Face | None,
        older: Face | None,
        related: tuple[Face, ...],
        title: str,
        alike: tuple[Face, ...],
    ) -> ArticlePage:
        """Return the page of one article."""
        entry = self.entry_of(whole.face)
        article, attribution = entry.article, entry.attribution
        if whole.face.waived:
            attribution = with_waived(attribution, whole.face.waived, language_of(article))
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
            attribution=attribution,
            crumbs=self.crumbs(*links[ListKind.CATEGORY][:1], Crumb(label=article.title)),
            agencies=links[ListKind.AGENCY],
            categories=links[ListKind.CATEGORY],
            tags=links[ListKind.TAG],
            reading_minutes=entry.reading_minutes,
            description=entry.summary,
            newer=newer.card if newer else None,
            older=older.card if older else None,
            related=cards_of(related),
            related_title=title,
            alike=cards_of(alike),
        )

    def home(
        self,
        sheet: Sheet,
        faces: tuple[Face, ...],
        count: int,
        categories: Tallies,
        agencies: Tallies,
        years: Tallies,
    ) -> HomePage:
        """Return the home page, or a continuation of it."""
        cards = cards_of(faces)
        has_lead = sheet.number == 1 and cards
        return HomePage(
            url=sheet.url,
            lead=cards[0] if has_lead else None,
            days=days_of(cards[1:] if has_lead else cards),
            pager=pager_of(sheet),
            count=count,
            categories=categories.members,
            agencies=agencies.members,
            years=years.members,
        )

    def listing(
        self,
        sheet: Sheet,
        faces: tuple[Face, ...],
        kind: ListKind,
        key: str,
        count: int,
        months: Tallies,
    ) -> ListingPage:
        """Return a page of one list."""
        return ListingPage(
            url=sheet.url,
            kind=kind,
            key=key,
            count=count,
            days=days_of(cards_of(faces)),
            pager=pager_of(sheet),
            crumbs=self.crumbs(Crumb(label=self.labels[kind], url=index_url(kind)), *self.list_crumbs(kind, key)),
            months=months.members,
        )

    def months_of(self, listing: Listing) -> Tallies:
        """Return the months of a year's list."""
        if listing.kind is not ListKind.YEAR:
            return named(())
        return named(tally for tally in self.counted[ListKind.MONTH] if tally.label.startswith(listing.key))

    def list_crumbs(self, kind: ListKind, key: str) -> Iterator[Crumb]:
        """Yield the last steps of a list's breadcrumb; a month stands below its year."""
        if kind is ListKind.MONTH:
            year, _, month = key.partition("-")
            if ListKind.YEAR in self.config.archives:
                yield Crumb(label=f"{year}년" if self.language == "ko" else year, url=list_url(ListKind.YEAR, year))
            yield Crumb(label=f"{int(month)}월" if self.language == "ko" else month)
        elif kind is ListKind.YEAR:
            yield Crumb(label=f"{key}년" if self.language == "ko" else key)
        else:
            yield Crumb(label=key)

    def index(self, kind: ListKind, tallies: tuple[Tally, ...]) -> IndexPage:
        """Return the index of one kind of list."""
        return IndexPage(
            url=index_url(kind),
            kind=kind,
            tallies=tallies,
            crumbs=self.crumbs(Crumb(label=self.labels[kind])),
        )

    def tallied(self, kind: ListKind) -> tuple[Tally, ...]:
        """Return the keys of one kind with their counts: years and months newest first, the others fullest first."""
        lists = self.by_kind[kind]
        if kind in (ListKind.YEAR, ListKind.MONTH):
            lists = sorted(lists, key=lambda listing: listing.key, reverse=True)
        else:
            lists = sorted(lists, key=lambda listing: (-len(listing.faces), listing.key))
        return tuple(Tally(label=listing.key, url=listing.url, count=len(listing.faces)) for listing in lists)

    def paged(self, url: str, members: Sequence[Member]) -> Iterator[tuple[Sheet, tuple[Member, ...]]]:
        """Yield the pages of the list at `url`, each with what it holds. An empty list has one page."""
        size = self.config.page_size
        total = max(1, math.ceil(len(members) / size))
        for number in range(1, total + 1):
            yield Sheet(url, number, total), tuple(members[(number - 1) * size : number * size])

    def static_page(self, whole: Whole) -> StaticPage:
        """Return a page from content/pages/."""
        entry = self.entry_of(whole.face)
        article = entry.article
        return StaticPage(
            url=entry.url,
            title=article.title,
            lang=article.lang,
            description=entry.summary,
            body=entry.body,
            crumbs=self.crumbs(Crumb(label=article.title)),
        )

    def tombstone(self, whole: Whole) -> TombstonePage:
        """Return the page that stands where an article was."""
        entry = self.entry_of(whole.face)
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

    def changes_page(self, sheet: Sheet, changes: tuple[Change, ...]) -> ChangesPage:
        """Return a page of what happened to articles after publication."""
        return ChangesPage(
            url=sheet.url,
            changes=changes,
            pager=pager_of(sheet),
            crumbs=self.crumbs(Crumb(label=self.labels["changes"])),
        )

    def change_feed(self, newest: tuple[Change, ...]) -> ChangeFeedPage:
        """Return the feed of the newest changes."""
        updated = newest[0].when if newest else None
        start = datetime(1970, 1, 1, tzinfo=self.config.timezone)
        return ChangeFeedPage(url=CHANGE_FEED_URL, updated=updated or start, changes=newest)

    def licences(self, counted: tuple[tuple[str, int], ...]) -> LicencePage:
        """Return the page that explains the licences in use: (id, number of articles)."""
        counts = dict(counted)
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

    def search(
        self, categories: tuple[Tally, ...], agencies: tuple[Tally, ...], years: tuple[Tally, ...]
    ) -> SearchPage:
        """Return the search page."""
        return SearchPage(
            url="/search/",
            categories=categories,
            agencies=agencies,
            years=years,
            crumbs=self.crumbs(Crumb(label=self.labels["search"])),
        )

    def not_found(self, latest: tuple[Face, ...]) -> NotFoundPage:
        """Return the page for addresses that lead nowhere."""
        return NotFoundPage(url=NOT_FOUND_URL, latest=cards_of(latest))

    def redirect(self, url: str, face: Face) -> RedirectPage:
        """Return the page at an old address that leads to an article."""
        return RedirectPage(url=url, target=face.url, title=face.title)

    def feed(self, newest: tuple[Whole, ...]) -> FeedPage:
        """Return the feed of the newest articles."""
        pages = tuple(self.article(whole, None, None, (), "", ()) for whole in newest)
        moments = [
            moment for page in pages for moment in (page.entry.article.updated, page.entry.article.published) if moment
        ]
        return FeedPage(
            url=FEED_URL,
            updated=max(moments, default=datetime(1970, 1, 1, tzinfo=self.config.timezone)),
            entries=pages,
        )

    def sitemap(self, rows: tuple[SitemapEntry, ...]) -> SitemapPage:
        """Return the addresses that may be indexed."""
        return SitemapPage(url=SITEMAP_URL, entries=rows)


# What makes each kind of page.
MAKERS: Final[Mapping[type, Callable[..., Page]]] = {
    ArticlePage: Planner.article,
    HomePage: Planner.home,
    ListingPage: Planner.listing,
    IndexPage: Planner.index,
    StaticPage: Planner.static_page,
    TombstonePage: Planner.tombstone,
    ChangesPage: Planner.changes_page,
    LicencePage: Planner.licences,
    SearchPage: Planner.search,
    NotFoundPage: Planner.not_found,
    RedirectPage: Planner.redirect,
    FeedPage: Planner.feed,
    ChangeFeedPage: Planner.change_feed,
    SitemapPage: Planner.sitemap,
}


def related_to(face: Face, neighbours: list[dict[str, tuple[Listing, int]]]) -> tuple[tuple[Face, ...], str]:
    """Return the articles nearest in time of the same agency, else of the same category, and the list's name."""
    url = face.card.url
    for places in neighbours:
        listing, position = places.get(url, (None, 0))
        if listing is None or len(listing.faces) == 1:
            continue
        start = max(0, min(position - 1, len(listing.faces) - RELATED - 1))
        window = listing.faces[start : start + RELATED + 1]
        return tuple([other for other in window if other.card.url != url][:RELATED]), listing.key
    return (), ""


def changes_in(site: Site) -> tuple[Change, ...]:
    """Return what happened to the site's articles, newest first; changes without a date come last."""
    found = [change for face in (*site.tombstones, *site.faces) for change in face.changes]
    return tuple(sorted(found, key=lambda change: (change.when or DAWN, change.id), reverse=True))


def sitemap_rows(site: Site) -> Iterator[SitemapEntry]:
    """Yield the addresses that may be indexed: never an article that points search engines at its source."""
    yield SitemapEntry(url="/", changed="")
    yield from (SitemapEntry(url=listing.url, changed="") for listing in site.listings)
    yield from (SitemapEntry(url=face.url, changed="") for face in site.static_pages)
    for face in site.faces:
        if face.indexing is Indexing.SELF:
            moment = face.updated or face.published
            yield SitemapEntry(url=face.url, changed=f"{moment:%Y-%m-%d}" if moment else "")


def cards_of(faces: Iterable[Face]) -> tuple[Card, ...]:
    """Return the cards of faces, in order."""
    return tuple(face.card for face in faces)


def days_of(cards: Iterable[Card]) -> tuple[Day, ...]:
    """Return cards (in order) grouped by the day of their date."""
    return tuple(Day(date=day, cards=tuple(group)) for day, group in groupby(cards, key=day_of))


def day_of(card: Card) -> datetime | None:
    """Return the day of a card's date."""
    moment = card.published
    return moment.replace(hour=0, minute=0, second=0, microsecond=0) if moment else None


def pager_of(sheet: Sheet) -> Pager:
    """Return how a list continues from one of its pages: first, last and the pages near, gaps between."""
    url, number, total = sheet
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
