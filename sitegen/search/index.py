"""The articles of a site → its search: Korean ones in shards of our own, others as Pagefind has them.

All of it is below `/search/`:

pagefind.js           the module that everything imports; it has Pagefind's interface
entry.json            what there is: shards, pieces of the lexicon, other languages; all other names follow from bytes
<shard>/…             shard.py
lex.<name>            lexicon.py
<language>/…          Pagefind's own bundle for the articles in that language
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple, Protocol

from sitegen.runtime.collector import without_collector
from sitegen.runtime.files import read_bytes, write_bytes
from sitegen.search.agencies import Names, names_in
from sitegen.search.calendar import Paged
from sitegen.search.endings import TABLES, VERB_SYLLABLES
from sitegen.search.kiwi import Kiwi
from sitegen.search.lexicon import lexicon_of
from sitegen.search.readings import NOTHING, Readings
from sitegen.search.rules import Rules
from sitegen.search.shard import LANGUAGE, ShardIndex, index_shard
from sitegen.search.stock import index_stock

FOLDER: Final = "search"
ENTRY: Final = "entry.json"
FORM: Final = 1  # of our files; the module reads no other


class Work(NamedTuple):
    """The pages of a shard, or of another language, and who cuts the words."""

    language: str
    analyser: str
    pages: tuple[Paged, ...]


class Made(NamedTuple):
    """What is to be remembered of a part of the index, and the paths of its files."""

    about: ShardIndex
    files: tuple[str, ...]
    words: dict[bytes, bytes]  # what a dictionary said of the texts, for the next time
    readings: bytes  # what was read of the pages, for the next time


class Known(Protocol):
    """Tells what is remembered of the last site."""

    def words(self) -> Mapping[bytes, bytes]:
        """Return what a dictionary said of texts, by their digests."""
        ...

    def readings(self, work: Work) -> bytes:
        """Return what was read of the pages of such a shard."""
        ...

    @property
    def is_first(self) -> bool:
        """Return whether there was no site: who builds for the first time may never build again."""
        ...


def make_all(works: Sequence[Work], site_dir: Path, known: Known) -> list[Made]:
    """Make parts of the index; the work of a worker. Raises ToolError."""
    with without_collector():
        return [make(work, site_dir, known) for work in works]


def make(work: Work, site_dir: Path, known: Known) -> Made:
    """Index pages and write the files. Raises ToolError."""
    analyser = Kiwi(known.words()) if work.analyser == Kiwi.name else Rules()
    if work.language == LANGUAGE:
        kept = Readings(known.readings(work))
        found = kept.of(work.pages, site_dir)
        undated = {page.url for page in work.pages if page.day is None}
        index, files = index_shard(found, analyser, kept)
        index = index._replace(undated=sum(reading.document.url in undated for reading in found))
        readings = NOTHING if known.is_first else kept.packed(work.pages)
    else:
        readings = NOTHING
        files = index_stock(
            work.language, [(page.path, read_bytes(f"{site_dir}/{page.path}").decode()) for page in work.pages]
        )
        index = ShardIndex(work.language, len(work.pages), ())
    paths = write_files(site_dir, {f"{FOLDER}/{index.name}/{name}": data for name, data in files.items()})
    return Made(index, paths, analyser.used if isinstance(analyser, Kiwi) else {}, readings)


def top_files(
    shards: Sequence[ShardIndex], others: Sequence[ShardIndex], module: str, agencies: Sequence[Names] = ()
) -> dict[str, bytes]:
    """Return the files that all shards share, by their paths in the site.

    `module` is the address of ours, `agencies` names of those that the site knows beside the well-known ones.
    """
    lexicon = lexicon_of(shards)
    entry = {
        "form": FORM,
        "shards": [about(shard) for shard in shards],
        "pieces": lexicon.pieces,
        "initials": lexicon.initials,
        "agencies": [" ".join(names) for names in names_in(shards, agencies)],
        "endings": TABLES | {"verbSyllables": VERB_SYLLABLES},
        "languages": {other.name: other.pages for other in others},
    }
    files = {
        ENTRY: json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode(),
        "pagefind.js": f'export * from "../{module}";\n'.encode(),
    }
    return {f"{FOLDER}/{name}": content for name, content in (files | lexicon.files).items()}


def about(shard: ShardIndex) -> dict[str, str | int]:
    """Return what the entry says of a shard."""
    undated = {"undated": shard.undated} if shard.undated else {}
    return {"name": shard.name, "pages": shard.pages, **undated}


def write_files(site_dir: Path, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Write files by their paths in the site; return the paths."""
    for path, content in files.items():
        write_bytes(site_dir, path, content)
    return tuple(sorted(files))
