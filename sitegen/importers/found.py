"""Paths, folders and globs → the captures they name, and what is to be said of what lies beside them."""

import glob
import os
import shlex
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from sitegen.errors import UsageError
from sitegen.importers.capture import DRAFTS
from sitegen.importers.jekyll import OTHER_FORMS
from sitegen.importers.old_site import POSTS, OldSite, collection_at, old_site_of, settings_in
from sitegen.problems import Problem, Severity, Where
from sitegen.read.discover import SUFFIXES

OLD_CONFIG: Final = "_config.yml"
SHOWN: Final = 3  # files that are named


@cache
def old_settings(folder: Path) -> tuple[Path, dict[Any, Any]] | None:
    """Return the folder of the Jekyll site that a folder of posts lies in, and its settings."""
    config = next((path for path in (above / OLD_CONFIG for above in folder.parents) if path.is_file()), None)
    settings = settings_in(config.read_text("utf-8", errors="replace")) if config else None
    return None if config is None or settings is None else (config.parent, settings)


def old_site_at(path: Path) -> OldSite | None:
    """Return where a post, or an article of a collection, stood in its Jekyll site, if it is one."""
    found = old_settings(path.parent)
    if found is None:
        return None
    below = path.relative_to(found[0]).as_posix()
    return old_site_of(found[1], below) if POSTS in path.parts or collection_at(found[1], below) else None


def captures_at(patterns: Iterable[str]) -> tuple[list[Path], list[Problem]]:
    """Return the files that paths, folders and globs name, each once, in order, and what is to be said of others.

    Raises UsageError where one names none.
    """
    found: dict[Path, None] = {}
    problems: list[Problem] = []
    for pattern in patterns:
        path = Path(pattern)
        is_there = os.path.exists(path)  # noqa: PTH110  raises nothing of a name that no file can have
        matches = [path] if is_there else sorted(map(Path, glob.glob(pattern, recursive=True)))  # noqa: PTH207  an absolute pattern too
        files: list[Path] = []
        for match in matches:
            below, others, saved = captures_below(match) if match.is_dir() else ([match], [], [])
            files += below
            problems += passed_over(match, others, saved)
        files = [path for path in files if path.is_file()]
        if not files:
            raise UsageError(Problem(code="IMP001", severity=Severity.ERROR, where=Where(path=pattern)))
        found |= dict.fromkeys(files)
    return list(found), problems


def captures_below(folder: Path) -> tuple[list[Path], list[Path], list[Path]]:
    """Return the captures below a folder in order, what else lies beside the posts of an old blog, and saved folders.

    None has what is hidden, or tells the addresses of an old site.
    """
    found: list[str] = []
    saved: list[Path] = []
    for root, folders, names in os.walk(folder):
        saved += [Path(root, name) for name in sorted(folders) if is_saved_with_page(name, names)]
        folders[:] = [name for name in folders if not (name.startswith(".") or is_saved_with_page(name, names))]
        found += [f"{root}/{name}" for name in names if not name.startswith(".") and name != OLD_CONFIG]
    files = list(map(Path, sorted(found, key=lambda path: path.split("/"))))
    if not (folder / OLD_CONFIG).is_file():
        return files, [], saved
    posts: list[Path] = []
    others: list[Path] = []
    for path in files:
        is_post = not {POSTS, DRAFTS}.isdisjoint(path.relative_to(folder).parts)
        (posts if is_post else others).append(path)
    return (posts, others, saved) if posts else (files, [], saved)


def is_saved_with_page(name: str, beside: Sequence[str]) -> bool:
    """Return whether a folder is what a browser saved with a page: `글_files` beside `글.html`."""
    page = name.removesuffix("_files").removesuffix(".files")
    return page != name and any(f"{page}{suffix}" in beside for suffix in (".html", ".htm"))


def passed_over(folder: Path, others: Sequence[Path], saved: Sequence[Path]) -> Iterator[Problem]:
    """IMP013: pages, layouts and pictures of an old blog are no articles. IMP017: its collections may hold some.

    IMP018: what a browser `saved` with a page is none either.
    """
    settings = old_settings(folder / POSTS)
    in_collections: dict[Path, list[Path]] = {}
    rest: list[Path] = []
    for path in others:
        name = collection_at(settings[1], path.relative_to(folder).as_posix()) if settings else ""
        if name and path.suffix.lower() in (*SUFFIXES, *OTHER_FORMS):
            top = next(above for above in path.parents if above.name == f"_{name}")
            in_collections.setdefault(top, []).append(path)
        else:
            rest.append(path)
    for code, files in (("IMP013", rest), ("IMP018", saved)):
        if files:
            names = ", ".join(str(path.relative_to(folder)) for path in files[:SHOWN])
            details = {"count": str(len(files)), "files": names + (" …" if len(files) > SHOWN else "")}
            yield problem_of(code, Severity.WARNING, folder, **details)
    for top, files in in_collections.items():
        details = {"collection": top.name.removeprefix("_"), "count": str(len(files)), "folder": shlex.quote(str(top))}
        yield problem_of("IMP017", Severity.WARNING, folder, **details)


def problem_of(code: str, severity: Severity, path: Path, **details: str) -> Problem:
    """Return what is said of a capture."""
    return Problem(code=code, severity=severity, where=Where(path=str(path)), details=tuple(details.items()))
