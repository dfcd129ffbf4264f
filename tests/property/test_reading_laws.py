"""Laws of reading: any bytes are an article or an error with its place; times come back as they were written."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sitegen.errors import ContentError
from sitegen.messages import render
from sitegen.model import SourceFile
from sitegen.problems import Where
from sitegen.read.article import parse_article
from sitegen.read.fields import parse_moment, tidy
from sitegen.read.frontmatter import parse

SEOUL = ZoneInfo("Asia/Seoul")
PIECES = st.sampled_from(
    [
        "---\n", "+++\n", "...\n", "{", "}", "title: ", "date: 2024-05-03\n", "제목", "\n", "- ", "[", "]", ":", " ",
        "\t", '"', "'", "&a ", "*a", "!t ", "a = 1\n", "%YAML 1.2\n", "# 말\n", "|\n", ">\n", "? ", ",", "\x00",
        "\x07", "\ufeff", "\u2028", "~", "null",
    ]
)  # fmt: skip
HEADS = st.lists(PIECES, max_size=25).map("".join)
FRAMED = st.tuples(st.sampled_from(["---\n", "+++\n", "{"]), HEADS, st.sampled_from(["---\n", "+++\n", "}", ""])).map(
    "".join
)
KEYS = st.sampled_from(
    [
        "title",
        "date",
        "tags",
        "source",
        "license",
        "media",
        "notice",
        "draft",
        "kind",
        "contacts",
        "image",
        "permalink",
        "body_format",
    ]
)
VALUES = st.sampled_from(
    [
        "가",
        "no",
        "[가, 나]",
        "{name: 가}",
        "2024-02-30",
        "2024-05-03",
        "",
        "~",
        "'가: 나'",
        "[[가]]",
        "{a: {b: [c]}}",
        "KOGL-1",
        "true",
        "-1",
        "/:x/:y/",
    ]
)


def outcome(read, *arguments):
    """Return what a reader returns and the problem for which it refuses, one of them None."""
    try:
        return read(*arguments), None
    except ContentError as error:
        return None, error.problem


@given(st.one_of(HEADS, FRAMED, st.binary(max_size=80), st.text(max_size=80)))
@example("---\n? - a\n: b\n---\n")
@example("---\n[a]: b\n---\n")
@example('{"a": 1e999}')
@example('{"\\ud800": 1}')
@example('{"a": ' + "1" * 5000 + "}")
@example("+++\na = " + "1" * 5000 + "\n+++\n")
@example("---\ntitle: \ud800\n---\n")
def test_reading_a_head_ends_in_values_or_in_an_error_with_its_line(source):
    """A file from anyone may be wrong, but a crash without a place helps nobody."""
    path = "content/a.md"

    front, problem = outcome(parse, source, path)

    place = problem.where if problem else Where(path=path, line=front.body_line, column=1)
    assert place.path == path
    assert place.line >= 1
    assert place.column >= 1
    assert not problem or all(render(problem, language) for language in ("ko", "en"))


@given(st.lists(st.tuples(KEYS, VALUES), max_size=8))
def test_any_head_of_known_keys_is_an_article_or_an_error_with_its_line(pairs):
    """Every wrong value of every field is told, none is a crash."""
    head = "".join(f"{key}: {value}\n" for key, value in dict(pairs).items())
    source = SourceFile(path="a.md", shown="content/a.md", data=f"---\n{head}---\n본문\n".encode())

    read, problem = outcome(parse_article, source, SEOUL)

    line = problem.where.line if problem else 2
    assert 2 <= line <= head.count("\n") + 2
    assert problem or read[0].body == "본문\n"


@given(
    st.datetimes(min_value=datetime(1900, 1, 2), max_value=datetime(2100, 1, 1)),  # noqa: DTZ001  the zone is the next
    st.integers(min_value=-12, max_value=14),
)
def test_a_time_comes_back_as_it_was_written(moment, hours):
    """A time read wrongly by an hour lifts an embargo."""
    written = moment.replace(microsecond=0, tzinfo=timezone(timedelta(hours=hours)))

    for text in (written.isoformat(), f"{written:%Y-%m-%d %H:%M:%S %z}", written.isoformat(sep=" ")):
        assert parse_moment(text, SEOUL) == written
    assert parse_moment(f"{written.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}", SEOUL) == written


@given(st.text(max_size=40))
def test_what_is_no_time_is_a_value_error_and_nothing_else(text):
    """The reader adds field and line to that one error."""
    try:
        moment = parse_moment(text, SEOUL)
    except (ValueError, OverflowError):
        return
    assert moment.tzinfo is SEOUL


@pytest.mark.parametrize("text", ["9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00"])
def test_times_at_the_edge_of_the_calendar_are_values_or_errors(text):
    """A typo in the year must not end the build."""
    zone = SEOUL

    try:
        moment = parse_moment(text, zone)
    except (ValueError, OverflowError):
        moment = None

    assert moment is None or moment.tzinfo is zone


@given(st.text(max_size=60))
def test_a_tidy_line_is_one_line(text):
    """A title with a line end would break lists, feeds and heads."""
    line = tidy(text)

    parts = line.split()

    assert line == " ".join(parts)
