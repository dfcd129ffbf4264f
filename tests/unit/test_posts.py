"""Posts of old blogs, Jekyll's and WordPress's: cleaned for good, broken heads repaired, every key accounted for."""

import re
import time

import pytest

from sitegen.errors import ContentError
from sitegen.importers.profiles import choose, named
from sitegen.importers.wordpress import files_in
from sitegen.model import BodyFormat
from tests.conftest import CAPTURES, captured, made

POST = """---
title: {title}
categories:
  - 환경
excerpt: >
  강물을 살리는 일을 함께 의논했다.
feature_text: >
  ## 오늘의 강물 소식
image: '/img/river.png'
---

<p><img src="/img/river.png" alt="표지" /></p>
<p data-ke-size="size16">&nbsp;</p>
<h2 data-ke-size="size26">함께 걷는 강</h2>
<p><b><span style="color: #ee2323;">하천환경청은</span></b> 나루천을 걸었다.</p>
<p>문의는 하천환경청 물길관리과(044-000-0000)로 하면 된다.</p>
<p>유용한 생활 정보가 필요하시다면, <a href="https://qoogle.tistory.com" rel="dofollow">qoogle.tistory.com</a></p>
<table><tr><td>자료 출처</td></tr><tr><td>정책브리핑 https://www.korea.kr</td></tr></table>
"""


def post(title="강물 소식", name="2024-05-14-7.md"):
    """Return the draft of a blog post."""
    (draft,) = named("post").read(made(POST.format(title=title), name))
    return draft


def test_a_post_is_made_clean_for_good():
    """The source goes into the head, the advertisement goes, the words stay."""
    draft = post()

    assert draft.body == (
        "<h2>함께 걷는 강</h2>\n<p><strong>하천환경청은</strong> 나루천을 걸었다.</p>\n"
        "<p>문의는 하천환경청 물길관리과(044-000-0000)로 하면 된다.</p>"
    )
    assert (draft.source.name, draft.source.site) == ("정책브리핑", "https://www.korea.kr")
    assert [(item.org, item.unit, item.tel) for item in draft.contacts] == [
        ("하천환경청", "물길관리과", "044-000-0000")
    ]
    assert f"{draft.published:%Y-%m-%d}" == "2024-05-14"
    assert draft.summary == "강물을 살리는 일을 함께 의논했다."
    assert draft.dropped["promo-removed"] == 1
    assert draft.dropped["attribution-table->source"] == 1


def test_a_markdown_post_stays_markdown():
    """An author goes on writing in it."""
    (draft,) = named("post").read(made("---\ntitle: 강\n---\n\n## 강\n\n* 물 **맑다**.\n", "a.md"))

    assert draft.body == "## 강\n\n* 물 **맑다**."
    assert draft.body_format is BodyFormat.MARKDOWN


@pytest.mark.parametrize(
    ("title", "read_as", "repairs"),
    [
        ("[속보] 강물이 맑아졌다", "[속보] 강물이 맑아졌다", ("quoted",)),
        ("`강물` 살리기", "`강물` 살리기", ("quoted",)),
        ("강물: 살아나다", "강물: 살아나다", ("quoted",)),
        ("그의 '강물' 이야기: 둘", "그의 '강물' 이야기: 둘", ("quoted",)),
        ('"강물" 살리기', '"강물" 살리기', ("quoted",)),
        (
            "강물이 맑아졌다는 소식\n여기서 이어지는 제목",
            "강물이 맑아졌다는 소식 여기서 이어지는 제목",
            ("joined-lines",),
        ),
        ("강물\ntitle: 다른 강물", "강물", ("doubled-key",)),
        ("강물\ntags:\n\t- 물", "강물", ("tab",)),
    ],
)
def test_a_broken_head_is_repaired_and_the_repair_is_named(title, read_as, repairs):
    """Eight of six thousand real posts were lost to a bracket."""
    draft = post(title)

    assert draft.title == read_as
    assert draft.repairs == repairs
    assert draft.categories == ("환경",)


@pytest.mark.parametrize(
    ("name", "categories"),
    [("blog/_posts/2024-08-08-a.md", ("안전", "건설")), ("blog/2024-08-08-a.md", ("안전 건설",))],
)
def test_a_lone_post_keeps_the_categories_that_its_blog_gave_it(name, categories):
    """Jekyll cuts those of its posts at spaces, whoever takes one file out of it."""
    (draft,) = named("post").read(made("---\ntitle: 글\ncategories: 안전 건설\n---\n글\n", name))

    assert draft.categories == categories


def test_a_repair_leaves_sound_lines_alone():
    """A remark behind a value is none of its words, whatever is broken elsewhere."""
    text = "---\ntitle: [속보] 강물\ndate: 2024-08-08 # 발표일\ndraft: true # 아직\ntags: [물, '둑 #1'] # 낱말\nsubtitle: 제1회 #함께 행사\n---\n글\n"

    (draft,) = named("post").read(made(text, "capture.md"))

    assert (draft.title, draft.subtitle, draft.tags, draft.draft) == (
        "[속보] 강물",
        "제1회 #함께 행사",
        ("물", "둑 #1"),
        True,
    )
    assert f"{draft.published:%Y-%m-%d}" == "2024-08-08"
    assert draft.repairs == ("quoted",)


def test_a_blank_behind_the_mark_of_a_head_does_not_matter():
    """The build reads such a head; so does whoever imports the file."""
    profile, _ = choose(made("--- \ntitle: 강물\ndate: 2024-08-08\n---\n글\n", "a.md"))

    assert profile.name == "post"


def test_a_sound_head_is_not_touched():
    """A repair that nobody needed would be a change nobody asked for."""
    assert post("'[속보] 강물'").repairs == ()
    assert post("'[속보] 강물'").title == "[속보] 강물"


def test_a_head_without_one_reading_is_refused():
    """What could mean two things is a person's to decide."""
    with pytest.raises(ContentError, match=r"capture\.md:4:.*FM001"):
        named("post").read(made("---\nsource:\n   name: 가\n  url: 나\n---\n글\n", "capture.md"))


def test_what_is_said_of_a_markdown_post_is_what_was_done_to_it():
    """Its body is kept as it is written, so nothing of it is dropped."""
    text = "---\ntitle: 강\n---\n\n[광고](https://qoogle.tistory.com)\n\n자료 출처: 정책브리핑 https://www.korea.kr\n"

    (draft,) = named("post").read(made(text, "a.md"))

    assert "qoogle.tistory.com" in draft.body
    assert draft.dropped == {}


def test_every_key_of_a_post_is_accounted_for():
    """A key of another generator is named as dropped; one nobody knows is for a person to look at."""
    draft = post("강물\nlayout: post\nmood: 맑음")

    dropped = {line.text for line in draft.lines if line.rule == "other-key"}

    assert dropped == {"feature_text: ## 오늘의 강물 소식", "layout: post"}
    assert draft.unplaced == ("mood: 맑음",)


def test_a_key_without_a_place_keeps_its_value():
    """Who wrote an article must not be lost because no content file says it."""
    draft = post('강물\nauthors: [김나루, {name: 이마루, role: 기자}]\nweight: 3\nnotes: "' + "가나" * 200 + '"')

    assert draft.unread_keys == ("authors", "weight", "notes")
    assert draft.unplaced[:2] == ('authors: ["김나루", {"name": "이마루", "role": "기자"}]', "weight: 3")
    assert draft.unplaced[2] == f"notes: {'가나' * 96}가…"
    assert draft.lost == ()


def test_a_wordpress_export_gives_its_posts():
    """Lines become paragraphs, short codes stay words, drafts stay drafts, what was thrown away stays away."""
    profile, _ = choose(captured("wordpress.xml"))
    post, draft = profile.read(captured("wordpress.xml"))

    assert profile.name == "wordpress"
    assert (post.title, post.summary, post.categories, post.tags) == (
        "강물 & 둑",
        "강물 소식을 전한다.",
        ("환경",),
        ("강",),
    )
    assert (post.published.isoformat(), post.updated.isoformat()) == (
        "2024-05-14T10:30:00+09:00",
        "2024-05-20T09:00:00+09:00",
    )
    assert (post.aliases, post.order, post.draft) == (("/2024/05/river/",), 41, False)
    assert post.body == '<p>강물이 <strong>흐른다</strong>.<br>둑은 튼튼하다.</p>\n<p>[gallery ids="1,2"]</p>'
    assert (post.source.name, post.source.site) == ("정책브리핑", "https://www.korea.kr")
    assert post.unplaced == ("colour: 파랑",)
    assert {"comment": 1, "postmeta": 1, "no-article": 2}.items() <= post.dropped.items()
    assert (draft.draft, draft.aliases, draft.body, draft.published.day) == (True, (), "<p>아직</p>", 15)


def test_the_old_editors_lines_stay_paragraphs_beside_blocks():
    """A heading in a post says nothing of the lines around it."""
    text = "첫 단락이다.\n둘째 줄.\n\n<h2>제목</h2>\n셋째.\n\n넷째.\n<ul>\n<li>가</li>\n</ul>\n<pre>a\n\nb</pre>"
    export = (CAPTURES / "wordpress.xml").read_text("utf-8")
    start, end = export.index("강물이 <b>"), export.index("]]></content")
    capture = made(export[:start] + text + export[end:])

    post = named("wordpress").read(capture)[0]

    assert post.body == (
        "<p>첫 단락이다.<br>둘째 줄.</p>\n<h2>제목</h2>\n<p>셋째.</p>\n<p>넷째.</p>\n<ul><li>가</li></ul>\n<pre>a\n\nb</pre>"
    )


def test_what_wordpress_shows_of_its_own_marks_is_shown():
    """The old editor wrote one around every picture with words; the others are told, for they stand as text."""
    text = (
        '[caption id="a_5" width="300"]<a href="/b"><img src="/i/a.jpg" alt="둑"></a> 고친 둑[/caption]\n\n'
        "[embed]https://v.example/1?a=1&amp;b=2[/embed] [youtube=https://youtu.be/abc]\n\n[사진] [gallery ids=1]\n\n"
        '[caption id="a_6" caption="옛 둑"]<img src="/i/b.jpg" alt="둑">[/caption] [caption]글[/caption]'
    )
    export = (CAPTURES / "wordpress.xml").read_text("utf-8")
    start, end = export.index("강물이 <b>"), export.index("]]></content")

    post = named("wordpress").read(made(export[:start] + text + export[end:]))[0]

    assert post.body == (
        '<figure><a href="/b"><img src="/i/a.jpg" alt="둑"></a><figcaption>고친 둑</figcaption></figure>\n'
        '<p><a href="https://v.example/1?a=1&amp;b=2">https://v.example/1?a=1&amp;b=2</a></p>\n'
        '<p><a href="https://youtu.be/abc">https://youtu.be/abc</a></p>\n<p>[사진] [gallery ids=1]</p>\n'
        '<figure><img src="/i/b.jpg" alt="둑"><figcaption>옛 둑</figcaption></figure>\n<p>[caption]글[/caption]</p>'
    )


def exported(*items, address="https://naru.example.kr/blog"):
    """Return an export file of these items: (number, type, text) and further elements."""
    written = "".join(
        f"<item><title>글 {number}</title><link>{address}/2026/{number}/</link><content:encoded><![CDATA[{text}]]></content:encoded>"
        f"<wp:post_id>{number}</wp:post_id><wp:post_date>2026-03-0{number} 10:00:00</wp:post_date><wp:status>publish</wp:status>"
        f"<wp:post_type>{kind}</wp:post_type>{''.join(more)}</item>"
        for number, kind, text, *more in items
    )
    spaces = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"'
    return made(f"<rss {spaces}><channel><link>{address}</link>{written}</channel></rss>")


@pytest.mark.parametrize(
    ("text", "body"),
    [
        (
            "첫 줄\n둘째 줄\n\n셋째\n\n<!-- wp:paragraph -->\n<p>새 것</p>\n<!-- /wp:paragraph -->\n\n넷째\n\n다섯째",
            "<p>첫 줄<br>둘째 줄</p>\n<p>셋째</p>\n<p>새 것</p>\n<p>넷째</p>\n<p>다섯째</p>",
        ),
        ("<!-- wp:freeform -->\n하나\n\n둘\n<!-- /wp:freeform -->", "<p>하나</p>\n<p>둘</p>"),
        (
            '<!-- wp:group {"a":{"b":1}} --><div><!-- wp:paragraph --><p>가\n나</p><!-- /wp:paragraph -->\n\n</div><!-- /wp:group -->',
            "<p>가 나</p>",
        ),
        (
            '[caption id="a"]<img src="/i/a.jpg" alt="강"> 강가 [사진=나루청] 모습[/caption]',
            '<figure><img src="/i/a.jpg" alt="강"><figcaption>강가 [사진=나루청] 모습</figcaption></figure>',
        ),
        (
            '<div><a href="https://a.example/r.hwp">보고서</a><a href="https://a.example/r.hwp" class="wp-block-file__button">다운로드</a></div>',
            '<p><a href="https://a.example/r.hwp">보고서</a> <a href="https://a.example/r.hwp">다운로드</a></p>',
        ),
    ],
    ids=["outside", "freeform", "inside", "caption", "file"],
)
def test_a_post_of_both_editors_keeps_the_lines_of_each(text, body):
    """One block in an old post is enough for its other paragraphs to run together."""
    (draft,) = named("wordpress").read(exported((1, "post", text)))

    assert draft.body == body


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("https://naru.example.kr/blog/2026/2/", "/2026/2/"),
        ("//naru.example.kr/blog/2026/2/#둑", "/2026/2/#둑"),
        ("/blog/2026/2/", "/2026/2/"),
        ("https://naru.example.kr/blog/?p=2", "/2026/2/"),
        ("/blog/?page_id=2#둑", "/2026/2/#둑"),
        ("https://naru.example.kr/blog/?p=9", "https://naru.example.kr/blog/?p=9"),
        ("https://naru.example.kr/blog/?p=3", "https://naru.example.kr/blog/?p=3"),
        ("/blog/?p=4#둑", "https://naru.example.kr/blog/?p=4#둑"),
        ("/blog/?p=5", "https://naru.example.kr/blog/?p=5"),
        ("https://naru.example.kr/shop/2/", "https://naru.example.kr/shop/2/"),
        ("https://naru.example.kr.example/blog/2/", "https://naru.example.kr.example/blog/2/"),
        ("/blogs/2/", "/blogs/2/"),
        ("/blog", "/blog"),
        ("/blog#둑", "/blog#둑"),
        ("https://other.example/?p=2", "https://other.example/?p=2"),
        ("/blog/a&amp;b/", "/a&amp;b/"),
    ],
)
def test_a_link_to_another_post_leads_to_it(written, read):
    """The old site is gone, and its posts are here, whichever way they were named."""
    text = f'<p><a href="{written}">앞 글</a></p>'

    others = [(3, "attachment", ""), (4, "wp_template", "넷"), (5, "post", "다섯")]
    export = exported((1, "post", text), (2, "page", "둘"), *others).text
    trashed = re.sub(r"(<wp:post_id>5<.*?<wp:status>)publish", r"\1trash", export)

    draft, _ = named("wordpress").read(made(trashed))

    assert draft.body == f'<p><a href="{read}">앞 글</a></p>'


FILE = "/wp-content/uploads/2026/a.hwp"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (f"https://naru.example.kr/blog{FILE}", FILE),
        (f"https://naru.example.kr/blog{FILE}?ver=2", FILE),
        (f"/blog{FILE}", FILE),
        (FILE, FILE),
        (FILE[1:], FILE),
        (f"../..{FILE}", FILE),
        ("/blog/?attachment_id=3", FILE),
        ("https://naru.example.kr/blog/?attachment_id=3", FILE),
        ("/blog/2026/3/", FILE),
        ("https://naru.example.kr/blog/2026/3", FILE),
        ("/blog/?attachment_id=4", "https://cdn.example/b.hwp"),
        ("/blog/?attachment_id=9", "https://naru.example.kr/blog/?attachment_id=9"),
        (f"https://naru.example.kr/shop{FILE}", f"https://naru.example.kr/shop{FILE}"),
        (f"https://naru.example.kr{FILE}", f"https://naru.example.kr{FILE}"),
        (f"https://other.example{FILE}", f"https://other.example{FILE}"),
    ],
)
def test_a_link_to_an_uploaded_file_leads_to_it_from_the_root(written, read):
    """However the old site named it, it will lie under `static/wp-content/uploads`; the page that showed it is gone."""
    address = "<wp:attachment_url>{}</wp:attachment_url>"
    files = [
        (3, "attachment", "", address.format(f"http://naru.example.kr/blog{FILE}")),
        (4, "attachment", "", address.format("https://cdn.example/b.hwp")),
    ]

    (draft,) = named("wordpress").read(exported((1, "post", f'<p><a href="{written}">붙임</a></p>'), *files))

    assert draft.body == f'<p><a href="{read}">붙임</a></p>'
    assert files_in(draft) == ([FILE] if read == FILE else [])


@pytest.mark.parametrize("written", ["/blog/wp-content/uploads/a.jpg", "wp-content/uploads/a.jpg?w=300"])
def test_a_picture_that_was_uploaded_and_has_no_host_is_asked_for(written):
    """At the address that the old site wrote there will be nothing."""
    (draft,) = named("wordpress").read(exported((1, "post", f'<p>강 <img src="{written}" alt="둑"></p>')))

    assert files_in(draft) == ["/wp-content/uploads/a.jpg"]


def test_notes_of_a_post_stand_below_it():
    """The block editor keeps them in a field of the post, which nobody would miss until a reader asks."""
    text = '<p>강물<sup data-fn="a-1" class="fn"><a href="#a-1" id="a-1-link">1</a></sup>이 흐른다.</p>'
    field = '[{"content":"물가를 <em>뺀</em> 것","id":"a-1"},{"content":7}]'
    notes = f"<wp:postmeta><wp:meta_key>footnotes</wp:meta_key><wp:meta_value><![CDATA[{field}]]></wp:meta_value></wp:postmeta>"
    block = "<!-- wp:footnotes /-->"

    below, inside = named("wordpress").read(
        exported((1, "post", text, notes), (2, "post", f"{text}{block}<p>끝</p>", notes))
    )

    marked = (
        '<p>강물<sup><a href="#n-a-1">1</a></sup>이 흐른다.</p>\n<ol><li id="n-a-1">물가를 <em>뺀</em> 것</li></ol>'
    )
    assert below.body == marked
    assert inside.body == f"{marked}\n<p>끝</p>"
    assert below.dropped.get("postmeta") is None


def test_blocks_that_several_posts_reuse_stand_in_each():
    """An office's address is written once; where it is missing, or stands in itself, that is told."""
    mark = '<!-- wp:block {{"ref":{}}} /-->'.format
    items = [
        (1, "post", f"<!-- wp:paragraph --><p>글</p><!-- /wp:paragraph -->{mark(7)}{mark(9)}"),
        (7, "wp_block", f"<!-- wp:paragraph --><p>문의: 하천과</p><!-- /wp:paragraph -->{mark(8)}"),
        (8, "wp_block", f"<!-- wp:paragraph --><p>전화</p><!-- /wp:paragraph -->{mark(7)}{mark(8)}"),
    ]

    (draft,) = named("wordpress").read(exported(*items))

    assert draft.body == "<p>글</p>\n<p>문의: 하천과</p>\n<p>전화</p>"
    assert draft.unplaced == (mark(7), mark(8), mark(9))  # the first two each in itself
    assert draft.dropped["no-article"] == 2


def test_blocks_in_blocks_in_blocks_stay_small():
    """A thousand copies of a thousand copies are no text of anybody's."""
    items = [
        (number, "wp_block", f'글<!-- wp:block {{"ref":{number % 9 + 1}}} /-->' * 1_000) for number in range(1, 10)
    ]

    drafts = named("wordpress").read(exported((1, "post", items[0][2]), *items[1:]))

    assert len(drafts[0].body) < 3_000_000


def test_a_post_reuses_what_its_budget_allows():
    """Fifty of fifty of fifty took hours, each of them filled in anew; what is too much is told."""
    mark = '<!-- wp:block {{"ref":{}}} /-->'.format
    items = [
        (1, "post", mark(2) * 50),
        (2, "wp_block", mark(3) * 50),
        (3, "wp_block", mark(4) * 50),
        (4, "wp_block", "<p>글</p>" * 500),
    ]

    (draft,) = named("wordpress").read(exported(*items))

    assert 50_000 < draft.body.count("글") <= 100_000
    assert {mark(2), mark(4)} <= {*draft.unplaced}


def test_items_of_other_types_are_imported_where_readers_met_them():
    """A site's own `press` is what it was made for; orders and forms of its plugins have no address and stay out."""
    order = (
        exported((3, "shop_order", "주문")).text.partition("<item>")[2].replace("/2026/3/", "/?post_type=shop_order")
    )
    term = '<category domain="press_category" nicename="a">환경</category><category domain="language">ko</category>'
    capture = exported((1, "press", "<p>발표</p>", term), (2, "press", ""), (4, "shop_item", ""))
    capture = made(capture.text.replace("</channel>", f"<item>{order}".removesuffix("</channel></rss>") + "</channel>"))

    drafts = named("wordpress").read(capture)

    assert [draft.title for draft in drafts] == ["글 1", "글 2"]
    assert drafts[0].categories == ("환경",)
    assert drafts[0].dropped == {"other-term": 1, "other-type": 2}


def test_an_export_without_articles_says_what_it_holds():
    """`No text` is no help to whoever chose the wrong box."""
    with pytest.raises(ContentError) as caught:
        named("wordpress").read(exported((1, "attachment", ""), (2, "attachment", ""), (3, "faq", "")))

    assert caught.value.problem.code == "IMP015"
    assert dict(caught.value.problem.details) == {"types": "attachment 2, faq 1"}


def test_a_figure_in_an_excerpt_stays_one():
    """10³ is neither 103 nor 10 and 3."""
    excerpt = '<e:encoded xmlns:e="http://wordpress.org/export/1.2/excerpt/"><![CDATA[둑 10<sup>3</sup>개<b>를</b>]]></e:encoded>'

    (draft,) = named("wordpress").read(exported((1, "post", "글", excerpt)))

    assert draft.summary == "둑 10³개를"


def test_what_only_the_old_site_could_show_is_told():
    """A list of the latest posts is made anew; a plugin's block may hold words."""
    text = '<p>글</p><!-- wp:latest-posts /--><!-- wp:acf/press {"data":{"a":"말"}} /--><!-- wp:spacer /-->'

    (draft,) = named("wordpress").read(exported((1, "post", text)))

    assert draft.unplaced == ('<!-- wp:acf/press {"data":{"a":"말"}} /-->',)
    assert draft.dropped["made-by-site"] == 1


@pytest.mark.parametrize("sign", ["\x0b", "&#11;", "&#x1F;", "\x00"])
def test_a_character_that_no_xml_may_hold_costs_one_character(sign):
    """A line break that a word processor left in one post of a thousand refused them all."""
    capture = exported((1, "post", "첫째"), (2, "post", f"둘{sign}째"))

    first, second = named("wordpress").read(capture)

    assert (first.doubts, second.body) == ((), "<p>둘 째</p>")
    assert second.doubts == ("characters that no XML may hold were taken out: compare it with the original",)


def test_marks_that_never_end_are_read_in_time_in_proportion():
    """A post of brackets must not hold up the import."""
    export = (CAPTURES / "wordpress.xml").read_text("utf-8")
    start, end = export.index("강물이 <b>"), export.index("]]></content")
    text = "[caption]<img>" * 20_000 + "[youtube http://a " * 20_000 + '<!-- wp:a {"' * 20_000 + "[caption] [a" * 20_000
    started = time.process_time()

    named("wordpress").read(made(export[:start] + text + export[end:]))

    assert time.process_time() - started < 20  # two seconds here; minutes where it is quadratic
