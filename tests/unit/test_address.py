"""Link addresses → clean addresses or nothing."""

import pytest

from sitegen.clean.address import clean_url, host_of, is_host_of, is_site_root, strip_tracking


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("https://a.example/1", "https://a.example/1"),
        (" https://a.example/1 \n", "https://a.example/1"),
        ("https://a.example/1?utm_source=x&id=2&fbclid=y", "https://a.example/1?id=2"),
        ("https://a.example/1?utm_source=x", "https://a.example/1"),
        ("https://a.example/1?utm_source=x#top", "https://a.example/1#top"),
        ("//a.example/1", "https://a.example/1"),
        ("https://https://a.example/1", "https://a.example/1"),
        ("https:http://a.example/1", "http://a.example/1"),
        ("www.a.example/1", "https://www.a.example/1"),
        ("/about/", "/about/"),
        ("../a/", "../a/"),
        ("?page=2", "?page=2"),
        ("mailto:a@a.example", "mailto:a@a.example"),
        ("tel:+82-44-000-0000", "tel:+82-44-000-0000"),
        ("https://a.example:8080/1", "https://a.example:8080/1"),
        ("https://[::1]/", "https://[::1]/"),
        ("HTTPS://A.EXAMPLE/1", "HTTPS://A.EXAMPLE/1"),
    ],
)
def test_an_address_that_leads_somewhere_is_kept_clean(written, clean):
    """Links are why people cite a page; only what follows the reader goes."""
    text = written

    url = clean_url(text)

    assert url == clean


@pytest.mark.parametrize(
    "written",
    [
        "",
        "   ",
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "java\tscript:alert(1)",
        "java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        "\u200bjavascript:alert(1)",
        "java\u00adscript:alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "about:blank",
        "https://user@a.example/",
        "https://user:password@a.example/",
        "https://a%40b.example/",
        "https:\\\\a.example",
        "/\\a.example",
        "https://",
        "https:///a",
        "{{ site.url }}/a",
        "/a/{% x %}",
        "https://a.example/%7B%7Bx",
        "mailto:",
        "tel:",
        "x:y",
        "https://a.example/" + "a" * 2000,
    ],
)
def test_an_address_that_deceives_or_runs_is_no_address(written):
    """A mirror of government news is a good place to hide a trap."""
    text = written

    url = clean_url(text)

    assert url == ""


def test_the_names_of_what_follows_the_reader_are_told():
    """The writer learns what to delete from the head."""
    url = "https://a.example/?pWiseMain=A1&newsId=7&repCode=x"

    clean, dropped = strip_tracking(url)

    assert clean == "https://a.example/?newsId=7"
    assert dropped == ("pWiseMain", "repCode")


@pytest.mark.parametrize(
    ("url", "is_root"),
    [
        ("https://a.example", True),
        ("https://a.example/", True),
        ("https://a.example/index.do", True),
        ("https://a.example/main.do", True),
        ("https://a.example/home", True),
        ("https://a.example/news/", False),
        ("https://a.example/?id=1", False),
        ("/a/", False),
    ],
)
def test_a_front_page_is_told_from_an_article(url, is_root):
    """A credit that leads to a front page does not lead to the original."""
    expected = is_root

    found = is_site_root(url)

    assert found is expected


def test_hosts_are_compared_whole():
    """`notexample.com` is not `example.com`."""
    known = ("example.com",)

    found = [is_host_of(host, known) for host in ("example.com", "a.example.com", "notexample.com", "example.com.evil")]

    assert found == [True, True, False, False]
    assert host_of("HTTPS://A.Example:80/x") == "a.example"
    assert host_of("/a/") == ""
