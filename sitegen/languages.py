"""Language tags (BCP 47): which language a text is in, and in which of ours we speak beside it."""

import re
from typing import Final

HANGUL: Final = re.compile("[가-힣]")
LATIN: Final = re.compile("[A-Za-z]")


def primary_language(tag: str) -> str:
    """Return the language a tag begins with, in lower case: `zh` for `zh-Hant`."""
    return tag.partition("-")[0].lower()


def our_language(tag: str) -> str:
    """Return `ko` or `en`: the one of our two languages that serves readers of a text in `tag`; `ko` for no tag."""
    return "ko" if primary_language(tag) in ("ko", "") else "en"


def language_of(tag: str, title: str, ours: str) -> str:
    """Return the tag of a text: the one it states, else Korean where its title is, else our own (that of the site)."""
    if tag or ours == "ko":
        return tag or ours
    syllables = len(HANGUL.findall(title))
    return "ko" if syllables and syllables * 2 >= len(LATIN.findall(title)) else ours
