"""Faces and counts → page values. A page holds everything its template may use; plan.py says which pages there are."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import Final, NamedTuple

from sitegen.config import Config
from sitegen.languages import our_language
from sitegen.licence.wording import with_waived
from sitegen.model import Entry, ListKind
from sitegen.runtime.fingerprint import name_of
from sitegen.site.face import Face, Whole
from sitegen.site.urls import (
    CHANGE_FEED_URL,
    FEED_URL,
    LICENCE_URL,
    NOT_FOUND_URL,
    SITEMAP_URL,
    index_url,
    list_url,
    page_url,
    record_url,
)
from sitegen.site.words import LABELS, SCROLLING
from sitegen.terms import TERMS
from sitegen.views import (
    ArticlePage,
    Card,
    Change,
    ChangeFeedPage,
    ChangesPage,
    Crumb,
    CrumbWords,
    Day,
    FeedPage,
    HomePage,
    IndexPage,
    LicencePage,
    LicenceTerms,
    ListingPage,
    NotFoundPage,
    Pager,
    PagerLink,
    RedirectPage,
    Scrolling,
    SearchPage,
    SitemapEntry,
    SitemapPage,
    StaticPage,
    Tally,
    TombstonePage,
)

CRUMBS: Final = {
    ListKind.CATEGORY: CrumbWords.CATEGORY,
    ListKind.AGENCY: CrumbWords.AGENCY,
    ListKind.TAG: CrumbWords.TAG,
    ListKind.YEAR: CrumbWords.YEAR,
    ListKind.MONTH: CrumbWords.MONTH,
}


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


class PageMaker:
    """Makes the pages of one site.

    A method that makes a page takes all that varies as its arguments, for they are what the page's key is made of.
    `entry_of` finds the entry of a face.
    """

    def __init__(self, config: Config, entry_of: Callable[[Face], Entry]) -> None:
        self.config = config
        self.entry_of = entry_of
        self.language = config.language
        self.labels = LABELS[self.language]

    def crumbs(self, *steps: Crumb) -> tuple[Crumb, ...]:
        """Return a breadcrumb that begins at the home page."""
        return (self.crumb(CrumbWords.HOME, "/"), *steps)

    def crumb(self, words: CrumbWords, url: str = "") -> Crumb:
        """Return a step of the breadcrumb that the theme has words for."""
        return Crumb(label=self.labels[words], url=url, words=words)

    def kind_crumb(self, kind: ListKind, url: str = "") -> Crumb:
        """Return the step to the index of one kind of list; months stand among years if these have lists."""
        has_years = kind is ListKind.MONTH and ListKind.YEAR in self.config.archives
        return self.crumb(CRUMBS[ListKind.YEAR if has_years else kind], url)

    def key_links(self, kind: ListKind, keys: tuple[str, ...], merged: dict[str, str]) -> tuple[Crumb, ...]:
        """Return keys as links to their lists; none where the site has no such lists.

        `merged`: addresses that no list has, with those of the lists that other spellings have made.
        """
        if kind not in self.config.archives:
            return ()
        urls = [list_url(kind, key) for key in keys]
        return tuple([Crumb(label=key, url=merged.get(url, url)) for key, url in zip(keys, urls, strict=True)])

    def article(  # noqa: PLR0913, PLR0917  all that varies: see above
        self,
        whole: Whole,
        newer: Face | None,
        older: Face | None,
        related: tuple[Face, ...],
        title: str,
        alike: tuple[Face, ...],
        merged: tuple[tuple[str, str], ...] = (),
    ) -> ArticlePage:
        """Return the page of one article."""
        entry = self.entry_of(whole.face)
        article, attribution = entry.article, entry.attribution
        language = our_language(article.lang)
        if whole.face.waived:
            attribution = with_waived(attribution, whole.face.waived, language)
        led = dict(merged)
        categories = self.key_links(ListKind.CATEGORY, article.categories, led)
        return ArticlePage(
            url=entry.url,
            entry=entry,
            attribution=attribution,
            crumbs=self.crumbs(*categories[:1], Crumb(label=article.title, lang=article.lang)),
            agencies=self.key_links(ListKind.AGENCY, article.agencies, led),
            categories=categories,
            tags=self.key_links(ListKind.TAG, article.tags, led),
            reading_minutes=entry.reading_minutes,
            description=entry.summary,
            newer=newer.card if newer else None,
            older=older.card if older else None,
            related=cards_of(related),
            related_title=title,
            record_url=record_url(entry.url),
            alike=cards_of(alike),
            scrolling=self.scrolling_in(language),
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
            crumbs=self.crumbs(self.kind_crumb(kind, index_url(kind)), *self.list_crumbs(kind, key)),
            months=months.members,
        )

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
            crumbs=self.crumbs(self.kind_crumb(kind)),
        )

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
            crumbs=self.crumbs(Crumb(label=article.title, lang=article.lang)),
            scrolling=self.scrolling_in(our_language(article.lang)),
        )

    def scrolling_in(self, language: str) -> Scrolling:
        """Return what is said of what scrolls in a text of another language than the interface's; else nothing."""
        return SCROLLING[language] if language != self.language else Scrolling()

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
            crumbs=self.crumbs(Crumb(label=article.title, lang=article.lang)),
        )

    def changes_page(self, sheet: Sheet, changes: tuple[Change, ...]) -> ChangesPage:
        """Return a page of what happened to articles after publication."""
        return ChangesPage(
            url=sheet.url,
            changes=changes,
            pager=pager_of(sheet),
            crumbs=self.crumbs(self.crumb(CrumbWords.CHANGES)),
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
        return LicencePage(url=LICENCE_URL, terms=tuple(rows), crumbs=self.crumbs(self.crumb(CrumbWords.LICENCE)))

    def search(
        self, categories: tuple[Tally, ...], agencies: tuple[Tally, ...], years: tuple[Tally, ...]
    ) -> SearchPage:
        """Return the search page."""
        return SearchPage(
            url="/search/",
            categories=categories,
            agencies=agencies,
            years=years,
            crumbs=self.crumbs(self.crumb(CrumbWords.SEARCH)),
        )

    def not_found(self, latest: tuple[Face, ...]) -> NotFoundPage:
        """Return the page for addresses that lead nowhere."""
        return NotFoundPage(url=NOT_FOUND_URL, latest=cards_of(latest))

    def redirect(self, url: str, face: Face, is_indexed: bool) -> RedirectPage:  # noqa: FBT001  inputs stand in a row
        """Return the page at an old address that leads to an article."""
        return RedirectPage(url=url, target=face.url, title=face.title, is_indexed=is_indexed)

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
