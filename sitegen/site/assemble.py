"""Entries → Site: order, lists, and one owner for every address. The one stage that sees all articles at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from sitegen.config import Config
from sitegen.licence.wording import with_waived
from sitegen.model import Entry, Listing, ListKind, Site
from sitegen.problems import Problem, Severity
from sitegen.site.entry import language_of, list_keys
from sitegen.site.similar import groups_of
from sitegen.site.urls import (
    CHANGE_FEED_URL,
    CHANGES_URL,
    FEED_URL,
    NOT_FOUND_URL,
    SITEMAP_URL,
    identity,
    index_url,
    list_url,
    permalink_url,
)
from sitegen.values import changed

DAWN: Final = datetime(1, 1, 1, tzinfo=UTC)
# Addresses of pages that every site has.
OWN_URLS: Final = (
    "/",
    "/search/",
    CHANGES_URL,
    CHANGE_FEED_URL,
    "/robots.txt",
    "/.nojekyll",
    FEED_URL,
    SITEMAP_URL,
    NOT_FOUND_URL,
)


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
    alike = alike_among(shown, config, problems)
    site = Site(
        entries=tuple(shown),
        listings=tuple(listings_of(shown, config)),
        tombstones=tuple(entry for entry in by_path if entry.article.notice is not None),
        static_pages=tuple(pages),
        alike=alike,
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
    for given in entries:
        entry, source = given, given.article.source
        # a notice stands in for a text that may stand elsewhere now
        is_shown = entry.article.notice is None
        keys = [("id", f"{source.name}\0{source.id}")] if source.id and source.name and is_shown else []
        keys += [("url", source.url)] if source.url and is_shown else []
        other = next((seen[key] for key in keys if key in seen), None)
        if other is not None:
            where = entry.article.where_is("source")
            found = config.finding("SRC005", where, entry.article.path, other=str(other.article.where.path))
            problems.append(found)
            if found.severity is Severity.ERROR:
                continue
            if found.waived:
                language = language_of(entry.article)
                entry = changed(entry, attribution=with_waived(entry.attribution, ("SRC005",), language))
        for key in keys:
            seen.setdefault(key, entry)
        kept.append(entry)
    return kept


def alike_among(entries: list[Entry], config: Config, problems: list[Problem]) -> tuple[tuple[Entry, ...], ...]:
    """Return the groups of entries that say nearly the same, and report each but the oldest of a group (DUP001)."""
    groups = groups_of([entry.fingerprint for entry in entries])
    alike = tuple(tuple(entries[place] for place in members) for members in groups)
    for members in alike:
        *later, oldest = members
        for entry in later:
            article = entry.article
            where = article.where_is("title")
            problems.append(config.finding("DUP001", where, article.path, other=oldest.article.where.path))
    return alike


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
    problems.append(config.finding("URL001", where, article.path, url=entry.url, other=other))
    return False


def settled_aliases(
    entries: list[Entry], owners: dict[str, Entry], reserved: dict[str, str], config: Config, problems: list[Problem]
) -> Iterable[tuple[str, Entry]]:
    """Yield the old addresses that are free, each once, with the entry they lead to."""
    taken = set(owners) | set(reserved)
    for entry in entries:
        for alias in entry.article.aliases:
            where, path = entry.article.where_is("aliases"), entry.article.path
            try:
                url = permalink_url(alias)
            except ValueError as error:
                problems.append(config.finding("URL004", where, path, value=alias, reason=str(error)))
                continue
            if identity(url) in taken:
                if url != entry.url:
                    problems.append(config.finding("URL003", where, path, url=url))
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
