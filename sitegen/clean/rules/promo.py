"""Promotion: a block that advertises is removed whole and recorded; news that links to an advertiser loses the link."""

import re
from collections.abc import Iterator
from functools import lru_cache

from sitegen.clean.address import host_of, is_host_of
from sitegen.clean.allowed import CELLS, INLINE, PROSE
from sitegen.clean.folding import is_line_break, trim_end
from sitegen.clean.rules import Work
from sitegen.clean.rules.flow import loosened
from sitegen.clean.tree import Element, excerpt, keep_text, text_with_breaks

# Words beside the promotional links of a block above which it is news that happens to link there.
NEWS_CHARS = 120
SIGNS = re.compile(r"\W*")
SENTENCE = re.compile(r"[.!?][”’\"')\]」』]*\s*\Z")  # at the end of what stands before
FIGURES = re.compile(r"\d{2}")
# As news ends its sentences; who offers something says -니다 or -세요.
REPORTED = re.compile(r"[^니]다[.!]?[”’\"')\]」』]*\s*\Z")
# Polite news tells what was (-했습니다), or states what is and calls for nothing. Of 92 blocks with a polite sentence
# that real posts lost, none told what was, and all but one called for something.
PAST = "".join(letter for letter in map(chr, range(ord("갔"), ord("힣"), 28)) if letter not in "있겠")  # all end in ㅆ
TOLD = re.compile(rf"[{PAST}]습니다[.!]")
STATED = re.compile(r"니다[.!]")
CALL = re.compile(
    r"클릭|링크|여기|아래|바로\s?가기|보기|받기|하기|세요|십시오|바랍니다|예약|예매|견적|신청|문의|방문|확인|다운로드|구매|할인|무료|상담"
)


def remove_promotion(root: Element, work: Work) -> None:
    """Remove promotional blocks; keep the words of longer blocks that only contain a promotional link."""
    if work.links and (work.settings.promo_hosts or work.settings.promo_phrases):
        visit(root, work, compiled(work.settings.promo_phrases), linking(root))


@lru_cache(maxsize=4)
def compiled(phrases: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Return the expressions of promotional blocks."""
    return tuple(map(re.compile, phrases))


def linking(element: Element) -> set[int]:
    """Return the identities of the elements below that are links or hold one."""
    found: set[int] = set()
    for child in element.children:
        if isinstance(child, Element):
            has_elements = len(child.children) > 1 or (child.children and isinstance(child.children[0], Element))
            inner = linking(child) if has_elements else set()
            if inner or child.tag == "a":
                found |= inner
                found.add(id(child))
    return found


def visit(element: Element, work: Work, phrases: tuple[re.Pattern[str], ...], links: set[int]) -> None:
    """Remove promotional blocks below `element`; `links` are the elements that are links or hold one."""
    kept: list[Element | str] = []
    for child in element.children:
        if isinstance(child, str) or id(child) not in links:
            kept.append(child)
            continue
        if is_promotional_link(child, work) and element.tag in INLINE | PROSE | CELLS | {"figure"}:
            work.found("promo-unlinked", excerpt(child.attributes["href"]))
            kept += child.children
            continue
        tail_removed(child, work, phrases)
        if is_advertisement(child, work, phrases) or (
            lines_removed(child, work, phrases) and is_advertisement(child, work, phrases)
        ):
            work.found("promo-removed", excerpt(child.text()))
            child.children = []
        else:
            visit(child, work, phrases, links)
        if child.children or child.tag in ("td", "th"):
            kept.append(child)
    element.children = loosened(kept) if element.tag in CELLS else kept


def lines_removed(block: Element, work: Work, phrases: tuple[re.Pattern[str], ...]) -> bool:
    """Remove the lines of a longer block that advertise; return whether there were any. The news beside them stays.

    No new element comes into the block: `visit` knows those that hold links by their places in memory.
    """
    lines: list[list[Element | str]] = [[]]  # each with the line break behind it
    for child in block.children:
        lines[-1].append(child)
        if is_line_break(child):
            lines.append([])
    if block.tag not in PROSE | CELLS or len(lines) == 1:
        return False
    kept: list[Element | str] = []
    for line in lines:
        whole = Element(block.tag, {}, line)
        if opens_with(phrases, whole.text()) and is_advertisement(whole, work, phrases):
            work.found("promo-removed", excerpt(whole.text()))
        else:
            kept += line
    has_gone = len(kept) < len(block.children)
    while has_gone and kept and is_line_break(kept[-1]):
        kept.pop()
    block.children = kept
    return has_gone


def is_promotional_link(element: Element, work: Work) -> bool:
    """Return whether an element is a link to a promotional host."""
    return element.tag == "a" and is_host_of(host_of(element.attributes.get("href", "")), work.settings.promo_hosts)


def is_advertisement(block: Element, work: Work, phrases: tuple[re.Pattern[str], ...]) -> bool:
    """Return whether a block with words is promotional as a whole."""
    if block.tag not in PROSE | CELLS or (block.tag in CELLS and any(is_nested(child) for child in block.children)):
        return False
    links = [element for element in block.elements() if element.tag == "a"]
    promotional = [link for link in links if is_promotional_link(link, work)]
    if not links:
        return False
    text = block.text()
    own_words = len(text) - sum(len(link.text()) for link in promotional)
    if own_words >= NEWS_CHARS:
        return False
    return opens_with(phrases, text) or (bool(promotional) and not is_news(block, text, work))


def opens_with(phrases: tuple[re.Pattern[str], ...], text: str) -> bool:
    """Return whether a text begins with an advertising phrase, signs aside."""
    start = SIGNS.match(text)
    return start is not None and any(phrase.match(text, start.end()) for phrase in phrases)


def tail_removed(block: Element, work: Work, phrases: tuple[re.Pattern[str], ...]) -> None:
    """Cut an advertisement with its link off the end of a paragraph: what follows a whole sentence of news."""
    if block.tag not in PROSE | CELLS or any(is_nested(child) for child in block.children):
        return
    text = text_with_breaks(block)
    found = next((found for phrase in phrases if (found := phrase.search(text))), None)
    if found is None or len(text) - found.start() >= NEWS_CHARS or not SENTENCE.search(text, 0, found.start()):
        return
    if any(place >= found.start() for place in link_places(block)):
        work.found("promo-removed", excerpt(text[found.start() :]))
        keep_text(block, found.start())
        trim_end(block.children)


def link_places(block: Element, start: int = 0) -> Iterator[int]:
    """Yield where the links with words begin in the text of a block; `start`: where that begins."""
    for child in block.children:
        if isinstance(child, str):
            start += len(child)
            continue
        words = text_with_breaks(child)
        if child.tag == "a" and words.strip():
            yield start
        yield from link_places(child, start)
        start += 1 if child.tag == "br" else len(words)


def is_news(block: Element, text: str, work: Work) -> bool:
    """Return whether a block is news: it ends so, or tells something or says figures besides its promotional links."""
    own = own_text(block, work)
    if REPORTED.search(text) or FIGURES.search(own) or TOLD.search(own):
        return True
    return STATED.search(own) is not None and CALL.search(text) is None


def own_text(block: Element, work: Work) -> str:
    """Return the text of a block without that of its promotional links."""
    parts = (child if isinstance(child, str) else own_text(child, work) for child in block.children)
    return "" if is_promotional_link(block, work) else "".join(parts)


def is_nested(child: "Element | str") -> bool:
    """Return whether a child is a block of its own (judged by itself)."""
    return isinstance(child, Element) and child.tag in PROSE | {"ul", "ol", "dl", "table", "blockquote"}
