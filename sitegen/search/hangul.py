"""Hangul by arithmetic: a syllable of Unicode is 가 + (initial × 21 + vowel) × 28 + final."""

import re
from typing import Final

FIRST: Final = 0xAC00
VOWELS: Final = 21
FINALS: Final = 28
ALL_HANGUL: Final = re.compile("[가-힣]*")
RIEUL: Final = 8  # the final ㄹ, after which 로 stands without 으
SSANGSIOT: Final = 20  # the final ㅆ, which before 다 is the past's, or the future's
MIEUM: Final = 16  # the final ㅁ, in which nouns that are made of verbs end


def is_hangul(text: str) -> bool:
    """Return whether all of it is Hangul syllables."""
    return ALL_HANGUL.fullmatch(text) is not None


def final_of(syllable: str) -> int:
    """Return the number of the final consonant, 0 for none."""
    return (ord(syllable) - FIRST) % FINALS


def beginning_of(syllable: str) -> int:
    """Return the number of the initial and the vowel together, 0 to 398."""
    return (ord(syllable) - FIRST) // FINALS


def initial_of(syllable: str) -> int:
    """Return the number of the initial consonant, 0 to 18."""
    return (ord(syllable) - FIRST) // (FINALS * VOWELS)
