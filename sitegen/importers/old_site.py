"""The Jekyll site a post was part of: what its `_config.yml` says about addresses."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import yaml

from sitegen.read.permalinks import filled_in

# `{{ site.baseurl }}/a.png`, `{{ "/a.png" | relative_url }}`: an address of the site itself.
LIQUID: Final = re.compile(
    r"""\{\{-?\s*(?:site\.(?:baseurl|url)|["'](?P<path>[^"'{}]*)["']\s*\|\s*(?:relative_url|absolute_url))\s*-?\}\}"""
)


@dataclass(frozen=True, slots=True)
class OldSite:
    """Where posts stood: the pattern of their addresses, and the address of the site itself (`url` and `baseurl`)."""

    permalink: str
    url: str = ""
    base: str = ""

    def address_of(self, slug: str, published: datetime | None, categories: tuple[str, ...]) -> str:
        """Return the address a post had, or nothing when the pattern asks for what the post does not say."""
        try:
            return filled_in(self.permalink, slug, published, categories)
        except KeyError:
            return ""

    def within(self, text: str) -> str:
        """Return a text with the site's own addresses written from its root."""
        text = LIQUID.sub(lambda found: found["path"] or "", text)
        homes = [f"{re.escape(self.url)}{re.escape(self.base)}"] if self.url else []
        homes += [re.escape(self.base)] if self.base else []
        for home in homes:
            text = re.sub(rf"""(?<=["'(]){home}(?=/)""", "", text)
        return text


def old_site_in(config: str) -> OldSite | None:
    """Return what a `_config.yml` says, or None when it cannot be read."""
    try:
        value = yaml.safe_load(config)
    except (yaml.YAMLError, ValueError, RecursionError):  # ValueError: a date that is none
        return None
    if not isinstance(value, dict):
        return None
    permalink = text_at(value, "permalink") or "date"  # what a site without any has
    rules = value.get("defaults")
    for rule in rules if isinstance(rules, list) else ():
        permalink = text_at(values_for_posts(rule), "permalink") or permalink
    return OldSite(permalink, text_at(value, "url").rstrip("/"), text_at(value, "baseurl").rstrip("/"))


def values_for_posts(rule: object) -> Any:  # noqa: ANN401  what a YAML file holds
    """Return the values a rule of `defaults` gives to every post."""
    scope = rule.get("scope") if isinstance(rule, dict) else None
    is_for_all = isinstance(scope, dict) and not scope.get("path") and scope.get("type", "posts") == "posts"
    return rule.get("values") if is_for_all and isinstance(rule, dict) else None


def text_at(value: Any, key: str) -> str:  # noqa: ANN401  what a YAML file holds
    """Return a text of a mapping, or an empty one."""
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, str) else ""
