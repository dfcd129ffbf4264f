"""The reader of case files itself: a case that is silently skipped would be a promise nobody keeps."""

import pytest

GOOD = "# 머리\n\n## 첫째 약속\n- removed: a\n- removed: b\n```html\n<p>가</p>\n```\n```html\n<p>나</p>\n```\n"


def test_a_case_is_a_title_its_options_and_two_blocks(case_reader):
    """The format is what a person who does not program edits."""
    text = GOOD

    (case,) = case_reader(text, "x.md")

    assert case.title == "첫째 약속"
    assert case.all("removed") == ["a", "b"]
    assert (case.given.text, case.expected.text) == ("<p>가</p>", "<p>나</p>")
    assert case.place == "x.md:3"


def test_a_block_may_be_empty_and_hold_shorter_fences(case_reader):
    """Markdown cases show fences of their own, and some bodies come out empty."""
    text = "## 울타리\n````markdown\n```\n글\n```\n````\n```html\n```\n"

    (case,) = case_reader(text, "x.md")

    assert case.given.text == "```\n글\n```"
    assert case.expected.text == ""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "x.md:1: no cases"),
        ("## 하나\n```html\n글\n```\n", "x.md:1: “하나” has 1 fenced blocks"),
        ("## 하나\n```html\n글\n", "x.md:2: this fence is not closed"),
        ("## 하나\n떠도는 글\n", "x.md:2: neither title, option nor fenced block"),
        (GOOD + "```html\n셋째\n```\n", "x.md:3: “첫째 약속” has 3 fenced blocks"),
    ],
)
def test_a_malformed_file_fails_loudly_with_its_line(case_reader, text, message):
    """A typo in a case file must stop the run, not shrink it."""
    with pytest.raises(Exception, match=message) as caught:
        case_reader(text, "x.md")

    assert type(caught.value).__name__ == "MalformedCaseError"
