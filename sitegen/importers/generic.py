"""Any other page: its text by trafilatura (the extra `extract`), less what is furniture; always marked for review.

A page without an article gives none: a few labels and a comment policy are not a text (BODY001).
"""

import re
from collections.abc import Container, Mapping
from importlib.util import find_spec
from typing import Final
from urllib.parse import urlsplit

from bs4 import Tag

from sitegen.clean.outline import BULLET, NOTE
from sitegen.importers.blocks import (
    AROUND,
    FILE_NAME,
    Body,
    attribute_of,
    blocks_with_places,
    body_of,
    inked,
    leaves_of,
    nearest,
    parsed,
    placed_lines,
    resolved,
    text_of,
)
from sitegen.importers.capture import Capture, refused
from sitegen.importers.draft import Draft, Line, Part, numbered
from sitegen.importers.file_links import is_file, linked_file, without_size
from sitegen.importers.koreakr_html import published_in
from sitegen.importers.koreakr_text import furniture_rule
from sitegen.importers.words import files_or_enclosed, kind_in, licence_in, one_line, original_of
from sitegen.model import Attachment, Source

NAME: Final = "generic"
PROFILE: Final = f"{NAME}/1"
CONFIDENCE: Final = 0.45  # below every profile that knows what it reads
MIN_SENTENCE: Final = 15  # letters of the one sentence or item that an article has at least
SENTENCE: Final = re.compile(r".*(?:[.!?…]|다|요|음|함|임)[\"”’')\]]*\.?")
# A sentence of a report, of whatever it speaks; notices of a page are polite (`있습니다`).
REPORTED: Final = re.compile(r".*(?<!니)다[\"”’')\]]*\.")
# Facts of a board that stand beside a title, not in a text.
HEADED: Final = re.compile(
    r"(?:등록일|작성일|수정일|게시일|날짜|조회수?|작성자|담당자|담당부서|첨부파일|글번호)\b.{0,40}"
)
FACT: Final = re.compile(rf"{HEADED.pattern}|\d{{4}}[-.]\d{{1,2}}[-.]\d{{1,2}}\.?|\d{{1,7}}")
# What a page says that has no article; short as it is, the rest of its words is about that too.
ERROR: Final = re.compile(
    r".*(?:페이지를 찾을 수 없|존재하지 않는 (?:페이지|게시물)|로그인(?:이 필요|을 해| 후)|접근 ?권한|권한이 없|점검 중"
    r"|자바스크립트를|javascript|등록된 (?:글|게시물)이 없|검색 ?결과가? 없|잠시만 기다려|불러오는 중"
    r"|not found|sign in).*",
    re.IGNORECASE,
)
MAX_ERROR: Final = 300  # letters of a page that says so
# Words about a page. They may stand in an article too: they only count as no sentence.
NOTICE: Final = re.compile(
    r".*(?:브라우저|쿠키|cookie|바로가기|만족하십니까|만족하시나요|만족도|무단 ?수집|개인정보 ?처리|저작권|copyright|ⓒ"
    r"|all rights reserved|댓글|누리집입니다).*",
    re.IGNORECASE,
)
LEAVES: Final = ("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "blockquote", "pre")


def confidence(capture: Capture) -> float:
    """Return how surely a capture is a page, where there is something to extract its text with."""
    start = capture.text[:2000].lstrip().lower()
    is_page = start.startswith("<") and ("<html" in start or "<!doctype html" in start)
    return CONFIDENCE if is_page and find_spec("trafilatura") else 0.0


def read(capture: Capture) -> list[Draft]:
    """Return the article of a page. Raises ContentError (BODY001; FILE004 without trafilatura)."""
    soup = parsed(capture.text)
    title = one_line(attribute_of(soup, 'meta[property="og:title"]', "content")) or heading_of(soup)
    page = blocks_with_places(soup, AROUND)
    linked = {text for text, place in blocks_with_places(soup, (("link", "a"),)) if place}
    url, identity = original_of(
        attribute_of(soup, 'link[rel="canonical"]', "href")
        or attribute_of(soup, 'meta[property="og:url"]', "content")
        or capture.address
    )
    around = {text for text, place in page if place}
    content, dropped = extracted(capture, title, around=around, linked=linked)
    captions = with_captions(content, soup)
    body = body_of(content, address=url, cleaning=capture.cleaning)
    if not has_article(body):
        raise refused("BODY001", capture.shown)
    files = files_beside(soup, body, url)
    return [
        Draft(
            profile=PROFILE,
            title=title,
            published=published_in(soup),
            kind=kind_in(url, body.statement),
            source=Source(
                name=one_line(attribute_of(soup, 'meta[property="og:site_name"]', "content")) or body.credited.name,
                site=body.credited.site,
                url=url if url.startswith("http") else "",
                id=identity,
                sha256=capture.sha256,
                statement=body.statement,
            ),
            licence=licence_in(capture.text),
            attachments=files_or_enclosed(map(without_size, files), body.lines),
            body=body.text,
            body_format=body.format,
            changes=body.changes,
            lines=accounted({title, *(file.label for file in files)}, body, dropped, page, captions),
            doubts=("extracted by a general rule: compare it with the page", *body.doubts),
        )
    ]


def heading_of(soup: Tag) -> str:
    """Return the first heading of the page's own part, else what its window would be called."""
    around = {id(region) for _, selector in AROUND for region in soup.select(selector)}
    own = (heading for heading in soup.select("h1") if not any(id(parent) in around for parent in heading.parents))
    return next((words for words in (one_line(heading.get_text()) for heading in own) if words), text_of(soup, "title"))


def extracted(
    capture: Capture, title: str, *, around: set[str], linked: set[str]
) -> tuple[Tag, list[tuple[str, Part, str]]]:
    """Return the text that trafilatura finds, less its furniture, and what that was: words, part and rule.

    Furniture stands above the first sentence and below the last; what is taken out between them is unplaced.
    """
    try:
        from trafilatura import extract  # noqa: PLC0415  an extra, needed by nothing else
    except ImportError as error:
        raise refused("FILE004", capture.shown, reason="pip install trafilatura lxml_html_clean") from error
    markup = extract(
        capture.text,
        output_format="html",
        favor_precision=True,
        include_formatting=True,
        include_links=True,
        include_tables=True,
        include_comments=False,
    )
    soup = parsed(markup or "")
    content = soup.body or soup
    leaves = [(leaf, words_of(leaf)) for leaf in leaves_of(content, LEAVES)]
    links = {id(leaf) for leaf, words in leaves if is_link(leaf) or words in linked}
    links = links if len(links) * 2 > len(leaves) else set()
    said = [place for place, (leaf, words) in enumerate(leaves) if id(leaf) not in links and is_sentence(words)]
    first, last = (said[0], said[-1]) if said else (len(leaves), -1)
    above = {id(leaf) for leaf, _ in leaves[:first]}
    facts = {id(table) for table in content.select("table") if is_of_facts(table, above)}
    dropped: list[tuple[str, Part, str]] = []
    for place, (leaf, words) in enumerate(leaves):
        rule = "list-of-links" if id(leaf) in links else ""
        rule = rule or ("title-again" if words == title and place == 0 else "")
        rule = rule or ("facts" if nearest(leaf, facts) is not None else "")
        if not first <= place <= last and not is_in_table(leaf):
            rule = rule or furniture_rule(words) or ("facts" if place < first and FACT.fullmatch(words) else "")
            rule = rule or ("around" if words in around and not SENTENCE.fullmatch(words) else "")
        if rule:
            is_between = first < place < last
            dropped.append((words, Part.UNPLACED if is_between else Part.DROPPED, "" if is_between else rule))
            leaf.extract()
    return content, dropped


def is_sentence(words: str) -> bool:
    """Return whether a block is of a text: a sentence, or an item of an outline, that is no notice about the page."""
    if len(words) < MIN_SENTENCE:
        return False
    is_like_one = any(form.fullmatch(words) for form in (SENTENCE, BULLET, NOTE))
    return bool(REPORTED.fullmatch(words)) or (
        is_like_one and not NOTICE.fullmatch(words) and not furniture_rule(words)
    )


def is_of_facts(table: Tag, above: Container[int]) -> bool:
    """Return whether a table above a text says who wrote it and when: a heading of a board in each of its rows."""
    cells = leaves_of(table, LEAVES)
    rows = [leaves_of(row, LEAVES) for row in table.select("tr")]
    is_above = bool(cells) and all(id(cell) in above for cell in cells)
    return is_above and all(any(HEADED.fullmatch(words_of(cell)) for cell in row) for row in rows)


def is_in_table(leaf: Tag) -> bool:
    """Return whether a block lies in a table: a figure that is taken out moves the others to other columns."""
    return leaf.find_parent("table") is not None


def with_captions(content: Tag, page: Tag) -> set[str]:
    """Write into a text the captions of its tables and pictures; return those of the page that have no place in it."""
    named = {one_line(caption.get_text()) for caption in page.select("caption")}
    for table in content.select("table"):
        row = table.find("tr")
        words = one_line(row.get_text()) if row else ""
        if row and words in named:  # trafilatura makes a row of it
            row.extract()
            table.insert(0, element_of("caption", words))
    site = {id(region) for _, selector in AROUND for region in page.select(selector)}
    leaves = {words_of(leaf): leaf for leaf in leaves_of(content, LEAVES)}
    left = set()
    behind: dict[int, tuple[Tag, list[Tag]]] = {}
    for caption, leaf in captions_with_leaves(page, leaves):
        words = one_line(caption.get_text())
        if not words or words in leaves or nearest(caption, site) is not None:
            continue
        if leaf is None:
            left.add(words)
        else:
            block = outermost_of(leaf, content)
            behind.setdefault(id(block), (block, []))[1].append(element_of("p", words))
    for block, written in behind.values():
        block.insert_after(*written)
    return left


def captions_with_leaves(page: Tag, leaves: Mapping[str, Tag]) -> list[tuple[Tag, Tag | None]]:
    """Return the captions of a page with the block of the text before each; None where none is before or behind it.

    The page is gone through once: it may have thousands.
    """
    found: list[tuple[Tag, Tag | None]] = []
    before, inside = None, 0  # the last block that is of the text, and how many captions stand before it
    for element in page.find_all([*LEAVES, "figcaption"]):
        if element.name == "figcaption":
            found.append((element, before))
        elif leaf := leaves.get(words_of(element)):
            before, inside = leaf, len(found)
    return [(caption, leaf if place < inside else None) for place, (caption, leaf) in enumerate(found)]


def words_of(element: Tag) -> str:
    """Return the words of an element on one line, its parts apart."""
    return one_line(element.get_text(" "))


def outermost_of(leaf: Tag, content: Tag) -> Tag:
    """Return the block of a text that holds a leaf: a whole list or table."""
    return next((parent for parent in (leaf, *leaf.parents) if parent.parent is content), leaf)


def element_of(name: str, words: str) -> Tag:
    """Return a new element with these words."""
    element = parsed("").new_tag(name)
    element.string = words
    return element


def files_beside(page: Tag, body: Body, address: str) -> list[Attachment]:
    """Return the files that a page links beside its text, each once; `address`: of the page."""
    site = {id(region) for _, selector in AROUND for region in page.select(selector)}
    text = " ".join(body.lines)
    found: dict[str, Attachment] = {}
    for link in page.select("a[href]"):
        link["href"] = resolved(str(link["href"]).strip(), address) if address.startswith("http") else link["href"]
        file = linked_file(link)
        is_named = FILE_NAME.search(file.label) or FILE_NAME.search(urlsplit(file.url).path)
        if is_named and is_file(file) and nearest(link, site) is None and file.label not in text:
            found.setdefault(file.label, file)
    return list(found.values())


def is_link(leaf: Tag) -> bool:
    """Return whether a block is a link and nothing else."""
    words = len(one_line(leaf.get_text()))
    return words > 0 and sum(len(one_line(link.get_text())) for link in leaf.find_all("a")) >= words * 0.9


def has_article(body: Body) -> bool:
    """Return whether a text holds a sentence, or an item of an outline, that is no notice about the page."""
    if sum(map(len, body.lines)) <= MAX_ERROR and any(map(ERROR.fullmatch, body.lines)):
        return False
    return any(map(is_sentence, body.lines))


def accounted(
    head: set[str],
    body: Body,
    dropped: list[tuple[str, Part, str]],
    page: list[tuple[str, str]],
    captions: set[str],
) -> tuple[Line, ...]:
    """Return what became of every block of the page: text, furniture by its rule, or not extracted.

    A block that was not extracted though it stands between two that were is unplaced, and so is a caption.
    """
    placed = [*placed_lines((), body), *(Line(0, *line) for line in dropped)]
    told = {line.text for line in placed}
    whole, lines = inked("".join(body.lines)), set(body.lines)
    inside = [place for place, (text, _) in enumerate(page) if text in lines]
    first, last = (inside[0], inside[-1]) if inside else (0, 0)
    rest: list[Line] = []
    for place, (text, region) in enumerate(page):
        if text in head:
            rest.append(Line(0, text, Part.HEAD))
        elif text not in told and inked(text) not in whole:
            is_lost = text in captions or (first < place < last and not region)
            rest.append(
                Line(0, text, Part.UNPLACED) if is_lost else Line(0, text, Part.DROPPED, region or "not-extracted")
            )
    heading = [line for line in rest if line.part is Part.HEAD]
    return numbered([*heading, *placed, *(line for line in rest if line.part is not Part.HEAD)])
