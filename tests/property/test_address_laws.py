"""Laws of addresses and summaries: safe, short, and the same the second time."""

import re
import unicodedata
from pathlib import PurePosixPath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sitegen.clean.address import clean_url
from sitegen.site.pages import Sheet, pager_of
from sitegen.site.summary import reading_minutes, summary_of
from sitegen.site.urls import alias_url, output_path, permalink_url, slugify

ODD = st.text(
    alphabet="가한\u1112\u1161\u11ab\u200b\u200d\u202e aZ09.-_/\\?#%:*\"'<>|~{}[]&;=\t\n\x00\ufeffß①・👍é", max_size=30
)
TEXTS = st.one_of(ODD, st.text(max_size=40), st.sampled_from(["con", "NUL.txt", "..", ".", "lpt1.tar.gz", "가" * 100]))
ADDRESS_PARTS = st.sampled_from(
    [
        "http:", "https:", "//", "/", "www.", "a.example", "javascript:", "data:", "mailto:", "tel:", "@", "\\", " ",
        "\t", "\u200b", "?utm_source=x", "?id=1", "&fbclid=2", "#top", "%20", "{{", "가", ":", "..", "http//", "[::1]",
        ":80", "\u3000", "&amp;", "x", "\n",
    ]
)  # fmt: skip
ADDRESSES = st.one_of(st.lists(ADDRESS_PARTS, max_size=8).map("".join), st.text(max_size=40))


@given(TEXTS)
@example("\u1112\u200b\u1161")
@example("가" * 66 + "👍-")
@example("con.-")
def test_a_slug_of_a_slug_is_the_slug(text):
    """Addresses are made from addresses when files move."""
    once = slugify(text)

    twice = slugify(once)

    assert twice == once


@given(TEXTS)
def test_a_slug_is_always_one_safe_part_of_a_path(text):
    """Anyone may send a title; none may name another folder."""
    slug = slugify(text)

    parts = PurePosixPath(slug).parts if slug else ()

    assert len(parts) <= 1
    assert slug not in (".", "..")
    assert not slug.startswith(".")
    assert not set(slug) & set('/\\?#%:*"<>|\0 \t\n')
    assert len(slug.encode()) <= 201
    assert unicodedata.is_normalized("NFC", slug)


@pytest.mark.parametrize("address_of", [permalink_url, alias_url])
@given(text=st.lists(TEXTS, max_size=4).map("/".join))
def test_a_permalink_stays_inside_the_site_or_is_refused(address_of, text):
    """The one place where a file could ask to be written elsewhere."""
    try:
        url = address_of(text)
    except ValueError:
        return

    path = PurePosixPath(output_path(url))
    assert url.startswith("/")
    assert not path.is_absolute()
    assert ".." not in path.parts
    assert not any(part.startswith(".") for part in path.parts)
    assert address_of(url) == url


@given(ADDRESSES)
@example("https:https:javascript:x")
@example("http://http://www.a.example")
@example("\u3000https://a.example")
@example("%6Aavascript:x")
def test_a_clean_address_is_clean(text):
    """Importers clean an address and the build cleans it again."""
    once = clean_url(text)

    twice = clean_url(once)

    assert twice == once


@given(ADDRESSES)
def test_a_clean_address_never_runs_and_never_hides_its_host(text):
    """What a reader sees in the corner of the window must be where the link goes."""
    url = clean_url(text)

    start = re.split(r"[/?#]", url, maxsplit=1)[0]

    assert ":" not in start or start.partition(":")[0].lower() in ("http", "https", "mailto", "tel")
    assert not url.startswith("//")
    assert "\\" not in url
    assert not set(url) & set("\t\n\r\0 \u200b")


@given(st.text(max_size=400), st.integers(min_value=5, max_value=160))
@example("가" * 200, 120)
@example("가. " * 100, 120)
@example("가나다라마바사. 아", 9)
def test_a_summary_is_never_longer_than_its_limit_and_begins_the_text(text, limit):
    """Cards have room for two lines; words that are not the text's own would be ours."""
    summary = summary_of(text, limit=limit)

    line = " ".join(text.split())

    assert len(summary) <= limit
    assert line.startswith(summary.removesuffix("…").rstrip())


@given(st.lists(st.sampled_from(["하천", "정비를", "시작한다.", "물가에", "“나무를”", "심는다!", "a"]), max_size=60))
def test_a_summary_never_cuts_a_word(words):
    """Half a word can mean something else."""
    text = " ".join(words)

    summary = summary_of(text, limit=40)

    assert summary.removesuffix("…").split() == words[: len(summary.removesuffix("…").split())]


@given(st.integers(min_value=1, max_value=400), st.integers(min_value=1, max_value=400))
def test_every_pager_reaches_its_neighbours_and_both_ends(first, second):
    """No page of a list may be out of reach."""
    number, total = min(first, second), max(first, second)

    pager = pager_of(Sheet("/", number, total))

    steps = [link.number for link in pager.links if link.number]
    assert steps == sorted(set(steps))
    assert {1, total, max(1, number - 1), min(total, number + 1)} <= set(steps)
    assert len(pager.links) <= 9


@given(st.text(max_size=500), st.sampled_from(["ko", "en"]))
def test_only_a_text_without_words_takes_no_time(text, language):
    """“0 minutes” is never said of something one can read."""
    line = " ".join(text.split())

    minutes = reading_minutes(line, language)

    assert (minutes == 0) is (line == "")
