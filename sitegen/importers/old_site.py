"""The Jekyll site a post was part of: what its `_config.yml` says about addresses."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import yaml

from sitegen.config import glob_pattern
from sitegen.read.permalinks import MARKS, filled_in, hyphened

POSTS: Final = "_posts"
OF_POSTS: Final = ("posts", "drafts")  # no collections, whatever a site says of them
WITH_ENDING: Final = ("date", "ordinal", "none")  # styles whose addresses end as those of files

# `{{ site.baseurl }}/a.png`, `{{ "/a.png" | relative_url }}`: an address of the site itself.
LIQUID: Final = re.compile(
    r"""\{\{-?\s*(?:site\.(?:baseurl|url)|["'](?P<path>[^"'{}]*)["']\s*\|\s*(?:relative_url|absolute_url))\s*-?\}\}"""
)
# What stands before an address that leads somewhere: in Markdown, in HTML, in a style. Prose may name others.
BEFORE_ADDRESS: Final = (
    r"""\]\(\s*<?|^ {0,3}\[(?!\^)[^\]\n]+\]:\s*<?|\b(?:href|src|poster|data)\s*=\s*["']?|url\(\s*["']?"""
)
SRCSET: Final = re.compile(r"""(\bsrcset\s*=\s*)("[^"]*"|'[^']*')""")
# Keys of a head whose values are words, or addresses that are no file's of the site.
WORDS: Final = re.compile(
    r"""["']?(?:title|subtitle|description|excerpt|summary|permalink|slug|redirect_from|alias|source|canonical)"""
)
HEAD: Final = re.compile(r"(---\n.*?\n---\n)(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class OldSite:
    """Where a post stood: the pattern of its address, the address of the site itself (`url` and `baseurl`)."""

    permalink: str
    url: str = ""
    base: str = ""
    folder: str = ""  # above `_posts`: each name in it is a category
    below: str = ""  # the folder below `_posts`
    given: str = ""  # categories that its rules give the post, a line each
    published: str = ""  # whether its rules show the post: `false`, or nothing

    @property
    def is_hidden(self) -> bool:
        """Return whether the site does not show the post unless its head says so."""
        return self.published == "false"

    def categories(self, said: tuple[str, ...]) -> tuple[str, ...]:
        """Return the categories of a post whose head says these."""
        return tuple(dict.fromkeys((*filter(None, self.folder.split("/")), *self.given.splitlines(), *said)))

    def address_of(self, slug: str, published: datetime | None, categories: tuple[str, ...]) -> str:
        """Return the address a post had, or nothing when the pattern asks for what the post does not say."""
        title = hyphened(slug, MARKS)
        names = {"title": title, **dict.fromkeys(("slug", "name"), hyphened(slug).lower())}
        names["slugified_categories"] = "/".join(dict.fromkeys(hyphened(one).lower() for one in categories))
        try:
            return filled_in(self.permalink, slug, published, categories, names) if title else ""
        except KeyError:
            return ""

    def place_of(self, name: str) -> str:
        """Return a name for the file of a post that no other site has; empty where the site names no address."""
        parts = (f"{self.url}{self.base}", self.folder, POSTS, self.below, name)
        return "/".join(filter(None, parts)) if self.url else ""

    def within(self, text: str) -> str:
        """Return a post with the site's own addresses written from its root."""
        text = LIQUID.sub(lambda found: found["path"] or "", text)
        host = re.sub(r"^https?:", "", self.url)
        homes = [f"(?:https?:)?{re.escape(host)}{re.escape(self.base)}"] if host else []
        homes += [re.escape(self.base)] if self.base else []
        if not homes:
            return text
        home = f"(?:{'|'.join(homes)})(?=/)"
        parts = HEAD.fullmatch(text)
        head, body = (parts[1], parts[2]) if parts else ("", text)
        body = re.sub(rf"({BEFORE_ADDRESS}){home}", r"\1", body, flags=re.MULTILINE)
        body = SRCSET.sub(lambda found: found[1] + re.sub(rf"""(["',]\s*){home}""", r"\1", found[2]), body)
        return head_within(head, home) + body


def head_within(head: str, home: str) -> str:
    """Return the head of a post with addresses below `home`, an expression, written from the root."""
    lines, is_of_words = [], False
    for line in head.split("\n"):
        if line[:1].strip() and not line.startswith("-"):  # a key of the head itself
            is_of_words = WORDS.match(line) is not None
        lines.append(line if is_of_words else re.sub(rf"""((?:^|[\s"'\[])){home}""", r"\1", line))
    return "\n".join(lines)


def settings_in(config: str) -> dict[Any, Any] | None:
    """Return what a `_config.yml` says, or None when it cannot be read."""
    try:
        value = yaml.safe_load(config)
    except (yaml.YAMLError, ValueError, RecursionError):  # ValueError: a date that is none
        return None
    return value if isinstance(value, dict) else None


def collection_at(settings: dict[Any, Any], path: str) -> str:
    """Return the collection with pages of their own that the file at `path` below its site is in; empty: in none."""
    top, _, below = path_in(settings, path).partition("/")
    return top[1:] if below and top[:1] == "_" and top[1:] in shown_collections(settings) else ""


def shown_collections(settings: dict[Any, Any]) -> dict[str, Any]:
    """Return the collections of a site, beside its posts, that have pages of their own, and what is said of each."""
    rows = ((name, value) for name, value in collections_of(settings).items() if name not in OF_POSTS)
    return {name: value for name, value in rows if isinstance(value, dict) and value.get("output") is True}


def collections_of(settings: dict[Any, Any]) -> dict[Any, Any]:
    """Return what is said of the collections of a site; nothing where that is no mapping."""
    said = settings.get("collections")
    return said if isinstance(said, dict) else {}


def path_in(settings: dict[Any, Any], path: str) -> str:
    """Return a path below a site from the folder where its posts and collections lie."""
    for name in ("source", "collections_dir"):
        path = path.removeprefix(f"{text_at(settings, name).strip('./')}/")
    return path


def old_site_of(settings: dict[Any, Any], path: str) -> OldSite:
    """Return where the post stood whose file is at `path` below its site (`news/_posts/2024-08-08-a.md`)."""
    collection = collection_at(settings, path)
    path = path_in(settings, path)
    values = defaults_for(settings, path, (collection,) if collection else ("posts", "post"))
    permalink = text_at(values, "permalink") or text_at(collections_of(settings).get("posts"), "permalink")
    permalink = permalink or site_permalink(settings)
    if collection:
        permalink = collection_permalink(settings, values, collection, path)
    url, base = (text_at(settings, name).rstrip("/") for name in ("url", "baseurl"))
    folder, posts, below = f"/{path}".partition(f"/{POSTS}/")
    below = below or (path if collection else "")
    return OldSite(
        permalink=permalink,
        url=url,
        base=base,
        folder=folder.strip("/") if posts else "",
        below=below.rpartition("/")[0],
        given="\n".join(categories_in(values)),
        published="false" if values.get("published") is False else "",
    )


def site_permalink(settings: dict[Any, Any]) -> str:
    """Return the pattern or style of addresses of a site; one that names none has dates in them."""
    return text_at(settings, "permalink") or "date"


def collection_permalink(settings: dict[Any, Any], values: dict[str, Any], collection: str, path: str) -> str:
    """Return the pattern of an address in a collection; what only the path says is filled in."""
    own = text_at(shown_collections(settings)[collection], "permalink")
    pattern = text_at(values, "permalink") or own or f"/:collection/:path{ending_of(site_permalink(settings))}"
    stem = path.partition("/")[2].rpartition(".")[0]
    return pattern.replace(":collection", collection).replace(":path", stem)


def ending_of(permalink: str) -> str:
    """Return how addresses end outside the posts of a site with such a pattern or style."""
    if permalink == "pretty" or permalink.endswith("/"):
        return "/"
    return ":output_ext" if permalink in WITH_ENDING or permalink.endswith(":output_ext") else ""


def defaults_for(settings: dict[Any, Any], path: str, types: tuple[str, ...]) -> dict[str, Any]:
    """Return what the rules of `defaults` give the head of the file at `path`, the best rule's before others'.

    `types`: what a rule may call such a file.
    """
    rules = settings.get("defaults")
    best: dict[str, Any] = {}
    best_scope: Any = None
    for rule in rules if isinstance(rules, list) else ():
        scope, values = (rule.get("scope"), rule.get("values")) if isinstance(rule, dict) else (None, None)
        if not isinstance(values, dict) or not is_for(scope, path, types):
            continue
        if best_scope is None or beats(scope, best_scope):
            best, best_scope = best | values, scope or {}
        else:
            best = values | best
    return best


def categories_in(values: dict[str, Any]) -> list[str]:
    """Return the categories of a head, as Jekyll reads them: `categories` cut at spaces, `category` whole."""
    several, one = values.get("categories"), values.get("category")
    words = several.split() if isinstance(several, str) else several if isinstance(several, list) else []
    return [str(word) for word in (*words, *([one] if isinstance(one, str) else []))]


def is_for(scope: Any, path: str, types: tuple[str, ...]) -> bool:  # noqa: ANN401  what a YAML file holds
    """Return whether a rule of `defaults` with that scope is for the file at `path`."""
    if scope is not None and not isinstance(scope, dict):
        return False
    below = text_at(scope, "path")
    is_there = glob_pattern(below).match(path) is not None if "*" in below else path.startswith(below)
    return is_there and (scope is None or scope.get("type", types[0]) in types)


def beats(scope: Any, other: dict[str, Any]) -> bool:  # noqa: ANN401  what a YAML file holds
    """Return whether Jekyll prefers a rule of that scope to an earlier one: the longer path, then one with a type."""
    length, others = (len(text_at(one, "path").strip("/")) for one in (scope, other))
    return length > others or (length == others and ("type" in (scope or {}) or "type" not in other))


def text_at(value: Any, key: str) -> str:  # noqa: ANN401  what a YAML file holds
    """Return a text of a mapping, or an empty one."""
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, str) else ""
