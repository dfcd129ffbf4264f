"""Languages: a part in another language than the article's says so, and so does one that runs the other way.

Before the flow, which takes elements apart, each text gets a mark of its own; after all other rules the largest part
that is in one language says it once. A mark that cannot be true (Word calls Korean `EN-US`) goes: a screen reader would
spell the words out. Directions stay where they were written, if there is anything in the body that runs from the right.
"""

from collections.abc import Iterable
from typing import Final

from sitegen.clean.allowed import BLOCKS
from sitegen.clean.folding import Nodes, joined
from sitegen.clean.rules import Work
from sitegen.clean.rules.flow import is_or_holds_block, settle_flow
from sitegen.clean.tree import TRANSPARENT, Element
from sitegen.languages import LETTER, RIGHT_TO_LEFT, are_one, may_be_in

OWN: Final = ""  # the language of a part: the article's own
MIXED: Final = "*"  # or several


def part_languages(root: Element, work: Work) -> None:
    """Before the flow: put each text in another language into a `span` of its own; no other element says a language."""
    spoken = work.reading.spoken
    if not spoken:
        return
    drop_idle_directions(root, spoken)
    for element in spoken:
        if element.tag == "div" and "dir" in element.attributes:
            hand_down(element, element.attributes.pop("dir"))
    mark(root, OWN, work)


def drop_idle_directions(root: Element, elements: Iterable[Element]) -> bool:
    """Take the directions off elements below `root` where nothing runs from the right; return whether any had one."""
    running = [element for element in elements if "dir" in element.attributes]
    if not running or RIGHT_TO_LEFT.pattern.search(root.text()):
        return False
    for element in running:
        element.attributes.pop("dir", "")
        if element.tag == "span" and not element.attributes:
            element.tag = TRANSPARENT
    return True


def hand_down(wrapper: Element, said: str) -> None:
    """Give the direction of a wrapper to what is in it: to each block, or to all as one paragraph."""
    if not any(map(is_or_holds_block, wrapper.children)):
        wrapper.tag = "p"
        wrapper.attributes["dir"] = said
        return
    for child in wrapper.children:
        if isinstance(child, Element) and child.tag == "div" and "dir" not in child.attributes:
            hand_down(child, said)
        elif isinstance(child, Element) and child.tag in BLOCKS:
            child.attributes.setdefault("dir", said)


def mark(element: Element, said: str, work: Work) -> None:
    """Mark the texts below an element that are in another language than the article's. `said`: around them."""
    for at, child in enumerate(element.children):
        if isinstance(child, str):
            if language := believed(said, child, work):
                element.children[at] = Element("span", {"lang": language}, [child])
            continue
        language = child.attributes.pop("lang", said)
        mark(child, language, work)
        if child.tag == "img" and (language := believed(language, child.attributes.get("alt", ""), work)):
            child.attributes["lang"] = language
        if child.tag == "span" and not child.attributes:
            child.tag = TRANSPARENT


def believed(said: str, text: str, work: Work) -> str:
    """Return the language that a text is said to be in, or OWN where that is nothing new or cannot be."""
    if not said or not LETTER.search(text) or are_one(said, work.known.language):
        return OWN
    if may_be_in(text, said):
        return said
    work.found("attr:lang", said)
    return OWN


def tell_languages(root: Element, work: Work) -> None:
    """After all other rules: have the largest part that is in one language say so."""
    if not work.reading.spoken:
        return
    if drop_idle_directions(root, root.elements()):  # what ran from the right was no news
        settle_flow(root, work)
    root.children = with_languages(*unmarked(root))


def unmarked(element: Element) -> tuple[Nodes, list[str | None]]:
    """Return the children of an element without marks, and the language of each (None: whatever stands beside it)."""
    nodes: Nodes = []
    languages: list[str | None] = []
    for child in element.children:
        if isinstance(child, Element) and child.tag == "span" and "lang" in child.attributes:
            said = child.attributes["lang"] if LETTER.search(child.text()) else None  # a credit may have been taken
            nodes += child.children
            languages += [said] * len(child.children)
        else:
            nodes.append(child)
            languages.append(language_in(child))
    return nodes, languages


def language_in(node: "Element | str") -> str | None:
    """Return the one language of a part, None where it has no words; of several each is told in it."""
    if isinstance(node, str):
        return OWN if LETTER.search(node) else None
    if node.tag == "img":
        language = node.attributes.get("lang", OWN if LETTER.search(node.attributes.get("alt", "")) else None)
        node.attributes = {name: value for name, value in node.attributes.items() if name != "lang"}
        return language
    nodes, languages = unmarked(node)
    found = {language for language in languages if language is not None}
    if len(found) > 1 or MIXED in found:
        node.children = with_languages(nodes, languages)
        return MIXED
    node.children = joined(nodes)
    return found.pop() if found else None


def with_languages(nodes: Nodes, languages: list[str | None]) -> Nodes:
    """Return nodes of which each run in another language than the article's says so."""
    result: Nodes = []
    at = 0
    while at < len(nodes):
        language, end = languages[at], at + 1
        if language is None or language in (OWN, MIXED):
            result.append(nodes[at])
        else:
            end = run_end(nodes, languages, at)
            result.append(in_language(joined(nodes[at:end]), language))
        at = end
    return joined(result)


def run_end(nodes: Nodes, languages: list[str | None], at: int) -> int:
    """Return where the inline content in one language that begins at a place ends; a block is told of by itself."""
    end = at + 1
    for place, node in enumerate(nodes[at:], at):
        if is_block(node) or languages[place] not in (None, languages[at]):
            break
        if languages[place] is not None:
            end = place + 1
    return end


def in_language(nodes: Nodes, language: str) -> Element:
    """Return nodes as one element that says its language."""
    only = nodes[0] if len(nodes) == 1 else ""
    if isinstance(only, str) or (only.tag == "a" and not only.attributes):  # such a link is written as its words
        return Element("span", {"lang": language}, nodes)
    only.attributes = {**only.attributes, "lang": language}  # the parts of a link share theirs
    return only


def is_block(node: "Element | str") -> bool:
    """Return whether a node is a block."""
    return isinstance(node, Element) and node.tag in BLOCKS
