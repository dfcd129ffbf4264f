"""What the shards know of their words → the lexicon: small files that tell a browser which words there are, and where.

A piece holds the nouns of one initial and vowel (or letter). Its first line is JSON: for each shard [chunk, first terms
of the chunks after it], or null. Each further line is a noun: how many letters it has in common with the one before
(base 36), the rest of it, a space, how frequent it is (doublings, base 36), and which shards have it (bits in
hexadecimal; left out where all do). The initials' files hold nouns by their first two consonants, for ㄱㅅㅊ, and how
frequent they are in halves of doublings. The stem of a verb stands there like a noun, with a sign after it.
"""

import json
from base64 import b32encode
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Final, NamedTuple

from sitegen.search.chunks import rank, squeeze
from sitegen.search.endings import SHORTEST_NOUN, ends_as_verb
from sitegen.search.hangul import initial_of, is_hangul
from sitegen.search.shard import Piece, ShardIndex

DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
NAME_BYTES: Final = 5
LARGEST: Final = 35  # number that one digit can say
INITIALS: Final = 19
INITIALS_MOST: Final = 2000  # nouns with the same two first consonants
INITIALS_LEAST: Final = 2  # pages that have it
OFTEN: Final = 20  # pages: what is in so many, and with a particle in none, is no noun
SMALL: Final = 1000  # articles: in a smaller site every noun counts


class Noun(NamedTuple):
    """A noun of the whole site: in how many pages it is, about, in which shards, as bits, and what it is known by."""

    text: str
    pages: int
    shards: int
    is_followed: bool  # by a particle, somewhere


class Lexicon(NamedTuple):
    """The files of the lexicon by their names, and these by what they hold: pieces, and first consonants."""

    files: dict[str, bytes]
    pieces: dict[str, str]
    initials: dict[str, str]


def lexicon_of(shards: Sequence[ShardIndex]) -> Lexicon:
    """Return the lexicon of these shards."""
    parts: defaultdict[str, dict[int, Piece]] = defaultdict(dict)
    for number, shard in enumerate(shards):
        for piece in shard.pieces:
            parts[piece.name][number] = piece
    files: dict[str, bytes] = {}
    pieces = {}
    least = INITIALS_LEAST if sum(shard.pages for shard in shards) >= SMALL else 1
    frequent: defaultdict[str, list[Noun]] = defaultdict(list)
    for name, of_piece in sorted(parts.items()):
        nouns = merged(of_piece)
        where = [[of_piece[n].chunk, *of_piece[n].firsts] if n in of_piece else None for n in range(len(shards))]
        pieces[name] = put(
            files, [json.dumps(where, ensure_ascii=False, separators=(",", ":")), *lines(nouns, len(shards))]
        )
        for noun in nouns:
            if noun.pages >= least and may_be_meant(noun):
                frequent[initials_of(noun.text)].append(noun)
    initials = {}
    for initial, nouns in sorted(frequent.items()):
        nouns.sort(key=lambda noun: -noun.pages)
        initials[initial] = put(files, lines(sorted(nouns[:INITIALS_MOST]), len(shards), steps=2))
    return Lexicon(files, pieces, initials)


def may_be_meant(noun: Noun) -> bool:
    """Return whether one may type the first consonants of a noun: 반드시 and 하겠다 are none, whatever was learnt."""
    text = noun.text
    if len(text) < SHORTEST_NOUN or not is_hangul(text) or ends_as_verb(text):
        return False
    return noun.is_followed or noun.pages < OFTEN


def initials_of(noun: str) -> str:
    """Return the name of the file for nouns with these two first consonants: ㄱㅅ of 관세청."""
    return str(initial_of(noun[0]) * INITIALS + initial_of(noun[1]))


def merged(parts: dict[int, Piece]) -> list[Noun]:
    """Return the nouns of one piece of all shards, in order."""
    pages: defaultdict[str, int] = defaultdict(int)
    shards: defaultdict[str, int] = defaultdict(int)
    followed: set[str] = set()
    for number, piece in parts.items():
        bit = 1 << number
        for text, count, is_followed in piece.nouns:
            pages[text] += count
            shards[text] |= bit
            if is_followed:
                followed.add(text)
    return [Noun._make((text, pages[text], shards[text], text in followed)) for text in sorted(pages)]


def lines(nouns: Iterable[Noun], shards: int, steps: int = 1) -> Iterator[str]:
    """Yield the lines of these nouns; `steps`: into how many a doubling of their frequency is cut."""
    before, every = "", (1 << shards) - 1
    for text, pages, having, _ in nouns:
        common = 0
        for one, other in zip(before, text, strict=False):
            if one != other or common == LARGEST:
                break
            common += 1
        yield f"{DIGITS[common]}{text[common:]} {digit_of(pages, steps)}{'' if having == every else f'{having:x}'}"
        before = text


@lru_cache(maxsize=10_000)
def digit_of(pages: int, steps: int) -> str:
    """Return how frequent a noun in so many pages is, as one digit."""
    return DIGITS[min(rank(pages, steps), LARGEST)]


def put(files: dict[str, bytes], text: Iterable[str]) -> str:
    """Add a file named by its bytes; return the name."""
    content = squeeze("\n".join(text).encode())
    name = (
        b32encode(blake2b(content, digest_size=NAME_BYTES).digest()).decode().lower()
    )  # every reader fetches them all
    files[f"lex.{name}"] = content
    return name
