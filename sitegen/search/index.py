"""The articles of a site → its search: Korean ones in shards of our own, others as Pagefind has them.

All of it is below `/search/`:

pagefind.js           the module that everything imports; it has Pagefind's interface
entry.json            what there is: shards, pieces of the lexicon, other languages; all other names follow from bytes
<shard>/…             shard.py
lex.<name>            lexicon.py
<language>/…          Pagefind's own bundle for the articles in that language
"""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from sitegen.search.calendar import Paged
from sitegen.search.document import read_document
from sitegen.search.endings import TABLES, VERB_SYLLABLES
from sitegen.search.kiwi import Kiwi
from sitegen.search.lexicon import lexicon_of
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


def make(work: Work, site_dir: Path, known: Callable[[], Mapping[bytes, bytes]]) -> Made:
    """Index pages and write the files; the work of a worker.

    `known`: what a dictionary said before. Raises ToolError.
    """
    analyser = Kiwi(known()) if work.analyser == Kiwi.name else Rules()
    markups = ((page, (site_dir / page.path).read_text("utf-8")) for page in work.pages)
    if work.language == LANGUAGE:
        documents = [document for page, markup in markups if (document := read_document(page.url, markup))]
        index, files = index_shard(documents, analyser)
    else:
        files = index_stock(work.language, [(page.path, markup) for page, markup in markups])
        index = ShardIndex(work.language, len(work.pages), ())
    paths = write_files(site_dir, {f"{FOLDER}/{index.name}/{name}": data for name, data in files.items()})
    return Made(index, paths, analyser.used if isinstance(analyser, Kiwi) else {})


def top_files(shards: Sequence[ShardIndex], others: Sequence[ShardIndex], module: str) -> dict[str, bytes]:
    """Return the files that all shards share, by their paths in the site; `module` is the address of ours."""
    lexicon = lexicon_of(shards)
    entry = {
        "form": FORM,
        "shards": [{"name": shard.name, "pages": shard.pages} for shard in shards],
        "pieces": lexicon.pieces,
        "initials": lexicon.initials,
        "endings": TABLES | {"verbSyllables": VERB_SYLLABLES},
        "languages": {other.name: other.pages for other in others},
    }
    files = {
        ENTRY: json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode(),
        "pagefind.js": f'export * from "../{module}";\n'.encode(),
    }
    return {f"{FOLDER}/{name}": content for name, content in (files | lexicon.files).items()}


def write_files(site_dir: Path, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Write files by their paths in the site; return the paths."""
    for path, content in files.items():
        target = site_dir / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return tuple(sorted(files))
