"""Static folders → output files. Theme files get names that change with their bytes; everything else keeps its own.

`css/parts/*.css` become one `css/site.css` (one request, small files to edit); the site's own colours and fonts follow.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import Final, NamedTuple
from unicodedata import normalize
from urllib.parse import quote, unquote

from sitegen.characters import composed
from sitegen.config import Styling
from sitegen.errors import ConfigError
from sitegen.model import OutputFile
from sitegen.problems import Problem, Severity, Where, place_of
from sitegen.render.sources import EARLY_SCRIPT

HASHED: Final = ("css/", "js/", "fonts/")
PARTS: Final = "css/parts/"
STYLE_SHEET: Final = "css/site.css"
SCRIPTS: Final = "js/"
SCRIPT_ENDS: Final = (".js", ".mjs")
TO_KEEP: Final = re.compile(rb"//[#@]|/\*!|@license|@preserve|copyright", re.IGNORECASE)  # in a comment
# In a line of a script: a text without a backtick, a template that ends in it, what may hold a backtick that begins
# none, and what ends in another line.
PLAIN_TEXT: Final = re.compile(rb"""\"[^"\\`]*"|'[^'\\`]*'""")
WHOLE_TEMPLATE: Final = re.compile(rb"""`[^`$"']*(?:\$\{[^`{}"']*\}[^`$"']*)*`""")
STRAY: Final = re.compile(rb"`|[=(,:!&|?;{}]\s*/(?!\*)|\s//")
OPEN: Final = re.compile(rb"\\$|\S.*/\*(?!.*\*/)")
# Where a file may name another. In a style sheet: `url(../fonts/a.woff2)`, `@import "b.css"`; in a script: any text
# that begins as a path (`from "./b.js"`, `import("../c.js")`, `new URL("./d.wasm", import.meta.url)`).
IN_SHEET: Final = re.compile(
    r"""(?P<begin>(?:\burl\(\s*|@import\s+(?=["']))(?P<quote>["'])?)(?P<address>(?(quote)[^"'\\?#\n]+|[^\s"')\\?#]+))"""
)
IN_SCRIPT: Final = re.compile(r"""(?P<begin>["'`])(?P<address>\.{0,2}/[^"'`\n\\?#]+)(?=["'`?#])""")
ADDRESSES: Final = {".css": IN_SHEET, **dict.fromkeys(SCRIPT_ENDS, IN_SCRIPT)}
# The beginning of an address that a script puts together: `import(`./${name}.js`)`, `"./words/" + language`.
BEGINNING: Final = re.compile(
    r"""(?P<call>\b(?:import|new\s+URL)\(\s*(?:/\*.{0,200}?\*/\s*)?)?["'`](?P<folder>\.{0,2}/(?:[^"'`\n\\$]*/)?)"""
    r"""(?P<start>[^"'`/\n\\$]*)(?:(?P<goes_on>\$\{|["'`]\s*\+)|(?<=/)["'`])"""
)
COMMENT_OR_STRING: Final = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|/\*.*?\*/""", re.DOTALL)
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


def static_files(folders: Sequence[Path]) -> dict[str, Path]:
    """Return every static file by its path in NFC; an earlier folder's file hides a later one's.

    Hidden files are passed over, and links that leave their folder (GitHub Pages refuses links). Raises OSError.
    """
    found: dict[str, Path] = {}
    for folder in folders:
        root = folder.resolve()
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            name = normalize("NFC", path.relative_to(folder).as_posix())  # macOS may write NFD
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
    scripts = (name for name in plain if name.startswith(SCRIPTS) and name.endswith(SCRIPT_ENDS))
    plain |= {name: bare_script(plain[name]) for name in scripts}
    if parts:
        sheet = joined([squeezed(text_in(sources[name])) for name in parts]) + styling_rules(styling)
        plain[STYLE_SHEET] = sheet.encode()
    done, names = linked(plain)
    files = [OutputFile(path=names[name], data=done[name]) for name in sorted(done)]
    return Assets((*files, *others), tuple((name, names[name]) for name in sorted(done)))


def text_in(path: Path) -> str:
    """Return the text of a style sheet. Raises ConfigError."""
    try:
        return path.read_text("utf-8").removeprefix("\ufeff")  # within the whole it would be part of a selector
    except UnicodeDecodeError as error:
        where, details = Where(str(path), *place_of(error)), (("byte", str(error.start + 1)),)
        raise ConfigError(Problem(code="CONF005", severity=Severity.ERROR, where=where, details=details)) from error


def linked(files: Mapping[str, bytes]) -> tuple[dict[str, bytes], dict[str, str]]:
    """Return files in which the names of others are those that these get, and the name that each gets.

    The name of a theme file thus changes with everything that it names. One of a circle keeps its own, and so does one
    whose name some script puts together; so do those that name them.
    """
    done: dict[str, bytes] = {}
    names: dict[str, str] = {}
    kept = set(put_together(files))  # and who names them: a name that has a digest in it can't hang on itself

    def link(name: str, above: tuple[str, ...]) -> str:
        """Return the name that a file gets."""
        if name in above or name in kept:
            kept.update(above)
        if name in above:
            return name
        if name not in names:
            done[name] = rewritten(name, files, lambda named: link(named, (*above, name)))
            is_hashed = name.startswith(HASHED) and name not in kept
            names[name] = digest_name(name, done[name]) if is_hashed else name
        return names[name]

    for name in sorted(files):
        link(name, ())
    return done, names


def rewritten(name: str, files: Mapping[str, bytes], name_of: Callable[[str], str]) -> bytes:
    """Return the bytes of a file in which the files that it names have the names that they get."""
    pattern = ADDRESSES.get(PurePosixPath(name).suffix)
    if pattern is None:
        return files[name]

    def spelled(found: re.Match[str]) -> str:
        """Return the beginning of an address, and the address itself."""
        named = named_by(found["address"], name)
        return f"{found['begin']}{addressed(found['address'], name, name_of(named))}" if named in files else found[0]

    text = files[name].decode("utf-8", "surrogateescape")
    return pattern.sub(spelled, text).encode("utf-8", "surrogateescape")


def named_by(address: str, name: str) -> str:
    """Return the path of the file that an address in another means: from the root, or from where that one lies."""
    path = unquote(composed(address.strip()))
    if path.startswith("//"):  # of another host
        return ""
    return normpath(path if path.startswith("/") else f"{PurePosixPath(name).parent}/{path}").lstrip("/")


def addressed(address: str, name: str, named: str) -> str:
    """Return an address in a file, of one by its new name; from the root of a style sheet it works below any path."""
    address = composed(address.strip())
    if address.startswith("/") and name.endswith(".css"):
        address = f"{'../' * name.count('/')}{address[1:]}"
    folder, slash, last = address.rpartition("/")
    new = PurePosixPath(named).name
    return f"{folder}{slash}{last if unquote(last) == new else quote(new, errors='surrogateescape')}"


def put_together(files: Mapping[str, bytes]) -> Iterator[str]:
    """Yield the theme files whose addresses some script may put together."""
    for script in (name for name in files if name.endswith(SCRIPT_ENDS)):
        for found in BEGINNING.finditer(files[script].decode("utf-8", "replace")):
            beginning = f"{named_by(found['folder'], script)}/{found['start']}"
            is_named = f"{found['folder']}{found['start']}".strip("./") != ""  # `"./"` alone may mean anything
            if (is_named or (found["call"] and found["goes_on"])) and beginning.startswith(HASHED):
                yield from (name for name in files if name.startswith(beginning))


def bare_script(script: bytes) -> bytes:
    """Return a script without indents and comments that have lines of their own.

    One with a text or a comment that may begin in a line and end in another is left alone: what looks like a comment
    there may be none.
    """
    bare: list[bytes] = []
    rest = map(bytes.strip, script.splitlines())
    for line in rest:
        block, is_block = [line], line.startswith(b"/*")
        end = line[2:]
        while is_block and b"*/" not in end:
            if (more := next(rest, None)) is None:
                return script
            end = more
            block.append(more)
        is_comment = not end.partition(b"*/")[2] if is_block else line.startswith(b"//")
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


def digest_name(path: str, data: bytes) -> str:
    """Return `css/site.1a2b3c4d.css` for `css/site.css`: the name changes exactly when the bytes do."""
    pure = PurePosixPath(path)
    return str(pure.with_name(f"{pure.stem}.{hashlib.blake2b(data, digest_size=5).hexdigest()}{pure.suffix}"))
