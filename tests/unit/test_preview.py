"""The preview's builds, one after the other, and its server, without a browser."""

import gc
import http.client
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import FunctionType
from typing import NoReturn
from urllib.parse import quote

import pytest

from sitegen.config import Config
from sitegen.output.writer import locked
from sitegen.serve.preview import Session
from sitegen.serve.reload import Broadcast
from sitegen.serve.server import PreviewServer
from sitegen.terminal import Terminal
from tests.conftest import SiteTest, run


def lost() -> NoReturn:
    """Fail as nobody has foreseen."""
    raise KeyError("lost")


def session_of(site: SiteTest, turns: Iterator[bool], *, verbose: bool = False) -> Session:
    """Return a session whose builds are sound (True) or meet a fault of ours."""

    def configure() -> Config:
        return site.config() if next(turns) else lost()

    return Session(configure, lambda _config: 1, Broadcast(), Terminal(language="en", verbose=verbose))


def test_a_fault_of_ours_ends_no_preview(site: SiteTest, capsys) -> None:
    """It is told in the terminal and in the open pages; the next change is built as any other."""
    session = session_of(site.article("river"), iter([True, False, True]))
    session.rebuild(set())

    session.rebuild({site.folder / "content/river.md"})

    told = json.loads(session.broadcast.wait(0, 0)[1])
    fault = "sitegen: bug BUG001 a fault of sitegen: KeyError: 'lost'"
    assert told["version"] == f"{session.broadcast.began}.1"
    assert told["problems"][0] == fault
    assert fault in capsys.readouterr().err

    session.rebuild({site.folder / "content/river.md"})

    told = json.loads(session.broadcast.wait(0, 0)[1])
    assert (told["version"], told["problems"]) == (f"{session.broadcast.began}.2", [])


def test_what_another_build_holds_up_is_built_when_that_has_ended(site: SiteTest, capsys) -> None:
    """`serve` in a second window: at every edit one of the two comes too late, and must not stay with the old page."""
    session = session_of(site.article("river"), iter([True] * 4))
    session.rebuild(set())
    edited = {site.folder / "content/river.md"}
    site.article("river", body="고친 본문입니다.")

    with locked(site.output):
        session.rebuild(edited)
        session.rebuild(set())

    assert session.waiting == edited
    assert capsys.readouterr().err.count("USE004") == 1

    session.rebuild(set())

    assert session.waiting is None
    assert json.loads(session.broadcast.wait(0, 0)[1])["version"] == f"{session.broadcast.began}.2"
    assert site.page("/2026/03/river/").all(".body") == ["고친 본문입니다."]


def test_an_article_appears_when_its_embargo_ends(site: SiteTest) -> None:
    """No file changes then. A clock that stands still (`--now`) ends none, and must not build for ever."""
    moment = time.time()
    until = datetime.fromtimestamp(moment + 600, UTC).isoformat()
    site.article("river").article("secret", more=f"embargo_until: {until}\n")
    clock = {"now": moment, "wall": moment}

    def configure() -> Config:
        return replace(site.config(), now=datetime.fromtimestamp(clock["now"], UTC))

    session = Session(configure, lambda _config: 1, Broadcast(), Terminal(language="en"), clock=lambda: clock["wall"])
    for _ in range(2):  # an edit meanwhile is another build
        session.rebuild({site.folder / "content/river.md"})
    before = session.must_build(), "/2026/03/secret/" in site.urls()

    clock["wall"] = moment + 601
    due = session.must_build()
    session.rebuild(set())
    still = session.must_build()
    clock["now"] = moment + 601
    session.rebuild({site.folder / "content/river.md"})

    assert before == (False, False)
    assert (due, still) == (True, False)
    assert "/2026/03/secret/" in site.urls()
    assert not session.must_build()


def test_a_day_of_edits_leaves_nothing_in_memory(site: SiteTest) -> None:
    """What holds itself goes only when Python looks for it, and a preview ends its builds too soon for that."""
    session = session_of(site.article("river"), iter([True] * 4))
    for _ in range(4):
        session.rebuild({site.folder / "content/river.md"})

    session.rest()

    functions = [one for one in gc.get_objects() if isinstance(one, FunctionType)]
    assert [one for one in functions if one.__qualname__ == "linked.<locals>.link"] == []


def test_a_preview_that_begins_during_a_build_waits_for_it(site: SiteTest) -> None:
    """Nothing has changed since; all the same there is a site to come."""
    session = session_of(site.article("river"), iter([True] * 2))
    with locked(site.output):
        session.rebuild(set())

    assert session.waiting == set()

    session.rebuild(set())

    assert session.waiting is None
    assert "/2026/03/river/" in site.urls()


def test_a_fault_of_ours_is_told_whole_when_asked(site: SiteTest, capsys) -> None:
    """Whoever reports it needs the place."""
    session_of(site, iter([False]), verbose=True).rebuild(set())

    assert "Traceback (most recent call last):" in capsys.readouterr().err


@contextmanager
def served(folder: Path, base_path: str) -> Iterator[int]:
    """Serve a folder and give the port."""
    server = PreviewServer(0, folder, base_path, Broadcast())
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def answer(port: int, path: str) -> tuple[int, str]:
    """Return the status of an answer, and where it leads."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.putrequest("GET", path.encode().decode("latin-1"), skip_host=True)
    connection.putheader("Host", f"127.0.0.1:{port}")
    connection.endheaders()
    found = connection.getresponse()
    connection.close()
    return found.status, found.getheader("Location", "")


@pytest.mark.parametrize("base_path", ["/한글/", quote("/한글/")])
def test_a_site_below_a_path_of_any_script_is_served(site: SiteTest, base_path: str) -> None:
    """Browsers write such a path in per cent, and so must the answer; others write its letters."""
    site.article("river").build(base_url=f"https://n.kr{base_path}")
    base = quote("/한글/")

    with served(site.output, base_path) as port:
        answers = [answer(port, path) for path in ("/", base, base[:-1], f"{base}2026/03/river?q=%EA%B0%95")]
        # as curl does
        plain = b"GET /\xed\x95\x9c\xea\xb8\x80/2026/03/river/ HTTP/1.0\r\nHost: localhost\r\n\r\n"
        told = raw(port, plain)

    assert answers == [(302, base), (200, ""), (302, base), (302, f"{base}2026/03/river/?q=%EA%B0%95")]
    assert told.startswith(b"HTTP/1.1 200 ")


def raw(port: int, request: bytes) -> bytes:
    """Return the answer to a request as it stands."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(request)
        return connection.makefile("rb").read()


def test_a_folder_of_others_is_not_served(tmp_path: Path) -> None:
    """Not even one that looks like a site."""
    (tmp_path / "404.html").write_text("남의 것", "utf-8")
    (tmp_path / "index.html").write_text("남의 것", "utf-8")

    with served(tmp_path, "/") as port:
        assert answer(port, "/") == (503, "")


def test_what_no_edit_can_mend_ends_the_preview_before_it_begins(site: SiteTest, tmp_path: Path) -> None:
    """A number of workers that cannot be, and a folder that is somebody's own, stay what they are."""
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "404.html").write_text("남의 것", "utf-8")
    given = ("serve", "--content", str(site.folder / "content"), "--port", "0", "--no-cache")

    jobs = run(*given, "--output", str(tmp_path / "out"), "--jobs", "-1")
    folder = run(*given, "--output", str(theirs))

    assert (jobs.status, folder.status) == (2, 2)
    assert "--jobs: error USE005 cannot be less than 0" in jobs.err
    assert f"{theirs}: error USE002 " in folder.err
