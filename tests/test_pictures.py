"""Pictures: shown only under a licence and credit of their own that allow what the site does; credited when shown."""

import json
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, unquote

import pytest

from sitegen.pipeline import build
from sitegen.runtime.executor import SerialExecutor
from sitegen.theme_files import builtin_folders
from tests.conftest import SiteTest, png


@pytest.mark.parametrize(
    "media", ["{src: /images/a.png, license: UNKNOWN, credit: 모름}", "{src: /images/a.png, license: CC0-1.0}"]
)
def test_a_picture_without_a_known_licence_and_credit_is_not_shown(site: SiteTest, media: str) -> None:
    """`UNKNOWN` is no licence, and a licence without a name credits nobody."""
    site.write("static/images/a.png", b"png").article(
        "river", body="![강](/images/a.png)", more=f"media: [{media}]\n"
    ).build()

    assert site.page("/2026/03/river/").count("article img") == 0
    assert [problem.code for problem in site.problems("LIC012")] == ["LIC012"]


def test_a_picture_keeps_its_room_and_may_load_late(site: SiteTest) -> None:
    """The words below must not jump when it comes; another picture under the same name is another page."""
    media = "media: [{src: /images/강.png, license: CC0-1.0, credit: 김사진}]\n"
    site.article("river", body="![강](/images/강.png)", more=media)
    found = []
    for size in ((640, 480), (300, 200)):
        site.write("static/images/강.png", png(*size)).build(cache_path=site.folder / "memory.sqlite")
        (picture,) = site.page("/2026/03/river/").soup.select("article img")
        found.append((picture["width"], picture["height"], picture["loading"]))

    assert found == [("640", "480", "lazy"), ("300", "200", "lazy")]


@pytest.mark.parametrize("on_disk", ["NFC", "NFD"])
@pytest.mark.parametrize("written", ["NFC", "NFD"])
@pytest.mark.parametrize("spelled", [str, quote], ids=["letters", "per cent"])
def test_a_name_that_macos_has_taken_apart_is_the_same_name(
    site: SiteTest, on_disk: str, written: str, spelled: Callable[[str], str]
) -> None:
    """The two look alike to whoever writes them; a server of files finds one of them alone."""
    picture, paper, lake = (
        spelled(unicodedata.normalize(written, name))
        for name in ("/images/강물.png", "/files/보고서.pdf", "/2026/03/호수/")
    )
    more = (
        f"media: [{{src: {picture}, license: CC0-1.0, credit: 김사진}}]\nattachments: [{{label: 안, url: {paper}}}]\n"
    )
    site.article("river", body=f"![강]({picture}) [호수]({lake})", more=more).article("호수")
    for name, data in (("static/images/강물.png", png(3, 2)), ("static/files/보고서.pdf", b"%PDF")):
        site.write(unicodedata.normalize(on_disk, name), data)

    page = site.build().page("/2026/03/river/")

    addresses = [*page.attributes("article img", "src"), *page.attributes("article a", "href")]
    found = {unquote(address) for address in addresses}
    assert found >= {"/images/강물.png", "/files/보고서.pdf", "/2026/03/호수/"}
    assert (site.output / "images/강물.png").is_file()
    assert (site.output / "files/보고서.pdf").is_file()
    assert site.problems("FILE003") == site.problems("FILE009") == []


@pytest.mark.skipif(sys.platform == "darwin", reason="takes both for one file")
def test_two_files_that_have_one_name_are_told(site: SiteTest) -> None:
    """One of them would be missed, and nobody sees why. An earlier folder's file hides a later one's on purpose."""
    for form in ("NFC", "NFD"):
        site.write(f"static/{unicodedata.normalize(form, '강.png')}", png(3, 2))
    site.write(f"static/{unicodedata.normalize('NFD', '배.png')}", png(3, 2)).write("other/배.png", png(3, 2))
    static = (site.folder / "static", site.folder / "other")

    site.article("river").build(static_dirs=(*static, *builtin_folders()[1:]))

    assert [dict(problem.details)["name"] for problem in site.problems("FILE009")] == ["강.png"]


def articles_read(site: SiteTest, **changes: object) -> int:
    """Build with a memory; return how many articles were read anew."""
    read = {"read": 0}
    site.result = build(
        site.config(cache_path=site.folder / "memory.sqlite", **changes),
        executor=SerialExecutor(),
        progress=lambda stage, _done, total: read.update({stage: total}),
    )
    return read["read"]


def test_a_page_under_embargo_that_is_previewed_is_remembered(site: SiteTest) -> None:
    """What is shown before its time, because that was asked for, is read once."""
    site.write("content/pages/a.md", "---\ntitle: 안내\nembargo_until: 2030-01-01\n---\n글\n")

    assert [articles_read(site, future=True) for _ in range(2)] == [1, 0]


def test_a_picture_that_comes_or_goes_concerns_those_who_name_it(site: SiteTest) -> None:
    """A mirror has thousands: each new one must not have all articles read again; and who waited for it gets it."""
    media = "media: [{{src: /images/{0}.png, license: CC0-1.0, credit: 김사진}}]\n"
    for name in "ab":
        site.article(f"of-{name}", body=f"![강](/images/{name}.png)", more=media.format(name))
    site.article("lead", more=f"image: /images/c.png\n{media.format('c')}").article("plain")
    site.write("static/images/a.png", png(3, 2))
    read = [articles_read(site)]
    shown = []
    for change in (
        lambda: site.write("static/images/d.png", png(3, 2)),
        lambda: site.write("static/images/b.png", png(3, 2)),
        lambda: site.write("static/images/c.png", png(3, 2)),
        (site.folder / "static/images/a.png").unlink,
    ):
        change()
        read.append(articles_read(site))
        shown.append([site.page(f"/2026/03/of-{name}/").count("article img") for name in "ab"])

    assert read == [4, 0, 1, 1, 1]
    assert shown == [[1, 0], [1, 1], [1, 1], [0, 1]]
    assert [dict(problem.details)["src"] for problem in site.problems("FILE003")] == ["/images/a.png"]


def test_a_picture_is_named_from_the_root_whatever_was_written(site: SiteTest) -> None:
    """Below an article's address there are no pictures: a browser would look there for one without a slash before it."""
    more = "media: [{src: images/a.png, license: CC0-1.0, credit: 김사진}]\nimage: images/a.png\n"
    site.write("static/images/a.png", png(3, 2)).article("river", body="![강](images/a.png)", more=more)

    page = site.build(base_url="https://mirror.example/repo/").page("/2026/03/river/")

    assert [picture["src"] for picture in page.soup.select("article img")] == ["/repo/images/a.png"]
    assert page.soup.select("meta[property='og:image']")[0]["content"] == "https://mirror.example/repo/images/a.png"


def test_the_articles_own_picture_must_be_there(site: SiteTest) -> None:
    """Search engines and those it is shared with would be led to nothing."""
    more = "media: [{src: /images/a.png, license: CC0-1.0, credit: 김사진}]\nimage: /images/a.png\n"

    page = site.article("river", more=more).build(base_url="https://mirror.example/").page("/2026/03/river/")

    assert not page.soup.select("meta[property='og:image']")
    (told,) = site.problems("FILE003")
    assert (told.where.line, dict(told.details)) == (10, {"src": "/images/a.png"})


def test_a_width_that_was_written_stays(site: SiteTest) -> None:
    """Whoever wrote it wants the picture small; its height follows."""
    media = "body_format: html\nmedia: [{src: /images/a.png, license: CC0-1.0, credit: 김사진}]\n"
    site.article("river", body='<p><img src="/images/a.png" width="300" alt="강"></p>', more=media)

    site.write("static/images/a.png", png(1200, 800)).build()

    (picture,) = site.page("/2026/03/river/").soup.select("article img")
    assert (picture["width"], picture["height"]) == ("300", "200")


def test_the_articles_own_picture_stays_where_it_is_shown_and_is_told_to_search_engines(site: SiteTest) -> None:
    """No page shows it above the text, as other themes do: a copy taken out would be the picture itself."""
    more = "image: /images/a.png\nmedia: [{src: /images/a.png, license: CC0-1.0, credit: 김사진}]\n"
    site.write("static/images/a.png", png(1200, 800)).article("river", body="![강](/images/a.png)\n\n본문", more=more)
    site.article("lake", body="![강](/images/a.png)\n\n본문", more="image: /images/a.png\n")
    site.build(base_url="https://mirror.example/repo/")

    river, lake = (site.page(f"/2026/03/{name}/") for name in ("river", "lake"))
    assert (river.count("article img"), lake.count("article img")) == (1, 0)
    assert "그림을 싣지 않음" not in river.text("footer.source")
    described = json.loads(river.soup.select_one('script[type="application/ld+json"]').string)
    assert described["image"] == "https://mirror.example/repo/images/a.png"


TRADING = '[site]\ntitle = "견본"\ncommercial = true\n'
CLOSED_PICTURES = """\
media:
  - {src: /images/a.png, license: KOGL-1, credit: 하천청}
  - {src: "/images/강.png", license: CC-BY-NC-4.0, credit: 김사진}
image: /images/강.png
"""


def test_a_site_that_earns_money_shows_no_picture_that_is_closed_to_trade(site: SiteTest) -> None:
    """The text's own licence does not open the picture in it; the reason is told, for the body and for the head."""
    site.write("static/images/a.png", b"png").write("static/images/강.png", b"png")
    site.article("river", body="![가](/images/a.png)\n\n![강](/images/강.png)", more=CLOSED_PICTURES)
    open_body = "![가](/images/a.png)\n\n![다른 강](/images/강.png)"
    site.article("stream", date="2026-03-03", body=open_body, more=CLOSED_PICTURES.partition("image:")[0]).build()
    assert site.page("/2026/03/stream/").count("article img") == 2

    site.write("content/site.toml", TRADING).build()

    for name in ("river", "stream"):
        page = site.page(f"/2026/03/{name}/")
        assert page.count("article img") == 1
        assert "김사진" not in page.text("footer.source")
    found = {Path(problem.where.path).stem: dict(problem.details) for problem in site.problems("LIC015")}
    assert found == {"river": {"src": "/images/강.png"}, "stream": {"src": "/images/강.png"}}
    assert not site.problems("LIC012")


@pytest.mark.parametrize("named", ["/images/a.png", "images/a.png"])
@pytest.mark.parametrize("asked", ["/images/a.png?v=1", "images/a.png", "/images/a.png#top"])
def test_a_closed_picture_is_known_however_it_is_asked_for(site: SiteTest, named: str, asked: str) -> None:
    """A query or a missing slash must not open what a licence closes."""
    site.write("static/images/a.png", b"png").write("content/site.toml", TRADING)
    more = f"media: [{{src: {named}, license: CC-BY-NC-4.0, credit: 김사진}}]\nimage: {asked}\n"
    site.article("river", body=f"![가]({asked})", more=more)
    path = site.folder / "content/river.md"
    path.write_text(path.read_text("utf-8").replace("{id: KOGL-1", "{id: KOGL-1, scope: all"), "utf-8")
    site.build()

    page = site.page("/2026/03/river/")
    assert "a.png" not in page.html.replace("LIC015", "")
    assert {problem.code for problem in site.result.problems} >= {"LIC015"}


def test_a_lead_picture_that_may_not_be_shown_is_told(site: SiteTest) -> None:
    """Else it is missing from the page without a word."""
    site.write("static/images/a.png", b"png").article("river", more="image: /images/a.png\n").build()

    (found,) = site.problems("LIC012")
    assert dict(found.details) == {"src": "/images/a.png"}
    assert found.where.line == 9


def test_a_picture_credit_names_the_licence_leads_to_it_and_says_which_picture(site: SiteTest) -> None:
    """Creative Commons asks for the licence's name and address; two credits must not be mixed up."""
    more = (
        "media:\n  - {src: /images/a.png, license: CC-BY-SA-4.0, credit: 김사진}\n"
        '  - {src: "/images/%EA%B0%95.png", license: KOGL-1, credit: 하천청}\n'
    )
    site.write("static/images/a.png", b"png").write("static/images/강.png", b"png")
    site.article("river", body="![가](/images/a.png) ![강](/images/강.png)", more=more).build()

    page = site.page("/2026/03/river/")
    said = page.all("footer.source dd")
    assert "a.png: 김사진 · CC BY-SA 4.0" in said
    assert "강.png: 하천청 · 공공누리 제1유형 : 출처표시" in said
    assert page.count('footer.source a[href="https://creativecommons.org/licenses/by-sa/4.0/"]') == 1


PICTURE = "media: [{{src: {src}, license: {licence}, credit: 하천관리청}}]\n"


@pytest.mark.parametrize(
    ("src", "written"),
    [
        ("/images/강물.png", "![강](/images/강물.png)"),
        ("/images/강물.png", "![강](/images/%EA%B0%95%EB%AC%BC.png)"),
        ("/images/%EA%B0%95%EB%AC%BC.png", '<img src="/images/강물.png" alt="강">'),
        ("/images/큰 강.png", "![강](</images/큰 강.png>)"),
        (unicodedata.normalize("NFD", "/images/강물.png"), "![강](/images/강물.png)"),
    ],
)
def test_a_picture_is_known_however_its_name_is_written(site: SiteTest, src: str, written: str) -> None:
    """Korean names are the rule; a licence that is given must not be lost over how an address spells them."""
    for name in ("강물", "큰 강"):
        site.write(f"static/images/{name}.png", b"\x89PNG\r\n\x1a\n")
    site.article(
        "river", more=PICTURE.format(src=f'"{src}"', licence="KOGL-1"), body=f"본문입니다.\n\n{written}"
    ).build()

    page = site.page("/2026/03/river/")
    assert page.count("article img") == 1
    assert "하천관리청 · 공공누리 제1유형 : 출처표시" in page.all("footer.source dd")
    assert site.problems("LIC012") == []


def test_a_picture_under_a_licence_that_nobody_knows_is_not_published(site: SiteTest) -> None:
    """A name that means nothing permits nothing."""
    site.write("static/images/a.png", b"\x89PNG\r\n\x1a\n")
    picture = PICTURE.format(src="/images/a.png", licence="KOGL-9")
    site.article("river", more=picture, body="본문입니다.\n\n![강](/images/a.png)").build()

    assert [problem.where.line for problem in site.problems("LIC002")] == [9]
    assert "/2026/03/river/" not in site.urls()


def test_nobody_is_credited_for_a_picture_that_is_not_shown(site: SiteTest) -> None:
    """What the source box names must be on the page."""
    site.write("static/images/a.png", b"\x89PNG\r\n\x1a\n")
    site.article("river", more=PICTURE.format(src="/images/b.png", licence="KOGL-1"), body="본문입니다.").build()

    assert "하천관리청 · " not in site.page("/2026/03/river/").text("footer.source")


def test_a_picture_of_a_static_page_is_the_sites_own(site: SiteTest) -> None:
    """Nobody else's licence is asked for; one that is not there is told."""
    site.write("static/images/a.png", png(300, 200))
    site.write("content/pages/about.md", "---\ntitle: 소개\n---\n![로고](/images/a.png) ![빠진 것](/images/b.png)\n")
    site.article("river").build()

    (picture,) = site.page("/about/").soup.select("main img")
    assert (picture["alt"], picture["width"]) == ("로고", "300")


def test_a_photograph_of_a_news_agency_is_named_where_pictures_are_shown(site: SiteTest) -> None:
    """An institution's licence for all it gives cannot cover what it bought."""
    figure = '<figure><img src="/images/a.png" alt="강"><figcaption>강가 (사진=연합뉴스)</figcaption></figure>'
    site.write("static/images/a.png", "").article("river", body=figure).article("lake", body=figure)
    path = site.folder / "content/river.md"
    path.write_text(path.read_text("utf-8").replace("{id: KOGL-1,", "{id: KOGL-1, scope: all,"), "utf-8")
    site.build()

    (found,) = site.problems("LIC013")

    assert (Path(found.where.path).stem, dict(found.details)) == ("river", {"match": "사진=연합뉴스"})
