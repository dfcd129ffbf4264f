"""Laws of outlines: every character of a release stays, in its order."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from sitegen.clean.body import clean_body, clean_html
from sitegen.model import BodyFormat

MARKS = st.sampled_from(
    ["□", "□ ", " ㅇ ", "ㅇ", "- ", "-", "· ", "ㆍ", "① ", "* ", "** ", "※ ", "*", "○ ", "", "", "붙임 1. ", "1. "]
)
LETTERS = st.text(alphabet="가나다한국 abc*-·ㅇ□※①.,()<>&%5℃\u1112\u1161\u11ab", max_size=20)
LINES = st.lists(st.tuples(MARKS, LETTERS).map("".join), max_size=15).map("\n".join)


def letters(text):
    """Return a text without white space, composed."""
    return "".join(unicodedata.normalize("NFC", text).split())


@given(LINES)
def test_an_outline_keeps_every_character_in_order(text):
    """A verbatim text may be shown under a no-change licence only while every character is there."""
    written = letters(text)

    body = clean_body(text, BodyFormat.GOV_OUTLINE)

    assert letters(body.text) == written


@given(LINES)
def test_an_outline_s_notes_lead_there_and_back(text):
    """A link to nowhere is worse than a star."""
    html = clean_body(text, BodyFormat.GOV_OUTLINE).html

    targets = [part.partition('"')[0] for part in html.split('href="#')[1:]]
    anchors = [part.partition('"')[0] for part in html.split('id="')[1:]]

    assert sorted(targets) == sorted(anchors)
    assert len(anchors) == len(set(anchors))


@given(LINES)
def test_the_words_of_an_outline_survive_another_cleaning(text):
    """Content that an importer has written is cleaned again by the build."""
    once = clean_body(text, BodyFormat.GOV_OUTLINE)

    again = clean_body(clean_html(once.html), BodyFormat.HTML)

    assert letters(again.text) == letters(once.text)
