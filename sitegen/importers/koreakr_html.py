"""korea.kr article page as HTML (the pages of 2019 and of today), and the page its document viewer shows.

A page whose body is only a viewer's frame has no article in it: BODY001, never furniture in its place.
"""

import json
import re
from collections.abc import Callable
from datetime import datetime
from typing import Final
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag

from sitegen.clean.address import clean_url, strip_tracking
from sitegen.clean.rules.credit import BRIEFING
from sitegen.importers.blocks import (
    HOLE,
    Body,
    attribute_of,
    blocks_with_places,
    body_of,
    hollowed,
    lines_of,
    nearest_each,
    outermost,
    outline_of,
    parsed,
    placed_lines,
    smallest_around,
    text_of,
)
from sitegen.importers.capture import Capture, refused
from sitegen.importers.draft import FILES_WITHOUT_NAME, Draft, Line, Part, numbered
from sitegen.importers.file_links import name_of
from sitegen.importers.koreakr_text import furniture_rule
from sitegen.importers.words import (
    OF_BRIEFING,
    day_of,
    enclosed_in,
    files_or_enclosed,
    kind_in,
    licence_in,
    moment_of,
    one_line,
    original_of,
)
from sitegen.model import Attachment
from sitegen.values import changed

NAME: Final = "koreakr-html"
PROFILE: Final = f"{NAME}/1"
VIEWER: Final = "koreakr-viewer"
VIEWER_PROFILE: Final = f"{VIEWER}/1"
BODY: Final = ".article_body .view_cont"
FILE_LINK: Final = re.compile(r"/common/download\.do\?.*fileId=(?P<id>\d+)")
FILE_ID: Final = re.compile(r"[?&]fileId=(?P<id>\d+)")
VIEWER_PARAGRAPH: Final = "p.hp"
TABLE_PARTS: Final = frozenset({"thead", "tbody", "tfoot", "tr"})


def confidence(capture: Capture) -> float:
    """Return how surely a capture is an article page of korea.kr."""
    if "<" not in capture.text[:200]:
        return 0.0
    marks = (
        "view_title" in capture.text or "article_head" in capture.text,
        "article_body" in capture.text or "gotosite" in capture.text,
        any(sign in capture.text for sign in ("korea.kr", "정책브리핑", "/common/download.do?fileId=")),
    )
    return (0.0, 0.2, 0.7, 0.95)[sum(marks)]


def viewer_confidence(capture: Capture) -> float:
    """Return how surely a capture is a page of the document viewer."""
    return 0.9 if 'class="hp"' in capture.text and "<span" in capture.text and "view_title" not in capture.text else 0.0


def read(capture: Capture) -> list[Draft]:
    """Return the article of the page. Raises ContentError (BODY001) for a viewer's shell."""
    soup = parsed(capture.text)
    content = soup.select_one(BODY) or mobile_body(soup)
    if content is None:
        raise refused("BODY001", capture.shown)
    has_viewer = content.select_one("iframe") is not None
    for frame in content.select("iframe, .docConversion:not(:has(p))"):
        frame.extract()
    url, identity = original_of(attribute_of(soup, 'meta[property="og:url"]', "content") or capture.address)
    body = body_of(content, OF_BRIEFING, url or BRIEFING.site, capture.cleaning)
    if not body.lines:
        raise refused("BODY001", capture.shown, reason="viewer" if has_viewer else "")
    title = text_of(soup, ".view_title h1") or text_of(soup, ".article_head h1")
    subtitles = [one_line(tag.get_text()) for tag in soup.select(".article_head h2")]
    for tip in soup.select("a.gotosite *"):
        tip.extract()
    agency = text_of(soup, "a.gotosite")
    footer = soup.select_one(".article_footer")
    said = one_line(footer.get_text(" ")) if footer else ""
    files, unnamed = files_of(soup)
    return [
        Draft(
            profile=PROFILE,
            title=title or one_line(one_line(attribute_of(soup, 'meta[property="og:title"]', "content"))),
            subtitle=" · ".join(subtitles),
            published=published_in(soup),
            kind=kind_in(url, body.statement),
            agencies=(agency,) if agency else (),
            source=changed(BRIEFING, url=url, id=identity, sha256=capture.sha256, statement=body.statement),
            licence=licence_in(str(footer) if footer else "", said),
            attachments=files_or_enclosed(files, body.lines),
            body=body.text,
            body_format=body.format,
            changes=body.changes,
            doubts=(*body.doubts, *unnamed),
            lines=tuple(accounted(soup, content, body, {title, *subtitles, agency, *(file.label for file in files)})),
        )
    ]


def mobile_body(soup: BeautifulSoup) -> Tag | None:
    """Return what stands below the head of a page for telephones, which has no element of its own for the text."""
    head = soup.select_one("main > .article_head")
    if head is None or head.parent is None or soup.select_one(".article_body"):
        return None
    content = soup.new_tag("div")
    for node in list(head.next_siblings):
        content.append(node.extract())
    head.parent.append(content)
    return content


def read_viewer(capture: Capture) -> list[Draft]:
    """Return the text of a page of the document viewer: a body, and nothing that says whose it is."""
    soup = parsed(capture.text)
    paragraphs = outermost(soup.select(VIEWER_PARAGRAPH))
    if not any(map(lines_of, paragraphs)):
        raise refused("BODY001", capture.shown, reason="viewer")
    content = smallest_around(paragraphs)
    content = content if content.name not in TABLE_PARTS else content.find_parent("table") or content
    pieces = pieces_of(content, paragraphs)
    if any(piece.name == "table" or piece.select_one("table") for piece in pieces):  # an outline cannot hold one
        text = soup.new_tag("div")
        for piece in pieces:
            text.append(piece.extract())
        body = body_of(text, address=BRIEFING.site, cleaning=capture.cleaning)
    else:
        body = outline_of([line for paragraph in paragraphs for line in lines_of(paragraph)])
    return [
        Draft(
            profile=VIEWER_PROFILE,
            source=changed(BRIEFING, sha256=capture.sha256, statement=body.statement),
            attachments=enclosed_in(body.lines),
            body=body.text,
            body_format=body.format,
            changes=body.changes,
            lines=numbered([*placed_lines((), body), *blocks_beside(soup, pieces)]),
            doubts=("a viewer page names no title, date or agency: write them in", *body.doubts),
        )
    ]


def pieces_of(content: Tag, paragraphs: list[Tag]) -> list[Tag]:
    """Return the paragraphs of a viewer's text in their order, each table that holds some as a whole."""
    if content.name == "table":
        return [content]
    tables = {id(table): table for table in outermost(content.select("table"))}
    around = nearest_each(paragraphs, tables)
    pieces = (one if table is None else tables[table] for one, table in zip(paragraphs, around, strict=True))
    return list({id(piece): piece for piece in pieces}.values())


def blocks_beside(soup: Tag, read: list[Tag]) -> list[Line]:
    """Return the blocks of a page beside the elements that were read, none of which has a place."""
    for element in read:
        element.extract()
    return [Line(0, text, Part.UNPLACED) for text, _ in blocks_with_places(soup)]


def published_in(soup: Tag) -> datetime | None:
    """Return when the page says it was published: with the time where it gives one."""
    for script in soup.select('script[type="application/ld+json"]'):
        try:
            value = json.loads(script.get_text())
        except (ValueError, RecursionError):
            continue
        moment = moment_of(str(value.get("datePublished", ""))) if isinstance(value, dict) else None
        if moment:
            return moment
    moment = moment_of(attribute_of(soup, 'meta[property="article:published_time"]', "content"))
    return moment or day_of(text_of(soup, ".info span"))


def files_of(soup: Tag) -> tuple[tuple[Attachment, ...], tuple[str, ...]]:
    """Return the page's files, each once, and a doubt where some have no name.

    The view link and the download link of a file repeat one id; either may hold nothing but its own word.
    """
    found: dict[str, Attachment] = {}
    for link in soup.select(".filedown a[href], .file_down a[href]"):
        match = FILE_LINK.search(str(link["href"]))
        if match and (match["id"] not in found or not found[match["id"]].label):
            address = urljoin(BRIEFING.site, strip_tracking(str(link["href"]))[0])
            found[match["id"]] = Attachment(label=name_of(link, another_than(match["id"])), url=clean_url(address))
    unnamed = [file.url for file in found.values() if not file.label]
    doubts = (FILES_WITHOUT_NAME.format(len(unnamed), unnamed[0]),) if unnamed else ()
    return tuple(file for file in found.values() if file.label), doubts


def another_than(identity: str) -> Callable[[Tag], bool]:
    """Return the question whether a link is of another file than one."""

    def is_other(link: Tag) -> bool:
        match = FILE_ID.search(str(link["href"]))
        return match is not None and match["id"] != identity

    return is_other


def accounted(soup: Tag, content: Tag, body: Body, named: set[str]) -> list[Line]:
    """Return what became of every block of the page: around the body by where it stands, and by its words."""
    placed: list[tuple[str, Part, str]] = []
    hollowed(content)
    for text, place in blocks_with_places(soup, PLACES):
        if text == HOLE:
            placed += [(line.text, line.part, line.rule) for line in placed_lines((), body)]
        elif text in named or place in HEAD_PLACES:
            placed.append((text, Part.HEAD, ""))
        else:
            rule = furniture_rule(text) or place
            placed.append((text, Part.DROPPED if rule else Part.UNPLACED, rule))
    return [Line(number, *line) for number, line in enumerate(placed, 1)]


# What a block around the article is, by the class, id or element it lies in.
PLACES: Final = (
    ("article_head", ".article_head, .view_title"),
    ("filedown", ".filedown, .file_down"),
    ("licence", ".article_footer"),
    ("navigation", "nav, #gnb, #lnb, .location, #accessibility"),
    ("site-header", "header, .egov"),
    ("site-footer", "footer, #footer"),
    ("neighbours", ".pn_area"),
    ("banner", ".banner"),
    ("reco", ".reco, .side, aside"),
    ("moderation", ".reply_rule, .reply"),
    ("section-label", ".blind"),
)
HEAD_PLACES: Final = ("article_head", "filedown")
