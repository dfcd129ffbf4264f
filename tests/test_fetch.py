"""`import --from data.go.kr`: a server on this machine speaks the service's envelopes, with the troubles it has."""

import json
import threading
from collections.abc import Iterator
from datetime import date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from sitegen.errors import ToolError
from sitegen.importers.fetch import Asked, State, fetched
from tests.conftest import run

KEY = "a+b/c=="
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
GATEWAY = (
    f"{HEAD}<OpenAPI_ServiceResponse><cmmMsgHeader><errMsg>SERVICE ERROR</errMsg><returnAuthMsg>{{1}}</returnAuthMsg>"
    "<returnReasonCode>{0}</returnReasonCode></cmmMsgHeader></OpenAPI_ServiceResponse>"
)


def item_of(number: int, day: str, revision: int = 1) -> str:
    """Return an item approved at nine on a day (MM/DD/YYYY)."""
    return (
        f"<NewsItem><NewsItemId>{number}</NewsItemId><ContentsStatus>I</ContentsStatus><ModifyId>{revision}</ModifyId>"
        f"<ApproveDate>{day} 09:00:00</ApproveDate><GroupingCode>press</GroupingCode><Title><![CDATA[강물 소식 {number}]]></Title>"
        "<ContentsType>H</ContentsType><DataContents><![CDATA[<p>□ 강물이 흐른다.</p><p>ㅇ 잘 흐른다.</p>]]></DataContents>"
        f"<MinisterCode>하천청</MinisterCode><OriginalUrl>https://www.korea.kr/briefing/pressReleaseView.do?newsId={number}</OriginalUrl>"
        "<KoglType>1</KoglType></NewsItem>"
    )


def answer_of(items: list[str], total: int | None = None) -> str:
    """Return an answer with these items."""
    body = "".join(items) + f"<totalCount>{len(items) if total is None else total}</totalCount>"
    return f"{HEAD}<response><header><resultCode>0</resultCode><resultMsg>NORMAL_SERVICE</resultMsg></header><body>{body}</body></response>"


def error_of(code: str, message: str) -> str:
    """Return the service's own error, which comes with status 200."""
    return f"{HEAD}<response><header><resultCode>{code}</resultCode><resultMsg>{message}</resultMsg></header><body/></response>"


class Service(ThreadingHTTPServer):
    """The service: `answers` are given in order for each window (its first day), the last of them for ever."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: dict[str, list[tuple[int, str]]] = {}
        self.asked: list[dict[str, str]] = []

    @property
    def url(self) -> str:
        """Return the address of the service."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def days(self) -> list[str]:
        """Return the first day of every request."""
        return [query["startDate"] for query in self.asked]


class Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    server: Service

    def do_GET(self) -> None:
        """Give what is prepared for the window, else no data."""
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self.server.asked.append(query | {"path": parts.path})
        prepared = self.server.answers.get(query["startDate"], [(200, error_of("3", "NODATA_ERROR"))])
        status, text = prepared.pop(0) if len(prepared) > 1 else prepared[0]
        if query["serviceKey"] != KEY:
            status, text = 200, GATEWAY.format(30, "SERVICE_KEY_IS_NOT_REGISTERED_ERROR")
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data) if status != 206 else len(data) + 9))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the name is the base class's
        """Say nothing."""


@pytest.fixture
def service() -> Iterator[Service]:
    """Give a running service."""
    server = Service()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def fetch(service: Service, folder: Path, *more: str, key: str = KEY, now: str = "") -> Any:
    """Fetch seven days into a content folder; `now`: what the clock says."""
    flags = ("--from", "data.go.kr", "--since", "2026-11-01", "--until", "2026-11-07", "--to", "content", *more)
    environment = {"SITEGEN_DATA_GO_KR_KEY": key, "SITEGEN_DATA_GO_KR_URL": service.url}
    if now:
        environment["SOURCE_DATE_EPOCH"] = str(int(datetime.fromisoformat(now).timestamp()))
    return run("import", *flags, cwd=folder, environment=environment)


def files(folder: Path) -> dict[str, bytes]:
    """Return the files below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_days_are_asked_for_three_at_a_time(service: Service, tmp_path: Path) -> None:
    """The service answers for no more; the second time nothing changes, though a day has more items by then."""
    service.answers["20261101"] = [(200, answer_of([item_of(1, "11/01/2026"), item_of(2, "11/02/2026")]))]

    first = fetch(service, tmp_path)
    before = files(tmp_path / "content")
    service.answers["20261101"] = [
        (200, answer_of([item_of(n, "11/01/2026") for n in (3, 1)] + [item_of(2, "11/02/2026")]))
    ]
    again = fetch(service, tmp_path)

    after = files(tmp_path / "content")
    assert (first.status, again.status) == (0, 0)
    assert "added 2" in first.out
    assert "unchanged 2, added 1" in again.out
    assert service.days()[:3] == ["20261101", "20261104", "20261107"]
    assert [query["endDate"] for query in service.asked[:3]] == ["20261103", "20261106", "20261107"]
    assert service.asked[0]["path"] == "/pressReleaseService/pressReleaseList"
    assert {name: after[name] for name in before if not name.endswith(".json")} == {
        name: data for name, data in before.items() if not name.endswith(".json")
    }
    assert run("import", "--check", "--to", "content", cwd=tmp_path).out.startswith(
        "3 imported file(s): 0 edited, 0 read"
    )


def test_the_day_an_item_came_is_kept_when_it_comes_again(service: Service, tmp_path: Path) -> None:
    """When something was captured is a fact of the first time; a correction is another capture."""
    service.answers["20261101"] = [(200, answer_of([item_of(1, "11/01/2026")]))]
    fetch(service, tmp_path, now="2026-11-07T16:00:00+00:00")  # the 8th in Seoul
    (path,) = (tmp_path / "content/articles").rglob("*.md")
    first = path.read_bytes()

    again = fetch(service, tmp_path, now="2026-11-09T00:00:00+09:00")
    unchanged = path.read_bytes()
    service.answers["20261101"] = [(200, answer_of([item_of(1, "11/01/2026", revision=2)]))]
    fetch(service, tmp_path, now="2026-11-12T00:00:00+09:00")

    assert b"retrieved: '2026-11-08'" in first
    assert "unchanged 1" in again.out
    assert unchanged == first
    assert "retrieved: '2026-11-12'" in path.read_text("utf-8")
    assert run("import", "--check", "--to", "content", cwd=tmp_path).out.startswith(
        "1 imported file(s): 0 edited, 0 read"
    )


def test_a_newer_revision_is_an_update(service: Service, tmp_path: Path) -> None:
    """Corrections come under the same id."""
    service.answers["20261101"] = [(200, answer_of([item_of(1, "11/01/2026")]))]
    fetch(service, tmp_path)
    service.answers["20261101"] = [(200, answer_of([item_of(1, "11/01/2026", revision=2)]))]

    outcome = fetch(service, tmp_path)

    assert "updated 1" in outcome.out


def test_pages_are_asked_for_until_all_items_are_in(service: Service, tmp_path: Path) -> None:
    """A busy day has more items than one answer."""
    service.answers["20261101"] = [
        (200, answer_of([item_of(1, "11/01/2026")], total=2)),
        (200, answer_of([item_of(2, "11/01/2026")], total=2)),
    ]

    outcome = fetch(service, tmp_path)

    assert "added 2" in outcome.out
    assert [query["pageNo"] for query in service.asked if query["startDate"] == "20261101"] == ["1", "2"]


def test_a_service_without_pages_is_not_asked_for_ever(service: Service, tmp_path: Path) -> None:
    """It gives the same answer again."""
    service.answers["20261101"] = [(200, answer_of([item_of(1, "11/01/2026")], total=5))]

    outcome = fetch(service, tmp_path)

    assert "added 1" in outcome.out
    assert service.days().count("20261101") == 2


@pytest.mark.parametrize(
    "trouble",
    [
        (500, "down"),
        (429, "slow"),
        (200, error_of("23", "LIMITED_NUMBER_OF_SERVICE_REQUESTS_PER_SECOND_EXCEEDS_ERROR")),
        (200, GATEWAY.format(5, "SERVICETIMEOUT_ERROR")),
        (200, "<html>gateway"),
        (206, "half"),
    ],
)
def test_trouble_that_passes_is_waited_for(service: Service, tmp_path: Path, trouble: tuple[int, str]) -> None:
    """A nightly job must not fail because of one bad second."""
    service.answers["20261101"] = [trouble, (200, answer_of([item_of(1, "11/01/2026")]))]

    outcome = fetch(service, tmp_path)

    assert outcome.status == 0
    assert "added 1" in outcome.out


def test_a_fetch_that_was_stopped_goes_on_where_it_stood(service: Service, tmp_path: Path) -> None:
    """What has come is kept; the days that are in are not asked for again."""
    service.answers["20261101"] = [(200, answer_of([item_of(1, "11/01/2026")]))]
    service.answers["20261104"] = [(200, error_of("22", "LIMITED_NUMBER_OF_SERVICE_REQUESTS_EXCEEDS_ERROR"))]

    stopped = fetch(service, tmp_path)
    service.asked.clear()
    service.answers["20261104"] = [(200, answer_of([item_of(2, "11/04/2026")]))]
    going_on = fetch(service, tmp_path)

    assert (stopped.status, going_on.status) == (3, 0)
    assert "added 1" in stopped.out
    assert "data.go.kr/press: error API001 the service answered with an error: 22" in stopped.err
    assert service.days() == ["20261104", "20261107"]


def test_the_quota_of_a_day_is_kept(service: Service, tmp_path: Path) -> None:
    """The service locks a key that asks too often."""
    stopped = fetch(service, tmp_path, "--quota", "2")

    assert stopped.status == 3
    assert "error API004 the 2 requests of today are used up" in stopped.err
    assert len(service.asked) == 2


def test_a_key_that_is_refused_is_told_and_never_printed(service: Service, tmp_path: Path) -> None:
    """Whoever reads the log of a job must not get the key."""
    outcome = fetch(service, tmp_path, key="wrong-key-1234")

    assert outcome.status == 2
    assert "error API001 the service answered with an error: 30 SERVICE_KEY_IS_NOT_REGISTERED_ERROR" in outcome.err
    assert "wrong-key-1234" not in outcome.err + outcome.out
    assert len(service.asked) == 1


def test_the_escaped_form_of_a_key_is_the_same_key(service: Service, tmp_path: Path) -> None:
    """The portal shows both, and people copy either."""
    assert fetch(service, tmp_path, key="a%2Bb%2Fc%3D%3D").status == 0


def test_a_dry_run_writes_nothing(service: Service, tmp_path: Path) -> None:
    """Before a first fetch one looks."""
    service.answers["20261101"] = [(200, answer_of([item_of(1, "11/01/2026")]))]

    outcome = fetch(service, tmp_path, "--dry-run")

    assert "added 1" in outcome.out
    assert not (tmp_path / "content").exists()


@pytest.mark.parametrize(
    ("flags", "environment", "told"),
    [
        (("--since", "2026-11-01"), {}, "API002 there is no key for data.go.kr"),
        ((), {"SITEGEN_DATA_GO_KR_KEY": "k"}, "name the day to begin with"),
        (("--since", "2026-13-01"), {"SITEGEN_DATA_GO_KR_KEY": "k"}, "not a day: 2026-13-01"),
        (
            ("--since", "2026-11-02", "--until", "2026-11-01"),
            {"SITEGEN_DATA_GO_KR_KEY": "k"},
            "name the day to begin with",
        ),
    ],
)
def test_what_is_missing_is_told(
    tmp_path: Path, flags: tuple[str, ...], environment: dict[str, str], told: str
) -> None:
    """No traceback, no request."""
    outcome = run("import", "--from", "data.go.kr", *flags, "--to", "content", cwd=tmp_path, environment=environment)

    assert outcome.status == 2
    assert told in outcome.err


def test_no_answer_at_all_is_waited_for_longer_and_longer(tmp_path: Path) -> None:
    """The network is down; what has come stays, and the day it stands at is told."""
    waits: list[float] = []
    day = date(2026, 11, 1)
    asked = Asked(
        key="k", service="press", since=day, until=day, today=day, home="http://127.0.0.1:9", pause=waits.append
    )

    with pytest.raises(ToolError) as caught:
        list(fetched(asked, State(tmp_path / "state.json"), lambda *_: None))

    assert waits == [1, 2, 4, 8]
    assert caught.value.problem.code == "API003"
    assert dict(caught.value.problem.details) == {"message": "ConnectionRefusedError", "day": "2026-11-01"}


@pytest.mark.parametrize(
    "text",
    [
        '{"press": {"since": "2026-11-01", "until": "2026-11-07", "next": "soon"}',
        '{"press": {"since": "2026-11-01", "until": "2026-11-07", "next": "soon"}}',
        '{"requests": 5}',
        "[" * 100_000,
    ],
    ids=["cut off", "no day", "no days", "deep"],
)
def test_a_damaged_state_counts_as_none(service: Service, tmp_path: Path, text: str) -> None:
    """It only spares requests."""
    path = tmp_path / "content/captures/.data-go-kr.json"
    path.parent.mkdir(parents=True)
    path.write_text(text, "utf-8")

    assert fetch(service, tmp_path).status == 0
    assert len(service.asked) == 3


def test_a_count_that_is_no_number_begins_anew(tmp_path: Path) -> None:
    """Whoever mends the file by hand writes quotes."""
    day, path = date(2026, 11, 1), tmp_path / "state.json"
    path.write_text('{"requests": {"2026-11-01": "5"}}', "utf-8")
    state = State(path)

    state.count(Asked(key="k", service="press", since=day, until=day, today=day))

    assert json.loads(path.read_bytes()) == {"requests": {"2026-11-01": 1}}


def test_an_address_that_is_none_is_told_without_the_key(tmp_path: Path) -> None:
    """A library's message would hold the whole address, and the key in it."""
    environment = {"SITEGEN_DATA_GO_KR_KEY": "secret-1234", "SITEGEN_DATA_GO_KR_URL": "proxy.example.kr/1371000"}

    outcome = run(
        "import",
        "--from",
        "data.go.kr",
        "--since",
        "2026-11-01",
        "--to",
        "content",
        cwd=tmp_path,
        environment=environment,
    )

    assert outcome.status == 2
    assert "error API005" in outcome.err
    assert "secret-1234" not in outcome.err + outcome.out
