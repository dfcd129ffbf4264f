"""Article body → CleanBody: read the format, run the rules in order, pass the gate. READ FIRST.

Idempotent: cleaning what came out changes nothing. Every removal is recorded by rule name.
"""

import unicodedata
from typing import Final

from sitegen.clean.gate import gate
from sitegen.clean.markdown import is_html, render_markdown
from sitegen.clean.outline import outline_tree
from sitegen.clean.quick_html import read_plain
from sitegen.clean.reading import read_html
from sitegen.clean.rules import ALL_PICTURES, Pictures, Work
from sitegen.clean.rules.chain import apply_rules
from sitegen.clean.shapes import read_blocks
from sitegen.clean.tree import Element
from sitegen.clean.writing import write
from sitegen.config import Cleaning
from sitegen.model import BodyFormat, CleanBody
from sitegen.runtime.spans import STEP, timed

MAX_BODY_CHARS: Final = 8_000_000
DEFAULT: Final = Cleaning()


@timed(STEP, "clean")
def clean_body(
    body: str, body_format: BodyFormat, settings: Cleaning = DEFAULT, pictures: Pictures = ALL_PICTURES
) -> CleanBody:
    """Return the body as it may be published. Pure; raises nothing for bodies within MAX_BODY_CHARS."""
    work = Work(settings=settings, pictures=pictures)
    if body_format is BodyFormat.GOV_OUTLINE:
        root = outline_tree(unicodedata.normalize("NFC", body), work.report)
    else:
        root = tree_of(body, body_format, work)
        apply_rules(root, work)
    return finished(root, work)


def finished(root: Element, work: Work) -> CleanBody:
    """Return the body of a tree that the rules have settled, through the gate."""
    written = write(root)
    return CleanBody(
        html=gate(written.html),
        text=written.text,
        headings=tuple(work.headings),
        links=tuple(work.links),
        images=tuple(work.images),
        removals=tuple(work.report),
        credited=work.credited,
        bold_share=written.bold_share,
        bare_tables=work.bare_tables,
    )


def tree_of(body: str, body_format: BodyFormat, work: Work) -> Element:
    """Return the tree of an HTML or Markdown body; Markdown files may hold HTML."""
    text = body.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    if body_format is BodyFormat.MARKDOWN and not is_html(text):
        work.is_markdown = True
        text = render_markdown(text)
    work.reading = read_blocks(text, work) or read_plain(text, work.report) or read_html(text, work.report)
    return work.reading.root


def clean_html(html: str) -> str:
    """Return a piece of foreign HTML as it may be published."""
    return clean_body(html, BodyFormat.HTML).html
