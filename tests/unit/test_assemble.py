"""Faces → site: order, lists, and one owner for every address."""

import unicodedata
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sitegen.messages import message_of
from sitegen.model import ListKind, Notice, NoticeKind, Source
from sitegen.problems import Severity
from sitegen.runtime.fingerprint import name_of
from sitegen.site.about import about_entry
from sitegen.site.assemble import assemble
from sitegen.site.face import face_of

SEOUL = ZoneInfo("Asia/Seoul")
GONE = Notice(kind=NoticeKind.GONE)


def day(date, hour=0):
    """Return a moment of May 2024."""
    return datetime(2024, 5, date, hour, tzinfo=SEOUL)


def shown(assembly):
    """Return the titles of a site's articles in order."""
    return [one.title for one in assembly.site.faces]


def codes(assembly):
    """Return code and path of every problem."""
    return [(problem.code, problem.where.path) for problem in assembly.problems]


def test_the_newest_comes_first_and_the_undated_last(face, config_of):
    """Readers look for today's news."""
    faces = [
        face("a", title="셋째", published=day(3)),
        face("b", title="첫째", published=day(4, 9)),
        face("c", title="둘째", published=day(4)),
        face("d", title="넷째", published=None),
    ]

    assembly = assemble(faces, [], config_of())

    assert shown(assembly) == ["첫째", "둘째", "셋째", "넷째"]


def test_a_day_is_ordered_by_the_number_of_its_files(face, config_of):
    """Posts of one day keep the order they came in."""
    faces = [face(slug, title=slug, published=day(3), order=order) for slug, order in (("a", 9), ("b", 10))]

    assembly = assemble(faces, [], config_of())

    assert shown(assembly) == ["b", "a"]


def test_the_order_does_not_depend_on_the_order_of_reading(face, config_of):
    """Same input, same bytes: workers finish in any order."""
    faces = [face(slug, title=slug, published=day(3)) for slug in "abcd"]

    first, second = (assemble(order, [], config_of()) for order in (faces, faces[::-1]))

    assert first == second


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("/a/", "/a/"),
        ("/A/", "/a/"),
        ("/한글/", unicodedata.normalize("NFD", "/한글/")),
        ("/x/", "/x/index.html"),
    ],
)
def test_of_two_articles_with_one_address_the_first_by_path_keeps_it(face, config_of, first, second):
    """One would overwrite the other on some disk; losing an article in silence is the worst outcome."""
    faces = [face("b", permalink=second), face("a", permalink=first)]

    assembly = assemble(faces, [], config_of())

    assert shown(assembly) == ["글 a"]
    assert codes(assembly) == [("URL001", "content/articles/b.md")]
    assert "content/articles/a.md" in message_of(assembly.problems[0], "ko")


def test_two_files_whose_names_look_the_same_are_told_apart(face, config_of):
    """A Mac's own spelling of 가나 beside another's: `가나.md is claimed twice: 가나.md` helps nobody."""
    apart = unicodedata.normalize("NFD", "가나")
    sources = [Source(name="가", url=f"https://a.example/{number}") for number in range(2)]
    faces = [face(name, permalink="/x/", source=source) for name, source in zip((apart, "가나"), sources, strict=True)]

    (found,) = assemble(faces, [], config_of()).problems

    assert message_of(found, "en").endswith((" (NFD)", " (NFC)"))


def test_two_files_of_one_original_whose_names_look_the_same_are_told_apart(face, config_of):
    """So do they where the original is what both claim."""
    apart = unicodedata.normalize("NFD", "가나")
    faces = [face(name, source=Source(name="가", url="https://a.example/1")) for name in (apart, "가나")]

    (found,) = assemble(faces, [], config_of()).problems

    assert found.code == "SRC005"
    assert message_of(found, "en").endswith((" (NFD)", " (NFC)"))


def test_the_page_about_a_site_that_the_site_did_not_write_is_its_own(face, config_of):
    """`/about/ is claimed twice: /about/` names nobody."""
    about = about_entry(config_of())
    own = face_of(about, name_of(about), config_of().timezone)

    (found,) = assemble([face("a", permalink="/about/")], [own], config_of()).problems

    assert message_of(found, "ko") == "이미 쓰고 있는 주소입니다: /about/ (이 누리집 자체의 화면)"


@pytest.mark.parametrize("url", ["/", "/search/", "/category/환경/"])
def test_an_address_of_the_sites_own_pages_is_said_to_be_theirs(face, config_of, url):
    """There is no other article whose address could be changed."""
    assembly = assemble([face("a", permalink=url)], [], config_of())

    said = {language: message_of(assembly.problems[0], language) for language in ("ko", "en")}

    assert said["ko"] == f"이미 쓰고 있는 주소입니다: {url} (이 누리집 자체의 화면)"
    assert "a page of this site's own" in said["en"]


@pytest.mark.parametrize(
    "url",
    [
        *("/", "/search/", "/license/", "/feed.xml", "/category/", "/category/환경/", "/2024/05/", "/404.html"),
        *("/page/2/", "/page/3/index.html", "/category/환경/page/12/", "/2024/page/2/", "/changes/page/2/"),
    ],
)
def test_the_site_s_own_addresses_are_nobody_s(face, config_of, url):
    """An article may not take the place of a list or of the search."""
    faces = [face("a", permalink=url), face("b")]

    assembly = assemble(faces, [], config_of())

    assert shown(assembly) == ["글 b"]
    assert [code for code, _ in codes(assembly)] == ["URL001"]


def test_a_page_of_the_owners_may_explain_the_licences(face, config_of):
    """It stands in for the site's own; an old address that led there leads nowhere else."""
    page, article = face("license", permalink="/license/"), face("a", aliases=("/license/", "/page/2/", "/page/x/"))

    assembly = assemble([article], [page], config_of())

    assert [one.url for one in assembly.site.static_pages] == ["/license/"]
    assert [url for url, _ in assembly.aliases] == ["/page/x/"]
    assert [code for code, _ in codes(assembly)] == ["URL003", "URL003"]


def test_lists_a_site_does_not_have_reserve_nothing(face, config_of):
    """A site without categories may use the word."""
    faces = [face("a", permalink="/category/환경/")]

    assembly = assemble(faces, [], config_of(archives=(ListKind.TAG,)))

    assert shown(assembly) == ["글 a"]


def test_a_static_page_keeps_its_address_before_an_article(face, config_of):
    """/about/ is linked from every page."""
    page, article = face("about", permalink="/about/"), face("a", permalink="/about/")

    assembly = assemble([article], [page], config_of())

    assert [one.url for one in assembly.site.static_pages] == ["/about/"]
    assert shown(assembly) == []


@pytest.mark.parametrize(
    "sources",
    [
        (Source(name="가", url="https://a.example/1"), Source(name="나", url="https://a.example/1")),
        (Source(name="가", id="7"), Source(name="가", id="7")),
    ],
    ids=["address", "id"],
)
def test_one_original_is_published_once(face, config_of, sources):
    """Two copies of one release confuse readers and search engines (SRC005)."""
    faces = [face(slug, source=source) for slug, source in zip("ab", sources, strict=True)]

    assembly = assemble(faces, [], config_of())

    assert shown(assembly) == ["글 a"]
    assert codes(assembly) == [("SRC005", "content/articles/b.md")]


@pytest.mark.parametrize("copy", ["a (1)", "a - 복사본", "a copy", "a-2"])
def test_a_copy_of_a_file_does_not_take_its_address(face, config_of, copy):
    """Tools that keep folders alike leave such files behind; `a.md` came first, though a space comes before a dot."""
    source = Source(name="가", id="7")
    faces = [face(name, path=f"articles/{name}.md", source=source) for name in (copy, "a")]

    assembly = assemble(faces, [], config_of())

    assert [one.path for one in assembly.site.faces] == ["articles/a.md"]
    assert [code for code, _ in codes(assembly)] == ["SRC005"]


def test_a_static_file_keeps_its_place(face, config_of):
    """A page below it, or of its folder's name, is held back; the others are built."""
    files = {"CNAME": Path("static/CNAME"), "files/a.html/b.pdf": Path("static/files/a.html/b.pdf")}
    faces = [face("a", permalink="/cname/"), face("b", permalink="/files/a.html"), face("c", aliases=("/CNAME/x/",))]

    assembly = assemble(faces, [], config_of(), files)

    assert [one.url for one in assembly.site.faces] == ["/2024/05/c/"]
    assert [code for code, _ in codes(assembly)] == ["URL001", "URL001", "URL003"]
    assert "static/CNAME" in message_of(assembly.problems[0], "en")


def test_no_file_stands_where_a_folder_must(face, config_of):
    """`a.html` and `a.html/index.html` cannot both be on a disk: one of them is told, not a crash of the build."""
    faces = [
        face("a", permalink="/a.html", aliases=("/b.html/x/", "/feed.xml/x/")),
        face("b", permalink="/a.html/x/", aliases=("/b.html", "/c.html/")),
        face("c", aliases=("/c.html", "/d.html")),
    ]

    assembly = assemble(faces, [], config_of())

    assert [one.url for one in assembly.site.faces] == ["/2024/05/c/", "/a.html"]
    assert [url for url, _ in assembly.aliases] == ["/b.html/x/", "/c.html", "/d.html"]
    assert [code for code, _ in codes(assembly)] == ["URL001", "URL003"]


@pytest.mark.parametrize(
    "other",
    [
        "https://press.example.go.kr/view?id=7",
        "http://www.press.example.go.kr/view?id=7#top",
        "https://m.press.example.go.kr/view?id=7/",
    ],
)
def test_an_original_is_one_however_it_is_reached(face, config_of, other):
    """With or without www., on the phone's page, from a list."""
    faces = [face("a", source=Source(name="가", url="https://press.example.go.kr/view?id=7"))]
    faces.append(face("b", source=Source(name="가", url=other)))

    assert codes(assemble(faces, [], config_of())) == [("SRC005", "content/articles/b.md")]


def test_pages_that_a_script_tells_apart_are_apart(face, config_of):
    """`#/news/1` is an address; `#top` is a place on a page."""
    urls = [f"https://press.example.go.kr/#/news/{n}" for n in (1, 2)]
    faces = [face(name, source=Source(name="가", url=url)) for name, url in zip("ab", urls, strict=True)]

    assert codes(assemble(faces, [], config_of())) == []


def test_of_a_page_of_the_briefing_only_its_number_counts(face, config_of):
    """Lists add where the reader came from."""
    home = "korea.kr/briefing/pressReleaseView.do"
    urls = [f"https://www.{home}?newsId=156{n}&pageIndex=2" for n in (1, 2)] + [f"http://m.{home}?newsId=1561"]
    faces = [face(name, source=Source(name="가", url=url)) for name, url in zip("abc", urls, strict=True)]

    assert codes(assemble(faces, [], config_of())) == [("SRC005", "content/articles/c.md")]


def test_the_same_number_at_another_source_is_another_original(face, config_of):
    """Numbers are only unique where they were given."""
    faces = [face("a", source=Source(name="가", id="7")), face("b", source=Source(name="나", id="7"))]

    assembly = assemble(faces, [], config_of())

    assert len(shown(assembly)) == 2


def test_a_second_copy_is_shown_where_the_settings_only_warn(face, config_of):
    """A site that mirrors two feeds may want both."""
    source = Source(name="가", url="https://a.example/1")
    config = config_of(policy=(("SRC005", Severity.WARNING),))

    assembly = assemble([face("a", source=source), face("b", source=source)], [], config)

    assert len(shown(assembly)) == 2
    assert codes(assembly) == [("SRC005", "content/articles/b.md")]


def test_a_replaced_article_and_its_successor_may_share_their_original(face, config_of):
    """A tombstone is not a second copy."""
    source = Source(name="가", url="https://a.example/1")

    assembly = assemble([face("a", source=source), face("b", source=source, notice=GONE)], [], config_of())

    assert shown(assembly) == ["글 a"]
    assert len(assembly.site.tombstones) == 1
    assert assembly.problems == ()


@pytest.mark.parametrize(
    ("to", "reason"),
    [
        ("/2024/05/new/", ""),
        ("/2024/05/new", ""),
        ("/category/하천/", ""),
        ("/2024/05/%EC%83%88/?a=1#b", ""),
        ("https://press.example.go.kr/1", ""),
        ("/2024/05/old/", "it is the notice itself"),
        ("/2024/05/gone/", "it is a notice, too"),
        ("/2024/05/nowhere/", "there is no such page"),
        ("/2024//new/", "there is no such page"),
        ("/../new/", "there is no such page"),
        ("/2024/05/ne%00w/", "there is no such page"),
    ],
)
def test_a_notice_leads_to_what_replaces_the_article(face, config_of, to, reason):
    """A reader who is sent from one notice to the next, or to nothing, has lost the article."""
    replaced = Notice(kind=NoticeKind.REPLACED, replaced_by=to)
    places = (("notice.replaced_by", 7, 3),)
    faces = [face("old", notice=replaced, places=places), face("gone", notice=GONE)]
    faces += [face("new", categories=("하천",)), face("새")]

    found = assemble(faces, [], config_of()).problems

    assert [(problem.code, problem.where.line, dict(problem.details)["reason"]) for problem in found] == (
        [("URL005", 7, reason)] if reason else []
    )


def test_a_tombstone_keeps_its_address_and_stands_in_no_list(face, config_of):
    """Old links must find an explanation; lists must not offer what is gone."""
    faces = [face("a", notice=GONE), face("b")]

    assembly = assemble(faces, [], config_of())

    assert [gone.path for gone in assembly.site.tombstones] == ["articles/a.md"]
    assert all(one.path == "articles/b.md" for listing in assembly.site.listings for one in listing.faces)


def test_lists_hold_each_article_once_newest_first(face, config_of):
    """A tag written twice must not double the article."""
    faces = [
        face("a", published=day(3), tags=("강", "강")),
        face("b", published=day(4), tags=("강",), agencies=("가", "나")),
    ]

    listings = {(item.kind, item.key): item for item in assemble(faces, [], config_of()).site.listings}

    assert [one.path for one in listings[ListKind.TAG, "강"].faces] == ["articles/b.md", "articles/a.md"]
    assert {key for kind, key in listings if kind is ListKind.AGENCY} == {"가", "나", "하천환경청"}
    assert listings[ListKind.MONTH, "2024-05"].url == "/2024/05/"


def test_keys_that_share_an_address_share_a_list(face, config_of):
    """`AI` and `ai` are one page on every disk."""
    faces = [face("a", tags=("AI",)), face("b", tags=("ai",)), face("c", tags=("Ai",))]

    listings = [item for item in assemble(faces, [], config_of()).site.listings if item.kind is ListKind.TAG]

    assert [len(listing.faces) for listing in listings] == [3]


def test_aliases_lead_to_their_article(face, config_of):
    """Old links are promises made by someone else."""
    given = face("a", aliases=("/old/", "옛글.html", "/2024/05/a/"))

    assembly = assemble([given], [], config_of())

    assert [url for url, _ in assembly.aliases] == ["/old/", "/옛글.html"]
    assert assembly.problems == ()


def test_an_alias_that_is_taken_or_leaves_the_site_is_told(face, config_of):
    """A redirect may not hide a page, and may not lead anywhere else."""
    faces = [
        face("a", aliases=("/2024/05/b/", "/same/", "/../x/", "/search/")),
        face("b", aliases=("/same/",)),
    ]

    assembly = assemble(faces, [], config_of())

    assert [url for url, _ in assembly.aliases] == ["/same/"]
    assert [code for code, _ in codes(assembly)] == ["URL003", "URL004", "URL003", "URL003"]
    assert {problem.severity for problem in assembly.problems} == {Severity.WARNING}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("/x.html", "/x.html.json/"),
        ("/x.html.json/", "/x.html"),
        ("/2024/x/", "/2024/x/article.json/"),
        ("/2024/x/article.json/", "/2024/x/"),
    ],
)
def test_no_folder_stands_where_an_articles_record_lies(face, config_of, first, second):
    """One article is held back; the others are published."""
    faces = [face("a", permalink=first), face("b", permalink=second)]

    assembly = assemble(faces, [], config_of())

    assert shown(assembly) == ["글 a"]
    assert codes(assembly) == [("URL001", "content/articles/b.md")]
