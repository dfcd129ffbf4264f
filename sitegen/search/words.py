"""Text → words as the index knows them: their place in the text, and their form in lower case without signs.

The same two rules are written in `static/js/search/words.js`; `tests/search/words.txt` holds both to the same cases.
"""

import re
from typing import Final, NamedTuple

# Letters and digits; a point or comma stays inside a number.
WORD: Final = re.compile(r"(?:\d+(?:[.,]\d+)*|[^\W\d_])+")
POINT: Final = "\ua78f"  # the decimal point, as a letter (a dot of sinologists): Pagefind would cut at any sign
RUN: Final = re.compile(r"[가-힣]+|[\d\ua78f]+|[^가-힣\d\ua78f]+")


class Word(NamedTuple):
    """A word of a text: `form` is what is looked for, between `start` and `end` stands how it is written."""

    form: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """Return the words of a text (NFC) in order."""
    return [Word(form_of(found[0]), *found.span()) for found in WORD.finditer(text)]


def form_of(word: str) -> str:
    """Return the form of a word: `1,200억` is `1200억`, `3.5` has the dot that is a letter, `KC` is `kc`."""
    return word.lower() if word.isalpha() else word.replace(",", "").replace(".", POINT).lower()


def runs_of(form: str) -> list[str]:
    """Return the parts of a form by script: `g20정상회의` has `g`, `20` and `정상회의`."""
    return RUN.findall(form)
