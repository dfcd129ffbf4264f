"""Text → words as the index knows them, in lower case and without signs.

The same rules are in `static/js/search/words.js`; `tests/cases/search/words.txt` holds both to one set of cases.
"""

import re
from typing import Final
from unicodedata import normalize

DOTS: Final = "·ㆍ‧・･⋅∙․"  # as keyboards and editors give the dot of 6·25; ㆍ, a letter of old Korean, too
# Letters and digits; a point or comma stays inside a number, as the dot of 6·25 does, and its % behind it. A longer one
# is cut: its terms take room by the square.
WORD: Final = re.compile(rf"(?:\d+(?:[.,{DOTS}]\d+)*%?|[^\W\d_ㆍ]){{1,64}}")
# The decimal point, the dot of 6·25 and %, as letters (of sinologists and epigraphers): Pagefind would cut at any sign.
POINT: Final = "\ua78f"
DOT: Final = "\ua7f7"
PERCENT: Final = "\ua78c"
SIGNS: Final = str.maketrans({",": None, ".": POINT, "%": PERCENT} | dict.fromkeys(DOTS, DOT))
# Letters, figures and signs of ASCII as East Asian keyboards give them, too (ＡＩ), and units that are signs (㎜, ㎡)
# in letters. NFKC of a whole text would change Hangul and more.
WIDE: Final = re.compile("[！-～㍱-㍺㎀-㏟℃℉]+")
NARROW: Final[dict[int, int | str]] = {sign + 0xFEE0: sign for sign in range(ord("!"), ord("~") + 1)} | {
    unit: normalize("NFKC", chr(unit)).lstrip("°")
    for unit in (*range(0x3371, 0x337B), *range(0x3380, 0x33E0), 0x2103, 0x2109)
}
RUN: Final = re.compile(r"[가-힣]+|[\d\ua78f]+|[^가-힣\d\ua78f]+")


class Forms(dict[str, str]):
    """Remembers the form of every word it was asked for: a shard has ten times as many words as different ones."""

    def __missing__(self, word: str) -> str:
        """Return the form of a word: `1,200억` is `1200억`, `3.5` has the dot that is a letter, `KC` is `kc`."""
        form = self[word] = word.translate(SIGNS).lower()
        return form

    def of(self, text: str) -> list[str]:
        """Return the forms of the words of a text (NFC) in order."""
        return [self[word] for word in WORD.findall(narrow(text))]


def narrow(text: str) -> str:
    """Return a text with ASCII where it has wide signs; most texts have none."""
    return text.translate(NARROW) if WIDE.search(text) else text


def runs_of(form: str) -> list[str]:
    """Return the parts of a form by script: `g20정상회의` has `g`, `20` and `정상회의`."""
    return RUN.findall(form)
