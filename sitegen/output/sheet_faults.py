"""A style sheet of a site's own → what readers would not see of it, and whom it would tell of them. It stops no build.

What takes the parts of the site's one sheet apart does: sheets.py.
"""

import re
from collections.abc import Container, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from sitegen.clean.address import host_of, is_host_of
from sitegen.output.named import IN_SHEET, named_by
from sitegen.output.sheets import line_and_column, loose_end, without_comments
from sitegen.problems import Problem, Severity, Where

PARTS: Final = "css/parts/"
STYLE_SHEET: Final = "css/site.css"
SCHEME: Final = re.compile(r"\s*[a-z][a-z0-9+.-]*:", re.IGNORECASE)
OF_A_HOST: Final = re.compile(r"(?:https?:)?//", re.IGNORECASE)
IMPORT: Final = re.compile(r"@import\s+(?:url\(\s*)?[\"']?\Z", re.IGNORECASE)
FONT_FACE: Final = "@font-face"
NEAR: Final = 40  # characters before an address in which `@import url("` begins


class Sheet(NamedTuple):
    """A style sheet: its name among the static files, where it lies, and its bytes."""

    name: str
    path: Path
    data: bytes


def faults_of(sheet: Sheet, files: Container[str], image_hosts: tuple[str, ...]) -> Iterator[Problem]:
    """Yield what is wrong with a style sheet. `files`: the static files there are."""
    text = sheet.data.decode("utf-8", "replace")
    if not sheet.name.startswith(PARTS):
        yield from open_ends(sheet, text)
    if "url(" in text or "@import" in text:
        bare = without_comments(text)
        yield from lost_names(sheet, bare, files)
        yield from foreign_files(sheet, bare, image_hosts)


def open_ends(sheet: Sheet, text: str) -> Iterator[Problem]:
    """CSS004: the brackets, quotes and comments of a sheet have an end: what follows one that has none is lost."""
    if (found := loose_end(text)) is not None:
        place, reason = found
        yield told("CSS004", sheet, text, place, reason=reason)


def lost_names(sheet: Sheet, text: str, files: Container[str]) -> Iterator[Problem]:
    """CSS002: a file that a sheet names is there: readers see nothing in its place.

    Addresses of other sites, and what is no address, are nobody's business here.
    """
    base = STYLE_SHEET if sheet.name.startswith(PARTS) else sheet.name
    for found in IN_SHEET.finditer(text):
        address, end = found["address"] or "", found.end("address")
        is_whole = text[end : end + 1] != "\\" and "(" not in address
        named = named_by(address, base) if address else ""
        if named and named not in files and is_whole and not SCHEME.match(address):
            yield told("CSS002", sheet, text, found.start("address"), name=named)


def foreign_files(sheet: Sheet, text: str, image_hosts: tuple[str, ...]) -> Iterator[Problem]:
    """CSS003: a sheet loads nothing of other sites but pictures of allowed hosts."""
    for found in IN_SHEET.finditer(text):
        address, place = found["address"] or "", found.start("address")
        if not OF_A_HOST.match(address):
            continue
        host = "" if address.lower().startswith("http:") else host_of(f"https:{address[address.index('//') :]}")
        if not (is_host_of(host, image_hosts) and is_of_picture(text, place)):
            yield told("CSS003", sheet, text, place, url=address)


def is_of_picture(text: str, place: int) -> bool:
    """Return whether an address in a sheet is that of a picture, and not of a font or another sheet."""
    is_import = IMPORT.search(text[max(0, place - NEAR) : place])
    return not is_import and FONT_FACE not in text[text.rfind("}", 0, place) + 1 : place].lower()


def told(code: str, sheet: Sheet, text: str, place: int, **details: str) -> Problem:
    """Return a finding at a place of a sheet."""
    where = Where(str(sheet.path), *line_and_column(text, place))
    return Problem(code=code, severity=Severity.WARNING, where=where, details=tuple(details.items()))
