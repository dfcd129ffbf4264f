"""Small readings that several profiles share: dates, statements, licences, attachments, addresses of korea.kr."""

import html
import re
import unicodedata
from dataclasses import replace
from datetime import datetime
from typing import Final
from urllib.parse import parse_qs, urlsplit

from sitegen.characters import resolved_entities
from sitegen.clean.address import clean_url, strip_tracking
from sitegen.clean.rules import Known
from sitegen.clean.rules.credit import BRIEFING
from sitegen.config import SEOUL
from sitegen.licence.detect import detect_licence
from sitegen.model import Attachment, Kind, Licence, Scope

OF_BRIEFING: Final = Known(BRIEFING, is_sure=True)
BRIEFING_HOSTS: Final = ("www.korea.kr", "korea.kr", "m.korea.kr")
STATEMENT: Final = re.compile(
    r"[“\"']?\s*이 (?:자료|뉴스|기사)는 .{1,60}(?:전재|제공|작성)\S*\s.{0,40}(?:알려\s?드립니다|밝힙니다)\.?\s*[”\"']?"
)
# `붙 임 : 참석자 명단`, `첨부: 1. 개요 2. 사진`: named in the text, whether or not the capture has the file.
ENCLOSED: Final = re.compile(r"(?:붙\s*임|첨\s*부)\s*\d*\s*[:：.]\s*(?P<label>\S.{0,120})")
DAY: Final = re.compile(r"(?P<year>\d{4})\s*[-./년]\s*(?P<month>\d{1,2})\s*[-./월]\s*(?P<day>\d{1,2})")
TIME: Final = re.compile(r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?")


def one_line(text: str) -> str:
    """Return a text on one line: NFC, white space single, entities that were written twice resolved."""
    line = " ".join(resolved_entities(text).split())  # the no-break space is white space too
    return line if line.isascii() else unicodedata.normalize("NFC", line)


def day_of(text: str) -> datetime | None:
    """Return the day (and time, where one follows) a Korean text names, in Seoul; None when it names none."""
    found = DAY.search(text)
    if not found:
        return None
    clock = TIME.search(text, found.end())
    hour, minute, second = (int(part or 0) for part in clock.groups()) if clock else (0, 0, 0)
    try:
        return datetime(int(found["year"]), int(found["month"]), int(found["day"]), hour, minute, second, tzinfo=SEOUL)
    except ValueError:
        return None


def moment_of(text: str) -> datetime | None:
    """Return an ISO 8601 time in Seoul, or None."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return moment.replace(tzinfo=SEOUL) if moment.tzinfo is None else moment.astimezone(SEOUL)


def original_of(address: str) -> tuple[str, str]:
    """Return a clean address of the original and the id it names (`newsId`), each empty when there is none."""
    url = clean_url(strip_tracking(html.unescape(address).strip())[0])
    parts = urlsplit(url)
    found = parse_qs(parts.query).get("newsId", [""])[0]
    if not found.isdigit():
        return url, ""
    if parts.hostname in BRIEFING_HOSTS:  # what else stands there says only how somebody came to it
        url = f"https://{parts.hostname}{parts.path}?newsId={found}"
    return url, found


def licence_in(text: str, scope_hint: str = "") -> Licence:
    """Return the licence a capture states outright, else UNKNOWN; the evidence is the mark as it stands."""
    found, _ = detect_licence(text)
    if found is None:
        return Licence()
    return replace(found, scope=Scope.TEXT if "텍스트" in (scope_hint or text) else found.scope)


def enclosed_in(lines: list[str]) -> tuple[Attachment, ...]:
    """Return the enclosures a body names."""
    found = (ENCLOSED.fullmatch(line) for line in lines)
    return tuple(Attachment(label=match["label"].strip()) for match in found if match)


def kind_in(*said: str) -> Kind | None:
    """Return what kind of text a capture says it is (its address, its statement, its page's title), or None."""
    words = " ".join(said)
    if "보도자료" in words or "pressRelease" in words:
        return Kind.PRESS_RELEASE
    return Kind.POLICY_NEWS if "정책뉴스" in words or "policyNews" in words else None
