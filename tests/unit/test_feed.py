"""Feeds and their records: what an item says is read, what it does not say is never completed."""

import pytest

from sitegen.errors import ContentError
from sitegen.importers.profiles import choose, named
from tests.conftest import made

FEED_ROWS = """[{"title": "강물 소식", "subtitle": "둑도 튼튼", "ministry": "하천청", "publishedAt": "2026-05-15T09:27:00.000Z",
 "canonicalUrl": "https://www.korea.kr/briefing/pressReleaseView.do?newsId=150000002", "newsId": "150000002", "lang": "ko",
 "rssDescription": "<a href='x'><img src='btn_textview.gif'></a><br>강물이 흐른다.<br>[자료제공 :<a><img>(www.korea.kr)</a>]<br/>끝말",
 "attachments": [{"name": "강물.hwpx", "url": "https://www.korea.kr/common/download.do?fileId=1&tblKey=GMN"}, 7]}]"""


def test_records_of_a_feed_are_rows():
    """A collector's JSON keeps what the feed said; what nobody knows is unplaced."""
    profile, _ = choose(made(FEED_ROWS))
    (draft,) = profile.read(made(FEED_ROWS))

    assert (profile.name, draft.title, draft.subtitle) == ("koreakr-rows", "강물 소식", "둑도 튼튼")
    assert draft.published.isoformat() == "2026-05-15T18:27:00+09:00"
    assert draft.body == "<p>강물이 흐른다.</p>\n<p>끝말</p>"
    assert [file.label for file in draft.attachments] == ["강물.hwpx"]
    assert draft.dropped == {"view-button": 1, "provided-by": 1}
    assert draft.unplaced == ("7", "lang: ko")


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


def test_a_publication_date_that_cannot_be_read_is_not_the_day_of_an_update():
    """Null is what the feed says; another date would be taken for it."""
    update = "<dc:date xmlns:dc='http://purl.org/dc/elements/1.1/'>2026-02-03</dc:date><description>강물</description>"
    (draft,) = named("feed").read(feed_of(f"<pubDate>어제</pubDate>{update}"))
    (updated,) = named("feed").read(feed_of(update))

    assert (draft.published, f"{draft.updated:%Y-%m-%d}", draft.unplaced) == (None, "2026-02-03", ("date: 어제",))
    assert (f"{updated.published:%Y-%m-%d}", updated.updated) == ("2026-02-03", None)


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


@pytest.mark.parametrize(
    ("written", "body", "doubts"),
    [
        ("□ 첫째\n ㅇ 둘째\n\n   - 셋째", "□ 첫째\n\nㅇ 둘째\n\n- 셋째", 0),
        ("강물이\n흐른다. 5 &lt; 6, &lt;나루&gt;", "<p>강물이<br>흐른다. 5 &lt; 6, &lt;나루&gt;</p>", 0),
        ("&lt;p&gt;강물이\n흐른다.&lt;/p&gt;", "<p>강물이 흐른다.</p>", 0),
        ("&amp;lt;p&amp;gt;A &amp;amp;lt; B&amp;lt;/p&amp;gt;&amp;lt;br/&amp;gt;", "<p>A &lt; B</p>", 1),
        ("문단은 &amp;lt;p&amp;gt;로 연다", "<p>문단은 &lt;p&gt;로 연다</p>", 1),
        ("&amp;lt;p&amp;gt;와 &amp;lt;br&amp;gt;", "<p>&lt;p&gt;와 &lt;br&gt;</p>", 1),
        ("&lt;code&gt;&lt;b&gt;&amp;lt;p&amp;gt;&lt;/b&gt;&lt;/code&gt;", "<p><code><strong>&lt;p&gt;</strong></code></p>", 0),
    ],
    ids=["lines", "sentences", "markup", "twice", "about-tags", "unclosed", "code"],
)  # fmt: skip
def test_the_text_of_a_feed_is_read_as_it_was_meant(written, body, doubts):
    """A text without tags has lines; tags that were escaped twice are tags, unless the text is about them."""
    (draft,) = named("feed").read(feed_of(f"<description>{written}</description>"))

    assert draft.body == body
    assert len(draft.doubts) == doubts


CONTENT = "<content:encoded xmlns:content='http://purl.org/rss/1.0/modules/content/'>{}</content:encoded>"


@pytest.mark.parametrize(
    ("inside", "summary"),
    [
        (CONTENT.format("<![CDATA[<p>10<sup>3</sup>개</p>]]>"), ""),
        ("<description>10&lt;sup&gt;3&lt;/sup&gt;개의 &lt;b&gt;둑&lt;/b&gt;을 고친다</description>" + CONTENT.format("글"), "10³개의 둑을 고친다"),
        ("<description>&lt;p&gt;둑 글&lt;/p&gt;</description>" + CONTENT.format("둑 글"), ""),
    ],
    ids=["none-stated", "stated", "the-text-itself"],
)  # fmt: skip
def test_a_summary_is_what_the_feed_states_as_one(inside, summary):
    """The parser gives the whole text for one where there is none, and a space inside a figure is another figure."""
    (draft,) = named("feed").read(feed_of(inside))

    assert draft.summary == summary


def test_addresses_of_a_feed_begin_where_its_channel_is():
    """Many boards write them from their root; the build would hold the article back."""
    inside = (
        "<link>/board/view.do?seq=1</link><enclosure url='/file/a.hwp'/>"
        "<description>&lt;p&gt;&lt;a href='down.do?id=2'&gt;붙임&lt;/a&gt;&lt;/p&gt;</description>"
    )
    feed = feed_of(inside).text.replace("<title>나루<", "<link>https://press.example.go.kr/rss/</link><title>나루<")

    (draft,) = named("feed").read(made(feed))

    assert draft.source.url == "https://press.example.go.kr/board/view.do?seq=1"
    assert draft.body == '<p><a href="https://press.example.go.kr/board/down.do?id=2">붙임</a></p>'
    assert [file.url for file in draft.attachments] == ["https://press.example.go.kr/file/a.hwp"]


CC = '<c:license xmlns:c="http://cyber.law.harvard.edu/rss/creativeCommonsRssModule.html">https://creativecommons.org/licenses/by-nc/4.0/</c:license>'


@pytest.mark.parametrize(
    ("channel", "item", "licence", "unplaced"),
    [
        ("", "공공누리 제4유형", "KOGL-4", ()),
        ("공공누리 제1유형", "", "KOGL-1", ()),
        ("공공누리 제1유형", "공공누리 제4유형", "KOGL-4", ()),
        ("Copyright 나루청", "나루청", "UNKNOWN", ("rights: 나루청",)),
        ("공공누리 제1유형", "무단 전재 금지", "UNKNOWN", ()),
    ],
)
def test_a_licence_mark_of_a_feed_is_read(channel, item, licence, unplaced):
    """What the channel states it states for its items; an item's own goes before it."""
    rights = f"<dc:rights xmlns:dc='http://purl.org/dc/elements/1.1/'>{item}</dc:rights>" if item else ""
    feed = feed_of(f"{rights}<description>글</description>").text
    feed = feed.replace("<title>나루<", f"<copyright>{channel}</copyright><title>나루<")

    (draft,) = named("feed").read(made(feed))

    assert (draft.licence.id, draft.unplaced) == (licence, unplaced)
    assert draft.source.statement == (item if "금지" in item else "")


@pytest.mark.parametrize(
    ("channel", "inside", "licence"),
    [
        ("공공누리 제1유형", "<description>강물</description>", "KOGL-1"),
        ("공공누리 제1유형", "<description>강물. 본 저작물은 공공누리 제4유형으로 개방한 저작물이다.</description>", "KOGL-4"),
        ("공공누리 제1유형", "<description>&lt;p>강물&lt;/p>&lt;p>공공누리 제4유형&lt;/p></description>", "KOGL-4"),
        ("공공누리 제1유형", "<description>강물. 공공누리 제4유형으로 개방</description>", "UNKNOWN"),
        ("공공누리 제1유형", "<description>강물. 이 자료는 공공누리 적용 대상이 아닙니다.</description>", "UNKNOWN"),
        ("공공누리 제1유형", "<description>강물. 무단전재 및 재배포를 금합니다.</description>", "UNKNOWN"),
        ("공공누리 제1유형", "<copyright>공공누리 제1유형</copyright><description>공공누리 제4유형</description>", "UNKNOWN"),
        ("", "<copyright>공공누리 제4유형</copyright><description>공공누리 제1유형</description>", "KOGL-4"),
        ("", "<copyright>나루청</copyright><description>공공누리 제4유형</description>", "KOGL-4"),
        ("공공누리 제1유형", f"{CC}<description>강물</description>", "UNKNOWN"),
    ],
    ids=["silent", "notice", "mark", "words", "denied", "reserved", "conflict", "closed", "holder", "link"],
)  # fmt: skip
def test_a_channel_licenses_no_item_that_says_otherwise(channel, inside, licence):
    """A feed's own notice is written once, for whatever it carries; an agency's partners have theirs."""
    feed = feed_of(inside).text.replace("<title>나루<", f"<copyright>{channel}</copyright><title>나루<")

    (draft,) = named("feed").read(made(feed))

    assert draft.licence.id == licence


def test_a_character_that_no_xml_may_hold_does_not_refuse_a_feed():
    """One item of a hundred had a word processor's line break in it."""
    (draft,) = named("feed").read(feed_of("<description>둑을\x0b고친다</description>"))

    assert (draft.body, len(draft.doubts)) == ("<p>둑을 고친다</p>", 1)


@pytest.mark.parametrize(
    ("link", "source"),
    [
        ("https://www.korea.kr/briefing/pressReleaseView.do?newsId=1", "정책브리핑"),
        ("https://blog.example.com/?ref=korea.kr", "나루"),
        ("https://korea.kr.example.com/1", "나루"),
    ],
)
def test_only_what_stands_at_the_briefing_is_its(link, source):
    """Whoever leads there is not it."""
    (draft,) = named("feed").read(feed_of(f"<link>{link}</link><description>글</description>"))

    assert draft.source.name == source
