"""A tree → its markup and its visible text, in one walk; and the share of the text that is bold."""

import html
import re
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from sitegen.clean.allowed import BLOCKS
from sitegen.clean.tree import TRANSPARENT, Element

VOID: Final = frozenset({"br", "hr", "img"})
# Raised figures: a text without markup has letters of their own for them, or 10<sup>3</sup> would be read as 103.
RAISED: Final = re.compile(r"<sup>([0-9()+\-−=]{1,8})</sup>")
POWER: Final = re.compile(rf"(?<=[0-9]){RAISED.pattern}")
RAISED_LETTERS: Final = str.maketrans("0123456789()+-−=", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾⁺⁻⁻⁼")


class Written(NamedTuple):
    """A tree as markup (escaped, blocks on lines of their own) and as text (one block a line, white space single)."""

    html: str
    text: str
    bold: int  # characters; white space does not count
    visible: int  # characters of the text that are not white space

    @property
    def bold_share(self) -> float:
        """Return the share of the visible characters that are bold, 0 to 1."""
        return round(self.bold / self.visible, 3) if self.visible else 0.0


def write(root: Element) -> Written:
    """Return the children of a tree as markup and text."""
    writer = Writer()
    writer.write_children(root)
    text = "\n".join(lines_of("".join(writer.words)))
    return Written("".join(writer.markup), text, writer.bold, visible_in(text))


def visible_in(text: str) -> int:
    """Return the number of visible characters of a written text, whose white space is spaces and line ends."""
    return len(text) - text.count(" ") - text.count("\n")


def lines_of(words: str) -> list[str]:
    """Return the lines of a text that say something, white space single."""
    if words.replace("\n", "").isprintable() and "  " not in words:  # no white space but single spaces and line ends
        lines = [line.strip(" ") for line in words.split("\n")]
    else:
        lines = [" ".join(line.split()) for line in words.split("\n")]
    return [line for line in lines if line]


def with_raised(markup: str, which: re.Pattern[str] = RAISED) -> str:
    """Return our own markup with raised figures as letters, for those who read its text alone.

    `which`: only `POWER`s, where words are looked for: the numbers of notes would become part of a word.
    """
    return which.sub(lambda found: found[1].translate(RAISED_LETTERS), markup) if "<sup>" in markup else markup


def ink(text: str) -> int:
    """Return the number of characters of a text that are not white space."""
    return len("".join(text.split()))


@dataclass(slots=True)
class Writer:
    """The markup and words written so far, and the number of bold characters among them."""

    markup: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    bold: int = 0
    keeps_lines: bool = False  # within `pre`

    def write_children(self, element: Element) -> None:
        """Write what stands in an element."""
        markup, words = self.markup, self.words
        separate = element.tag in ("div", "blockquote")
        is_first = True
        for child in element.children:
            if isinstance(child, str):
                markup.append(escaped(child))
                words.append(self.in_line(child))
            elif child.tag in BLOCKS:
                if separate and markup and not is_first:
                    markup.append("\n")
                words.append("\n")
                self.write_element(child)
                words.append("\n")
            elif child.tag == TRANSPARENT or (child.tag == "a" and not child.attributes):
                self.write_children(child)
            else:
                self.write_element(child)
            is_first = False

    def write_element(self, element: Element) -> None:
        """Write an element and what stands in it."""
        tag, attributes, children = element.tag, element.attributes, element.children
        written = written_attributes(attributes) if attributes else ""
        if len(children) == 1 and isinstance(children[0], str) and tag != "pre":  # most elements: one text
            text = children[0]
            self.markup.append(f"<{tag}{written}>{escaped(text)}</{tag}>")
            self.words.append(self.in_line(text))
            if tag == "strong":
                self.bold += ink(text)
            return
        self.markup.append(f"<{tag}{written}>")
        if tag in VOID:
            if tag == "br":
                self.words.append("\n")
            return
        start = len(self.words)
        kept_lines = self.keeps_lines
        self.keeps_lines = kept_lines or tag == "pre"
        self.write_children(element)
        self.keeps_lines = kept_lines
        self.markup.append(f"</{tag}>")
        if tag == "strong":
            self.bold += ink("".join(self.words[start:]))

    def in_line(self, text: str) -> str:
        """Return a text as a reader sees its lines."""
        return text if self.keeps_lines or "\n" not in text else text.replace("\n", " ")


def written_attributes(attributes: dict[str, str]) -> str:
    """Return attributes as markup writes them."""
    return "".join([f' {name}="{html.escape(value)}"' for name, value in attributes.items()])


def escaped(text: str) -> str:
    """Return a text as markup writes it."""
    if "&" in text or "<" in text or ">" in text:
        return html.escape(text, quote=False)
    return text
