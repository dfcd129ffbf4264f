"""Site → page values: what every page shows, before any template."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from sitegen.clean.body import clean_body
from sitegen.config import Cleaning
from sitegen.model import BodyFormat, Indexing, ListKind, Notice, NoticeKind
from sitegen.site.face import Whole, card_of
from sitegen.site.pages import Sheet, days_of, pager_of
from sitegen.site.plan import key_of_article
from sitegen.site.summary import prose_of, reading_minutes, summary_of
from sitegen.views import (
    ArticlePage,
    FeedPage,
    HomePage,
    IndexPage,
    LicencePage,
    ListingPage,
    NotFoundPage,
    RedirectPage,
    SearchPage,
    SitemapPage,
    StaticPage,
    TombstonePage,
)

SEOUL = ZoneInfo("Asia/Seoul")


def day(date, hour=0):
    """Return a moment of May 2024."""
    return datetime(2024, 5, date, hour, tzinfo=SEOUL)


@pytest.fixture
def planned(pages_of):
    """Give the function that plans a site's pages, grouped by type."""

    def make(entries, static_pages=(), **settings):
        pages = list(pages_of(entries, static_pages, **settings))
        return {kind: [page for page in pages if type(page) is kind] for kind in {type(page) for page in pages}}

    return make


def numbers(pager):
    """Return the steps of a pager: numbers, with 0 for a gap."""
    return [link.number for link in pager.links]


@pytest.mark.parametrize(
    ("number", "total", "steps"),
    [
        (1, 1, [1]),
        (1, 2, [1, 2]),
        (3, 5, [1, 2, 3, 4, 5]),
        (1, 9, [1, 2, 3, 0, 9]),
        (5, 9, [1, 0, 3, 4, 5, 6, 7, 0, 9]),
        (9, 9, [1, 0, 7, 8, 9]),
        (4, 9, [1, 2, 3, 4, 5, 6, 0, 9]),
    ],
)
def test_a_pager_shows_both_ends_and_the_pages_near(number, total, steps):
    """A reader on page 40 must reach the first page and the next in one step."""
    url = "/tag/강/"

    pager = pager_of(Sheet(url, number, total))

    assert numbers(pager) == steps
    assert [link.number for link in pager.links if link.current] == [number]
    assert pager.previous == ("" if number == 1 else url if number == 2 else f"{url}page/{number - 1}/")
    assert pager.next == ("" if number == total else f"{url}page/{number + 1}/")


def test_lists_continue_over_pages_without_losing_an_article(entry_of, planned):
    """An article that falls between two pages is never found again."""
    entries = [entry_of(f"a{number}", published=day(number + 1)) for number in range(7)]

    pages = planned(entries, page_size=3)

    homes = pages[HomePage]
    assert [page.url for page in homes] == ["/", "/page/2/", "/page/3/"]
    cards = [card.url for page in homes for card in ((page.lead,) if page.lead else ())]
    cards += [card.url for page in homes for group in page.days for card in group.cards]
    assert len(cards) == len(set(cards)) == 7
    assert [bool(page.lead) for page in homes] == [True, False, False]
    assert len([page for page in pages[ListingPage] if page.kind is ListKind.CATEGORY]) == 3


def test_a_list_is_grouped_by_day(entry_of):
    """News is read by day; the undated have a group of their own."""
    entries = [
        entry_of("a", published=day(4, 9)),
        entry_of("b", published=day(4)),
        entry_of("c", published=day(3)),
        entry_of("d", published=None),
    ]

    days = days_of(map(card_of, entries))

    assert [(group.date, len(group.cards)) for group in days] == [(day(4), 2), (day(3), 1), (None, 1)]


def test_related_articles_are_the_nearest_of_the_same_agency(entry_of, planned):
    """A reader of one release wants the agency's next, never the same again."""
    entries = [entry_of(f"a{number}", published=day(number + 1)) for number in range(6)]

    pages = {page.url: page for page in planned(entries)[ArticlePage]}

    page = pages["/2024/05/a3/"]
    assert [card.url for card in page.related] == ["/2024/05/a4/", "/2024/05/a2/", "/2024/05/a1/"]
    assert page.related_title == "하천환경청"
    assert (page.newer.url, page.older.url) == ("/2024/05/a4/", "/2024/05/a2/")
    assert pages["/2024/05/a5/"].newer is None
    assert all(page.url not in [card.url for card in page.related] for page in pages.values())
    assert all(len(page.related) == 3 for page in pages.values())


def test_related_articles_fall_back_to_the_category(entry_of, planned):
    """An agency with one article still leads on."""
    entries = [entry_of("a", agencies=("가",)), entry_of("b", agencies=("나",))]

    page = planned(entries)[ArticlePage][0]

    assert page.related_title == "환경"
    assert len(page.related) == 1


def test_a_lone_article_has_nothing_related(entry_of, planned):
    """An empty box is not shown."""
    entries = [entry_of("a")]

    page = planned(entries)[ArticlePage][0]

    assert (page.related, page.related_title) == ((), "")


@pytest.mark.parametrize(
    ("text", "limit", "summary"),
    [
        ("짧은 글이다.", 20, "짧은 글이다."),
        ("첫 문장이다. 둘째 문장은 조금 더 길다.", 20, "첫 문장이다."),
        ("“인용이다.” 그리고 더 이어지는 긴 문장", 14, "“인용이다.”"),
        ("마침표 없이 아주 길게 이어지는 글", 14, "마침표 없이 아주 길게…"),
        ("첫째다. 정부는 2026. 3. 2. 새 기준을 알렸다.", 20, "첫째다. 정부는 2026. 3.…"),
        ("Talks with the U.S. begin in the spring.", 22, "Talks with the U.S.…"),
        ("It is plan B. The next one follows later.", 20, "It is plan B."),
        ("It began in 2026. The next one follows later.", 24, "It began in 2026."),
        ("확진자는 2026. 12 명이 늘었다고 한다.", 15, "확진자는 2026. 12…"),
        ("두\n줄에  걸친 글", 20, "두 줄에 걸친 글"),
        ("□ 하나가 늘었다.\n  ㅇ 둘은 ㅇ 표\n- 셋 -1", 40, "하나가 늘었다. 둘은 ㅇ 표 셋 -1"),
        ("", 20, ""),
        ("띄어쓰기없이아주길게이어지는글", 8, "띄어쓰기없이아…"),
    ],
)
def test_a_summary_ends_with_a_sentence_or_a_whole_word(text, limit, summary):
    """Half a word in a list looks broken and can change a meaning."""
    written = text

    made = summary_of(written, limit=limit)

    assert made == summary
    assert len(made) <= limit


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_summary_does_not_begin_with_what_stands_for_a_picture_or_video(language):
    """The link is no sentence, in neither language."""
    body = clean_body(
        "![](https://a.example/1.jpg)\n\n<video src='https://a.example/1.mp4'></video>\n\nText.",
        BodyFormat.MARKDOWN,
        Cleaning(language=language),
    )

    assert summary_of(prose_of(body)) == "Text."


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("|구분|금액|\n|---|---|\n|1인|10만 원|\n\n임금이 &lt;조금&gt; 올랐다.", "임금이 <조금> 올랐다."),
        ("실질임금[^1]이 올랐다.\n\n[^1]: 물가를 뺀 것\n    - 둘째", "실질임금이 올랐다."),
        ("<p>앞</p><table><tr><td>가<table><tr><td>나</table><td>다</table><p>뒤</p>", "앞 뒤"),
        ("|구분|금액|\n|---|---|\n|1인|10만 원|", "구분 금액 1인 10만 원"),
        ("## 주요 결과\n\n물가가 올랐다.\n\n### 다음\n\n끝.", "물가가 올랐다. 끝."),
        ("## 제목뿐", "제목뿐"),
        (
            "요금이 오른다.\n\n이 자료는 「공공누리 제1유형:출처표시」의 조건에 따라 자유롭게 이용할 수 있습니다.",
            "요금이 오른다.",
        ),
        ("면적은 10<sup>3</sup>m<sup>2</sup>, 제21<sup>st</sup> H<sub>2</sub>O", "면적은 10³m², 제21st H2O"),
        ("첫째<br>둘째\n\n<ul><li>하나</li><li>둘</li></ul>\n\n|가|\n|-|\n|나|", "첫째 둘째 하나 둘"),
    ],
    ids=["table", "notes", "nested", "only-a-table", "headings", "a-heading", "terms", "raised", "lines"],
)
def test_a_summary_is_made_of_sentences_not_of_cells_and_note_numbers(written, said):
    """Cells in a row read as nonsense in lists, feeds and search results."""
    body = clean_body(written, BodyFormat.MARKDOWN)

    made = summary_of(prose_of(body))

    assert made == said


@pytest.mark.parametrize(
    ("text", "language", "minutes"),
    [
        ("", "ko", 0),
        ("가", "ko", 1),
        ("가 " * 500, "ko", 1),
        ("가 " * 501, "ko-KR", 2),
        ("word " * 230, "en", 1),
        ("word " * 231, "en", 2),
    ],
)
def test_reading_time_is_rounded_up_and_ignores_spaces(text, language, minutes):
    """“0 minutes” would be said of every short notice."""
    written = text

    made = reading_minutes(written, language)

    assert made == minutes


def test_a_text_that_may_not_be_shown_shows_nowhere(entry_of, planned):
    """A summary in a list is the text too."""
    closed = entry_of("a", text="보이면 안 되는 글이다.", licence=None, body="공공누리 제4유형", summary="요약")

    pages = planned([closed])

    (page,) = pages[ArticlePage]
    assert closed.link_only
    assert (page.description, page.reading_minutes) == ("", 0)
    assert pages[HomePage][0].lead.summary == ""
    assert pages[FeedPage][0].entries[0].description == ""


def test_every_kind_of_page_is_planned_once(entry_of, planned):
    """A missing page is a dead link on every other page."""
    entries = [entry_of("a", aliases=("/old/",)), entry_of("b", notice=Notice(kind=NoticeKind.GONE))]
    about = entry_of("about", permalink="/about/")

    pages = planned(entries, [about])

    assert [page.url for page in pages[TombstonePage]] == ["/2024/05/b/"]
    assert [(page.url, page.target) for page in pages[RedirectPage]] == [("/old/", "/2024/05/a/")]
    assert [page.url for page in pages[StaticPage]] == ["/about/"]
    assert [page.url for page in pages[SearchPage]] == ["/search/"]
    assert [page.url for page in pages[NotFoundPage]] == ["/404.html"]
    assert [page.url for page in pages[LicencePage]] == ["/license/"]
    assert {page.url for page in pages[IndexPage]} == {"/category/", "/agency/", "/tag/", "/archive/"}
    urls = [page.url for group in pages.values() for page in group]
    assert len(urls) == len(set(urls))


def test_a_site_without_search_has_no_search_page(entry_of, planned):
    """A search that cannot find anything must not be offered."""
    entries = [entry_of("a")]

    pages = planned(entries, search=False)

    assert SearchPage not in pages


def test_a_site_of_its_own_terms_keeps_them(entry_of, planned):
    """A page the writer made beats the one the program makes."""
    own = entry_of("license", permalink="/license/")

    pages = planned([entry_of("a")], [own])

    assert LicencePage not in pages


def test_only_articles_that_are_this_site_s_own_stand_in_the_sitemap(entry_of, planned, config_of):
    """Asking search engines to index a copy and not to index it contradict each other."""
    own = entry_of("a", config=config_of(indexing=Indexing.SELF))
    copies = [
        entry_of(slug, config=config_of(indexing=how)) for slug, how in (("b", "source-first"), ("c", "canonical"))
    ]

    (sitemap,) = planned([own, *copies])[SitemapPage]

    urls = {row.url: row.changed for row in sitemap.entries}
    assert urls["/2024/05/a/"] == "2024-05-03"
    assert "/2024/05/b/" not in urls
    assert "/2024/05/c/" not in urls
    assert "/" in urls


def test_the_feed_is_as_new_as_its_newest_entry(entry_of, planned):
    """A feed that is always new is fetched by everyone all the time; one without entries still has a date."""
    entries = [entry_of("a", published=day(3)), entry_of("b", published=day(2), updated=day(5))]

    feeds = [planned(given)[FeedPage][0].updated for given in (entries, [])]

    assert feeds == [day(5), datetime(1970, 1, 1, tzinfo=SEOUL)]


def test_the_terms_page_counts_the_licences_in_use(entry_of, planned):
    """Only what the site really shows is explained."""
    entries = [entry_of("a"), entry_of("b"), entry_of("c", licence=None)]

    (page,) = planned(entries)[LicencePage]

    assert [(terms.id, terms.count) for terms in page.terms] == [("KOGL-1", 2), ("UNKNOWN", 1)]


def test_a_month_stands_below_its_year(entry_of, planned):
    """Breadcrumbs are how readers climb."""
    entries = [entry_of("a")]

    listings = {page.key: page for page in planned(entries)[ListingPage]}

    assert [crumb.label for crumb in listings["2024-05"].crumbs] == ["홈", "연도별", "2024년", "5월"]
    assert [tally.label for tally in listings["2024"].months] == ["2024-05"]


def test_tallies_are_fullest_first_and_years_newest_first(entry_of, planned):
    """The side list shows only the first twelve."""
    entries = [
        entry_of("a", categories=("가",), published=datetime(2023, 1, 1, tzinfo=SEOUL)),
        entry_of("b", categories=("나",)),
        entry_of("c", categories=("나", "다")),
    ]

    home = planned(entries)[HomePage][0]

    assert [(tally.label, tally.count) for tally in home.categories] == [("나", 2), ("가", 1), ("다", 1)]
    assert [tally.label for tally in home.years] == ["2024", "2023"]


def test_an_articles_key_tells_all_that_its_page_shows_apart(face):
    """Two pages with one key would share their bytes: whatever changes place, or is there no more, has another."""
    a, b, c = (face(slug) for slug in "abc")
    waived = a._replace(waived=("SRC005",))
    pages = [
        (Whole(a), b, c, (), "환경", ()),
        (Whole(waived), b, c, (), "환경", ()),
        (Whole(b), a, c, (), "환경", ()),
        (Whole(a), None, b, (c,), "환경", ()),
        (Whole(a), b, None, (c,), "환경", ()),
        (Whole(a), b, c, (), "환", ()),
        (Whole(a), b, c, (b,), "환경", ()),
        (Whole(a), b, c, (), "환경", (b,)),
        (Whole(a), b, c, (b, c), "환경", ()),
        (Whole(a), b, c, (b,), "환경", (c,)),
        (Whole(a), b, c, (), "환경", (), (("/tag/Ai/", "/tag/AI/"),)),
        (Whole(a), b, c, (), "환경", (), (("/tag/AI/", "/tag/Ai/"),)),
    ]

    keys = [key_of_article(b"theme", "/2024/05/a/", *page) for page in pages]

    assert len(set(keys)) == len(pages)
    assert key_of_article(b"theme", "/2024/05/a/환", *pages[5][:4], "경", ()) not in keys
    assert key_of_article(b"theme", "/2024/05/a/", *pages[0]) == keys[0]
