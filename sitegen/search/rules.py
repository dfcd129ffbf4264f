"""The analyser that needs no dictionary: it learns the nouns of a shard from the company they keep.

A stem that stands with several particles, or bare and with one, is a noun; a long noun is cut into nouns that stand
alone elsewhere. What it gets wrong costs rank, not results: the whole word is always in the index.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from sitegen.search.analysis import Split
from sitegen.search.endings import endings_of, is_likely
from sitegen.search.hangul import MIEUM, final_of, is_hangul
from sitegen.search.verbs import stems_near, stems_of, tail_of

SHORTEST: Final = 2
LONGEST_PIECE: Final = 5
RARE: Final = 4  # words of the shard: of a noun that stands more often, it would be known what is in it
SURE: Final = 10  # endings: a noun that has so many is no verb
SURE_NAMED: Final = 4  # and one that was made of a verb: 싸움, 흐름
AS_IT_STANDS: Final = 2  # times likelier is a stem that the word begins with
LEAST_SEEN: Final = 2  # texts' words; a stem seen less often cuts no compound
SHORTEST_CUT: Final = 3  # syllables of a word that may be cut
# Chinese syllables that end or begin a noun without being one.
AFTER: Final = frozenset(
    "청부처원장관과국실단팀반회소서점사업법률령안권금비료세액률율성화형식용급제도군구시읍면동리역로가길인자민생품물기계상권체층점량력론학술예국측주년월일말초"
)
BEFORE: Final = frozenset("신재대소비불부무미반초총최전현각양타본제고저친탈범구주첫급준선후")
UNKNOWN_COST: Final = 12.0  # for each syllable that belongs to no noun
WHOLE_GAIN: Final = 10.0  # how much dearer than a known noun its parts may be
LONG_GAIN: Final = 19.0  # and where it is
LONG: Final = 4  # syllables: then it mostly has parts
LONE_COST: Final = 7.0  # for one that ends or begins one


class Rules:
    """Splits words by particles and by the nouns among them."""

    name: Final = "rules"

    def __init__(self, *, guesses: bool = True) -> None:
        self.guesses = guesses  # whether what is beside a known noun is taken for one

    def splits(self, seen: Mapping[str, int], texts: Iterable[str]) -> dict[str, Split]:
        """Return where each word is cut; `seen` has all the words of the shard and how often each stands there."""
        del texts
        nouns = nouns_among(seen)
        stems = {word: stem_of(word, nouns) for word in seen}
        company = {word: nouns.get(word[:end], 0) for word, end in stems.items()}
        verbs = verbs_among(
            {word: n for word, n in company.items() if n < SURE_NAMED or n < sure_of(word[: stems[word]])}
        )
        stems |= {word: len(word) for word in verbs}
        alone = Counter[str]()
        for word, end in stems.items():
            alone[word[:end]] += seen[word]
        pieces = {
            stem: math.log(n) for stem, n in alone.items() if n >= LEAST_SEEN and SHORTEST <= len(stem) <= LONGEST_PIECE
        }
        total = math.log(sum(alone.values()) or 1)
        costs = {stem: total - weight for stem, weight in pieces.items()}
        cuts = {stem: cuts_of(stem, costs) for stem in alone}
        nominal: dict[str, Split] = {}  # of nouns: a stem is cut in one way, whatever follows it
        made = {}
        for word, end in stems.items():
            stem = word[:end]
            if word in verbs:
                made[word] = split_at(cuts[stem], (), end, verbs[word], is_rare=alone[stem] < RARE)
                continue
            if stem not in nominal:
                beside = beside_known(stem, costs) if self.guesses else ()
                nominal[stem] = split_at(cuts[stem], beside, end, "", is_rare=alone[stem] < RARE)
            made[word] = nominal[stem]
        return made


def sure_of(noun: str) -> int:
    """Return with how many endings a noun is certainly no form of a verb."""
    return SURE_NAMED if final_of(noun[-1]) == MIEUM else SURE


def nouns_among(seen: Mapping[str, int]) -> dict[str, int]:
    """Return the stems with how many different endings each stands with in the shard."""
    company: defaultdict[str, int] = defaultdict(int)
    for word in seen:
        for end in endings_of(word):
            company[word[:end]] += 1
    return company


def stem_of(word: str, nouns: Mapping[str, int]) -> int:
    """Return the length of the noun a word begins with; its own length where it is one itself, or none."""
    best, most = len(word), nouns.get(word, 1)
    for end in endings_of(word)[1:]:
        company = nouns.get(word[:end], 0)
        if company > most or (company == most and is_likely(word[end:])):
            best, most = end, company
    return best


def verbs_among(words: Mapping[str, int]) -> dict[str, str]:
    """Return the stems of those of these words that are forms of verbs; of each is given its company as a noun.

    Of several stems, it is the one that most words begin with, this word above all: 노란 is of 노랗다 where 노랗고 and
    노랗게 stand, too.
    """
    of_tail: defaultdict[str, list[str]] = defaultdict(list)  # what is before it
    for word in words:
        tail = tail_of(word)
        of_tail[tail].append(word[: -len(tail)])
    possible = list(stems_among(of_tail))
    literal: defaultdict[str, int] = defaultdict(int)
    for tail, heads, stems in possible:
        for stem in stems:
            if len(stem) < len(tail) and tail.startswith(stem):
                for head in heads:
                    literal[head + stem] += 1
    last = {stem[-1] for stem in literal}
    company: defaultdict[str, int] = defaultdict(int)
    likeliest = {}
    for tail, heads, stems in possible:
        weighed = [
            (stem, AS_IT_STANDS if tail.startswith(stem) else 1) for stem in stems if stem[-1] in last and stem != tail
        ]
        for head in heads if weighed else ():
            best, most = "", 0
            for end, weight in weighed:
                stem = head + end
                if stem in literal and len(stem) >= SHORTEST:
                    company[stem] += 1
                    found = literal[stem] * weight
                    if found > most:
                        best, most = stem, found
            if best:
                likeliest[head + tail] = best
    return {word: stem for word, stem in likeliest.items() if company[stem] > words[word]}


def stems_among(of_tail: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, Sequence[str], tuple[str, ...]]]:
    """Yield the ends of words with what is before each and with the stems that they may have from there."""
    for tail, heads in of_tail.items():
        stems = stems_near(tail)
        if stems is not None:
            yield tail, heads, stems
        else:
            for head in heads:
                yield head + tail, ("",), stems_of(head + tail)


def cuts_of(stem: str, costs: Mapping[str, float]) -> tuple[int, ...]:
    """Return where the parts of a noun begin, less the first: the cheapest way to make it of nouns."""
    length = len(stem)
    if length < SHORTEST_CUT:
        return ()
    best: list[tuple[float, int]] = [(0.0, 0)] + [(math.inf, 0)] * length
    for end in range(1, length + 1):
        for start in range(max(0, end - LONGEST_PIECE), end):
            if end - start == length:
                continue
            is_joined = start == 0 or start - best[start][1] > 1
            cost = best[start][0] + piece_cost(stem, start, end, costs, is_joined=is_joined)
            if cost < best[end][0]:
                best[end] = (cost, start)
    gain = LONG_GAIN if length >= LONG else WHOLE_GAIN
    if best[length][0] >= min(costs.get(stem, math.inf) + gain, UNKNOWN_COST * (length - 1)):
        return ()
    cuts, end = [], length
    while end:
        end = best[end][1]
        if end:
            cuts.append(end)
    return tuple(reversed(cuts))


def beside_known(stem: str, costs: Mapping[str, float]) -> list[int]:
    """Return where a noun leaves or begins a known one: what is beside 운전 in 운전면허증 is likely a noun, too."""
    cuts = range(SHORTEST, len(stem) - SHORTEST + 1)
    return [cut for cut in cuts if stem[:cut] in costs or stem[cut:] in costs]


def piece_cost(stem: str, start: int, end: int, costs: Mapping[str, float], *, is_joined: bool) -> float:
    """Return what it costs to take a piece of a noun for one part of it; `is_joined`: with no lone syllable before."""
    if end - start > 1:
        return costs.get(stem[start:end], UNKNOWN_COST * (end - start))
    letter = stem[start]
    is_lone = (start > 0 and letter in AFTER) or (start == 0 and letter in BEFORE)
    return LONE_COST if is_lone and is_joined else UNKNOWN_COST


def split_at(cuts: tuple[int, ...], beside: Sequence[int], end: int, verb: str, *, is_rare: bool) -> Split:
    """Return a split: parts of one syllable end a noun, and begin none; nouns begin beside known ones. `verb`: stem.

    A rare long noun of which nothing is known is most likely made of nouns of two syllables: 국립박물관.
    """
    if not cuts and not beside and not (is_rare and end >= LONG):  # most words
        return Split((), (end,), verb)
    edges = (*cuts, end)
    starts = {*beside, *(cut for cut, after in zip(cuts, edges[1:], strict=True) if after - cut > 1)}
    if not cuts and is_rare and end >= LONG:
        starts |= {SHORTEST, end - SHORTEST}
    return Split(tuple(sorted(starts)), edges, verb)


assert is_hangul("".join(AFTER | BEFORE))
