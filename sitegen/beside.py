"""What is wrong beside the articles: static files nobody gets, links that lead astray, dead ends of the menu.

The one place that sees static folders, theme, menu and the whole plan of the site.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from posixpath import normpath
from typing import Final
from unicodedata import normalize

from sitegen.characters import composed
from sitegen.checks.policy import as_the_site_takes
from sitegen.config import Config
from sitegen.errors import TemplateError
from sitegen.git_traces import LONGEST_POINTER, POINTER
from sitegen.output.assets import is_hidden
from sitegen.output.sheet_faults import STYLE_SHEET
from sitegen.problems import Problem, Severity, Where
from sitegen.read.discover import file_problem
from sitegen.render.rehearsal import found_in
from sitegen.render.theme import ThemeSettings
from sitegen.runtime.fingerprint import name_of
from sitegen.runtime.links import leads_astray
from sitegen.runtime.memory import Memory
from sitegen.runtime.stamps import NEVER, Look
from sitegen.site.plan import Plan
from sitegen.site.urls import RECORD, SEARCH_FILES, decoded, record_url
from sitegen.version import code_version
from sitegen.views import ArticlePage

THEME_PART: Final = "theme"  # the part of the memory that tells what was found in it


def found_beside(
    plan: Plan,
    config: Config,
    static: Mapping[str, Path],
    remarks: Iterable[Problem],
    look: Look,
    places: Container[str],
) -> list[Problem]:
    """Return what is wrong with static files, theme and menu.

    `remarks`: on theme and style sheets, made before these were used. `places`: the paths of all that is published.
    """
    found = (
        *hidden_files(plan, config, static),
        *twin_files(config, static, look),
        *lost_links(config, look),
        *pointers(static),
        *remarks,
        *dead_ends(config, places),
    )
    return [as_the_site_takes(one, config) for one in found]


def sound_theme(theme: ThemeSettings, memory: Memory | None = None) -> Sequence[Problem]:
    """Return what a theme shows nowhere, found once for a theme where there is a `memory`. Raises TemplateError."""
    part = f"{THEME_PART} {name_of(theme, code_version()).hex()}"
    found: Sequence[Problem] | None = memory.part(part, list[Problem]) if memory else None
    if found is None:
        found = found_in(theme)
        if memory is not None:
            memory.keep({**dict.fromkeys(memory.names(THEME_PART)), part: list(found)}, list[Problem])
    faults = [problem for problem in found if problem.severity is Severity.ERROR]
    if faults:
        raise TemplateError(*faults)
    return found


def hidden_files(plan: Plan, config: Config, files: Mapping[str, Path]) -> Iterator[Problem]:
    """Yield static files (by their places) that are not published, for a page of the site has their place."""
    kinds = {step.url: step.kind for step in plan.steps}
    index = SEARCH_FILES if config.search else ()
    for name, path in files.items():
        url = f"/{name.removesuffix('index.html')}"
        pages = [url.removesuffix(end) for end in (RECORD, ".json") if url.endswith(end)]
        is_record = any(kinds.get(page) is ArticlePage and record_url(page) == url for page in pages)
        if url in kinds or is_record or name in index or name == STYLE_SHEET:
            where, details = Where(path=str(path)), (("url", url),)
            yield Problem(code="FILE005", severity=Severity.WARNING, where=where, details=details)


def twin_files(config: Config, files: Mapping[str, Path], look: Look) -> Iterator[Problem]:
    """Yield static files that are not published, for another of their folder has their name as well, in NFC."""
    for folder in config.static_dirs:
        for seen in (folder / name for name in look.first_at(str(folder)) if not name.isascii()):
            name = normalize("NFC", seen.relative_to(folder).as_posix())
            other = files.get(name, seen)
            if other != seen and other.is_relative_to(folder):
                yield file_problem("FILE009", seen, name=name)


def dead_ends(config: Config, places: Container[str]) -> Iterator[Problem]:
    """Yield links of the menu to what is not published (CONF007): they would stand on every page.

    `places`: the paths of all that is, in the output.
    """
    for link, line in zip(config.nav, config.nav_lines, strict=True):
        path = composed(decoded(re.split(r"[?#]", link.url, maxsplit=1)[0]))
        is_own = path.startswith("/") and not path.startswith("//")
        place = normpath(path)[1:]
        is_there = place in places or f"{place}/index.html".lstrip("/") in places
        is_of_search = path == "/search/" or (config.search and path.startswith("/search/"))  # its files are no pages'
        if is_own and not is_there and not is_of_search:
            where, details = Where(path=str(config.settings_path), line=line, column=1), (("url", link.url),)
            yield Problem(code="CONF007", severity=Severity.WARNING, where=where, details=details)


def pointers(static: Mapping[str, Path]) -> Iterator[Problem]:
    """Yield static files of which only a note of Git LFS is there (FILE011): readers would see a broken picture."""
    for path in static.values():
        with suppress(OSError):  # it has gone meanwhile
            if path.stat().st_size > LONGEST_POINTER:
                continue
            with path.open("rb") as stream:
                if stream.read(len(POINTER)) == POINTER:
                    yield file_problem("FILE011", path)


def lost_links(config: Config, look: Look) -> Iterator[Problem]:
    """Yield links in the static folders that are not published: they lead out of the folder, nowhere or to a folder."""
    for folder in config.static_dirs:
        seen = look.first_at(str(folder)).items()
        links = (folder / name for name, stamp in seen if stamp == NEVER and not is_hidden(name))
        for link in links:
            if leads_astray(link, folder.resolve()) or not link.is_file():
                yield file_problem("FILE008", link)
