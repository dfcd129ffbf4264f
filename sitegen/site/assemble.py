"""Entries → Site: order, lists, and one owner for every address. The one stage that sees all articles at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from sitegen.config import Config
from sitegen.model import Entry, Listing, ListKind, Site
from sitegen.problems import Problem, Where
from sitegen.site.entry import list_keys
from sitegen.site.urls import (
    FEED_URL,
    NOT_FOUND_URL,
    SITEMAP_URL,
    identity,
    index_url,
    list_url,
    permalink_url,
)

DAWN: Final = datetime(1, 1, 1, tzinfo=UTC)
# Addresses of pages that every site has.
OWN_URLS: Final = ("/", "/search/", "/changes/", "/robots.txt", "/.nojekyll", FEED_URL, SITEMAP_URL, NOT_FOUND_URL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembly:
    """The site, the aliases that lead into it (old address, entry), and what was found on the way."""

    site: Site
    aliases: tuple[tuple[str, Entry], ...]
    problems: tuple[Problem, ...]


def assemble(entries: Iterable[Entry], static_pages: Iterable[Entry], config: Config) -> Assembly:
    """Return the site. The first by path keeps a contested address or original; later ones are held back."""
    problems: list[Problem] = []
    by_path = sorted(entries, key=lambda entry: entry.article.path)
    by_path = one_per_original(by_path, config, problems)
    pages = sorted(static_pages, key=lambda entry: entry.article.path)
    reserved = reserved_urls(by_path, config)
    owners: dict[str, Entry] = {}
    pages = [entry for entry in pages if claimed(entry, owners, reserved, config, problems)]
    by_path = [entry for entry in by_path if claimed(entry, owners, reserved, config, problems)]
    shown = sorted((entry for entry in by_path if entry.article.notice is None), key=newest_first, reverse=True)
    site = Site(
        entries=tuple(shown),
        listings=tuple(listings_of(shown, config)),
        tombstones=tuple(entry for entry in by_path if entry.article.notice is not None),
        static_pages=tuple(pages),
    )
    aliases = tuple(settled_aliases([*pages, *by_path], owners, reserved, config, problems))
    return Assembly(site=site, aliases=aliases, problems=tuple(problems))


def newest_first(entry: Entry) -> tuple[datetime, int, str]:
    """Return the key whose descending order is the order of lists; articles without a date come last."""
    article = entry.article
    return (article.published or DAWN, article.order, article.path)


def one_per_original(entries: list[Entry], config: Config, problems: list[Problem]) -> list[Entry]:
    """Return `entries` without those whose original another entry already republishes (SRC005)."""
    seen: dict[tuple[str, str], Entry] = {}
    kept = []
    for entry in entries:
        source = entry.article.source
        keys = [("id", f"{source.name}\0{source.id}")] if source.id and source.name else []
        keys += [("url", source.url)] if source.url and entry.article.notice is None else []
        other = next((seen[key] for key in keys if key in seen), None)
        if other is not None:
            problems.append(
                problem("SRC005", config, entry.article.where_is("source"), other=str(other.article.where.path))
            )
            if config.severity_of("SRC005") == "error":
                continue
        for key in keys:
            seen.setdefault(key, entry)
        kept.append(entry)
    return kept


def reserved_urls(entries: list[Entry], config: Config) -> dict[str, str]:
    """Return the addresses of lists and of the site's own pages, by identity."""
    urls = [*OWN_URLS, *(index_url(kind) for kind in config.archives)]
    for kind in config.archives:
        urls += [list_url(kind, key) for entry in entries for key in list_keys(entry, kind)]
    return {identity(url): url for url in urls}


def claimed(
    entry: Entry, owners: dict[str, Entry], reserved: dict[str, str], config: Config, problems: list[Problem]
) -> bool:
    """Return whether an entry owns its address from now on; report the owner when it does not."""
    name = identity(entry.url)
    owner = owners.get(name)
    other = str(owner.article.where.path) if owner else reserved.get(name)
    if other is None:
        owners[name] = entry
        return True
    article = entry.article
    where = article.where_is("permalink" if article.permalink else "slug")
    problems.append(problem("URL001", config, where, url=entry.url, other=other))
    return False


def settled_aliases(
    entries: list[Entry], owners: dict[str, Entry], reserved: dict[str, str], config: Config, problems: list[Problem]
) -> Iterable[tuple[str, Entry]]:
    """Yield the old addresses that are free, each once, with the entry they lead to."""
    taken = set(owners) | set(reserved)
    for entry in entries:
        for alias in entry.article.aliases:
            where = entry.article.where_is("aliases")
            try:
                url = permalink_url(alias)
            except ValueError as error:
                problems.append(problem("URL004", config, where, value=alias, reason=str(error)))
                continue
            if identity(url) in taken:
                if url != entry.url:
                    problems.append(problem("URL003", config, where, url=url))
                continue
            taken.add(identity(url))
            yield url, entry


def listings_of(entries: list[Entry], config: Config) -> Iterable[Listing]:
    """Yield every list, kinds in the order of the settings, keys by their address. `entries` are newest first."""
    for kind in config.archives:
        gathered: dict[str, tuple[str, str, list[Entry]]] = {}
        for entry in entries:
            for key in list_keys(entry, kind):
                url = list_url(kind, key)
                members = gathered.setdefault(identity(url), (key, url, []))[2]
                if not members or members[-1] is not entry:
                    members.append(entry)
        for _, (key, url, members) in sorted(gathered.items()):
            yield Listing(kind=ListKind(kind), key=key, url=url, entries=tuple(members))


def problem(code: str, config: Config, where: Where, **details: str) -> Problem:
    """Return a finding with the severity this site gives it."""
    return Problem(code=code, severity=config.severity_of(code), where=where, details=tuple(details.items()))
