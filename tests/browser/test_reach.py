"""Who would be shut out: readers who hear a page, magnify it, go through it by keyboard, or have thick fingers."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_pages import TITLE, WEAR, address, visit  # fixtures
from tests.browser.waiting import comes_true

__all__ = ["address", "visit"]
pytestmark = pytest.mark.browser

CONTACTS = "2024/05/수출관리-통합-창구/"
LARGE = "html { font-size: 200%; }"
SHIFTS = """new Promise((done) => {
    let sum = 0;
    const add = (list) => list.getEntries().forEach((entry) => (sum += entry.value));
    new PerformanceObserver(add).observe({ type: "layout-shift", buffered: true });
    setTimeout(() => done(sum), 500);
})"""
# Whether nothing covers the focused element and no edge cuts it off, from top to bottom.
IS_WHOLE = """() => {
    const one = document.activeElement;
    const { left, top, width, height } = one.getBoundingClientRect();
    const parts = [0.05, 0.25, 0.5, 0.75, 0.95];
    const isSeen = (x, y) => one.contains(document.elementFromPoint(left + width * x, top + height * y));
    return parts.every((y) => parts.some((x) => isSeen(x, y)));
}"""


def open_search(page: Page, query: str) -> None:
    """Open the search dialog by its key and wait for what it finds."""
    page.keyboard.press("/")
    page.keyboard.type(query)
    expect(page.locator("[data-list] a").last).to_contain_text("결과 모두 보기")


def test_the_search_dialog_says_how_much_it_found(visit: Callable[..., Page]) -> None:
    """An open dialog silences everything outside it: a screen reader heard nothing of the results."""
    page = visit("about/")
    open_search(page, "전략물자")
    session = page.context.new_cdp_session(page)
    session.send("Accessibility.enable")

    nodes = session.send("Accessibility.getFullAXTree")["nodes"]

    named = {node["nodeId"]: node for node in nodes}
    heard = [node for node in nodes if not node["ignored"] and node["role"]["value"] == "status"]
    words = [named[child]["name"]["value"] for node in heard for child in node["childIds"]]
    assert words == [page.locator("[data-count]").inner_text()]
    assert words[0].startswith("결과 2건")


@pytest.mark.parametrize(("width", "height"), [(320, 225), (1280, 420)])
def test_what_has_the_focus_in_the_search_dialog_is_wholly_visible(
    width: int, height: int, visit: Callable[..., Page]
) -> None:
    """320 by 225 is a small window at 400 %: the closing bar lay over the links one was about to follow."""
    page = visit("about/", viewport={"width": width, "height": height})
    open_search(page, "관리")
    count = page.locator("dialog :is(a, button, input)").count()

    hidden = []
    for _ in range(count - 1):
        page.keyboard.press("Tab")
        if not comes_true(page, f"({IS_WHOLE})()"):
            hidden.append(page.evaluate("document.activeElement.textContent"))

    assert count > 6
    assert hidden == []


@pytest.mark.parametrize("width", [360, 1280])
def test_a_search_page_does_not_jump_when_its_results_come(width: int, visit: Callable[..., Page]) -> None:
    """Whoever reads the foot of the page, or is about to tap there, loses the place."""
    page = visit("search/?q=관리", viewport={"width": width, "height": 800})
    expect(page.locator("[data-results] .card").first).to_be_visible()

    assert page.evaluate(SHIFTS) < 0.02


def test_all_lines_of_code_begin_in_one_column(visit: Callable[..., Page]) -> None:
    """An indent means something there."""
    page = visit(CONTACTS)
    page.evaluate("document.querySelector('.body').innerHTML = '<pre><code>가\\n나</code></pre><p><code>다</code></p>'")

    starts = page.evaluate("""() => {
        const words = document.querySelector("pre code").firstChild;
        return [0, 2].map((place) => {
            const line = document.createRange();
            line.setStart(words, place);
            line.setEnd(words, place + 1);
            return line.getBoundingClientRect().left;
        });
    }""")
    sizes = page.locator(".body :is(pre, code)").evaluate_all("all => all.map(one => getComputedStyle(one).fontSize)")

    assert starts[0] == starts[1]
    assert sizes[0] == sizes[1] == sizes[2]


def test_a_telephone_number_fits_a_small_page_in_large_letters(visit: Callable[..., Page]) -> None:
    """320 pixels and letters twice as large are what WCAG asks for, each by itself; some readers need both."""
    page = visit(CONTACTS, viewport={"width": 320, "height": 640})
    page.evaluate(WEAR, LARGE)

    ends = page.locator("[href^=tel]").evaluate_all("all => all.map((one) => one.getBoundingClientRect().right)")

    assert ends
    assert max(ends) <= 320
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_signs_grow_with_the_letters_beside_them(visit: Callable[..., Page]) -> None:
    """On a phone a button has its sign alone."""
    page = visit("about/")
    sizes = "Array.from(document.querySelectorAll('svg'), (sign) => sign.getBoundingClientRect().width)"
    before = page.evaluate(sizes)

    page.evaluate(WEAR, LARGE)

    assert len(before) == 3
    assert page.evaluate(sizes) == pytest.approx([size * 2 for size in before], abs=0.1)


def test_the_way_to_an_article_takes_one_line_of_a_phone(visit: Callable[..., Page]) -> None:
    """Its last part is the title that stands below it in large letters."""
    page = visit("", viewport={"width": 360, "height": 740})
    page.get_by_role("link", name=TITLE).first.click()

    tops = page.locator(".crumbs li").evaluate_all("all => all.map((one) => one.getBoundingClientRect().top)")

    assert len(tops) > 1
    assert max(tops) == pytest.approx(min(tops), abs=1)


def test_the_sign_of_a_note_is_large_enough_for_a_finger(visit: Callable[..., Page]) -> None:
    """24 by 24 pixels; the words stay as close as they were, and of two signs side by side each is met."""
    page = visit(CONTACTS)
    sign = '<sup><a href="#n-note{0}" role="doc-noteref">{0}</a></sup>'
    words = f"<p>가{sign.format(1)}{sign.format(2)}나</p><p>가<sup>1</sup><sup>2</sup><b>나</b></p>"
    page.evaluate("words => { document.querySelector('.body').innerHTML = words; }", words)

    boxes = page.locator("sup a").evaluate_all(
        "all => all.map((one) => [one.offsetWidth, one.getBoundingClientRect().height])"
    )
    met = page.evaluate("""() => Array.from(document.querySelectorAll("sup a"), (one) => {
        const words = document.createRange();
        words.selectNodeContents(one);
        const { right, top, bottom } = words.getBoundingClientRect();
        return document.elementFromPoint(right - 5, (top + bottom) / 2) === one;
    })""")
    widths = page.evaluate("""() => Array.from(document.querySelectorAll(".body p"), (one) => {
        const words = document.createRange();
        words.selectNodeContents(one);
        return words.getBoundingClientRect().width;
    })""")

    assert all(width >= 24 and height >= 24 for width, height in boxes)
    assert met == [True, True]
    assert widths[0] == pytest.approx(widths[1], abs=0.1)
