"""The site posts came from: its patterns of addresses, as Jekyll fills them in."""

from datetime import UTC, datetime

import pytest

from sitegen.importers.old_site import OldSite, old_site_in

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
    ("config", "permalink"),
    [
        ("title: a", "date"),
        ("permalink: pretty", "pretty"),
        ("defaults:\n- scope: {path: ''}\n  values: {permalink: /a/:title/}", "/a/:title/"),
        ("defaults:\n- scope: {path: '_drafts'}\n  values: {permalink: /a/}", "date"),
        ("defaults:\n- scope: {path: '', type: tabs}\n  values: {permalink: /a/}", "date"),
        ("defaults: [1, {scope: 2}]", "date"),
        ("defaults: 5", "date"),
    ],
)
def test_the_pattern_is_the_one_of_posts(config, permalink):
    """A rule for other folders or kinds says nothing of posts."""
    assert old_site_in(config).permalink == permalink


@pytest.mark.parametrize("config", ["- a", "a: [", "when: 2024-99-99", "[" * 5000])
def test_a_config_that_cannot_be_read_says_nothing(config):
    """The posts are still worth importing."""
    assert old_site_in(config) is None


@pytest.mark.parametrize(
    ("written", "within"),
    [
        ("![](https://a.kr/b/c.png)", "![](/c.png)"),
        ('<img src="/b/c.png">', '<img src="/c.png">'),
        ("({{ site.url }}{{ site.baseurl }}/c.png)", "(/c.png)"),
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
