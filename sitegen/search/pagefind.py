"""Built pages → the search index below `/search/`, by the Pagefind binary that the package `pagefind_bin` ships.

Pagefind 1.5 writes its filter files in random order. They are put in order here and named anew by their bytes, and the
files of its own interfaces are left out, so that the same site gives the same index.
"""

import gzip
import hashlib
import io
import json
import re
import subprocess
from pathlib import Path
from typing import Final

import cbor2

from sitegen.errors import ToolError
from sitegen.problems import Problem, Severity, Where

FOLDER: Final = "search"
SIGNATURE: Final = b"pagefind_dcd"  # before the CBOR in every index file
KNOWN_VERSION: Final = re.compile(r"1\.5\.\d+")
# Interfaces and helpers this site does not use.
UNUSED: Final = (
    "pagefind-ui.js",
    "pagefind-ui.css",
    "pagefind-modular-ui.js",
    "pagefind-modular-ui.css",
    "pagefind-component-ui.js",
    "pagefind-component-ui.css",
    "pagefind-highlight.js",
)


def index_search(site_dir: Path) -> int:
    """Index the pages below `site_dir` that carry data-pagefind-body; return their number. Raises ToolError.

    The module is `/search/pagefind.js`.
    """
    bundle = site_dir / FOLDER
    run_pagefind(site_dir)
    entry_path = bundle / "pagefind-entry.json"
    try:
        entry = json.loads(entry_path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise tool_error(site_dir, f"no index was written ({error})") from error
    if not KNOWN_VERSION.fullmatch(entry["version"]):
        raise tool_error(site_dir, f"version {entry['version']} is not one of 1.5.x, whose files are known")
    for language, about in sorted(entry["languages"].items()):
        about["hash"] = settle_filters(bundle, language, about["hash"])
    entry["languages"] = dict(sorted(entry["languages"].items()))
    entry_path.write_text(json.dumps(entry, ensure_ascii=False, separators=(",", ":")), "utf-8")
    for name in UNUSED:
        (bundle / name).unlink(missing_ok=True)
    return sum(about["page_count"] for about in entry["languages"].values())


def run_pagefind(site_dir: Path) -> None:
    """Run the indexer; no network, no output but errors."""
    try:
        from pagefind_bin import get_executable  # noqa: PLC0415  only when there is something to index
    except ImportError as error:
        raise tool_error(site_dir, "the package pagefind_bin is not installed") from error
    command = [str(get_executable()), "--site", str(site_dir), "--output-subdir", FOLDER, "--quiet"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")  # noqa: S603
    except OSError as error:
        raise tool_error(site_dir, error.strerror or str(error)) from error
    if done.returncode:
        lines = [line for line in (done.stderr + done.stdout).splitlines() if line.strip()]
        raise tool_error(site_dir, lines[-1] if lines else f"status {done.returncode}")


def settle_filters(bundle: Path, language: str, meta_hash: str) -> str:
    """Put the filters of one language in order and rename what changes; return the meta file's new hash."""
    meta_path = bundle / f"pagefind.{meta_hash}.pf_meta"
    meta = read_index_file(meta_path)
    filters = meta[3]
    for row in filters:
        name, old = row[0], row[1]
        path = bundle / "filter" / f"{old}.pf_filter"
        content = read_index_file(path)
        content[1] = sorted(([value, sorted(pages)] for value, pages in content[1]), key=lambda pair: pair[0])
        data = SIGNATURE + cbor2.dumps(content)
        row[1] = f"{language}_{digest(name.encode() + data)}"
        path.unlink()
        write_index_file(bundle / "filter" / f"{row[1]}.pf_filter", data)
    filters.sort(key=lambda row: row[0])
    data = SIGNATURE + cbor2.dumps(meta)
    new_hash = f"{language}_{digest(data)}"
    meta_path.unlink()
    write_index_file(bundle / f"pagefind.{new_hash}.pf_meta", data)
    return new_hash


def read_index_file(path: Path) -> list:  # type: ignore[type-arg]  # Pagefind's own nested arrays
    """Return the arrays of an index file."""
    data = gzip.decompress(path.read_bytes())
    arrays: list = cbor2.loads(data[len(SIGNATURE) :])  # type: ignore[type-arg]
    return arrays


def write_index_file(path: Path, data: bytes) -> None:
    """Write an index file, compressed without a time stamp."""
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=9, mtime=0) as stream:
        stream.write(data)
    path.write_bytes(packed.getvalue())


def digest(data: bytes) -> str:
    """Return the short name of an index file's bytes."""
    return hashlib.blake2b(data, digest_size=5).hexdigest()


def tool_error(site_dir: Path, message: str) -> ToolError:
    """Return the error for an indexer that did not do its work."""
    where = Where(path=str(site_dir / FOLDER))
    return ToolError(Problem(code="TOOL002", severity=Severity.ERROR, where=where, details=(("message", message),)))
