"""SourceFile → Article: the dialects of Jekyll, Alembic, Hugo and Eleventy heads, read into one vocabulary."""

import re
import unicodedata
from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import Any, Final

from sitegen.languages import HANGUL, language_tag
from sitegen.model import (
    NO_SOURCE,
    Article,
    Attachment,
    BodyFormat,
    Contact,
    Correction,
    Edit,
    Evidence,
    Kind,
    Licence,
    Media,
    Notice,
    NoticeKind,
    Origin,
    Revision,
    Scope,
    Source,
    SourceFile,
)
from sitegen.problems import Where
from sitegen.read.discover import PLAIN_HTML
from sitegen.read.faults import fail, refuse_conflict
from sitegen.read.fields import Fields, at_commas, parse_moment, tidy
from sitegen.read.frontmatter import parse
from sitegen.read.nodes import FrontMatter, Scalar, Sequence
from sitegen.read.permalinks import filled_in, is_pattern
from sitegen.read.spoken import spoken
from sitegen.runtime.spans import STEP, timed
from sitegen.settings import HOME

Names = tuple[str, ...]
Read = Callable[[Fields, Names, tzinfo], Any]
FILE_DATE: Final = re.compile(r"(?P<date>\d{4}-\d{1,2}-\d{1,2})(?:[-_ ]+(?P<rest>.+))?")
# Keys other generators write that mean nothing here and lose nothing: the page's furniture, or said elsewhere.
DIALECT_KEYS: Final = ("layout", "feature_text", "comments", "toc", "published")
# Such keys, too, but for values that were meant for us.
MEANT_FOR_US: Final = (("type", re.compile("|".join(Kind))), ("url", re.compile(r"https?://.*")))
# What a head may say, for those who misspell it.
FIELDS: Final = (
    *("title", "subtitle", "description", "summary", "excerpt", "date", "order", "updated", "embargo_until", "kind"),
    *("agency", "categories", "tags", "lang", "source", "license", "attachments", "media", "contacts", "corrections"),
    *("changes", "slug", "permalink", "aliases", "draft", "notice", "import", "body_format", "image"),
)
FIELDS_WITHIN: Final = {
    "source": ("name", "site", "url", "id", "retrieved", "sha256", "text_sha256", "revision", "statement"),
    "license": ("id", "ai", "scope", "evidence"),
    "license.evidence": ("kind", "text", "url", "seen"),
    "media": ("src", "license", "credit"),
    "attachments": ("label", "url"),
    "contacts": ("org", "unit", "tel"),
    "corrections": ("text", "date"),
    "notice": ("kind", "date", "reason", "replaced_by"),
}
ADDRESS: Final = re.compile(rf"{HOME}(?:[/?#]|\Z)|/(?!/)")
FULL_ADDRESS: Final = re.compile(rf"{HOME}(?:[/?#]|\Z)", re.IGNORECASE)
DRAFTS: Final = "/_drafts/"  # Jekyll's folders
POSTS: Final = "/_posts/"
POST_PROFILE: Final = "post/"
NEXT_ADDRESS: Final = re.compile(r",\s*(?=/|https?://)")
NEXT_PLAIN: Final = re.compile(r",(?:\s+(?=[^\s,]*/)|(?=/|https?://))")  # in quotes a comma belongs to its address
MORE_THAN_WORDS: Final = re.compile(r"\]\(|\[\^|<(?:a|img)\b", re.IGNORECASE)  # a link, a note, a picture
INDEX: Final = ("index", "_index")  # files that stand for their folder
FIRST_HEADING: Final = re.compile(
    r"\A\s*(?:#[ \t]+(?P<md>[^\n]+)|(?P<lined>[^\s#>|<*+-][^\n]*)\n=+[ \t]*(?=\n|\Z)|<h1[^>]*>(?P<html>.*?)</h1>)",
    re.DOTALL,
)
MAX_MARKED_CHARS: Final = 400
HEADING_MARKS: Final = re.compile(r"(`+|(?<!\d)~~(?=\S))(.+?)\1(?!\d)")
# The address in a plain source: `정책브리핑 https://…`, `[정책브리핑](https://…)`.
PLAIN_ADDRESS: Final = re.compile(r"https?://[^\s<>()\[\]]+")


@timed(STEP, "parse")
def parse_article(source: SourceFile, zone: tzinfo) -> tuple[Article, tuple[str, ...]]:
    """Return the article of a content file, and the names of front-matter keys that are not used.

    `zone` is the zone of times that name none. Raises ContentError with all faults of the head (`path:line:col`).
    """
    refuse_conflict(source.data, source.shown)
    front = parse(source.data, source.shown)
    fields = Fields(front.head, source.shown, place=source.path)
    named_date, named_slug = from_file_name(source.path, zone)
    fields.node(*DIALECT_KEYS)
    for key, ours in MEANT_FOR_US:
        value = fields.values.get(key)
        if value is not None and not (isinstance(value, Scalar) and ours.fullmatch(value.raw)):
            fields.node(key)
    said = {FIELD_OF[key] for key in fields.values if key in FIELD_OF}  # most heads say a third of what they may
    given: dict[str, Any] = {field: read(fields, names, zone) for field, names, read in READERS if field in said}
    is_hidden = given.pop("is_published", None) is False
    given["stated_year"] = stated_year(fields, given.get("published"))
    if has_no_page(fields):
        is_hidden = True
        del given["permalink"]
    given["published"] = given.get("published") or named_date
    if given["published"] is None and FILE_DATE.fullmatch(named_slug):  # 2026-02-31
        fields.faults.append(fail("DATE003", source.shown, 1, field="the file name", value=named_slug))
    given["slug"] = given.get("slug") or named_slug
    given["order"] = given["order"] if "order" in given else trailing_number(named_slug)
    given["draft"] = given.get("draft") is True or is_hidden or DRAFTS in f"/{source.path}"
    if "permalink" in given:
        given["permalink"] = permalink_of(fields, given)
    default = BodyFormat.HTML if source.path.lower().endswith(PLAIN_HTML) else BodyFormat.MARKDOWN
    title, body = title_of(fields, front)
    article = Article(
        path=source.path,
        where=Where(path=source.shown, line=1, column=1),
        title=title,
        body=body,
        body_line=front.body_line,
        body_format=fields.choice("body_format", BodyFormat, default),
        places=front.places,
        **given,
    )
    fields.judge()
    return article, tuple(fields.unread())


def stated_year(fields: Fields, published: datetime | None) -> int:
    """Return the year with which the date of a head begins, 0 where it is that of the date in the site's zone."""
    node = fields.node("date")
    if published is None or not isinstance(node, Scalar):
        return 0
    year = int(node.raw.strip()[:4])
    return year if year != published.year else 0


def tag_of(fields: Fields) -> str:
    """Return the language tag the head states (BCP 47), or an empty string. What is none is a fault."""
    text = fields.text("lang", "language").replace("_", "-")
    node = fields.node("lang", "language")
    if text and node is not None and not language_tag(text):
        fields.refuse("lang", node, "ko, en, ja, zh-Hant처럼 적어 주세요", "write it like ko, en, ja, zh-Hant")
    return text


def from_file_name(path: str, zone: tzinfo) -> tuple[datetime | None, str]:
    """Return the date and slug a file name states; `index.md` takes its folder's name."""
    folder, _, name = path.rpartition("/")  # texts: one of pathlib's paths costs as much as the rest
    stem = name.rpartition(".")[0] or name
    if folder and stem in INDEX:
        stem = folder.rpartition("/")[2]
    found = FILE_DATE.fullmatch(stem)
    if not found:
        return None, stem
    try:
        return parse_moment(found["date"], zone), found["rest"] or stem
    except ValueError:
        return None, stem


def trailing_number(slug: str) -> int:
    """Return the number a slug ends in (the order of posts within a day), or 0."""
    found = re.search(r"(\d{1,12})$", slug)
    return int(found[1]) if found else 0


def slug_of(fields: Fields) -> str:
    """Return the slug the head states, or an empty string. One that no address can have is a fault."""
    slug, node = unicodedata.normalize("NFC", fields.text("slug")), fields.node("slug")
    says_nothing = all(unicodedata.category(char)[0] in "PZC" for char in slug)  # punctuation and spaces
    if slug and node is not None and says_nothing:
        fields.refuse("slug", node, "글자나 숫자가 있어야 합니다", "it needs letters or digits")
    return slug


def has_no_page(fields: Fields) -> bool:
    """Return whether a head says as Eleventy does that no page is made of its file: `permalink: false`."""
    node = fields.values.get("permalink")
    return isinstance(node, Scalar) and node.plain and node.raw.lower() == "false"


def permalink_of(fields: Fields, given: dict[str, Any]) -> str:
    """Return the permalink, filled in where it is a pattern. A place that cannot be filled is a fault."""
    pattern, node = given["permalink"], fields.node("permalink")
    if node is None or not is_pattern(pattern):
        return str(pattern)
    try:
        return filled_in(pattern, given["slug"], given["published"], given.get("categories", ()))
    except KeyError as error:
        name = f":{error.args[0]}"
        fields.refuse("permalink", node, f"{name} 자리를 채울 수 없습니다", f"nothing fills {name}")
        return ""


def title_of(fields: Fields, front: FrontMatter) -> tuple[str, str]:
    """Return the title and the body: a heading that a body opens with is the title where the head has none."""
    title = spoken(fields.text("title"))
    heading = FIRST_HEADING.match(front.body) if not title else None
    if not heading:
        return title, front.body
    line = heading["md"] or heading["lined"]
    written = spoken(words_of_heading(tidy(line))) if line else heading["html"]
    title = tidy(re.sub(r"<[^>]*>", "", written))
    if MORE_THAN_WORDS.search(heading[0]):
        return title, front.body
    return title, "\n" * heading[0].count("\n") + front.body[heading.end() :]  # its lines keep their numbers


def words_of_heading(line: str) -> str:
    """Return a heading of Markdown without its marks: `{#name}` and `##` at its end, of code and of struck words."""
    named = line.rfind("{")
    if line.endswith("}") and line[named + 1 : named + 2] in ("#", ":"):
        line = line[:named].rstrip()
    bare = line.rstrip("#")
    line = bare.rstrip() if bare.endswith(" ") else line
    return HEADING_MARKS.sub(r"\2", line) if len(line) <= MAX_MARKED_CHARS else line


def image_of(fields: Fields) -> str:
    """Return the address of the lead picture: a text, or a mapping with `src` or `path`."""
    nested = fields.fields("image")
    if nested is not None:
        nested.node("alt", "decorative", "lqip")
        return nested.text("src", "path")
    return fields.text("image")


def source_of(fields: Fields) -> Source:
    """Return the source: our mapping, or Hugo's `source` and `source_url`. An address alone is the original's."""
    node, nested = fields.node("source"), fields.fields("source")
    if isinstance(node, Sequence):
        ko, en = "{name: 출처 이름, url: 원문 주소}처럼 적어 주세요", "write it like {name: …, url: https://…}"
        fields.refuse("source", node, ko, en)
        return NO_SOURCE
    if nested is None:
        name, url = fields.text("source"), address_of(fields, "source_url")
        found = PLAIN_ADDRESS.search(name) if "://" in name else None
        if found is None or name[found.end() :].strip(")>] "):
            return Source(name=name, url=url)
        return Source(name=name[: found.start()].rstrip("(<[ ,|").removesuffix("]").lstrip("["), url=url or found[0])
    texts = {name: nested.text(name) for name in ("name", "id", "revision", "statement")}
    digests = {name: nested.sha256(name) for name in ("sha256", "text_sha256")}
    retrieved = nested.time_as_written("retrieved")
    return Source(
        **texts, **digests, retrieved=retrieved, site=address_of(nested, "site"), url=address_of(nested, "url")
    )


def address_of(fields: Fields, name: str) -> str:
    """Return an address. One that is not whole would lead below this site, or nowhere: a fault."""
    text = fields.text(name)
    node = fields.node(name)
    if text and node is not None and not FULL_ADDRESS.match(text):
        ko = "https://기관.kr/… 꼴로 처음부터 적어 주세요 (사용자 이름 없이)"
        fields.refuse(name, node, ko, "write it whole, like https://agency.example/…, without a user name")
    return text


def says_something(proof: str) -> bool:
    """Return whether the words or the address of a proof say anything: its kind alone, or a dash, shows nothing."""
    return any(map(str.isalnum, proof))


def licence_of(fields: Fields) -> Licence | None:
    """Return the licence the head states, or None when it states none."""
    node = fields.node("license", "licence")
    if node is None:
        return None
    if isinstance(node, Sequence):
        fields.refuse("license", node, "{id: KOGL-1}처럼 적어 주세요", "write it like {id: KOGL-1}")
        return None
    nested = fields.fields("license") or fields.fields("licence")
    if nested is None:
        return Licence(id=fields.text("license", "licence"))
    proof = nested.fields("evidence")
    evidence = None
    if proof is not None:
        said = {name: proof.text(name) for name in ("kind", "text", "url")}
        seen = proof.time_as_written("seen")
        evidence = Evidence(**said, seen=seen) if says_something(said["text"] + said["url"]) else None
    elif says_something(nested.text("evidence")):
        evidence = Evidence(kind="manual", text=nested.text("evidence"))
    return Licence(
        id=nested.text("id") or "UNKNOWN",
        ai=nested.flag("ai") is True,
        scope=nested.choice("scope", Scope, Scope.TEXT),
        evidence=evidence,
    )


def media_of(row: "Fields | str") -> Media:
    """Return a row of `media`."""
    if isinstance(row, str):
        return Media(src=row)
    return Media(src=row.text("src"), license=row.text("license"), credit=row.text("credit"))


def attachment_of(row: "Fields | str") -> Attachment:
    """Return a row of `attachments`; a plain text is a label, or an address."""
    if isinstance(row, str):
        return Attachment(label=row, url=row if ADDRESS.match(row) else "")
    row.node("in_capture")
    node, url = row.node("url"), row.text("url")
    label = row.text("label", "name") or url
    if not label:
        row.lack("label", "파일의 이름이나 주소를 적어 주세요", "name the file, or give its address")
    if node is not None and url and not ADDRESS.match(url):
        ko, en = "/로 시작하거나 https://로 시작하는 주소", "an address that begins with / or https://"
        row.refuse("url", node, ko, en)
    return Attachment(label=label, url=url)


def contact_of(row: "Fields | str") -> Contact:
    """Return a row of `contacts`; a plain text is the organisation."""
    if isinstance(row, str):
        return Contact(org=row)
    contact = Contact(org=row.text("org"), unit=row.text("unit"), tel=row.text("tel"))
    if contact == Contact():
        row.lack("org", "기관이나 부서, 전화번호를 적어 주세요", "write an organisation, a unit or a telephone number")
    return contact


def correction_of(row: "Fields | str", zone: tzinfo) -> Correction:
    """Return a row of `corrections`; a plain text has no date."""
    if isinstance(row, str):
        return Correction(text=row)
    text = row.text("text")
    if not text:
        row.lack("text", "무엇을 바로잡았는지 적어 주세요", "say what was corrected")
    return Correction(text=text, date=row.day(zone, "date"))


def corrections_of(fields: Fields, names: Names, zone: tzinfo) -> tuple[Correction, ...]:
    """Return the rows of `corrections`."""
    return tuple(correction_of(row, zone) for row in fields.rows(names[0]))


NO_ORIGIN: Final = Origin()


def origin_of(fields: Fields) -> Origin:
    """Return what the importer wrote of its work; the keys that only an importer needs are its own."""
    nested = fields.fields("import")
    if nested is None:
        fields.node("import")
        return NO_ORIGIN
    nested.node(*nested.values)
    profile, unplaced = nested.text("profile"), nested.rows("unplaced")
    is_post = profile.startswith(POST_PROFILE)  # whose text is kept whole: what has no place is of its head
    return Origin(
        profile=profile,
        capture=nested.text("capture"),
        item=nested.text("item"),
        place=nested.text("place"),
        unplaced=0 if is_post else len(unplaced),
        unread_keys=tuple(str(line).partition(":")[0] for line in unplaced) if is_post else (),
        revisions=tuple(revision_of(row) for row in nested.rows("revisions") if isinstance(row, Fields)),
    )


def revision_of(row: Fields) -> Revision:
    """Return a row of `import.revisions`."""
    edits = (edit for edit in row.rows("edits") if isinstance(edit, Fields))
    return Revision(
        revision=row.text("revision"),
        sha256=row.text("sha256"),
        seen=row.text("seen"),
        edits=tuple(Edit(*(edit.text(name) for name in Edit._fields)) for edit in edits),
        same_text=row.flag("same_text") is True,
    )


def notice_of(fields: Fields, _: Names, zone: tzinfo) -> Notice | None:
    """Return the notice that stands in the article's place, if any."""
    nested = fields.fields("notice")
    if nested is None:
        unread = fields.node("notice")
        if unread is not None:
            fields.refuse(
                "notice", unread, "notice: {kind: withdrawn}처럼 적어 주세요", "write it like notice: {kind: withdrawn}"
            )
        return None
    node = nested.node("replaced_by")
    replaced_by = nested.text("replaced_by")
    if node is not None and not ADDRESS.match(replaced_by):
        nested.refuse(
            "replaced_by", node, "/로 시작하거나 https://로 시작하는 주소", "an address that begins with / or https://"
        )
    return Notice(
        kind=nested.choice("kind", NoticeKind, NoticeKind.WITHDRAWN),
        date=nested.day(zone, "date"),
        reason=nested.text("reason"),
        replaced_by=replaced_by,
    )


def rows_read_by(read: Callable[[Fields | str], Any]) -> Read:
    """Return the reader of a list whose rows are read so."""
    return lambda fields, names, _: tuple(read(row) for row in fields.rows(names[0]))


def read_by(read: Callable[[Fields], Any]) -> Read:
    """Return a reader that knows its own keys."""
    return lambda fields, _, __: read(fields)


def texts(fields: Fields, names: Names, _: tzinfo) -> tuple[str, ...]:
    """Read a list of texts."""
    return fields.texts(*names)


def terms(fields: Fields, names: Names, _: tzinfo) -> tuple[str, ...]:
    """Read categories or tags, of a Jekyll post as Jekyll does."""
    if POSTS not in f"/{fields.place}":
        return fields.texts(*names)
    several, one = names
    return tuple(dict.fromkeys(fields.texts(several, cut=at_spaces) + fields.texts(one)))


def at_spaces(node: Scalar) -> list[str]:
    """Return the words of a text; what has commas was meant to be cut there."""
    return at_commas(node) if "," in node.raw else node.raw.split()


def agencies(fields: Fields, names: Names, _: tzinfo) -> tuple[str, ...]:
    """Read the agencies. A comma belongs to an English name: Ministry of Trade, Industry and Energy."""
    return fields.texts(*names, cut=lambda node: node.raw.split(",") if HANGUL.search(node.raw) else [node.raw])


def addresses(fields: Fields, names: Names, _: tzinfo) -> tuple[str, ...]:
    """Read a list of addresses, each of which may have commas."""
    return fields.texts(*names, cut=lambda node: (NEXT_PLAIN if node.plain else NEXT_ADDRESS).split(node.raw))


def text(fields: Fields, names: Names, _: tzinfo) -> str:
    """Read one line of text."""
    return fields.text(*names)


def words(fields: Fields, names: Names, _: tzinfo) -> str:
    """Read one line of words."""
    return spoken(fields.text(*names))


def moment(fields: Fields, names: Names, zone: tzinfo) -> datetime | None:
    """Read a time."""
    return fields.moment(zone, *names)


def flag(fields: Fields, names: Names, _: tzinfo) -> bool | None:
    """Read a truth."""
    return fields.flag(names[0])


# What a head says of an article: the field, the keys it may stand under, its reader. `is_published` counts for `draft`.
READERS: Final[tuple[tuple[str, Names, Read], ...]] = (
    ("is_published", ("published",), flag),
    ("permalink", ("permalink",), text),
    ("categories", ("categories", "category"), terms),
    ("published", ("date",), moment),
    ("slug", ("slug",), read_by(slug_of)),
    ("aliases", ("aliases", "redirect_from", "alias"), addresses),
    ("subtitle", ("subtitle",), words),
    ("summary", ("description", "summary", "excerpt"), words),
    ("order", ("order",), lambda fields, names, _: fields.whole(names[0])),
    ("updated", ("updated", "lastmod", "last_modified_at"), moment),
    ("embargo_until", ("embargo_until", "publishDate", "publishdate"), moment),
    ("lang", ("lang", "language"), read_by(tag_of)),
    ("kind", ("kind",), lambda fields, names, _: fields.choice(names[0], Kind, Kind.POLICY_NEWS)),
    ("agencies", ("agency",), agencies),
    ("tags", ("tags", "tag"), terms),
    ("image", ("image",), read_by(image_of)),
    ("source", ("source", "source_url"), read_by(source_of)),
    ("licence", ("license", "licence"), read_by(licence_of)),
    ("media", ("media",), rows_read_by(media_of)),
    ("attachments", ("attachments",), rows_read_by(attachment_of)),
    ("contacts", ("contacts",), rows_read_by(contact_of)),
    ("changes", ("changes",), texts),
    ("corrections", ("corrections",), corrections_of),
    ("origin", ("import",), read_by(origin_of)),
    ("notice", ("notice",), notice_of),
    ("draft", ("draft",), flag),
)
FIELD_OF: Final = {name: field for field, names, _ in READERS for name in names}
