"""Characters that say nothing to a reader, or more to a machine than they should, and digits that say too much."""

import html
import re
import unicodedata
from typing import Final
from urllib.parse import quote, unquote

# Controls that are no white space, what turns the direction of all that follows, halves of pairs, what is no character.
UNSAID: Final = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
# A text that has none of these, and no control but the tab and the ends of lines: feeds, which are XML, hold no others.
SAYABLE: Final = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]*$"
# What a line of a log must not hold as it stands: a terminal would obey it, or take what follows for another line.
ACTING: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
ENTITY: Final = re.compile(r"&(?:#[0-9]{1,7}|#[Xx][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{0,31});")
# Letters beyond ASCII as an address writes them, and one of ASCII before them that they may be a mark of.
IN_PER_CENT: Final = re.compile(r"[A-Za-z]?(?:%[89A-Fa-f][0-9A-Fa-f])+")
MAX_DIGITS: Final = 18  # no number of ours has more; Python refuses to read those of thousands


def said_in(text: str) -> str:
    """Return a text without characters that say nothing."""
    return text if text.isprintable() else UNSAID.sub("", text)


def is_sayable(text: str) -> bool:
    """Return whether pages and feeds can hold a text as it is."""
    return text.isprintable() or re.search(SAYABLE, text) is not None


def as_text(name: str) -> str:
    """Return a file's name as a text: a byte that is no UTF-8 stands as a question mark."""
    return name.encode("utf-8", "replace").decode()


def resolved_entities(text: str) -> str:
    """Return a text with its entities resolved: only what ends in a semicolon (`?a=1&section=3` is an address)."""
    return ENTITY.sub(lambda found: html.unescape(found[0]), text) if "&" in text else text


def composed(address: str) -> str:
    """Return an address in NFC, also what it writes in per cent; other bytes stay as they are."""
    if "%" in address:
        address = IN_PER_CENT.sub(lambda found: composed_run(found[0]), address)
    return address if address.isascii() else unicodedata.normalize("NFC", address)


def composed_run(letters: str) -> str:
    """Return letters in per cent as they are in NFC; those that are so, or are no UTF-8, as they stand."""
    try:
        text = unquote(letters, errors="strict")
    except UnicodeDecodeError:
        return letters
    return letters if unicodedata.is_normalized("NFC", text) else quote(unicodedata.normalize("NFC", text))


def shown_in_line(text: str) -> str:
    r"""Return a text as a line of a log shows it: `\n` for the end of a line, `\x1b` for an escape."""
    return text if text.isprintable() else ACTING.sub(lambda found: repr(found[0])[1:-1], text)


def whole_number_in(text: str) -> int:
    """Return a whole number written in digits; 0 for what is none, or none that anybody counts with."""
    return int(text) if text.isdecimal() and len(text) <= MAX_DIGITS else 0
