"""What is known of other sites' pages, and what follows from it: an original counts as gone only after two bad days."""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from sitegen.config import Config
from sitegen.model import Article, Entry
from sitegen.problems import Problem
from sitegen.runtime.whole import read_object, write_whole

GONE: Final = (404, 410)
GONE_DAYS: Final = 2  # different days on which it was gone
FRESH: Final = timedelta(days=30)  # an answer that was good holds so long
OK: Final = range(200, 400)
HREF: Final = re.compile(r'<a href="(https?://[^"]+)"')


@dataclass(slots=True)
class Answer:
    """What is known of an address: when it was asked last, the status it gave, the days on which it was gone."""

    asked: str = ""
    status: int = 0
    gone: list[str] = field(default_factory=list)


def wanted_of(entries: list[Entry]) -> dict[str, list[tuple[str, Article]]]:
    """Return the addresses of other sites with what leads there: originals first, then links of texts."""
    wanted: dict[str, list[tuple[str, Article]]] = {}
    for entry in entries:
        if entry.article.source.url:
            wanted.setdefault(entry.article.source.url, []).append(("LINK005", entry.article))
    for entry in entries:
        for written in dict.fromkeys(HREF.findall(entry.body.html)):
            wanted.setdefault(html.unescape(written), []).append(("LINK006", entry.article))
    return wanted


def is_due(answer: Answer | None, today: date) -> bool:
    """Return whether an address is to be asked: never asked, gone on another day, or long ago."""
    if answer is None or not answer.asked:
        return True
    asked = date.fromisoformat(answer.asked)
    return asked < today if answer.gone or answer.status not in OK else asked + FRESH <= today


def known_since(answer: Answer | None) -> str:
    """Return the day of the last answer: those never asked come first."""
    return answer.asked if answer else ""


def known_after(answer: Answer, status: int, today: date) -> Answer:
    """Return what is known after an answer."""
    day = today.isoformat()
    if status in GONE:
        return Answer(day, status, sorted({*answer.gone, day}))
    if status in OK or not answer.gone:
        return Answer(day, status)
    return Answer(day, answer.status, answer.gone)  # what says nothing takes nothing back


def findings(
    wanted: dict[str, list[tuple[str, Article]]], known: dict[str, Answer], config: Config
) -> Iterator[Problem]:
    """LINK005, LINK006: the original still stands, and so do the pages that texts lead to.

    Told only after a 404 or 410 on two different days.
    """
    for url, leading in wanted.items():
        answer = known.get(url)
        if answer is None or len(answer.gone) < GONE_DAYS:
            continue
        for code, article in leading:
            place = article.where_is("source.url" if code == "LINK005" else "body")
            details = {"url": url, "status": str(answer.status), "days": ", ".join(answer.gone)}
            yield config.finding(code, place, article.path, **details)


def read_state(path: Path) -> dict[str, Answer]:
    """Return what is remembered; a file that is damaged is as good as none."""
    try:
        return {url: answer_of(*row) for url, row in read_object(path).items()}
    except (ValueError, TypeError, OverflowError):
        return {}


def answer_of(asked: str, status: int, gone: list[str]) -> Answer:
    """Return an answer as it is remembered. Raises ValueError, TypeError and OverflowError for what is none."""
    for day in (asked, *gone):
        date.fromisoformat(day)
    return Answer(asked, int(status), list(gone))


def write_state(path: Path, known: dict[str, Answer]) -> None:
    """Keep what is known, whole or not at all."""
    rows = {url: [answer.asked, answer.status, answer.gone] for url, answer in sorted(known.items())}
    write_whole(path, json.dumps(rows, ensure_ascii=False).encode())
