"""Words in angle brackets stay words: Korean releases write a work's title as `<Parasite>`, `<K-POP 스타>`, `<Time>`.

A browser takes such a title for a tag and shows nothing of it; one named like an element that is dropped (`<Title>`,
`<Video>`) would take the rest of the article with it. So what is no markup is escaped before anybody parses it: a start
tag without attributes that nothing closes, with a name that is no element's, or is written as a word is.
"""

import html
import re
from typing import Final

from sitegen.clean.allowed import BLOCKS, DROPPED, INLINE, RENAMED, WRAPPERS
from sitegen.clean.reading import WORDS_LOST
from sitegen.clean.tree import Report, excerpt
from sitegen.model import Removal

# The elements of nearly every post: a text with no other needs no second look.
COMMON: Final = frozenset(
    {
        "a", "b", "blockquote", "br", "code", "dd", "del", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2",
        "h3", "h4", "h5", "h6", "hr", "i", "img", "li", "mark", "ol", "p", "pre", "s", "small", "span", "strong", "sub",
        "sup", "table", "tbody", "td", "th", "thead", "tr", "u", "ul",
    }
)  # fmt: skip
# A name; or what would begin a comment that a browser passes over: `<?물음?>`, `</참고>`, `<![CDATA[`.
NAME: Final = re.compile(r"<([A-Za-z][^\s<>/=\"']*|[!?/][^\x00-\x7f]|!\[CDATA\[)")
MARKS: Final = frozenset("ABIQSU")  # of a grade or a step; of old pages only <P> stands alone, too
NO_COMMENT: Final = re.compile(r"<(?=[!?/][^\x00-\x7f])")
CDATA: Final = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
BRACKETS: Final = re.compile(r"<(?P<name>[A-Za-z][^\s<>/=\"']*)(?P<more>(?:[ \t][^<>=\"'/]*)?)>")
END: Final = re.compile(r"</([a-z][^\s<>/=\"']*)")
ADDRESS: Final = re.compile(r"<(?:https?://|[\w.+-]+@[\w-]+\.)[^\s<>]*>", re.ASCII)
# Elements that nobody closes, or need not, and those that only ever are markup.
LONE: Final = frozenset(
    {
        "area", "base", "basefont", "bgsound", "body", "big", "caption", "center", "col", "colgroup", "embed", "font",
        "frame", "head", "html", "input", "link", "meta", "nobr", "optgroup", "option", "param", "rb", "rp", "rt",
        "rtc", "source", "strike", "tfoot", "track", "tt", "wbr",
    }
)  # fmt: skip
MARKUP: Final = (COMMON - {"code", "mark", "small", "figure"}) | (LONE - {"body", "frame", "link", "source", "track"})
OTHERS: Final = frozenset(
    {
        "acronym", "bdi", "bdo", "blink", "data", "dfn", "image", "ins", "isindex", "keygen", "label", "layer",
        "marquee", "menuitem", "output", "picture", "ruby", "slot", "spacer", "time", "xml",
    }
)  # fmt: skip
ELEMENTS: Final = COMMON | LONE | OTHERS | DROPPED | INLINE | BLOCKS | WRAPPERS | frozenset(RENAMED)
OFFICE: Final = re.compile(r"[a-z][a-z0-9]{0,5}:[A-Za-z]")  # <o:p>, <st1:place>: Word's own
# Elements whose words are taken for no markup, to their end tag: without one, to the end of the text.
RAW: Final = frozenset({"iframe", "noembed", "noframes", "noscript", "script", "style", "textarea", "title", "xmp"})
VERBATIM: Final = ("<xmp", "<plaintext")


def with_words(text: str, report: Report) -> str:
    """Return HTML in which words in angle brackets are words; what swallows the rest of the text is reported."""
    if "<!--" in text:
        tell_open_comment(text, report)
    names = set(NAME.findall(text))
    if names <= COMMON:
        return text
    low = text.lower()
    if any(name in low for name in VERBATIM):
        return text
    closed_part, end, rest = text.rpartition("]]>")  # behind it every mark would look for its end
    text = NO_COMMENT.sub("&lt;", CDATA.sub(r"\1", closed_part + end) + rest)
    text = ADDRESS.sub(lambda found: html.escape(found[0], quote=False), text)
    closed = set(END.findall(low))
    if any(name.isupper() and name.lower() in ELEMENTS and name not in MARKS for name in names):
        closed.update(map(str.lower, MARKS))  # an old page writes all its tags so
    text = BRACKETS.sub(lambda found: escaped(found, closed), text)
    for name in sorted(RAW.intersection(map(str.lower, names)) - closed):
        found = re.compile(rf"<{name}\b[^>]*>", re.IGNORECASE).search(text, 0, text.rfind(">") + 1)
        if found and text[found.end() :].strip():
            report.append(Removal(WORDS_LOST, excerpt(text[found.start() :])))
    return text


def escaped(found: re.Match[str], closed: set[str]) -> str:
    """Return what stands in brackets as words, or the tag it is."""
    return html.escape(found[0], quote=False) if is_words(found["name"], found["more"], closed) else found[0]


def is_words(name: str, more: str, closed: set[str]) -> bool:
    """Return whether `<name more>` is no tag; `closed`: the names that have an end tag somewhere."""
    low = name.lower()
    if not name.isascii():
        return True
    if low in closed or OFFICE.match(name):
        return False
    if len(name) == 1 and name.isupper() and low != "p":
        return True
    if low in MARKUP:
        return False
    is_title = (name[0].isupper() and not name.isupper()) or not more.isascii()
    return low not in ELEMENTS or is_title or (low in DROPPED - LONE and low not in ("script", "style"))


def tell_open_comment(text: str, report: Report) -> None:
    """Report a comment that does not end: a parser takes all that follows for a part of it."""
    start = text.find("<!--")
    while start >= 0:
        end = text.find("-->", start + 2)
        if end < 0:
            report.append(Removal(WORDS_LOST, excerpt(text[start:])))
            return
        start = text.find("<!--", end)
