"""Markdown → HTML. Its output goes through the same rules and gate as any HTML."""

import re
from typing import Final

# An HTML file in Markdown's clothes: opens with a tag and has no line that only Markdown could mean.
TAG_FIRST: Final = re.compile(r"\s*<(?:[A-Za-z][A-Za-z0-9]*[\s/>]|!--)")
BLOCK_MARK: Final = re.compile(
    r"<(/?)(?:article|aside|blockquote|center|dd|div|dl|dt|fig(?:caption|ure)|footer|form|h[1-6]|header|li|main|ol|p|pre"
    r"|section|table|t(?:body|d|foot|h|head|r)|ul)[\s>]",
    re.IGNORECASE,
)
MARKDOWN_LINE: Final = re.compile(
    r"^ {0,3}(?:#{1,6} \S|[-*+] \S|\d{1,3}[.)] \S|> |```|~~~|!?\[[^\]\n]*\]\(|\|.*\|\s*$|-{3,}\|)"
    r"|^[^<\n]*\*\*[^*\n]+\*\*",
    re.MULTILINE,
)


def is_html(text: str) -> bool:
    """Return whether a body in a Markdown file is HTML."""
    if TAG_FIRST.match(text) is None:
        return False
    blocks = re.split(r"\n\s*\n", text)
    bare = [block for block in blocks if not block.lstrip().startswith("<")]
    return not bare or not (MARKDOWN_LINE.search("\n".join(bare)) or holds_paragraph(blocks))


def holds_paragraph(blocks: list[str]) -> bool:
    """Return whether words between empty lines are a paragraph of Markdown: no block of tags is open around them."""
    open_tags = 0
    for block in blocks:
        if open_tags <= 0 and block.strip() and not block.lstrip().startswith("<"):
            return True
        open_tags += sum(-1 if end else 1 for end in BLOCK_MARK.findall(block))
    return False


def render_markdown(text: str) -> str:
    """Return the HTML of a Markdown text."""
    from sitegen.clean.quick_markdown import quick_markdown  # noqa: PLC0415  an edit of HTML needs none

    quick = quick_markdown(text)
    if quick is not None:
        return quick
    from sitegen.clean.commonmark import reference_markdown  # noqa: PLC0415  a tenth of what a small build loads

    return reference_markdown(text)
