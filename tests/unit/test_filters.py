"""The words templates make of dates and numbers."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from sitegen.render.filters import iso_date, iso_time, long_date, month_label, short_date, thousands
from sitegen.render.theme import escaped

SEOUL = ZoneInfo("Asia/Seoul")
DAY = datetime(2019, 12, 3, tzinfo=SEOUL)
TIME = datetime(2019, 12, 3, 9, 5, tzinfo=SEOUL)


@pytest.mark.parametrize(
    ("write", "words", "expected"),
    [
        (
            short_date,
            (
                DAY,
                "ko",
            ),
            "2019.12.03. (화)",
        ),
        (
            short_date,
            (
                DAY,
                "en",
            ),
            "3 Dec 2019 (Tue)",
        ),
        (
            short_date,
            (
                TIME,
                "ko",
            ),
            "2019.12.03. (화) 09:05",
        ),
        (
            short_date,
            (
                TIME,
                "en",
            ),
            "3 Dec 2019 (Tue) 09:05",
        ),
        (
            long_date,
            (
                DAY,
                "ko",
            ),
            "2019년\u00a012월\u00a03일 화요일",
        ),
        (
            long_date,
            (
                DAY,
                "en",
            ),
            "Tuesday, 3\u00a0December\u00a02019",
        ),
        (
            month_label,
            (
                "2024-08",
                "ko",
            ),
            "2024년 8월",
        ),
        (
            month_label,
            (
                "2024-08",
                "en",
            ),
            "August 2024",
        ),
        (
            month_label,
            (
                "2024",
                "ko",
            ),
            "2024년",
        ),
        (
            month_label,
            (
                "2024",
                "en",
            ),
            "2024",
        ),
        (iso_date, (DAY,), "2019-12-03"),
        (iso_date, (TIME,), "2019-12-03T09:05+09:00"),
        (iso_date, (TIME.replace(second=7),), "2019-12-03T09:05:07+09:00"),
        (iso_time, (DAY,), "2019-12-03T00:00:00+09:00"),
        (iso_time, (None,), "1970-01-01T00:00:00+00:00"),
        (thousands, (1234567,), "1,234,567"),
    ],
)
def test_a_date_is_said_as_its_readers_say_it(write, words, expected):
    """A date that looks foreign is read wrongly; machines need the other form."""
    arguments = words

    said = write(*arguments)

    assert said == expected


@given(st.text(alphabet=st.sampled_from("가a&<>\"' \n")))
@example("R&D <b>")
def test_what_a_template_shows_is_escaped_as_ever(text):
    """The quick way to escape may leave words as they are only where there is nothing to escape."""
    assert str(escaped(text)) == str(escape(text))
    assert escaped(Markup(text)) == Markup(text)  # noqa: S704  as a macro gives it
    assert escaped(len(text)) == escape(len(text))
