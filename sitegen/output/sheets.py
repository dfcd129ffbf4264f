"""Style sheets → one, small: its parts joined, then the site's own colours and fonts. What takes them apart is told.

A part that leaves a bracket open would take all that follows into it, and with it the look of the whole site.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from sitegen.config import Styling
from sitegen.errors import ConfigError
from sitegen.problems import Problem, Severity, Where, place_of

TO_KEEP: Final = re.compile(rb"//[#@]|/\*!|@license|@preserve|copyright", re.IGNORECASE)  # in a comment
COMMENT_OR_STRING: Final = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|/\*.*?\*/""", re.DOTALL)
# What a bracket, a quote or a comment of a style sheet may stand in, and those that stand in nothing.
TOKEN: Final = re.compile(
    r"""/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\burl\(\s*(?!["'])(?:\\.|[^\s()"'\\])*\s*\)|\\."""
    r"""|(?P<mark>/\*|["'(){}\[\]])""",
    re.DOTALL | re.IGNORECASE,
)
PAIRS: Final = {"{": "}", "(": ")", "[": "]"}
ENDLESS: Final = {
    "/*": "a comment that does not end",
    '"': "a quote that does not end",
    "'": "a quote that does not end",
}
# What counts at the head of a style sheet alone; and what may stand before it, with comments and texts elsewhere.
AT_HEAD: Final = re.compile(
    r"""(?P<other>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|/\*.*?\*/)|@charset\s+"[^"]*"\s*;\n?"""
    r"""|(?P<named>@import\b(?:"[^"]*"|'[^']*'|\((?:[^()"']|"[^"]*"|'[^']*'|\([^()]*\))*\)|[^;{}"'()])*;)\n?""",
    re.DOTALL | re.IGNORECASE,
)
HEAD: Final = re.compile(r"(?:\s*(?:/\*.*?\*/|@layer [^{};]+;))*\s*", re.DOTALL)
NO_BREAK: Final = re.compile(r"[^\n]")
LAYER: Final = re.compile(r"@layer [\w-]+\{")
QUOTE: Final = re.compile("[\"']")
BLANKS: Final = re.compile(r"(^[\w-]+:) (?=[^{]*;$)| (\{)$")  # that a declaration or a selector can spare
ZERO: Final = re.compile(r"(?<![\w.])0\.(?=\d)")
COMBINATOR: Final = re.compile(r" ([>+~]) ")
PAPER: Final = ("#fcfbf8", "#121415")  # of css/parts/20-tokens.css
# The settings' words for colours → the style sheet's.
COLOUR_NAMES: Final = {
    "background": "--paper",
    "surface": "--raised",
    "text": "--ink",
    "accent": "--accent",
    "focus": "--focus",
    "mark": "--mark",
}
# How light (OKLCH) a colour that was given alone is in the light and in the dark scheme: letters of any hue then have
# a contrast of 4.5 on the default grounds, and the default letters on grounds of any hue.
LETTERS: Final = ("min(l, 0.5) c h", "max(l, 0.82) c h")
GROUND: Final = ("max(l, 0.94) min(c, 0.06) h", "min(l, 0.3) min(c, 0.06) h")
TEXT: Final = ("min(l, 0.45) min(c, 0.1) h", "max(l, 0.88) min(c, 0.1) h")
IN_BOTH: Final = {"text": TEXT, "background": GROUND, "surface": GROUND, "mark": GROUND}


def style_sheet(parts: Mapping[Path, bytes], styling: Styling) -> str:
    """Return the style sheet that is made of parts, in order. Raises ConfigError for what would take it apart."""
    texts = {path: text_of(data, path) for path, data in parts.items()}
    if faults := [problem for path, text in texts.items() for problem in faults_in(text, path)]:
        raise ConfigError(*faults)
    return with_head(joined([squeezed(text) for text in texts.values()])) + styling_rules(styling)


def text_of(data: bytes, path: Path) -> str:
    """Return the text of a style sheet. Raises ConfigError."""
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")  # within the whole it would be part of a selector
    except UnicodeDecodeError as error:
        where, details = Where(str(path), *place_of(error)), (("byte", str(error.start + 1)),)
        raise ConfigError(Problem(code="CONF005", severity=Severity.ERROR, where=where, details=details)) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def faults_in(css: str, path: Path) -> Iterator[Problem]:
    """Yield the first bracket, quote or comment that has no end, or no beginning."""
    if (found := loose_end(css)) is not None:
        place, reason = found
        where = Where(str(path), *line_and_column(css, place))
        yield Problem(code="CSS001", severity=Severity.ERROR, where=where, details=(("reason", reason),))


def line_and_column(text: str, place: int) -> tuple[int, int]:
    """Return the line and column of a place in a text."""
    return text.count("\n", 0, place) + 1, place - text.rfind("\n", 0, place)


def loose_end(css: str) -> tuple[int, str] | None:
    """Return where a bracket, quote or comment stands that has no other end, and what it is."""
    opened: list[re.Match[str]] = []
    for found in TOKEN.finditer(css):
        mark = found["mark"]
        if mark in PAIRS:
            opened.append(found)
        elif mark in ENDLESS:
            return found.start(), ENDLESS[mark]
        elif mark and opened and PAIRS[opened[-1]["mark"]] == mark:
            opened.pop()
        elif mark and (mark != "}" or not opened):  # a brace ends what was left open within it
            return found.start(), f"{mark} that nothing opens"
        elif mark:
            break
    return (opened[-1].start(), f"{opened[-1]['mark']} that does not close") if opened else None


def with_head(sheet: str) -> str:
    """Return a style sheet with what its parts import at its head, where alone it counts, without their encodings."""
    if "@import" not in sheet and "@charset" not in sheet:
        return sheet
    named = [found["named"] for found in AT_HEAD.finditer(sheet) if found["named"]]
    rest = AT_HEAD.sub(lambda found: found["other"] or "", sheet)
    before = HEAD.match(rest)
    end = before.end() if named and before else 0
    return "\n".join((*([rest[:end].rstrip()] if end else []), *named, rest[end:]))


def without_comments(css: str) -> str:
    """Return a style sheet with blanks for comments: every place in it is where it was."""
    return COMMENT_OR_STRING.sub(lambda found: found[1] or NO_BREAK.sub(" ", found[0]), css)


def squeezed(css: str) -> str:
    """Return a style sheet without comments, indents, empty lines and the blanks that it can spare.

    Comments that tell a licence come first.
    """
    kept = [found[0] for found in COMMENT_OR_STRING.finditer(css) if not found[1] and TO_KEEP.search(found[0].encode())]
    bare = COMMENT_OR_STRING.sub(lambda found: found[1] or "", css)
    lines = (BLANKS.sub(r"\1\2", line.strip()) for line in bare.splitlines())
    parts: list[str] = []
    for line in filter(None, lines):
        if line.startswith("}") and parts and parts[-1].endswith(";"):
            parts[-1] = parts[-1][:-1]
        parts.append(closer(line) if not QUOTE.search(line) else line)
        if not line.endswith(("{", ";", ",", "}")):
            parts.append("\n")
    return "\n".join((*kept, "".join(parts).strip()))


def closer(line: str) -> str:
    """Return a line of a style sheet that has no text without what it can spare.

    That is the blanks behind commas and around combinators, and zeros before a point.
    """
    line = line.replace(", ", ",")
    line = line if "url(" in line else ZERO.sub(".", line)
    is_selector = line.endswith("{") and not line.startswith(("@", "(")) and "calc(" not in line and ";" not in line
    return COMBINATOR.sub(r"\1", line) if is_selector else line


def joined(sheets: Sequence[str]) -> str:
    """Return style sheets in one. What one ends and the next begins again is one layer that goes on."""
    whole = ""
    layer = None
    for sheet in sheets:
        found = LAYER.match(sheet) if is_one_block(sheet) else None
        goes_on = found is not None and found[0] == layer
        whole = f"{whole[:-1]}{sheet.removeprefix(layer or '')}" if goes_on else f"{whole}\n{sheet}".lstrip()
        layer = found[0] if found else None
    return whole


def is_one_block(sheet: str) -> bool:
    """Return whether a style sheet is one rule with all others in it."""
    depth = 0
    marks = re.findall(r"[{}]", COMMENT_OR_STRING.sub("", sheet))
    for place, mark in enumerate(marks, 1):
        depth += 1 if mark == "{" else -1
        if not depth:
            return place == len(marks) and sheet.endswith("}")
    return False


def styling_rules(styling: Styling) -> str:
    """Return the rules of the site's own colours and fonts; outside any layer, so that they win."""
    rules = [f"{COLOUR_NAMES[token]}:light-dark({','.join(in_both(token, given))})" for token, given in styling.colours]
    if "accent" in dict(styling.colours):
        rules.append("--accent-soft:color-mix(in oklab,var(--accent) 12%,var(--raised))")
    rules += [f"--font:{family}" for _, family in styling.fonts]
    return f"\n:root{{{';'.join(rules)}}}\n" if rules else "\n"


def paper_of(styling: Styling) -> tuple[str, str]:
    """Return the background of pages in the light and in the dark scheme, as the style sheet has it."""
    given = dict(styling.colours).get("background")
    light, dark = in_both("background", given) if given else PAPER
    return light, dark


def in_both(token: str, given: tuple[str, ...]) -> Iterator[str]:
    """Yield a colour in the light and in the dark scheme; one alone becomes dark or light enough for each."""
    first, *second = given
    if second:
        yield from given
    else:
        yield from (f"oklch(from {first} {shade})" for shade in IN_BOTH.get(token, LETTERS))
