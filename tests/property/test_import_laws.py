"""Laws of importing over generated releases: visible text in = visible text out; and no input breaks an importer."""

import html
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.errors import ContentError
from sitegen.importers.capture import Capture
from sitegen.importers.content_file import head_of
from sitegen.importers.profiles import NAMES, choose, named
from sitegen.importers.quick_yaml import quick_yaml

CAPTURES = Path(__file__).parents[1] / "captures"
MARKS = st.sampled_from(["□ ", "ㅇ ", "○ ", "- ", "· ", "* ", "** ", "※ ", "① ", "", "붙 임 : "])
WORDS = st.text(
    st.sampled_from("가나다라강물관세청 월일2019.12,:()[]<>&\"'“”‘’·~%*-_#|\\/\u3000㈜ㅇ①"), min_size=1, max_size=40
).filter(lambda text: text.strip(" \u3000"))
LINES = st.lists(st.tuples(MARKS, WORDS).map("".join), min_size=1, max_size=8).map(lambda lines: ["□ 첫 줄", *lines])
PAGE_PIECES = (
    "<html>", "<body>", "<table class=board_view>", "<tr>", "<th>제목<td>글", "<div id=cont>", "</div>", "<p>", "□ 글", "<br>",
    '<div class="view_title"><h1>글</h1>', '<div class="article_body"><div class="view_cont">', '<p class="hp"><span>글',
    '<meta charset="euc-kr">', "<?xml version='1.0'?>", "<rss><channel><item><title>", "</title>", "<description>", "<![CDATA[", "]]>",
    "<response>", "<resultCode>0</resultCode>", "<NewsItem>", "<DataContents>", "</NewsItem>", "</response>", "<!DOCTYPE x [",
    "<!ENTITY a 'b'>", "&a;", "2024.05.14 관세청\n", "“이 자료는 관세청의 보도자료를 전재하여 제공함을 알려드립니다.”\n", "목록\n",
    '<rss xmlns:wp="http://wordpress.org/export/1.2/">', "<item>", "<wp:post_type>post</wp:post_type>", "<content:encoded>",
    '<!doctype html><html><head><meta property="og:title" content="글">', "<article>", "강물이 흐른다. ", "<li>", "<a>", "</a>",
    "---\ntitle: [속보] 글\n---\n", '[{"title": "글", "canonicalUrl": "/"}]', '{"title": "", "original_url": 1}', '<div class="tbl-dtlPage">',
    "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n", "--b\nContent-Type: text/html\n\n", "\n--b--",
    "\n", "\x00", "\ufffd", "<script>", "<iframe>", "&nbsp;", "�", "newsId=1", "<a href='", "' >", "korea.kr",
)  # fmt: skip


def ink(text):
    """Return a text without its white space."""
    return "".join(text.split())


def read(profile, text):
    """Return the draft a profile makes of a text."""
    (draft,) = named(profile).read(Capture(text.encode(), "capture"))
    return draft


def cut(line):
    """Return a line cut into spans, as a viewer shows it."""
    parts = [line[start : start + 3] for start in range(0, len(line), 3)]
    return "".join(f'<span class="s0">{html.escape(part)}</span>' for part in parts)


@given(LINES)
def test_no_letter_of_a_release_is_lost_or_added(lines):
    """The text of a release is what the law protects."""
    body = "".join(f"<p><span>{html.escape(line)}</span></p><p>&nbsp;</p>" for line in lines)
    page = f'<html><div class="view_title"><h1>글</h1></div><div class="article_body"><div class="view_cont">{body}</div></div>'
    viewer = "".join(f'<p class="hp">{cut(line)}</p>' for line in lines)
    text = "\n".join(["글", "2024.05.14 관세청", "", *lines])

    drafts = [read("koreakr-html", page), read("koreakr-viewer", viewer), read("koreakr-text", text)]

    assert {ink(draft.body) for draft in drafts} == {ink("".join(lines))}
    assert len({draft.body for draft in drafts}) == 1


@settings(max_examples=400)
@given(
    st.one_of(
        st.binary(max_size=300), st.lists(st.sampled_from(PAGE_PIECES), max_size=25).map(lambda p: "".join(p).encode())
    )
)
def test_no_capture_breaks_an_importer(data):
    """A broken file in a folder of thousands stops nothing but itself."""
    outcomes = [outcome_of(name, data) for name in NAMES]

    assert all(outcomes)


def outcome_of(name, data):
    """Return whether a profile reads a capture, finds nothing in it, or says with its place why it cannot."""
    capture = Capture(data, "capture")
    try:
        choose(capture)
        return all(draft.profile for draft in named(name).read(capture))
    except ContentError as error:
        return error.problem.where.path == "capture"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "text",
    [
        "<div>" * 5_000 + "글",
        "<p>" * 5_000,
        "<a>" * 5_000 + "2024.05.14 관세청",
        "[" * 50_000,
        '<p class="hp"><span>글' * 2_000,
    ],
)
def test_deep_and_long_captures_are_read_or_refused(name, text):
    """Depth is the sender's to choose."""
    shells = [
        '<html><div class="view_title"><div class="article_body"><div class="view_cont">',
        "<rss><item><title>",
        "",
    ]

    assert all(outcome_of(name, f"{shell}{text}".encode()) for shell in shells)


TEXTS = st.one_of(
    st.text(max_size=8),
    st.text(st.sampled_from("가나 abzYN.,()/_·~+-?&=:;!'\"‘’“”…%019TZ#@*|>[]{}\\\u3000㈜①"), max_size=12),
    st.sampled_from(
        [
            "yes",
            "No",
            "null",
            "2024-05-14",
            "2024-05-14T10:30:00+09:00",
            "123",
            "012",
            "1:30",
            "0x1f",
            "1e5",
            "a" * 130,
            "=",
            "~",
        ]
    ),
)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-5, 2000), TEXTS, st.just("0" * 63 + "a"), st.just("1" * 64)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=8,
)


@settings(max_examples=3000)
@given(st.dictionaries(st.sampled_from(["title", "agency", "no"]), VALUES, min_size=1))
def test_a_head_written_at_once_is_what_the_library_writes(value):
    """A title must mean the same, whoever wrote it down."""
    quick = quick_yaml(value)

    assert quick in (None, yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=10_000))


def test_the_heads_that_imports_have_are_written_at_once():
    """The quick way is worth its lines only if nearly every head takes it."""
    (draft,) = named("koreakr-html").read(Capture((CAPTURES / "korea_kr_page.html").read_bytes(), "page.html"))

    assert quick_yaml(head_of(draft, ())) is not None
