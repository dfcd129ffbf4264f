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
    assert draft.unplaced == ("lang: ko",)


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
