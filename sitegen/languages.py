"""Language tags (BCP 47): which language a text is in, and in which of ours we speak beside it."""

import re
from typing import Final

from sitegen.runtime.late import Late

TAG: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
# Countries that are taken for languages; `kr` is Kanuri, of which there is no news here.
NO_LANGUAGES: Final = frozenset({"kr", "jp", "cn", "us", "gb"})
PART_ENDS: Final = re.compile("(?<=-)(?:(?P<script>[a-z]{4})|(?P<region>[a-z]{2}))(?=-|$)")
DIRECTIONS: Final = frozenset({"ltr", "rtl", "auto"})
TELLING_LETTERS: Final = 100  # of a text by which its language is judged
ANY_LETTER: Final = Late(r"[^\W\d_]")
LETTER: Final = ANY_LETTER.pattern
HANGUL: Final = re.compile("[가-힣]")
HAN: Final = "㐀-䶿一-鿿豈-\ufaff"
LATIN: Final = Late("[A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ]")
RIGHT_TO_LEFT: Final = Late(  # Hebrew, Arabic and their neighbours
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
# Letters that any text in a language has some of; of other languages, any letter.
WRITTEN_WITH: Final = {
    "ko": Late(f"[가-힣{HAN}]"),
    "ja": Late(f"[\u3040-\u30ff{HAN}]"),
    "zh": Late(f"[\u3100-\u312f{HAN}]"),
    **dict.fromkeys(("ar", "fa", "he", "ur"), RIGHT_TO_LEFT),
    **dict.fromkeys(("bg", "ru", "uk"), Late("[\u0400-\u052f]")),
    **dict.fromkeys(("de", "en", "es", "fr", "id", "it", "ms", "nl", "pl", "pt", "sv", "tl", "tr", "vi"), LATIN),
}


def language_tag(text: str) -> str:
    """Return a language tag as it is best written (`en-US`, `zh-Hant`), or an empty string for what is none."""
    tag = text.strip().replace("_", "-").lower()
    if not TAG.fullmatch(tag) or tag in NO_LANGUAGES:
        return ""
    return PART_ENDS.sub(lambda part: part[0].title() if part["script"] else part[0].upper(), tag)


def direction(text: str) -> str:
    """Return a direction of writing as HTML says it, or an empty string for what is none."""
    said = text.strip().lower()
    return said if said in DIRECTIONS else ""


def primary_language(tag: str) -> str:
    """Return the language a tag begins with, in lower case: `zh` for `zh-Hant`."""
    return tag.partition("-")[0].lower()


def are_one(tag: str, other: str) -> bool:
    """Return whether two tags are of one language, as far as both tell: `en` and `en-US`, not `zh-Hans` and `zh-CN`."""
    longer, shorter = sorted((f"{tag}-".lower(), f"{other}-".lower()), key=len, reverse=True)
    return longer.startswith(shorter)


def our_language(tag: str) -> str:
    """Return `ko` or `en`: the one of our two languages that serves readers of a text in `tag`; `ko` for no tag."""
    return "ko" if primary_language(tag) in ("ko", "") else "en"


def language_of(tag: str, title: str, ours: str) -> str:
    """Return the tag of a text: the one it states, else Korean where its title is, else our own (that of the site)."""
    if tag or ours == "ko":
        return tag or ours
    return "ko" if is_mostly_hangul(title) else ours


def is_mostly_hangul(text: str) -> bool:
    """Return whether Korean words are most of a text; a syllable counts as two letters."""
    syllables = len(HANGUL.findall(text))
    return syllables > 0 and syllables * 3 >= len(LETTER.findall(text))


def is_hardly_korean(text: str) -> bool:
    """Return whether a text is long enough to tell, and has next to no Hangul; a few syllables may be words of ours."""
    letters = len(LETTER.findall(text))
    return letters >= TELLING_LETTERS and len(HANGUL.findall(text)) * 50 < letters


def may_be_in(text: str, tag: str) -> bool:
    """Return whether a text may be in a language, to judge by its letters; without any it is in none."""
    language = primary_language(tag)
    letters = LATIN if "-latn" in tag.lower() else WRITTEN_WITH.get(language, ANY_LETTER)
    return letters.pattern.search(text) is not None and (language == "ko" or not is_mostly_hangul(text))
