"""Credit: the body's own attribution (자료 출처: …) is read and lifted out; the page's footer says it in full.

What names the source of a table or picture, or of one passage among others, stays beside it; so does what names
another source than the article's.

Spellings seen on 6,148 real posts: `자료 출처: 정책브리핑 https://www.korea.kr`, `<자료출처=정책브리핑 www.korea.kr>`,
`[자료출처=…]`, `(출처: 정책브리핑)`, `※ 출처 : …`, `정보 출처`, `기사 출처`, a table with or without a heading row
(`정책 각주`), the words split by inline tags, the brackets raw, escaped or missing.
"""

import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final, NamedTuple, Protocol, TypeGuard

from sitegen.clean.address import clean_url, host_of, is_host_of, is_site_root
from sitegen.clean.allowed import BLOCKS, PROSE
from sitegen.clean.folding import Nodes, is_line_break, trim_end
from sitegen.clean.rules import Work
from sitegen.clean.rules.flow import loosened
from sitegen.clean.tree import Element, excerpt, holds_picture, keep_text, text_with_breaks
from sitegen.model import NO_SOURCE, Source
from sitegen.runtime.late import Late

LABEL: Final = r"(?:본\s*)?(?:(?:정책\s?브리핑\s*)?(?:자료|기사|정보|원문|보도\s?자료|내용|요약문)\s*)?출\s?처"
OPEN: Final = r"[\s<>\[\](){}‹›〈〉《》「」※*|·•\-–—:]*"
ADDRESS: Final = r"(?:https?:\s?//\s?)*(?:www\.)?[A-Za-z0-9가-힣.-]+\.[A-Za-z]{2,}(?:/[^\s<>\[\](){}‹›]*)?"
NAME: Final = r"[^\s<>\[\](){}‹›:=,.!?~][^<>\[\](){}‹›:=,!?\n]{0,29}?"
# What stands between the word and the name. A bracket does in the notice that copies from a site carry.
MARKED: Final = r"(?:[:=：]|(?P<closed>\])(?!\s*[:=：|]))"
CREDIT: Final = Late(
    rf"{OPEN}(?:(?P<label>{LABEL})\s*(?:{MARKED}|\|)\s*|(?P<bare>{LABEL})\s+(?=[^\s]+\s+(?:https?:|www\.)))"
    rf"(?P<name>{NAME})?\s*[,(|]?\s*(?P<url>{ADDRESS})?[\s>\])}}›〉》」.]*",
)
# A credit at the end of a paragraph, after a full sentence, a line break or a bracket; `[1] 출처:` is a note's.
TRAILING: Final = Late(
    rf"(?:^|(?<=[.!?…\n\"”’」』)\]>])(?<!\[\d\])(?<!\[\d\d\]))[ \t]*(?P<open>[<\[(‹〈「※]?)\s*"
    rf"(?P<label>{LABEL})\s*{MARKED}\s*"
    rf"(?P<name>{NAME})?\s*[,(]?\s*(?P<url>{ADDRESS})?[\s>\])›〉」.]*\Z",
    re.MULTILINE,
)
TABLE_HEADS: Final = Late(rf"(?:[가-힣]{{0,6}}\s?각주|{LABEL}(?:\s*(?:안내|정보))?|구분|내용|비고|항목)\s*[:：]?")
BRIEFING_HOSTS: Final = ("korea.kr",)
BRIEFING: Final = Source(name="정책브리핑", site="https://www.korea.kr")
# Who gave a picture or wrote the words is no publisher.
PERSONAL: Final = re.compile(r"(?:제공|캡[처쳐]|화면|사진|이미지)$|기자(?:\s|의|$)")
PAST: Final = "".join(map(chr, range(ord("갔"), ord("힣"), 28)))  # syllables that end in ㅆ: 올랐다, 않았다
VERBAL: Final = re.compile(rf"(?:니다|(?:[하한된이있없않같{PAST}]|\s\S*는)다|세요|해야|바랍니다)[.]?$")
# What follows an article and is no part of it: hash tags, who answers questions, files.
ASIDE: Final = Late(
    r"(?:\s*#[^\s#]+)+\s*|[\s※*▶☎□○ㅇ·<\[(-]*(?:문\s?의|담\s?당|연락처|붙\s?임|첨\s?부|관련\s?(?:자료|기사|글))(?=[\s:：)\]>자처부파]).{0,200}",
    re.DOTALL,
)
MAX_CREDIT_CHARS: Final = 160
HOLDERS: Final = frozenset({"blockquote", "ul", "ol", "li", "div"})  # what a figure names is the picture's source


class Surroundings:
    """The blocks of a body, for the question whether a name without address is that of a table or passage."""

    def __init__(self, blocks: Nodes) -> None:
        self.blocks = blocks
        self.bounds: tuple[int, int] | None = None  # of the blocks that say something, once they are asked for

    def are_beside(self, place: int, *, is_whole: bool) -> bool:
        """Return whether words follow the block at `place`: then what it names is the source of what it stands beside.

        One that is the `whole` block may also stand at the article's start.
        """
        if self.bounds is None:
            speaking = [at for at, block in enumerate(self.blocks) if not says_nothing(block)] or [-1]
            self.bounds = (speaking[0], speaking[-1])
        first, last = self.bounds
        return last > place and not (is_whole and place < first)


class Figures:
    """The tables and pictures of a body that is gone through once, forwards, and of whose blocks some are emptied."""

    def __init__(self, blocks: Nodes) -> None:
        self.blocks = blocks
        self.seen = 0  # how many of the blocks
        self.is_last = False  # whether the last of them that is not blank is a figure

    def stand_before(self, place: int) -> bool:
        """Return whether a table or picture stands right before a block. Places are asked for in their order."""
        for block in self.blocks[self.seen : place]:
            if not is_blank(block):
                self.is_last = is_figure(block)
        self.seen = place
        return self.is_last


class Beside(Protocol):
    """Tells whether a name, at the place of a block, is that of a table or passage."""

    def __call__(self, *, is_whole: bool) -> bool:
        """Return it for a block that is nothing but the name (`is_whole`), or ends with it."""


def lift_credit(root: Element, work: Work) -> None:
    """Read the body's attribution, remember the first, and take every one out of the body.

    Where it names several sources besides the briefing, they stay where they are: the footer has room for one.
    """
    around = Surroundings(root.children)

    def is_beside(place: int, figures: Figures, *, is_whole: bool) -> bool:
        return around.are_beside(place, is_whole=is_whole) or (work.known.is_sure and figures.stand_before(place))

    figures = Figures(root.children)
    named = [
        source
        for place, block in enumerate(root.children)
        for source in sources_of(block)
        if not is_beside(place, figures, is_whole=True) and not is_firm(source)
    ]
    if len(set(map(one_line_name, named))) > 1:
        work.credited = named[0] if may_be_articles(named[0], work) else work.credited
        root.children = [child for child in root.children if not lifted(child, work, always_beside)]
        return
    figures = Figures(root.children)
    root.children = [
        child
        for place, child in enumerate(root.children)
        if not lifted(child, work, partial(is_beside, place, figures))
    ]
    elsewhere = [source for source in named if not may_be_articles(source, work)]
    if elsewhere and not work.credited.name and not work.known.head.name:  # the line stays; the name is all there is
        work.credited = Source(name=BRIEFING.name if is_of_briefing(work.known.head) else elsewhere[0].name)


def read_credit(root: Element, work: Work) -> None:
    """Remember the attribution that a body ends in, which stays where it is."""
    for block in reversed(root.children):
        if not says_nothing(block):
            return
        sources = (source for source in sources_of(block) if may_be_articles(source, work))
        if (found := next(sources, None)) is not None:
            work.credited = found
            return


def sources_of(block: "Element | str") -> Iterator[Source]:
    """Yield what a block of a body names as source, as a whole or in what it holds, in order."""
    if isinstance(block, str) or not mentions_source(block.text()):
        return
    if block.tag == "table":
        if (source := credit_of_table(block)) is not None:
            yield source
    elif block.tag in PROSE or (source := credit_of(text_with_breaks(block), block)) is not None:
        found = Credits(block)
        yield from ([found.whole] if found.whole is not None else [])
        yield from (ending.source for ending in reversed(found.endings) if ending.is_marked)
    elif block.tag in HOLDERS:
        for child in block.children:
            yield from sources_of(child)


class Ending(NamedTuple):
    """A source named at the end of a paragraph: where that begins, and whether brackets or an address mark it."""

    start: int
    source: Source
    words: str
    is_marked: bool


class Credits:
    """The sources that a paragraph names: those it ends in, the last first, and the one that is all the rest of it."""

    def __init__(self, block: Element) -> None:
        text = text_with_breaks(block)
        self.endings: list[Ending] = []
        self.whole = credit_of(text, block)
        first, end = len(text) - len(text.lstrip()), len(text)
        while self.whole is None:
            start = max(0, end - MAX_CREDIT_CHARS)
            found = TRAILING.pattern.search(text, start, end) if mentions_source(text[start:end]) else None
            source = source_of(found, Element("p")) if found else None
            if found is None or source is None or found.start() <= first:
                break
            end = found.start()
            self.endings.append(Ending(end, source, found[0], bool(found["open"] or source.site)))
            self.whole = credit_of(text[:end], Element("p")) if end - first <= MAX_CREDIT_CHARS else None


def says_nothing(block: "Element | str") -> bool:
    """Return whether a block is nothing but attribution, a rule, hash tags, or who answers questions."""
    if isinstance(block, str) or block.tag == "hr" or ASIDE.pattern.fullmatch(block.text()):
        return isinstance(block, Element) or not block.strip()
    if block.tag in HOLDERS and any(is_blocky(child) for child in block.children):
        return all(says_nothing(child) for child in block.children)
    if not mentions_source(block.text()):
        return False
    return (credit_of_table(block) if block.tag == "table" else Credits(block).whole) is not None


def is_blank(block: "Element | str") -> bool:
    """Return whether nothing stands in a block."""
    return not block.strip() if isinstance(block, str) else not (block.text().strip() or holds_picture(block))


def is_figure(block: "Element | str") -> bool:
    """Return whether a block is a table or holds a picture."""
    return isinstance(block, Element) and (block.tag in ("table", "figure", "img") or holds_picture(block))


def is_blocky(child: "Element | str") -> bool:
    """Return whether a child is a block."""
    return isinstance(child, Element) and child.tag in BLOCKS


def is_of_briefing(source: Source) -> bool:
    """Return whether a source is the briefing, or at home there."""
    is_named = one_line_name(source).endswith(BRIEFING.name)
    return is_named or is_host_of(host_of(source.url or source.site), BRIEFING_HOSTS)


def is_firm(source: Source) -> bool:
    """Return whether attribution may be the article's wherever it stands: of the briefing, and not of a page of it."""
    return source.name == BRIEFING.name or (is_of_briefing(source) and not source.url)


def may_be_articles(source: Source, work: Work) -> bool:
    """Return whether a source may be the article's: another than that which its head names, or leads to, is not."""
    head = work.known.head
    if not head.name:
        hosts = host_of(head.url or head.site), host_of(source.url or source.site)
        return not all(hosts) or is_near(*hosts)
    return is_same(head, source) or (is_of_briefing(head) and is_firm(source))


def is_near(one: str, other: str) -> bool:
    """Return whether two hosts are one, or one lies below the other's home."""
    bare = one.removeprefix("www."), other.removeprefix("www.")
    return is_host_of(bare[0], bare[1:]) or is_host_of(bare[1], bare[:1])


def one_line_name(source: Source) -> str:
    """Return a source's name without spaces."""
    return "".join(source.name.split())


def is_same(one: Source, other: Source) -> bool:
    """Return whether two sources have one name, spaces aside, or are at home in the same place."""
    host = host_of(one.url or one.site)
    return one_line_name(one) == one_line_name(other) or (bool(host) and host == host_of(other.url or other.site))


def mentions_source(text: str) -> bool:
    """Return whether the word 출처 stands in a text; a cheap look before the expensive one."""
    return "출처" in text or "출 처" in text


def lifted(node: "Element | str", work: Work, is_beside: Beside) -> bool:
    """Return whether a block was nothing but attribution; trailing attribution is cut off in place."""
    if isinstance(node, str) or not mentions_source(node.text()):
        return False
    if node.tag == "table":
        source = credit_of_table(node)
        if is_articles(source, node, work, is_beside):
            return remember(source, "attribution-table->source", node, work)
        for cell in node.elements():
            if cell.tag in ("td", "th") and mentions_source(cell.text()):
                cut_endings(cell, articles_endings(Credits(cell), work, always_beside), work)
    elif node.tag in PROSE:
        return lifted_prose(node, work, is_beside)
    elif node.tag in HOLDERS:
        node.children = [child for child in node.children if not lifted(child, work, is_beside)]
        if node.tag == "li":
            node.children = loosened(node.children)
        if node.tag == "li" and all(isinstance(child, str) or child.tag not in PROSE for child in node.children):
            source = credit_of(text_with_breaks(node), node)
            if is_articles(source, node, work, is_beside):
                return remember(source, "attribution-line->source", node, work)
        return not node.children
    return False


def lifted_prose(block: Element, work: Work, is_beside: Beside) -> bool:
    """Return whether a paragraph was nothing but attribution; a picture in it stays."""
    lift_first_line(block, work)
    found = Credits(block)
    gone, whole = articles_endings(found, work, is_beside), found.whole
    is_free = not is_beside(is_whole=True) and not holds_picture(block)
    is_whole = len(gone) == len(found.endings) and whole is not None and may_be_articles(whole, work)
    if whole is not None and is_whole and (is_firm(whole) or is_free):
        remember(whole, "attribution-line->source", block, work)
        keep_text(block, 0)
        return not block.children
    cut_endings(block, gone, work)
    return not block.children


def lift_first_line(block: Element, work: Work) -> None:
    """Take a first line that names the briefing off the text below it."""
    end = next((place for place, child in enumerate(block.children) if is_line_break(child)), 0)
    line = Element(block.tag, {}, block.children[:end])
    source = credit_of(line.text(), line) if end and mentions_source(line.text()) else None
    if source is not None and is_firm(source) and may_be_articles(source, work) and not holds_picture(line):
        remember(source, "attribution-line->source", line, work)
        block.children = block.children[end + 1 :]


def is_articles(source: Source | None, block: Element, work: Work, is_beside: Beside) -> TypeGuard[Source]:
    """Return whether a block that names a source names the article's."""
    if source is None or holds_picture(block):
        return False
    return may_be_articles(source, work) and (is_firm(source) or not is_beside(is_whole=True))


def always_beside(*, is_whole: bool) -> bool:
    """Return what holds in a cell: what it names is the source of its table."""
    del is_whole
    return True


def remember(source: Source, rule: str, node: Element, work: Work) -> bool:
    """Keep the first attribution of a body and report this one; always true."""
    if not work.credited.name:
        work.credited = source
    work.found(rule, excerpt(node.text()))
    return True


def credit_of(text: str, node: Element) -> Source | None:
    """Return the source a block states when it states nothing else; a name is of one line."""
    lines = "\n".join(" ".join(line.split()) for line in text.strip().split("\n"))
    if len(lines) > MAX_CREDIT_CHARS or not mentions_source(lines):
        return None
    found = CREDIT.pattern.fullmatch(lines)
    return source_of(found, node) if found else None


def source_of(found: re.Match[str], node: Element) -> Source | None:
    """Return the source a match names; its link, if any, gives the address."""
    name = " ".join((found["name"] or "").split()).strip(" ,|-")
    links = [element.attributes.get("href", "") for element in node.elements() if element.tag == "a"]
    address = next((link for link in links if host_of(link)), "") or full_address(found["url"] or "")
    if not name and not address:
        return None
    if VERBAL.search(name) or (not address and (PERSONAL.search(name) or found["closed"])):
        return None
    if name.replace(" ", "") in ("정책브리핑", "대한민국정책브리핑") or (
        not name and is_host_of(host_of(address), BRIEFING_HOSTS)
    ):
        name = BRIEFING.name
        address = address or BRIEFING.site
    name = name or host_of(address)
    if is_site_root(address):
        return Source(name=name, site=address.rstrip("/"))
    return Source(name=name, site=site_of(address), url=address)


def full_address(text: str) -> str:
    """Return an address as written in prose as a full one."""
    bare = re.sub(r"\s", "", text).rstrip(".,")
    if not bare:
        return ""
    return clean_url(bare if bare.startswith("http") else f"https://{bare}")


def site_of(address: str) -> str:
    """Return the home of an address."""
    found = re.match(r"https?://[^/?#]+", address)
    return found[0] if found else ""


def credit_of_table(table: Element) -> Source | None:
    """Return the source of a table that holds nothing but attribution."""
    cells = [" ".join(part.text().split()) for part in table.elements() if part.tag in ("td", "th", "caption")]
    cells = [cell for cell in cells if cell]
    if not cells or sum(map(len, cells)) > MAX_CREDIT_CHARS or not any(mentions_source(cell) for cell in cells):
        return None
    whole = credit_of(" | ".join(cells).replace(": |", "|"), table)
    if whole is not None and len(cells) <= 2:  # noqa: PLR2004  a label cell and a value cell
        return whole
    sources = [credit_of(cell, table) for cell in cells]
    stated = [source for source in sources if source is not None]
    others = [cell for cell, source in zip(cells, sources, strict=True) if source is None]
    return stated[0] if stated and all(TABLE_HEADS.pattern.fullmatch(cell) for cell in others) else None


def articles_endings(found: Credits, work: Work, is_beside: Beside) -> list[Ending]:
    """Return the sources at the end of a paragraph that are the article's, the last first.

    They are in brackets, have an address, or are known.
    """
    gone: list[Ending] = []
    for ending in found.endings:
        is_free = ending.is_marked and not is_beside(is_whole=False)
        if not may_be_articles(ending.source, work) or not (is_firm(ending.source) or is_free):
            break
        gone.append(ending)
    return gone


def cut_endings(block: Element, gone: Sequence[Ending], work: Work) -> None:
    """Cut attributions off the end of a paragraph."""
    for ending in reversed(gone):
        remember(ending.source, "attribution-line->source", Element("p", {}, [ending.words]), work)
    if gone:
        keep_text(block, gone[-1].start)
        trim_end(block.children)


def credit_after(text: str) -> tuple[str, Source]:
    """Return a plain text without the attribution it ends in, and that attribution (NO_SOURCE where there is none)."""
    found = TRAILING.pattern.search(text) if mentions_source(text[-MAX_CREDIT_CHARS:]) else None
    source = source_of(found, Element("p")) if found else None
    if found is None or source is None or not (found["open"] or source.site):
        return text, NO_SOURCE
    return text[: found.start()].rstrip(), source
