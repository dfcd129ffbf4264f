"""A notice of a KOGL type that a page has within the element of its text → the licence, and no words of the text."""

import re
from collections.abc import Iterable
from itertools import chain, islice
from typing import Final

from bs4 import Tag

from sitegen.importers.blocks import BLOCKS, leaves_of, outermost
from sitegen.importers.words import licence_in, one_line
from sitegen.licence.detect import ALONE
from sitegen.terms import UNKNOWN

MARK: Final = "[src*=opentype], [href*=licenseType]"
# `본 저작물은 "공공누리" 제1유형:출처표시 조건에 따라 이용할 수 있습니다.`
NOTICE: Final = re.compile(
    r"(?:본|이|해당)\s?(?:저작물|공공저작물|자료|게시물|콘텐츠|글|기사|보도자료)[은는]\s[^.!?]{0,60}공공누리"
    r"[^.!?]{0,100}(?:이용|사용|활용)[^.!?]{0,20}(?:있습니다|합니다|됩니다)\.?"
)
SHOWN: Final = "img, picture, svg, iframe, video, audio, object, embed, table"
OF_PICTURE: Final = ["figure", "figcaption"]  # a mark within is the picture's
MAX_CHARS: Final = 400  # of a notice
MAX_MARKS: Final = 50  # that are looked at


def notices_taken_out(content: Tag) -> tuple[str, list[str]]:
    """Take the notices of one KOGL type out of a text; return their markup, and the words of each.

    Where they name two types they stay: a person decides.
    """
    worded = (leaf for leaf in leaves_of(content, BLOCKS) if "공공누리" in leaf.get_text())
    marks: Iterable[Tag] = islice(chain(content.select(MARK), worded), MAX_MARKS)
    marks = (mark for mark in marks if mark.find_parent(OF_PICTURE) is None)
    found = [notice for mark in marks if (notice := notice_around(mark, content)) is not None]
    notices = outermost(list({id(notice): notice for notice in found}.values()))
    markup = "\n".join(map(str, notices))
    if licence_in(markup).id == UNKNOWN:
        return "", []
    return markup, [words_of(notice.extract()) for notice in notices]


def notice_around(mark: Tag, content: Tag) -> Tag | None:
    """Return the largest element of a text with a mark that says nothing but the notice; None where there is none."""
    largest = None
    for element in chain([mark], mark.parents):
        if element is content or not is_notice(element):
            break
        if element.name in BLOCKS or not element.get_text(strip=True):  # words of a line are part of its sentence
            largest = element
    return largest


def is_notice(element: Tag) -> bool:
    """Return whether an element shows a notice and nothing else: no other words, no picture but that of the type."""
    if any("opentype" not in str(shown.get("src") or "") for shown in element.select(SHOWN)):
        return False
    words = one_line(element.get_text(" "))
    return len(words) <= MAX_CHARS and not ALONE.pattern.sub("", NOTICE.sub("", words))


def words_of(notice: Tag) -> str:
    """Return what a notice says, in words or by its picture."""
    words = one_line(notice.get_text(" "))
    pictures = [notice, *notice.select("img")]
    return words or next((one_line(str(one["alt"])) for one in pictures if one.get("alt")), "")
