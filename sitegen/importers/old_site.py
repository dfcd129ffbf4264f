"""The Jekyll site a post was part of: what its `_config.yml` says about addresses."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import yaml

from sitegen.config import glob_pattern
from sitegen.read.permalinks import filled_in

POSTS: Final = "_posts"

# `{{ site.baseurl }}/a.png`, `{{ "/a.png" | relative_url }}`: an address of the site itself.
LIQUID: Final = re.compile(
    r"""\{\{-?\s*(?:site\.(?:baseurl|url)|["'](?P<path>[^"'{}]*)["']\s*\|\s*(?:relative_url|absolute_url))\s*-?\}\}"""
)
# What stands before an address that leads somewhere: in Markdown, HTML, a style, a head. Prose may name others.
BEFORE_ADDRESS: Final = r"""\]\(<?|^ {0,3}\[[^\]\n]+\]: *<?|=\s*["']|url\(["']?|^[A-Za-z_-]+: *["']?"""


@dataclass(frozen=True, slots=True)
class OldSite:
    """Where a post stood: the pattern of its address, the address of the site itself (`url` and `baseurl`)."""

    permalink: str
    url: str = ""
    base: str = ""
    folder: str = ""  # above `_posts`: each name in it is a category

    def categories(self, said: tuple[str, ...]) -> tuple[str, ...]:
        """Return the categories of a post whose head says these."""
        return tuple(dict.fromkeys((*filter(None, self.folder.split("/")), *said)))

    def address_of(self, slug: str, published: datetime | None, categories: tuple[str, ...]) -> str:
        """Return the address a post had, or nothing when the pattern asks for what the post does not say."""
        try:
            return filled_in(self.permalink, slug, published, categories)
        except KeyError:
            return ""

    def place_of(self, name: str) -> str:
        """Return a name for the file of a post that no other site has; empty where the site names no address."""
        home = f"{self.url}{self.base}"
        return "/".join(filter(None, (home, self.folder, POSTS, name))) if home else ""

    def within(self, text: str) -> str:
        """Return a text with the site's own addresses written from its root."""
        text = LIQUID.sub(lambda found: found["path"] or "", text)
        homes = [f"{re.escape(self.url)}{re.escape(self.base)}"] if self.url else []
        homes += [re.escape(self.base)] if self.base else []
        for home in homes:
            text = re.sub(rf"({BEFORE_ADDRESS}){home}(?=/)", r"\1", text, flags=re.MULTILINE)
        return text


def settings_in(config: str) -> dict[Any, Any] | None:
    """Return what a `_config.yml` says, or None when it cannot be read."""
    try:
        value = yaml.safe_load(config)
    except (yaml.YAMLError, ValueError, RecursionError):  # ValueError: a date that is none
        return None
    return value if isinstance(value, dict) else None


def old_site_of(settings: dict[Any, Any], path: str) -> OldSite:
    """Return where the post stood whose file is at `path` below its site (`news/_posts/2024-08-08-a.md`)."""
    permalink = text_at(settings, "permalink") or "date"  # what a site without any has
    scope: Any = None
    rules = settings.get("defaults")
    for rule in rules if isinstance(rules, list) else ():
        given = text_at(rule.get("values"), "permalink") if isinstance(rule, dict) else ""
        if given and is_for(rule.get("scope"), path) and beats(rule.get("scope"), scope):
            permalink, scope = given, rule.get("scope") or {}
    folder, posts, _ = f"/{path}".partition(f"/{POSTS}/")
    url, base = (text_at(settings, name).rstrip("/") for name in ("url", "baseurl"))
    return OldSite(permalink, url, base, folder.strip("/") if posts else "")


def is_for(scope: Any, path: str) -> bool:  # noqa: ANN401  what a YAML file holds
    """Return whether a rule of `defaults` with that scope is for the post at `path`."""
    if scope is not None and not isinstance(scope, dict):
        return False
    below = text_at(scope, "path")
    is_there = glob_pattern(below).match(path) is not None if "*" in below else path.startswith(below)
    return is_there and (scope is None or scope.get("type", "posts") in ("posts", "post"))


def beats(scope: Any, other: Any) -> bool:  # noqa: ANN401  what a YAML file holds
    """Return whether Jekyll prefers a rule of that scope to an earlier one: the longer path, then one with a type."""
    if other is None:
        return True
    length, others = (len(text_at(one, "path").strip("/")) for one in (scope, other))
    return length > others or (length == others and ("type" in (scope or {}) or "type" not in other))


def text_at(value: Any, key: str) -> str:  # noqa: ANN401  what a YAML file holds
    """Return a text of a mapping, or an empty one."""
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, str) else ""
