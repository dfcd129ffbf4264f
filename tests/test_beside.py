"""What stands beside the articles: static pages, static files, and the menu that leads to them."""

from pathlib import Path

import pytest

from sitegen.errors import UsageError
from tests.conftest import SiteTest


def test_static_pages_and_the_default_about_page(site: SiteTest) -> None:
    """A new site has an about page at once, and its own one takes the place."""
    site.article("river").build()
    default = site.page("/about/").text("main")
    site.write("content/pages/about.md", "---\ntitle: 우리 누리집\n---\n안녕하세요.\n")
    site.write("content/pages/help/reading.md", "---\ntitle: 읽는 법\n---\n차례대로.\n").build()

    assert "정부 공식 누리집이 아니며" in default
    assert site.page("/about/").text("h1") == "우리 누리집"
    assert site.page("/help/reading/").text("h1") == "읽는 법"


@pytest.mark.parametrize(
    ("file", "more", "url"),
    [
        ("About.md", "", "/about/"),
        ("who.md", "permalink: /about/index.html\n", "/about/"),
        ("LICENSE.md", "", "/license/"),
    ],
)
def test_what_every_page_leads_to_is_the_own_page_however_its_name_is_written(
    site: SiteTest, file: str, more: str, url: str
) -> None:
    """The plain page gives way, and the footer's link leads to the other."""
    site.write(f"content/pages/{file}", f"---\ntitle: 우리 누리집\n{more}---\n안녕하세요.\n").build()

    assert site.page(url).text("h1") == "우리 누리집"
    assert site.problems("URL001") == []
    assert len([one for one in site.urls() if one.lower().startswith(url)]) == 1


@pytest.mark.parametrize(
    ("file", "more", "url"),
    [
        ("pages/help/index.md", "", "/help/"),
        ("pages/help/_index.html", "slug: guide\n", "/guide/"),
        ("pages/a/b/index.md", "", "/a/b/"),
        ("pages/who.md", "permalink: https://mirror.example/repo/us/\n", "/us/"),
    ],
)
def test_a_static_page_may_stand_for_its_folder(site: SiteTest, file: str, more: str, url: str) -> None:
    """As on every other server and generator."""
    site.write(f"content/{file}", f"---\ntitle: 안내\n{more}---\n글\n").build(base_url="https://mirror.example/repo/")

    assert site.page(url).text("h1") == "안내"


def test_a_static_page_keeps_its_embargo_and_says_what_means_nothing_there(site: SiteTest) -> None:
    """What must not be read before a day is not read before it, whatever kind of page it is."""
    site.write("content/pages/a.md", "---\ntitle: 개편 안내\nembargo_until: 2030-01-01\n---\n비밀\n")
    site.write("content/pages/b.md", "---\ntitle: 방침\ndate: 2030-01-01\n---\n글\n")
    site.write("content/pages/c.md", "---\ntitle: 다\nnotice: {kind: withdrawn}\n---\n글\n").build()

    assert "/a/" not in site.urls()
    assert {"/b/", "/c/"} <= site.urls()
    assert site.build(future=True).page("/a/").text("h1") == "개편 안내"
    assert [(Path(one.where.path).name, one.where.line, dict(one.details)) for one in site.problems("FM007")] == [
        ("c.md", 3, {"keys": "notice"})
    ]


def test_a_static_file_where_a_page_stands_is_told(site: SiteTest) -> None:
    """The page wins; whoever put the file there must not look for it in vain."""
    taken = ("index.html", "feed.xml", "2026/03/river/index.html", "2026/03/river/article.json", "search/entry.json")
    for name in (*taken, "own/index.html", "own/article.json", "search/own.txt"):
        site.write(f"static/{name}", "mine")

    site.article("river").build(search=True)

    told = {
        Path(problem.where.path).relative_to(site.folder / "static").as_posix() for problem in site.problems("FILE005")
    }
    assert told == set(taken)
    assert site.page("/own/").html == "mine"


def test_a_menu_that_leads_nowhere_is_told_where_it_was_written(site: SiteTest) -> None:
    """It would stand on every page; what deletes the sample's pages leaves their links behind."""
    urls = (
        "/guide/",
        "/about/",
        "/about",
        "/search/",
        "/files/a.txt?v=1#top",
        "/feed.xml",
        "https://a.example/",
        "/category/환경/",
        "/index.html",
        "/robots.txt",
        "/2026/03/river/article.json",
    )
    entries = "".join(f'[[nav]]\nlabel = "가"\nurl = "{url}"\n' for url in urls)
    site.write("content/site.toml", entries).write("static/files/a.txt", "글").article("river").build()

    told = [(one.where.line, dict(one.details)["url"]) for one in site.problems("CONF007")]

    assert told == [(3, "/guide/")]


def test_a_menu_written_in_one_table_is_told_at_its_line(site: SiteTest) -> None:
    """Where it was written, in whatever way."""
    menu = 'nav = [\n  {label = "가", url = "/about/"},\n  {label = "나", url = "/guide/"},\n]\n'

    site.write("content/site.toml", menu).article("river").build()

    assert [one.where.line for one in site.problems("CONF007")] == [3]


def test_a_link_to_what_lies_elsewhere_is_told_and_not_published(site: SiteTest, tmp_path: Path) -> None:
    """A link must not publish what its owner keeps outside; that it shows nothing must not stay unseen."""
    (tmp_path / "elsewhere.txt").write_text("비밀")
    static = site.write("static/kept.txt", "글").folder / "static"
    (static / "real").mkdir()
    links = {
        "out.txt": tmp_path / "elsewhere.txt",
        "gone.txt": "nothing",
        "same.txt": "kept.txt",
        ".#x": "no",
        "dir": "real",
    }
    for name, target in links.items():
        (static / name).symlink_to(target)

    site.article("river").build()

    told = [problem.where.path for problem in site.problems("FILE008")]
    assert told == [str(static / name) for name in ("dir", "gone.txt", "out.txt")]
    assert not (site.output / "out.txt").exists()
    assert (site.output / "same.txt").read_text("utf-8") == "글"


@pytest.mark.parametrize("name", ["2026", "2026/03", "about"])
def test_a_static_file_where_a_page_has_its_folder_is_told(site: SiteTest, name: str) -> None:
    """The first build meets the file, the next one, which goes on from the last, the folder."""
    site.article("river").write(f"static/{name}", "mine")
    with pytest.raises(UsageError, match=rf"USE007 .* the same place: {name}\n"):
        site.build(cache_path=site.folder / "memory.sqlite")

    (site.folder / "static" / name).unlink()
    for body in ("둘째 판", "셋째 판"):
        before = site.article("river", body=body).build(cache_path=site.folder / "memory.sqlite").files()
    site.write(f"static/{name}", "mine")
    with pytest.raises(UsageError, match=rf"USE007 .* the same place: {name}\n"):
        site.build(cache_path=site.folder / "memory.sqlite")

    assert site.files() == before
