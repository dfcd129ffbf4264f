"""Whole sites: content in, pages out. Each test builds a small site of its own."""

import json
import shutil
import tomllib
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread
from xml.etree import ElementTree as ET

import feedparser
import pytest

from sitegen.errors import UsageError
from sitegen.messages import render
from sitegen.runtime.executor import PoolExecutor, Turn
from tests.conftest import ARTICLE, NOW, ROOT, SiteTest


def test_an_article_page_is_complete(site: SiteTest) -> None:
    """A reader and the law need the title, agency, date, text and the whole attribution on one page."""
    site.article("river", title="강물이 맑아졌습니다", body="첫 문단입니다.\n\n둘째 **문단**입니다.").build()

    page = site.page("/2026/03/river/")

    assert page.text("h1") == "강물이 맑아졌습니다"
    assert page.text("main time") == "2026.03.02. (월)"
    assert page.all(".body p") == ["첫 문단입니다.", "둘째 문단입니다."]
    assert page.count("[data-pagefind-body]") == 1
    assert page.count('footer.source[class="source"]') == 1
    assert page.count("[data-pagefind-body] footer.source") == 0
    assert page.attributes('meta[name="page-kind"]', "content") == ["article"]
    assert page.attributes("footer.source a[rel='license']", "href") == ["https://www.kogl.or.kr/info/licenseType1.do"]
    assert page.text("footer.source [data-cite]") == (
        "본 저작물은 하천관리청에서 2026년 작성하여 공공누리 제1유형으로 개방한 「강물이 맑아졌습니다」(작성자: 하천관리청) "
        "저작물을 이용하였으며, 해당 저작물은 견본브리핑(https://press.example.go.kr/view?id=5525)에서 무료로 "
        "내려받으실 수 있습니다."
    )


def test_every_article_is_reached_from_every_list(site: SiteTest) -> None:
    """A mirror is browsed by category, agency, topic and date."""
    site.article("river", more="tags: [수질]\n").article("lake", title="호수", date="2025-11-30").build()

    lists = ["/", "/category/환경/", "/agency/하천관리청/", "/2026/", "/2026/03/"]

    for url in lists:
        assert "/2026/03/river/" in site.page(url).attributes("main a", "href"), url
    assert "/2026/03/river/" in site.page("/tag/수질/").attributes("main a", "href")
    assert site.page("/archive/").all("main li a") == ["2026년 1건", "2025년 1건"]
    assert {"/category/", "/agency/", "/tag/", "/about/", "/license/"} <= site.urls()


@pytest.mark.parametrize(
    ("archives", "menu", "beside", "index"),
    [
        ('["category", "category", "year", "month"]', ["최신", "분류", "연도별"], ["분류", "연도"], "연도별 목록"),
        ('["month", "month"]', ["최신", "월별"], ["월별"], "월별 목록"),
        ('["tag"]', ["최신"], [], ""),
    ],
)
def test_the_lists_of_a_site_are_each_in_the_menu_once(
    site: SiteTest, archives: str, menu: list[str], beside: list[str], index: str
) -> None:
    """A kind that is written twice is one kind; months without years have their place in the menu all the same."""
    site.write("content/site.toml", f"[site]\narchives = {archives}\n").article("river").build()

    home, lost = site.page("/"), site.page("/404.html")

    assert home.all(".menu__list a") == menu
    assert home.count(".side__title") == len(beside)
    assert not beside or home.all(".side__title") == beside
    assert ("/archive/" in site.urls()) is bool(index)
    assert not index or site.page("/archive/").text("h1") == index == lost.all(".plain-links a")[-1]


def test_months_without_years_are_called_months_everywhere(site: SiteTest) -> None:
    """A breadcrumb that names a list which the site does not have leads astray."""
    site.write("content/site.toml", '[site]\narchives = ["month"]\n').article("river").build()

    assert site.page("/archive/").all(".crumbs li") == ["홈", "월별"]
    assert site.page("/2026/03/").all(".crumbs li") == ["홈", "월별", "3월"]


@pytest.mark.parametrize(
    ("archives", "said", "links"),
    [
        ('["category"]', "아래 목록에서도 글을 찾을 수 있습니다.", 1),
        ('["month"]', "켜져 있어야 움직입니다. 최신 글", 0),
        ('["tag"]', "켜져 있어야 움직입니다. 최신 글", 0),
        ("[]", "켜져 있어야 움직입니다. 최신 글", 0),
    ],
)
def test_the_search_page_promises_no_lists_that_do_not_follow(
    site: SiteTest, archives: str, said: str, links: int
) -> None:
    """Whoever has no JavaScript would look for them."""
    site.write("content/site.toml", f"[site]\narchives = {archives}\n").article("river").build(search=True)

    page = site.page("/search/")

    assert page.text("noscript .note-box").endswith(said)
    assert page.count("noscript .tally") == links


def test_lists_continue_on_further_pages(site: SiteTest) -> None:
    """A list of thousands must stay small per page and lose nobody at the borders."""
    site.write("content/site.toml", "[site]\npage_size = 2\n")
    for day in range(1, 6):
        site.article(f"river-{day}", title=f"소식 {day}", date=f"2026-03-0{day}")
    site.build()

    shown = [site.page(url).all(".card__title") for url in ("/2026/", "/2026/page/2/", "/2026/page/3/")]

    assert shown == [["소식 5", "소식 4"], ["소식 3", "소식 2"], ["소식 1"]]
    assert site.page("/2026/page/2/").attributes("a[rel='prev']", "href") == ["/2026/"]
    assert not (site.output / "2026/page/4").exists()


def test_a_sub_path_moves_every_address(site: SiteTest) -> None:
    """GitHub Pages serves most sites below /repo/; one forgotten address is a dead link there."""
    site.article("river", body="[이용조건](/license/)을 보세요.").write("static/images/a.png", b"png")
    media = "media: [{src: /images/a.png, license: CC0-1.0, credit: 하천관리청}]\n"
    site.article("lake", body='<p><img src="/images/a.png" alt="그림"></p>', more=media)
    site.build(base_url="https://name.github.io/repo")

    for path in site.output.rglob("*.html"):
        page = site.page(f"/{path.relative_to(site.output).as_posix()}")
        for name, selector in (("href", "[href]"), ("src", "[src]"), ("action", "[action]")):
            for value in page.attributes(selector, name):
                assert value, path
                is_ours = value.startswith(("/repo/", "https://", "#", "mailto:", "tel:"))
                assert is_ours, f"{path}: {value}"
    assert site.page("/404.html").attributes("link[rel='stylesheet']", "href")[0].startswith("/repo/css/")
    assert "/repo/images/a.png" in site.page("/2026/03/lake/").attributes("img", "src")


def test_deleted_articles_leave_the_site(site: SiteTest) -> None:
    """A page that was taken down and stays online is the peers' worst habit."""
    site.article("river").article("lake", title="호수").build()
    (site.folder / "content/lake.md").unlink()

    site.build()

    assert "/2026/03/lake/" not in site.urls()
    assert "호수" not in "".join(text.decode("utf-8", "ignore") for text in site.files().values())


def test_two_articles_with_one_address_are_named_both(site: SiteTest) -> None:
    """Silent overwriting loses an article; NFC and NFD forms and letter case are one address on some disks."""
    site.article("a/River", more="slug: River\n").article("b/river", title="다른 글").build()

    (problem,) = site.problems("URL001")

    assert str(problem.where.path).endswith("b/river.md")
    assert dict(problem.details)["other"].endswith("a/River.md")
    assert site.result is not None
    assert (site.result.articles, site.result.held_back) == (1, 1)


def test_spellings_of_one_key_lead_to_one_list(site: SiteTest) -> None:
    """`AI` and `ai` are one address on some disks, so they are one list; every article's link must lead to it.

    Its address is the oldest article's spelling: a newer one breaks no link.
    """
    site.article("river", date="2026-03-01", more="tags: [AI, Ai]\n").article(
        "lake", title="호수", more="tags: [ai, index.html]\n"
    ).build()

    links = {name: site.page(f"/2026/03/{name}/").attributes(".tags a", "href") for name in ("river", "lake")}

    assert {url for url in site.urls() if url.lower() == "/tag/ai/"} == {"/tag/AI/"}
    assert links["river"] == [links["lake"][0]] * 2
    for url in links["lake"]:
        assert site.page(url).count(".card") == (2 if url.lower() == "/tag/ai/" else 1)
    assert site.page("/tag/").all("main li a") == ["AI 2건", "index.html 1건"]


def test_an_article_where_the_search_index_has_its_files_is_named(site: SiteTest) -> None:
    """It is held back; it once ended the build, and nobody said which article it was."""
    site.article("river", more="permalink: /search/entry.json/\n").article("lake").build()

    (problem,) = site.problems("URL001")

    assert problem.where.path.endswith("river.md")
    assert "/2026/03/lake/" in site.urls()


def test_an_article_without_source_name_is_held_back(site: SiteTest) -> None:
    """Republishing without naming the source breaks the law; the build must not."""
    site.article("river").write("content/lake.md", "---\ntitle: 호수\ndate: 2026-01-02\n---\n본문\n").build()

    (problem,) = site.problems("SRC001")

    assert (Path(problem.where.path).name, problem.where.line, problem.where.column) == ("lake.md", 1, 1)
    assert "/2026/01/lake/" not in site.urls()
    assert "/2026/03/river/" in site.urls()


def test_what_is_not_known_is_said_on_the_page(site: SiteTest) -> None:
    """An honest mirror says that a licence, an address or a date is missing."""
    text = "---\ntitle: 호수\nsource: {name: 견본브리핑, url: 'https://press.example.go.kr/'}\n---\n본문\n"
    site.write("content/lake.md", text).build()

    footer = site.page("/undated/lake/").text("footer.source")

    assert "이용조건이 확인되지 않았습니다" in footer
    assert "원문의 날짜를 알지 못합니다." in footer
    assert "출처 누리집의 첫 화면으로 안내합니다." in footer
    assert {problem.code for problem in site.result.problems} == {"DATE001", "LIC001", "SRC003"}  # type: ignore[union-attr]


def test_a_work_closed_to_changes_is_shown_only_when_proven_unchanged(site: SiteTest) -> None:
    """Types 3 and 4 forbid changes; without proof the page is a link and not a byte of the text is published."""
    closed = ARTICLE.replace("KOGL-1", "KOGL-4")
    facts = {"title": "닫힌 글", "date": "2026-01-02", "body": "□ 비밀스러운 본문입니다."}
    site.write("content/shut.md", closed.format(**facts, number=1, more="body_format: gov-outline\n"))
    digest = "6e1c5f7f2d1a"
    site.write("content/wrong.md", closed.format(**facts, number=2, more=f"changes: [{digest}]\n"))
    site.build(search=True)

    page = site.page("/2026/01/shut/")

    assert "비밀스러운" not in b"".join(site.files().values()).decode("utf-8", "ignore")
    assert "변경이 금지된 저작물이어서 본문을 싣지 않고 원문으로 안내합니다." in page.text("footer.source")
    assert page.count(".body") == 0
    assert [problem.code for problem in site.problems("VERB001")] == ["VERB001"]
    assert [problem.code for problem in site.problems("VERB002")] == ["VERB002"]


def test_nothing_of_an_embargoed_article_is_published(site: SiteTest) -> None:
    """A release under embargo must not leak through lists, feed, search or sitemap."""
    site.article("river").article("early", title="때이른 소식", more="embargo_until: 2099-01-01 09:00\n").build()

    everything = b"".join(site.files().values()).decode("utf-8", "ignore")

    assert "때이른" not in everything
    assert site.result.left_out == 1  # type: ignore[union-attr]
    assert [problem.severity for problem in site.problems("DATE002")] == ["note"]


def test_a_withdrawn_article_leaves_only_its_notice(site: SiteTest) -> None:
    """A takedown shows why and where the original is, and nothing of the text."""
    more = "notice: {kind: withdrawn, date: 2026-04-01, reason: 원문이 바뀌었습니다}\n"
    site.article("river", more=more, body="거두어들인 본문").build()

    page = site.page("/2026/03/river/")

    assert "원문이 바뀌었습니다" in page.text("main")
    assert "거두어들인" not in b"".join(site.files().values()).decode("utf-8", "ignore")
    assert page.attributes("meta[name='robots']", "content") == ["noindex,follow"]
    assert "/2026/03/river/" not in site.page("/").html


def test_a_notice_of_what_is_gone_names_the_address_and_does_not_lead_there(site: SiteTest) -> None:
    """Whoever follows it finds nothing; days are written as on every other page."""
    site.article("river", more="notice: {kind: gone, date: 2026-04-01}\n").build()

    page = site.page("/2026/03/river/")

    assert "원문이 있던 주소: https://press.example.go.kr/view?id=" in page.text("main")
    assert page.count('main a[rel="external"]') == 0
    assert "알린 날: 2026.04.01. (수)" in page.text("main")


def test_old_addresses_lead_to_the_new_one(site: SiteTest) -> None:
    """Links from elsewhere survive a move, without script."""
    site.article("river", more="aliases: [/posts/river/, old.html]\npermalink: /special/river/\n").build()

    for url in ("/posts/river/", "/old.html"):
        assert site.page(url).attributes("meta[http-equiv='refresh']", "content") == ["0; url=/special/river/"]


def test_own_files_lie_below_the_base_path(site: SiteTest) -> None:
    """Attachments and recordings that the site itself keeps; those of others stay where they are."""
    site.write("static/files/a.hwpx", "x").write("static/files/b.mp4", "x")
    rows = "[{label: 하나, url: /files/a.hwpx}, {label: 둘, url: 'https://press.example.go.kr/2.pdf'}]"
    site.article("river", body='<video src="/files/b.mp4"></video>', more=f"attachments: {rows}\n")
    site.build(base_url="https://name.github.io/repo/")

    page = site.page("/2026/03/river/")

    assert page.attributes(".box__list a", "href") == ["/repo/files/a.hwpx", "https://press.example.go.kr/2.pdf"]
    assert page.count(".box__list a[rel]") == 1
    assert page.attributes(".body a", "href") == ["/repo/files/b.mp4"]


def test_the_feed_is_sound_and_keeps_rights(site: SiteTest) -> None:
    """Feed readers republish too: each entry carries its rights, its source and its licence."""
    site.article("river").build(base_url="https://name.github.io/repo/")

    feed = feedparser.parse((site.output / "feed.xml").read_bytes())

    assert not feed.bozo
    (entry,) = feed.entries
    assert entry.link == "https://name.github.io/repo/2026/03/river/"
    assert "공공누리 제1유형" in entry.rights
    links = {link.rel: link.href for link in entry.links}
    assert links["license"] == "https://www.kogl.or.kr/info/licenseType1.do"
    assert links["via"] == "https://press.example.go.kr/view?id=5525"


def test_an_article_without_a_date_is_new_to_feed_readers_once(site: SiteTest) -> None:
    """They show again what was updated; the day of the newest article is none of this one's."""
    site.write(
        "content/old.md", "---\ntitle: 옛글\nlicense: KOGL-1\nsource: {name: 가, site: 'https://a.example'}\n---\n글\n"
    )
    times = []
    for day in ("2026-03-02", "2026-03-09"):
        site.article("river", date=day).build()
        feed = feedparser.parse((site.output / "feed.xml").read_bytes())
        times.append({entry.title: entry.updated for entry in feed.entries}["옛글"])

    assert times == ["1970-01-01T00:00:00+00:00"] * 2


def test_a_site_below_a_korean_path_has_addresses_that_machines_read(site: SiteTest) -> None:
    """Sitemaps ask for RFC 3986; what is half in letters is no address there."""
    home = "https://xn--3e0b707e.kr/%ED%95%9C%EA%B8%80/"
    site.write("content/site.toml", '[site]\nindexing = "self"\n').article("river").build(
        base_url="https://한국.kr/한글"
    )

    page = site.page("/2026/03/river/")
    sitemap = ET.parse(site.output / "sitemap.xml").getroot()  # noqa: S314  our own file
    feed = feedparser.parse((site.output / "feed.xml").read_bytes())

    assert {location.text for location in sitemap.findall(".//{*}loc")} >= {home, f"{home}2026/03/river/"}
    assert feed.entries[0].id == feed.entries[0].link == f"{home}2026/03/river/"
    assert page.attributes("link[rel=canonical]", "href") == [f"{home}2026/03/river/"]
    assert json.loads(page.soup.select('script[type="application/ld+json"]')[0].text)["mainEntityOfPage"] == (
        f"{home}2026/03/river/"
    )
    assert f"Sitemap: {home}sitemap.xml" in (site.output / "robots.txt").read_text("utf-8")


def test_the_sitemap_lists_what_may_be_indexed(site: SiteTest) -> None:
    """By default an article points search engines at its source and stays out of the sitemap."""
    site.article("river").build(base_url="https://name.github.io/")
    hidden = (site.output / "sitemap.xml").read_text("utf-8")
    robots = site.page("/2026/03/river/").attributes("meta[name='robots']", "content")
    site.write("content/site.toml", '[site]\nindexing = "self"\n').build(base_url="https://name.github.io/")
    shown = (site.output / "sitemap.xml").read_text("utf-8")

    assert "/2026/03/river/" not in hidden
    assert robots == ["noindex,follow"]
    assert "https://name.github.io/2026/03/river/" in shown
    assert site.page("/2026/03/river/").count("meta[name='robots']") == 0


def test_an_old_address_passes_on_what_it_was_found_by(site: SiteTest) -> None:
    """One that says noindex is forgotten, and with it who led there; so it says that only where the new one does."""
    old = "aliases: [/old/]\n"
    site.article("river", more=old).build(base_url="https://name.github.io/")
    kept_out = site.page("/old/").attributes("meta[name='robots']", "content")
    site.write("content/site.toml", '[site]\nindexing = "self"\n')
    site.write("content/pages/help.md", "---\ntitle: 도움말\naliases: [/hilfe/]\n---\n\n글이다.\n")
    site.article("lake", more="aliases: [/gone/]\nnotice: {kind: gone}\n").build(base_url="https://name.github.io/")

    assert kept_out == ["noindex,follow"]
    assert [site.page(url).count("meta[name='robots']") for url in ("/old/", "/hilfe/", "/gone/")] == [0, 0, 1]


def test_structured_data_agrees_with_the_footer(site: SiteTest) -> None:
    """Machines read the licence and the original from JSON-LD; a disagreement would mislead them."""
    site.article("river", title="</script><b>강물").build(base_url="https://name.github.io/")

    page = site.page("/2026/03/river/")
    data = json.loads(page.text("script[type='application/ld+json']"))

    assert data["headline"] == "</script><b>강물"
    assert data["license"] == page.attributes("a[rel='license']", "href")[0]
    assert data["isBasedOn"]["url"] == "https://press.example.go.kr/view?id=5525"
    assert data["copyrightHolder"] == {"@type": "GovernmentOrganization", "name": "하천관리청"}
    assert data["datePublished"] == "2026-03-02"


def test_content_never_runs_as_a_template(site: SiteTest) -> None:
    """Liquid, Jinja and Hugo marks in a post are words, whatever they say."""
    marks = "{{ 7 * 7 }} {% include 'x' %} {{< figure >}} {{ site.title }}"
    site.article("river", title='"{{ 7 * 7 }} 소식"', body=marks).build()

    page = site.page("/2026/03/river/")

    assert page.text("h1") == "{{ 7 * 7 }} 소식"
    assert page.text(".body p") == marks


def test_no_page_asks_another_host_or_runs_foreign_script(site: SiteTest) -> None:
    """Readers of a news mirror are not to be followed by anyone."""
    site.article("river", body='<img src="https://far.example/a.png" alt="멀리"><script>x()</script>').build()

    for path in site.output.rglob("*.html"):
        page = site.page(f"/{path.relative_to(site.output).as_posix()}")
        sources = page.attributes("script[src], img[src], iframe, source", "src")
        sources += page.attributes("link[rel='stylesheet'], link[rel='modulepreload'], link[rel='icon']", "href")
        assert not [value for value in sources if "//" in value]
        if page.count("meta[http-equiv='refresh']") == 0:
            (policy,) = page.attributes("meta[http-equiv='Content-Security-Policy']", "content")
            assert policy.startswith("default-src 'none'; script-src 'self'")


def test_a_sites_own_files_shadow_the_themes(site: SiteTest) -> None:
    """Owners change one template, word or style without copying the theme."""
    site.write(
        "templates/partials/footer.html", "{% macro site_footer(site) %}<footer>우리 바닥글</footer>{% endmacro %}"
    )
    site.write("templates/words/ko.toml", 'source_title = "어디에서 왔나"\n')
    site.write("static/css/parts/99-own.css", "body { --own: 1; }")
    site.article("river").build()

    page = site.page("/2026/03/river/")
    sheet = next(path for path in site.output.glob("css/site.*.css")).read_text("utf-8")

    assert "우리 바닥글" in page.html
    assert page.text("footer.source h2") == "어디에서 왔나"
    assert sheet.rstrip().endswith("body { --own: 1; }")


def test_the_settings_colours_reach_the_style_sheet(site: SiteTest) -> None:
    """A site's own colour is a setting, not a copied style sheet."""
    site.write("content/site.toml", '[theme.colours]\naccent = ["#123456", "#abcdef"]\n').article("river").build()

    sheet = next(path for path in site.output.glob("css/site.*.css")).read_text("utf-8")

    assert "--accent:light-dark(#123456,#abcdef)" in sheet


@pytest.mark.parametrize(
    "contact", ["mailto:news@mirror.example", "https://mirror.example/ask", "/ask/", "https://mirror.example/a(b"]
)
def test_readers_are_told_where_to_ask(site: SiteTest, contact: str) -> None:
    """“Tell us” means nothing without an address: it stands on every page, and where the words ask for it."""
    site.write("content/site.toml", f'[site]\ncontact = "{contact}"\n').article("river").build()

    for url in ("/", "/2026/03/river/"):
        assert contact in site.page(url).attributes(".foot a", "href"), url
    for url in ("/license/", "/about/"):
        assert contact in site.page(url).attributes("main .body a", "href"), url


def test_what_nobody_knows_of_a_licence_is_said_as_that(site: SiteTest) -> None:
    """No licence forbids anything by being unknown; the page must not state what nobody said."""
    site.article("river").write(
        "content/lake.md", "---\ntitle: 호수\ndate: 2026-01-02\nsource: {name: 견본브리핑}\n---\n본문\n"
    ).build()

    rows = [row for row in site.page("/license/").all(".terms") if "확인되지 않음" in row]

    assert len(rows) == 1
    assert rows[0].count("확인되지 않음") == 3
    assert "할 수 없음" not in rows[0]


def test_lists_say_in_which_language_an_article_is(site: SiteTest) -> None:
    """A screen reader reads a card in the language of its words (WCAG 3.1.2)."""
    site.article("river", more="lang: en\n", title="Rivers are clean").article("lake", title="호수").build()

    for url, count in (("/", 1), ("/category/환경/", 1), ("/2026/03/lake/", 2)):  # there as a neighbour and as related
        page = site.page(url)
        marked = {
            (node.get("lang"), node.get_text(strip=True)) for node in page.soup.select("main [lang=en]:not(article)")
        }
        assert ("en", "Rivers are clean") in marked, url
        assert len(page.soup.select("main :is(h2, h3, .near span)[lang=en]")) == count, url


def test_a_part_in_another_language_says_so_on_the_page(site: SiteTest) -> None:
    """What the cleaner knows is the article's own language, stated or not (WCAG 3.1.2)."""
    parts = '<p lang="ko">강이 맑다.</p>\n\n<p lang="en">Rivers run clear.</p>'
    site.article("river", more="lang: en\n", body=parts).article("lake", body=parts).build()

    told = [site.page(f"/2026/03/{name}/").soup.select(".body [lang]") for name in ("river", "lake")]

    assert [[(part.get("lang"), part.get_text()) for part in parts] for parts in told] == [
        [("ko", "강이 맑다.")],
        [("en", "Rivers run clear.")],
    ]


def test_what_stands_beside_an_english_text_is_english(site: SiteTest) -> None:
    """Names of what scrolls are read out in the language of their text; a site's locale is not that of all its articles."""
    site.write("content/pages/terms.md", "---\ntitle: Terms\nlang: en\n---\nRivers.\n")
    site.article("river", more="lang: en\n").article("lake").build()
    korean, english, terms = (site.page(url) for url in ("/2026/03/lake/", "/2026/03/river/", "/terms/"))
    ours = {
        language: tomllib.loads((ROOT / f"templates/words/{language}.toml").read_text("utf-8"))
        for language in ["ko", "en"]
    }

    for page, language in ((korean, "ko"), (english, "en"), (terms, "en")):
        names = [page.attributes(".body", name)[0] for name in ("data-scroll", "data-scroll-code")]
        assert names == [ours[language]["table_scroll"], ours[language]["code_scroll"]]
    assert [page.count("meta[property='og:locale']") for page in (korean, english, terms)] == [1, 0, 0]
    feed = feedparser.parse((site.output / "feed.xml").read_bytes())
    assert {entry.rights_detail.language for entry in feed.entries} == {"ko", "en"}


def test_a_category_and_a_topic_of_one_name_have_titles_of_their_own(site: SiteTest) -> None:
    """Tabs, bookmarks and histories show nothing but the title (WCAG 2.4.2)."""
    site.article("river", more="tags: [환경]\n").build()

    titles = [site.page(url).text("title") for url in ("/category/환경/", "/tag/환경/", "/2026/")]

    assert titles[0] == f"환경 · 분류 | {titles[2].rpartition(' | ')[2]}"
    assert titles[1].startswith("환경 · 주제어 | ")
    assert titles[2].startswith("2026년 | ")


def test_an_english_site_speaks_english(site: SiteTest) -> None:
    """The interface follows the site's language, the footer the article's."""
    site.write("content/site.toml", '[site]\nlanguage = "en"\n')
    site.article("river", more="lang: en\n").article("lake", title="호수", more="lang: ko\n").build()

    english, korean = site.page("/2026/03/river/"), site.page("/2026/03/lake/")

    assert english.attributes("html", "lang") == ["en"]
    assert english.text("[data-cite]").startswith("Source: “강물이 맑아졌습니다” (2026), 하천관리청, 견본브리핑 <")
    assert korean.text("[data-cite]").startswith("본 저작물은")
    assert korean.attributes("article", "lang") == ["ko"]


def test_an_address_of_this_site_may_be_written_whole(site: SiteTest) -> None:
    """That is what one copies from a browser."""
    more = (
        "permalink: https://mirror.example/repo/n/x/\naliases: [https://mirror.example/repo/old/, https://b.example/]\n"
    )
    site.article("river", more=more).build(base_url="https://mirror.example/repo/")

    assert {"/n/x/", "/old/"} <= site.urls()
    site.write("content/site.toml", '[site]\nbase_url = "https://mirror.example/repo/"\n')
    site.build(base_url="")  # as a preview does
    assert {"/n/x/", "/old/"} <= site.urls()
    assert [dict(problem.details)["value"] for problem in site.problems("URL004")] == ["https://b.example/"]


def test_a_foreign_output_folder_is_left_alone(site: SiteTest) -> None:
    """A wrong --output must never delete somebody's files."""
    site.article("river").write("_site/precious.txt", "mine")

    with pytest.raises(UsageError, match="USE002"):
        site.build()

    assert site.files() == {"precious.txt": b"mine"}


def test_workers_change_nothing(site: SiteTest) -> None:
    """The same bytes whether one process works or two that a program with threads had to spawn."""
    for number in range(12):
        site.article(f"river-{number}", title=f"소식 {number}", date=f"2026-03-{number + 1:02}", body="본문 " * number)
    serial = site.build().files()
    end = Event()
    Thread(target=end.wait, daemon=True).start()

    with PoolExecutor(2) as executor:
        parallel = site.build(executor=executor).files()
    end.set()

    assert not executor.forks
    assert parallel == serial


def test_turns_of_new_workers_change_nothing(site: SiteTest) -> None:
    """A large site is rendered by one set of workers after the other: no page is lost between them."""
    for number in range(12):
        site.article(f"river-{number}", title=f"소식 {number}", date=f"2026-03-{number + 1:02}")
    serial = site.build().files()
    shutil.rmtree(site.output)

    with PoolExecutor(2, worth=1, turn=Turn(items=1, weight=5)) as executor:
        in_turns = site.build(executor=executor).files()

    assert in_turns == serial


def test_unused_keys_are_warned_of_and_kept_in_the_file(site: SiteTest) -> None:
    """A misspelt key must not be a silent default."""
    site.article("river", more="tagz: [수질]\n").build()

    (problem,) = site.problems("FM007")

    assert dict(problem.details) == {"keys": "tagz (tags?)"}
    assert problem.where.line == 9


def test_an_empty_site_is_a_site(site: SiteTest) -> None:
    """The first build of a new project has nothing to show and still works."""
    site.build(search=True)

    assert "아직 실린 글이 없습니다." in site.page("/").text("main")
    assert site.page("/search/").count("[data-search]") == 1


def test_an_article_appears_when_its_time_has_come_and_not_before(site: SiteTest) -> None:
    """What is remembered of yesterday must not hold back today's release, nor show it early."""
    site.article("강").article("예정", title="내일 소식", date="2026-12-01")
    memory = site.folder / "memory.sqlite"

    shown = []
    for day in (22, 35, 22, 22, 35):
        site.build(cache_path=memory, now=NOW + timedelta(days=day - 22))
        shown.append("/2026/12/예정/" in site.urls())

    assert shown == [False, True, False, False, True]


@pytest.mark.parametrize("date", ["1000-01-01", "9999-12-31T23:30:00"])
@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Pacific/Kiritimati"])
def test_the_first_and_the_last_day_of_the_calendar_are_days_like_others(date: str, zone: str, site: SiteTest) -> None:
    """In another zone it is a day that there is not; "for ever" is written so all the same.

    A year of three figures is a slip: its page would stand at `/226/`, its credit be of no year that a check knows.
    """
    site.write("content/site.toml", f'[site]\ntimezone = "{zone}"\nbase_url = "https://name.example/"\n')

    site.article("강", date=date).article("길", date="0226-03-02").article("둑", date="0001-01-01")
    site.build(search=True, future=True)

    assert site.result is not None
    assert (site.result.articles, site.result.indexed) == (1, 1)
    assert len(site.problems("DATE003")) == 2


def test_a_summary_begins_with_words_and_no_picture(site: SiteTest) -> None:
    """A list of articles whose texts begin with a photograph would say the host's name again and again."""
    body = "![행사](https://photo.example.com/1.jpg)\n\n강물이 맑아졌습니다."

    page = site.article("river", body=body).build().page("/")

    assert "강물이 맑아졌습니다." in page.text("main")
    assert "photo.example.com" not in page.html


def test_controls_in_a_head_break_no_feed_and_no_log(site: SiteTest) -> None:
    """They come with copied titles; a feed with one is no XML, and a terminal obeys it."""
    more = r'"x\n::error::y\e[2J": 1' + "\n" + r'subtitle: "가\x01나"' + "\n"
    site.article("river", title=r'"강\b물이\u202e 맑다&#8;"', more=more).build()
    (problem,) = site.problems("FM007")

    assert site.page("/2026/03/river/").text("h1") == "강물이 맑다"
    assert ET.parse(site.output / "feed.xml").getroot() is not None  # noqa: S314  our own file
    assert render(problem, "en")[0].endswith(r"keys that are not used: x\n::error::y\x1b[2J")


@pytest.mark.parametrize("key", ["aliases", "redirect_from", "alias"])
def test_an_old_address_that_cannot_lead_on_is_told_where_it_was_written(site: SiteTest, key: str) -> None:
    """Jekyll's and Hugo's keys have their own lines."""
    site.article("river", more=f"{key}: [/search/]\n").build()

    (found,) = site.problems("URL003")
    assert (found.where.line, found.where.column) == (9, 1)
