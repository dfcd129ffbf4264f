"""Other sites are asked politely, and an original counts as gone only after two bad days."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from sitegen.checks.external import Crawler, ask_all
from sitegen.checks.originals import Answer, findings, is_due, known_after, wanted_of
from sitegen.messages import message_of
from sitegen.model import Source


class Answering(BaseHTTPRequestHandler):
    """A site of other people: one page stands, one is gone, one is closed to robots, one refuses HEAD."""

    asked: list[str] = []  # noqa: RUF012  what a test looks at

    def do_HEAD(self) -> None:
        """Answer as the address says."""
        Answering.asked.append(f"{self.command} {self.path}")
        status = {"/gone": 404, "/refuses": 405 if self.command == "HEAD" else 200}.get(self.path, 200)
        data = b"User-agent: *\nDisallow: /closed\n" if self.path == "/robots.txt" else b"page"
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(data)

    do_GET = do_HEAD  # noqa: N815  http.server's name

    def log_message(self, *_: object) -> None:
        """Keep test output clean."""


@pytest.fixture
def others() -> Iterator[str]:
    """Give the address of a site of other people."""
    Answering.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_an_original_is_gone_only_after_two_bad_days(entry_of, config_of, others, tmp_path):
    """Sites have bad days; what robots.txt closes is not asked, what was good is not asked again soon."""
    paths = ("good", "gone", "closed", "refuses")
    entries = [entry_of(path, source=Source(name="다른 곳", url=f"{others}/{path}")) for path in paths]
    first = config_of()
    told = []
    for days in (0, 0, 1):
        config = replace(first, now=first.now + timedelta(days=days))
        told.append(ask_all(entries, config, tmp_path / "links.json", lambda *_: None, Crawler(pause=0)))

    assert [(asked, left) for _, asked, left in told] == [(4, 0), (0, 0), (2, 0)]
    assert [len(problems) for problems, _, _ in told] == [0, 0, 1]
    (problem,) = told[2][0]
    assert problem.code == "LINK005"
    assert message_of(problem, "en") == f"the original is gone (404 on 2026-03-01, 2026-03-02): {others}/gone"
    assert f"원문이 사라졌습니다(2026-03-01, 2026-03-02에 404): {others}/gone" == message_of(problem, "ko")
    assert "HEAD /closed" not in Answering.asked
    assert "GET /refuses" in Answering.asked
    assert Answering.asked.count("HEAD /good") == 1


def test_a_site_that_cannot_be_reached_says_nothing(entry_of, config_of, tmp_path):
    """A closed port is no 404."""
    entries = [entry_of("a", source=Source(name="다른 곳", url="http://127.0.0.1:9/a"))]
    crawler = Crawler(pause=0)
    crawler.pool.connection_pool_kw["retries"] = False

    problems, asked, left = ask_all(entries, config_of(), tmp_path / "links.json", lambda *_: None, crawler)

    assert (problems, asked, left) == ([], 1, 0)


def test_a_bad_day_takes_nothing_back_of_what_is_known(config_of, entry_of):
    """The site is down on the day after: readers of the finding must know what it once said, and not `0`."""
    entry = entry_of("a", source=Source(name="다른 곳", url="https://press.example.go.kr/a"))
    answer = Answer()
    for day, status in enumerate((503, 410, 404, 0, 500), 1):
        answer = known_after(answer, status, date(2026, 3, day))

    (problem,) = findings(wanted_of([entry]), {entry.article.source.url: answer}, config_of())

    assert dict(problem.details)["status"] == "404"
    assert dict(problem.details)["days"] == "2026-03-02, 2026-03-03"
    assert is_due(answer, date(2026, 3, 6))
    assert known_after(answer, 200, date(2026, 3, 6)).gone == []


@pytest.mark.parametrize(
    "text",
    ['{"http', "[1]", '{"a": ["2026-03-01", Infinity, []]}', '{"a": ["2026-03-01", 200, [7]]}', "[" * 100_000],
    ids=["cut off", "a list", "no status", "no day", "deep"],
)
def test_a_damaged_memory_is_as_good_as_none(entry_of, config_of, others, tmp_path, text):
    """A file cut off by a full disk must not stop the check."""
    state = tmp_path / "links.json"
    state.write_text(text, "utf-8")
    entries = [entry_of("a", source=Source(name="다른 곳", url=f"{others}/good"))]

    assert ask_all(entries, config_of(), state, lambda *_: None, Crawler(pause=0))[1] == 1
    assert "/good" in state.read_text("utf-8")
