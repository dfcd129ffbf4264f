"""Entry → Face: what the rest of the site sees of an article. Small, so that ten thousand are at hand at once.

A site is assembled and planned from faces. An entry itself is asked for by its face's key, when its page is rendered.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, tzinfo
from operator import attrgetter
from typing import Final, NamedTuple

from sitegen.model import SPELT, Entry, Indexing, ListKind, Notice, Place
from sitegen.problems import Where
from sitegen.runtime.fingerprint import name_of
from sitegen.site.changes import changes_of
from sitegen.values import value
from sitegen.views import Card, Change

# The fields whose places assembling may have to name, by how they may be written.
NAMED: Final = ("source", "title", "permalink", "slug", "aliases", "notice.replaced_by")
NAMED_FIELDS: Final = {spelt: name for name in NAMED for spelt in (name, *SPELT.get(name, ()))}


class Face(NamedTuple):
    """What lists, neighbours, feeds and the checks of a whole site know of an article or static page. Plain and quick.

    `key` names the entry: two faces with one key have equal entries. `seen` names the card.
    """

    key: bytes
    seen: bytes
    card: Card
    path: str  # relative to the content folder
    shown: str  # the path as messages print it
    lang: str
    indexing: Indexing
    places: tuple[Place, ...] = ()
    order: int = 0
    updated: datetime | None = None
    permalink: str = ""
    aliases: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    source_name: str = ""
    source_url: str = ""
    source_id: str = ""
    licence_id: str = ""
    notice: Notice | None = None
    changes: tuple[Change, ...] = ()  # what happened to it after publication
    fingerprint: bytes = b""
    waived: tuple[str, ...] = ()  # findings of the whole site in spite of which it is published, waived or made lighter

    @property
    def url(self) -> str:
        """Return the address."""
        return self.card.url

    @property
    def title(self) -> str:
        """Return the title."""
        return self.card.title

    @property
    def published(self) -> datetime | None:
        """Return the date of the original."""
        return self.card.published

    def named_by(self) -> bytes:
        """Return what a page that shows the face depends on: its card."""
        return self.seen

    def where_is(self, field: str) -> Where:
        """Return the place of a field of the front matter, else the file's first line."""
        line, column = next(((line, column) for name, line, column in self.places if name == field), (1, 1))
        return Where(path=self.shown, line=line, column=column)

    def keys(self, kind: ListKind) -> tuple[str, ...]:
        """Return the keys of the lists of `kind` it stands in."""
        return KEYS[kind](self)


def year_of(face: Face) -> tuple[str, ...]:
    """Return the year of an article."""
    published = face.card.published
    return (str(published.year),) if published else ()


def month_of(face: Face) -> tuple[str, ...]:
    """Return the month of an article."""
    published = face.card.published
    return (f"{published.year}-{published.month:02}",) if published else ()


KEYS: Final[Mapping[ListKind, Callable[[Face], tuple[str, ...]]]] = {
    ListKind.CATEGORY: attrgetter("categories"),
    ListKind.AGENCY: attrgetter("agencies"),
    ListKind.TAG: attrgetter("tags"),
    ListKind.YEAR: year_of,
    ListKind.MONTH: month_of,
}


class Whole(NamedTuple):
    """An article with all that its own page shows."""

    face: Face

    def named_by(self) -> bytes:
        """Return what a page that shows the article depends on."""
        face = self.face
        return face.key + face.seen + (name_of(face.waived) if face.waived else b"")


@value
class Listing:
    """All articles under one key, newest first. `key` is the words as shown (`국방`, `2024-08`).

    `merged`: the addresses that other spellings of it would have, for `AI` and `ai` are one list.
    """

    kind: ListKind
    key: str
    url: str
    faces: tuple[Face, ...]
    merged: tuple[str, ...] = ()


@value
class Site:
    """Everything that is to be published, in order. `faces` are newest first; tombstones are not among them."""

    faces: tuple[Face, ...]
    listings: tuple[Listing, ...]
    tombstones: tuple[Face, ...]
    static_pages: tuple[Face, ...]
    alike: tuple[tuple[Face, ...], ...] = ()  # groups of articles that say nearly the same


def face_of(entry: Entry, key: bytes, zone: tzinfo) -> Face:
    """Return what the site sees of an entry with this key; `zone` is that of dates."""
    article = entry.article
    card = card_of(entry)
    return Face(
        key=key,
        seen=name_of(card),
        card=card,
        path=article.path,
        shown=article.where.path,
        lang=article.lang,
        places=tuple(
            [(NAMED_FIELDS[name], line, column) for name, line, column in article.places if name in NAMED_FIELDS]
        ),
        order=article.order,
        updated=article.updated,
        permalink=article.permalink,
        aliases=article.aliases,
        agencies=article.agencies,
        categories=article.categories,
        tags=article.tags,
        source_name=article.source.name,
        source_url=article.source.url,
        source_id=article.source.id,
        licence_id=entry.licence.id,
        indexing=entry.indexing,
        notice=article.notice,
        changes=tuple(changes_of(entry, zone)),
        fingerprint=entry.fingerprint,
    )


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
        lang=article.lang,
    )
