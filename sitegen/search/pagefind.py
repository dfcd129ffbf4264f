"""Built pages → the search index below `/search/`, by the Pagefind binary that the package `pagefind_bin` ships.

Measured on 5,903 articles: two runs over folders written in another order differ in every index file when Pagefind
walks the folder itself, and in the filter files only when it is given the pages in order. Those it writes in random
order; they are put in order here and named anew by their bytes. The files of its own interfaces are left out.
"""

import base64
import gzip
import hashlib
import io
import json
import os
import re
import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import cbor2

from sitegen.errors import ToolError
from sitegen.problems import Problem, Severity, Where

FOLDER: Final = "search"
ENTRY: Final = "pagefind-entry.json"
SIGNATURE: Final = b"pagefind_dcd"  # before the CBOR in every index file
KNOWN_VERSION: Final = re.compile(r"1\.5\.\d+")
# Interfaces and helpers this site does not use.
UNUSED: Final = frozenset(
    {
        "pagefind-ui.js", "pagefind-ui.css", "pagefind-modular-ui.js", "pagefind-modular-ui.css",
        "pagefind-component-ui.js", "pagefind-component-ui.css", "pagefind-highlight.js",
    }
)  # fmt: skip
PIPE_BYTES: Final = 1 << 20


def index_search(site_dir: Path, pages: Sequence[str], progress: Callable[[int], None] = lambda _: None) -> list[str]:
    """Index the built pages at these paths below `site_dir`; return the paths of the index files. Raises ToolError.

    The module is `/search/pagefind.js`. Pages are numbered in the order given: Pagefind's own walk through the folder
    follows the order of the disk, which no two machines share. `progress` hears how many are read.
    """
    bundle, before = site_dir / FOLDER, set(files_below(site_dir))
    with Indexer(site_dir) as indexer:
        indexer.add_pages(pages, progress)
        indexer.write(bundle)
    entry_path = bundle / ENTRY
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
    return sorted(set(files_below(site_dir)) - before)


def files_below(site_dir: Path) -> Iterator[str]:
    """Yield the paths of the files below the search folder, relative to the site's."""
    for folder, _, names in os.walk(site_dir / FOLDER):
        yield from (Path(folder, name).relative_to(site_dir).as_posix() for name in names)


def pages_indexed(site_dir: Path) -> int:
    """Return how many pages the index of a site holds."""
    entry = json.loads((site_dir / FOLDER / ENTRY).read_text("utf-8"))
    return sum(about["page_count"] for about in entry["languages"].values())


class Indexer:
    """Pagefind's service: requests and answers are base64 of JSON with a comma after each, over its pipes."""

    def __init__(self, site_dir: Path) -> None:
        try:
            from pagefind_bin import get_executable  # noqa: PLC0415  only when there is something to index
        except ImportError as error:
            raise tool_error(site_dir, "the package pagefind_bin is not installed") from error
        self.site_dir = site_dir
        self.sent = 0
        self.unread = bytearray()
        try:
            self.process = subprocess.Popen(  # noqa: S603
                [str(get_executable()), "--service"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            raise tool_error(site_dir, error.strerror or str(error)) from error

    def __enter__(self) -> Self:
        self.index = self.ask({"type": "NewIndex", "config": {}})["index_id"]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.communicate()

    def add_pages(self, pages: Sequence[str], progress: Callable[[int], None]) -> None:
        """Add pages in order; they are sent by a thread, so that a full pipe cannot stop both sides."""
        sender = threading.Thread(target=self.send_pages, args=(pages,), daemon=True)
        sender.start()
        for done, _ in enumerate(pages, 1):
            self.answer()
            progress(done)
        sender.join()

    def send_pages(self, pages: Sequence[str]) -> None:
        """Send every page (the sender thread); a closed pipe is noticed by who reads the answers."""
        for page in pages:
            text = (self.site_dir / page).read_text("utf-8")
            try:
                self.send({"type": "AddFile", "index_id": self.index, "file_path": page, "file_contents": text})
            except OSError:
                return

    def write(self, bundle: Path) -> None:
        """Write the index.

        Pagefind gives the files and we write them: where it writes them itself, 1.5.2 answers before the bytes are on
        the disk (its issue 1271), and one build in fifty on a busy machine had an empty or torn file.
        """
        for file in self.ask({"type": "GetFiles", "index_id": self.index})["files"]:
            if file["path"] not in UNUSED:
                path = bundle / file["path"]
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(base64.b64decode(file["content"]))

    def ask(self, request: dict[str, object]) -> dict[str, Any]:
        """Send one request and return its answer."""
        self.send(request)
        return self.answer()

    def send(self, request: dict[str, object]) -> None:
        """Send one request."""
        assert self.process.stdin is not None
        self.sent += 1
        message = json.dumps({"message_id": self.sent, "payload": request}, ensure_ascii=False)
        self.process.stdin.write(base64.b64encode(message.encode()) + b",")
        self.process.stdin.flush()

    def answer(self) -> dict[str, Any]:
        """Return the next answer. Raises ToolError when there is none or it is an error."""
        assert self.process.stdout is not None
        looked_at = 0  # an answer may have many megabytes: no byte of it is looked at twice
        while (end := self.unread.find(b",", looked_at)) < 0:
            looked_at = len(self.unread)
            part = os.read(self.process.stdout.fileno(), PIPE_BYTES)
            if not part:
                raise tool_error(self.site_dir, f"it ended with status {self.process.wait()}")
            self.unread += part
        message = self.unread[:end]
        del self.unread[: end + 1]
        payload: dict[str, Any] = json.loads(base64.b64decode(message))["payload"]
        if payload["type"] == "Error":
            raise tool_error(self.site_dir, str(payload.get("message")))
        return payload


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
