"""Texts that say nearly the same: joint releases, small edits. MinHash (rensa) over runs of three words.

Linear in the number of texts: a text is compared with a few that share a band of its fingerprint, never with all.
"""

import re
import sys
from array import array
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import count
from typing import Final

from rensa import RMinHash

from sitegen.runtime.spans import STEP, timed

PERMUTATIONS: Final = 64
SEED: Final = 42  # any; the same for ever, for fingerprints are remembered
BANDS: Final = 16  # of four numbers: of texts that are 0.75 alike, 99.8 % share one
SAMPLED: Final = 5  # of the runs, those whose first letter is one in five: the same in any text
FEW: Final = 60  # texts
ASKED: Final = count()  # how many runs were asked for in this process
LETTERS: Final = (range(0x21, 0x530), range(0xAC00, 0xD7A4))  # European letters and Hangul, one by one
BLOCKS: Final = (range(0x540, 0xAC00, 16 * SAMPLED), range(0xF900, 0xFFF0, 16 * SAMPLED))  # all others by sixteen
MIN_WORDS: Final = 40  # shorter texts are formulas: appointments, condolences
ALIKE: Final = 0.68  # share of equal numbers; its standard error is 0.06
COMPARED: Final = 8  # members of a band that a text is compared with
LOW_HALF: Final = int(sys.byteorder == "big")  # where the lower half of a number lies
# The highest bit of each number of a fingerprint, and all others.
HIGHEST: Final = int.from_bytes(b"\x80\x00" * PERMUTATIONS)
LOWER: Final = int.from_bytes(b"\x7f\xff" * PERMUTATIONS)


@timed(STEP, "fingerprint")
def fingerprint_of(text: str) -> bytes:
    """Return the fingerprint of a text, empty where it is too short to tell."""
    line = text.replace("\n", " ")
    if "  " in line or line != line.strip(" "):  # not so in a body's text
        line = " ".join(text.split())
    if line.count(" ") < MIN_WORDS - 1:
        return b""
    runs = runs_of(line)
    if not runs:
        return b""
    sketch = RMinHash(PERMUTATIONS, SEED)  # six times as quick for one text as rensa's call for many
    sketch.update(runs)
    return array("H", array("I", sketch.digest()).tobytes())[LOW_HALF::2].tobytes()  # half of each tells them apart


def runs_of(line: str) -> list[str]:
    """Return the sampled runs of three words of a line."""
    return quick_runs_of(line) if next(ASKED) >= FEW else plain_runs_of(line)


def plain_runs_of(line: str) -> list[str]:
    """Return the sampled runs, with nothing to prepare."""
    words = line.split(" ")
    starts = [place for place, word in enumerate(words[:-2]) if word and is_sampled(ord(word[0]))]
    return [" ".join(words[place : place + 3]) for place in starts]


def is_sampled(code: int) -> bool:
    """Return whether the runs that begin with a letter are sampled."""
    if any(code in letters for letters in LETTERS):
        return not code % SAMPLED
    return any(starts.start <= code < starts.stop and not (code - starts.start) // 16 % SAMPLED for starts in BLOCKS)


def quick_runs_of(line: str) -> list[str]:
    """Return the sampled runs, by an expression that takes as long to compile as others take for sixty texts."""
    return sampled_runs().findall(f" {line}")


@cache
def sampled_runs() -> re.Pattern[str]:
    """Return what finds the sampled runs of words."""
    letters = "".join(re.escape(chr(code)) for codes in LETTERS for code in codes if not code % SAMPLED)
    blocks = "".join(f"{chr(start)}-{chr(start + 15)}" for starts in BLOCKS for start in starts)
    return re.compile(f" (?=([{letters}{blocks}][^ ]* [^ ]+ [^ ]+))")


def likeness(one: bytes, other: bytes) -> float:
    """Return the estimated Jaccard index of two texts by their fingerprints, 0 to 1: the share of equal numbers.

    All of them at once: a number that differs anywhere carries into its highest bit.
    """
    bits = int.from_bytes(one) ^ int.from_bytes(other)
    differing = ((bits & LOWER) + LOWER | bits) & HIGHEST
    return 1 - differing.bit_count() / PERMUTATIONS


def groups_of(fingerprints: Sequence[bytes]) -> list[list[int]]:
    """Return the positions of texts that are nearly the same, in groups of two or more, in order."""
    first = list(range(len(fingerprints)))  # the first member of each text's group

    def first_of(place: int) -> int:
        while first[place] != place:
            first[place] = first[first[place]]
            place = first[place]
        return place

    places = [place for place, fingerprint in enumerate(fingerprints) if fingerprint]
    bands = array("Q", b"".join(fingerprints))
    for band in range(BANDS):  # one after the other, to hold only one
        found = bands[band::BANDS]
        if len(set(found)) == len(found):
            continue
        shared = {number for number, count in Counter(found).items() if count > 1}
        members_of: dict[int, list[int]] = {}
        for place, number in zip(places, found, strict=True):
            if number not in shared:
                continue
            members = members_of.setdefault(number, [])
            own = first_of(place)
            for other in members:
                theirs = first_of(other)
                if theirs != own and likeness(fingerprints[other], fingerprints[place]) >= ALIKE:
                    own, theirs = min(own, theirs), max(own, theirs)
                    first[theirs] = own
            if len(members) < COMPARED:
                members.append(place)
    groups: dict[int, list[int]] = {}
    for place in range(len(fingerprints)):
        groups.setdefault(first_of(place), []).append(place)
    return [members for members in groups.values() if len(members) > 1]
