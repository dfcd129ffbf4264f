"""Addresses: made in one place, safe on every file system, never outside the site."""

import unicodedata
from datetime import datetime
from urllib.parse import quote
from zoneinfo import ZoneInfo

import pytest

from sitegen.config import normal_base_url
from sitegen.model import ListKind
from sitegen.site.urls import (
    absolute_url,
    alias_url,
    article_url,
    identity,
    index_url,
    list_url,
    output_path,
    own_path,
    page_url,
    permalink_url,
    slugify,
    with_base,
)

MAY = datetime(2024, 5, 3, tzinfo=ZoneInfo("Asia/Seoul"))


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("하천 정비 계획", "하천-정비-계획"),
        ("2024년 ‘봄’ 소식", "2024년-‘봄’-소식"),
        ("a/b\\c?d#e%f:g", "a-b-c-d-e-f-g"),
        ("  --앞뒤--  ", "앞뒤"),
        ("../../etc/passwd", "etc-passwd"),
        ("...", ""),
        ("", ""),
        ("CON", "CON_"),
        ("nul.txt", "nul_.txt"),
        ("Com1", "Com1_"),
        ("console", "console"),
        ("a\u200bb\u202ec\x00", "abc"),
        (unicodedata.normalize("NFD", "한글"), "한글"),
        ("ㅇ 개요ㆍ일정 ①", "ㅇ-개요ㆍ일정-①"),
        ("{{ site.title }}", "site.title"),
        ("$(rm -rf ~)`x`", "(rm-rf-)-x"),
        ("a&b='c'", "a-b-c"),
        ("끝.", "끝"),
        ("👍 좋음", "👍-좋음"),
    ],
)
def test_a_slug_is_one_safe_readable_part(text, slug):
    """Korean addresses stay readable; nothing in them means more than a letter to a shell or a disk."""
    written = text

    made = slugify(written)

    assert made == slug


def test_a_slug_fits_every_file_system():
    """255 bytes are the limit of most disks, and a Hangul syllable takes three."""
    text = "가" * 300

    slug = slugify(text)

    assert len(slug.encode()) <= 200
    assert set(slug) == {"가"}


@pytest.mark.parametrize(
    ("slug", "published", "url"),
    [
        ("봄 소식", MAY, "/2024/05/봄-소식/"),
        ("a", None, "/undated/a/"),
    ],
)
def test_an_article_stands_under_its_month(slug, published, url):
    """Addresses are promises; this is the form they were given in."""
    expected = url

    made = article_url(slug, published)

    assert made == expected


@pytest.mark.parametrize(
    ("permalink", "url"),
    [
        ("/special/a/", "/special/a/"),
        ("special/a", "/special/a/"),
        ("/옛 글/1.html", "/옛-글/1.html"),
        ("/a.htm", "/a.htm"),
        ("/feed.xml", "/feed.xml/"),  # a page is no feed
        ("/a.html/", "/a.html/"),
        ("//", None),
        ("/", "/"),
        ("/./a//b/", "/a/b/"),
        ("/%eb%82%98%EB%A3%A8/a%2Fb/", "/나루/a/b/"),
        ("/%eb%82/", "/eb-82/"),
        ("/%2e%2e/a/", None),
        ("/../a/", None),
        ("/a/../../b/", None),
        ("https://evil.example/", None),
        ("//evil.example/a/", None),
        ("C:\\a", None),
        ("c:/a", None),
        ("/.git/config", None),
        ("/a/.htaccess", None),
        ("/?/", None),
        ("/" + "가/" * 400, None),
    ],
)
def test_a_permalink_is_honoured_or_refused_but_never_leaves_the_site(permalink, url):
    """A permalink comes from a file anyone may send; it must not write outside the output folder."""
    try:
        made = permalink_url(permalink)
    except ValueError:
        made = None

    assert made == url


@pytest.mark.parametrize(
    ("alias", "url"),
    [
        ("/정책 뉴스/2024/S&P(1),~a.html", "/정책 뉴스/2024/S&P(1),~a.html"),
        ("/%EC%A0%95%EC%B1%85%20%EB%89%B4%EC%8A%A4/a/", "/정책 뉴스/a/"),
        ("/a\tb:c/", "/a-b-c/"),
        ("/con/", "/con_/"),
        ("/entry/a---b/-c-/", "/entry/a---b/-c-/"),
        ("/%3Fa/", "/-a/"),
        ("/?p=123", None),
        ("/a/#b", None),
        ("/ /a/", None),
        ("/a/../../b/", None),
        ("/.git/config", None),
    ],
)
def test_an_alias_is_as_it_was_elsewhere_but_never_leaves_the_site(alias, url):
    """A reader's bookmark has the spaces and marks of the old site."""
    try:
        made = alias_url(alias)
    except ValueError:
        made = None

    assert made == url


@pytest.mark.parametrize(
    ("kind", "key", "url"),
    [
        (ListKind.CATEGORY, "국방", "/category/국방/"),
        (ListKind.AGENCY, "River Agency", "/agency/River-Agency/"),
        (ListKind.YEAR, "2024", "/2024/"),
        (ListKind.MONTH, "2024-08", "/2024/08/"),
        (ListKind.TAG, "C#", "/tag/C-sharp/"),
        (ListKind.TAG, "#기후", "/tag/기후/"),
        (ListKind.TAG, "Index.html", "/tag/index-html/"),
    ],
)
def test_a_list_has_its_address(kind, key, url):
    """Lists are linked from everywhere."""
    expected = url

    made = list_url(kind, key)

    assert made == expected


def test_a_key_of_signs_alone_has_an_address_of_its_own():
    """Two such keys must not share a page."""
    first, second = "???", "..."

    urls = {list_url(ListKind.TAG, first), list_url(ListKind.TAG, second)}

    assert len(urls) == 2
    assert all(url.startswith("/tag/") and url.endswith("/") for url in urls)


@pytest.mark.parametrize(("url", "path"), [("/", "index.html"), ("/a/", "a/index.html"), ("/a.xml", "a.xml")])
def test_an_address_is_served_by_one_file(url, path):
    """Static servers know only files."""
    expected = path

    made = output_path(url)

    assert made == expected


@pytest.mark.parametrize("url", ["a/", "//a/", "/a//b/", "/../a/", "/a/..", "/a\0/"])
def test_a_path_outside_the_output_folder_is_never_made(url):
    """The last door before the disk."""
    foreign = url

    with pytest.raises(ValueError, match="not an address of this site"):
        output_path(foreign)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("/A/", "/a/"),
        (unicodedata.normalize("NFD", "/한글/"), "/한글/"),
        ("/STRASSE/", "/straße/"),
        ("/a/", "/a/index.html"),
    ],
)
def test_addresses_that_are_one_file_somewhere_are_one(first, second):
    """Macs and Windows ignore case and composition; one article would overwrite the other."""
    expected = identity(first)

    found = identity(second)

    assert found == expected


def test_addresses_follow_the_base_path_and_the_site_s_own_address():
    """A project site on GitHub Pages lives below /repo/."""
    url = "/2024/05/a/"

    assert with_base(url, "/repo/") == "/repo/2024/05/a/"
    assert with_base("https://a.example/", "/repo/") == "https://a.example/"
    assert with_base("//a.example/", "/repo/") == "//a.example/"
    assert with_base("/files/붙임 1.hwp", "/repo/") == "/repo/files/붙임%201.hwp"
    assert absolute_url(url, "https://a.example/repo/") == "https://a.example/repo/2024/05/a/"
    assert absolute_url(url, "") == url
    assert absolute_url("/강/", "https://a.example/%EA%B0%95/") == f"https://a.example/{quote('강')}/{quote('강')}/"
    assert absolute_url("/a/", "https://a.example:8080/저장소/") == f"https://a.example:8080/{quote('저장소')}/a/"
    assert absolute_url("/a/", "http://[::1]:8080/") == "http://[::1]:8080/a/"
    assert with_base(unicodedata.normalize("NFD", "/files/강.hwp"), "/") == "/files/강.hwp"
    assert (
        absolute_url(unicodedata.normalize("NFD", "/강/"), "https://a.example/") == f"https://a.example/{quote('강')}/"
    )
    assert (page_url("/tag/a/", 1), page_url("/tag/a/", 2)) == ("/tag/a/", "/tag/a/page/2/")
    assert (index_url(ListKind.YEAR), index_url(ListKind.TAG)) == ("/archive/", "/tag/")


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("https://정책.kr/뉴스/n/x/", "/n/x/"),
        ("https://XN--2Y5BQ0F.kr/%EB%89%B4%EC%8A%A4/n/x/", "/n/x/"),
        ("https://정책.kr/뉴스", "/"),
        ("http://정책.kr/뉴스/a?b=1#c", "/a?b=1#c"),
        ("https://mirror.example/repo//old/", "/old/"),
        ("https://mirror.example/repository/a/", "https://mirror.example/repository/a/"),
        ("https://b.example/repo/a/", "https://b.example/repo/a/"),
        ("https://[/", "https://[/"),
        ("/n/x/", "/n/x/"),
        ("", ""),
    ],
)
def test_an_address_of_this_site_is_known_however_it_was_copied(address, path):
    """Browsers show hosts and paths in letters, and copy them in per cent."""
    homes = (normal_base_url("https://정책.kr/뉴스"), "https://mirror.example/repo/")

    assert own_path(address, homes) == path
