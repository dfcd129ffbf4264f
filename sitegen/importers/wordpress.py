"""WordPress: its export file (WXR), posts and pages. Menus, revisions and media are told, not imported."""

import html
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from sitegen.clean.address import clean_url
from sitegen.clean.body import clean_body
from sitegen.config import SEOUL
from sitegen.importers.blocks import with_own_pictures, without_anchors
from sitegen.importers.capture import Capture, refused
from sitegen.importers.contacts import contacts_in
from sitegen.importers.draft import Draft, Line, Part, numbered
from sitegen.importers.old_site import OldSite
from sitegen.importers.safe_xml import local, root_of
from sitegen.importers.words import licence_in, moment_of, one_line
from sitegen.licence.changes import forbidden_rules
from sitegen.model import BodyFormat, CleanBody
from sitegen.values import changed

NAME: Final = "wordpress"
PROFILE: Final = f"{NAME}/1"
CONTENT: Final = "{http://purl.org/rss/1.0/modules/content/}encoded"
MARK: Final = re.compile(r'xmlns:wp="http://wordpress\.org/export/1\.\d/"')
IMPORTED: Final = frozenset({"post", "page"})
# Elements of an item that a post keeps, or that say only how the old site kept it.
KNOWN: Final = frozenset(
    {
        "category", "comment_status", "creator", "description", "encoded", "guid", "is_sticky", "link", "menu_order",
        "ping_status", "post_date", "post_date_gmt", "post_id", "post_modified", "post_modified_gmt", "post_name",
        "post_parent", "post_password", "post_type", "pubDate", "status", "title",
    }
)  # fmt: skip
# The text of a post in the old editor has lines, no paragraphs; the new editor marks its blocks.
MARKED: Final = "<!-- wp:"
BLOCK_EDGE: Final = re.compile(
    r"\n*(</?(?:p|div|table|thead|tbody|tr|td|th|ul|ol|li|h[1-6]|blockquote|figure|figcaption|hr|dl|dt|dd)\b[^>]*>)\n*",
    re.IGNORECASE,
)
# What WordPress itself puts in the place of its marks: a picture with its words, an address that becomes what it shows.
CAPTION: Final = re.compile(
    r"\[(?:wp_)?caption\b(?P<said>[^\[\]]{0,2000})\](?P<inside>[^\[]{0,20000})\[/(?:wp_)?caption\]"
)
PICTURE: Final = re.compile(r"\s*((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?)")
CAPTION_SAID: Final = re.compile(r"""\bcaption=(?:"([^"]*)"|'([^']*)')""")  # as it was written before 2012
EMBED: Final = re.compile(
    r"\[embed\b[^\[\]]{0,200}\]\s*(https?://[^\s\[\]]{1,2000})\s*\[/embed\]"
    r"|\[youtube[\s=]\s*(https?://[^\s\[\]]{1,2000})[^\[\]]{0,200}\]"
    r"|<div class=[\"']wp-block-embed__wrapper[\"']>\s*(https?://[^\s<>]{1,2000})\s*</div>"
)
KEEPS_LINES: Final = re.compile(r"(<pre\b(?:(?!<pre\b).)*?</pre>)", re.IGNORECASE | re.DOTALL)


def confidence(capture: Capture) -> float:
    """Return how surely a capture is such a file."""
    return 0.98 if MARK.search(capture.text[:4000]) else 0.0


def read(capture: Capture) -> list[Draft]:
    """Return the posts and pages. Raises ContentError (BODY001) when there is none."""
    root = root_of(capture.text, capture.shown)
    items = list(root.iter("item"))
    site = old_site_in(root)
    drafts = [draft_of(item, site, capture) for item in items if is_imported(item)]
    if not drafts:
        raise refused("BODY001", capture.shown)
    others = [item for item in items if not is_imported(item)]
    lines = [
        Line(0, f"{text_in(item, 'post_type')}: {text_in(item, 'title')}", Part.DROPPED, "no-article")
        for item in others
    ]
    drafts[0] = replace(drafts[0], lines=numbered((*drafts[0].lines, *lines)))
    return drafts


def is_imported(item: ET.Element) -> bool:
    """Return whether an item is a post or page that its owner has not thrown away."""
    return text_in(item, "post_type") in IMPORTED and text_in(item, "status") != "trash"


def old_site_in(root: ET.Element) -> OldSite:
    """Return the site that an export file is of."""
    channel = root.find("channel")
    address = urlsplit(clean_url(text_in(channel, "link")) if channel is not None else "")
    return OldSite("", f"{address.scheme}://{address.netloc}" if address.netloc else "", address.path.rstrip("/"))


def draft_of(item: ET.Element, site: OldSite, capture: Capture) -> Draft:
    """Return the draft of one item."""
    written = linked_within(item.findtext(CONTENT) or "", site)
    body = clean_body(in_paragraphs(written), BodyFormat.HTML, with_own_pictures(written, capture.cleaning))
    title = one_line(text_in(item, "title"))
    summary = one_line(re.sub(r"<[^>]*>", " ", excerpt_in(item)))
    published = moment_in(item, "post_date")
    modified = moment_in(item, "post_modified")
    address = urlsplit(clean_url(text_in(item, "link")))
    path = address.path.removeprefix(site.base)
    return Draft(
        profile=PROFILE,
        title=title,
        summary=summary,
        published=published,
        updated=modified if published and modified and modified.date() > published.date() else None,
        categories=terms_in(item, "category"),
        tags=terms_in(item, "post_tag"),
        aliases=(path,) if path.strip("/") and not address.query else (),
        source=changed(body.credited, sha256=capture.sha256),
        licence=licence_in(written),
        contacts=contacts_in(body.text),
        body=without_anchors(body.html),
        body_format=BodyFormat.HTML,
        lines=accounted(item, (title, summary), body),
        changes=forbidden_rules(tuple(found.rule for found in body.removals)),
        draft=text_in(item, "status") not in ("publish", "inherit", "") or bool(text_in(item, "post_password")),
        place=f"{site.url}{site.base} {text_in(item, 'guid') or text_in(item, 'link')}" if site.url else "",
        order=int(text_in(item, "post_id")) if re.fullmatch(r"[0-9]{1,12}", text_in(item, "post_id")) else 0,
    )


def linked_within(text: str, site: OldSite) -> str:
    """Return the text of a post with links to other posts of its site written from the root; pictures stay there."""
    if not site.url:
        return text
    home = re.escape(site.url.partition(":")[2] + site.base)
    return re.sub(rf"""(<a\b[^<>]*?\bhref\s*=\s*["']?)(?:https?:)?{home}(?=/[^\s"'<>?]+["'\s>])""", r"\1", text)


def in_paragraphs(text: str) -> str:
    """Return the text of a post as HTML: in the old editor an empty line ends a paragraph, and a line a line."""
    text = CAPTION.sub(captioned, text)
    text = EMBED.sub(lambda found: embedded(found[1] or found[2] or found[3]), text)
    if MARKED in text:
        return text
    parts = KEEPS_LINES.split(text.replace("\r\n", "\n").strip("\n"))
    return "".join(
        part if KEEPS_LINES.fullmatch(part) else BLOCK_EDGE.sub(r"\1", part).replace("\n", "<br>") for part in parts
    )


def captioned(found: re.Match[str]) -> str:
    """Return a picture with its words; what holds no picture stays as it is."""
    picture = PICTURE.match(found["inside"])
    if picture is None:
        return found[0]
    said = CAPTION_SAID.search(found["said"])
    words = found["inside"][picture.end() :].strip() or (said[1] or said[2] if said else "")
    return f"<figure>{picture[1]}<figcaption>{words}</figcaption></figure>" if words else picture[1]


def embedded(address: str) -> str:
    """Return the link to what an old post showed in a frame."""
    written = html.escape(html.unescape(address))
    return f'<p><a href="{written}">{written}</a></p>'


def accounted(item: ET.Element, head: tuple[str, ...], body: CleanBody) -> tuple[Line, ...]:
    """Return what became of an item: its head, its lines, what was taken out, comments and other fields."""
    placed = [Line(0, text, Part.HEAD) for text in head if text]
    placed += [Line(0, line, Part.BODY) for line in body.text.split("\n") if line]
    placed += [Line(0, words, Part.DROPPED, rule) for rule, words in body.removals]
    for element in item:
        name = local(element)
        if name == "comment":
            placed.append(Line(0, one_line(text_in(element, "comment_content")), Part.DROPPED, "comment"))
        elif name == "postmeta":
            placed.append(Line(0, text_in(element, "meta_key"), Part.DROPPED, "postmeta"))
        elif name not in KNOWN and one_line(element.text or ""):
            placed.append(Line(0, f"{name}: {one_line(element.text or '')}", Part.UNPLACED))
    return numbered(placed)


def terms_in(item: ET.Element, domain: str) -> tuple[str, ...]:
    """Return the names of an item's categories or tags."""
    found = (one_line(term.text or "") for term in item.findall("category") if term.get("domain") == domain)
    return tuple(dict.fromkeys(filter(None, found)))


def excerpt_in(item: ET.Element) -> str:
    """Return the excerpt an author wrote."""
    return next((element.text or "" for element in item if element.tag.endswith("/excerpt/}encoded")), "")


def moment_in(item: ET.Element, name: str) -> datetime | None:
    """Return a time of an item: its GMT form where there is one, else as written, in Seoul's zone."""
    universal = moment_of(text_in(item, f"{name}_gmt"))
    if universal is not None:
        return universal.replace(tzinfo=UTC).astimezone(SEOUL)
    return moment_of(text_in(item, name))


def text_in(element: ET.Element, name: str) -> str:
    """Return the text of the first child of that name in any namespace, trimmed."""
    return next(((child.text or "").strip() for child in element if local(child) == name), "")
