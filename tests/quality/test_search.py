"""What readers type, in the real module in a real browser: each kind of query has a floor of what must be found."""

import re
import shutil
import threading
import tomllib
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page

from sitegen.search.chunks import piece_of
from sitegen.search.document import Document
from sitegen.search.index import top_files, write_files
from sitegen.search.readings import reading_of
from sitegen.search.rules import Rules
from sitegen.search.shard import index_shard
from sitegen.search.words import Forms
from tests.conftest import ROOT, SiteTest

pytestmark = pytest.mark.browser
CASES = tomllib.loads((Path(__file__).parent / "search.toml").read_text("utf-8"))
ASKED = tomllib.loads((Path(__file__).parent / "asked.toml").read_text("utf-8"))
KINDS = sorted(CASES["queries"])
# The share of what should be found among the first ten. Lowering one needs a reason in the same commit.
FLOOR = 1.0
SHARDS = 12
FLOORS: dict[str, float] = {}
ASK = """async (typed) => {
  const { createInstance } = await import("/search/pagefind.js");
  const index = createInstance();
  await index.init();
  const answer = await index.search(typed);
  const hits = await Promise.all(answer.results.slice(0, answer.exact || 10).map((result) => result.data()));
  return { hits, exact: answer.exact, missing: answer.missing, suggestion: answer.suggestion ?? "", replaced: answer.isReplaced, left: answer.left };
}"""
OFFER = """async (typed) => {
  const { createInstance } = await import("/search/pagefind.js");
  return createInstance().suggestions(typed);
}"""


COUNT = """async (typed) => {
  const { createInstance } = await import("/search/pagefind.js");
  return (await createInstance().search(typed)).results.length;
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
    yield from opened(built(tmp_path_factory.mktemp("search"), CASES), browser)


@pytest.fixture(scope="module")
def asked_page(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Page]:
    """Do the same with the articles of asked.toml."""
    yield from opened(built(tmp_path_factory.mktemp("asked"), ASKED), browser)


def built(folder: Path, cases: dict[str, dict[str, list[str]]]) -> Path:
    """Build articles with their search; return the site's folder."""
    site = SiteTest(folder)
    for key, (title, text) in cases["articles"].items():
        site.article(key, title=title, body=text)
    return site.build(search=True).output


@pytest.fixture(scope="module")
def old_site(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Page]:
    """Make a site of more shards than a first answer searches, one article in each; the newest is article 0."""
    folder = tmp_path_factory.mktemp("old")
    shutil.copytree(ROOT / "static" / "js", folder / "js")
    (folder / "404.html").write_text("<!doctype html><title>-</title>")
    about = []
    for number in range(SHARDS):
        others = {0: " 비켜", SHARDS - 1: " 살얼음을 비켰다"}
        text = f"취수원 점검 {number}호" + others.get(number, "")
        document = Document(
            f"/{number}/", f"글 {number}", text, (), (("year", (str(2026 - number),)),), (("title", "글"),)
        )
        index, files = index_shard([reading_of(document, Forms())], Rules())
        write_files(folder, {f"search/{index.name}/{name}": data for name, data in files.items()})
        about.append(index)
    write_files(folder, top_files(about, [], "js/search/pagefind.js"))
    yield from opened(folder, browser)


@pytest.fixture(scope="module")
def two_languages(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Page]:
    """Build articles of two languages and of lists with several spellings, serve them, and open a page."""
    site = SiteTest(tmp_path_factory.mktemp("two"))
    days = {"first": "2026-03-01", "fifth": "2026-03-05", "third": "2026-03-03", "ninth": "2026-03-09"}
    for n, (key, date) in enumerate(days.items()):
        lang = "lang: en\n" if key in ("third", "ninth") else ""
        more = f"{lang}category: {('AI', 'ai')[n % 2]}\n"
        site.article(key, title=f"River {key}", date=date, more=more, body=f"River 66, {88 if lang else 77}.")
    site.build(search=True)
    yield from opened(site.output, browser)


@pytest.fixture(scope="module")
def some_undated(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Page]:
    """Build articles of two languages of which some have no day, serve them, and open a page."""
    site = SiteTest(tmp_path_factory.mktemp("undated"))
    for key, date in {"first": "2026-03-01", "second": "2026-03-02", "third": "2026-03-03"}.items():
        site.article(key, title=f"River {key}", date=date, more="lang: en\n" if key == "second" else "")
    site.article("old", title="River old", date="")
    site.article("older", title="River older", date="", more="lang: en\n")
    yield from opened(site.build(search=True).output, browser)


def opened(folder: Path, browser: Browser) -> Iterator[Page]:
    """Serve a folder and give a page of it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{server.server_address[1]}/404.html")
    yield page
    context.close()
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_query_finds_what_it_should(kind: str, page: Page) -> None:
    """A reader does not know how the text says it: with which particle, joined or apart, typed to the end or not."""
    share, wrong = found_of(CASES["queries"][kind], page)

    assert share >= FLOORS.get(kind, FLOOR), wrong


@pytest.mark.parametrize("kind", sorted(ASKED["queries"]))
def test_what_readers_ask_is_answered(kind: str, asked_page: Page) -> None:
    """Figures with their nouns, questions, a syllable typed apart: as people say them; what else has them is no answer."""
    share, wrong = found_of(ASKED["queries"][kind], asked_page, only=True)

    assert share >= FLOORS.get(kind, FLOOR), wrong


def found_of(queries: list[list[str]], page: Page, *, only: bool = False) -> tuple[float, list[tuple[str, list[str]]]]:
    """Return the share of what should be found, `only` that, and what was found where something is missing."""
    shares, wrong = [], []
    for typed, finds in queries:
        answer = page.evaluate(ASK, typed)
        expected = {f"/2026/03/{key}/" for key in finds.split()}
        found = {hit["url"] for hit in answer["hits"]}
        share = len(found & expected) / len(expected) if expected else float(not found)
        shares.append(0 if only and found - expected else share)
        assert answer["missing"] == 0
        if shares[-1] < 1:
            wrong.append((typed, sorted(found)))
    return sum(shares) / len(shares), wrong


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


def test_what_is_only_refused_leaves_all_else(page: Page) -> None:
    """`-수질` beside a filter means: of these all that do not speak of it."""
    whole, left = (page.evaluate(COUNT, typed) for typed in (None, "-소상공인"))

    assert left == whole - len({"market", "ledger"})


@pytest.mark.parametrize(
    ("typed", "marks"),
    [
        ("12차", ["12차", "12차"]),
        ("K팝", ["K-팝", "K팝"]),
        ("7만 명", ["7만 명"]),
        ("1,211억", ["1,211억"]),
        ("120명", ["120명"]),
    ],
)
def test_a_figure_is_marked_with_what_it_counts(typed: str, marks: list[str], page: Page) -> None:
    """12 of 12월 or 120 is another number, and what ties a letter to its word is part of it."""
    hits = page.evaluate(ASK, typed)["hits"]
    (shown,) = [hit["excerpt"] for hit in hits if hit["url"] == "/2026/03/rounds/"]

    assert re.findall("<mark>(.*?)</mark>", shown) == marks


@pytest.mark.parametrize(
    ("typed", "key", "marks"),
    [
        ("독감20", "wide", ["독감２０"]),
        ("120mm", "measures", ["120㎜"]),
        ("35℃", "written", ["35°C"]),
        ("35℃", "measures", ["35℃"]),
        ("5조4000억원", "sums", ["5조 4000억 원"]),
        ("돗자리관리", "border", ["돗자리관리", "돗자리관리"]),  # not 관리 of 국경관리청
        ("올랐다", "prices", ["올랐다", "오른", "오르", "오르", "올라"]),  # not 올 of 올해보다
    ],
)
def test_a_mark_is_on_the_whole_word(typed: str, key: str, marks: list[str], asked_page: Page) -> None:
    """Parts of it stand in other words as well, and a syllable in nearly all."""
    hits = asked_page.evaluate(ASK, typed)["hits"]
    (shown,) = [hit["excerpt"] for hit in hits if hit["url"] == f"/2026/03/{key}/"]

    assert re.findall("<mark>(.*?)</mark>", shown) == marks


@pytest.mark.parametrize(("typed", "said"), [("취수원 ETF", "ETF"), ("KR 30%", "30%"), ("AI 9.15", "9.15")])
def test_a_word_is_told_as_it_was_typed(typed: str, said: str, page: Page) -> None:
    """The index has signs of its own, and no capitals; a reader has not."""
    assert page.evaluate(ASK, typed)["left"] == [said]


def test_what_is_said_instead_has_no_signs_of_the_index(asked_page: Page) -> None:
    """A point, a dot and a per cent sign are letters there, that no font shows."""
    assert asked_page.evaluate(ASK, "8%에누리")["suggestion"] == "8% 에누리"
    assert "9·7에누리" in asked_page.evaluate(OFFER, "9·7")


def test_pages_without_what_was_asked_about_a_noun_follow_aloud(asked_page: Page) -> None:
    """They are no pages with all words, but the noun is in all of them; where nothing has more, it is enough."""
    answer = asked_page.evaluate(ASK, "수세미 받는 방법")
    noun = asked_page.evaluate(ASK, "돌봄휴가 받는 방법")

    assert (answer["exact"], answer["left"]) == (1, ["받는", "방법"])
    assert asked_page.evaluate(COUNT, "수세미 받는 방법") == 2
    assert (noun["exact"], noun["left"]) == (1, [])


@pytest.mark.parametrize(
    ("typed", "exact", "left", "count"),
    [
        ("뜀틀 손뼉", 1, ["손뼉"], 3),  # where some pages have both, too
        ("체조 국경관리쳥", 0, ["국경관리청"], 1),  # as rare as 체조, but nobody typed it
        ("수세미 체조 뷁뷁", 0, ["뷁뷁", "수세미", "체조"], 3),  # one of the last two, and nothing has the first
        ("체조 뜀틀", 0, ["뜀틀", "체조"], 4),  # either, as no page has both
        ("풀에 받는 방법", 0, ["풀에"], 2),  # not 물에, which is one letter away from nearly all syllables
    ],
)
def test_the_rare_word_that_was_typed_is_what_was_meant(
    typed: str, exact: int, left: list[str], count: int, asked_page: Page
) -> None:
    """Pages that lack a word have those that say more."""
    answer = asked_page.evaluate(ASK, typed)

    assert (answer["exact"], answer["left"]) == (exact, left)
    assert asked_page.evaluate(COUNT, typed) == count


def test_pages_with_the_rarer_of_two_words_stand_first(asked_page: Page) -> None:
    """Three pages have 뜀틀, which says less; whoever typed both may want either."""
    hits = asked_page.evaluate(ASK, "뜀틀 체조")["hits"]

    assert hits[0]["url"] == "/2026/03/walk/"
    assert {hit["url"] for hit in hits[1:]} == {f"/2026/03/{key}/" for key in ("vault", "vaults", "vaulting")}


def test_a_piece_of_the_lexicon_that_is_gone_costs_its_words_alone(asked_page: Page) -> None:
    """An upload that was cut off: other words are found, and those of the piece are not taken for others."""
    entry = asked_page.evaluate("fetch('/search/entry.json').then((answer) => answer.json())")
    lost = f"**/search/lex.{entry['pieces'][piece_of('돗')]}"
    asked_page.route(lost, lambda route: route.fulfill(status=404, body=b""))
    try:
        both, alone = (asked_page.evaluate(ASK, typed) for typed in ("돗자리 수세미", "돗자리"))
    finally:
        asked_page.unroute(lost)

    assert {hit["url"] for hit in both["hits"]} == {"/2026/03/steps/", "/2026/03/gourd/"}
    assert both["left"] == ["돗자리"]
    assert both["missing"] > 0
    assert not alone["hits"]
    assert (alone["missing"] > 0, alone["suggestion"]) == (True, "")


@pytest.mark.parametrize(("status", "body"), [(500, b""), (200, b"\x1f\x8bnonsense"), (200, b"nonsense")])
def test_a_piece_of_the_lexicon_that_cannot_be_read_costs_its_words_alone(
    status: int, body: bytes, asked_page: Page
) -> None:
    """A server that stumbles over one file: other words are found; where there is no other, the search failed."""
    entry = asked_page.evaluate("fetch('/search/entry.json').then((answer) => answer.json())")
    lost = f"**/search/lex.{entry['pieces'][piece_of('돗')]}"
    asked_page.route(lost, lambda route: route.fulfill(status=status, body=body))
    try:
        both = asked_page.evaluate(ASK, "돗자리 수세미")
        with pytest.raises(Error):
            asked_page.evaluate(ASK, "돗자리")
    finally:
        asked_page.unroute(lost)

    assert {hit["url"] for hit in both["hits"]} == {"/2026/03/steps/", "/2026/03/gourd/"}
    assert both["left"] == ["돗자리"]
    assert both["missing"] > 0


def test_a_word_with_a_particle_is_no_other_word(asked_page: Page) -> None:
    """Six offers that are one are none."""
    offers = asked_page.evaluate(OFFER, "감기")

    assert "감기19" in offers
    assert not {"감기19로", "감기19에", "감기19에는"} & set(offers)


def test_what_was_replaced_is_told_from_what_may_be_meant(page: Page) -> None:
    """A word that stands nowhere was not looked for; first consonants may have been any word."""
    assert page.evaluate(ASK, "취소원")["replaced"] is True
    assert page.evaluate(ASK, "ㅊㅅㅇ")["replaced"] is False


def test_a_slip_is_named(page: Page) -> None:
    """The reader learns what was looked for instead: 이것을 찾으셨나요."""
    assert page.evaluate(ASK, "취소원")["suggestion"] == "취수원"


def test_words_that_nothing_has_together_are_left_out_aloud(page: Page) -> None:
    """Nothing has both 빨래방 and 지진: pages with one of them follow, and it is said which are exact."""
    answer = page.evaluate(ASK, "빨래방 지진")

    assert answer["exact"] == 0
    assert answer["hits"]


@pytest.mark.parametrize(
    ("typed", "count"),
    [("소상공인", 2), ("소상공인 -전통시장", 1), ('"밤 아홉 시까지"', 1), ("박물관 지진", 0), ("얄팍 둥근 궤짝을", 1)],
)
def test_the_count_is_of_pages_that_have_all_that_was_asked(typed: str, count: int, page: Page) -> None:
    """What was excluded, or is not there letter by letter, does not count; nor do pages that lack a word."""
    assert page.evaluate(ASK, typed)["exact"] == count


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("words", "({ wordsOf }, text) => wordsOf(text).map((word) => word.form).join(' ')"),
        ("verbs", "({ stemsOf }, text, entry) => stemsOf(text, entry.endings).join(' ')"),
    ],
)
def test_words_are_taken_in_the_browser_as_in_the_index(name: str, call: str, page: Page) -> None:
    """The same cases as tests/unit/test_search.py has."""
    text = (Path(__file__).parents[1] / "cases" / "search" / f"{name}.txt").read_text("utf-8")
    cases = [line.split("→") for line in text.splitlines() if "→" in line and not line.startswith("#")]
    module = next(path for path in page.evaluate(MODULES) if f"/{name}." in path)
    ask = f"""async ([module, text]) => {{
      const entry = await (await fetch("/search/entry.json")).json();
      return ({call})(await import(module), text, entry);
    }}"""

    for typed, expected in cases:
        found = page.evaluate(ask, [module, typed.strip()])
        assert found == expected.strip() if name == "words" else expected.strip() in found.split()
    assert len(cases) > 5


IN_ALL = """async ([typed, options]) => {
  const { createInstance } = await import("/search/pagefind.js");
  const index = createInstance();
  await index.init();
  const before = performance.getEntriesByType("resource").length;
  const answer = await index.search(typed, options);
  const fetched = performance.getEntriesByType("resource").slice(before).map((entry) => new URL(entry.name).pathname);
  const whole = answer.older ? await answer.more() : answer;
  const urls = async ({ results }) => Promise.all(results.map(async (result) => (await result.data()).url));
  return { exact: answer.exact, first: await urls(answer), whole: await urls(whole), older: answer.older, fetched };
}"""


def test_a_large_site_answers_from_its_newest_shards_and_then_from_all(old_site: Page) -> None:
    """The first answer costs the same however large the site is; the whole one is in exact order of date."""
    answer = old_site.evaluate(IN_ALL, ["취수원", {"sort": {"date": "desc"}}])

    assert answer["first"] == [f"/{number}/" for number in range(8)]
    assert answer["older"] == SHARDS - 8
    assert answer["whole"] == [f"/{number}/" for number in range(SHARDS)]


def test_a_word_that_only_an_old_shard_has_is_asked_of_that_shard_alone(old_site: Page) -> None:
    """The lexicon knows who has a word: the others are not even asked."""
    answer = old_site.evaluate(IN_ALL, ["살얼음", {}])

    assert answer["first"] == [f"/{SHARDS - 1}/"]
    assert answer["older"] == 0
    assert sum(path.endswith(".pf_index") for path in answer["fetched"]) == 1


def test_what_the_newest_shards_have_not_is_looked_for_in_all(old_site: Page) -> None:
    """A slip, which no shard has, is of a word that only the oldest has."""
    answer = old_site.evaluate(IN_ALL, ["살얼믐", {}])

    assert answer["first"] == [f"/{SHARDS - 1}/"]
    assert answer["older"] == 0


def test_the_forms_of_a_rare_verb_may_be_in_any_shard(old_site: Page) -> None:
    """The lexicon knows one of them for a word of its own, and only in the oldest shard."""
    answer = old_site.evaluate(IN_ALL, ["비켰다", {}])

    assert set(answer["whole"]) == {"/0/", f"/{SHARDS - 1}/"}


def test_filters_and_the_oldest_first_hold_over_all_shards(old_site: Page) -> None:
    """A filter without a word lists all that has it; sorting by date needs no text of any page."""
    year = old_site.evaluate(IN_ALL, [None, {"filters": {"year": str(2026 - 3)}}])
    oldest = old_site.evaluate(IN_ALL, ["점검", {"sort": {"date": "asc"}, "everywhere": True}])

    assert year["first"] == ["/3/"]
    assert oldest["first"] == [f"/{number}/" for number in reversed(range(SHARDS))]


def test_a_filter_counts_only_what_it_keeps(old_site: Page) -> None:
    """Eight pages of the newest shards have the word, one of them is of that year."""
    assert old_site.evaluate(IN_ALL, ["취수원", {}])["exact"] == 8
    assert old_site.evaluate(IN_ALL, ["취수원", {"filters": {"year": "2024"}}])["exact"] == 1


def test_pages_that_lack_a_word_stay_behind_the_others_in_any_order(old_site: Page) -> None:
    """Sorted by date, too: the one that has all words leads, although it is the oldest."""
    answer = old_site.evaluate(IN_ALL, ["취수원 살얼음", {"sort": {"date": "desc"}, "everywhere": True}])

    assert answer["exact"] == 1
    assert answer["first"] == [f"/{SHARDS - 1}/", *(f"/{number}/" for number in range(SHARDS - 1))]


@pytest.mark.parametrize(("order", "days"), [("desc", "ninth fifth third first"), ("asc", "first third fifth ninth")])
def test_articles_of_two_languages_stand_in_one_order(order: str, days: str, two_languages: Page) -> None:
    """Each language has an index of its own; whoever asks for the newest does not ask for the newest of each."""
    answer = two_languages.evaluate(IN_ALL, [None, {"filters": {"year": "2026"}, "sort": {"date": order}}])

    assert answer["first"] == [f"/2026/03/{key}/" for key in days.split()]


@pytest.mark.parametrize(("order", "days"), [("desc", "third second first"), ("asc", "first second third")])
@pytest.mark.parametrize("typed", [None, "river"])
def test_articles_without_a_day_stand_last_in_any_order(
    typed: str | None, order: str, days: str, some_undated: Page
) -> None:
    """Nobody knows that they are the oldest; they are found all the same, in other languages, too."""
    found = some_undated.evaluate(IN_ALL, [typed, {"sort": {"date": order}}])["first"]

    assert [url.split("/")[-2] for url in found] == [*days.split(), "old", "older"]


def test_a_filter_has_all_articles_of_a_list_whatever_their_spelling(two_languages: Page) -> None:
    """AI and ai are one list: its number beside the choice is what the choice gives."""
    two_languages.goto(two_languages.url.replace("404.html", "search/"))
    choice = two_languages.locator("select[name=category] option").nth(1)

    answer = two_languages.evaluate(IN_ALL, [None, {"filters": {"category": choice.get_attribute("value")}}])

    assert choice.inner_text().endswith("(4)")
    assert len(answer["first"]) == 4


@pytest.mark.parametrize(
    ("typed", "keys"), [("66", "first fifth"), ("88", "third ninth"), ("river 66", "first fifth third ninth")]
)
def test_a_number_is_asked_of_another_language_where_no_korean_article_has_it(
    typed: str, keys: str, two_languages: Page
) -> None:
    """2026.7.22 is a day of Korean articles: English ones that have 2 and 22 somewhere are no answer."""
    urls = {hit["url"] for hit in two_languages.evaluate(ASK, typed)["hits"]}

    assert urls == {f"/2026/03/{key}/" for key in keys.split()}
