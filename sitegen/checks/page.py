"""A finished page as the checks see it: parsed as a browser would, with the article.json beside it."""

import json
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from sitegen.problems import Where
from sitegen.site.urls import output_path, record_url

SCHEMES: Final = ("http", "https", "mailto", "tel", "")

Finding = tuple[str, str, dict[str, str]]


@dataclass(slots=True)
class Output:
    """The files of an output folder, and what pages have told about themselves so far."""

    folder: Path
    files: frozenset[str]
    base: str = "/"  # the path the site lies below
    host: str = ""  # its own, where it knows it
    anchors: dict[str, frozenset[str]] = field(default_factory=dict)  # of each page
    links: list[tuple[str, str, str]] = field(default_factory=list)  # page, address as written, path and fragment
    unindexed: set[str] = field(default_factory=set)  # pages that say noindex


class Page:
    """One page of the output, parsed."""

    def __init__(self, output: Output, path: str) -> None:
        self.output = output
        self.path = path
        self.html = (output.folder / path).read_bytes().decode("utf-8", "replace")
        self.tree = LexborHTMLParser(self.html)

    @property
    def record_path(self) -> str:
        """Return where the page's record would lie."""
        return output_path(record_url(f"/{self.path}"))

    @cached_property
    def record(self) -> dict[str, Any] | None:
        """Return the article.json beside the page, None where there is none that can be read."""
        file = self.output.folder / self.record_path
        try:
            value = json.loads(file.read_bytes())
        except (OSError, ValueError, RecursionError):
            return None
        return value if isinstance(value, dict) else None

    def told(self, name: str) -> dict[str, Any]:
        """Return a mapping of the record, empty where there is none."""
        value = (self.record or {}).get(name)
        return value if isinstance(value, dict) else {}

    @cached_property
    def kind(self) -> str:
        """Return what sort of page it is: an article where a record lies beside it, else what it says to be."""
        is_article = self.record_path in self.output.files
        return "article" if is_article else self.attribute('meta[name="page-kind"]', "content")

    @property
    def base(self) -> str:
        """Return the path the site lies below."""
        return self.output.base

    @cached_property
    def footer(self) -> LexborNode | None:
        """Return the footer that tells the source."""
        return self.tree.css_first("footer.source")

    def attribute(self, selector: str, name: str) -> str:
        """Return an attribute of the first match, or an empty string."""
        found = self.tree.css_first(selector)
        return (found.attributes.get(name) or "") if found else ""

    def where(self, words: str) -> Where:
        """Return the place of some words in the file."""
        at = max(self.html.find(words), 0) if words else 0
        line = self.html.count("\n", 0, at) + 1
        return Where(
            path=str(self.output.folder / self.path), line=line, column=at - self.html.rfind("\n", 0, at) if at else 1
        )


def href_of(node: LexborNode) -> str:
    """Return where a link leads."""
    return node.attributes.get("href") or ""


def is_unindexed(page: Page) -> bool:
    """Return whether a page asks search engines to leave it out."""
    return "noindex" in page.attribute('meta[name="robots"]', "content")


def is_sound(address: str) -> bool:
    """Return whether an address may stand on a page."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return False
    scheme = parts.scheme.lower()
    return scheme in SCHEMES and "@" not in parts.netloc and not (parts.netloc and not scheme)
