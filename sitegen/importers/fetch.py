"""data.go.kr asked for days: its answers cut into one capture an item. Nothing here is part of a build.

The service answers for three days at most (error 98 beyond), a page at a time, and says errors with status 200, too.
Each item is a capture of its own, so that the same item gives the same bytes whatever else was published that day.
"""

import http.client
import json
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlencode

from sitegen.characters import whole_number_in
from sitegen.errors import ContentError, ToolError, UsageError
from sitegen.importers.capture import Capture
from sitegen.importers.safe_xml import root_of
from sitegen.problems import Problem, Severity, Where
from sitegen.runtime.whole import read_object, write_whole

HOME: Final = "https://apis.data.go.kr/1371000"
SERVICES: Final = {
    "press": "pressReleaseService/pressReleaseList",
    "news": "policyNewsService/policyNewsList",
}
WINDOW_DAYS: Final = 3
ROWS: Final = 100
TIMEOUT_SECONDS: Final = 30
TRIES: Final = 5
MAX_ANSWER_BYTES: Final = 50_000_000
NO_DATA: Final = frozenset({"3", "03"})
FINE: Final = frozenset({"0", "00"})
# Trouble that passes: application, database, HTTP, time-out, too many requests a second.
PASSING: Final = frozenset({"1", "01", "2", "02", "4", "04", "5", "05", "23"})
# What only the owner of the key can mend: no access, expired, unknown or unregistered.
KEY_TROUBLE: Final = frozenset({"20", "21", "30", "31", "32", "33"})
ITEM: Final = re.compile(r"<NewsItem>.*?</NewsItem>", re.DOTALL)
NAMED: Final = re.compile(r"<(NewsItemId|ModifyId)>\s*(?:<!\[CDATA\[)?\s*([0-9]{1,20})")
ALONE: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    "<response><header><resultCode>0</resultCode></header><body>{}</body></response>\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked for. `home` is the service's address, without a slash at its end."""

    key: str
    service: str
    since: date
    until: date  # inclusive
    today: date  # in Seoul; requests are counted by it
    home: str = HOME
    quota: int = 0  # requests a day; 0: as many as it takes
    pause: Callable[[float], None] = time.sleep


@dataclass(slots=True)
class State:
    """How far a fetch has come, kept in a file so that a stopped one goes on, and the requests of each day."""

    path: Path
    is_kept: bool = True
    value: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read the file; a damaged one counts as none."""
        self.value = read_object(self.path)

    def start_of(self, asked: Asked) -> date:
        """Return the day to begin with: where a stopped fetch of the same days stood, else the first."""
        stopped = self.value.get(asked.service)
        if isinstance(stopped, dict) and (stopped.get("since"), stopped.get("until")) == written(asked):
            try:
                return max(asked.since, date.fromisoformat(str(stopped.get("next"))))
            except ValueError:  # a damaged state counts as none
                return asked.since
        return asked.since

    def reached(self, asked: Asked, following: date) -> None:
        """Remember that all days before `following` are in; nothing when that is all."""
        since, until = written(asked)
        if following > asked.until:
            self.value.pop(asked.service, None)
        else:
            self.value[asked.service] = {"since": since, "until": until, "next": following.isoformat()}
        self.save()

    def count(self, asked: Asked) -> None:
        """Count a request of today. Raises ToolError when the quota of the day is used up."""
        today = asked.today.isoformat()
        counted = self.value.get("requests")
        known = counted.get(today) if isinstance(counted, dict) else None
        requests = known if isinstance(known, int) else 0
        if asked.quota and requests >= asked.quota:
            raise ToolError(problem("API004", asked, count=str(requests)))
        self.value["requests"] = {today: requests + 1}
        self.save()

    def save(self) -> None:
        """Write the file."""
        if self.is_kept:
            write_whole(self.path, f"{json.dumps(self.value, ensure_ascii=False, indent=1)}\n".encode())


def written(asked: Asked) -> tuple[str, str]:
    """Return the days asked for, as the state writes them."""
    return asked.since.isoformat(), asked.until.isoformat()


def windows(since: date, until: date) -> Iterator[tuple[date, date]]:
    """Yield windows the service answers for, from the first day to the last, both inclusive."""
    while since <= until:
        end = min(until, since + timedelta(days=WINDOW_DAYS - 1))
        yield since, end
        since = end + timedelta(days=1)


def fetched(asked: Asked, state: State, progress: Callable[[str, int, int], None]) -> Iterator[Capture]:
    """Yield a capture for every item of the days asked for. Raises UsageError or ToolError; what came stays."""
    spans = list(windows(state.start_of(asked), asked.until))
    for done, (first, last) in enumerate(spans, 1):
        yield from items_between(asked, state, first, last)
        state.reached(asked, last + timedelta(days=1))
        progress("fetch", done, len(spans))


def items_between(asked: Asked, state: State, first: date, last: date) -> Iterator[Capture]:
    """Yield the items of one window, page by page."""
    seen: set[str] = set()
    page = 1
    while True:
        text, total = answer(asked, state, first, last, page)
        new = [item for item in ITEM.findall(text) if item not in seen]
        for item in new:
            yield capture_of(item, asked.service)
        seen.update(new)
        if not new or len(seen) >= total:  # a service that knows no pages gives the same page again
            return
        page += 1


def capture_of(item: str, service: str) -> Capture:
    """Return the capture of one item: its own words in the service's envelope."""
    named = dict(NAMED.findall(item))
    name = "-".join((service, named.get("NewsItemId", "0"), named.get("ModifyId", "0")))
    return Capture(ALONE.format(item).encode(), f"data.go.kr/{name}.xml")


def answer(asked: Asked, state: State, first: date, last: date, page: int) -> tuple[str, int]:
    """Return the text of an answer and the number of items it promises. Tries again while the trouble may pass."""
    query = {"startDate": f"{first:%Y%m%d}", "endDate": f"{last:%Y%m%d}", "numOfRows": ROWS, "pageNo": page}
    key = unquote(asked.key) if "%" in asked.key else asked.key  # the portal shows an escaped form, too
    url = f"{asked.home}/{SERVICES[asked.service]}?{urlencode({'serviceKey': key, **query})}"
    trouble = ""
    for attempt in range(TRIES):
        if attempt:
            asked.pause(2.0 ** (attempt - 1))
        state.count(asked)
        try:
            text = downloaded(url)
        except urllib.error.HTTPError as error:
            trouble = f"HTTP {error.code}"
            if error.code < http.client.INTERNAL_SERVER_ERROR and error.code != http.client.TOO_MANY_REQUESTS:
                break
            continue
        except (OSError, http.client.HTTPException, ValueError) as error:  # ValueError: no UTF-8, or no address
            trouble = type(getattr(error, "reason", error)).__name__  # never its words: they may hold the key
            continue
        try:
            code, message, total = said_in(text, asked)
        except ContentError:  # half an answer, or a page of some gateway
            trouble = "no XML"
            continue
        if code in FINE or code in NO_DATA:
            return text, total
        trouble = f"{code} {message}"
        if code not in PASSING:
            kind = UsageError if code in KEY_TROUBLE else ToolError
            raise kind(problem("API001", asked, result=code, message=message))
    raise ToolError(problem("API003", asked, message=trouble, day=first.isoformat()))


def downloaded(url: str) -> str:
    """Return the text at an address."""
    request = urllib.request.Request(url, headers={"User-Agent": "sitegen", "Accept": "application/xml"})  # noqa: S310
    with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as stream:  # noqa: S310  http and https: the caller's own
        data: bytes = stream.read(MAX_ANSWER_BYTES + 1)
    if len(data) > MAX_ANSWER_BYTES:
        raise http.client.HTTPException("too long")
    return data.decode("utf-8")


def said_in(text: str, asked: Asked) -> tuple[str, str, int]:
    """Return the result code of an answer, its message, and the number of items there are in all."""
    root = root_of(text, f"data.go.kr/{asked.service}")
    gateway = root.find(".//cmmMsgHeader")
    if gateway is not None:
        code, message = (gateway.findtext(name) or "" for name in ("returnReasonCode", "returnAuthMsg"))
        return code.strip() or "99", message.strip(), 0
    code = (root.findtext(".//resultCode") or "").strip()
    total = (root.findtext(".//totalCount") or "0").strip()
    return code or "99", (root.findtext(".//resultMsg") or "").strip(), whole_number_in(total)


def problem(code: str, asked: Asked, **details: str) -> Problem:
    """Return what went wrong with a service. The key is never part of it."""
    where = Where(path=f"data.go.kr/{asked.service}")
    return Problem(code=code, severity=Severity.ERROR, where=where, details=tuple(details.items()))
