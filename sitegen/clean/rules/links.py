"""Links: a clean address or none. A link without one leaves its words; in Markdown a bare web address becomes one."""

import re
from typing import Final

from sitegen.clean.address import clean_url
from sitegen.clean.rules import PLACE, Work
from sitegen.clean.tree import TRANSPARENT, Element, excerpt
from sitegen.runtime.late import Late

# Korean letters belong to it where they begin a part of it (`/소식/보고서.pdf`) or another part follows (`/2026년/`),
# and to the sentence anywhere else: the particle of `https://www.korea.kr에서`, and one alone after a last `/`.
PARTICLE: Final = (
    r"(?:에서|에게|까지|부터|으로|처럼|보다|라고|라는|라며|이라|이며|이고|이나|이다|입니다|참조|참고|확인|[에로을를은는이가의와과도만및나])+"
    r"(?![가-힣\w/])"
)
# What ends a sentence's own word after a Korean part, and no noun.
ENDING: Final = Late(r"(?<=[가-힣]{2})(?:에서|으로)(?:는|도)?$|(?<=[가-힣]{2})(?:까지|부터|를|입니다)$")
BARE_URL: Final = Late(
    rf"https?://[A-Za-z0-9.-]+(?:[/?#](?:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]|(?<=[/?&=_-])(?!{PARTICLE})[가-힣]+"
    r"|[가-힣]+(?=[/=&_-]\w))*)?"
)
SENTENCE_ENDS: Final = frozenset(".,;:!?'*_~")
DEAD_ADDRESS: Final = "dead-address"
NO_PLACE: Final = re.compile(r"\W*(?:javascript|vbscript|data|about|blob):", re.IGNORECASE)  # leads to no document
UNLINKED: Final = frozenset({"a", "code", "kbd", "pre", "samp"})


def link_bare_addresses(root: Element, work: Work) -> None:
    """Make links of the web addresses that stand bare in a Markdown body."""
    if not work.is_markdown:
        return
    for element in root.elements():
        texts = (child for child in element.children if isinstance(child, str))
        if element.tag not in UNLINKED and any("://" in text for text in texts):
            element.children = [part for child in element.children for part in linked(child, work)]


def linked(child: Element | str, work: Work) -> list[Element | str]:
    """Return a text as words and links, or an element as it is."""
    if isinstance(child, Element) or "://" not in child:
        return [child]
    parts: list[Element | str] = []
    position = 0
    for found in BARE_URL.pattern.finditer(child):
        url = ENDING.pattern.sub("", trimmed(found[0]))
        link = Element("a", {"href": url}, [url])
        work.reading.links.append(link)
        parts += [child[position : found.start()], link]
        position = found.start() + len(url)
    return [*parts, child[position:]]


def trimmed(url: str) -> str:
    """Return an address without the signs that end the sentence, the bracket or the emphasis it stands in."""
    spare = {close: url.count(close) - url.count(opening) for opening, close in ("()", "[]")}
    end = len(url)
    while end and (url[end - 1] in SENTENCE_ENDS or spare.get(url[end - 1], 0) > 0):
        end -= 1
        if url[end] in spare:
            spare[url[end]] -= 1
    return url[:end]


def clean_links(_root: Element, work: Work) -> None:
    """Clean every link's address; a link that leads nowhere becomes its words.

    Links inside the page wait until the headings' anchors are settled, but for those to a place that is not there:
    their words have to be folded with those around them.
    """
    places = work.places.keys() | work.kept_ids | {name for name, _ in work.led_to}
    for link in work.reading.links:
        written = link.attributes.get("href")
        is_lost = written is not None and written.startswith("#") and not work.is_markdown and written[1:] not in places
        if written is None or written.strip() == "#" or is_lost:  # a button of the old page
            link.tag = TRANSPARENT if link.attributes.keys().isdisjoint((PLACE, "id")) else link.tag
            link.attributes.pop("href", None)
        elif not (written.startswith("#") and len(written) > 1):
            clean_link(link, written, work)
        else:
            continue
        link.attributes.pop("role", None)  # a note's link leads to another place of its text


def clean_link(link: Element, written: str, work: Work) -> None:
    """Clean one link's address in place."""
    url = clean_url(written)
    if not url:
        work.found("bad-url", excerpt(written))
        if written.strip() and not NO_PLACE.match(written):
            work.found(DEAD_ADDRESS, excerpt(written))
        link.tag, link.attributes = TRANSPARENT, {}
        return
    work.links.append(url)
    link.attributes["href"] = work.settings.base_path + url[1:] if url.startswith("/") else url
