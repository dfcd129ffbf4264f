"""Importers: every form of one release gives one body; every line is accounted for; nothing is guessed."""

import json
import tomllib
from collections import Counter

import pytest

from sitegen.errors import ContentError
from sitegen.importers.blocks import parsed, smallest_around
from sitegen.importers.capture import Capture
from sitegen.importers.draft import Part
from sitegen.importers.merging import united
from sitegen.importers.old_site import OldSite
from sitegen.importers.profiles import CERTAIN, PROFILES, candidates, choose, drafts_of, named
from sitegen.model import Attachment, BodyFormat
from tests.conftest import CAPTURES, captured, made

STATEMENT = "“이 자료는 하천환경청의 보도자료를 전재하여 제공함을 알려드립니다.”"
FORMS = {
    "korea_kr_page.txt": "koreakr-text",
    "korea_kr_page.html": "koreakr-html",
    "korea_kr_viewer.html": "koreakr-viewer",
    "data_go_kr.xml": "data-go-kr",
    "korea_kr_feed.xml": "feed",
    "agency_board_cp949.html": "board",
}


def read(name):
    """Return the one draft of one of our captures."""
    capture = captured(name)
    profile, _ = choose(capture)
    (draft,) = drafts_of(profile, capture)
    return draft


@pytest.mark.parametrize(("name", "profile"), FORMS.items())
def test_the_profile_is_chosen_by_what_a_capture_is(name, profile):
    """A file's name says nothing."""
    chosen, confidence = choose(captured(name))

    assert chosen.name == profile
    assert confidence >= 0.8


def test_who_must_choose_a_profile_is_named_every_one_that_reads_the_form():
    """What is not offered is not found: whoever has a list of korea.kr would try all others."""
    starts = ("<html>", "[{", "하천", "PK\x03\x04")

    offered = {name for start in starts for name in candidates(made(start))}

    assert offered == {profile.name for profile in PROFILES}
    assert set(FORMS.values()) <= offered


def test_no_profile_is_surer_than_certain():
    """The choice ends at the first profile that is certain, so nobody may be surer."""
    surest = max(profile.confidence(captured(name)) for profile in PROFILES for name in FORMS)

    assert surest == CERTAIN


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


@pytest.mark.parametrize(
    "title",
    [
        "공공누리 제0유형이 새로 생긴다",
        "댓글 조작 막는 법 국무회의 통과",
        "12. 3. 강변 사고 관련 설명 내용",
        "정책뉴스 읽는 법",
        "단, 사진의 저작권은 누구에게 있나",
    ],
)
def test_a_title_is_a_title_whatever_it_says(title):
    """A release about comments begins like a label; its second line stood for its title."""
    text = captured("korea_kr_page.txt").text.replace("하천환경청, 아홉 나라 전문가와 강물 살리기 논의", title)
    text = text.replace("\n목록\n", f"\n목록\n{title}\n", 1).replace("2024.05.14", "인쇄\n2024.05.14")

    (draft,) = named("koreakr-text").read(made(text))

    assert (draft.title, draft.subtitle) == (title, "제7차 강물(RIVER) 포럼 나루시에서 처음 열려")
    assert draft.body.startswith(f"{title}\n\n□ 하천환경청")
    assert draft.dropped["section-label"] == 9
    assert draft.unplaced == ()


@pytest.mark.parametrize("line", ["이전기사 둑 고치기", "다음기사", "댓글 3"])
def test_a_line_about_other_articles_is_no_title_where_there_is_one(line):
    """It stood between the last label and the title, and became it."""
    text = captured("korea_kr_page.txt").text
    title = "하천환경청, 아홉 나라 전문가와 강물 살리기 논의"

    (draft,) = named("koreakr-text").read(made(text.replace(title, f"{line}\n{title}", 1)))

    assert draft.title == title
    assert draft.dropped["section-label"] == read("korea_kr_page.txt").dropped["section-label"] + 1
    assert draft.doubts == ()


def test_a_line_above_the_date_that_may_be_furniture_is_a_doubt():
    """One that only looks like it may be the title, and is told."""
    text = captured("korea_kr_page.txt").text.replace("강물(RIVER) 포럼", "강물 저작권 포럼")
    text = text.replace("하천환경청, 아홉 나라 전문가와 강물 살리기 논의", "댓글 조작 막는 법")

    (draft,) = named("koreakr-text").read(made(text))

    assert draft.title == "댓글 조작 막는 법"
    assert draft.doubts == ("a line above the date may be furniture of the page: 댓글 조작 막는 법",)


def test_a_line_that_names_a_label_ends_no_text():
    """Only the label itself stands behind an article."""
    text = captured("korea_kr_page.txt").text.replace(STATEMENT, "")
    text = text.replace("붙 임 : 일정표", "이전다음기사 칸을 없앤다고 밝혔다.\n\n붙 임 : 일정표")

    (draft,) = named("koreakr-text").read(made(text))

    assert draft.body.endswith("이전다음기사 칸을 없앤다고 밝혔다.\n\n붙 임 : 일정표")


def test_the_date_line_may_have_a_time():
    """Policy news says the minute; it is no part of the agency's name."""
    text = captured("korea_kr_page.txt").text.replace("2024.05.14 ", "2024.05.14 14:30 ")

    (draft,) = named("koreakr-text").read(made(text))

    assert f"{draft.published:%Y-%m-%d %H:%M}" == "2024-05-14 14:30"
    assert draft.agencies == ("하천환경청",)


def test_a_text_without_a_mark_of_its_source_names_none():
    """What somebody copied from a viewer may be of anybody."""
    (copied,) = named("koreakr-text").read(made("강물이 맑아졌다\n□ 하천청은 강물이 맑아졌다고 밝혔다."))
    (marked,) = named("koreakr-text").read(made(f"□ 강물이 맑아졌다고 밝혔다.\n{STATEMENT}"))

    assert (copied.source.name, copied.source.site) == ("", "")
    assert "nothing says where the text is from: write its source in" in copied.doubts
    assert marked.source.name == "정책브리핑"


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


def test_what_a_viewer_shows_beside_its_paragraphs_is_told():
    """A note at the foot of its page lies in no paragraph."""
    page = captured("korea_kr_viewer.html").text.replace("</body>", "<div>1) 두 해에 한 번</div></body>")

    (draft,) = named("koreakr-viewer").read(made(page))

    assert draft.body == read("korea_kr_viewer.html").body
    assert draft.unplaced == ("1) 두 해에 한 번",)


def test_a_table_alone_in_a_viewer_stays_one():
    """Its cells were lines one below the other."""
    page = '<html><body><table><tr><td><p class="hp">예산</p></td><td><p class="hp">1억 원</p></td></tr></table></body></html>'

    (draft,) = named("koreakr-viewer").read(made(page))

    assert "<tr><td>예산</td><td>1억 원</td></tr>" in draft.body


def test_a_table_in_a_viewer_stays_one():
    """With it the paragraphs stay as they are; what is neither is told, as it is without a table."""
    line = '<p class="hp"><span>{}</span></p>'
    cells = "".join(f"<td>{line.format(words)}</td>" for words in ("예산", "1억 원"))
    page = (
        f"<html><body><div>{line.format('□ 둑')}<div>도구 막대</div><table><tr>{cells}</tr></table><div>1) 올해</div>"
        f"{line.format('□ 끝')}</div></body></html>"
    )

    (draft,) = named("koreakr-viewer").read(made(page))

    assert "<tr><td>예산</td><td>1억 원</td></tr>" in "".join(draft.body.split("\n")).replace("<p>", "").replace(
        "</p>", ""
    )
    assert draft.body.startswith("<p>□ 둑</p>")
    assert draft.body.endswith("<p>□ 끝</p>")
    assert draft.body_format is BodyFormat.HTML
    assert draft.unplaced == ("도구 막대", "1) 올해")


def test_a_body_with_more_than_lines_stays_html():
    """An outline cannot hold a table."""
    page = captured("korea_kr_page.html").text
    page = page.replace('<p class="remark">', '<table><tr><th>강</th><td>나루천</td></tr></table><p class="remark">')

    (draft,) = named("koreakr-html").read(made(page))

    assert draft.body_format is BodyFormat.HTML
    assert "<td>나루천</td>" in draft.body
    assert "style=" not in draft.body


@pytest.mark.parametrize("profile", ["data-go-kr", "feed"])
def test_xml_that_could_expand_is_refused(profile):
    """Ten entities of ten entities fill a machine."""
    text = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><rss><response>&a;</response></rss>'

    with pytest.raises(ContentError, match="FILE004"):
        named(profile).read(made(text))


def test_a_picture_in_a_line_leaves_no_line_without_a_place():
    """The link that stands for it is in no line of the capture; the words around it are all there."""
    picture = '<img src="https://www.korea.kr/a.jpg" alt="">'
    text = captured("data_go_kr.xml").text.replace("나루시 물빛회관에서", f"나루시 {picture} 물빛회관에서 <b>곧</b>")

    (draft,) = named("data-go-kr").read(made(text.replace("<p>&nbsp;</p>", "<table><tr><td>가</td></tr></table>", 1)))

    assert "그림 (www.korea.kr)" in draft.body
    assert [line.text for line in draft.lines if line.part is Part.UNPLACED] == []


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


MOBILE = """<html><head><title>강물 소식 - 대한민국 정책브리핑</title></head><body><main>
<div class="article_head"><h1>강물 소식</h1><div class="info"><span>2024.05.14</span><span><a class="gotosite" href="/">하천청</a></span></div></div>
<p>□ 강물이 흐른다.</p><p>ㅇ 잘 흐른다.</p></main></body></html>"""


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


def test_a_page_deeper_than_its_parser_goes_loses_nothing():
    """libxml2 stops at 256 without a word."""
    page = '<html><div class="view_title"><h1>글</h1></div><div class="article_body"><div class="view_cont">{}</div></div> korea.kr'
    deep = page.format("<div>" * 400 + "<p>□ 강물이 흐른다.</p>" + "</div>" * 400)

    (draft,) = named("koreakr-html").read(made(deep))

    assert draft.body == "□ 강물이 흐른다."


BODY = (
    '<html><meta property="og:url" content="https://www.korea.kr/news/policyNewsView.do?newsId=7"><div class="view_title"><h1>글</h1></div>'
    '<div class="article_body"><div class="view_cont">{}</div></div><!-- korea.kr -->'
)


@pytest.mark.parametrize(
    ("written", "body"),
    [
        (
            '<p>글</p><p><img src="/img/a.jpg" alt="현장"></p>',
            '<p>글</p>\n<p><a href="https://www.korea.kr/img/a.jpg">현장 (www.korea.kr)</a></p>',
        ),
        (
            '<p><b>글</b> <a href="/a.do?id=5">붙임</a> <a href="view.do?newsId=1">앞 글</a> <a href="#b">뒤</a></p>',
            '<p><strong>글</strong> <a href="https://www.korea.kr/a.do?id=5">붙임</a> <a href="https://www.korea.kr/news/view.do?newsId=1">앞 글</a> 뒤</p>',
        ),
        (
            '<p><b>글</b> <a href="www.me.go.kr/home">환경부</a></p><p><img src="/b.gif" data-src="/i/a.jpg" alt="강"></p>',
            '<p><strong>글</strong> <a href="https://www.me.go.kr/home">환경부</a></p>\n<p><a href="https://www.korea.kr/i/a.jpg">강 (www.korea.kr)</a></p>',
        ),
        (
            '<p>글</p><p><img srcset="/a.jpg 1x, /b.jpg 2x" alt="강"></p>',
            '<p>글</p>\n<p><a href="https://www.korea.kr/b.jpg">강 (www.korea.kr)</a></p>',
        ),
        (
            "<p>물가가 <b>올랐다</b>.</p><p>출처: 생활통계청</p>",
            "<p>물가가 <strong>올랐다</strong>.</p>\n<p>출처: 생활통계청</p>",
        ),
        (
            '<p>ㅇ 면적 100m<span style="vertical-align:super">2</span></p>',
            "<p>ㅇ 면적 100m<sup>2</sup></p>",
        ),
        (
            '<p>ㅇ <span style="text-decoration: line-through">100억 원</span> 120억 원</p>',
            "<p>ㅇ <del>100억 원</del> 120억 원</p>",
        ),
        ('<p>ㅇ 강물</p><p><span style="font-family:Wingdings">l</span> 맑다</p>', "<p>ㅇ 강물</p>\n<p>● 맑다</p>"),
    ],
    ids=["picture", "links", "hosts-and-lazy", "offers", "another-source", "raised", "struck", "sign"],
)
def test_a_body_says_what_its_page_says(written, body):
    """What a page says by an address of its own, or by its looks, is no less its text than its letters."""
    (draft,) = named("koreakr-html").read(made(BODY.format(written)))

    assert draft.body == body


def test_a_picture_that_a_browser_saved_has_no_address_of_the_site():
    """One under the folder that the page was saved with never was where the link led."""
    pictures = "".join(f'<img src="./강물_files/{number}.jpg" alt="">' for number in range(4))

    (draft,) = named("koreakr-html").read(made(BODY.format(f"<p><b>강물</b></p><p>{pictures}</p>")))

    assert "korea.kr" not in draft.body
    assert draft.doubts == (
        "4 picture(s) saved beside the page have no address: ./강물_files/0.jpg, ./강물_files/1.jpg, ./강물_files/2.jpg …",
    )
    assert draft.unplaced == ()


LOAD = "/common/download.do?fileId={}&amp;tblKey=GMN"
VIEW = "/common/docViewer.do?fileId={}&amp;tblKey=GMN"


@pytest.mark.parametrize(
    ("row", "name"),
    [
        (f'<p>강물.hwp <a href="{VIEW}">바로보기</a> <a href="{LOAD}">내려받기</a></p>', "강물.hwp"),
        (f'<p><span>강물.hwp</span> <span><a href="{LOAD}">다운로드</a></span></p>', "강물.hwp"),
        (f'<p>강물.hwp <a href="{LOAD}">(87KB)</a></p>', "강물.hwp"),
        (f'<p><a href="{LOAD}" title="강물.hwp 내려받기 (새 창)">1.2 MB</a></p>', "강물.hwp"),
        (f'<p>첨부파일: 강물.hwp [87KB] <a href="{LOAD}"><img src="/i.gif" alt="내려받기"></a></p>', "강물.hwp"),
        (f'<p><a href="{LOAD}&amp;fileName=%EA%B0%95%EB%AC%BC.hwp">바로보기</a></p>', "강물.hwp"),
        (f'<p><a href="{LOAD}&amp;fn=%B0%AD%B9%B0.hwp">바로보기</a></p>', "강물.hwp"),  # CP949
        (f'<p><a href="{LOAD}&amp;sys=3f2a99.hwp&amp;ori=%EA%B0%95%EB%AC%BC.hwp">바로보기</a></p>', "강물.hwp"),
        (f'<p><a href="{LOAD}">내려받기</a> <a href="{LOAD}">강물 자료</a></p>', "강물 자료"),
    ],
    ids=[
        "beside",
        "span-beside",
        "size",
        "title",
        "picture",
        "address",
        "address-cp949",
        "two-addresses",
        "other-link",
    ],
)
def test_a_file_whose_link_is_a_button_has_the_name_that_stands_beside_it(row, name):
    """What a reader loads there has a name; a file that is lost is lost in silence."""
    first = f'<p>둑.pdf <a href="{LOAD.format(1)}">내려받기</a></p>'
    files = f'<div class="filedown">{first}{row.replace("{}", "2")}</div>'

    (draft,) = named("koreakr-html").read(made(BODY.format("<p><b>강물</b></p>") + files))

    assert [(file.label, "fileId=2" in file.url) for file in draft.attachments] == [("둑.pdf", False), (name, True)]
    assert draft.doubts == ()


@pytest.mark.parametrize(
    ("page", "smallest"),
    [
        ("<section><p>글</p></section><article><p>글</p><p>글</p></article>", "body"),
        ("<section><div><p>글</p></div><div><p>글</p></div><div><p>글</p></div></section>", "section"),
        ("<div><p>글</p></div>", "p"),
        ("<div><p>글<b></b></p><p>글</p></div>", "div"),
    ],
)
def test_the_smallest_element_holds_all_and_nothing_smaller_does(page, smallest):
    """What stands outside it is furniture."""
    assert smallest_around(parsed(page).find_all("p")).name == smallest


def test_a_file_that_is_named_nowhere_is_told_and_takes_no_name_of_another():
    """The name of its neighbour would be a false statement."""
    files = f'<p><a href="{LOAD.format(1)}">둑.pdf</a></p><p><a href="{LOAD.format(2)}">내려받기</a></p>'

    (draft,) = named("koreakr-html").read(
        made(BODY.format("<p><b>강물</b></p>") + f'<div class="filedown">{files}</div>')
    )

    assert [file.label for file in draft.attachments] == ["둑.pdf"]
    (doubt,) = draft.doubts
    assert doubt.startswith(
        "1 file(s) are named nowhere on the page, as https://www.korea.kr/common/download.do?fileId=2"
    )


@pytest.mark.parametrize(
    "written", ["<p>강물</p><p hidden>숨긴 <b>글</b></p>", '<p>ㅇ 강물</p><p style="display:none">숨긴 </p>']
)
def test_words_that_a_page_hides_are_told_where_they_come_into_the_text(written):
    """A content file no longer says that they were hidden."""
    (draft,) = named("koreakr-html").read(made(BODY.format(written)))

    assert "숨긴" in draft.body
    assert draft.doubts == ("1 part(s) that the original hides stand in the text: 숨긴",)


def test_a_picture_that_lies_in_a_page_is_told_where_it_is_left_out():
    """A content file no longer says that there was one."""
    picture = f'<img src="data:image/png;base64,{"A" * 400}" alt="">'

    (draft,) = named("koreakr-html").read(made(BODY.format(f"<p><b>강물</b></p><p>{picture}</p>")))

    assert draft.doubts == ("1 picture(s) that lie in the text itself are left out: save them as files",)


def test_an_article_that_speaks_of_itself_like_a_statement_goes_on():
    """The last such line before the page's own end is the statement."""
    own = "이 자료는 하천환경청이 생활통계청에서 제공 받은 것임을 밝힙니다."
    text = captured("korea_kr_page.txt").text.replace(
        "붙 임 : 일정표", f"{own}\n\nㅇ 강물은 더 맑아진다.\n\n붙 임 : 일정표"
    )

    (draft,) = named("koreakr-text").read(made(text))

    assert draft.source.statement == STATEMENT
    assert draft.body.split("\n\n")[-3:] == [own, "ㅇ 강물은 더 맑아진다.", "붙 임 : 일정표"]
    assert draft.unplaced == ()


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


@pytest.mark.parametrize(
    "text",
    [
        '+++\ntitle = "봄 소식"\ndate = 2026-03-02\n+++\n\n본문입니다.\n',
        '{\n  "title": "봄 소식",\n  "date": "2026-03-02"\n}\n\n본문입니다.\n',
        '---\n"title": 봄 소식\ndate: 2026-03-02\n---\n\n본문입니다.\n',
    ],
)
def test_a_post_is_known_by_any_head(text):
    """Hugo writes heads in TOML and JSON, too."""
    chosen, confidence = choose(made(text))
    (draft,) = chosen.read(made(text, "2026-03-02-spring.md"))

    assert (chosen.name, confidence >= 0.8) == ("post", True)
    assert (draft.title, draft.body) == ("봄 소식", "본문입니다.")


@pytest.mark.parametrize(
    "text", ['{"title": "가", "date": "2026-03-02"}\n', '{"items": []}\n본문', "+++\n가\n+++\n본문\n"]
)
def test_what_only_begins_like_a_head_is_no_post(text):
    """An answer of an interface is JSON from end to end."""
    assert choose(made(text))[1] < 0.8


@pytest.mark.parametrize(
    ("categories", "address"),
    [
        ("economy trade", "/economy/trade/one/"),
        ("[economy trade, news]", "/economy trade/news/one/"),
        ("[economy]", "/economy/one/"),
    ],
)
def test_the_old_address_cuts_categories_as_jekyll_did(categories, address):
    """A link that somebody made years ago must still lead here."""
    text = f"---\ntitle: 하나\ndate: 2025-01-02\ncategories: {categories}\n---\n본문입니다.\n"
    capture = Capture(text.encode(), "2025-01-02-one.md", site=OldSite("/:categories/:title/"))

    (draft,) = named("post").read(capture)

    assert draft.aliases == (address,)


@pytest.mark.parametrize(
    ("dates", "published", "updated", "unplaced"),
    [
        ("<pubDate>Mon, 09 Nov 2026 07:30:00 +0900</pubDate>", "2026-11-09T07:30:00+09:00", None, ()),
        ("<pubDate>Mon, 09 Nov 2026 07:30:00 KST</pubDate>", "2026-11-09T07:30:00+09:00", None, ()),
        ("<dc:date>2026-11-09T07:30:00+09:00</dc:date>", "2026-11-09T07:30:00+09:00", None, ()),
        ("<pubDate>지난 월요일</pubDate>", None, None, ("date: 지난 월요일",)),
    ],
)
def test_an_item_of_a_feed_has_the_date_that_it_says(dates, published, updated, unplaced):
    """A day that cannot be read is told, not dropped; what a feed calls its only date is publication."""
    text = (
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>나루청</title>'
        f"<item><title>둑</title><link>https://naru.example.kr/1</link>{dates}<description>글</description></item>"
        "</channel></rss>"
    )

    (draft,) = named("feed").read(made(text))

    assert (draft.published and draft.published.isoformat(), draft.updated) == (published, updated)
    assert draft.unplaced == unplaced


ROW = {"title": "둑", "original_url": "https://www.korea.kr/briefing/pressReleaseView.do?newsId=7"}


@pytest.mark.parametrize("markup", [{}, {"content_html": None}, {"content_html": ""}])
def test_a_row_that_has_only_a_plain_text_has_a_text(markup):
    """Some collectors keep no markup."""
    row = {**ROW, **markup, "content_text": "□ 둑을 <고친다>.\n\nㅇ 6월까지.\n" + STATEMENT}

    (draft,) = named("koreakr-rows").read(made(json.dumps(row)))

    assert draft.body == "□ 둑을 <고친다>.\n\nㅇ 6월까지."
    assert draft.source.statement == STATEMENT


@pytest.mark.parametrize(
    ("file", "found", "unplaced"),
    [
        ({"name": "둑.hwp", "url": "https://www.korea.kr/1"}, ["둑.hwp https://www.korea.kr/1"], ()),
        ({"file_name": "둑.hwp", "file_url": "https://www.korea.kr/1"}, ["둑.hwp https://www.korea.kr/1"], ()),
        ("둑.hwp", ["둑.hwp "], ()),
        ({"size": 7}, [], ("{'size': 7}",)),
    ],
)
def test_a_row_lists_its_files_under_any_key(file, found, unplaced):
    """Each collector names them in its own way; one that nobody knows is told."""
    (draft,) = named("koreakr-rows").read(made(json.dumps({**ROW, "attachments": [file]})))

    assert [f"{item.label} {item.url}" for item in draft.attachments] == found
    assert draft.unplaced == unplaced


def test_files_of_two_captures_are_united() -> None:
    """Where both list files all of them stay, with an address or without; words of a text are none beside files."""
    whole, picture = Attachment(label="보도자료 전문", url=""), Attachment(label="사진.jpg", url="https://a.go.kr/x")

    assert united((whole, picture), (picture,)) == (whole, picture)
    assert united((whole,), (picture,)) == (picture,)
    assert united((picture,), (whole,)) == (picture,)
    assert united((whole,), ()) == (whole,)
