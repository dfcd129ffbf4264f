"""The analyser with a dictionary: Kiwi (the extra `korean`), with the rules' cuts beside its own.

It reads whole texts, about twenty a second; what it said of a text is remembered by the text's digest.
"""

import marshal
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from hashlib import blake2b
from typing import Any, Final

from sitegen.search.analysis import Split
from sitegen.search.hangul import is_hangul
from sitegen.search.rules import Rules
from sitegen.version import code_version

RUN: Final = re.compile("[가-힣]+")
# Of the Sejong tag set: nouns, roots, verbs, adverbs begin a word that is looked for; endings and the copula end none.
BEGINNING: Final = ("NN", "NR", "NP", "XR", "VV", "VA", "MAG", "MM")
NOUNS: Final = ("NN", "NR", "NP", "XR", "XSN", "SL", "SN")
VERBS: Final = ("VV", "VA")
PLURAL: Final = "들"
SHORTEST: Final = 2  # syllables left after a beginning
DIGEST_BYTES: Final = 12

Said = tuple[str, tuple[int, ...], tuple[int, ...], str]


class Kiwi:
    """Splits words by a dictionary and their neighbours; a word is cut as it mostly is in its shard."""

    name: Final = "kiwi"

    def __init__(self, known: Mapping[bytes, bytes]) -> None:
        self.known = known
        self.used: dict[bytes, bytes] = {}

    def splits(self, seen: Mapping[str, int], texts: Iterable[str]) -> dict[str, Split]:
        """Return where each word is cut."""
        votes: defaultdict[str, Counter[Split]] = defaultdict(Counter)
        for text in texts:
            for word, starts, ends, stem in self.said_of(text):
                votes[word][Split(starts, ends, stem)] += 1
        ruled = Rules(guesses=False).splits(seen, ())
        return {word: joined(split, votes[word]) for word, split in ruled.items()}

    def said_of(self, text: str) -> list[Said]:
        """Return the words of Hangul in a text with their cuts and stems, from what is remembered if it is."""
        digest = blake2b(text.encode(), digest_size=DIGEST_BYTES, key=code_version().encode()).digest()
        data = self.known.get(digest) or marshal.dumps(list(cuts_in(text)))
        self.used[digest] = data
        said: list[Said] = marshal.loads(data)  # noqa: S302  plain values
        return said


def joined(ruled: Split, votes: Counter[Split]) -> Split:
    """Return the cuts most often said, and those of the rules inside the nouns it found."""
    if not votes:
        return ruled
    most = min(votes, key=lambda split: (-votes[split], split))
    last = max(most.ends, default=0)
    starts = {*most.starts, *(start for start in ruled.starts if start < last - 1)}
    ends = {*most.ends, *(end for end in ruled.ends if end < last)}
    return Split(tuple(sorted(starts)), tuple(sorted(ends)), most.stem)


def cuts_in(text: str) -> Iterator[Said]:
    """Yield every run of Hangul in a text with where words begin and end in it, and the stem of its verb."""
    starts, ends, stems = set(), set(), dict[int, str]()
    for token in kiwi().tokenize(text):
        if token.tag.startswith(BEGINNING):
            starts.add(token.start)
        if token.tag.startswith(NOUNS) and token.form != PLURAL:
            ends.add(token.start + token.len)
        if token.tag.startswith(VERBS) and is_hangul(token.form):
            stems[token.start] = token.form
    for run in RUN.finditer(text):
        first, last = run.span()
        yield (
            run[0],
            tuple(place - first for place in range(first + 1, last - SHORTEST + 1) if place in starts),
            tuple(place - first for place in range(first + 1, last + 1) if place in ends),
            next((stems[place] for place in range(first, last) if place in stems), ""),
        )


@cache
def kiwi() -> Any:  # noqa: ANN401  its package has no types
    """Return this process's Kiwi; the settings are refused where it is not installed."""
    from kiwipiepy import Kiwi as Dictionary  # noqa: PLC0415  an extra

    return Dictionary(num_workers=1)
