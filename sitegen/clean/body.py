"""Article body → CleanBody: read the format, run the rules in order, pass the gate. READ FIRST.

Idempotent: cleaning what came out changes nothing. Every removal is recorded by rule name.
"""

import unicodedata
from typing import Final, NamedTuple

from sitegen.clean.brackets import with_words
from sitegen.clean.flat import write_flat
from sitegen.clean.gate import gate
from sitegen.clean.hidden import SHOWN, hidden_words
from sitegen.clean.markdown import is_html, render_markdown
from sitegen.clean.quick_html import read_plain
from sitegen.clean.reading import read_html
from sitegen.clean.rules import ALL_PICTURES, NOTHING_KNOWN, Known, Pictures, Work
from sitegen.clean.rules.chain import apply_rules
from sitegen.clean.rules.credit import read_credit
from sitegen.clean.tree import excerpt
from sitegen.clean.writing import Written, write
from sitegen.config import Cleaning
from sitegen.model import BodyFormat, CleanBody
from sitegen.runtime.spans import STEP, timed

MAX_BODY_CHARS: Final = 8_000_000
DEFAULT: Final = Cleaning()


def clean_body(
    body: str,
    body_format: BodyFormat,
    settings: Cleaning = DEFAULT,
    pictures: Pictures = ALL_PICTURES,
    known: Known = NOTHING_KNOWN,
) -> CleanBody:
    """Return the body as it may be published. Pure; raises nothing for bodies within MAX_BODY_CHARS."""
    washed = wash(body, body_format, settings, pictures, known)
    return finished(washed, gate(washed.written.html))


class Washed(NamedTuple):
    """A body as the rules leave it, before the gate, and what they found."""

    written: Written
    work: Work


@timed(STEP, "clean")
def wash(
    body: str,
    body_format: BodyFormat,
    settings: Cleaning = DEFAULT,
    pictures: Pictures = ALL_PICTURES,
    known: Known = NOTHING_KNOWN,
) -> Washed:
    """Return a body as the rules leave it."""
    work = Work(settings=settings, pictures=pictures, known=known)
    written = written_by_rules(body, body_format, work)
    work.let_go()
    return Washed(written, work)


def written_by_rules(body: str, body_format: BodyFormat, work: Work) -> Written:
    """Return a body as the rules write it; what they found is noted in `work`."""
    if body_format is BodyFormat.GOV_OUTLINE:
        from sitegen.clean.outline import outline_tree  # noqa: PLC0415  for few bodies

        tree = outline_tree(unicodedata.normalize("NFC", body), work.report, work.settings.language)
        read_credit(tree, work)
        return write(tree)
    text = body.replace("\r\n", "\n").replace("\r", "\n") if "\r" in body else body
    text = text.replace("\0", "") if "\0" in text else text
    if body_format is BodyFormat.MARKDOWN and not is_html(text):
        work.is_markdown = True
        text = render_markdown(text)
    text = with_words(text, work.report)
    written = write_flat(text, work) or write_tree(text, work)
    for words in hidden_words(text, written.text):
        work.found(SHOWN, excerpt(words))
    return written


def write_tree(text: str, work: Work) -> Written:
    """Return HTML as the rules leave it, by way of its tree."""
    work.reading = read_plain(text, work.report) or read_html(text, work.report, work.settings.language)
    apply_rules(work.reading.root, work)
    return write(work.reading.root)


def finished(washed: Washed, html: str, fingerprint: bytes = b"") -> CleanBody:
    """Return a body of which `html` has passed the gate."""
    written, work = washed
    return CleanBody(
        html=html,
        text=written.text,
        headings=tuple(work.headings),
        links=tuple(work.links),
        images=tuple(work.images),
        removals=tuple(work.report),
        credited=work.credited,
        visible=written.visible,
        bold_share=written.bold_share,
        bare_tables=work.bare_tables,
        fingerprint=fingerprint,
    )


def clean_html(html: str) -> str:
    """Return a piece of foreign HTML as it may be published."""
    return clean_body(html, BodyFormat.HTML).html
