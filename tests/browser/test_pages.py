"""The sample site in a real browser: search, keyboard, themes, and everything readable without script."""

import gzip
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response, expect

from sitegen.config import Styling
from sitegen.output.sheets import COLOUR_NAMES, styling_rules
from tests.browser.waiting import comes_true
from tests.conftest import run

pytestmark = pytest.mark.browser
HEAD = 280  # bytes that come with an answer
STYLE_SHEET = 5_120  # bytes
TITLE = "처음 수출하는 기업도 어렵지 않게! 전략물자 수출관리 바뀐다"


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files below a base path, and the site's 404 page, as GitHub Pages does."""

    base = "/"

    def translate_path(self, path: str) -> str:
        """Return the file of an address below the base path."""
        return super().translate_path("/" + path.removeprefix(self.base))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Send 404.html for what is not there."""
        del message, explain
        page = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *_: object) -> None:
        """Keep test output clean."""


def serve(folder: Path, base: str) -> Iterator[str]:
    """Serve a folder and give its address."""
    handler = partial(type("Handler", (QuietHandler,), {"base": base}), directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}{base}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Build the sample site for a sub-path, as GitHub Pages serves it, and serve it."""
    output = tmp_path_factory.mktemp("sample") / "site"
    outcome = run("--output", str(output), "--base-url", "https://name.github.io/repo/", "--now", "2026-11-22")
    assert outcome.status == 0, outcome.err
    yield from serve(output, "/repo/")


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Give a function that opens a page; any console error or request to another host fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(path: str, *, may_be_missing: bool = False, **settings: object) -> Page:
        context = browser.new_context(locale="ko-KR", **settings)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda message: complaints.append(message.text) if message.type == "error" and not may_be_missing else None,
        )
        page.on(
            "request",
            lambda request: None if request.url.startswith(address) else complaints.append(request.url),
        )
        page.goto(address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def results(page: Page) -> list[str]:
    """Return the titles of the results on the search page."""
    return page.locator("[data-results] .card__title").all_inner_texts()


def test_search_finds_a_word_and_the_result_opens(visit: Callable[..., Page]) -> None:
    """The main promise: a reader types 전략물자 and reads the article."""
    page = visit("search/")

    page.fill("#q", "전략물자")
    expect(page.locator("[data-status]")).to_have_text("‘전략물자’ 검색 결과 2건")

    assert TITLE in results(page)
    assert page.locator("[data-results] mark").first.inner_text() == "전략물자"
    page.get_by_role("link", name=TITLE).click()
    expect(page.locator("h1")).to_have_text(TITLE)


def test_a_search_asks_for_all_its_modules_at_once_and_for_each_once(visit: Callable[..., Page]) -> None:
    """One asks for the next: a phone far away would wait for five answers, one after the other."""
    page = visit("search/?q=전략물자")
    expect(page.locator("[data-results] .card")).to_have_count(2)

    asked = page.evaluate("performance.getEntriesByType('resource').map(({ name }) => name)")
    announced = page.evaluate("Array.from(document.querySelectorAll('link[rel=modulepreload]'), ({ href }) => href)")

    modules = [address for address in asked if "/js/search/" in address or "finder" in address]
    assert len(modules) > 10
    assert set(modules) <= set(announced)
    assert len(asked) == len(set(asked))


@pytest.mark.parametrize(
    ("path", "requests", "page_bytes", "script_bytes"),
    [
        ("", 5, 20_480, 2_048),
        ("2026/03/전략물자-수출관리/", 5, 12_288, 2_048),
        ("category/국방/", 5, 20_480, 2_048),
        ("none-of-these/", 5, 12_288, 2_048),
        ("search/", 6, 20_480, 8_192),
    ],
)
def test_a_page_is_light(
    browser: Browser, address: str, path: str, requests: int, page_bytes: int, script_bytes: int
) -> None:
    """A reader on a slow line waits for every byte; what a page weighs grows unseen, a fix at a time."""
    with browser.new_context(locale="ko-KR") as context:
        page = context.new_page()
        answers: list[Response] = []
        page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108  the driver marks its handlers
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
        weights = [(answer.url, len(gzip.compress(answer.body(), 6)) + HEAD) for answer in answers]

    assert len(weights) <= requests
    assert sum(weight for _, weight in weights) <= page_bytes
    assert sum(weight for url, weight in weights if url.endswith(".js")) <= script_bytes
    assert sum(weight for url, weight in weights if url.endswith(".css")) <= STYLE_SHEET


def test_filters_and_order_narrow_the_results_and_stay_in_the_address(visit: Callable[..., Page]) -> None:
    """A found list can be cut by category, agency and year, ordered by date, and sent to a colleague."""
    page = visit("search/?q=견본")
    expect(page.locator("[data-status]")).to_contain_text("검색 결과")
    everything = len(results(page))

    page.select_option("select[name=category]", "국방")
    expect(page.locator("[data-results] .card")).to_have_count(1)
    page.select_option("select[name=category]", "")
    page.select_option("select[name=year]", "2026")
    expect(page.locator("[data-results] .card")).to_have_count(3)
    page.select_option("select[name=sort]", "old")
    expect(page.locator("[data-results] .card__title").first).to_have_text(
        "소상공인 디지털 장부, 가게 12만 곳으로 넓힌다"
    )

    assert everything > 3
    assert "year=2026" in page.url
    assert "sort=old" in page.url
    page.reload()
    expect(page.locator("[data-results] .card")).to_have_count(3)


@pytest.mark.parametrize("width", [360, 800, 1280])
def test_the_keyboard_goes_through_the_head_of_a_page_as_the_eye_does(width: int, visit: Callable[..., Page]) -> None:
    """From left to right and line by line: a focus that jumps is lost."""
    page = visit("", viewport={"width": width, "height": 900})
    count = page.locator(".mast :is(a, button):visible").count()
    page.locator(".strip a").focus()

    boxes = []
    for _ in range(count):
        page.keyboard.press("Tab")
        focused = page.locator(".mast :focus").bounding_box()
        assert focused is not None
        boxes.append((round((focused["y"] + focused["height"] / 2) / 40), focused["x"]))

    assert boxes == sorted(boxes)


def test_the_search_box_of_every_page_answers_at_once_by_keyboard(visit: Callable[..., Page]) -> None:
    """`/`, a few letters, arrow, Enter: no mouse and no search page needed."""
    page = visit("about/")

    page.keyboard.press("/")
    page.keyboard.type("전략물자")
    hit = page.locator("[data-hits] li:not(.find__word) a").first
    expect(hit).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(hit).to_be_focused()
    title = hit.locator("mark").first.inner_text()
    page.keyboard.press("Enter")

    assert title == "전략물자"
    expect(page.locator("article .body")).to_be_visible()


def test_whoever_walks_through_the_hits_stays_in_them_when_others_come(visit: Callable[..., Page]) -> None:
    """On a slow line the hits of half a word are there before those of the whole; the focus must not fall out of the page."""
    page = visit("about/")
    page.keyboard.press("/")
    page.keyboard.type("전략")
    expect(page.locator("[data-hits] a").first).to_be_visible()

    page.keyboard.press("ArrowDown")
    page.locator("#quick").evaluate("(field) => { field.value = '전략물자'; field.dispatchEvent(new Event('input')); }")

    expect(page.locator("[data-list] a").last).to_have_text("‘전략물자’ 결과 모두 보기")
    assert page.evaluate("document.activeElement === document.querySelector('[data-list] a')")


def test_the_shortcut_can_be_switched_off(visit: Callable[..., Page]) -> None:
    """A one-letter shortcut without a switch shuts out people who speak to their computer (KWCAG 2.2)."""
    page = visit("about/")
    page.locator("[data-shortcut]").uncheck()
    page.reload()

    page.keyboard.press("/")

    assert page.locator("dialog[open]").count() == 0
    assert not page.locator("[data-shortcut]").is_checked()


def test_everything_reads_without_script(visit: Callable[..., Page], address: str) -> None:
    """Pages are documents first; search says plainly what it needs and where else to look."""
    article = visit("2024/05/수출관리-통합-창구/", java_script_enabled=False)
    search = visit("search/", java_script_enabled=False)

    assert "전략물자" in article.locator(".body").inner_text()
    assert article.locator("footer.source").is_visible()
    assert article.locator(".js-only >> visible=true").count() == 0
    assert "자바스크립트가 켜져 있어야" in search.locator("main").inner_text()
    search.locator("main a", has_text="국방").click()
    assert unquote(search.url) == f"{address}category/국방/"


def test_a_missing_page_offers_a_way_on_at_any_depth(visit: Callable[..., Page]) -> None:
    """404.html is served from every wrong address, so its links must not be relative."""
    page = visit("no/such/page/", may_be_missing=True)

    expect(page.locator("h1")).to_have_text("찾으시는 페이지가 없습니다")
    page.locator("main .cards a").first.click()
    expect(page.locator("article h1")).to_be_visible()


@pytest.mark.parametrize(
    "path", ["", "2019/11/겨울철-취수원-안전-점검/", "2024/05/수출관리-통합-창구/", "search/", "license/"]
)
def test_no_page_scrolls_sideways_on_a_small_phone(visit: Callable[..., Page], path: str) -> None:
    """320 CSS pixels is the width that WCAG asks for."""
    page = visit(path, viewport={"width": 320, "height": 640})

    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_lists_and_columns_stand_as_they_were_written(visit: Callable[..., Page]) -> None:
    """A law's items are lettered, and figures are read down a column by their last digits."""
    page = visit("")
    page.get_by_role("link", name=TITLE).first.click()
    markup = (
        '<ul><li>가</li></ul><ol><li>가</li></ol><ol type="a"><li>가</li></ol><ol type="A"><li>가</li></ol>'
        '<ol type="i"><li>가</li></ol><table><tr><td>가</td><td class="n-right">1</td><td class="n-center">나</td></tr></table>'
    )

    page.evaluate("markup => { document.querySelector('.body').innerHTML = markup; }", markup)

    def styles(selector: str, name: str) -> object:
        script = (
            "([selector, name]) => [...document.querySelectorAll(selector)].map(part => getComputedStyle(part)[name])"
        )
        return page.evaluate(script, [selector, name])

    lists = ["disc", "decimal", "lower-alpha", "upper-alpha", "lower-roman"]
    assert styles(".body :is(ul, ol)", "listStyleType") == lists
    assert styles(".body td", "textAlign") == ["start", "end", "center"]


# (--ink, --paper and so on as the settings name them; what is read on what)
READ_ON = [
    ("text", "background"),
    ("text", "surface"),
    ("text", "mark"),
    ("accent", "background"),
    ("accent", "surface"),
]
WEAR = "css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); document.adoptedStyleSheets = [sheet]; }"
CONTRAST = """([letters, ground]) => {
    const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const luminance = (name) => {
        const probe = document.body.appendChild(document.createElement("i"));
        probe.style.color = `var(${name})`;
        pen.fillStyle = getComputedStyle(probe).color;
        pen.fillRect(0, 0, 1, 1);
        const parts = [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3).map((part) => part / 255);
        const [r, g, b] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const [darker, lighter] = [luminance(letters), luminance(ground)].sort((a, b) => a - b);
    return (lighter + 0.05) / (darker + 0.05);
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("token", ["text", "accent", "background", "surface", "mark"])
def test_one_colour_alone_can_be_read_in_both_schemes(token: str, scheme: str, visit: Callable[..., Page]) -> None:
    """Whatever colour a site chooses, WCAG's 4.5 to 1 holds in light and dark."""
    page = visit("", color_scheme=scheme)
    pairs = [pair for pair in READ_ON if token in pair]
    for colour in ["#000000", "#ffffff", "#0000ff", "#00ff00", "#ff0000", "#ffcc00", "#ff00ff", "#00ffff", "#888888"]:
        page.evaluate(WEAR, styling_rules(Styling(colours=((token, (colour,)),))))

        read = {pair: page.evaluate(CONTRAST, [COLOUR_NAMES[part] for part in pair]) for pair in pairs}

        assert all(contrast >= 4.5 for contrast in read.values()), (colour, read)


def test_the_readers_theme_and_size_are_kept(visit: Callable[..., Page]) -> None:
    """A choice made once holds on the next page, before the first paint."""
    page = visit("2024/05/수출관리-통합-창구/", color_scheme="light")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    size = page.evaluate("parseFloat(getComputedStyle(document.querySelector('.body p')).fontSize)")

    page.locator("[data-do=theme]").click()
    page.locator("[data-do=size][data-step='1']").click()
    page.reload()

    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert dark != light
    assert set(page.locator("meta[name=theme-color]").evaluate_all("(all) => all.map((one) => one.content)")) == {dark}
    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('.body p')).fontSize)") > size


def test_the_citation_is_copied_whole(visit: Callable[..., Page]) -> None:
    """Readers who quote should have the right words at hand."""
    page = visit("2019/11/겨울철-취수원-안전-점검/", permissions=["clipboard-read", "clipboard-write"])

    page.locator("[data-do=cite]").click()
    expect(page.locator("[data-live]")).to_have_text("출처 문구를 복사했습니다")

    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("footer.source [data-cite]").inner_text().strip()


def test_print_shows_the_text_and_its_source_only(visit: Callable[..., Page]) -> None:
    """A printed release needs its attribution and no menus."""
    page = visit("2019/11/겨울철-취수원-안전-점검/")

    page.emulate_media(media="print")

    assert page.locator("footer.source").is_visible()
    assert page.locator(".body").is_visible()
    for gone in ("header.top .menu", ".tools", ".near", ".foot"):
        assert not page.locator(gone).first.is_visible(), gone


def test_all_of_an_article_grows_with_its_text(visit: Callable[..., Page]) -> None:
    """Who cannot read 17 px cannot read the terms in 17 px either."""
    page = visit("special/after-school-care/")
    parts = (".body p", ".head__subtitle", ".body caption", ".source", ".source__disclaimer")
    sizes = "(parts) => parts.map((one) => parseFloat(getComputedStyle(document.querySelector(one)).fontSize))"
    before = page.evaluate(sizes, parts)
    for _ in range(3):
        page.get_by_role("button", name="글자 크게").click()

    assert page.evaluate(sizes, parts) == pytest.approx([size * 1.5 for size in before])


def test_a_table_that_becomes_too_wide_is_reached_by_keyboard(visit: Callable[..., Page]) -> None:
    """A phone is turned, a text made larger: what scrolls then has a name and takes the focus, and loses both again."""
    page = visit("special/after-school-care/", viewport={"width": 1280, "height": 800})
    frame = page.locator(".scroll").first
    expect(frame).not_to_have_attribute("tabindex", "0")

    page.set_viewport_size({"width": 200, "height": 600})
    expect(frame).to_have_attribute("tabindex", "0")
    expect(frame).to_have_attribute("aria-label", "돌봄교실 하루 시간표. 표: 옆으로 밀어서 볼 수 있습니다")
    page.set_viewport_size({"width": 1280, "height": 600})
    expect(frame).not_to_have_attribute("tabindex", "0")


def test_a_wide_table_takes_the_room_beside_the_text(visit: Callable[..., Page]) -> None:
    """Twelve columns need not scroll in a narrow column of a large screen; on a small one the caption still reads whole."""
    page = visit("special/after-school-care/", viewport={"width": 1280, "height": 800})
    frame, text = page.locator(".scroll").first, page.locator(".body")
    expect(frame).to_be_attached()  # a script makes it, on a busy machine after a while
    page.locator(".body td").first.evaluate("(cell) => (cell.style.minWidth = '700px')")
    page.locator(".body caption").evaluate("(caption) => (caption.textContent += ' 가나다라'.repeat(20))")

    assert comes_true(
        page, "document.querySelector('.scroll').clientWidth > document.querySelector('.body').clientWidth"
    )
    assert frame.evaluate("(one) => one.scrollWidth <= one.clientWidth")
    shown, around = frame.bounding_box(), text.bounding_box()
    assert shown is not None
    assert around is not None
    assert shown["x"] + shown["width"] / 2 == pytest.approx(around["x"] + around["width"] / 2, abs=1)
    page.set_viewport_size({"width": 760, "height": 700})  # the text is as wide as before
    assert comes_true(page, "document.querySelector('.scroll').getBoundingClientRect().right <= innerWidth")
    assert frame.evaluate("(one) => one.getBoundingClientRect().left >= 0")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert frame.get_attribute("style") == ""
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.set_viewport_size({"width": 320, "height": 700})
    expect(frame).to_have_attribute("tabindex", "0")
    assert page.locator(".body caption").evaluate("(one) => one.getBoundingClientRect().right <= innerWidth")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_button_that_shows_its_sign_alone_has_it_in_the_middle_and_keeps_its_name(visit: Callable[..., Page]) -> None:
    """On a phone there is no room for the word."""
    page = visit("special/after-school-care/", viewport={"width": 360, "height": 740})
    button = page.get_by_role("button", name="검색")

    box, sign = button.bounding_box(), button.locator("svg").bounding_box()

    assert box is not None
    assert sign is not None
    assert sign["x"] + sign["width"] / 2 == pytest.approx(box["x"] + box["width"] / 2, abs=0.5)


@pytest.mark.parametrize("width", [1280, 360])
def test_the_search_box_is_closed_by_its_button_while_it_shows_results(width: int, visit: Callable[..., Page]) -> None:
    """The button stays where the pointer meets it, in sight and above the results."""
    page = visit("special/after-school-care/", viewport={"width": width, "height": 420})
    here = page.url
    page.get_by_role("button", name="검색").first.click()
    dialog = page.locator("[data-overlay]")
    page.locator("#quick").fill("관리")
    expect(dialog.locator("[data-list] a").first).to_be_visible()

    box = dialog.get_by_role("button", name="닫기").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 420
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    expect(dialog).to_be_hidden()
    assert page.url == here


def test_the_search_box_stays_open_when_its_own_edge_is_clicked(visit: Callable[..., Page]) -> None:
    """Only the veil around it closes it; opened again it shows what was found last."""
    page = visit("special/after-school-care/", viewport={"width": 1280, "height": 800})
    page.keyboard.press("/")
    dialog = page.locator("[data-overlay]")
    page.locator("#quick").fill("취수원")
    expect(dialog.locator("[data-list] a").first).to_be_visible()
    box = dialog.bounding_box()
    assert box is not None

    page.mouse.click(box["x"] + 6, box["y"] + 6)
    assert dialog.evaluate("(one) => one.open")
    page.mouse.click(box["x"] + 6, box["y"] + box["height"] + 60)
    assert not dialog.evaluate("(one) => one.open")
    page.keyboard.press("/")
    expect(dialog.locator("[data-list] a").first).to_be_visible()


def test_a_tap_beside_the_search_box_closes_it_and_no_more(visit: Callable[..., Page]) -> None:
    """A finger that meets the veil must not follow the link that lies below it."""
    page = visit("archive/", viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    link = page.locator("main a").last.bounding_box()
    assert link is not None
    page.locator("[data-do=search]").tap()
    dialog = page.locator("[data-overlay]")
    expect(dialog).to_be_visible()

    page.touchscreen.tap(link["x"] + 20, link["y"] + link["height"] / 2)

    expect(dialog).to_be_hidden()
    page.wait_for_timeout(300)
    assert page.url.endswith("/archive/")
