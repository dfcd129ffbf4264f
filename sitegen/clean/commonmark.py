"""Markdown → HTML, by the one markdown-it instance: CommonMark with tables, strikethrough and footnotes.

CommonMark reads `**세계관세기구(WCO)**는` as plain stars, because a particle follows the closing mark without a
space. Here a mark beside a Korean, Chinese or Japanese letter may open and close as it does beside a space; but one
star behind a word is the sign of a note: `수출액*은 늘고 수입액*은 줄었다`.

It also reads `1945. 8. 15.` as a list in a list in a list, and drops notes and link targets that nothing leads to. Here
a line that begins with a date is words, and so is what would vanish. So is a sign between digits: `2*3*4`, `3~~5일`.
"""

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock, list_block, reference, table
from markdown_it.rules_block.table import escapedSplit, getLine
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter, Scanned
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from sitegen.clean.allowed import ALIGNED
from sitegen.clean.quick_markdown import BLOCK_TAG, DATE, SIGN_BETWEEN_DIGITS, are_in_turn

MAX_ADDED_CELLS: Final = 20_000  # to a table, that its rows be of one width
DATED: Final = re.compile(DATE)
BETWEEN_DIGITS: Final = re.compile(SIGN_BETWEEN_DIGITS)
# A link's target that is an address: `[붙임 1]: 시행계획` is words.
TARGET: Final = re.compile(
    r"\[(?P<label>(?:[^\[\]\\]|\\.)+)\]:\s*(?:(?P<nothing>#|<>)(?=\s|\Z)|<?(?:https?:|mailto:|data:image/|www\.|[\w.~%-]*/|#))",
    re.IGNORECASE | re.ASCII,
)
# A label; at the start of a line and before a colon, what it leads to is told.
LABEL: Final = re.compile(r"(?P<start>^[ >]*)?\[(?P<label>(?:[^\[\]\\]|\\.)+)\](?P<colon>:)?", re.MULTILINE)
TWO_STARS: Final = 2
FOUR_STARS: Final = 4
# What stands behind stars that end bold words and begin others: words, and an end of these.
BOLD_AGAIN: Final = re.compile(r"[^*]+\*\*(?:(?!\*)|\*\*(?=[^*\s]))")
CLOSING: Final = frozenset(")]}〉》」』】")
CJK: Final = re.compile(
    r"[\u1100-\u11ff\u2e80-\u2fdf\u3001-\u303f\u3040-\u30ff\u3130-\u318f\u31a0-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff01-\uff60\uff66-\uffdc]"
)


def scan_delimiters(state: StateInline, start: int, *, can_split_word: bool) -> Scanned:
    """Return what a run of marks at `start` may do; CJK letters beside it count as a border.

    As CommonMark 6.2 (left- and right-flanking), with the third condition of each widened to CJK.
    """
    marker = state.src[start]
    end = start
    while end < state.posMax and state.src[end] == marker:
        end += 1
    before = state.src[start - 1] if start else " "
    after = state.src[end] if end < state.posMax else " "
    before_space, after_space = before.isspace(), after.isspace()
    before_sign, after_sign = is_sign(before), is_sign(after)
    left = not after_space and (not after_sign or before_space or before_sign or is_cjk(before))
    right = not before_space and (not before_sign or after_space or after_sign or is_cjk(after))
    is_note = marker == "*" and end - start == 1 and is_sign_of_note(before, after)
    can_open = left and (can_split_word or not right or before_sign) and not is_note
    can_close = right and (can_split_word or not left or after_sign)
    return Scanned(can_open, can_close, end - start)


def is_sign_of_note(before: str, after: str) -> bool:
    """Return whether a lone star between two characters leads to a note: it stands behind a word."""
    is_letter = before.isalnum()
    return (is_letter and is_cjk(before)) or ((is_letter or before in CLOSING) and is_cjk(after))


def is_sign(char: str) -> bool:
    """Return whether a character is punctuation or a symbol."""
    return not (char.isalnum() or char.isspace() or is_cjk(char))


def is_cjk(char: str) -> bool:
    """Return whether a character is of a script that puts no spaces around words or their endings."""
    return CJK.match(char) is not None


def emphasis(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  markdown-it's signature
    """Tokenise `*` and `_` as markdown-it does, with our borders."""
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    scanned = scan_delimiters(state, state.pos, can_split_word=marker == "*")
    if marker == "*" and is_end_and_start(state, scanned):
        runs = [Scanned(can_open=False, can_close=True, length=2), Scanned(can_open=True, can_close=False, length=2)]
    else:
        runs = [scanned]
    for run in runs:
        push_marks(state, marker, run)
    state.pos += scanned.length
    return True


def push_marks(state: StateInline, marker: str, run: Scanned) -> None:
    """Put a run of marks into the text, each of which may open or close emphasis as the run may."""
    for _ in range(run.length):
        state.push("text", "", 0).content = marker
        state.delimiters.append(
            Delimiter(
                marker=ord(marker),
                length=run.length,
                token=len(state.tokens) - 1,
                end=-1,
                open=run.can_open,
                close=run.can_close,
            )
        )


def is_end_and_start(state: StateInline, run: Scanned) -> bool:
    """Return whether a run of stars ends bold words and begins others at once: `**질문 1.****답변 1.**`."""
    if run.length != FOUR_STARS or not (run.can_open and run.can_close) or not state.delimiters:
        return False
    last = state.delimiters[-1]
    is_bold = last.marker == ord("*") and last.length == TWO_STARS and last.open and not last.close
    return is_bold and BOLD_AGAIN.match(state.src, state.pos + run.length, state.posMax) is not None


def sign_between_digits(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  markdown-it's signature
    """Take a `*`, or a run of `~`, that stands between digits as it is."""
    found = BETWEEN_DIGITS.match(state.src, state.pos, state.posMax)
    if silent or found is None:
        return False
    state.push("text", "", 0).content = found[0]
    state.pos = found.end()
    return True


def begins_with_date(state: StateBlock, line: int) -> bool:
    """Return whether a line begins with a date."""
    return DATED.match(state.src, state.bMarks[line] + state.tShift[line], state.eMarks[line]) is not None


def list_of_no_dates(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  markdown-it's
    """Begin a list where no date begins."""
    return not begins_with_date(state, start) and list_block(state, start, end, silent)


def date_ends_list(state: StateBlock, start: int, _end: int, silent: bool) -> bool:  # noqa: FBT001  markdown-it's
    """End a list before a line that would be its next item; the words are for the rules that follow."""
    return silent and begins_with_date(state, start)


def date_ends_line(state: StateBlock, start: int, _end: int, silent: bool) -> bool:  # noqa: FBT001  markdown-it's
    """End a paragraph before a date that stands left of the item around it, or below a line that begins with one."""
    is_left = state.sCount[start] < state.blkIndent
    return silent and begins_with_date(state, start) and (is_left or (start > 0 and begins_with_date(state, start - 1)))


def keep_idle_notes(state: StateCore) -> None:
    """Put a note that nothing leads to, or a second of its name, into the text as it was written."""
    numbers = state.env.get("footnotes", {}).get("refs", {})
    seen: set[str] = set()
    open_notes: list[bool] = []  # whether each is idle
    kept: list[Token] = []
    waiting = ""  # what stands before the next words
    for token in state.tokens:
        if token.type == "footnote_reference_open":
            label = token.meta["label"]
            open_notes.append(label in seen or numbers.get(f":{label}", -1) < 0)
            seen.add(label)
            waiting = f"[^{label}]: " if open_notes[-1] else ""
            kept += [] if open_notes[-1] else [token]
            continue
        if token.type == "footnote_reference_close":
            kept += lone_paragraph(waiting) if waiting else []  # of code alone, or of nothing
            kept += [] if open_notes.pop() else [token]
            waiting = ""
            continue
        if waiting and token.type == "inline" and token.children is not None:
            token.children.insert(0, Token("text", "", 0, content=waiting))
            waiting = ""
        kept.append(token)
    state.tokens = kept


def number_as_written(state: StateCore) -> None:
    """Give the items of a numbered list their numbers where these are not one after the other; equal ones mean none."""
    open_lists: list[list[Token]] = []
    for token in state.tokens:
        if token.type in ("ordered_list_open", "bullet_list_open"):
            open_lists.append([])
        elif token.type == "list_item_open":
            open_lists[-1].append(token)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            items = open_lists.pop()
            numbers = [int(item.info) for item in items if item.info]
            if not are_in_turn(numbers):
                for item, before, number in zip(items[1:], numbers, numbers[1:], strict=False):
                    item.attrs |= {"value": number} if number != before + 1 else {}


def lone_paragraph(words: str) -> list[Token]:
    """Return a paragraph of plain words."""
    inline = Token("inline", "", 0, content=words, children=[Token("text", "", 0, content=words)])
    return [Token("paragraph_open", "p", 1), inline, Token("paragraph_close", "p", -1)]


def table_of_all_cells(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  markdown-it's
    """Read a table; where a row has more cells than the head, all rows become as wide, empty cells at their ends."""
    first = len(state.tokens)
    is_table = table(state, start, end, silent)
    if silent or not is_table:
        return is_table
    rows = [token.map[0] for token in state.tokens[first:] if token.type == "tr_open" and token.map]
    written = [cells_in(state, line) for line in rows]
    width, widest = len(written[0]), max(map(len, written))
    is_small = (widest - width) * len(rows) <= MAX_ADDED_CELLS
    if widest > width:
        kept: list[Token] = []
        left = iter(written)
        for token in state.tokens[first:]:
            if token.type == "tr_close":
                beyond = next(left)[width:]
                missing = widest - width - len(beyond) if is_small else 0
                for words in (*beyond, *[""] * missing):
                    inline = Token("inline", "", 0, content=words, children=[])
                    kept += [Token("td_open", "td", 1), inline, Token("td_close", "td", -1)]
            kept.append(token)
        state.tokens[first:] = kept
    return True


def cells_in(state: StateBlock, line: int) -> list[str]:
    """Return what is written in the cells of a table's row."""
    cells = [cell.strip() for cell in escapedSplit(getLine(state, line).strip())]
    cells = cells[1:] if cells[:1] == [""] else cells
    return cells[:-1] if cells[-1:] == [""] else cells


def reference_to_address(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  markdown-it's
    """Take a link's target out of the text where it is one, and something leads to it; `[//]: #` is a remark."""
    position = state.bMarks[start] + state.tShift[start]
    found = TARGET.match(state.src, position)
    is_target = found is not None and (bool(found["nothing"]) or is_led_to(found["label"], state))
    return is_target and reference(state, start, end, silent)


def is_led_to(label: str, state: StateBlock) -> bool:
    """Return whether a text has a label elsewhere than where its target is told."""
    if "labels" not in state.env:
        labels = (found for found in LABEL.finditer(state.src) if found["start"] is None or not found["colon"])
        state.env["labels"] = frozenset(normalizeReference(found["label"]) for found in labels)
    return normalizeReference(label) in state.env["labels"]


def note_reference(_renderer: object, tokens: list[Token], index: int, *_: object) -> str:
    """Return the raised number in the text that leads to a footnote."""
    number = tokens[index].meta["id"] + 1
    again = f"-{tokens[index].meta['subId'] + 1}" if tokens[index].meta.get("subId") else ""
    return f'<sup><a id="n-ref{number}{again}" href="#n-note{number}" role="doc-noteref">{number}</a></sup>'


def note_open(_renderer: object, tokens: list[Token], index: int, *_: object) -> str:
    """Return the start of a footnote."""
    return f'<li id="n-note{tokens[index].meta["id"] + 1}">'


def note_anchor(_renderer: object, tokens: list[Token], index: int, *_: object) -> str:
    """Return the link from a footnote back to its place."""
    number = tokens[index].meta["id"] + 1
    again = f"-{tokens[index].meta['subId'] + 1}" if tokens[index].meta.get("subId") else ""
    return f' <a href="#n-ref{number}{again}" role="doc-backlink">↩</a>'


def notes_open(_renderer: object, *_: object) -> str:
    """Return the start of the list of footnotes."""
    return "<hr><ol>"


def notes_close(_renderer: object, *_: object) -> str:
    """Return the end of the list of footnotes."""
    return "</ol>"


def cell_open(_renderer: object, tokens: list[Token], index: int, *_: object) -> str:
    """Return the start of a table's cell, with the class of its column's alignment."""
    token = tokens[index]
    name = ALIGNED.get(str(token.attrs.get("style", "")).removeprefix("text-align:"))
    return f'<{token.tag} class="{name}">' if name else f"<{token.tag}>"


def make_markdown() -> MarkdownIt:
    """Return the parser: CommonMark with tables, strikethrough and footnotes; HTML passes (the gate judges it)."""
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    parser.use(footnote_plugin, inline=False)
    parser.block.ruler.at("list", list_of_no_dates, {"alt": ["paragraph", "reference", "blockquote"]})
    parser.block.ruler.before("list", "date", date_ends_list, {"alt": ["list"]})
    parser.block.ruler.before("list", "date_line", date_ends_line, {"alt": ["paragraph"]})
    parser.core.ruler.before("footnote_tail", "idle_notes", keep_idle_notes)
    parser.core.ruler.push("numbers", number_as_written)
    parser.block.ruler.at("table", table_of_all_cells, {"alt": ["paragraph", "reference"]})
    parser.block.ruler.at("reference", reference_to_address)
    parser.inline.ruler.at("emphasis", emphasis)
    parser.inline.ruler.before("strikethrough", "sign_between_digits", sign_between_digits)
    renderer = parser.renderer
    assert isinstance(renderer, RendererHTML)
    rules = renderer.rules
    rules["th_open"] = rules["td_open"] = cell_open.__get__(renderer)
    rules["footnote_ref"] = note_reference.__get__(renderer)
    rules["footnote_open"] = note_open.__get__(renderer)
    rules["footnote_anchor"] = note_anchor.__get__(renderer)
    rules["footnote_block_open"] = notes_open.__get__(renderer)
    rules["footnote_block_close"] = notes_close.__get__(renderer)
    return parser


PARSER: Final = make_markdown()


def reference_markdown(text: str) -> str:
    """Return the HTML of a Markdown text. Four leading spaces mean code only where no HTML block stands."""
    (PARSER.disable if BLOCK_TAG.search(text) else PARSER.enable)("code")
    return str(PARSER.render(text))
