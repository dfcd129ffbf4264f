"""A list page of korea.kr: one body-less item a row, with its lead. Its own text is behind the link."""

from typing import Final
from urllib.parse import urljoin

from bs4 import Tag

from sitegen.clean.rules.credit import BRIEFING
from sitegen.importers.blocks import parsed
from sitegen.importers.capture import Capture, refused
from sitegen.importers.draft import Draft, Line, Part
from sitegen.importers.words import day_of, kind_in, one_line, original_of
from sitegen.values import changed

NAME: Final = "koreakr-list"
PROFILE: Final = f"{NAME}/1"
ROW: Final = '.list_type li > a[href*="View.do?"]'


def confidence(capture: Capture) -> float:
    """Return how surely a capture is such a list."""
    text = capture.text
    is_list = "list_type" in text and "View.do?" in text and 'class="lead' in text
    return 0.9 if is_list and "view_title" not in text else 0.0


def read(capture: Capture) -> list[Draft]:
    """Return the items of the list. Raises ContentError for a page without any (BODY001)."""
    rows = parsed(capture.text).select(ROW)
    if not rows:
        raise refused("BODY001", capture.shown)
    return [draft_of(row, capture) for row in rows]


def draft_of(row: Tag, capture: Capture) -> Draft:
    """Return the draft of one row."""
    url, identity = original_of(urljoin(BRIEFING.site, str(row["href"])))
    title, lead = words_of(row, "strong"), words_of(row, ".lead")
    facts = [one_line(part.get_text()) for part in row.select(".source > span")]
    published = next((day for day in map(day_of, facts) if day), None)
    agency = next((fact for fact in facts if not day_of(fact)), "")
    head = [text for text in (title, lead, *facts) if text]
    return Draft(
        profile=PROFILE,
        title=title,
        summary=lead,
        published=published,
        kind=kind_in(url),
        agencies=(agency,) if agency else (),
        source=changed(BRIEFING, url=url, id=identity, sha256=capture.sha256),
        lines=tuple(Line(number, text, Part.HEAD) for number, text in enumerate(head, 1)),
    )


def words_of(row: Tag, selector: str) -> str:
    """Return the words of a part of a row."""
    found = row.select_one(selector)
    return one_line(found.get_text()) if found else ""
