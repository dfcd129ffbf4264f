"""A link's address → a safe, clean address, or nothing. Pure; no address is ever looked up."""

import re
import unicodedata
from functools import lru_cache
from typing import Final
from urllib.parse import unquote

from sitegen.characters import composed
from sitegen.clean.allowed import (
    ARTICLE_NUMBER,
    LIST_STATE,
    LIST_STATE_PREFIX,
    MAX_URL_CHARS,
    MEDIA_WORDS,
    SCHEMES,
    TRACKING,
    TRACKING_PREFIXES,
)
from sitegen.runtime.late import Late

# What browsers skip inside a scheme (tab, line ends) or people cannot see; stripped before a scheme is judged.
UNSEEN: Final = Late(
    r"[\x00-\x20\x7f-\xa0\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\u3164\ufeff\uffa0]"
)
SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
NEWS_ID: Final = re.compile(r"\bnewsId=\d+")
DOUBLED: Final = re.compile(r"\A(?:https?:/{0,2})+(?=https?:/)", re.IGNORECASE)
AUTHORITY: Final = re.compile(r"https?://([^/?#]*)", re.IGNORECASE)
HOST: Final = re.compile(r"(?:[^\s@:/?#\[\]\\<>\"'`{}|^%]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?")
# An address with nothing in it to clean but its parameters: as most are.
PLAIN: Final = re.compile(
    r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:[/?][A-Za-z0-9/?._~=&+,;:!()*$-]*)?(?:#[A-Za-z0-9._=-]*)?"
)
TEMPLATE_MARKS: Final = ("{{", "{%", "{<", "%7B%7B", "%7B%25")


def same_page(url: str) -> str:
    """Return what is equal of all addresses of one page: however it is reached, and by whatever way somebody came."""
    page, _, place = url.partition("://")[2].partition("#")
    page += f"#{place}" if place.startswith(("/", "!")) else ""  # there a script reads which page is meant
    host, _, path = page.partition("/")
    host = host.lower().removeprefix("www.").removeprefix("m.")
    found = NEWS_ID.search(path) if host == "korea.kr" else None  # all else in it says where the reader came from
    return f"{host}/{found[0] if found else path.rstrip('/')}"


@lru_cache(maxsize=1024)
def clean_url(text: str) -> str:
    """Return the address to write, or an empty string when it must not be written.

    Strips tracking parameters, gives `//host` the https scheme, repairs `https://https://`. Refused: schemes other
    than http, https, mailto and tel, in any disguise; user names in an address; backslashes; unrendered templates.
    """
    if len(text) <= MAX_URL_CHARS and PLAIN.fullmatch(text):
        return strip_tracking(text)[0] if "?" in text else text
    raw = text.strip(" \t\r\n\f\x00")
    raw = unicodedata.normalize("NFC", re.sub(r"[\t\r\n\f]", "", raw))
    if not raw or len(raw) > MAX_URL_CHARS or "\\" in raw or any(mark in raw for mark in TEMPLATE_MARKS):
        return ""
    is_plain = raw.isascii() and raw.isprintable() and " " not in raw
    bare = raw if is_plain else UNSEEN.pattern.sub("", raw)
    if bare != raw and (SCHEME.match(bare) or bare.startswith("//")) and not raw.startswith(("http", "mailto", "tel")):
        return ""
    shown = raw if is_plain else UNSEEN.pattern.sub(lambda found: "%20" if found[0] == " " else "", raw)
    raw = DOUBLED.sub("", shown)
    if raw.startswith("//"):
        raw = f"https:{raw}"
    scheme = SCHEME.match(raw)
    if scheme is None:
        return relative(raw)
    if scheme[1].lower() not in SCHEMES:
        return ""
    if scheme[1].lower() in ("mailto", "tel"):
        return raw if re.fullmatch(r"(?:mailto|tel):[^\s<>\"'`]+", raw, re.IGNORECASE) else ""
    authority = AUTHORITY.match(raw)
    if authority is None or not HOST.fullmatch(authority[1]) or "@" in unquote(authority[1]):
        return ""
    return strip_tracking(raw)[0]


@lru_cache(maxsize=1024)
def picture_name(src: str) -> str:
    """Return the form under which a picture is known, whether its address is written in letters or in per cent.

    One of this site is known by its place below the root, with a slash before it or none, and without a query.
    """
    url = clean_url(src)
    name = url if host_of(url) else re.split(r"[?#]", url, maxsplit=1)[0].removeprefix("/")
    return unicodedata.normalize("NFC", unquote(name))


def picture_link(src: str, alt: str, language: str) -> str:
    """Return the words of a link that stands for a picture of another host. `language`: of the text, `ko` or `en`."""
    return f"{alt or MEDIA_WORDS[language]['img']} ({host_of(src)})"


def relative(raw: str) -> str:
    """Return an address without scheme if it can only mean a place on this site."""
    first = re.split(r"[/?#]", unquote(raw), maxsplit=1)[0]
    if re.fullmatch(r"www\.[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", first):  # a host whose scheme was forgotten
        return strip_tracking(f"https://{raw}")[0]
    return "" if ":" in first or raw.startswith("//") else strip_tracking(composed(raw))[0]


def strip_tracking(url: str) -> tuple[str, tuple[str, ...]]:
    """Return the address without parameters that follow the reader, and the names of those."""
    before, mark, query = url.partition("?")
    if not mark:
        return url, ()
    query, hash_mark, fragment = query.partition("#")
    kept: list[str] = []
    dropped: list[str] = []
    is_article = ARTICLE_NUMBER in query
    for pair in query.split("&"):
        name = pair.partition("=")[0].removeprefix("amp;")
        gone = name in TRACKING or name.startswith(TRACKING_PREFIXES)
        gone = gone or (is_article and (name in LIST_STATE or name.startswith(LIST_STATE_PREFIX)))
        (dropped if gone else kept).append(name if gone else pair)
    rest = "&".join(kept)
    return before + (f"?{rest}" if rest else "") + hash_mark + fragment, tuple(dropped)


def host_of(url: str) -> str:
    """Return the host of an http address in lower case, or an empty string."""
    found = AUTHORITY.match(url)
    return found[1].lower().partition(":")[0] if found else ""


def is_host_of(host: str, known: tuple[str, ...]) -> bool:
    """Return whether `host` is one of `known` or below one of them."""
    return any(host == name or host.endswith(f".{name}") for name in known)


def is_site_root(url: str) -> bool:
    """Return whether an address names a site's front page rather than an article."""
    found = AUTHORITY.match(url)
    if not found:
        return False
    rest = url[found.end() :]
    return re.fullmatch(r"/?(?:index\.\w+|main\.\w+|home/?)?", rest) is not None
