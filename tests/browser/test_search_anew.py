"""The search while the site is published anew, and where what a result shows cannot be loaded."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_pages import results, serve
from tests.conftest import ROOT, SiteTest

pytestmark = pytest.mark.browser
STEP = 10
KOREAN = STEP * 2 - 6
ENGLISH = STEP * 2


class Served:
    """A site that a reader looks at, and that is published anew meanwhile."""

    def __init__(self, folder: Path) -> None:
        self.site = SiteTest(folder)
        self.publish("처음")

    def publish(self, edition: str) -> None:
        """Write all articles in another edition, and put the site in the place of the last."""
        for n in range(KOREAN):
            words = "취수원 취수장" if n % 2 else "취수원"
            body = f"{words} {n}호를 살핀다."
            self.site.article("k" + "o" * n, title=f"글 {edition} {n}", date=f"2026-03-{n + 1:02}", body=body)
        for n in range(ENGLISH):
            more = "lang: en\n"
            self.site.article("e" + "n" * n, title=f"River {edition} {n}", date=f"2026-03-{n + 1:02}", more=more)
        self.site.build(search=True)


@pytest.fixture
def served(tmp_path: Path) -> Served:
    """Publish a site for the first time."""
    return Served(tmp_path)


@pytest.fixture
def open_page(served: Served, browser: Browser) -> Iterator[Callable[[str], Page]]:
    """Give a function that opens a page of the site."""
    with browser.new_context(locale="ko-KR") as context:
        for address in serve(served.site.output, "/"):

            def visit(path: str, address: str = address) -> Page:
                page = context.new_page()
                page.goto(address + path)
                return page

            yield visit


def search(page: Page, typed: str) -> None:
    """Search for something, and wait for the results."""
    page.fill("#q", typed)
    page.press("#q", "Enter")
    expect(page.locator("[data-status]")).to_contain_text(f"‘{typed}’ 검색 결과")


def editions(page: Page) -> set[str]:
    """Return of which editions the results are."""
    return {word for title in results(page) for word in re.findall("처음|다음", title)}


@pytest.mark.parametrize("typed", ["취수원", "river"])
def test_results_whose_files_are_gone_come_from_the_new_site(
    typed: str, served: Served, open_page: Callable[[str], Page]
) -> None:
    """What the browser has of the index still answers; only the texts of these results were never asked for."""
    page = open_page("search/")
    search(page, typed)
    count = len(results(page))
    assert editions(page) == {"처음"}

    served.publish("다음")
    page.select_option("[name=sort]", "old")

    expect(page.locator("[data-results] .card__title").first).to_contain_text("다음")
    assert len(results(page)) == count == STEP
    assert editions(page) == {"다음"}
    expect(page.locator("[data-remark]")).to_be_hidden()


def test_further_results_come_from_the_new_site(served: Served, open_page: Callable[[str], Page]) -> None:
    """The list is one edition's: those above are shown again."""
    page = open_page("search/")
    search(page, "취수원")

    served.publish("다음")
    page.click("[data-more]")

    expect(page.locator("[data-results] .card")).to_have_count(KOREAN)
    assert editions(page) == {"다음"}


def test_the_quick_search_shows_hits_of_the_new_site(served: Served, open_page: Callable[[str], Page]) -> None:
    """취수장 is in the chunk that came with 취수원; the texts of its pages are not there any more."""
    page = open_page("about/")
    page.keyboard.press("/")
    page.locator("#quick").fill("취수원")
    hits = page.locator("[data-list] a", has_text="글 ")
    expect(hits).to_have_count(6)

    served.publish("다음")
    page.locator("#quick").fill("취수장")

    expect(hits.first).to_contain_text("다음")
    expect(hits).to_have_count(6)


@pytest.mark.parametrize("status", [404, 503])
def test_further_results_that_could_not_be_loaded_come_with_the_next_try(
    status: int, open_page: Callable[[str], Page]
) -> None:
    """A train is in a tunnel for a moment: no result is passed over for that."""
    page = open_page("search/")
    search(page, "취수원")
    page.route("**/*.pf_fragment", lambda route: route.fulfill(status=status, body=b""))
    page.click("[data-more]")
    expect(page.locator("[data-remark]")).to_contain_text("빠진 글이 있을 수 있습니다")
    assert len(results(page)) == STEP
    page.unroute("**/*.pf_fragment")

    page.click("[data-more]")

    expect(page.locator("[data-results] .card")).to_have_count(KOREAN)
    expect(page.locator("[data-remark]")).to_be_hidden()
    expect(page.locator("[data-more]")).to_be_hidden()


def test_results_of_which_no_text_can_be_loaded_are_a_search_that_failed(open_page: Callable[[str], Page]) -> None:
    """A count over an empty list says nothing; a button that tries again does."""
    page = open_page("search/")
    page.route("**/*.pf_fragment", lambda route: route.fulfill(status=503, body=b""))
    page.fill("#q", "취수원")
    expect(page.locator("[data-status]")).to_contain_text("불러오지 못했습니다")
    expect(page.locator("[data-more]")).to_be_hidden()
    page.unroute("**/*.pf_fragment")

    page.get_by_role("button", name="다시 찾기").click()

    expect(page.locator("[data-results] .card")).to_have_count(STEP)
    expect(page.locator("[data-status]")).to_contain_text(f"‘취수원’ 검색 결과 {KOREAN}건")


NEEDED = {"search", "part", "field", "status", "results", "more", "card", "words", "facet", "modules", "finder", "base"}


def test_the_search_page_of_an_older_theme_still_finds(tmp_path: Path, browser: Browser) -> None:
    """Parts that came later are none of a site's own templates; a page without them must not be a dead one."""
    site = SiteTest(tmp_path)
    for name in ("search.html", "base.html"):
        text = (ROOT / "templates" / name).read_text("utf-8")
        older = re.sub(
            r" data-(?!label)([a-z]+(?:-[a-z]+)*)", lambda found: found[0] if found[1] in NEEDED else "", text
        )
        assert older != text
        site.write(f"templates/{name}", older)
    for n in range(STEP + 3):
        site.article("k" + "o" * n, title=f"취수원 {n}", date=f"2026-03-{n + 1:02}", body="취수원을 살핀다.")
    site.build(search=True)
    with browser.new_context(locale="ko-KR") as context:
        for address in serve(site.output, "/"):
            page = context.new_page()
            faults: list[str] = []
            page.on("pageerror", lambda error, to=faults: to.append(str(error)))
            page.goto(f"{address}search/?q=취수원")
            expect(page.locator("[data-results] > *")).to_have_count(STEP)
            page.locator("[data-more]").click()
            expect(page.locator("[data-results] > *")).to_have_count(STEP + 3)
            page.fill("#q", "없는말뿐")
            expect(page.locator("[data-results] > *")).to_have_count(0)
            assert faults == []
