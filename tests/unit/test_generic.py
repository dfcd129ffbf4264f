"""Pages of no known family: better than the extractor alone, and nothing where there is nothing."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest
from trafilatura import extract

from sitegen.errors import ContentError
from sitegen.importers.capture import Capture
from sitegen.importers.draft import Part
from sitegen.importers.profiles import choose, named

PAGES = tomllib.loads((Path(__file__).parents[1] / "captures/pages.toml").read_text("utf-8"))["page"]


def capture_of(page):
    """Return a page as it would be saved."""
    return Capture(
        f"<!doctype html><html><head><title>글</title></head><body>{page['html']}</body></html>".encode(), "page.html"
    )


def overlap(wanted, found):
    """Return F1 over the words of two texts."""
    wanted, found = Counter(wanted.split()), Counter(found.split())
    return 2 * (wanted & found).total() / (wanted.total() + found.total()) if wanted or found else 1.0


def text_of(page):
    """Return the text the profile finds, or nothing where it refuses the page."""
    try:
        (draft,) = named("generic").read(capture_of(page))
    except ContentError as error:
        assert error.problem.code == "BODY001"  # noqa: PT017  the one answer allowed
        return ""
    return "\n".join(line.text for line in draft.lines if line.part is Part.BODY)


@pytest.mark.parametrize("page", [page for page in PAGES if page["text"]], ids=lambda page: page["name"])
def test_the_text_of_a_page_is_its_article(page):
    """A guess, but one that leaves out what stands around a text and keeps the text."""
    assert overlap(page["text"], text_of(page)) >= 0.95


def test_we_find_no_less_than_the_extractor_alone():
    """Rules on top of a good library must not make it worse."""
    articles = [page for page in PAGES if page["text"]]

    ours = sum(overlap(page["text"], text_of(page)) for page in articles)
    alone = max(
        sum(overlap(page["text"], extract(capture_of(page).text, favor_precision=precise) or "") for page in articles)
        for precise in (False, True)
    )

    assert ours >= alone


@pytest.mark.parametrize("page", [page for page in PAGES if not page["text"]], ids=lambda page: page["name"])
def test_a_page_without_an_article_gives_none(page):
    """An empty article with a ministry's name is worse than none."""
    assert text_of(page) == ""


def test_the_result_is_marked_for_review():
    """Nobody should publish a guess without looking."""
    capture = capture_of(PAGES[0])

    profile, confidence = choose(capture)
    (draft,) = profile.read(capture)

    assert (profile.name, confidence) == ("generic", 0.45)
    assert draft.doubts == ("extracted by a general rule: compare it with the page",)
    assert draft.unplaced == ()
    assert draft.published is None
