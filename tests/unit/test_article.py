"""A content file → an article: the dialects of other generators in one vocabulary."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from sitegen.errors import ContentError
from sitegen.messages import hint_of, message_of
from sitegen.model import Attachment, BodyFormat, Contact, Kind, Media, NoticeKind, Source, SourceFile
from sitegen.problems import Where
from sitegen.read.article import FIELDS, FIELDS_WITHIN, parse_article

SEOUL = ZoneInfo("Asia/Seoul")


def read(head, body="본문\n", path="articles/2024/05/a.md", folder="content"):
    """Return the article of a file with a YAML head, and its unread keys."""
    data = f"---\n{head}\n---\n{body}".encode()
    return parse_article(SourceFile(path=path, shown=f"{folder}/{path}", data=data), SEOUL)


def day(year, month, date):
    """Return a day as articles carry it."""
    return datetime(year, month, date, tzinfo=SEOUL)


def test_our_own_head_is_read_in_full():
    """Every field has its place on the page; one that is lost here is lost for good."""
    head = """title: 하천 정비 계획
subtitle: 다섯 해 동안
description: 요약
date: 2024-05-03
updated: 2024-05-04 10:00
embargo_until: 2024-05-03 09:00
kind: press-release
agency: [하천환경청]
categories: [환경]
tags: [하천, 정비]
image: /img/a.jpg
source: {name: 견본브리핑, site: 'https://press.example.go.kr', url: 'https://press.example.go.kr/1', id: '7'}
license: {id: KOGL-1, ai: true, scope: all, evidence: {kind: page-mark, text: 제1유형, seen: '2024-05-03'}}
media: [{src: /img/a.jpg, license: KOGL-1, credit: 하천환경청}]
attachments: [{label: 붙임 1, url: 'https://press.example.go.kr/1.pdf'}, 붙임 2, 'https://press.example.go.kr/3.pdf']
contacts: [{org: 하천환경청, unit: 정비과, tel: 044-000-0000}, 견본과]
changes: [summary]
notice: {kind: replaced, date: '2024-06-01', reason: 고침, replaced_by: /2024/06/b/}
lang: ko
draft: true
aliases: [/old/a/]
permalink: /special/a/
slug: b"""

    article, unread = read(head)

    assert unread == ()
    assert (article.title, article.subtitle, article.summary) == ("하천 정비 계획", "다섯 해 동안", "요약")
    assert article.published == day(2024, 5, 3)
    assert article.kind is Kind.PRESS_RELEASE
    assert (article.agencies, article.categories, article.tags) == (("하천환경청",), ("환경",), ("하천", "정비"))
    assert (article.source.name, article.source.id) == ("견본브리핑", "7")
    assert (article.licence.id, article.licence.ai, article.licence.scope) == ("KOGL-1", True, "all")
    assert article.licence.evidence.text == "제1유형"
    assert article.media == (Media(src="/img/a.jpg", license="KOGL-1", credit="하천환경청"),)
    assert article.attachments[1:] == (
        Attachment(label="붙임 2"),
        Attachment(label="https://press.example.go.kr/3.pdf", url="https://press.example.go.kr/3.pdf"),
    )
    assert article.contacts[1] == Contact(org="견본과")
    assert article.notice.kind is NoticeKind.REPLACED
    assert (article.slug, article.permalink, article.aliases) == ("b", "/special/a/", ("/old/a/",))
    assert article.draft


def test_a_jekyll_post_is_read_as_it_is():
    """A folder of Jekyll posts must build on the first try."""
    head = """layout: post
title: "빗물 저금통 &amp; 안내"
category: 환경
tag: 빗물, 생활
redirect_from: [/old/]
feature_text: |
  큰 글
image: {path: /img/a.jpg, alt: 그림}
last_modified_at: 2024-05-04
excerpt: 한 줄
comments: true"""

    article, unread = read(head, path="_posts/2024-05-03-빗물-저금통.md")

    assert unread == ()
    assert article.title == "빗물 저금통 & 안내"
    assert article.published == day(2024, 5, 3)
    assert article.slug == "빗물-저금통"
    assert (article.categories, article.tags) == (("환경",), ("빗물", "생활"))
    assert (article.aliases, article.image, article.summary) == (("/old/",), "/img/a.jpg", "한 줄")
    assert article.updated == day(2024, 5, 4)


@pytest.mark.parametrize(
    ("head", "path", "terms"),
    [
        ("categories: 경제 산업\ntags: '수출 관세'", "_posts/2024-05-03-a.md", (("경제", "산업"), ("수출", "관세"))),
        (
            "category: 경제 산업\ntags: 수출 규제, 관세",
            "_posts/2024-05-03-a.md",
            (("경제 산업",), ("수출 규제", "관세")),
        ),
        ("categories: 경제 산업\ntags: [수출 관세]", "articles/a.md", (("경제 산업",), ("수출 관세",))),
        (
            "categories: [경제]\ncategory: 산업\ntag: 수출\ntags: 관세",
            "articles/a.md",
            (("경제", "산업"), ("관세", "수출")),
        ),
    ],
)
def test_terms_are_cut_as_jekyll_cuts_those_of_its_posts(head, path, terms):
    """A post must stand in the lists it stood in; a second spelling adds to the first."""
    article, unread = read(f"title: 글\n{head}", path=path)

    assert (article.categories, article.tags) == terms
    assert unread == ()


def test_where_the_content_folder_lies_changes_no_article():
    """The same content gave other categories below a folder of the name `_posts`."""
    article, _ = read("categories: 경제 산업", path="articles/a.md", folder="/home/_posts/mirror/content")

    assert article.categories == ("경제 산업",)


@pytest.mark.parametrize(
    ("agency", "names"),
    [
        ("Ministry of Trade, Industry and Energy", ("Ministry of Trade, Industry and Energy",)),
        ("하천관리청, KDI", ("하천관리청", "KDI")),
        ('"하천관리청, 나루시"', ("하천관리청", "나루시")),
        ("[Ministry of Trade, 하천관리청]", ("Ministry of Trade", "하천관리청")),
    ],
)
def test_a_comma_belongs_to_an_english_agency(agency, names):
    """Ministries are named with commas in English, and listed with commas in Korean."""
    article, _ = read(f"title: 글\nagency: {agency}")

    assert article.agencies == names


def test_old_addresses_of_every_spelling_are_kept_with_their_commas():
    """An address that is lost is a bookmark that is lost."""
    article, unread = read("title: 글\naliases: /old,page/, /other/\nredirect_from: [/two/]\nalias: /three/")

    assert article.aliases == ("/old,page/", "/other/", "/two/", "/three/")
    assert unread == ()


def test_old_addresses_in_one_text_are_cut_at_commas_with_a_space():
    """A comma in an address has none behind it."""
    article, _ = read(
        "title: 글\naliases: /old/a.html, old/b, 한글/주소,/c/\nredirect_from: '/서울, 부산/'\nalias: /물가, 3% 상승/"
    )

    assert article.aliases == ("/old/a.html", "old/b", "한글/주소", "/c/", "/서울, 부산/", "/물가, 3% 상승/")


@pytest.mark.parametrize(
    ("line", "unread"),
    [
        ("url: https://www.korea.kr/news/1", ("url",)),
        ("url: /old/place/", ()),
        ("type: press-release", ("type",)),
        ("type: post", ()),
        ("toc: true", ()),
    ],
)
def test_a_key_of_others_that_was_meant_for_us_is_told(line, unread):
    """The original's address and the kind stand elsewhere in our heads; who writes them so must hear of it."""
    assert read(f"title: 글\n{line}")[1] == unread


def test_a_hugo_post_is_read_as_it_is():
    """Hugo writes TOML, its own names for dates and a source in two keys."""
    data = """+++
title = "글"
date = 2024-05-03T09:00:00+09:00
lastmod = 2024-05-04
tags = ["가"]
source = "견본브리핑"
source_url = "https://press.example.go.kr/1"
draft = false
toc = true
+++
본문
""".encode()

    article, unread = parse_article(SourceFile(path="posts/a/index.md", shown="x", data=data), SEOUL)

    assert unread == ()
    assert article.published == datetime(2024, 5, 3, 9, tzinfo=SEOUL)
    assert article.updated == day(2024, 5, 4)
    assert (article.source.name, article.source.url) == ("견본브리핑", "https://press.example.go.kr/1")
    assert article.slug == "a"


def test_an_eleventy_post_is_read_as_it_is():
    """Eleventy writes JSON heads and a permalink of its own."""
    data = '{"title": "글", "date": "2024-05-03", "tags": ["가"], "permalink": "/글/", "layout": "x"}\n본문\n'.encode()

    article, unread = parse_article(SourceFile(path="posts/a.md", shown="x", data=data), SEOUL)

    assert unread == ()
    assert (article.permalink, article.published, article.tags) == ("/글/", day(2024, 5, 3), ("가",))


@pytest.mark.parametrize(
    "written",
    [
        "정책브리핑 https://press.example.go.kr/1",
        '"[정책브리핑](https://press.example.go.kr/1)"',
        "정책브리핑 (https://press.example.go.kr/1)",
        "'정책브리핑, <https://press.example.go.kr/1>'",
    ],
)
def test_a_plain_source_may_hold_its_address(written):
    """A credit must not name an address."""
    article, _ = read(f"title: 글\nsource: {written}")

    assert article.source == Source(name="정책브리핑", url="https://press.example.go.kr/1")


@pytest.mark.parametrize(
    ("path", "published", "slug"),
    [
        ("_posts/2024-05-03-a.md", day(2024, 5, 3), "a"),
        ("_posts/2024-5-3-a.md", day(2024, 5, 3), "a"),
        ("_posts/2024-05-03.md", day(2024, 5, 3), "2024-05-03"),
        ("posts/2024-05-03 하천 소식.md", day(2024, 5, 3), "하천 소식"),
        ("posts/2024-05-03_하천.md", day(2024, 5, 3), "하천"),
        ("posts/2024-05-03-a/index.md", day(2024, 5, 3), "a"),
        ("posts/a.md", None, "a"),
        ("index.md", None, "index"),
    ],
)
def test_a_file_name_states_day_and_slug(path, published, slug):
    """Most old posts carry their date in the file's name and nowhere else."""
    head = "title: 글"

    article, _ = read(head, path=path)

    assert (article.published, article.slug) == (published, slug)


@pytest.mark.parametrize("name", ["2026-02-31-강", "2024-13-03-a"])
def test_a_file_name_with_a_day_that_there_is_not_is_told(name):
    """31 February would stand under /undated/, though somebody wrote a date."""
    with pytest.raises(ContentError) as caught:
        read("title: 글", path=f"_posts/{name}.md")

    (problem,) = caught.value.problems
    assert (problem.code, str(problem.where)) == ("DATE003", f"content/_posts/{name}.md:1:1")
    assert name in message_of(problem, "en")
    assert message_of(problem, "ko").startswith("파일 이름의 날짜를")


def test_the_head_beats_the_file_name():
    """A corrected date in the head must win over the name the file once got."""
    head = "title: 글\ndate: 2024-06-01\nslug: b"

    article, _ = read(head, path="_posts/2024-05-03-a.md")

    assert (article.published, article.slug) == (day(2024, 6, 1), "b")


@pytest.mark.parametrize(
    ("date", "year", "stated"),
    [
        ("2013-12-31 13:31:03 -0400", 2013, 2013),
        ("'2013-12-31T20:00:00Z'", 2013, 2013),
        ("2014-01-01T00:10:00+09:00", 2014, 0),
        ("2013-12-31", 2013, 0),
        ("2014-01-01 03:00 +1300", 2014, 2014),
    ],
)
def test_the_year_of_a_credit_is_that_of_the_date_as_it_is_stated(date, year, stated):
    """A work of 2013 is not one of 2014 because its mirror stands in Seoul."""
    article, _ = read(f"title: 글\ndate: {date}")

    assert (article.year, article.stated_year) == (year, stated)


@pytest.mark.parametrize(("name", "order"), [("2024-05-03-1201", 1201), ("2024-05-03-글-7", 7), ("2024-05-03-글", 0)])
def test_the_number_a_name_ends_in_orders_a_day(name, order):
    """Posts of one day keep the order they were published in."""
    path = f"_posts/{name}.md"

    article, _ = read("title: 글", path=path)

    assert article.order == order


@pytest.mark.parametrize(
    ("pattern", "url"),
    [
        ("/:year/:month/:day/:title/", "/2024/05/03/a/"),
        ("/n/:slug/", "/n/a/"),
        ("/:categories/:title.html", "/a.html"),
        ("/:short_year/:y_day/:title/", "/24/124/a/"),
        ("pretty", "/2024/05/03/a/"),
        ("/:year/:month/:day/:title/\nslug: b", "/2024/05/03/b/"),  # Jekyll's :title is the slug
        ("/plain/", "/plain/"),
        ("https://evil.example/:title/", "https://evil.example/:title/"),
    ],
)
def test_jekyll_placeholders_of_a_permalink_are_filled_in(pattern, url):
    """A moved site keeps its addresses only if its patterns still mean something."""
    head = f"title: 글\npermalink: {pattern}"

    article, _ = read(head, path="_posts/2024-05-03-a.md")

    assert article.permalink == url


@pytest.mark.parametrize(
    ("body", "title", "left"),
    [
        ("# 첫 제목\n\n글\n", "첫 제목", "\n\n글\n"),
        ("\n<h1 class='x'>첫 <b>제목</b></h1><p>글</p>\n", "첫 제목", "\n<p>글</p>\n"),
        ("# [강물](https://a.kr/r) 발표\n글", "강물 발표", "# [강물](https://a.kr/r) 발표\n글"),
        ("# 제목[^1]\n\n[^1]: 주", "제목[^1]", "# 제목[^1]\n\n[^1]: 주"),
        ("<h1>사진 <img src='/a.png'></h1>글", "사진", "<h1>사진 <img src='/a.png'></h1>글"),
        ("글\n\n# 나중 제목\n", "", "글\n\n# 나중 제목\n"),
        ("## 둘째 단계\n", "", "## 둘째 단계\n"),
        ("# 제목 #\n글", "제목", "\n글"),
        ("# 새 `설정`과 ~~옛~~ 값 {#sec}\n글", "새 설정과 옛 값", "\n글"),
        ("# 3~~5일, 7~~9일 행사\n글", "3~~5일, 7~~9일 행사", "\n글"),
        ("첫 제목\n=====\n글", "첫 제목", "\n\n글"),
        ("- 하나\n=====\n글", "", "- 하나\n=====\n글"),
    ],
)
def test_a_missing_title_is_the_heading_the_body_opens_with(body, title, left):
    """A title is never invented; only a body's own first line may be one, and it stands once on the page."""
    head = "date: 2024-05-03"

    article, _ = read(head, body)

    assert (article.title, article.body) == (title, left)


@pytest.mark.parametrize(
    ("path", "line", "body_format"),
    [
        ("a.md", "", BodyFormat.MARKDOWN),
        ("a.markdown", "", BodyFormat.MARKDOWN),
        ("a.html", "", BodyFormat.HTML),
        ("a.HTML", "", BodyFormat.HTML),
        ("a.md", "body_format: gov-outline", BodyFormat.GOV_OUTLINE),
        ("a.md", "body_format: html", BodyFormat.HTML),
    ],
)
def test_the_format_is_the_head_s_or_the_file_ending_s(path, line, body_format):
    """A release read as Markdown would lose its outline."""
    head = f"title: 글\n{line}"

    article, _ = read(head, path=path)

    assert article.body_format is body_format


@pytest.mark.parametrize("published", ["true", "false"])
@pytest.mark.parametrize("draft", ["true", "false"])
def test_a_head_may_say_twice_whether_it_is_a_draft(draft, published):
    """Jekyll knows both keys; either holds an article back."""
    article, unread = read(f"title: 글\ndraft: {draft}\npublished: {published}")

    assert article.draft is (draft == "true" or published == "false")
    assert unread == ()


@pytest.mark.parametrize(
    ("path", "is_draft"),
    [("_drafts/a.md", True), ("old/_drafts/2024/a.md", True), ("_posts/a.md", False), ("my_drafts/a.md", False)],
)
def test_what_lies_among_jekylls_drafts_is_one(path, is_draft):
    """There a post says nothing of it in its head; published, it would be out before its time."""
    article, _ = read("title: 글", path=path)

    assert article.draft is is_draft


def test_half_a_letter_of_a_json_head_is_shown_as_broken():
    """JSON may write one half alone; no page can."""
    data = b'{"title": "\xea\xb8\x80 \\ud83d"}\n\nbody\n'

    article, _ = parse_article(SourceFile(path="a.md", shown="content/a.md", data=data), SEOUL)

    assert article.title == "글 \ufffd"


def test_unpublished_posts_of_jekyll_are_drafts():
    """`published: false` must never be published."""
    head = "title: 글\npublished: false"

    article, _ = read(head)

    assert article.draft


@pytest.mark.parametrize(
    ("data", "is_draft"),
    [
        ("---\ntitle: 글\npermalink: false\n---\n", True),
        ("---\ntitle: 글\npermalink: False # 아직\n---\n", True),
        ("+++\ntitle = '글'\npermalink = false\n+++\n", True),
        ('{"title": "글", "permalink": false}\n', True),
        ("---\ntitle: 글\npermalink: 'false'\n---\n", False),
        ("---\ntitle: 글\npermalink: /false/\n---\n", False),
    ],
)
def test_a_file_that_makes_no_page_in_eleventy_is_a_draft(data, is_draft):
    """Read as an address, it would be published at /false/."""
    article, _ = parse_article(SourceFile(path="a.md", shown="content/a.md", data=data.encode()), SEOUL)

    assert article.draft is is_draft
    assert (article.permalink == "") is is_draft


@pytest.mark.parametrize(
    ("head", "hint"),
    [
        ("source: [정책브리핑]", "write it like {name: …, url: https://…}"),
        ("license: [KOGL-1]", "write it like {id: KOGL-1}"),
        ("licence: [KOGL-1]", "write it like {id: KOGL-1}"),
    ],
)
def test_a_list_where_a_mapping_stands_is_told_as_it_is_to_be_written(head, hint):
    """Whoever follows "one line of text" loses the rest of what the head should say."""
    with pytest.raises(ContentError) as caught:
        read(f"title: 글\n{head}")

    assert hint_of(caught.value.problem, "en") == hint


@pytest.mark.parametrize("head", ["license: KOGL-1", "license: {id: KOGL-1}", "licence: {id: KOGL-1}"])
def test_a_licence_is_read_short_or_long(head):
    """People write one word or a mapping, in either spelling."""
    text = f"title: 글\n{head}"

    article, _ = read(text)

    assert article.licence.id == "KOGL-1"


@pytest.mark.parametrize(
    ("head", "field"), [("licence: KOGL-1", "license"), ("source_url: https://a.kr/1", "source.url")]
)
def test_a_field_has_its_place_however_it_is_spelt(head, field):
    """A finding at the first line of the file sends its reader looking."""
    article, _ = read(f"title: 글\n{head}")

    assert article.where_is(field).line == 3


def test_keys_that_mean_nothing_are_named():
    """`sorce:` must be noticed, not swallowed."""
    head = "title: 글\nsorce: x\nauthor: 가"

    _, unread = read(head)

    assert unread == ("sorce", "author")


def test_a_field_knows_its_place_and_falls_back_to_its_parent():
    """Findings about source.url point at source: where source has no url."""
    head = "title: 글\nsource:\n  name: 가"

    article, _ = read(head)

    assert article.where_is("source.name") == Where(path="content/articles/2024/05/a.md", line=4, column=3)
    assert article.where_is("source.url") == Where(path="content/articles/2024/05/a.md", line=3, column=1)
    assert article.where_is("kind") == Where(path="content/articles/2024/05/a.md", line=1, column=1)


@pytest.mark.parametrize(
    ("head", "place", "code"),
    [
        ("title: 글\ndate: 어제", "3:7", "DATE003"),
        ("title: 글\ndate: 0226-03-02", "3:7", "DATE003"),  # 2026: the page would be at /226/
        ("title: 글\ndate: 0999-12-31T09:00:00Z", "3:7", "DATE003"),
        ("title: 글\nkind: 소식", "3:7", "FM006"),
        ("title: 글\nnotice: {kind: lost}", "3:16", "FM006"),
        ("title: 글\nexcerpt: [가]", "3:10", "FM006"),
        ("title: 글\nsource: {name: 가, retrieved: soon}", "3:30", "DATE003"),
        ("title: 글\nsource: {name: 가, sha256: xyz}", "3:27", "FM006"),
        ("title: 글\nsource: {name: 가, text_sha256: abc}", "3:32", "FM006"),
        ("title: 글\nlicense: {id: KOGL-1, evidence: {text: 가, seen: someday}}", "3:49", "DATE003"),
        ("title: 글\ncategories: [환경, [가]]", "3:18", "FM006"),
        ("title: 글\ncorrections: [{date: 2026-03-02}]", "3:15", "FM006"),
        ("title: 글\nattachments: [{}]", "3:15", "FM006"),
        ("title: 글\nattachments: [가, {label: '', url: ''}]", "3:26", "FM006"),
        ("title: 글\ncontacts: [{}]", "3:12", "FM006"),
        ("title: 글\nsource: {url: /x21}", "3:15", "FM006"),
        ("title: 글\nsource: {url: 'https://u:p@a.kr/b'}", "3:15", "FM006"),
        ("title: 글\nsource: {url: 'http://[bad/x'}", "3:15", "FM006"),
        ("title: 글\nsource: {site: korea}", "3:16", "FM006"),
        ("title: 글\nslug: ..", "3:7", "FM006"),
        ("title: 글\nslug: '- /'", "3:7", "FM006"),
        ("title: 글\nslug: '???'", "3:7", "FM006"),
        ("title: 글\nsource: {url: [가]}", "3:15", "FM006"),
        ("title: 글\nsource: {url: www.korea.kr/news?id=1}", "3:15", "FM006"),  # a link to a folder of ours
        ("title: 글\nsource: {site: korea.kr}", "3:16", "FM006"),
        ("title: 글\nsource_url: korea.kr/news", "3:13", "FM006"),
        ("title: 글\nsource: {url: 'javascript:alert(1)'}", "3:15", "FM006"),
        (
            "title: 글\nattachments: [{label: 가, url: 보도자료.hwp}]",
            "3:31",
            "FM006",
        ),  # a link below the article's address
        ("title: 글\npermalink: /:collection/:title/", "3:12", "FM006"),
        ("title: 글\npermalink: /:year/:title/", "3:12", "FM006"),  # of an article without a date
        ("title: 글\nnotice: {date: 어제}", "3:16", "DATE003"),
        ("title: 글\ncorrections: [{text: 고침, date: 2026-02-30}]", "3:32", "DATE003"),
        ("title: 글\nlang: korean", "3:7", "FM006"),
        ("title: 글\nlang: kr", "3:7", "FM006"),
        ("title: 글\nlang: 한국어", "3:7", "FM006"),
        ("title: [가]", "2:8", "FM006"),
    ],
)
def test_a_field_that_cannot_be_used_holds_the_file_back_at_its_place(head, place, code):
    """A wrong value is never replaced by a default."""
    expected = f"content/articles/2024/05/a.md:{place}: error {code} "

    with pytest.raises(ContentError) as caught:
        read(head)

    assert str(caught.value).startswith(expected)


def test_all_faults_of_a_head_are_told_at_once_and_each_once():
    """Told one a build, five slips of one article are five builds."""
    head = "title: [가]\ndate: 어제\nlang: kr\ncorrections:\n  - {text: [나]}\n  - {date: 2026-01-02}\ndraft: 글쎄"
    head += "\nsource: {url: [다], site: korea.kr}\nnotice: {kind: gone, replaced_by: {라: 마}}"

    with pytest.raises(ContentError) as caught:
        read(head)

    told = [(found.where.line, dict(found.details)["field"]) for found in caught.value.problems]
    assert told == [
        (2, "title"),
        (3, "date"),
        (4, "lang"),
        (6, "corrections.text"),
        (7, "corrections.text"),
        (8, "draft"),
        (9, "source.url"),
        (9, "source.site"),
        (10, "notice.replaced_by"),
    ]


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_that_may_be_meant_is_read(field):
    """A suggestion that is not read either would be worse than none."""
    values = {"date": "2026-03-02", "updated": "2026-03-02", "embargo_until": "2026-03-02", "draft": "true"}
    values |= {"kind": "notice", "body_format": "html", "order": "1", "notice": "{kind: gone}"}
    values |= dict.fromkeys(("media", "attachments", "contacts", "corrections"), "[가]")

    _, unread = read(f"{'' if field == 'title' else 'title: 글'}\n{field}: {values.get(field, 'ko')}")

    assert unread == ()


@pytest.mark.parametrize("parent", FIELDS_WITHIN)
def test_every_field_within_a_field_that_may_be_meant_is_read(parent):
    """As above, for `source.name` and the like."""
    values = {
        "ai": "true",
        "kind": "gone",
        "replaced_by": "/a/",
        "scope": "all",
        "evidence": "{text: 가}",
        **dict.fromkeys(("date", "retrieved", "seen"), "2026-03-02"),
        **dict.fromkeys(("sha256", "text_sha256"), "0" * 64),
    }
    inner = ", ".join(f"{name}: {values.get(name, 'https://a.kr/1')}" for name in FIELDS_WITHIN[parent])
    top, _, nested = parent.partition(".")
    row = f"{{{nested}: {{{inner}}}}}" if nested else f"{{{inner}}}"

    _, unread = read(f"title: 글\n{top}: {row if top in ('source', 'license', 'notice') else f'[{row}]'}")

    assert unread == ()


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("**강물이 맑아졌다** 그리고", "강물이 맑아졌다 그리고"),
        ("자세한 것은 [누리집](https://www.example.go.kr/a)에", "자세한 것은 누리집에"),
        ('우리 <a href="https://x.example">규약</a>을 <em>함께</em>', "우리 규약을 함께"),
        ('{{< figure src="a.png" >}} 강물이', "강물이"),
        ("강물이<br>맑아졌다", "강물이 맑아졌다"),
        ("2**3**2는 a < b와 <vector>에", "2**3**2는 a < b와 <vector>에"),
        ("[속보] 강물이 (3보)", "[속보] 강물이 (3보)"),
        ("{{ title }} 소식", "{{ title }} 소식"),
        ("당첨자 김**(45), 박**(50) 발표", "당첨자 김**(45), 박**(50) 발표"),
        ("김**, 이** 등 두 사람", "김**, 이** 등 두 사람"),
        ("</script><b>강물", "</script><b>강물"),
    ],
)
def test_titles_and_summaries_are_words(written, words):
    """Lists, feeds and search engines show them as they are: stars and tags would stand in the text."""
    article, _ = read(f"title: '{written}'\nsubtitle: '{written}'\nexcerpt: '{written}'")

    assert (article.title, article.subtitle, article.summary) == (words, words, words)
