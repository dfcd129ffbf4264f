"""Titles and summaries are words: the markup that some generators render in them is taken off, and nothing else."""

import re
from typing import Final

SIGNS: Final = ("<", "**", "](", "{{", "{%")  # without one of these there is no markup to take off
TAG: Final = re.compile(
    r"</?(?:a|abbr|b|big|cite|code|del|em|font|i|ins|kbd|mark|q|s|small|span|strong|sub|sup|u)(?:\s[^<>]*)?/?>"
    r"|(?P<apart></?(?:br|div|h[1-6]|li|ol|p|ul)(?:\s[^<>]*)?/?>)",
    re.IGNORECASE,
)
STRONG: Final = re.compile(r"(?<![0-9])\*\*(?=[^\s*])([^*]*[^\s*])\*\*")
LINK: Final = re.compile(r"!?\[([^\[\]]*)\]\((?:https?:|/|#|mailto:)[^()\s]*(?:\s+\"[^\"]*\")?\)")
MARK: Final = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}")


def spoken(text: str) -> str:
    """Return the words of one line of text."""
    if not any(sign in text for sign in SIGNS):
        return text
    bare = TAG.sub(lambda found: " " if found["apart"] else "", MARK.sub(" ", text))
    bare = LINK.sub(r"\1", STRONG.sub(r"\1", bare))
    return " ".join(bare.split()) or text
