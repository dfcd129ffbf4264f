"""Front-matter texts → typed values."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from sitegen.errors import ContentError
from sitegen.model import Kind
from sitegen.read.fields import Fields, parse_moment, tidy
from sitegen.read.frontmatter import parse
from sitegen.read.nodes import places_of

SEOUL = ZoneInfo("Asia/Seoul")


def fields_of(text):
    """Return the fields of a YAML head."""
    return Fields(parse(f"---\n{text}\n---\n", "a.md").head, "a.md")


@pytest.mark.parametrize(
    "text",
    [
        "2024-08-08",
        "2024.8.8",
        "2024.08.08.",
        "2024. 8. 8.",
        "2024/08/08",
        "2024-8-8",
        " 2024-08-08 ",
        "2024-08-08T00:00:00+09:00",
        "2024-08-07T15:00:00Z",
        "2024-08-07 15:00 UTC",
        "2024-08-08 0:00 KST",
    ],
)
def test_a_day_is_read_in_every_form_people_write(text):
    """Dates come from ministries, editors and programs; a refused date is an article without its day."""
    day = datetime(2024, 8, 8, tzinfo=SEOUL)

    moment = parse_moment(text, SEOUL)

    assert moment == day
    assert moment.tzinfo is SEOUL


@pytest.mark.parametrize(
    "text",
    [
        "2024-08-08T14:30:00+09:00",
        "2024-08-08 14:30:00 +0900",
        "2024-08-08 14:30",
        "2024-08-08T14:30:00.500+09:00",
        "2024-08-08T05:30Z",
        "2024-08-08 00:30 -5",
        "2024-08-08 00:30:00 -05:00",
        "2024.8.8. 14:30",
        "2024년 8월 8일 14:30",
    ],
)
def test_a_time_is_read_with_its_zone(text):
    """An embargo that ends an hour early is a broken promise."""
    expected = datetime(2024, 8, 8, 5, 30, tzinfo=UTC)

    moment = parse_moment(text, SEOUL)

    assert moment == expected


@pytest.mark.parametrize(
    "text",
    ["", "어제", "2024-13-01", "2024-02-30", "08/08/2024", "2024-08", "2024-08-08 25:00", "20240808", "2024-08-08T"],
)
def test_what_is_no_date_is_refused(text):
    """A guessed date would put an article into the wrong year."""
    zone = SEOUL

    with pytest.raises(ValueError):  # noqa: PT011  the reader adds field and place
        parse_moment(text, zone)


def test_a_wrong_date_names_its_field_line_and_value():
    """The writer must see which of four dates in the head is meant."""
    fields = fields_of("title: a\nupdated: 2024-02-30")

    moment = fields.moment(SEOUL, "updated", "lastmod")

    assert moment is None
    with pytest.raises(ContentError) as caught:
        fields.judge()
    assert str(caught.value).startswith("a.md:3:10: error DATE003 updated is not a date: 2024-02-30")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("연구&middot;개발", "연구·개발"),
        ("A &amp;amp; B", "A & B"),
        ("&#39;인용&#39; &#x2019;", "'인용' ’"),
        ("AT&T 한국", "AT&T 한국"),
        ("가 ?a=1&section=3&copy=2 &lt;나", "가 ?a=1&section=3&copy=2 <나"),
        ("  두   칸\t글 ", "두 칸 글"),
        ("한", "한"),
    ],
)
def test_a_text_is_one_tidy_line(written, read):
    """Titles come escaped once or twice from other systems; readers must not see the escapes."""
    text = written

    line = tidy(text)

    assert line == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("tags: [가, 나, 가]", ("가", "나")),
        ("tags: 가, 나", ("가", "나")),
        ("tags: '가, 나'", ("가, 나",)),
        ("tags:\n  - 가\n  - ~\n  - 나", ("가", "나")),
        ("tags: 가", ("가",)),
        ("tags:", ()),
        ("other: 1", ()),
    ],
)
def test_a_list_of_texts_is_read_in_every_form(written, read):
    """Jekyll writes lists as one line with commas; a quoted comma belongs to its word."""
    fields = fields_of(written)

    texts = fields.texts("tags")

    assert texts == read


@pytest.mark.parametrize(
    ("word", "truth"), [("true", True), ("yes", True), ("No", False), ("off", False), ("0", False)]
)
def test_a_truth_is_read_in_every_form(word, truth):
    """A draft must stay a draft however it is marked."""
    fields = fields_of(f"draft: {word}")

    flag = fields.flag("draft")

    assert flag is truth


@pytest.mark.parametrize(
    ("text", "read", "place"),
    [
        ("draft: 아마도", lambda fields: fields.flag("draft"), "2:8"),
        ("kind: news", lambda fields: fields.choice("kind", Kind, Kind.NOTICE) is not Kind.NOTICE, "2:7"),
        ("title: [가]", lambda fields: fields.text("title"), "2:8"),
        ("tags:\n  가: 나", lambda fields: fields.texts("tags"), "3:3"),
        ("media: 가", lambda fields: fields.rows("media"), "2:8"),
        ("media:\n  - [가]", lambda fields: fields.rows("media"), "3:5"),
    ],
    ids=["truth", "choice", "text", "texts", "rows", "row"],
)
def test_a_value_of_the_wrong_kind_is_refused_at_its_place(text, read, place):
    """The message names the field, shows the value and says what to write instead."""
    fields = fields_of(text)

    value = read(fields)

    assert not value
    with pytest.raises(ContentError) as caught:
        fields.judge()
    assert str(caught.value).startswith(f"a.md:{place}: error FM006 ")
    assert "hint: " in str(caught.value)


def test_names_nobody_asked_for_are_told():
    """A misspelt key must not be lost in silence, at the top or inside a mapping."""
    fields = fields_of("title: a\nsorce: b\nsource:\n  name: c\n  adress: d")

    fields.text("title")
    fields.fields("source").text("name")

    assert fields.unread() == ["sorce", "source.adress"]
    places = [name for name, _, _ in places_of(fields.mapping)]
    assert places == ["title", "sorce", "source", "source.name", "source.adress"]
