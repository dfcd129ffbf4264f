"""Rows of korea.kr as JSON: the lists of 2026 a line each (no text, but a lead), or an array of feed items."""

import html
import json
from itertools import takewhile
from typing import Any, Final

from bs4 import Tag

from sitegen.clean.rules.credit import BRIEFING
from sitegen.importers.blocks import body_of, leaves_of, lines_of, parsed, placed_lines, resolved
from sitegen.importers.capture import Capture, refused
from sitegen.importers.draft import Draft, Line, Part, numbered
from sitegen.importers.feed import described
from sitegen.importers.koreakr_text import is_end
from sitegen.importers.words import (
    OF_BRIEFING,
    STATEMENT,
    files_or_enclosed,
    kind_in,
    licence_in,
    moment_of,
    one_line,
    original_of,
)
from sitegen.model import Attachment, BodyFormat
from sitegen.values import changed

NAME: Final = "koreakr-rows"
PROFILE: Final = f"{NAME}/1"
# The names collectors use for one thing, the first that is given counts.
NAMES: Final = {
    "title": ("title",),
    "subtitle": ("subtitle",),
    "url": ("original_url", "canonicalUrl", "url"),
    "id": ("id", "newsId"),
    "agency": ("ministry",),
    "published": ("approved_at", "publishedAt", "publish_date"),
    "updated": ("modified_at",),
    "retrieved": ("collected_at",),
    "revision": ("modify_id",),
    "summary": ("summary",),
}
FILE_NAMES: Final = ("name", "file_name", "fileName", "filename", "title", "label")
FILE_ADDRESSES: Final = ("url", "file_url", "fileUrl", "download_url", "href", "link")
FURNITURE_INSIDE: Final = "what stands around an article on its page is in this row's text: import the page itself"
# Of the row itself or of its collector; nothing a reader would miss.
PLAIN_KEYS: Final = frozenset(
    {
        "attachments", "content_hash", "content_html", "content_text", "contents_status", "docViewerUrl",
        "grouping_code", "is_modified", "publishedDate", "rssDescription", "source_method", "source_name",
        "summary_source", *(key for keys in NAMES.values() for key in keys),
    }
)  # fmt: skip


def confidence(capture: Capture) -> float:
    """Return how surely a capture is such rows."""
    start = capture.text.lstrip()[:4000]
    has_names = '"title"' in start and any(f'"{key}"' in start for key in NAMES["url"][:2])
    return 0.9 if start.startswith(("{", "[")) and has_names else 0.0


def read(capture: Capture) -> list[Draft]:
    """Return the items. Raises ContentError for a line or value that is no row (FILE004 with its line)."""
    if capture.text.lstrip().startswith("["):
        rows = value_of(capture.text, 1, capture)
        return [draft_of(row_of(row, 1, capture), capture) for row in rows]
    lines = enumerate(capture.text.split("\n"), 1)
    return [
        draft_of(row_of(value_of(line, number, capture), number, capture), capture)
        for number, line in lines
        if line.strip()
    ]


def value_of(text: str, number: int, capture: Capture) -> Any:  # noqa: ANN401  what JSON holds
    """Return the value of a JSON text."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise refused("FILE004", capture.shown, number, reason="JSON") from error


def row_of(value: Any, number: int, capture: Capture) -> dict[str, Any]:  # noqa: ANN401  what JSON holds
    """Return a value that is a row: it has a title and an address."""
    if not isinstance(value, dict) or not (said(value, "title") and said(value, "url")):
        raise refused("FILE004", capture.shown, number, reason="title, original_url")
    return value


def said(row: dict[str, Any], name: str) -> str:
    """Return what a row says under any of a thing's names, on one line."""
    given = (row.get(key) for key in NAMES[name])
    return next((one_line(str(value)) for value in given if value not in (None, "")), "")


def draft_of(row: dict[str, Any], capture: Capture) -> Draft:
    """Return the draft of one row."""
    url, identity = original_of(said(row, "url"))
    if row.get("rssDescription"):
        body, around = described(str(row["rssDescription"]), OF_BRIEFING, url or BRIEFING.site, capture.cleaning)
        behind = []
    else:
        soup = parsed(str(row.get("content_html") or paragraphs_of(str(row.get("content_text") or ""))))
        behind = cut_behind_statement(soup.body or soup)
        body = body_of(soup.body or soup, OF_BRIEFING, url or BRIEFING.site, capture.cleaning)
        around = [Line(0, line, Part.DROPPED, "page-furniture") for line in behind]
    placed = [*placed_lines((said(row, "title"), said(row, "subtitle"), said(row, "summary")), body), *around]
    files, unknown = files_of(row)
    placed += [Line(0, one_line(str(file)), Part.UNPLACED) for file in unknown]
    for key, value in row.items():
        if key not in PLAIN_KEYS and value not in (None, ""):
            placed.append(Line(0, f"{key}: {one_line(str(value))}", Part.UNPLACED))
    return Draft(
        profile=PROFILE,
        title=said(row, "title"),
        subtitle=said(row, "subtitle"),
        summary=said(row, "summary"),
        published=moment_of(said(row, "published")),
        updated=moment_of(said(row, "updated")),
        kind=kind_in(url, body.statement),
        agencies=tuple(filter(None, [said(row, "agency")])),
        source=changed(
            BRIEFING,
            url=url,
            id=said(row, "id") or identity,
            retrieved=said(row, "retrieved"),
            revision=said(row, "revision"),
            sha256=capture.sha256,
            statement=body.statement,
        ),
        licence=licence_in(" ".join([*body.lines, *behind])),
        attachments=files_or_enclosed(files, body.lines),
        body=body.text,
        doubts=(FURNITURE_INSIDE,) if any(map(is_end, body.lines)) else (),
        body_format=body.format if body.text else BodyFormat.GOV_OUTLINE,
        changes=body.changes,
        lines=numbered(placed),
    )


def cut_behind_statement(body: Tag) -> list[str]:
    """Take off a text what stands behind it on its page, where a line can stand nowhere else; return these lines."""
    stated = [block for block in leaves_of(body, ("p", "div", "li", "td")) if STATEMENT.fullmatch(one_line(block.text))]
    if not stated or not any(map(is_end, lines_of(body))):
        return []
    behind = parsed("")
    for inner in (stated[-1], *takewhile(lambda parent: parent is not body, stated[-1].parents)):
        for node in list(inner.next_siblings):
            behind.append(node.extract())
    return lines_of(behind)


def paragraphs_of(text: str) -> str:
    """Return the lines of a text as a page has them, for rows that have no other form of it."""
    return "".join(f"<p>{html.escape(line)}</p>" for line in text.splitlines())


def files_of(row: dict[str, Any]) -> tuple[list[Attachment], list[Any]]:
    """Return the files a row lists, and what stands in that list and names none."""
    given = row.get("attachments") or []
    found: list[Attachment] = []
    unknown: list[Any] = []
    for file in given if isinstance(given, list) else [given]:
        named = file if isinstance(file, dict) else {"name": file if isinstance(file, str) else ""}
        label = next((one_line(str(named[key])) for key in FILE_NAMES if named.get(key)), "")
        address = next((str(named[key]) for key in FILE_ADDRESSES if named.get(key)), "")
        if label:
            found.append(Attachment(label=label, url=original_of(resolved(address, BRIEFING.site))[0]))
        else:
            unknown.append(file)
    return found, unknown
