"""What may follow a Korean noun, by the tables in endings.toml. The browser gets the same tables with the index."""

import tomllib
from functools import lru_cache
from importlib import resources
from typing import Final

from sitegen.search.hangul import RIEUL, SSANGSIOT, final_of, is_hangul

TABLES: Final[dict[str, list[str]]] = {
    name: words.split()
    for name, words in tomllib.loads(resources.files(__package__).joinpath("endings.toml").read_text("utf-8")).items()
}
AFTER_ANY: Final = frozenset(TABLES["any"])
AFTER_FINAL: Final = frozenset(TABLES["final"])
AFTER_VOWEL: Final = frozenset(TABLES["vowel"])
AFTER_VOWEL_OR_RIEUL: Final = frozenset(TABLES["rieul"])
AFTER_NUMBER: Final = frozenset(TABLES["number"])
ALL_PARTICLES: Final = AFTER_ANY | AFTER_FINAL | AFTER_VOWEL | AFTER_VOWEL_OR_RIEUL
LIKELY: Final = frozenset(TABLES["likely"])
LONE: Final = frozenset(word for word in TABLES["likely"] if len(word) > 1)
VERBS: Final = tuple(TABLES["verbs"])
VERB_ENDS: Final = tuple(TABLES["verb_ends"])
VERB_SYLLABLES: Final = 6
SHORTEST_NOUN: Final = 2
# fmt: off
NEVER_NOUN: Final = (
    "니다", "한다", "된다", "하며", "되며", "하고", "되고", "하는", "되는", "하여", "되어", "하게", "하도록", "되도록",
    "려면",
)
# fmt: on
INFLECTIONS: Final = tuple(sorted(TABLES["inflections"], key=len, reverse=True))
CHANGES: Final = tuple(change.split(">") for change in TABLES["changes"])
OPENED: Final = tuple(TABLES["opened"])


def may_follow(ending: str, syllable: str) -> bool:
    """Return whether this particle may follow this syllable."""
    if ending not in ALL_PARTICLES:
        return False
    if syllable.isdigit():
        return ending in AFTER_NUMBER
    if ending in AFTER_ANY:
        return True
    if not is_hangul(syllable):
        return True  # after letters and digits it goes by their sound
    final = final_of(syllable)
    if ending in AFTER_VOWEL_OR_RIEUL:
        return final in {0, RIEUL}
    return ending in (AFTER_FINAL if final else AFTER_VOWEL)


def is_of_verb(ending: str) -> bool:
    """Return whether this makes a verb of the noun before it."""
    return len(ending) <= VERB_SYLLABLES and ending.startswith(VERBS) and ending.endswith(VERB_ENDS)


def ends_as_verb(word: str) -> bool:
    """Return whether a word ends as a form of a verb and hardly as a noun: 하겠다, 합니다, 추진하며, 받으려면."""
    return word.endswith(NEVER_NOUN) or (word.endswith("다") and final_of(word[-2]) == SSANGSIOT)


def is_likely(ending: str) -> bool:
    """Return whether this is more likely an ending than the end of a noun, where nothing else is known."""
    return ending in LIKELY or is_of_verb(ending)


def is_of_lone_syllable(word: str) -> bool:
    """Return whether this is most likely a noun of one syllable with a particle: 안에서."""
    return word[1:] in LONE and may_follow(word[1:], word[0])


@lru_cache(maxsize=200_000)
def endings_of(word: str) -> tuple[int, ...]:
    """Return where a noun may end in a word of Hangul, longest noun first; the word's own length always leads."""
    cuts = [len(word)]
    for cut in range(len(word) - 1, max(SHORTEST_NOUN, len(word) - VERB_SYLLABLES) - 1, -1):
        ending = word[cut:]
        if may_follow(ending, word[cut - 1]) or is_of_verb(ending):
            cuts.append(cut)
    return tuple(cuts)
