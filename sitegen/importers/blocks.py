"""An HTML body → the text of an outline where it is nothing but lines, else cleaned HTML.

Spans are joined with nothing between them: viewers cut words into spans. A line ends at a block or a `<br>`.
"""

import html
import re
import warnings
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Final, NamedTuple
from urllib.parse import unquote, urljoin

from bs4 import (
    BeautifulSoup,
    Comment,
    MarkupResemblesLocatorWarning,
    Tag,
    XMLParsedAsHTMLWarning,
)
from bs4.element import CData, Declaration, Doctype, NavigableString, ProcessingInstruction

from sitegen.clean import hidden
from sitegen.clean.address import picture_link
from sitegen.clean.allowed import MEDIA_WORDS
from sitegen.clean.body import clean_body
from sitegen.clean.folding import UNSEEN as UNSEEN_CHARS
from sitegen.clean.outline import BULLET
from sitegen.clean.reading import LAZY, meaning_of
from sitegen.clean.rules import NOTHING_KNOWN, Known
from sitegen.clean.signs import may_be_sign
from sitegen.clean.tree import excerpt
from sitegen.config import Cleaning
from sitegen.importers.capture import NO_WISHES
from sitegen.importers.draft import Line, Part, numbered
from sitegen.importers.words import STATEMENT, one_line
from sitegen.licence.changes import forbidden_rules
from sitegen.model import NO_SOURCE, BodyFormat, CleanBody, Source

BLOCKS: Final = frozenset(
    {
        "address", "article", "aside", "blockquote", "center", "dd", "div", "dl", "dt", "fieldset", "figcaption",
        "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p",
        "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    }
)  # fmt: skip
# Elements that say no more than their words: a body of nothing else is text.
PLAIN: Final = frozenset({"article", "body", "br", "center", "div", "font", "html", "main", "p", "section", "span"})
UNSEEN: Final = frozenset(
    {"base", "col", "colgroup", "head", "link", "meta", "noscript", "script", "style", "template", "title"}
)
# An address that needs no page to begin at: with a scheme or a host, or of a place on the page itself.
LOCAL: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|#|www\.")
# The folder that a browser writes beside a page it saves "complete": no address of the site.
SAVED: Final = re.compile(r"(?:\./)?[^/?#:]+(?:_files|\.files)/")
PICTURE: Final = re.compile(r"""src=["']([^"']*)["']""")
SHOWN: Final = 3  # pictures, or hidden parts, that are named
MAX_DEPTH: Final = 250
OWN_ANCHOR: Final = re.compile(r'(<h[2-6]) id="(n-[^"]*)"')
HOLE: Final = "\x00"  # stands where a body was taken out; no page holds it
# Rules of cleaning whose words are gone from the text; the others changed only how it looked.
WORDS_GONE: Final = re.compile(
    r"promo-removed|attribution-.*|(?:words-)?removed(?::.*)?|ad-or-widget|duplicate-feature-image"
)
# Names of files, as links and lists of boards write them, and what their buttons say.
FILE_NAME: Final = re.compile(
    r"\S\.(?:hwpx?|hml|pdf|docx?|xlsx?|pptx?|zip|7z|alz|egg|csv|txt|jpe?g|png|gif|mp4)(?![A-Za-z0-9.])", re.IGNORECASE
)
FILE_BUTTON: Final = re.compile(
    r"\[?(?:파일\s?|전체\s?|일괄\s?)?(?:바로\s?보기|미리\s?보기|바로\s?듣기|내려\s?받기|다운로드|다운\s?받기|받기|뷰어|열기|저장)\]?"
)
# Where a page keeps what is on all pages of its site.
AROUND: Final = (
    ("navigation", "nav, #gnb, #lnb, .gnb, .lnb, .breadcrumb, .breadcrumbs, .location, .skip"),
    ("site-header", "header, #header"),
    ("site-footer", "footer, #footer"),
    ("aside", "aside, .aside, .sidebar"),
    ("form", "form"),
    ("comments", "#comments, .comments, .comment, .reply"),
)
SILENT: Final = (Comment, Declaration, Doctype, ProcessingInstruction)


def parsed(markup: str) -> BeautifulSoup:
    """Return the tree of a captured page."""
    with warnings.catch_warnings():  # bs4 wonders whether we meant XML, a file or an address; we meant the page
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        soup = BeautifulSoup(markup, "lxml")
    if markup.count("<") > MAX_DEPTH and is_deep(soup):  # libxml2 drops what lies deeper, without a word
        soup = BeautifulSoup(markup, "html.parser")
    return soup


def is_deep(soup: BeautifulSoup) -> bool:
    """Return whether a tree reaches the depth at which its parser stops."""
    waiting = [(child, 1) for child in soup.contents]
    while waiting:
        node, depth = waiting.pop()
        if depth >= MAX_DEPTH:
            return True
        if isinstance(node, Tag):
            waiting += [(child, depth + 1) for child in node.contents]
    return False


def text_of(soup: Tag, selector: str) -> str:
    """Return the words of the first match, on one line."""
    found = soup.select_one(selector)
    return one_line(found.get_text()) if found else ""


def attribute_of(soup: Tag, selector: str, name: str) -> str:
    """Return an attribute of the first match."""
    found = soup.select_one(selector)
    return str(found.get(name) or "") if found else ""


def nearest(tag: Tag, known: Container[int]) -> int | None:
    """Return the identity of the innermost element around `tag` that is one of `known`."""
    return next((id(parent) for parent in tag.parents if id(parent) in known), None)


def nearest_each(tags: Iterable[Tag], known: Container[int]) -> Iterator[int | None]:
    """Yield the same for each of many elements; what lies around several is climbed once."""
    answers: dict[int, int | None] = {}
    for tag in tags:
        climbed, answer = [], None
        for parent in map(id, tag.parents):
            if parent in known or parent in answers:
                answer = parent if parent in known else answers[parent]
                break
            climbed.append(parent)
        answers |= dict.fromkeys(climbed, answer)
        yield answer


def outermost(elements: Sequence[Tag]) -> list[Tag]:
    """Return the elements that lie in no other of them."""
    known = set(map(id, elements))
    around = nearest_each(elements, known)
    return [element for element, other in zip(elements, around, strict=True) if other is None]


def lines_of(element: Tag) -> list[str]:
    """Return the lines a reader sees of an element: white space single, empty ones gone."""
    parts: list[str] = []
    # (element or text, whether it is left now): a stack, for pages are nested as deep as their makers like
    waiting: list[tuple[object, bool]] = [(element, False)]
    while waiting:
        node, is_end = waiting.pop()
        if isinstance(node, Tag):
            if node.name in UNSEEN:
                continue
            if node.name == "br" or node.name in BLOCKS:
                parts.append("\n")
            if not is_end:
                if node.name in BLOCKS:
                    waiting.append((node, True))
                waiting += [(child, False) for child in reversed(node.contents)] if node.contents else []
        elif isinstance(node, (NavigableString, CData)) and not isinstance(node, SILENT):
            parts.append(re.sub(r"\s+", " ", str(node)))
    lines = (one_line(line) for line in "".join(parts).split("\n"))
    return [line for line in lines if line]


def is_outline(element: Tag, lines: list[str]) -> bool:
    """Return whether a body is the text of a release and nothing else: only lines, one of them with a bullet.

    What is raised, struck out, hidden or in a font of signs by its style says more than its letters.
    """
    inside = element.find_all(True)  # noqa: FBT003  bs4: any element
    if not all(found.name in PLAIN or found.name in UNSEEN for found in inside):
        return False
    if any(may_mean(found) for found in inside):
        return False
    return any(BULLET.fullmatch(line) for line in lines)


def may_mean(element: Tag) -> bool:
    """Return whether the looks of an element may say something."""
    looks = {name: str(element.get(name) or "") for name in ("style", "face")}
    is_hidden = element.has_attr("hidden") or hidden.hides(looks["style"])
    return is_hidden or bool(meaning_of(looks["style"])) or may_be_sign(element.name, looks)


def resolve(element: Tag, address: str) -> None:
    """Write the links and pictures in an element in full: what is at home on the page's site is not on this one."""
    if not address.startswith(("http://", "https://")):
        return
    for name in ("href", "src", *LAZY):
        for found in element.select(f"[{name}]"):
            found[name] = resolved(str(found[name]).strip(), address)
    for found in element.select("[srcset]"):
        offers = (offer.split(None, 1) for offer in str(found["srcset"]).split(", ") if offer.strip())
        found["srcset"] = ", ".join(" ".join([resolved(first, address), *rest]) for first, *rest in offers)


def resolved(written: str, address: str) -> str:
    """Return an address in full that a page at `address` writes."""
    if not written or LOCAL.match(written) or SAVED.match(written):
        return written
    try:
        return urljoin(address, written)
    except ValueError:  # one that nobody can read is told by the build
        return written


class Body(NamedTuple):
    """The text of a release: as the content file writes it, its format, its lines, and the reprint statement apart.

    `lines` are those of the capture. `kept` is the visible text left of them, without white space; cleaning took the
    `removed` (rule, words) out. `changes` names the rules that did more than presentation.
    """

    text: str
    format: BodyFormat
    lines: list[str]
    statement: str
    kept: str
    removed: tuple[tuple[str, str], ...] = ()
    credited: Source = NO_SOURCE
    changes: tuple[str, ...] = ()
    saved: tuple[str, ...] = ()  # pictures that a browser saved beside the page
    others: tuple[str, ...] = ()  # what cleaning gives to look at

    @property
    def doubts(self) -> tuple[str, ...]:
        """Return what a person should look at."""
        told = f"{len(self.saved)} picture(s) saved beside the page have no address: {some_of(self.saved)}"
        return (*([told] if self.saved else ()), *self.others)


def body_of(element: Tag, known: Known = NOTHING_KNOWN, address: str = "", cleaning: Cleaning = NO_WISHES) -> Body:
    """Return the body of a page. The statement is taken out of it, and out of `element`.

    `known`: of its source; `address`: of the page, where its links begin; `cleaning`: what its new site asks for.
    """
    resolve(element, address)
    saved = tuple(src for src in (str(picture["src"]) for picture in element.select("img[src]")) if SAVED.match(src))
    statement = taken_statement(element)
    lines = lines_of(element)
    if not lines:
        return Body("", BodyFormat.HTML, [], statement, "")
    if not is_outline(element, lines):
        markup = element.decode_contents()
        cleaned = clean_body(markup, BodyFormat.HTML, with_own_pictures(markup, cleaning), known=known)
        removed = tuple(found for found in cleaned.removals if WORDS_GONE.fullmatch(found.rule))
        changes = forbidden_rules(tuple(found.rule for found in cleaned.removals))
        return Body(
            without_anchors(cleaned.html),
            BodyFormat.HTML,
            lines,
            statement,
            inked(without_stand_ins(cleaned)),
            removed,
            cleaned.credited,
            changes,
            saved,
            doubts_of(cleaned),
        )
    return outline_of(lines, statement)


def some_of(names: Sequence[str]) -> str:
    """Return the first of some names in words."""
    return ", ".join(names[:SHOWN]) + (" …" if len(names) > SHOWN else "")


def doubts_of(body: CleanBody) -> tuple[str, ...]:
    """Return what no later look at a cleaned body can tell: words that were hidden, pictures that lay in the text."""
    words = [removal.excerpt for removal in body.removals if removal.rule == hidden.SHOWN]
    pictures = sum(
        removal.rule == "missing-picture" and removal.excerpt.lower().startswith("data:") for removal in body.removals
    )
    return (
        *([f"{len(words)} part(s) that the original hides stand in the text: {some_of(words)}"] if words else ()),
        *([f"{pictures} picture(s) that lie in the text itself are left out: save them as files"] if pictures else ()),
    )


def without_stand_ins(body: CleanBody) -> str:
    """Return the text of a body without the links that stand for pictures: no line of the capture has their words."""
    text = body.text
    for image in body.images:
        for language in MEDIA_WORDS if not image.shown else ():
            text = text.replace(picture_link(image.src, image.alt, language), " ")
    return text


def without_anchors(markup: str) -> str:
    """Return cleaned markup without the anchors of its headings, but for those that links lead to.

    Each build makes them anew.
    """
    return OWN_ANCHOR.sub(lambda found: found[0] if f'href="#{found[2]}"' in markup else found[1], markup)


def with_own_pictures(markup: str, cleaning: Cleaning) -> Cleaning:
    """Return settings that leave a page's own pictures where they stand: the build sees whether they are there."""
    own = frozenset(unquote(src.partition("?")[0]).removeprefix("/") for src in PICTURE.findall(markup))
    return replace(cleaning, pictures=own, base_path="/")


def outline_of(lines: list[str], statement: str = "") -> Body:
    """Return lines as the body of a release; the last of them that is a statement is taken out where none is known."""
    last = max((place for place, line in enumerate(lines) if STATEMENT.fullmatch(line)), default=None)
    if last is not None and not statement:
        statement, lines = lines[last], [*lines[:last], *lines[last + 1 :]]
    return Body("\n\n".join(lines), BodyFormat.GOV_OUTLINE, lines, statement, inked("".join(lines)))


def inked(text: str) -> str:
    """Return the characters of a text that a reader sees."""
    return "".join(UNSEEN_CHARS.sub("", html.unescape(text)).split())


def taken_statement(element: Tag) -> str:
    """Take the last block that is nothing but a reprint statement out of a page; return its words."""
    for block in reversed(leaves_of(element, ("p", "div", "li", "td"))):
        words = one_line(block.get_text())
        if STATEMENT.fullmatch(words):
            block.extract()
            return words
    return ""


def leaves_of(element: Tag, names: Iterable[str]) -> list[Tag]:
    """Return the elements of these names that hold no other of them."""
    found = element.find_all(list(names))
    known = set(map(id, found))
    around = set(nearest_each(found, known))
    return [tag for tag in found if id(tag) not in around]


def placed_lines(head: Iterable[str], body: Body) -> list[Line]:
    """Return the lines of an item that has nothing around it: head, body, statement, and what cleaning took out.

    A line that is neither in the text nor told by a rule is unplaced: a loss must never be silent.
    """
    gone = " ".join(words for _, words in body.removed)
    ends = {inked(words) for _, words in body.removed} - {""}  # a source note may end a line that stays
    lengths = sorted(set(map(len, ends)))
    placed = [Line(0, text, Part.HEAD) for text in head if text]
    at = 0  # of the text that is left: its lines come in their order, and to search all of it for each takes minutes
    for line in body.lines:
        ink = inked(line)
        if body.kept.startswith(ink, at):
            at += len(ink)
            placed.append(Line(0, line, Part.BODY))
            continue
        starts = (ink[:-length] for length in lengths if ink[-length:] in ends)
        if found := next((start for start in (ink, *starts) if start and start in body.kept), ""):
            at = max(body.kept.find(found), body.kept.find(found, at)) + len(found)
            placed.append(Line(0, line, Part.BODY))
        elif excerpt(line).rstrip("…") not in gone:
            placed.append(Line(0, line, Part.UNPLACED))
    placed += [Line(0, body.statement, Part.STATEMENT)] if body.statement else []
    placed += [Line(0, words, Part.DROPPED, rule) for rule, words in body.removed]
    return list(numbered(placed))


def blocks_with_places(soup: Tag, places: Iterable[tuple[str, str | Tag]] = ()) -> list[tuple[str, str]]:
    """Return the page's blocks of text with the name of the place each stands in (empty when it has none).

    `places` are (name, CSS selector or element); the innermost place names a block. Words belong to the innermost
    block.
    """
    named: dict[int, str] = {}
    for name, place in places:
        for region in [place] if isinstance(place, Tag) else soup.select(place):
            named.setdefault(id(region), name)
    body = soup.body or soup
    outside = next((named[id(parent)] for parent in body.parents if id(parent) in named), "")
    blocks: list[tuple[list[str], str]] = [([], named.get(id(body), outside))]
    # (node, the words of its block, the place it lies in): a stack, for pages are nested as deep as their makers like
    waiting = [(node, *blocks[0]) for node in reversed(body.contents)]
    while waiting:
        node, words, place = waiting.pop()
        if isinstance(node, Tag):
            if node.name in UNSEEN:
                continue
            place = named.get(id(node), place)
            if node.name in BLOCKS:
                words = []
                blocks.append((words, place))
            waiting += [(child, words, place) for child in reversed(node.contents)]
        elif not isinstance(node, SILENT):
            words.append(str(node))
    texts = (("".join(words), place) for words, place in blocks)
    lines = ((HOLE if HOLE in text else one_line(text), place) for text, place in texts)
    return [(line, place) for line, place in lines if line]


def smallest_around(elements: Iterable[Tag]) -> Tag:
    """Return the smallest element that holds all of these, or is the only one."""
    first, *others = elements
    around = [first, *first.parents]
    places = {id(element): place for place, element in enumerate(around)}
    smallest, met = 0, set[int]()
    for other in others:
        for element in chain([other], other.parents):
            if id(element) in met:  # and what is around it has been met
                break
            if id(element) in places:
                smallest = max(smallest, places[id(element)])
                break
            met.add(id(element))
    return around[smallest]


def hollowed(element: Tag) -> None:
    """Leave a mark where a body was, so that what stands around it can be looked at by itself."""
    element.clear()
    element.append(HOLE)
