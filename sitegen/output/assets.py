"""Static folders → output files. Theme files get names that change with their bytes; everything else keeps its own.

`css/parts/*.css` become one `css/site.css` (one request, small files to edit); the site's own colours and fonts follow.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import Final, NamedTuple

from sitegen.config import Styling
from sitegen.errors import ConfigError
from sitegen.model import OutputFile
from sitegen.problems import Problem, Severity, Where, place_of
from sitegen.render.sources import EARLY_SCRIPT
from sitegen.render.theme import digest_name

HASHED: Final = ("css/", "js/", "fonts/")
PARTS: Final = "css/parts/"
STYLE_SHEET: Final = "css/site.css"
MODULE: Final = ".js"
SCRIPTS: Final = "js/"
TO_KEEP: Final = re.compile(rb"//[#@]|/\*!|@license|@preserve|copyright", re.IGNORECASE)  # in a comment
# In a line of a script: a text without a backtick, a template that ends in it, what may hold a backtick that begins
# none, and what ends in another line.
PLAIN_TEXT: Final = re.compile(rb"""\"[^"\\`]*"|'[^'\\`]*'""")
WHOLE_TEMPLATE: Final = re.compile(rb"""`[^`$"']*(?:\$\{[^`{}"']*\}[^`$"']*)*`""")
STRAY: Final = re.compile(rb"`|[=(,:!&|?;{}]\s*/(?!\*)|\s//")
OPEN: Final = re.compile(rb"\\$|\S.*/\*(?!.*\*/)")
# `import { a } from "./b.js";` at the start of a line, `import("../c.js")` anywhere.
IMPORT: Final = re.compile(
    r"""(^(?:import|export)\b[^"';]*["']|\bimport\(\s*["'])(\.{1,2}/(?:[\w.-]+/)*)([\w.-]+\.js)(["'])""", re.MULTILINE
)
COMMENT_OR_STRING: Final = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|/\*.*?\*/""", re.DOTALL)
LAYER: Final = re.compile(r"@layer [\w-]+\{")
QUOTE: Final = re.compile("[\"']")
BLANKS: Final = re.compile(r"(^[\w-]+:) (?=[^{]*;$)| (\{)$")  # that a declaration or a selector can spare
ZERO: Final = re.compile(r"(?<![\w.])0\.(?=\d)")
COMBINATOR: Final = re.compile(r" ([>+~]) ")
CSS_URL: Final = re.compile(r"""(?P<begin>url\(\s*["']?)(?P<root>\.\./|/(?!/))(?P<name>[^"')?#]+)""")
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


def static_files(folders: Sequence[Path]) -> dict[str, Path]:
    """Return every static file by its path; an earlier folder's file hides a later one's. Hidden files are passed over.

    Raises OSError; links that leave their folder are passed over as well (GitHub Pages refuses links).
    """
    found: dict[str, Path] = {}
    for folder in folders:
        root = folder.resolve()
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            name = path.relative_to(folder).as_posix()
            if path.is_file() and not is_hidden(name) and path.resolve().is_relative_to(root):
                found.setdefault(name, path)
    return found


def is_hidden(name: str) -> bool:
    """Return whether a static file, named from its folder, is never published."""
    return any(part.startswith(".") and part != ".well-known" for part in name.split("/"))


class Assets(NamedTuple):
    """The static files, and the (name, hashed address) pairs the theme asks for."""

    files: tuple[OutputFile, ...]
    addresses: tuple[tuple[str, str], ...]


def collect_assets(sources: Mapping[str, Path], styling: Styling, others: Iterable[OutputFile] = ()) -> Assets:
    """Return the static files (see `static_files`), and `others` beside them."""
    parts = sorted(name for name in sources if name.startswith(PARTS))
    plain: dict[str, bytes] = {}
    for name, path in sources.items():
        if name not in parts and name != EARLY_SCRIPT:
            with suppress(FileNotFoundError):  # it has gone meanwhile
                plain[name] = path.read_bytes()
    scripts = (name for name in plain if name.startswith(SCRIPTS) and name.endswith(MODULE))
    plain |= {name: bare_script(plain[name]) for name in scripts}
    modules, unhashed = linked({name: data for name, data in plain.items() if name.endswith(MODULE)})
    plain |= modules
    hashed = (name for name in plain if name.startswith(HASHED) and name not in unhashed)
    names = {name: digest_name(name, plain[name]) for name in hashed}
    if parts:
        sheet = joined([squeezed(text_in(sources[name])) for name in parts]) + styling_rules(styling)
        plain[STYLE_SHEET] = CSS_URL.sub(lambda found: led(found, plain, names), sheet).encode()
        names[STYLE_SHEET] = digest_name(STYLE_SHEET, plain[STYLE_SHEET])
    files = [OutputFile(path=names.get(name, name), data=data) for name, data in sorted(plain.items())]
    return Assets((*files, *others), tuple((name, names.get(name, name)) for name in sorted(plain)))


def led(found: re.Match[str], files: Container[str], names: Mapping[str, str]) -> str:
    """Return an address in the style sheet, of a file as it is named; from the site's root it works below any path."""
    name, root = found["name"], found["root"]
    return f"{found['begin']}{'../' if name in files else root}{names.get(name, name)}"


def text_in(path: Path) -> str:
    """Return the text of a style sheet. Raises ConfigError."""
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        where, details = Where(str(path), *place_of(error)), (("byte", str(error.start + 1)),)
        raise ConfigError(Problem(code="CONF005", severity=Severity.ERROR, where=where, details=details)) from error


def linked(modules: dict[str, bytes]) -> tuple[dict[str, bytes], set[str]]:
    """Return modules in which the names of those they import are the hashed ones, and those that keep their own.

    A module's name thus changes with everything below it. One of a circle keeps its own name, and so do its importers.
    """
    done: dict[str, bytes] = {}
    in_circle: set[str] = set()  # and who imports them: a name that has a digest in it can't hang on itself

    def link(name: str, above: tuple[str, ...]) -> str:
        """Return the file name of a module."""
        if name in above or name in in_circle:
            in_circle.update(above)
        if name in above or name not in modules:
            return PurePosixPath(name).name
        if name not in done:
            folder = PurePosixPath(name).parent
            text = modules[name].decode("utf-8", "surrogateescape")
            done[name] = IMPORT.sub(
                lambda found: (
                    f"{found[1]}{found[2]}{link(normpath(folder / found[2] / found[3]), (*above, name))}{found[4]}"
                ),
                text,
            ).encode("utf-8", "surrogateescape")
        is_hashed = name.startswith(HASHED) and name not in in_circle
        return PurePosixPath(digest_name(name, done[name]) if is_hashed else name).name

    for name in sorted(modules):
        link(name, ())
    return done, in_circle


def bare_script(script: bytes) -> bytes:
    """Return a script without indents and comments that have lines of their own.

    One with a text or a comment that may begin in a line and end in another is left alone: what looks like a comment
    there may be none.
    """
    bare: list[bytes] = []
    rest = map(bytes.strip, script.splitlines())
    for line in rest:
        block = [line]
        while line.startswith(b"/*") and b"*/" not in block[-1]:
            if (more := next(rest, None)) is None:
                return script
            block.append(more)
        is_comment = block[-1].endswith(b"*/") if line.startswith(b"/*") else line.startswith(b"//")
        if not is_comment and may_go_on(block[-1]):
            return script
        if not is_comment or any(map(TO_KEEP.search, block)):
            bare += block
    return b"\n".join(filter(None, bare)) + (b"\n" if script.endswith(b"\n") else b"")


def may_go_on(line: bytes) -> bool:
    """Return whether a text or comment that begins in a line of a script may end in another."""
    line = PLAIN_TEXT.sub(b"", line)
    has_stray = b"`" in line and STRAY.search(WHOLE_TEMPLATE.sub(b"", line))
    return bool(has_stray or OPEN.search(line))


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
