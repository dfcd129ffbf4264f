"""Markdown → HTML. Its output goes through the same rules and gate as any HTML."""

import re
from typing import Final

from sitegen.clean.quick_markdown import quick_markdown

# An HTML file in Markdown's clothes: opens with a tag and has no line that only Markdown could mean.
TAG_FIRST: Final = re.compile(r"\s*<(?:[A-Za-z][A-Za-z0-9]*[\s/>]|!--)")
MARKDOWN_LINE: Final = re.compile(
    r"^ {0,3}(?:#{1,6} \S|[-*+] \S|\d{1,3}[.)] \S|> |```|~~~|!?\[[^\]\n]*\]\(|\|.*\|\s*$|-{3,}\|)"
    r"|^[^<\n]*\*\*[^*\n]+\*\*",
    re.MULTILINE,
)


def is_html(text: str) -> bool:
    """Return whether a body in a Markdown file is HTML."""
    return TAG_FIRST.match(text) is not None and MARKDOWN_LINE.search(outside_tags(text)) is None


def outside_tags(text: str) -> str:
    """Return the lines that do not lie inside a block of tags: those a Markdown reader would look at."""
    return "\n".join(
        line for block in re.split(r"\n\s*\n", text) if not block.lstrip().startswith("<") for line in [block]
    )


def render_markdown(text: str) -> str:
    """Return the HTML of a Markdown text."""
    quick = quick_markdown(text)
    if quick is not None:
        return quick
    from sitegen.clean.commonmark import reference_markdown  # noqa: PLC0415  a tenth of what a small build loads

    return reference_markdown(text)
