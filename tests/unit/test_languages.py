"""Language tags: whose words stand beside a text."""

import pytest

from sitegen.languages import are_one, direction, language_of, language_tag, may_be_in, our_language, primary_language


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


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("en", "en"),
        (" EN-us ", "en-US"),
        ("zh_hant_TW", "zh-Hant-TW"),
        ("sr-LATN", "sr-Latn"),
        ("es-419", "es-419"),
        ("kr", ""),
        ("e", ""),
        ("english please", ""),
        ("", ""),
    ],
)
def test_a_language_tag_is_written_in_one_way(text: str, tag: str) -> None:
    """Two parts in one language are told together, however each of them was marked."""
    assert language_tag(text) == tag


def test_a_direction_is_one_of_three_words() -> None:
    """What else stands there goes."""
    assert [direction(text) for text in ("RTL", " ltr", "auto", "right", "")] == ["rtl", "ltr", "auto", "", ""]


@pytest.mark.parametrize(
    ("tag", "other", "are"),
    [
        ("en", "en-US", True),
        ("KO-kr", "ko", True),
        ("en", "enm", False),
        ("zh-Hans", "zh-CN", False),
        ("en", "", False),
    ],
)
def test_a_region_makes_no_other_language(tag: str, other: str, *, are: bool) -> None:
    """An American word in an English text needs no other voice."""
    assert are_one(tag, other) is are_one(other, tag) is are


@pytest.mark.parametrize(
    ("text", "tag", "may"),
    [
        ("Rivers", "en", True),
        ("Hangul (한글) Day", "en", True),
        ("강물이 맑다", "en", False),
        ("강물 FTA", "en-US", False),
        ("2026. 3.", "en", False),
        ("中國", "en", False),
        ("中國", "ko", True),
        ("Seoul", "ko", False),
        ("Seoul", "ko-Latn", True),
        ("川", "ja", True),
        ("かわ 강", "ja", False),
        ("शब्द", "hi", True),
        ("강", "hi", False),
        ("вода", "ru", True),
        ("שלום", "he", True),
    ],
)
def test_a_language_that_cannot_be_is_told_by_the_letters(text: str, tag: str, *, may: bool) -> None:
    """Word calls all Korean text English where a keyboard was; a voice that believes it spells the words out."""
    assert may_be_in(text, tag) is may
