"""XML from outside → elements: nothing expands, nothing is loaded, nothing is deeper or longer than a document is."""

import re
from typing import Any, Final
from xml.etree import ElementTree as ET

from sitegen.importers.capture import refused

MAX_DEPTH: Final = 200
CHUNK: Final = 65_536  # characters; depth is looked at after each
UNSAFE: Final = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)  # entities could expand or lead to other files

# Characters that no XML may hold, written out or as numbers; one of them and a parser refuses the whole.
FORBIDDEN: Final = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|&#0*(?:[0-8]|1[124-9]|2[0-9]|3[01]);|&#[xX]0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]);"
)
ITEM: Final = re.compile(r"<(?:item|entry)\b")
MENDED: Final = "characters that no XML may hold were taken out: compare it with the original"


def without_forbidden(text: str) -> tuple[str, frozenset[int]]:
    """Return an XML text without characters that it may not hold, and the places of the items that held some.

    A space stands for each: a word processor's line break may be among them.
    """
    if not FORBIDDEN.search(text):
        return text, frozenset()
    items = ITEM.split(text)[1:]
    held = frozenset(place for place, item in enumerate(items) if FORBIDDEN.search(item))
    return FORBIDDEN.sub(" ", text), held


def root_of(text: str, shown: str) -> ET.Element:
    """Return the root of an XML text. Raises ContentError (FILE004) with its line."""
    unsafe = UNSAFE.search(text)
    if unsafe:
        raise refused("FILE004", shown, text.count("\n", 0, unsafe.start()) + 1, reason="DOCTYPE")
    parser: Any = ET.XMLPullParser(("start", "end"))  # its events are typed too loosely
    depth = 0
    root: ET.Element | None = None
    text = text.lstrip("\ufeff \t\n")
    try:
        for start in range(0, len(text), CHUNK):
            parser.feed(text[start : start + CHUNK])
            for event, element in parser.read_events():
                depth += 1 if event == "start" else -1
                root = element if root is None else root
                if depth > MAX_DEPTH:
                    raise refused("FILE004", shown, reason=f"XML, depth > {MAX_DEPTH}")
        parser.close()
    except (ET.ParseError, ValueError) as error:  # ValueError: a declared encoding that a text cannot have
        line = error.position[0] if isinstance(error, ET.ParseError) else 1
        raise refused("FILE004", shown, line, reason=f"XML, {error}") from error
    if root is None:
        raise refused("FILE004", shown, reason="XML")
    return root


def local(element: ET.Element) -> str:
    """Return an element's name without its namespace: standards change theirs with each edition."""
    return element.tag.rpartition("}")[2]
