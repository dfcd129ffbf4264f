"""HTML text → tree. Lexbor (selectolax) reads it as a browser would.

Reading already drops what may never stay, gives each thing one name and unwraps unknown tags, so that the rules meet
only the vocabulary of allowed.py (`div` = a block without meaning, unwrapped by the flow rule).

Two ways to the same tree: Lexbor's own markup, cut into tags (a post says `<p data-ke-size="size16">` a hundred times,
and each start tag is judged once); and its nodes one by one, for markup that is rare: dropped elements, comments.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from sitegen.clean import allowed
from sitegen.clean.address import clean_url, host_of, is_host_of
from sitegen.clean.signs import may_be_sign, sign_of
from sitegen.clean.tree import EXCERPT_CHARS, Element, Report, excerpt
from sitegen.model import Removal
from sitegen.runtime.late import Late

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

MAX_DEPTH: Final = 64  # deeper tags are unwrapped; real posts stay below 20
MAX_ATTRIBUTES: Final = 500
BLOATED: Final = re.compile(r"<(?P<name>[A-Za-z][A-Za-z0-9]*)\s[^<>]{4000,}>")  # long enough to have so many
ATTRIBUTES: Final = re.compile(r"""[^\s=<>"']+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?""")
MANY_TAGS: Final = 5_000
DEEPEST: Final = 512
ANY_TAG: Final = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][^\s/<>]*)[^<>]*>")
# Elements that end where another begins, and those that hold nothing.
CLOSED_BY_OTHERS: Final = frozenset(
    {
        "area", "base", "br", "caption", "col", "colgroup", "dd", "dt", "embed", "hr", "img", "input", "li", "link",
        "meta", "optgroup", "option", "p", "param", "rp", "rt", "source", "tbody", "td", "tfoot", "th", "thead", "tr",
        "track", "wbr",
    }
)  # fmt: skip
# A tag as Lexbor writes it. Anything else that begins with `<` (a comment, a strange name) is read node by node.
TAG: Final = re.compile(r"""(<(?:[a-z][^\s<>"'/=]*(?: [^\s<>"'/=]+="[^"]*")*|/[a-z][^\s<>"'/=]*)>)""")
ATTRIBUTE: Final = re.compile(r'([^\s=]+)="([^"]*)"')
UNCLOSED: Final = frozenset({"area", "basefont", "br", "hr", "img", "keygen", "wbr"})  # written without an end tag
# A style, in small letters and without spaces, that says something; of lines, one of several counts.
MEANT: Final = re.compile(
    r"(?:^|;)(?:(?:vertical-align:(super|sub)|display:(block))(?=;|!|$)|text-decoration(?:-line)?:[^;]*?(line-through))"
)
OFFER: Final = re.compile(r"(?<!\S)(\S+)\s+(\d+(?:\.\d+)?)[wx]")  # an address and its size in `srcset`
ADDRESS_STARTS: Final = ("http:", "https:", "/")
LAZY: Final = ("data-src", "data-original", "data-lazy-src")  # where a script looks for a picture's address
PLAYED: Final = {  # what else may hold the address of a recording or video
    "audio": "source[src]",
    "video": "source[src]",
    "object": 'embed[src], param[name="movie" i][value], param[name="src" i][value]',
}
LOOKS_ONLY: Final = frozenset({"b", "em", "font", "i", "span", "strong", "u"})  # what a sign may be wrapped in
WORDS_LOST: Final = "words-removed"
NEVER_MARKUP: Final = frozenset(
    {"align", "class", "color", "face", "height", "href", "id", "size", "src", "style", "width"}
)
# Comments, raw text and start tags, which are passed over; and an end tag that runs on into the words after it.
RUN_ON_END: Final = r"</[A-Za-z][A-Za-z0-9]*[^\s>/A-Za-z0-9:_-]"
TAKEN_IN: Final = Late(
    r"<!--.*?(?:-->|\Z)|<(?=(?:script|style|textarea|title|xmp)\b)(?P<raw>\w+).*?(?:</(?P=raw)\s*>|\Z)"
    r"|<[A-Za-z](?>(?:[^<>\"']++|\"[^\"]{0,2000}\"|'[^']{0,2000}'){0,200})>"
    rf"|(?P<end>{RUN_ON_END}[^>]*(?:>|\Z))",
    re.DOTALL | re.IGNORECASE,
)
HOLDING: Final = (allowed.PROSE | allowed.CELLS) - {"figcaption"}  # struck out as a whole, all they hold is
SAID_FIRST: Final = ("del", "sup", "sub", "div")  # of what one style says: that a word no longer holds
RAW_TEXT: Final = ("<xmp", "<plaintext")  # what they hold is written without escapes
MAX_REMEMBERED_TAGS: Final = 4096


@dataclass(slots=True)
class Reading:
    """A tree as read, with the elements that rules look for, in document order."""

    root: Element
    pictures: list[Element] = field(default_factory=list)
    links: list[Element] = field(default_factory=list)
    named: list[Element] = field(default_factory=list)  # those that came with an id
    spoken: list[Element] = field(default_factory=list)  # those that say in which language their words are, or run how
    has_split_words: bool = True  # an inline element may hold a block


class Start(NamedTuple):
    """What a start tag becomes. `name` is empty when its children take its place."""

    tag: str  # as written
    name: str
    attributes: dict[str, str]
    reports: tuple[Removal, ...]  # of the tag and its attributes
    is_dropped: bool = False
    is_unclosed: bool = False
    is_sign: bool = False  # what is in it may be a sign of another font
    inner: str = ""  # an element within it that takes its children


def read_html(text: str, report: Report, language: str = "ko") -> Reading:
    """Return the tree of an HTML fragment or document. `language`: of the words that stand for what goes."""
    body = parsed(text, report)
    if body is None:
        return Reading(Element("div"))
    if re.search(RUN_ON_END, text):
        report += [
            Removal(WORDS_LOST, excerpt(found["end"])) for found in TAKEN_IN.pattern.finditer(text) if found["end"]
        ]
    return read_tags(body.html or "", report) or read_nodes(body, report, language)


def parsed(text: str, report: Report) -> "LexborNode | None":
    """Return the body of an HTML fragment or document as Lexbor reads it."""
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415  for few bodies

    text = BLOATED.sub(lambda tag: without_attributes(tag, report), text)
    if text.count("<") > MANY_TAGS:
        text = without_depths(text)
    # with a doctype: on a page of today a table ends the paragraph before it
    return LexborHTMLParser(f"<!doctype html>{text}").body


def without_depths(text: str) -> str:
    """Return markup without the tags of elements far deeper than any that stays: they take time by the square."""
    depth = 0

    def kept(tag: re.Match[str]) -> str:
        nonlocal depth
        if tag["name"].lower() in CLOSED_BY_OTHERS:
            return tag[0]
        depth = max(0, depth - 1) if tag["end"] else depth + 1
        return tag[0] if depth + bool(tag["end"]) <= DEEPEST else ""

    return ANY_TAG.sub(kept, text)


def without_attributes(tag: re.Match[str], report: Report) -> str:
    """Return a very long tag, by itself if it has more attributes than anybody writes: they take time by the square."""
    if len(ATTRIBUTES.findall(tag[0])) <= MAX_ATTRIBUTES:
        return tag[0]
    report.append(Removal("attr:*", excerpt(tag[0])))
    return f"<{tag['name']}>"


def read_tags(markup: str, report: Report) -> Reading | None:
    """Return the tree of Lexbor's markup of a body, or None when there is more in it than plain tags and words."""
    pieces = TAG.split(markup)
    if len(pieces) // 2 != markup.count("<") or any(tag in markup for tag in RAW_TEXT):
        return None
    reading, found = Reading(Element("div")), list[Removal]()
    parent = Element("")  # takes the body itself
    stack: list[Element] = []
    words = iter(pieces)
    next(words)  # nothing stands before the body
    for tag, text in zip(words, words, strict=True):
        if tag[1] == "/":
            if not stack:
                return None
            parent = stack.pop()
        else:
            start = start_written(tag)
            if start.is_dropped or start.is_sign:
                return None
            if not stack:
                child = reading.root
            elif start.name:
                child = add_element(start, parent, len(stack), found, reading)
            else:
                child = parent
                found += start.reports
            if not start.is_unclosed:
                stack.append(parent)
                parent = child
        if text:
            parent.children.append(unescaped(text) if "&" in text else text)
    if stack:
        return None
    report += found
    return reading


@lru_cache(maxsize=MAX_REMEMBERED_TAGS)
def start_written(tag: str) -> Start:
    """Return what a start tag in Lexbor's markup becomes."""
    name = tag[1:-1].partition(" ")[0]
    return start_of(name, {name: unescaped(value) for name, value in ATTRIBUTE.findall(tag)})


def unescaped(text: str) -> str:
    """Return the text that HTML serialisation escaped."""
    for escape, char in (("&quot;", '"'), ("&nbsp;", "\xa0"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(escape, char)
    return text


def read_nodes(body: "LexborNode", report: Report, language: str = "ko") -> Reading:
    """Return the tree of Lexbor's nodes."""
    reading = Reading(Element("div"))
    # (node, element that takes its children, depth); a stack instead of recursion: depth is the author's to choose
    stack: list[tuple[LexborNode | None, Element, int]] = [(body.first_child, reading.root, 1)]
    while stack:
        node, parent, depth = stack.pop()
        while node is not None:
            tag = node.tag or ""
            if tag == "-text":
                parent.children.append(node.text_content or "")
            elif tag and tag[0].isalpha():
                start = start_of(tag, {name: value or "" for name, value in node.attributes.items()})
                first = None if start.is_dropped else node.first_child
                if start.is_dropped:
                    drop(node, tag, parent, report, reading, language)
                elif start.is_sign and add_sign(node, parent, report):
                    first = None
                else:
                    child = add_element(start, parent, depth, report, reading)
                if first is not None:
                    stack.append((node.next, parent, depth))
                    node, parent, depth = first, child, depth + 1
                    continue
            node = node.next
    return reading


def start_of(tag: str, attributes: dict[str, str]) -> Start:
    """Return what a start tag becomes."""
    if tag in allowed.DROPPED or not allowed.WIDGET_CLASSES.isdisjoint(attributes.get("class", "").split()):
        return Start(tag, "", {}, (), is_dropped=True)
    is_unclosed = tag in UNCLOSED
    name = allowed.RENAMED.get(tag, tag)
    renamed: tuple[Removal, ...] = (Removal(f"{tag}->{name}", ""),) if name != tag else ()
    if name in allowed.WRAPPERS:
        if tag not in ("body", "html"):
            renamed += (Removal(f"unwrap:{tag}", ""),)
        name = "div"
    elif name in allowed.LOOKS and "style" in attributes:
        name = styled(name, attributes["style"])
    is_plain = name == "span" or (name not in allowed.INLINE and name not in allowed.BLOCKS)
    is_sign = is_plain and may_be_sign(tag, attributes)
    if tag == "bdi":
        attributes = {"dir": "auto", **attributes}
    if is_plain and (is_unclosed or not is_spoken(attributes)):
        reports = (*renamed, Removal(f"unwrap:{tag}", ""))
        return Start(tag, "", {}, reports, is_unclosed=is_unclosed, is_sign=is_sign)
    name = "span" if is_plain else name
    stripped: Report = []
    kept = kept_attributes(name, attributes, stripped)
    inner = "del" if name in HOLDING and meaning_of(attributes.get("style", "")) == "del" else ""
    return Start(tag, name, kept, (*renamed, *stripped), is_unclosed=is_unclosed, is_sign=is_sign, inner=inner)


def is_spoken(attributes: dict[str, str]) -> bool:
    """Return whether attributes say of an element's words in which language they are, or how they run."""
    return any(name in attributes and said(attributes[name]) for name, said in allowed.SPOKEN.items())


def add_element(start: Start, parent: Element, depth: int, report: Report, reading: Reading) -> Element:
    """Add the element that a start tag becomes to `parent`; return who takes its children."""
    if start.reports:
        report += start.reports
    name = start.name
    if not name:
        return parent
    if depth > MAX_DEPTH:
        report.append(Removal("too-deep", name))
        return parent
    attributes = start.attributes.copy()
    element = Element(name, attributes, [])
    parent.children.append(element)
    if name == "a":
        reading.links.append(element)
    elif name == "img":
        reading.pictures.append(element)
    if attributes and "id" in attributes:
        reading.named.append(element)
    if attributes and ("lang" in attributes or "dir" in attributes):
        reading.spoken.append(element)
    if start.inner:
        inner = Element(start.inner, {}, [])
        element.children.append(inner)
        reading.has_split_words = True  # whatever it holds is in an inline element now
        return inner
    return element


def drop(node: "LexborNode", tag: str, parent: Element, report: Report, reading: Reading, language: str) -> None:
    """Report an element that goes with all it holds, and the words in it; an embedded video leaves a link."""
    rule = f"removed:{tag}" if tag in allowed.DROPPED else "ad-or-widget"
    report.append(Removal(rule, excerpt(node.html or "")))
    embed = video_link(tag, address_played(node, tag), language)
    if embed is not None:
        parent.children.append(Element("div", {}, [embed]))
        reading.links.append(embed)
    elif tag in allowed.WORDED and (words := words_of(node)):
        report.append(Removal(WORDS_LOST, words))


def address_played(node: "LexborNode", tag: str) -> str:
    """Return the address of what a frame or player shows, wherever it is written."""
    holder = node.css_first(PLAYED[tag]) if tag in PLAYED else None
    given = [node.attributes.get(name) or "" for name in ("src", *LAZY, "data")]
    if holder is not None:
        given += [holder.attributes.get(name) or "" for name in ("src", "value")]
    found = [address for address in given if address]
    return next((address for address in found if address.startswith(ADDRESS_STARTS)), found[0] if found else "")


def add_sign(node: "LexborNode", parent: Element, report: Report) -> bool:
    """Put the sign that an element's letters are shown as in its place; return whether they are one."""
    text = node.text()
    is_plain = all(part.tag in LOOKS_ONLY for part in node.css("*"))
    sign = sign_of(text, node.attributes.get("style") or "") if is_plain else ""
    if sign:
        report.append(Removal("letter->sign", excerpt(text)))
        parent.children.append(sign)
    return bool(sign)


def words_of(node: "LexborNode") -> str:
    """Return what a reader saw of an element that goes, in short."""
    words = node.text()
    for control in node.css(allowed.CONTROLS):
        words = words.replace(control.text(), "", 1)
    return excerpt(words)


def kept_attributes(tag: str, attributes: dict[str, str], report: Report) -> dict[str, str]:
    """Return the attributes that stay; the others are reported. Ids stay until the headings' rule renames them."""
    if tag == "img":
        promote_lazy(attributes)
    allowed_here = allowed.ATTRIBUTES.get(tag, frozenset())
    kept = {}
    for name, value in attributes.items():
        if name in allowed.SPOKEN and tag not in allowed.WORDLESS and (said := allowed.SPOKEN[name](value)):
            kept[name] = said
            continue
        if name in allowed_here:
            form = allowed.VALUES.get(name)
            if form is None:
                kept[name] = value
            elif fitting := form.fullmatch(value.strip()):
                kept[name] = fitting[1]
            continue
        if name == "id" or (name == "name" and tag == "a"):
            kept["id"] = value
        if name == "class" and tag in ("td", "th") and value in allowed.ALIGNED.values():
            kept["class"] = value
            continue
        report.append(Removal(f"attr:{name}", value[:EXCERPT_CHARS]))
        if not name.isascii() or (name in NEVER_MARKUP and "</" in value):  # a quotation mark or bracket is missing
            report.append(Removal(WORDS_LOST, excerpt(f"{name} {value}")))
    return kept


def promote_lazy(attributes: dict[str, str]) -> None:
    """Put the address a script would load into `src`."""
    for name in LAZY:
        is_missing = not attributes.get("src") or attributes["src"].startswith("data:")
        is_address = attributes.get(name, "").startswith(ADDRESS_STARTS)  # then `src` is a spacer or a blur
        if is_address or (is_missing and attributes.get(name)):
            attributes["src"] = attributes.pop(name)
    if not attributes.get("src") or attributes["src"].startswith("data:"):
        offered = [(float(size), address) for address, size in OFFER.findall(attributes.get("srcset", ""))]
        attributes |= {"src": max(offered)[1]} if offered else {}


def styled(name: str, style: str) -> str:
    """Return the element that a style makes of another where it changes what is said; looks alone change nothing."""
    meaning = meaning_of(style)
    if meaning and (name == "span" or meaning != "div"):
        return meaning
    if name == "strong":  # Google Docs wraps all it copies in such a one
        return "span" if re.search(r"(?:^|;)font-weight:(?:normal|400)", style.lower().replace(" ", "")) else name
    return "mark" if name == "span" and is_highlight(style) else name


def meaning_of(style: str) -> str:
    """Return the element that says what a style says, or an empty text."""
    rules = "".join(style.lower().split()) if ":" in style else ""
    said = {allowed.MEANING[found[1] or found[2] or found[3]] for found in MEANT.finditer(rules)}
    return next((tag for tag in SAID_FIRST if tag in said), "")


def is_highlight(style: str) -> bool:
    """Return whether a style sets a background and nothing else: the author's text marker."""
    if "background" not in style.lower():
        return False
    rules = [rule.partition(":") for rule in style.lower().split(";") if rule.strip()]
    plain = ("transparent", "inherit", "initial", "none", "white", "#fff", "#ffffff")
    return bool(rules) and all(
        name.strip() in ("background", "background-color") and value.strip() not in plain and "url" not in value
        for name, _, value in rules
    )


def video_link(tag: str, address: str, language: str) -> Element | None:
    """Return the link an embedded video or recording becomes, or None."""
    url = clean_url(address) if tag in ("iframe", "embed", "object", "video", "audio") else ""
    host = host_of(url)
    is_player = tag in ("audio", "video")
    if not (is_player and (host or url.startswith("/"))) and not (host and is_host_of(host, allowed.VIDEO_HOSTS)):
        return None
    words = allowed.MEDIA_WORDS[language]["audio" if tag == "audio" else "video"]
    return Element("a", {"href": url}, [f"{words} ({host})" if host else words])
