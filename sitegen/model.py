"""The vocabulary of content: every value that passes between stages. An empty string or tuple means "not given".

Flow: SourceFile → Article → CleanBody → Entry → Site (site/face.py) → pages (views.py) → OutputFile → BuildResult.
"""

from datetime import datetime
from enum import StrEnum
from typing import Final, NamedTuple

from sitegen.problems import Problem, Where
from sitegen.values import value


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


NO_SOURCE = Source()


@value
class Evidence:
    """What shows that a licence holds: kind is page-mark, api-field, site-policy or manual."""

    kind: str = ""
    text: str = ""
    url: str = ""
    seen: str = ""


class Scope(StrEnum):
    """What of an article its licence covers."""

    TEXT = "text"
    ALL = "all"  # its pictures, too


@value
class Licence:
    """The licence of one article (never of a site). `id` is a key of terms.py."""

    id: str = "UNKNOWN"
    ai: bool = False  # carries the KOGL AI co-mark
    scope: Scope = Scope.TEXT
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


class Edit(NamedTuple):
    """One place where a newer revision of the original reads differently, with the words around it."""

    before: str
    old: str
    new: str
    after: str


@value
class Revision:
    """An earlier state of the original: what its source called it, the digest of its capture, and what it said."""

    revision: str
    sha256: str
    seen: str = ""  # when the next one was found, YYYY-MM-DD
    edits: tuple[Edit, ...] = ()
    same_text: bool = False  # what the next one changed is beside the text: nothing to tell readers


@value
class Origin:
    """How a content file came to be: the importer's profile, its capture's name, earlier revisions, oldest first."""

    profile: str = ""
    capture: str = ""
    item: str = ""  # its number among the items of its capture; empty for the first
    place: str = ""  # where it stood in its old site
    unplaced: int = 0  # lines of the capture's text that found no place
    unread_keys: tuple[str, ...] = ()  # of a post's head, which no content file has
    revisions: tuple[Revision, ...] = ()


@value
class Correction:
    """What was put right on this site after publication. `date` is YYYY-MM-DD or empty."""

    text: str
    date: str = ""


# Where a front-matter field stands in its file: dotted name, line and column from 1. Plain, for there are many.
Place = tuple[str, int, int]


# As other generators, and Britons, write the fields that findings name.
SPELT: Final = {
    "license": ("licence",),
    "source": ("source_url",),
    "source.url": ("source_url",),
    "updated": ("lastmod", "last_modified_at"),
    "aliases": ("redirect_from", "alias"),
}


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
    stated_year: int = 0  # of `published` in the zone that the head states, where it is another than in the site's
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
    corrections: tuple[Correction, ...] = ()
    origin: Origin = Origin()
    notice: Notice | None = None
    draft: bool = False
    body: str = ""
    body_line: int = 1  # the line of the file on which the body begins
    body_format: BodyFormat = BodyFormat.MARKDOWN

    @property
    def year(self) -> int | None:
        """Return the year of publication, where it was published; None without a date."""
        return self.stated_year or (self.published.year if self.published else None)

    def where_is(self, field: str) -> Where:
        """Return the place of `field` (dotted), however it is spelt, or of its parent, or the file's first line."""
        for name in (field, field.partition(".")[0], *SPELT.get(field, ())):
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
    credited: Source = NO_SOURCE  # what the body's own attribution table or line said
    visible: int = 0  # characters of the text that are not white space
    bold_share: float = 0.0  # of the visible characters
    bare_tables: int = 0  # data tables without header cells
    fingerprint: bytes = b""  # of the text, for texts that say nearly the same (site/similar.py); empty where not asked


class PictureCredit(NamedTuple):
    """Who made a picture and what it may be used for. `name` tells which, where there are several."""

    name: str
    credit: str
    licence_label: str
    licence_url: str


@value
class Attribution:
    """The attribution footer in words. The sentence reads `before` + `link` + `after`; `link` may be empty."""

    before: str
    link: str
    after: str
    source_name: str
    source_url: str  # the original, else the publisher's home
    has_original: bool  # source_url is the article itself
    institution: str  # who made the work; empty where nobody knows
    licence_label: str
    licence_url: str
    licence_scope: str  # said beside the licence, or empty
    is_unknown: bool
    statement: str
    link_only: str  # said when the text may not be shown
    doubts: tuple[str, ...]  # what is not known, said honestly
    disclaimer: str
    pictures: tuple[PictureCredit, ...] = ()
    language: str = "ko"  # of all these words: `ko` or `en`

    @property
    def sentence(self) -> str:
        """Return the credit sentence as plain text."""
        return self.before + self.link + self.after


class RuleUse(NamedTuple):
    """How many times a cleaning rule changed a body."""

    rule: str
    times: int


@value
class Provenance:
    """What became of a body on its way to the page: rule names with counts, and the digest of the text it has now."""

    text_sha256: str = ""
    rules: tuple[RuleUse, ...] = ()


@value
class GatedHtml:
    """Markup that has passed the gate: the one thing a theme may write unescaped."""

    html: str


@value
class Entry:
    """An article ready for the site: all that its page and the lists show, settled.

    What the rest of the site sees of it is its `Face` (site/face.py).

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
    provenance: Provenance = Provenance()
    fingerprint: bytes = b""  # of the text, for texts that say nearly the same; empty where there is none


@value
class OutputFile:
    """Bytes and where they go: a path relative to the output folder, with `/`."""

    path: str
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
    is_index_old: bool = False  # the search index is that of the last site
    due: float | None = None  # when the clock alone makes another site of the same files (seconds)
