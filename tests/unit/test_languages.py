"""Language tags: whose words stand beside a text."""

import pytest

from sitegen.languages import language_of, our_language, primary_language


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


@pytest.mark.parametrize(
    ("tag", "title", "site", "language"),
    [
        ("", "강물이 맑아졌습니다", "en", "ko"),
        ("", "K-water, 강물 맑아져", "en", "ko"),
        ("", "Hangul 한글 Day", "en", "en"),
        ("", "2026", "en", "en"),
        ("ja", "강물", "en", "ja"),
        ("", "Rivers run clear", "ko", "ko"),
    ],
)
def test_a_korean_title_on_an_english_site_is_korean(tag: str, title: str, site: str, language: str) -> None:
    """Read out by an English voice it would be noise."""
    assert language_of(tag, title, site) == language
