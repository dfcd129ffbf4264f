"""Text of a body → what stands in it as text and was meant as something else, as it stands there.

Broken letters, letters of one program, marks of other generators and of Markdown, bullets of an outline run together.
"""

import html
import re
from itertools import islice
from typing import Final

from sitegen.model import BodyFormat, CleanBody
from sitegen.runtime.late import Late
from sitegen.site.entry import Settled

# U+FFFD, or the letters CP949 and UTF-8 turn into when read as Latin-1, many in a row.
MOJIBAKE: Final = re.compile(
    "\ufffd+|(?:[\u00c3\u00ec\u00eb\u00ea\u00ed][\u0080-\u00bf]{1,2}\\s?){3,}|(?:[\u00c3\u00ec\u00eb\u00ea]){4,}"
)
BROKEN_LETTERS: Final = "\ufffd\u00c3\u00ec\u00eb\u00ea\u00ed"
# Letters of private use, as HWP's own brackets and numbers or Wingdings' signs.
PRIVATE: Final = Late("([^\ue000-\uf8ff\U000f0000-\U0010fffd\n]{0,10})([\ue000-\uf8ff\U000f0000-\U0010fffd])(.{0,10})")
# Other generators' marks that nobody has carried out: Liquid's tags and outputs, kramdown's attributes.
MARKS: Final = re.compile(
    r"\{%-?\s*\w[^{}\n]*%\}|\{\{-?\s*\w[^{}\n]*\}\}|\{:\s*[\w.#][^{}\n]*\}|\{#[\w-]+\}$", re.MULTILINE
)
# WordPress's own, and of builders of pages.
SHORTCODES: Final = Late(
    r"\[/?(?:wp_caption|caption|gallery|playlist|audio|video|embed|youtube|contact-form(?:-7)?|vc_\w+|et_pb_\w+)"
    r"(?:[\s=][^\[\]\n]*)?\]"
)
SHORTCODE_HINTS: Final = (
    "caption",
    "gallery",
    "playlist",
    "[audio",
    "[video",
    "embed",
    "[youtube",
    "[contact-",
    "[vc_",
    "[et_",
)
# Markdown that stands as text: a link or picture whose address has a space, or that stands in HTML; a table without the
# line below its head; a heading without a space behind its marks; emphasis in HTML. And a tag whose quotation mark is
# missing. Stars behind a word, or with a space behind them, are an outline's signs of notes.
UNREAD: Final = Late(
    r"!?\[[^\[\]\n]*\]\((?:(?:https?:|/)[^\[\]()\n]*|[^\[\]()\n]*\.[A-Za-z][A-Za-z0-9]{1,4})\)"
    r"|^\|[^|\n]*\|[^|\n]*\|.*|<(?:a href|img src)=[^<>\n]*|^#{2,6}[^\s#].*"
    r"|(?<![*\w-])\*\*(?=[^\s*])(?:[^*\n'()]|\([^*\n()]*\)){1,80}(?<=\S)\*\*(?![*\d])",
    re.MULTILINE,
)
UNREAD_HINTS: Final = ("](", "<a href=", "<img src=", "| |", "##", "**")
CODE_OR_TAG: Final = re.compile(r"<(code|pre)\b.*?</\1>|<[^>]*>", re.DOTALL)
MAX_MARKS: Final = 20
MARK_CHARS: Final = 40  # shown of one
# Items of an outline in one line: of two ranks, or with the letter that is nothing but a bullet; □ 남 □ 여 is a choice.
ITEMS_IN_LINE: Final = re.compile(r"[□■] ?[^\s□■].*?\s[ㅇ○] \S|[ㅇ○] ?[^\sㅇ○].*?\s[□■] \S|ㅇ ?[^\sㅇ].*?\sㅇ \S")
# Bullets that begin a line, as written; and how much of a line shows whether it stands below the one before.
BULLET_LINES: Final = Late(
    r"^[ \t>]*(?P<one>[□■○◦◆◇▶①-⑳ㅇ·] ?[^\s□■○◦◆◇▶].*)\n[ \t>]*(?P<two>[□■○◦◆◇▶①-⑳ㅇ·] ?[^\s□■○◦◆◇▶].*)", re.MULTILINE
)
BULLETS: Final = "□■○◦◆◇▶①ㅇ·"
LINE_START_CHARS: Final = 10
MAX_PAIRS: Final = 50


def run_on_in(text: str) -> str:
    """Return the first paragraph that several items of an outline have run together into, or an empty string."""
    if not ("ㅇ" in text or "□" in text or "○" in text or "■" in text):  # a letter is found in no time, a pair is not
        return ""
    return next((line for line in text.split("\n") if ITEMS_IN_LINE.match(line)), "")


def run_on_lines(written: str, settled: Settled) -> str:
    """Return the start of two lines of a body that begin with bullets and have run together, or an empty string."""
    if settled.entry.article.body_format is not BodyFormat.MARKDOWN or not any(mark in written for mark in BULLETS):
        return ""
    lines = settled.body.text.split("\n")
    for pair in islice(BULLET_LINES.pattern.finditer(written), MAX_PAIRS):
        one, two = (pair[line][:LINE_START_CHARS].strip() for line in ("one", "two"))
        if found := in_one_line(one, f" {two}", lines):
            return found[:MARK_CHARS]
    return ""


def in_one_line(one: str, two: str, lines: list[str]) -> str:
    """Return the first words that begin with `one` and end with `two`, on one of these lines; or an empty string."""
    for line in lines:
        start = line.find(one)
        end = line.find(two, start + len(one)) if start >= 0 else -1
        if end >= 0:
            return line[start : end + len(two)]
    return ""


def marks_in(body: CleanBody, rules: frozenset[str]) -> list[str]:
    """Return the marks of other generators that stand as text, each once; `rules` are those that changed the body.

    Code may show such marks.
    """
    text = body.text
    marks = [found[0] for found in MARKS.finditer(text)] if "{" in text else []
    if "[" in text and any(hint in text for hint in SHORTCODE_HINTS):
        marks += [found[0] for found in SHORTCODES.pattern.finditer(text)]
    return shown_outside_code(marks, body) + (['markdown="1"'] if "attr:markdown" in rules else [])


def unread_in(body: CleanBody) -> list[str]:
    """Return the Markdown or markup that stands as text, each once; code may show such."""
    if not any(hint in body.text for hint in UNREAD_HINTS):
        return []
    return shown_outside_code([match[0] for match in UNREAD.pattern.finditer(body.text)], body)


def shown_outside_code(marks: list[str], body: CleanBody) -> list[str]:
    """Return the starts of those marks that stand elsewhere than in code alone, each once."""
    if marks and ("<code" in body.html or "<pre" in body.html):
        said = html.unescape(CODE_OR_TAG.sub("", body.html))
        marks = [mark for mark in marks if mark in said]
    return [mark[:MARK_CHARS] for mark in dict.fromkeys(marks)][:MAX_MARKS]


def private_letter_in(text: str) -> str:
    """Return where a text has its first letter that only one program knows, or an empty string."""
    if text.replace("\n", "").isprintable():  # no letter of private use is
        return ""
    found = PRIVATE.pattern.search(text)
    return f"{found[1]}(U+{ord(found[2]):04X}){found[3]}" if found else ""


def mojibake_in(text: str) -> str:
    """Return the first broken characters of a text, or an empty string."""
    if not any(letter in text for letter in BROKEN_LETTERS):
        return ""
    found = MOJIBAKE.search(text)
    return found[0][:20] if found else ""
