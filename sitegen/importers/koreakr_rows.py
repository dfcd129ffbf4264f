"""Rows of korea.kr's lists as JSON lines, one release each. Since 2026 they have no text: a lead, and that is said."""

import json
from typing import Any, Final

from sitegen.importers.blocks import body_of, parsed, placed_lines
from sitegen.importers.capture import Capture, refused
from sitegen.importers.draft import Draft, Line, Part
from sitegen.importers.words import BRIEFING, enclosed_in, kind_in, licence_in, moment_of, one_line, original_of
from sitegen.model import BodyFormat
from sitegen.values import changed

NAME: Final = "koreakr-rows"
PROFILE: Final = f"{NAME}/1"
NEEDED: Final = ("title", "original_url")
# Of the row itself or of its collector; nothing a reader would miss.
PLAIN_KEYS: Final = frozenset(
    {
        "approved_at", "collected_at", "content_hash", "content_html", "content_text", "contents_status",
        "grouping_code", "id", "is_modified", "ministry", "modified_at", "modify_id", "original_url", "publish_date",
        "source_method", "source_name", "summary", "summary_source", "title",
    }
)  # fmt: skip


def confidence(capture: Capture) -> float:
    """Return how surely a capture is such rows."""
    first = capture.text.lstrip().partition("\n")[0]
    return 0.9 if first.startswith("{") and all(f'"{key}"' in first for key in NEEDED) else 0.0


def read(capture: Capture) -> list[Draft]:
    """Return the items. Raises ContentError for a line that is no row (FILE004 with its line)."""
    drafts = []
    for number, line in enumerate(capture.text.split("\n"), 1):
        if line.strip():
            drafts.append(draft_of(row_of(line, number, capture), capture))
    return drafts


def row_of(line: str, number: int, capture: Capture) -> dict[str, Any]:
    """Return the row of a line."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise refused("FILE004", capture.shown, number, reason="JSON") from error
    if not isinstance(row, dict) or not all(isinstance(row.get(key), str) for key in NEEDED):
        raise refused("FILE004", capture.shown, number, reason="title, original_url")
    return row


def draft_of(row: dict[str, Any], capture: Capture) -> Draft:
    """Return the draft of one row."""

    def text(key: str) -> str:
        value = row.get(key)
        return one_line(str(value)) if value not in (None, "") else ""

    soup = parsed(str(row.get("content_html") or ""))
    body = body_of(soup.body or soup)
    url, identity = original_of(str(row["original_url"]))
    placed = placed_lines((text("title"), text("summary")), body)
    for key in row:
        if key not in PLAIN_KEYS and text(key):
            placed.append(Line(len(placed) + 1, f"{key}: {text(key)}", Part.UNPLACED))
    return Draft(
        profile=PROFILE,
        title=text("title"),
        summary=text("summary"),
        published=moment_of(text("approved_at")) or moment_of(text("publish_date")),
        updated=moment_of(text("modified_at")),
        kind=kind_in(url, body.statement),
        agencies=(text("ministry"),) if text("ministry") else (),
        source=changed(
            BRIEFING,
            url=url,
            id=text("id") or identity,
            retrieved=text("collected_at"),
            revision=text("modify_id"),
            sha256=capture.sha256,
            statement=body.statement,
        ),
        licence=licence_in(" ".join(body.lines)),
        attachments=enclosed_in(body.lines),
        body=body.text,
        body_format=body.format if body.text else BodyFormat.GOV_OUTLINE,
        lines=tuple(placed),
    )
