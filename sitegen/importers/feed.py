"""RSS and Atom items, through feedparser. An item without a text of its own is a lead and a link, not an article."""

import html
import re
import xml.sax
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import PurePosixPath
from typing import Any, Final
from urllib.parse import unquote, urlsplit

import feedparser  # type: ignore[import-untyped]
from bs4 import Tag
from bs4.element import PageElement

from sitegen.clean.address import clean_url, host_of, is_host_of
from sitegen.clean.rules import Known
from sitegen.clean.rules.credit import BRIEFING, BRIEFING_HOSTS
from sitegen.clean.writing import with_raised
from sitegen.config import SEOUL, Cleaning
from sitegen.importers.blocks import Body, body_of, lines_of, parsed, placed_lines, resolved
from sitegen.importers.capture import Capture, refused
from sitegen.importers.draft import Draft, Line, Part, numbered
from sitegen.importers.safe_xml import MENDED, without_forbidden
from sitegen.importers.words import (
    day_of,
    files_or_enclosed,
    kind_in,
    licence_in,
    moment_of,
    one_line,
    original_of,
)
from sitegen.licence.detect import closing_words_in, denied_in, detect_licence, reserved_in
from sitegen.model import Attachment, Licence, Source
from sitegen.terms import TERMS, is_closed_to_changes, is_closed_to_trade
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
# A text without any is no markup: its lines are lines.
TAG: Final = re.compile(
    r"<(?P<end>/?)(?P<name>p|div|span|br|hr|h[1-6]|a|b|i|u|em|strong|font|img|sup|sub|ul|ol|li|table|tbody|tr|td|th|pre|blockquote)"
    r"(?:\s[^<>]*)?(?P<void>/?)>",
    re.IGNORECASE,
)
VOID: Final = frozenset({"br", "hr", "img"})
TORN: Final = "the feed is not well formed: compare it with the original"
ESCAPED_TWICE: Final = (
    "the text of the feed was escaped twice, and is unescaped once more: compare it with the original"
)
TAGS_AS_WORDS: Final = "tags stand in the text as words, as the feed has them: compare it with the original"
AGENCY: Final = re.compile(r"[가-힣]{2,20}(?:부|처|청|원|위원회|실|본부)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """What a feed says for all its items: its name, the address where relative ones begin, its licence."""

    name: str
    home: str
    licence: Licence


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
    text, mended = without_forbidden(capture.text)
    feed = feedparser.parse(DECLARED.sub(r"\1", text, count=1))
    if not feed.entries:
        raise refused("BODY001", capture.shown)
    channel = channel_of(feed)
    doubts = (TORN,) if feed.bozo and is_malformed(feed) else ()
    drafts = [draft_of(entry, channel, capture) for entry in feed.entries]
    return [
        replace(draft, doubts=(*doubts, *([MENDED] if place in mended else []), *draft.doubts))
        for place, draft in enumerate(drafts)
    ]


def channel_of(feed: Any) -> Channel:  # noqa: ANN401  feedparser's own mapping
    """Return what a feed says for all its items."""
    address = one_line(feed.feed.get("link") or "")
    return Channel(
        name=one_line(feed.feed.get("title") or ""),
        home=address if address.startswith(("http://", "https://")) else "",
        licence=licence_in(one_line(feed.feed.get("rights") or "")),
    )


def is_malformed(feed: Any) -> bool:  # noqa: ANN401  feedparser's own mapping
    """Return whether the parser had to guess; a wrong declaration of the encoding is no guess, for we decoded it."""
    return isinstance(feed.get("bozo_exception"), xml.sax.SAXException)


def draft_of(entry: Any, channel: Channel, capture: Capture) -> Draft:  # noqa: ANN401  feedparser's own mapping
    """Return the draft of one item."""
    written = entry.get("content") or [{"value": entry.get("summary", "")}]
    url, identity = original_of(resolved(one_line(entry.get("link") or ""), channel.home))
    source = BRIEFING if is_host_of(host_of(url), BRIEFING_HOSTS) else Source(name=channel.name)
    markup, doubts = as_markup(written[0].get("value") or "")
    body, around = described(markup, Known(source, is_sure=bool(source.name)), url or channel.home, capture.cleaning)
    author = one_line(entry.get("author") or "")
    agency = author if AGENCY.fullmatch(author) else channel.name if AGENCY.fullmatch(channel.name) else ""
    title = one_line(entry.get("title") or "")
    summary = summary_of(entry, body)
    rights = one_line(" ".join(filter(None, (entry.get("rights"), entry.get("license")))))
    placed = [*placed_lines((title, summary), body), *around]
    # feedparser's own `get` answers for one with the other; it takes dc:date for `updated`
    dates = {said: moment_in(said) for name in ("published", "updated") if (said := dict.get(entry, name))}
    moments = list(dates.values())  # the first is the publication's, as far as one is told at all
    placed += [Line(0, f"date: {one_line(said)}", Part.UNPLACED) for said, moment in dates.items() if moment is None]
    if author and author != agency:
        placed.append(Line(0, f"author: {author}", Part.UNPLACED))
    terms = rights if reserved_in(rights) and not body.statement else ""  # no rule of the site overrules a statement
    if rights:
        part = Part.STATEMENT if terms else Part.HEAD if licence_in(rights) != Licence() else Part.UNPLACED
        placed.append(Line(0, f"rights: {rights}", part))
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
        source=changed(source, url=url, id=identity, sha256=capture.sha256, statement=body.statement or terms),
        licence=licence_of(rights, f"{markup}\n{summary}", channel.licence),
        attachments=files_or_enclosed(files_of(entry, url or channel.home), body.lines),
        body=body.text,
        body_format=body.format,
        changes=body.changes,
        lines=numbered(placed),
        doubts=doubts,
    )


def licence_of(rights: str, text: str, channel: Licence) -> Licence:
    """Return the licence that an item states in its rights, else in its text; its channel's where it states nothing.

    Where it permits less than that in other words, nothing is known; but what is closed stays closed.
    """
    own = licence_in(rights)
    own = own if own != Licence() else licence_in(text)
    if own != Licence():
        is_open = not is_closed_to_changes(TERMS[own.id]) and not is_closed_to_trade(TERMS[own.id])
        return Licence() if is_open and is_forbidden_by(f"{rights}\n{text}", own) else own
    _, conflicting = detect_licence(text)
    return Licence() if rights or conflicting or is_forbidden_by(text, channel) else channel


def is_forbidden_by(text: str, licence: Licence) -> bool:
    """Return whether a text forbids what a licence permits."""
    terms = TERMS.get(licence.id)
    return terms is not None and bool(denied_in(text) or closing_words_in(text, terms) or reserved_in(text))


def as_markup(written: str) -> tuple[str, tuple[str, ...]]:
    """Return the text of an item as markup, and what is doubtful of it; one without any tag has lines."""
    if TAG.search(written):
        return written, ()
    plain = html.unescape(written)
    if not TAG.search(plain):
        return in_lines(written), ()
    if is_whole_markup(plain.strip()):
        return plain, (ESCAPED_TWICE,)
    return in_lines(written), (TAGS_AS_WORDS,)


def in_lines(text: str) -> str:
    """Return a text without tags as markup."""
    return "<br>".join(line.strip() for line in text.strip().splitlines())


def is_whole_markup(text: str) -> bool:
    """Return whether a text is markup from its first letter to its last: a text about markup is not."""
    tags = list(TAG.finditer(text))
    if tags[0].start() > 0 or tags[-1].end() < len(text):
        return False
    names = [(tag["name"].lower(), tag["end"]) for tag in tags if not tag["void"]]
    opened, closed = (Counter(name for name, end in names if bool(end) == is_end) for is_end in (False, True))
    return all(opened[name] == closed[name] for name in opened | closed if name not in VOID)


def summary_of(entry: Any, body: Body) -> str:  # noqa: ANN401  feedparser's own mapping
    """Return the summary that an item states beside its text; the parser makes one of the text where none is stated."""
    if not entry.get("content") or "summary_detail" not in entry:
        return ""
    words = " ".join(lines_of(parsed(with_raised(entry.get("summary") or ""))))
    return words if words != " ".join(body.lines) else ""


def files_of(entry: Any, home: str) -> tuple[Attachment, ...]:  # noqa: ANN401  feedparser's own mapping
    """Return the files an item encloses, named as their addresses end."""
    addresses = (clean_url(resolved(file.get("href") or "", home)) for file in entry.get("enclosures") or ())
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
