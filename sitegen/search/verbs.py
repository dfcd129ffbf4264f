"""The stems a verb's form may have: 몰라 may be of 모르다, 고마운 of 고맙다.

Which of them is a verb, others know: the analyser where the words of a shard are cut, the lexicon where a query is
read. `static/js/search/verbs.js` does the same; `tests/cases/search/verbs.txt` holds both to one set of cases. The
changes are those of the standard grammar of 국립국어원 (불규칙 활용).
"""

import re
from collections import defaultdict
from collections.abc import Iterable
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
# A last syllable that begins so may belong to the ending, and the one before it changes, too: 도와, 몰라, 지어.
WEAK_STARTS: Final = ("ㄹㅏ", "ㄹㅓ", "ㅇㅏ", "ㅇㅓ", "ㅇㅕ", "ㅇㅗㅏ", "ㅇㅜ")
WEAK: Final = frozenset(syllable for syllable, strokes in STROKES.items() if strokes.startswith(WEAK_STARTS))
TAIL: Final = 3  # syllables: how far back such a stem changes
# A consonant before a vowel begins the next syllable.
SYLLABLE: Final = re.compile(
    f"[{INITIAL_LETTERS}](?:{'|'.join(sorted(VOWEL_STROKES, key=len, reverse=True))})"
    f"(?:(?:{'|'.join(sorted(FINAL_STROKES[1:], key=len, reverse=True))})(?![{''.join(VOWEL_LETTERS)}]))?"
)


def stems_of(word: str) -> tuple[str, ...]:
    """Return what may be the stem of a word of Hangul; the likelier, with the longer ending, first."""
    tail = tail_of(word)
    head = word[: -len(tail)]
    stems = stems_near(tail)
    if stems is None:
        return stems_at(word, endings_near(tail))
    return tuple([head + stem for stem in stems])


def tail_of(word: str) -> str:
    """Return the end of a word by which its stems are known: the longest ending it may have, and a syllable more."""
    return word[-LONGEST.get(word[-2:], 1) - 1 :]


@lru_cache(maxsize=100_000)
def stems_near(tail: str) -> tuple[str, ...] | None:
    """Return the stems of words with this tail, less what is before that; None where they may change further back."""
    ends = endings_near(tail)
    if any(tail[-syllables - 1] in WEAK for syllables, _ in ends):
        return None
    return stems_at(tail, ends)


def stems_at(word: str, ends: Iterable[tuple[int, bool]]) -> tuple[str, ...]:
    """Return what a word may be without these endings: how many syllables they have, and whether they close another."""
    found: dict[str, None] = {}
    for syllables, is_closed in ends:
        end = len(word) - syllables
        start = end - 1 if word[end - 1] not in WEAK else max(0, end - TAIL)
        for stem in stems_before(word[start:end], is_closed):
            found[word[:start] + stem] = None
    return tuple(found)


def endings_near(tail: str) -> list[tuple[int, bool]]:
    """Return how many syllables endings may have, the longest first, and whether each closes the syllable before."""
    return [
        (syllables, bool(closing))
        for syllables, closing in endings_in(tail[1:] or tail)
        if syllables < len(tail) and (not closing or closing == STROKES[tail[-syllables - 1]][-1])
    ]


@lru_cache(maxsize=20_000)
def endings_in(end: str) -> list[tuple[int, str]]:
    """Return how many syllables endings may have in the end of a word, the longest first, and what closes another."""
    found = [(rank, 0, closing) for rank, closing in ENDINGS[""]]
    for syllables in LENGTHS[end[-1]]:
        if syllables <= len(end):
            found += [(rank, syllables, closing) for rank, closing in ENDINGS.get(end[-syllables:], ())]
    return [(syllables, closing) for _, syllables, closing in sorted(found)]


@lru_cache(maxsize=100_000)
def stems_before(syllables: str, is_closed: bool) -> tuple[str, ...]:  # noqa: FBT001  a key of the memo
    """Return what the last syllables before an ending may have been without it; `is_closed`: the ending closes them."""
    base = letters(syllables)[: -1 if is_closed else None]
    bases = [base, base[:-2]] if base.endswith(("ㅇㅏ", "ㅇㅓ", "ㅇㅕ")) else [base]
    found = dict.fromkeys(stem for one in bases for stem in unchanged(one))
    stems = (composed(stem) for stem in found if not is_past(stem))
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


def cut_ending(ending: str) -> tuple[str, str]:
    """Return the letter with which an ending closes the syllable before it, "" for none, and its own syllables."""
    is_closing = ending[1:2] not in VOWEL_LETTERS
    return (ending[:1], composed(ending[1:])) if is_closing else ("", composed(ending))


# Endings by their syllables: how likely each is (the longest first), and with what it closes the syllable before.
ENDINGS: Final[defaultdict[str, list[tuple[int, str]]]] = defaultdict(list)
for _rank, (_closing, _syllables) in enumerate(map(cut_ending, (*INFLECTIONS, ""))):
    ENDINGS[_syllables].append((_rank, _closing))
# How many syllables endings have, by their last one.
LENGTHS: Final = defaultdict[str, tuple[int, ...]](tuple)
for _syllables in filter(None, ENDINGS):
    LENGTHS[_syllables[-1]] = tuple(sorted({*LENGTHS[_syllables[-1]], len(_syllables)}))
# And how many at most, by their last two: a word is known by its end of so many, and most ends were met before.
LONGEST: Final = dict[str, int]()
for _syllables in ENDINGS:
    LONGEST[_syllables[-2:]] = max(LONGEST.get(_syllables[-2:], 1), len(_syllables))
