"""Built pages of a language other than Korean → Pagefind's own index of them, with its own stems.

Measured on 5,903 articles: two runs over folders written in another order differ in every index file when Pagefind
walks the folder itself, and in the filter files only when it is given the pages in order. Those it writes in random
order; they are put in order here and named anew by their bytes. The files of its own interfaces are left out.
"""

import hashlib
import json
from collections.abc import Sequence
from typing import Final

import cbor2

from sitegen.search.chunks import squeeze
from sitegen.search.service import ENTRY, SIGNATURE, Indexer, decoded

# Interfaces and helpers this site does not use.
UNUSED: Final = frozenset(
    {
        "pagefind-ui.js", "pagefind-ui.css", "pagefind-modular-ui.js", "pagefind-modular-ui.css",
        "pagefind-component-ui.js", "pagefind-component-ui.css", "pagefind-highlight.js",
    }
)  # fmt: skip


def index_stock(language: str, pages: Sequence[tuple[str, str]]) -> dict[str, bytes]:
    """Return Pagefind's own index of the pages of one language, by paths below its folder; (path, markup) each.

    Pages are numbered in the order given: Pagefind's own walk through a folder follows the order of the disk, which
    no two machines share. Raises ToolError.
    """
    with Indexer({"force_language": language}) as indexer:
        indexer.add([{"type": "AddFile", "file_path": path, "file_contents": markup} for path, markup in pages])
        files = indexer.files()
    entry = json.loads(files[ENTRY])
    for name, about in sorted(entry["languages"].items()):
        about["hash"] = settle_filters(files, name, about["hash"])
    entry["languages"] = dict(sorted(entry["languages"].items()))
    files[ENTRY] = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()
    return {path: content for path, content in files.items() if path not in UNUSED}


def settle_filters(files: dict[str, bytes], language: str, meta_hash: str) -> str:
    """Put the filters of one language in order and rename what changes; return the meta file's new hash."""
    meta = cbor2.loads(decoded(files.pop(f"pagefind.{meta_hash}.pf_meta")))
    filters = meta[3]
    for row in filters:
        name, old = row[0], row[1]
        content = cbor2.loads(decoded(files.pop(f"filter/{old}.pf_filter")))
        content[1] = sorted(([value, sorted(pages)] for value, pages in content[1]), key=lambda pair: pair[0])
        data = SIGNATURE + cbor2.dumps(content)
        row[1] = f"{language}_{digest(name.encode() + data)}"
        files[f"filter/{row[1]}.pf_filter"] = squeeze(data)
    filters.sort(key=lambda row: row[0])
    data = SIGNATURE + cbor2.dumps(meta)
    new_hash = f"{language}_{digest(data)}"
    files[f"pagefind.{new_hash}.pf_meta"] = squeeze(data)
    return new_hash


def digest(data: bytes) -> str:
    """Return the short name of an index file's bytes."""
    return hashlib.blake2b(data, digest_size=5).hexdigest()
