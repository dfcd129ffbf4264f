"""What readers type, in the real module in a real browser: each kind of query has a floor of what must be found."""

import re
import threading
import tomllib
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import SiteTest

pytestmark = pytest.mark.browser
CASES = tomllib.loads((Path(__file__).parent / "search.toml").read_text("utf-8"))
KINDS = sorted(CASES["queries"])
# The share of what should be found among the first ten. Lowering one needs a reason in the same commit.
FLOOR = 1.0
FLOORS: dict[str, float] = {}
ASK = """async (typed) => {
  const { createInstance } = await import("/search/pagefind.js");
  const index = createInstance();
  await index.init();
  const answer = await index.search(typed);
  const hits = await Promise.all(answer.results.slice(0, answer.exact || 10).map((result) => result.data()));
  return { hits, exact: answer.exact, missing: answer.missing, suggestion: answer.suggestion ?? "" };
}"""


MODULES = """async () => {
  await import("/search/pagefind.js");
  return performance.getEntriesByType("resource").map((entry) => new URL(entry.name).pathname);
}"""


class Quiet(SimpleHTTPRequestHandler):
    """Serves files, silently."""

    def log_message(self, *_: object) -> None:
        """Keep test output clean."""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Page]:
    """Build the articles with their search, serve them, and open a page."""
    site = SiteTest(tmp_path_factory.mktemp("search"))
    for key, (title, text) in CASES["articles"].items():
        site.article(key, title=title, body=text)
    site.build(search=True)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site.output)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    context = browser.new_context()
    opened = context.new_page()
    opened.goto(f"http://127.0.0.1:{server.server_address[1]}/404.html")
    yield opened
    context.close()
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_query_finds_what_it_should(kind: str, page: Page) -> None:
    """A reader does not know how the text says it: with which particle, joined or apart, typed to the end or not."""
    shares, wrong = [], []
    for typed, finds in CASES["queries"][kind]:
        answer = page.evaluate(ASK, typed)
        expected = {f"/2026/03/{key}/" for key in finds.split()}
        found = {hit["url"] for hit in answer["hits"]}
        shares.append(len(found & expected) / len(expected) if expected else float(not found))
        assert answer["missing"] == 0
        if shares[-1] < 1:
            wrong.append((typed, sorted(found)))

    assert sum(shares) / len(shares) >= FLOORS.get(kind, FLOOR), wrong


def test_every_excerpt_is_of_its_article_and_every_mark_of_the_query(page: Page) -> None:
    """A mark on other letters, or words that the article does not have, would make the search a liar."""
    shown = 0
    for typed, _ in CASES["queries"]["with_particle"] + CASES["queries"]["compound_spaced"]:
        for hit in page.evaluate(ASK, typed)["hits"]:
            plain = re.sub("</?mark>", "", hit["excerpt"])
            marks = re.findall("<mark>(.*?)</mark>", hit["excerpt"] + hit["title"])
            assert plain in hit["content"].replace("\n", " ")
            assert marks
            assert all(mark.replace(" ", "")[:2] in typed.replace(" ", "") for mark in marks)
            shown += 1
    assert shown > len(CASES["queries"]["with_particle"])


def test_a_slip_is_named(page: Page) -> None:
    """The reader learns what was looked for instead: 이것을 찾으셨나요."""
    assert page.evaluate(ASK, "취소원")["suggestion"] == "취수원"


def test_words_that_nothing_has_together_are_left_out_aloud(page: Page) -> None:
    """Nothing has both 빨래방 and 지진: pages with one of them follow, and it is said which are exact."""
    answer = page.evaluate(ASK, "빨래방 지진")

    assert answer["exact"] == 0
    assert answer["hits"]


def test_words_are_taken_in_the_browser_as_in_the_index(page: Page) -> None:
    """The same cases as tests/unit/test_search.py has."""
    text = (Path(__file__).parents[1] / "cases" / "search" / "words.txt").read_text("utf-8")
    cases = [line.split("→") for line in text.splitlines() if "→" in line and not line.startswith("#")]
    module = next(path for path in page.evaluate(MODULES) if "/words." in path)

    for typed, forms in cases:
        taken = page.evaluate(
            "async ([module, text]) => (await import(module)).wordsOf(text).map((word) => word.form).join(' ')",
            [module, typed.strip()],
        )
        assert taken == forms.strip()
    assert len(cases) > 5
