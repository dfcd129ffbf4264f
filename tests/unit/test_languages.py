"""Language tags: whose words stand beside a text."""

import pytest

from sitegen.languages import our_language, primary_language


@pytest.mark.parametrize(
    ("tag", "primary", "ours"),
    [
        ("ko", "ko", "ko"),
        ("ko-KR", "ko", "ko"),
        ("KO", "ko", "ko"),
        ("", "", "ko"),
        ("en", "en", "en"),
        ("ja", "ja", "en"),
        ("zh-Hant", "zh", "en"),
        ("kok", "kok", "en"),  # Konkani begins like Korean
    ],
)
def test_one_of_our_languages_serves_every_text(tag: str, primary: str, ours: str) -> None:
    """A text in a third language gets English words rather than none."""
    assert (primary_language(tag), our_language(tag)) == (primary, ours)
