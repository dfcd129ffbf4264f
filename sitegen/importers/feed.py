"""RSS and Atom items, through feedparser. An item without a text of its own is a lead and a link, not an article."""

import re
from datetime import UTC, datetime
from typing import Any, Final

import feedparser  # type: ignore[import-untyped]
from bs4 import Tag
from bs4.element import PageElement

from sitegen.importers.blocks import Body, body_of, lines_of, parsed, placed_lines
from sitegen.importers.capture import Capture, refused
from sitegen.importers.draft import Draft, Line, Part
from sitegen.importers.words import BRIEFING, SEOUL, enclosed_in, kind_in, licence_in, one_line, original_of
from sitegen.model import Source
from sitegen.values import changed

NAME: Final = "feed"
PROFILE: Final = f"{NAME}/1"
# What korea.kr's feeds put around an item's text.
VIEW_BUTTON: Final = 'a:has(img[src*="btn_textview"])'
PROVIDED_START: Final = re.compile(r"\s*\[\s*자료제공\s*:\s*")
PROVIDED: Final = re.compile(r"\[?\s*자료제공\s*:\s*(?:\(?www\.korea\.kr\)?)?\s*\]?")
AGENCY: Final = re.compile(r"[가-힣]{2,20}(?:부|처|청|원|위원회|실|본부)")


def confidence(capture: Capture) -> float:
    """Return how surely a capture is a feed."""
    start = capture.text[:1000].lstrip()
    return 0.95 if re.search(r"<(?:rss|feed|rdf:RDF)[\s>]", start) else 0.0


def read(capture: Capture) -> list[Draft]:
    """Return the items of a feed."""
    if "<!DOCTYPE" in capture.text[:2000] or "<!ENTITY" in capture.text:
        raise refused("FILE004", capture.shown, reason="DOCTYPE")
    feed = feedparser.parse(capture.text)
    if not feed.entries:
        raise refused("BODY001", capture.shown)
    channel = one_line(feed.feed.get("title") or "")
    return [draft_of(entry, channel, capture) for entry in feed.entries]


def draft_of(entry: Any, channel: str, capture: Capture) -> Draft:  # noqa: ANN401  feedparser's own mapping
    """Return the draft of one item."""
    written = entry.get("content") or [{"value": entry.get("summary", "")}]
    body, around = described(written[0].get("value") or "")
    url, identity = original_of(entry.get("link") or "")
    agency = one_line(entry.get("author") or "") or (channel if AGENCY.fullmatch(channel) else "")
    title = one_line(entry.get("title") or "")
    placed = [*placed_lines((title,), body), *around]
    source = BRIEFING if "korea.kr" in url else Source(name=channel)
    return Draft(
        profile=PROFILE,
        title=title,
        published=moment_in(entry.get("published_parsed")),
        updated=moment_in(dict.get(entry, "updated_parsed")),  # feedparser's own `get` answers with `published`
        kind=kind_in(url, body.statement),
        agencies=(agency,) if agency else (),
        source=changed(source, url=url, id=identity, sha256=capture.sha256, statement=body.statement),
        licence=licence_in(" ".join(line.text for line in around)),
        attachments=enclosed_in(body.lines),
        body=body.text,
        body_format=body.format,
        changes=body.changes,
        lines=numbered(placed),
    )


def described(markup: str) -> tuple[Body, list[Line]]:
    """Return the text of a description, and the lines korea.kr's feeds put around it."""
    soup = parsed(markup)
    around = []
    for button in soup.select(VIEW_BUTTON):
        around.append(Line(0, "", Part.DROPPED, "view-button"))
        button.extract()
    around += [Line(0, words, Part.DROPPED, "provided-by") for words in taken_providers(soup)]
    element = soup.select_one(".se-contents") or soup.body or soup
    body = body_of(element)
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


def numbered(lines: list[Line]) -> tuple[Line, ...]:
    """Return lines with their numbers."""
    return tuple(line._replace(number=number) for number, line in enumerate(lines, 1))


def moment_in(parts: Any) -> datetime | None:  # noqa: ANN401  a time.struct_time in UTC, or None
    """Return a feed's time in Seoul."""
    return datetime(*tuple(parts)[:6]).replace(tzinfo=UTC).astimezone(SEOUL) if parts else None
