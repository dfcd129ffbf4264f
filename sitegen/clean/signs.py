"""Letters that a font shows as signs: Word's bullets and arrows are an `l` or a `Ø` in Wingdings.

Without its font such a letter is a stray letter before the words. Source: Microsoft's table of Wingdings in Unicode.
"""

import re
from typing import Final

WINGDINGS: Final = dict(
    zip(
        "(ELFJlmnopqrstuvwx\x9f§¨«ØÜßàèðûüýþ",
        "☎☜☹☞☺●❍■□□❑❒⬧⧫◆❖⬥⌧•▪◻★➢➲←→➔⇨✘✔☒☑",
        strict=True,
    )
)
BULLETS: Final = {"·": "•", "o": "•"}  # of Symbol and Courier New
FONT: Final = re.compile(r"""(?:^|[;\s])font-family:\s*["']?wingdings["']?\s*(?:[,;]|$)""", re.IGNORECASE)
# What Word writes before a list item, for readers that know no lists.
MARKER: Final = re.compile(r"mso-list:\s*ignore", re.IGNORECASE)
PRIVATE: Final = 0xF000  # where fonts of signs keep the letters 0x20 to 0xff, so that no other font shows them
MAX_SIGNS: Final = 3  # more letters in a row are words that got into the font by mistake


def may_be_sign(tag: str, attributes: dict[str, str]) -> bool:
    """Return whether the letters in an inline element may be signs."""
    if tag == "font":
        return attributes.get("face", "").lower() == "wingdings"
    style = attributes.get("style", "") if tag == "span" else ""
    return ":" in style and (FONT.search(style) is not None or MARKER.search(style) is not None)


def sign_of(text: str, style: str) -> str:
    """Return the sign that all fonts show for the letters of such an element, or an empty text when they are words."""
    letters = [plain_letter(letter) for letter in text if not letter.isspace()]
    mark = "".join(letters)
    signs = "".join(WINGDINGS.get(letter, "") for letter in letters)
    if not letters or len(letters) > MAX_SIGNS:
        return ""
    if MARKER.search(style) and mark in BULLETS:
        signs = BULLETS[mark]
    elif len(signs) < len(letters):
        return ""
    return text.replace(text.strip(), signs)


def plain_letter(letter: str) -> str:
    """Return the letter that a letter of private use stands for, or itself."""
    return chr(ord(letter) - PRIVATE) if PRIVATE + 0x20 <= ord(letter) <= PRIVATE + 0xFF else letter
