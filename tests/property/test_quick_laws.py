"""Laws of the quick ways: where one reads at all, it reads what its reference reads, at the same place."""

import re
import time

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from sitegen.clean.allowed import BLOCKS
from sitegen.clean.body import Washed, clean_html, finished, write_tree
from sitegen.clean.commonmark import reference_markdown
from sitegen.clean.flat import Row, write_flat
from sitegen.clean.gate import gate
from sitegen.clean.markdown import is_html
from sitegen.clean.quick_html import CHILDREN, FLOW, read_plain
from sitegen.clean.quick_markdown import quick_markdown
from sitegen.clean.reading import read_html, read_nodes, read_tags
from sitegen.clean.rules import ALL_PICTURES, NOTHING_KNOWN, Known, Pictures, Work
from sitegen.clean.shapes import Settled, Shape, known_under
from sitegen.clean.tree import Element
from sitegen.config import Cleaning
from sitegen.model import Source
from sitegen.read.dialects import Builder, EventLoader
from sitegen.read.head_forms import FORMS, GAP, VALUE, Form, read_head
from sitegen.read.nodes import Mapping, Scalar, Sequence, places_of
from sitegen.read.plain_yaml import plain_head

# Pieces that make heads, posts and pages when put in a row, and nonsense in all other orders.
YAML_PIECES = (
    "title: 정책 소식", "a", "b-c", "키", ":", ": ", "- ", "  ", "    ", "\n", "\n\n", '"', "'", '"글: #1"', "'x'", "글", "1",
    "[가, 나]", '["a", b]', "[a, ]", "{id: KOGL-1, text: 글}", "{a: }", ",", "#", " #", "~", "null", "2024-08-08 10:00 +0900",
    "> 글", "k: >\n  접은 글\n  둘째 줄\n", "k: |-\n  그대로\n\n   들여 쓴 줄\n", "tags:\n  - 가\n  - 나\n", "tags:\n- 가\n",
    "source:\n  name: 가\n  url: https://a.b/c#d\n", "&a", "*a", "!!str", "%", "@", "?", "|", "\xa0", "\u3000", "\\",
    "---", "<<: 1", "“", "(", "/a", ".5", "=",
)  # fmt: skip
MARKDOWN_PIECES = (
    "가나", "글", "word", "1", "1. ", "2) ", "- ", "* ", "+ ", "> ", "# ", "\n", "\n\n", "\n", "  ", "    ", "\t", "**", "*",
    "_", "__", "`", "``", "```", "~", "~~", "|", "---", "===", "| a | b |\n|---|---|\n| 1 | 2 |\n",
    "| a | b |\n|:-:|--:|\n| 1 | 2 |\n", '<td style="text-align: right">', "a | b\n--|--\nc | d\n", "| c | d | e\n", "c | d | e\n", "가*나", "다)*라", "|", "a\\|b",
    "[x](/y)", '[x](http://a.b/c_d "t")', "![i](/p.png)", "[x](javascript:1)", "[x](https://한글.kr)", "<http://a.b>",
    "http://a.b/c", "https://www.korea.kr에서", "<b>", "</b>", "<p>", "</p>", "<div>", "</div>", "<br>", "<!-- c -->",
    '<a href="/q">', "</a>", "&amp;", "&copy;", "&#106;", "\\", "\\*", "!", "[", "](", "(", ")", "]", '[r]: /u "t"\n', "[r]",
    "[^1]", "[^1]: 주\n", "[^2]: 둘\n", "[붙임 1]: 계획\n",
    "1945. 8. 15. ", "8. 15.", "1945.", "^[가]", "1. - 2024. 8. 15.\n", "```\n[^1]: 글\n```\n",
    ".", '"', "<", ">", "&", "  \n", "\\\n", "***", "****", "**가.****나**", "<table><tr><td>", "</td></tr></table>", "\xa0",
    "①", "“", "”", "ㅇ ", "□ ", "※", "2*3", "3~~5", "\n3. 다\n", "\n2. 나\n3. 다\n", "\n1) 라\n5) 마\n", "\n> 3. 바\n",
)  # fmt: skip
HTML_PIECES = (
    "<p>", "</p>", "<b>", "</b>", "<table>", "<td>", "<tr>", "</table>", '<a href="x&amp;y">', "</a>", "글", "&nbsp;", "<", ">",
    "&", "<br>", "</br>", '<img src=a alt="<x>">', '<p id=a class="c d" style="color:red">', "<div>", "</div>", "<li>", "<ul>",
    "</ul>", "<o:p>", "</o:p>", "<pre>\n a", "</pre>", "<i>", "</i>", "<!-- c -->", '<span style="background:#ff0">',
    "</span>", "<wbr>", "<area>", "<h2 id=x>", "</h2>", "<form>", "<input>", "<svg>", "</svg>", "<font color=red>", "</font>",
    "<xmp>", "<s>", "<button>", '<p title="a\xa0b">', "\xa0", "<ruby><rt>", "<keygen>", "<basefont>", '<p "x">', "<template>",
    "<details><summary>", "<math>", "<listing>\n", "<plaintext>", "<image>", '<span lang="EN-US">', "<p dir=rtl>", "<bdi>", "</bdi>", '<div class="adfit">', "<iframe src=//youtu.be>",
)  # fmt: skip
# Every element an HTML file may hold that its parser knows, and one it does not.
TAGS = (
    "a", "abbr", "address", "applet", "area", "article", "aside", "audio", "b", "base", "basefont", "bgsound", "blockquote",
    "br", "button", "canvas", "caption", "center", "cite", "code", "col", "colgroup", "dd", "del", "details", "dialog", "div",
    "dl", "dt", "em", "embed", "fieldset", "figure", "font", "footer", "form", "frame", "h1", "head", "hr", "i", "iframe",
    "image", "img", "input", "kbd", "keygen", "li", "link", "listing", "main", "map", "marquee", "math", "menu", "meta",
    "nobr", "noembed", "noframes", "noscript", "object", "ol", "option", "p", "param", "plaintext", "pre", "ruby", "s",
    "script", "section", "select", "small", "source", "span", "strike", "style", "sub", "summary", "svg", "table", "tbody",
    "td", "template", "textarea", "th", "title", "tr", "track", "tt", "u", "ul", "var", "video", "wbr", "xmp", "x-own",
)  # fmt: skip
# What more than tags and words is asked about; the quick way must leave these, and no other.
LEFT_TO_NODES = frozenset({
    "applet", "audio", "base", "bgsound", "button", "canvas", "dialog", "embed", "form", "iframe", "input", "link", "map",
    "math", "meta", "noembed", "noframes", "noscript", "object", "option", "param", "plaintext", "script", "select",
    "source", "style", "svg", "template", "textarea", "title", "track", "video", "xmp",
})  # fmt: skip


def rows_of(pieces):
    """Return a strategy for texts made of these pieces."""
    return st.lists(st.sampled_from(pieces), min_size=1, max_size=16).map("".join)


def seen(node):
    """Return a node with the names of its kinds, so that a list is never equal to a mapping."""
    match node:
        case Scalar():
            return ("scalar", *node)
        case Sequence():
            return ("list", [seen(item) for item in node.items], node.line, node.column)
        case Mapping():
            fields = [(field.key, seen(field.value), field.line, field.column) for field in node.fields]
            return ("mapping", fields, node.line, node.column)


@settings(max_examples=3000)
@given(rows_of(YAML_PIECES).map(lambda text: f"{text}\n"))
@example("title: 글\ndate: 2024-08-08\ntags: [가, 나]\nexcerpt: >\n  접은\n  글\nsource:\n  name: 가\n")
def test_a_plain_head_is_what_the_parser_reads(head):
    """An author must never get another title because a line was easy to read."""
    plain = plain_head(head, 2)

    if plain is not None:
        assert seen(plain) == seen(Builder("a.md", 1).build(yaml.parse(head, Loader=EventLoader)))


# Heads as posts have them, with gaps for values; and values of all kinds, many of which mean something to YAML.
HEADS = (
    "title: {}\ndate: {}\ncategories:\n  - {}\n", "title: '{}'\nimage: \"{}\"\n", "tags: [{}]\ntitle: {}\n",
    "excerpt: >\n  {}\n  {}\n\n  {}\nagency: {}\n", "text: |-\n  {}\nkind: {}\n", "source:\n  name: {}\n  url: {}\n",
    "license: {{id: {}, text: {}}}\n", "tags:\n- {}\n- {}\n", "title: {} {}\n# {}\nempty:\nslug: {}  \n", "{}\n", "{}: {}\n",
    "# {}\x00\ntitle: {}\n", "media:\n  - src: {}\n    credit: {}\n", "title: [{}\n", "excerpt: >-\n  {}\n",
)  # fmt: skip
HEAD_VALUES = (
    "글", "정책 소식", "2024-08-08 10:00:00 +0900", "https://www.korea.kr/a?b=1#c", "KOGL-1", "가: 나", "가 #1", "가:", "-", "- 가", "",
    " ", "'", '"', "가'나", '가"', "\\", "[가]", "가, 나", "가, ", "가] [나", "{a: b}", "~", "null", "true", "|", ">", ">-", "&a", "*a", "#", "#가",
    "%", "%s", "가%", "ꙮ", "ꙮ0ꙮ", "\xa0", "\u3000", "\t", "“인용”", "(가)", "…", "·", "1", "1.5", "!", "@가", "`", "?", "? 가", "가]", "\u200b",
)  # fmt: skip


@settings(max_examples=3000)
@given(st.sampled_from(HEADS), st.lists(st.sampled_from(HEAD_VALUES), min_size=5, max_size=5))
def test_a_head_of_a_form_met_before_is_what_the_reader_reads(head, values):
    """Whatever heads were read before in this process, a head's values are its own, and at their own places."""
    plain = head.replace("{}", "글").replace("{{", "{").replace("}}", "}")
    made = head.format(*values)

    for met in (plain, plain, made, made):
        read_head(met, 2)

    found, reference = read_head(made, 2), plain_head(made, 2)
    assert (found is None) == (reference is None)
    assert found is None or (seen(found.mapping), found.places) == (seen(reference), places_of(reference))


def test_a_head_is_told_by_its_form():
    """The quick way is worth its lines only if a mirror's heads take it."""
    head = "title: {}\nexcerpt: >\n  {}\nimage: '/a.png'\ntags: [{}, 나]\nsource:\n  name: {}\n"
    for words in ("가나다라", "마바사아", "자차카타"):
        read_head(head.format(*words), 2)

    skeleton = VALUE.split(head.format(*"파하거너"))
    del skeleton[2::4]

    assert isinstance(FORMS.known[GAP.join(skeleton)], Form)


@pytest.mark.parametrize(
    "head",
    [
        "title: 정책 소식을 전합니다\ndate: 2019-12-03 09:30:00 +0900\ncategories:\n  - 국방\n",
        "excerpt: >\n  첫 줄이다.\n  둘째 줄이다.\n\n  새 문단이다.\nimage: 'a.png'\n",
        "license: {id: KOGL-1, evidence: '글'}\ntags: [하천, \"물, 산\"]\n",
        "# 주석\nsource:\n  name: 가\n  # 주석\n  url: https://press.example.go.kr/?a=1#b\nempty:\n",
    ],
)
def test_the_heads_that_posts_have_are_plain(head):
    """The quick way is worth its lines only if nearly every head takes it."""
    assert plain_head(head, 2) is not None


def dumped(element):
    """Return an element as plain values; neighbouring texts count as one."""
    children = []
    for child in element.children:
        if isinstance(child, Element):
            children.append(dumped(child))
        elif children and isinstance(children[-1], str):
            children[-1] += child
        else:
            children.append(child)
    return (element.tag, element.attributes, children)


def read_both(text):
    """Return what the tags and what the nodes of a text give, with their reports; None where the tags give nothing."""
    body = LexborHTMLParser(text).body
    tag_report, node_report = [], []
    quick = read_tags(body.html, tag_report)
    slow = read_nodes(body, node_report)
    found = [
        (
            dumped(reading.root),
            *(list(map(dumped, kind)) for kind in (reading.pictures, reading.links, reading.named, reading.spoken)),
        )
        for reading in (quick, slow)
        if reading is not None
    ]
    return ([found[0], tag_report], [found[1], node_report]) if quick is not None else None


@settings(max_examples=3000)
@given(rows_of(HTML_PIECES).filter(lambda text: LexborHTMLParser(text).body is not None))
def test_tags_give_the_tree_that_nodes_give(text):
    """Two ways to one tree; the page must not depend on which was taken."""
    both = read_both(text)

    if both is not None:
        assert both[0] == both[1]


@pytest.mark.parametrize("tag", TAGS)
def test_every_element_gives_the_same_tree(tag):
    """Which elements have no end tag in Lexbor's markup is written down in our code; this asks Lexbor."""
    text = f'<div>앞<{tag} id="x" style="color:red">안</{tag}>뒤<p>끝</p></div>'

    both = read_both(text)

    assert (both is None) == (tag in LEFT_TO_NODES)
    assert both is None or both[0] == both[1]


@pytest.mark.parametrize(
    "text", ['<p style="color:red">글</p><p>&nbsp;</p>', "<table><tr><td>가<td><a href=/b>나</a></table>"]
)
def test_the_markup_that_posts_have_is_read_by_its_tags(text):
    """The quick way is worth its lines only if nearly every post takes it."""
    assert read_tags(LexborHTMLParser(text).body.html, []) is not None


NAMES = sorted(FLOW | set(CHILDREN))
ATTRIBUTES = (
    "",
    "",
    "",
    ' lang="en"',
    ' dir="rtl" lang="x y"',
    ' id="n1"',
    ' class="c"  style="color:red"',
    '\nhref="/a?b=1&amp;c"',
    ' src="a.png" alt="글"',
)
WORDS = ("", "", " ", "\n", "글", "a&nbsp;b", "A & B", "&lt;b&gt;", "&hellip;", "&amp;lt;", "\xa0", ">", "\f")
ODD_WORDS = ("&copy", "&#38;", "</p>", "<li>", '<p id="a" id="b">', "&ampx;", "<!-- c -->")


@st.composite
def fragments(draw, children=frozenset(FLOW), depth=0):
    """Draw HTML whose elements are closed where they were opened, most of them where they may be."""
    parts = []
    for _ in range(draw(st.integers(0, 3 - depth // 2))):
        name = draw(st.sampled_from(NAMES if draw(st.integers(0, 40)) == 1 else sorted(children)))
        attributes = draw(st.sampled_from(ATTRIBUTES))
        if name in ("br", "hr", "img"):
            parts.append(f"<{name}{attributes}{draw(st.sampled_from(('', '/', ' /')))}>")
        else:
            inner = draw(fragments(CHILDREN.get(name, children), depth + 1)) if depth < 5 else ""
            parts.append(f"<{name}{attributes}>{inner}</{name}>")
        words = ODD_WORDS if draw(st.integers(0, 60)) == 1 else WORDS if children >= {"b"} else (" ", "\n", "")
        parts.append(draw(st.sampled_from(words)))
    return "".join(parts)


@settings(max_examples=1500)
@given(st.one_of(fragments(), rows_of(HTML_PIECES)))
@example("<table><tr><td>가</td></tr></table>글")
@example("<b><p>가</p></b>")
@example("<p>가<b>나<hr></b></p>")
def test_plain_html_is_what_a_parser_reads(text):
    """Reading without a parser may save time; a body must not depend on it."""
    reports = [], []
    plain = read_plain(text, reports[0])

    if plain is not None:
        reference = read_html(text, reports[1])
        for kind in ("pictures", "links", "named", "spoken"):
            assert list(map(dumped, getattr(plain, kind))) == list(map(dumped, getattr(reference, kind)))
        assert dumped(plain.root) == dumped(reference.root)
        assert reports[0] == reports[1]
        assert plain.has_split_words or not has_split_words(plain.root)


def has_split_words(element):
    """Return whether an inline element below holds a block."""
    inner = [child for child in element.children if isinstance(child, Element)]
    is_split = element.tag not in BLOCKS and any(child.tag in BLOCKS for child in inner)
    return is_split or any(map(has_split_words, inner))


@pytest.mark.parametrize(
    "text",
    [
        '<p data-ke-size="size16">글&nbsp;<b><span style="color:red">굵게</span></b></p>\n<p>&hellip;<br /></p>',
        '<table border="1"><tr><td colspan="2">가</td></tr></table>\n<h2 id="x">제목</h2>',
    ],
)
def test_the_html_that_posts_have_is_plain(text):
    """The quick way is worth its lines only if nearly every post takes it."""
    assert read_plain(text, []) is not None


# What posts are made of, and what would tempt a block to be taken for another or its words for quiet ones.
BLOCK_PIECES = (
    '<p data-ke-size="size16">&nbsp;</p>', "<p>{}</p>", "<p>{}<b>{}</b>{}</p>", '<p>{}<b><span style="color:red">{}</span></b> {}</p>',
    '<p><span style="background-color:#ff0">{}</span>{}<br>{}</p>', "<p>{}<br><br>{}</p>", "<p><b>{}</b><strong> {}</strong></p>",
    "<p><em>{} </em>{}<i>{}</i></p>", "<p>{}&nbsp;{}</p>", "<p>\n{}\n</p>", "<ul><li>{}</li><li>{}</li></ul>", "<ol>\n<li>{}</li>\n</ol>",
    "<ul><li>{}<ul><li>{}</li></ul></li></ul>", "<table><tr><td>{}</td><td>{}</td></tr></table>", "<table><tr><th>{}</th></tr></table>",
    '<p><img src="/a.png" alt="{}"></p>', '<p><img src="https://img.example.com/{}.png"></p>', '<p>{}<a href="/b">{}</a></p>',
    '<p>{}<a href="https://qoogle.tistory.com" rel="dofollow">{}</a></p>', '<p><a href="https://qoogle.tistory.com">{}</a></p>',
    '<p>{}<b>{}<a href="https://press.example.go.kr/{}">{}</a></b></p>', '<ol>\n<li><a href="http://{}.example.go.kr/?a=1&amp;b={}">{}</a></li>\n<li>{}</li></ol>',
    '<p><a href="https://a.example/{}">{}</a>{} <a href="https://{}qoogle.tistory.com/">{}</a></p>', '<p>유용한 정보가 필요하시다면 {}<a href="https://a.example/{}">{}</a></p>',
    '<h3><a href="https://a.example/{}">{}</a></h3>', '<p>{}<br><a href="https://a.example/{}">{}</a></p>', '<p>{}<a title="{}" href="https://a.example/">{}</a>{}</p>',
    "<ul><li>자료 출처: 정책브리핑 www.korea.kr</li><li>출처: {}</li></ul>", "<p>{}<span>\u0301</span>{}</p>", "<p><u>나</u>\u11a8</p>",
    '<p><img src="https://qoogle.tistory.com/a.png">{}</p>', '<p><img src="https://i.kr/a.png">유용한 정보가 필요하시다면</p>', '<p><a href="https://a.kr/">{}</a></p>',
    '<p>{}<a href="\x01">{}</a></p>', '<p><a href="\x01">&nbsp;</a></p>', '<p><a href="https://a.example/">&nbsp;</a></p>', '<p>{}<a href="https://a.example/{}">{}</a></p>',
    '<p><a href="#x">{}</a></p>', '<p id="x">{}</p>', "<p><a>{}</a></p>", '<p><a href="javascript:1">{}</a></p>', "<h2>{}</h2>", "<hr>",
    "<h3>{} <b>{}</b></h3>", '<h2 id="x">{}</h2>', '<p id="n-ref1">{}</p>', "<table><tr><td>{}<div>{}</div></td><td>가</td></tr></table>",
    "<ul><li><h4>{}</h4></li></ul>", '<p><abbr title="5%">{}</abbr></p>', "<ul><li><b><p>{}</p></b>{}</li></ul>", "<p>자료 출처: {}</p>", "<table><tr><td>정책 각주</td></tr><tr><td>자료 출처: 정책브리핑 {}</td></tr></table>",
    "<p>출<b>처</b>: {}</p>", "<div>", "</div>", "<b>", "</b>", "<li>", "</li>", "<p>", "</p>", '<hr style="a', '<p title="{}>">{}</p>',
    "<p><script>{}</script></p>", "<p><o:p>{}</o:p></p>", "<blockquote>", "</blockquote>", "\n", " ", "{}", "<!-- {} -->", "<p><u>{}</u>{}</p>",
    '<p>{}<br><b>유용한 정보가 필요하시다면 <a href="https://onioninfo.kr/1">{}</a></b></p>', '<p>{} 032-223-7528<br>{}<br>유용한 정보가 필요하시다면 <a href="https://onioninfo.kr/1">{}</a><br>{}</p>',
    "<p>출처: {} https://a.example/{}</p>", "<p>{}. (출처: {})</p>", "<p>출처: 통계청</p>", '<p style="text-decoration:line-through">{}</p>',
    '<p>{}<b style="vertical-align: super">{}</b><u style="text-decoration:underline line-through">{}</u></p>', "<li>{}</li><li>{}</li>",
    '<p>{}. 유용한 정보가 필요하시다면 <a href="https://onioninfo.kr/1">{}</a></p>', "<pre>{}<table><tr><td>{}</td></tr></table></pre>",
    '<p>{}<span lang="en">{}</span></p>', '<p lang="EN-US">{}</p>', '<p dir="rtl">{}</p>', "<p>[출처] {}(www.korea.kr)</p>", "<p>{}<br>[출처] {}</p>", '<p><img src="/a.png" width="30">{}</p>', '<p><img src="/a.png" loading="lazy">{}</p>',
)  # fmt: skip
QUIET_WORDS = (
    "글",
    "words",
    "정책을 알린다.",
    "R&amp;D",
    "R&D",
    "가 > 나",
    "5%",
    "%s",
    "{0}",
    "⟦0⟧",
    'a"b',
    "'",
    "&lt;b&gt;",
    "①",
)
ODD_BODY_WORDS = (
    "", " ", "  ", "\xa0", "&nbsp;", "&nbsp;글", "글&nbsp;", "&nbsp;출처: 정책브리핑", "\u200b", "출처", "출 처", "출처: 정책브리핑", "출처를 밝힌다", "수출 처리", "출", "처 글", "출처 한국은행 www.bok.or.kr", "https://www.korea.kr", "유용한 정보가 필요하시다면", "&copy;", "&copy", "\u1100\u1161",
    "\u11a8", "\u0301", "글  글", "글\n글", "\t", "&#8203;", "x" * 130, "구독", "\ue000", "⟦", "&hellip;", "&notit;", "&", "<3",
)  # fmt: skip


@st.composite
def posts(draw):
    """Draw a body of blocks as posts have them, with quiet words and odd ones in them."""
    body = ""
    for piece in draw(st.lists(st.sampled_from(BLOCK_PIECES), min_size=1, max_size=8)):
        for part in re.split(r"(\{\})", piece):
            words = ODD_BODY_WORDS if draw(st.integers(0, 7)) == 1 else QUIET_WORDS
            body += draw(st.sampled_from(words)) if part == "{}" else part
    for _ in range(draw(st.integers(0, 2))):  # and anywhere, in a tag even
        place = draw(st.integers(0, len(body)))
        body = body[:place] + draw(st.sampled_from(ODD_BODY_WORDS)) + body[place:]
    return body


LEAD = Pictures(lead="/a.png", licensed=frozenset())
HEADS = (NOTHING_KNOWN, Known(Source(name="통계청"), is_sure=True), Known(is_sure=True))
CLEANERS = (
    Cleaning(),
    Cleaning(promo_hosts=(), promo_phrases=()),
    Cleaning(disable=("promo", "credit")),
    Cleaning(pictures=frozenset({"a.png"}), base_path="/x/"),
    Cleaning(pictures=frozenset({"a.png"}), sizes=(("a.png", 640, 480),)),
)


@settings(max_examples=3000)
@given(
    posts(),
    st.sampled_from(CLEANERS),
    st.sampled_from((ALL_PICTURES, LEAD)),
    st.sampled_from(HEADS),
    st.sampled_from(("html", "markdown")),
)
@example('<hr style="a<p>글</p><ul><li>글</li></ul>">', CLEANERS[0], ALL_PICTURES, HEADS[0], "html")
@example('<h2 id="x">글</h2>\n<p><a href="#x">글</a></p>', CLEANERS[0], ALL_PICTURES, HEADS[0], "html")
@example("<p>글 <b>&nbsp;글</b></p>", CLEANERS[0], ALL_PICTURES, HEADS[0], "html")
@example(
    "<p>글</p><ul><li>자료 출처: 정책브리핑 www.korea.kr</li><li>출처: 통계청</li></ul><p>글</p>",
    CLEANERS[0],
    ALL_PICTURES,
    HEADS[0],
    "html",
)
@example(
    "<p>글</p><table><tr><td>가나다. (출처: 정책브리핑 www.korea.kr)</td><td>라마바. (출처: 통계청)</td></tr></table><p>글</p>",
    CLEANERS[0],
    ALL_PICTURES,
    HEADS[0],
    "html",
)
@example(
    '<p><img src="https://qoogle.tistory.com/a.png">글</p><p><a href="https://a.kr/">글</a></p>',
    CLEANERS[0],
    ALL_PICTURES,
    HEADS[0],
    "html",
)
@example("<p>e<span>\u0301</span></p>", CLEANERS[0], ALL_PICTURES, HEADS[0], "html")
@example("<p><u>나</u>\u11a8</p>", CLEANERS[0], ALL_PICTURES, HEADS[0], "markdown")
@example("<p>https://www.korea.kr</p><p><a href='/b'>글</a></p>", CLEANERS[0], ALL_PICTURES, HEADS[0], "markdown")
def test_a_block_met_before_becomes_what_it_became(text, cleaner, pictures, known, kind):
    """Whatever was cleaned before in this process, a body is what it would be alone, to the last removal."""

    def body(*, is_quick):
        work = Work(settings=cleaner, pictures=pictures, known=known, is_markdown=kind == "markdown")
        flat = write_flat(text, work) if is_quick else None
        washed = Washed(flat or write_tree(text, work), work)
        return finished(washed, gate(washed.written.html))

    assert [body(is_quick=True) for _ in range(3)] == [body(is_quick=False)] * 3


@pytest.mark.parametrize(
    "piece",
    ["가 > ", '<a "', '<a " "', "<p>", "<p><ul><table><h1>", "<p>&nbsp;", "<p>가 <a href='x'>", "> " + " " * 50],
)
def test_a_long_body_is_cut_in_time_in_proportion(piece):
    """A page of 100,000 brackets would otherwise hold up the build for hours: nobody stops a search that is quadratic."""
    text = f"<p>글</p>{piece * 40_000}"
    started = time.process_time()

    write_flat(text, Work(settings=Cleaning()))

    assert time.process_time() - started < 10  # a second at most here; minutes where it is quadratic


def test_the_blocks_that_posts_have_are_known_when_they_come_again():
    """The quick way is worth its lines only if nearly every block takes it."""
    made = '<p data-ke-size="size16">&nbsp;</p>\n<p>{}<b><span style="color:red">{}</span></b> {}</p>\n<ul><li>{}</li></ul><h2>{}</h2>'
    for words in ("가나다라하", "마바사아호"):
        clean_html(made.format(*words))
    row = Row(known_under(Cleaning(), is_markdown=False), ALL_PICTURES)

    assert row.read(made.format(*"자차카타바"))
    assert [type(part.form) for part in row.parts] == [Settled, Shape, Shape, Shape]


@settings(max_examples=2000)
@given(rows_of(MARKDOWN_PIECES).filter(lambda text: not is_html(text)))
def test_quick_markdown_gives_the_body_that_the_reference_gives(text):
    """A second parser may save time; it may not have a taste of its own."""
    quick = quick_markdown(text)

    if quick is not None:
        assert clean_html(quick) == clean_html(reference_markdown(text))


@pytest.mark.parametrize(
    "text",
    [
        "□ 관세청은 **전략물자**를 적발했다.\n\nㅇ 자세한 내용은 [누리집](https://press.example.go.kr/1)에 있다.\n",
        "## 운임\n\n**출발** | **도착**  \n---|---  \n10:10 | 12:01  \n\n  * 예약하세요.\n",
        '![배](/ship.png)\n\n<p data-ke-size="size16">글 (https://press.example.go.kr/1)</p>\n\n끝.\n',
    ],
)
def test_the_markdown_that_posts_have_is_quick(text):
    """The quick way is worth its lines only if nearly every post takes it."""
    assert quick_markdown(text) is not None
