"""Every case of tests/cases/markdown: a Markdown body in, the body as it may be published out."""

from sitegen.clean.body import clean_body
from sitegen.model import BodyFormat

CASES = "markdown"


def test_a_markdown_body_comes_out_as_its_case_says(case):
    """Writers check Korean emphasis and links by eye only once; these stay as they were checked."""
    text = f"{case.given.text}\n"

    body = clean_body(text, BodyFormat.MARKDOWN)

    assert body.html == case.expected.text


def test_windows_line_ends_change_nothing(case):
    """Half of the writers save on Windows; the page must not depend on it."""
    text = case.given.text.replace("\n", "\r\n")

    body = clean_body(text, BodyFormat.MARKDOWN)

    assert body.html == clean_body(case.given.text, BodyFormat.MARKDOWN).html
