"""Any other page: its text by trafilatura (the extra `extract`), less what is furniture; always marked for review.

A page without an article gives none: a few labels and a comment policy are not a text (BODY001).
"""

import re
from importlib.util import find_spec
from typing import Final

from bs4 import Tag

from sitegen.clean.outline import BULLET, NOTE
from sitegen.importers.blocks import (
    AROUND,
    Body,
    attribute_of,
    blocks_with_places,
    body_of,
    leaves_of,
    parsed,
    placed_lines,
    text_of,
)
from sitegen.importers.capture import Capture, refused
from sitegen.importers.draft import Draft, Line, Part, numbered
from sitegen.importers.koreakr_html import published_in
from sitegen.importers.koreakr_text import furniture_rule
from sitegen.importers.words import enclosed_in, kind_in, licence_in, one_line, original_of
from sitegen.model import Source

NAME: Final = "generic"
PROFILE: Final = f"{NAME}/1"
CONFIDENCE: Final = 0.45  # below every profile that knows what it reads
MIN_SENTENCE: Final = 15  # letters of the one sentence or item that an article has at least
SENTENCE: Final = re.compile(r".*(?:[.!?…]|다|요|음|함|임)[\"”’')\]]*\.?")
# Facts of a board that stand beside a title, not in a text.
FACT: Final = re.compile(
    r"(?:등록일|작성일|수정일|게시일|날짜|조회수?|작성자|담당자|담당부서|첨부파일|글번호)\b.{0,40}"
    r"|\d{4}[-.]\d{1,2}[-.]\d{1,2}\.?|\d{1,7}"
)
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
        attribute_of(soup, 'link[rel="canonical"]', "href") or attribute_of(soup, 'meta[property="og:url"]', "content")
    )
    around = {text for text, place in page if place}
    body, dropped = extracted(capture, title, around=around, linked=linked, address=url)
    if not has_article(body):
        raise refused("BODY001", capture.shown)
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
            attachments=enclosed_in(body.lines),
            body=body.text,
            body_format=body.format,
            changes=body.changes,
            lines=accounted(title, body, dropped, page),
            doubts=("extracted by a general rule: compare it with the page",),
        )
    ]


def heading_of(soup: Tag) -> str:
    """Return the first heading of the page's own part, else what its window would be called."""
    around = {id(region) for _, selector in AROUND for region in soup.select(selector)}
    own = (heading for heading in soup.select("h1") if not any(id(parent) in around for parent in heading.parents))
    return next((words for words in (one_line(heading.get_text()) for heading in own) if words), text_of(soup, "title"))


def extracted(
    capture: Capture, title: str, *, around: set[str], linked: set[str], address: str
) -> tuple[Body, list[tuple[str, str]]]:
    """Return the text that trafilatura finds, less its furniture, and that furniture with its rules.

    `address`: of the page.
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
    leaves = leaves_of(content, LEAVES)
    links = [leaf for leaf in leaves if is_link(leaf) or one_line(leaf.get_text(" ")) in linked]
    is_list = len(links) * 2 > len(leaves)
    dropped = []
    for leaf in leaves:
        words = one_line(leaf.get_text(" "))
        rule = furniture_rule(words) or ("facts" if FACT.fullmatch(words) else "")
        rule = rule or ("around" if words in around and not SENTENCE.fullmatch(words) else "")
        rule = rule or ("list-of-links" if is_list and any(leaf is link for link in links) else "")
        rule = rule or ("title-again" if words == title and leaf is leaves[0] else "")
        if rule:
            dropped.append((rule, words))
            leaf.extract()
    return body_of(content, address=address, cleaning=capture.cleaning), dropped


def is_link(leaf: Tag) -> bool:
    """Return whether a block is a link and nothing else."""
    words = len(one_line(leaf.get_text()))
    return words > 0 and sum(len(one_line(link.get_text())) for link in leaf.find_all("a")) >= words * 0.9


def has_article(body: Body) -> bool:
    """Return whether a text holds a sentence, or an item of an outline, that is no notice about the page."""
    if sum(map(len, body.lines)) <= MAX_ERROR and any(map(ERROR.fullmatch, body.lines)):
        return False
    long = (line for line in body.lines if len(line) >= MIN_SENTENCE and not NOTICE.fullmatch(line))
    return any(SENTENCE.fullmatch(line) or BULLET.fullmatch(line) or NOTE.fullmatch(line) for line in long)


def accounted(title: str, body: Body, dropped: list[tuple[str, str]], page: list[tuple[str, str]]) -> tuple[Line, ...]:
    """Return what became of every block of the page: text, furniture by its rule, or not extracted."""
    placed = placed_lines((title,), body)
    placed += [Line(0, words, Part.DROPPED, rule) for rule, words in dropped]
    told = {line.text for line in placed}
    whole = " ".join(body.lines)
    rest = [(text, place) for text, place in page if text not in told and text not in whole]
    placed += [Line(0, text, Part.DROPPED, place or "not-extracted") for text, place in rest]
    return numbered(placed)
