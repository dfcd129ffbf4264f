"""Links to files → what the files are called: the words of a link, else what stands in it, beside it, in its address.

Lists of files draw a link as a button (`다운로드`), or write only its size; the name stands next to it.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from itertools import islice
from typing import Final
from urllib.parse import unquote_to_bytes, urlsplit

from bs4 import Tag

from sitegen.clean.address import clean_url
from sitegen.importers.blocks import FILE_BUTTON, FILE_NAME, lines_of
from sitegen.importers.words import one_line
from sitegen.languages import HANGUL
from sitegen.model import Attachment
from sitegen.values import changed

NO_FILE: Final = ("#", "mailto:", "tel:")
BYTES: Final = r"[\d.,]+\s*(?:[KkMmGg]i?)?[Bb](?:ytes?)?"
SIZE: Final = re.compile(rf"\s*[(\[]\s*{BYTES}\s*[)\]]$", re.IGNORECASE)
# What stands between a heading and its value, and with the name of a file.
BESIDE: Final = rf"{FILE_BUTTON.pattern}|[(\[]\s*{BYTES}\s*[)\]]|[\s:：|,;·()\[\]<>/-]"
NAMELESS: Final = re.compile(rf"(?>(?:{BESIDE}|{BYTES})*)")
LOADS: Final = re.compile(r"내려\s?받기|다운로드|다운\s?받기|받기|저장")
ALL_FILES: Final = re.compile(r"전체|일괄")
LISTED: Final = re.compile(r"^(?:첨부\s?)?(?:파일|문서)\s?명?\s*[:：]\s*")
SAYS_NAME: Final = ("download", "title", "aria-label")
MAX_STEPS: Final = 4  # from a link to its row: `tr`, `td`, `p`, `span`
MAX_LINKS: Final = 8  # of one file; what holds more is a list

IsOther = Callable[[Tag], bool]


def linked_file(link: Tag) -> Attachment:
    """Return the file that a link leads to, by its address as the page writes it; what a script does is none."""
    address = clean_url(str(link.get("href") or ""))
    return Attachment(label=one_line(link.get_text()), url="" if address.startswith(NO_FILE) else address)


def file_of(link: Tag) -> Attachment:
    """Return the file that a link leads to, with the name that stands beside it where the link only loads it."""
    file = linked_file(link)
    if is_file(file) or not is_loading(link):
        return file
    return changed(file, label=name_of(link, lambda other: is_of_another_file(other, str(link.get("href")))))


def is_file(file: Attachment) -> bool:
    """Return whether a label names a file, and is not its size alone or what a button does with it."""
    return not NAMELESS.fullmatch(file.label)


def without_size(file: Attachment) -> Attachment:
    """Return a file whose name does not end in its size: `계획.hwp(87 kb)`."""
    return changed(file, label=SIZE.sub("", file.label))


def is_loading(link: Tag) -> bool:
    """Return whether the words or the title of a link say that it loads one file, or nothing but its size."""
    said = one_line(f"{link.get_text()} {link.get('title') or ''}")
    is_size = bool(re.search(r"\d", link.get_text())) and NAMELESS.fullmatch(one_line(link.get_text())) is not None
    return (is_size or LOADS.search(said) is not None) and not ALL_FILES.search(said)


def is_of_another_file(other: Tag, address: str) -> bool:
    """Return whether a link beside another leads to a file of its own."""
    is_same = str(other.get("href")) == address
    return not is_same and (is_loading(other) or is_file(linked_file(other)))


def name_of(link: Tag, is_other: IsOther) -> str:
    """Return what the file of a link is called, an empty string where nothing says it.

    `is_other`: whether another link is of another file, whose name this one must not take.
    """
    words = one_line(link.get_text())
    if not NAMELESS.fullmatch(words):
        return words
    said = next((name for key in SAYS_NAME if (name := named_in(str(link.get(key) or "")))), "")
    return said or name_beside(link, is_other) or name_in_address(str(link.get("href") or ""))


def named_in(text: str) -> str:
    """Return the name of a file that a text begins with, an empty string where it names none."""
    line = one_line(text)
    ends = [found.end() for found in FILE_NAME.finditer(line)]
    return LISTED.sub("", line[: ends[-1]]) if ends else ""


def name_beside(link: Tag, is_other: IsOther) -> str:
    """Return the one name of a file in the row of a link, an empty string where there is none, or are several."""
    for parent in islice(link.parents, MAX_STEPS):
        links = parent.select("a[href]", limit=MAX_LINKS)
        if len(links) == MAX_LINKS or any(other is not link and is_other(other) for other in links):
            return ""
        names = [line for line in lines_of(parent) if FILE_NAME.search(line)]
        if names:
            return named_in(names[0]) if len(names) == 1 else ""
    return ""


def name_in_address(address: str) -> str:
    """Return the name of a file that an address ends in, or one of the values that it asks with."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    values = (value.partition("=")[2] for value in parts.query.split("&"))
    said = [unescaped(value.replace("+", " ")).rpartition("/")[2] for value in (*values, parts.path)]
    names = [one_line(name) for name in said if named_in(name) == one_line(name) != ""]
    return next((name for name in names if HANGUL.search(name)), names[0] if names else "")


def unescaped(text: str) -> str:
    """Return the words of an address, in UTF-8 or as old boards write them (CP949); nothing for what is neither."""
    data = unquote_to_bytes(text)
    for encoding in ("utf-8", "cp949"):
        with suppress(UnicodeDecodeError):
            return data.decode(encoding)
    return ""
