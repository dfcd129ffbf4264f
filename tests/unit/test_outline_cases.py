"""Every case of tests/cases/outline: the text of a release in, nested lists out."""

import unicodedata

from sitegen.clean.body import clean_body
from sitegen.config import Cleaning
from sitegen.model import BodyFormat

CASES = "outline"


def letters(text):
    """Return a text without white space, composed."""
    return "".join(unicodedata.normalize("NFC", text).split())


def test_an_outline_comes_out_as_its_case_says(case):
    """Screen readers announce nested lists; a wrong nesting tells a wrong story."""
    rules = set(case.all("removed"))

    body = clean_body(case.given.text, BodyFormat.GOV_OUTLINE)

    assert body.html == case.expected.text
    assert rules <= {removal.rule for removal in body.removals}


def test_a_note_is_left_in_the_language_of_its_text():
    """A screen reader speaks English words in an English text."""
    body = clean_body("□ Water*\n* of 2026\n", BodyFormat.GOV_OUTLINE, Cleaning(language="en"))

    assert 'role="doc-backlink" aria-label="Back to the text">' in body.html


def test_an_outline_tells_the_source_it_ends_in_and_keeps_the_line():
    """Whoever wrote the source below a release has told it."""
    text = "□ 수질이 좋아짐\n ㅇ 10년 만에 가장 맑음\n\n자료 출처: 견본브리핑 https://press.example.go.kr\n"

    body = clean_body(text, BodyFormat.GOV_OUTLINE)

    assert (body.credited.name, body.credited.site) == ("견본브리핑", "https://press.example.go.kr")
    assert "자료 출처: 견본브리핑" in body.text


def test_an_outline_keeps_every_character_of_its_case(case):
    """A verbatim text may be shown under a no-change licence only while every character is there."""
    written = letters(case.given.text)

    body = clean_body(case.given.text, BodyFormat.GOV_OUTLINE)

    assert letters(body.text) == written
