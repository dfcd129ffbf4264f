"""The preview with a real server, real files and a real browser: an edit shows by itself."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from sitegen.serve.reload import EVENTS_URL
from tests.conftest import ROOT, SiteTest, run

pytestmark = pytest.mark.browser


class Preview:
    """A running `serve`."""

    def __init__(self, site: SiteTest, *flags: str) -> None:
        self.site = site
        (site.folder / "templates").mkdir(exist_ok=True)
        (site.folder / "static").mkdir(exist_ok=True)
        folders = ("--content", "content", "--templates", "templates", "--static", "static", "--cache", "cache")
        self.said = site.folder / "said.txt"
        with self.said.open("w") as said:
            self.process = subprocess.Popen(
                [sys.executable, str(ROOT / "build.py"), "serve", *folders, "--port", "0", *flags],
                cwd=site.folder,
                env={**os.environ, "SITEGEN_LANG": "en"},
                stdout=subprocess.DEVNULL,
                stderr=said,
            )
        self.url = self.announced()

    def announced(self) -> str:
        """Return the address the preview says."""
        while self.process.poll() is None:
            found = re.search(r"preview at (\S+)", self.said.read_text("utf-8"))
            if found:
                return found[1]
            time.sleep(0.05)
        raise AssertionError(self.said.read_text("utf-8"))

    def write(self, path: str, text: str) -> None:
        """Save a file as an editor does: write beside, then rename."""
        target = self.site.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(f".{target.name}.swp")
        beside.write_text(text, "utf-8")
        beside.replace(target)

    def status(self, path: str, headers: dict[str, str] | None = None) -> int:
        """Return the status of a request."""
        request = urllib.request.Request(self.url + path, headers=headers or {})
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code


@pytest.fixture
def preview(site: SiteTest) -> Iterator[Preview]:
    """Give the preview of a site with one article."""
    running = Preview(site.article("river", body="처음 본문"), "--no-search")
    yield running
    running.process.terminate()
    running.process.wait(10)


@pytest.fixture
def page(browser: Browser, preview: Preview) -> Iterator[Page]:
    """Give the article's page, open and never touched again."""
    opened = browser.new_page()
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.goto(f"{preview.url}2026/03/river/")
    yield opened
    opened.close()
    assert complaints == []


def test_every_kind_of_edit_shows_by_itself(preview: Preview, page: Page) -> None:
    """Article, template, style sheet, setting: save, look, no touch."""
    text = (preview.site.folder / "content/river.md").read_text("utf-8")
    expect(page.locator(".body")).to_have_text("처음 본문")

    preview.write("content/river.md", text.replace("처음 본문", "고친 본문"))
    expect(page.locator(".body")).to_have_text("고친 본문")

    preview.write(
        "templates/partials/footer.html",
        "{% macro site_footer(site) %}<footer id='own'>새 바닥글</footer>{% endmacro %}",
    )
    expect(page.locator("#own")).to_have_text("새 바닥글")

    preview.write("static/css/parts/99-own.css", "h1 { color: rgb(1, 2, 3); }")
    expect(page.locator("h1")).to_have_css("color", "rgb(1, 2, 3)")

    preview.write("content/site.toml", '[site]\ntitle = "새 이름"\n')
    expect(page).to_have_title("강물이 맑아졌습니다 | 새 이름")


def test_what_is_broken_is_shown_and_mending_clears_it(preview: Preview, page: Page) -> None:
    """An error appears in the page with file and line, the server lives on, and the mended page comes back."""
    text = (preview.site.folder / "content/river.md").read_text("utf-8")
    panel = page.locator("[data-sitegen-problems]")

    preview.write("content/site.toml", '[site]\ntitel = "가"\n')
    expect(panel).to_contain_text('content/site.toml:2:1: error CONF001 unknown setting "titel"')
    assert page.locator(".body").inner_text() == "처음 본문"
    preview.write("content/site.toml", '[site]\ntitle = "가"\n')
    expect(panel).to_have_count(0)

    preview.write("templates/page.html", "{# page: StaticPage #}\n{{ page.nothing }}\n")
    expect(panel).to_contain_text("page.html:2:1: error TPL001")
    (preview.site.folder / "templates/page.html").unlink()
    expect(panel).to_have_count(0)

    preview.write("content/lake.md", "---\ntitle: [가] 나\n---\n")
    expect(panel).to_contain_text("content/lake.md:2:12: error FM001")
    preview.write("content/river.md", text.replace("처음 본문", "그래도 고친 본문"))
    expect(page.locator(".body")).to_have_text("그래도 고친 본문")
    (preview.site.folder / "content/lake.md").unlink()
    expect(panel).to_have_count(0)


@pytest.mark.parametrize("by", ["key", "button"])
def test_what_is_shown_of_an_error_can_be_closed(preview: Preview, page: Page, by: str) -> None:
    """It lies over the page that one is reading; the next build says again what is wrong."""
    panel = page.locator("[data-sitegen-problems]")
    preview.write("content/lake.md", "---\ntitle: [가] 나\n---\n")
    expect(panel).to_be_visible()
    box, height = panel.bounding_box(), page.viewport_size["height"]
    assert box is not None
    assert box["height"] <= 0.41 * height

    if by == "key":
        page.keyboard.press("Escape")
    else:
        panel.get_by_role("button", name="닫기").click()
    expect(panel).to_have_count(0)

    preview.write("content/lake.md", "---\ntitle: [나] 다\n---\n")
    expect(panel).to_contain_text("content/lake.md:2:12: error FM001")


def test_the_terminal_says_what_is_new(preview: Preview, page: Page) -> None:
    """What is wrong is said once; then only how much of it is left."""
    text = (preview.site.folder / "content/river.md").read_text("utf-8")
    preview.write("content/lake.md", "---\ntitle: [가] 나\n---\n")
    expect(page.locator("[data-sitegen-problems]")).to_be_visible()

    preview.write("content/river.md", text.replace("title:", "titel: 오타\ntitle:").replace("처음 본문", "둘째 본문"))
    expect(page.locator(".body")).to_have_text("둘째 본문")
    preview.write("content/river.md", text.replace("title:", "titel: 오타\ntitle:").replace("처음 본문", "셋째 본문"))
    expect(page.locator(".body")).to_have_text("셋째 본문")

    wait_until(lambda: preview.said.read_text("utf-8").count("rebuilt:") == 3)
    said = preview.said.read_text("utf-8")
    assert (said.count("error FM001"), said.count("warning FM007")) == (1, 1)
    assert said.count("errors as before: 1") == 2


def test_a_new_folder_and_a_burst_of_files_end_as_a_clean_build(preview: Preview, page: Page) -> None:
    """After a checkout of hundreds of files the preview shows what a build would."""
    text = (preview.site.folder / "content/river.md").read_text("utf-8")

    for number in range(60):
        preview.write(f"content/burst/{number % 5}/{number}.md", text.replace("view?id=", f"view?id={number}-"))
    deadline = time.monotonic() + 30
    built = preview.site.folder / "cache/preview"
    while time.monotonic() < deadline and not (built / "2026/03/59/index.html").is_file():
        time.sleep(0.1)
    time.sleep(2)

    assert page.locator(".body").inner_text() == "처음 본문"
    assert len(list((built / "2026/03").glob("*/index.html"))) == 61


def test_the_search_index_follows_the_pages(browser: Browser, site: SiteTest) -> None:
    """An edit shows at once; a word that is new with it is found soon after, although a second edit came between."""
    running = Preview(site.article("river", body="처음 본문"))
    try:
        opened = browser.new_page()
        for word in ("황조롱이", "저어새"):
            opened.goto(f"{running.url}2026/03/river/")
            text = (site.folder / "content/river.md").read_text("utf-8")
            running.write("content/river.md", f"{text}\n\n{word}를 보았다.\n")
            expect(opened.locator(".body")).to_contain_text(word)
        for word in ("황조롱이", "저어새"):
            until(lambda word=word: finds(opened, running.url, word))
        running.write("content/river.md", f"{text}\n\n따오기를 보았다.\n")
        opened.goto(f"{running.url}search/?q=따오기")
        expect(opened.locator("[data-status]")).to_have_text("‘따오기’ 검색 결과 1건", timeout=30_000)
    finally:
        running.process.terminate()
        running.process.wait(10)


def finds(page: Page, url: str, word: str) -> bool:
    """Return whether the search of a site finds a word."""
    page.goto(f"{url}search/?q={word}")
    expect(page.locator("[data-status]")).to_contain_text(f"‘{word}’")
    return page.locator("[data-status]").inner_text() == f"‘{word}’ 검색 결과 1건"


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.3)


def test_any_number_of_pages_may_be_open(browser: Browser, preview: Preview) -> None:
    """A browser keeps six connections to a host; a page that waits for one never comes. All follow an edit."""
    context = browser.new_context()
    pages = [context.new_page() for _ in range(9)]
    for page in pages:
        page.goto(f"{preview.url}2026/03/river/", timeout=10_000)

    text = (preview.site.folder / "content/river.md").read_text("utf-8")
    preview.write("content/river.md", text.replace("처음 본문", "고친 본문"))

    for page in pages:
        expect(page.locator(".body")).to_have_text("고친 본문")
    pages[0].close()  # the one that listens for all, as likely as not
    preview.write("content/river.md", text.replace("처음 본문", "또 고친 본문"))
    for page in pages[1:]:
        expect(page.locator(".body")).to_have_text("또 고친 본문")
    preview.write("content/river.md", text.replace("source:", "source: ["))
    for page in pages[1:]:
        expect(page.locator("[data-sitegen-problems]")).to_contain_text("river.md")
    context.close()


def test_a_theme_s_own_scripts_may_use_any_names(preview: Preview, page: Page) -> None:
    """Names of classic scripts are everybody's: one that is there twice ends a script."""
    names = ("version", "index", "show", "others", "last", "rest", "listen", "look", "panel", "close", "sheet", "isOld")
    own = "".join(f"let {name} = 1;" for name in names)
    preview.write(
        "templates/partials/footer.html",
        "{% macro site_footer(site) %}<footer id='own'>바닥글</footer><script src=\"/own.js\"></script>{% endmacro %}",
    )
    preview.write("static/own.js", own)
    expect(page.locator("#own")).to_have_text("바닥글")
    text = (preview.site.folder / "content/river.md").read_text("utf-8")
    preview.write("content/river.md", text.replace("처음 본문", "고친 본문"))

    expect(page.locator(".body")).to_have_text("고친 본문")


def test_a_page_that_outlives_its_preview_follows_the_next(browser: Browser, site: SiteTest) -> None:
    """Both number their builds from one."""
    first = Preview(site.article("river", body="처음 본문"), "--no-search")
    page = browser.new_page()
    page.goto(f"{first.url}2026/03/river/")
    expect(page.locator(".body")).to_have_text("처음 본문")
    first.process.send_signal(signal.SIGINT)
    assert first.process.wait(10) == 0

    port = str(urlsplit(first.url).port)
    site.article("river", body="그사이 고친 본문")
    second = Preview(site, "--no-search", "--port", port)

    assert second.url == first.url
    expect(page.locator(".body")).to_have_text("그사이 고친 본문", timeout=20_000)
    page.close()
    second.process.terminate()
    second.process.wait(10)


def test_the_preview_serves_this_machine_only(preview: Preview) -> None:
    """A web page elsewhere must not read drafts through the reader's browser; nothing above the site is served."""
    port = preview.url.rsplit(":", 1)[1].strip("/")

    statuses = {
        "its own name": preview.status("", {"Host": f"localhost:{port}"}),
        "foreign host": preview.status("", {"Host": "evil.example"}),
        "foreign origin": preview.status("", {"Origin": "https://evil.example"}),
        "climbing": preview.status("%2e%2e/%2e%2e/content/river.md"),
        "hidden": preview.status(".sitegen"),
        "missing": preview.status("nowhere/"),
        "long": preview.status("a" * 300),
        "deep": preview.status("a/" * 3000),
        "odd origin": preview.status("", {"Origin": "http://[/"}),
        "post": post(preview),
    }

    assert statuses == {
        "its own name": 200,
        "foreign host": 403,
        "foreign origin": 403,
        "climbing": 404,
        "hidden": 404,
        "missing": 404,
        "long": 404,
        "deep": 404,
        "odd origin": 403,
        "post": 501,
    }


def test_an_address_without_its_last_sign_keeps_its_question(preview: Preview) -> None:
    """What a reader searched for must not be lost on the way."""
    with urllib.request.urlopen(f"{preview.url}2026/03/river?q=%EA%B0%95", timeout=10) as answer:
        assert answer.url == f"{preview.url}2026/03/river/?q=%EA%B0%95"


def test_whoever_asks_for_the_head_of_the_events_gets_no_body(preview: Preview) -> None:
    """An endless answer would hold who asked."""
    request = urllib.request.Request(f"{preview.url.rstrip('/')}{EVENTS_URL}", method="HEAD")

    with urllib.request.urlopen(request, timeout=10) as answer:
        assert (answer.status, answer.read()) == (200, b"")


def post(preview: Preview) -> int:
    """Return the status of a POST."""
    request = urllib.request.Request(preview.url, data=b"x", method="POST")
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="no /proc")
def test_only_the_main_thread_hears_ctrl_c(preview: Preview) -> None:
    """Where another thread does, the main one is told in the middle of nh3's work, which passes over it."""
    blocked = {
        int(task.name): int(re.findall(r"SigBlk:\s*(\w+)", (task / "status").read_text("utf-8"))[0], 16) & 2
        for task in Path(f"/proc/{preview.process.pid}/task").iterdir()
    }

    assert [thread for thread, is_blocked in blocked.items() if not is_blocked] == [preview.process.pid]
    assert len(blocked) > 2


@pytest.mark.parametrize(("flags", "output"), [((), ".cache/preview"), (("--output", "_preview"), "_preview")])
def test_folders_that_come_later_are_watched(site: SiteTest, flags: tuple[str, ...], output: str) -> None:
    """A site begins with `content/` alone; its first picture and its first word of its own show like any edit."""
    site.article("river")
    said = site.folder / "said.txt"
    with said.open("w") as stream:
        running = subprocess.Popen(
            [sys.executable, "-m", "sitegen", "serve", "--no-search", "--port", "0", *flags],
            cwd=site.folder, env={**os.environ, "PYTHONPATH": str(ROOT), "SITEGEN_LANG": "en"},
            stdout=subprocess.DEVNULL, stderr=stream,
        )  # fmt: skip
    try:
        wait_until(lambda: "preview at" in said.read_text("utf-8"))
        time.sleep(0.5)
        page = site.folder / output / "2026/03/river/index.html"
        picture = site.folder / output / "images/a.svg"
        site.write("static/images/a.svg", "<svg/>")
        wait_until(picture.exists)
        site.write("static/images/a.svg", "<svg></svg>")
        wait_until(lambda: picture.read_text("utf-8") == "<svg></svg>")
        site.write("templates/words/ko.toml", 'menu_latest = "갈래"\n')
        wait_until(lambda: "갈래" in page.read_text("utf-8"))
    finally:
        running.terminate()
        running.wait(10)


def test_a_content_folder_that_was_replaced_or_is_led_to_is_watched(site: SiteTest) -> None:
    """A checkout of another branch makes the folder anew; a site's content may lie elsewhere behind a link."""
    site.article("river")
    (site.folder / "content").rename(site.folder / "elsewhere")
    (site.folder / "content").symlink_to("elsewhere")
    said = site.folder / "said.txt"
    with said.open("w") as stream:
        running = subprocess.Popen(
            [sys.executable, "-m", "sitegen", "serve", "--no-search", "--port", "0"],
            cwd=site.folder, env={**os.environ, "PYTHONPATH": str(ROOT), "SITEGEN_LANG": "en"},
            stdout=subprocess.DEVNULL, stderr=stream,
        )  # fmt: skip
    try:
        wait_until(lambda: "preview at" in said.read_text("utf-8"))
        pages = site.folder / ".cache/preview/2026/03"
        site.article("lake")
        wait_until((pages / "lake/index.html").exists)
        shutil.rmtree(site.folder / "elsewhere")
        (site.folder / "elsewhere").mkdir()  # many disks give it the number of the one that has gone
        site.article("hill")
        wait_until((pages / "hill/index.html").exists)
        site.article("wood")
        wait_until((pages / "wood/index.html").exists)
        (site.folder / "release").mkdir()
        (site.folder / "next").symlink_to("release")
        (site.folder / "next").replace(site.folder / "content")
        wait_until(lambda: not (pages / "wood/index.html").exists())
        site.article("dale")
        wait_until((pages / "dale/index.html").exists)
    finally:
        running.terminate()
        running.wait(10)


def test_a_site_that_was_cleaned_away_is_built_again(preview: Preview) -> None:
    """`clean` in a second window: who reads must not find nothing until the next edit."""
    folders = ("--content", "content", "--output", "_site", "--cache", "cache")
    page = preview.site.folder / "cache/preview/2026/03/river/index.html"
    wait_until(page.exists)

    cleaned = run("clean", *folders, cwd=preview.site.folder)
    while cleaned.status == 2:  # its index is just being made
        cleaned = run("clean", *folders, cwd=preview.site.folder)
    wait_until(page.exists)

    assert cleaned.out == "removed cache\n"
    assert preview.status("2026/03/river/") == 200


def test_content_that_is_moved_away_is_told_and_waited_for(preview: Preview) -> None:
    """The site that was there is served on; what comes back is built, with what was edited meanwhile."""
    content, away = preview.site.folder / "content", preview.site.folder / "away"
    page = preview.site.folder / "cache/preview/2026/03/river/index.html"
    wait_until(page.exists)

    content.rename(away)
    wait_until(lambda: "content: error USE001 there is no such content folder" in preview.said.read_text("utf-8"))
    served = preview.status("2026/03/river/")
    (away / "lake.md").write_text((away / "river.md").read_text("utf-8").replace("id=", "id=2"), "utf-8")
    away.rename(content)
    wait_until((page.parents[1] / "lake/index.html").exists)

    assert served == 200


def wait_until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so."""
    end = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_taken_port_is_said(preview: Preview) -> None:
    """The second preview of a day meets the first; the message says what to do."""
    port = preview.url.rsplit(":", 1)[1].strip("/")

    done = subprocess.run(
        [sys.executable, str(ROOT / "build.py"), "serve", "--content", "content", "--cache", "other", "--port", port],
        cwd=preview.site.folder,
        env={**os.environ, "SITEGEN_LANG": "en"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        f"--port: error USE005 port {port} cannot be used",
        "  hint: give another one: --port 8001",
    ]
    assert Path(preview.site.folder / "cache/preview").is_dir()
