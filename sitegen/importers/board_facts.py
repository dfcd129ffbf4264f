"""The rows beside a text of a board → its facts and files: a heading, then its value, however they are drawn."""

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from datetime import date, datetime, timedelta
from itertools import islice, pairwise
from typing import Final

from bs4 import Tag
from bs4.element import NavigableString

from sitegen.importers.blocks import FILE_NAME, SILENT, lines_of
from sitegen.importers.contacts import BODY
from sitegen.importers.file_links import file_of, is_file, linked_file, named_in
from sitegen.importers.words import DAY, day_of, one_line
from sitegen.model import Attachment, Contact
from sitegen.values import changed

MEANINGS: Final = frozenset(
    {"title", "subtitle", "agency", "writer", "date", "updated", "embargo", "files", "unit", "tel"}
)
DATES: Final = frozenset({"date", "updated"})
CELLS: Final = ("th", "td", "dt", "dd", "strong", "b", "span")
SHORT_YEAR: Final = re.compile(r"\s*(?P<year>\d{2})(?=\s?[-./]\s?\d{1,2}\s?[-./]\s?\d{1,2}(?!\d))")
FIRST_OLD_YEAR: Final = 69  # 26.03.05 is of 2026, 99.03.05 of 1999: two digits as POSIX reads them
# What may stand behind the day before which nothing is published; an hour that is not of the clock is not read.
HOUR: Final = re.compile(
    r"[\s.]*(?:\([^()\d]{1,4}\))?\s*(?:(?P<half>오전|오후|낮(?=\s*12))?\s*(?P<hour>\d{1,2})\s*"
    r"(?::\s*(?P<minute>\d{2})(?::\d{2})?|시(?:\s*(?P<minutes>\d{1,2})\s*분)?))?"
    r"(?:이후|부터|조간|(?P<evening>석간)|보도|가능|배포|공개|엠바고|해제|\(엠바고\)|[\s,.])*"
)
EARLIER: Final = re.compile(r"\d|석간")  # an hour that is said before its day is not read
NOON, MIDNIGHT, MAX_MINUTE = 12, 24, 59
# How it is said that there is none: at once, none, a dash, a date of nothing but zeros.
AT_ONCE: Final = re.compile(
    r"(?:배포|보도|제공)?\s*(?:즉시|시)(?:\s*(?:부터|보도|가능))*\.?"
    r"|(?:(?:제한|해당|엠바고)\s*)?(?:사항\s*)?없음\.?|미적용|미해당|[-–—]+"
    r"|0{1,4}[-./]0{1,2}[-./]0{1,4}\.?(?:\s+0{1,2}(?::00){1,2})?"
)
# A writer is an agency where it is named like one; offices and people do not speak in their own name.
MINISTRY: Final = re.compile(
    r"(?:기획재정|재정경제|교육(?:과학기술)?|과학기술(?:정보통신)?|미래창조과학|외교(?:통상)?|통일|법무|국방|행정안전|안전행정|행정자치"
    r"|문화체육관광|농림(?:축산|수산)식품|산업통상(?:자원)?|지식경제|보건복지|(?:기후에너지)?환경|고용노동|(?:성평등|여성)가족"
    r"|국토(?:교통|해양)|해양수산|중소벤처기업|국가보훈)부|(?:기획예산|인사혁신|법제|식품의약품안전|국민안전|국가보훈|국가데이터"
    r"|지식재산)처"
)
# Badges of a title. A title may have their words too: they are badges in brackets, or drawn as one.
BADGE: Final = re.compile(
    r"(?P<open>[\[(])?(?:(?P<sure>새\s?글)|신규|공지(?:사항)?|인기글?|N|NEW|HOT|UPDATE)(?(open)[\])])", re.IGNORECASE
)
BADGE_CLASS: Final = re.compile(r"(?:.*[-_])?(?:ico(?:n|ns)?|badge|label|tag|mark|flag|new|hot|update)(?:[-_\dA-Z].*)?")
MAX_BADGES, MAX_BADGE_DEPTH, MAX_TITLES = 5, 4, 20
MAX_HEADING_NODES = 60  # elements and texts in the cell of a heading; to read all that a longer one holds takes minutes


def by_heading(facts: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the meanings of headings, whose letters may stand apart: `등 록 일`."""
    return {inked_heading(words): meaning for words, meaning in facts}


def inked_heading(words: str) -> str:
    """Return a heading without white space and colon."""
    return "".join(words.split()).rstrip(":：")


def values_in(row: Tag, known: Mapping[str, str]) -> Iterator[tuple[str, Tag]]:
    """Yield the meaning of each heading of a row with the element that holds its value."""
    for heading, value in pairwise(row.find_all(list(CELLS))):
        words = inked_heading(own_heading(heading))
        if words in known and inked_heading(short_text(value)) != words:
            yield known[words], value


def facts_of(rows: Iterable[Tag], known: Mapping[str, str]) -> tuple[dict[str, str], list[Attachment]]:
    """Return the facts of rows by their meaning, and the files they list."""
    facts: dict[str, str] = {}
    files: list[Attachment] = []
    for row in rows:
        listed = len(files)
        for meaning, value in values_in(row, known):
            if meaning == "files":
                files += files_in(value)
            elif meaning not in facts:  # an office may lie in its office
                words = value.get_text(" ") if meaning == "unit" else " ".join(lines_of(value))
                facts[meaning] = one_line(words)
        whole = one_line(row.get_text(" "))
        for words, meaning in known.items():  # `<li><b>등록일</b> 2026-03-02</li>`, `<li>등록일 : 2026-03-02</li>`
            stated = re.fullmatch(rf"{spaced(words)}\s*[:：]?\s*(?P<value>.+)", whole)
            if stated and meaning == "files" and len(files) == listed:
                files += files_in(row)
            elif stated and meaning != "files" and re.match(rf"{spaced(words)}\s*[:：\s]", stated[0]):
                facts.setdefault(meaning, stated["value"])
    return facts, files


def spaced(words: str) -> str:
    """Return a pattern of words, wherever white space stands in them."""
    return r"\s*".join(map(re.escape, "".join(words.split())))


def own_heading(cell: Tag) -> str:
    """Return the words of a heading cell; its value may lie inside it."""
    return one_line("".join(part for part in cell.contents if isinstance(part, NavigableString))) or short_text(cell)


def short_text(cell: Tag) -> str:
    """Return the words of a cell, an empty string where it holds more than a heading does."""
    waiting, count = [cell], 0
    while waiting:
        inside = waiting.pop().contents
        count += len(inside)
        if count > MAX_HEADING_NODES:
            return ""
        waiting += [child for child in inside if isinstance(child, Tag)]
    return one_line(cell.get_text())


def files_in(cell: Tag) -> list[Attachment]:
    """Return the files a cell lists: its links, else the names in it; what its buttons say is no name."""
    links = cell.select("a[href]")
    files = [file for file in map(linked_file, links) if is_file(file)]
    if files:
        return files
    led = {file.label: file for file in map(file_of, links) if is_file(file)}
    rest = copy(cell)
    for button in rest.select("button, input, a, strong, b, th, dt"):
        button.extract()
    lines = [line for line in lines_of(rest) if FILE_NAME.search(line)]
    listed = [changed(led.pop(named_in(line), Attachment(label=line)), label=line) for line in lines]
    return [*listed, *led.values()]


def badges_taken_out(titles: Iterable[Tag]) -> list[str]:
    """Take the badges off titles (`새글`); return their words."""
    return [badge for title in islice(titles, MAX_TITLES) for badge in badges_of(title)]


def badges_of(title: Tag) -> list[str]:
    """Take the badges off the ends of a title; return their words. Something of the title is left."""
    found: list[str] = []
    words = one_line(title.get_text())
    for at in (0, -1):
        while len(found) < MAX_BADGES and (part := badge_at(title, at)) is not None:
            badge = one_line(part.get_text())
            rest = words.removeprefix(badge) if at == 0 else words.removesuffix(badge)
            if rest in ("", words) or (at == 0 and badge[0].isalnum() and not rest.startswith(" ")):
                break
            found.append(badge)
            part.extract()
            words = rest.strip()
    return found


def badge_at(title: Tag, at: int) -> Tag | None:
    """Return the badge at an end of a title: its first (0) or its last (-1) element, or one at that end of it."""
    part = title
    for _ in range(MAX_BADGE_DEPTH):
        inside = [child for child in part.contents if is_seen(child)]
        last = inside[at] if inside else None
        if not isinstance(last, Tag):
            return None
        if is_badge(last):
            return last
        part = last
    return None


def is_seen(node: object) -> bool:
    """Return whether a part of a title may hold words."""
    return bool(node.contents) if isinstance(node, Tag) else not isinstance(node, SILENT) and bool(str(node).strip())


def is_badge(part: Tag) -> bool:
    """Return whether an element is a badge: by its words, and by brackets or how it is drawn."""
    words = BADGE.fullmatch(short_text(part))
    if words is None or words["open"]:
        return words is not None
    if part.name not in ("span", "em", "i"):  # what is only strong is said
        return False
    return bool(words["sure"]) or any(map(BADGE_CLASS.fullmatch, part.get_attribute_list("class")))


def agency_in(facts: Mapping[str, str]) -> str:
    """Return the agency that facts name: as such, or as the writer where that is the name of an institution."""
    writer = facts.get("writer", "")
    return facts.get("agency", "") or (writer if is_institution(writer) else "")


def is_institution(name: str) -> bool:
    """Return whether a name is that of an agency, and not of a person or one of its offices."""
    return bool(MINISTRY.fullmatch(name) if name.endswith(("부", "처")) else BODY.fullmatch(name))


def contacts_of(facts: Mapping[str, str], agency: str) -> tuple[Contact, ...]:
    """Return the office that answers questions, where the facts name it with its telephone."""
    unit, telephone = facts.get("unit", ""), facts.get("tel", "")
    if not telephone or not (agency or unit):
        return ()
    return (Contact(org=agency or unit, unit=unit if agency else "", tel=telephone),)


def is_read(meaning: str, said: str) -> bool:
    """Return whether a fact says what it should: a person is no agency, and not every date can be read."""
    if meaning == "writer":
        return is_institution(said)
    if meaning == "embargo":
        return not embargo_in(said)[1]
    return meaning not in DATES or day_in(said) is not None


def day_in(said: str) -> datetime | None:
    """Return the day a fact names; its year may have two digits."""
    short = SHORT_YEAR.match(said)
    century = "" if not short else "20" if int(short["year"]) < FIRST_OLD_YEAR else "19"
    return day_of(f"{century}{said.strip()}")


def embargo_in(said: str) -> tuple[datetime | None, bool]:
    """Return the time before which nothing may be published, and whether there is one that cannot be read.

    The evening papers of a day (석간) have no hour that all agree on: it is held back until that day is over.
    """
    if not said or AT_ONCE.fullmatch(said):
        return None, False
    day = DAY.search(said)
    moment = day_of(day[0]) if day else None
    clock = HOUR.fullmatch(said, day.end()) if day else None
    if day is None or moment is None or clock is None or EARLIER.search(said, 0, day.start()):
        return None, True
    hour, minute = int(clock["hour"] or 0), int(clock["minute"] or clock["minutes"] or 0)
    if clock["half"] in ("오전", "오후"):
        hour = hour % NOON + (NOON if clock["half"] == "오후" else 0) if hour <= NOON else hour
    if (clock["hour"] is None and clock["evening"]) or (hour, minute, clock["half"]) == (MIDNIGHT, 0, None):
        return end_of_day(moment), False
    if hour >= MIDNIGHT or minute > MAX_MINUTE:
        return None, True
    return moment.replace(hour=hour, minute=minute), False


def end_of_day(day: datetime) -> datetime:
    """Return the midnight at which a day ends; of the last day there is, its last minute."""
    if day.date() == date.max:
        return day.replace(hour=MIDNIGHT - 1, minute=MAX_MINUTE)
    return day.replace(hour=0, minute=0, second=0) + timedelta(days=1)
