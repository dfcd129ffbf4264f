"""Article body → CleanBody: read the format, run the rules in order, pass the gate. READ FIRST.

Idempotent: cleaning what came out changes nothing. Every removal is recorded by rule name.
"""

import unicodedata
from collections.abc import Callable
from typing import Final

from sitegen.clean.gate import gate
from sitegen.clean.markdown import is_html, render_markdown
from sitegen.clean.outline import outline_tree
from sitegen.clean.quick_html import read_plain
from sitegen.clean.reading import read_html
from sitegen.clean.rules import ALL_PICTURES, Pictures, Work
from sitegen.clean.rules.credit import lift_credit
from sitegen.clean.rules.flow import settle_flow
from sitegen.clean.rules.headings import order_headings, settle_ids
from sitegen.clean.rules.links import clean_links, link_bare_addresses
from sitegen.clean.rules.pictures import link_remote_pictures
from sitegen.clean.rules.promo import remove_promotion
from sitegen.clean.rules.tables import count_bare_tables, drop_layout_rules
from sitegen.clean.tree import Element
from sitegen.clean.writing import write
from sitegen.config import Cleaning
from sitegen.model import BodyFormat, CleanBody

MAX_BODY_CHARS: Final = 8_000_000
DEFAULT: Final = Cleaning()

RULES: Final[tuple[tuple[str, Callable[[Element, Work], None]], ...]] = (
    ("ids", settle_ids),
    ("pictures", link_remote_pictures),
    ("bare-addresses", link_bare_addresses),
    ("links", clean_links),
    ("flow", settle_flow),
    ("promo", remove_promotion),
    ("credit", lift_credit),
    ("layout-rules", drop_layout_rules),
    ("headings", order_headings),
    ("bare-tables", count_bare_tables),
)
SWITCHABLE: Final = frozenset({"promo", "credit", "layout-rules"})  # the others keep a body sound


def clean_body(
    body: str, body_format: BodyFormat, settings: Cleaning = DEFAULT, pictures: Pictures = ALL_PICTURES
) -> CleanBody:
    """Return the body as it may be published. Pure; raises nothing for bodies within MAX_BODY_CHARS."""
    work = Work(settings=settings, pictures=pictures)
    if body_format is BodyFormat.GOV_OUTLINE:
        root = outline_tree(unicodedata.normalize("NFC", body), work.report)
    else:
        root = tree_of(body, body_format, work)
        for name, rule in RULES:
            if name not in SWITCHABLE or name not in settings.disable:
                rule(root, work)
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
    work.reading = read_plain(text, work.report) or read_html(text, work.report)
    return work.reading.root


def clean_html(html: str) -> str:
    """Return a piece of foreign HTML as it may be published."""
    return clean_body(html, BodyFormat.HTML).html
