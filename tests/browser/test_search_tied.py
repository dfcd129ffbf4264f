"""Words that a sign ties: R&D, F-35, 한·미. They stand side by side and whole, whatever stands behind them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_pages import results, serve
from tests.conftest import SiteTest

pytestmark = pytest.mark.browser
TEXTS = {
    "연구": "내년 R&D 예산을 늘린다. 지역의 예산은 그대로다.",
    "나눔": "A반과 D반이 R관에서 예산을 배운다.",
    "지수": "뉴욕의 S&P 500 지수가 올랐다.",
    "환율": "어제 엔·달러 환율이 내렸다.",
    "달러": "한국은행은 달러 환율을 살핀다.",
    "교육": "AI와 함께 SW 교육을 넓힌다.",
    "공연": "K-POP 공연이 열린다.",
    "노래": "K팝을 부른다.",
    "대회": "e-스포츠는 대회가 있다.",
    "경기": "e스포츠가 인기다.",
}
ENGLISH = {
    "Networks": "AT&T builds networks in the U.S. at a rate of 3.5 a month.",
    "Streets": "The tram stops at T street, S street and U street; 3 of 5 do.",
}
COST = """async (typed) => {
  const { createInstance } = await import("/search/pagefind.js");
  const index = createInstance();
  await index.init();
  performance.clearResourceTimings();
  await index.search(typed);
  return performance.getEntriesByType("resource").filter((entry) => entry.name.endsWith(".pf_index")).length;
}"""


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Publish a site with a few texts, and open its search."""
    yield from opened(TEXTS, "", browser, tmp_path_factory)


@pytest.fixture(scope="module")
def english(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Do the same with texts that Pagefind's own search has."""
    yield from opened(ENGLISH, "lang: en\n", browser, tmp_path_factory)


def opened(texts: dict[str, str], more: str, browser: Browser, folders: pytest.TempPathFactory) -> Iterator[Page]:
    """Publish texts by their titles, and open their search."""
    site = SiteTest(folders.mktemp("tied"))
    for day, (title, body) in enumerate(texts.items(), 1):
        site.article(f"text{'x' * day}", title=title, date=f"2026-03-{day:02}", body=body, more=more)
    site.build(search=True)
    with browser.new_context(locale="ko-KR") as context:
        for address in serve(site.output, "/"):
            page = context.new_page()
            page.goto(f"{address}search/")
            yield page


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("R&D", {"연구"}),
        ("R&D예산", {"연구"}),
        ("R&D예산을", {"연구"}),
        ("S&P500", {"지수"}),
        ("S&P 500", {"지수"}),
        ("엔·달러환율", {"환율"}),
        ("AI/SW", {"교육"}),
        ("K-POP", {"공연", "노래"}),
        ("KPOP", {"공연", "노래"}),
        ("K팝", {"공연", "노래"}),
        ("케이팝은", {"공연", "노래"}),
        ("e-스포츠를", {"대회", "경기"}),
        ("e스포츠", {"대회", "경기"}),
    ],
)
def test_what_a_sign_ties_is_found_with_what_stands_behind_it(page: Page, typed: str, titles: set[str]) -> None:
    """A particle, a figure or a noun behind it is part of no letter."""
    page.fill("#q", typed)
    page.press("#q", "Enter")

    expect(page.locator("[data-status]")).to_contain_text(f"‘{typed}’ 검색 결과")
    assert set(results(page)) == titles


@pytest.mark.parametrize("typed", ["AT&T", "AT&T networks", "U.S.", "3.5"])
def test_what_a_sign_ties_is_one_word_in_other_languages(english: Page, typed: str) -> None:
    """Pagefind has AT&T as one word, and parts it nowhere: at and T are in any text."""
    english.fill("#q", typed)
    english.press("#q", "Enter")

    expect(english.locator("[data-status]")).to_contain_text(f"‘{typed}’")
    assert results(english) == ["Networks"]


def test_a_tied_syllable_costs_what_a_word_costs(browser: Browser, tmp_path: Path) -> None:
    """Thousands of words begin with it: only those that end with it can stand before a sign."""
    site = SiteTest(tmp_path)
    tails = (chr(0xAC00 + number * 7 % 11172) for number in range(1500))
    site.article("words", body=" ".join(f"한{tail}{tail}" for tail in tails))
    site.build(search=True)
    with browser.new_context() as context:
        for address in serve(site.output, "/"):
            page = context.new_page()
            page.goto(f"{address}search/")
            costs = {typed: page.evaluate(COST, typed) for typed in ("한", "한·몽골")}

    assert costs["한"] == 3
    assert costs["한·몽골"] <= 2
