"""WordPress: its export file (WXR), posts, pages and what else has an address of its own; menus and media are told."""

import html
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit
from xml.etree import ElementTree as ET

from sitegen.clean.address import clean_url
from sitegen.clean.body import clean_body
from sitegen.clean.writing import with_raised
from sitegen.config import SEOUL
from sitegen.importers.blocks import doubts_of, lines_of, parsed, with_own_pictures, without_anchors
from sitegen.importers.capture import Capture, refused
from sitegen.importers.contacts import contacts_in
from sitegen.importers.draft import Draft, Line, Part, numbered
from sitegen.importers.old_site import OldSite
from sitegen.importers.safe_xml import MENDED, local, root_of, without_forbidden
from sitegen.importers.words import licence_in, moment_of, one_line
from sitegen.licence.changes import forbidden_rules
from sitegen.model import BodyFormat, CleanBody
from sitegen.values import changed

NAME: Final = "wordpress"
PROFILE: Final = f"{NAME}/1"
CONTENT: Final = "{http://purl.org/rss/1.0/modules/content/}encoded"
MARK: Final = re.compile(r'xmlns:wp="http://wordpress\.org/export/1\.\d/"')
IMPORTED: Final = frozenset({"post", "page"})
# What WordPress itself keeps beside the posts: no reader has met it under an address.
TECHNICAL: Final = re.compile(
    r"attachment|revision|nav_menu_item|custom_css|customize_changeset|oembed_cache|user_request|wp_.*"
)
GONE: Final = frozenset({"trash", "auto-draft"})
OTHER_TYPE: Final = "other-type"  # the rule of items that a person may miss
# Elements of an item that a post keeps, or that say only how the old site kept it.
KNOWN: Final = frozenset(
    {
        "category", "comment_status", "creator", "description", "encoded", "guid", "is_sticky", "link", "menu_order",
        "ping_status", "post_date", "post_date_gmt", "post_id", "post_modified", "post_modified_gmt", "post_name",
        "post_parent", "post_password", "post_type", "pubDate", "status", "title",
    }
)  # fmt: skip
# The domains of terms; a site's own types of items have their own.
CATEGORIES: Final = re.compile(r"(?:.{1,80}[_-])?(?:category|categories|cat)")
TAGS: Final = re.compile(r"(?:.{1,80}[_-])?tags?")
TERMS: Final = re.compile(rf"{CATEGORIES.pattern}|{TAGS.pattern}")
# The new editor marks its blocks; what stands outside them has lines, as the text of the old editor.
BLOCK: Final = re.compile(
    r"(?P<mark><!--\s+(?P<ends>/)?wp:(?P<name>[a-z][a-z0-9_/-]{0,80})\s+(?P<said>\{[^<>]*\}\s+)?(?P<alone>/)?-->)"
)
OLD_TEXT: Final = "freeform"  # a block of it
REUSED: Final = "block"  # one that stands for another item of the export
NOTES: Final = "footnotes"  # the block that shows them, and the field of the post that holds them
SAYS_NOTHING: Final = frozenset({"spacer", "separator", "more", "nextpage", NOTES})
MAX_NESTED: Final = 3
MAX_REUSED: Final = 200  # blocks that one post reuses, those within others too
MAX_FILLED: Final = 2_000_000  # characters of them
BLOCK_EDGE: Final = re.compile(
    r"\n*(</?(?:p|div|table|thead|tbody|tr|td|th|ul|ol|li|h[1-6]|blockquote|figure|figcaption|hr|dl|dt|dd)\b[^>]*>)\n*",
    re.IGNORECASE,
)
# What WordPress itself puts in the place of its marks: a picture with its words, an address that becomes what it shows.
CAPTION: Final = re.compile(
    r"\[(?:wp_)?caption\b(?P<said>[^\[\]]{0,2000})\]"
    r"(?P<inside>(?:[^\[]|\[(?!/?(?:wp_)?caption\b)){0,20000})\[/(?:wp_)?caption\]"
)
PICTURE: Final = re.compile(r"\s*((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?)")
CAPTION_SAID: Final = re.compile(r"""\bcaption=(?:"([^"]*)"|'([^']*)')""")  # as it was written before 2012
EMBED: Final = re.compile(
    r"\[embed\b[^\[\]]{0,200}\]\s*(https?://[^\s\[\]]{1,2000})\s*\[/embed\]"
    r"|\[youtube[\s=]\s*(https?://[^\s\[\]]{1,2000})[^\[\]]{0,200}\]"
    r"|<div class=[\"']wp-block-embed__wrapper[\"']>\s*(https?://[^\s<>]{1,2000})\s*</div>"
)
LINK: Final = re.compile(r"""(<a\b[^<>]*?\bhref\s*=\s*["']?)([^\s"'<>]+)(?=["'\s>])""")
PICTURE_AT: Final = re.compile(r"""(<img\b[^<>]*?\bsrc\s*=\s*["']?)([^\s"'<>]+)(?=["'\s>])""")
# An uploaded file by a path: from the site's root, or as if from there.
UPLOADED: Final = re.compile(r"(?!//)(?:\.{0,2}/)*(?P<file>wp-content/uploads/[^?#]+)(?:[?#].*)?")
OWN_FILE: Final = re.compile(r'\b(?:href|src)="(/wp-content/uploads/[^"]*)"')
DOWNLOAD: Final = re.compile(r"(?<=</a>)(?=<a\b[^<>]*\bwp-block-file__button\b)")  # where two links touch
KEEPS_LINES: Final = re.compile(r"(<pre\b(?:(?!<pre\b).)*?</pre>)", re.IGNORECASE | re.DOTALL)


def confidence(capture: Capture) -> float:
    """Return how surely a capture is such a file."""
    return 0.98 if MARK.search(capture.text[:4000]) else 0.0


@dataclass(slots=True)
class Budget:
    """How much a post may still reuse: blocks, and characters of them."""

    blocks: int = MAX_REUSED
    chars: int = MAX_FILLED

    def takes(self, text: str) -> bool:
        """Return whether there is room for one more block, and take it."""
        if not self.blocks or len(text) > self.chars:
            return False
        self.blocks, self.chars = self.blocks - 1, self.chars - len(text)
        return True


@dataclass(frozen=True, slots=True)
class Export:
    """What the posts of an export share: their site, its blocks to reuse, and where links within it lead.

    `blocks` and `paths` are by the numbers of items; `files` by the addresses of pages that show a file and no more.
    """

    site: OldSite
    blocks: Mapping[str, str]
    paths: Mapping[str, str]
    files: Mapping[str, str]


def read(capture: Capture) -> list[Draft]:
    """Return the posts, pages and items of other types. Raises ContentError (IMP015, BODY001) when there is none."""
    text, mended = without_forbidden(capture.text)
    root = root_of(text, capture.shown)
    items = list(root.iter("item"))
    types = IMPORTED | public_types(items)
    export = export_of(root, items, types)
    drafts = [
        draft_of(item, export, capture, (MENDED,) if place in mended else ())
        for place, item in enumerate(items)
        if is_imported(item, types)
    ]
    others = [item for item in items if not is_imported(item, types)]
    if not drafts and others:
        raise refused("IMP015", capture.shown, types=counted(text_in(item, "post_type") for item in others))
    if not drafts:
        raise refused("BODY001", capture.shown)
    lines = [
        Line(0, f"{text_in(item, 'post_type')}: {text_in(item, 'title')}", Part.DROPPED, why_left_out(item))
        for item in others
    ]
    drafts[0] = replace(drafts[0], lines=numbered((*drafts[0].lines, *lines)))
    return drafts


def public_types(items: list[ET.Element]) -> frozenset[str]:
    """Return the types of items that readers met as they met posts: with a text, and an address that is a path."""
    return frozenset(
        text_in(item, "post_type")
        for item in items
        if (item.findtext(CONTENT) or "").strip()
        and path_of(item)
        and text_in(item, "status") == "publish"
        and not TECHNICAL.fullmatch(text_in(item, "post_type"))
    )


def is_imported(item: ET.Element, types: frozenset[str]) -> bool:
    """Return whether an item is of such a type, and its owner has not thrown it away."""
    return text_in(item, "post_type") in types and text_in(item, "status") not in GONE


def why_left_out(item: ET.Element) -> str:
    """Return the rule by which an item is no article."""
    is_technical = TECHNICAL.fullmatch(text_in(item, "post_type")) or text_in(item, "status") in GONE
    return "no-article" if is_technical else OTHER_TYPE


def counted(types: Iterable[str]) -> str:
    """Return how many there are of each type, in words."""
    return ", ".join(f"{name} {count:,}" for name, count in Counter(types).most_common())


def export_of(root: ET.Element, items: list[ET.Element], types: frozenset[str]) -> Export:
    """Return what the posts of an export share."""
    site = old_site_in(root)
    blocks = {
        text_in(item, "post_id"): item.findtext(CONTENT) or ""
        for item in items
        if text_in(item, "post_type") == "wp_block" and text_in(item, "status") not in GONE
    }
    imported = [item for item in items if is_imported(item, types) and path_of(item)]
    paths = {text_in(item, "post_id"): path_of(item).removeprefix(site.base) for item in imported}
    shown = [(item, file) for item in items if (file := file_of(item, site))]
    numbers = {text_in(item, "post_id"): file for item, file in shown}
    pages = {unquote(path_of(item)).removeprefix(unquote(site.base)).strip("/"): file for item, file in shown}
    pages.pop("", None)  # of those without a page of their own
    return Export(site, blocks, numbers | paths, pages)


def file_of(item: ET.Element, site: OldSite) -> str:
    """Return the address of the file that an item shows, from the root where it is the site's own; else nothing."""
    address = clean_url(text_in(item, "attachment_url")) if text_in(item, "post_type") == "attachment" else ""
    below = address.partition(":")[2].removeprefix(site.url.partition(":")[2])
    return uploaded(below, site.base) or address


def path_of(item: ET.Element) -> str:
    """Return the path of an item's address, or nothing where it has none of its own."""
    address = urlsplit(clean_url(text_in(item, "link")))
    return address.path if address.path.strip("/") and not address.query else ""


def old_site_in(root: ET.Element) -> OldSite:
    """Return the site that an export file is of."""
    channel = root.find("channel")
    address = urlsplit(clean_url(text_in(channel, "link")) if channel is not None else "")
    return OldSite("", f"{address.scheme}://{address.netloc}" if address.netloc else "", address.path.rstrip("/"))


def draft_of(item: ET.Element, export: Export, capture: Capture, doubts: tuple[str, ...] = ()) -> Draft:
    """Return the draft of one item. `doubts`: of its capture."""
    site = export.site
    text = filled_in(item.findtext(CONTENT) or "", export.blocks, Budget())
    written = linked_within(with_notes(text, notes_of(item)), export)
    body = clean_body(in_paragraphs(written), BodyFormat.HTML, with_own_pictures(written, capture.cleaning))
    title = one_line(text_in(item, "title"))
    summary = " ".join(lines_of(parsed(with_raised(excerpt_in(item)))))
    published = moment_in(item, "post_date")
    modified = moment_in(item, "post_modified")
    path = path_of(item).removeprefix(site.base)
    return Draft(
        profile=PROFILE,
        title=title,
        summary=summary,
        published=published,
        updated=modified if published and modified and modified.date() > published.date() else None,
        categories=terms_in(item, CATEGORIES),
        tags=terms_in(item, TAGS),
        aliases=(path,) if path.strip("/") else (),
        source=changed(body.credited, sha256=capture.sha256),
        licence=licence_in(written),
        contacts=contacts_in(body.text),
        body=without_anchors(body.html),
        body_format=BodyFormat.HTML,
        lines=numbered((*accounted(item, (title, summary), body), *unfilled(text))),
        changes=forbidden_rules(tuple(found.rule for found in body.removals)),
        doubts=(*doubts, *doubts_of(body)),
        draft=text_in(item, "status") not in ("publish", "inherit", "") or bool(text_in(item, "post_password")),
        place=f"{site.url}{site.base} {text_in(item, 'guid') or text_in(item, 'link')}" if site.url else "",
        order=int(text_in(item, "post_id")) if re.fullmatch(r"[0-9]{1,12}", text_in(item, "post_id")) else 0,
    )


def filled_in(text: str, blocks: Mapping[str, str], budget: Budget, inside: tuple[str, ...] = ()) -> str:
    """Return a text with the blocks it reuses in their places; a block never stands inside itself.

    What is beyond the budget of its post stays a mark.
    """
    if len(inside) == MAX_NESTED:
        return text
    parts, at = [], 0
    for found in BLOCK.finditer(text):
        name = reused_in(found)
        if name in blocks and name not in inside and budget.takes(blocks[name]):
            parts += [text[at : found.start()], filled_in(blocks[name], blocks, budget, (*inside, name))]
            at = found.end()
    return "".join([*parts, text[at:]])


def reused_in(mark: re.Match[str]) -> str:
    """Return the number of the item that a mark of a block stands for, or nothing."""
    if mark["name"] != REUSED:
        return ""
    found = re.search(r'"ref":\s{0,8}(\d{1,12})', mark["said"] or "")
    return found[1] if found else ""


def unfilled(text: str) -> Iterator[Line]:
    """Yield the blocks that only their site could show: what one reuses is not in the export, or a program makes it."""
    for found in BLOCK.finditer(text):
        if found["alone"] and (found["name"] == REUSED or "/" in found["name"]):
            yield Line(0, found["mark"], Part.UNPLACED)
        elif found["alone"] and found["name"] not in SAYS_NOTHING:
            yield Line(0, found["mark"], Part.DROPPED, "made-by-site")


def notes_of(item: ET.Element) -> dict[str, str]:
    """Return the notes of a post by their names, in their order."""
    fields = (field for field in item.findall("{*}postmeta") if text_in(field, "meta_key") == NOTES)
    notes: dict[str, str] = {}
    for field in fields:
        try:
            found = json.loads(text_in(field, "meta_value"))
        except (ValueError, RecursionError):
            continue
        for note in found if isinstance(found, list) else ():
            if isinstance(note, dict) and isinstance(note.get("id"), str) and isinstance(note.get("content"), str):
                notes[note["id"]] = note["content"]
    return notes


def with_notes(text: str, notes: Mapping[str, str]) -> str:
    """Return the text of a post with its notes where its block for them stands, else below it."""
    if not notes:
        return text
    shown = "".join(f'<li id="{html.escape(name)}">{content}</li>' for name, content in notes.items())
    block = f"<!-- wp:{NOTES} --><ol>{shown}</ol><!-- /wp:{NOTES} -->"
    place = next((found for found in BLOCK.finditer(text) if found["name"] == NOTES and found["alone"]), None)
    return f"{text[: place.start()]}{block}{text[place.end() :]}" if place else f"{text}\n\n{block}"


def linked_within(text: str, export: Export) -> str:
    """Return the text of a post with links within its site written from the root; pictures of its host stay there."""
    text = LINK.sub(lambda found: f"{found[1]}{address_within(found[2], export)}", text)
    base = export.site.base
    return PICTURE_AT.sub(
        lambda found: f"{found[1]}{html.escape(uploaded(html.unescape(found[2]), base)) or found[2]}", text
    )


def uploaded(path: str, base: str) -> str:
    """Return the path of an uploaded file from the root of the site, which lay at `base`; nothing for others."""
    found = UPLOADED.fullmatch(path.removeprefix(base) if path.startswith(f"{base}/") else path)
    return f"/{found['file']}" if found else ""


def address_within(written: str, export: Export) -> str:
    """Return an address of the old site from the root of this one; any other as it is written."""
    host, base = export.site.url.partition(":")[2], export.site.base
    plain = html.unescape(written)
    below = re.sub(r"^https?:", "", plain)
    below = below.removeprefix(host) if below.startswith(host) else below
    is_within = below == plain or below.startswith(f"{base}/")
    if is_within and (file := uploaded(below, base)):
        return html.escape(file)
    address = urlsplit(below) if below.startswith(("/", "?")) and not below.startswith("//") else None
    if address is None or not f"{address.path}/".startswith(f"{base}/"):
        return written
    asked = parse_qs(address.query)
    number = next((asked[name][0] for name in ("p", "page_id", "attachment_id") if name in asked), "")
    if number in export.paths:
        return html.escape(export.paths[number] + (f"#{address.fragment}" if address.fragment else ""))
    if number and written.startswith(("/", "?")):  # it leads to what is not here
        return html.escape(f"{export.site.url}/{below.lstrip('/')}")
    path = below.removeprefix(base)
    if shown := export.files.get(unquote(address.path).removeprefix(unquote(base)).strip("/")):
        return html.escape(shown)
    return html.escape(path) if path.startswith("/") and not address.query else written


def files_in(draft: Draft) -> list[str]:
    """Return the files of the old site that a post leads to by an address from the root."""
    return OWN_FILE.findall(draft.body) if draft.profile == PROFILE else []


def in_paragraphs(text: str) -> str:
    """Return the text of a post as HTML: outside the blocks of the new editor as the old one showed it."""
    text = CAPTION.sub(captioned, text)
    text = EMBED.sub(lambda found: embedded(found[1] or found[2] or found[3]), text)
    text = DOWNLOAD.sub(" ", text)
    parts, at, inside = [], 0, [OLD_TEXT]
    for found in BLOCK.finditer(text):
        between = text[at : found.start()]
        parts.append(of_old_editor(between) if inside[-1] == OLD_TEXT else between)
        at = found.end()
        if found["ends"]:
            inside = inside[:-1] if len(inside) > 1 else inside
        elif not found["alone"]:
            inside.append(found["name"])
    rest = text[at:]
    return "".join([*parts, of_old_editor(rest) if inside[-1] == OLD_TEXT else rest])


def of_old_editor(text: str) -> str:
    """Return a text of the old editor as HTML: an empty line ends a paragraph, and a line a line."""
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
        elif name == "postmeta" and text_in(element, "meta_key") == NOTES and notes_of(item):
            continue  # they stand in the body
        elif name == "postmeta":
            placed.append(Line(0, text_in(element, "meta_key"), Part.DROPPED, "postmeta"))
        elif name == "category" and not TERMS.fullmatch(element.get("domain", "")):
            placed.append(
                Line(0, f"{element.get('domain')}: {one_line(element.text or '')}", Part.DROPPED, "other-term")
            )
        elif name not in KNOWN and one_line(element.text or ""):
            placed.append(Line(0, f"{name}: {one_line(element.text or '')}", Part.UNPLACED))
    return numbered(placed)


def terms_in(item: ET.Element, domains: re.Pattern[str]) -> tuple[str, ...]:
    """Return the names of an item's categories or tags."""
    found = (
        one_line(term.text or "") for term in item.findall("category") if domains.fullmatch(term.get("domain", ""))
    )
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
