"""Texts that say nearly the same are found; texts that merely share a subject are not."""

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.importers.edits import edits_between
from sitegen.model import Edit
from sitegen.site.similar import fingerprint_of, groups_of, likeness, plain_runs_of, quick_runs_of

RIVER = " ".join(
    f"강물을 {number}번 살펴 {number % 7}급수로 고친다고 하천환경청이 {number}일 밝혔다" for number in range(30)
)
FOREST = " ".join(
    f"숲길을 {number}킬로미터 늘려 {number % 5}곳에 쉼터를 둔다고 산림녹지원이 말했다" for number in range(30)
)


def edited(text, every):
    """Return a text with every n-th word replaced."""
    return " ".join(f"바꾼{place}" if place % every == 0 else word for place, word in enumerate(text.split(), 1))


def test_a_text_with_small_edits_is_found_again():
    """A joint release differs from its twin in a name and a number or two."""
    groups = groups_of([fingerprint_of(text) for text in (FOREST, RIVER, edited(RIVER, 60))])

    assert groups == [[1, 2]]


def test_texts_of_one_subject_are_two():
    """Two releases of one ministry share words, not sentences."""
    assert groups_of([fingerprint_of(RIVER), fingerprint_of(edited(RIVER, 4))]) == []


@given(st.lists(st.text(st.characters(exclude_characters=" "), min_size=1, max_size=3), max_size=30))
def test_both_ways_sample_the_same_runs(words):
    """What a text is like must not hang on how many were read before it."""
    line = " ".join(words)

    assert quick_runs_of(line) == plain_runs_of(line)


def test_a_short_text_has_no_fingerprint():
    """Appointments are all alike."""
    assert fingerprint_of("인사 발령 하천환경청 3월 1일") == b""
    assert groups_of([b"", b""]) == []


def test_many_copies_of_one_text_cost_little():
    """A formula that a mirror shows ten thousand times must not be compared with itself a hundred million times."""
    copies = [fingerprint_of(RIVER)] * 3000

    assert groups_of(copies) == [list(range(3000))]


@given(st.lists(st.sampled_from("가나다라마바사아자차카타파하"), min_size=60, max_size=120).map(" ".join))
def test_a_text_is_wholly_like_itself(text):
    """Reflexive, and the same in every process."""
    assert likeness(fingerprint_of(text), fingerprint_of(f"  {text}\n")) == 1.0


NUMBERS = st.sampled_from([0, 1, 0x7FFF, 0x8000, 0xFFFF]) | st.integers(0, 0xFFFF)


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=64, max_size=64))
def test_likeness_is_the_share_of_equal_numbers(pairs):
    """However they lie beside one another."""
    one, other = (array("H", numbers).tobytes() for numbers in zip(*pairs, strict=True))

    assert likeness(one, other) == sum(left == right for left, right in pairs) / 64


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("오는 3일부터 접수한다", "오는 4일부터 접수한다", [Edit("오는", "3일부터", "4일부터", "접수한다")]),
        ("가 나 다 라", "가 나 새말 다 라", [Edit("가 나", "", "새말", "다 라")]),
        ("가 나 다 라", "가 라", [Edit("가", "나 다", "", "라")]),
        ("같은 글", "같은  글", []),
        ("1 2 3 4", "하나 2 셋 4", [Edit("", "1 2 3", "하나 2 셋", "4")]),
    ],
)
def test_the_words_that_changed_are_told_with_those_around_them(old, new, expected):
    """A reader sees at a glance what the ministry corrected."""
    assert list(edits_between(old, new)) == expected


@given(st.lists(st.sampled_from("가나다라"), max_size=40), st.lists(st.sampled_from("가나다라"), max_size=40))
def test_edits_account_for_every_word_that_came_or_went(old, new):
    """What is equal on both sides is not told; what is told makes up the difference in length."""
    edits = edits_between(" ".join(old), " ".join(new))

    gone = sum(len(edit.old.split()) for edit in edits)
    come = sum(len(edit.new.split()) for edit in edits)
    assert len(new) - len(old) == come - gone
    assert (edits == ()) == (old == new)
