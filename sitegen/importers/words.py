"""Small readings that several profiles share: dates, statements, licences, attachments, addresses of korea.kr."""

import html
import re
import unicodedata
from collections.abc import Iterable
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
# `붙 임 : 참석자 명단`, `첨부: 1. 개요 2. 사진`, `붙임  1. 개요 1부.` with `2. 명단 1부.  끝.` on the next line.
ENCLOSED: Final = re.compile(r"(?:붙\s*임|첨\s*부)\s*(?P<number>\d{0,4})\s*[:：.]\s*(?P<label>.{0,120})")
MAX_ENCLOSED: Final = 120  # letters of a line that names some
ENCLOSED_ITEM: Final = re.compile(r"(?:^|(?<!\d\.)\s)(?P<number>\d{1,2})[.)]\s*(?=[^\d\s])")
ENCLOSED_END: Final = re.compile(r"\s끝\s?\.$")
# What stands behind the name of an enclosure: how many there are, and that the document ends here.
COPIES: Final = re.compile(r"(?:\s(?:각\s*)?\d{1,3}\s?부)?\s?\.?(?:\s?끝\s?\.)?$")
NO_ENCLOSURE: Final = re.compile(r"(?:해당\s*)?(?:사항\s*)?없음|위와\s*같음|상동|생략|[-–—.]*")
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


def files_or_enclosed(files: Iterable[Attachment], lines: list[str]) -> tuple[Attachment, ...]:
    """Return the files of a capture, or, where it has none, the enclosures its body names: they are the same."""
    return tuple(files) or enclosed_in(lines)


def enclosed_in(lines: list[str]) -> tuple[Attachment, ...]:
    """Return the enclosures a body names, on the line that begins with 붙임 and on numbered ones that go on from it."""
    labels: list[str] = []
    due = 0  # the number with which the next line may go on
    for line in lines:
        named = ENCLOSED.fullmatch(line)
        words = line if named is None else f"{named['number']}. {named['label']}".removeprefix(". ")
        number = due if named is None else int(named["number"] or 1)
        items = items_from(number, words) if number and len(words) <= MAX_ENCLOSED else []
        labels += items or ([words] if named else [])
        is_open = bool(items or (named and not words)) and not ENCLOSED_END.search(words)
        due = number + len(items) if is_open else 0
    names = (COPIES.sub("", label.strip()) for label in labels)
    return tuple(Attachment(label=name) for name in names if not NO_ENCLOSURE.fullmatch(name))


def items_from(number: int, words: str) -> list[str]:
    """Return the items of a line (`1. 개요 1부. 2. 명단 1부.`) that begins with this number and counts on."""
    marks: list[re.Match[str]] = []
    for mark in ENCLOSED_ITEM.finditer(words):
        if int(mark["number"]) == number + len(marks) and (marks or mark.start() == 0):
            marks.append(mark)
    ends = [*(mark.start() for mark in marks[1:]), len(words)]
    return [words[mark.end() : end] for mark, end in zip(marks, ends, strict=False)]


def kind_in(*said: str) -> Kind | None:
    """Return what kind of text a capture says it is (its address, its statement, its page's title), or None."""
    words = " ".join(said)
    if "보도자료" in words or "pressRelease" in words:
        return Kind.PRESS_RELEASE
    return Kind.POLICY_NEWS if "정책뉴스" in words or "policyNews" in words else None
