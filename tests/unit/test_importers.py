"""Importers: every form of one release gives one body; every line is accounted for; nothing is guessed."""

import base64
import json
import tomllib
from collections import Counter

import pytest

from sitegen.errors import ContentError
from sitegen.importers.capture import Capture
from sitegen.importers.draft import Part
from sitegen.importers.old_site import OldSite
from sitegen.importers.profiles import CERTAIN, PROFILES, choose, named
from sitegen.model import BodyFormat
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
    (draft,) = profile.read(capture)
    return draft


@pytest.mark.parametrize(("name", "profile"), FORMS.items())
def test_the_profile_is_chosen_by_what_a_capture_is(name, profile):
    """A file's name says nothing."""
    chosen, confidence = choose(captured(name))

    assert chosen.name == profile
    assert confidence >= 0.8


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


PARTED = """From: <Saved by Blink>
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="b"

--b
Content-Type: {kind}
Content-Transfer-Encoding: base64
Content-Location: https://www.korea.kr/briefing/pressReleaseView.do?newsId=150000001

{page}
--b
Content-Type: text/html
Content-Location: https://www.korea.kr/frame

<p>frame</p>
--b--
"""


@pytest.mark.parametrize("encoding", ["utf-8", "cp949"])
def test_a_page_saved_in_one_file_is_read_with_its_address(encoding):
    """Browsers save so (MHTML); what its other parts hold is no article."""
    page = captured("korea_kr_page.html").text.replace('property="og:url"', 'property="x"')
    text = base64.encodebytes(page.replace("utf-8", encoding).encode(encoding)).decode()
    capture = made(PARTED.format(kind=f'text/html; charset="{encoding}"', page=text).replace("\n", "\r\n"))

    chosen, _ = choose(capture)
    (draft,) = chosen.read(capture)

    whole = read("korea_kr_page.html")
    assert (draft.body, draft.title, draft.source.url) == (whole.body, whole.title, whole.source.url)


@pytest.mark.parametrize("header", ["iso-8859-1", "us-ascii", "windows-1252"])
def test_what_a_page_says_of_its_letters_goes_before_what_its_server_did_not_know(header):
    """Servers that know nothing say Latin-1, and any bytes are that."""
    page = base64.encodebytes('<meta charset="euc-kr"><p>강물</p>'.encode("cp949")).decode()

    text = made(PARTED.format(kind=f'text/html; charset="{header}"', page=page)).text

    assert text.endswith("<p>강물</p>")


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: 편지\nfrom: 나루\nContent-Type: multipart/related\n---\n\n글이다.\n",
        "title: 편지\nContent-Type: multipart/related\n\n글이다.\n",
        "편지를 쓰는 법\nMIME-Version: 1.0\nContent-Type: multipart/related\n\n글이다.\n",
    ],
)
def test_a_text_that_speaks_of_parts_has_none(text):
    """A post about mail was refused as a broken page."""
    assert made(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: image/png\n\nx\n--b--\n",
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b0\n\n"
        + "".join(f"--b{n}\nContent-Type: multipart/related; boundary=b{n + 1}\n\n" for n in range(5000)),
    ],
    ids=["no-page", "deep"],
)
def test_a_file_of_parts_without_a_page_is_refused_by_its_name(text):
    """It was said to have no text, which was true of nothing in it."""
    with pytest.raises(ContentError, match=r"FILE004.*MHTML"):
        _ = made(text).text


def test_a_saved_page_tells_where_it_stood():
    """Browsers write it in a remark above the page; a page that has no address of its own needs it."""
    page = captured("korea_kr_page.html").text.replace('property="og:url"', 'property="x"')
    saved = "<!-- saved from url=(0070)https://www.korea.kr/briefing/pressReleaseView.do?newsId=150000001 -->"

    (draft,) = named("koreakr-html").read(made(f"{saved}\n{page}"))

    assert draft.source.url == "https://www.korea.kr/briefing/pressReleaseView.do?newsId=150000001"


@pytest.mark.parametrize("declared", ["euc-kr", "KS_C_5601-1987", "ms949"])
def test_a_byte_that_is_no_korean_is_refused_at_its_line(declared):
    """A guess turned the whole release into Cyrillic letters, and nobody was told."""
    page = f'<meta charset="{declared}">\n<p>강물이 맑아졌다'.encode("cp949") + b"\xb0</p>\n<p>...</p>"

    with pytest.raises(ContentError, match=r"FILE004.*cp949, byte") as caught:
        _ = made(page).text

    assert caught.value.problem.where.line == 2


def test_a_text_that_declares_nothing_is_never_read_as_other_letters():
    """Detection always finds some encoding; of a Korean release only one with Hangul can be it."""
    page = "<p>강물이 맑아졌다고 하천청이 밝혔다".encode("cp949") + b"\xb0</p>" + "<p>둑도 고친다.</p>".encode("cp949")

    with pytest.raises(ContentError, match=r"FILE004.*encoding"):
        _ = made(page).text


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


def test_an_embargo_is_kept_and_what_was_changed_before_it_is_no_correction():
    """Not a word may be published before its time, and nobody had read what was changed until then."""
    text = captured("data_go_kr.xml").text.replace("<EmbargoDate>", "<EmbargoDate>05/15/2024 09:00:00")

    (draft,) = named("data-go-kr").read(made(text))

    assert f"{draft.embargo_until:%Y-%m-%d %H:%M %z}" == "2024-05-15 09:00 +0900"
    assert draft.updated is None


@pytest.mark.parametrize(
    ("said", "until"),
    [
        ("05/15/2024 09:00", "2024-05-15 09:00"),
        ("05/15/2024", "2024-05-15 00:00"),
        ("05/15/2024 24:00:00", "2024-05-16 00:00"),
        ("2024-05-15 09:00", "2024-05-15 09:00"),
        ("미정", ""),
    ],
)
def test_an_embargo_of_another_form_is_read_or_holds_the_release_back(said, until):
    """One that was only ignored let a release out before its time."""
    text = captured("data_go_kr.xml").text.replace("<EmbargoDate>", f"<EmbargoDate>{said}")

    (draft,) = named("data-go-kr").read(made(text))

    assert (f"{draft.embargo_until:%Y-%m-%d %H:%M}" if draft.embargo_until else "") == until
    assert draft.draft is not bool(until)
    assert draft.unplaced == (() if until else (f"EmbargoDate: {said}",))
    assert bool(draft.doubts) is not bool(until)


@pytest.mark.parametrize("said", ["-", "00/00/0000 00:00:00", "해당 없음"])
def test_an_embargo_that_says_there_is_none_holds_nothing_back(said):
    """Every release of such a service was a draft."""
    text = captured("data_go_kr.xml").text.replace("<EmbargoDate>", f"<EmbargoDate>{said}")

    (draft,) = named("data-go-kr").read(made(text))

    assert (draft.draft, draft.embargo_until, draft.doubts, draft.unplaced) == (False, None, (), ())


def test_what_an_answer_says_besides_is_told():
    """A new element may be a telephone, or a licence of another kind."""
    text = captured("data_go_kr.xml").text.replace("<KoglType>1<", "<TelNo>044-000-7000</TelNo><KoglType>9<")

    (draft,) = named("data-go-kr").read(made(text))

    assert draft.unplaced == ("TelNo: 044-000-7000", "KoglType: 9")
    assert draft.licence.id == "UNKNOWN"


def test_a_picture_in_a_line_leaves_no_line_without_a_place():
    """The link that stands for it is in no line of the capture; the words around it are all there."""
    picture = '<img src="https://www.korea.kr/a.jpg" alt="">'
    text = captured("data_go_kr.xml").text.replace("나루시 물빛회관에서", f"나루시 {picture} 물빛회관에서 <b>곧</b>")

    (draft,) = named("data-go-kr").read(made(text.replace("<p>&nbsp;</p>", "<table><tr><td>가</td></tr></table>", 1)))

    assert "그림 (www.korea.kr)" in draft.body
    assert [line.text for line in draft.lines if line.part is Part.UNPLACED] == []


def test_a_revision_after_publication_is_kept():
    """Readers of the first words are told that there are others."""
    (draft,) = named("data-go-kr").read(captured("data_go_kr.xml"))
    (later,) = named("data-go-kr").read(
        made(
            captured("data_go_kr.xml")
            .text.replace("<EmbargoDate>", "<EmbargoDate>05/15/2024 09:00:00")
            .replace("<ModifyDate>05/14/2024", "<ModifyDate>05/16/2024")
        )
    )

    assert f"{draft.updated:%Y-%m-%d %H:%M}" == "2024-05-14 13:00"
    assert f"{later.updated:%Y-%m-%d %H:%M}" == "2024-05-16 13:00"


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
