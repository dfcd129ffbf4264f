"""Pagefind's index of a shard → files that a browser fetches for one word: its arrays cut finer, in CBOR, by gzip.

A record is [term, where nouns begin, where they end, postings]. Postings alternate: how many pages further, and the
places in that page (a number, or an array whose later numbers count from the one before).
"""

import math
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import cbor2

from sitegen.search.analysis import Term
from sitegen.search.hangul import beginning_of, is_hangul

CHUNK_BYTES: Final = 6_000  # before gzip, which leaves a third
LEVEL: Final = 7  # 1 % larger than 9, in half the time
GZIP: Final = 31  # window bits, plus gzip's head
PLAIN: Final = frozenset("0123456789abcdefghijklmnopqrstuvwxyz")


class Record(NamedTuple):
    """A term of the index with its postings as Pagefind gives them: (pages further, (weights and places, …)) each."""

    term: str
    postings: list[Any]


class Chunk(NamedTuple):
    """A file of the index, and the first term in it."""

    first: str
    content: bytes


def records_of(arrays: Iterable[Any]) -> list[Record]:
    """Return the records of Pagefind's index files in order of their terms."""
    found = []
    for words, *_ in arrays:
        for word, pages, variants in words:
            if pages:
                found.append(Record(word, pages))
            found += [Record(form, of_form) for form, of_form in variants]
    found.sort(key=lambda record: record.term)
    return found


def chunks_of(records: Sequence[Record], terms: Mapping[str, Term]) -> Iterator[Chunk]:
    """Yield the files for these records, each as large as it should be, or one term."""
    rows: list[bytes] = []
    first, size = "", 0
    for record in records:
        term = terms[record.term]
        row = cbor2.dumps([term.text, term.starts, term.ends, postings_of(record.postings)])
        if rows and size + len(row) > CHUNK_BYTES:
            yield Chunk(first, packed(rows))
            rows, size = [], 0
        if not rows:
            first = term.text
        rows.append(row)
        size += len(row)
    if rows:
        yield Chunk(first, packed(rows))


def postings_of(pages: Iterable[Any]) -> list[int | list[int]]:
    """Return Pagefind's postings without its weights: we weigh by place."""
    flat: list[int | list[int]] = []
    for further, marks, *_ in pages:
        places = [mark for mark in marks if mark >= 0]
        flat += (further, places[0] if len(places) == 1 else places)
    return flat


def packed(rows: Sequence[bytes]) -> bytes:
    """Return encoded rows as one compressed CBOR array."""
    return squeeze(cbor_head(len(rows)) + b"".join(rows))


def cbor_head(length: int) -> bytes:
    """Return the head of a CBOR array (RFC 8949, 3: major type 4)."""
    return b"\x9a" + length.to_bytes(4)


def squeeze(content: bytes) -> bytes:
    """Return bytes by gzip, without a time."""
    packer = zlib.compressobj(LEVEL, wbits=GZIP)  # zlib's own head: no time, no name
    return packer.compress(content) + packer.flush()


def piece_of(term: str) -> str:
    """Return the piece of the lexicon a term belongs to: its initial and vowel, its letter, or a row of Unicode."""
    letter = term[0]
    if is_hangul(letter):
        return str(beginning_of(letter))
    return letter if letter in PLAIN else f"u{ord(letter) >> 8:x}"


def rank(count: int) -> int:
    """Return how frequent something is on a scale of doublings, 0 for one."""
    return int(math.log2(count))
