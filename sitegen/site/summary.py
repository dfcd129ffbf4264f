"""A text in short: its first sentences, and how long it takes to read."""

import html
import math
import re
from typing import Final

from sitegen.clean.address import picture_link
from sitegen.clean.allowed import MEDIA_WORDS
from sitegen.clean.writing import with_raised
from sitegen.languages import our_language
from sitegen.model import CleanBody

SUMMARY_CHARS: Final = 120
LOOKED_AT_CHARS: Final = 2000  # of a text for its summary
KOREAN_CHARS_PER_MINUTE: Final = 500  # silent reading of news; spaces not counted
ENGLISH_WORDS_PER_MINUTE: Final = 230
# What no sentence is made of: tables (those in tables first), the numbers that lead to notes, the notes themselves.
TABLE: Final = re.compile(r"<table\b[^>]*>(?:(?!</?table\b).)*</table>", re.DOTALL)
NOTE: Final = re.compile(r'<sup><a id="n-ref[^<]*</a></sup>|<ol[^>]*><li id="n-note.*\Z', re.DOTALL)
LINE_END: Final = re.compile(r"<br>|</(?:p|h\d|li|dt|dd|figcaption|pre)>")
TAG: Final = re.compile(r"<[^>]*>")
# A line that stands for a recording or a video, and what it begins with.
PLAYERS: Final = tuple(words[tag] for words in MEDIA_WORDS.values() for tag in ("audio", "video"))
PLAYER: Final = re.compile(rf"^(?:{'|'.join(PLAYERS)})(?: \([^()\s]+\))?$\n?", re.MULTILINE)
# A line that says what may be done with the text.
TERMS_LINE: Final = re.compile(r"공공누리.{0,30}(?:조건에 따라|자유롭게|출처\s?표시)")
BULLET: Final = re.compile(r"^[ \t]*[□■◇◆○◦ㅇ※*·-][ \t]+", re.MULTILINE)
SENTENCE_END: Final = re.compile(r"[.!?。][”’\"')\]」』]*(?=\s)")
# A full stop that ends no sentence: of a date (2026. 3. 2.), of initials (U.S.), before a figure that goes on.
DATE_OR_INITIALS: Final = re.compile(r"(?:\d\. ?\d{1,2}|\b[A-Za-z]\.[A-Za-z])\.$")
FIGURE_GOES_ON: Final = re.compile(r"(?<=\d)\. \d")


def prose_of(body: CleanBody) -> str:
    """Return the start of a text without tables, notes, headings, terms of use, and what only stands for pictures.

    A body of tables alone is what its tables say.
    """
    text = body.text
    if "<table" in body.html or "<sup>" in body.html or NOTE.search(body.html):
        markup = with_raised(NOTE.sub("", body.html))
        while (rest := TABLE.sub("\n", markup)) != markup:
            markup = rest
        text = html.unescape(TAG.sub("", LINE_END.sub("\n", markup))).strip() or text
    text = text[:LOOKED_AT_CHARS]
    if any(word in text for word in PLAYERS):
        text = PLAYER.sub("", text) or text
    if "공공누리" in text:
        text = "\n".join([line for line in text.split("\n") if not TERMS_LINE.search(line)]) or text
    if body.images or body.headings:
        unshown = [image for image in body.images if not image.shown]
        beside = {picture_link(image.src, image.alt, language) for image in unshown for language in MEDIA_WORDS}
        beside.update([heading.text for heading in body.headings])
        text = "\n".join([line for line in text.split("\n") if line not in beside]) or text
    return text


def summary_of(text: str, *, limit: int = SUMMARY_CHARS) -> str:
    """Return the first sentences of `text` that fit in `limit` characters.

    Cuts at a sentence end where there is one, else at a space; never inside a word that is not longer than the limit.
    """
    line = " ".join(BULLET.sub("", text[: limit * 4]).split())
    if len(line) <= limit:
        return line
    ends = [found.end() for found in SENTENCE_END.finditer(line) if found.end() <= limit and is_end(line, found)]
    if ends and ends[-1] > limit // 3:
        return line[: ends[-1]].rstrip()
    space = line.rfind(" ", 0, limit)
    return line[: space if space > limit // 3 else limit - 1].rstrip() + "…"


def is_end(line: str, found: re.Match[str]) -> bool:
    """Return whether a sentence ends with that mark."""
    stop = found.start()
    if line[stop] != ".":
        return True
    return not DATE_OR_INITIALS.search(line[max(0, stop - 6) : stop + 1]) and not FIGURE_GOES_ON.match(line, stop)


def reading_minutes(text: str, language: str, visible: int | None = None) -> int:
    """Return how long a text takes to read, in minutes rounded up; 0 for no text.

    `visible`: its characters that are not white space, where they have been counted.
    """
    if our_language(language) == "ko":
        return math.ceil((len("".join(text.split())) if visible is None else visible) / KOREAN_CHARS_PER_MINUTE)
    return math.ceil(len(text.split()) / ENGLISH_WORDS_PER_MINUTE)
