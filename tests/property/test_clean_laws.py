"""Laws of cleaning over HTML soups: nested well or badly, with entities, Korean, attributes and strays."""

import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from sitegen.clean.body import clean_body, clean_html
from sitegen.clean.rules import Known
from sitegen.languages import are_one, language_tag, may_be_in
from sitegen.model import BodyFormat

# Written down here a second time on purpose: a tag that slips into the code's own table must not pass.
ALLOWED_TAGS = frozenset(
    [
        "a",
        "abbr",
        "blockquote",
        "br",
        "caption",
        "cite",
        "code",
        "dd",
        "del",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "img",
        "kbd",
        "li",
        "mark",
        "ol",
        "p",
        "pre",
        "q",
        "rp",
        "rt",
        "ruby",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "var",
    ]
)
ALLOWED_ATTRIBUTES = frozenset(
    [
        "alt",
        "aria-hidden",
        "aria-label",
        "class",
        "colspan",
        "dir",
        "height",
        "href",
        "id",
        "lang",
        "reversed",
        "role",
        "rowspan",
        "scope",
        "src",
        "start",
        "title",
        "type",
        "value",
        "width",
    ]
)
TAG = re.compile(r"<(/?)([A-Za-z][\w:-]*)((?:\s+[\w:-]+=\"[^\"<]*\")*)\s*>")
ATTRIBUTE = re.compile(r"\s+([\w:-]+)=\"([^\"]*)\"")
UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u2060\ufeff\ufffe\uffff]")
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)

WORDS = st.sampled_from(
    [
        "가을",
        "나라",
        "한국의",
        "ㅇ",
        "①",
        "㈜",
        "A&amp;B",
        "&lt;b&gt;",
        "&nbsp;",
        "&#8203;",
        " ",
        "\n",
        "3%",
        "“인용”",
        "word",
        "שלום",
        "日本",
        "&bad;",
        "{{ x }}",
    ]
)
INLINE = ("b", "strong", "i", "em", "span", "font", "u", "sup", "mark", "code", "small", "s", "x-unknown", "ins")
INLINE += ("sub", "del", "q", "bdi")
BLOCK = ("p", "div", "center", "h1", "h2", "h4", "ul", "ol", "li", "blockquote", "pre", "section", "dl", "dt", "dd")
TABLE = ("table", "tr", "td", "th", "tbody", "thead", "caption")
LOOKS = st.sampled_from(
    [
        "",
        ' style="color:red"',
        ' style="background:#ff0"',
        ' class="x"',
        ' id="main"',
        ' id="note1" name="part"',
        ' style="vertical-align: super"',
        ' style="font-weight:normal; text-decoration: line-through"',
        ' style="text-decoration:underline line-through red"',
        ' value="7" start="-2" type="a"',
        ' reversed rowspan="2"',
        ' onclick="x()"',
        " align=center",
        " hidden",
        ' lang="en"',
        ' LANG="KO-kr" dir=ltr',
        " lang=EN-US",
        ' lang="ja" style="color:red"',
        ' lang="x" dir="RTL"',
        ' dir="rtl" lang="he"',
    ]
)
LOOSE = st.sampled_from(
    ["<br>", "<br/><br>", "<hr>", "</p>", "</div>", "</b>", "<p>", "<b>", "<i>", "<!-- x -->", "<td>", "</table>"]
)
LINKS = st.sampled_from(
    [
        '<a href="https://a.example/1">',
        '<a href="#main">',
        '<a href="#note1">',
        '<a href="#part" id="part">',
        '<a href="javascript:x">',
        '<a name="main">',
        '<a href="/b/">',
    ]
)
EVIL = st.sampled_from(
    [
        "<script>x</script>", "<style>x</style>", "<svg onload=x>", "<math>", "<iframe src=x>", "<img src=x onerror=y>",
        "<img src=https://a.example/1.png alt=가>", "<figure>", "<figcaption>", "<form>", "<template>", "<noscript>",
        "<xmp>", "<plaintext>", "<title>", "<textarea>", "<select><option>", "<![CDATA[", "<?php",
        "<a\nhref='java\tscript:x'>",
        '<p title="</p><script>">', "<object><p>", "<base href=//evil.example>", '<a href="//evil.example\\@b">',
        '<a id="n-ref1" href="#n-note1">', "<mglyph><style>", '<p class="note attach">',
        '<span class="mk" aria-hidden>', '<span style="display:block">', '<td class="n-right" align=right>',
        '<span style="font-family:Wingdings">l</span>', "<span style='mso-list:Ignore'>1.&nbsp;</span>",
        '<img srcset="/a.png 1x, https://a.example/2.png 2x" alt=나>', '<img src=/b.gif data-src="//a.example/3.png">',
        "<figure><img src=/c.png><figcaption>가</figcaption>나<figcaption>다</figcaption></figure>", "<p>출처: 강물청</p>",
        "<p>출처: 통계청 https://a.example/1</p>", "(출처: 은행)", "<figure><b>가</b> <i>나</i><figcaption>다</figcaption> <p>라</p></figure>",
        '<p>글이다. 유용한 정보가 필요하시다면 <a href="https://onioninfo.kr/">여기</a></p>',
    ]
)  # fmt: skip


def elements(tags, children):
    """Return pieces of markup: a tag of `tags` with looks around some children."""
    return st.builds(
        lambda tag, look, inner: f"<{tag}{look}>{''.join(inner)}</{tag}>",
        st.sampled_from(tags),
        LOOKS,
        st.lists(children, max_size=4),
    )


def soup(*extra):
    """Return whole bodies of nested and broken markup."""
    links = st.builds(lambda link, word: f"{link}{word}</a>", LINKS, WORDS)
    leaves = st.one_of(WORDS, WORDS, WORDS, links, *extra)
    nested = st.recursive(leaves, lambda inner: elements(INLINE + BLOCK + TABLE, inner), max_leaves=25)
    return st.lists(nested, max_size=8).map("".join)


ORDERLY = soup()
BROKEN = soup(LOOSE)
HOSTILE = soup(LOOSE, EVIL)


def reference_words(markup):
    """Return the words a browser shows, from Lexbor's tree alone: blocks apart, inline tags not."""
    parts = []

    def visit(node):
        while node is not None:
            if node.tag == "-text":
                parts.append(node.text_content or "")
            elif node.tag and node.tag[0].isalpha():
                edge = "\n" if node.tag in BLOCKS else ""
                parts.append(edge)
                visit(node.child)
                parts.append(edge)
            node = node.next

    body = LexborHTMLParser(markup).body
    if body is not None:
        visit(body.first_child)
    return unicodedata.normalize("NFC", UNSEEN.sub("", "".join(parts))).split()


@given(HOSTILE)
@example("<ul>가<li>나</li>다<ul><li>라</ul></ul>")
@example("<b><p>가<p>나</b>다")
@example("<table><tr><td>가<p>나</table>")
@example('<a id="n-ref1" href="#n-note1">가</p>')
@example('<span style="background:#ff0">가&nbsp;<br>나<p>')
def test_cleaning_twice_equals_cleaning_once(markup):
    """Importers clean and the build cleans again; a second change would be one nobody reviewed."""
    once = clean_html(markup)

    twice = clean_html(once)

    assert twice == once


NOTES = st.lists(
    st.sampled_from(
        [
            "글[^1]", "[^b]", "**굵게[^1]**", "\n\n", "[^1]: 각주\n", "[^b]: 둘째\n\n    더\n", "- 항목[^1]\n", "1. 가[^b]\n",
            "> 인용[^1]\n", "## 제목[^1]\n", "## note1\n", '<p id="n-note1">가</p>', '<a href="#n-note1">나</a>',
            '<a id="n-ref1" href="#n-note1">x</a>', '<li id="n-note2">다</li>', '<p id="n-foo">라</p>', "[마](#n-ref2)",
            '<div id="note1">바</div>', "[사](#note1)", "| a[^1] | b |\n|--|--|\n| 1 | 2[^b] |\n", "출처: 정책브리핑",
        ]
    ),
    max_size=10,
).map("".join)  # fmt: skip


@given(NOTES)
@example("글[^1]\n\n[^1]: 각주\n")
def test_notes_of_markdown_stay_notes_when_they_are_cleaned_again(text):
    """A page of ours that is imported must not lose the way from its notes back to the text."""
    once = clean_body(text, BodyFormat.MARKDOWN).html

    assert clean_html(once) == once


@given(ORDERLY)
def test_no_visible_word_of_a_sound_body_is_lost_glued_or_moved(markup):
    """The text of a release is quoted in court; not a word of it is ours to lose."""
    words = reference_words(markup)

    body = clean_body(markup, BodyFormat.HTML)

    assert body.text.split() == words


@given(BROKEN)
def test_no_visible_word_of_a_broken_body_is_lost_glued_or_moved(markup):
    """Real posts are never sound; browsers show them all the same."""
    words = reference_words(markup)

    body = clean_body(markup, BodyFormat.HTML)

    assert body.text.split() == words


def spoken_letters(markup):
    """Return each letter a browser shows with the language it is said to be in, as far as that can be."""
    found = []

    def visit(node, language):
        while node is not None:
            if node.tag == "-text":
                text = node.text_content or ""
                is_other = not are_one(language, "ko") and may_be_in(text, language)
                found.extend((letter, language if is_other else "ko") for letter in text if letter.isalpha())
            else:
                visit(node.child, language_tag(node.attributes.get("lang") or "") or language)
            node = node.next

    body = LexborHTMLParser(markup).body
    if body is not None:
        visit(body.first_child, "ko")
    return found


@given(BROKEN)
@example('<section lang="en">A <p>b</p>c<ul><li>가</section>')
@example('<p><b lang="ja">日本<b lang="en">word</b></b></p>')
@example('<li lang="en"><p>word</p></li><figure lang="en">A<figcaption>word</figcaption></figure>')
def test_every_letter_stays_in_the_language_it_was_said_to_be_in(markup):
    """A screen reader spells out English with Korean sounds, and the other way round (WCAG 3.1.2)."""
    letters = spoken_letters(markup)

    body = clean_body(markup, BodyFormat.HTML, known=Known(language="ko"))

    assert spoken_letters(body.html) == letters


@given(HOSTILE)
def test_only_listed_tags_and_attributes_come_out(markup):
    """Foreign markup on a page of ours acts in our name."""
    html = clean_html(markup)

    tags = TAG.findall(html)
    attributes = [pair for _, _, written in tags for pair in ATTRIBUTE.findall(written)]

    assert {tag for _, tag, _ in tags} <= ALLOWED_TAGS
    assert {name for name, _ in attributes} <= ALLOWED_ATTRIBUTES
    assert html.count("<") == len(tags)
    addresses = [value for name, value in attributes if name in ("href", "src")]
    assert all(re.match(r"https?://|/(?!/)|#n-|[\w.%-]+$", address) for address in addresses)


@given(HOSTILE)
def test_a_browser_reads_back_the_tree_that_was_written(markup):
    """Markup that a parser repairs is where attacks hide."""
    html = clean_html(markup)

    body = LexborHTMLParser(f"<div>{html}</div>").body

    shown = (body.first_child.inner_html or "") if body is not None and body.first_child is not None else ""
    assert without_escapes(shown) == without_escapes(html)


def without_escapes(markup):
    """Return markup with the escapes writers may choose between resolved alike."""
    return markup.replace("&quot;", '"').replace("&#39;", "'").replace("&gt;", ">").replace("\u00a0", "&nbsp;")


@given(HOSTILE)
def test_headings_never_skip_a_level_and_never_share_an_anchor(markup):
    """Screen readers climb through headings; links lead to anchors."""
    body = clean_body(markup, BodyFormat.HTML)

    levels = [heading.level for heading in body.headings]
    anchors = [heading.id for heading in body.headings]

    assert all(2 <= level <= 6 for level in levels)
    assert not levels or levels[0] == 2
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert len(anchors) == len(set(anchors))
    assert all(f'id="{anchor}"' in body.html.replace("&amp;", "&") for anchor in anchors)


@pytest.mark.parametrize("tag", ["div", "b", "blockquote", "ul><li", "table><tr><td", "font", "span"])
def test_no_depth_of_nesting_breaks_cleaning(tag):
    """One hostile post must not stop a build of ten thousand."""
    depth = 3000
    closing = "".join(f"</{part}>" for part in reversed(tag.split("><")))
    markup = f"<{tag}>" * depth + "끝" + closing * depth

    body = clean_body(markup, BodyFormat.HTML)

    assert body.text == "끝"
    assert clean_html(body.html) == body.html


@given(st.text(max_size=200))
def test_any_text_can_be_cleaned_as_any_format(text):
    """The build may refuse a head, never choke on a body; what it makes of one is clean."""
    bodies = {body_format: clean_body(text, body_format).html for body_format in BodyFormat}

    again = {body_format: clean_html(html) for body_format, html in bodies.items()}  # classes and notes of ours go

    assert again[BodyFormat.HTML] == bodies[BodyFormat.HTML]
    assert {body_format: clean_html(html) for body_format, html in again.items()} == again
