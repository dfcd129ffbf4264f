"""A text in short: its first sentences, and how long it takes to read."""

import math
import re
from typing import Final

SUMMARY_CHARS: Final = 120
KOREAN_CHARS_PER_MINUTE: Final = 500  # silent reading of news; spaces not counted
ENGLISH_WORDS_PER_MINUTE: Final = 230
SENTENCE_END: Final = re.compile(r"[.!?。][”’\"')\]」』]*(?=\s)")


def summary_of(text: str, *, limit: int = SUMMARY_CHARS) -> str:
    """Return the first sentences of `text` that fit in `limit` characters.

    Cuts at a sentence end where there is one, else at a space; never inside a word that is not longer than the limit.
    """
    line = " ".join(text[: limit * 4].split())
    if len(line) <= limit:
        return line
    ends = [found.end() for found in SENTENCE_END.finditer(line) if found.end() <= limit]
    if ends and ends[-1] > limit // 3:
        return line[: ends[-1]].rstrip()
    space = line.rfind(" ", 0, limit)
    return line[: space if space > limit // 3 else limit - 1].rstrip() + "…"


def reading_minutes(text: str, language: str) -> int:
    """Return how long a text takes to read, in minutes rounded up; 0 for no text."""
    if not text:
        return 0
    if language.startswith("ko"):
        return math.ceil((len(text) - text.count(" ") - text.count("\n")) / KOREAN_CHARS_PER_MINUTE)
    return math.ceil(len(text.split()) / ENGLISH_WORDS_PER_MINUTE)
