"""Rows of korea.kr's lists as JSON lines, one release each. Since 2026 they have no text: a lead, and that is said."""

import json
from typing import Any, Final

from sitegen.importers.blocks import body_of, parsed
from sitegen.importers.capture import Capture, refused
from sitegen.importers.draft import Draft, Line, Part
from sitegen.importers.words import BRIEFING, STATEMENT, enclosed_in, licence_in, moment_of, one_line, original_of
from sitegen.model import BodyFormat, Kind, changed

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
            drafts.append(draft_of(row_of(line, number, capture), number, capture))
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


def draft_of(row: dict[str, Any], number: int, capture: Capture) -> Draft:
    """Return the draft of one row."""

    def text(key: str) -> str:
        value = row.get(key)
        return one_line(str(value)) if value not in (None, "") else ""

    soup = parsed(str(row.get("content_html") or ""))
    element = soup.body or soup
    body, body_format, lines = body_of(element)
    statement = next((line for line in reversed(lines) if STATEMENT.fullmatch(line)), "")
    lines = [line for line in lines if line != statement]
    if body_format is BodyFormat.GOV_OUTLINE or not lines:
        body, body_format = "\n\n".join(lines), BodyFormat.GOV_OUTLINE
    url, identity = original_of(str(row["original_url"]))
    head = [part for part in (text("title"), text("summary")) if part]
    placed = [(part, Part.HEAD, "") for part in head] + [(line, Part.BODY, "") for line in lines]
    placed += [(statement, Part.STATEMENT, "")] if statement else []
    placed += [(f"{key}: {text(key)}", Part.UNPLACED, "") for key in row if key not in PLAIN_KEYS and text(key)]
    return Draft(
        profile=PROFILE,
        title=text("title"),
        summary=text("summary"),
        published=moment_of(text("approved_at")) or moment_of(text("publish_date")),
        updated=moment_of(text("modified_at")),
        kind=Kind.PRESS_RELEASE if "pressRelease" in url else Kind.POLICY_NEWS if "policyNews" in url else None,
        agencies=(text("ministry"),) if text("ministry") else (),
        source=changed(
            BRIEFING,
            url=url,
            id=text("id") or identity,
            retrieved=text("collected_at"),
            revision=text("modify_id"),
            sha256=capture.sha256,
            statement=statement,
        ),
        licence=licence_in(" ".join(lines)),
        attachments=enclosed_in(lines),
        body=body,
        body_format=body_format,
        lines=tuple(Line(number, part, place, rule) for part, place, rule in placed),
    )
