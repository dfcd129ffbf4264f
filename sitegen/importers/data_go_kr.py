"""data.go.kr: press releases and policy news of korea.kr as XML, one `NewsItem` each; errors in two envelopes."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import Final
from xml.etree import ElementTree as ET

from sitegen.clean.rules.credit import BRIEFING
from sitegen.config import SEOUL
from sitegen.importers.blocks import body_of, outline_of, parsed, placed_lines
from sitegen.importers.board_facts import embargo_in, end_of_day
from sitegen.importers.capture import Capture, refused
from sitegen.importers.draft import UNREAD_EMBARGO, Draft, Line, Part, numbered
from sitegen.importers.safe_xml import root_of
from sitegen.importers.words import (
    OF_BRIEFING,
    files_or_enclosed,
    kind_in,
    licence_in,
    one_line,
    original_of,
)
from sitegen.model import Attachment, Evidence, Kind, Licence
from sitegen.values import changed

NAME: Final = "data-go-kr"
PROFILE: Final = f"{NAME}/1"
NO_DATA: Final = "3"
FORMS: Final = ("%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M", "%m/%d/%Y")  # of its dates
MIDNIGHT: Final = re.compile(r"\s+24:00(?::00)?$")  # at the end of a day
TYPES: Final = frozenset("01234")  # of KoglType
# What is read of an item; any other element is told.
KNOWN: Final = frozenset(
    {
        "ApproveDate", "ApproverName", "ContentsStatus", "ContentsType", "DataContents", "EmbargoDate", "FileName",
        "FileUrl", "GroupingCode", "KoglType", "MinisterCode", "ModifyDate", "ModifyId", "NewsItemId", "OriginalUrl",
        "SubTitle1", "SubTitle2", "SubTitle3", "Title",
    }
)  # fmt: skip


def confidence(capture: Capture) -> float:
    """Return how surely a capture is an answer of this service."""
    start = capture.text[:2000]
    if "<NewsItem>" in start or "<OpenAPI_ServiceResponse>" in start:
        return 0.98
    return 0.9 if "<response>" in start and "<resultCode>" in start else 0.0


def read(capture: Capture) -> list[Draft]:
    """Return the items of an answer. Raises ContentError for an answer that is an error (API001)."""
    root = root_of(capture.text, capture.shown)
    header = root.find(".//cmmMsgHeader")
    if header is not None:
        code, message = text_in(header, "returnReasonCode"), text_in(header, "returnAuthMsg")
        raise refused("API001", capture.shown, result=code, message=message)
    code = text_in(root, ".//resultCode")
    if code not in ("0", "00", NO_DATA, ""):
        raise refused("API001", capture.shown, result=code, message=text_in(root, ".//resultMsg"))
    return [draft_of(item, capture) for item in root.iter("NewsItem")]


def draft_of(item: ET.Element, capture: Capture) -> Draft:
    """Return the draft of one item."""
    content = item.findtext("DataContents") or ""
    url, identity = original_of(text_in(item, "OriginalUrl"))
    if text_in(item, "ContentsType") == "T":
        body = outline_of([line for line in map(one_line, content.splitlines()) if line])
    else:
        soup = parsed(content)
        body = body_of(soup.body or soup, OF_BRIEFING, url or BRIEFING.site, capture.cleaning)
    status = text_in(item, "ContentsStatus")
    approved, changed_on = (american(text_in(item, f"{name}Date")) for name in ("Approve", "Modify"))
    embargo, is_held_back = embargo_of(item)
    shown = max(filter(None, (approved, embargo)), default=None)  # what was changed before then, nobody had read
    doubts = [f"ContentsStatus {status}: neither new nor updated"] if status not in ("I", "U", "") else []
    if is_held_back:
        doubts.append(UNREAD_EMBARGO.format(text_in(item, "EmbargoDate")))
    titles = [one_line(re.sub(r"<br\s*/?>", " ", text_in(item, f"SubTitle{number}"))) for number in (1, 2, 3)]
    head = [one_line(text_in(item, "Title")), *filter(None, titles)]
    return Draft(
        profile=PROFILE,
        title=head[0],
        subtitle=" · ".join(head[1:]),
        published=approved,
        updated=changed_on if status == "U" and (shown is None or (changed_on and changed_on > shown)) else None,
        embargo_until=embargo,
        kind=Kind.PRESS_RELEASE if text_in(item, "GroupingCode") == "press" else kind_in(url, body.statement),
        agencies=tuple(filter(None, [one_line(text_in(item, "MinisterCode"))])),
        source=changed(
            BRIEFING,
            url=url,
            id=text_in(item, "NewsItemId") or identity,
            revision=text_in(item, "ModifyId"),
            sha256=capture.sha256,
            statement=body.statement,
        ),
        licence=licence_of(item, content),
        attachments=files_or_enclosed(files_of(item), body.lines),
        body=body.text,
        body_format=body.format,
        changes=body.changes,
        lines=numbered([*placed_lines(head, body), *unread_in(item)]),
        doubts=tuple(doubts),
        draft=is_held_back,
    )


def embargo_of(item: ET.Element) -> tuple[datetime | None, bool]:
    """Return the time before which nothing of an item may be published, and whether there is one nobody can read."""
    said = one_line(text_in(item, "EmbargoDate"))
    embargo = american(said)
    if embargo is None and (last := MIDNIGHT.search(said)):
        day = american(said[: last.start()])
        embargo = end_of_day(day) if day else None
    return (embargo, False) if embargo else embargo_in(said)


def unread_in(item: ET.Element) -> Iterator[Line]:
    """Yield what an item says that nothing is made of: unknown elements, dates of another form, types of no licence."""
    for element in item:
        said = one_line(" ".join(element.itertext()))
        is_read = element.tag in KNOWN
        if element.tag == "EmbargoDate":
            is_read = not embargo_of(item)[1]
        elif element.tag.endswith("Date"):
            is_read = is_read and american(said) is not None
        elif element.tag == "KoglType":
            is_read = said in TYPES
        if said and not is_read:
            yield Line(0, f"{element.tag}: {said}", Part.UNPLACED)


def licence_of(item: ET.Element, content: str) -> Licence:
    """Return the licence the service states for the item, else the one its text states."""
    number = text_in(item, "KoglType")
    if number in TYPES:
        return Licence(id=f"KOGL-{number}", evidence=Evidence(kind="api-field", text=f"KoglType {number}"))
    return licence_in(content)


def files_of(item: ET.Element) -> tuple[Attachment, ...]:
    """Return the files: names and addresses come in pairs, in order."""
    names = [one_line(found.text or "") for found in item.findall("FileName")]
    addresses = [original_of(found.text or "")[0] for found in item.findall("FileUrl")]
    addresses += [""] * (len(names) - len(addresses))
    return tuple(Attachment(label=name, url=url) for name, url in zip(names, addresses, strict=False) if name)


def text_in(element: ET.Element, path: str) -> str:
    """Return the text of the first element at `path`, trimmed."""
    return (element.findtext(path) or "").strip()


def american(text: str) -> datetime | None:
    """Return the time of `MM/DD/YYYY HH:MM:SS` in Seoul, with or without seconds or the hour; else None."""
    for form in FORMS:
        with suppress(ValueError):
            return datetime.strptime(text, form).replace(tzinfo=SEOUL)
    return None
