"""What a theme is made of, read once: pages are named by the very bytes that they are rendered from.

A template that is edited during a build would else be rendered under the name of the old one, for good.
"""

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple

import jinja2
from jinja2.loaders import split_template_path

from sitegen.errors import tool_error
from sitegen.problems import place_of
from sitegen.runtime.files import folder_here
from sitegen.runtime.fingerprint import name_of

WORDS: Final = "words/"  # of all folders, whatever a page is made of
SCRIPTS: Final = "js"  # the part of a static folder that a theme is made of
EARLY_SCRIPT: Final = (
    f"{SCRIPTS}/early.js"  # sets the reader's colours before the first paint; inlined, allowed by its hash
)
TAG: Final = re.compile(rb"\{%[-+]?\s*(?:extends|include|import|from)\b(.*?)[-+]?%\}", re.DOTALL)
TEXT: Final = rb"""(?:"[^"\\]*"|'[^'\\]*')"""
TEXTS: Final = re.compile(TEXT)
# What names others by plain texts alone.
PLAIN: Final = re.compile(
    rb"\s*(?:%(text)b|\[\s*%(text)b(?:\s*,\s*%(text)b)*\s*\])"
    rb"(?:\s+(?:ignore\s+missing|with(?:out)?\s+context|as\s+\w+|import\s+[\w\s,]+?))*\s*" % {b"text": TEXT}
)


class Source(NamedTuple):
    """A file of a theme: where it is, and its bytes."""

    path: str
    data: bytes


class Sources(NamedTuple):
    """The files of a chain of template folders by their names, and the early script."""

    layers: tuple[Mapping[str, Source], ...]  # of each folder; an earlier one's file hides a later one's
    early_script: Source

    def find(self, name: str) -> Source | None:
        """Return the file that a name means."""
        return next((layer[name] for layer in self.layers if name in layer), None)

    def all_of(self, name: str) -> list[Source]:
        """Return the files of that name of all folders, the last folder's first."""
        return [layer[name] for layer in reversed(self.layers) if name in layer]

    def paths(self) -> set[str]:
        """Return where all files are."""
        return {source.path for layer in self.layers for source in layer.values()}

    def stands_for(self, path: str) -> str:
        """Return the name of the template of ours that a site's own file hides, an empty string if it hides none."""
        *own, ours = self.layers or ({},)
        names = (name for layer in own for name, source in layer.items() if source.path == path and name in ours)
        return next(names, "")

    def own_macro(self, macro: str) -> tuple[str, int] | None:
        """Return path and line of a macro in a template of the site's own folders, which come before ours."""
        begins = re.compile(rb"\{%[-+]?\s*macro\s+" + macro.encode() + rb"\s*\(")
        for layer in self.layers[:-1]:
            for source in layer.values():
                if found := begins.search(source.data):
                    return source.path, source.data.count(b"\n", 0, found.start()) + 1
        return None

    def templates(self) -> dict[str, bytes]:
        """Return the bytes of all files by their names: a template may name any, whatever its name ends in."""
        names = {name for layer in self.layers for name in layer}
        return {name: found.data for name in sorted(names) if (found := self.find(name))}

    def words(self) -> list[list[tuple[str, bytes]]]:
        """Return the names and bytes of the files of words, by folder: those of all folders count."""
        return [
            [(name, source.data) for name, source in layer.items() if name.startswith(WORDS)] for layer in self.layers
        ]

    def version(self) -> str:
        """Return a name for all of it."""
        files = [[(name, source.data) for name, source in layer.items()] for layer in self.layers]
        return name_of(files, self.early_script.data).hex()


READ: Final[dict[str, Sources]] = {}  # of the last version that this process has read


class Loader(jinja2.BaseLoader):
    """Gives Jinja the templates of a theme; one that is not UTF-8 is a fault in that file."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return a template's text, its path, and whether it still is so. Raises jinja2.TemplateError."""
        del environment
        found = self.sources.find("/".join(split_template_path(template)))
        if found is None:
            raise jinja2.TemplateNotFound(template)
        return text_of(found), found.path, lambda: True


def text_of(source: Source) -> str:
    """Return the text of a file. Raises jinja2.TemplateSyntaxError."""
    try:
        return source.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        said = f"not UTF-8 (byte {error.start + 1})"
        raise jinja2.TemplateSyntaxError(said, place_of(error)[0], filename=source.path) from error


def version_now(template_dirs: tuple[str, ...], static_dirs: tuple[str, ...]) -> str:
    """Return the version of a theme's sources, and keep these for this process and those it forks. Raises OSError."""
    sources = read_sources(template_dirs, static_dirs)
    version = sources.version()
    READ.clear()
    READ[version] = sources
    return version


def sources_of(template_dirs: tuple[str, ...], static_dirs: tuple[str, ...], version: str) -> Sources:
    """Return the sources of a version. Raises ToolError where nobody has kept them and they are others now."""
    if version not in READ and version_now(template_dirs, static_dirs) != version:
        raise tool_error("TOOL005", template_dirs[0], "")
    return READ[version]


def read_sources(template_dirs: Sequence[str], static_dirs: Sequence[str]) -> Sources:
    """Return what a theme is made of, as it is now. Raises OSError."""
    paths = (Path(folder_here(folder), PurePosixPath(EARLY_SCRIPT).name) for folder in script_folders(static_dirs))
    scripts = [path for path in paths if path.is_file()]
    return Sources(
        layers=tuple(dict(files_of(folder_here(folder))) for folder in template_dirs),
        early_script=Source(str(scripts[0]), scripts[0].read_bytes()) if scripts else Source("", b""),
    )


def script_folders(static_dirs: Sequence[str]) -> tuple[str, ...]:
    """Return the folders of scripts in static folders: who sees no disk of ours is not sent every picture as well."""
    return tuple(os.path.join(folder, SCRIPTS) for folder in static_dirs)


def files_of(folder: str) -> Iterator[tuple[str, Source]]:
    """Yield the files below a folder by their names, in order; links are followed, but never round in a ring."""
    for place, folders, names in os.walk(folder, onerror=raised, followlinks=True):
        here = os.path.realpath(place)
        folders[:] = sorted(name for name in folders if not is_around(os.path.join(place, name), here))
        for name in sorted(names):
            path = f"{place}/{name}"
            with suppress(FileNotFoundError):  # it has gone meanwhile
                if os.path.isfile(path):
                    below = path.removeprefix(folder).replace(os.sep, "/").lstrip("/")
                    yield below, Source(path, Path(path).read_bytes())


def raised(error: OSError) -> None:
    """Raise what a walk would pass over, unless a folder has only gone meanwhile."""
    if not isinstance(error, FileNotFoundError):
        raise error


def is_around(folder: str, place: str) -> bool:
    """Return whether a folder is a link to one that it lies in itself."""
    return Path(folder).is_symlink() and Path(place).is_relative_to(os.path.realpath(folder))


def used_by(name: str, templates: Mapping[str, bytes]) -> list[tuple[str, bytes]]:
    """Return the names and bytes of a template and of all that it may include, in order."""
    found: dict[str, bytes] = {}
    waiting = [name]
    while waiting:
        template = waiting.pop()
        if template in found or template not in templates:
            continue
        found[template] = data = templates[template]
        tags = TAG.findall(data)
        if not all(map(PLAIN.fullmatch, tags)):  # it may include any other
            return sorted(templates.items())
        names = (text[1:-1].decode("utf-8", "replace") for tag in tags for text in TEXTS.findall(tag))
        waiting += map(plain_name, names)
    return sorted(found.items())


def plain_name(name: str) -> str:
    """Return a template's name as Jinja reads it: empty parts and those of a single dot mean nothing."""
    return "/".join(part for part in name.split("/") if part not in ("", "."))
