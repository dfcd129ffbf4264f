"""The pages of a shard → its part of the index.

Files of a shard, in a folder named by their bytes:

    n.pf_index      chunk n of the terms (chunks.py)
    n.pf_fragment   page n, newest first, in Pagefind's own form: what a result shows
    meta.pf_meta    CBOR: how long each page and its title are, and the pages of each filter's values
"""

import json
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Container, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import chain
from typing import Final, NamedTuple

import cbor2

from sitegen.search.analysis import Analyser, Term
from sitegen.search.chunks import Postings, chunks_of, inverted, piece_of, rank, squeeze, steps
from sitegen.search.document import Document
from sitegen.search.endings import SHORTEST_NOUN, is_of_lone_syllable, may_follow
from sitegen.search.readings import Reading, Readings
from sitegen.search.service import SIGNATURE
from sitegen.search.terms import STEM, hangul_of, terms_of

LANGUAGE: Final = "ko"
NAME_BYTES: Final = 6
LONGEST_TITLE: Final = 255  # words; it is kept in a byte

Lines = tuple[tuple[str, int, bool], ...]


class Piece(NamedTuple):
    """A shard's part of a piece of the lexicon: its nouns, and the chunks that may have terms of the piece."""

    name: str
    chunk: int  # the first of them
    firsts: tuple[str, ...]  # the first terms of those after it
    nouns: Lines  # in how many pages each is, about, and whether it stands with a particle anywhere


class ShardIndex(NamedTuple):
    """What the lexicon and the entry file need to know of a shard."""

    name: str
    pages: int
    pieces: tuple[Piece, ...]
    undated: int = 0  # of the pages: the last ones


def index_shard(
    readings: Sequence[Reading], analyser: Analyser, kept: Readings | None = None
) -> tuple[ShardIndex, dict[str, bytes]]:
    """Return a shard's index of these pages, newest first, and its files by their names.

    `kept` remembers the fragments of pages.
    """
    kept = kept or Readings()
    documents, titles, texts_of = zip(*readings, strict=True) if readings else ((), (), ())
    forms = [title + text for title, text in zip(titles, texts_of, strict=True)]
    terms, stems = terms_by_form(forms, documents, analyser)
    texts = {form: tuple([term.text for term in made]) for form, made in terms.items()}
    by_text = {term.text: term for made in terms.values() for term in made}
    by_text |= {stem: Term(stem, 0, 0) for stem in stems.values()}
    postings = inverted(forms, texts, stems)
    chunks = list(chunks_of(postings.items(), by_text))
    lengths = {form: len(made) for form, made in texts.items()}
    counts = [sum(map(lengths.__getitem__, of_page)) for of_page in forms]
    files = {f"{number}.pf_index": chunk.content for number, chunk in enumerate(chunks)}
    for number, (document, count) in enumerate(zip(documents, counts, strict=True)):
        files[f"{number}.pf_fragment"] = kept.fragment(document, count, fragment)
    files["meta.pf_meta"] = meta_file(
        documents, counts, [sum(map(lengths.__getitem__, of_title)) for of_title in titles]
    )
    pieces = pieces_of(postings, by_text, stems, [chunk.first for chunk in chunks])
    return ShardIndex(named(files), len(documents), pieces), files


def terms_by_form(
    forms: Sequence[Sequence[str]], documents: Sequence[Document], analyser: Analyser
) -> tuple[dict[str, tuple[Term, ...]], dict[str, str]]:
    """Return the terms of every form of the shard, and those of the verbs' stems."""
    seen = Counter(chain.from_iterable(forms))
    hangul = Counter[str]()
    for form, count in seen.items():
        for run in hangul_of(form):
            hangul[run] += count
    splits = analyser.splits(hangul, (f"{document.title}\n{document.searched}" for document in documents))
    stems = {form: split.stem + STEM for form, split in splits.items() if split.stem and form in seen}
    return {form: terms_of(form, splits) for form in seen}, stems


def fragment(document: Document, count: int) -> bytes:
    """Return what a result shows of a page, in Pagefind's own form: the page's text, where the index has our terms."""
    content = {
        "url": document.url,
        "content": document.text,
        "word_count": count,
        "filters": dict(document.filters),
        "meta": dict(document.meta),
        "anchors": [
            {"element": one.element, "id": one.id, "text": one.text, "location": one.place} for one in document.anchors
        ],
    }
    return squeeze(SIGNATURE + json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode())


def meta_file(documents: Sequence[Document], counts: Sequence[int], titles: Sequence[int]) -> bytes:
    """Return the file of a shard that ranking and filtering need."""
    pages: defaultdict[str, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, document in enumerate(documents):
        for name, values in document.filters:
            for value in values:
                pages[name][value].append(number)
    filters = {
        name: {value: steps(of_value) for value, of_value in sorted(values.items())}
        for name, values in sorted(pages.items())
    }
    lengths = bytes(rank(max(count, 1)) for count in counts)
    return squeeze(cbor2.dumps([lengths, bytes(min(n, LONGEST_TITLE) for n in titles), filters]))


def named(files: Mapping[str, bytes]) -> str:
    """Return the name of a shard's folder: another byte in it, another name."""
    name = blake2b(digest_size=NAME_BYTES)
    for path, content in sorted(files.items()):
        name.update(f"{path}:{len(content)}:".encode())
        name.update(content)
    return name.hexdigest()


def pieces_of(
    postings: Mapping[str, Postings], terms: Mapping[str, Term], verbs: Container[str], firsts: Sequence[str]
) -> tuple[Piece, ...]:
    """Return the shard's part of the lexicon; `verbs` are forms of verbs, `firsts` the first terms of its chunks."""
    nouns: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    followed: set[str] = set()
    least: dict[str, str] = {}
    most: dict[str, str] = {}
    at = ""
    for text, places in postings.items():  # in order
        piece = piece_of(text[0])
        if piece != at:
            least.setdefault(piece, text)
            at, of_piece = piece, nouns[piece]
        most[piece] = text
        pages = len(places) // 2
        for noun in nouns_in(terms[text], is_verb=text in verbs):
            of_piece[noun] += pages
            if noun not in followed and may_follow(text[len(noun) :], noun[-1]):
                followed.add(noun)
    pieces = []
    for piece in sorted(least):
        before, after = bisect_right(firsts, least[piece]), bisect_right(firsts, most[piece])
        lines = tuple([(noun, pages, noun in followed) for noun, pages in sorted(nouns[piece].items())])
        pieces.append(Piece(piece, before - 1, tuple(firsts[before:after]), lines))
    return tuple(pieces)


@lru_cache(maxsize=10_000)
def places_in(ends: int) -> tuple[int, ...]:
    """Return where nouns of a term end, by its bits; a lone syllable is none."""
    return tuple(place + 1 for place in range(ends.bit_length()) if ends >> place & 1 and place + 1 >= SHORTEST_NOUN)


def nouns_in(term: Term, *, is_verb: bool) -> list[str]:
    """Return the nouns a term begins with: all of it up to its particle, and each noun of a longer one; or its stem."""
    if term.text.endswith(STEM):
        return [term.text]
    nouns = [term.text[:end] for end in places_in(term.ends)]
    if nouns == [term.text] and (is_verb or is_of_lone_syllable(term.text)):
        nouns.pop()
    return nouns
