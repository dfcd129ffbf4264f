"""HWPX: the numbers and bullets before paragraphs, which only the word processor writes; no paragraph holds its own."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain, zip_longest
from typing import Final, NamedTuple
from xml.etree import ElementTree as ET

from sitegen.characters import whole_number_in
from sitegen.clean.signs import BULLETS, WINGDINGS, plain_letter
from sitegen.importers.safe_xml import local

# Letters that stand for numbers, by the kinds of the standard.
NUMBER_LETTERS: Final = {
    "CIRCLED_DIGIT": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "LATIN_CAPITAL": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "LATIN_SMALL": "abcdefghijklmnopqrstuvwxyz",
    "HANGUL_SYLLABLE": "가나다라마바사아자차카타파하",
    "CIRCLED_HANGUL_SYLLABLE": "㉮㉯㉰㉱㉲㉳㉴㉵㉶㉷㉸㉹㉺㉻",
    "HANGUL_JAMO": "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ",
    "CIRCLED_HANGUL_JAMO": "㉠㉡㉢㉣㉤㉥㉦㉧㉨㉩㉪㉫㉬㉭",
    "HANGUL_PHONETIC": "일이삼사오육칠팔구십",
    "IDEOGRAPH": "一二三四五六七八九十",
    "CIRCLED_IDEOGRAPH": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
    "DECAGON_CIRCLE": "갑을병정무기경신임계",
    "DECAGON_CIRCLE_HANJA": "甲乙丙丁戊己庚辛壬癸",
    "CIRCLED_LATIN_CAPITAL": "ⒶⒷⒸⒹⒺⒻⒼⒽⒾⒿⓀⓁⓂⓃⓄⓅⓆⓇⓈⓉⓊⓋⓌⓍⓎⓏ",
    "CIRCLED_LATIN_SMALL": "ⓐⓑⓒⓓⓔⓕⓖⓗⓘⓙⓚⓛⓜⓝⓞⓟⓠⓡⓢⓣⓤⓥⓦⓧⓨⓩ",
}
ROMAN: Final = frozenset({"ROMAN_CAPITAL", "ROMAN_SMALL"})
ROMAN_SIGNS: Final = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
MAX_ROMAN: Final = 4000
# In a form: `^2` is the number of the second level (`^:` of the tenth), `^n` all to this one, `^N` with a point behind.
MARK: Final = re.compile(r"\^([1-9:nN])")
PRIVATE_USE: Final = re.compile(r"[\ue000-\uf8ff]")


class Heading(NamedTuple):
    """What a shape of paragraphs puts before them: its kind, the list or bullet it follows, and the level there."""

    kind: str  # NUMBER, OUTLINE, BULLET
    follows: str
    level: int  # from 1
    is_checked: bool


class Form(NamedTuple):
    """How a level of a list is numbered: the letters, the text around its marks, the number it begins with."""

    kind: str
    pattern: str
    start: int


class Head(NamedTuple):
    """What stands before a paragraph. `is_known` no: what we cannot write as the word processor shows it."""

    text: str
    is_known: bool = True


NO_HEAD: Final = Head("")


@dataclass(slots=True)
class Heads:
    """The heads of a document's paragraphs in their order: what a paragraph is numbered depends on those before it."""

    headings: Mapping[str, Heading]
    lists: Mapping[str, Mapping[int, Form]]
    bullets: Mapping[str, tuple[str, str]]  # as it stands, and checked
    outline: str = ""  # the list that the section's outline follows
    counts: dict[tuple[bool, str], dict[int, int]] = field(default_factory=dict)

    def head_of(self, shape: str) -> Head:
        """Return what stands before the next paragraph, which has this shape."""
        heading = self.headings.get(shape)
        if heading is None:
            return NO_HEAD
        if heading.kind == "BULLET":
            return bullet_head(self.bullets.get(heading.follows, ("", ""))[heading.is_checked])
        is_outline = heading.kind == "OUTLINE"
        name = self.outline if is_outline else heading.follows
        forms = self.lists.get(name, {})
        counts = counted_on(self.counts.get((is_outline, name), {}), heading.level, forms)
        self.counts[is_outline, name] = counts
        return number_head(forms, counts, heading.level)


def heads_in(header: ET.Element | None) -> Heads:
    """Return the heads that the header of a document declares."""
    headings: dict[str, Heading] = {}
    lists: dict[str, dict[int, Form]] = {}
    bullets: dict[str, tuple[str, str]] = {}
    for element in header.iter() if header is not None else ():
        name, own = local(element), element.get("id", "")
        if name == "paraPr" and (heading := heading_of(element)) is not None:
            headings[own] = heading
        elif name == "numbering":
            lists[own] = forms_of(element)
        elif name == "bullet":
            plain = "" if element.get("useImage") == "1" else element.get("char", "")
            bullets[own] = (plain, element.get("checkedChar") or plain)
    return Heads(headings, lists, bullets)


def heading_of(shape: ET.Element) -> Heading | None:
    """Return what a shape of paragraphs puts before them, or None."""
    found = next((part for part in shape.iter() if local(part) == "heading"), None)
    if found is None or found.get("type", "NONE") == "NONE":
        return None
    level = whole_number_in(found.get("level", "0")) + 1
    return Heading(found.get("type", ""), found.get("idRef", ""), level, shape.get("checked") in ("1", "true"))


def forms_of(numbering: ET.Element) -> dict[int, Form]:
    """Return the forms of a list by their levels."""
    forms = {}
    for head in numbering:
        if local(head) == "paraHead":
            level = whole_number_in(head.get("level", "1"))
            start = whole_number_in(head.get("start", "1"))
            start = max(start, whole_number_in(numbering.get("start", "0"))) if level == 1 else start
            forms[level] = Form(head.get("numFormat", "DIGIT"), "".join(head.itertext()).strip(), start)
    return forms


def counted_on(counts: Mapping[int, int], level: int, forms: Mapping[int, Form]) -> dict[int, int]:
    """Return the counts of a list with one more on a level; those below begin anew."""
    kept = {above: number for above, number in counts.items() if above < level}
    start = forms[level].start if level in forms else 1
    return {**kept, level: counts[level] + 1 if level in counts else start}


def number_head(forms: Mapping[int, Form], counts: Mapping[int, int], level: int) -> Head:
    """Return the number of a paragraph as its form writes it."""
    pattern = forms[level].pattern if level in forms else ""
    between, marks = MARK.split(pattern)[::2], MARK.findall(pattern)
    numbers = [number_at(mark, forms, counts, level) for mark in marks]
    is_known = level in forms and all(numbers) and not any("^" in text for text in between)
    text = "".join(chain.from_iterable(zip_longest(between, numbers, fillvalue="")))
    return Head(text if is_known else pattern, is_known)


def number_at(mark: str, forms: Mapping[int, Form], counts: Mapping[int, int], level: int) -> str:
    """Return what a mark of a form stands for, or nothing where that is not known: a path in letters."""
    if mark not in "nN":
        return letters_at(forms, counts, ord(mark) - ord("0"))
    path = range(1, level + 1)
    if any(forms[each].kind != "DIGIT" for each in path if each in forms):
        return ""
    return ".".join(letters_at(forms, counts, each) for each in path) + ("." if mark == "N" else "")


def letters_at(forms: Mapping[int, Form], counts: Mapping[int, int], level: int) -> str:
    """Return the number that a level of a list stands at; a level that nobody has counted yet is where it begins."""
    form = forms.get(level)
    return letters_for(form.kind, counts.get(level, form.start)) if form is not None else ""


def letters_for(kind: str, number: int) -> str:
    """Return a number in the letters of a kind, or nothing where they are not known."""
    if kind == "DIGIT":
        return str(number)
    if kind in ROMAN and 0 < number < MAX_ROMAN:
        letters = roman(number)
        return letters if kind == "ROMAN_CAPITAL" else letters.lower()
    letters = NUMBER_LETTERS.get(kind, "")
    return letters[number - 1] if 0 < number <= len(letters) else ""


def roman(number: int) -> str:
    """Return a number from 1 on in Roman capitals."""
    parts = []
    for value, sign in ROMAN_SIGNS:
        parts.append(sign * (number // value))
        number %= value
    return "".join(parts)


def bullet_head(letter: str) -> Head:
    """Return a bullet; a letter that only its own font shows, as the sign that all fonts show."""
    if PRIVATE_USE.search(letter):
        plain = plain_letter(letter)
        letter = WINGDINGS.get(plain) or BULLETS.get(plain, "")
    return Head(letter, is_known=bool(letter))
