"""Numbers by which persons are known: found wherever a page shows them, and never repeated."""

import pytest

from sitegen.messages import message_of
from sitegen.model import Contact
from tests.unit.conftest import body_of


@pytest.mark.parametrize("field", ["title", "subtitle", "summary"])
def test_a_resident_number_is_found_wherever_it_shows(check, field):
    """Lists and feeds show title and summary."""
    text = "이름 900101-1234567"

    codes = [problem.code for problem in check(**{field: text})]

    assert codes == ["PII001"]


def test_a_number_of_a_company_is_no_persons(check):
    """Both have six and seven digits."""
    companies = ("법인등록번호 110111-1707178", "번호 991301-1234567")
    persons = ["법인 대표 홍길동 900101-1234567", *(f"900101{dash}1234567" for dash in (" - ", "–", "‑", "－", "−"))]

    assert [check(body=body_of(text)) for text in companies] == [[], []]
    assert [[problem.code for problem in check(body=body_of(text))] for text in persons] == [["PII001"]] * 6


@pytest.mark.parametrize(
    "number",
    [
        "+82-10-0123-4567",
        "010)0123-4567",
        "(010) 0123-4567",
        "01001234567",
        "010－123－4567",
        "010-1234-5678, 010-0123-4567",
    ],
)
def test_a_mobile_number_is_found_however_it_is_written(check, number):
    """Nobody writes them in one way."""
    (problem,) = check(body=body_of(f"문의는 {number}"))

    assert problem.code == "PII002"


@pytest.mark.parametrize(
    "text", ["평균 3.0101234567점", "주문번호 01612345678", "a=01001234567", "0a01001234567f", "2010-0123-4567"]
)
def test_other_figures_are_no_mobile_numbers(check, text):
    """A warning that is wrong every day is not read."""
    assert check(body=body_of(text)) == []


def test_a_number_is_told_where_it_stands(check):
    """A contact is shown on the page as the text is."""
    contact, summary = (Contact(org="하천청", unit="", tel="010-0123-4567"),), "문의 010-0123-4567"

    found = [check(contacts=contact), check(summary=summary), check(title="가\ue000")]

    assert [problem.code for (problem,) in found] == ["PII002", "PII002", "BODY007"]
    assert [problem.where.line for (problem,) in found] == [12, 11, 2]


def test_a_message_never_repeats_a_resident_number(check):
    """Build logs are public on many sites."""
    text = "신청인 900101-1234567"

    (problem,) = check(body=body_of(text))

    assert "1234567" not in message_of(problem, "ko") + message_of(problem, "en")
