"""The stems a verb's form may have: 몰라 may be of 모르다, 고마운 of 고맙다.

Which of them is a verb, others know: the analyser where the words of a shard are cut, the lexicon where a query is
read. `static/js/search/verbs.js` does the same; `tests/cases/search/verbs.txt` holds both to one set of cases. The
changes are those of the standard grammar of 국립국어원 (불규칙 활용).
"""

import re
from collections import defaultdict
from functools import lru_cache
from typing import Final

from sitegen.search.endings import CHANGES, INFLECTIONS, OPENED
from sitegen.search.hangul import FINALS, FIRST, VOWELS, is_hangul

INITIAL_LETTERS: Final = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
# Vowels and finals stroke by stroke, as they are typed.
VOWEL_STROKES: Final = (
    *("ㅏ", "ㅐ", "ㅑ", "ㅒ", "ㅓ", "ㅔ", "ㅕ", "ㅖ", "ㅗ", "ㅗㅏ", "ㅗㅐ"),
    *("ㅗㅣ", "ㅛ", "ㅜ", "ㅜㅓ", "ㅜㅔ", "ㅜㅣ", "ㅠ", "ㅡ", "ㅡㅣ", "ㅣ"),
)
FINAL_STROKES: Final = (
    *("", "ㄱ", "ㄲ", "ㄱㅅ", "ㄴ", "ㄴㅈ", "ㄴㅎ", "ㄷ", "ㄹ", "ㄹㄱ", "ㄹㅁ", "ㄹㅂ", "ㄹㅅ", "ㄹㅌ", "ㄹㅍ", "ㄹㅎ"),
    *("ㅁ", "ㅂ", "ㅂㅅ", "ㅅ", "ㅆ", "ㅇ", "ㅈ", "ㅊ", "ㅋ", "ㅌ", "ㅍ", "ㅎ"),
)
VOWEL_LETTERS: Final = tuple("ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅛㅜㅠㅡㅣ")
STROKES: Final = {
    chr(FIRST + (initial * VOWELS + vowel) * FINALS + final): INITIAL_LETTERS[initial] + of_vowel + of_final
    for initial in range(len(INITIAL_LETTERS))
    for vowel, of_vowel in enumerate(VOWEL_STROKES)
    for final, of_final in enumerate(FINAL_STROKES)
}
SYLLABLES: Final = {strokes: syllable for syllable, strokes in STROKES.items()}
# A consonant before a vowel begins the next syllable.
SYLLABLE: Final = re.compile(
    f"[{INITIAL_LETTERS}](?:{'|'.join(sorted(VOWEL_STROKES, key=len, reverse=True))})"
    f"(?:(?:{'|'.join(sorted(FINAL_STROKES[1:], key=len, reverse=True))})(?![{''.join(VOWEL_LETTERS)}]))?"
)
BY_LAST: Final[defaultdict[str, list[str]]] = defaultdict(list)
for _ending in INFLECTIONS:
    BY_LAST[_ending[-1:]].append(_ending)


@lru_cache(maxsize=100_000)
def stems_of(word: str) -> tuple[str, ...]:
    """Return what may be the stem of a word of Hangul; the likelier, with the longer ending, first."""
    typed = letters(word)
    found: dict[str, None] = {}
    for ending in (*BY_LAST.get(typed[-1:], ()), ""):
        if typed.endswith(ending):
            base = typed.removesuffix(ending)
            bases = [base]
            if base.endswith(("ㅇㅏ", "ㅇㅓ", "ㅇㅕ")):
                bases.append(base[:-2])
            for one in bases:
                found |= dict.fromkeys(unchanged(one))
    stems = dict.fromkeys(composed(stem) for stem in found if not is_past(stem))
    return tuple(stem for stem in stems if stem and is_hangul(stem))


def is_past(typed: str) -> bool:
    """Return whether letters end in the sign of the past, as only 있다 and its like do otherwise: 했, 갔."""
    return typed.endswith("ㅆ") and not typed.endswith("ㅣㅆ")


def unchanged(base: str) -> list[str]:
    """Return what the letters before an ending may have been without it."""
    before = [base, *(base.removesuffix(became) + was for became, was in CHANGES if base.endswith(became))]
    if base.endswith(VOWEL_LETTERS):
        before += [base + letter for letter in OPENED]
    return before


def letters(word: str) -> str:
    """Return a word of Hangul stroke by stroke: 나와 as ㄴㅏㅇㅗㅏ."""
    return "".join(STROKES[syllable] for syllable in word)


def composed(typed: str) -> str:
    """Return strokes put together into syllables; letters that make none stay as they are."""
    return SYLLABLE.sub(lambda found: SYLLABLES[found[0]], typed)
