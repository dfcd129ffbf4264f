"""Content folder → the content files in it, in a fixed order. Disk in, bytes out."""

import os
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from operator import attrgetter
from pathlib import Path
from typing import Final

from sitegen.errors import system_error
from sitegen.messages import MESSAGES
from sitegen.model import SourceFile
from sitegen.problems import Problem, Where, is_spent, os_reasons
from sitegen.runtime.files import read_bytes
from sitegen.runtime.links import leads_astray

PLAIN_HTML: Final = (".html", ".htm")
SUFFIXES: Final = (".md", ".markdown", ".mkdown", ".mkdn", ".mkd", *PLAIN_HTML)  # Jekyll's, and what Windows has saved
# What somebody has put here to be read, and is neither an article nor the picture of one.
TEXTS: Final = (
    ".adoc", ".asciidoc", ".doc", ".docx", ".hwp", ".hwpx", ".mdown", ".mdx", ".odt", ".pdf", ".rst", ".rtf",
    ".textile", ".txt", ".xhtml",
)  # fmt: skip
CAPTURES: Final = "captures"  # raw material of the importers, never published
PAGES: Final = "pages"  # static pages: not articles
THEME: Final = frozenset({"_includes", "_layouts", "_sass"})  # what an old Jekyll site keeps beside its posts
LOST: Final = "lost+found"  # of a disk that is mounted here: its system lets nobody in


def discover(content_dir: Path) -> tuple[list[Path], list[Problem]]:
    """Return every article and static page below `content_dir`, sorted by path, and what could not be visited or read.

    Names that begin with a dot, the top folder `captures/` and the folders of Jekyll's own theme are passed over; a
    link that leads out of the folder is an error. Raises ToolError for a folder that cannot be looked into.
    """
    found, problems = content_files(content_dir)
    return list(map(Path, found)), problems


def content_files(content_dir: Path) -> tuple[list[str], list[Problem]]:
    """Return what `discover` does, as texts: there may be a hundred thousand."""
    problems: list[Problem] = []
    here = f".{os.sep}"  # what a walk of the current folder begins with, and no path
    found = (
        path.removeprefix(here) for path in walk(str(content_dir), content_dir.resolve(), problems, passed=CAPTURES)
    )
    return sorted(found, key=lambda path: path.replace(os.sep, "/")), problems


def walk(folder: str, root: Path, problems: list[Problem], *, passed: str = "") -> Iterator[str]:
    """Yield the content files below `folder`, which lies in `root`; `passed`: a folder in it that is left out.

    Raises ToolError for a folder that cannot be looked into: half the site may be in it.
    """
    try:
        entries = sorted(os.scandir(folder), key=attrgetter("name"))
    except FileNotFoundError as error:  # it has gone since it was seen
        problems.append(unreadable(Path(folder), error))
        return
    except OSError as error:
        raise system_error("TOOL008", folder, error) from error
    for entry in entries:
        name = entry.name
        if name.startswith("."):
            continue
        if entry.is_symlink() and leads_astray(Path(entry.path), root):
            problems.append(file_problem("FILE002", Path(entry.path)))
        elif entry.is_dir():
            if name not in (passed, LOST) and name not in THEME:
                yield from walk(entry.path, root, problems)
        elif name.lower().endswith(SUFFIXES):
            if entry.is_file() or not Path(entry.path).exists():  # a link to nothing is told when it is read
                yield entry.path
            else:  # a pipe would keep us waiting for ever
                said = {"message_ko": "보통 파일이 아닙니다", "message_en": "it is no regular file"}
                problems.append(file_problem("FILE001", Path(entry.path), **said))
        elif name.lower().endswith(TEXTS):
            path = Path(entry.path)
            problems.append(file_problem("FILE007", path, suffix=path.suffix))


def some_files(folder: str) -> Iterator[str]:
    """Yield files below a folder that look like content, as the disk has them: to see whether there are many."""
    waiting = [folder]
    while waiting:
        with suppress(OSError), os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    if entry.name != CAPTURES and not entry.name.startswith("."):
                        waiting.append(entry.path)
                elif entry.name.lower().endswith(SUFFIXES):
                    yield entry.path


def read_source(path: Path, content_dir: Path) -> SourceFile:
    """Return the file's bytes and its path relative to the content folder (NFC). Raises OSError."""
    shown, root = str(path), f"{content_dir}{os.sep}"
    below = shown.removeprefix(root) if shown.startswith(root) else str(path.relative_to(content_dir))
    return SourceFile(
        path=unicodedata.normalize("NFC", below.replace(os.sep, "/")), shown=shown, data=read_bytes(shown)
    )


def is_static_page(path: str) -> bool:
    """Return whether a path (relative to the content folder) is a static page and not an article."""
    return path.startswith(f"{PAGES}/")


def unreadable(path: Path, error: OSError) -> Problem:
    """Return the problem of a file or folder that cannot be read. Raises the error itself where it is not at fault."""
    if is_spent(error):
        raise error
    ko, en = os_reasons(error)
    return file_problem("FILE001", path, message_ko=ko, message_en=en)


def file_problem(code: str, path: Path, **details: str) -> Problem:
    """Return a problem with a file as a whole."""
    return Problem(
        code=code, severity=MESSAGES[code].severity, where=Where(path=str(path)), details=tuple(details.items())
    )
