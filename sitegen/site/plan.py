"""Site → the plan of its pages: every page's address, kind and inputs, in a fixed order, and the key they make.

What a page is made of is decided here, its value in pages.py: only for a page that must be rendered.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import islice
from typing import Any, Final, NamedTuple, TypeVar, overload

from sitegen.config import Config
from sitegen.model import Entry, Indexing, ListKind
from sitegen.runtime.fingerprint import NAME_BYTES, name_of
from sitegen.site.assemble import DAWN, Assembly
from sitegen.site.face import Face, Listing, Site, Whole
from sitegen.site.pages import PageMaker, Sheet, Tallies, named
from sitegen.site.urls import (
    CHANGE_FEED_URL,
    CHANGES_URL,
    FEED_URL,
    LICENCE_URL,
    NOT_FOUND_URL,
    SITEMAP_URL,
    index_url,
    list_url,
)
from sitegen.views import (
    ArticlePage,
    Change,
    ChangeFeedPage,
    ChangesPage,
    FeedPage,
    HomePage,
    IndexPage,
    LicencePage,
    ListingPage,
    NotFoundPage,
    Page,
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
ALIKE: Final = 8  # a daily bulletin may have thousands of its like
FEED_ENTRIES: Final = 20
LATEST_ON_404: Final = 5
TALLIES_AT_HOME: Final = 12
CHOICES: Final = (ListKind.CATEGORY, ListKind.AGENCY, ListKind.YEAR)  # of the search page


class Step(NamedTuple):
    """A page to be made: its address, its kind and the inputs of the method that makes it.

    It depends on these, on the settings and on its template alone.
    """

    url: str
    kind: type[Page]
    inputs: tuple[Any, ...]


class Plan(Sequence[Page]):
    """Every page of the site, articles first: each is made when it is asked for, by whoever renders it.

    `entry_of` finds the entry of a face. Plans cross process borders.
    """

    def __init__(self, assembly: Assembly, config: Config, entry_of: Callable[[Face], Entry]) -> None:
        self.maker = PageMaker(config, entry_of)
        self.steps = tuple(Planner(assembly, config).steps())
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
        return MAKERS[step.kind](self.maker, *step.inputs)

    def sources_of(self, position: int) -> list[str]:
        """Return the content files that a page is made of, for who has no memory of them."""
        inputs = self.steps[position].inputs
        wholes = (one for part in inputs for one in (part if type(part) is tuple else (part,)) if type(one) is Whole)
        return [whole.face.shown for whole in wholes]

    def key(self, position: int, looks: Mapping[type, bytes]) -> bytes:
        """Return the name of all that a page depends on: equal keys, equal bytes. `looks` name the templates."""
        step = self.steps[position]
        if step.kind is ArticlePage:
            return key_of_article(looks[step.kind] + self.settings, step.url, *step.inputs)
        return name_of(looks[step.kind], self.settings, step.url, *step.inputs)


def key_of_article(  # noqa: PLR0913, PLR0917  all that varies: see PageMaker.article
    common: bytes,
    url: str,
    whole: Whole,
    newer: Face | None,
    older: Face | None,
    related: tuple[Face, ...],
    title: str,
    alike: tuple[Face, ...],
    merged: tuple[tuple[str, str], ...] = (),
) -> bytes:
    """Return the key of an article's page: every page is asked for its own, and `name_of` takes three times as long.

    How many names there are stands before them, for all are of one size; no address has a NUL in it.
    """
    beside = [face.seen for face in (newer, older, *related, *alike) if face is not None]
    if merged:
        beside.append(name_of(merged))
    counts = bytes((newer is None, older is None, len(related), len(alike), bool(merged), bool(whole.face.waived)))
    texts = f"{url}\0{title}".encode("utf-8", "surrogatepass")
    return blake2b(b"".join((counts, common, whole.named_by(), *beside, texts)), digest_size=NAME_BYTES).digest()


class Planner:
    """Says of what every page of one site is made; knows the lists by kind and each article's place in them."""

    def __init__(self, assembly: Assembly, config: Config) -> None:
        self.assembly = assembly
        self.site = assembly.site
        self.config = config
        self.by_kind: dict[ListKind, list[Listing]] = {kind: [] for kind in ListKind}
        for listing in self.site.listings:
            self.by_kind[listing.kind].append(listing)
        self.merged = {url: listing.url for listing in self.site.listings for url in listing.merged}
        self.counted = {kind: self.tallied(kind) for kind in ListKind}

    def steps(self) -> Iterator[Step]:
        """Yield how every page is made, articles first."""
        site, config = self.site, self.config
        yield from self.article_steps()
        times = ListKind.YEAR if ListKind.YEAR in config.archives else ListKind.MONTH
        ways = (ListKind.CATEGORY, ListKind.AGENCY, times)
        at_home = (named(self.counted[kind][:TALLIES_AT_HOME]) for kind in ways)
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
        if LICENCE_URL not in {face.url for face in site.static_pages}:
            counts = Counter(face.licence_id for face in site.faces)
            yield Step(LICENCE_URL, LicencePage, (tuple(sorted(counts.items())),))
        if config.search:
            yield Step("/search/", SearchPage, tuple(self.counted[kind] for kind in CHOICES))
        yield Step(NOT_FOUND_URL, NotFoundPage, (site.faces[:LATEST_ON_404],))
        for alias, face in self.assembly.aliases:
            yield Step(alias, RedirectPage, (alias, face, is_indexed(face, site)))
        yield Step(FEED_URL, FeedPage, (tuple(map(Whole, site.faces[:FEED_ENTRIES])),))
        newest = tuple(islice((change for change in changes if change.when), FEED_ENTRIES))
        yield Step(CHANGE_FEED_URL, ChangeFeedPage, (newest,))
        yield Step(SITEMAP_URL, SitemapPage, (tuple(sitemap_rows(site)),))

    def article_steps(self) -> Iterator[Step]:
        """Yield how the pages of articles are made: each between its neighbours, beside those near and alike."""
        faces = self.site.faces
        neighbours = [self.places(kind) for kind in (ListKind.AGENCY, ListKind.CATEGORY)]
        alike = {face.url: (members, place) for members in self.site.alike for place, face in enumerate(members)}
        for position, face in enumerate(faces):
            newer = faces[position - 1] if position else None
            older = faces[position + 1] if position + 1 < len(faces) else None
            related, title = related_to(face, neighbours)
            others = nearest(*alike[face.url], ALIKE) if face.url in alike else ()
            merged = (self.merged_of(face),) if self.merged else ()
            yield Step(face.url, ArticlePage, (Whole(face), newer, older, related, title, others, *merged))

    def merged_of(self, face: Face) -> tuple[tuple[str, str], ...]:
        """Return the addresses that an article's keys do not have, each with that of the list they are in."""
        urls = [list_url(kind, key) for kind in self.config.archives for key in face.keys(ListKind(kind))]
        return tuple((url, self.merged[url]) for url in urls if url in self.merged)

    def places(self, kind: ListKind) -> dict[str, tuple[Listing, int]]:
        """Return for each article (by its address) the first list of `kind` it stands in, and where."""
        found: dict[str, tuple[Listing, int]] = {}
        for listing in self.by_kind[kind]:
            for position, face in enumerate(listing.faces):
                found.setdefault(face.card.url, (listing, position))
        return found

    def months_of(self, listing: Listing) -> Tallies:
        """Return the months of a year's list."""
        if listing.kind is not ListKind.YEAR:
            return named(())
        return named(tally for tally in self.counted[ListKind.MONTH] if tally.label.startswith(listing.key))

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


# What makes each kind of page.
MAKERS: Final[Mapping[type, Callable[..., Page]]] = {
    ArticlePage: PageMaker.article,
    HomePage: PageMaker.home,
    ListingPage: PageMaker.listing,
    IndexPage: PageMaker.index,
    StaticPage: PageMaker.static_page,
    TombstonePage: PageMaker.tombstone,
    ChangesPage: PageMaker.changes_page,
    LicencePage: PageMaker.licences,
    SearchPage: PageMaker.search,
    NotFoundPage: PageMaker.not_found,
    RedirectPage: PageMaker.redirect,
    FeedPage: PageMaker.feed,
    ChangeFeedPage: PageMaker.change_feed,
    SitemapPage: PageMaker.sitemap,
}


def related_to(face: Face, neighbours: list[dict[str, tuple[Listing, int]]]) -> tuple[tuple[Face, ...], str]:
    """Return the articles nearest in time of the same agency, else of the same category, and the list's name."""
    url = face.card.url
    for places in neighbours:
        listing, position = places.get(url, (None, 0))
        if listing is None or len(listing.faces) == 1:
            continue
        return nearest(listing.faces, position, RELATED), listing.key
    return (), ""


def nearest(faces: Sequence[Face], position: int, most: int) -> tuple[Face, ...]:
    """Return at most so many of these articles, those about `position` without the one that stands there."""
    start = max(0, min(position - most // 2, len(faces) - most - 1))
    return (*faces[start:position], *faces[position + 1 : start + most + 1])[:most]


def changes_in(site: Site) -> tuple[Change, ...]:
    """Return what happened to the site's articles, newest first; changes without a date come last."""
    found = [change for face in (*site.tombstones, *site.faces) for change in face.changes]
    return tuple(sorted(found, key=lambda change: (change.when or DAWN, change.id), reverse=True))


def is_indexed(face: Face, site: Site) -> bool:
    """Return whether search engines may show the page of an article, notice or static page."""
    return face.notice is None and (face.indexing is Indexing.SELF or face in site.static_pages)


def sitemap_rows(site: Site) -> Iterator[SitemapEntry]:
    """Yield the addresses that may be indexed: never an article that points search engines at its source."""
    yield SitemapEntry(url="/", changed="")
    yield from (SitemapEntry(url=listing.url, changed="") for listing in site.listings)
    yield from (SitemapEntry(url=face.url, changed="") for face in site.static_pages)
    for face in site.faces:
        if face.indexing is Indexing.SELF:
            moment = face.updated or face.published
            yield SitemapEntry(url=face.url, changed=f"{moment:%Y-%m-%d}" if moment else "")
