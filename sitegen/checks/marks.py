"""Text of a body → what stands in it as text and was meant as something else, as it stands there.

Broken letters, letters of one program, marks of other generators and of Markdown, bullets of an outline run together.
"""

import html
import re
from itertools import islice, pairwise
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
# Other generators' marks that nobody has carried out: Liquid's tags and outputs, Hugo's shortcodes (over several lines,
# too), kramdown's attributes.
MARKS: Final = re.compile(
    r"\{%-?\s*\w[^{}\n]*%\}|\{\{[<%-]?\s*[\w\"'./$][^{}]*\}\}|\{:\s*[\w.#][^{}\n]*\}|\{#[\w-]+\}$", re.MULTILINE
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
# Markdown that stands as text: a link or picture whose address has a space, or that stands in HTML; a table whose line
# below its head is missing or has other cells than it; a heading without a space behind its marks; emphasis in HTML.
# And a tag whose quotation mark is missing. Stars behind a word, or with a space behind them, are signs of notes.
UNREAD: Final = Late(
    r"!?\[[^\[\]\n]*\]\((?:(?:https?:|/)[^\[\]()\n]*|[^\[\]()\n]*\.[A-Za-z][A-Za-z0-9]{1,4})\)"
    r"|^[^|\n]*+\|[^\n]*+\n[ |:]*+-{3,}[ :]*\|[ :]*-{3,}.*|(?<!-)-{3,} *\| *:?-{3,}.*"
    r"|^\|[^|\n]*\|[^|\n]*\|.*|<(?:a href|img src)=[^<>\n]*|^#{2,6}[^\s#].*"
    r"|(?<![*\w-])\*\*(?=[^\s*])(?:[^*\n'()]|\([^*\n()]*\)){1,80}(?<=\S)\*\*(?![*\d])",
    re.MULTILINE,
)
UNREAD_HINTS: Final = ("](", "<a href=", "<img src=", "| |", "|\n", "--", "##", "**")
# Emphasis without its start or end: a line that begins with it, or an end and a start without a space between.
STRAY: Final = (
    r"^\*{2}(?=[^\s*])[^*\n]*\n(?:\*\*(?=\s|\Z)|[^*\n]*[^\s*]\*\*$)|^\*{4}(?=[^\s*])[^*\n]*$"
    r"|(?<![^*\n])[^*\n]*[.?!:](?: ?\*{4}$|\*{4}(?=[^\W\d_])[^*\n]*)"
)
STRAY_STARS: Final = Late(STRAY, re.MULTILINE)
STRAY_OR_OPEN: Final = Late(rf"{STRAY}|^\*\*(?=[^\s*])[^*\n]*$", re.MULTILINE)
STARS_ALONE: Final = ("**", "****")
STARS_AFTER_CHARS: Final = 20  # shown before them
# Beside one star or three nobody knows whether two or four are signs of notes, too; nor beside two behind a word.
NOTE_STARS: Final = Late(r"(?<!\*)\*(?:\*\*)?(?!\*)")
STARS_BEHIND: Final = Late(r"(?<=[\w)])\*\*(?!\*)")
# Tags that stand as text: one that says how it looks, a pair, one on a line of its own; and what is indented like code.
TAG_NAMES: Final = "h[1-6]|b|p|li|span|strong|div"
TAGS: Final = Late(
    rf"<(?:{TAG_NAMES})\s[^<>\n=]*+=[^<>\n]*+>|<(?P<name>{TAG_NAMES})>[^<>\n]+</(?P=name)>|^</(?:{TAG_NAMES})>$",
    re.MULTILINE,
)
INDENTED_TAGS: Final = Late(
    rf"<pre><code>(&lt;(?:/(?:{TAG_NAMES})&gt;(?=\s*</code>)|(?:{TAG_NAMES}) (?:style|data-ke-[a-z]+)=[^<\n]*))"
)
CODE_OR_TAG: Final = re.compile(r"<(code|pre)\b.*?</\1>|<[^>]*>", re.DOTALL)
MAX_MARKS: Final = 20
MARK_CHARS: Final = 40  # shown of one
# Items of an outline in one line: of two ranks, or with the letter that is nothing but a bullet; □ 남 □ 여 is a choice.
ITEMS_IN_LINE: Final = re.compile(r"[□■] ?[^\s□■].*?\s[ㅇ○] \S|[ㅇ○] ?[^\sㅇ○].*?\s[□■] \S|ㅇ ?[^\sㅇ].*?\sㅇ \S")
# Bullets that begin a line, as written, and how much of a line shows whether it stands below the one before. Signs that
# may be something else are bullets in two lines of one kind.
BULLET_LINES: Final = Late(
    r"^[ \t>]*(?P<one>[□■○◦◆◇▶①-⑳ㅇ·] ?[^\s□■○◦◆◇▶].*)\n[ \t>]*(?P<two>[□■○◦◆◇▶①-⑳ㅇ·] ?[^\s□■○◦◆◇▶].*)", re.MULTILINE
)
BULLETS: Final = "□■○◦◆◇▶①ㅇ·"
LETTER_OF_RANK: Final = "[가나다라마바사아자차카타파하]"
LINES_OF_KIND: Final = tuple(
    (hints, Late(rf"^[ \t>]*(?P<one>{kind}\S.*)\n[ \t>]*(?P<two>{kind}\S.*)", re.MULTILINE))
    for hints, kind in (
        (("❍",), "❍ ?"),
        (("❶", "❷"), "[❶-❿] ?"),
        (("➀", "➁"), "[➀-➉] ?"),
        (("▲", "△"), "[▲△] ?"),
        (("▸",), "▸ ?"),
        (("※",), "※ ?"),
        (("–", "―"), "[–―] ?"),
        (("나. ", "나) "), rf"{LETTER_OF_RANK}[.)] "),
        (("(2) ", "(나) "), rf"\((?:\d{{1,2}}|{LETTER_OF_RANK})\) "),
    )
)
LINE_START_CHARS: Final = 10
MAX_PAIRS: Final = 50


def run_on_in(text: str) -> str:
    """Return the first paragraph that several items of an outline have run together into, or an empty string."""
    if not ("ㅇ" in text or "□" in text or "○" in text or "■" in text):  # a letter is found in no time, a pair is not
        return ""
    return next((line for line in text.split("\n") if ITEMS_IN_LINE.match(line)), "")


def run_on_lines(written: str, settled: Settled) -> str:
    """Return the start of two lines of a body that begin with bullets and have run together, or an empty string."""
    if settled.entry.article.body_format is not BodyFormat.MARKDOWN:
        return ""
    kinds = [pattern for hints, pattern in LINES_OF_KIND if any(hint in written for hint in hints)]
    if any(mark in written for mark in BULLETS):
        kinds.insert(0, BULLET_LINES)
    lines = settled.body.text.split("\n") if kinds else []
    for kind in kinds:
        for pair in islice(kind.pattern.finditer(written), MAX_PAIRS):
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
    text, found = body.text, []
    if any(hint in text for hint in UNREAD_HINTS):
        found += [match[0] for match in UNREAD.pattern.finditer(text)]
    if "**" in text:
        found += stray_stars_in(body)
    if "<" in text:
        found += [match[0] for match in TAGS.pattern.finditer(text)]
    if not found and "<pre><code>&lt;" not in body.html:
        return []
    indented = (html.unescape(match[1])[:MARK_CHARS] for match in INDENTED_TAGS.pattern.finditer(body.html))
    return [*shown_outside_code(found, body), *dict.fromkeys(indented)][:MAX_MARKS]


def stray_stars_in(body: CleanBody) -> list[str]:
    """Return the lines with a start of emphasis without its end, or an end without its start."""
    text = body.text
    if NOTE_STARS.pattern.search(text):
        return []
    is_in_use = "<strong>" in body.html and not STARS_BEHIND.pattern.search(text)
    stray = STRAY_OR_OPEN if is_in_use else STRAY_STARS
    lines = text.split("\n") if not has_code(body) else []
    alone = ((before, line) for before, line in pairwise(["", *lines]) if line in STARS_ALONE)
    found = [f"{before} {line}".strip() for before, line in alone if not before.startswith("**")]
    found += [match[0] for match in stray.pattern.finditer(text)]
    return [mark[max(0, mark.index("**") - STARS_AFTER_CHARS) :] for mark in found]


def shown_outside_code(marks: list[str], body: CleanBody) -> list[str]:
    """Return the starts of those marks that stand elsewhere than in code alone, each once."""
    if marks and has_code(body):
        said = html.unescape(CODE_OR_TAG.sub("", body.html))
        marks = [mark for mark in marks if mark in said]
    return [mark[:MARK_CHARS] for mark in dict.fromkeys(marks)][:MAX_MARKS]


def has_code(body: CleanBody) -> bool:
    """Return whether a body shows code."""
    return "<code" in body.html or "<pre" in body.html


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
