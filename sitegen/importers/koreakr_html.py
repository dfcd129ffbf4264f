"""korea.kr article page as HTML (the pages of 2019 and of today), and the page its document viewer shows.

A page whose body is only a viewer's frame has no article in it: BODY001, never furniture in its place.
"""

import json
import re
from datetime import datetime
from typing import Final
from urllib.parse import urljoin

from bs4 import Tag
from bs4.element import PageElement

from sitegen.clean.address import clean_url, strip_tracking
from sitegen.importers.blocks import BLOCKS, SILENT, body_of, lines_of, parsed
from sitegen.importers.capture import Capture, refused
from sitegen.importers.draft import Draft, Line, Part
from sitegen.importers.koreakr_text import furniture_rule
from sitegen.importers.words import (
    BRIEFING,
    STATEMENT,
    day_of,
    enclosed_in,
    licence_in,
    moment_of,
    one_line,
    original_of,
)
from sitegen.model import Attachment, BodyFormat, Kind, changed

NAME: Final = "koreakr-html"
PROFILE: Final = f"{NAME}/1"
VIEWER_PROFILE: Final = "koreakr-viewer/1"
BODY: Final = ".article_body .view_cont"
FILE_LINK: Final = re.compile(r"/common/download\.do\?.*fileId=(?P<id>\d+)")
VIEW_OR_LOAD: Final = frozenset({"바로보기", "내려받기", "다운로드", "뷰어"})
VIEWER_PARAGRAPH: Final = "p.hp"


def confidence(capture: Capture) -> float:
    """Return how surely a capture is an article page of korea.kr."""
    if "<" not in capture.text[:200]:
        return 0.0
    marks = ("view_title" in capture.text, "article_body" in capture.text, "korea.kr" in capture.text)
    return (0.0, 0.2, 0.7, 0.95)[sum(marks)]


def viewer_confidence(capture: Capture) -> float:
    """Return how surely a capture is a page of the document viewer."""
    return 0.9 if 'class="hp"' in capture.text and "<span" in capture.text and "view_title" not in capture.text else 0.0


def read(capture: Capture) -> list[Draft]:
    """Return the article of the page. Raises ContentError (BODY001) for a viewer's shell."""
    soup = parsed(capture.text)
    content = soup.select_one(BODY)
    if content is None:
        raise refused("BODY001", capture.shown)
    remark = content.select_one("p.remark")
    statement = one_line(remark.get_text()) if remark else ""
    if remark:
        remark.extract()
    has_viewer = content.select_one("iframe") is not None
    for frame in content.select("iframe, .docConversion:not(:has(p))"):
        frame.extract()
    body, body_format, lines = body_of(content)
    own = [line for line in lines if STATEMENT.fullmatch(line)]
    if own and not statement:
        statement, lines = own[-1], [line for line in lines if line != own[-1]]
        if body_format is BodyFormat.GOV_OUTLINE:
            body = "\n\n".join(lines)
    if not lines:
        raise refused("BODY001", capture.shown, reason="viewer" if has_viewer else "")
    title, subtitles = (
        text_of(soup, ".view_title h1"),
        [one_line(tag.get_text()) for tag in soup.select(".article_head h2")],
    )
    for tip in soup.select("a.gotosite *"):
        tip.extract()
    agency = text_of(soup, "a.gotosite")
    url, identity = original_of(attribute_of(soup, 'meta[property="og:url"]', "content"))
    footer = soup.select_one(".article_footer")
    said = one_line(footer.get_text(" ")) if footer else ""
    files = files_of(soup)
    return [
        Draft(
            profile=PROFILE,
            title=title or one_line(one_line(attribute_of(soup, 'meta[property="og:title"]', "content"))),
            subtitle=" · ".join(subtitles),
            published=published_in(soup),
            kind=Kind.PRESS_RELEASE if "보도자료" in statement or "pressRelease" in url else Kind.POLICY_NEWS,
            agencies=(agency,) if agency else (),
            source=changed(BRIEFING, url=url, id=identity, sha256=capture.sha256, statement=statement),
            licence=licence_in(str(footer) if footer else "", said),
            attachments=(*files, *enclosed_in(lines)),
            body=body,
            body_format=body_format,
            lines=tuple(accounted(soup, content, lines, (title, *subtitles, agency), statement, files)),
        )
    ]


def read_viewer(capture: Capture) -> list[Draft]:
    """Return the text of a page of the document viewer: a body, and nothing that says whose it is."""
    soup = parsed(capture.text)
    paragraphs = soup.select(VIEWER_PARAGRAPH)
    lines = [line for paragraph in paragraphs for line in lines_of(paragraph)]
    if not lines:
        raise refused("BODY001", capture.shown, reason="viewer")
    own = [line for line in lines if STATEMENT.fullmatch(line)]
    body = [line for line in lines if line not in own]
    return [
        Draft(
            profile=VIEWER_PROFILE,
            source=changed(BRIEFING, sha256=capture.sha256, statement=own[-1] if own else ""),
            attachments=enclosed_in(body),
            body="\n\n".join(body),
            lines=tuple(
                Line(number, line, Part.STATEMENT if line in own else Part.BODY) for number, line in enumerate(lines, 1)
            ),
            doubts=("a viewer page names no title, date or agency: write them in",),
        )
    ]


def text_of(soup: Tag, selector: str) -> str:
    """Return the words of the first match, on one line."""
    found = soup.select_one(selector)
    return one_line(found.get_text()) if found else ""


def attribute_of(soup: Tag, selector: str, name: str) -> str:
    """Return an attribute of the first match."""
    found = soup.select_one(selector)
    return str(found.get(name) or "") if found else ""


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


def files_of(soup: Tag) -> tuple[Attachment, ...]:
    """Return the page's files, each once: its view link and its download link repeat one id."""
    found: dict[str, Attachment] = {}
    for link in soup.select(".filedown a[href], .file_down a[href]"):
        match = FILE_LINK.search(str(link["href"]))
        label = one_line(link.get_text())
        if match and match["id"] not in found and label and label not in VIEW_OR_LOAD:
            address = urljoin(BRIEFING.site, strip_tracking(str(link["href"]))[0])
            found[match["id"]] = Attachment(label=label, url=clean_url(address))
    return tuple(found.values())


def accounted(
    soup: Tag, content: Tag, body: list[str], head: tuple[str, ...], statement: str, files: tuple[Attachment, ...]
) -> list[Line]:
    """Return what became of every block of the page: around the body by where it stands, and by its words."""
    placed: list[Line] = []
    content.clear()
    content.append("\x00")
    named = {text for text in head if text} | {file.label for file in files}
    for text, place in blocks_with_places(soup):
        number = len(placed) + 1
        if text == "\x00":
            placed += [Line(number + offset, line, Part.BODY) for offset, line in enumerate(body)]
            if statement:
                placed.append(Line(len(placed) + 1, statement, Part.STATEMENT))
        elif text in named or "article_head" in place or "filedown" in place or "file_down" in place:
            placed.append(Line(number, text, Part.HEAD))
        else:
            rule = furniture_rule(text) or place
            placed.append(Line(number, text, Part.DROPPED if rule else Part.UNPLACED, rule))
    return placed


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


def blocks_with_places(soup: Tag) -> list[tuple[str, str]]:
    """Return the page's blocks of text with the name of the place each stands in (empty when it has none)."""
    named: dict[int, str] = {}
    for name, selector in PLACES:
        for region in soup.select(selector):
            named.setdefault(id(region), name)
    result: list[tuple[str, str]] = []
    body = soup.body or soup
    for block in [body, *body.find_all(sorted(BLOCKS))]:
        inner = "".join(own_words(part) for part in block.contents)
        text = "\x00" if "\x00" in inner else one_line(inner)
        if text:
            around = (named[id(parent)] for parent in [block, *block.parents] if id(parent) in named)
            result.append((text, next(around, "")))
    return result


def own_words(part: PageElement) -> str:
    """Return the words of a part of a block; a block inside it has its own line."""
    if isinstance(part, Tag):
        return "" if part.name in BLOCKS else part.get_text()
    return "" if isinstance(part, SILENT) else str(part)
