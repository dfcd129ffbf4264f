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
    site = SiteTest(tmp_path_factory.mktemp("tied"))
    for day, (title, body) in enumerate(TEXTS.items(), 1):
        site.article(f"text{'x' * day}", title=title, date=f"2026-03-{day:02}", body=body)
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
    ],
)
def test_what_a_sign_ties_is_found_with_what_stands_behind_it(page: Page, typed: str, titles: set[str]) -> None:
    """A particle, a figure or a noun behind it is part of no letter."""
    page.fill("#q", typed)
    page.press("#q", "Enter")

    expect(page.locator("[data-status]")).to_contain_text(f"‘{typed}’ 검색 결과")
    assert set(results(page)) == titles


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
