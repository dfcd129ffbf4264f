"""The preview's builds, one after the other, without a server."""

import json
from collections.abc import Iterator
from typing import NoReturn

from sitegen.config import Config
from sitegen.output.writer import locked
from sitegen.serve.preview import Session
from sitegen.serve.reload import Broadcast
from sitegen.terminal import Terminal
from tests.conftest import SiteTest


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
    assert told["version"] == 1
    assert told["problems"][0] == fault
    assert fault in capsys.readouterr().err

    session.rebuild({site.folder / "content/river.md"})

    told = json.loads(session.broadcast.wait(0, 0)[1])
    assert told == {"version": 2, "problems": []}


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
    assert json.loads(session.broadcast.wait(0, 0)[1]) == {"version": 2, "problems": []}
    assert site.page("/2026/03/river/").all(".body") == ["고친 본문입니다."]


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
