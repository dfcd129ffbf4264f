"""Blocks that were met before: what became of them then becomes of them now.

A mirror's posts are made by few hands. Half of their blocks are spacers, promotion and source tables, letter for
letter the same; and the 22,000 blocks of 1,500 posts have 1,900 shapes, which is the block without its words:
`<p data-ke-size="size16">…<b><span style="color: #ee2323;">…</span></b></p>`. Such a block is cleaned once, by itself
and by the reading and the rules that clean everything; a shape is cleaned with stand-ins for the words.

A shape holds for words of which no rule asks what they say (`is_quiet`). What depends on more than the block is left to
the rules: ids, links inside the page, whose source a name is. Law: the body is the same as without this module,
removals and all.
"""

import html
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Final, NamedTuple

from sitegen.clean.address import clean_url, host_of, is_host_of
from sitegen.clean.allowed import HEADINGS
from sitegen.clean.quick_html import REFERENCE, is_plain_reference, read_plain
from sitegen.clean.reading import Reading
from sitegen.clean.rules import ALL_PICTURES, Pictures, Work
from sitegen.clean.rules.chain import apply_rule, rules_under
from sitegen.clean.rules.credit import is_firm
from sitegen.clean.rules.headings import order_headings
from sitegen.clean.rules.promo import compiled, remove_promotion
from sitegen.clean.rules.tables import is_hr
from sitegen.clean.tree import Element, text_with_breaks
from sitegen.clean.writing import write
from sitegen.config import Cleaning
from sitegen.model import NO_SOURCE, Image, Removal, Source
from sitegen.runtime.learned import Learned, Met
from sitegen.values import changed, value

MAX_KNOWN: Final = 8192
MAX_SETTINGS: Final = 3  # besides those in use
# Words between two tags. The white space around them is part of the shape, as spacers are.
WORDS: Final = re.compile(r"(>[ \n]*)((?!&nbsp;)[^< \n](?:[^<]*[^< \n])?)([ \n]*<)")
IN_PAGE: Final = re.compile('href="#[^"]')
# The address of a link to another site. No bracket lies in such a tag: the search ends where the tag does.
ADDRESS: Final = re.compile(r'(<a (?:[^<>"]*"[^<>"]*")*?[^<>"]*href=")(https?://[^<>"]*)(?=")')
LINK_START: Final = "<a"
PICTURE: Final = re.compile("<img[ />]")
LINK: Final = re.compile("<a[ />]")
# Attribution says what comes after this; no particle does.
SOURCE_MARK: Final = re.compile("출 ?처(?![가-힣])")
SIGNS: Final = frozenset({"amp;", "gt;", "lt;", "quot;"})
GAP: Final = "\0"  # no text that comes here has one
LINK_GAP: Final = "\x01"  # a text that has one goes by the tree
LINK_STAND_IN: Final = "https://{}.example/"
STAND_IN: Final = "⟦{}⟧"
STAND_INS: Final = re.compile(r"⟦\d+⟧")
STAND_IN_NUMBERS: Final = re.compile(r"⟦(\d+)⟧")
LINKS_STAND_IN: Final = re.compile(r"https://(⟦\d+⟧)\.example/")
WORDLESS: Final = re.compile(r"(?:<[^<>]*>|⟦\d+⟧|&nbsp;|[ \n])*")  # but for stand-ins
NOT_ALONE: Final = frozenset({"hr", *HEADINGS})  # the rules for them look beyond one block
RULE: Final = "<hr>"
ELSEWHERE: Final = "https://elsewhere.example/"  # stands for a link in another block
ANY: Final = Cleaning()


@value
class Findings:
    """What the rules found in a block."""

    reports: Mapping[str, tuple[Removal, ...]]  # by rule
    gone_by: str = ""  # the rule that left nothing of it
    links: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()
    credited: Source = NO_SOURCE
    bare_tables: int = 0

    @property
    def has_more(self) -> bool:
        """Return whether more was found than by reading."""
        named = self.gone_by or self.credited.name or self.links or self.images or self.bare_tables
        return bool(named or self.reports)


class Settled(NamedTuple):
    """What becomes of a block: its markup and text as templates that nothing fills, and what was found in it."""

    html: str  # of a heading: what stands in it
    text: str
    bold: int  # characters
    found: Findings
    read: tuple[Removal, ...]  # what reading found of it
    has_more: bool  # than that
    level: int = 0  # of a heading, as written


class Shape(NamedTuple):
    """What becomes of the blocks of a shape: markup and text with `%s` for each of the words."""

    html: str
    text: str
    bold: tuple[int, ...]  # places of the words that are bold
    found: Findings
    read: tuple[Removal, ...]
    has_more: bool
    level: int
    words: int  # how many
    links: int
    order: tuple[tuple[bool, int], ...]  # what fills the markup: (is it a link, which one)


Key = str | tuple[str | Pictures, ...]


class Cut(NamedTuple):
    """A text cut into its markup, with a GAP for each of the words and a LINK_GAP for each address, and these."""

    markup: str
    words: list[str]
    addresses: list[str]


@dataclass(slots=True)
class Known:
    """The blocks met before under one cleaner's settings, in HTML or in Markdown; None for one the rules must see."""

    settings: Cleaning
    is_markdown: bool
    blocks: dict[Key, Settled | None] = field(default_factory=dict)
    met: Met[Key] = field(default_factory=lambda: Met(2 * MAX_KNOWN))
    tables: set[str] = field(default_factory=set)  # the markup of those with words that are known

    def alone(self, markup: str, words: Sequence[str], addresses: Sequence[str], pictures: Pictures) -> Settled | None:
        """Return what becomes of a block wherever it stands, or None when the rules must see it."""
        key = key_of(markup, words, addresses, pictures)
        if key in self.blocks:
            return self.blocks[key]
        settled = judged(uncut(markup, words, addresses), self.settings, pictures, is_markdown=self.is_markdown)
        if len(self.blocks) < MAX_KNOWN and self.met.again(key):
            self.blocks[key] = settled
            if markup.startswith("<table"):  # a mirror's attribution; so many paragraphs are alike that to ask is dear
                self.tables.add(markup)
        return settled


def key_of(markup: str, words: Sequence[str], addresses: Sequence[str], pictures: Pictures) -> Key:
    """Return under what a block is known: what becomes of a picture depends on more than the block."""
    if "<img" in markup:
        return (markup, *words, *addresses, pictures)
    return (markup, *words, *addresses) if words or addresses else markup


MET_UNDER: Final[list[Known]] = []


def known_under(settings: Cleaning, *, is_markdown: bool) -> Known:
    """Return the blocks this process met before."""
    for known in MET_UNDER:
        if known.is_markdown is is_markdown and (known.settings is settings or known.settings == settings):
            known.settings = settings  # the next body of a chunk has the very same
            return known
    del MET_UNDER[MAX_SETTINGS:]
    MET_UNDER.insert(0, Known(settings, is_markdown))
    return MET_UNDER[0]


def cut(text: str) -> Cut:
    """Return a text cut into what makes its shapes and what fills them."""
    if LINK_START in text:
        parts = ADDRESS.split(text)
        addresses = parts[2::3]
        parts[2::3] = [LINK_GAP] * len(addresses)
        markup, words = cut_words("".join(parts))
        if markup.count(LINK_GAP) == len(addresses):  # else one stands in what was taken for words
            return Cut(markup, words, addresses)
    return Cut(*cut_words(text), [])


def cut_words(text: str) -> tuple[str, list[str]]:
    """Return a text with a GAP for each of its words, and these."""
    end = text.rfind("<") + 1  # behind the last tag there is none to find, however often one is looked for
    parts = WORDS.split(text[:end])
    words = parts[2::4]
    parts[2::4] = [GAP] * len(words)
    return "".join(parts) + text[end:], words


def uncut(markup: str, words: Sequence[str], addresses: Sequence[str]) -> str:
    """Return the text that was cut."""
    for gap, fillings in ((LINK_GAP, addresses), (GAP, words)):
        if fillings:
            pieces = markup.split(gap)
            markup = "".join(chain.from_iterable(zip(pieces, (*fillings, ""), strict=True)))
    return markup


def led_to(addresses: Sequence[str], text: str, settings: Cleaning) -> tuple[str, ...]:
    """Return the clean addresses a block with this text leads to, or none where a rule has more to say of one."""
    if not all(map(is_plain_reference, REFERENCE.findall(" ".join(addresses)))):
        return ()
    links = tuple([clean_url(html.unescape(address)) for address in addresses])
    for link in links:
        if not link.startswith("http") or is_host_of(host_of(link), settings.promo_hosts):
            return ()
    lines = text.split("\n")
    return () if any(phrase.search(line) for phrase in compiled(settings.promo_phrases) for line in lines) else links


def is_quiet(words: Sequence[str], *, is_markdown: bool) -> bool:
    """Return whether words say nothing that a rule asks for, and none makes another letter of its neighbour's last."""
    said = " ".join(words)
    return (
        (said.isprintable() and "  " not in said)
        and not (is_markdown and "://" in said)
        and not ("출" in said and SOURCE_MARK.search(said))
        and not ("&" in said and not all(map(is_quiet_reference, REFERENCE.findall(said))))
        and unicodedata.is_normalized("NFC", "".join(words))
    )


def is_quiet_reference(name: str) -> bool:
    """Return whether `&` and this is one sign, or stands for itself."""
    return name in SIGNS or (not name.endswith(";") and is_plain_reference(name))


def shape_of(markup: str) -> Shape | None:
    """Return what becomes of a block with this markup; None when that depends on more."""
    first_link, links = markup.count(GAP), markup.count(LINK_GAP)
    if PICTURE.search(markup) or ("<br" in markup and LINK.search(markup)):  # promotion is told by whole lines
        return None
    words = [STAND_IN.format(number) for number in range(first_link)]
    addresses = [LINK_STAND_IN.format(STAND_IN.format(first_link + place)) for place in range(links)]
    block = uncut(markup, words, addresses)
    found = judged(block, ANY, ALL_PICTURES, is_markdown=False) if WORDLESS.fullmatch(block) else None
    if found is None or found.found.links != tuple(addresses):
        return None
    unlinked = LINKS_STAND_IN.sub(r"\1", found.html)
    order = [int(number) for number in STAND_IN_NUMBERS.findall(unlinked)]
    in_turn = sorted(order, key=lambda number: number >= first_link)  # the words, then the links, each as they stand
    if STAND_INS.findall(found.text) != words or in_turn != [*range(first_link + links)]:
        return None
    findings = changed(found.found, links=())
    if "⟦" in str(findings) or "⟦" in str(found.read) or (links and findings.reports):
        return None
    bold = "".join(re.findall(r"<strong>.*?</strong>", LINKS_STAND_IN.sub("", found.html)))
    return Shape(
        html=STAND_INS.sub("%s", unlinked),
        text=STAND_INS.sub("%s", found.text),
        bold=tuple(int(name[1:-1]) for name in STAND_INS.findall(bold)),
        found=findings,
        read=found.read,
        has_more=findings.has_more,
        level=found.level,
        words=first_link,
        links=links,
        order=tuple((True, number - first_link) if number >= first_link else (False, number) for number in order),
    )


SHAPES: Final[Learned[str, Shape | None]] = Learned(shape_of, MAX_KNOWN)  # by their markup; None for what has none


def judged(block: str, settings: Cleaning, pictures: Pictures, *, is_markdown: bool) -> Settled | None:
    """Return what the rules make of a block that stands alone, or None when that depends on what stands around it."""
    work = Work(settings=settings, pictures=pictures, is_markdown=is_markdown)
    reading = read_plain(block, work.report)
    if reading is None or reading.named or reading.spoken or not reading.root.children or leads_inside(reading):
        return None
    work.reading, links, read = reading, len(reading.links), tuple(work.report)
    if is_rule(reading.root):
        return Settled(RULE, "", 0, Findings(reports={}), read=read, has_more=False)
    ruled = ruled_alone(work)
    if ruled is None or len(reading.links) > links:
        return None
    whole = heading_alone(reading.root) or reading.root
    written = write(whole)
    is_heading = whole.tag in HEADINGS
    if any(element.tag in NOT_ALONE for element in whole.elements()[1:]) or (
        is_heading and written.text != " ".join(text_with_breaks(whole).split())
    ):
        return None
    reports, gone_by = ruled
    found = Findings(
        reports=reports,
        gone_by=gone_by,
        links=tuple(work.links),
        images=tuple(work.images),
        credited=work.credited,
        bare_tables=work.bare_tables,
    )
    html, text = (part.replace("%", "%%") for part in (written.html, written.text))
    return Settled(html, text, written.bold, found, read, found.has_more, int(whole.tag[1]) if is_heading else 0)


def leads_inside(reading: Reading) -> bool:
    """Return whether a link leads to a place on the page."""
    return any(link.attributes.get("href", "").startswith("#") for link in reading.links)


def ruled_alone(work: Work) -> tuple[dict[str, tuple[Removal, ...]], str] | None:
    """Run the rules over one block; return what each found, and which left nothing of it.

    None where another block would have one of them find more or less.
    """
    reports: dict[str, tuple[Removal, ...]] = {}
    root, gone_by = work.reading.root, ""
    for name, rule in rules_under(work.settings):
        if rule is order_headings:  # it looks at the whole row
            continue
        had, start = bool(root.children), len(work.report)
        # promotion is looked for in a body with links: one beside this block would have it look at pictures led to here
        is_beside = rule is remove_promotion and not work.links and "pictures" in reports
        work.links += (ELSEWHERE,) if is_beside else ()
        apply_rule(name, rule, root, work)
        if is_beside:
            work.links.remove(ELSEWHERE)
        if start < len(work.report):
            reports[name] = tuple(work.report[start:])
            if is_beside:
                return None
        if had and not root.children:
            gone_by = name
    credits_lifted = len(reports.get("credit", ()))
    is_firm_alone = not work.credited.name or (is_firm(work.credited) and credits_lifted == 1)
    return (reports, gone_by) if is_firm_alone else None


def is_rule(root: Element) -> bool:
    """Return whether a rule between blocks is all there is below `root`."""
    return len(root.children) == 1 and is_hr(root.children[0])


def heading_alone(root: Element) -> Element | None:
    """Return the heading that is all there is below `root`, if it is."""
    only = root.children[0] if len(root.children) == 1 else None
    return only if isinstance(only, Element) and only.tag in HEADINGS else None
