"""What was read of a shard's pages, kept for the next time: an edit changes one page of a thousand."""

import marshal
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from sitegen.runtime.files import read_bytes
from sitegen.runtime.packing import made, plain
from sitegen.search.calendar import Paged
from sitegen.search.document import Document, read_document
from sitegen.search.words import Forms
from sitegen.version import code_version

NOTHING: Final = b""  # is remembered of any page


class Reading(NamedTuple):
    """A document, and the forms of the words in its title and in its text."""

    document: Document
    title: tuple[str, ...]
    text: tuple[str, ...]


class Readings:
    """Reads pages, and their fragments, that are not remembered; `packed` is what to remember of all of them."""

    def __init__(self, remembered: bytes = NOTHING) -> None:
        self.known = known_in(remembered)
        self.pages: dict[bytes, Any] = {}  # plain readings by the keys of their pages
        self.fragments: dict[str, tuple[int, bytes]] = {}  # by addresses: how many words there are, and the file

    def of(self, pages: Sequence[Paged], site_dir: Path) -> list[Reading]:
        """Return what is searched of these pages; one on which nothing is has no reading."""
        found: list[Reading | Document | None] = []
        for page in pages:
            if page.key in self.known:
                self.pages[page.key], self.fragments[page.url] = self.known[page.key]
                found.append(made(self.pages[page.key], Reading | None))
            else:
                found.append(read_document(page.url, read_bytes(f"{site_dir}/{page.path}").decode()))
        readings = []
        forms = Forms()
        for page, one in zip(pages, found, strict=True):  # words after pages: each has much to look up
            reading = reading_of(one, forms) if isinstance(one, Document) else one
            if page.key not in self.pages:
                self.pages[page.key] = plain(reading, Reading | None)
            if reading is not None:
                readings.append(reading)
        return readings

    def fragment(self, document: Document, count: int, write: Callable[[Document, int], bytes]) -> bytes:
        """Return the fragment of a page with so many words, made by `write` if it is not remembered."""
        known = self.fragments.get(document.url)
        if known is None or known[0] != count:
            known = self.fragments[document.url] = (count, write(document, count))
        return known[1]

    def packed(self, pages: Iterable[Paged]) -> bytes:
        """Return what is to be remembered of these pages."""
        nothing = (0, NOTHING)
        found = {page.key: (self.pages[page.key], self.fragments.get(page.url, nothing)) for page in pages}
        return marshal.dumps((code_version(), found))


def reading_of(document: Document, forms: Forms) -> Reading:
    """Return a document with the forms of its words."""
    return Reading(document, tuple(forms.of(document.title)), tuple(forms.of(document.searched)))


def known_in(remembered: bytes) -> dict[bytes, Any]:
    """Return the pages in what was remembered, by their keys; none if it was another code's."""
    if not remembered:
        return {}
    version, known = marshal.loads(remembered)  # noqa: S302  plain values; their reader has compared a checksum
    return dict(known) if version == code_version() else {}
