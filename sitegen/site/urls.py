"""The only place where an address is made or turned into a path.

An address starts and (for pages) ends with `/`, is NFC and keeps Korean as it is. It never leaves the site.
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Final
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from sitegen.characters import composed
from sitegen.model import ListKind

MAX_PART_BYTES: Final = 200  # file systems allow 255; room is left for staging names
MAX_PATH_BYTES: Final = 900
# What no address, or no file system, takes in a name. Addresses that others gave, aliases, have all else as it was.
UNTAKEN: Final = re.compile(r"""[/\\?#%:*"<>|`^{}\[\]\t-\r\x85\u2028\u2029]+""")
# Refused by Windows as a file's stem, in any case and with any suffix.
RESERVED: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))}
)
# What an address, a shell or some file system reads as more than a letter.
BREAKING: Final = re.compile(r"""[\s/\\?#%:*"<>|`$&;='^{}\[\]~]+""")
# A part of an address as it stands: letters and digits of ASCII, single hyphens between them, no name of a device.
PLAIN_PART: Final = re.compile(r"(?=.{6,100}\Z)[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
UNSEEN_CATEGORIES: Final = frozenset({"Cc", "Cf", "Co", "Cn", "Cs"})
WHOLE: Final = re.compile("https?://", re.IGNORECASE)
FEED_URL: Final = "/feed.xml"
CHANGES_URL: Final = "/changes/"
CHANGE_FEED_URL: Final = "/changes/feed.xml"
SITEMAP_URL: Final = "/sitemap.xml"
ABOUT_URL: Final = "/about/"
LICENCE_URL: Final = "/license/"
NOT_FOUND_URL: Final = "/404.html"
ARCHIVE_URL: Final = "/archive/"
RECORD: Final = "article.json"
SEARCH_FILES: Final = ("search/entry.json", "search/pagefind.js")  # of the search index, beside its words

INDEX_FILE: Final = "index.html"  # beside the lists of a kind, their index has it
LETTER_SHARP: Final = re.compile("(?<=[A-Za-z])#")


def slugify(text: str) -> str:
    """Return one safe part of an address: NFC, separators as `-`, at most 200 bytes; empty if nothing is left."""
    if PLAIN_PART.fullmatch(text):
        return text
    return fitted(re.sub(r"-{2,}", "-", BREAKING.sub("-", seen(text))).strip("-. "), "-. ")


def part_as_it_was(text: str) -> str:
    """Return one part of an address that somebody else gave, changed only where no file may have the name."""
    return fitted(UNTAKEN.sub("-", seen(text)).strip(" ").rstrip("."), ". ")


def seen(text: str) -> str:
    """Return a text in NFC without characters that show nothing."""
    whole = unicodedata.normalize("NFC", text)
    kept = "".join(char for char in whole if char in "\t\n\r" or unicodedata.category(char) not in UNSEEN_CATEGORIES)
    return unicodedata.normalize("NFC", kept)  # what an unseen character kept apart


def fitted(part: str, ends: str) -> str:
    """Return a part of an address that fits in a file's name; `ends` are none of its last characters."""
    part = cut_bytes(part, MAX_PART_BYTES).rstrip(ends)
    stem, dot, rest = part.partition(".")
    return f"{stem}_{dot}{rest}" if stem.lower() in RESERVED else part


def cut_bytes(text: str, limit: int) -> str:
    """Return the longest start of `text` that fits in `limit` bytes of UTF-8."""
    encoded = text.encode("utf-8", "replace")
    return text if len(encoded) <= limit else encoded[:limit].decode("utf-8", "ignore")


def article_url(slug: str, published: datetime | None) -> str:
    """Return `/YYYY/MM/<slug>/`, or `/undated/<slug>/`. Raises ValueError when nothing is left of the slug."""
    part = slugify(slug)
    if not part:
        raise ValueError("nothing is left of it")
    return f"/{published.year}/{published.month:02}/{part}/" if published else f"/undated/{part}/"


def alias_url(alias: str) -> str:
    """Return the address an alias asks for, as it was elsewhere. Raises ValueError when it cannot lead from there."""
    if "?" in alias or "#" in alias:
        raise ValueError("a host of files hears nothing behind ? or #")
    return permalink_url(alias, part_as_it_was)


def own_path(address: str, homes: Sequence[str]) -> str:
    """Return the path of an address that is written whole and lies below one of `homes`; any other address as it is.

    Hosts are compared as browsers do, paths by their letters.
    """
    if not homes or not WHOLE.match(address):
        return address
    try:
        parts = urlsplit(address)
        path = decoded(parts.path)
        for home in map(urlsplit, homes):
            base = decoded(home.path)
            is_below = path.startswith(base) or f"{path}/" == base
            if is_below and host_form(parts.netloc) == host_form(home.netloc):
                return urlunsplit(("", "", f"/{path[len(base) :].lstrip('/')}", parts.query, parts.fragment))
    except ValueError:  # `https://[/`
        return address
    return address


def host_form(host: str) -> str:
    """Return a host in the form in which machines ask for it."""
    try:
        return host.encode("idna").decode().lower()
    except UnicodeError:
        return host.lower()


def permalink_url(permalink: str, part_of: Callable[[str], str] = slugify) -> str:
    """Return the address a permalink asks for. Raises ValueError when it would leave the site."""
    text = unicodedata.normalize("NFC", decoded(permalink)).strip()
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", text) or text.startswith("//") or "\\" in text:
        raise ValueError("it names another site or drive")
    parts = [part for part in text.split("/") if part not in ("", ".")]
    if any(part == ".." for part in parts):
        raise ValueError("it climbs out of the site")
    safe = [part_of(part) for part in parts]
    if not all(safe) or any(part.startswith(".") for part in parts):
        raise ValueError("a part of it cannot be a file name")
    url = "/" + "/".join(safe)
    if len(url.encode()) > MAX_PATH_BYTES:
        raise ValueError("it is too long")
    if safe and safe[-1].endswith((".html", ".htm")) and not text.endswith("/"):
        return url
    return f"{url}/" if safe else "/"


def decoded(address: str) -> str:
    """Return an address with the letters that it writes in per cent (WordPress writes all of Hangul so)."""
    try:
        return unquote(address, errors="strict")
    except UnicodeDecodeError:  # of another encoding, or no address at all
        return address


@lru_cache(maxsize=8192)
def list_url(kind: ListKind, key: str) -> str:
    """Return the address of a list: `/category/국방/`, `/2024/`, `/2024/08/`."""
    if kind in (ListKind.YEAR, ListKind.MONTH):
        return f"/{key.replace('-', '/')}/"
    key = LETTER_SHARP.sub("-sharp", key)  # C# is not C
    # A key of punctuation alone still needs an address of its own: its digest, so that it stays the same.
    part = slugify(key) or hashlib.blake2b(key.encode(), digest_size=4).hexdigest()
    return f"/{kind}/{'index-html' if part.lower() == INDEX_FILE else part}/"


def index_url(kind: ListKind) -> str:
    """Return the address of the index of one kind of list."""
    return ARCHIVE_URL if kind in (ListKind.YEAR, ListKind.MONTH) else f"/{kind}/"


def page_url(url: str, number: int) -> str:
    """Return the address of page `number` of the list at `url`."""
    return url if number == 1 else f"{url}page/{number}/"


def output_path(url: str) -> str:
    """Return the path below the output folder that serves `url`. Raises ValueError for one that is not ours."""
    if not url.startswith("/") or "//" in url or "/../" in f"{url}/" or "\0" in url:
        raise ValueError("not an address of this site")
    return f"{url[1:]}index.html" if url.endswith("/") else url[1:]


def record_url(url: str) -> str:
    """Return the address of the record of the article at `url`: in its folder, or of a file, under the file's name."""
    folder, _, name = url.rpartition("/")
    return f"{folder}/{RECORD}" if name in ("", INDEX_FILE) else f"{url}.json"


def identity(url: str) -> str:
    """Return the form under which two addresses are one on some file system (case and composition ignored)."""
    path = output_path(url)
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def with_base(url: str, base_path: str) -> str:
    """Return `url` as a page writes it: below the base path, in NFC. Other sites' addresses stay as they are."""
    url = url.replace(" ", "%20") if " " in url else url
    if url.startswith("/") and not url.startswith("//"):
        return base_path + composed(url[1:])
    return url


def absolute_url(url: str, base_url: str) -> str:
    """Return the full address of `url`, or the address itself when the site's own is not known."""
    if not base_url or not url.startswith("/"):
        return url
    return in_ascii(base_url) + quote(composed(url[1:]), safe="/:#?&=@!$'()*+,;~%")


@lru_cache(maxsize=8)
def in_ascii(base_url: str) -> str:
    """Return a base URL, whose host is so already, as sitemaps and feeds ask for it (RFC 3986)."""
    return quote(composed(base_url), safe="/:[]@!$&'()*+,;=~%")
