"""`import` of old blogs: addresses, pictures, drafts and categories as they were; what was put right there."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sitegen import import_command
from sitegen.arguments import parse_arguments
from sitegen.terminal import Progress, Terminal
from tests.conftest import ROOT, run, tree

EXPORT = ROOT / "tests/captures/wordpress.xml"
OLD_CONFIG = """
url: "https://blog.example.kr"
baseurl: "/old"
defaults:
  - scope: {path: "", type: posts}
    values: {permalink: "/posts/:title/"}
"""
OLD_POST = """---
title: 강물 소식
categories: [환경]
image: "{{ site.baseurl }}/assets/river.png"
slug: kangmul
published: false
colour: blue
---

![둑](https://blog.example.kr/old/assets/dam.png) 글 {{ page.title }}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Give an empty folder."""
    return tmp_path


def test_a_post_keeps_its_old_address_and_its_pictures_their_place(project: Path) -> None:
    """Whoever linked to the old blog must arrive; a picture lies below static/ where it lay below the blog."""
    posts = project / "blog/_posts/2024"
    posts.mkdir(parents=True)
    (project / "blog/_config.yml").write_text(OLD_CONFIG, "utf-8")
    (posts / "2024-05-01-3.md").write_text(OLD_POST, "utf-8")

    outcome = run("import", "blog/_posts", "--to", "content", cwd=project)
    checked = run("import", "--check", "--to", "content", cwd=project)

    (file,) = (project / "content/articles").rglob("*.md")
    text = file.read_text("utf-8")
    assert (outcome.status, checked.status) == (0, 0)
    assert "aliases:\n- /posts/kangmul/\n" in text  # Jekyll's :title is the slug where a post names one
    assert "image: /assets/river.png\n" in text
    assert "![둑](/assets/dam.png) 글 {{ page.title }}" in text
    assert "draft: true\norder: 3\nslug: kangmul\n" in text
    assert "- 'colour: blue'\n" in text
    assert "warning IMP019 heads of the old posts had keys that content files have not: colour (1)\n" in outcome.err
    assert "IMP003" not in outcome.err


def test_keys_of_heads_are_told_once_and_do_not_drown_what_is_lost(project: Path) -> None:
    """Every post of a Hugo site has authors; a line of a text that was lost stood among a thousand of them."""
    posts = project / "posts"
    posts.mkdir()
    for number in range(5):
        head = f"title: 강물 {number}\ndate: 2026-03-0{number + 1}\nauthors: [나루]\n{'weight: 1' if number else ''}"
        (posts / f"{number}.md").write_text(f"---\n{head}\nsource: 나루청\n---\n\n글 {number}\n", "utf-8")

    outcome = run("import", "posts", "--to", "content", cwd=project)
    built = run("--content", "content", "--output", "_site", "--no-search", "-v", cwd=project)

    assert outcome.err.count("IMP019") == 1
    assert "authors (5), weight (4)\n" in outcome.err
    assert built.err.count("FM010 the old post's head had keys that are not used here: authors") == 5
    assert "BODY003" not in built.err


def test_files_that_were_imported_before_are_read_as_they_are(project: Path) -> None:
    """Their keys have no values, and their lines of a text are lines of a text."""
    head = "title: 강물\ndate: 2026-03-02\nsource: {name: 나루청}\nimport:\n  profile: "
    for name, profile, line in (("a", "post/1", "authors: …"), ("b", "feed/1", "author: 홍길동")):
        (project / "content").mkdir(exist_ok=True)
        text = f"---\n{head.replace('강물', name)}{profile}\n  unplaced: ['{line}']\n---\n\n글 {name}\n"
        (project / "content" / f"{name}.md").write_text(text, "utf-8")

    built = run("--content", "content", "--output", "_site", "--no-search", "-v", cwd=project)

    assert "a.md:7:3: warning FM010 the old post's head had keys that are not used here: authors\n" in built.err
    assert "b.md:7:3: warning BODY003 1 line(s) could not be placed on import\n" in built.err


def test_posts_of_one_day_keep_their_order(project: Path) -> None:
    """A day has up to 480 posts and only their file names say which came first."""
    for number in (1, 2, 10):
        text = f"---\ntitle: 소식 {chr(0xAC00 + 5 - number % 5)}\nsource: 하천청\n---\n\n글\n"
        (project / f"2024-05-01-{number}.md").write_text(text, "utf-8")

    run("import", "2024-05-01-*.md", "--to", "content", cwd=project)
    run("--content", "content", "--output", "_site", "--no-search", cwd=project)

    page = (project / "_site/2024/05/index.html").read_text("utf-8")
    titles = [f"소식 {chr(0xAC00 + 5 - number % 5)}</a>" for number in (10, 2, 1)]
    assert [page.index(title) for title in titles] == sorted(page.index(title) for title in titles)


def test_the_folder_of_an_old_blog_is_imported_whole(project: Path) -> None:
    """Its configuration tells addresses; it is no capture."""
    (project / "blog/_posts").mkdir(parents=True)
    (project / "blog/_config.yml").write_text(OLD_CONFIG, "utf-8")
    (project / "blog/_posts/2024-05-01-a.md").write_text("---\ntitle: 글\nsource: 나루청\n---\n\n글\n", "utf-8")

    outcome = run("import", "blog", "--to", "content", "-q", cwd=project)

    assert (outcome.status, outcome.out, outcome.err) == (0, "", "")


def write_blog(folder: Path, config: str, *names: str) -> None:
    """Write a Jekyll site with files of these names."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\ntitle: {path.stem}\ndate: 2024-05-01\nsource: 나루청\n---\n\n글 {name}\n", "utf-8")
    (folder / "_config.yml").write_text(config, "utf-8")


def test_what_lies_beside_the_posts_of_an_old_blog_is_told_and_not_imported(project: Path) -> None:
    """Its first page, its layouts and its own output are no articles; whoever wants one names it."""
    write_blog(
        project / "blog",
        OLD_CONFIG,
        "index.html",
        "_layouts/default.html",
        "news/_posts/2024-05-01-a.md",
        "_site/2024/a.html",
    )

    outcome = run("import", "blog", "--to", "content", cwd=project)
    named = run("import", "blog/index.html", "--to", "content", cwd=project)

    assert "1 capture(s) → added 1" in outcome.out
    assert (
        "blog: warning IMP013 files of the old blog that are no posts were not imported (3): "
        "_layouts/default.html, _site/2024/a.html, index.html\n" in outcome.err
    )
    assert "added 1" in named.out


@pytest.mark.parametrize("flags", [(), ("--force",)])
def test_a_post_that_was_put_right_in_its_blog_is_put_right_here(project: Path, flags: tuple[str, ...]) -> None:
    """It has neither an id nor an address, and even its title may be another: it is known by its file."""
    posts = project / "blog/_posts"
    posts.mkdir(parents=True)
    (project / "blog/_config.yml").write_text(OLD_CONFIG, "utf-8")
    post = "---\ntitle: {}\nsource_url: https://press.example.go.kr/1\n---\n\n둑을 {}까지 고친다.\n"
    (posts / "2024-05-01-3.md").write_text(post.format("강물", "6월"), "utf-8")
    (posts / "2024-05-01-4.md").write_text(post.format("호수", "9월"), "utf-8")
    run("import", "blog", "--to", "content", cwd=project)
    (posts / "2024-05-01-3.md").write_text(post.format("강물 소식", "7월"), "utf-8")

    outcome = run("import", "blog", "--to", "content", *flags, cwd=project)
    again = run("import", "blog", "--to", "content", *flags, cwd=project)

    file, *others = sorted((project / "content/articles").rglob("*.md"))
    text = file.read_text("utf-8")
    # the other post is a second text of one original: it never takes the first one's place
    assert outcome.out.startswith(f"2 capture(s) → updated 1, {'added' if flags else 'twin'} 1")
    assert again.out.startswith("2 capture(s) → unchanged " + ("2" if flags else "1, twin 1"))
    assert len(others) == len(flags)
    assert "title: 강물 소식\n" in text
    assert "revisions:\n  - revision: null\n    sha256: " in text
    assert "old: 둑을 6월까지\n" in text


def test_an_older_export_undoes_nothing(project: Path) -> None:
    """It says itself when each post was changed, whichever export came first."""
    export = EXPORT.read_text("utf-8")
    newer = export.replace("2024-05-20 09:00:00", "2024-06-01 09:00:00").replace("둑은 튼튼하다", "둑은 더 튼튼하다")
    (project / "newer.xml").write_text(newer, "utf-8")
    run("import", "newer.xml", "--to", "content", cwd=project)
    before = tree(project / "content/articles")

    outcome = run("import", str(EXPORT), "--to", "content", cwd=project)

    assert tree(project / "content/articles") == before
    assert "IMP005" in outcome.err


def test_a_change_beside_the_text_is_no_news_for_readers(project: Path) -> None:
    """A category that a blog gives later is written; the page does not say that the original was put right."""
    export = EXPORT.read_text("utf-8")
    run("import", str(EXPORT), "--to", "content", cwd=project)
    later = export.replace('nicename="env">환경<', 'nicename="env">환경 소식<')
    (project / "later.xml").write_text(later, "utf-8")

    outcome = run("import", "later.xml", "--to", "content", cwd=project)
    run("--content", "content", "--output", "_site", "--no-search", cwd=project)

    assert "updated 1" in outcome.out
    assert "원문이 고쳐짐" not in (project / "_site/changes/index.html").read_text("utf-8")


def test_a_later_export_of_wordpress_brings_what_is_new(project: Path) -> None:
    """The whole blog is in each export: what stands already is no twin, what was put right is put right here."""
    export = EXPORT.read_text("utf-8")
    run("import", str(EXPORT), "--to", "content", cwd=project)
    begin, end = export.index("<item>"), export.index("</item>") + len("</item>")
    new = export[begin:end].replace("/river/", "/lake/").replace("강물", "호수").replace(">41<", ">45<")
    later = export[:begin] + new + export[begin:].replace("둑은 튼튼하다", "둑은 더 튼튼하다")
    (project / "later.xml").write_text(later, "utf-8")

    outcome = run("import", "later.xml", "--to", "content", cwd=project)
    again = run("import", "later.xml", "--to", "content", cwd=project)

    assert outcome.status == 0
    assert "added 1, updated 1, unchanged 1" in outcome.out
    assert "unchanged 3" in again.out
    assert len(list((project / "content/articles").rglob("*.md"))) == 3


def test_what_an_export_holds_beside_its_posts_is_counted_and_its_files_are_asked_for(project: Path) -> None:
    """Whoever wrote in a type of a plugin's would miss it in a year; a link to a file leads nowhere without the file."""
    export = EXPORT.read_text("utf-8").replace("<wp:post_type>attachment<", "<wp:post_type>faq<")
    link = '<a href="https://naru.example.kr/wp-content/uploads/a.hwp">붙임</a> <b>'
    (project / "export.xml").write_text(export.replace("<b>", link, 1), "utf-8")

    outcome = run("import", "export.xml", "--to", "content", cwd=project)
    again = run("import", "export.xml", "--to", "content", cwd=project)

    assert "export.xml: warning IMP014 items of other types were not imported: faq 1\n" in outcome.err
    assert "IMP016 links lead to files of the old site (1): /wp-content/uploads/a.hwp\n" in outcome.err
    assert "IMP014" in again.err
    assert "IMP016" not in again.err


def test_what_an_old_blog_has_not_published_stays_a_draft(project: Path) -> None:
    """Nobody reads hundreds of imported files before the first build."""
    (project / "blog/_drafts").mkdir(parents=True)
    (project / "blog/_drafts/secret.md").write_text(
        "---\ntitle: 미발표\nsource: 나루청\n---\n\n아직 아니다.\n", "utf-8"
    )

    run("import", "blog", "--to", "content", cwd=project)
    checked = run("import", "--check", "--to", "content", cwd=project)
    listed = run("list", "drafts", "--content", "content", cwd=project)

    assert checked.status == 0
    assert "미발표" in listed.out


def test_a_post_is_read_as_its_blog_read_it(project: Path) -> None:
    """Jekyll cuts categories at their spaces; links to headings lead there still."""
    (project / "blog/_posts").mkdir(parents=True)
    (project / "blog/_config.yml").write_text(OLD_CONFIG, "utf-8")
    body = '<p><a href="#why">까닭으로</a></p><h2 id="why">까닭</h2><p>글</p><h2 id="how">방법</h2><p>글</p>'
    head = "title: 글\ncategories: 안전 건설\ntags: 하나, 둘 셋\nsource: 나루청\n"
    (project / "blog/_posts/2024-05-01-a.html").write_text(f"---\n{head}---\n{body}\n", "utf-8")

    run("import", "blog", "--to", "content", cwd=project)
    run("--content", "content", "--output", "_site", "--no-search", cwd=project)

    (file,) = (project / "content/articles").rglob("*.md")
    text = file.read_text("utf-8")
    assert "categories:\n- 안전\n- 건설\ntags:\n- 하나\n- 둘 셋\n" in text
    assert "<h2>방법</h2>" in text
    page = (project / "_site/2024/05/글/index.html").read_text("utf-8")
    assert '<a href="#n-까닭">까닭으로</a>' in page
    assert '<h2 id="n-까닭">' in page


COLLECTIONS = """
url: "https://blog.example.kr"
collections:
  press: {output: true, permalink: "/:collection/:name/"}
  data: {output: false}
defaults:
  - scope: {path: "", type: posts}
    values: {permalink: "/posts/:title/"}
"""


def test_articles_of_a_collection_are_told_with_the_command_that_imports_them(project: Path) -> None:
    """A blog may keep its press releases in one; people of an office, too, so nobody imports it unasked."""
    write_blog(project / "blog", COLLECTIONS, "_posts/2024-05-01-a.md", "_press/2024/둑 1.md", "_data/b.md")

    outcome = run("import", "blog", "--to", "content", cwd=project)
    named = run("import", "blog/_press", "--to", "content", cwd=project)
    checked = run("import", "--check", "--to", "content", cwd=project)

    assert "IMP013 files of the old blog that are no posts were not imported (1): _data/b.md\n" in outcome.err
    assert "IMP017 articles of the collection press of the old blog were not imported (1)\n" in outcome.err
    assert "python build.py import blog/_press\n" in outcome.err
    assert ("added 1" in named.out, checked.status) == (True, 0)
    (file,) = (project / "content/articles").rglob("둑-1.md")
    assert "aliases:\n- /press/둑-1/\n" in file.read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "text", "title", "doubt"),
    [
        ("2024-05-01-gang-mul.md", "둑을 고친다.\n", "Gang Mul", "it names no title"),
        ("2024-05-01-a.md", "---\n---\n\n# 강물\n\n둑을 고친다.\n", "강물", ""),
        ("2024-05-01-a.textile", "---\ntitle: 강물\n---\n\nh1. 둑\n", "강물", "its file is written in another form"),
    ],
    ids=["no-head", "empty-head", "textile"],
)
def test_whatever_lies_among_posts_is_a_post(project: Path, name: str, text: str, title: str, doubt: str) -> None:
    """Its blog showed it, by the name of its file; what had to be guessed is told."""
    (project / "blog/_posts").mkdir(parents=True)
    (project / "blog/_config.yml").write_text(OLD_CONFIG, "utf-8")
    (project / "blog/_posts" / name).write_text(text, "utf-8")

    outcome = run("import", "blog", "--to", "content", cwd=project)
    checked = run("import", "--check", "--to", "content", cwd=project)

    (file,) = (project / "content/articles/2024/05").iterdir()
    assert f"title: {title}\n" in file.read_text("utf-8")
    assert outcome.err.count("warning IMP004") == bool(doubt)
    assert doubt in outcome.err
    assert checked.status == 0


def test_a_post_keeps_the_year_in_which_it_was_published(project: Path) -> None:
    """The last hours of a year in Washington are of the next one in Seoul."""
    post = "---\ntitle: 강물\ndate: 2013-12-31 13:31:03 -0400\nsource: 나루청\n---\n\n글\n"
    (project / "post.md").write_text(post, "utf-8")

    run("import", "post.md", "--to", "content", cwd=project)
    checked = run("import", "--check", "--to", "content", cwd=project)

    (file,) = (project / "content/articles/2013/12").iterdir()
    assert "date: '2013-12-31T13:31:03-04:00'\n" in file.read_text("utf-8")
    assert checked.status == 0


def test_a_post_that_was_to_appear_later_appears_later(project: Path) -> None:
    """Hugo's `publishDate` is the day of release, whatever day the post is of."""
    post = "---\ntitle: 강물\ndate: 2026-03-03\npublishDate: 2026-12-25\nsource: 나루청\n---\n\n글\n"
    (project / "content").mkdir()
    (project / "content/read.md").write_text(post, "utf-8")
    (project / "post.md").write_text(post.replace("강물", "호수"), "utf-8")

    run("import", "post.md", "--to", "content", cwd=project)
    build = ("--content", "content", "--output", "_site", "--no-search", "--now")
    before = run(*build, "2026-12-24T00:00:00+09:00", cwd=project)
    early = list((project / "_site").rglob("article.json"))
    run(*build, "2026-12-25T00:00:00+09:00", cwd=project)

    assert (before.status, early) == (0, [])
    assert len(list((project / "_site").rglob("article.json"))) == 2


class StoppedAtTwo(Terminal):
    """A terminal at which somebody presses Ctrl+C when two captures are done."""

    @contextmanager
    def progress(self) -> Iterator[Progress]:
        """Give a function that is interrupted."""

        def show(_stage: str, done: int, _total: int) -> None:
            if done == 2:
                raise KeyboardInterrupt

        yield show


def test_an_import_that_is_stopped_says_how_far_it_came(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Ten thousand captures take a while; nobody should have to count files to know where they stand."""
    for number in (1, 2, 3):
        text = f"---\ntitle: 소식 {number}\ndate: 2024-05-01\n---\n\n글 {number}\n"
        (project / f"2024-05-0{number}-a.md").write_text(text, "utf-8")
    command = ["import", str(project / "*.md"), "--to", str(project / "content")]

    status = import_command.run(parse_arguments(command, "en"), StoppedAtTwo(language="en"))
    told = capsys.readouterr()
    again = import_command.run(parse_arguments(command, "en"), Terminal(language="en"))

    assert (status, again) == (130, 0)
    assert told.out.startswith("2 capture(s) → added 2")
    assert told.err.endswith("stopped; 2 capture(s) are in, and the same command goes on with the others\n")
    assert capsys.readouterr().out.startswith("3 capture(s) → unchanged 2, added 1")
