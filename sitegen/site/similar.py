"""Texts that say nearly the same: joint releases, small edits. MinHash (rensa) over runs of three words.

Linear in the number of texts: a text is compared with a few that share a band of its fingerprint, never with all.
"""

from array import array
from collections import Counter
from collections.abc import Sequence
from operator import eq
from typing import Final

from rensa import RMinHash

from sitegen.runtime.spans import STEP, timed

PERMUTATIONS: Final = 64
SEED: Final = 42  # any; the same for ever, for fingerprints are remembered
BANDS: Final = 16  # of four numbers: of texts that are 0.75 alike, 99.8 % share one
BAND_BYTES: Final = 8
SAMPLED: Final = 5  # of the runs, those whose first letter has a code that this divides: a fifth, the same in any text
MIN_WORDS: Final = 40  # shorter texts are formulas: appointments, condolences
ALIKE: Final = 0.68  # share of equal numbers; its standard error is 0.06
COMPARED: Final = 8  # members of a band that a text is compared with


@timed(STEP, "fingerprint")
def fingerprint_of(text: str) -> bytes:
    """Return the fingerprint of a text, empty where it is too short to tell."""
    words = text.split()
    if len(words) < MIN_WORDS:
        return b""
    starts = [place for place, word in enumerate(words[:-2]) if not ord(word[0]) % SAMPLED]
    runs = [f"{words[start]} {words[start + 1]} {words[start + 2]}" for start in starts]
    sketch = RMinHash(PERMUTATIONS, SEED)  # six times as quick for one text as rensa's call for many
    sketch.update(runs)
    return array("H", array("I", sketch.digest()).tobytes())[::2].tobytes()  # half of each number tells them apart


def likeness(one: bytes, other: bytes) -> float:
    """Return the estimated Jaccard index of two texts by their fingerprints, 0 to 1."""
    equal: int = sum(map(eq, array("H", one), array("H", other)))
    return equal / PERMUTATIONS


def groups_of(fingerprints: Sequence[bytes]) -> list[list[int]]:
    """Return the positions of texts that are nearly the same, in groups of two or more, in order."""
    first = list(range(len(fingerprints)))  # the first member of each text's group

    def first_of(place: int) -> int:
        while first[place] != place:
            first[place] = first[first[place]]
            place = first[place]
        return place

    known = [fingerprint for fingerprint in fingerprints if fingerprint]
    numbers = array("Q", b"".join(known))  # each a band
    for band in range(BANDS):  # one after the other, to hold only one
        if len(set(numbers[band::BANDS])) == len(known):
            continue
        start = band * BAND_BYTES
        bands = [fingerprint[start : start + BAND_BYTES] for fingerprint in fingerprints]
        shared = {found for found, count in Counter(bands).items() if found and count > 1}
        members_of: dict[bytes, list[int]] = {}
        for place, found in enumerate(bands):
            if found not in shared:
                continue
            members = members_of.setdefault(found, [])
            for other in members:
                one, two = first_of(other), first_of(place)
                if one != two and likeness(fingerprints[other], fingerprints[place]) >= ALIKE:
                    first[max(one, two)] = min(one, two)
            if len(members) < COMPARED:
                members.append(place)
    groups: dict[int, list[int]] = {}
    for place in range(len(fingerprints)):
        groups.setdefault(first_of(place), []).append(place)
    return [members for members in groups.values() if len(members) > 1]
