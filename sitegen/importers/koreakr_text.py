"""korea.kr article page saved as plain text: head up to the `YYYY.MM.DD 기관` line, body up to the reprint statement.

Furniture rules look at the lines before the head and after the statement, never inside the body.
"""

import re
from functools import lru_cache
from typing import Final

from sitegen.clean.rules.credit import BRIEFING
from sitegen.importers.capture import Capture
from sitegen.importers.draft import Draft, Line, Part
from sitegen.importers.words import STATEMENT, day_of, enclosed_in, kind_in, licence_in, one_line
from sitegen.model import NO_SOURCE
from sitegen.values import changed

NAME: Final = "koreakr-text"
PROFILE: Final = f"{NAME}/1"
DATE_LINE: Final = re.compile(
    r"(?P<date>\d{4}\.\d{2}\.\d{2}\.?(?:\s+\d{1,2}:\d{2})?)\s+(?P<agency>(?!\d{1,2}:\d{2})\S[^□ㅇ○]{0,60})"
)
# Labels that a page has above its title, letter for letter: a title may begin like one.
LABELS: Final = re.compile(
    r"본문 바로가기(?: 메인메뉴 바로가기)?|메인메뉴 바로가기|전자정부\s*이 누리집은 .*공식 전자정부 누리집입니다\.?"
    r"|브리핑룸|콘텐츠 영역|정책뉴스|정책자료|사실은 이렇습니다"
)
TOOLS: Final = frozenset({"목록", "글자크기 설정", "인쇄", "공유", "SNS"})  # buttons, beside a title or below its date
END: Final = re.compile(r"이전다음기사(?: 영역)?|[히하]단 배너 영역|정책브리핑 게시물 운영원칙(?:에 .*)?")
# Page furniture of korea.kr, by the words a reader sees. The order is that of the page.
FURNITURE: Final = (
    ("skip-link", re.compile(r"본문 바로가기.*|메인메뉴 바로가기")),
    ("egov-banner", re.compile(r"전자정부\s*이 누리집은 .*공식 전자정부 누리집입니다\.?")),
    (
        "section-label",
        re.compile(
            r"브리핑룸|콘텐츠 영역|목록|이전다음기사(?: 영역)?|(?:이전|다음)기사.*|히단 배너 영역|하단 배너 영역|"
            r"추천 뉴스|많이 본,.*|정책뉴스|정책자료|사실은 이렇습니다|글자크기 설정|인쇄|공유|SNS|댓글.*"
        ),
    ),
    (
        "moderation",
        re.compile(
            r"정책브리핑 게시물 운영원칙에 .*|[•·]?\s*\d{1,2}\.\s.*(?:경우|글|내용)|운영원칙 열기|댓글 운영원칙"
        ),
    ),
    ("copyright", re.compile(r"저작권정책|.*공공누리.*|단, .*저작권.*")),
)
NO_SOURCE_SAID: Final = "nothing says where the text is from: write its source in"
FURNITURE_ABOVE: Final = "a line above the date may be furniture of the page: {}"
# Lines that are about other articles and about comments: no title, where another line can be one.
NEIGHBOUR: Final = re.compile(r"(?:이전|다음)기사(?:\s.*)?|댓글(?:\s*\(?\d+\)?개?)?")
RECOMMENDED: Final = "추천 뉴스"  # what stands below it, up to the next label, are links to other pages


def confidence(capture: Capture) -> float:
    """Return how surely a capture is such a text, 0 to 1."""
    if capture.text.lstrip().startswith(("<", "---\n")):
        return 0.0
    text = capture.text
    lines = [line.strip() for line in capture.lines if line[4:5] == "." or "이 " in line[:8]]
    marks = (any(map(DATE_LINE.fullmatch, lines)), any(map(STATEMENT.fullmatch, lines)), *signs_of_briefing(text))
    return (0.0, 0.4, 0.7, 0.9, 0.98)[sum(marks)]


def signs_of_briefing(text: str) -> tuple[bool, bool]:
    """Return which labels of korea.kr a text has."""
    return "\n콘텐츠 영역" in text, "공식 전자정부 누리집" in text


def read(capture: Capture) -> list[Draft]:
    """Return the one article of the page."""
    written = [
        (number, line)
        for number, given in enumerate(capture.lines, 1)
        if given and (line := one_line(given) if "&" in given else " ".join(given.split()))  # it is NFC already
    ]
    dated = next((place for place, (_, line) in enumerate(written) if DATE_LINE.fullmatch(line)), None)
    stated = statement_place([line for _, line in written])
    doubts = []
    if dated is None:
        doubts.append("no line with date and agency")
    if stated is None:
        doubts.append("no reprint statement: the body's end was judged by the labels after it")
    placed = placed_lines(written, dated, stated)
    head = [line.text for line in placed if line.part is Part.HEAD]
    body = [line.text for line in placed if line.part is Part.BODY]
    statement = next((line.text for line in placed if line.part is Part.STATEMENT), "")
    is_of_briefing = bool(statement) or any(signs_of_briefing(capture.text))
    if not is_of_briefing:
        doubts.append(NO_SOURCE_SAID)
    titles = [line for line in head if not DATE_LINE.fullmatch(line)]
    if len(titles) > 1:  # one alone is the title, whatever it says
        doubts += [FURNITURE_ABOVE.format(line) for line in titles if furniture_rule(line)]
    date = DATE_LINE.fullmatch(head[-1]) if head else None
    return [
        Draft(
            profile=PROFILE,
            title=titles[0] if titles else "",
            subtitle=" · ".join(titles[1:]),
            published=day_of(date["date"]) if date else None,
            kind=kind_in(statement),
            agencies=(date["agency"].strip(),) if date else (),
            source=changed(BRIEFING if is_of_briefing else NO_SOURCE, sha256=capture.sha256, statement=statement),
            licence=licence_in("\n".join(line.text for line in placed if line.part is not Part.BODY)),
            attachments=enclosed_in(body),
            body="\n\n".join(body),
            lines=tuple(placed),
            doubts=tuple(doubts),
        )
    ]


def statement_place(lines: list[str]) -> int | None:
    """Return where the reprint statement stands: the last such line before what can only follow an article.

    An article may speak of itself in the same words.
    """
    end = next((place for place, line in enumerate(lines) if is_end(line)), len(lines))
    stated = [place for place, line in enumerate(lines) if STATEMENT.fullmatch(line)]
    return max((place for place in stated if place < end), default=stated[0] if stated else None)


def placed_lines(written: list[tuple[int, str]], dated: int | None, stated: int | None) -> list[Line]:
    """Return what became of every line."""
    placed: list[Line] = []
    first = (dated if dated is not None else -1) + 1
    last = stated
    if last is None:
        after = (place for place in range(first, len(written)) if is_end(written[place][1]))
        last = next(after, len(written))
    headed = head_place([line for _, line in written[: first - 1]]) if first else 0
    has_title = any(not is_beside_title(line) for _, line in written[headed : max(first - 1, 0)])
    is_in_body = recommending = False
    for place, (number, line) in enumerate(written):
        if first <= place < last:
            is_in_body = is_in_body or not is_label(line)  # 목록, before the first line
            part, rule = (Part.BODY, "") if is_in_body else (Part.DROPPED, furniture_rule(line))
        elif place < first:
            is_known = is_label(line) or (has_title and place >= headed and is_beside_title(line))
            rule = furniture_rule(line) if is_known else ""
            part = Part.DROPPED if rule else Part.HEAD if place >= headed else Part.UNPLACED
        elif place == stated:
            part, rule = Part.STATEMENT, ""
        else:
            rule = furniture_rule(line)
            recommending = line == RECOMMENDED or (recommending and not rule)
            rule = rule or ("reco" if recommending else "")
            part = Part.DROPPED if rule else Part.UNPLACED
        placed.append(Line(number, line, part, rule))
    return placed


def head_place(above: list[str]) -> int:
    """Return where the head begins among the lines above the date: behind the last label, whatever it says."""
    return max((place + 1 for place, line in enumerate(above) if LABELS.fullmatch(line)), default=0)


def is_label(line: str) -> bool:
    """Return whether a line is nothing but a label or a button of the page: a title or a text may begin like one."""
    return line in TOOLS or LABELS.fullmatch(line) is not None


def is_beside_title(line: str) -> bool:
    """Return whether a line above the date is no title where another is there."""
    return is_label(line) or NEIGHBOUR.fullmatch(line) is not None


def is_end(line: str) -> bool:
    """Return whether a line can only stand after an article."""
    return END.fullmatch(line) is not None


@lru_cache(maxsize=1024)  # furniture is the same on every page
def furniture_rule(line: str) -> str:
    """Return the rule that knows a line as page furniture, or an empty string."""
    return next((rule for rule, pattern in FURNITURE if pattern.fullmatch(line)), "")
