"""The pages of a shard → its part of the index: Pagefind inverts our terms, and the result is cut for the browser.

Files of a shard, in a folder named by their bytes:

    n.pf_index      chunk n of the terms (chunks.py)
    n.pf_fragment   page n, newest first, in Pagefind's own form: what a result shows
    meta.pf_meta    CBOR: how long each page and its title are, and the pages of each filter's values
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Final, NamedTuple

import cbor2

from sitegen.search.analysis import Analyser, Term
from sitegen.search.chunks import Record, chunks_of, piece_of, rank, records_of, squeeze
from sitegen.search.document import Document
from sitegen.search.service import SIGNATURE, Indexer, decoded, tool_error
from sitegen.search.terms import hangul_of, terms_of
from sitegen.search.words import Forms

LANGUAGE: Final = "ko"
NAME_BYTES: Final = 6
LONGEST_TITLE: Final = 255  # words; it is kept in a byte
SHORTEST_NOUN: Final = 2
# What a verb or adjective ends in where it stands as the text has it.
INFLECTED: Final = (
    "다",
    "며",
    "는",
    "던",
    "면서",
    "하고",
    "하여",
    "하게",
    "하지",
    "된",
    "한",
    "할",
    "될",
    "했",
    "됐",
    "하기",
)

Lines = tuple[tuple[str, int], ...]


class Piece(NamedTuple):
    """A shard's part of a piece of the lexicon: its nouns, and the chunks that may have terms of the piece."""

    name: str
    chunk: int  # the first of them
    firsts: tuple[str, ...]  # the first terms of those after it
    nouns: Lines  # and in how many pages each is, about


class ShardIndex(NamedTuple):
    """What the lexicon and the entry file need to know of a shard."""

    name: str
    pages: int
    pieces: tuple[Piece, ...]


def index_shard(documents: Sequence[Document], analyser: Analyser) -> tuple[ShardIndex, dict[str, bytes]]:
    """Return a shard's index of these documents, newest first, and its files by their names. Raises ToolError."""
    read = Forms()
    titles = [read.of(document.title) for document in documents]
    forms = [title + read.of(document.text) for title, document in zip(titles, documents, strict=True)]
    terms = terms_by_form(forms, documents, analyser)
    texts = [" ".join(term.text for form in of_page for term in terms[form]) for of_page in forms]
    found = inverted(documents, texts)
    counts = counts_of(texts)
    by_text = {term.text: term for made in terms.values() for term in made}
    records = records_of(cbor2.loads(decoded(data)) for path, data in found.items() if path.endswith(".pf_index"))
    chunks = list(chunks_of(records, by_text))
    files = {f"{number}.pf_index": chunk.content for number, chunk in enumerate(chunks)}
    files |= {
        f"{number}.pf_fragment": fragment(document, count)
        for number, (document, count) in enumerate(zip(documents, counts, strict=True))
    }
    files["meta.pf_meta"] = meta_file(documents, counts, [sum(len(terms[form]) for form in title) for title in titles])
    name = named(files)
    pieces = pieces_of(records, by_text, [chunk.first for chunk in chunks])
    return ShardIndex(name, len(documents), pieces), files


def terms_by_form(
    forms: Sequence[Sequence[str]], documents: Sequence[Document], analyser: Analyser
) -> dict[str, tuple[Term, ...]]:
    """Return the terms of every form of the shard."""
    seen = Counter(form for of_page in forms for form in of_page)
    hangul = Counter[str]()
    for form, count in seen.items():
        for run in hangul_of(form):
            hangul[run] += count
    splits = analyser.splits(hangul, (f"{document.title}\n{document.text}" for document in documents))
    return {form: terms_of(form, splits) for form in seen}


def counts_of(texts: Iterable[str]) -> list[int]:
    """Return how many words each of these texts has."""
    return [text.count(" ") + 1 if text else 0 for text in texts]


def inverted(documents: Sequence[Document], texts: Sequence[str]) -> dict[str, bytes]:
    """Return the files of Pagefind's index of these texts. Raises ToolError where it counted others.

    The places in the index are numbers of words: they are right only if it saw the same words as we.
    """
    requests = [
        {"type": "AddRecord", "url": document.url, "content": text, "language": LANGUAGE, "meta": {}, "filters": {}}
        for document, text in zip(documents, texts, strict=True)
    ]
    with Indexer() as indexer:
        indexer.add(requests)
        files = indexer.files()
    (meta,) = (cbor2.loads(decoded(data)) for path, data in files.items() if path.endswith(".pf_meta"))
    for document, (_, seen), count in zip(documents, meta[1], counts_of(texts), strict=True):
        if seen != count:
            raise tool_error(f"its index is of other words than ours ({document.url}: {seen} where we have {count})")
    return files


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


def steps(numbers: Iterable[int]) -> list[int]:
    """Return how far each number is from the one before, the first from 0."""
    before, found = 0, []
    for number in numbers:
        found.append(number - before)
        before = number
    return found


def named(files: Mapping[str, bytes]) -> str:
    """Return the name of a shard's folder: another byte in it, another name."""
    name = blake2b(digest_size=NAME_BYTES)
    for path, content in sorted(files.items()):
        name.update(f"{path}:{len(content)}:".encode())
        name.update(content)
    return name.hexdigest()


def pieces_of(records: Sequence[Record], terms: Mapping[str, Term], firsts: Sequence[str]) -> tuple[Piece, ...]:
    """Return the shard's part of the lexicon."""
    nouns: defaultdict[str, Counter[str]] = defaultdict(Counter)
    spans: dict[str, tuple[str, str]] = {}
    for record in records:
        term = terms[record.term]
        piece = piece_of(term.text)
        spans[piece] = (spans.get(piece, (term.text, ""))[0], term.text)
        for noun in nouns_in(term):
            nouns[piece][noun] += len(record.postings)
    pieces = []
    for piece, (least, most) in sorted(spans.items()):
        within = [number for number, first in enumerate(firsts) if least < first <= most]
        before = sum(first <= least for first in firsts) - 1
        pieces.append(
            Piece(piece, before, tuple(firsts[number] for number in within), tuple(sorted(nouns[piece].items())))
        )
    return tuple(pieces)


def nouns_in(term: Term) -> list[str]:
    """Return the nouns a term begins with: all of it up to its particle, and each noun of a longer one."""
    ends = [place + 1 for place in range(len(term.text)) if term.ends >> place & 1]
    nouns = [term.text[:end] for end in ends if end >= SHORTEST_NOUN]
    if nouns and nouns[-1] == term.text and len(nouns) == 1 and term.text.endswith(INFLECTED):
        nouns.pop()  # a verb of which the analyser made nothing
    return nouns
