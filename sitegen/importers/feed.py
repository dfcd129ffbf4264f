"""RSS and Atom items, through feedparser. An item without a text of its own is a lead and a link, not an article."""

import re
import xml.sax
from dataclasses import replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import PurePosixPath
from typing import Any, Final
from urllib.parse import unquote, urlsplit

import feedparser  # type: ignore[import-untyped]
from bs4 import Tag
from bs4.element import PageElement

from sitegen.clean.address import clean_url
from sitegen.clean.rules import Known
from sitegen.clean.rules.credit import BRIEFING
from sitegen.config import SEOUL, Cleaning
from sitegen.importers.blocks import Body, body_of, lines_of, parsed, placed_lines
from sitegen.importers.capture import Capture, refused
from sitegen.importers.draft import Draft, Line, Part, numbered
from sitegen.importers.words import (
    day_of,
    enclosed_in,
    kind_in,
    licence_in,
    moment_of,
    one_line,
    original_of,
)
from sitegen.model import Attachment, Source
from sitegen.values import changed

NAME: Final = "feed"
PROFILE: Final = f"{NAME}/1"
# What korea.kr's feeds put around an item's text.
VIEW_BUTTON: Final = 'a:has(img[src*="btn_textview"])'
PROVIDED_START: Final = re.compile(r"\s*\[\s*자료제공\s*:\s*")
PROVIDED: Final = re.compile(r"\[?\s*자료제공\s*:\s*(?:\(?www\.korea\.kr\)?)?\s*\]?")
DECLARED: Final = re.compile(r"""^(\s*<\?xml[^<>]*?)\sencoding\s*=\s*["'][^"'<>]*["']""")  # the text is decoded by then
CLOSED: Final = re.compile(r"</(?:rss|feed|rdf:RDF)\s*>", re.IGNORECASE)
RFC_822: Final = re.compile(
    r"(?:[A-Za-z]{3,9},\s*)?\d{1,2}\s+[A-Za-z]{3,9}\s+\d{4}\s+\d{1,2}:\d{2}(?::\d{2})?\s+"
    r"(?:[+-]\d{4}|GMT|UT|UTC|Z|[ECMPK][SD]T)"
)
KOREAN_DAY: Final = re.compile(
    r"\d{4}\s*[-./년]\s*\d{1,2}\s*[-./월]\s*\d{1,2}\s*[일.]?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?"
)
AGENCY: Final = re.compile(r"[가-힣]{2,20}(?:부|처|청|원|위원회|실|본부)")


def confidence(capture: Capture) -> float:
    """Return how surely a capture is a feed."""
    start = capture.text[:1000].lstrip()
    return 0.95 if re.search(r"<(?:rss|feed|rdf:RDF)[\s>]", start) else 0.0


def read(capture: Capture) -> list[Draft]:
    """Return the items of a feed."""
    if "<!DOCTYPE" in capture.text[:2000] or "<!ENTITY" in capture.text:
        raise refused("FILE004", capture.shown, reason="DOCTYPE")
    if not CLOSED.search(capture.text[-2000:]):  # the parser would take what is there for the whole
        raise refused("FILE004", capture.shown, reason="XML, cut off")
    feed = feedparser.parse(DECLARED.sub(r"\1", capture.text, count=1))
    if not feed.entries:
        raise refused("BODY001", capture.shown)
    channel = one_line(feed.feed.get("title") or "")
    drafts = [draft_of(entry, channel, capture) for entry in feed.entries]
    doubts = ("the feed is not well formed: compare it with the original",) if feed.bozo and is_malformed(feed) else ()
    return [replace(draft, doubts=doubts) for draft in drafts]


def is_malformed(feed: Any) -> bool:  # noqa: ANN401  feedparser's own mapping
    """Return whether the parser had to guess; a wrong declaration of the encoding is no guess, for we decoded it."""
    return isinstance(feed.get("bozo_exception"), xml.sax.SAXException)


def draft_of(entry: Any, channel: str, capture: Capture) -> Draft:  # noqa: ANN401  feedparser's own mapping
    """Return the draft of one item."""
    written = entry.get("content") or [{"value": entry.get("summary", "")}]
    url, identity = original_of(entry.get("link") or "")
    source = BRIEFING if "korea.kr" in url else Source(name=channel)
    body, around = described(
        written[0].get("value") or "", Known(source, is_sure=bool(source.name)), url, capture.cleaning
    )
    author = one_line(entry.get("author") or "")
    agency = author if AGENCY.fullmatch(author) else channel if AGENCY.fullmatch(channel) else ""
    title = one_line(entry.get("title") or "")
    summary = one_line(parsed(entry.get("summary") or "").get_text(" ")) if entry.get("content") else ""
    placed = [*placed_lines((title, summary), body), *around]
    # feedparser's own `get` answers for one with the other; it takes dc:date for `updated`
    dates = {said: moment_in(said) for name in ("published", "updated") if (said := dict.get(entry, name))}
    moments = list(dates.values())  # the first is the publication's, as far as one is told at all
    placed += [Line(0, f"date: {one_line(said)}", Part.UNPLACED) for said, moment in dates.items() if moment is None]
    for name, words in (("author", author), ("rights", one_line(entry.get("rights") or ""))):
        if words and words != agency:
            placed.append(Line(0, f"{name}: {words}", Part.UNPLACED))
    return Draft(
        profile=PROFILE,
        title=title,
        summary=summary,
        published=moments[0] if moments else None,
        updated=moments[1] if len(moments) > 1 else None,
        kind=kind_in(url, body.statement),
        agencies=(agency,) if agency else (),
        categories=tuple(
            dict.fromkeys(filter(None, (one_line(tag.get("term") or "") for tag in entry.get("tags") or ())))
        ),
        source=changed(source, url=url, id=identity, sha256=capture.sha256, statement=body.statement),
        licence=licence_in(" ".join(line.text for line in around)),
        attachments=(*files_of(entry), *enclosed_in(body.lines)),
        body=body.text,
        body_format=body.format,
        changes=body.changes,
        lines=numbered(placed),
    )


def files_of(entry: Any) -> tuple[Attachment, ...]:  # noqa: ANN401  feedparser's own mapping
    """Return the files an item encloses, named as their addresses end."""
    addresses = (clean_url(file.get("href") or "") for file in entry.get("enclosures") or ())
    return tuple(
        Attachment(label=unquote(PurePosixPath(urlsplit(url).path).name) or url, url=url) for url in addresses if url
    )


def described(markup: str, known: Known, address: str, cleaning: Cleaning) -> tuple[Body, list[Line]]:
    """Return the text of a description, and the lines korea.kr's feeds put around it.

    `known`: of its source; `address`: of the page it describes.
    """
    soup = parsed(markup)
    around = []
    for button in soup.select(VIEW_BUTTON):
        around.append(Line(0, "", Part.DROPPED, "view-button"))
        button.extract()
    around += [Line(0, words, Part.DROPPED, "provided-by") for words in taken_providers(soup)]
    element = soup.select_one(".se-contents") or soup.body or soup
    body = body_of(element, known, address, cleaning)
    outside = [line for line in lines_of(soup) if line not in body.lines and line != body.statement]
    return body, around + [Line(0, line, Part.UNPLACED) for line in outside]


def taken_providers(soup: Tag) -> list[str]:
    """Take `[자료제공 : (www.korea.kr)]` out of a description, where it is nothing but that; return its words."""
    taken = []
    for mark in soup.find_all(string=PROVIDED_START):
        parts: list[PageElement] = [mark]
        while "]" not in parts[-1].get_text() and parts[-1].next_sibling is not None:
            parts.append(parts[-1].next_sibling)
        words = one_line("".join(part.get_text() for part in parts))
        if PROVIDED.fullmatch(words):
            taken.append(words)
            for part in parts:
                part.extract()
    return taken


def moment_in(written: object) -> datetime | None:
    """Return a feed's time in Seoul: RFC 822, ISO 8601 or a Korean day; the parser's own reading guesses at others."""
    text = written.strip() if isinstance(written, str) else ""
    found = moment_of(text) or (day_of(text) if KOREAN_DAY.fullmatch(text) else None)
    if found is None and RFC_822.fullmatch(text):
        try:
            found = parsedate_to_datetime(text.replace("KST", "+0900")).astimezone(SEOUL)
        except (ValueError, TypeError, OverflowError):
            return None
    return found
