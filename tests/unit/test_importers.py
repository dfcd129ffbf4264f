"""Importers: every form of one release gives one body; every line is accounted for; nothing is guessed."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from sitegen.errors import ContentError
from sitegen.importers.capture import Capture
from sitegen.importers.draft import Part
from sitegen.importers.profiles import choose, named
from sitegen.model import BodyFormat

CAPTURES = Path(__file__).parents[1] / "captures"
STATEMENT = "“이 자료는 하천환경청의 보도자료를 전재하여 제공함을 알려드립니다.”"
FORMS = {
    "korea_kr_page.txt": "koreakr-text",
    "korea_kr_page.html": "koreakr-html",
    "korea_kr_viewer.html": "koreakr-viewer",
    "data_go_kr.xml": "data-go-kr",
    "korea_kr_feed.xml": "feed",
    "agency_board_cp949.html": "board",
}


def captured(name):
    """Return one of our captures."""
    return Capture((CAPTURES / name).read_bytes(), name)


def made(text, name="capture"):
    """Return a capture of a text."""
    return Capture(text.encode() if isinstance(text, str) else text, name)


def read(name):
    """Return the one draft of one of our captures."""
    capture = captured(name)
    profile, _ = choose(capture)
    (draft,) = profile.read(capture)
    return draft


@pytest.mark.parametrize(("name", "profile"), FORMS.items())
def test_the_profile_is_chosen_by_what_a_capture_is(name, profile):
    """A file's name says nothing."""
    chosen, confidence = choose(captured(name))

    assert chosen.name == profile
    assert confidence >= 0.8


def test_every_form_of_a_release_gives_one_body():
    """Where a release was captured must not change a letter of it."""
    bodies = {read(name).body for name in FORMS}

    (body,) = bodies

    assert body.startswith("□ 하천환경청(청장 나루한)은 5.14.(화)부터")
    assert "2019. 3. 2. 처음 열렸다." in body
    assert body.endswith("붙 임 : 일정표")
    assert len(body.split("\n\n")) == 9
    assert all(read(name).body_format is BodyFormat.GOV_OUTLINE for name in FORMS)


@pytest.mark.parametrize("name", FORMS)
def test_a_field_is_what_the_capture_says_or_nothing(name):
    """A guessed date or licence is a false statement under somebody's name."""
    expected = tomllib.loads((CAPTURES / "expected.toml").read_text("utf-8"))[name]

    draft = read(name)

    found = {
        "title": draft.title,
        "subtitle": draft.subtitle,
        "date": f"{draft.published:%Y-%m-%d %H:%M}" if draft.published else "",
        "agency": ", ".join(draft.agencies),
        "kind": draft.kind or "",
        "source": draft.source.name,
        "url": draft.source.url,
        "id": draft.source.id,
        "revision": draft.source.revision,
        "statement": draft.source.statement,
        "license": draft.licence.id,
        "files": [f"{item.label} {item.url}".strip() for item in draft.attachments],
    }
    assert {key: value for key, value in found.items() if value} == expected


def test_every_line_of_a_text_page_is_accounted_for():
    """What is not said to be dropped, and why, may have been lost."""
    capture = captured("korea_kr_page.txt")
    written = [line for line in capture.text.splitlines() if line.strip()]

    draft = read("korea_kr_page.txt")

    counts = Counter(line.part for line in draft.lines)
    assert counts == {Part.DROPPED: 15, Part.HEAD: 3, Part.BODY: 9, Part.STATEMENT: 1}
    assert sum(counts.values()) == len(written)
    assert draft.dropped == {"skip-link": 1, "egov-banner": 1, "section-label": 8, "reco": 2, "moderation": 3}
    assert draft.unplaced == ()


def test_no_furniture_rule_looks_into_the_body():
    """A release about a list of cases has lines that look like the page's own."""
    text = captured("korea_kr_page.txt").text
    own = "목록\n\n1. 수질을 속인 경우\n\n추천 뉴스\n\n저작권정책"
    text = text.replace("ㅇ 이번에는", f"{own}\n\nㅇ 이번에는")

    (draft,) = named("koreakr-text").read(made(text))

    assert own in draft.body
    assert draft.unplaced == ()


def test_a_line_nobody_knows_is_told_and_not_dropped():
    """A new banner may be a correction."""
    text = captured("korea_kr_page.txt").text + "\n정정: 날짜가 5월 15일로 바뀌었습니다.\n"

    (draft,) = named("koreakr-text").read(made(text))

    assert draft.unplaced == ("정정: 날짜가 5월 15일로 바뀌었습니다.",)
    assert "정정" not in draft.body


def test_a_page_without_statement_ends_at_its_labels_and_says_so():
    """A policy news page has no reprint statement."""
    text = captured("korea_kr_page.txt").text.replace(STATEMENT, "")

    (draft,) = named("koreakr-text").read(made(text))

    assert draft.body == read("korea_kr_page.txt").body
    assert draft.doubts == ("no reprint statement: the body's end was judged by the labels after it",)


def test_a_viewer_shell_is_no_article():
    """Its furniture was taken for the article by every general extractor."""
    with pytest.raises(ContentError, match="BODY001"):
        read("korea_kr_shell.html")


def test_a_body_with_more_than_lines_stays_html():
    """An outline cannot hold a table."""
    page = captured("korea_kr_page.html").text
    page = page.replace('<p class="remark">', '<table><tr><th>강</th><td>나루천</td></tr></table><p class="remark">')

    (draft,) = named("koreakr-html").read(made(page))

    assert draft.body_format is BodyFormat.HTML
    assert "<td>나루천</td>" in draft.body
    assert "style=" not in draft.body


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("강물".encode(), "강물"),
        ("\ufeff강물".encode(), "강물"),
        ("강물".encode("utf-16"), "강물"),
        ('<meta charset="euc-kr">똠방각하'.encode("cp949"), "똠방각하"),
        ('<meta charset="euc-kr">강물'.encode(), "강물"),
        ('<meta charset="utf-8">강물'.encode("cp949"), "강물"),
        ("강물".encode("cp949"), "강물"),
        (b'<meta charset="no-such-thing">' + "강물".encode(), "강물"),
        (b'<meta charset="undefined">' + "강물".encode("cp949"), "강물"),
        (b'<meta charset="zlib">' + "강물".encode("cp949"), "강물"),
        ("가\r\n나\r다".encode(), "가\n나\n다"),
        ("\u1100\u1161\u11bc".encode(), "강"),
    ],
)
def test_a_capture_is_decoded_as_its_marks_say(data, text):
    """Korean boards declare one encoding and write another."""
    decoded = made(data).text

    assert decoded.endswith(text)


@pytest.mark.parametrize("data", ["강물이 맑아졌다".encode().decode("latin-1").encode(), "강물\ufffd\ufffd".encode()])
def test_broken_letters_are_refused(data):
    """A guess at what they were would be published as a ministry's words."""
    with pytest.raises(ContentError, match="BODY004"):
        _ = made(data).text


GATEWAY_ERROR = """<OpenAPI_ServiceResponse><cmmMsgHeader><returnAuthMsg>KEY_ERROR</returnAuthMsg>
<returnReasonCode>30</returnReasonCode></cmmMsgHeader></OpenAPI_ServiceResponse>"""
SERVICE_ERROR = """<response><header><resultCode>98</resultCode><resultMsg>DATE_RANGE</resultMsg></header>
<body/></response>"""


@pytest.mark.parametrize(("text", "said"), [(GATEWAY_ERROR, "30 KEY_ERROR"), (SERVICE_ERROR, "98 DATE_RANGE")])
def test_an_error_of_the_service_is_an_error(text, said):
    """Both envelopes come with HTTP 200."""
    with pytest.raises(ContentError, match=f"API001.*{said}"):
        named("data-go-kr").read(made(text))


def test_no_data_is_no_item():
    """A day without releases is not a failure."""
    text = "<response><header><resultCode>3</resultCode><resultMsg>NODATA_ERROR</resultMsg></header><body/></response>"

    assert named("data-go-kr").read(made(text)) == []


@pytest.mark.parametrize("profile", ["data-go-kr", "feed"])
def test_xml_that_could_expand_is_refused(profile):
    """Ten entities of ten entities fill a machine."""
    text = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><rss><response>&a;</response></rss>'

    with pytest.raises(ContentError, match="FILE004"):
        named(profile).read(made(text))


def test_an_embargo_and_a_revision_are_kept():
    """Not a word may be published before its time."""
    text = captured("data_go_kr.xml").text.replace("<EmbargoDate>", "<EmbargoDate>05/15/2024 09:00:00")

    (draft,) = named("data-go-kr").read(made(text))

    assert f"{draft.embargo_until:%Y-%m-%d %H:%M %z}" == "2024-05-15 09:00 +0900"
    assert f"{draft.updated:%Y-%m-%d %H:%M}" == "2024-05-14 13:00"


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


def test_a_sound_head_is_not_touched():
    """A repair that nobody needed would be a change nobody asked for."""
    assert post("'[속보] 강물'").repairs == ()
    assert post("'[속보] 강물'").title == "[속보] 강물"


def test_a_head_without_one_reading_is_refused():
    """What could mean two things is a person's to decide."""
    with pytest.raises(ContentError, match=r"capture\.md:4:.*FM001"):
        named("post").read(made("---\nsource:\n   name: 가\n  url: 나\n---\n글\n", "capture.md"))


LIST = """<html><body><nav><a href="/room">브리핑룸</a></nav><div class="list_type"><ul>
<li><a href="/briefing/pressReleaseView.do?newsId=150000003&amp;pageIndex=1&amp;startDate=2024-01-01&amp;srchWord=">
<span class="text"><strong>나루천 걷기 모임</strong><span class="lead is-truncated">누구나 올 수 있다···</span>
<span class="source"><span>2024.05.15</span><span>하천환경청</span></span></span></a></li>
<li><a href="/news/policyNewsView.do?newsId=150000004"><span class="text"><strong>물값 안내</strong>
<span class="lead">바뀐 물값을 알린다.</span><span class="source"><span>2024.05.14</span><span>물값위원회</span></span></span></a></li>
</ul></div></body></html>"""


def test_a_list_page_gives_its_items_and_nothing_of_itself():
    """A list knows title, lead, day, agency and address."""
    capture = made(LIST)

    profile, _ = choose(capture)
    drafts = profile.read(capture)

    assert profile.name == "koreakr-list"
    assert [
        (item.title, item.summary, f"{item.published:%Y-%m-%d}", item.agencies[0], item.source.url, item.kind.value)
        for item in drafts
    ] == [
        (
            "나루천 걷기 모임",
            "누구나 올 수 있다···",
            "2024-05-15",
            "하천환경청",
            "https://www.korea.kr/briefing/pressReleaseView.do?newsId=150000003",
            "press-release",
        ),
        (
            "물값 안내",
            "바뀐 물값을 알린다.",
            "2024-05-14",
            "물값위원회",
            "https://www.korea.kr/news/policyNewsView.do?newsId=150000004",
            "policy-news",
        ),
    ]
    assert all(item.body == "" and item.unplaced == () for item in drafts)


def test_the_statement_leaves_an_html_body_too():
    """It is said once, in the credit; not in the middle of the text."""
    page = captured("korea_kr_page.html").text
    table = "<table><tr><th>강</th><td>나루천</td></tr></table>"
    page = page.replace(f'<p class="remark">{STATEMENT}</p>', f"{table}<p>{STATEMENT}</p>")

    (draft,) = named("koreakr-html").read(made(page))

    assert draft.body_format is BodyFormat.HTML
    assert draft.source.statement == STATEMENT
    assert "전재하여" not in draft.body
    assert [line.text for line in draft.lines if "전재하여" in line.text] == [STATEMENT]


def test_a_kind_nobody_names_is_not_guessed():
    """A notice is not a policy news because it is no press release."""
    text = captured("korea_kr_page.txt").text.replace(STATEMENT, "")

    (draft,) = named("koreakr-text").read(made(text))

    assert draft.kind is None


def test_a_state_nobody_knows_is_a_doubt():
    """The service documents new and updated; a third may be a withdrawal."""
    text = captured("data_go_kr.xml").text.replace("<ContentsStatus>U<", "<ContentsStatus>D<")

    (draft,) = named("data-go-kr").read(made(text))

    assert draft.doubts == ("ContentsStatus D: neither new nor updated",)


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


MOBILE = """<html><head><title>강물 소식 - 대한민국 정책브리핑</title></head><body><main>
<div class="article_head"><h1>강물 소식</h1><div class="info"><span>2024.05.14</span><span><a class="gotosite" href="/">하천청</a></span></div></div>
<p>□ 강물이 흐른다.</p><p>ㅇ 잘 흐른다.</p></main></body></html>"""
FEED_ROWS = """[{"title": "강물 소식", "subtitle": "둑도 튼튼", "ministry": "하천청", "publishedAt": "2026-05-15T09:27:00.000Z",
 "canonicalUrl": "https://www.korea.kr/briefing/pressReleaseView.do?newsId=150000002", "newsId": "150000002", "lang": "ko",
 "rssDescription": "<a href='x'><img src='btn_textview.gif'></a><br>강물이 흐른다.<br>[자료제공 :<a><img>(www.korea.kr)</a>]<br/>끝말",
 "attachments": [{"name": "강물.hwpx", "url": "https://www.korea.kr/common/download.do?fileId=1&tblKey=GMN"}, 7]}]"""


def test_a_page_for_telephones_is_read_below_its_head():
    """It has no element of its own for the text."""
    profile, _ = choose(made(MOBILE))
    (draft,) = profile.read(made(MOBILE))

    assert (profile.name, draft.title, draft.agencies, draft.body) == (
        "koreakr-html",
        "강물 소식",
        ("하천청",),
        "□ 강물이 흐른다.\n\nㅇ 잘 흐른다.",
    )


def test_records_of_a_feed_are_rows():
    """A collector's JSON keeps what the feed said; what nobody knows is unplaced."""
    profile, _ = choose(made(FEED_ROWS))
    (draft,) = profile.read(made(FEED_ROWS))

    assert (profile.name, draft.title, draft.subtitle) == ("koreakr-rows", "강물 소식", "둑도 튼튼")
    assert draft.published.isoformat() == "2026-05-15T18:27:00+09:00"
    assert draft.body == "<p>강물이 흐른다.</p>\n<p>끝말</p>"
    assert [file.label for file in draft.attachments] == ["강물.hwpx"]
    assert draft.dropped == {"view-button": 1, "provided-by": 1}
    assert draft.unplaced == ("lang: ko",)


def test_a_wordpress_export_gives_its_posts():
    """Lines become paragraphs, short codes stay words, drafts stay drafts, old addresses lead on."""
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
    assert {"comment": 1, "postmeta": 1, "no-article": 1}.items() <= post.dropped.items()
    assert (draft.draft, draft.aliases, draft.body, draft.published.day) == (True, (), "<p>아직</p>", 15)


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE a [<!ENTITY b "c">]><rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><item>&b;</item></channel></rss>',
        '<rss xmlns:wp="http://wordpress.org/export/1.2/">' + "<a>" * 100_000,
        '<rss xmlns:wp="http://wordpress.org/export/1.2/"><item>',
    ],
)
def test_xml_that_expands_or_does_not_end_is_refused(text):
    """An export file comes from anywhere."""
    with pytest.raises(ContentError) as caught:
        named("wordpress").read(made(text))

    assert caught.value.problem.code == "FILE004"


def test_a_torn_item_of_a_feed_has_no_text():
    """Found by damaging captures at random: the parser then gives None for a text."""
    (draft,) = named("feed").read(made("<rss><channel><item<title</content:encoded></rss>"))

    assert (draft.title, draft.body) == ("", "")


def feed_of(inside):
    """Return a feed with one item."""
    return made(f"<rss><channel><title>나루</title><item><title>글</title>{inside}</item></channel></rss>")


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("Tue, 05 Mar 2026 14:30:00 +0900", "2026-03-05T14:30:00+09:00"),
        ("05 Mar 2026 14:30 GMT", "2026-03-05T23:30:00+09:00"),
        ("2026-03-05T14:30:00Z", "2026-03-05T23:30:00+09:00"),
        ("2026-03-05 14:30", "2026-03-05T14:30:00+09:00"),
        ("2026.03.05", "2026-03-05T00:00:00+09:00"),
        ("2026년 3월 5일", "2026-03-05T00:00:00+09:00"),
        ("2026/03/05 10:00", "2026-03-05T10:00:00+09:00"),
        ("March 5, 2026", ""),
        ("1772668800", ""),
        ("어제", ""),
    ],
)
def test_the_date_of_a_feed_is_read_or_null_and_never_completed(written, date):
    """The parser's own reading put today's month where it did not understand one."""
    (draft,) = named("feed").read(feed_of(f"<pubDate>{written}</pubDate><description>강물</description>"))

    assert (draft.published.isoformat() if draft.published else "") == date


def test_a_feed_item_keeps_its_categories_and_files_and_a_person_is_no_agency():
    """What an item says is kept or told."""
    inside = (
        "<author>홍길동</author><category>환경</category><description>강물이 흐른다.</description>"
        '<enclosure url="https://press.example.go.kr/%EA%B0%95.pdf" length="1" type="application/pdf"/>'
    )
    (draft,) = named("feed").read(feed_of(inside))

    assert (draft.agencies, draft.categories) == ((), ("환경",))
    assert [(file.label, file.url) for file in draft.attachments] == [
        ("강.pdf", "https://press.example.go.kr/%EA%B0%95.pdf")
    ]
    assert draft.unplaced == ("author: 홍길동",)


def test_a_feed_that_is_cut_off_is_refused():
    """The parser would take what is there for the whole."""
    with pytest.raises(ContentError) as caught:
        named("feed").read(made("<rss><channel><item><title>글</title><description>강물이"))

    assert dict(caught.value.problem.details) == {"reason": "XML, cut off"}


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


def test_a_page_deeper_than_its_parser_goes_loses_nothing():
    """libxml2 stops at 256 without a word."""
    page = '<html><div class="view_title"><h1>글</h1></div><div class="article_body"><div class="view_cont">{}</div></div> korea.kr'
    deep = page.format("<div>" * 400 + "<p>□ 강물이 흐른다.</p>" + "</div>" * 400)

    (draft,) = named("koreakr-html").read(made(deep))

    assert draft.body == "□ 강물이 흐른다."


def test_a_picture_of_the_page_itself_stays_where_it_stood():
    """Whether its file is there, the build sees; the importer cannot know."""
    page = '<html><div class="view_title"><h1>글</h1></div><div class="article_body"><div class="view_cont">{}</div></div> korea.kr'

    (draft,) = named("koreakr-html").read(made(page.format('<p>글</p><p><img src="/img/a.jpg" alt="현장"></p>')))

    assert draft.body == '<p>글</p>\n<p><img alt="현장" src="/img/a.jpg"></p>'


@pytest.mark.parametrize(
    ("content", "body", "dropped"),
    [
        ("<p>가.</p><p>나 <b>다</b>.</p><script>가나</script>", ["가.", "나 다."], {}),
        (
            "<p>가 <b>나</b>.</p><p>자료 출처: 정책브리핑 https://www.korea.kr</p>",
            ["가 나."],
            {"attribution-line->source": 1},
        ),
        (
            "<p>강물이 <b>아주</b> 맑다. &lt;자료출처=정책브리핑 www.korea.kr&gt;</p>",
            None,
            {"attribution-line->source": 1},
        ),
    ],
)
def test_a_line_is_body_when_it_stands_in_the_text(content, body, dropped):
    """What cleaning took out is told by its rule; a short line that happens to stand in it is no part of that."""
    page = '<html><div class="view_title"><h1>글</h1></div><div class="article_body"><div class="view_cont">{}</div></div><!-- korea.kr -->'

    (draft,) = named("koreakr-html").read(made(page.format(content)))

    found = [line.text for line in draft.lines if line.part is Part.BODY]
    assert found == body if body else len(found) == 1
    assert {rule: count for rule, count in draft.dropped.items() if rule.startswith("attribution")} == dropped
    assert draft.unplaced == ()
