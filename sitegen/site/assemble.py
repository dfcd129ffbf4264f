"""Faces → Site: order, lists, and one owner for every address. The one stage that sees all articles at once."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Final

from sitegen.clean.address import same_page
from sitegen.config import Config
from sitegen.model import ListKind
from sitegen.problems import Problem, Severity
from sitegen.runtime.spans import STAGE, timed
from sitegen.site.face import Face, Listing, Site
from sitegen.site.similar import groups_of
from sitegen.site.urls import (
    ABOUT_URL,
    CHANGE_FEED_URL,
    CHANGES_URL,
    FEED_URL,
    INDEX_FILE,
    LICENCE_URL,
    NOT_FOUND_URL,
    RECORD,
    SEARCH_FILES,
    SITEMAP_URL,
    alias_url,
    decoded,
    identity,
    index_url,
    list_url,
    own_path,
    record_url,
)
from sitegen.values import value

FILE_FOLDER: Final = re.compile(r"[^/]\.(?:html?|xml|txt|json)(?=/)")
# A folder where the search index has a file.
SEARCH_FILE: Final = re.compile(rf"(?:{'|'.join(map(re.escape, SEARCH_FILES))}|search/lex\.\w+)/")
PAGE_OF_LIST: Final = re.compile(r"((?:.*/)?)page/\d+/index\.html")
NO_FILES: Final[Mapping[str, Path]] = MappingProxyType({})
OWN_PAGE: Final = "a page of this site's own"
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


@value
class Assembly:
    """The site, the aliases that lead into it (old address, face), and what was found on the way."""

    site: Site
    aliases: tuple[tuple[str, Face], ...]
    problems: tuple[Problem, ...]


@timed(STAGE, "assemble")
def assemble(
    faces: Iterable[Face], static_pages: Iterable[Face], config: Config, files: Mapping[str, Path] = NO_FILES
) -> Assembly:
    """Return the site. The first by path keeps a contested address or original; later ones are held back.

    `files`: the static files, by their places in the output.
    """
    problems: list[Problem] = []
    by_path = sorted(faces, key=path_of)
    by_path = one_per_original(by_path, config, problems)
    pages = sorted(static_pages, key=path_of)
    addresses = Addresses(reserved_urls(by_path, config), files)
    pages = [face for face in pages if claimed(face, addresses, config, problems)]
    addresses.reserve(LICENCE_URL)  # where no static page explains the licences
    by_path = [face for face in by_path if claimed(face, addresses, config, problems)]
    shown = sorted((face for face in by_path if face.notice is None), key=newest_first, reverse=True)
    alike = alike_among(shown, config, problems)
    site = Site(
        faces=tuple(shown),
        listings=tuple(listings_of(shown, config)),
        tombstones=tuple(face for face in by_path if face.notice is not None),
        static_pages=tuple(pages),
        alike=alike,
    )
    aliases = tuple(settled_aliases([*pages, *by_path], addresses, config, problems))
    problems += idle_successors(site.tombstones, addresses, config)
    return Assembly(site=site, aliases=aliases, problems=tuple(problems))


def path_of(face: Face) -> tuple[str, str]:
    """Return where an article stands: what contested things are decided by.

    Without its ending first, so that `a.md` comes before its copies `a (1).md` and `a - 복사본.md`.
    """
    return face.path.rpartition(".")[0], face.path


def newest_first(face: Face) -> tuple[datetime, int, str]:
    """Return the key whose descending order is the order of lists; articles without a date come last."""
    return (face.card.published or DAWN, face.order, face.path)


def one_per_original(faces: list[Face], config: Config, problems: list[Problem]) -> list[Face]:
    """Return `faces` without those whose original another article already republishes (SRC005)."""
    seen: dict[tuple[str, str], Face] = {}
    kept = []
    for given in faces:
        face = given
        if face.notice is not None:  # it stands in for a text that may stand elsewhere now
            kept.append(face)
            continue
        keys = [("id", f"{face.source_name}\0{face.source_id}")] if face.source_id and face.source_name else []
        keys += [("url", same_page(face.source_url))] if face.source_url else []
        other = next((seen[key] for key in keys if key in seen), None)
        if other is not None:
            found = config.finding(
                "SRC005", face.where_is("source"), face.path, other=told_apart(other.shown, face.shown)
            )
            problems.append(found)
            if found.severity is Severity.ERROR:
                continue
            face = face._replace(waived=("SRC005",))
        for key in keys:
            seen.setdefault(key, face)
        kept.append(face)
    return kept


def alike_among(faces: list[Face], config: Config, problems: list[Problem]) -> tuple[tuple[Face, ...], ...]:
    """Return the groups of articles that say nearly the same, and report each but the oldest of a group (DUP001)."""
    groups = groups_of([face.fingerprint for face in faces])
    alike = tuple(tuple(faces[place] for place in members) for members in groups)
    for members in alike:
        *later, oldest = members
        problems += [
            config.finding("DUP001", face.where_is("title"), face.path, other=told_apart(oldest.shown, face.shown))
            for face in later
        ]
    return alike


def reserved_urls(faces: list[Face], config: Config) -> dict[str, str]:
    """Return the addresses of lists and of the site's own pages, by identity."""
    urls = [*OWN_URLS, *(index_url(kind) for kind in config.archives)]
    for kind in config.archives:
        urls += [list_url(kind, key) for key in dict.fromkeys(key for face in faces for key in face.keys(kind))]
    return {identity(url): url for url in urls}


class Addresses:
    """Who owns which address: each has one owner on every file system, and no file stands where a folder must."""

    def __init__(self, reserved: dict[str, str], files: Mapping[str, Path] = NO_FILES) -> None:
        self.reserved = reserved
        self.files = {identity(f"/{name}"): str(path) for name, path in files.items()}
        self.file_folders = {above: path for name, path in self.files.items() for above in folders_above(name)}
        self.tops = {name.partition("/")[0] for name in self.files}
        self.owners = dict(reserved)  # by identity; the owner's path, or for a page of the site its address
        self.own = {*reserved.values(), "/search/", ABOUT_URL}
        self.folders: dict[str, str] = {}  # named like a file, and who needs them

    def reserve(self, url: str) -> None:
        """Keep an address for a page of the site, unless it has an owner."""
        if self.claim(identity(url), url) is None:
            self.own.add(url)

    def file_at(self, name: str) -> str | None:
        """Return the static file in whose place a chosen address has its folder, or the other way round."""
        if name.partition("/")[0] not in self.tops:
            return None
        below = next((self.files[above] for above in folders_above(name) if above in self.files), None)
        return below or self.file_folders.get(name)

    def claim(self, name: str, owner: str) -> str | None:
        """Give an address to `owner`, if it is free; return who stands in the way. `name`: its identity."""
        other = self.owners.get(name) or self.folders.get(name)
        if other is None and (page := PAGE_OF_LIST.fullmatch(name)):  # of any number: lists grow
            other = self.reserved.get(f"{page[1]}{INDEX_FILE}")
        if other is None and SEARCH_FILE.match(name):
            other = "/search/"
        if other is None and self.folders:
            other = self.folders.get(record_url(f"/{name}")[1:])
        if other is not None:
            return other
        folders = folders_like_files(name)
        for folder in folders:
            other = self.owners.get(folder) or self.owners.get(page_beside(folder))
            if other is not None:
                return other
        self.owners[name] = owner
        for folder in folders:
            self.folders.setdefault(folder, owner)
        return None


def folders_above(path: str) -> list[str]:
    """Return the folders that a path lies in."""
    return [path[: found.start()] for found in re.finditer("/", path)]


def page_beside(path: str) -> str:
    """Return the page whose record would lie at a path."""
    return f"{path.removesuffix(RECORD)}{INDEX_FILE}" if path.endswith(f"/{RECORD}") else path.removesuffix(".json")


def folders_like_files(name: str) -> list[str]:
    """Return the folders of a path that could be files: `a.html` in `a.html/index.html`."""
    if "." not in name.rpartition("/")[0]:
        return []
    return [name[: found.end()] for found in FILE_FOLDER.finditer(name)]


def claimed(face: Face, addresses: Addresses, config: Config, problems: list[Problem]) -> bool:
    """Return whether an article owns its address from now on; report the owner when it does not."""
    name = identity(face.url)
    other = addresses.file_at(name) if face.permalink else None
    other = other or addresses.claim(name, face.shown)
    if other is None:
        return True
    where = face.where_is("permalink" if face.permalink else "slug")
    other = OWN_PAGE if other in addresses.own else other
    problems.append(config.finding("URL001", where, face.path, url=face.url, other=told_apart(other, face.shown)))
    return False


def told_apart(other: str, shown: str) -> str:
    """Return the name of a file beside another; where both look the same, with the form of its letters."""
    if other == shown or in_nfc(other) != in_nfc(shown):
        return other
    return f"{other} ({'NFC' if other == in_nfc(other) else 'NFD'})"


def in_nfc(text: str) -> str:
    """Return a text in NFC."""
    return unicodedata.normalize("NFC", text)


def settled_aliases(
    faces: list[Face], addresses: Addresses, config: Config, problems: list[Problem]
) -> Iterable[tuple[str, Face]]:
    """Yield the old addresses that are free, each once, with the article they lead to."""
    for face in faces:
        for alias in face.aliases:
            where, path = face.where_is("aliases"), face.path
            try:
                url = alias_url(own_path(alias, config.homes))
            except ValueError as error:
                problems.append(config.finding("URL004", where, path, value=alias, reason=str(error)))
                continue
            name = identity(url)
            if addresses.file_at(name) is None and addresses.claim(name, face.shown) is None:
                yield url, face
            elif url != face.url:
                problems.append(config.finding("URL003", where, path, url=url))


def idle_successors(notices: Iterable[Face], addresses: Addresses, config: Config) -> Iterator[Problem]:
    """Yield where a notice leads to no article of this site, though it says that one replaces it (URL005)."""
    own = {identity(face.url): face for face in notices}
    for name, face in own.items():
        url = face.notice.replaced_by if face.notice is not None else ""
        path = decoded(re.split(r"[?#]", url, maxsplit=1)[0])
        if not path.startswith("/"):
            continue
        at = identities_at(path)
        if name in at:
            reason = "it is the notice itself"
        elif not own.keys().isdisjoint(at):
            reason = "it is a notice, too"
        elif not any(one in addresses.owners or one in addresses.files or PAGE_OF_LIST.fullmatch(one) for one in at):
            reason = "there is no such page"
        else:
            continue
        yield config.finding("URL005", face.where_is("notice.replaced_by"), face.path, url=url, reason=reason)


def identities_at(path: str) -> list[str]:
    """Return the forms under which what stands at a path may be known; none where nothing can stand."""
    try:
        return [identity(one) for one in (path, f"{path.removesuffix('/')}/")]
    except ValueError:  # `/a//b/`, `/../x`
        return []


def listings_of(faces: list[Face], config: Config) -> Iterable[Listing]:
    """Yield every list, kinds in the order of the settings, keys by their address. `faces` are newest first."""
    for kind in config.archives:
        gathered: dict[str, tuple[list[str], list[Face], str]] = {}  # addresses, articles, key as first written
        lists: dict[str, list[Face]] = {}  # by key: most keys are met again and again
        for face in faces:
            for key in face.keys(kind):
                members = lists.get(key)
                if members is None:
                    url = list_url(kind, key)
                    urls, members, _ = gathered.setdefault(identity(url), ([], [], key))
                    urls.append(url)
                    lists[key] = members
                if not members or members[-1] is not face:
                    members.append(face)
        for name, (urls, members, newest) in sorted(gathered.items()):
            key = newest if len(urls) == 1 else spelt_first(members[-1], kind, name)
            url = list_url(kind, key)
            others = tuple(other for other in dict.fromkeys(urls) if other != url)
            yield Listing(kind=ListKind(kind), key=key, url=url, faces=tuple(members), merged=others)


def spelt_first(oldest: Face, kind: ListKind, name: str) -> str:
    """Return how the oldest article of a list spells its key: a newer one must not take its address from a list."""
    return next(key for key in oldest.keys(kind) if identity(list_url(kind, key)) == name)
