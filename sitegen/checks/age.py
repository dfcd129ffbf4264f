"""Whether the pages still show what the content says: each article's record beside its page is asked."""

import json
from collections.abc import Iterable
from pathlib import Path

from sitegen.model import Entry
from sitegen.site.urls import output_path, record_url


def count_behind(entries: Iterable[Entry], output_dir: Path) -> int:
    """Count the articles whose page is missing or older: one with another title or text."""
    return sum(told_at(output_dir / output_path(record_url(entry.url))) != told_by(entry) for entry in entries)


def told_by(entry: Entry) -> tuple[object, object]:
    """Return an article's title and the digest of its text."""
    return entry.article.title, entry.provenance.text_sha256 or None


def told_at(record: Path) -> tuple[object, object]:
    """Return the title and the text's digest that a record tells; nothing where it tells none."""
    try:
        value = json.loads(record.read_bytes())
        return value["title"], value["provenance"].get("text_sha256")
    except (OSError, ValueError, RecursionError, LookupError, TypeError, AttributeError):
        return None, None
