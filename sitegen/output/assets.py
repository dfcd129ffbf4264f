"""Static folders → output files. Theme files get names that change with their bytes; everything else keeps its own.

`css/parts/*.css` become one `css/site.css` (one request, small files to edit): sheets.py.
"""

import hashlib
import os
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import Final, NamedTuple
from unicodedata import normalize
from urllib.parse import quote, unquote

from sitegen.characters import composed
from sitegen.config import Styling
from sitegen.errors import ConfigError
from sitegen.git_traces import conflict_in
from sitegen.model import OutputFile
from sitegen.output.sheets import TO_KEEP, line_and_column, style_sheet, without_comments
from sitegen.problems import Problem, Severity, Where
from sitegen.render.sources import EARLY_SCRIPT

HASHED: Final = ("css/", "js/", "fonts/")
PARTS: Final = "css/parts/"
STYLE_SHEET: Final = "css/site.css"
SCRIPTS: Final = "js/"
SCRIPT_ENDS: Final = (".js", ".mjs")
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
SCHEME: Final = re.compile(r"\s*[a-z][a-z0-9+.-]*:", re.IGNORECASE)
ADDRESSES: Final = {".css": IN_SHEET, **dict.fromkeys(SCRIPT_ENDS, IN_SCRIPT)}
# The beginning of an address that a script puts together: `import(`./${name}.js`)`, `"./words/" + language`.
BEGINNING: Final = re.compile(
    r"""(?P<call>\b(?:import|new\s+URL)\(\s*(?:/\*.{0,200}?\*/\s*)?)?["'`](?P<folder>\.{0,2}/(?:[^"'`\n\\$]*/)?)"""
    r"""(?P<start>[^"'`/\n\\$]*)(?:(?P<goes_on>\$\{|["'`]\s*\+)|(?<=/)["'`])"""
)


def static_files(folders: Sequence[Path]) -> dict[str, Path]:
    """Return every static file by its path in NFC; an earlier folder's file hides a later one's.

    Hidden files are passed over, and links that leave their folder (GitHub Pages refuses links). Raises OSError.
    """
    found: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(shown_below(folder), key=lambda path: path.split("/")) if folder.is_dir() else ():
            found.setdefault(normalize("NFC", path), folder / path)  # macOS may write NFD
    return found


def shown_below(folder: Path) -> Iterator[str]:
    """Yield the files below a folder that may be published, by their relative paths. Raises OSError."""
    waiting = [""]
    while waiting:
        above = waiting.pop()
        for entry in os.scandir(folder / above):
            path = f"{above}{entry.name}"
            if is_hidden(entry.name):
                continue
            if entry.is_dir(follow_symlinks=False):
                waiting.append(f"{path}/")
            elif entry.is_file() and (not entry.is_symlink() or stays_below(folder, path)):
                yield path


def is_hidden(name: str) -> bool:
    """Return whether a static file or folder, named from some folder above it, is never published."""
    return any(part.startswith(".") and part != ".well-known" for part in name.split("/"))


def stays_below(folder: Path, path: str) -> bool:
    """Return whether a link leads to something in its folder."""
    return (folder / path).resolve().is_relative_to(folder.resolve())


class Assets(NamedTuple):
    """What is made of static files, the names of those that are published as they are, and what the theme asks for.

    `addresses`: its (name, hashed address) pairs. `problems`: what is wrong with style sheets.
    """

    files: tuple[OutputFile, ...]
    copies: tuple[str, ...]
    addresses: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]


def collect_assets(sources: Mapping[str, Path], styling: Styling, others: Iterable[OutputFile] = ()) -> Assets:
    """Return what is made of static files (see `static_files`), and `others` beside that. Raises ConfigError."""
    copies = tuple(sorted(name for name in sources if not is_changed(name)))
    read: dict[str, bytes] = {}
    for name, path in sources.items():
        if is_changed(name) and name != EARLY_SCRIPT:
            with suppress(FileNotFoundError):  # it has gone meanwhile
                read[name] = path.read_bytes()
    lines = {str(sources[name]): line for name, data in sorted(read.items()) if (line := conflict_in(data))}
    if lines:
        faults = (Problem("FILE010", Severity.ERROR, Where(path, line, 1)) for path, line in lines.items())
        raise ConfigError(*faults)
    parts = sorted(name for name in read if name.startswith(PARTS))
    plain = {name: data for name, data in read.items() if name not in parts}
    scripts = (name for name in plain if name.startswith(SCRIPTS) and name.endswith(SCRIPT_ENDS))
    plain |= {name: bare_script(plain[name]) for name in scripts}
    if parts:
        plain[STYLE_SHEET] = style_sheet({sources[name]: read[name] for name in parts}, styling).encode()
    done, names = linked(plain, copies)
    files = [OutputFile(path=names[name], data=done[name]) for name in sorted(done)]
    sheets = (name for name in sources if name.endswith(".css") and name in read)
    lost = [problem for name in sheets for problem in lost_names(name, sources[name], read[name], names)]
    return Assets((*files, *others), copies, tuple(sorted(names.items())), tuple(lost))


def is_changed(name: str) -> bool:
    """Return whether a static file is published under another name than its own, or names others that are."""
    return name.startswith(HASHED) or PurePosixPath(name).suffix in ADDRESSES


def lost_names(name: str, path: Path, data: bytes, files: Container[str]) -> Iterator[Problem]:
    """Yield where a style sheet names a file that is not there (CSS002): readers see nothing in its place.

    `files`: those that are. Addresses of other sites, and what is no address, are nobody's business here.
    """
    if not (b"url(" in data or b"@import" in data):
        return
    text = without_comments(data.decode("utf-8", "replace"))
    for found in IN_SHEET.finditer(text):
        address = found["address"]
        is_whole = text[found.end() : found.end() + 1] != "\\" and "(" not in address
        named = named_by(address, STYLE_SHEET if name.startswith(PARTS) else name)
        if named and named not in files and is_whole and not SCHEME.match(address):
            where = Where(str(path), *line_and_column(text, found.start("address")))
            yield Problem(code="CSS002", severity=Severity.WARNING, where=where, details=(("name", named),))


def linked(files: Mapping[str, bytes], others: Iterable[str]) -> tuple[dict[str, bytes], dict[str, str]]:
    """Return files in which the names of others are those that these get, and the name that each gets.

    `others`: the names of files that keep theirs.
    The name of a theme file thus changes with everything that it names. One of a circle keeps its own, and so does one
    whose name some script puts together; so do those that name them.
    """
    done: dict[str, bytes] = {}
    names = {name: name for name in others}
    known = {*files, *names}
    kept = set(put_together(files))  # and who names them: a name that has a digest in it can't hang on itself

    def link(name: str, above: tuple[str, ...]) -> str:
        """Return the name that a file gets."""
        if name in above or name in kept:
            kept.update(above)
        if name in above:
            return name
        if name not in names:
            done[name] = rewritten(name, files[name], known, lambda named: link(named, (*above, name)))
            is_hashed = name.startswith(HASHED) and name not in kept
            names[name] = digest_name(name, done[name]) if is_hashed else name
        return names[name]

    for name in sorted(files):
        link(name, ())
    return done, names


def rewritten(name: str, data: bytes, known: Container[str], name_of: Callable[[str], str]) -> bytes:
    """Return the bytes of a file in which the `known` files that it names have the names that they get."""
    pattern = ADDRESSES.get(PurePosixPath(name).suffix)
    if pattern is None:
        return data

    def spelled(found: re.Match[str]) -> str:
        """Return the beginning of an address, and the address itself."""
        named = named_by(found["address"], name)
        return f"{found['begin']}{addressed(found['address'], name, name_of(named))}" if named in known else found[0]

    text = data.decode("utf-8", "surrogateescape")
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


def digest_name(path: str, data: bytes) -> str:
    """Return `css/site.1a2b3c4d.css` for `css/site.css`: the name changes exactly when the bytes do."""
    pure = PurePosixPath(path)
    return str(pure.with_name(f"{pure.stem}.{hashlib.blake2b(data, digest_size=5).hexdigest()}{pure.suffix}"))
