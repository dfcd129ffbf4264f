"""Static folders → output files. Theme files get names that change with their bytes; everything else keeps its own.

`css/parts/*.css` become one `css/site.css` (one request, small files to edit): sheets.py.
"""

import hashlib
import os
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple
from unicodedata import normalize

from sitegen.config import Styling
from sitegen.errors import ConfigError
from sitegen.git_traces import conflict_in
from sitegen.model import OutputFile
from sitegen.output.named import ADDRESSES, SCRIPT_ENDS, addressed, named_by
from sitegen.output.sheet_faults import PARTS, STYLE_SHEET, Sheet, faults_of
from sitegen.output.sheets import TO_KEEP, style_sheet
from sitegen.problems import Problem, Severity, Where
from sitegen.render.sources import EARLY_SCRIPT

HASHED: Final = ("css/", "js/", "fonts/")
SCRIPTS: Final = "js/"
# In a line of a script: a text without a backtick, a template that ends in it, what may hold a backtick that begins
# none, and what ends in another line.
PLAIN_TEXT: Final = re.compile(rb"""\"[^"\\`]*"|'[^'\\`]*'""")
WHOLE_TEMPLATE: Final = re.compile(rb"""`[^`$"']*(?:\$\{[^`{}"']*\}[^`$"']*)*`""")
STRAY: Final = re.compile(rb"`|[=(,:!&|?;{}]\s*/(?!\*)|\s//")
OPEN: Final = re.compile(rb"\\$|\S.*/\*(?!.*\*/)")
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


def collect_assets(
    sources: Mapping[str, Path],
    styling: Styling,
    others: Iterable[OutputFile] = (),
    image_hosts: tuple[str, ...] = (),
) -> Assets:
    """Return what is made of static files (see `static_files`), and `others` beside that. Raises ConfigError.

    `image_hosts`: those of other sites whose pictures may be shown.
    """
    copies = tuple(sorted(name for name in sources if not is_changed(name)))
    read: dict[str, bytes] = {}
    for name, path in sources.items():
        if is_changed(name) and name != EARLY_SCRIPT:
            with suppress(FileNotFoundError):  # it has gone meanwhile
                read[name] = path.read_bytes()
    refuse_conflicts({str(sources[name]): data for name, data in sorted(read.items())})
    parts = sorted(name for name in read if name.startswith(PARTS))
    plain = {name: data for name, data in read.items() if name not in parts}
    scripts = (name for name in plain if name.startswith(SCRIPTS) and name.endswith(SCRIPT_ENDS))
    plain |= {name: bare_script(plain[name]) for name in scripts}
    if parts:
        plain[STYLE_SHEET] = style_sheet({sources[name]: read[name] for name in parts}, styling).encode()
    done, names = linked(plain, copies)
    files = [OutputFile(path=names[name], data=done[name]) for name in sorted(done)]
    sheets = (Sheet(name, sources[name], data) for name, data in read.items() if name.endswith(".css"))
    faults = [problem for sheet in sheets for problem in faults_of(sheet, names, image_hosts)]
    return Assets((*files, *others), copies, tuple(sorted(names.items())), tuple(faults))


def refuse_conflicts(files: Mapping[str, bytes]) -> None:
    """Refuse files in which git has left both sides of a merge. Raises ConfigError with all of them."""
    lines = {path: line for path, data in files.items() if (line := conflict_in(data))}
    if lines:
        raise ConfigError(*(Problem("FILE012", Severity.ERROR, Where(path, line, 1)) for path, line in lines.items()))


def is_changed(name: str) -> bool:
    """Return whether a static file is published under another name than its own, or names others that are."""
    return name.startswith(HASHED) or PurePosixPath(name).suffix in ADDRESSES


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
        """Return what was found, with the address that is in it spelled anew."""
        address = found["address"]
        if not address or (named := named_by(address, name)) not in known:
            return found[0]
        begin, end = (place - found.start() for place in found.span("address"))
        return f"{found[0][:begin]}{addressed(address, name, name_of(named))}{found[0][end:]}"

    text = data.decode("utf-8", "surrogateescape")
    return pattern.sub(spelled, text).encode("utf-8", "surrogateescape")


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
