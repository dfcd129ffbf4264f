"""The site posts came from: its patterns of addresses, as Jekyll fills them in."""

from datetime import UTC, datetime

import pytest

from sitegen.importers.old_site import OldSite, old_site_of, settings_in

DAY = datetime(2024, 8, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("permalink", "address"),
    [
        ("date", "/news/korea/2024/08/08/5946.html"),
        ("pretty", "/news/korea/2024/08/08/5946/"),
        ("ordinal", "/news/korea/2024/221/5946.html"),
        ("none", "/news/korea/5946.html"),
        ("/:year/:i_month/:i_day/:title:output_ext", "/2024/8/8/5946.html"),
        ("blog/:slug/", "/blog/5946/"),
        ("/:slugified_categories/:w_year/:week/:w_day/:title/", "/news/korea/2024/32/4/5946/"),
        ("/:collection/:title/", ""),
    ],
)
def test_an_address_is_filled_in_as_jekyll_does(permalink, address):
    """A pattern that asks for what a post does not say gives no address."""
    assert OldSite(permalink).address_of("5946", DAY, ("News", "Korea")) == address


def test_a_post_without_a_date_has_no_dated_address():
    """Nothing is guessed."""
    assert OldSite("date").address_of("5946", None, ()) == ""
    assert OldSite("/posts/:title/").address_of("5946", None, ()) == "/posts/5946/"


@pytest.mark.parametrize(
    ("slug", "title", "as_slug"),
    [
        ("한글 제목", "/한글-제목/", "/한글-제목/"),
        ("S&P 500_(2026)", "/S&P-500_(2026)/", "/s-p-500-2026/"),
        ("-a--b-", "/a-b/", "/a-b/"),
        ("①가½", "/가/", "/가/"),
    ],
)
def test_a_title_keeps_what_an_address_may_have_and_a_slug_letters_alone(slug, title, as_slug):
    """Jekyll's two ways: `:title` is of the file's name, as it is written; `:slug` is in small letters."""
    assert OldSite("/:title/").address_of(slug, DAY, ()) == title
    assert OldSite("/:slug/").address_of(slug, DAY, ()) == as_slug


def test_categories_stand_in_addresses_in_small_letters_each_once():
    """Their spaces stay."""
    site = OldSite("/:categories/:title/")

    assert site.address_of("a", DAY, ("정책 뉴스", "EU", "eu")) == "/정책 뉴스/eu/a/"


@pytest.mark.parametrize(
    ("path", "categories"),
    [
        ("_posts/2024/a.md", ("세제",)),
        ("news/_posts/2024/a.md", ("news", "세제")),
        ("news/세제/_posts/a.md", ("news", "세제")),
    ],
)
def test_folders_above_posts_are_categories(path, categories):
    """Those within are none."""
    assert old_site_of({}, path).categories(("세제",)) == categories


def test_rules_give_categories_and_hide_posts():
    """What the head says comes after them; a value of its own is a rule's, each by the best rule for it."""
    config = (
        "defaults:\n- scope: {path: ''}\n  values: {categories: 뉴스 소식, published: false}\n"
        "- scope: {path: _posts/shown}\n  values: {published: true}\n"
    )
    hidden, shown = (old_site_of(settings_in(config), f"_posts/{folder}/a.md") for folder in ("old", "shown"))

    assert hidden.categories(("세제",)) == shown.categories(("세제",)) == ("뉴스", "소식", "세제")
    assert (hidden.is_hidden, shown.is_hidden) == (True, False)


ALL = "- scope: {path: ''}\n  values: {permalink: /a/:title/}\n"


@pytest.mark.parametrize(
    ("config", "permalink"),
    [
        ("title: a", "date"),
        ("permalink: pretty", "pretty"),
        (f"defaults:\n{ALL}", "/a/:title/"),
        ("defaults:\n- values: {permalink: /a/}", "/a/"),
        ("defaults:\n- scope: {path: '_drafts'}\n  values: {permalink: /b/}", "date"),
        ("defaults:\n- scope: {path: '', type: tabs}\n  values: {permalink: /b/}", "date"),
        (f"defaults:\n- scope: {{path: _posts/old}}\n  values: {{permalink: /b/}}\n{ALL}", "/b/"),
        (f"defaults:\n{ALL}- scope: {{path: _posts/old}}\n  values: {{permalink: /b/}}", "/b/"),
        (f"defaults:\n{ALL}- scope: {{path: _posts/new}}\n  values: {{permalink: /b/}}", "/a/:title/"),
        ("defaults:\n- scope: {path: '_posts/*/2024'}\n  values: {permalink: /b/}", "/b/"),
        (f"defaults:\n- scope: {{path: '', type: posts}}\n  values: {{permalink: /b/}}\n{ALL}", "/b/"),
        (f"defaults:\n{ALL}- scope: {{path: ''}}\n  values: {{permalink: /b/}}", "/b/"),
        ("defaults: [1, {scope: 2, values: {permalink: /b/}}, {values: 3}]", "date"),
        ("defaults: 5", "date"),
        ("permalink: pretty\ncollections: {posts: {output: true}}", "pretty"),
        ("permalink: pretty\ncollections: {posts: {output: true, permalink: /p/:title/}}", "/p/:title/"),
    ],
)
def test_the_pattern_is_the_one_for_the_post(config, permalink):
    """A rule for other folders or kinds says nothing of it; the longer path wins, then one with a type, then the last."""
    assert old_site_of(settings_in(config), "_posts/old/2024-08-08-a.md").permalink == permalink


@pytest.mark.parametrize(
    ("permalink", "address"),
    [
        ("", "/press/gang.html"),
        ("date", "/press/gang.html"),
        ("pretty", "/press/gang/"),
        ("/:year/:title/", "/press/gang/"),
        ("/:title:output_ext", "/press/gang.html"),
        ("/:title", "/press/gang"),
    ],
)
def test_addresses_of_a_collection_end_as_those_of_its_site(permalink, address):
    """So Jekyll makes them where the collection has no pattern of its own."""
    settings = {"permalink": permalink, "collections": {"press": {"output": True}, "drafts": {"output": True}}}

    assert old_site_of(settings, "_press/gang.md").address_of("gang", None, ()) == address
    assert old_site_of(settings, "_drafts/gang.md").permalink == (permalink or "date")


def test_what_jekyll_reads_below_other_folders_is_below_them():
    """Neither `source` nor `collections_dir` is a category."""
    settings = {"source": "src", "collections_dir": "c", "url": "https://a.kr", "baseurl": "/b"}

    site = old_site_of(settings, "src/c/news/_posts/2024/a.md")

    assert site.categories(()) == ("news",)
    assert site.place_of("a.md") == "https://a.kr/b/news/_posts/2024/a.md"
    assert old_site_of({"baseurl": "/b"}, "_posts/a.md").place_of("a.md") == ""


def test_a_rule_that_wins_wins_for_what_it_does_not_say():
    """So Jekyll weighs them: a later one of a shorter path gives only what nobody has said."""
    settings = settings_in(
        "defaults:\n- scope: {path: ''}\n  values: {permalink: /x/}\n- scope: {path: _posts}\n  values: {layout: a}\n"
        "- scope: {path: ''}\n  values: {permalink: /y/}\n"
    )

    assert old_site_of(settings, "_posts/a.md").permalink == "/x/"


@pytest.mark.parametrize("config", ["- a", "a: [", "when: 2024-99-99", "[" * 5000])
def test_a_config_that_cannot_be_read_says_nothing(config):
    """The posts are still worth importing."""
    assert settings_in(config) is None


@pytest.mark.parametrize(
    ("written", "within"),
    [
        ("![](https://a.kr/b/c.png)", "![](/c.png)"),
        ('<img src="/b/c.png">', '<img src="/c.png">'),
        ("[a]({{ site.url }}{{ site.baseurl }}/c.png)", "[a](/c.png)"),
        ("---\nimage: /b/c.png\n---\n/b/c", "---\nimage: /c.png\n---\n/b/c"),
        (
            "---\nattachments:\n- url: 'https://a.kr/b/f.pdf'\nimages: [/b/1.png, \"/b/2.png\"]\n---\n",
            "---\nattachments:\n- url: '/f.pdf'\nimages: [/1.png, \"/2.png\"]\n---\n",
        ),
        (
            "---\ntitle: /b/ 폴더\nsource_url: https://a.kr/b/c\npermalink: /b/x/\nredirect_from:\n- /b/y/\n---\n",
            "---\ntitle: /b/ 폴더\nsource_url: https://a.kr/b/c\npermalink: /b/x/\nredirect_from:\n- /b/y/\n---\n",
        ),
        ('URL: https://a.kr/b/c\n[^1]: /b/c\nroot="/b/c"', 'URL: https://a.kr/b/c\n[^1]: /b/c\nroot="/b/c"'),
        ("<a href=/b/c><img srcset='/b/1.png, /b/2.png 2x'>", "<a href=/c><img srcset='/1.png, /2.png 2x'>"),
        ("[1]: https://a.kr/b/c", "[1]: /c"),
        ('<a href="http://a.kr/b/c"><img src="//a.kr/b/d.png">', '<a href="/c"><img src="/d.png">'),
        ("background: url(/b/c.png)", "background: url(/c.png)"),
        ('폴더(/b/)와 "/b/c", (https://a.kr/b/c)', '폴더(/b/)와 "/b/c", (https://a.kr/b/c)'),
        ("[x]({{ '/c' | relative_url }})", "[x](/c)"),
        (
            "https://a.kr/b/c, {{ page.title }}, https://a.kr.evil/",
            "https://a.kr/b/c, {{ page.title }}, https://a.kr.evil/",
        ),
        ("(https://a.kr/bc)", "(https://a.kr/bc)"),
    ],
)
def test_the_sites_own_addresses_are_written_from_its_root(written, within):
    """Words stay as they are; only what leads into the old site leads into the new one."""
    assert OldSite("date", "https://a.kr", "/b").within(written) == within
