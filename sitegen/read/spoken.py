"""Titles and summaries are words: the markup that some generators render in them is taken off, and nothing else."""

import re
from typing import Final

SIGNS: Final = ("<", "**", "](", "{{", "{%")  # without one of these there is no markup to take off
NAMES: Final = "a|abbr|b|big|cite|code|del|em|font|i|ins|kbd|mark|p|q|s|small|span|strong|sub|sup|u"
PAIR: Final = re.compile(rf"<({NAMES})(?:\s[^<>]*)?>([^<>]*)</\1>", re.IGNORECASE)
BREAK: Final = re.compile(r"<br\s*/?>", re.IGNORECASE)
DEPTH: Final = 4  # of tags in tags
STRONG: Final = re.compile(r"(?<![\w*])\*\*(?=[^\s*])([^*]*[^\s*])\*\*")  # not the stars of 김**, a name half told
LINK: Final = re.compile(r"!?\[([^\[\]]*)\]\((?:https?:|/|#|mailto:)[^()\s]*(?:\s+\"[^\"]*\")?\)")
MARK: Final = re.compile(r"\{\{[<%][^{}]*\}\}|\{%[^{}]*%\}")


def spoken(text: str) -> str:
    """Return the words of one line of text. Tags without their partner, and what is no markup, stay as they are."""
    if not any(sign in text for sign in SIGNS):
        return text
    bare = BREAK.sub(" ", MARK.sub(" ", text))
    for _ in range(DEPTH):
        bare, count = PAIR.subn(r"\2", bare)
        if not count:
            break
    bare = LINK.sub(r"\1", STRONG.sub(r"\1", bare))
    return " ".join(bare.split()) or text
